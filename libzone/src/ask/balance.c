/* The balance of a plan's land. */
#include "ask/balance.h"

#include "ask/collisions.h"
#include "ask/ridges.h"
#include "base/units.h"
#include "plan/classes.h"
#include "read/geometry.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef enum { BOUNDARY, ZONES, STATUS, FARMLAND, PLANNED, LANDUSE, SLOTS } layer_slot;

/* The layers of the plan and the role of the one field that is needed of each. */
static const struct {
    const char *key;
    zone_role role;
    bool needed; /* the role; land without a ridge coefficient has no ridges */
} slots[SLOTS] = {
    [BOUNDARY] = {"boundary", ZONE_ROLE_ID, false}, [ZONES] = {"zones", ZONE_ROLE_ID, true},
    [STATUS] = {"status", ZONE_ROLE_STATE, true},   [FARMLAND] = {"farmland", ZONE_ROLE_RIDGE, false},
    [PLANNED] = {"planned", ZONE_ROLE_CLASS, true}, [LANDUSE] = {"landuse", ZONE_ROLE_CLASS, true},
};

/* Land of one zone. */
typedef struct {
    zone_exact area, built, available;
    zone_exact farmland; /* all of it */
    zone_need need[ZONE_NEED_KINDS];
} zone_land;

struct zone_balance {
    const zone_plan *plan;
    zone_method method;
    zone_projection *projection;
    zone_loaded loaded[SLOTS];
    bool is_loaded[SLOTS], status_done, need_done, kind_done[ZONE_NEED_KINDS];
    zone_collisions collisions[SLOTS]; /* of ZONES, STATUS and FARMLAND, once they are loaded */
    size_t *zone_of;                   /* member of the layer zones → index in plan->zones, or SIZE_MAX */
    zone_land *land;                   /* by zone of the plan */
    double *kept;                      /* of each farmland feature: 1 - ridge coefficient */
    uint64_t odd_ridges, odd_states;
    zone_exact united[ZONE_NEED_KINDS]; /* what blocks of a kind cover more than once */
};

/* ---------------------------------------------------------------- layers */

static zone_status load(zone_context *ctx, zone_balance *balance, layer_slot slot)
{
    zone_loaded *loaded = &balance->loaded[slot];
    int field = -1;
    zone_status status = ZONE_OK;

    if (balance->is_loaded[slot])
        return ZONE_OK;
    status = zone_plan_source(ctx, balance->plan, slots[slot].key, &loaded->source, &loaded->crs);
    if (status)
        return status;
    loaded->owned = balance->is_loaded[slot] = true;
    field = zone_source_role(loaded->source, slots[slot].role);
    if (field < 0 && slots[slot].needed)
        status = zone_fail(ctx, ZONE_BAD_FIELD, .file = zone_source_path(loaded->source),
                           .layer = zone_source_layer(loaded->source),
                           .expected = zone_say(ctx, "a field for the role '%s'", zone_role_name(slots[slot].role)),
                           .remedy = zone_say(ctx, "fields: {%s: NAME} in the plan's layer %s",
                                              zone_role_name(slots[slot].role), slots[slot].key));
    if (!status)
        status = zone_load(ctx, loaded->source, balance->projection, &field, field >= 0, loaded);
    if (!status)
        status = zone_books_refuse(ctx, &loaded->books, loaded->source);
    if (status)
        zone_blame_layer(ctx, balance->plan, slots[slot].key);
    return status;
}

static zone_status load_with_collisions(zone_context *ctx, zone_balance *balance, layer_slot slot)
{
    bool before = balance->is_loaded[slot];
    zone_status status = load(ctx, balance, slot);

    if (status || before)
        return status;
    return zone_collisions_find(ctx, balance->loaded[slot].layer, &balance->collisions[slot]);
}

static size_t find_zone(const zone_plan *plan, const char *id)
{
    for (size_t z = 0; id && z < plan->zone_count; z++)
        if (strcmp(plan->zones[z].id, id) == 0)
            return z;
    return SIZE_MAX;
}

