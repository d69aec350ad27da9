/* The question "farmland". */
#include "ask/scene.h"

static zone_table *ask(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options)
{
    zone_table *table = NULL;

    EXPECT_INT(zone_farmland(ctx, plan, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    return table;
}

TEST(need_is_farmland_under_planned_construction_gross_and_net)
{
    zone_context *ctx = new_context();
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");
    zone_table *table = ask(ctx, plan, NULL);

    /* South strip of 20 m: 50 m with ridges of a tenth and 40 m of a fifth in a, 50 m of a fifth in b. */
    EXPECT_REAL(number_at(table, 0, "need"), 1800, 1e-6);
    EXPECT_REAL(number_at(table, 0, "need_net"), 1000 * 0.9 + 800 * 0.8, 1e-6);
    EXPECT_REAL(number_at(table, 1, "need"), 1000, 1e-6);
    EXPECT_REAL(number_at(table, 1, "need_net"), 800, 1e-6);
    EXPECT_INT(zone_table_integer(table, 0, column(table, "pieces")), 2);
    EXPECT_REAL(number_at(table, 0, "built"), 600, 1e-6);
    EXPECT_REAL(number_at(table, 0, "other_planned"), 2700, 1e-6);
    EXPECT_REAL(number_at(table, 1, "other_planned"), 1500, 1e-6);
    EXPECT_TEXT(text_at(table, 0, "verdict"), "met");
    EXPECT_TEXT(text_at(table, 0, "declared"), "1800 m2");
    EXPECT_REAL(number_at(table, 0, "margin"), 0.5, 1e-6);
    EXPECT(zone_table_is_null(table, 1, column(table, "declared")));
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    EXPECT_REAL(closure(table, "outside every zone", NULL), 600, 1e-6);
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(an_unmet_figure_and_an_unmet_sum_turn_the_verdict)
{
    zone_context *ctx = new_context();
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1799 m2");
    zone_table *table = ask(ctx, plan, NULL);

    EXPECT_TEXT(text_at(table, 0, "verdict"), "unmet");
    EXPECT_REAL(number_at(table, 0, "difference"), 1, 1e-6);
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    zone_plan_close(plan);
    plan = open_plan(ctx, &p, "2801 m2", "1800 m2");
    table = ask(ctx, plan, NULL);
    EXPECT_TEXT(text_at(table, 0, "verdict"), "met");
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    EXPECT_REAL(closure(table, "sum of parts less declared sum", NULL), -1, 1e-6);
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(farmland_that_overlaps_itself_counts_once)
{
    zone_context *ctx = new_context();
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, true);
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");
    zone_table *table = ask(ctx, plan, NULL);

    EXPECT_REAL(number_at(table, 0, "need"), 1800, 1e-6);
    /* The place of both belongs to the first, with its tenth of ridges. */
    EXPECT_REAL(number_at(table, 0, "need_net"), 1000 * 0.9 + 800 * 0.8, 1e-6);
    find_row(zone_table_section(table, ZONE_SECTION_CLOSURE), "detail", "0 × 1 (600.00 m²)", NULL, NULL);
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(explain_gives_the_need_by_every_method)
{
    zone_context *ctx = new_context();
    zone_plan_options options = {.size = sizeof options, .explain = 1};
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");
    zone_table *table = ask(ctx, plan, &options);

    /* The grid is larger; the edges of 120 m add their own curve. */
    EXPECT_REAL(number_at(table, 0, "need_survey"), 1800 * (1 - 8.567e-5), 0.02);
    column(table, "need_survey_split_70");
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}
