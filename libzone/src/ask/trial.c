/* Sites before the layers of a plan. */
#include "ask/trial.h"

#include "ask/ridges.h"
#include "ask/runs.h"
#include "ask/widths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- which layers */

static zone_held *find_held(const zone_trial *trial, const char *key)
{
    for (size_t i = 0; key && i < trial->held_count; i++)
        if (strcmp(trial->held[i].key, key) == 0)
            return &trial->held[i];
    return NULL;
}

const zone_held *zone_trial_held(const zone_trial *trial, const char *key)
{
    return find_held(trial, key);
}

size_t zone_trial_distance(const zone_trial *trial, double within)
{
    size_t distance = 0;

    while (distance < trial->within_count && trial->within[distance] != within)
        distance++;
    return distance;
}

/* The layer `key`, needed from now on; NULL without memory. */
static zone_held *need(zone_trial *trial, const char *key)
{
    zone_held *held = find_held(trial, key);

    if (held)
        return held;
    zone_held *grown = realloc(trial->held, (trial->held_count + 1) * sizeof *grown);
    if (!grown) {
        zone_fail(trial->ctx, ZONE_NO_MEMORY, .what = NULL);
        return NULL;
    }
    trial->held = grown;
    held = &grown[trial->held_count];
    *held = (zone_held){.key = zone_copy_text(trial->ctx, key)};
    if (!held->key)
        return NULL;
    trial->held_count++;
    return held;
}

static zone_status need_for_check(zone_trial *trial, const zone_plan_check *check)
{
    zone_held *held = check->of ? need(trial, check->of) : NULL;

    if (!check->of)
        return ZONE_OK;
    if (!held)
        return ZONE_NO_MEMORY;
    bool by_class = strcmp(check->rule, "land") == 0 || strcmp(check->rule, "use") == 0;
    held->drawn = held->drawn || strcmp(check->rule, "land") != 0 || check->severity != ZONE_SEVERITY_NOTE;
    held->wanted[ZONE_HELD_CLASS] = held->wanted[ZONE_HELD_CLASS] || by_class;
    held->wanted[ZONE_HELD_RIDGE] = held->wanted[ZONE_HELD_RIDGE] || strcmp(check->rule, "farmland") == 0;
    held->wanted[ZONE_HELD_STATE] = held->wanted[ZONE_HELD_STATE] || check->state_count > 0;
    held->wanted[ZONE_HELD_ID] = held->wanted[ZONE_HELD_ID] || held->drawn;
    if (check->within <= 0.0)
        return ZONE_OK;
    size_t distance = zone_trial_distance(trial, check->within);
    if (distance == trial->within_count)
        trial->within[trial->within_count++] = check->within; /* the plan has no more than there is room for */
    held->beside[distance] = true;
    return ZONE_OK;
}

/* Layers that have columns of their own, and those that quotas draw on. */
static zone_status need_for_columns(zone_trial *trial)
{
    const char *const keys[] = {ZONE_TRIAL_LANDUSE, ZONE_TRIAL_FARMLAND, ZONE_TRIAL_REDLINE};
    zone_held *held[3] = {NULL};

    for (int i = 0; i < 3; i++)
        if (zone_plan_layer_find(trial->plan, keys[i]) && !need(trial, keys[i]))
            return ZONE_NO_MEMORY;
    for (int i = 0; i < 3; i++)
        held[i] = find_held(trial, keys[i]);
    if (held[0])
        held[0]->wanted[ZONE_HELD_CLASS] = true;
    if (held[1])
        held[1]->wanted[ZONE_HELD_RIDGE] = held[1]->wanted[ZONE_HELD_ID] = held[1]->drawn = true;
    if (held[2])
        held[2]->wanted[ZONE_HELD_ID] = held[2]->drawn = true;
    for (size_t i = 0; i < trial->plan->quota_count; i++) {
        zone_draws draws = trial->plan->quotas[i].draws;
        bool of_farmland = draws == ZONE_DRAWS_FARMLAND || draws == ZONE_DRAWS_FARMLAND_NET;
        zone_held *drawn = of_farmland ? held[1] : draws == ZONE_DRAWS_NEW_CONSTRUCTION ? held[0] : NULL;
        if (drawn)
            drawn->by_zone = drawn->drawn = true; /* drawn: land that two features hold is drawn on once */
        else if (draws != ZONE_DRAWS_AREA)
            return zone_fail(trial->ctx, ZONE_BAD_PLAN, .file = trial->plan->path, .line = trial->plan->quotas[i].line,
                             .key = "quotas", .what = "the plan lacks the layer that the quota draws on",
                             .expected = zone_say(trial->ctx, "layers: {%s: …}", of_farmland ? keys[1] : keys[0]));
    }
    return ZONE_OK;
}

