/* Two layers into one: the pieces that their members have in common, as members of a layer of their own. */
#include "kernel/layer.h"

#include <stdlib.h>

/* Work space, kept from member to member. */
typedef struct {
    zone_overlap_space overlap;
    zone_edges chains; /* of the cut pieces */
} intersect_space;

/* The layer that is made, whose pieces are one part. */
typedef struct {
    zone_layer *layer;
    zone_corners *corners;
    size_t count; /* of pieces */
} target;

static zone_status open_piece(zone_context *ctx, target *to, uint32_t first, uint32_t second)
{
    zone_layer *layer = to->layer;
    zone_status status =
        zone_reserve(ctx, (void **)&layer->pair, &layer->pair_capacity, to->count + 1, sizeof *layer->pair);

    if (status)
        return status;
    layer->pair[to->count][0] = first;
    layer->pair[to->count][1] = second;
    to->count++;
    return ZONE_OK;
}

static zone_status add_edge(zone_context *ctx, const target *to, zone_edge edge, int weight)
{
    edge.weight *= weight;
    edge.member = (uint32_t)(to->count - 1);
    return zone_corners_add_edge(ctx, to->corners, &edge);
}

/* A share that is not cut is the member itself, so many times as it is held. */
static zone_status add_held(zone_context *ctx, const target *to, const zone_bag *own, int winding)
{
    zone_status status = ZONE_OK;

    for (size_t i = own->first; i < own->first + own->count && winding != 0 && !status; i++)
        if (own->corners->corner[i].weight != 0)
            status = add_edge(ctx, to, zone_corners_edge(own->corners, i), winding);
    return status;
}

static int by_edge_member(const void *left, const void *right)
{
    const zone_edge *a = left, *b = right;

    return a->member < b->member ? -1 : a->member > b->member;
}

/* The pieces of member `first`, whose edges are `own`, in the order of the other layer's members. */
static zone_status add_pieces(zone_context *ctx, target *to, intersect_space *space, const zone_bag *own, size_t first)
{
    zone_edges *chains = &space->chains;
    size_t at = 0;
    zone_status status = ZONE_OK;

    zone_shares_sort(&space->overlap);
    if (chains->count > 1)
        qsort(chains->edge, chains->count, sizeof *chains->edge, by_edge_member);
    for (size_t i = 0; i < space->overlap.share_count && !status; i++) {
        const zone_share *share = &space->overlap.share[i];
        size_t begin = at;
        while (at < chains->count && chains->edge[at].member == share->member)
            at++;
        if (share->cut ? share->sum.image == 0 : share->winding == 0)
            continue;
        status = open_piece(ctx, to, (uint32_t)first, share->member);
        if (!status && !share->cut)
            status = add_held(ctx, to, own, share->winding);
        for (size_t e = begin; e < at && share->cut && !status; e++)
            status = add_edge(ctx, to, chains->edge[e], 1);
    }
    return status;
}

zone_status zone_layer_intersect(zone_context *ctx, const zone_layer *a, const zone_layer *b, zone_layer **layer)
{
    intersect_space space = {0};
    const zone_members *members = &a->members;
    zone_status status = zone_layer_create(ctx, a->projection, layer);

    target to = {.layer = *layer};

    if (!status)
        status = zone_members_begin_part(ctx, &(*layer)->members, &to.corners);
    if (!status)
        to.corners->loose = true;
    space.overlap.chains = &space.chains;
    for (size_t m = 0; m < members->member_count && !status; m++) {
        zone_bag bag = zone_members_bag(members, m);
        zone_feature feature = zone_feature_of_bag(&bag);
        space.chains.count = 0;
        if (m % 1024 == 1023 && (status = zone_progress(ctx, m, members->member_count)))
            break;
        status = zone_overlap_run(ctx, &space.overlap, &feature, &b->members, -1);
        if (!status)
            status = add_pieces(ctx, &to, &space, &bag, m);
    }
    if (!status)
        status = zone_layer_end_part(ctx, *layer, to.count);
    if (!status)
        status = zone_layer_finish(ctx, *layer);
    zone_overlap_free(&space.overlap);
    zone_edges_free(&space.chains);
    if (status) {
        zone_layer_free(*layer);
        *layer = NULL;
    }
    return status;
}
