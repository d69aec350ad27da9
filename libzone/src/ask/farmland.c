/* The question "farmland": what of the permanent basic farmland the plan needs adjusted, by zone. */
#include "ask/balance.h"
#include "ask/methods.h"

#include "base/units.h"

#include <stdio.h>
#include <string.h>

/* A figure is shown in its own unit, so differences are areas and the figure a text. */
enum { ZONE, NAME, PIECES, NEED, NEED_NET, BUILT, BUILT_NET, OTHER, OTHER_NET, DECLARED, DIFFERENCE, VERDICT, MARGIN };

static const zone_column columns[] = {
    [ZONE] = {.name = "zone", .heading = "zone", .type = ZONE_COLUMN_TEXT},
    [NAME] = {.name = "name", .heading = "name", .type = ZONE_COLUMN_TEXT},
    [PIECES] = {.name = "pieces", .heading = "pieces", .type = ZONE_COLUMN_INTEGER, .adds = true},
    [NEED] = {.name = "need", .heading = "farmland to adjust", .type = ZONE_COLUMN_AREA, .adds = true},
    [NEED_NET] = {.name = "need_net", .heading = "to adjust, net of ridges", .type = ZONE_COLUMN_AREA, .adds = true},
    [BUILT] = {.name = "built", .heading = "built already", .type = ZONE_COLUMN_AREA, .adds = true},
    [BUILT_NET] = {.name = "built_net", .heading = "built already, net", .type = ZONE_COLUMN_AREA, .adds = true},
    [OTHER] = {.name = "other_planned", .heading = "under other plans", .type = ZONE_COLUMN_AREA, .adds = true},
    [OTHER_NET] = {.name = "other_planned_net",
                   .heading = "under other plans, net",
                   .type = ZONE_COLUMN_AREA,
                   .adds = true},
    [DECLARED] = {.name = "declared", .heading = "declared", .type = ZONE_COLUMN_TEXT},
    [DIFFERENCE] = {.name = "difference", .heading = "difference", .type = ZONE_COLUMN_AREA},
    [VERDICT] = {.name = "verdict", .heading = "verdict", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [MARGIN] = {.name = "margin", .heading = "margin", .type = ZONE_COLUMN_AREA},
};

static const zone_plan_declared *find_declared(const zone_plan_zone *zone)
{
    for (size_t i = 0; i < zone->declared_count; i++)
        if (strcmp(zone->declared[i].what, "farmland") == 0)
            return &zone->declared[i];
    return NULL;
}

static bool fill_declared(zone_table *table, size_t row, const zone_plan_declared *declared, zone_exact need)
{
    bool met = zone_figure_met(&declared->figure, need);

    zone_table_set_text(table, row, DECLARED, declared->text);
    zone_table_set_area(table, row, DIFFERENCE, need - zone_figure_area(&declared->figure));
    zone_table_set_text(table, row, VERDICT, met ? "met" : "unmet");
    zone_table_set_area(table, row, MARGIN, zone_figure_margin(&declared->figure, need));
    return met;
}

/* A zone's row; *met is cleared when its declared figure is not met. */
static zone_status fill_zone(zone_context *ctx, zone_balance *balance, const zone_plan *plan, size_t zone,
                             zone_table *table, bool *met)
{
    static const int gross[ZONE_NEED_KINDS] = {NEED, BUILT, OTHER};
    const zone_plan_declared *declared = find_declared(&plan->zones[zone]);
    zone_need need[ZONE_NEED_KINDS];
    zone_status status = ZONE_OK;

    for (int kind = 0; kind < ZONE_NEED_KINDS && !status; kind++)
        status = zone_balance_need(ctx, balance, zone, (zone_need_kind)kind, &need[kind]);
    if (status)
        return status;
    size_t row = zone_table_add_row(table);
    zone_table_set_text(table, row, ZONE, plan->zones[zone].id);
    zone_table_set_text(table, row, NAME, plan->zones[zone].name);
    zone_table_set_integer(table, row, PIECES, (int64_t)need[ZONE_NEED_PLANNED].pieces);
    for (int kind = 0; kind < ZONE_NEED_KINDS; kind++) {
        zone_table_set_area(table, row, gross[kind], need[kind].gross);
        zone_table_set_area(table, row, gross[kind] + 1, need[kind].net);
    }
    if (declared)
        *met = fill_declared(table, row, declared, need[ZONE_NEED_PLANNED].gross) && *met;
    return ZONE_OK;
}

/* The declared sum: in the closure, because a row of it would add to the rows. */
static bool add_whole(zone_context *ctx, const zone_plan *plan, zone_exact need, zone_table *table)
{
    const zone_plan_declared *declared = find_declared(&plan->whole);

    if (!declared)
        return true;
    bool met = zone_figure_met(&declared->figure, need);
    zone_table_add_closure(table, "declared sum", plan->whole.name, zone_figure_area(&declared->figure),
                           zone_say(ctx, met ? "%s: met" : "%s: unmet", declared->text));
    zone_table_add_closure(table, "sum of parts less declared sum", plan->whole.name,
                           need - zone_figure_area(&declared->figure), NULL);
    return met;
}

/* The need of every zone by another method, in a column of its own; none where the method has no meaning. */
static zone_status add_method(zone_context *ctx, const zone_plan *plan, const char *name, zone_table *table)
{
    zone_balance *balance = NULL;
    char column_name[64] = "need_";
    zone_status status = zone_balance_open(ctx, plan, name, &balance);

    if (status == ZONE_BAD_CRS) {
        zone_context_begin(ctx);
        return ZONE_OK;
    }
    if (status)
        return status;
    snprintf(column_name, sizeof column_name, "need_%s", name);
    for (char *c = column_name; *c; c++)
        *c = *c == ':' || *c == '=' ? '_' : *c;
    int column = zone_table_add_column(
        table, (zone_column){.name = column_name, .heading = column_name, .type = ZONE_COLUMN_AREA, .adds = true});
    for (size_t z = 0; z < plan->zone_count && !status; z++) {
        zone_need need;
        status = zone_balance_need(ctx, balance, z, ZONE_NEED_PLANNED, &need);
        if (!status)
            zone_table_set_area(table, z, column, need.gross);
    }
    zone_balance_close(balance);
    return status;
}

static zone_status fill(zone_context *ctx, const zone_plan *plan, zone_balance *balance, bool explain,
                        zone_table *table)
{
    bool met = true;
    zone_need whole = {0};
    zone_status status = ZONE_OK;

    for (size_t z = 0; z < plan->zone_count && !status; z++)
        status = fill_zone(ctx, balance, plan, z, table, &met);
    for (size_t i = 0; explain && i < ZONE_METHODS && !status; i++)
        if (strcmp(zone_methods_all[i], zone_balance_method(balance)->name) != 0)
            status = add_method(ctx, plan, zone_methods_all[i], table);
    if (!status)
        status = zone_balance_need(ctx, balance, ZONE_BALANCE_WHOLE, ZONE_NEED_PLANNED, &whole);
    if (status)
        return status;
    met = add_whole(ctx, plan, whole.gross, table) && met;
    zone_table_set_verdict(table, met ? ZONE_OK : ZONE_UNMET);
    zone_provenance_run(ctx, table, zone_balance_method(balance), NULL);
    zone_provenance_plan(ctx, table, plan);
    zone_balance_books(ctx, balance, table);
    return ZONE_OK;
}

zone_status zone_farmland(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options, zone_table **out)
{
    zone_balance *balance = NULL;
    zone_table *table = NULL;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *out = NULL;
    if (!plan)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan");
    status = zone_balance_open(ctx, plan, options ? options->method : NULL, &balance);
    if (!status) {
        table = zone_table_create("farmland");
        zone_table_set_title(table, zone_say(ctx, "farmland that planned construction lies on, %s", plan->title));
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
            zone_table_add_column(table, columns[i]);
        status = fill(ctx, plan, balance, options && options->explain, table);
    }
    if (!status) {
        status = zone_table_finish(ctx, table, out);
        table = NULL;
    }
    zone_table_free(table);
    zone_balance_close(balance);
    return status;
}
