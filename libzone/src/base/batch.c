/* Batches: growing arrays of features. */
#include "base/batch.h"

#include <stdlib.h>
#include <string.h>

/* Texts of a batch live and die together: they are laid one behind the other. */
struct zone_text_block {
    struct zone_text_block *next;
    size_t used, size;
    char text[];
};

enum { TEXT_BLOCK = 65536 };

static zone_status keep_text(zone_context *ctx, zone_batch *batch, const char *text, char **kept)
{
    size_t size = text ? strlen(text) + 1 : 0;
    struct zone_text_block *block = batch->blocks;

    *kept = NULL;
    if (!text)
        return ZONE_OK;
    if (!block || block->size - block->used < size) {
        size_t most = size > TEXT_BLOCK ? size : TEXT_BLOCK;
        block = malloc(sizeof *block + most);
        if (!block)
            return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
        *block = (struct zone_text_block){.next = batch->blocks, .size = most};
        batch->blocks = block;
    }
    *kept = memcpy(block->text + block->used, text, size);
    block->used += size;
    return ZONE_OK;
}

/* Gives back all blocks but one. */
static void forget_texts(zone_batch *batch)
{
    while (batch->blocks && batch->blocks->next) {
        struct zone_text_block *next = batch->blocks->next;
        free(batch->blocks);
        batch->blocks = next;
    }
    if (batch->blocks)
        batch->blocks->used = 0;
}

void zone_batch_clear(zone_batch *batch)
{
    forget_texts(batch);
    batch->feature_count = batch->ring_count = batch->vertex_count = 0;
}

void zone_batch_free(zone_batch *batch)
{
    forget_texts(batch);
    free(batch->blocks);
    free(batch->id);
    free(batch->ordinal);
    free(batch->shape);
    free(batch->state);
    free(batch->reason);
    free(batch->area_change);
    free(batch->ring_start);
    free(batch->vertex_start);
    free(batch->x);
    free(batch->y);
    free(batch->text);
    *batch = (zone_batch){0};
}

/* Grows one array to `needed` without moving the shared capacity on: the caller does when all arrays have grown. */
static zone_status grow(zone_context *ctx, void **array, size_t capacity, size_t needed, size_t size)
{
    return zone_grow(ctx, array, &capacity, needed, size);
}

static zone_status grow_features(zone_context *ctx, zone_batch *batch)
{
    size_t capacity = batch->feature_capacity, needed = batch->feature_count + 1;
    size_t starts = batch->feature_capacity ? batch->feature_capacity + 1 : 0;
    zone_status status = ZONE_OK;

    if (needed <= capacity)
        return ZONE_OK;
    needed = capacity ? 2 * capacity : 16;
    if (!status)
        status = grow(ctx, (void **)&batch->id, capacity, needed, sizeof *batch->id);
    if (!status)
        status = grow(ctx, (void **)&batch->ordinal, capacity, needed, sizeof *batch->ordinal);
    if (!status)
        status = grow(ctx, (void **)&batch->shape, capacity, needed, sizeof *batch->shape);
    if (!status)
        status = grow(ctx, (void **)&batch->state, capacity, needed, sizeof *batch->state);
    if (!status)
        status = grow(ctx, (void **)&batch->reason, capacity, needed, sizeof *batch->reason);
    if (!status)
        status = grow(ctx, (void **)&batch->area_change, capacity, needed, sizeof *batch->area_change);
    if (!status)
        status = grow(ctx, (void **)&batch->ring_start, starts, needed + 1, sizeof *batch->ring_start);
    if (!status && batch->field_count)
        status = zone_grow(ctx, (void **)&batch->text, &batch->text_capacity, needed * batch->field_count,
                           sizeof *batch->text);
    if (!status)
        batch->feature_capacity = needed;
    return status;
}

zone_status zone_batch_add_feature(zone_context *ctx, zone_batch *batch, int64_t id, uint64_t ordinal, zone_shape shape)
{
    size_t f = batch->feature_count;
    zone_status status = grow_features(ctx, batch);

    /* A batch that had no fields when its features grew gets their texts now. */
    if (!status && batch->field_count)
        status = zone_grow(ctx, (void **)&batch->text, &batch->text_capacity, (f + 1) * batch->field_count,
                           sizeof *batch->text);
    if (status)
        return status;
    batch->id[f] = id;
    batch->ordinal[f] = ordinal;
    batch->shape[f] = shape;
    batch->state[f] = ZONE_FEATURE_USED;
    batch->reason[f] = NULL;
    batch->area_change[f] = 0.0;
    for (size_t i = 0; i < batch->field_count; i++)
        batch->text[f * batch->field_count + i] = NULL;
    batch->ring_start[f] = batch->ring_start[f + 1] = batch->ring_count;
    batch->feature_count++;
    return ZONE_OK;
}

