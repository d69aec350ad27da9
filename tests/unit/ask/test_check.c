/* The question "check": each declared figure, the zones against the boundary, and the validity of the layers. */
#include "ask/scene.h"

typedef struct {
    zone_context *ctx;
    place p;
    zone_plan *plan;
    zone_table *table;
} scene;

static void open_scene(scene *s)
{
    *s = (scene){.ctx = new_context()};
    open_place(&s->p);
    draw_scene(&s->p);
    draw_farmland(&s->p, false);
}

static void ask(scene *s, const char *sum, const char *first, const zone_plan_options *options)
{
    s->plan = open_plan(s->ctx, &s->p, sum, first);
    EXPECT_INT(zone_check(s->ctx, s->plan, options, &s->table), ZONE_OK);
    if (!s->table)
        printf("%s\n", zone_context_error_text(s->ctx));
}

static void close_scene(scene *s)
{
    zone_table_free(s->table);
    zone_plan_close(s->plan);
    close_place(&s->p);
    zone_context_free(s->ctx);
}

/* Zones a and b of 100 m from south to north, from the given eastings to others; nothing else changes. */
static void draw_zones(scene *s, double a_east, double b_west, double b_east, double north)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"a\"", 0, 0, a_east, north);
    draw_box(&d, "\"id\":\"b\"", b_west, 0, b_east, north);
    end_drawing(&d, file_in(&s->p, "zones.geojson"));
}

static void expect_line(const scene *s, const char *check, const char *of, const char *verdict, const char *measured)
{
    size_t row = find_row(s->table, "check", check, "of", of);

    EXPECT_TEXT(text_at(s->table, row, "verdict"), verdict);
    EXPECT_TEXT(text_at(s->table, row, "measured"), measured);
}

TEST(figures_that_are_met_say_by_how_much)
{
    scene s;

    open_scene(&s);
    ask(&s, "2800 m2", "1800 m2", NULL);
    size_t row = find_row(s.table, "check", "farmland", "of", "A");
    expect_line(&s, "farmland", "A", "met", "1800.0000 m2");
    EXPECT_TEXT(text_at(s.table, row, "declared"), "1800 m2");
    EXPECT_TEXT(text_at(s.table, row, "difference"), "0.0000 m2");
    EXPECT_TEXT(text_at(s.table, row, "margin"), "0.5000 m2");
    expect_line(&s, "area", "A", "met", "0.010000 km2");
    expect_line(&s, "area", "B", "met", "0.010000 km2");
    expect_line(&s, "area", "all", "met", "0.020000 km2");
    expect_line(&s, "declared sum", "all: area", "met", "0.01 km2 + 0.01 km2 = 0.020000 km2");
    /* b declares no farmland: the sum of what is declared is not the whole's */
    expect_line(&s, "declared sum", "all: farmland", "unmet", "1800 m2 + ? = 1800.0000 m2");
    expect_line(&s, "sum of zones less boundary", "all", "met", "0.000000 m2");
    expect_line(&s, "validity", "farmland", "met", "3 features, 0 not valid");
    EXPECT_INT(zone_table_verdict(s.table), ZONE_UNMET);
    close_scene(&s);
}

TEST(a_figure_that_is_not_met_tells_the_difference)
{
    scene s;

    open_scene(&s);
    ask(&s, "2800 m2", "1799 m2", NULL);
    size_t row = find_row(s.table, "check", "farmland", "of", "A");
    EXPECT_TEXT(text_at(s.table, row, "verdict"), "unmet");
    EXPECT_TEXT(text_at(s.table, row, "difference"), "1.0000 m2");
    EXPECT_TEXT(text_at(s.table, row, "margin"), "0.5000 m2");
    close_scene(&s);
}

