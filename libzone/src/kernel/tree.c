/* Trees: packed trees of boxes (sort-tile-recursive). */
#include "kernel/tree.h"

#include <math.h>
#include <stdlib.h>

void zone_numbers_free(zone_numbers *numbers)
{
    free(numbers->number);
    *numbers = (zone_numbers){0};
}

zone_status zone_numbers_add(zone_context *ctx, zone_numbers *numbers, uint32_t number)
{
    zone_status status =
        zone_reserve(ctx, (void **)&numbers->number, &numbers->capacity, numbers->count + 1, sizeof *numbers->number);

    if (!status)
        numbers->number[numbers->count++] = number;
    return status;
}

zone_rounding zone_rounding_of(const zone_box *box)
{
    zone_rounding rounding = {0};

    if (box->west > box->east || box->south > box->north)
        return rounding;
    rounding.west = box->west;
    rounding.south = box->south;
    while (zone_most(box->east - box->west, box->north - box->south) >> rounding.shift >= INT32_MAX)
        rounding.shift++;
    return rounding;
}

/* ---------------------------------------------------------------- building */

typedef struct {
    double x, y; /* middle of the box */
    uint32_t item;
} tile_entry;

static int by_x(const void *left, const void *right)
{
    const tile_entry *a = left, *b = right;

    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static int by_y(const void *left, const void *right)
{
    const tile_entry *a = left, *b = right;

    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* Sorts into vertical slices, and within a slice from south to north. */
static void sort_tiles(tile_entry *entries, size_t count)
{
    size_t leaves = (count + ZONE_FANOUT - 1) / ZONE_FANOUT;
    size_t slices = (size_t)ceil(sqrt((double)leaves));
    size_t slice = slices ? (leaves + slices - 1) / slices * ZONE_FANOUT : ZONE_FANOUT;

    qsort(entries, count, sizeof *entries, by_x);
    for (size_t first = 0; first < count; first += slice)
        qsort(entries + first, count - first < slice ? count - first : slice, sizeof *entries, by_y);
}

static const zone_rounded_box nowhere = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};

static zone_rounded_box box_of_node(const zone_tree_node *node)
{
    zone_rounded_box box = nowhere;

    for (int i = 0; i < ZONE_FANOUT; i++) {
        box.west = node->west[i] < box.west ? node->west[i] : box.west;
        box.south = node->south[i] < box.south ? node->south[i] : box.south;
        box.east = node->east[i] > box.east ? node->east[i] : box.east;
        box.north = node->north[i] > box.north ? node->north[i] : box.north;
    }
    return box;
}

static size_t nodes_over(size_t count)
{
    return (count + ZONE_FANOUT - 1) / ZONE_FANOUT;
}

/* Children of a level that are missing in its last node. */
static void fill_up(zone_tree *tree, size_t first_node, size_t count)
{
    zone_tree part = {.node = tree->node + first_node};

    for (size_t i = count; i % ZONE_FANOUT != 0; i++)
        zone_tree_set(&part, i, &nowhere);
}

void zone_tree_fill_up(zone_tree *tree)
{
    fill_up(tree, 0, tree->count);
}

void zone_tree_pack(zone_tree *tree)
{
    size_t below = 0, count = tree->count, at = nodes_over(count);

    zone_tree_fill_up(tree);
    tree->level_start[0] = 0;
    tree->level_count = 1;
    for (count = at; count > 1; count = nodes_over(count)) {
        zone_tree level = {.node = tree->node + at};
        for (size_t i = 0; i < count; i++) {
            zone_rounded_box box = box_of_node(&tree->node[below + i]);
            zone_tree_set(&level, i, &box);
        }
        fill_up(tree, at, count);
        tree->level_start[tree->level_count++] = at;
        below = at;
        at += nodes_over(count);
    }
    tree->node_count = at;
}

zone_status zone_tree_begin(zone_context *ctx, const zone_rounding *rounding, size_t count, zone_tree *tree)
{
    tree->rounding = *rounding;
    tree->count = count;
    tree->node_count = tree->level_count = 0;
    if (count == 0)
        return ZONE_OK;
    /* A seventh of the items, and what rounding up adds a level. */
    size_t room = count / 7 + 32;
    if (tree->node_capacity >= room)
        return ZONE_OK;
    free(tree->node);
    tree->node = zone_allocate(ctx, room, sizeof *tree->node);
    tree->node_capacity = tree->node ? room : 0;
    return tree->node ? ZONE_OK : ZONE_NO_MEMORY;
}

static const zone_box *box_at(const zone_box *boxes, size_t apart, size_t i)
{
    return (const zone_box *)(const void *)((const char *)boxes + i * apart);
}

zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t apart, size_t count, zone_tree *tree)
{
    zone_box all = zone_box_empty;

    for (size_t i = 0; i < count; i++)
        all = zone_box_join(all, *box_at(boxes, apart, i));
    const zone_rounding rounding = zone_rounding_of(&all);
    *tree = (zone_tree){0};
    zone_status status = zone_tree_begin(ctx, &rounding, count, tree);
    if (status || count == 0)
        return status;
    tile_entry *entries = zone_allocate(ctx, count, sizeof *entries);
    tree->item = zone_allocate(ctx, count, sizeof *tree->item);
    if (!entries || !tree->item) {
        free(entries);
        zone_tree_free(tree);
        return ZONE_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        const zone_box *box = box_at(boxes, apart, i);
        entries[i] = (tile_entry){0.5 * ((double)box->west + (double)box->east),
                                  0.5 * ((double)box->south + (double)box->north), (uint32_t)i};
    }
    sort_tiles(entries, count);
    for (size_t i = 0; i < count; i++) {
        const zone_box *box = box_at(boxes, apart, entries[i].item);
        const zone_rounded_box rounded = box->west > box->east ? nowhere : zone_round_box(&rounding, box);
        tree->item[i] = entries[i].item;
        zone_tree_set(tree, i, &rounded);
    }
    free(entries);
    zone_tree_pack(tree);
    return ZONE_OK;
}

void zone_tree_free(zone_tree *tree)
{
    free(tree->item);
    free(tree->node);
    *tree = (zone_tree){0};
}

/* ---------------------------------------------------------------- finding */

typedef struct {
    zone_context *ctx;
    const zone_tree *tree;
    zone_rounded_box box;
    zone_numbers *found;
} search;

/* Node `index` of `level`; depth is at most 16 levels. */
static zone_status descend(const search *s, size_t level, size_t index)
{
    const zone_tree *tree = s->tree;
    unsigned meets = zone_tree_node_meets(&tree->node[tree->level_start[level] + index], &s->box);
    zone_status status = ZONE_OK;

    for (; meets && !status; meets &= meets - 1) {
        size_t child = index * ZONE_FANOUT + zone_first_bit(meets);
        if (level > 0)
            status = descend(s, level - 1, child);
        else
            status = zone_numbers_add(s->ctx, s->found, tree->item ? tree->item[child] : (uint32_t)child);
    }
    return status;
}

zone_status zone_tree_find(zone_context *ctx, const zone_tree *tree, const zone_box *box, zone_numbers *found)
{
    search s = {ctx, tree, zone_round_box(&tree->rounding, box), found};

    if (tree->count == 0)
        return ZONE_OK;
    return descend(&s, tree->level_count - 1, 0);
}
