/* United: what of a feature at least one member holds, as sums over portions of edges. */
#include "kernel/united.h"

#include "kernel/crossing.h"
#include "kernel/predicate.h"

#include <stdlib.h>

void zone_united_free(zone_united_space *space)
{
    free(space->of_edge.meeting);
    free(space->of_feature.meeting);
    zone_numbers_free(&space->near);
    zone_numbers_free(&space->found);
    zone_numbers_free(&space->others);
    zone_numbers_free(&space->cutting);
    *space = (zone_united_space){0};
}

typedef struct {
    zone_context *ctx;
    zone_united_space *space;
    const zone_bag *feature;
    const zone_members *members;
    const uint32_t *member; /* those that come near the feature */
    size_t count;
    zone_area_sum *sum;
    int64_t origin[2]; /* of the image and of the plane, from which areas are counted */
} united_run;

/* Where an edge is: in how many other members, and on a member's edge whether the feature holds it. */
typedef struct {
    int others, inside;
    bool known; /* the others */
} place;

/* ---------------------------------------------------------------- portions */

/* Borders are closed, so where areas are counted from makes no difference; should the snapping have turned a needle of
 * a member inside out, it keeps what stays open small. */
static void take(united_run *run, int weight, const zone_edge *edge)
{
    const zone_int128 rise = (zone_int128)edge->image_y[1] - edge->image_y[0];
    const zone_int128 drawn_rise = (zone_int128)edge->y[1] - edge->y[0];

    if (weight == 0)
        return;
    zone_area_add_times(run->sum, weight, zone_edge_area(edge) - (zone_uint128)(2 * (run->origin[0] * rise)),
                        zone_trapezoid(edge->x[0], edge->x[1], edge->y[0], edge->y[1]) -
                            (zone_uint128)(2 * (run->origin[1] * drawn_rise)));
}

/* Is what lies there a border of what is asked? On the feature's edge where a member holds it, on a member's where the
 * feature does and no other member. */
static int counts(const zone_edge *edge, const place *here)
{
    return edge->member == 0 ? here->others > 0 : here->others > 0 ? 0 : here->inside;
}

/* Past the crossing the edge counts `change` times more: the rest of it, and on the later one's edge the step to the
 * image on the earlier one's. */
static void pass(united_run *run, const zone_edge *edge, const zone_meeting *at, int change)
{
    if (change == 0)
        return;
    zone_edge rest = zone_edge_rest(edge, at->along), other_rest = zone_edge_rest(&at->other, at->across);
    zone_edge_join(&rest, &other_rest);
    if (edge->member > at->other.member) {
        zone_edge step = zone_edge_step(&other_rest, &rest);
        take(run, -change * edge->weight, &step);
    }
    take(run, change * edge->weight, &rest);
}

static void change_place(place *here, const zone_meeting *at, int sign)
{
    if (at->other.member == 0)
        here->inside += sign * at->sign;
    else
        here->others += sign * at->sign;
}

/* An edge with its meetings. *here is where the walk comes to it, then where it leaves it; the walk goes along it in
 * its canonical direction, or against it. */
static void take_edge(united_run *run, const zone_edge *edge, bool along, const zone_meeting *meetings, size_t count,
                      place *here)
{
    place at = *here;

    for (size_t i = 0; i < count; i++)
        change_place(here, &meetings[i], along ? 1 : -1);
    if (!along)
        at = *here;
    take(run, counts(edge, &at) * edge->weight, edge);
    for (size_t i = 0; i < count; i++) {
        int before = counts(edge, &at);
        change_place(&at, &meetings[i], 1);
        pass(run, edge, &meetings[i], counts(edge, &at) - before);
    }
}

/* ---------------------------------------------------------------- crossings */

static zone_status add_meeting(united_run *run, zone_meetings *list, const zone_meeting *meeting)
{
    zone_status status =
        zone_reserve(run->ctx, (void **)&list->meeting, &list->capacity, list->count + 1, sizeof *list->meeting);

    if (!status)
        list->meeting[list->count++] = *meeting;
    return status;
}

static int by_edge(const void *left, const void *right)
{
    const zone_meeting *a = left, *b = right;

    return (a->at > b->at) - (a->at < b->at);
}

/* Along the edge. Fractions are good to 1e-15: only what is nearer needs the exact order. */
static int by_place(const void *left, const void *right)
{
    const zone_meeting *a = left, *b = right;

    if (fabs(a->along - b->along) > 1e-12)
        return a->along < b->along ? -1 : 1;
    int order = zone_crossings_order(a->own, &a->other, &b->other);
    if (order)
        return order;
    if (a->other.member != b->other.member)
        return a->other.member < b->other.member ? -1 : 1;
    return (a->other_at > b->other_at) - (a->other_at < b->other_at);
}

