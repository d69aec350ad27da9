/* The question "indicators": what each asks for every year, and whether it is well formed. */
#include "ask/indicators.h"
#include "ask/layers.h"

#include <math.h>
#include <string.h>

enum { NUMBER, GROUP, NAME, KIND, UNIT, BASE, TARGET, CHANGE, GROWTH, FORM, COLUMNS };

static const zone_column columns[COLUMNS] = {
    [NUMBER] = {.name = "number", .heading = "number", .type = ZONE_COLUMN_TEXT},
    [GROUP] = {.name = "group", .heading = "group", .type = ZONE_COLUMN_TEXT},
    [NAME] = {.name = "name", .heading = "name", .type = ZONE_COLUMN_TEXT},
    [KIND] = {.name = "kind", .heading = "kind", .type = ZONE_COLUMN_TEXT},
    [UNIT] = {.name = "unit", .heading = "unit", .type = ZONE_COLUMN_TEXT},
    [BASE] = {.name = "base", .heading = "base", .type = ZONE_COLUMN_TEXT},
    [TARGET] = {.name = "target", .heading = "target", .type = ZONE_COLUMN_TEXT},
    [CHANGE] = {.name = "change", .heading = "change", .type = ZONE_COLUMN_REAL, .decimals = 2},
    [GROWTH] = {.name = "growth", .heading = "yearly growth", .type = ZONE_COLUMN_REAL, .decimals = 2, .unit = "%"},
    [FORM] = {.name = "form", .heading = "form", .type = ZONE_COLUMN_TEXT, .verdict = true},
};

/* A plan of 2021-2025 starts from the end of 2020: five years of growth. 0 without a period. */
static int years_of(const zone_plan *plan)
{
    return plan->first_year > 0 ? plan->last_year - plan->first_year + 1 : 0;
}

static bool is_twin(const zone_plan *plan, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(plan->indicators[i].number, plan->indicators[index].number) == 0)
            return true;
    return false;
}

const char *zone_indicator_form(const zone_plan *plan, size_t index)
{
    const zone_plan_indicator *indicator = &plan->indicators[index];
    bool share = indicator->unit && strcmp(indicator->unit, "%") == 0;

    if (!indicator->number || is_twin(plan, index))
        return "a number of its own is missing";
    if (!indicator->unit || !*indicator->unit)
        return "no unit";
    if (!indicator->target || !isfinite(indicator->target_value))
        return "the target is no number";
    if (indicator->base && !isfinite(indicator->base_value))
        return "the base is no number";
    if (share && (indicator->target_value < 0 || indicator->target_value > 100))
        return "a share outside 0 to 100";
    if (indicator->base && indicator->base_value == indicator->target_value)
        return "the target is the base";
    return "well formed";
}

static void fill_row(zone_table *table, const zone_plan *plan, size_t index, int years)
{
    const zone_plan_indicator *indicator = &plan->indicators[index];
    const char *texts[] = {indicator->number, indicator->group, indicator->name,  indicator->kind,
                           indicator->unit,   indicator->base,  indicator->target};
    size_t row = zone_table_add_row(table);
    double base = indicator->base ? indicator->base_value : NAN, target = indicator->target_value;

    for (int i = NUMBER; i <= TARGET; i++)
        zone_table_set_text(table, row, i, texts[i]);
    zone_table_set_real(table, row, CHANGE, target - base);
    if (years > 0 && base > 0 && target > 0)
        zone_table_set_real(table, row, GROWTH, 100.0 * (pow(target / base, 1.0 / years) - 1.0));
    zone_table_set_text(table, row, FORM, zone_indicator_form(plan, index));
}

zone_status zone_indicators(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options,
                            zone_table **out)
{
    zone_status verdict = ZONE_OK;

    (void)options; /* no area is in an indicator */
    zone_context_begin(ctx);
    *out = NULL;
    if (!plan)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan");
    if (plan->indicator_count == 0)
        return zone_fail(ctx, ZONE_EMPTY, .file = plan->path, .key = "indicators", .found = "a plan without indicators",
                         .remedy = "add indicators to the plan");
    zone_table *table = zone_table_create("indicators");
    zone_table_set_title(table, zone_say(ctx, "indicators of %s, %s", plan->title, plan->period ? plan->period : ""));
    for (int i = 0; i < COLUMNS; i++)
        zone_table_add_column(table, columns[i]);
    for (size_t i = 0; i < plan->indicator_count; i++) {
        fill_row(table, plan, i, years_of(plan));
        if (strcmp(zone_indicator_form(plan, i), "well formed") != 0)
            verdict = ZONE_UNMET;
    }
    zone_table_set_verdict(table, verdict);
    zone_provenance_run(ctx, table, NULL, NULL);
    zone_provenance_plan(ctx, table, plan);
    return zone_table_finish(ctx, table, out);
}
