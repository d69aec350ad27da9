/* Overlap: areas in common as sums over edges. */
#include "kernel/overlap.h"

#include "kernel/crossing.h"
#include "kernel/predicate.h"

#include <stdlib.h>

void zone_overlap_free(zone_overlap_space *overlap)
{
    free(overlap->share);
    free(overlap->fixed.edge);
    free(overlap->moved.edge);
    free(overlap->fixed.change);
    free(overlap->moved.change);
    zone_numbers_free(&overlap->fixed.near);
    zone_numbers_free(&overlap->moved.near);
    zone_numbers_free(&overlap->found);
    zone_numbers_free(&overlap->members);
    zone_numbers_free(&overlap->ring_ends);
    free(overlap->before);
    free(overlap->bounds.west);
    *overlap = (zone_overlap_space){0};
}

/* Adds the area under the edge that leaves a corner, in the direction of the corners; only a bulge belongs to the
 * canonical one. */
static inline void add_under(const zone_corners *corners, size_t at, zone_area_sum *sum)
{
    const zone_corner *from = &corners->corner[at], *to = from + 1;

    if (from->weight == 0)
        return;
    zone_uint128 curved = corners->bulge ? (zone_uint128)corners->bulge[at] : 0;
    if (corners->bulge && !corners->loose && !zone_corner_forward(from))
        curved = -curved;
    zone_area_add_times(sum, from->weight,
                        zone_trapezoid(from->image_x, to->image_x, from->image_y, to->image_y) + curved,
                        zone_trapezoid(from->x, to->x, from->y, to->y));
}

zone_area_sum zone_overlap_whole(const zone_bag *bag)
{
    zone_area_sum sum = {0};

    for (size_t i = bag->first; i < bag->first + bag->count; i++)
        add_under(bag->corners, i, &sum);
    return sum;
}

/* A feature and a member while they are overlaid. */
typedef struct {
    zone_context *ctx;
    zone_overlap_space *overlap;
    const zone_bag *fixed, *moved; /* the feature, the member */
    zone_share *share;
} pair;

/* Takes an edge of a piece into its share: its area, and the edge itself where chains are wanted. */
static zone_status take(pair *p, int weight, const zone_edge *edge)
{
    if (weight == 0)
        return ZONE_OK;
    zone_area_add(&p->share->sum, weight, edge);
    if (!p->overlap->chains)
        return ZONE_OK;
    zone_edge piece = *edge;
    piece.weight = weight;
    piece.member = p->share->member;
    return zone_edges_add(p->ctx, p->overlap->chains, &piece);
}

/* ---------------------------------------------------------------- crossings */

/* Along the fixed edge the member's winding changes by the moved edge's weight; along the moved edge, which goes the
 * other way across, the feature's winding changes by the fixed edge's weight with the other sign. */
