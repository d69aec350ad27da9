/* Locate: packed trees of boxes (sort-tile-recursive), and windings of points in members. */
#include "kernel/locate.h"

#include "kernel/predicate.h"

#include <math.h>
#include <stdlib.h>

enum { FANOUT = 8 };

/* Below this many edges a plain loop is faster than the tree. */
enum { FEW_EDGES = 64 };

void zone_numbers_free(zone_numbers *numbers)
{
    free(numbers->number);
    *numbers = (zone_numbers){0};
}

zone_status zone_numbers_add(zone_context *ctx, zone_numbers *numbers, uint32_t number)
{
    zone_status status =
        zone_grow(ctx, (void **)&numbers->number, &numbers->capacity, numbers->count + 1, sizeof *numbers->number);

    if (!status)
        numbers->number[numbers->count++] = number;
    return status;
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
    size_t leaves = (count + FANOUT - 1) / FANOUT;
    size_t slices = (size_t)ceil(sqrt((double)leaves));
    size_t slice = slices ? (leaves + slices - 1) / slices * FANOUT : FANOUT;

    qsort(entries, count, sizeof *entries, by_x);
    for (size_t first = 0; first < count; first += slice)
        qsort(entries + first, count - first < slice ? count - first : slice, sizeof *entries, by_y);
}

static void pack_levels(zone_tree *tree, const zone_box *boxes)
{
    size_t below = 0, below_count = (tree->count + FANOUT - 1) / FANOUT, at = 0;

    for (; at < below_count; at++) {
        tree->box[at] = zone_box_empty;
        for (size_t i = at * FANOUT; i < (at + 1) * FANOUT && i < tree->count; i++)
            tree->box[at] = zone_box_join(tree->box[at], boxes[tree->item[i]]);
    }
    tree->level_start[0] = 0;
    tree->level_count = 1;
    while (below_count > 1) {
        size_t count = (below_count + FANOUT - 1) / FANOUT;
        tree->level_start[tree->level_count++] = at;
        for (size_t k = 0; k < count; k++, at++) {
            tree->box[at] = zone_box_empty;
            for (size_t i = k * FANOUT; i < (k + 1) * FANOUT && i < below_count; i++)
                tree->box[at] = zone_box_join(tree->box[at], tree->box[below + i]);
        }
        below = tree->level_start[tree->level_count - 1];
        below_count = count;
    }
    tree->node_count = at;
}

zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t count, zone_tree *tree)
{
    tile_entry *entries = NULL;

    *tree = (zone_tree){.count = count};
    if (count == 0)
        return ZONE_OK;
    entries = zone_allocate(ctx, count, sizeof *entries);
    tree->item = zone_allocate(ctx, count, sizeof *tree->item);
    tree->box = zone_allocate(ctx, count / 4 + 16, sizeof *tree->box);
    if (!entries || !tree->item || !tree->box) {
        free(entries);
        zone_tree_free(tree);
        return ZONE_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++)
        entries[i] = (tile_entry){0.5 * ((double)boxes[i].west + (double)boxes[i].east),
                                  0.5 * ((double)boxes[i].south + (double)boxes[i].north), (uint32_t)i};
    sort_tiles(entries, count);
    for (size_t i = 0; i < count; i++)
        tree->item[i] = entries[i].item;
    free(entries);
    pack_levels(tree, boxes);
    return ZONE_OK;
}

void zone_tree_free(zone_tree *tree)
{
    free(tree->item);
    free(tree->box);
    *tree = (zone_tree){0};
}

/* ---------------------------------------------------------------- finding */

typedef struct {
    zone_context *ctx;
    const zone_tree *tree;
    const zone_box *box;
    zone_numbers *found;
} search;

