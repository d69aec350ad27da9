/* The question "indicators". */
#include "ask/fixture.h"

static const char head[] = "plan: 1\ntitle: t\nperiod: 2021-2025\ncrs: EPSG:4549\ngeometry: schematic\n"
                           "whole: {name: all, area: 1 km2}\nzones:\n  - {id: a, name: A, area: 1 km2}\n"
                           "layers:\n  zones: {data: zones.geojson}\n";

static zone_table *ask(zone_context *ctx, const char *indicators, zone_status expected)
{
    place p;
    char text[4096];
    zone_plan *plan = NULL;
    zone_table *table = NULL;

    open_place(&p);
    snprintf(text, sizeof text, "%sindicators:\n%s", head, indicators);
    put_file(&p, "plan.yaml", text);
    EXPECT_INT(zone_plan_open(ctx, file_in(&p, "plan.yaml"), &plan), ZONE_OK);
    if (!plan)
        printf("%s\n", zone_context_error_text(ctx));
    EXPECT_INT(zone_indicators(ctx, plan, NULL, &table), expected);
    zone_plan_close(plan);
    close_place(&p);
    return table;
}

TEST(growth_is_what_leads_from_the_base_to_the_target_in_five_years)
{
    zone_context *ctx = new_context();
    zone_table *table = ask(ctx,
                            "  - {number: \"01\", group: g, name: n, unit: x, base: 12.69, target: 70, kind: k}\n"
                            "  - {number: \"05\", group: g, name: m, unit: \"%\", target: 3.8, kind: k}\n",
                            ZONE_OK);

    EXPECT_REAL(number_at(table, 0, "change"), 57.31, 1e-9);
    EXPECT_REAL(12.69 * pow(1 + number_at(table, 0, "growth") / 100, 5), 70, 1e-9);
    EXPECT_TEXT(text_at(table, 0, "form"), "well formed");
    EXPECT_TEXT(text_at(table, 0, "base"), "12.69");
    EXPECT(zone_table_is_null(table, 1, column(table, "growth")));
    EXPECT(zone_table_is_null(table, 1, column(table, "change")));
    EXPECT_TEXT(text_at(table, 1, "form"), "well formed");
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(what_is_not_well_formed_is_named_and_unmet)
{
    zone_context *ctx = new_context();
    zone_table *table = ask(ctx,
                            "  - {number: \"01\", group: g, name: n, unit: x, base: 1, target: 2, kind: k}\n"
                            "  - {number: \"01\", group: g, name: n, unit: x, base: 1, target: 2, kind: k}\n"
                            "  - {number: \"02\", group: g, name: n, unit: \"%\", base: 1, target: 120, kind: k}\n"
                            "  - {number: \"03\", group: g, name: n, unit: x, base: 2, target: 2, kind: k}\n",
                            ZONE_OK);

    EXPECT_TEXT(text_at(table, 0, "form"), "well formed");
    EXPECT_TEXT(text_at(table, 1, "form"), "a number of its own is missing");
    EXPECT_TEXT(text_at(table, 2, "form"), "a share outside 0 to 100");
    EXPECT_TEXT(text_at(table, 3, "form"), "the target is the base");
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_growth_beyond_all_numbers_is_none)
{
    zone_context *ctx = new_context();
    zone_table *table =
        ask(ctx, "  - {number: \"01\", group: g, name: n, unit: x, base: 1e-300, target: 1e300, kind: k}\n", ZONE_OK);

    EXPECT(zone_table_is_null(table, 0, column(table, "growth")));
    zone_table_free(table);
    zone_context_free(ctx);
}
