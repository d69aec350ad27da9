/* Overlap: areas in common as sums over edges. */
#include "kernel/overlap.h"

#include "kernel/predicate.h"

#include <math.h>
#include <stdlib.h>

void zone_overlap_free(zone_overlap *overlap)
{
    free(overlap->share);
    free(overlap->place);
    zone_numbers_free(&overlap->candidates);
    zone_numbers_free(&overlap->found);
    zone_numbers_free(&overlap->members);
    zone_numbers_free(&overlap->active);
    *overlap = (zone_overlap){0};
}

zone_exact zone_overlap_whole(const zone_edge *edges, size_t count)
{
    zone_uint128 sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (zone_uint128)(zone_int128)edges[i].weight * zone_edge_area(&edges[i]);
    return (zone_exact)sum;
}

/* ---------------------------------------------------------------- shares */

static zone_share *find_share(zone_overlap *overlap, uint32_t member)
{
    uint32_t place = overlap->place[member];

    return place < overlap->share_count && overlap->share[place].member == member ? &overlap->share[place] : NULL;
}

static zone_status add_share(zone_context *ctx, zone_overlap *overlap, uint32_t member, bool cut, int winding)
{
    zone_status status = zone_grow(ctx, (void **)&overlap->share, &overlap->share_capacity, overlap->share_count + 1,
                                   sizeof(zone_share));

    if (status)
        return status;
    overlap->place[member] = (uint32_t)overlap->share_count;
    overlap->share[overlap->share_count++] = (zone_share){.member = member, .cut = cut, .winding = winding};
    return ZONE_OK;
}

static zone_status activate(zone_context *ctx, zone_overlap *overlap, zone_share *share)
{
    if (share->active)
        return ZONE_OK;
    share->active = true;
    return zone_numbers_add(ctx, &overlap->active, (uint32_t)(share - overlap->share));
}

/* Takes an edge of a piece into its share: its area, and the edge itself where chains are wanted. */
static zone_status take(zone_context *ctx, zone_overlap *overlap, zone_share *share, int weight, const zone_edge *edge)
{
    if (weight == 0)
        return ZONE_OK;
    share->sum += (zone_uint128)(zone_int128)weight * zone_edge_area(edge);
    if (!overlap->chains)
        return ZONE_OK;
    zone_edge piece = *edge;
    piece.weight = weight;
    piece.member = share->member;
    return zone_edges_add(ctx, overlap->chains, &piece);
}

/* ---------------------------------------------------------------- crossings */

/* The rest of an edge behind the fraction t. A bulge is spread over the edge as over a parabola: 3t² − 2t³ of it lies
 * before t. */
static zone_edge rest_of(const zone_edge *edge, double t)
{
    zone_edge rest = *edge;

    rest.x[0] += llrint(t * (double)(edge->x[1] - edge->x[0]));
    rest.y[0] += llrint(t * (double)(edge->y[1] - edge->y[0]));
    rest.image_x[0] += llrint(t * (double)(edge->image_x[1] - edge->image_x[0]));
    rest.image_y[0] += llrint(t * (double)(edge->image_y[1] - edge->image_y[0]));
    if (edge->bulge != 0)
        rest.bulge = edge->bulge - (zone_exact)((double)edge->bulge * (t * t * (3.0 - 2.0 * t)));
    return rest;
}

/* From the crossing's image on the moved edge to its image on the fixed one. */
static zone_edge step_between(const zone_edge *fixed_rest, const zone_edge *moved_rest)
{
    zone_edge step = *fixed_rest;

    step.x[1] = step.x[0];
    step.y[1] = step.y[0];
    step.image_x[0] = moved_rest->image_x[0];
    step.image_y[0] = moved_rest->image_y[0];
    step.image_x[1] = fixed_rest->image_x[0];
    step.image_y[1] = fixed_rest->image_y[0];
    step.bulge = 0;
    return step;
}

static zone_status cross(zone_context *ctx, zone_overlap *overlap, const zone_edge *fixed, const zone_edge *moved)
{
    int sign = 0;
    double along = 0.0, across = 0.0;
    zone_status status = ZONE_OK;

    if (!zone_edges_cross(fixed, moved, &sign, &along, &across))
        return ZONE_OK;
    zone_share *share = find_share(overlap, moved->member);
    zone_edge fixed_rest = rest_of(fixed, along), moved_rest = rest_of(moved, across);
    /* One place in the plane for both rests, so that a chain of pieces stays closed there. */
    moved_rest.x[0] = fixed_rest.x[0];
    moved_rest.y[0] = fixed_rest.y[0];
    zone_edge step = step_between(&fixed_rest, &moved_rest);
    int weight = sign * fixed->weight * moved->weight;
    share->change += sign * moved->weight;
    status = activate(ctx, overlap, share);
    if (!status)
        status = take(ctx, overlap, share, weight, &fixed_rest);
    if (!status)
        status = take(ctx, overlap, share, -weight, &moved_rest);
    if (!status)
        status = take(ctx, overlap, share, weight, &step);
    return status;
}

