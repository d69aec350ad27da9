/* Points: which members of a layer hold them. */
#ifndef ZONE_KERNEL_POINT_H
#define ZONE_KERNEL_POINT_H

#include "kernel/overlay.h"

/* Cells over a finished layer, which it borrows. A cell knows the members that hold all of it, and those of which an
 * edge runs near: for most points that is the answer. Never changed once it is built, so threads may share it. */
typedef struct zone_point_cells zone_point_cells;
zone_status zone_point_cells_build(zone_context *ctx, const zone_layer *layer, zone_point_cells **cells);
void zone_point_cells_free(zone_point_cells *cells);

/* Work space, kept from batch to batch; one for each thread. */
typedef struct zone_point_space zone_point_space;
zone_status zone_point_space_open(zone_context *ctx, zone_point_space **space);
void zone_point_space_close(zone_point_space *space);

/* Receives feature `feature` of the batch: how many points it has, how many of them lie in a member or more, and its
 * pieces sorted by member, whose area is how many the member holds (none of 0). */
typedef zone_status (*zone_point_sink)(void *user, size_t feature, size_t points, size_t inside,
                                       const zone_piece *pieces, size_t count);

/* Every feature of the batch in its order, rejected ones without points. Members are thought of as moved as in an
 * overlay (kernel/predicate.h): a point on a border lies in what is west of it, where the border runs from west to east
 * in what is south of it. So members that tile the plane hold each point once. Across the antimeridian a point is where
 * it is on the earth. */
zone_status zone_points_in(zone_context *ctx, zone_point_space *space, const zone_batch *batch,
                           const zone_point_cells *cells, zone_point_sink sink, void *user);

#endif
