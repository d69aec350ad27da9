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
    free(overlap->crossed);
    zone_tree_free(&overlap->boxes);
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
    zone_edge_join(&fixed_rest, &moved_rest);
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

static int by_corner(const void *left, const void *right)
{
    const zone_crossed *a = left, *b = right;

    return (a->at > b->at) - (a->at < b->at);
}

/* Brings what was found along the member's edges in the order of the feature's, each once. */
static void order_crossed(zone_overlap_space *overlap)
{
    zone_crossed *crossed = overlap->crossed;
    size_t kept = 0;

    if (overlap->crossed_count > 1)
        qsort(crossed, overlap->crossed_count, sizeof *crossed, by_corner);
    for (size_t i = 0; i < overlap->crossed_count; i++)
        if (kept && crossed[kept - 1].at == crossed[i].at)
            crossed[kept - 1].change += crossed[i].change;
        else
            crossed[kept++] = crossed[i];
    overlap->crossed_count = kept;
}

/* An edge of the feature, by its corner, with one of the member's. */
static zone_status cross_edge(pair *p, uint32_t at, size_t which)
{
    zone_overlap_space *overlap = p->overlap;
    const zone_edge edge = zone_corners_edge(p->fixed->corners, at);
    int change = 0;
    zone_status status = cross(p, &edge, &overlap->moved.edge[which], &change, &overlap->moved.change[which]);

    if (status || change == 0)
        return status;
    status = zone_reserve(p->ctx, (void **)&overlap->crossed, &overlap->crossed_capacity, overlap->crossed_count + 1,
                          sizeof *overlap->crossed);
    if (!status)
        overlap->crossed[overlap->crossed_count++] = (zone_crossed){at, change};
    return status;
}

/* Of many edges of the feature those near one of the member's are found by the index … */
static zone_status cross_found(pair *p, size_t which)
{
    zone_numbers *found = &p->overlap->found;
    const zone_box box = zone_edge_box(&p->overlap->moved.edge[which]);
    zone_status status = zone_bag_find(p->ctx, p->fixed, &box, found);

    for (size_t i = 0; i < found->count && !status; i++)
        status = cross_edge(p, found->number[i], which);
    return status;
}

/* … of few by their boxes side by side. */
static zone_status cross_near(pair *p, size_t which)
{
    const zone_tree *boxes = &p->overlap->boxes;
    const zone_box exact = zone_edge_box(&p->overlap->moved.edge[which]);
    const zone_rounded_box box = zone_round_box(&boxes->rounding, &exact);
    zone_status status = ZONE_OK;

    for (size_t first = 0; first < boxes->count && !status; first += ZONE_FANOUT) {
        unsigned meets = zone_tree_node_meets(&boxes->node[first / ZONE_FANOUT], &box);
        for (; meets && !status; meets &= meets - 1)
            status = cross_edge(p, p->overlap->fixed.near.number[first + zone_first_bit(meets)], which);
    }
    return status;
}

static zone_box box_of_moved(const zone_side *moved)
{
    zone_box box = zone_box_empty;

    for (size_t i = 0; i < moved->near.count; i++)
        box = zone_box_join(box, zone_edge_box(&moved->edge[i]));
    return box;
}

enum { MANY_NEAR = 128 };

/* Finds the feature's edges near the member's. */
static zone_status find_near(pair *p)
{
    zone_overlap_space *overlap = p->overlap;
    const zone_edge_index *index = p->fixed->index;
    const zone_numbers *near = &overlap->fixed.near;
    const zone_box box = box_of_moved(&overlap->moved);
    zone_status status = zone_bag_find(p->ctx, p->fixed, &box, &overlap->fixed.near);

    if (status || near->count > MANY_NEAR)
        return status;
    status = zone_tree_begin(p->ctx, &index->runs.rounding, near->count, &overlap->boxes);
    for (size_t i = 0; i < near->count && !status; i++) {
        const zone_rounded_box edge = zone_edge_index_box(index, near->number[i]);
        zone_tree_set(&overlap->boxes, i, &edge);
    }
    if (!status)
        zone_tree_fill_up(&overlap->boxes);
    return status;
}

