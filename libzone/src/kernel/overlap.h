/* Overlap: the areas that one bag of edges has in common with the members of a layer, without building any piece.
 *
 * The border of A ∩ B runs along A inside B, along B inside A, and changes from one to the other where edges cross. So
 * its area is a sum over edges, each with the winding number of the other polygon at its start, corrected at each
 * crossing:
 *
 *     Σ w_B(start a) T(a) + Σ w_A(start b) T(b) + Σ_crossings k [ T(Qa, end a) − T(Qb, end b) + T(Qb, Qa) ]
 *
 * T the area under an edge, Q the two images of the crossing point, interpolated on a and on b, k the product of the
 * sign of the crossing and the two weights. Nothing is sorted, nothing is built, every term is an integer; sums over
 * members that tile the plane, or features that do, cancel term by term.
 * (Franklin & Sivaswami, OVERPROP, 1994, is the idea for straight coordinates.) */
#ifndef ZONE_KERNEL_OVERLAP_H
#define ZONE_KERNEL_OVERLAP_H

#include "kernel/locate.h"

/* What a feature has in common with one member. */
typedef struct {
    uint32_t member;
    bool cut;         /* the member's edges meet the feature's box: edges must be looked at */
    int winding;      /* of the vertex the walk has come to */
    int change;       /* of the winding along the present edge */
    bool active;      /* in the list of those whose winding or change is not 0 */
    zone_uint128 sum; /* area so far, modulo 2^128 */
} zone_share;

/* Work space, kept from feature to feature. */
typedef struct {
    zone_share *share;
    size_t share_count, share_capacity;
    uint32_t *place; /* of each member in `share`, where share[place].member agrees */
    size_t place_capacity;
    zone_numbers candidates, found, members;
    zone_numbers active; /* places in `share`: only these take anything of the present edge */
    zone_edges *chains;  /* not NULL: the edges of every cut piece are appended too, `member` its share's member */
} zone_overlap;
void zone_overlap_free(zone_overlap *overlap);

/* Overlays one bag of edges (ring order where it has one) with all members; shares are in no order, and shares of 0 may
 * be among them. `only_above`: members up to this number are left out (-1: none are). */
zone_status zone_overlap_run(zone_context *ctx, zone_overlap *overlap, const zone_edge *edges, size_t count,
                             const zone_members *members, int64_t only_above);

/* Area of a bag of edges. */
zone_exact zone_overlap_whole(const zone_edge *edges, size_t count);

#endif
