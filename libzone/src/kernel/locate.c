/* Locate: what a box meets of a bag, and members with their index. */
#include "kernel/locate.h"

#include "kernel/winding.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- the index of edges */

static zone_status round_corners(zone_context *ctx, const zone_corners *corners, const zone_rounding *rounding,
                                 zone_edge_index *index)
{
    size_t count = corners->count, room = count + ZONE_FANOUT + 1, capacity = index->capacity;
    zone_status status = zone_reserve(ctx, (void **)&index->x, &capacity, room, sizeof *index->x);

    capacity = index->capacity;
    if (!status)
        status = zone_reserve(ctx, (void **)&index->y, &capacity, room, sizeof *index->y);
    if (status)
        return status;
    index->capacity = capacity;
    for (size_t i = 0; i < count; i++) {
        index->x[i] = zone_round(corners->corner[i].x - rounding->west, rounding->shift);
        index->y[i] = zone_round(corners->corner[i].y - rounding->south, rounding->shift);
    }
    for (size_t i = count; i < room; i++) /* eight edges are looked at together, also where the last are fewer */
        index->x[i] = index->y[i] = 0;
    return ZONE_OK;
}

/* The box of the edges that leave corners first … end - 1. */
static zone_rounded_box box_of_run(const zone_corners *corners, const zone_edge_index *index, size_t first, size_t end)
{
    zone_rounded_box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};

    for (size_t i = first; i < end; i++) {
        if (corners->corner[i].weight == 0)
            continue;
        const zone_rounded_box edge = zone_edge_index_box(index, i);
        box.west = zone_lesser(box.west, edge.west);
        box.south = zone_lesser(box.south, edge.south);
        box.east = zone_greater(box.east, edge.east);
        box.north = zone_greater(box.north, edge.north);
    }
    return box;
}

zone_status zone_edge_index_build(zone_context *ctx, const zone_corners *corners, const zone_box *box, bool tree,
                                  zone_edge_index *index)
{
    const zone_rounding rounding = zone_rounding_of(box);
    size_t runs = tree ? (corners->count + ZONE_FANOUT - 1) / ZONE_FANOUT : 0;
    zone_status status = round_corners(ctx, corners, &rounding, index);

    if (!status)
        status = zone_tree_begin(ctx, &rounding, runs, &index->runs);
    for (size_t r = 0; r < runs && !status; r++) {
        size_t first = r * ZONE_FANOUT, left = corners->count - first;
        const zone_rounded_box run =
            box_of_run(corners, index, first, first + (left < ZONE_FANOUT ? left : ZONE_FANOUT));
        zone_tree_set(&index->runs, r, &run);
    }
    if (!status && runs)
        zone_tree_pack(&index->runs);
    return status;
}

void zone_edge_index_free(zone_edge_index *index)
{
    free(index->x);
    free(index->y);
    zone_tree_free(&index->runs);
    *index = (zone_edge_index){0};
}

/* ---------------------------------------------------------------- bags of edges */

/* A search among the corners first … end - 1. */
typedef struct {
    zone_context *ctx;
    const zone_bag *bag;
    zone_rounded_box box;
    size_t first, end;
    zone_numbers *found;
} bag_search;

/* Bit i where the edge that leaves the i-th of eight corners, whose rounded places are x and y, may meet the box. */
static inline unsigned mark_edges(const int32_t *x, const int32_t *y, const zone_rounded_box *box)
{
    const zone_lanes west = zone_lanes_of(box->west), south = zone_lanes_of(box->south);
    const zone_lanes east = zone_lanes_of(box->east), north = zone_lanes_of(box->north);
    zone_lanes meets[2];

    for (int k = 0; k < 2; k++) {
        const zone_lanes from_x = zone_lanes_at(x + 4 * k), to_x = zone_lanes_at(x + 4 * k + 1);
        const zone_lanes from_y = zone_lanes_at(y + 4 * k), to_y = zone_lanes_at(y + 4 * k + 1);
        meets[k] = ~(((from_x < west) & (to_x < west)) | ((from_x > east) & (to_x > east)) |
                     ((from_y < south) & (to_y < south)) | ((from_y > north) & (to_y > north)));
    }
    return zone_lanes_bits(meets[0], meets[1]);
}

