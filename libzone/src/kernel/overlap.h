/* Overlap: the areas that one bag of edges has in common with the members of a layer, without building any piece.
 *
 * The border of A ∩ B runs along A inside B, along B inside A, and changes from one to the other where edges cross. So
 * its area is a sum over edges, each with the winding number of the other polygon at its start, corrected at each
 * crossing:
 *
 *     Σ w_B(start a) T(a) + Σ w_A(start b) T(b) + Σ_crossings k [ T(Qa, end a) − T(Qb, end b) + T(Qb, Qa) ]
 *
 * T the area under an edge, Q the two images of the crossing point, interpolated on a and on b, k the product of the
 * sign of the crossing and the two weights. Only edges that meet the other's box can be inside it, so a pair costs what
 * the two have near each other, be one of them a ring of 100 000 vertices. Nothing is sorted, nothing is built, every
 * term is an integer; sums over members that tile the plane, or features that do, cancel term by term.
 *
 * A ∩ B and B ∩ A have the same terms, to the bit, where no vertex lies on the other's border: each crossing has the
 * same fractions, one place in the plane, and k and the step change their signs together. Where borders lie along each
 * other the moved one's place decides which of them bounds the piece: with the roles changed the areas are apart by no
 * more than what lies between the two, slivers of the edge model (tests/property/symmetry.c).
 * (Franklin & Sivaswami, OVERPROP, 1994, is the idea for straight coordinates.) */
#ifndef ZONE_KERNEL_OVERLAP_H
#define ZONE_KERNEL_OVERLAP_H

#include "kernel/winding.h"

/* What a feature has in common with one member. */
typedef struct {
    uint32_t member;
    bool cut;     /* edges of both are near each other; else one holds the other and `winding` times it is all */
    bool crossed; /* edges of both cross, be it that they only touch and what they have in common is 0 */
    int winding;  /* not cut: of the feature in the member */
    zone_area_sum sum;
} zone_share;

/* The edges of one bag that meet the other's box. */
typedef struct {
    zone_numbers near; /* their corners, rising */
    zone_edge *edge;   /* of each of `near` */
    int *change;       /* of the other's winding along each, in its canonical direction */
    size_t edge_capacity, change_capacity;
} zone_side;

/* An edge of the feature that the member's edges cross, by its corner, and how the member's winding changes along it.
 */
typedef struct {
    uint32_t at;
    int change;
} zone_crossed;

/* Work space, kept from feature to feature. */
typedef struct {
    zone_share *share;
    size_t share_count, share_capacity;
    zone_side fixed, moved; /* of the present pair; edges of `fixed` only where they are taken one by one */
    zone_tree boxes;        /* of the edges near in `fixed`, its nodes one level */
    zone_crossed *crossed;  /* of the present pair, rising */
    size_t crossed_count, crossed_capacity;
    zone_numbers found, members;
    /* Of the present feature, once a member cuts it: areas under its edges added up to each corner, and the corners at
     * which rings end. What no edge of the member comes near is one difference. */
    zone_area_sum *before;
    size_t before_capacity;
    zone_numbers ring_ends;
    bool summed;
    zone_edges *chains; /* not NULL: the edges of every cut piece are appended too, `member` its share's member */
} zone_overlap_space;
void zone_overlap_free(zone_overlap_space *overlap);

/* A feature: its edges (ring order where it has one) are asked for only when a member has edges near it. */
typedef struct {
    zone_bag bag; /* box, and corners where they are there already (not NULL) */
    zone_area_sum whole;
    int64_t first[2]; /* a vertex */
    zone_status (*draw)(zone_context *ctx, void *user, zone_bag *bag);
    void *user;
} zone_feature;

/* A bag whose corners are there. */
zone_feature zone_feature_of_bag(const zone_bag *bag);

/* Overlays a feature with all members; shares are in no order, and shares of 0 may be among them. `only_above`: members
 * up to this number are left out (-1: none are). */
zone_status zone_overlap_run(zone_context *ctx, zone_overlap_space *overlap, zone_feature *feature,
                             const zone_members *members, int64_t only_above);

/* Area of a bag of edges. */
zone_area_sum zone_overlap_whole(const zone_bag *bag);

#endif