/* 0.01 km2 means 5000 m² ≤ area < 15 000 m²: half rounds away from zero, on the exact area. */
TEST(the_borders_of_a_figure_are_where_it_rounds)
{
    static const struct {
        double north;
        const char *verdict, *measured;
    } cases[] = {{50, "met", "0.005000 km2"},
                 {49.999, "unmet", "0.005000 km2"},
                 {149.999, "met", "0.015000 km2"},
                 {150, "unmet", "0.015000 km2"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        scene s;
        open_scene(&s);
        draw_zones(&s, 100, 100, 200, cases[i].north);
        ask(&s, "2800 m2", "1800 m2", NULL);
        expect_line(&s, "area", "A", cases[i].verdict, cases[i].measured);
        close_scene(&s);
    }
}

TEST(zones_that_overlap_or_leave_the_boundary_are_told_with_their_areas)
{
    scene s;

    open_scene(&s);
    draw_zones(&s, 110, 95, 205, 100); /* 15 m twice, 5 m beyond the boundary */
    ask(&s, "2800 m2", "1800 m2", NULL);
    expect_line(&s, "sum of zones less boundary", "all", "unmet", "2000.000000 m2");
    expect_line(&s, "zones overlap", "all", "unmet", "1500.000000 m2");
    close_scene(&s);
    open_scene(&s);
    draw_zones(&s, 90, 100, 205, 100); /* a gap of 10 m */
    ask(&s, "2800 m2", "1800 m2", NULL);
    expect_line(&s, "zones overlap", "all", "met", "0.000000 m2");
    expect_line(&s, "boundary outside every zone", "all", "unmet", "1000.000000 m2");
    expect_line(&s, "zones outside the boundary", "all", "unmet", "500.000000 m2");
    close_scene(&s);
}

TEST(what_zones_cover_twice_hides_no_gap)
{
    scene s;

    open_scene(&s);
    draw_zones(&s, 180, 160, 180, 100); /* b lies in a, and 20 m of the boundary in neither */
    ask(&s, "2800 m2", "1800 m2", NULL);
    expect_line(&s, "sum of zones less boundary", "all", "met", "0.000000 m2");
    expect_line(&s, "zones overlap", "all", "unmet", "2000.000000 m2");
    expect_line(&s, "boundary outside every zone", "all", "unmet", "2000.000000 m2");
    expect_line(&s, "zones outside the boundary", "all", "met", "0.000000 m2");
    close_scene(&s);
}

TEST(three_zones_over_each_other_count_once_and_are_named_by_feature_without_an_id)
{
    scene s;
    drawing d;

    open_scene(&s);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"a\"", 0, 0, 100, 100);
    draw_box(&d, "\"id\":\"b\"", 90, 0, 190, 100);
    draw_box(&d, "\"id\":null", 80, 0, 210, 100);
    end_drawing(&d, file_in(&s.p, "zones.geojson"));
    ask(&s, "2800 m2", "1800 m2", NULL);
    expect_line(&s, "zones overlap", "all", "unmet", "13000.000000 m2");
    EXPECT_TEXT(text_at(s.table, find_row(s.table, "check", "zones overlap", NULL, NULL), "remark"), "b and 2");
    expect_line(&s, "boundary outside every zone", "all", "met", "0.000000 m2");
    expect_line(&s, "zones outside the boundary", "all", "unmet", "1000.000000 m2");
    close_scene(&s);
}

TEST(geometry_that_is_not_valid_is_a_finding_with_feature_and_place)
{
    scene s;
    drawing d;

    open_scene(&s);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"state\":\"built\"", 0, 0, 10, 10);
    draw_polygon(&d, "\"state\":\"available\"", "90 0,130 0,90 10,130 10");
    end_drawing(&d, file_in(&s.p, "status.geojson"));
    ask(&s, "2800 m2", "1800 m2", NULL);
    size_t row = find_row(s.table, "check", "validity", "of", "status");
    expect_line(&s, "validity", "status", "unmet", "2 features, 1 not valid");
    EXPECT_TEXT(text_at(s.table, row, "remark"), "1 (Self-intersection)");
    EXPECT_TEXT(text_at(s.table, row, "place"), "441110.000 3218005.000");
    EXPECT_INT(zone_table_verdict(s.table), ZONE_UNMET);
    close_scene(&s);
}

TEST(a_ring_that_was_not_closed_and_a_feature_that_is_none_are_not_valid)
{
    scene s;

    open_scene(&s);
    put_file(&s.p, "status.geojson",
             GEOJSON("4549", FEATURE("\"state\":\"built\"",
                                     POLYGON("[[441000,3218000],[441010,3218000],"
                                             "[441010,3218010],[441000,3218010]]")) "," FEATURE("\"state\":\"built\"",
                                                                                                "null")));
    ask(&s, "2800 m2", "1800 m2", NULL);
    size_t row = find_row(s.table, "check", "validity", "of", "status");
    expect_line(&s, "validity", "status", "unmet", "2 features, 2 not valid");
    EXPECT_CONTAINS(text_at(s.table, row, "remark"), "0 (Ring is not closed");
    EXPECT(text_at(s.table, row, "place") == NULL || !*text_at(s.table, row, "place"));
    close_scene(&s);
}

TEST(explained_every_figure_stands_by_every_method)
{
    const zone_plan_options explain = {.size = sizeof explain, .method = "grid", .explain = 1};
    scene s;

    open_scene(&s);
    ask(&s, "2800 m2", "1800 m2", &explain);
    const char *remark = text_at(s.table, find_row(s.table, "check", "area", "of", "A"), "remark");
    EXPECT_CONTAINS(remark, "the same by every method; survey (0.0");
    EXPECT_CONTAINS(remark, "geodesic (0.0");
    close_scene(&s);
}

TEST(without_a_plan_or_a_layer_it_is_an_error)
{
    scene s;

    open_scene(&s);
    EXPECT_INT(zone_check(s.ctx, NULL, NULL, &s.table), ZONE_BAD_USAGE);
    s.plan = open_plan(s.ctx, &s.p, "2800 m2", "1800 m2");
    unlink(file_in(&s.p, "planned.geojson"));
    EXPECT_INT(zone_check(s.ctx, s.plan, NULL, &s.table), ZONE_NOT_FOUND);
    EXPECT_CONTAINS(zone_context_error_text(s.ctx), "planned.geojson");
    EXPECT(s.table == NULL);
    close_scene(&s);
}
