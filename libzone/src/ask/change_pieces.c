/* Pieces of a change as geometries. */
#include "ask/change_pieces.h"

#include <stdlib.h>

/* No such feature. */
#define NONE (-1)

zone_status zone_change_pieces_open(zone_context *ctx, const zone_transition *transition, const zone_zoning *zoning,
                                    const zone_loaded *old, const char *method, zone_change_pieces *kept)
{
    static const char *const ids[] = {"old", "new"};
    zone_status status = zone_pieces_open(ctx, "change", method, &kept->pieces);

    kept->transition = transition;
    kept->zoning = zoning;
    kept->old = &old->batch;
    kept->member = zone_allocate(ctx, old->batch.feature_count + 1, sizeof *kept->member);
    if (!status && !kept->member)
        status = ZONE_NO_MEMORY;
    if (status)
        return status;
    zone_transition_key_columns(ctx, transition, zoning, kept->pieces.table);
    for (int i = 0; i < 2; i++)
        zone_table_add_column(kept->pieces.table, (zone_column){.name = ids[i], .type = ZONE_COLUMN_INTEGER});
    zone_pieces_columns(&kept->pieces, zone_source_crs(old->source));
    return ZONE_OK;
}

void zone_change_pieces_close(zone_change_pieces *kept)
{
    zone_pieces_close(&kept->pieces);
    zone_batch_free(&kept->below);
    zone_batch_free(&kept->above);
    free(kept->lying);
    free(kept->start);
    free(kept->member);
    *kept = (zone_change_pieces){0};
}

/* ---------------------------------------------------------------- adding */

static bool is_kept(const zone_change_pieces *kept, zone_exact area)
{
    return kept->pieces.table && zone_piece_counts(area);
}

/* What the clip holds, in the group that was added to last. */
static zone_status add(zone_context *ctx, zone_change_pieces *kept, zone_exact area, int64_t old, int64_t new)
{
    zone_table *table = kept->pieces.table;
    size_t row = 0;
    zone_status status = zone_pieces_add(ctx, &kept->pieces, kept->transition->last, area, &row);

    if (status)
        return status;
    int column = zone_transition_set_keys(kept->transition, kept->zoning, table, row);
    if (old != NONE)
        zone_table_set_integer(table, row, column, old);
    if (new != NONE)
        zone_table_set_integer(table, row, column + 1, new);
    return ZONE_OK;
}

static zone_status keep_zone(zone_context *ctx, zone_change_pieces *kept, uint32_t zone)
{
    if (!kept->zoning->source)
        return ZONE_OK;
    return zone_clip_keep(ctx, kept->pieces.clip, &kept->zoning->loaded.batch, zone);
}

zone_status zone_change_pieces_both(zone_context *ctx, zone_change_pieces *kept, const zone_batch *new, size_t feature,
                                    const zone_piece_of_two *piece)
{
    if (!is_kept(kept, piece->area))
        return ZONE_OK;
    zone_status status = zone_clip_begin(ctx, kept->pieces.clip, new, feature);
    if (!status)
        status = zone_clip_keep(ctx, kept->pieces.clip, kept->old, piece->first);
    if (!status)
        status = keep_zone(ctx, kept, piece->second);
    return status ? status : add(ctx, kept, piece->area, kept->old->id[piece->first], new->id[feature]);
}

zone_status zone_change_pieces_new(zone_context *ctx, zone_change_pieces *kept, const zone_batch *new, size_t feature,
                                   uint32_t zone, zone_exact left, const zone_piece_of_two *on, size_t count)
{
    if (!is_kept(kept, left))
        return ZONE_OK;
    zone_status status = zone_clip_begin(ctx, kept->pieces.clip, new, feature);
    if (!status)
        status = keep_zone(ctx, kept, zone);
    for (size_t i = 0; i < count && !status; i++)
        status = zone_clip_remove(ctx, kept->pieces.clip, kept->old, on[i].first);
    return status ? status : add(ctx, kept, left, NONE, new->id[feature]);
}

zone_status zone_change_pieces_beside(zone_context *ctx, zone_change_pieces *kept, size_t feature, uint32_t zone,
                                      zone_exact area)
{
    if (!is_kept(kept, area))
        return ZONE_OK;
    zone_status status = zone_clip_begin(ctx, kept->pieces.clip, kept->old, feature);
    if (!status)
        status = keep_zone(ctx, kept, zone);
    return status ? status : add(ctx, kept, area, kept->old->id[feature], NONE);
}