static zone_status load_zones(zone_context *ctx, zone_balance *balance)
{
    const zone_plan *plan = balance->plan;
    const zone_loaded *zones = &balance->loaded[ZONES];
    zone_status status = balance->zone_of ? ZONE_OK : load_with_collisions(ctx, balance, ZONES);

    if (status || balance->zone_of)
        return status;
    balance->zone_of = zone_allocate(ctx, zones->batch.feature_count, sizeof *balance->zone_of);
    bool *found = zone_allocate(ctx, plan->zone_count + 1, sizeof *found);
    if (!balance->zone_of || !found)
        status = ZONE_NO_MEMORY;
    for (size_t m = 0; m < zones->batch.feature_count && !status; m++) {
        size_t zone = find_zone(plan, zone_batch_text(&zones->batch, m, 0));
        balance->zone_of[m] = zone;
        if (zone == SIZE_MAX)
            continue;
        found[zone] = true;
        zone_exact *area = &balance->land[zone].area;
        zone_exact_add(*area, zone_layer_area(zones->layer, m), area);
    }
    for (size_t z = 0; z < plan->zone_count && !status; z++)
        if (!found[z])
            status = zone_fail(ctx, ZONE_BAD_LAYER, .what = "a zone of the plan is not in its layer",
                               .file = zone_source_path(zones->source), .layer = zone_source_layer(zones->source),
                               .named_in = zone_say(ctx, "%s:%d, zones", plan->path, plan->zones[z].line),
                               .expected = zone_say(ctx, "a feature with id %s", plan->zones[z].id),
                               .remedy = "give the zone the id that it has in the layer");
    free(found);
    return status;
}

zone_status zone_balance_open(zone_context *ctx, const zone_plan *plan, const char *method, zone_balance **out)
{
    zone_balance *balance = zone_allocate(ctx, 1, sizeof *balance);
    zone_status status = balance ? ZONE_OK : ZONE_NO_MEMORY;

    *out = NULL;
    if (status)
        return status;
    balance->plan = plan;
    balance->land = zone_allocate(ctx, plan->zone_count + 1, sizeof *balance->land);
    status = balance->land ? zone_plan_projection(ctx, plan, method, &balance->method, &balance->projection)
                           : ZONE_NO_MEMORY;
    if (status) {
        zone_balance_close(balance);
        return status;
    }
    *out = balance;
    return ZONE_OK;
}

void zone_balance_close(zone_balance *balance)
{
    if (!balance)
        return;
    for (int slot = 0; slot < SLOTS; slot++) {
        zone_unload(&balance->loaded[slot]);
        zone_collisions_free(&balance->collisions[slot]);
    }
    zone_projection_free(balance->projection);
    free(balance->zone_of);
    free(balance->land);
    free(balance->kept);
    free(balance);
}

const zone_method *zone_balance_method(const zone_balance *balance)
{
    return &balance->method;
}

/* ---------------------------------------------------------------- projects */

typedef enum { STATE_OTHER, STATE_BUILT, STATE_AVAILABLE } land_state;

static land_state state_of(const char *text)
{
    static const struct {
        const char *text;
        land_state state;
    } states[] = {{"built", STATE_BUILT}, {"已建", STATE_BUILT},          {"under_construction", STATE_BUILT},
                  {"在建", STATE_BUILT},  {"available", STATE_AVAILABLE}, {"可用", STATE_AVAILABLE}};

    for (size_t i = 0; text && i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].text, text) == 0)
            return states[i].state;
    return STATE_OTHER;
}

static void add_project(zone_balance *balance, size_t feature, uint32_t member, zone_exact area)
{
    size_t zone = balance->zone_of[member];
    land_state state = state_of(zone_batch_text(&balance->loaded[STATUS].batch, feature, 0));

    if (zone == SIZE_MAX || state == STATE_OTHER)
        return;
    zone_exact *sum = state == STATE_BUILT ? &balance->land[zone].built : &balance->land[zone].available;
    zone_exact_add(*sum, area, sum);
}

static zone_status take_project(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    zone_balance *balance = user;

    (void)whole;
    for (size_t i = 0; i < count; i++)
        add_project(balance, feature, pieces[i].member, pieces[i].area);
    return ZONE_OK;
}

static zone_status repeat_project(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    add_project(user, feature, member, -area);
    return ZONE_OK;
}

