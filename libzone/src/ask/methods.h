/* Methods: the asked area method, and with `explain` all the others beside it. */
#ifndef ZONE_ASK_METHODS_H
#define ZONE_ASK_METHODS_H

#include "ask/groups.h"
#include "base/table.h"
#include "kernel/overlay.h"

/* Every area method by its name, with the edges of survey:split at 70 m. */
enum { ZONE_METHODS = ZONE_GROUP_SUMS - 1 };
extern const char *const zone_methods_all[ZONE_METHODS];

typedef struct {
    zone_method method[ZONE_GROUP_SUMS];
    zone_projection *projection[ZONE_GROUP_SUMS];
    bool means[ZONE_GROUP_SUMS]; /* something for the CRS */
    size_t count;                /* [0] is the method that was asked for */
} zone_methods;

/* A method that means nothing for the CRS has a NULL projection and an empty column; for the asked one that is an
 * error. */
zone_status zone_methods_open(zone_context *ctx, const char *name, bool explain, const char *wkt,
                              zone_methods *methods);
void zone_methods_close(zone_methods *methods);

/* The layer of a batch by method: [0] is `first`, which there is; the others are made, NULL where a method means
 * nothing, and the caller's (zone_layer_free), after a failure too. */
zone_status zone_methods_layers(zone_context *ctx, const zone_methods *methods, zone_layer *first,
                                const zone_batch *batch, zone_layer *layer[ZONE_GROUP_SUMS]);

/* Area columns "area" and, explained, "survey", "survey_split_70", "ellipsoid", …: the number of each in the table. */
void zone_methods_columns(zone_table *table, const zone_methods *methods, int columns[ZONE_GROUP_SUMS]);

/* Explained: the columns of the other methods behind what the table has; columns[0] is there already. Rows do not add
 * up.
 */
void zone_methods_beside(zone_table *table, const zone_methods *methods, int columns[ZONE_GROUP_SUMS]);

/* Explained: columns "survey_less_asked", … in m², once the rows are there. */
void zone_methods_differences(zone_table *table, const zone_methods *methods, const int columns[ZONE_GROUP_SUMS]);

/* Closure lines that say how far each method is from the asked one in the whole. */
void zone_methods_closure(zone_table *table, const zone_methods *methods, const int columns[ZONE_GROUP_SUMS]);

#endif
