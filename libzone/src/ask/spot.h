/* Spots: a point inside some areas and outside others, found on scan lines without building any geometry. */
#ifndef ZONE_ASK_SPOT_H
#define ZONE_ASK_SPOT_H

#include "base/batch.h"

typedef struct {
    const zone_batch *batch;
    size_t feature;
    bool outside; /* the point is to lie outside of it; else inside */
} zone_spot_area;

/* Work space, kept from call to call; zeroed it is empty. */
typedef struct {
    double *y;
    struct zone_spot_edge *edge;
    struct zone_spot_event *event;
    size_t y_capacity, edge_capacity, event_capacity;
} zone_spot_space;
void zone_spot_free(zone_spot_space *space);

/* Looks along some of the lines that run half-way between vertices, the widest gaps first, for the longest stretch.
 * *found is false where none of them has any: there need be no such point, or it lies where vertices are dense. At
 * least one area must be inside. Errors: ZONE_NO_MEMORY. */
zone_status zone_spot_find(zone_context *ctx, zone_spot_space *space, const zone_spot_area *areas, size_t count,
                           bool *found, double place[2]);

#endif