static void sort_along(const zone_edge *edge, zone_meeting *meetings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        meetings[i].own = edge;
    if (count > 1)
        qsort(meetings, count, sizeof *meetings, by_place);
}

/* The crossings of an edge with those of `bag`, which is all of one member, or the feature; where the edge is a
 * member's, and the bag the feature, they are the feature's meetings, too. */
static zone_status meet(united_run *run, const zone_edge *edge, size_t at, const zone_bag *bag, uint32_t bag_member)
{
    zone_united_space *space = run->space;
    const zone_box box = zone_edge_box(edge);
    bool later = edge->member > bag_member;
    zone_status status = zone_bag_find(run->ctx, bag, &box, &space->found);

    for (size_t i = 0; i < space->found.count && !status; i++) {
        zone_meeting meeting = {.at = at, .other_at = space->found.number[i]};
        meeting.other = zone_corners_edge(bag->corners, meeting.other_at);
        meeting.other.member = bag_member;
        if (!zone_edges_cross(later ? &meeting.other : edge, later ? edge : &meeting.other, &meeting.sign,
                              later ? &meeting.across : &meeting.along, later ? &meeting.along : &meeting.across))
            continue;
        int sign = meeting.sign;
        meeting.sign = (later ? -sign : sign) * meeting.other.weight;
        status = add_meeting(run, &space->of_edge, &meeting);
        if (status || bag_member != 0)
            continue;
        zone_meeting mirrored = {.at = meeting.other_at,
                                 .other_at = at,
                                 .other = *edge,
                                 .along = meeting.across,
                                 .across = meeting.along,
                                 .sign = sign * edge->weight};
        status = add_meeting(run, &space->of_feature, &mirrored);
    }
    return status;
}

/* ---------------------------------------------------------------- the walk along a member */

static bool outside(const zone_box *box, const int64_t point[2])
{
    return point[0] < box->west || point[0] > box->east || point[1] < box->south || point[1] > box->north;
}

/* How many of the members but `own` hold the point; with own == UINT32_MAX it is the feature's. */
static zone_status count_others(united_run *run, const uint32_t *member, size_t count, uint32_t own,
                                const int64_t point[2], int *others)
{
    bool of_feature = own == UINT32_MAX;
    zone_status status = ZONE_OK;

    *others = 0;
    for (size_t i = 0; i < count && !status; i++) {
        int winding = 0;
        if (member[i] == own || outside(&run->members->member[member[i]].box, point))
            continue;
        zone_bag bag = zone_members_bag(run->members, member[i]);
        status = zone_bag_winding(run->ctx, &bag, of_feature || member[i] > own, point[0], point[1], &run->space->found,
                                  &winding);
        *others += winding;
    }
    return status;
}

/* One edge of a member, which begins at `from`. What lies outside the feature counts nothing, and is not looked at. */
static zone_status take_member_edge(united_run *run, uint32_t own, size_t at, const zone_edge *edge,
                                    const int64_t from[2], place *here)
{
    zone_united_space *space = run->space;
    const zone_box box = zone_edge_box(edge);
    zone_status status = ZONE_OK;

    space->of_edge.count = 0;
    status = meet(run, edge, at, run->feature, 0);
    if (status || (here->inside == 0 && space->of_edge.count == 0)) {
        here->known = false;
        return status;
    }
    if (!here->known)
        status = count_others(run, space->others.number, space->others.count, own, from, &here->others);
    here->known = true;
    for (size_t i = 0; i < space->others.count && !status; i++) {
        uint32_t other = space->others.number[i];
        if (other == own || !zone_box_meets(&box, &run->members->member[other].box))
            continue;
        zone_bag bag = zone_members_bag(run->members, other);
        status = meet(run, edge, at, &bag, other + 1);
    }
    if (status)
        return status;
    sort_along(edge, space->of_edge.meeting, space->of_edge.count);
    take_edge(run, edge, edge->weight > 0, space->of_edge.meeting, space->of_edge.count, here);
    return ZONE_OK;
}

/* From so many members on, those near one of them are found by the tree. */
enum { MANY = 16 };

static zone_status find_others(united_run *run, const zone_bag *bag)
{
    zone_numbers *others = &run->space->others;
    zone_status status = ZONE_OK;

    others->count = 0;
    if (run->count > MANY)
        return zone_tree_find(run->ctx, &run->members->tree, &bag->box, others);
    for (size_t i = 0; i < run->count && !status; i++)
        if (zone_box_meets(&bag->box, &run->members->member[run->member[i]].box))
            status = zone_numbers_add(run->ctx, others, run->member[i]);
    return status;
}