/* Corners from … to - 1, as far as they are asked for. */
static zone_status find_edges(const bag_search *s, size_t from, size_t to)
{
    const zone_corner *corner = s->bag->corners->corner;
    const zone_edge_index *index = s->bag->index;
    zone_numbers *found = s->found;

    from = from < s->first ? s->first : from;
    to = to < s->end ? to : s->end;
    for (size_t at = from; at < to; at += ZONE_FANOUT) {
        unsigned meets = mark_edges(index->x + at, index->y + at, &s->box);
        if (to - at < ZONE_FANOUT)
            meets &= (1U << (to - at)) - 1;
        if (!meets)
            continue;
        zone_status status = zone_reserve(s->ctx, (void **)&found->number, &found->capacity, found->count + ZONE_FANOUT,
                                          sizeof *found->number);
        if (status)
            return status;
        for (; meets; meets &= meets - 1) {
            size_t i = at + zone_first_bit(meets);
            if (corner[i].weight != 0)
                found->number[found->count++] = (uint32_t)i;
        }
    }
    return ZONE_OK;
}

static zone_status descend(const bag_search *s, size_t level, size_t node)
{
    const zone_tree *runs = &s->bag->index->runs;
    unsigned meets = zone_tree_node_meets(&runs->node[runs->level_start[level] + node], &s->box);
    zone_status status = ZONE_OK;

    for (; meets && !status; meets &= meets - 1) {
        size_t child = node * ZONE_FANOUT + zone_first_bit(meets), span = (size_t)ZONE_FANOUT << 3 * level;
        if (child * span >= s->end || (child + 1) * span <= s->first)
            continue;
        status = level > 0 ? descend(s, level - 1, child) : find_edges(s, child * span, (child + 1) * span);
    }
    return status;
}

zone_status zone_bag_find(zone_context *ctx, const zone_bag *bag, const zone_box *box, zone_numbers *found)
{
    const zone_tree *runs = &bag->index->runs;
    size_t level = 0;
    zone_status status = ZONE_OK;

    found->count = 0;
    if (!zone_box_meets(&bag->box, box))
        return ZONE_OK;
    const bag_search s = {ctx, bag, zone_round_box(&runs->rounding, box), bag->first, bag->first + bag->count, found};
    if (runs->count == 0 || bag->count <= ZONE_FEW_CORNERS)
        return find_edges(&s, s.first, s.end);
    /* From the level on which the bag is a handful of nodes. */
    while (level + 1 < runs->level_count && bag->count >> (3 * level + 6) > ZONE_FANOUT)
        level++;
    for (size_t i = s.first >> (3 * level + 6); i << (3 * level + 6) < s.end && !status; i++)
        status = descend(&s, level, i);
    return status;
}

zone_status zone_bag_make(zone_context *ctx, const zone_corners *corners, zone_edge_index *index, zone_bag *bag)
{
    *bag = (zone_bag){.corners = corners, .count = corners->count, .box = zone_box_empty, .index = index};
    for (size_t i = 0; i < corners->count; i++)
        if (corners->corner[i].weight != 0)
            bag->box = zone_box_join(bag->box, zone_corner_box(&corners->corner[i]));
    return zone_edge_index_build(ctx, corners, &bag->box, corners->count > ZONE_FEW_CORNERS, index);
}

/* ---------------------------------------------------------------- members */

static void free_part(zone_members_part *part)
{
    zone_corners_free(&part->corners);
    zone_edge_index_free(&part->index);
    free(part);
}

static zone_status add_part(zone_context *ctx, zone_members *members, zone_members_part *part)
{
    zone_status status = zone_reserve(ctx, (void **)&members->part, &members->part_capacity, members->part_count + 1,
                                      sizeof(zone_members_part *));

    if (!status)
        members->part[members->part_count++] = part;
    return status;
}

