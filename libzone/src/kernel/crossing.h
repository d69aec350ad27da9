/* Crossings: what the sums along edges have in common, whichever question they answer. */
#ifndef ZONE_KERNEL_CROSSING_H
#define ZONE_KERNEL_CROSSING_H

#include "kernel/edge.h"

#include <math.h>

/* The rest of an edge behind the fraction t. A bulge is spread over the edge as over a parabola: 3t² − 2t³ of it lies
 * before t. */
static inline zone_edge zone_edge_rest(const zone_edge *edge, double t)
{
    zone_edge rest = *edge;

    rest.x[0] += llrint(t * (double)(edge->x[1] - edge->x[0]));
    rest.y[0] += llrint(t * (double)(edge->y[1] - edge->y[0]));
    rest.image_x[0] += llrint(t * (double)(edge->image_x[1] - edge->image_x[0]));
    rest.image_y[0] += llrint(t * (double)(edge->image_y[1] - edge->image_y[0]));
    if (edge->bulge != 0)
        rest.bulge = edge->bulge - (zone_exact)((double)edge->bulge * (t * t * (3.0 - 2.0 * t)));
    return rest;
}

/* Gives two rests that begin at one crossing one place in the plane, so that a chain of pieces stays closed there: the
 * same one whichever of the two is the moved edge. */
static inline void zone_edge_join(zone_edge *one, zone_edge *other)
{
    one->x[0] = other->x[0] = zone_least(one->x[0], other->x[0]);
    one->y[0] = other->y[0] = zone_least(one->y[0], other->y[0]);
}

/* From the crossing's image on the moved edge to its image on the fixed one. */
static inline zone_edge zone_edge_step(const zone_edge *fixed_rest, const zone_edge *moved_rest)
{
    zone_edge step = *fixed_rest;

    step.x[1] = step.x[0];
    step.y[1] = step.y[0];
    step.image_x[0] = moved_rest->image_x[0];
    step.image_y[0] = moved_rest->image_y[0];
    step.image_x[1] = fixed_rest->image_x[0];
    step.image_y[1] = fixed_rest->image_y[0];
    step.bulge = 0;
    return step;
}

/* Where the ring begins the edge, where it ends it. */
static inline void zone_edge_ends(const zone_edge *edge, int64_t from[2], int64_t to[2])
{
    int begin = edge->weight > 0 ? 0 : 1;

    from[0] = edge->x[begin];
    from[1] = edge->y[begin];
    to[0] = edge->x[1 - begin];
    to[1] = edge->y[1 - begin];
}

#endif
