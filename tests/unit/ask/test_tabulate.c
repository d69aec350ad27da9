/* The question "tabulate". */
#include "ask/fixture.h"

static zone_table *ask_tabulate(zone_context *ctx, const char *data_path, const char *zones_path,
                                const zone_tabulate_options *options)
{
    zone_table *table = NULL;
    zone_source *data = open_source(ctx, data_path, NULL), *zones = open_source(ctx, zones_path, NULL);

    EXPECT_INT(zone_tabulate(ctx, data, zones, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(zones);
    zone_source_close(data);
    return table;
}

/* Two zones of 100 × 100 side by side, b drawn first. */
static void draw_zones(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"b\",\"name\":\"east\"", 100, 0, 200, 100);
    draw_box(&d, "\"id\":\"a\",\"name\":\"west\"", 0, 0, 100, 100);
    end_drawing(&d, path);
}

/* Parcels that tile both zones, and one outside. */
static void draw_tiles(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\"", 0, 0, 60, 100);
    draw_box(&d, "\"DLBM\":\"0201\"", 60, 0, 130, 100); /* cut by the border of the zones */
    draw_box(&d, "\"DLBM\":\"0101\"", 130, 0, 200, 100);
    draw_box(&d, "\"DLBM\":\"0301\"", 300, 0, 310, 10);
    end_drawing(&d, path);
}