static zone_status cross(pair *p, const zone_edge *fixed, const zone_edge *moved, int *fixed_change, int *moved_change)
{
    int sign = 0;
    double along = 0.0, across = 0.0;
    zone_status status = ZONE_OK;

    if (!zone_edges_cross(fixed, moved, &sign, &along, &across))
        return ZONE_OK;
    int weight = sign * fixed->weight * moved->weight;
    p->share->crossed = true;
    *fixed_change += sign * moved->weight;
    *moved_change -= sign * fixed->weight;
    zone_edge fixed_rest = zone_edge_rest(fixed, along), moved_rest = zone_edge_rest(moved, across);
    /* One place in the plane for both rests, so that a chain of pieces stays closed there. */
    moved_rest.x[0] = fixed_rest.x[0];
    moved_rest.y[0] = fixed_rest.y[0];
    zone_edge step = zone_edge_step(&fixed_rest, &moved_rest);
    if (!p->overlap->chains) { /* then the three need not be in memory */
        zone_area_add(&p->share->sum, weight, &fixed_rest);
        zone_area_add(&p->share->sum, -weight, &moved_rest);
        zone_area_add(&p->share->sum, weight, &step);
        return ZONE_OK;
    }
    status = take(p, weight, &fixed_rest);
    if (!status)
        status = take(p, -weight, &moved_rest);
    if (!status)
        status = take(p, weight, &step);
    return status;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/* From so many edges on both sides, those near each edge are found by the tree instead of trying all. */
enum { MANY_PAIRS = 1 << 16 };

static zone_status cross_near(pair *p, const zone_edge *edge, const zone_box *box, int *change)
{
    const zone_side *moved = &p->overlap->moved;
    zone_numbers *found = &p->overlap->found;
    zone_status status = zone_bag_find(p->ctx, p->moved, box, found);

    for (size_t i = 0; i < found->count && !status; i++) {
        const uint32_t *at =
            bsearch(&found->number[i], moved->near.number, moved->near.count, sizeof *moved->near.number, by_number);
        status = cross(p, edge, &moved->edge[at - moved->near.number], change, &moved->change[at - moved->near.number]);
    }
    return status;
}

static zone_status open_bounds(pair *p)
{
    zone_bounds *bounds = &p->overlap->bounds;
    const zone_side *moved = &p->overlap->moved;
    const int64_t west = p->fixed->box.west, south = p->fixed->box.south;
    size_t capacity = bounds->capacity;
    /* One block: four arrays of bounds and one of answers, of the same size each. */
    zone_status status = zone_reserve(p->ctx, (void **)&bounds->west, &capacity, moved->near.count,
                                      4 * sizeof *bounds->west + sizeof *bounds->meets);

    if (status)
        return status;
    bounds->capacity = capacity;
    bounds->south = bounds->west + capacity;
    bounds->east = bounds->south + capacity;
    bounds->north = bounds->east + capacity;
    bounds->meets = (int32_t *)(void *)(bounds->north + capacity);
    for (size_t j = 0; j < moved->near.count; j++) {
        const zone_box box = zone_edge_box(&moved->edge[j]);
        bounds->west[j] = (float)(box.west - west);
        bounds->south[j] = (float)(box.south - south);
        bounds->east[j] = (float)(box.east - west);
        bounds->north[j] = (float)(box.north - south);
    }
    return ZONE_OK;
}

/* Marks the edges whose box meets `box`; false where none does. */
static bool find_meeting(const zone_bounds *bounds, size_t count, const zone_box *box, const zone_box *from)
{
    const float *restrict west = bounds->west, *restrict south = bounds->south;
    const float *restrict east = bounds->east, *restrict north = bounds->north;
    const float own_west = (float)(box->west - from->west), own_south = (float)(box->south - from->south);
    const float own_east = (float)(box->east - from->west), own_north = (float)(box->north - from->south);
    int32_t *restrict meets = bounds->meets, any = 0;

    for (size_t j = 0; j < count; j++) {
        meets[j] = (west[j] <= own_east) & (own_west <= east[j]) & (south[j] <= own_north) & (own_south <= north[j]);
        any |= meets[j];
    }
    return any != 0;
}

static zone_status cross_all(pair *p)
{
    const zone_side *fixed = &p->overlap->fixed, *moved = &p->overlap->moved;
    bool many = p->moved->tree && fixed->near.count * moved->near.count > MANY_PAIRS;
    zone_status status = many ? ZONE_OK : open_bounds(p);

    for (size_t i = 0; i < fixed->near.count && !status; i++) {
        const zone_edge *edge = &fixed->edge[i];
        zone_box box = zone_edge_box(edge);
        if (many) {
            status = cross_near(p, edge, &box, &fixed->change[i]);
            continue;
        }
        if (!find_meeting(&p->overlap->bounds, moved->near.count, &box, &p->fixed->box))
            continue;
        for (size_t j = 0; j < moved->near.count && !status; j++)
            if (p->overlap->bounds.meets[j])
                status = cross(p, edge, &moved->edge[j], &fixed->change[i], &moved->change[j]);
    }
    return status;
}

/* ---------------------------------------------------------------- the walk along a side */

static bool outside(const zone_box *box, const int64_t point[2])
{
    return point[0] < box->west || point[0] > box->east || point[1] < box->south || point[1] > box->north;
}

/* Takes the edges of one bag with the other's winding at their canonical starts. The winding is 0 outside of the
 * other's box; from edge to edge of a ring it goes on; only a ring that begins inside the box has to be located. */
static zone_status walk(pair *p, const zone_side *side, const zone_bag *other, bool other_moved)
{
    int64_t from[2], to[2], last[2] = {0, 0};
    int winding = 0;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < side->near.count && !status; i++) {
        const zone_edge *edge = &side->edge[i];
        bool next = i > 0 && side->near.number[i] == side->near.number[i - 1] + 1;
        zone_edge_ends(edge, from, to);
        if (outside(&other->box, from))
            winding = 0;
        else if (!next || from[0] != last[0] || from[1] != last[1])
            status = zone_bag_winding(p->ctx, other, other_moved, from[0], from[1], &p->overlap->found, &winding);
        int end = edge->weight > 0 ? winding + side->change[i] : winding - side->change[i];
        if (!status)
            status = take(p, edge->weight * (edge->weight > 0 ? winding : end), edge);
        winding = end;
        last[0] = to[0];
        last[1] = to[1];
    }
    return status;
}