/* The edges near the feature, in the order of the rings: from one to the next it goes on. */
static zone_status take_member(united_run *run, uint32_t own)
{
    const zone_numbers *near = &run->space->near;
    const zone_bag bag = zone_members_bag(run->members, own);
    int64_t from[2], to[2], last[2] = {0, 0};
    place here = {0};
    zone_status status = zone_bag_find(run->ctx, &bag, &run->feature->box, &run->space->near);

    if (!status)
        status = find_others(run, &bag);
    for (size_t i = 0; i < near->count && !status; i++) {
        zone_edge edge = zone_corners_edge(bag.corners, near->number[i]);
        edge.member = own + 1;
        zone_edge_ends(&edge, from, to);
        if (i == 0 || from[0] != last[0] || from[1] != last[1]) {
            here.known = false;
            status =
                zone_bag_winding(run->ctx, run->feature, false, from[0], from[1], &run->space->found, &here.inside);
        }
        if (!status)
            status = take_member_edge(run, own, near->number[i], &edge, from, &here);
        last[0] = to[0];
        last[1] = to[1];
    }
    return status;
}

/* ---------------------------------------------------------------- the walk along the feature */

/* One edge of the feature: it goes on where the ring came from. */
static void take_feature_edge(united_run *run, size_t at, zone_meeting *meetings, size_t count, place *here)
{
    const zone_corner *corner = &run->feature->corners->corner[at];

    if (count == 0 && here->others <= 0)
        return;
    zone_edge edge = zone_corners_edge(run->feature->corners, at);
    edge.member = 0;
    sort_along(&edge, meetings, count);
    take_edge(run, &edge, zone_corner_forward(corner), meetings, count, here);
}

static zone_status take_feature(united_run *run)
{
    const zone_bag *bag = run->feature;
    const zone_corner *corner = bag->corners->corner;
    zone_meetings *met = &run->space->of_feature;
    size_t first = 0, end = 0;
    place here = {0};
    bool begins = true;
    zone_status status = ZONE_OK;

    if (met->count > 1)
        qsort(met->meeting, met->count, sizeof *met->meeting, by_edge);
    for (size_t i = bag->first; i < bag->first + bag->count && !status; i++) {
        const int64_t point[2] = {corner[i].x, corner[i].y};
        if (begins && corner[i].weight != 0)
            status = count_others(run, run->member, run->count, UINT32_MAX, point, &here.others);
        begins = corner[i].weight == 0;
        for (first = end; end < met->count && met->meeting[end].at == i;)
            end++;
        if (!status && !begins)
            take_feature_edge(run, i, met->meeting + first, end - first, &here);
    }
    return status;
}

/* ---------------------------------------------------------------- from shares */

/* A member that holds all; else the sum of the shares, and the members of those that are cut. */
static zone_status sum_shares(zone_context *ctx, const zone_united *united, zone_numbers *cutting, zone_area_sum *sum,
                              bool *whole)
{
    zone_status status = ZONE_OK;

    *sum = (zone_area_sum){0};
    *whole = false;
    cutting->count = 0;
    for (size_t i = 0; i < united->count && !status; i++) {
        const zone_share *share = &united->share[i];
        *whole = share->sum.image == united->whole.image || (!share->cut && share->winding > 0);
        if (*whole) {
            *sum = share->cut ? share->sum : united->whole;
            return ZONE_OK;
        }
        sum->image += share->sum.image;
        sum->drawn += share->sum.drawn;
        if (share->cut && (share->crossed || share->sum.image != 0))
            status = zone_numbers_add(ctx, cutting, share->member);
    }
    return status;
}

/* Do two of the members lie over each other, as far as their boxes tell? */
static bool boxes_meet(const zone_members *members, const zone_numbers *cutting)
{
    if (cutting->count > MANY)
        return true;
    for (size_t i = 0; i < cutting->count; i++)
        for (size_t j = 0; j < i; j++)
            if (zone_box_meets(&members->member[cutting->number[i]].box, &members->member[cutting->number[j]].box))
                return true;
    return false;
}

zone_status zone_united_find(zone_context *ctx, zone_united_space *space, const zone_united *united, zone_area_sum *sum)
{
    bool whole = false;
    zone_status status = sum_shares(ctx, united, &space->cutting, sum, &whole);

    if (status || whole || !boxes_meet(united->members, &space->cutting))
        return status;
    const zone_corner *corner = &united->feature->corners->corner[united->feature->first];
    united_run run = {.ctx = ctx,
                      .space = space,
                      .feature = united->feature,
                      .members = united->members,
                      .member = space->cutting.number,
                      .count = space->cutting.count,
                      .sum = sum,
                      .origin = {corner->image_x, corner->x}};
    *sum = (zone_area_sum){0};
    space->of_feature.count = 0;
    for (size_t i = 0; i < run.count && !status; i++)
        status = take_member(&run, run.member[i]);
    return status ? status : take_feature(&run);
}
