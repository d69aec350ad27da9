/* Exact predicates on snapped coordinates, with simulation of simplicity.
 *
 * Of two layers that are overlaid, the second ("moved") is thought of as moved by (ε, ε²), ε positive and smaller than
 * any distance. Then no vertex lies on an edge of the other layer and no two edges overlap, every case is the plain
 * one, and shared borders, the normal case, need no code of their own. The areas that the move adds are 0.
 * Of the members of one layer, i < j, member j is the moved one. All pairs together are one move of the whole layer:
 * member i by (ε_i, ε_i²) with ε_i far smaller than ε_j² for i < j, later members farther, so that between two of them
 * the later one's move decides. (Were later members moved less, the earlier one would be the moved one.)
 * (Edelsbrunner & Mücke, Simulation of Simplicity, ACM Transactions on Graphics 9, 1990.) */
#ifndef ZONE_KERNEL_PREDICATE_H
#define ZONE_KERNEL_PREDICATE_H

#include "kernel/edge.h"

/* Determinant of (edge end − edge start, point − edge start): > 0 when the point is left of the edge. Coordinates below
 * 2^61 keep it below 2^125. */
zone_int128 zone_determinant(const zone_edge *edge, int64_t x, int64_t y);

/* -1 right, 1 left, never 0: of a fixed edge a moved point lies; of a moved edge a fixed point lies. The edge must have
 * a length in the plane. */
int zone_side_of_fixed(const zone_edge *edge, int64_t x, int64_t y);
int zone_side_of_moved(const zone_edge *edge, int64_t x, int64_t y);

/* Does the fixed edge cross the moved one? If so *sign is +1 when it goes from its right to its left, else -1, and
 * along, across are the fractions of the fixed and the moved edge at the crossing, in [0, 1]. */
bool zone_edges_cross(const zone_edge *fixed, const zone_edge *moved, int *sign, double *along, double *across);

/* Which of two crossings comes first along an edge, in its canonical direction, where all members of a layer are moved
 * as above: < 0 that with `a`, > 0 that with `b`, which both cross `edge`; the edges know their members. Never 0 but
 * for two edges of one member that lie on one line. Only an order that is true for one layout of all edges gives depths
 * on which every edge agrees. */
int zone_crossings_order(const zone_edge *edge, const zone_edge *a, const zone_edge *b);

/* What an edge adds to the winding number of a point, by a ray to the east: weight, -weight or 0. */
int zone_winding_of_fixed(const zone_edge *edge, int64_t x, int64_t y); /* the point is moved */
int zone_winding_of_moved(const zone_edge *edge, int64_t x, int64_t y); /* the point is fixed */

#endif
