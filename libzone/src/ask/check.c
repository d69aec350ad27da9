/* The question "check": every figure that a plan declares, computed from its layers and judged, and every rule. */
#include "ask/balance.h"
#include "ask/cover.h"
#include "ask/indicators.h"
#include "ask/layout.h"
#include "ask/methods.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Areas of layers that should agree may differ by this much: what repeated conversion of coordinates leaves, 1 m². */
#define SAME_AREA ZONE_EXACT_M2

/* The methods that might turn a verdict, beside the plan's own. */
enum { OTHERS = ZONE_METHODS };

typedef struct {
    zone_context *ctx;
    const zone_plan *plan;
    zone_method method;
    zone_projection *projection;
    zone_balance *balance;
    zone_balance *other[OTHERS]; /* NULL where the method means nothing */
    bool explain;                /* the figure by every method, not only by those that turn the verdict */
    zone_elements elements;
    zone_table *table;
} check_run;

/* ---------------------------------------------------------------- declared figures */

/* An area in the figure's unit, with more digits than were declared, so that the margin can be seen. */
static const char *in_unit(zone_context *ctx, const zone_figure *figure, zone_exact area)
{
    char text[64];
    int decimals = figure->decimals + 4;

    zone_exact_print(zone_exact_round(area, figure->unit, decimals), decimals, text, sizeof text);
    return zone_say(ctx, "%s %s", text, figure->unit->name);
}

/* The figure by the plan's method and by every other. All numbers come before any text: reading a layer ends the life
 * of texts. An area that a method can't give is the plan's own. */
static zone_status measure_all(check_run *run, size_t zone, const char *what, zone_exact *area,
                               zone_exact other[OTHERS])
{
    zone_status status = zone_balance_measure(run->ctx, run->balance, zone, what, area);

    for (int i = 0; i < OTHERS && !status; i++) {
        other[i] = *area;
        if (run->other[i])
            status = zone_balance_measure(run->ctx, run->other[i], zone, what, &other[i]);
    }
    return status;
}

static const char *judge_by_others(check_run *run, const zone_figure *figure, bool met, const zone_exact other[OTHERS])
{
    const char *turning = "";

    const char *all = "";

    for (int i = 0; i < OTHERS; i++) {
        const char *said = zone_say(run->ctx, "%s (%s)", zone_methods_all[i], in_unit(run->ctx, figure, other[i]));
        if (zone_figure_met(figure, other[i]) != met)
            turning = zone_say(run->ctx, "%s%s%s", turning, *turning ? ", " : "", said);
        if (run->explain && run->other[i])
            all = zone_say(run->ctx, "%s; %s", all, said);
    }
    const char *verdict =
        *turning ? zone_say(run->ctx, "would turn by %s", turning) : zone_say(run->ctx, "the same by every method");
    return zone_say(run->ctx, "%s%s", verdict, all);
}

static zone_status check_declared(check_run *run, size_t index, const zone_plan_zone *zone,
                                  const zone_plan_declared *declared)
{
    const zone_figure *figure = &declared->figure;
    zone_exact area = 0, other[OTHERS];
    zone_status status = measure_all(run, index, declared->what, &area, other);
    bool met = !status && zone_figure_met(figure, area);

    if (status)
        return status;
    zone_finding finding = {.check = declared->what,
                            .of = zone->name,
                            .declared = declared->text,
                            .measured = in_unit(run->ctx, figure, area),
                            .difference = in_unit(run->ctx, figure, area - zone_figure_area(figure)),
                            .margin = in_unit(run->ctx, figure, zone_figure_margin(figure, area)),
                            .remark = judge_by_others(run, figure, met, other),
                            .verdict = met ? ZONE_FINDING_MET : ZONE_FINDING_UNMET,
                            .line = declared->line};
    zone_findings_add(run->table, &finding);
    return ZONE_OK;
}

static zone_status check_zone_figures(check_run *run, size_t index, const zone_plan_zone *zone)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < zone->declared_count && !status; i++)
        status = check_declared(run, index, zone, &zone->declared[i]);
    return status;
}

/* ---------------------------------------------------------------- declared sums */

