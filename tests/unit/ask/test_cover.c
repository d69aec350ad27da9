/* What is covered, covered again and not covered, as the closure of "tabulate" tells it. */
#include "ask/fixture.h"

#define ZONES_LABEL "/vsimem/cover_zones.geojson:cover_zones"
#define DATA_LABEL  "/vsimem/cover_data.geojson:cover_data"

typedef struct {
    zone_context *ctx;
    drawing zones, data;
} scene;

static void open_scene(scene *s)
{
    s->ctx = new_context();
    begin_drawing(&s->zones, 4549);
    begin_drawing(&s->data, 4549);
}

static zone_table *ask(scene *s, const char *method)
{
    zone_tabulate_options options = {.size = sizeof options, .method = method};
    zone_table *table = NULL;

    end_drawing(&s->zones, "/vsimem/cover_zones.geojson");
    end_drawing(&s->data, "/vsimem/cover_data.geojson");
    zone_source *data = open_source(s->ctx, "/vsimem/cover_data.geojson", NULL);
    zone_source *zones = open_source(s->ctx, "/vsimem/cover_zones.geojson", NULL);
    EXPECT_INT(zone_tabulate(s->ctx, data, zones, &options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(s->ctx));
    zone_source_close(zones);
    zone_source_close(data);
    return table;
}

static void close_scene(scene *s, zone_table *table)
{
    zone_table_free(table);
    zone_context_free(s->ctx);
}

/* zone = covered + gap + edge model, whatever the data are. */
static void expect_tied(const zone_table *table, const char *zone)
{
    EXPECT(closure_exact(table, "zone", zone) == closure_exact(table, "covered", zone) +
                                                     closure_exact(table, "gap", zone) +
                                                     closure_exact(table, "edge model", zone));
    EXPECT(closure_exact(table, "residual", NULL) == 0);
}

TEST(a_gap_is_what_no_feature_covers)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 100, 100);
    draw_box(&s.data, "\"n\":1", -50, 0, 60, 100);
    draw_box(&s.data, "\"n\":2", 70, 0, 150, 100);
    zone_table *table = ask(&s, "grid");

    EXPECT_REAL(closure(table, "gap", "a"), 1000, 1e-6);
    EXPECT_REAL(closure(table, "covered", "a"), 9000, 1e-6);
    EXPECT(closure_exact(table, "edge model", "a") == 0);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(a_hole_in_a_zone_is_neither_gap_nor_zone)
{
    scene s;
    open_scene(&s);
    draw_polygon(&s.zones, "\"id\":\"a\"", "0 0,100 0,100 100,0 100|40 40,40 60,60 60,60 40");
    draw_box(&s.data, "\"n\":1", 0, 0, 100, 50);
    draw_box(&s.data, "\"n\":2", 0, 50, 100, 100);
    zone_table *table = ask(&s, "grid");

    EXPECT_REAL(closure(table, "zone", "a"), 9600, 1e-6);
    EXPECT_REAL(closure(table, "outside every zone", NULL), 400, 1e-6);
    EXPECT(closure_exact(table, "gap", "a") == 0);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(features_that_overlap_are_told_with_their_pair_and_count_once_in_the_cover)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 100, 100);
    draw_box(&s.zones, "\"id\":\"b\"", 100, 0, 200, 100);
    draw_box(&s.data, "\"n\":1", 0, 0, 110, 100);
    draw_box(&s.data, "\"n\":2", 90, 0, 200, 100);
    draw_box(&s.data, "\"n\":3", 300, 0, 310, 10);
    zone_table *table = ask(&s, "grid");

    EXPECT_REAL(closure(table, "counted more than once", "a"), 1000, 1e-6);
    EXPECT_REAL(closure(table, "counted more than once", "b"), 1000, 1e-6);
    EXPECT_REAL(closure(table, "counted more than once", DATA_LABEL), 2000, 1e-6);
    EXPECT_TEXT(closure_detail(table, "counted more than once", DATA_LABEL), "0 × 1 (2000.00 m²)");
    EXPECT(closure_exact(table, "gap", "a") == 0);
    expect_tied(table, "a");
    expect_tied(table, "b");
    close_scene(&s, table);
}