/* ---------------------------------------------------------------- layers that have no areas */

static bool draws_on(zone_draws draws, const char *key)
{
    bool farmland = draws == ZONE_DRAWS_FARMLAND || draws == ZONE_DRAWS_FARMLAND_NET;

    return (farmland && strcmp(key, ZONE_TRIAL_FARMLAND) == 0) ||
           (draws == ZONE_DRAWS_NEW_CONSTRUCTION && strcmp(key, ZONE_TRIAL_LANDUSE) == 0);
}

/* The line of what needs the layer first, and its key; 0: only a column does. */
static int find_need(const zone_trial *trial, const char *layer, const char **key)
{
    const zone_plan *plan = trial->plan;

    for (size_t i = 0; i < plan->check_count; i++)
        if (plan->checks[i].of && strcmp(plan->checks[i].of, layer) == 0) {
            *key = zone_say(trial->ctx, "checks[%zu].of", i);
            return plan->checks[i].line;
        }
    for (size_t i = 0; i < plan->quota_count; i++)
        if (draws_on(plan->quotas[i].draws, layer)) {
            *key = zone_say(trial->ctx, "quotas[%zu].draws", i);
            return plan->quotas[i].line;
        }
    return 0;
}

/* All rules measure areas: of points or lines a site would meet nothing, and pass. */
static zone_status refuse_layer(zone_trial *trial, const zone_held *held, const char *found)
{
    const char *key = NULL;
    int line = find_need(trial, held->key, &key);

    if (line == 0)
        return ZONE_OK;
    return zone_fail(trial->ctx, ZONE_BAD_PLAN, .file = trial->plan->path, .line = line, .key = key,
                     .layer = zone_source_label(held->source), .what = "the layer has no areas", .found = found,
                     .expected = "polygons",
                     .remedy = zone_say(trial->ctx, "zone info %s shows the layers and what is in them",
                                        zone_source_path(held->source)));
}

/* What the layer says of itself; what it does not say is seen when it is read. */
static zone_status refuse_shape(zone_trial *trial, const zone_held *held)
{
    zone_shape shape = zone_source_shape(held->source);

    if (shape == ZONE_SHAPE_POINT || shape == ZONE_SHAPE_LINE)
        return refuse_layer(trial, held, shape == ZONE_SHAPE_POINT ? "points" : "lines");
    return ZONE_OK;
}

static zone_status refuse_content(zone_trial *trial, const zone_held *held)
{
    const zone_completeness *counts = &held->books.counts;

    if (counts->features == 0 || counts->used + counts->repaired > 0)
        return ZONE_OK;
    return refuse_layer(trial, held,
                        zone_say(trial->ctx, "no feature that has an area; first: %s", held->books.rejected));
}

/* ---------------------------------------------------------------- opening */

static size_t find_zone(const zone_plan *plan, const char *id)
{
    for (size_t z = 0; id && z < plan->zone_count; z++)
        if (strcmp(plan->zones[z].id, id) == 0)
            return z;
    return SIZE_MAX;
}

static zone_status open_zones(zone_trial *trial)
{
    static const zone_role id[] = {ZONE_ROLE_ID};
    zone_status status = zone_load_plan(trial->ctx, trial->plan, "zones", trial->projection, id, 1, &trial->zones);

    if (status)
        return status;
    trial->zone_of = zone_allocate(trial->ctx, trial->zones.batch.feature_count + 1, sizeof *trial->zone_of);
    if (!trial->zone_of)
        return ZONE_NO_MEMORY;
    for (size_t m = 0; m < trial->zones.batch.feature_count; m++)
        trial->zone_of[m] = find_zone(trial->plan, zone_batch_text(&trial->zones.batch, m, 0));
    return ZONE_OK;
}