static const zone_plan_declared *declared_of(const zone_plan_zone *zone, const char *what)
{
    for (size_t i = 0; i < zone->declared_count; i++)
        if (strcmp(zone->declared[i].what, what) == 0)
            return &zone->declared[i];
    return NULL;
}

/* The declared figures of the zones add up to the declared whole, at the whole's own decimals. */
static void check_declared_sum(check_run *run, const zone_plan_declared *whole)
{
    const char *terms = "";
    zone_exact sum = 0;
    bool all = true;

    for (size_t z = 0; z < run->plan->zone_count; z++) {
        const zone_plan_declared *part = declared_of(&run->plan->zones[z], whole->what);
        all = all && part && zone_exact_add(sum, zone_figure_area(&part->figure), &sum);
        terms = zone_say(run->ctx, "%s%s%s", terms, z ? " + " : "", part ? part->text : "?");
    }
    bool met = all && zone_figure_met(&whole->figure, sum);
    zone_finding finding = {.check = "declared sum",
                            .of = zone_say(run->ctx, "%s: %s", run->plan->whole.name, zone_tell(run->ctx, whole->what)),
                            .declared = whole->text,
                            .measured = zone_say(run->ctx, "%s = %s", terms, in_unit(run->ctx, &whole->figure, sum)),
                            .difference = in_unit(run->ctx, &whole->figure, sum - zone_figure_area(&whole->figure)),
                            .margin = in_unit(run->ctx, &whole->figure, zone_figure_margin(&whole->figure, sum)),
                            .verdict = met ? ZONE_FINDING_MET : ZONE_FINDING_UNMET,
                            .line = whole->line};
    zone_findings_add(run->table, &finding);
}

/* ---------------------------------------------------------------- zones against the boundary */

/* What the zones and the boundary have of each other. `united` and `common` count no land twice. */
typedef struct {
    zone_exact boundary, zones, united, common, overlap;
    uint32_t first, second;
} cover_sums;

static zone_status add_overlap(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    cover_sums *sums = user;

    if (area > sums->overlap) {
        sums->first = first;
        sums->second = second;
    }
    sums->overlap += area;
    return ZONE_OK;
}

static void add_area_check(check_run *run, const char *check, const char *of, zone_exact area, const char *remark)
{
    zone_exact size = area < 0 ? -area : area;
    zone_finding finding = {
        .check = check,
        .of = of,
        .declared = "0 m2",
        .measured = zone_say(run->ctx, "%.6f m2", zone_exact_to_m2(area)),
        .difference = zone_say(run->ctx, "%.6f m2", zone_exact_to_m2(area)),
        .margin =
            zone_say(run->ctx, "%.6f m2", zone_exact_to_m2(size < SAME_AREA ? SAME_AREA - size : size - SAME_AREA)),
        .remark = remark,
        .verdict = size < SAME_AREA ? ZONE_FINDING_MET : ZONE_FINDING_UNMET};
    zone_findings_add(run->table, &finding);
}

static zone_status cover_boundary(check_run *run, cover_sums *sums, zone_cover *cover, zone_loaded *zones)
{
    zone_loaded boundary = {0};
    zone_status status = zone_load_plan(run->ctx, run->plan, "boundary", run->projection, NULL, 0, &boundary);

    if (!status)
        status = zone_cover_open(run->ctx, cover, run->projection, zones);
    if (!status)
        status = zone_cover_take(run->ctx, cover, &boundary.batch);
    sums->boundary = cover->whole;
    sums->common = cover->inside;
    zone_unload(&boundary);
    return status;
}

/* Where three zones meet, pairs would take away too much. */
static zone_status note_union(void *user, size_t times, zone_exact area)
{
    zone_exact *united = user;

    if (times == 1)
        *united = area;
    return ZONE_OK;
}

static zone_status measure_cover(check_run *run, cover_sums *sums, zone_loaded *zones)
{
    const zone_role id[] = {ZONE_ROLE_ID};
    zone_cover cover = {0};
    zone_status status = zone_load_plan(run->ctx, run->plan, "zones", run->projection, id, 1, zones);

    if (!status)
        status = cover_boundary(run, sums, &cover, zones);
    if (!status)
        status = zone_overlay_self(run->ctx, zones->layer, add_overlap, sums);
    for (size_t z = 0; !status && z < zone_layer_count(zones->layer); z++)
        sums->zones += zone_layer_area(zones->layer, z);
    if (!status)
        status = zone_overlay_depths(run->ctx, zones->layer, note_union, &sums->united);
    zone_cover_close(&cover);
    return status;
}

