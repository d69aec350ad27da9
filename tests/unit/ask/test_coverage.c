/* The question "validate": a layer as a coverage. Areas are of the grid, so that a drawing says them. */
#include "ask/fixture.h"

static const zone_validate_options grid = {.size = sizeof grid, .method = "grid"};

static zone_table *validate(zone_context *ctx, const char *path, const zone_validate_options *options)
{
    zone_table *table = NULL;
    zone_source *source = open_source(ctx, path, NULL);

    EXPECT_INT(zone_validate(ctx, source, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(source);
    return table;
}

static size_t finding(const zone_table *table, const char *name)
{
    return find_row(table, "finding", name, NULL, NULL);
}

static int64_t count_of(const zone_table *table, const char *name)
{
    return zone_table_integer(table, finding(table, name), column(table, "count"));
}

static size_t rows_of(const zone_table *table, const char *name)
{
    size_t count = 0;

    for (size_t r = 0; r < zone_table_row_count(table); r++)
        count += strcmp(text_at(table, r, "finding"), name) == 0;
    return count;
}

/* Is the place of this row within a box of metres from the corner of the drawing? */
static int lies_in(const zone_table *table, size_t row, double west, double south, double east, double north)
{
    const char *text = text_at(table, row, "place");
    double x, y;

    if (!text || sscanf(text, "%lf %lf", &x, &y) != 2)
        return 0;
    x -= 441000;
    y -= 3218000;
    return x > west && x < east && y > south && y < north;
}

TEST(an_overlap_has_its_pair_area_width_and_a_place_inside)
{
    zone_context *ctx = new_context();
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 100);
    draw_box(&d, "\"name\":2", 90, 0, 200, 100);
    draw_box(&d, "\"name\":3", 200, 0, 300, 100); /* only touches */
    end_drawing(&d, "/vsimem/cov_overlap.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_overlap.geojson", &grid);
    size_t row = finding(table, "overlap");

    EXPECT_INT(count_of(table, "overlaps"), 1);
    EXPECT_REAL(number_at(table, finding(table, "overlaps"), "area"), 1000, 1e-6);
    EXPECT_TEXT(text_at(table, row, "feature"), "0 × 1");
    EXPECT_REAL(number_at(table, row, "area"), 1000, 1e-6);
    EXPECT_REAL(number_at(table, row, "width"), 2 * 1000.0 / 220, 1e-6); /* 10 × 100 */
    EXPECT(lies_in(table, row, 90, 0, 100, 100));
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_thin_overlap_is_a_sliver_and_the_limit_can_be_set)
{
    zone_context *ctx = new_context();
    zone_validate_options options = grid;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 100);
    draw_box(&d, "\"name\":2", 99.75, 0, 200, 100);
    end_drawing(&d, "/vsimem/cov_thin.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_thin.geojson", &options);

    /* 0.25 × 100: 2 × 25 / 200.5. */
    EXPECT_REAL(number_at(table, finding(table, "overlap (sliver)"), "width"), 50 / 200.5, 1e-6);
    EXPECT_REAL(number_at(table, finding(table, "overlap (sliver)"), "area"), 25, 1e-6);
    EXPECT_INT(count_of(table, "overlaps"), 1);
    zone_table_free(table);
    options.narrow = 0.2;
    table = validate(ctx, "/vsimem/cov_thin.geojson", &options);
    EXPECT_INT(rows_of(table, "overlap (sliver)"), 0);
    EXPECT_INT(rows_of(table, "overlap"), 1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(features_that_overlap_and_also_touch_along_a_line_keep_their_width)
{
    zone_context *ctx = new_context();
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 100);
    draw_polygon(&d, "\"name\":2", "99.75 0,150 0,150 100,100 100,100 50,99.75 50");
    end_drawing(&d, "/vsimem/cov_line.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_line.geojson", &grid);
    size_t row = finding(table, "overlap (sliver)");

    EXPECT_REAL(number_at(table, row, "area"), 12.5, 1e-6);
    EXPECT_REAL(number_at(table, row, "width"), 25 / 100.5, 1e-6);
    EXPECT(lies_in(table, row, 99.75, 0, 100, 50));
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_feature_drawn_twice_is_a_duplicate_and_no_overlap)
{
    zone_context *ctx = new_context();
    drawing d;
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"name\":1", "0 0,100 0,100 100,0 100");
    draw_polygon(&d, "\"name\":2", "100 100,0 100,0 0,50 0,100 0"); /* the same land from another corner */
    end_drawing(&d, "/vsimem/cov_twice.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_twice.geojson", &grid);

    EXPECT_INT(count_of(table, "duplicates"), 1);
    EXPECT_INT(count_of(table, "overlaps"), 0);
    EXPECT_REAL(number_at(table, finding(table, "overlaps"), "area"), 0, 0);
    EXPECT_REAL(number_at(table, finding(table, "duplicates"), "area"), 10000, 1e-6);
    EXPECT_TEXT(text_at(table, finding(table, "duplicate"), "feature"), "0 × 1");
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    zone_context_free(ctx);
}

