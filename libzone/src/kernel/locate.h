/* Locate: which edges a box meets and which members hold a point, by packed trees of boxes. */
#ifndef ZONE_KERNEL_LOCATE_H
#define ZONE_KERNEL_LOCATE_H

#include "kernel/edge.h"

/* A tree over `count` boxes, packed once, never changed. */
typedef struct {
    size_t count; /* of items */
    size_t node_count;
    uint32_t *item; /* items in tree order; NULL: they are in their own order */
    zone_box *box;  /* of nodes, leaves first, level by level; the root is last */
    size_t level_start[16];
    size_t level_count;
} zone_tree;

zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t count, zone_tree *tree);
void zone_tree_free(zone_tree *tree);

/* A tree over edges in their own order: edges of a ring follow each other, so runs of them are as good as sorted. */
zone_status zone_tree_build_of_edges(zone_context *ctx, const zone_edge *edges, size_t count, zone_tree *tree);

/* A growing list of numbers. */
typedef struct {
    uint32_t *number;
    size_t count, capacity;
} zone_numbers;
void zone_numbers_free(zone_numbers *numbers);
zone_status zone_numbers_add(zone_context *ctx, zone_numbers *numbers, uint32_t number);

/* Appends the items whose leaf box meets `box`: a superset, in tree order; the caller checks each. */
zone_status zone_tree_find(zone_context *ctx, const zone_tree *tree, const zone_box *box, zone_numbers *found);

/* Up to this many edges a plain loop is faster than the tree. */
enum { ZONE_FEW_EDGES = 32 };

/* A bag of edges with what finds some of them: a feature, or a member of a layer. */
typedef struct {
    const zone_edge *edge;
    size_t count;
    zone_box box;
    const zone_tree *tree; /* over the array that holds the edges; NULL: they are few */
    size_t offset;         /* of the first edge in that array */
} zone_bag;

/* The numbers of the edges whose box meets `box`, rising, in place of what `found` held. */
zone_status zone_bag_find(zone_context *ctx, const zone_bag *bag, const zone_box *box, zone_numbers *found);

/* Winding number of a point in a bag: of a fixed point in a moved bag, or of a moved point in a fixed bag. `scratch` is
 * cleared. */
zone_status zone_bag_winding(zone_context *ctx, const zone_bag *bag, bool bag_moved, int64_t x, int64_t y,
                             zone_numbers *scratch, int *winding);

/* The members of a layer: contiguous runs of edges, with an index of edges and one of members. */
typedef struct {
    zone_edges edges; /* sorted by member */
    size_t member_count;
    size_t *start; /* of each member's edges; member_count + 1 */
    zone_box *box; /* of each member */
    zone_tree edge_tree, member_tree;
} zone_members;

zone_status zone_members_index(zone_context *ctx, zone_members *members);
void zone_members_free(zone_members *members);
zone_bag zone_members_bag(const zone_members *members, size_t member);

#endif