zone_status zone_trial_open(zone_context *ctx, const zone_plan *plan, const zone_sites *sites, const char *method,
                            zone_trial *trial)
{
    zone_status status = ZONE_OK;

    *trial = (zone_trial){.ctx = ctx, .plan = plan, .sites = sites};
    status = zone_plan_projection(ctx, plan, method, &trial->method, &trial->projection);
    if (!status)
        status = zone_plan_crs(ctx, plan, &trial->crs);
    if (!status)
        status = zone_methods_open(ctx, trial->method.name, true, trial->crs->wkt, &trial->methods);
    if (!status && trial->crs->kind == ZONE_CRS_PROJECTED)
        trial->square = trial->crs->metres * trial->crs->metres;
    for (size_t i = 0; i < plan->check_count && !status; i++)
        status = need_for_check(trial, &plan->checks[i]);
    if (!status && trial->within_count && trial->square <= 0.0)
        status = zone_fail(ctx, ZONE_BAD_PLAN, .file = plan->path, .line = plan->crs_line, .key = "crs",
                           .what = "a distance needs projected data", .found = zone_say(ctx, "%s", trial->crs->name),
                           .expected = "a projected reference system");
    if (!status)
        status = need_for_columns(trial);
    if (!status)
        status = open_zones(trial);
    for (size_t i = 0; i < trial->held_count && !status; i++) {
        status = zone_held_open(ctx, plan, &trial->held[i]);
        if (!status)
            status = refuse_shape(trial, &trial->held[i]);
    }
    return status;
}

void zone_trial_close(zone_trial *trial)
{
    zone_block_close(&trial->block);
    zone_result_free(&trial->in_zones);
    zone_result_free(&trial->in_sites);
    zone_layer_free(trial->all);
    for (size_t i = 0; i < trial->held_count; i++)
        zone_held_close(&trial->held[i]);
    free(trial->held);
    free(trial->zone_of);
    free(trial->border);
    free(trial->extent);
    zone_unload(&trial->zones);
    zone_methods_close(&trial->methods);
    zone_projection_free(trial->projection);
    zone_crs_free(trial->crs);
    *trial = (zone_trial){0};
}

/* ---------------------------------------------------------------- measuring */

static zone_status measure_borders(zone_trial *trial)
{
    const zone_batch *batch = &trial->sites->batch;

    free(trial->border);
    free(trial->extent);
    trial->border = zone_allocate(trial->ctx, batch->feature_count + 1, sizeof *trial->border);
    trial->extent = zone_allocate(trial->ctx, batch->feature_count + 1, sizeof *trial->extent);
    if (!trial->border || !trial->extent)
        return ZONE_NO_MEMORY;
    for (size_t f = 0; f < batch->feature_count; f++)
        trial->border[f] = zone_border_length(batch, f, &trial->extent[f]);
    return ZONE_OK;
}

zone_status zone_trial_begin(zone_trial *trial)
{
    zone_status status = measure_borders(trial);

    zone_layer_free(trial->all);
    trial->all = NULL;
    return status ? status : zone_runs_layer(trial->ctx, trial->projection, &trial->sites->batch, &trial->all);
}

/* Is the layer asked for what is near? */
static bool is_beside(const zone_held *held)
{
    bool beside = false;

    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++)
        beside = beside || held->beside[d];
    return beside;
}

/* Layers that are asked for what is near come first: the widened sites are the largest layer in memory. */
static zone_status read_layers(zone_trial *trial, const zone_layer *zones, bool near)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < trial->held_count && !status; i++) {
        zone_held *held = &trial->held[i];
        if (is_beside(held) != near)
            continue;
        status = zone_held_read(trial->ctx, trial->projection, &trial->block, zones, held);
        if (status)
            zone_blame_layer(trial->ctx, trial->plan, held->key);
        else
            status = refuse_content(trial, held);
    }
    return status;
}

zone_status zone_trial_block(zone_trial *trial, size_t first, size_t count)
{
    zone_context *ctx = trial->ctx;
    const zone_layer *zones = NULL;
    double distances[ZONE_PLAN_DISTANCES];
    zone_status status = ZONE_OK;

    for (size_t d = 0; d < trial->within_count; d++)
        distances[d] = trial->within[d] / sqrt(trial->square);
    for (size_t i = 0; i < trial->held_count; i++)
        if (trial->held[i].by_zone)
            zones = trial->zones.layer;
    zone_block_close(&trial->block);
    status = zone_block_open(ctx, trial->sites, trial->all, first, count, distances, trial->within_count,
                             trial->projection, &trial->block);
    const zone_pass in_zones = {.projection = trial->projection, .layer = trial->zones.layer};
    const zone_pass in_sites = {.projection = trial->projection, .layer = trial->all, .others = true, .own = first};
    if (!status)
        status = zone_runs_pass(ctx, &in_zones, &trial->block.batch, &trial->in_zones);
    if (!status)
        status = zone_runs_pass(ctx, &in_sites, &trial->block.batch, &trial->in_sites);
    if (!status)
        status = read_layers(trial, zones, true);
    zone_block_drop_near(&trial->block);
    if (!status)
        status = read_layers(trial, zones, false);
    zone_block_drop_layers(&trial->block);
    return status;
}