static zone_status measure_status(zone_context *ctx, zone_balance *balance)
{
    const zone_loaded *projects = &balance->loaded[STATUS];
    const zone_layer *zones = NULL;
    zone_status status = balance->status_done ? ZONE_OK : load_zones(ctx, balance);

    if (status || balance->status_done)
        return status;
    zones = balance->loaded[ZONES].layer;
    status = load_with_collisions(ctx, balance, STATUS);
    for (size_t f = 0; f < projects->batch.feature_count && !status; f++)
        balance->odd_states += state_of(zone_batch_text(&projects->batch, f, 0)) == STATE_OTHER;
    if (!status)
        status = zone_overlay(ctx, balance->projection, &projects->batch, zones, take_project, balance);
    if (!status)
        status = zone_collisions_repeat(ctx, balance->projection, &projects->batch, &balance->collisions[STATUS], zones,
                                        repeat_project, balance);
    balance->status_done = !status;
    return status;
}

/* ---------------------------------------------------------------- farmland */

static zone_status load_farmland(zone_context *ctx, zone_balance *balance)
{
    zone_loaded *farmland = &balance->loaded[FARMLAND];
    zone_status status = load_with_collisions(ctx, balance, FARMLAND);

    if (status)
        return status;
    double scale = zone_source_ridge_scale(farmland->source);
    balance->kept = zone_allocate(ctx, farmland->batch.feature_count, sizeof *balance->kept);
    if (!balance->kept)
        return ZONE_NO_MEMORY;
    for (size_t f = 0; f < farmland->batch.feature_count; f++) {
        bool odd = false;
        balance->kept[f] =
            zone_ridge_kept(farmland->batch.field_count ? zone_batch_text(&farmland->batch, f, 0) : NULL, scale, &odd);
        balance->odd_ridges += odd;
    }
    return ZONE_OK;
}

/* One kind while it is measured: farmland against (zone, block) members. */
typedef struct {
    zone_balance *balance;
    zone_need_kind kind;
    const zone_layer *blocks;
} need_run;

static void add_need(need_run *run, size_t feature, uint32_t member, zone_exact area, int sign)
{
    uint32_t pair[2];
    zone_layer_pair(run->blocks, member, pair);
    size_t zone = run->balance->zone_of[pair[0]];

    if (zone == SIZE_MAX)
        return;
    zone_need *need = &run->balance->land[zone].need[run->kind];
    zone_exact net = zone_exact_scale(area, run->balance->kept[feature]);
    zone_exact_add(need->gross, sign * area, &need->gross);
    zone_exact_add(need->net, sign * net, &need->net);
    need->pieces += sign > 0 && zone_piece_counts(area);
}

static zone_status take_farmland(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    (void)whole;
    for (size_t i = 0; i < count; i++)
        add_need(user, feature, pieces[i].member, pieces[i].area, 1);
    return ZONE_OK;
}

static zone_status repeat_farmland(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    add_need(user, feature, member, area, -1);
    return ZONE_OK;
}

/* Does a block of the layer count for the kind? */
static bool counts_as(const zone_balance *balance, zone_need_kind kind, layer_slot slot, const char *code)
{
    const zone_plan_layer *layer = zone_plan_layer_find(balance->plan, slots[slot].key);
    bool construction = zone_plan_is_construction(balance->plan, layer->edition, code);
    char first[3] = "";
    zone_class class;

    if (kind != ZONE_NEED_OTHER)
        return construction;
    if (code && layer->edition)
        zone_class_first(zone_edition_find(layer->edition), code, first, &class);
    return !construction && first[0] == '0' && first[1] >= '2' && first[1] <= '6';
}

/* The blocks of a kind. Where they overlap each other they are united first, so that no land counts twice. */
static zone_status pick_blocks(zone_context *ctx, zone_balance *balance, zone_need_kind kind, layer_slot slot,
                               zone_layer **layer)
{
    const zone_batch *all = &balance->loaded[slot].batch;
    zone_batch picked = {0};
    zone_collisions collisions = {0};
    zone_geometry *whole = NULL;
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < all->feature_count && !status; f++)
        if (counts_as(balance, kind, slot, zone_batch_text(all, f, 0)))
            status = zone_batch_add_copy(ctx, &picked, all, f);
    if (!status)
        status = zone_layer_of_batch(ctx, balance->projection, &picked, layer);
    if (!status)
        status = zone_collisions_find(ctx, *layer, &collisions);
    for (size_t p = 0; p < collisions.count; p++)
        zone_exact_add(balance->united[kind], collisions.pair[p].area, &balance->united[kind]);
    if (!status && collisions.count) {
        zone_layer_free(*layer);
        *layer = NULL;
        status = zone_geometry_union_batch(ctx, &picked, &whole);
        zone_batch_clear(&picked);
        if (!status)
            status = zone_geometry_to_batch(ctx, whole, 0, &picked);
        if (!status)
            status = zone_layer_of_batch(ctx, balance->projection, &picked, layer);
    }
    zone_geometry_free(whole);
    zone_collisions_free(&collisions);
    zone_batch_free(&picked);
    return status;
}

