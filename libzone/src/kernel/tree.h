/* Trees: packed trees of boxes (sort-tile-recursive), built once, never changed.
 *
 * Boxes are kept in 32 bits, counted from a corner of all of them and rounded down, and what is asked is rounded the
 * same way. Rounding keeps order, so boxes that meet still do; a few that almost meet seem to. Eight boxes fit two
 * lines of the cache and are compared at once. */
#ifndef ZONE_KERNEL_TREE_H
#define ZONE_KERNEL_TREE_H

#include "kernel/edge.h"

#include <string.h>

enum { ZONE_FANOUT = 8 };

/* How places are rounded: from a corner, by so many bits. */
typedef struct {
    int64_t west, south;
    int shift;
} zone_rounding;

typedef struct {
    int32_t west, south, east, north;
} zone_rounded_box;

/* The finest rounding that has room for the box. */
zone_rounding zone_rounding_of(const zone_box *box);

/* What lies beyond 32 bits is put near their end; the last places are left to what meets nothing. */
static inline int32_t zone_round(int64_t from_corner, int shift)
{
    int64_t rounded = from_corner >> shift;

    return (int32_t)(rounded <= INT32_MIN ? INT32_MIN + 1 : rounded >= INT32_MAX ? INT32_MAX - 1 : rounded);
}

static inline zone_rounded_box zone_round_box(const zone_rounding *rounding, const zone_box *box)
{
    return (zone_rounded_box){zone_round(box->west - rounding->west, rounding->shift),
                              zone_round(box->south - rounding->south, rounding->shift),
                              zone_round(box->east - rounding->west, rounding->shift),
                              zone_round(box->north - rounding->south, rounding->shift)};
}

/* The boxes of eight children; those that are not there meet nothing. */
typedef struct {
    int32_t west[ZONE_FANOUT], south[ZONE_FANOUT], east[ZONE_FANOUT], north[ZONE_FANOUT];
} zone_tree_node;

typedef struct {
    size_t count;         /* of items */
    uint32_t *item;       /* items in tree order; NULL: they are in their own order */
    zone_tree_node *node; /* those over items first, level by level; the root is last */
    size_t node_count, node_capacity;
    size_t level_start[16];
    size_t level_count;
    zone_rounding rounding;
} zone_tree;

/* `count` boxes, `apart` bytes from one to the next. */
zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t apart, size_t count, zone_tree *tree);
void zone_tree_free(zone_tree *tree);

/* For items in their own order, whose rounded boxes the caller puts in itself: `begin` makes room, `set` puts one in,
 * rising and all of them, `pack` builds what is above. A tree may be built again; what it has is used. */
zone_status zone_tree_begin(zone_context *ctx, const zone_rounding *rounding, size_t count, zone_tree *tree);
static inline void zone_tree_set(zone_tree *tree, size_t item, const zone_rounded_box *box)
{
    zone_tree_node *node = &tree->node[item / ZONE_FANOUT];
    size_t at = item % ZONE_FANOUT;

    node->west[at] = box->west;
    node->south[at] = box->south;
    node->east[at] = box->east;
    node->north[at] = box->north;
}
void zone_tree_pack(zone_tree *tree);

/* In place of `pack` where nodes over items are enough: what is missing in the last meets nothing. */
void zone_tree_fill_up(zone_tree *tree);

/* Four numbers that are compared at once: compilers make no such comparisons of a loop that ends early. */
typedef int32_t zone_lanes __attribute__((vector_size(16)));

static inline zone_lanes zone_lanes_at(const int32_t *number)
{
    zone_lanes lanes;

    memcpy(&lanes, number, sizeof lanes);
    return lanes;
}

static inline zone_lanes zone_lanes_of(int32_t number)
{
    return (zone_lanes){number, number, number, number};
}

/* Bit i for lane i, 0 or all ones, of the low four and the high four. */
static inline unsigned zone_lanes_bits(zone_lanes low, zone_lanes high)
{
    const zone_lanes bits = (low & (zone_lanes){1, 2, 4, 8}) | (high & (zone_lanes){16, 32, 64, 128});
    uint64_t half[2];

    memcpy(half, &bits, sizeof half);
    half[0] |= half[1];
    return (unsigned)(half[0] | half[0] >> 32);
}

/* Bit i where child i meets the box. */
static inline unsigned zone_tree_node_meets(const zone_tree_node *node, const zone_rounded_box *box)
{
    const zone_lanes west = zone_lanes_of(box->west), south = zone_lanes_of(box->south);
    const zone_lanes east = zone_lanes_of(box->east), north = zone_lanes_of(box->north);
    zone_lanes meets[2];

    for (int k = 0; k < 2; k++)
        meets[k] = ~((zone_lanes_at(node->west + 4 * k) > east) | (west > zone_lanes_at(node->east + 4 * k)) |
                     (zone_lanes_at(node->south + 4 * k) > north) | (south > zone_lanes_at(node->north + 4 * k)));
    return zone_lanes_bits(meets[0], meets[1]);
}

/* The first of those that are marked, which must not be none. */
static inline size_t zone_first_bit(unsigned bits)
{
    return (size_t)__builtin_ctz(bits);
}

/* A growing list of numbers. */
typedef struct {
    uint32_t *number;
    size_t count, capacity;
} zone_numbers;
void zone_numbers_free(zone_numbers *numbers);
zone_status zone_numbers_add(zone_context *ctx, zone_numbers *numbers, uint32_t number);

/* Appends the items whose box meets `box`, and perhaps some that it misses by a rounding, in tree order. */
zone_status zone_tree_find(zone_context *ctx, const zone_tree *tree, const zone_box *box, zone_numbers *found);

#endif
