/* Locate: packed trees of boxes (sort-tile-recursive), and what a box meets of a bag. */
#include "kernel/locate.h"

#include "kernel/winding.h"

#include <math.h>
#include <stdlib.h>

enum { FANOUT = 8 };

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

/* Nodes above the leaves, which are there already. */
static void pack_levels(zone_tree *tree)
{
    size_t below = 0, below_count = (tree->count + FANOUT - 1) / FANOUT, at = below_count;

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

static zone_status allocate_tree(zone_context *ctx, size_t count, zone_tree *tree)
{
    *tree = (zone_tree){.count = count};
    if (count == 0)
        return ZONE_OK;
    /* A leaf for 8 items, a node for 8 leaves …: a seventh of the items, and what rounding up adds. */
    tree->box = zone_allocate(ctx, count / 7 + 32, sizeof *tree->box);
    return tree->box ? ZONE_OK : ZONE_NO_MEMORY;
}

zone_status zone_tree_build(zone_context *ctx, const zone_box *boxes, size_t count, zone_tree *tree)
{
    zone_status status = allocate_tree(ctx, count, tree);

    if (status || count == 0)
        return status;
    tile_entry *entries = zone_allocate(ctx, count, sizeof *entries);
    tree->item = zone_allocate(ctx, count, sizeof *tree->item);
    tree->item_box = zone_allocate(ctx, count, sizeof *tree->item_box);
    if (!entries || !tree->item || !tree->item_box) {
        free(entries);
        zone_tree_free(tree);
        return ZONE_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++)
        entries[i] = (tile_entry){0.5 * ((double)boxes[i].west + (double)boxes[i].east),
                                  0.5 * ((double)boxes[i].south + (double)boxes[i].north), (uint32_t)i};
    sort_tiles(entries, count);
    for (size_t i = 0; i < count; i++) {
        zone_box *leaf = &tree->box[i / FANOUT];
        tree->item[i] = entries[i].item;
        tree->item_box[i] = boxes[tree->item[i]];
        *leaf = zone_box_join(i % FANOUT ? *leaf : zone_box_empty, tree->item_box[i]);
    }
    free(entries);
    pack_levels(tree);
    return ZONE_OK;
}

zone_status zone_tree_build_of_corners(zone_context *ctx, const zone_corners *corners, zone_tree *tree)
{
    size_t count = corners->count;
    zone_status status = allocate_tree(ctx, count, tree);

    if (status || count == 0)
        return status;
    for (size_t i = 0; i < count; i++) {
        zone_box *leaf = &tree->box[i / FANOUT];
        if (i % FANOUT == 0)
            *leaf = zone_box_empty;
        if (corners->corner[i].weight != 0)
            *leaf = zone_box_join(*leaf, zone_corner_box(&corners->corner[i]));
    }
    pack_levels(tree);
    return ZONE_OK;
}

void zone_tree_free(zone_tree *tree)
{
    free(tree->item);
    free(tree->item_box);
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
            if (!tree->item || zone_box_meets(&tree->item_box[i], s->box))
                status = zone_numbers_add(s->ctx, s->found, tree->item ? tree->item[i] : (uint32_t)i);
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

/* ---------------------------------------------------------------- bags of edges */

/* A search among the items first … end - 1 of a tree in their own order. */
typedef struct {
    const zone_bag *bag;
    const zone_box *box;
    size_t first, end;
    zone_numbers *found; /* with room for all */
} bag_search;

static void find_edges(const bag_search *s, size_t from, size_t to)
{
    const zone_corner *corner = s->bag->corners->corner;
    uint32_t *number = s->found->number;
    size_t count = s->found->count;

    from = from < s->first ? s->first : from;
    to = to < s->end ? to : s->end;
    for (size_t i = from; i < to; i++) {
        if (corner[i].weight == 0)
            continue;
        zone_box box = zone_corner_box(&corner[i]);
        number[count] = (uint32_t)i;
        count += zone_box_meets(&box, s->box);
    }
    s->found->count = count;
}

static void descend_bag(const bag_search *s, size_t level, size_t index)
{
    const zone_tree *tree = s->bag->tree;
    size_t span = (size_t)FANOUT << 3 * level; /* items under a node of this level */

    if (index * span >= s->end || (index + 1) * span <= s->first ||
        !zone_box_meets(&tree->box[tree->level_start[level] + index], s->box))
        return;
    if (level == 0) {
        find_edges(s, index * FANOUT, (index + 1) * FANOUT);
        return;
    }
    size_t below_count = tree->level_start[level] - tree->level_start[level - 1];
    for (size_t i = index * FANOUT; i < (index + 1) * FANOUT && i < below_count; i++)
        descend_bag(s, level - 1, i);
}

zone_status zone_bag_find(zone_context *ctx, const zone_bag *bag, const zone_box *box, zone_numbers *found)
{
    bag_search s = {bag, box, bag->first, bag->first + bag->count, found};
    size_t level = 0;
    zone_status status =
        zone_reserve(ctx, (void **)&found->number, &found->capacity, bag->count + 1, sizeof *found->number);

    found->count = 0;
    if (status || !zone_box_meets(&bag->box, box))
        return status;
    if (!bag->tree || bag->count <= ZONE_FEW_CORNERS) {
        find_edges(&s, s.first, s.end);
        return ZONE_OK;
    }
    /* From the level on which the bag is a handful of nodes. */
    while (level + 1 < bag->tree->level_count && bag->count >> (3 * level + 3) > FANOUT)
        level++;
    for (size_t i = s.first >> (3 * level + 3); i << (3 * level + 3) < s.end; i++)
        descend_bag(&s, level, i);
    return ZONE_OK;
}

zone_status zone_bag_make(zone_context *ctx, const zone_corners *corners, zone_tree *tree, zone_bag *bag)
{
    *bag = (zone_bag){.corners = corners, .count = corners->count, .box = zone_box_empty};
    for (size_t i = 0; i < corners->count; i++)
        if (corners->corner[i].weight != 0)
            bag->box = zone_box_join(bag->box, zone_corner_box(&corners->corner[i]));
    if (corners->count <= ZONE_FEW_CORNERS)
        return ZONE_OK;
    zone_tree_free(tree);
    bag->tree = tree;
    return zone_tree_build_of_corners(ctx, corners, tree);
}

/* ---------------------------------------------------------------- members */

static zone_status find_runs(zone_context *ctx, zone_members *members)
{
    const zone_corners *corners = &members->corners;
    size_t at = 0;

    members->start = zone_allocate(ctx, members->member_count + 1, sizeof *members->start);
    members->box = zone_allocate(ctx, members->member_count + 1, sizeof *members->box);
    if (!members->start || !members->box)
        return ZONE_NO_MEMORY;
    for (size_t m = 0; m < members->member_count; m++) {
        members->start[m] = at;
        members->box[m] = zone_box_empty;
        for (; at < corners->count && corners->corner[at].member == m; at++)
            if (corners->corner[at].weight != 0)
                members->box[m] = zone_box_join(members->box[m], zone_corner_box(&corners->corner[at]));
    }
    members->start[members->member_count] = at;
    return ZONE_OK;
}

/* Members large enough for a lattice are few: together they have no more corners than there are. */
static zone_status build_lattices(zone_context *ctx, zone_members *members)
{
    zone_status status = ZONE_OK;

    for (size_t m = 0; m < members->member_count && !status; m++) {
        if (members->start[m + 1] - members->start[m] < ZONE_LATTICE_LEAST)
            continue;
        if (!members->lattice)
            members->lattice = zone_allocate(ctx, members->member_count, sizeof *members->lattice);
        if (!members->lattice)
            return ZONE_NO_MEMORY;
        zone_bag bag = zone_members_bag(members, m);
        status = zone_lattice_build(ctx, &bag, &members->lattice[m]);
    }
    return status;
}

zone_status zone_members_begin(zone_context *ctx, zone_members *members)
{
    if (members->corners.count >= UINT32_MAX || members->member_count >= UINT32_MAX)
        return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "fewer than 4 billion edges in a layer kept in memory");
    return find_runs(ctx, members);
}

zone_status zone_members_index(zone_context *ctx, zone_members *members, zone_index_part part)
{
    zone_status status = ZONE_OK;

    if (part == ZONE_INDEX_MEMBERS)
        return zone_tree_build(ctx, members->box, members->member_count, &members->member_tree);
    status = zone_tree_build_of_corners(ctx, &members->corners, &members->edge_tree);
    return status ? status : build_lattices(ctx, members);
}

void zone_members_free(zone_members *members)
{
    for (size_t m = 0; members->lattice && m < members->member_count; m++)
        zone_lattice_free(members->lattice[m]);
    free(members->lattice);
    zone_corners_free(&members->corners);
    free(members->start);
    free(members->box);
    zone_tree_free(&members->edge_tree);
    zone_tree_free(&members->member_tree);
    *members = (zone_members){0};
}

zone_bag zone_members_bag(const zone_members *members, size_t member)
{
    size_t first = members->start[member];

    return (zone_bag){&members->corners,
                      first,
                      members->start[member + 1] - first,
                      members->box[member],
                      &members->edge_tree,
                      members->lattice ? members->lattice[member] : NULL};
}
