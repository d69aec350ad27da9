/* What of a layer lies in the sites of a block. */
#include "ask/holdings.h"

#include "ask/repeats.h"
#include "ask/runs.h"
#include "ask/stream.h"
#include "ask/widen.h"

#include <stdlib.h>
#include <string.h>

static const zone_role roles[ZONE_HELD_WORDS] = {
    [ZONE_HELD_ID] = ZONE_ROLE_ID,
    [ZONE_HELD_CLASS] = ZONE_ROLE_CLASS,
    [ZONE_HELD_RIDGE] = ZONE_ROLE_RIDGE,
    [ZONE_HELD_STATE] = ZONE_ROLE_STATE,
};

/* ---------------------------------------------------------------- blocks */

void zone_block_drop_near(zone_block *block)
{
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++) {
        zone_layer_free(block->near_layer[d]);
        block->near_layer[d] = NULL;
    }
}

void zone_block_drop_layers(zone_block *block)
{
    zone_block_drop_near(block);
    zone_layer_free(block->own_layer);
    block->layer = block->own_layer = NULL;
}

void zone_block_close(zone_block *block)
{
    zone_block_drop_layers(block);
    zone_batch_free(&block->batch);
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++)
        zone_batch_free(&block->near[d]);
    *block = (zone_block){0};
}

zone_status zone_block_open(zone_context *ctx, const zone_sites *sites, const zone_layer *all, size_t first,
                            size_t count, const double *distances, size_t distance_count, zone_projection *projection,
                            zone_block *block)
{
    zone_status status = ZONE_OK;

    *block = (zone_block){.first = first, .count = count, .layer = all};
    for (size_t s = 0; s < count && !status; s++)
        status = zone_batch_add_copy(ctx, &block->batch, &sites->batch, first + s);
    if (!status && count < sites->batch.feature_count) {
        status = zone_runs_layer(ctx, projection, &block->batch, &block->own_layer);
        block->layer = block->own_layer;
    }
    for (size_t d = 0; d < distance_count && !status; d++) {
        status = zone_widen(ctx, &block->batch, distances[d], &block->near[d]);
        if (!status)
            status = zone_runs_layer(ctx, projection, &block->near[d], &block->near_layer[d]);
    }
    return status;
}

/* ---------------------------------------------------------------- layers */

static void free_list(zone_holding_list *list)
{
    free(list->holding);
    free(list->start);
    *list = (zone_holding_list){0};
}

void zone_held_close(zone_held *held)
{
    zone_source_close(held->source);
    zone_crs_free(held->crs);
    zone_batch_free(&held->kept);
    free_list(&held->in_sites);
    free_list(&held->in_zones);
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++)
        free_list(&held->near[d]);
    free(held->looked);
    free(held->key);
    *held = (zone_held){0};
}

zone_status zone_held_open(zone_context *ctx, const zone_plan *plan, zone_held *held)
{
    static const bool needed[ZONE_HELD_WORDS] = {[ZONE_HELD_CLASS] = true, [ZONE_HELD_STATE] = true};
    zone_status status = zone_plan_source(ctx, plan, held->key, &held->source, &held->crs);

    for (int word = 0; word < ZONE_HELD_WORDS && !status; word++) {
        held->word_of[word] = -1;
        if (!held->wanted[word])
            continue;
        if (zone_source_role(held->source, roles[word]) >= 0)
            held->word_of[word] = (int)held->kept.field_count++;
        else if (needed[word])
            status = zone_fail(ctx, ZONE_BAD_FIELD, .file = zone_source_path(held->source),
                               .layer = zone_source_layer(held->source),
                               .expected = zone_say(ctx, "a field for the role '%s'", zone_role_name(roles[word])),
                               .remedy = zone_say(ctx, "fields: {%s: NAME} in the plan's layer %s",
                                                  zone_role_name(roles[word]), held->key));
    }
    if (!status && held->word_of[ZONE_HELD_RIDGE] >= 0)
        held->ridge_scale = zone_source_ridge_scale(held->source);
    if (!status)
        zone_books_open(&held->books, zone_source_label(held->source));
    else
        zone_blame_layer(ctx, plan, held->key);
    return status;
}

const char *zone_held_text(const zone_held *held, size_t feature, zone_held_word word)
{
    return held->word_of[word] < 0 ? NULL : zone_batch_text(&held->kept, feature, (size_t)held->word_of[word]);
}

/* ---------------------------------------------------------------- reading */

typedef struct {
    zone_context *ctx;
    const zone_block *block;
    zone_held *held;
    size_t distance[ZONE_PLAN_DISTANCES], distance_count; /* of the passes behind the first */
} reading;

static zone_status add_holding(zone_context *ctx, zone_holding_list *list, zone_holding holding)
{
    zone_status status =
        zone_reserve(ctx, (void **)&list->holding, &list->capacity, list->count + 1, sizeof *list->holding);

    if (!status)
        list->holding[list->count++] = holding;
    return status;
}

static zone_status keep_feature(reading *run, const zone_batch *batch, size_t feature)
{
    zone_batch *kept = &run->held->kept;
    zone_status status = run->held->drawn ? zone_batch_add_copy(run->ctx, kept, batch, feature)
                                          : zone_batch_add_feature(run->ctx, kept, batch->id[feature],
                                                                   batch->ordinal[feature], batch->shape[feature]);

    for (size_t i = 0; i < kept->field_count && !status; i++) {
        const char *text = zone_batch_text(batch, feature, i);
        if (text)
            status = zone_batch_set_text(run->ctx, kept, i, text);
    }
    return status;
}