zone_status zone_members_begin_part(zone_context *ctx, zone_members *members, zone_corners **corners)
{
    zone_members_part *part = zone_allocate(ctx, 1, sizeof *part);
    zone_status status = part ? add_part(ctx, members, part) : ZONE_NO_MEMORY;

    if (status) {
        free(part);
        return status;
    }
    part->corners.first_member = (uint32_t)members->member_count;
    *corners = &part->corners;
    return ZONE_OK;
}

/* Finds which corners are whose; *box is that of all. */
static void find_members(const zone_members_part *part, zone_member *member, size_t count, zone_box *box)
{
    const zone_corner *corner = part->corners.corner;
    size_t at = 0;

    for (size_t m = 0; m < count; m++) {
        member[m] = (zone_member){.part = part, .first = at, .box = zone_box_empty};
        for (; at < part->corners.count && corner[at].member == m; at++)
            if (corner[at].weight != 0)
                member[m].box = zone_box_join(member[m].box, zone_corner_box(&corner[at]));
        member[m].count = at - member[m].first;
        *box = zone_box_join(*box, member[m].box);
    }
}

zone_status zone_members_end_part(zone_context *ctx, zone_members *members, size_t count)
{
    zone_members_part *part = members->part[members->part_count - 1];
    zone_box box = zone_box_empty;

    if (part->corners.count >= UINT32_MAX || members->member_count + count >= UINT32_MAX)
        return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "fewer than 4 billion edges in a layer kept in memory");
    zone_status status = zone_reserve(ctx, (void **)&members->member, &members->member_capacity,
                                      members->member_count + count, sizeof *members->member);
    if (status)
        return status;
    zone_corners_trim(&part->corners);
    find_members(part, members->member + members->member_count, count, &box);
    members->member_count += count;
    members->corner_count += part->corners.count;
    return zone_edge_index_build(ctx, &part->corners, &box, true, &part->index);
}

zone_status zone_members_move(zone_context *ctx, zone_members *members, zone_members *from)
{
    size_t first = members->member_count;
    zone_status status = ZONE_OK;

    if (first + from->member_count >= UINT32_MAX)
        return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "fewer than 4 billion edges in a layer kept in memory");
    status = zone_reserve(ctx, (void **)&members->member, &members->member_capacity, first + from->member_count,
                          sizeof *members->member);
    if (!status)
        status = zone_reserve(ctx, (void **)&members->part, &members->part_capacity,
                              members->part_count + from->part_count, sizeof(zone_members_part *));
    if (status)
        return status;
    for (size_t m = 0; m < from->member_count; m++)
        members->member[first + m] = from->member[m];
    for (size_t p = 0; p < from->part_count; p++) {
        from->part[p]->corners.first_member += (uint32_t)first;
        members->part[members->part_count++] = from->part[p];
    }
    members->member_count += from->member_count;
    members->corner_count += from->corner_count;
    from->member_count = from->part_count = from->corner_count = 0;
    return ZONE_OK;
}

zone_status zone_members_index(zone_context *ctx, zone_members *members)
{
    zone_tree_free(&members->tree);
    return zone_tree_build(ctx, members->member_count ? &members->member->box : NULL, sizeof *members->member,
                           members->member_count, &members->tree);
}

/* Members large enough for a lattice are few: together they have no more corners than there are. */
zone_status zone_members_build_lattices(zone_context *ctx, zone_members *members)
{
    zone_status status = ZONE_OK;

    for (size_t m = 0; m < members->member_count && !status; m++) {
        if (members->member[m].count < ZONE_LATTICE_LEAST)
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

void zone_members_free(zone_members *members)
{
    for (size_t m = 0; members->lattice && m < members->member_count; m++)
        zone_lattice_free(members->lattice[m]);
    for (size_t p = 0; p < members->part_count; p++)
        free_part(members->part[p]);
    free(members->lattice);
    free(members->part);
    free(members->member);
    zone_tree_free(&members->tree);
    *members = (zone_members){0};
}

zone_bag zone_members_bag(const zone_members *members, size_t member)
{
    const zone_member *own = &members->member[member];

    return (zone_bag){&own->part->corners, own->first,
                      own->count,          own->box,
                      &own->part->index,   members->lattice ? members->lattice[member] : NULL};
}
