/* Depth: the areas that at least 1, 2, 3, … members of a layer hold, without building any polygon.
 *
 * The border of what at least k members hold runs along the edges of all members, there where k − 1 others hold the
 * place: on one side of the edge the depth is k, on the other k − 1. So each portion of an edge between two crossings
 * belongs to one k, and the area is a sum over portions:
 *
 *     area(≥ k) = Σ over portions with k − 1 others of T(portion)
 *
 * T the area under an edge. Where two edges cross, the image of the crossing on the one and its image on the other are
 * different points: every portion on the later member's edge begins and ends with the step to the earlier one's image,
 * so that the borders of each k are closed. The sum over all k is Σ T(edge), the sum of the members' areas, exactly.
 *
 * Depths have to agree on all edges, or borders would stay open: the order of crossings along an edge is exact, with
 * all members moved as kernel/predicate.h says. A member is a valid polygon: its edges have its inside on the left and
 * weight ±1. Where another member winds twice, it counts twice. */
#ifndef ZONE_KERNEL_DEPTH_H
#define ZONE_KERNEL_DEPTH_H

#include "kernel/winding.h"

typedef struct {
    zone_uint128 *sum; /* [k]: the area that more than k members hold, modulo 2^128 */
    size_t count, capacity;
} zone_depth;
void zone_depth_free(zone_depth *depth);

/* Adds what the edges of members first … end - 1 of an indexed layer give; all members together are the areas. */
zone_status zone_depth_take(zone_context *ctx, const zone_members *members, size_t first, size_t end,
                            zone_depth *depth);

#endif
