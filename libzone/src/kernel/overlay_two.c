/* The overlay of features with two layers at once. The pieces of a feature in the first layer are overlaid with the
 * second: most are held by a member of the second, or the feature is held by the member of the first, and nothing has
 * to be computed; only a piece that a border of the second comes near is taken as a bag of its own edges. */
#include "kernel/layer.h"
#include "kernel/united.h"

#include <stdlib.h>

typedef struct {
    zone_share *share;
    size_t count, capacity;
} share_list;

typedef struct {
    zone_piece *piece;
    size_t count, capacity;
} piece_list;

/* Work space, kept from batch to batch. */
struct zone_two_space {
    zone_context *ctx;
    const zone_members *first, *second;
    zone_images images;
    zone_corners corners, piece; /* of the feature; of a piece of it */
    zone_edges chains;           /* of the feature's cut pieces in the first layer */
    zone_edge_index index, piece_index;
    zone_overlap_space overlap, piece_overlap;
    zone_united_space united;
    zone_bag bag; /* the present feature */
    zone_area_sum whole;
    share_list in_first, in_second;
    piece_list first_pieces, second_pieces;
    zone_numbers near, edges;
    zone_piece_of_two *both;
    size_t both_count, both_capacity;
};

zone_status zone_overlay_two_open(zone_context *ctx, zone_two_space **space)
{
    *space = zone_allocate(ctx, 1, sizeof **space);
    if (!*space)
        return ZONE_NO_MEMORY;
    (*space)->piece.loose = true;
    return ZONE_OK;
}

void zone_overlay_two_close(zone_two_space *space)
{
    if (!space)
        return;
    zone_images_free(&space->images);
    zone_corners_free(&space->corners);
    zone_corners_free(&space->piece);
    zone_edges_free(&space->chains);
    zone_edge_index_free(&space->index);
    zone_edge_index_free(&space->piece_index);
    zone_overlap_free(&space->overlap);
    zone_overlap_free(&space->piece_overlap);
    zone_united_free(&space->united);
    zone_numbers_free(&space->near);
    zone_numbers_free(&space->edges);
    free(space->in_first.share);
    free(space->in_second.share);
    free(space->first_pieces.piece);
    free(space->second_pieces.piece);
    free(space->both);
    free(space);
}

/* ---------------------------------------------------------------- a feature past one layer */

static int by_member(const void *left, const void *right)
{
    const zone_share *a = left, *b = right;

    return a->member < b->member ? -1 : a->member > b->member;
}

static int by_edge_member(const void *left, const void *right)
{
    const zone_edge *a = left, *b = right;

    return a->member < b->member ? -1 : a->member > b->member;
}

/* The shares of a bag in the members, sorted, and those with area ≠ 0 as pieces. */
static zone_status find_shares(zone_two_space *space, const zone_bag *bag, const zone_members *members,
                               share_list *shares, piece_list *pieces)
{
    zone_feature feature = zone_feature_of_bag(bag);
    zone_status status = zone_overlap_run(space->ctx, &space->overlap, &feature, members, -1);
    size_t count = status ? 0 : space->overlap.share_count;

    shares->count = pieces->count = 0;
    if (!status)
        status = zone_reserve(space->ctx, (void **)&shares->share, &shares->capacity, count + 1, sizeof *shares->share);
    if (!status)
        status = zone_reserve(space->ctx, (void **)&pieces->piece, &pieces->capacity, count + 1, sizeof *pieces->piece);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        shares->share[shares->count++] = space->overlap.share[i];
    if (count > 1)
        qsort(shares->share, count, sizeof *shares->share, by_member);
    for (size_t i = 0; i < count; i++)
        if (shares->share[i].sum.image != 0)
            pieces->piece[pieces->count++] = zone_share_piece(&shares->share[i]);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- pieces in both */

static zone_status add_both(zone_two_space *space, uint32_t first, uint32_t second, zone_uint128 area)
{
    if (area == 0)
        return ZONE_OK;
    zone_status status = zone_reserve(space->ctx, (void **)&space->both, &space->both_capacity, space->both_count + 1,
                                      sizeof *space->both);
    if (!status)
        space->both[space->both_count++] = (zone_piece_of_two){(zone_exact)area, first, second};
    return status;
}

/* The member of the first layer holds all of the feature: of its pieces in the second there is so much in both. */
static zone_status hold_feature(zone_two_space *space, const zone_share *share)
{
    zone_uint128 winding = (zone_uint128)(zone_int128)share->winding;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < space->in_second.count && !status; i++)
        status = add_both(space, share->member, space->in_second.share[i].member,
                          winding * space->in_second.share[i].sum.image);
    return status;
}

/* No border of the second layer is near the feature and the piece: members hold both or neither. */
static zone_status hold_piece(zone_two_space *space, const zone_share *share)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < space->in_second.count && !status; i++)
        status = add_both(space, share->member, space->in_second.share[i].member,
                          (zone_uint128)(zone_int128)space->in_second.share[i].winding * share->sum.image);
    return status;
}

/* Is an edge of the second layer near? An edge of a piece may reach out of the feature: what of it lies outside is
 * taken back by another edge of the piece, which is the same line only to the unit of snapping. So that sums over
 * features stay exact, such a piece is computed although the feature is not cut. */
