/* Locate: which edges a box meets and which members hold a point, by packed trees of boxes. */
#ifndef ZONE_KERNEL_LOCATE_H
#define ZONE_KERNEL_LOCATE_H

#include "kernel/edge.h"

/* A tree over `count` boxes, packed once, never changed. */
typedef struct {
    size_t count; /* of items */
    size_t node_count;
    uint32_t *item;     /* items in tree order; NULL: they are in their own order */
    zone_box *item_box; /* of each of `item`: where a leaf is, its items are */
    zone_box *box;      /* of nodes, leaves first, level by level; the root is last */
    size_t level_start[16];
    size_t level_count;
} zone_tree;

zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t count, zone_tree *tree);
void zone_tree_free(zone_tree *tree);

/* A tree over the edges of corners in their own order: edges of a ring follow each other, so runs of them are as good
 * as sorted. */
zone_status zone_tree_build_of_corners(zone_context *ctx, const zone_corners *corners, zone_tree *tree);

/* A growing list of numbers. */
typedef struct {
    uint32_t *number;
    size_t count, capacity;
} zone_numbers;
void zone_numbers_free(zone_numbers *numbers);
zone_status zone_numbers_add(zone_context *ctx, zone_numbers *numbers, uint32_t number);

/* Appends the items whose box meets `box`, in tree order; of a tree over corners those whose leaf does, and the caller
 * checks each. */
zone_status zone_tree_find(zone_context *ctx, const zone_tree *tree, const zone_box *box, zone_numbers *found);

/* Up to this many corners a plain loop is faster than the tree. */
enum { ZONE_FEW_CORNERS = 40 };

struct zone_lattice;

/* A bag of edges with what finds some of them: a feature, or a member of a layer. */
typedef struct {
    const zone_corners *corners;
    size_t first, count; /* of the corners that are the bag's */
    zone_box box;
    const zone_tree *tree;              /* over all of `corners`; NULL: they are few */
    const struct zone_lattice *lattice; /* of places whose winding is known (kernel/winding.h); NULL: none */
} zone_bag;

/* A bag of all corners; its box is found, and where they are many, `tree` built. */
zone_status zone_bag_make(zone_context *ctx, const zone_corners *corners, zone_tree *tree, zone_bag *bag);

/* The corners whose edge meets the box, rising, in place of what `found` held. */
zone_status zone_bag_find(zone_context *ctx, const zone_bag *bag, const zone_box *box, zone_numbers *found);

/* The members of a layer: contiguous runs of corners, with an index of edges and one of members. */
typedef struct {
    zone_corners corners; /* sorted by member */
    size_t member_count;
    size_t *start; /* of each member's corners; member_count + 1 */
    zone_box *box; /* of each member */
    zone_tree edge_tree, member_tree;
    struct zone_lattice **lattice; /* of large members; NULL: no member is large */
} zone_members;

/* Once all corners are there: begin finds whose they are, then both parts of the index are built, by any thread each.
 */
typedef enum { ZONE_INDEX_MEMBERS, ZONE_INDEX_EDGES, ZONE_INDEX_PARTS } zone_index_part;
zone_status zone_members_begin(zone_context *ctx, zone_members *members);
zone_status zone_members_index(zone_context *ctx, zone_members *members, zone_index_part part);
void zone_members_free(zone_members *members);
zone_bag zone_members_bag(const zone_members *members, size_t member);

#endif