zone_status zone_batch_add_ring(zone_context *ctx, zone_batch *batch)
{
    zone_status status = zone_grow(ctx, (void **)&batch->vertex_start, &batch->ring_capacity, batch->ring_count + 2,
                                   sizeof *batch->vertex_start);

    if (status)
        return status;
    batch->vertex_start[batch->ring_count] = batch->vertex_start[batch->ring_count + 1] = batch->vertex_count;
    batch->ring_count++;
    batch->ring_start[batch->feature_count] = batch->ring_count;
    return ZONE_OK;
}

zone_status zone_batch_add_vertices(zone_context *ctx, zone_batch *batch, size_t count, double **x, double **y)
{
    size_t capacity = batch->vertex_capacity, needed = batch->vertex_count + count;
    zone_status status = zone_reserve(ctx, (void **)&batch->x, &capacity, needed, sizeof *batch->x);

    if (!status)
        status = zone_reserve(ctx, (void **)&batch->y, &batch->vertex_capacity, needed, sizeof *batch->y);
    if (status)
        return status;
    *x = batch->x + batch->vertex_count;
    *y = batch->y + batch->vertex_count;
    batch->vertex_count = batch->vertex_start[batch->ring_count] = needed;
    return ZONE_OK;
}

zone_status zone_batch_add_vertex(zone_context *ctx, zone_batch *batch, double x, double y)
{
    double *at_x = NULL, *at_y = NULL;
    zone_status status = zone_batch_add_vertices(ctx, batch, 1, &at_x, &at_y);

    if (status)
        return status;
    *at_x = x;
    *at_y = y;
    return ZONE_OK;
}

zone_status zone_batch_set_text(zone_context *ctx, zone_batch *batch, size_t field, const char *text)
{
    return keep_text(ctx, batch, text, &batch->text[(batch->feature_count - 1) * batch->field_count + field]);
}

zone_status zone_batch_set_reason(zone_context *ctx, zone_batch *batch, const char *reason)
{
    return keep_text(ctx, batch, reason, &batch->reason[batch->feature_count - 1]);
}

const char *zone_batch_text(const zone_batch *batch, size_t feature, size_t field)
{
    if (feature >= batch->feature_count || field >= batch->field_count)
        return NULL;
    return batch->text[feature * batch->field_count + field];
}

static zone_status append_rings(zone_context *ctx, zone_batch *batch, const zone_batch *from, size_t feature)
{
    zone_status status = ZONE_OK;

    for (size_t r = from->ring_start[feature]; r < from->ring_start[feature + 1] && !status; r++) {
        size_t first = from->vertex_start[r], count = from->vertex_start[r + 1] - first;
        double *x = NULL, *y = NULL;
        status = zone_batch_add_ring(ctx, batch);
        if (!status && count)
            status = zone_batch_add_vertices(ctx, batch, count, &x, &y);
        if (!status && count) {
            memcpy(x, from->x + first, count * sizeof *x);
            memcpy(y, from->y + first, count * sizeof *y);
        }
    }
    return status;
}

/* A feature with its texts, without its rings. */
static zone_status append_feature(zone_context *ctx, zone_batch *batch, const zone_batch *from, size_t feature)
{
    zone_status status =
        zone_batch_add_feature(ctx, batch, from->id[feature], from->ordinal[feature], from->shape[feature]);

    if (status)
        return status;
    batch->state[batch->feature_count - 1] = from->state[feature];
    batch->area_change[batch->feature_count - 1] = from->area_change[feature];
    status = zone_batch_set_reason(ctx, batch, from->reason[feature]);
    for (size_t i = 0; i < batch->field_count && !status; i++)
        status = zone_batch_set_text(ctx, batch, i, zone_batch_text(from, feature, i));
    return status;
}

zone_status zone_batch_append(zone_context *ctx, zone_batch *batch, const zone_batch *from)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < from->feature_count && !status; f++) {
        status = append_feature(ctx, batch, from, f);
        if (!status)
            status = append_rings(ctx, batch, from, f);
    }
    return status;
}

zone_status zone_batch_append_bare(zone_context *ctx, zone_batch *batch, const zone_batch *from)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < from->feature_count && !status; f++)
        status = append_feature(ctx, batch, from, f);
    return status;
}

zone_status zone_batch_add_copy(zone_context *ctx, zone_batch *batch, const zone_batch *from, size_t feature)
{
    zone_status status =
        zone_batch_add_feature(ctx, batch, from->id[feature], from->ordinal[feature], from->shape[feature]);

    if (!status)
        batch->state[batch->feature_count - 1] = from->state[feature];
    return status ? status : append_rings(ctx, batch, from, feature);
}
