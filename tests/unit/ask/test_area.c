/* The question "area". */
#include "ask/fixture.h"

static zone_table *ask_area(zone_context *ctx, const char *path, const zone_area_options *options)
{
    zone_table *table = NULL;
    zone_source *source = open_source(ctx, path, NULL);

    EXPECT_INT(zone_area(ctx, source, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(source);
    return table;
}

static void draw_three(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"p1\",\"DLBM\":\"0201\"", 0, 0, 100, 50);
    draw_polygon(&d, "\"id\":\"p2\",\"DLBM\":\"0101\"", "200 0,300 0,300 100,200 100|240 40,240 60,260 60,260 40");
    draw_box(&d, "\"id\":\"p3\",\"DLBM\":\"0201\"", 400, 0, 410, 10);
    end_drawing(&d, path);
}

TEST(without_by_every_feature_is_a_row_in_its_order)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .method = "grid"};
    draw_three("/vsimem/area_three.geojson");
    zone_table *table = ask_area(ctx, "/vsimem/area_three.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_TEXT(text_at(table, 0, "id"), "p1");
    EXPECT_REAL(number_at(table, 0, "area"), 5000, 1e-6);
    EXPECT_REAL(number_at(table, 1, "area"), 9600, 1e-6); /* a hole is no area */
    EXPECT_REAL(number_at(table, 2, "area"), 100, 1e-6);
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    EXPECT_REAL(closure(table, "whole", NULL), 14700, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(groups_are_sorted_by_the_bytes_of_their_key_and_add_up)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .method = "grid", .by = "DLBM"};
    draw_three("/vsimem/area_groups.geojson");
    zone_table *table = ask_area(ctx, "/vsimem/area_groups.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 2);
    EXPECT_TEXT(text_at(table, 0, "DLBM"), "0101");
    EXPECT_TEXT(text_at(table, 1, "DLBM"), "0201");
    EXPECT_INT(zone_table_integer(table, 1, column(table, "pieces")), 2);
    EXPECT_REAL(number_at(table, 1, "area"), 5100, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(null_options_are_the_zeroed_ones_and_the_method_is_survey)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options};
    draw_three("/vsimem/area_null.geojson");
    zone_table *one = ask_area(ctx, "/vsimem/area_null.geojson", NULL);
    zone_table *two = ask_area(ctx, "/vsimem/area_null.geojson", &options);
    char *first = as_text(ctx, one, ZONE_PARTS_ALL), *second = as_text(ctx, two, ZONE_PARTS_ALL);

    EXPECT_TEXT(first, second);
    EXPECT_CONTAINS(first, "survey");
    free(first);
    free(second);
    zone_table_free(one);
    zone_table_free(two);
    zone_context_free(ctx);
}

TEST(explain_puts_all_methods_side_by_side)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .explain = 1};
    draw_three("/vsimem/area_explain.geojson");
    zone_table *table = ask_area(ctx, "/vsimem/area_explain.geojson", &options);

    EXPECT_REAL(number_at(table, 0, "grid"), 5000, 1e-6);
    /* Six tenths of a degree from the central meridian the grid is larger by 8.6e-5. */
    EXPECT_REAL(number_at(table, 0, "grid_less_asked"), 5000 - number_at(table, 0, "area"), 1e-6);
    EXPECT(number_at(table, 0, "grid_less_asked") > 0.3 && number_at(table, 0, "grid_less_asked") < 0.6);
    EXPECT_REAL(number_at(table, 0, "geodesic"), number_at(table, 0, "ellipsoid"), 1e-3);
    EXPECT(number_at(table, 2, "survey_split_70_less_asked") == 0 &&
           !signbit(number_at(table, 2, "survey_split_70_less_asked")));
    EXPECT_INT(zone_table_column_find(table, "survey"), -1); /* it is the column area */
    column(table, "survey_split_70");
    EXPECT_REAL(number_at(table, 0, "survey_legacy"), number_at(table, 0, "area"), 0.5); /* it rounds B and L */
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(explain_leaves_grid_empty_for_longitude_and_latitude)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .explain = 1};
    put_text("/vsimem/area_degrees.geojson",
             GEOJSON("4490", FEATURE("\"id\":1", POLYGON("[[119.4,29.1],[119.41,29.1],[119.41,29.11],[119.4,29.11],"
                                                         "[119.4,29.1]]"))));
    zone_table *table = ask_area(ctx, "/vsimem/area_degrees.geojson", &options);

    EXPECT(zone_table_is_null(table, 0, column(table, "grid")));
    EXPECT(number_at(table, 0, "area") > 1e6);
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_OK);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_null_key_is_a_group_of_its_own)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":null", 0, 0, 10, 10);
    draw_box(&d, "\"DLBM\":\"0101\"", 20, 0, 40, 10);
    end_drawing(&d, "/vsimem/area_empty_key.geojson");
    zone_table *table = ask_area(ctx, "/vsimem/area_empty_key.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 2);
    EXPECT_REAL(number_at(table, 0, "area"), 100, 1e-6);
    EXPECT_INT(zone_table_integer(table, 0, column(table, "pieces")), 1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(an_invalid_feature_is_repaired_and_told)
{
    zone_context *ctx = new_context();
    put_text("/vsimem/area_tie.geojson", GEOJSON("4549", FEATURE("\"id\":1", SQUARE) "," FEATURE("\"id\":2", BOW_TIE)));
    zone_table *table = ask_area(ctx, "/vsimem/area_tie.geojson", NULL);
    const zone_table *books = zone_table_section(table, ZONE_SECTION_COMPLETENESS);

    EXPECT_INT(zone_table_integer(books, 0, column(books, "features")), 2);
    EXPECT_INT(zone_table_integer(books, 0, column(books, "used")), 1);
    EXPECT_INT(zone_table_integer(books, 0, column(books, "repaired")), 1);
    EXPECT_CONTAINS(text_at(books, 0, "first_repaired"), "2 (Self-intersection at 441050 3218050)");
    EXPECT_REAL(number_at(table, 1, "area"), 0.5 * number_at(table, 0, "area"), 1e-3);
    zone_table_free(table);
    zone_context_free(ctx);
}

static zone_status refused(zone_context *ctx, const char *path, const zone_area_options *options)
{
    zone_table *table = (zone_table *)ctx;
    zone_source *source = open_source(ctx, path, NULL);
    zone_status status = zone_area(ctx, source, options, &table);

    EXPECT(table == NULL);
    zone_source_close(source);
    return status;
}

TEST(an_empty_layer_points_and_unknown_fields_are_refused)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .by = "NOWHERE"};
    put_text("/vsimem/area_none.geojson", GEOJSON("4549", ""));
    put_text("/vsimem/area_points.geojson",
             GEOJSON("4549", FEATURE("\"id\":1", "{\"type\":\"Point\",\"coordinates\":[441000,3218000]}")));
    draw_three("/vsimem/area_fields.geojson");

    EXPECT_INT(refused(ctx, "/vsimem/area_none.geojson", NULL), ZONE_EMPTY);
    EXPECT_INT(refused(ctx, "/vsimem/area_points.geojson", NULL), ZONE_BAD_GEOMETRY);
    EXPECT_INT(refused(ctx, "/vsimem/area_fields.geojson", &options), ZONE_BAD_FIELD);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "DLBM");
    options = (zone_area_options){.size = sizeof options, .method = "eyeball"};
    EXPECT_INT(refused(ctx, "/vsimem/area_fields.geojson", &options), ZONE_BAD_USAGE);
    zone_context_free(ctx);
}

TEST(control_forces_the_rows_to_the_area_and_tells_who_changed)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .method = "grid", .control = "14700.05"};
    draw_three("/vsimem/area_control.geojson");
    zone_table *table = ask_area(ctx, "/vsimem/area_control.geojson", &options);

    /* 5 hundredths over three rows: one each, two more to the largest (p2, then p1). */
    EXPECT_TEXT(text_at(table, 0, "adjustment"), "0.02");
    EXPECT_TEXT(text_at(table, 1, "adjustment"), "0.02");
    EXPECT_TEXT(text_at(table, 2, "adjustment"), "0.01");
    EXPECT_REAL(closure(table, "control area", NULL), 14700.05, 1e-9);
    zone_table_free(table);
    options.scheme = "cut";
    EXPECT_INT(refused(ctx, "/vsimem/area_control.geojson", &options), ZONE_BAD_USAGE);
    zone_context_free(ctx);
}
