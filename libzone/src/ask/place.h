/* The place that a query is about: a point or a plot, in the CRS of the data. */
#ifndef ZONE_ASK_PLACE_H
#define ZONE_ASK_PLACE_H

#include "ask/layers.h"
#include "base/table.h"
#include "read/crs.h"
#include "read/geometry.h"

typedef struct {
    bool is_point;
    zone_geometry *geometry;
    zone_batch batch; /* of a plot: one feature or a few, areas only */
    char label[128];
    zone_books books;    /* of a plot: what became of its features */
    zone_source *source; /* of a plot of data; NULL */
    bool owned;          /* the source is closed with the place */
} zone_place;

/* `at` is "X,Y", `plot` WKT or data; exactly one of them and `plot_source` is given. `crs` (NULL: `target`) is that of
 * at and WKT, and of data that have none of their own. A source that is given must outlive the place. Errors:
 * ZONE_BAD_USAGE, ZONE_BAD_GEOMETRY, ZONE_BAD_CRS, and those of opening data. */
zone_status zone_place_open(zone_context *ctx, const zone_query_options *options, const zone_crs *target,
                            zone_place *place);
void zone_place_close(zone_place *place);

#endif