static zone_status find_near(zone_two_space *space, const zone_box *box, bool *near)
{
    const zone_members *second = space->second;
    zone_status status = ZONE_OK;

    *near = false;
    space->near.count = 0;
    status = zone_tree_find(space->ctx, &second->tree, box, &space->near);
    for (size_t i = 0; i < space->near.count && !status && !*near; i++) {
        const zone_bag bag = zone_members_bag(second, space->near.number[i]);
        status = zone_bag_find(space->ctx, &bag, box, &space->edges);
        *near = space->edges.count > 0;
    }
    return status;
}

/* The piece as a bag past the second layer. */
static zone_status cut_piece(zone_two_space *space, const zone_share *share, const zone_bag *piece)
{
    zone_feature feature = zone_feature_of_bag(piece);
    zone_status status = zone_overlap_run(space->ctx, &space->piece_overlap, &feature, space->second, -1);

    for (size_t i = 0; i < space->piece_overlap.share_count && !status; i++)
        status = add_both(space, share->member, space->piece_overlap.share[i].member,
                          space->piece_overlap.share[i].sum.image);
    return status;
}

static zone_status take_piece(zone_two_space *space, const zone_share *share, const zone_bag *feature,
                              const zone_edge *edge, size_t count)
{
    zone_bag piece;
    bool near = false;
    zone_status status = ZONE_OK;

    if (!share->cut)
        return share->winding ? hold_feature(space, share) : ZONE_OK;
    if (count == 0)
        return ZONE_OK;
    space->piece.count = 0;
    for (size_t i = 0; i < count && !status; i++)
        status = zone_corners_add_edge(space->ctx, &space->piece, &edge[i]);
    if (!status)
        status = zone_bag_make(space->ctx, &space->piece, &space->piece_index, &piece);
    if (status)
        return status;
    zone_box box = zone_box_join(piece.box, feature->box);
    status = find_near(space, &box, &near);
    if (status)
        return status;
    return near ? cut_piece(space, share, &piece) : hold_piece(space, share);
}

static int by_second(const void *left, const void *right)
{
    const zone_piece_of_two *a = left, *b = right;

    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static zone_status find_both(zone_two_space *space, const zone_bag *feature)
{
    zone_edges *chains = &space->chains;
    size_t at = 0;
    zone_status status = ZONE_OK;

    if (chains->count > 1)
        qsort(chains->edge, chains->count, sizeof *chains->edge, by_edge_member);
    for (size_t i = 0; i < space->in_first.count && !status; i++) {
        const zone_share *share = &space->in_first.share[i];
        size_t end = at;
        while (end < chains->count && chains->edge[end].member == share->member)
            end++;
        status = take_piece(space, share, feature, chains->edge + at, end - at);
        at = end;
    }
    if (!status && space->both_count > 1)
        qsort(space->both, space->both_count, sizeof *space->both, by_second);
    return status;
}

/* ---------------------------------------------------------------- features */

static zone_status overlay_feature(zone_two_space *space, zone_projection *projection, const zone_batch *batch,
                                   size_t feature, zone_two_sink sink, void *user)
{
    zone_bag *bag = &space->bag;
    zone_status status = ZONE_OK;

    space->corners.count = space->chains.count = space->both_count = 0;
    status = zone_corners_add_feature(space->ctx, projection, batch, &space->images, feature, 0, &space->corners);
    if (!status)
        status = zone_bag_make(space->ctx, &space->corners, &space->index, bag);
    space->overlap.chains = NULL;
    if (!status)
        status = find_shares(space, bag, space->second, &space->in_second, &space->second_pieces);
    space->overlap.chains = &space->chains;
    if (!status)
        status = find_shares(space, bag, space->first, &space->in_first, &space->first_pieces);
    if (!status)
        status = find_both(space, bag);
    if (status)
        return status;
    space->whole = zone_overlap_whole(bag);
    zone_pieces_of_two pieces = {(zone_exact)space->whole.image,
                                 (zone_int128)space->whole.drawn,
                                 space->first_pieces.piece,
                                 space->second_pieces.piece,
                                 space->both,
                                 space->first_pieces.count,
                                 space->second_pieces.count,
                                 space->both_count};
    return sink(user, feature, &pieces);
}

zone_status zone_overlay_two_united(zone_context *ctx, zone_two_space *space, zone_exact *area, zone_int128 *drawn)
{
    const zone_united united = {.feature = &space->bag,
                                .whole = space->whole,
                                .members = space->second,
                                .share = space->in_second.share,
                                .count = space->in_second.count};
    zone_area_sum sum;
    zone_status status = zone_united_find(ctx, &space->united, &united, &sum);

    *area = (zone_exact)sum.image;
    *drawn = (zone_int128)sum.drawn;
    return status;
}

zone_status zone_overlay_two_in(zone_context *ctx, zone_two_space *space, zone_projection *projection,
                                const zone_batch *batch, const zone_layer *first, const zone_layer *second,
                                zone_two_sink sink, void *user)
{
    zone_status status = zone_images_make(ctx, projection, batch, &space->images);

    space->ctx = ctx;
    space->first = zone_layer_members(first);
    space->second = zone_layer_members(second);
    for (size_t f = 0; f < batch->feature_count && !status; f++)
        status = overlay_feature(space, projection, batch, f, sink, user);
    return status;
}

zone_status zone_overlay_two(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                             const zone_layer *first, const zone_layer *second, zone_two_sink sink, void *user)
{
    zone_two_space *space = NULL;
    zone_status status = zone_overlay_two_open(ctx, &space);

    if (!status)
        status = zone_overlay_two_in(ctx, space, projection, batch, first, second, sink, user);
    zone_overlay_two_close(space);
    return status;
}