TEST(three_features_on_one_place_count_once_in_the_cover)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 100, 100);
    draw_box(&s.data, "\"n\":1", 0, 0, 60, 100);
    draw_box(&s.data, "\"n\":2", 40, 0, 80, 100);
    draw_box(&s.data, "\"n\":3", 50, 0, 90, 100);
    zone_table *table = ask(&s, "grid");

    /* 6000 + 4000 + 4000 over the 9000 from 0 to 90. */
    EXPECT_REAL(closure(table, "counted more than once", "a"), 5000, 1e-6);
    EXPECT_REAL(closure(table, "covered", "a"), 9000, 1e-6);
    EXPECT_REAL(closure(table, "gap", "a"), 1000, 1e-6);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(zones_that_overlap_are_told_with_their_pair)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 110, 100);
    draw_box(&s.zones, "\"id\":\"b\"", 90, 0, 200, 100);
    draw_box(&s.data, "\"n\":1", 0, 0, 200, 100);
    draw_box(&s.data, "\"n\":2", 200, 0, 210, 100);
    zone_table *table = ask(&s, "grid");

    EXPECT_REAL(closure(table, "sum of parts", NULL), 22000, 1e-6);
    EXPECT_REAL(closure(table, "outside every zone", NULL), 1000, 1e-6);
    EXPECT_REAL(closure(table, "counted more than once", ZONES_LABEL), 2000, 1e-6);
    EXPECT_TEXT(closure_detail(table, "counted more than once", ZONES_LABEL), "0 × 1 (2000.00 m²)");
    EXPECT(closure_exact(table, "counted more than once", DATA_LABEL) == 0);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(three_zones_on_one_place_leave_the_outside_right)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 60, 100);
    draw_box(&s.zones, "\"id\":\"b\"", 40, 0, 80, 100);
    draw_box(&s.zones, "\"id\":\"c\"", 50, 0, 90, 100);
    draw_box(&s.data, "\"n\":1", 0, 0, 100, 100);
    zone_table *table = ask(&s, "grid");

    EXPECT_REAL(closure(table, "outside every zone", NULL), 1000, 1e-6);
    EXPECT_REAL(closure(table, "counted more than once", ZONES_LABEL), 5000, 1e-6);
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    close_scene(&s, table);
}

/* Long edges that cross in places that are no vertices: whoever made vertices of them would change the curves. */
TEST(what_three_zones_cover_is_what_overlap_says_to_the_last_unit)
{
    scene s;
    zone_table *covered = NULL;
    open_scene(&s);
    draw_polygon(&s.zones, "\"id\":\"a\"", "0 0,2000 100,2100 900,-100 800");
    draw_polygon(&s.zones, "\"id\":\"b\"", "300 -400,1300 -500,1700 1500,200 1400");
    draw_polygon(&s.zones, "\"id\":\"c\"", "-300 300,2300 200,2200 600,-200 700");
    draw_box(&s.data, "\"n\":1", -1000, -1000, 3000, 2000);
    zone_table *table = ask(&s, "survey");
    zone_source *zones = open_source(s.ctx, "/vsimem/cover_zones.geojson", NULL);

    EXPECT_INT(zone_overlap(s.ctx, zones, NULL, &covered), ZONE_OK);
    EXPECT(number_at(covered, 2, "area") > 100000); /* three on one place */
    EXPECT(closure_exact(table, "outside every zone", NULL) + closure_exact(covered, "union", NULL) ==
           closure_exact(table, "whole", NULL));
    zone_table_free(covered);
    zone_source_close(zones);
    close_scene(&s, table);
}

TEST(vertices_between_on_a_long_edge_are_the_edge_model_not_a_gap)
{
    scene s;
    open_scene(&s);
    /* The zone has one edge of 20 km from west to east, the parcels have two: on the grid they are one line. */
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 20000, 1000);
    draw_box(&s.data, "\"n\":1", 0, 0, 10000, 1000);
    draw_box(&s.data, "\"n\":2", 10000, 0, 20000, 1000);
    zone_table *table = ask(&s, "survey");

    EXPECT(fabs(closure(table, "edge model", "a")) > 0.001);
    EXPECT_REAL(closure(table, "gap", "a"), 0, 1e-6);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(a_small_gap_is_told_from_the_edge_model)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 20000, 1000);
    draw_box(&s.data, "\"n\":1", 0, 0, 10000, 1000);
    draw_box(&s.data, "\"n\":2", 10000, 0, 20000, 999.9995);
    zone_table *table = ask(&s, "survey");

    EXPECT_REAL(closure(table, "gap", "a"), 5, 0.01);
    EXPECT(fabs(closure(table, "edge model", "a")) > 0.001);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(a_large_gap_is_a_gap_even_where_edges_curve)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 20000, 1000);
    draw_box(&s.data, "\"n\":1", 0, 0, 20000, 980);
    zone_table *table = ask(&s, "survey");

    /* 2 % of the zone: between grid and method the scale varies too much to tell the two apart. */
    EXPECT_REAL(closure(table, "gap", "a"), 400000, 400);
    EXPECT(closure_exact(table, "edge model", "a") == 0);
    expect_tied(table, "a");
    close_scene(&s, table);
}