static zone_status cross_all(pair *p)
{
    zone_status status = find_near(p);
    size_t near = p->overlap->fixed.near.count;

    p->overlap->crossed_count = 0;
    for (size_t j = 0; j < p->overlap->moved.near.count && near > 0 && !status; j++)
        status = near > MANY_NEAR ? cross_found(p, j) : cross_near(p, j);
    order_crossed(p->overlap);
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

/* The ring of corners first … end, of whose edges crossed[from] … crossed[to - 1] are crossed. Beginning with one of
 * them it is walked round once; the winding changes on them only. */
static zone_status walk_ring(pair *p, size_t first, size_t end, size_t from, size_t to)
{
    const zone_crossed *crossed = p->overlap->crossed;
    const zone_corners *corners = p->fixed->corners;
    size_t begin = from < to ? crossed[from].at : first;
    const zone_corner *corner = &corners->corner[begin];
    int winding = 0;
    zone_status status = zone_bag_winding(p->ctx, p->moved, true, corner->x, corner->y, &p->overlap->found, &winding);

    if (from == to)
        take_run(p, winding, first, end);
    for (size_t i = from; i < to && !status; i++) {
        size_t here = crossed[i].at;
        const zone_edge edge = zone_corners_edge(corners, here);
        /* By the direction of the corners: weights are the other way round in a ring across the antimeridian. */
        bool along = zone_corner_forward(&corners->corner[here]);
        int behind = along ? winding + crossed[i].change : winding - crossed[i].change;
        status = take(p, edge.weight * (along ? winding : behind), &edge);
        winding = behind;
        take_run(p, winding, here + 1, i + 1 < to ? crossed[i + 1].at : end);
    }
    if (from < to)
        take_run(p, winding, first, begin);
    return status;
}

static zone_status walk_rings(pair *p)
{
    const zone_overlap_space *overlap = p->overlap;
    size_t first = p->fixed->first, from = 0, to = 0;
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < overlap->ring_ends.count && !status; r++) {
        size_t end = overlap->ring_ends.number[r];
        while (to < overlap->crossed_count && overlap->crossed[to].at < end)
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

/* The feature's edges near the member, with what crosses them. */
static zone_status open_fixed(pair *p)
{
    zone_side *fixed = &p->overlap->fixed;
    const zone_crossed *crossed = p->overlap->crossed;
    zone_status status = open_side(p->ctx, p->fixed, &p->moved->box, fixed);

    for (size_t i = 0, k = 0; i < fixed->near.count && k < p->overlap->crossed_count && !status; i++)
        if (fixed->near.number[i] == crossed[k].at)
            fixed->change[i] = crossed[k++].change;
    return status;
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
    if (!status)
        status = cross_all(p);
    /* Edges that stand one by one, or are to be kept, are taken each; rings are walked along what is crossed. */
    bool one_by_one = !status && (overlap->chains || p->fixed->corners->loose);
    if (!status)
        status = one_by_one ? open_fixed(p) : sum_feature(p);
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
        const zone_member *next = &members->member[found->number[at + 1]];
        __builtin_prefetch(&next->part->index.x[next->first]);
        __builtin_prefetch(&next->part->index.y[next->first]);
    }
    if (at + 2 < found->count)
        __builtin_prefetch(&members->member[found->number[at + 2]]);
}

zone_status zone_overlap_run(zone_context *ctx, zone_overlap_space *overlap, zone_feature *feature,
                             const zone_members *members, int64_t only_above)
{
    const zone_box box = feature->bag.box;
    zone_status status = ZONE_OK;

    overlap->share_count = 0;
    overlap->members.count = 0;
    overlap->summed = false;
    if (box.west > box.east || members->corner_count == 0)
        return ZONE_OK;
    status = zone_tree_find(ctx, &members->tree, &box, &overlap->members);
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