/* Node `index` of `level` meets the box; depth is at most 16 levels. */
static zone_status descend(const search *s, size_t level, size_t index)
{
    const zone_tree *tree = s->tree;
    zone_status status = ZONE_OK;

    if (!zone_box_meets(&tree->box[tree->level_start[level] + index], s->box))
        return ZONE_OK;
    if (level == 0) {
        for (size_t i = index * FANOUT; i < (index + 1) * FANOUT && i < tree->count && !status; i++)
            status = zone_numbers_add(s->ctx, s->found, tree->item[i]);
        return status;
    }
    size_t below_count = tree->level_start[level] - tree->level_start[level - 1];
    for (size_t i = index * FANOUT; i < (index + 1) * FANOUT && i < below_count && !status; i++)
        status = descend(s, level - 1, i);
    return status;
}

zone_status zone_tree_find(zone_context *ctx, const zone_tree *tree, const zone_box *box, zone_numbers *found)
{
    search s = {ctx, tree, box, found};

    if (tree->count == 0)
        return ZONE_OK;
    return descend(&s, tree->level_count - 1, 0);
}

/* ---------------------------------------------------------------- members */

static zone_status find_runs(zone_context *ctx, zone_members *members)
{
    zone_edges *edges = &members->edges;
    size_t at = 0;

    members->start = zone_allocate(ctx, members->member_count + 1, sizeof *members->start);
    members->box = zone_allocate(ctx, members->member_count + 1, sizeof *members->box);
    if (!members->start || !members->box)
        return ZONE_NO_MEMORY;
    for (size_t m = 0; m < members->member_count; m++) {
        members->start[m] = at;
        members->box[m] = zone_box_empty;
        for (; at < edges->count && edges->edge[at].member == m; at++)
            members->box[m] = zone_box_join(members->box[m], zone_edge_box(&edges->edge[at]));
    }
    members->start[members->member_count] = at;
    return ZONE_OK;
}

zone_status zone_members_index(zone_context *ctx, zone_members *members)
{
    zone_box *boxes = NULL;
    zone_status status = ZONE_OK;

    if (members->edges.count >= UINT32_MAX || members->member_count >= UINT32_MAX)
        return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "fewer than 4 billion edges in a layer kept in memory");
    status = find_runs(ctx, members);
    if (!status)
        status = zone_tree_build(ctx, members->box, members->member_count, &members->member_tree);
    boxes = status ? NULL : zone_allocate(ctx, members->edges.count + 1, sizeof *boxes);
    if (!status && !boxes)
        status = ZONE_NO_MEMORY;
    for (size_t i = 0; !status && i < members->edges.count; i++)
        boxes[i] = zone_edge_box(&members->edges.edge[i]);
    if (!status)
        status = zone_tree_build(ctx, boxes, members->edges.count, &members->edge_tree);
    free(boxes);
    return status;
}

void zone_members_free(zone_members *members)
{
    zone_edges_free(&members->edges);
    free(members->start);
    free(members->box);
    zone_tree_free(&members->edge_tree);
    zone_tree_free(&members->member_tree);
    *members = (zone_members){0};
}

zone_status zone_members_winding(zone_context *ctx, const zone_members *members, uint32_t member, int64_t x, int64_t y,
                                 zone_numbers *scratch, int *winding)
{
    size_t first = members->start[member], end = members->start[member + 1];
    zone_box ray = {x, y, members->box[member].east, y};
    zone_status status = ZONE_OK;

    *winding = 0;
    if (x > ray.east || y < members->box[member].south || y > members->box[member].north)
        return ZONE_OK;
    if (end - first <= FEW_EDGES) {
        for (size_t i = first; i < end; i++)
            *winding += zone_winding_of_moved(&members->edges.edge[i], x, y);
        return ZONE_OK;
    }
    scratch->count = 0;
    status = zone_tree_find(ctx, &members->edge_tree, &ray, scratch);
    for (size_t i = 0; i < scratch->count; i++) {
        const zone_edge *edge = &members->edges.edge[scratch->number[i]];
        if (edge->member == member)
            *winding += zone_winding_of_moved(edge, x, y);
    }
    return status;
}
