/* Depth: areas by the number of members that hold them, as sums over portions of edges. */
#include "kernel/depth.h"

#include "kernel/crossing.h"
#include "kernel/predicate.h"

#include <stdlib.h>

void zone_depth_free(zone_depth *depth)
{
    free(depth->sum);
    *depth = (zone_depth){0};
}

/* Another member's edge across an edge of the present member. */
typedef struct {
    const zone_corners *own_corners, *other_corners;
    size_t own, other;    /* of them, which the two edges leave */
    double along, across; /* fractions of the two at the crossing */
    int change;           /* of the number of others, along `own` in its canonical direction */
} meeting;

/* The layer, and the member whose edges are taken. */
typedef struct {
    zone_context *ctx;
    const zone_members *members;
    zone_depth *depth;
    int64_t origin; /* image from which areas are counted */
    size_t member;
    zone_bag bag;
    zone_numbers others; /* whose box meets the member's */
    zone_numbers own_near, other_near, found;
    meeting *meetings; /* in the order of the member's edges, and along each */
    size_t meeting_count, meeting_capacity;
} depth_run;

/* ---------------------------------------------------------------- portions */

/* Adds `weight` times an edge to the areas of depth others + 1. Places with fewer than no others would be the work of a
 * member that is not valid; they count as those with none.
 * The area is counted from a place of the layer: borders are closed, so it makes no difference; but should the snapping
 * have turned a needle of a member inside out, it keeps what stays open small. */
static zone_status take(depth_run *run, int others, int weight, const zone_edge *edge)
{
    zone_depth *depth = run->depth;
    size_t level = others > 0 ? (size_t)others : 0;
    zone_int128 rise = (zone_int128)edge->image_y[1] - edge->image_y[0];
    zone_uint128 area = zone_edge_area(edge) - (zone_uint128)(2 * (zone_int128)run->origin * rise);
    zone_status status = zone_grow(run->ctx, (void **)&depth->sum, &depth->capacity, level + 1, sizeof *depth->sum);

    if (status)
        return status;
    depth->count = depth->count > level ? depth->count : level + 1;
    depth->sum[level] += (zone_uint128)(zone_int128)weight * area;
    return ZONE_OK;
}

/* An edge that the crossing moves from one depth to another. */
static zone_status move(depth_run *run, const meeting *at, int others, int weight, const zone_edge *edge)
{
    zone_status status = take(run, others, -weight, edge);

    return status ? status : take(run, others + at->change, weight, edge);
}

/* What lies behind the crossing: the rest of the edge, and on the later member's edge the step to the earlier one's
 * image. */
static zone_status pass(depth_run *run, const meeting *at, int others)
{
    zone_edge own = zone_corners_edge(at->own_corners, at->own);
    zone_edge other = zone_corners_edge(at->other_corners, at->other);
    zone_edge rest = zone_edge_rest(&own, at->along);

    if (own.member < other.member)
        return move(run, at, others, own.weight, &rest);
    zone_edge other_rest = zone_edge_rest(&other, at->across);
    zone_edge step = zone_edge_step(&other_rest, &rest);
    zone_status status = move(run, at, others, own.weight, &rest);
    return status ? status : move(run, at, others, -own.weight, &step);
}

/* ---------------------------------------------------------------- crossings */

static zone_status cross(depth_run *run, const zone_edge *own, meeting at)
{
    zone_edge other = zone_corners_edge(at.other_corners, at.other);
    bool later = own->member > other.member;
    int sign = 0;

    if (!zone_edges_cross(later ? &other : own, later ? own : &other, &sign, later ? &at.across : &at.along,
                          later ? &at.along : &at.across))
        return ZONE_OK;
    at.change = later ? -sign * other.weight : sign * other.weight;
    zone_status status = zone_reserve(run->ctx, (void **)&run->meetings, &run->meeting_capacity, run->meeting_count + 1,
                                      sizeof *run->meetings);
    if (!status)
        run->meetings[run->meeting_count++] = at;
    return status;
}

/* Crossings of one edge with the edges `near` of another member; where they are many, those near the edge are found
 * first. */
static zone_status cross_edge(depth_run *run, size_t own, const zone_bag *other, const zone_numbers *near)
{
    const zone_corners *corners = other->corners;
    zone_edge edge = zone_corners_edge(run->bag.corners, own);
    zone_box box = zone_edge_box(&edge);
    zone_status status = ZONE_OK;

    if (near->count > ZONE_FEW_CORNERS) {
        status = zone_bag_find(run->ctx, other, &box, &run->found);
        near = &run->found;
    }
    for (size_t i = 0; i < near->count && !status; i++) {
        zone_box other_box = zone_corner_box(&corners->corner[near->number[i]]);
        if (zone_box_meets(&box, &other_box))
            status = cross(
                run, &edge,
                (meeting){
                    .own_corners = run->bag.corners, .other_corners = corners, .own = own, .other = near->number[i]});
    }
    return status;
}