/* A zone by its id, or by the id of its feature. */
static const char *name_zone(check_run *run, const zone_loaded *zones, uint32_t member)
{
    const char *id = zone_batch_text(&zones->batch, member, 0);

    return id && *id ? id : zone_say(run->ctx, "%lld", (long long)zones->batch.id[member]);
}

static zone_status check_cover(check_run *run)
{
    cover_sums sums = {0};
    zone_loaded zones = {0};
    zone_status status = measure_cover(run, &sums, &zones);

    if (!status) {
        const char *whole = run->plan->whole.name, *pair = NULL;
        if (zone_piece_counts(sums.overlap))
            pair = zone_say(run->ctx, "%s and %s", name_zone(run, &zones, sums.first),
                            name_zone(run, &zones, sums.second));
        add_area_check(run, "sum of zones less boundary", whole, sums.zones - sums.boundary, NULL);
        add_area_check(run, "zones overlap", whole, sums.overlap, pair);
        add_area_check(run, "boundary outside every zone", whole, sums.boundary - sums.common, NULL);
        add_area_check(run, "zones outside the boundary", whole, sums.united - sums.common, NULL);
    }
    zone_unload(&zones);
    return status;
}

/* ---------------------------------------------------------------- validity of layers */

typedef struct {
    size_t features, invalid;
    char first[256], place[64];
} layer_validity;

static zone_status judge_layer(zone_context *ctx, zone_source *source, layer_validity *validity)
{
    const zone_request request = {.as_drawn = true};
    zone_batch batch = {0};
    zone_status status = zone_source_read(ctx, source, &request, &batch);

    for (size_t f = 0; f < batch.feature_count && !status; f++) {
        zone_geometry *geometry = NULL;
        const char *reason = batch.reason[f];
        double x = NAN, y = NAN;
        bool valid = batch.state[f] != ZONE_FEATURE_REJECTED;
        if (valid && batch.shape[f] == ZONE_SHAPE_AREA) {
            status = zone_geometry_from_batch(ctx, &batch, f, &geometry);
            valid = !status && zone_geometry_valid(ctx, geometry, &reason, &x, &y);
            zone_geometry_free(geometry);
            if (valid && batch.reason[f]) {
                valid = false; /* a ring that was not closed: the batch can't show it, only tell it, with its place */
                reason = batch.reason[f];
                x = NAN;
            }
        }
        validity->features++;
        if (!valid && validity->invalid++ == 0) {
            const char *text = zone_say(ctx, "%lld (%s)", (long long)batch.id[f], reason ? reason : "");
            strncpy(validity->first, text, sizeof validity->first - 1);
            if (isfinite(x))
                strncpy(validity->place, zone_say(ctx, "%.3f %.3f", x, y), sizeof validity->place - 1);
        }
    }
    zone_batch_free(&batch);
    return status;
}

/* The layer sites holds red lines as their makers drew them: faults there are for the batch check of sites to judge, so
 * here they are noted and do not fail the plan. */