static zone_status measure_kind(zone_context *ctx, zone_balance *balance, zone_need_kind kind, layer_slot slot)
{
    const zone_loaded *farmland = &balance->loaded[FARMLAND];
    zone_layer *blocks = NULL, *by_zone = NULL;
    zone_status status = load(ctx, balance, slot);

    if (!status)
        status = pick_blocks(ctx, balance, kind, slot, &blocks);
    if (!status)
        status = zone_layer_intersect(ctx, balance->loaded[ZONES].layer, blocks, &by_zone);
    need_run run = {balance, kind, by_zone};
    if (!status)
        status = zone_overlay(ctx, balance->projection, &farmland->batch, by_zone, take_farmland, &run);
    if (!status)
        status = zone_collisions_repeat(ctx, balance->projection, &farmland->batch, &balance->collisions[FARMLAND],
                                        by_zone, repeat_farmland, &run);
    zone_layer_free(by_zone);
    zone_layer_free(blocks);
    return status;
}

static zone_status take_all_farmland(void *user, size_t feature, zone_exact whole, const zone_piece *pieces,
                                     size_t count)
{
    zone_balance *balance = user;

    (void)feature;
    (void)whole;
    for (size_t i = 0; i < count; i++) {
        size_t zone = balance->zone_of[pieces[i].member];
        if (zone != SIZE_MAX)
            zone_exact_add(balance->land[zone].farmland, pieces[i].area, &balance->land[zone].farmland);
    }
    return ZONE_OK;
}

/* Farmland by zone, once. */
static zone_status measure_farmland(zone_context *ctx, zone_balance *balance)
{
    zone_status status = balance->need_done ? ZONE_OK : load_zones(ctx, balance);

    if (status || balance->need_done)
        return status;
    status = load_farmland(ctx, balance);
    if (!status)
        status = zone_overlay(ctx, balance->projection, &balance->loaded[FARMLAND].batch, balance->loaded[ZONES].layer,
                              take_all_farmland, balance);
    balance->need_done = !status;
    return status;
}

/* What of it is of one kind, once: the layers of a kind are large, and a check asks for one kind only. */
static zone_status measure_need(zone_context *ctx, zone_balance *balance, zone_need_kind kind)
{
    layer_slot slot = kind == ZONE_NEED_BUILT ? LANDUSE : PLANNED;
    zone_status status = measure_farmland(ctx, balance);

    if (status || balance->kind_done[kind])
        return status;
    if (kind != ZONE_NEED_BUILT || zone_plan_layer_find(balance->plan, slots[LANDUSE].key))
        status = measure_kind(ctx, balance, kind, slot);
    balance->kind_done[kind] = !status;
    return status;
}

static zone_status measure_planned_need(zone_context *ctx, zone_balance *balance)
{
    return measure_need(ctx, balance, ZONE_NEED_PLANNED);
}

/* ---------------------------------------------------------------- figures */

static zone_exact sum_of(const zone_balance *balance, size_t zone, size_t offset)
{
    zone_exact sum = 0;

    for (size_t z = 0; z < balance->plan->zone_count; z++)
        if (zone == z || zone == ZONE_BALANCE_WHOLE) {
            zone_exact part = 0;
            memcpy(&part, (const char *)&balance->land[z] + offset, sizeof part);
            zone_exact_add(sum, part, &sum);
        }
    return sum;
}

static zone_status measure_boundary(zone_context *ctx, zone_balance *balance, zone_exact *area)
{
    zone_status status = load(ctx, balance, BOUNDARY);

    for (size_t m = 0; !status && m < zone_layer_count(balance->loaded[BOUNDARY].layer); m++)
        zone_exact_add(*area, zone_layer_area(balance->loaded[BOUNDARY].layer, m), area);
    return status;
}

