/* The balance of a plan's land. */
#include "ask/balance.h"

#include "ask/scene.h"

TEST(the_balance_measures_what_the_plan_declares)
{
    zone_context *ctx = new_context();
    zone_balance *balance = NULL;
    zone_exact area = 0;
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");
    static const struct {
        size_t zone;
        const char *what;
        double m2;
    } cases[] = {{0, "area", 10000},
                 {ZONE_BALANCE_WHOLE, "area", 20000},
                 {0, "farmland", 1800},
                 {ZONE_BALANCE_WHOLE, "farmland", 2800},
                 {0, "built", 200},
                 {1, "built", 0},
                 {0, "available", 100},
                 {1, "available", 300},
                 {ZONE_BALANCE_WHOLE, "available", 400}};

    EXPECT_INT(zone_balance_open(ctx, plan, NULL, &balance), ZONE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        EXPECT_INT(zone_balance_measure(ctx, balance, cases[i].zone, cases[i].what, &area), ZONE_OK);
        EXPECT_REAL(zone_exact_to_m2(area), cases[i].m2, 1e-6);
    }
    EXPECT_INT(zone_balance_measure(ctx, balance, 0, "beauty", &area), ZONE_BAD_USAGE);
    zone_balance_close(balance);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(a_zone_of_the_plan_that_its_layer_lacks_is_an_error)
{
    zone_context *ctx = new_context();
    zone_balance *balance = NULL;
    zone_exact area = 0;
    drawing d;
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"a\"", 0, 0, 100, 100);
    end_drawing(&d, file_in(&p, "zones.geojson"));
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");

    EXPECT_INT(zone_balance_open(ctx, plan, NULL, &balance), ZONE_OK);
    EXPECT_INT(zone_balance_measure(ctx, balance, 0, "area", &area), ZONE_BAD_LAYER);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "id b");
    zone_balance_close(balance);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(projects_that_overlap_count_once_and_unknown_states_are_told)
{
    zone_context *ctx = new_context();
    zone_balance *balance = NULL;
    zone_exact area = 0;
    drawing d;
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"state\":\"built\"", 0, 0, 10, 10);
    draw_box(&d, "\"state\":\"built\"", 5, 0, 15, 10);
    draw_box(&d, "\"state\":\"dreamt\"", 50, 0, 60, 10);
    end_drawing(&d, file_in(&p, "status.geojson"));
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");
    zone_table *table = zone_table_create("check");

    EXPECT_INT(zone_balance_open(ctx, plan, NULL, &balance), ZONE_OK);
    EXPECT_INT(zone_balance_measure(ctx, balance, 0, "built", &area), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(area), 150, 1e-6);
    zone_balance_books(ctx, balance, table);
    const zone_table *provenance = zone_table_section(table, ZONE_SECTION_PROVENANCE);
    size_t row = find_row(provenance, "item", "projects of unknown state, not counted", NULL, NULL);
    EXPECT_TEXT(text_at(provenance, row, "value"), "1");
    zone_table_free(table);
    zone_balance_close(balance);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(coefficients_in_percent_are_understood)
{
    zone_context *ctx = new_context();
    zone_balance *balance = NULL;
    zone_need need;
    drawing d;
    place p;
    open_place(&p);
    draw_scene(&p);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"KCXS\":12.5", 10, 20, 60, 80);
    end_drawing(&d, file_in(&p, "farmland.geojson"));
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");

    EXPECT_INT(zone_balance_open(ctx, plan, NULL, &balance), ZONE_OK);
    EXPECT_INT(zone_balance_need(ctx, balance, 0, ZONE_NEED_PLANNED, &need), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(need.gross), 1000, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(need.net), 875, 1e-6);
    zone_balance_close(balance);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(planned_blocks_that_overlap_do_not_count_land_twice)
{
    zone_context *ctx = new_context();
    zone_balance *balance = NULL;
    zone_need need;
    drawing d;
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"code\":\"070102\"", 0, 0, 120, 40);
    draw_box(&d, "\"code\":\"1001\"", 80, 0, 200, 40);
    end_drawing(&d, file_in(&p, "planned.geojson"));
    zone_plan *plan = open_plan(ctx, &p, "2800 m2", "1800 m2");

    EXPECT_INT(zone_balance_open(ctx, plan, NULL, &balance), ZONE_OK);
    EXPECT_INT(zone_balance_need(ctx, balance, ZONE_BALANCE_WHOLE, ZONE_NEED_PLANNED, &need), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(need.gross), 2800, 1e-6);
    zone_balance_close(balance);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}
