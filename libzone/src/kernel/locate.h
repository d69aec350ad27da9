/* Locate: which edges of a bag a box meets, and the members of a layer. */
#ifndef ZONE_KERNEL_LOCATE_H
#define ZONE_KERNEL_LOCATE_H

#include "kernel/tree.h"

/* An index of the edges of corners: the corners' places rounded, which tells most edges from those that a box meets,
 * and a tree over runs of eight edges in their own order: edges of a ring follow each other, so runs of them are as
 * good as sorted. It may be built again; zeroed it is empty. */
typedef struct {
    int32_t *x, *y; /* of each corner, and room behind the last */
    size_t capacity;
    zone_tree runs; /* of no items where corners are few; its rounding is the corners', too */
} zone_edge_index;

/* `box` holds all corners. `tree`: also the tree. */
zone_status zone_edge_index_build(zone_context *ctx, const zone_corners *corners, const zone_box *box, bool tree,
                                  zone_edge_index *index);

static inline int32_t zone_lesser(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static inline int32_t zone_greater(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The rounded box of the edge that leaves corner `at`. */
static inline zone_rounded_box zone_edge_index_box(const zone_edge_index *index, size_t at)
{
    return (zone_rounded_box){zone_lesser(index->x[at], index->x[at + 1]), zone_lesser(index->y[at], index->y[at + 1]),
                              zone_greater(index->x[at], index->x[at + 1]),
                              zone_greater(index->y[at], index->y[at + 1])};
}

void zone_edge_index_free(zone_edge_index *index);

/* Up to this many corners a plain loop is faster than the tree. */
enum { ZONE_FEW_CORNERS = 40 };

struct zone_lattice;

/* A bag of edges with what finds some of them: a feature, or a member of a layer. */
typedef struct {
    const zone_corners *corners;
    size_t first, count; /* of the corners that are the bag's */
    zone_box box;
    const zone_edge_index *index;       /* of all of `corners` */
    const struct zone_lattice *lattice; /* of places whose winding is known (kernel/winding.h); NULL: none */
} zone_bag;

/* A bag of all corners; its box is found, and `index` built. */
zone_status zone_bag_make(zone_context *ctx, const zone_corners *corners, zone_edge_index *index, zone_bag *bag);

/* The corners whose edge's box meets the box, or misses it by a rounding, rising, in place of what `found` held. */
zone_status zone_bag_find(zone_context *ctx, const zone_bag *bag, const zone_box *box, zone_numbers *found);

/* Members that came together: their corners, in the order of members, with the index. */
typedef struct {
    zone_corners corners;
    zone_edge_index index;
} zone_members_part;

typedef struct {
    const zone_members_part *part;
    size_t first, count; /* of its corners, in the part's */
    zone_box box;
} zone_member;

/* The members of a layer. Parts stay where they are made, so that threads make them side by side and nothing is copied.
 */
typedef struct {
    zone_members_part **part;
    zone_member *member;
    size_t part_count, member_count, corner_count;
    size_t part_capacity, member_capacity;
    zone_tree tree;                /* of the members' boxes */
    struct zone_lattice **lattice; /* of large members; NULL: no member is large */
} zone_members;

/* Begins a part, to whose corners the caller adds those of new members, counted from 0, and ends it with their number:
 * then their index is built. */
zone_status zone_members_begin_part(zone_context *ctx, zone_members *members, zone_corners **corners);
zone_status zone_members_end_part(zone_context *ctx, zone_members *members, size_t count);

/* Moves the parts of `from` behind those of `members`. */
zone_status zone_members_move(zone_context *ctx, zone_members *members, zone_members *from);

/* Once all are there, what finds members, and what finds points in large ones. */
zone_status zone_members_index(zone_context *ctx, zone_members *members);
zone_status zone_members_build_lattices(zone_context *ctx, zone_members *members);

void zone_members_free(zone_members *members);
zone_bag zone_members_bag(const zone_members *members, size_t member);

#endif