/* ---------------------------------------------------------------- the walk along a feature's rings */

static zone_status sum_feature(pair *p)
{
    zone_overlap_space *overlap = p->overlap;
    const zone_bag *bag = p->fixed;
    zone_status status = ZONE_OK;

    if (overlap->summed)
        return ZONE_OK;
    overlap->ring_ends.count = 0;
    status = zone_reserve(p->ctx, (void **)&overlap->before, &overlap->before_capacity, bag->count + 1,
                          sizeof *overlap->before);
    if (status)
        return status;
    zone_area_sum sum = {0}; /* not read back from where it was just written, which takes longer than the sum */
    overlap->before[0] = sum;
    for (size_t i = 0; i < bag->count && !status; i++) {
        add_under(bag->corners, bag->first + i, &sum);
        overlap->before[i + 1] = sum;
        if (bag->corners->corner[bag->first + i].weight == 0)
            status = zone_numbers_add(p->ctx, &overlap->ring_ends, (uint32_t)(bag->first + i));
    }
    overlap->summed = !status;
    return status;
}

/* Takes the edges that leave corners from … to - 1, all of them with one winding. */
static void take_run(pair *p, int winding, size_t from, size_t to)
{
    const zone_area_sum *low = &p->overlap->before[from - p->fixed->first];
    const zone_area_sum *high = &p->overlap->before[to - p->fixed->first];

    if (winding != 0)
        zone_area_add_times(&p->share->sum, winding, high->image - low->image, high->drawn - low->drawn);
}

/* The ring of corners first … end; its edges near the member are near[from] … near[to - 1]. Beginning with one of them
 * it is walked round once; the winding changes on them only. */
static zone_status walk_ring(pair *p, size_t first, size_t end, size_t from, size_t to)
{
    const zone_side *side = &p->overlap->fixed;
    size_t begin = from < to ? side->near.number[from] : first;
    const zone_corner *corner = &p->fixed->corners->corner[begin];
    int winding = 0;
    zone_status status = zone_bag_winding(p->ctx, p->moved, true, corner->x, corner->y, &p->overlap->found, &winding);

    if (from == to)
        take_run(p, winding, first, end);
    for (size_t i = from; i < to && !status; i++) {
        const zone_edge *edge = &side->edge[i];
        size_t here = side->near.number[i];
        /* By the direction of the corners: weights are the other way round in a ring across the antimeridian. */
        bool along = zone_corner_forward(&p->fixed->corners->corner[here]);
        int behind = along ? winding + side->change[i] : winding - side->change[i];
        status = take(p, edge->weight * (along ? winding : behind), edge);
        winding = behind;
        take_run(p, winding, here + 1, i + 1 < to ? side->near.number[i + 1] : end);
    }
    if (from < to)
        take_run(p, winding, first, begin);
    return status;
}

static zone_status walk_rings(pair *p)
{
    const zone_side *side = &p->overlap->fixed;
    size_t first = p->fixed->first, from = 0, to = 0;
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < p->overlap->ring_ends.count && !status; r++) {
        size_t end = p->overlap->ring_ends.number[r];
        while (to < side->near.count && side->near.number[to] < end)
            to++;
        status = walk_ring(p, first, end, from, to);
        first = end + 1;
        from = to;
    }
    return status;
}

/* ---------------------------------------------------------------- pairs */

static zone_status open_side(zone_context *ctx, const zone_bag *bag, const zone_box *box, zone_side *side)
{
    zone_status status = zone_bag_find(ctx, bag, box, &side->near);
    size_t count = status ? 0 : side->near.count;

    if (count == 0)
        return status;
    status = zone_reserve(ctx, (void **)&side->change, &side->change_capacity, count, sizeof *side->change);
    if (!status)
        status = zone_reserve(ctx, (void **)&side->edge, &side->edge_capacity, count, sizeof *side->edge);
    for (size_t i = 0; i < count && !status; i++) {
        side->edge[i] = zone_corners_edge(bag->corners, side->near.number[i]);
        side->change[i] = 0;
    }
    return status;
}