TEST(rows_are_zones_in_their_order_then_keys)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    draw_zones("/vsimem/tab_zones.geojson");
    draw_tiles("/vsimem/tab_tiles.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_tiles.geojson", "/vsimem/tab_zones.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 4);
    EXPECT_INT(zone_table_group(table), 0); /* parts tie within their zone */
    EXPECT_TEXT(text_at(table, 0, "id"), "b");
    EXPECT_TEXT(text_at(table, 0, "DLBM"), "0101");
    EXPECT_REAL(number_at(table, 0, "area"), 7000, 1e-6);
    EXPECT_REAL(number_at(table, 1, "area"), 3000, 1e-6);
    EXPECT_TEXT(text_at(table, 2, "id"), "a");
    EXPECT_REAL(number_at(table, 2, "area"), 6000, 1e-6);
    EXPECT_REAL(number_at(table, 3, "area"), 4000, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(pieces_of_tiles_close_to_the_last_digit_in_every_method)
{
    static const char *const methods[] = {"survey", "survey:split=70", "ellipsoid", "geodesic", "grid"};
    zone_context *ctx = new_context();
    draw_zones("/vsimem/tab_close_zones.geojson");
    draw_tiles("/vsimem/tab_close_tiles.geojson");

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        zone_tabulate_options options = {.size = sizeof options, .method = methods[i]};
        zone_table *table =
            ask_tabulate(ctx, "/vsimem/tab_close_tiles.geojson", "/vsimem/tab_close_zones.geojson", &options);
        EXPECT(closure_exact(table, "residual", NULL) == 0);
        EXPECT(closure_exact(table, "counted more than once", "/vsimem/tab_close_tiles.geojson:tab_close_tiles") == 0);
        EXPECT(closure_exact(table, "whole", NULL) ==
               closure_exact(table, "sum of parts", NULL) + closure_exact(table, "outside every zone", NULL));
        EXPECT_REAL(closure(table, "outside every zone", NULL), 100, 0.02);
        zone_table_free(table);
    }
    zone_context_free(ctx);
}

TEST(what_lies_in_no_zone_is_told_but_is_no_row)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    draw_zones("/vsimem/tab_out_zones.geojson");
    draw_tiles("/vsimem/tab_out_tiles.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_out_tiles.geojson", "/vsimem/tab_out_zones.geojson", &options);
    const zone_table *books = zone_table_section(table, ZONE_SECTION_COMPLETENESS);

    EXPECT_INT(zone_table_integer(books, 0, column(books, "outside")), 1);
    EXPECT_TEXT(text_at(books, 0, "first_outside"), "3");
    EXPECT_REAL(closure(table, "outside every zone", NULL), 100, 1e-6);
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        EXPECT(strcmp(text_at(table, r, "DLBM"), "0301") != 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_feature_that_only_touches_a_zone_is_outside)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .method = "grid"};
    drawing d;
    draw_zones("/vsimem/tab_touch_zones.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\"", 0, 100, 200, 150);
    draw_box(&d, "\"DLBM\":\"0101\"", 10, 10, 20, 20);
    end_drawing(&d, "/vsimem/tab_touch.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_touch.geojson", "/vsimem/tab_touch_zones.geojson", &options);
    const zone_table *books = zone_table_section(table, ZONE_SECTION_COMPLETENESS);

    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_INT(zone_table_integer(table, 0, column(table, "pieces")), 1);
    EXPECT_INT(zone_table_integer(books, 0, column(books, "outside")), 1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(crumbs_of_a_border_that_is_nearly_followed_are_added_but_are_no_rows)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_zones("/vsimem/tab_crumb_zones.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\"", 10, 10, 20, 20);
    draw_box(&d, "\"DLBM\":\"0000\"", -50, 0, 0.000000004, 100); /* 4e-7 m² inside */
    end_drawing(&d, "/vsimem/tab_crumb.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_crumb.geojson", "/vsimem/tab_crumb_zones.geojson", &options);
    const zone_table *books = zone_table_section(table, ZONE_SECTION_COMPLETENESS);
    zone_exact crumb = zone_table_area(table, 0, column(table, "area")) - 100 * ZONE_EXACT_M2;

    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_TEXT(text_at(table, 0, "DLBM"), "0101");
    EXPECT_INT(zone_table_integer(books, 0, column(books, "outside")), 1);
    EXPECT(crumb > 0 && crumb < ZONE_EXACT_MICRO_M2);
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(zones_of_the_same_texts_are_one_zone_of_the_table)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .zone_by = "town", .method = "grid"};
    drawing d;
    draw_tiles("/vsimem/tab_town_tiles.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"town\":\"x\"", 0, 0, 50, 100);
    draw_box(&d, "\"town\":\"y\"", 50, 0, 100, 100);
    draw_box(&d, "\"town\":\"x\"", 100, 0, 200, 100);
    end_drawing(&d, "/vsimem/tab_town.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_town_tiles.geojson", "/vsimem/tab_town.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 2);
    EXPECT_TEXT(text_at(table, 0, "town"), "x");
    EXPECT_REAL(number_at(table, 0, "area"), 15000, 1e-6);
    EXPECT_REAL(number_at(table, 1, "area"), 5000, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(zones_without_id_or_name_go_by_their_feature_id)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .method = "grid"};
    drawing d;
    draw_tiles("/vsimem/tab_fid_tiles.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"colour\":\"red\"", 0, 0, 50, 100);
    draw_box(&d, "\"colour\":\"red\"", 50, 0, 200, 100);
    end_drawing(&d, "/vsimem/tab_fid.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_fid_tiles.geojson", "/vsimem/tab_fid.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 2);
    EXPECT_TEXT(text_at(table, 0, "zone"), "0");
    EXPECT_TEXT(text_at(table, 1, "zone"), "1");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_field_that_data_and_zones_share_keeps_both_columns)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "id", .method = "grid"};
    draw_zones("/vsimem/tab_same_zones.geojson");
    draw_zones("/vsimem/tab_same.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_same.geojson", "/vsimem/tab_same_zones.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 2);
    EXPECT_TEXT(text_at(table, 0, "zone_id"), "b");
    EXPECT_TEXT(text_at(table, 0, "id"), "b");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(zones_in_another_reference_system_are_brought_to_the_data)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .method = "grid"};
    draw_tiles("/vsimem/tab_crs_tiles.geojson");
    /* About a kilometre round 441000 E, 3218000 N. */
    put_text("/vsimem/tab_crs.geojson",
             GEOJSON("4490", FEATURE("\"id\":\"all\"", POLYGON("[[119.38,29.07],[119.41,29.07],[119.41,29.1],"
                                                               "[119.38,29.1],[119.38,29.07]]"))));
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_crs_tiles.geojson", "/vsimem/tab_crs.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_REAL(number_at(table, 0, "area"), 20100, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(explain_runs_the_overlay_by_every_method)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "DLBM", .explain = 1};
    draw_zones("/vsimem/tab_ex_zones.geojson");
    draw_tiles("/vsimem/tab_ex_tiles.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_ex_tiles.geojson", "/vsimem/tab_ex_zones.geojson", &options);

    EXPECT_REAL(number_at(table, 1, "grid"), 3000, 1e-6);
    EXPECT_REAL(number_at(table, 1, "area"), 3000 * (1 - 8.567e-5), 1e-3);
    EXPECT_REAL(number_at(table, 1, "geodesic"), number_at(table, 1, "area"), 1e-3);
    EXPECT_REAL(number_at(table, 1, "grid_less_asked"), 3000 - number_at(table, 1, "area"), 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(control_by_cut_changes_only_rows_with_cut_features)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {
        .size = sizeof options, .by = "DLBM", .method = "grid", .control = "20000.07", .scheme = "cut"};
    draw_zones("/vsimem/tab_cut_zones.geojson");
    draw_tiles("/vsimem/tab_cut_tiles.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_cut_tiles.geojson", "/vsimem/tab_cut_zones.geojson", &options);

    /* 7 hundredths over 3000 and 4000 m² of the parcel that the border cuts. */
    EXPECT_TEXT(text_at(table, 0, "adjustment"), "0.00");
    EXPECT_TEXT(text_at(table, 1, "adjustment"), "0.03");
    EXPECT_TEXT(text_at(table, 2, "adjustment"), "0.00");
    EXPECT_TEXT(text_at(table, 3, "adjustment"), "0.04");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(the_order_of_features_and_the_start_of_rings_change_no_byte_of_the_table)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "DLBM"};
    drawing d;
    draw_zones("/vsimem/tab_perm_zones.geojson");
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"DLBM\":\"0101\"", "10.1 5.2,150.3 12.7,120 80,33.3 91.7");
    draw_polygon(&d, "\"DLBM\":\"0201\"", "160 5,260 30,170 70");
    draw_polygon(&d, "\"DLBM\":\"0101\"", "10 95,30 93,180 99,150 130");
    end_drawing(&d, "/vsimem/tab_perm.geojson");
    zone_table *one = ask_tabulate(ctx, "/vsimem/tab_perm.geojson", "/vsimem/tab_perm_zones.geojson", &options);
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"DLBM\":\"0201\"", "260 30,160 5,170 70");
    draw_polygon(&d, "\"DLBM\":\"0101\"", "150 130,10 95,30 93,180 99");
    draw_polygon(&d, "\"DLBM\":\"0101\"", "120 80,33.3 91.7,10.1 5.2,150.3 12.7");
    end_drawing(&d, "/vsimem/tab_perm.geojson");
    zone_table *two = ask_tabulate(ctx, "/vsimem/tab_perm.geojson", "/vsimem/tab_perm_zones.geojson", &options);
    char *first = as_text(ctx, one, ZONE_PARTS_TABLE), *second = as_text(ctx, two, ZONE_PARTS_TABLE);

    EXPECT_TEXT(first, second);
    EXPECT(closure_exact(one, "outside every zone", NULL) == closure_exact(two, "outside every zone", NULL));
    free(first);
    free(second);
    zone_table_free(one);
    zone_table_free(two);
    zone_context_free(ctx);
}