static zone_status take_pieces(reading *run, zone_holding_list *list, const zone_piece_list *pieces, size_t feature,
                               const zone_batch *near)
{
    uint32_t kept = (uint32_t)(run->held->kept.feature_count - 1);
    zone_status status = ZONE_OK;

    for (size_t i = pieces->start[feature]; i < pieces->start[feature + 1] && !status; i++) {
        const zone_piece *piece = &pieces->piece[i];
        uint32_t site = near ? (uint32_t)near->id[piece->member] : piece->member;
        status = add_holding(run->ctx, list,
                             (zone_holding){.site = site, .feature = kept, .area = piece->area, .drawn = piece->drawn});
    }
    return status;
}

static zone_status take_in_zones(reading *run, const zone_result *result, size_t feature)
{
    uint32_t kept = (uint32_t)(run->held->kept.feature_count - 1);
    zone_status status = ZONE_OK;

    for (size_t i = result->both_start[feature]; i < result->both_start[feature + 1] && !status; i++) {
        const zone_piece_of_two *both = &result->both[i];
        status =
            add_holding(run->ctx, &run->held->in_zones,
                        (zone_holding){.site = both->first, .zone = both->second, .feature = kept, .area = both->area});
    }
    return status;
}

static bool meets(const reading *run, const zone_result *results, size_t feature)
{
    for (size_t p = 0; p <= run->distance_count; p++)
        if (results[p].pieces.start[feature + 1] > results[p].pieces.start[feature])
            return true;
    return false;
}

static zone_status take_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    reading *run = user;
    zone_held *held = run->held;
    zone_status status = ZONE_OK;

    if (!held->counted)
        zone_books_count(&held->books, batch);
    for (size_t f = 0; f < batch->feature_count && !status; f++) {
        if (!meets(run, results, f))
            continue;
        status = keep_feature(run, batch, f);
        if (!status)
            status = take_pieces(run, &held->in_sites, &results[0].pieces, f, NULL);
        for (size_t p = 0; p < run->distance_count && !status; p++) {
            size_t d = run->distance[p];
            status = take_pieces(run, &held->near[d], &results[1 + p].pieces, f, &run->block->near[d]);
        }
        if (!status && held->by_zone)
            status = take_in_zones(run, &results[0], f);
    }
    return status;
}

/* ---------------------------------------------------------------- order */

int zone_holding_order(const void *a, const void *b)
{
    const zone_holding *first = a, *second = b;

    if (first->site != second->site)
        return first->site < second->site ? -1 : 1;
    if (first->zone != second->zone)
        return first->zone < second->zone ? -1 : 1;
    return first->feature < second->feature ? -1 : first->feature > second->feature;
}

/* Where the holdings of each site begin, counted. */
static void count_starts(zone_holding_list *list, size_t sites)
{
    memset(list->start, 0, (sites + 2) * sizeof *list->start);
    for (size_t i = 0; i < list->count; i++)
        list->start[list->holding[i].site + 2]++;
    for (size_t s = 2; s < sites + 2; s++)
        list->start[s] += list->start[s - 1];
}

/* They come feature by feature: within a site they are in order but for the zones. */
static zone_status sort_list(zone_context *ctx, zone_holding_list *list, size_t sites, bool by_zone)
{
    zone_holding_list sorted = {0};
    zone_status status =
        zone_reserve(ctx, (void **)&list->start, &list->start_capacity, sites + 2, sizeof *list->start);

    if (!status)
        status = zone_reserve(ctx, (void **)&sorted.holding, &sorted.capacity, list->count, sizeof *sorted.holding);
    if (status)
        return status;
    count_starts(list, sites);
    for (size_t i = 0; i < list->count; i++)
        sorted.holding[list->start[list->holding[i].site + 1]++] = list->holding[i];
    free(list->holding);
    list->holding = sorted.holding;
    list->capacity = sorted.capacity;
    for (size_t s = 0; s < sites && by_zone; s++)
        if (list->start[s + 1] - list->start[s] > 1)
            qsort(list->holding + list->start[s], list->start[s + 1] - list->start[s], sizeof *list->holding,
                  zone_holding_order);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- */

static void forget(zone_held *held)
{
    zone_batch_clear(&held->kept);
    held->in_sites.count = held->in_zones.count = 0;
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++)
        held->near[d].count = 0;
}

zone_status zone_held_read(zone_context *ctx, zone_projection *projection, const zone_block *block,
                           const zone_layer *zones, zone_held *held)
{
    reading run = {.ctx = ctx, .block = block, .held = held};
    int fields[ZONE_HELD_WORDS];
    zone_request request = {.fields = fields, .shape = ZONE_SHAPE_AREA};
    zone_pass passes[1 + ZONE_PLAN_DISTANCES] = {
        {.projection = projection, .layer = block->layer, .second = held->by_zone ? zones : NULL}};
    zone_status status = ZONE_OK;

    forget(held);
    for (int word = 0; word < ZONE_HELD_WORDS; word++)
        if (held->word_of[word] >= 0)
            fields[request.field_count++] = zone_source_role(held->source, roles[word]);
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++) {
        if (!held->beside[d])
            continue;
        run.distance[run.distance_count++] = d;
        passes[run.distance_count] = (zone_pass){.projection = projection, .layer = block->near_layer[d]};
    }
    status = zone_stream(ctx, held->source, &request, passes, 1 + run.distance_count, take_batch, &run);
    held->counted = true;
    if (!status)
        status = sort_list(ctx, &held->in_sites, block->count, false);
    if (!status)
        status = sort_list(ctx, &held->in_zones, block->count, true);
    for (size_t p = 0; p < run.distance_count && !status; p++)
        status = sort_list(ctx, &held->near[run.distance[p]], block->count, false);
    return status ? status : zone_repeats_find(ctx, projection, block, zones, held);
}