static zone_box box_of_side(const zone_side *side)
{
    zone_box box = zone_box_empty;

    for (size_t i = 0; i < side->near.count; i++)
        box = zone_box_join(box, zone_edge_box(&side->edge[i]));
    return box;
}

/* No edge of the member near the feature: it holds all of the feature or nothing. */
static zone_status hold_feature(pair *p, const zone_feature *feature)
{
    int winding = 0;
    zone_status status =
        zone_bag_winding(p->ctx, p->moved, true, feature->first[0], feature->first[1], &p->overlap->found, &winding);

    p->share->cut = false;
    p->share->winding = winding;
    p->share->sum.image = (zone_uint128)(zone_int128)winding * feature->whole.image;
    p->share->sum.drawn = (zone_uint128)(zone_int128)winding * feature->whole.drawn;
    return status;
}

static zone_status overlay_pair(pair *p, zone_feature *feature)
{
    zone_overlap_space *overlap = p->overlap;
    zone_status status = open_side(p->ctx, p->moved, &p->fixed->box, &overlap->moved);

    if (!status && overlap->moved.near.count == 0)
        return hold_feature(p, feature);
    if (!status && !feature->bag.corners)
        status = feature->draw(p->ctx, feature->user, &feature->bag);
    /* Edges that stand one by one, or are to be kept, are taken each; rings are walked along what may cross. */
    bool one_by_one = !status && (overlap->chains || p->fixed->corners->loose);
    zone_box box = status || one_by_one ? p->moved->box : box_of_side(&overlap->moved);
    if (!status && !one_by_one)
        status = sum_feature(p);
    if (!status)
        status = open_side(p->ctx, p->fixed, &box, &overlap->fixed);
    if (!status)
        status = cross_all(p);
    if (!status)
        status = one_by_one ? walk(p, &overlap->fixed, p->moved, true) : walk_rings(p);
    return status ? status : walk(p, &overlap->moved, p->fixed, false);
}

zone_feature zone_feature_of_bag(const zone_bag *bag)
{
    zone_feature feature = {.bag = *bag, .whole = zone_overlap_whole(bag)};

    if (bag->count) {
        feature.first[0] = bag->corners->corner[bag->first].x;
        feature.first[1] = bag->corners->corner[bag->first].y;
    }
    return feature;
}

/* Members lie in memory in the order of their file, those of one place far apart: what comes next is on its way while
 * one is worked on. */
static void fetch_ahead(const zone_members *members, const zone_numbers *found, size_t at)
{
    if (at + 1 < found->count) {
        const zone_corner *corner = members->corners.corner + members->start[found->number[at + 1]];
        __builtin_prefetch(corner);
        __builtin_prefetch(corner + 2);
        __builtin_prefetch(corner + 4);
    }
    if (at + 2 < found->count) {
        __builtin_prefetch(&members->start[found->number[at + 2]]);
        __builtin_prefetch(&members->box[found->number[at + 2]]);
    }
}

zone_status zone_overlap_run(zone_context *ctx, zone_overlap_space *overlap, zone_feature *feature,
                             const zone_members *members, int64_t only_above)
{
    const zone_box box = feature->bag.box;
    zone_status status = ZONE_OK;

    overlap->share_count = 0;
    overlap->members.count = 0;
    overlap->summed = false;
    if (box.west > box.east || members->corners.count == 0)
        return ZONE_OK;
    status = zone_tree_find(ctx, &members->member_tree, &box, &overlap->members);
    for (size_t i = 0; i < overlap->members.count && !status; i++) {
        uint32_t member = overlap->members.number[i];
        fetch_ahead(members, &overlap->members, i);
        if ((int64_t)member <= only_above)
            continue;
        status = zone_reserve(ctx, (void **)&overlap->share, &overlap->share_capacity, overlap->share_count + 1,
                              sizeof *overlap->share);
        if (status)
            break;
        zone_bag bag = zone_members_bag(members, member);
        pair p = {ctx, overlap, &feature->bag, &bag, &overlap->share[overlap->share_count]};
        *p.share = (zone_share){.member = member, .cut = true};
        status = overlay_pair(&p, feature);
        overlap->share_count++;
    }
    return status;
}
