/* Layers: areas in memory with their index. */
#include "kernel/layer.h"

#include <stdlib.h>

zone_status zone_layer_create(zone_context *ctx, zone_projection *projection, zone_layer **layer)
{
    *layer = zone_allocate(ctx, 1, sizeof **layer);
    if (!*layer)
        return ZONE_NO_MEMORY;
    (*layer)->projection = projection;
    return ZONE_OK;
}

void zone_layer_free(zone_layer *layer)
{
    if (!layer)
        return;
    zone_members_free(&layer->members);
    free(layer->area);
    free(layer->pair);
    free(layer);
}

zone_status zone_layer_end_part(zone_context *ctx, zone_layer *layer, size_t count)
{
    size_t first = layer->members.member_count;
    zone_status status = zone_members_end_part(ctx, &layer->members, count);

    if (!status)
        status =
            zone_reserve(ctx, (void **)&layer->area, &layer->area_capacity, first + count + 1, sizeof *layer->area);
    for (size_t m = first; m < first + count && !status; m++) {
        const zone_bag bag = zone_members_bag(&layer->members, m);
        layer->area[m] = zone_overlap_whole(&bag);
    }
    return status;
}

zone_status zone_layer_add_imaged(zone_context *ctx, zone_layer *layer, zone_projection *projection,
                                  const zone_batch *batch, zone_images *images)
{
    zone_corners *corners = NULL;
    zone_status status = zone_members_begin_part(ctx, &layer->members, &corners);

    for (size_t f = 0; f < batch->feature_count && !status; f++)
        status = zone_corners_add_feature(ctx, projection, batch, images, f, (uint32_t)f, corners);
    return status ? status : zone_layer_end_part(ctx, layer, batch->feature_count);
}

zone_status zone_layer_add(zone_context *ctx, zone_layer *layer, const zone_batch *batch)
{
    zone_images images = {0};
    zone_status status = zone_images_make(ctx, layer->projection, batch, &images);

    if (!status)
        status = zone_layer_add_imaged(ctx, layer, layer->projection, batch, &images);
    zone_images_free(&images);
    return status;
}

zone_status zone_layer_move(zone_context *ctx, zone_layer *layer, zone_layer *part)
{
    size_t first = layer->members.member_count, count = part->members.member_count;
    zone_status status =
        zone_reserve(ctx, (void **)&layer->area, &layer->area_capacity, first + count + 1, sizeof *layer->area);

    for (size_t m = 0; m < count && !status; m++)
        layer->area[first + m] = part->area[m];
    return status ? status : zone_members_move(ctx, &layer->members, &part->members);
}

zone_status zone_layer_finish(zone_context *ctx, zone_layer *layer)
{
    zone_status status = zone_members_index(ctx, &layer->members);

    return status ? status : zone_members_build_lattices(ctx, &layer->members);
}

zone_status zone_layer_of_batch(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                zone_layer **layer)
{
    zone_status status = zone_layer_create(ctx, projection, layer);

    if (!status)
        status = zone_layer_add(ctx, *layer, batch);
    if (!status)
        status = zone_layer_finish(ctx, *layer);
    if (status) {
        zone_layer_free(*layer);
        *layer = NULL;
    }
    return status;
}

size_t zone_layer_count(const zone_layer *layer)
{
    return layer->members.member_count;
}

const uint32_t *zone_layer_order(const zone_layer *layer)
{
    return layer->members.tree.item;
}

size_t zone_layer_edge_count(const zone_layer *layer)
{
    return layer->members.corner_count;
}

/* A corner and its place in the index, and the vertex itself, whose arrays grow by doubling. */
size_t zone_layer_bytes_a_vertex(void)
{
    return sizeof(zone_corner) + 2 * sizeof(int32_t) + sizeof(zone_tree_node) / 56 + 2 * 2 * sizeof(double);
}

zone_exact zone_layer_area(const zone_layer *layer, size_t member)
{
    return (zone_exact)layer->area[member].image;
}

zone_int128 zone_layer_drawn(const zone_layer *layer, size_t member)
{
    return (zone_int128)layer->area[member].drawn;
}

const zone_members *zone_layer_members(const zone_layer *layer)
{
    return &layer->members;
}

void zone_layer_pair(const zone_layer *layer, size_t member, uint32_t pair[2])
{
    pair[0] = layer->pair[member][0];
    pair[1] = layer->pair[member][1];
}

/* ---------------------------------------------------------------- shares */

static int by_member(const void *left, const void *right)
{
    const zone_share *a = left, *b = right;

    return a->member < b->member ? -1 : a->member > b->member;
}

void zone_shares_sort(zone_overlap_space *overlap)
{
    if (overlap->share_count > 1)
        qsort(overlap->share, overlap->share_count, sizeof *overlap->share, by_member);
}

zone_piece zone_share_piece(const zone_share *share)
{
    return (zone_piece){(zone_exact)share->sum.image, (zone_int128)share->sum.drawn, share->member};
}