/* ---------------------------------------------------------------- the walk along the feature */

static int64_t ring_from(const zone_edge *edge, bool north)
{
    const int64_t *ends = north ? edge->y : edge->x;

    return edge->weight > 0 ? ends[0] : ends[1];
}

static int64_t ring_to(const zone_edge *edge, bool north)
{
    const int64_t *ends = north ? edge->y : edge->x;

    return edge->weight > 0 ? ends[1] : ends[0];
}

/* Where a ring begins: the windings of the cut members whose boxes hold the point; those of all others are 0. */
static zone_status locate_cut_shares(zone_context *ctx, zone_overlap *overlap, const zone_members *members, int64_t x,
                                     int64_t y)
{
    zone_box point = {x, y, x, y};
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < overlap->active.count; i++) {
        zone_share *share = &overlap->share[overlap->active.number[i]];
        share->winding = 0;
        share->active = false;
    }
    overlap->active.count = 0;
    overlap->members.count = 0;
    status = zone_tree_find(ctx, &members->member_tree, &point, &overlap->members);
    for (size_t i = 0; i < overlap->members.count && !status; i++) {
        zone_share *share = find_share(overlap, overlap->members.number[i]);
        if (!share || !share->cut)
            continue;
        status = zone_members_winding(ctx, members, share->member, x, y, &overlap->found, &share->winding);
        if (!status && share->winding != 0)
            status = activate(ctx, overlap, share);
    }
    return status;
}

/* Crossings of one edge of the feature with all candidates. */
static zone_status cross_candidates(zone_context *ctx, zone_overlap *overlap, const zone_edge *edge,
                                    const zone_members *members)
{
    enum { MANY = 96 };
    const zone_numbers *near = &overlap->candidates;
    zone_box box = zone_edge_box(edge);
    zone_status status = ZONE_OK;

    if (near->count > MANY) {
        overlap->found.count = 0;
        status = zone_tree_find(ctx, &members->edge_tree, &box, &overlap->found);
        near = &overlap->found;
    }
    for (size_t i = 0; i < near->count && !status; i++) {
        const zone_edge *moved = &members->edges.edge[near->number[i]];
        zone_box moved_box = zone_edge_box(moved);
        if (zone_box_meets(&box, &moved_box) && find_share(overlap, moved->member))
            status = cross(ctx, overlap, edge, moved);
    }
    return status;
}

/* Takes the edge with the winding at its canonical start, and moves every winding on to the edge's end. */
static zone_status take_edge(zone_context *ctx, zone_overlap *overlap, const zone_edge *edge)
{
    zone_status status = ZONE_OK;
    size_t kept = 0;

    for (size_t i = 0; i < overlap->active.count && !status; i++) {
        zone_share *share = &overlap->share[overlap->active.number[i]];
        int end = edge->weight > 0 ? share->winding + share->change : share->winding - share->change;
        int start = edge->weight > 0 ? share->winding : end;
        status = take(ctx, overlap, share, edge->weight * start, edge);
        share->winding = end;
        share->change = 0;
        share->active = end != 0;
        if (share->active)
            overlap->active.number[kept++] = overlap->active.number[i];
    }
    overlap->active.count = kept;
    return status;
}

static zone_status walk_feature(zone_context *ctx, zone_overlap *overlap, const zone_edge *edges, size_t count,
                                const zone_members *members)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < count && !status; i++) {
        bool follows = i > 0 && ring_from(&edges[i], false) == ring_to(&edges[i - 1], false) &&
                       ring_from(&edges[i], true) == ring_to(&edges[i - 1], true);
        if (!follows)
            status = locate_cut_shares(ctx, overlap, members, ring_from(&edges[i], false), ring_from(&edges[i], true));
        if (!status)
            status = cross_candidates(ctx, overlap, &edges[i], members);
        if (!status)
            status = take_edge(ctx, overlap, &edges[i]);
    }
    return status;
}

/* ---------------------------------------------------------------- the members' edges inside the feature */

/* The feature's edges with an index where there are many of them. */
typedef struct {
    const zone_edge *edges;
    size_t count;
    zone_box box;
    zone_tree tree;
} feature_index;

static zone_status index_feature(zone_context *ctx, feature_index *feature, size_t questions)
{
    enum { FEW = 64 };
    zone_box *boxes = NULL;
    zone_status status = ZONE_OK;

    if (feature->count <= FEW || questions <= FEW / 4)
        return ZONE_OK;
    boxes = zone_allocate(ctx, feature->count, sizeof *boxes);
    if (!boxes)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < feature->count; i++)
        boxes[i] = zone_edge_box(&feature->edges[i]);
    status = zone_tree_build(ctx, boxes, feature->count, &feature->tree);
    free(boxes);
    return status;
}

