/* The question "overlap". */
#include "ask/fixture.h"

static zone_table *ask_overlap(zone_context *ctx, drawing *d, const zone_overlap_options *options)
{
    zone_table *table = NULL;

    end_drawing(d, "/vsimem/overlap.geojson");
    zone_source *source = open_source(ctx, "/vsimem/overlap.geojson", NULL);
    EXPECT_INT(zone_overlap(ctx, source, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(source);
    return table;
}

/* Three boxes in a row, each over its neighbour, and a small one within all of the second and third. */
static void draw_chain(drawing *d)
{
    begin_drawing(d, 4549);
    draw_box(d, "\"DLBM\":\"0101\"", 0, 0, 100, 100);
    draw_box(d, "\"DLBM\":\"0301\"", 90, 0, 190, 100);
    draw_box(d, "\"DLBM\":null", 170, 0, 270, 100);
    draw_box(d, "\"DLBM\":\"0101\"", 175, 10, 185, 20);
}

TEST(depths_come_first_then_pairs_with_their_fields)
{
    zone_context *ctx = new_context();
    zone_overlap_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_chain(&d);
    zone_table *table = ask_overlap(ctx, &d, &options);
    static const double areas[] = {27000, 3000, 100, 1000, 2000, 100, 100}, exactly[] = {24000, 2900, 100};
    static const int64_t pairs[][2] = {{0, 1}, {1, 2}, {1, 3}, {2, 3}};

    EXPECT_INT(zone_table_row_count(table), 7);
    for (size_t r = 0; r < 7; r++)
        EXPECT_REAL(number_at(table, r, "area"), areas[r], 1e-6);
    for (size_t r = 0; r < 3; r++) {
        EXPECT_TEXT(text_at(table, r, "finding"), "covered at least");
        EXPECT_INT(number_at(table, r, "times"), r + 1);
        EXPECT_REAL(number_at(table, r, "exactly"), exactly[r], 1e-6);
        EXPECT(zone_table_is_null(table, r, column(table, "first")));
    }
    for (size_t r = 3; r < 7; r++) {
        EXPECT_TEXT(text_at(table, r, "finding"), "overlap");
        EXPECT_INT(number_at(table, r, "first"), pairs[r - 3][0]);
        EXPECT_INT(number_at(table, r, "second"), pairs[r - 3][1]);
        EXPECT(zone_table_is_null(table, r, column(table, "times")));
        EXPECT(zone_table_is_null(table, r, column(table, "exactly")));
    }
    EXPECT_TEXT(text_at(table, 3, "first_DLBM"), "0101");
    EXPECT_TEXT(text_at(table, 3, "second_DLBM"), "0301");
    EXPECT(zone_table_is_null(table, 4, column(table, "second_DLBM")));
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    EXPECT_REAL(closure(table, "whole", NULL), 30100, 1e-6);
    EXPECT_REAL(closure(table, "union", NULL), 27000, 1e-6);
    EXPECT_REAL(closure(table, "counted more than once", NULL), 3100, 1e-6);
    EXPECT_REAL(closure(table, "overlap", NULL), 3200, 1e-6);
    EXPECT_TEXT(closure_detail(table, "overlap", NULL), "4 pairs");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(the_sum_over_depths_is_the_whole_in_every_method)
{
    static const char *const methods[] = {"survey",    "survey:split=70", "survey:legacy",
                                          "ellipsoid", "geodesic",        "grid"};
    zone_context *ctx = new_context();

    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        zone_overlap_options options = {.size = sizeof options, .method = methods[m]};
        zone_exact sum = 0;
        drawing d;
        draw_chain(&d);
        zone_table *table = ask_overlap(ctx, &d, &options);
        for (size_t r = 0; r < 3; r++)
            sum += zone_table_area(table, r, column(table, "area"));
        EXPECT_INT(zone_table_row_count(table), 7);
        EXPECT(sum == closure_exact(table, "whole", NULL));
        EXPECT(zone_table_total(table, column(table, "exactly")) == closure_exact(table, "union", NULL));
        EXPECT_REAL(number_at(table, 2, "area"), 100, 0.1);
        zone_table_free(table);
    }
    zone_context_free(ctx);
}

TEST(neighbours_do_not_overlap)
{
    zone_context *ctx = new_context();
    drawing d;
    begin_drawing(&d, 4549);
    for (int i = 0; i < 9; i++)
        draw_box(&d, "\"n\":1", 7.3 * (i % 3), 11.7 * (i / 3), 7.3 * (i % 3 + 1), 11.7 * (i / 3 + 1));
    zone_table *table = ask_overlap(ctx, &d, NULL);

    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT(zone_table_area(table, 0, column(table, "area")) == closure_exact(table, "whole", NULL));
    EXPECT(closure_exact(table, "edge model", NULL) == 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

/* By survey a border of 2 km and the two halves beside it are different curves: metres apart in area, nothing on the
 * grid. */
TEST(what_only_the_edge_model_makes_is_no_overlap)
{
    zone_context *ctx = new_context();

    for (int collide = 0; collide < 2; collide++) {
        drawing d;
        begin_drawing(&d, 4549);
        draw_box(&d, "\"n\":1", 0, 100, 1000, 200);
        draw_box(&d, "\"n\":2", 1000, 100, 2000, 200);
        draw_box(&d, "\"n\":3", 0, 0, 2000, 100);
        if (collide)
            draw_box(&d, "\"n\":4", -50, 150, 50, 250);
        zone_table *table = ask_overlap(ctx, &d, NULL);
        EXPECT_INT(zone_table_row_count(table), collide ? 3 : 1);
        EXPECT(fabs(closure(table, "edge model", NULL)) > 1.0);
        EXPECT_REAL(closure(table, "overlap", NULL), collide ? 2500 : 0, 1.0);
        EXPECT_REAL(closure(table, "counted more than once", NULL), closure(table, "overlap", NULL), 1e-6);
        EXPECT(closure_exact(table, "residual", NULL) == 0);
        zone_table_free(table);
    }
    zone_context_free(ctx);
}

/* In degrees there is no grid to ask. */
TEST(geographic_data_have_overlaps_too)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    put_text("/vsimem/degrees.geojson",
             "{\"type\":\"FeatureCollection\",\"features\":["
             "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
             "[[[119,29],[119.01,29],[119.01,29.01],[119,29.01],[119,29]]]}},"
             "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
             "[[[119.005,29],[119.015,29],[119.015,29.01],[119.005,29.01],[119.005,29]]]}}]}");
    zone_source *source = open_source(ctx, "/vsimem/degrees.geojson", NULL);
    EXPECT_INT(zone_overlap(ctx, source, NULL, &table), ZONE_OK);
    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_REAL(number_at(table, 0, "area") / number_at(table, 1, "area"), 3.0, 1e-9);
    EXPECT_REAL(number_at(table, 1, "area"), number_at(table, 2, "area"), 1e-9);
    zone_table_free(table);
    zone_source_close(source);
    zone_context_free(ctx);
}

static zone_status refused(zone_context *ctx, const char *path, const zone_overlap_options *options)
{
    zone_table *table = NULL;
    zone_source *source = path ? open_source(ctx, path, NULL) : NULL;
    zone_status status = zone_overlap(ctx, source, options, &table);

    EXPECT(table == NULL);
    zone_source_close(source);
    return status;
}

TEST(what_makes_no_sense_is_refused)
{
    zone_context *ctx = new_context();
    zone_overlap_options field = {.size = sizeof field, .by = "NOPE"}, method = {.size = sizeof method, .method = "x"};
    drawing d;
    draw_chain(&d);
    end_drawing(&d, "/vsimem/overlap.geojson");
    put_text("/vsimem/point.geojson",
             "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
             "\"geometry\":{\"type\":\"Point\",\"coordinates\":[119,29]}}]}");

    EXPECT_INT(refused(ctx, NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_INT(refused(ctx, "/vsimem/overlap.geojson", &field), ZONE_BAD_FIELD);
    EXPECT_INT(refused(ctx, "/vsimem/overlap.geojson", &method), ZONE_BAD_USAGE);
    EXPECT_INT(refused(ctx, "/vsimem/point.geojson", NULL), ZONE_BAD_GEOMETRY);
    zone_context_free(ctx);
}

TEST(pieces_are_what_each_pair_shares)
{
    zone_context *ctx = new_context();
    zone_overlap_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .pieces = 1};
    static const double areas[] = {1000, 2000, 100, 100};
    drawing d;
    draw_chain(&d);
    zone_table *table = ask_overlap(ctx, &d, &options);
    const zone_table *pieces = zone_table_section(table, ZONE_SECTION_PIECES);

    EXPECT_INT(zone_table_row_count(pieces), 4);
    for (size_t r = 0; r < zone_table_row_count(pieces); r++) {
        EXPECT_REAL(number_at(pieces, r, "area"), areas[r], 1e-6);
        EXPECT_INT(number_at(pieces, r, "first"), number_at(table, r + 3, "first"));
        EXPECT_INT(number_at(pieces, r, "second"), number_at(table, r + 3, "second"));
        EXPECT(!zone_table_is_null(pieces, r, column(pieces, "geometry")));
    }
    EXPECT_TEXT(text_at(pieces, 0, "first_DLBM"), "0101");
    EXPECT_TEXT(text_at(pieces, 0, "second_DLBM"), "0301");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(explained_every_method_stands_beside_the_rows_of_the_asked_one)
{
    static const char *const methods[] = {"survey_split_70", "survey_legacy", "ellipsoid", "geodesic", "grid"};
    static const double areas[] = {27000, 3000, 100, 1000, 2000, 100, 100};
    zone_context *ctx = new_context();
    zone_overlap_options options = {.size = sizeof options, .explain = 1};
    drawing d;
    draw_chain(&d);
    zone_table *table = ask_overlap(ctx, &d, &options);

    EXPECT_INT(zone_table_row_count(table), 7);
    for (size_t r = 0; r < 7; r++) {
        EXPECT_REAL(number_at(table, r, "grid"), areas[r], 1e-6);
        for (size_t m = 0; m < 4; m++) { /* apart by less than a millionth, and not the same */
            EXPECT_REAL(number_at(table, r, methods[m]), number_at(table, r, "area"), 1e-6 * areas[r] + 2e-3);
            EXPECT(number_at(table, r, methods[m]) != 0.0);
        }
        EXPECT_REAL(number_at(table, r, "grid_less_asked"), areas[r] - number_at(table, r, "area"), 1e-6);
    }
    zone_table_free(table);
    zone_context_free(ctx);
}

/* By survey the border of 2 km and the two halves beside it leave an area between them; by geodesic it is another one.
 * Neither is an overlap, and neither is one of the first. */
TEST(explained_what_only_a_method_takes_for_an_overlap_is_its_edge_model)
{
    zone_context *ctx = new_context();
    zone_overlap_options options = {.size = sizeof options, .method = "grid", .explain = 1};
    drawing d;
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"n\":1", "0 0,2000 700,2000 1700,0 1000");
    draw_polygon(&d, "\"n\":2", "0 0,0 -1000,2000 -300,2000 700,1000 350");
    draw_box(&d, "\"n\":3", 0, -1100, 100, -900);
    zone_table *table = ask_overlap(ctx, &d, &options);

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_REAL(number_at(table, 1, "survey"), number_at(table, 2, "survey"), 1e-6);
    EXPECT_REAL(number_at(table, 1, "geodesic"), number_at(table, 2, "geodesic"), 1e-6);
    EXPECT_REAL(number_at(table, 1, "survey"), number_at(table, 1, "area"), 10.0);
    zone_table_free(table);
    zone_context_free(ctx);
}
