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

zone_status zone_layer_add(zone_context *ctx, zone_layer *layer, const zone_batch *batch)
{
    zone_images images = {0};
    zone_status status = zone_images_make(ctx, layer->projection, batch, &images);

    for (size_t f = 0; f < batch->feature_count && !status; f++)
        status = zone_corners_add_feature(ctx, layer->projection, batch, &images, f,
                                          (uint32_t)layer->members.member_count++, &layer->members.corners);
    zone_images_free(&images);
    return status;
}

zone_status zone_layer_append(zone_context *ctx, zone_layer *layer, const zone_layer *part)
{
    uint32_t first = (uint32_t)layer->members.member_count;
    zone_status status = zone_corners_append(ctx, &layer->members.corners, &part->members.corners, first);

    if (!status)
        layer->members.member_count += part->members.member_count;
    return status;
}

/* The parts of finishing, which do not depend on each other: the two of the index, then the areas. */
typedef struct {
    zone_layer *layer;
    int next;
    int *part; /* of each worker */
} finishing;

static zone_status take_part(zone_context *ctx, void *user, size_t worker, bool *more)
{
    finishing *work = user;

    (void)ctx;
    *more = work->next <= ZONE_INDEX_PARTS;
    work->part[worker] = work->next++;
    return ZONE_OK;
}

static zone_status finish_part(zone_context *ctx, void *user, size_t worker)
{
    const finishing *work = user;
    zone_members *members = &work->layer->members;

    if (work->part[worker] < ZONE_INDEX_PARTS)
        return zone_members_index(ctx, members, (zone_index_part)work->part[worker]);
    for (size_t m = 0; m < members->member_count; m++) {
        const zone_bag bag = {.corners = &members->corners,
                              .first = members->start[m],
                              .count = members->start[m + 1] - members->start[m]};
        work->layer->area[m] = zone_overlap_whole(&bag);
    }
    return ZONE_OK;
}

static zone_status deliver_part(zone_context *ctx, void *user, size_t worker)
{
    (void)ctx;
    (void)user;
    (void)worker;
    return ZONE_OK;
}

/* Fewer corners are finished sooner than a thread is started. */
enum { MANY_CORNERS = 1 << 16 };

zone_status zone_layer_finish(zone_context *ctx, zone_layer *layer)
{
    zone_members *members = &layer->members;
    size_t threads = members->corners.count < MANY_CORNERS ? 1 : zone_context_threads(ctx);
    finishing work = {.layer = layer, .part = zone_allocate(ctx, threads, sizeof *work.part)};
    zone_job job = {threads < 3 ? threads : 3, take_part, finish_part, deliver_part, &work, NULL};
    zone_status status = work.part ? zone_members_begin(ctx, members) : ZONE_NO_MEMORY;

    if (!status) {
        layer->area = zone_allocate(ctx, members->member_count + 1, sizeof *layer->area);
        status = layer->area ? zone_overlay_run_job(ctx, &job) : ZONE_NO_MEMORY;
    }
    free(work.part);
    return status;
}

size_t zone_layer_count(const zone_layer *layer)
{
    return layer->members.member_count;
}

size_t zone_layer_edge_count(const zone_layer *layer)
{
    return layer->members.corners.count;
}

/* Arrays grow by doubling, so a corner may take twice its size; the index a seventh of a box. */
size_t zone_layer_bytes_a_vertex(void)
{
    return 2 * (sizeof(zone_corner) + 2 * sizeof(double)) + sizeof(zone_box) / 7;
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