TEST(empty_data_empty_zones_and_unknown_fields_are_refused)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options};
    zone_table *table = NULL;
    draw_zones("/vsimem/tab_bad_zones.geojson");
    put_text("/vsimem/tab_bad_none.geojson", GEOJSON("4549", ""));
    zone_source *good = open_source(ctx, "/vsimem/tab_bad_zones.geojson", NULL);
    zone_source *none = open_source(ctx, "/vsimem/tab_bad_none.geojson", NULL);

    EXPECT_INT(zone_tabulate(ctx, none, good, NULL, &table), ZONE_EMPTY);
    EXPECT_INT(zone_tabulate(ctx, good, none, NULL, &table), ZONE_EMPTY);
    options.by = "NOWHERE";
    EXPECT_INT(zone_tabulate(ctx, good, good, &options, &table), ZONE_BAD_FIELD);
    options = (zone_tabulate_options){.size = sizeof options, .zone_by = "NOWHERE"};
    EXPECT_INT(zone_tabulate(ctx, good, good, &options, &table), ZONE_BAD_FIELD);
    EXPECT_INT(zone_tabulate(ctx, good, NULL, NULL, &table), ZONE_BAD_USAGE);
    EXPECT(table == NULL);
    zone_source_close(none);
    zone_source_close(good);
    zone_context_free(ctx);
}

TEST(pieces_stand_behind_the_rows_when_they_are_asked_for)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .pieces = 1};
    static const struct {
        const char *zone, *key;
        int64_t feature, of_zone;
        double area;
    } expected[] = {
        {"a", "0101", 0, 1, 6000}, {"b", "0201", 1, 0, 3000}, {"a", "0201", 1, 1, 4000}, {"b", "0101", 2, 0, 7000}};
    draw_zones("/vsimem/tab_zones.geojson");
    draw_tiles("/vsimem/tab_tiles.geojson");
    zone_table *table = ask_tabulate(ctx, "/vsimem/tab_tiles.geojson", "/vsimem/tab_zones.geojson", &options);
    const zone_table *pieces = zone_table_section(table, ZONE_SECTION_PIECES);

    EXPECT_INT(zone_table_row_count(pieces), 4);
    for (size_t r = 0; r < zone_table_row_count(pieces); r++) {
        EXPECT_TEXT(text_at(pieces, r, "id"), expected[r].zone);
        EXPECT_TEXT(text_at(pieces, r, "DLBM"), expected[r].key);
        EXPECT_INT(number_at(pieces, r, "feature"), expected[r].feature);
        EXPECT_INT(number_at(pieces, r, "zone_feature"), expected[r].of_zone);
        EXPECT_REAL(number_at(pieces, r, "area"), expected[r].area, 1e-6);
    }
    zone_table_free(table);
    options.pieces = 0;
    table = ask_tabulate(ctx, "/vsimem/tab_tiles.geojson", "/vsimem/tab_zones.geojson", &options);
    EXPECT(zone_table_section(table, ZONE_SECTION_PIECES) == NULL);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(forced_areas_have_no_pieces)
{
    zone_context *ctx = new_context();
    zone_tabulate_options options = {.size = sizeof options, .control = "20000.00", .pieces = 1};
    zone_table *table = NULL;
    draw_zones("/vsimem/tab_zones.geojson");
    draw_tiles("/vsimem/tab_tiles.geojson");
    zone_source *data = open_source(ctx, "/vsimem/tab_tiles.geojson", NULL);
    zone_source *zones = open_source(ctx, "/vsimem/tab_zones.geojson", NULL);

    EXPECT_INT(zone_tabulate(ctx, data, zones, &options, &table), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "--control");
    zone_source_close(zones);
    zone_source_close(data);
    zone_context_free(ctx);
}