static zone_status check_layer(check_run *run, const zone_plan_layer *layer)
{
    layer_validity validity = {0};
    zone_source *source = NULL;
    zone_crs *crs = NULL;
    zone_status status = zone_plan_source(run->ctx, run->plan, layer->key, &source, &crs);

    if (!status)
        status = judge_layer(run->ctx, source, &validity);
    zone_source_close(source);
    zone_crs_free(crs);
    if (status)
        return status;
    bool met = validity.invalid == 0 && validity.features > 0, sites = strcmp(layer->key, "sites") == 0;
    zone_finding finding = {.check = "validity",
                            .of = layer->key,
                            .declared = zone_say(run->ctx, "valid"),
                            .measured =
                                zone_say(run->ctx, "%zu features, %zu not valid", validity.features, validity.invalid),
                            .difference = zone_say(run->ctx, "%zu", validity.invalid),
                            .margin = zone_say(run->ctx, "%zu", validity.invalid ? validity.invalid : 1),
                            .remark = validity.invalid ? validity.first : NULL,
                            .place = *validity.place ? validity.place : NULL,
                            .verdict = met     ? ZONE_FINDING_MET
                                       : sites ? ZONE_FINDING_NOTE
                                               : ZONE_FINDING_UNMET,
                            .line = layer->line};
    zone_findings_add(run->table, &finding);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- indicators */

static void check_indicator(check_run *run, size_t index)
{
    const zone_plan_indicator *indicator = &run->plan->indicators[index];
    const char *form = zone_indicator_form(run->plan, index);
    bool met = strcmp(form, "well formed") == 0;
    zone_finding finding = {.check = "indicator",
                            .of = zone_say(run->ctx, "%s %s", indicator->number, indicator->name),
                            .declared = zone_say(run->ctx, "%s → %s %s", indicator->base ? indicator->base : "-",
                                                 indicator->target, indicator->unit),
                            .measured = zone_tell(run->ctx, form),
                            .verdict = met ? ZONE_FINDING_MET : ZONE_FINDING_UNMET,
                            .line = indicator->line};

    zone_findings_add(run->table, &finding);
}

/* ---------------------------------------------------------------- the whole */

static zone_status open_others(check_run *run)
{
    for (int i = 0; i < OTHERS; i++) {
        if (strcmp(zone_methods_all[i], run->method.name) == 0)
            continue;
        zone_status status = zone_balance_open(run->ctx, run->plan, zone_methods_all[i], &run->other[i]);
        if (status == ZONE_NO_MEMORY || status == ZONE_CANCELLED)
            return status;
        if (status)
            run->other[i] = NULL;
    }
    return ZONE_OK;
}

static zone_status check_figures(check_run *run)
{
    const zone_plan *plan = run->plan;
    zone_status status = ZONE_OK;

    for (size_t z = 0; z < plan->zone_count && !status; z++)
        status = check_zone_figures(run, z, &plan->zones[z]);
    if (!status)
        status = check_zone_figures(run, ZONE_BALANCE_WHOLE, &plan->whole);
    for (size_t i = 0; i < plan->whole.declared_count && !status; i++)
        check_declared_sum(run, &plan->whole.declared[i]);
    return status ? status : check_cover(run);
}

static zone_status check_all(check_run *run)
{
    zone_status status = open_others(run);

    if (!status)
        status = zone_plan_expansion(run->ctx, run->plan);
    if (!status)
        status = check_figures(run);
    if (!status)
        status = zone_layout_findings(run->ctx, run->plan, &run->elements, run->projection, run->table);
    for (size_t i = 0; i < run->plan->layer_count && !status; i++)
        status = check_layer(run, &run->plan->layers[i]);
    for (size_t i = 0; i < run->plan->indicator_count && !status; i++)
        check_indicator(run, i);
    return status;
}

static void close_run(check_run *run)
{
    for (int i = 0; i < OTHERS; i++)
        zone_balance_close(run->other[i]);
    zone_balance_close(run->balance);
    zone_elements_close(&run->elements);
    zone_projection_free(run->projection);
    zone_table_free(run->table);
}

zone_status zone_check(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options, zone_table **table)
{
    check_run run = {.ctx = ctx, .plan = plan, .explain = options && options->explain};
    const char *method = options ? options->method : NULL;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!plan)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan");
    zone_elements_open(&run.elements, plan);
    status = zone_plan_projection(ctx, plan, method, &run.method, &run.projection);
    run.table = zone_findings_create("check");
    if (!status)
        status = zone_balance_open(ctx, plan, method, &run.balance);
    if (!status)
        status = check_all(&run);
    if (!status) {
        zone_table_set_title(run.table, zone_say(ctx, "%s (%s)", plan->title, run.method.name));
        zone_findings_judge(ctx, run.table);
        zone_balance_books(ctx, run.balance, run.table);
        zone_provenance_plan(ctx, run.table, plan);
        zone_provenance_run(ctx, run.table, &run.method, NULL);
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    close_run(&run);
    return status;
}
