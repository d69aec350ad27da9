/* Results: what a pass makes of a batch, gathered feature by feature. */
#include "ask/result.h"

#include <stdlib.h>
#include <string.h>

void zone_result_free(zone_result *result)
{
    zone_piece_list *lists[] = {&result->pieces, &result->second};

    for (int i = 0; i < 2; i++) {
        free(lists[i]->piece);
        free(lists[i]->start);
    }
    free(result->whole);
    free(result->drawn);
    free(result->inside);
    free(result->inside_drawn);
    free(result->both);
    free(result->both_start);
    zone_layer_free(result->part);
    *result = (zone_result){0};
}

static zone_status open_list(zone_context *ctx, zone_piece_list *list, size_t features)
{
    zone_status status =
        zone_reserve(ctx, (void **)&list->start, &list->start_capacity, features + 1, sizeof *list->start);

    list->count = 0;
    if (!status)
        memset(list->start, 0, (features + 1) * sizeof *list->start);
    return status;
}

static zone_status keep_in(zone_context *ctx, zone_piece_list *list, size_t feature, const zone_piece *pieces,
                           size_t count)
{
    zone_status status =
        zone_reserve(ctx, (void **)&list->piece, &list->piece_capacity, list->count + count, sizeof *list->piece);

    for (size_t i = 0; i < count && !status; i++)
        list->piece[list->count++] = pieces[i];
    list->start[feature + 1] = list->count;
    return status;
}

zone_status zone_result_open(zone_context *ctx, zone_result *result, size_t count)
{
    zone_status status =
        zone_reserve(ctx, (void **)&result->whole, &result->whole_capacity, count + 1, sizeof *result->whole);

    if (!status)
        status = zone_reserve(ctx, (void **)&result->drawn, &result->drawn_capacity, count + 1, sizeof *result->drawn);
    if (!status)
        status =
            zone_reserve(ctx, (void **)&result->inside, &result->inside_capacity, count + 1, sizeof *result->inside);
    if (!status)
        status = zone_reserve(ctx, (void **)&result->inside_drawn, &result->inside_drawn_capacity, count + 1,
                              sizeof *result->inside_drawn);
    if (!status)
        status = zone_reserve(ctx, (void **)&result->both_start, &result->both_start_capacity, count + 1,
                              sizeof *result->both_start);
    if (!status)
        status = open_list(ctx, &result->pieces, count);
    if (!status)
        status = open_list(ctx, &result->second, count);
    if (status)
        return status;
    result->feature_count = count;
    result->both_count = 0;
    result->both_start[0] = 0;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- sinks of the kernel */

typedef struct {
    zone_context *ctx;
    zone_result *result;
    const zone_result_spaces *spaces;
    const zone_pass *pass;
} result_sink;

/* What several others than the feature itself hold together; of one alone, or of one that holds all, its piece tells.
 */
static zone_status unite_others(const result_sink *to, size_t feature, const zone_piece *pieces, size_t count)
{
    zone_result *result = to->result;
    uint32_t own = (uint32_t)(to->pass->own + feature);
    size_t others = 0;

    result->inside[feature] = 0;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].member == own)
            continue;
        if (pieces[i].drawn == result->drawn[feature])
            return ZONE_OK;
        others++;
    }
    return others < 2 ? ZONE_OK
                      : zone_overlay_united_others(to->ctx, to->spaces->one, own, &result->inside[feature],
                                                   &result->inside_drawn[feature]);
}

static zone_status keep_pieces(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    result_sink *to = user;

    zone_result *result = to->result;
    zone_status status = ZONE_OK;

    result->whole[feature] = whole;
    result->drawn[feature] = zone_overlay_drawn(to->spaces->one);
    if (to->pass->others)
        status = unite_others(to, feature, pieces, count);
    else if (to->pass->united)
        status =
            zone_overlay_united(to->ctx, to->spaces->one, &result->inside[feature], &result->inside_drawn[feature]);
    return status ? status : keep_in(to->ctx, &result->pieces, feature, pieces, count);
}

static zone_status keep_points(void *user, size_t feature, size_t points, size_t inside, const zone_piece *pieces,
                               size_t count)
{
    result_sink *to = user;

    to->result->whole[feature] = (zone_exact)points;
    to->result->inside[feature] = (zone_exact)inside;
    return keep_in(to->ctx, &to->result->pieces, feature, pieces, count);
}

static zone_status keep_two(void *user, size_t feature, const zone_pieces_of_two *pieces)
{
    result_sink *to = user;
    zone_result *result = to->result;
    zone_status status = keep_in(to->ctx, &result->pieces, feature, pieces->first, pieces->first_count);

    result->whole[feature] = pieces->whole;
    result->drawn[feature] = pieces->drawn;
    if (!status)
        status = keep_in(to->ctx, &result->second, feature, pieces->second, pieces->second_count);
    if (!status)
        status = zone_reserve(to->ctx, (void **)&result->both, &result->both_capacity,
                              result->both_count + pieces->both_count, sizeof *result->both);
    for (size_t i = 0; i < pieces->both_count && !status; i++)
        result->both[result->both_count++] = pieces->both[i];
    result->both_start[feature + 1] = result->both_count;
    if (!status && to->pass->united)
        status =
            zone_overlay_two_united(to->ctx, to->spaces->two, &result->inside[feature], &result->inside_drawn[feature]);
    return status;
}

/* ---------------------------------------------------------------- passes */

static zone_status keep_part(zone_context *ctx, zone_overlay_space *space, const zone_pass *pass, zone_result *result)
{
    zone_status status = result->part ? ZONE_OK : zone_layer_create(ctx, pass->projection, &result->part);

    return status ? status : zone_overlay_keep(ctx, space, result->part);
}

zone_status zone_result_make(zone_context *ctx, const zone_result_spaces *spaces, zone_projection *projection,
                             const zone_pass *pass, const zone_batch *batch, zone_result *result)
{
    result_sink to = {ctx, result, spaces, pass};
    zone_status status = zone_result_open(ctx, result, batch->feature_count);

    if (status)
        return status;
    if (pass->points)
        return zone_points_in(ctx, spaces->points, batch, pass->points, keep_points, &to);
    if (pass->second)
        status = zone_overlay_two_in(ctx, spaces->two, projection, batch, pass->layer, pass->second, keep_two, &to);
    else
        status = zone_overlay_in(ctx, spaces->one, projection, batch, pass->layer, keep_pieces, &to);
    return status || !pass->keep ? status : keep_part(ctx, spaces->one, pass, result);
}

zone_status zone_result_spaces_open(zone_context *ctx, zone_result_spaces *spaces)
{
    zone_status status = zone_overlay_open(ctx, &spaces->one);

    if (!status)
        status = zone_overlay_two_open(ctx, &spaces->two);
    return status ? status : zone_point_space_open(ctx, &spaces->points);
}

void zone_result_spaces_close(zone_result_spaces *spaces)
{
    zone_overlay_close(spaces->one);
    zone_overlay_two_close(spaces->two);
    zone_point_space_close(spaces->points);
    *spaces = (zone_result_spaces){0};
}

zone_status zone_pass_batch(zone_context *ctx, const zone_pass *pass, const zone_batch *batch, zone_result *result)
{
    zone_result_spaces spaces = {0};
    zone_status status = zone_result_spaces_open(ctx, &spaces);

    if (!status)
        status = zone_result_make(ctx, &spaces, pass->projection, pass, batch, result);
    zone_result_spaces_close(&spaces);
    return status;
}