zone_status zone_balance_measure(zone_context *ctx, zone_balance *balance, size_t zone, const char *what,
                                 zone_exact *area)
{
    static const struct {
        const char *what;
        zone_status (*measure)(zone_context *, zone_balance *);
        size_t offset;
    } figures[] = {
        {"area", load_zones, offsetof(zone_land, area)},
        {"farmland", measure_planned_need, offsetof(zone_land, need) + offsetof(zone_need, gross)},
        {"built", measure_status, offsetof(zone_land, built)},
        {"available", measure_status, offsetof(zone_land, available)},
    };
    zone_status status = ZONE_OK;

    *area = 0;
    if (zone == ZONE_BALANCE_WHOLE && strcmp(what, "area") == 0)
        return measure_boundary(ctx, balance, area);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(figures[i].what, what) != 0)
            continue;
        status = figures[i].measure(ctx, balance);
        *area = status ? 0 : sum_of(balance, zone, figures[i].offset);
        return status;
    }
    return zone_fail(ctx, ZONE_BAD_USAGE, .found = zone_say(ctx, "%s", what),
                     .expected = "area, farmland, built or available");
}

zone_status zone_balance_need(zone_context *ctx, zone_balance *balance, size_t zone, zone_need_kind kind,
                              zone_need *need)
{
    size_t at = offsetof(zone_land, need) + (size_t)kind * sizeof *need;
    zone_status status = measure_need(ctx, balance, kind);

    *need = (zone_need){0};
    if (status)
        return status;
    need->gross = sum_of(balance, zone, at + offsetof(zone_need, gross));
    need->net = sum_of(balance, zone, at + offsetof(zone_need, net));
    for (size_t z = 0; z < balance->plan->zone_count; z++)
        if (zone == z || zone == ZONE_BALANCE_WHOLE)
            need->pieces += balance->land[z].need[kind].pieces;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- books */

static void collision_line(zone_context *ctx, const zone_balance *balance, layer_slot slot, zone_table *table)
{
    const zone_collisions *collisions = &balance->collisions[slot];
    zone_exact sum = 0;

    for (size_t p = 0; p < collisions->count; p++)
        zone_exact_add(sum, collisions->pair[p].area, &sum);
    zone_table_add_closure(table, "counted more than once", zone_source_label(balance->loaded[slot].source), sum,
                           collisions->count ? zone_collisions_text(ctx, collisions, balance->loaded[slot].batch.id)
                                             : NULL);
}

static void need_lines(zone_context *ctx, const zone_balance *balance, zone_table *table)
{
    const zone_loaded *farmland = &balance->loaded[FARMLAND];
    const char *label = zone_source_label(farmland->source);
    zone_exact whole = 0, inside = sum_of(balance, ZONE_BALANCE_WHOLE, offsetof(zone_land, farmland));

    for (size_t m = 0; m < zone_layer_count(farmland->layer); m++)
        zone_exact_add(whole, zone_layer_area(farmland->layer, m), &whole);
    zone_table_add_closure(table, "whole", label, whole, NULL);
    zone_table_add_closure(table, "in zones", label, inside, NULL);
    zone_table_add_closure(table, "outside every zone", label, whole - inside, NULL);
    zone_table_add_closure(table, "counted more than once", zone_source_label(balance->loaded[PLANNED].source),
                           balance->united[ZONE_NEED_PLANNED],
                           balance->united[ZONE_NEED_PLANNED] ? zone_tell(ctx, "blocks that overlap were united first")
                                                              : NULL);
}

void zone_balance_books(zone_context *ctx, zone_balance *balance, zone_table *table)
{
    static const layer_slot colliding[] = {ZONES, STATUS, FARMLAND};

    for (int slot = 0; slot < SLOTS; slot++)
        if (balance->is_loaded[slot])
            zone_books_close(&balance->loaded[slot].books, table);
    if (balance->kind_done[ZONE_NEED_PLANNED])
        need_lines(ctx, balance, table);
    for (size_t i = 0; i < sizeof colliding / sizeof *colliding; i++)
        if (balance->is_loaded[colliding[i]])
            collision_line(ctx, balance, colliding[i], table);
    zone_provenance_fallbacks(ctx, table, balance->projection);
    if (balance->odd_ridges)
        zone_table_add_provenance(table, "ridge coefficients that are none, taken as 0",
                                  zone_say(ctx, "%llu", (unsigned long long)balance->odd_ridges));
    if (balance->odd_states)
        zone_table_add_provenance(table, "projects of unknown state, not counted",
                                  zone_say(ctx, "%llu", (unsigned long long)balance->odd_states));
    for (int slot = 0; slot < SLOTS; slot++)
        if (balance->is_loaded[slot])
            zone_provenance_source(ctx, table, balance->loaded[slot].source);
}