static zone_status winding_in_feature(zone_context *ctx, const feature_index *feature, int64_t x, int64_t y,
                                      zone_numbers *scratch, int *winding)
{
    zone_box ray = {x, y, feature->box.east, y};
    zone_status status = ZONE_OK;

    *winding = 0;
    if (x < feature->box.west || x > ray.east || y < feature->box.south || y > feature->box.north)
        return ZONE_OK;
    if (feature->tree.count == 0) {
        for (size_t i = 0; i < feature->count; i++)
            *winding += zone_winding_of_fixed(&feature->edges[i], x, y);
        return ZONE_OK;
    }
    scratch->count = 0;
    status = zone_tree_find(ctx, &feature->tree, &ray, scratch);
    for (size_t i = 0; i < scratch->count; i++)
        *winding += zone_winding_of_fixed(&feature->edges[scratch->number[i]], x, y);
    return status;
}

static zone_status take_members_edges(zone_context *ctx, zone_overlap *overlap, feature_index *feature,
                                      const zone_members *members)
{
    zone_status status = index_feature(ctx, feature, overlap->candidates.count);

    for (size_t i = 0; i < overlap->candidates.count && !status; i++) {
        const zone_edge *edge = &members->edges.edge[overlap->candidates.number[i]];
        zone_share *share = find_share(overlap, edge->member);
        int winding = 0;
        if (!share)
            continue;
        status = winding_in_feature(ctx, feature, edge->x[0], edge->y[0], &overlap->found, &winding);
        if (!status)
            status = take(ctx, overlap, share, winding * edge->weight, edge);
    }
    zone_tree_free(&feature->tree);
    return status;
}

/* ---------------------------------------------------------------- the whole */

/* Edges that meet the feature's box are candidates, their members are cut. */
static zone_status find_candidates(zone_context *ctx, zone_overlap *overlap, const zone_box *box,
                                   const zone_members *members, int64_t only_above)
{
    zone_status status = ZONE_OK;
    size_t kept = 0;

    overlap->candidates.count = 0;
    status = zone_tree_find(ctx, &members->edge_tree, box, &overlap->candidates);
    for (size_t i = 0; i < overlap->candidates.count && !status; i++) {
        const zone_edge *edge = &members->edges.edge[overlap->candidates.number[i]];
        zone_box edge_box = zone_edge_box(edge);
        if ((int64_t)edge->member <= only_above || !zone_box_meets(&edge_box, box))
            continue;
        overlap->candidates.number[kept++] = overlap->candidates.number[i];
        if (!find_share(overlap, edge->member))
            status = add_share(ctx, overlap, edge->member, true, 0);
    }
    overlap->candidates.count = kept;
    return status;
}

/* Members without an edge near the feature hold all of it or nothing. */
static zone_status find_holders(zone_context *ctx, zone_overlap *overlap, const zone_edge *edges, size_t count,
                                const zone_members *members, int64_t only_above)
{
    zone_box point = {edges[0].x[0], edges[0].y[0], edges[0].x[0], edges[0].y[0]};
    zone_uint128 whole = (zone_uint128)zone_overlap_whole(edges, count);
    zone_status status = ZONE_OK;

    overlap->members.count = 0;
    status = zone_tree_find(ctx, &members->member_tree, &point, &overlap->members);
    for (size_t i = 0; i < overlap->members.count && !status; i++) {
        uint32_t member = overlap->members.number[i];
        int winding = 0;
        if ((int64_t)member <= only_above || find_share(overlap, member))
            continue;
        status = zone_members_winding(ctx, members, member, point.west, point.south, &overlap->found, &winding);
        if (!status && winding != 0)
            status = add_share(ctx, overlap, member, false, winding);
        if (!status && winding != 0)
            overlap->share[overlap->share_count - 1].sum = (zone_uint128)(zone_int128)winding * whole;
    }
    return status;
}

zone_status zone_overlap_run(zone_context *ctx, zone_overlap *overlap, const zone_edge *edges, size_t count,
                             const zone_members *members, int64_t only_above)
{
    feature_index feature = {.edges = edges, .count = count, .box = zone_box_empty};
    zone_status status = ZONE_OK;

    overlap->share_count = 0;
    overlap->active.count = 0;
    if (count == 0 || members->edges.count == 0)
        return ZONE_OK;
    status =
        zone_grow(ctx, (void **)&overlap->place, &overlap->place_capacity, members->member_count, sizeof(uint32_t));
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        feature.box = zone_box_join(feature.box, zone_edge_box(&edges[i]));
    status = find_candidates(ctx, overlap, &feature.box, members, only_above);
    if (!status && overlap->candidates.count > 0)
        status = walk_feature(ctx, overlap, edges, count, members);
    if (!status && overlap->candidates.count > 0)
        status = take_members_edges(ctx, overlap, &feature, members);
    if (!status)
        status = find_holders(ctx, overlap, edges, count, members, only_above);
    return status;
}