/* Four boxes around a gap of `width` × 100 that begins at 100 100. */
static void draw_frame(drawing *d, double width)
{
    begin_drawing(d, 4549);
    draw_box(d, "\"name\":1", 0, 0, 300, 100);
    draw_box(d, "\"name\":2", 0, 200, 300, 300);
    draw_box(d, "\"name\":3", 0, 100, 100, 200);
    draw_box(d, "\"name\":4", 100 + width, 100, 300, 200);
}

TEST(a_gap_between_features_has_area_width_and_a_place_inside)
{
    zone_context *ctx = new_context();
    drawing d;
    draw_frame(&d, 20);
    end_drawing(&d, "/vsimem/cov_gap.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_gap.geojson", &grid);
    size_t row = finding(table, "gap");

    EXPECT_INT(count_of(table, "gaps"), 1);
    EXPECT_REAL(number_at(table, finding(table, "gaps"), "area"), 2000, 1e-6);
    EXPECT_REAL(number_at(table, row, "area"), 2000, 1e-6);
    EXPECT_REAL(number_at(table, row, "width"), 4000.0 / 240, 1e-6);
    EXPECT(lies_in(table, row, 100, 100, 120, 200));
    EXPECT(zone_table_is_null(table, row, column(table, "feature")));
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_thin_gap_is_a_sliver)
{
    zone_context *ctx = new_context();
    drawing d;
    draw_frame(&d, 0.125);
    end_drawing(&d, "/vsimem/cov_crack.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_crack.geojson", &grid);
    size_t row = finding(table, "gap (sliver)");

    EXPECT_REAL(number_at(table, row, "area"), 12.5, 1e-6);
    EXPECT_REAL(number_at(table, row, "width"), 25 / 200.25, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_feature_in_the_hole_of_others_is_no_gap)
{
    zone_context *ctx = new_context();
    drawing d;
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"name\":1", "0 0,100 0,100 100,0 100|20 20,20 80,80 80,80 20");
    draw_polygon(&d, "\"name\":2", "40 40,60 40,60 60,40 60|45 45,45 55,55 55,55 45"); /* an island with a pond */
    draw_box(&d, "\"name\":3", 200, 0, 300, 100); /* apart: what lies between is no gap */
    end_drawing(&d, "/vsimem/cov_island.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_island.geojson", &grid);
    double areas = 0;

    EXPECT_INT(count_of(table, "gaps"), 2);
    EXPECT_REAL(number_at(table, finding(table, "gaps"), "area"), 3600 - 400 + 100, 1e-6);
    for (size_t r = 0; r < zone_table_row_count(table); r++) {
        if (strcmp(text_at(table, r, "finding"), "gap") != 0)
            continue;
        areas += number_at(table, r, "area");
        if (number_at(table, r, "area") > 1000)
            EXPECT(lies_in(table, r, 20, 20, 80, 80) && !lies_in(table, r, 40, 40, 60, 60));
        else
            EXPECT(lies_in(table, r, 45, 45, 55, 55));
    }
    EXPECT_REAL(areas, 3300, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(tiny_and_narrow_features_are_told_but_are_no_fault)
{
    zone_context *ctx = new_context();
    zone_validate_options options = grid;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 100);
    draw_box(&d, "\"name\":2", 200, 0, 203, 3);      /* 9 m² */
    draw_box(&d, "\"name\":3", 300, 0, 300.25, 100); /* 25 m², a quarter of a metre wide */
    draw_box(&d, "\"name\":4", 400, 0, 410, 1);      /* 10 m²: not under 10 */
    end_drawing(&d, "/vsimem/cov_tiny.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_tiny.geojson", &options);

    EXPECT_INT(count_of(table, "narrow or tiny features"), 2);
    EXPECT_REAL(number_at(table, finding(table, "narrow or tiny features"), "area"), 9 + 25, 1e-6);
    EXPECT_TEXT(text_at(table, finding(table, "tiny feature"), "feature"), "1");
    EXPECT_REAL(number_at(table, finding(table, "tiny feature"), "width"), 18.0 / 12, 1e-6);
    EXPECT_TEXT(text_at(table, finding(table, "narrow feature"), "feature"), "2");
    EXPECT_REAL(number_at(table, finding(table, "narrow feature"), "width"), 50 / 200.5, 1e-6);
    EXPECT(lies_in(table, finding(table, "tiny feature"), 200, 0, 203, 3));
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    zone_table_free(table);
    options.tiny = 5;
    options.narrow = 0.125;
    table = validate(ctx, "/vsimem/cov_tiny.geojson", &options);
    EXPECT_INT(count_of(table, "narrow or tiny features"), 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(widths_of_data_in_degrees_are_metres)
{
    zone_context *ctx = new_context();
    /* At 60 degrees north a degree of longitude is half of one of latitude (111 319.49 m at the semi-major axis):
     * 0.002 × 0.001 degrees are a square of 111.32 m, so its mean width is half of that. The second is a hundredth of
     * a metre wide. */
    put_text(
        "/vsimem/cov_degrees.geojson",
        GEOJSON("4490",
                FEATURE("\"name\":1",
                        POLYGON("[[119.4,60],[119.402,60],[119.402,60.001],[119.4,60.001],"
                                "[119.4,60]]")) "," FEATURE("\"name\":2",
                                                            POLYGON("[[119.5,60],[119.5000002,60],[119.5000002,60.01],"
                                                                    "[119.5,60.01],[119.5,60]]"))));
    zone_validate_options options = {.size = sizeof options, .narrow = 60};
    zone_table *table = validate(ctx, "/vsimem/cov_degrees.geojson", NULL);

    EXPECT_INT(count_of(table, "narrow or tiny features"), 1);
    EXPECT_REAL(number_at(table, finding(table, "narrow feature"), "width"), 0.0111319, 1e-5);
    zone_table_free(table);
    table = validate(ctx, "/vsimem/cov_degrees.geojson", &options);
    EXPECT_REAL(number_at(table, finding(table, "narrow feature"), "width"), 111.31949 / 2, 1e-3);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(without_coverage_only_the_features_are_judged)
{
    zone_context *ctx = new_context();
    zone_validate_options options = {.size = sizeof options, .method = "grid", .no_coverage = 1};
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 100);
    draw_box(&d, "\"name\":2", 50, 0, 200, 100);
    end_drawing(&d, "/vsimem/cov_without.geojson");
    zone_table *table = validate(ctx, "/vsimem/cov_without.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_INT(rows_of(table, "overlaps"), 0);
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    zone_table_free(table);
    zone_context_free(ctx);
}