/* ---------------------------------------------------------------- what is left of old features */

zone_status zone_change_pieces_name(zone_context *ctx, zone_change_pieces *kept, size_t feature)
{
    if (!kept->pieces.table)
        return ZONE_OK;
    kept->member[feature] = kept->below.feature_count;
    return zone_batch_add_copy(ctx, &kept->below, kept->old, feature);
}

static zone_status refuse_large(zone_context *ctx, const zone_change_pieces *kept)
{
    uint64_t budget = zone_context_memory(ctx);
    uint64_t vertices = kept->above.vertex_count + kept->below.vertex_count;

    if (budget == 0 || vertices * 2 * sizeof(double) + kept->pieces.bytes <= budget)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .found = zone_tell(ctx, "too much that only one date covers"),
                     .expected = zone_say(ctx, "at most %llu MB", (unsigned long long)(budget >> 20)),
                     .remedy = "a larger --memory, or no --pieces");
}

typedef struct {
    zone_context *ctx;
    zone_change_pieces *kept;
} finder;

static zone_status take_batch(void *user, const zone_batch *batch, const zone_result *result)
{
    finder *find = user;
    zone_change_pieces *kept = find->kept;
    const zone_piece_list *on = &result->pieces;
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < result->feature_count && !status; f++) {
        for (size_t i = on->start[f]; i < on->start[f + 1] && !status; i++) {
            status = zone_grow(find->ctx, (void **)&kept->lying, &kept->lying_capacity, kept->lying_count + 1,
                               sizeof *kept->lying);
            if (!status)
                kept->lying[kept->lying_count++] = (zone_lying){on->piece[i].member, kept->above.feature_count};
        }
        if (!status && on->start[f] < on->start[f + 1])
            status = zone_batch_add_copy(find->ctx, &kept->above, batch, f);
    }
    return status ? status : refuse_large(find->ctx, kept);
}

static int by_member(const void *left, const void *right)
{
    const zone_lying *a = left, *b = right;

    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    return a->feature < b->feature ? -1 : a->feature > b->feature;
}

static zone_status sort_lying(zone_context *ctx, zone_change_pieces *kept)
{
    size_t members = kept->below.feature_count, at = 0;

    kept->start = zone_allocate(ctx, members + 1, sizeof *kept->start);
    if (!kept->start)
        return ZONE_NO_MEMORY;
    if (kept->lying_count > 1)
        qsort(kept->lying, kept->lying_count, sizeof *kept->lying, by_member);
    for (size_t m = 0; m < members; m++) {
        kept->start[m] = at;
        while (at < kept->lying_count && kept->lying[at].member == m)
            at++;
    }
    kept->start[members] = at;
    return ZONE_OK;
}

zone_status zone_change_pieces_find(zone_context *ctx, zone_change_pieces *kept, zone_projection *projection,
                                    zone_source *new_source)
{
    zone_request request = {.shape = ZONE_SHAPE_AREA};
    finder find = {ctx, kept};
    zone_layer *layer = NULL;
    zone_status status = ZONE_OK;

    if (kept->below.feature_count == 0)
        return ZONE_OK;
    status = zone_layer_of_batch(ctx, projection, &kept->below, &layer);
    zone_pass pass = {.projection = projection, .layer = layer};
    if (!status)
        status = zone_stream(ctx, new_source, &request, &pass, 1, take_batch, &find);
    zone_layer_free(layer);
    return status ? status : sort_lying(ctx, kept);
}

zone_status zone_change_pieces_old(zone_context *ctx, zone_change_pieces *kept, size_t feature, uint32_t zone,
                                   zone_exact left)
{
    if (!is_kept(kept, left))
        return ZONE_OK;
    size_t member = kept->member[feature];
    zone_status status = zone_clip_begin(ctx, kept->pieces.clip, kept->old, feature);
    if (!status)
        status = keep_zone(ctx, kept, zone);
    for (size_t i = kept->start[member]; i < kept->start[member + 1] && !status; i++)
        status = zone_clip_remove(ctx, kept->pieces.clip, &kept->above, kept->lying[i].feature);
    return status ? status : add(ctx, kept, left, kept->old->id[feature], NONE);
}