TEST(causes_are_named_in_the_language_of_the_reader)
{
    scene s;
    open_scene(&s);
    draw_box(&s.zones, "\"id\":\"a\"", 0, 0, 100, 100);
    draw_box(&s.data, "\"n\":1", 0, 0, 60, 100);
    zone_table *table = ask(&s, "grid");
    zone_write_options options = {.size = sizeof options, .language = ZONE_CHINESE};
    collected all = {0};

    EXPECT_INT(zone_table_format(s.ctx, table, &options, collect, &all), ZONE_OK);
    EXPECT_CONTAINS(all.bytes, "空隙");
    EXPECT_CONTAINS(all.bytes, "各片区以外");
    free(all.bytes);
    close_scene(&s, table);
}

TEST(many_zones_are_summed_in_the_closure)
{
    scene s;
    open_scene(&s);
    for (int i = 0; i < 70; i++) {
        char id[32];
        snprintf(id, sizeof id, "\"id\":\"z%d\"", i);
        draw_box(&s.zones, id, 10 * i, 0, 10 * i + 10, 10);
    }
    draw_box(&s.data, "\"n\":1", 5, 0, 695, 10);
    zone_table *table = ask(&s, "grid");

    EXPECT_INT(zone_table_row_count(table), 70);
    EXPECT_REAL(closure(table, "zone", "70 zones"), 7000, 1e-6);
    EXPECT_REAL(closure(table, "gap", "70 zones"), 100, 1e-6);
    const zone_table *lines = zone_table_section(table, ZONE_SECTION_CLOSURE);
    EXPECT(zone_table_row_count(lines) < 20); /* not five lines for each of them */
    close_scene(&s, table);
}

/* A tiling of 100 m by 100 m in cells with slanting borders, and zones that overlap each other two and three deep,
 * cover the tiling in part, and reach out of it. */
static void draw_overlapping(scene *s)
{
    char id[32], ring[256];

    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) {
            const int at[4][2] = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}};
            int length = 0;
            for (int k = 0; k < 4; k++) {
                int a = at[k][0], b = at[k][1];
                bool inner = a > 0 && a < 5 && b > 0 && b < 5;
                length += snprintf(ring + length, sizeof ring - (size_t)length, "%s%.1f %.1f", k ? "," : "",
                                   20.0 * a + (inner ? (a * 7 + b * 3) % 5 - 2.3 : 0.0),
                                   20.0 * b + (inner ? (a * 2 + b * 5) % 5 - 1.7 : 0.0));
            }
            snprintf(id, sizeof id, "\"n\":%d", 5 * i + j);
            draw_polygon(&s->data, id, ring);
        }
    draw_polygon(&s->zones, "\"id\":\"a\"", "10 10,70 5,60 80,20 60");
    draw_polygon(&s->zones, "\"id\":\"b\"", "40 30,130 20,120 90,50 70");
    draw_polygon(&s->zones, "\"id\":\"c\"", "30 40,55 35,90 95,45 130,20 70");
    draw_polygon(&s->zones, "\"id\":\"d\"", "40 20,60 20,60 40,40 40");
}

TEST(both_margins_close_in_every_method_where_zones_overlap_and_cover_in_part)
{
    static const char *const methods[] = {"survey",    "survey:split=70", "survey:legacy",
                                          "ellipsoid", "geodesic",        "grid"};
    static const char *const ids[] = {"a", "b", "c", "d"};

    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        scene s;
        zone_exact covered = 0;
        open_scene(&s);
        draw_overlapping(&s);
        zone_table *table = ask(&s, methods[m]);
        for (int z = 0; z < 4; z++) {
            expect_tied(table, ids[z]);
            covered += closure_exact(table, "covered", ids[z]);
        }
        EXPECT(covered == closure_exact(table, "sum of parts", NULL));
        EXPECT(covered == zone_table_total(table, (size_t)zone_table_column_find(table, "area")));
        EXPECT(closure_exact(table, "whole", DATA_LABEL) ==
               closure_exact(table, "sum of parts", NULL) + closure_exact(table, "outside every zone", DATA_LABEL) +
                   closure_exact(table, "edge model", DATA_LABEL) -
                   closure_exact(table, "counted more than once", ZONES_LABEL));
        EXPECT_REAL(closure(table, "whole", DATA_LABEL), 10000.0, 3.0);
        EXPECT(closure(table, "counted more than once", ZONES_LABEL) > 1000.0);
        EXPECT_REAL(closure(table, "gap", "d"), 0.0, 1e-5); /* in the midst of the tiling */
        EXPECT(closure(table, "gap", "b") > 500.0);
        close_scene(&s, table);
    }
}