/* ---------------------------------------------------------------- what a zone has of a site */

static zone_exact area_in_zone(const zone_trial *trial, size_t site, size_t zone)
{
    const zone_piece_list *pieces = &trial->in_zones.pieces;
    zone_exact sum = 0;

    for (size_t i = pieces->start[site]; i < pieces->start[site + 1]; i++)
        if (trial->zone_of[pieces->piece[i].member] == zone)
            sum += pieces->piece[i].area;
    return sum;
}

static zone_exact farmland_in_zone(const zone_trial *trial, size_t site, size_t zone, bool net)
{
    const zone_held *held = zone_trial_held(trial, ZONE_TRIAL_FARMLAND);
    const zone_holding_list *list = &held->in_zones;
    zone_exact sum = 0;
    bool odd = false;

    for (size_t i = list->start[site]; i < list->start[site + 1]; i++) {
        const zone_holding *holding = &list->holding[i];
        zone_exact area = holding->area - holding->repeat;
        if (trial->zone_of[holding->zone] != zone)
            continue;
        if (net)
            area = zone_exact_scale(area, zone_ridge_kept(zone_held_text(held, holding->feature, ZONE_HELD_RIDGE),
                                                          held->ridge_scale, &odd));
        sum += area;
    }
    return sum;
}

static zone_exact construction_in_zone(const zone_trial *trial, size_t site, size_t zone)
{
    const zone_held *held = zone_trial_held(trial, ZONE_TRIAL_LANDUSE);
    const char *edition = zone_plan_layer_find(trial->plan, ZONE_TRIAL_LANDUSE)->edition;
    const zone_holding_list *list = &held->in_zones;
    zone_exact sum = 0;

    for (size_t i = list->start[site]; i < list->start[site + 1]; i++) {
        const zone_holding *holding = &list->holding[i];
        if (trial->zone_of[holding->zone] == zone &&
            zone_plan_is_construction(trial->plan, edition, zone_held_text(held, holding->feature, ZONE_HELD_CLASS)))
            sum += holding->area - holding->repeat;
    }
    return sum;
}

static int by_number(const void *a, const void *b)
{
    const size_t *first = a, *second = b;

    return *first < *second ? -1 : *first > *second;
}

/* All that pieces and farmland lie in, as they come; `zones` NULL counts them. */
static size_t list_zones(const zone_trial *trial, size_t site, size_t *zones)
{
    const zone_piece_list *pieces = &trial->in_zones.pieces;
    size_t count = 0;

    for (size_t i = pieces->start[site]; i < pieces->start[site + 1]; i++, count++)
        if (zones)
            zones[count] = trial->zone_of[pieces->piece[i].member];
    for (size_t h = 0; h < trial->held_count; h++) {
        const zone_holding_list *list = &trial->held[h].in_zones;
        for (size_t i = list->start[site]; i < list->start[site + 1]; i++, count++)
            if (zones)
                zones[count] = trial->zone_of[list->holding[i].zone];
    }
    return count;
}

zone_status zone_trial_zones(const zone_trial *trial, size_t site, size_t **zones, size_t *count)
{
    size_t most = list_zones(trial, site, NULL), *listed = zone_allocate(trial->ctx, most + 1, sizeof *listed);

    *zones = listed;
    *count = 0;
    if (!listed)
        return ZONE_NO_MEMORY;
    list_zones(trial, site, listed);
    qsort(listed, most, sizeof *listed, by_number);
    for (size_t i = 0; i < most; i++)
        if (listed[i] != SIZE_MAX && (*count == 0 || listed[i] != listed[*count - 1]))
            listed[(*count)++] = listed[i];
    return ZONE_OK;
}

zone_exact zone_trial_draw(const zone_trial *trial, size_t site, size_t zone, zone_draws draws)
{
    if (draws == ZONE_DRAWS_AREA)
        return area_in_zone(trial, site, zone);
    if (draws == ZONE_DRAWS_NEW_CONSTRUCTION)
        return area_in_zone(trial, site, zone) - construction_in_zone(trial, site, zone);
    return farmland_in_zone(trial, site, zone, draws == ZONE_DRAWS_FARMLAND_NET);
}

double zone_trial_plane(const zone_trial *trial, zone_int128 drawn)
{
    return trial->square > 0.0 ? ldexp((double)drawn, -61) * trial->square : NAN;
}