static zone_status cross_member(depth_run *run, size_t member)
{
    zone_bag other = zone_members_bag(run->members, member);
    zone_status status = zone_bag_find(run->ctx, &run->bag, &other.box, &run->own_near);

    if (!status && run->own_near.count)
        status = zone_bag_find(run->ctx, &other, &run->bag.box, &run->other_near);
    for (size_t i = 0; i < run->own_near.count && !status; i++)
        status = cross_edge(run, run->own_near.number[i], &other, &run->other_near);
    return status;
}

/* By edge, then along it. Fractions are good to 1e-15: only what is nearer needs the exact order. */
static int by_place(const void *left, const void *right)
{
    const meeting *a = left, *b = right;

    if (a->own != b->own)
        return a->own < b->own ? -1 : 1;
    if (fabs(a->along - b->along) > 1e-12)
        return a->along < b->along ? -1 : 1;
    zone_edge own = zone_corners_edge(a->own_corners, a->own);
    zone_edge first = zone_corners_edge(a->other_corners, a->other);
    zone_edge second = zone_corners_edge(b->other_corners, b->other);
    int order = zone_crossings_order(&own, &first, &second);
    return order ? order : (a->other > b->other) - (a->other < b->other);
}

static zone_status find_meetings(depth_run *run)
{
    size_t kept = 0;
    zone_status status = ZONE_OK;

    run->others.count = 0;
    run->meeting_count = 0;
    status = zone_tree_find(run->ctx, &run->members->tree, &run->bag.box, &run->others);
    for (size_t i = 0; i < run->others.count && !status; i++) {
        uint32_t other = run->others.number[i];
        if (other == run->member)
            continue;
        run->others.number[kept++] = other;
        status = cross_member(run, other);
    }
    run->others.count = kept;
    if (run->meeting_count > 1)
        qsort(run->meetings, run->meeting_count, sizeof *run->meetings, by_place);
    return status;
}

/* ---------------------------------------------------------------- the walk along a member */

/* How many other members hold a vertex of the member. */
static zone_status count_others(depth_run *run, const int64_t point[2], int *others)
{
    zone_status status = ZONE_OK;

    *others = 0;
    for (size_t i = 0; i < run->others.count && !status; i++) {
        size_t other = run->others.number[i];
        const zone_box *box = &run->members->member[other].box;
        if (point[0] < box->west || point[0] > box->east || point[1] < box->south || point[1] > box->north)
            continue;
        zone_bag bag = zone_members_bag(run->members, other);
        int winding = 0;
        status = zone_bag_winding(run->ctx, &bag, other > run->member, point[0], point[1], &run->found, &winding);
        *others += winding;
    }
    return status;
}

/* One edge with its meetings; *others is their number where the ring begins it, then where the ring ends it. */
static zone_status take_edge(depth_run *run, const zone_edge *edge, const meeting *meetings, size_t count, int *others)
{
    int change = 0, here = *others;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < count; i++)
        change += meetings[i].change;
    if (edge->weight < 0)
        here -= change;
    *others = edge->weight < 0 ? here : here + change;
    status = take(run, here, edge->weight, edge);
    for (size_t i = 0; i < count && !status; i++) {
        status = pass(run, &meetings[i], here);
        here += meetings[i].change;
    }
    return status;
}

/* Along a ring the number of others goes on from edge to edge; only where a ring begins it has to be counted. */
static zone_status take_member(depth_run *run, size_t member)
{
    int64_t from[2], to[2], last[2] = {0, 0};
    size_t first = 0, end = 0;
    int others = 0;
    zone_status status = ZONE_OK;

    run->member = member;
    run->bag = zone_members_bag(run->members, member);
    if (run->bag.count == 0)
        return ZONE_OK;
    status = find_meetings(run);
    for (size_t i = run->bag.first; i < run->bag.first + run->bag.count && !status; i++) {
        if (run->bag.corners->corner[i].weight == 0)
            continue;
        zone_edge edge = zone_corners_edge(run->bag.corners, i);
        zone_edge_ends(&edge, from, to);
        if (i == run->bag.first || from[0] != last[0] || from[1] != last[1])
            status = count_others(run, from, &others);
        for (first = end; end < run->meeting_count && run->meetings[end].own == i;)
            end++;
        if (!status)
            status = take_edge(run, &edge, run->meetings + first, end - first, &others);
        last[0] = to[0];
        last[1] = to[1];
    }
    return status;
}

zone_status zone_depth_take(zone_context *ctx, const zone_members *members, size_t first, size_t end, zone_depth *depth)
{
    depth_run run = {.ctx = ctx, .members = members, .depth = depth};
    zone_status status = ZONE_OK;

    for (size_t p = members->part_count; p-- > 0;)
        if (members->part[p]->corners.count)
            run.origin = members->part[p]->corners.corner[0].image_x;
    for (size_t m = first; m < end && !status; m++)
        status = take_member(&run, m);
    zone_numbers_free(&run.others);
    zone_numbers_free(&run.own_near);
    zone_numbers_free(&run.other_near);
    zone_numbers_free(&run.found);
    free(run.meetings);
    return status;
}
