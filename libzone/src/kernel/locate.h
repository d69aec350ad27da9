/* Locate: which edges a box meets and which members hold a point, by packed trees of boxes. */
#ifndef ZONE_KERNEL_LOCATE_H
#define ZONE_KERNEL_LOCATE_H

#include "kernel/edge.h"

/* A tree over `count` boxes, packed once, never changed. */
typedef struct {
    size_t count; /* of items */
    size_t node_count;
    uint32_t *item; /* items in tree order */
    zone_box *box;  /* of nodes, leaves first, level by level; the root is last */
    size_t level_start[16];
    size_t level_count;
} zone_tree;

zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t count, zone_tree *tree);
void zone_tree_free(zone_tree *tree);

/* A growing list of numbers. */
typedef struct {
    uint32_t *number;
    size_t count, capacity;
} zone_numbers;
void zone_numbers_free(zone_numbers *numbers);
zone_status zone_numbers_add(zone_context *ctx, zone_numbers *numbers, uint32_t number);

/* Appends the items whose leaf box meets `box`: a superset, in tree order; the caller checks each. */
zone_status zone_tree_find(zone_context *ctx, const zone_tree *tree, const zone_box *box, zone_numbers *found);

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

/* Winding number of a fixed point in one moved member. `scratch` is cleared. */
zone_status zone_members_winding(zone_context *ctx, const zone_members *members, uint32_t member, int64_t x, int64_t y,
                                 zone_numbers *scratch, int *winding);

#endif
