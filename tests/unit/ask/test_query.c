/* The question "query". */
#include "ask/scene.h"

static zone_table *query(zone_context *ctx, const zone_plan *plan, zone_source *source,
                         const zone_query_options *options)
{
    zone_table *table = NULL;

    EXPECT_INT(zone_query(ctx, plan, source, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    return table;
}

/* The answer of the plan of scene.h. */
static zone_table *ask_scene(zone_context *ctx, const zone_query_options *options)
{
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    zone_plan *plan = open_plan(ctx, &p, "1 ha", "1 ha");
    zone_table *table = query(ctx, plan, NULL, options);

    zone_plan_close(plan);
    close_place(&p);
    return table;
}

static zone_table *ask_file(zone_context *ctx, const char *path, const zone_query_options *options)
{
    zone_source *source = open_source(ctx, path, NULL);
    zone_table *table = query(ctx, NULL, source, options);

    zone_source_close(source);
    return table;
}

static size_t rows_of(const zone_table *table, const char *layer)
{
    size_t count = 0;

    for (size_t r = 0; r < zone_table_row_count(table); r++)
        count += strcmp(text_at(table, r, "layer"), layer) == 0;
    return count;
}

TEST(a_point_inside_tells_everything_that_holds_it)
{
    static const char *const held[][2] = {{"zones", "holds the point"},    {"boundary", "holds the point"},
                                          {"planned", "holds the point"},  {"landuse", "holds the point"},
                                          {"farmland", "holds the point"}, {"status", "nearest"}};
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441050,3218050"};
    zone_table *table = ask_scene(ctx, &options);

    EXPECT_INT(zone_table_row_count(table), 6);
    for (size_t i = 0; i < 6; i++) {
        size_t row = find_row(table, "layer", held[i][0], "relation", held[i][1]);
        EXPECT_REAL(number_at(table, row, "distance"), i == 5 ? 50 : 0, 1e-6); /* 30, 40 from the corner 20 10 */
        EXPECT(zone_table_is_null(table, row, column(table, "area")));         /* a point has no area to share */
        EXPECT(zone_table_is_null(table, row, column(table, "share")));
    }
    EXPECT_TEXT(text_at(table, find_row(table, "layer", "zones", NULL, NULL), "id"), "a");
    EXPECT_TEXT(text_at(table, find_row(table, "layer", "planned", NULL, NULL), "class"), "0201");
    EXPECT_TEXT(text_at(table, find_row(table, "layer", "landuse", NULL, NULL), "class"), "0101");
    EXPECT_TEXT(text_at(table, find_row(table, "layer", "farmland", NULL, NULL), "id"), "0"); /* for want of an id */
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_point_on_a_border_belongs_to_both_sides)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441100,3218050"};
    zone_table *table = ask_scene(ctx, &options);

    EXPECT_INT(rows_of(table, "zones"), 2);
    find_row(table, "id", "a", "relation", "on its border");
    find_row(table, "id", "b", "relation", "on its border");
    find_row(table, "layer", "boundary", "relation", "holds the point");
    find_row(table, "layer", "farmland", "relation", "holds the point"); /* 60 … 150 */
    zone_table_free(table);
    options.at = "441000,3218000"; /* a corner */
    table = ask_scene(ctx, &options);
    find_row(table, "id", "a", "relation", "on its border");
    find_row(table, "layer", "boundary", "relation", "on its border");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_point_outside_everything_has_the_nearest_of_every_layer)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441230,3218140"};
    zone_table *table = ask_scene(ctx, &options);

    EXPECT_INT(zone_table_row_count(table), 6);
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        EXPECT_TEXT(text_at(table, r, "relation"), "nearest");
    size_t row = find_row(table, "layer", "zones", NULL, NULL);
    EXPECT_TEXT(text_at(table, row, "id"), "b");
    EXPECT_REAL(number_at(table, row, "distance"), 50, 1e-6); /* 30, 40 from the corner 200 100 */
    row = find_row(table, "layer", "planned", NULL, NULL);
    EXPECT_TEXT(text_at(table, row, "class"), "0101");
    row = find_row(table, "layer", "farmland", NULL, NULL);
    EXPECT_TEXT(text_at(table, row, "id"), "2"); /* 300 20 310 80 */
    EXPECT_REAL(number_at(table, row, "distance"), hypot(70, 60), 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

/* Boxes at 100, 210 and 330 m from the origin, and one that holds it. */
static void draw_row(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"far\"", 330, -10, 340, 10);
    draw_box(&d, "\"id\":\"here\"", -10, -10, 10, 10);
    draw_box(&d, "\"id\":\"mid\"", 210, -10, 220, 10);
    draw_box(&d, "\"id\":\"near\"", 100, -10, 110, 10);
    end_drawing(&d, path);
}

TEST(within_adds_what_is_no_farther_and_the_limit_itself_counts)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441000,3218000", .within = 210};
    draw_row("/vsimem/query_within.geojson");
    zone_table *table = ask_file(ctx, "/vsimem/query_within.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_TEXT(text_at(table, 0, "id"), "here");
    EXPECT_TEXT(text_at(table, 1, "id"), "near");
    EXPECT_TEXT(text_at(table, 1, "relation"), "within the distance");
    EXPECT_REAL(number_at(table, 1, "distance"), 100, 1e-6);
    EXPECT_TEXT(text_at(table, 2, "id"), "mid");
    zone_table_free(table);
    options.within = 209.9;
    table = ask_file(ctx, "/vsimem/query_within.geojson", &options);
    EXPECT_INT(zone_table_row_count(table), 2);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(the_nearest_come_behind_what_the_place_lies_in_and_both_count)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441000,3218000"};
    draw_row("/vsimem/query_nearest.geojson");
    zone_table *table = ask_file(ctx, "/vsimem/query_nearest.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_TEXT(text_at(table, 0, "id"), "here");
    zone_table_free(table);
    options.nearest = 1; /* as when nobody asks */
    table = ask_file(ctx, "/vsimem/query_nearest.geojson", &options);
    EXPECT_INT(zone_table_row_count(table), 1);
    zone_table_free(table);
    options.nearest = 3;
    table = ask_file(ctx, "/vsimem/query_nearest.geojson", &options);
    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_TEXT(text_at(table, 1, "id"), "near");
    EXPECT_TEXT(text_at(table, 2, "id"), "mid");
    EXPECT_REAL(number_at(table, 2, "distance"), 210, 1e-6);
    EXPECT_TEXT(text_at(table, 2, "relation"), "nearest");
    zone_table_free(table);
    options.nearest = 99;
    table = ask_file(ctx, "/vsimem/query_nearest.geojson", &options);
    EXPECT_INT(zone_table_row_count(table), 4); /* no more than there are */
    zone_table_free(table);
    zone_context_free(ctx);
}

/* 90 … 110 × 30 … 50: half in each zone, half in each of two planned uses, 400 m² in all. */
static const char plot_wkt[] = "POLYGON ((441090 3218030,441110 3218030,441110 3218050,441090 3218050,441090 3218030))";

static void expect_share(const zone_table *table, const char *layer, const char *key, const char *is,
                         const char *relation, double area, double share)
{
    for (size_t r = 0; r < zone_table_row_count(table); r++) {
        const char *text = text_at(table, r, key);
        if (strcmp(text_at(table, r, "layer"), layer) != 0 || !text || strcmp(text, is) != 0)
            continue;
        EXPECT_TEXT(text_at(table, r, "relation"), relation);
        EXPECT_REAL(number_at(table, r, "area"), area, 1e-6);
        EXPECT_REAL(number_at(table, r, "share"), share, 1e-9);
        EXPECT_REAL(number_at(table, r, "distance"), 0, 0);
        return;
    }
    TEST_FAIL("no row of %s with %s", layer, is);
}

TEST(a_plot_has_areas_and_shares_by_layer)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .plot = plot_wkt};
    zone_table *table = ask_scene(ctx, &options);

    expect_share(table, "zones", "id", "a", "overlaps", 200, 50);
    expect_share(table, "zones", "id", "b", "overlaps", 200, 50);
    expect_share(table, "planned", "class", "070102", "overlaps", 200, 50);
    expect_share(table, "planned", "class", "0201", "overlaps", 200, 50);
    expect_share(table, "landuse", "class", "0101", "holds the plot", 400, 100);
    expect_share(table, "farmland", "id", "1", "holds the plot", 400, 100);
    size_t row = find_row(table, "layer", "status", NULL, NULL);
    EXPECT_TEXT(text_at(table, row, "relation"), "nearest");
    EXPECT_REAL(number_at(table, row, "distance"), 20, 1e-6); /* 90 … 130 × 0 … 10 */
    EXPECT(zone_table_is_null(table, row, column(table, "area")));
    EXPECT_REAL(closure(table, "whole", NULL), 400, 1e-6);
    EXPECT(closure_exact(table, "plot less what the layer holds of it", "zones") == 0);
    EXPECT_REAL(closure(table, "plot less what the layer holds of it", "status"), 400, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_plot_over_the_edge_keeps_the_rest_and_holds_small_features)
{
    zone_context *ctx = new_context();
    zone_query_options options = {
        .size = sizeof options,
        .plot = "POLYGON ((440980 3217980,441080 3217980,441080 3218020,440980 3218020,440980 3217980))"};
    zone_table *table = ask_scene(ctx, &options);

    /* 100 × 40; 80 × 20 of it in the boundary. */
    expect_share(table, "boundary", "id", "boundary", "overlaps", 1600, 40);
    EXPECT_REAL(closure(table, "plot less what the layer holds of it", "boundary"), 2400, 1e-6);
    expect_share(table, "status", "id", "0", "inside the plot", 100, 2.5);
    expect_share(table, "status", "id", "1", "inside the plot", 100, 2.5);
    EXPECT_INT(rows_of(table, "status"), 2);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(rows_of_a_layer_come_with_the_largest_share_first)
{
    zone_context *ctx = new_context();
    zone_query_options options = {
        .size = sizeof options,
        .plot = "POLYGON ((441090 3218010,441140 3218010,441140 3218020,441090 3218020,441090 3218010))"};
    zone_table *table = ask_scene(ctx, &options);

    EXPECT_TEXT(text_at(table, 0, "id"), "b"); /* 40 of 50 m */
    EXPECT_REAL(number_at(table, 0, "share"), 80, 1e-9);
    EXPECT_TEXT(text_at(table, 1, "id"), "a");
    EXPECT_REAL(number_at(table, 1, "share"), 20, 1e-9);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_plot_of_a_file_answers_as_its_text_does)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .plot = "/vsimem/query_plot.geojson"};
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 90, 30, 100, 50); /* two halves of the plot above */
    draw_box(&d, "\"name\":2", 100, 30, 110, 50);
    end_drawing(&d, "/vsimem/query_plot.geojson");
    zone_table *table = ask_scene(ctx, &options);

    expect_share(table, "zones", "id", "a", "overlaps", 200, 50);
    expect_share(table, "landuse", "class", "0101", "holds the plot", 400, 100);
    EXPECT_REAL(closure(table, "whole", "/vsimem/query_plot.geojson"), 400, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

/* Keeps what is written. */
static int keep(void *user, const char *bytes, size_t count)
{
    char *text = user;
    size_t length = strlen(text);

    EXPECT(length + count < 4096);
    if (length + count < 4096) {
        memcpy(text + length, bytes, count);
        text[length + count] = '\0';
    }
    return 0;
}

TEST(what_is_printed_of_a_layer_adds_up_to_the_plot_and_so_do_shares)
{
    zone_context *ctx = new_context();
    zone_query_options options = {
        .size = sizeof options,
        .plot = "POLYGON ((441000 3218000,441010 3218000,441010 3218001,441000 3218001,441000 3218000))",
        .method = "grid"};
    zone_write_options csv = {.size = sizeof csv, .format = ZONE_FORMAT_CSV};
    char text[4096] = "";
    double areas = 0, shares = 0;
    drawing d;
    begin_drawing(&d, 4549);
    for (int i = 0; i < 7; i++) /* 10/7 m² each: 1.43 by itself, 10.01 in all; 14.29 %, 100.03 in all */
        draw_box(&d, "\"name\":1", 10.0 * i / 7, 0, 10.0 * (i + 1) / 7, 1);
    end_drawing(&d, "/vsimem/query_sevenths.geojson");
    zone_table *table = ask_file(ctx, "/vsimem/query_sevenths.geojson", &options);

    EXPECT_INT(zone_table_format(ctx, table, &csv, keep, text), ZONE_OK);
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        shares += number_at(table, r, "share");
    for (const char *line = strchr(text, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
        double area = 0;
        EXPECT_INT(sscanf(line + 1, "%*[^,],%*[^,],%*[^,],,%*[^,],%lf", &area), 1);
        areas += area;
    }
    EXPECT_REAL(areas, 10, 1e-9);
    EXPECT_REAL(shares, 100, 1e-9);
    zone_table_free(table);
    zone_context_free(ctx);
}

/* How often an item stands in the provenance. */
static size_t items_of(const zone_table *table, const char *item)
{
    const zone_table *provenance = zone_table_section(table, ZONE_SECTION_PROVENANCE);
    size_t count = 0;

    for (size_t r = 0; r < zone_table_row_count(provenance); r++)
        count += strcmp(zone_table_text(provenance, r, 0), item) == 0;
    return count;
}

TEST(provenance_begins_with_the_question_and_names_data_and_plot_once)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .plot = "/vsimem/query_named.geojson"};
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 90, 0, 120, 5);
    end_drawing(&d, "/vsimem/query_named.geojson");
    draw_row("/vsimem/query_row.geojson");
    zone_table *table = ask_file(ctx, "/vsimem/query_row.geojson", &options);
    const zone_table *provenance = zone_table_section(table, ZONE_SECTION_PROVENANCE);

    EXPECT_TEXT(zone_table_text(provenance, 0, 0), "question");
    EXPECT_INT(items_of(table, "input"), 2);
    EXPECT_INT(items_of(table, "hash"), 2);
    EXPECT_TEXT(zone_table_text(provenance, find_row(provenance, "item", "input", NULL, NULL), 1),
                "/vsimem/query_row.geojson:query_row");
    EXPECT_INT(zone_table_row_count(zone_table_section(table, ZONE_SECTION_COMPLETENESS)), 2);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_plot_that_only_touches_a_feature_has_nothing_of_it)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options,
                                  .plot = "POLYGON ((441010 3218000,441020 3218000,441020 3218010,441010 3218000))"};
    draw_row("/vsimem/query_touch.geojson");
    options.method = "grid";
    zone_table *table = ask_file(ctx, "/vsimem/query_touch.geojson", &options);

    EXPECT(zone_table_row_count(table) > 0);
    EXPECT_TEXT(text_at(table, 0, "id"), "here");
    EXPECT(zone_table_is_null(table, 0, column(table, "area")));
    EXPECT_REAL(number_at(table, 0, "distance"), 0, 0);
    EXPECT_REAL(closure(table, "whole", "WKT"), 50, 1e-6);
    EXPECT_REAL(closure(table, "plot less what the layer holds of it", NULL), 50, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(lines_and_points_are_told_though_they_have_no_area)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441050,3218000"};
    put_text(
        "/vsimem/query_road.geojson",
        GEOJSON("4549",
                FEATURE("\"id\":\"road\"",
                        "{\"type\":\"LineString\",\"coordinates\":[[441000,3218000],"
                        "[441300,3218000]]}") "," FEATURE("\"id\":\"well\"",
                                                          "{\"type\":\"Point\",\"coordinates\":[441100,3218040]}")));
    zone_table *table = ask_file(ctx, "/vsimem/query_road.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_TEXT(text_at(table, 0, "relation"), "at the point");
    EXPECT_TEXT(text_at(table, 0, "id"), "road");
    zone_table_free(table);
    options = (zone_query_options){.size = sizeof options, .plot = plot_wkt, .within = 30};
    table = ask_file(ctx, "/vsimem/query_road.geojson", &options);
    find_row(table, "id", "well", "relation", "crosses the plot");
    size_t row = find_row(table, "id", "road", "relation", "within the distance");
    EXPECT_REAL(number_at(table, row, "distance"), 30, 1e-6);
    EXPECT(zone_table_is_null(table, row, column(table, "share")));
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(degrees_have_areas_but_no_distances)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "119.405,29.105"};
    put_text("/vsimem/query_degrees.geojson",
             GEOJSON("4490", FEATURE("\"id\":\"a\"", POLYGON("[[119.4,29.1],[119.41,29.1],[119.41,29.11],[119.4,29.11],"
                                                             "[119.4,29.1]]"))));
    zone_table *table = ask_file(ctx, "/vsimem/query_degrees.geojson", &options);
    EXPECT_TEXT(text_at(table, 0, "relation"), "holds the point");
    EXPECT(zone_table_is_null(table, 0, column(table, "distance")));
    zone_table_free(table);
    options.at = "119.5,29.105"; /* outside: degrees are no distance, so there is no nearest */
    table = ask_file(ctx, "/vsimem/query_degrees.geojson", &options);
    EXPECT_INT(zone_table_row_count(table), 0);
    zone_table_free(table);
    options = (zone_query_options){
        .size = sizeof options,
        .plot = "POLYGON ((119.405 29.102,119.415 29.102,119.415 29.104,119.405 29.104,119.405 29.102))"};
    table = ask_file(ctx, "/vsimem/query_degrees.geojson", &options);
    EXPECT_REAL(number_at(table, 0, "share"), 50, 1e-6);
    zone_table_free(table);
    options.within = 10;
    zone_source *source = open_source(ctx, "/vsimem/query_degrees.geojson", NULL);
    EXPECT_INT(zone_query(ctx, NULL, source, &options, &table), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "--within");
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(a_place_of_another_system_is_asked_of_a_plan_in_metres)
{
    zone_context *ctx = new_context();
    /* The plan's own zone with its number before the easting; test_place.c has longitude and latitude. */
    zone_query_options options = {.size = sizeof options, .at = "40441050,3218050", .crs = "EPSG:4528"};
    place p;
    open_place(&p);
    draw_scene(&p);
    draw_farmland(&p, false);
    zone_plan *plan = open_plan(ctx, &p, "1 ha", "1 ha");
    zone_table *table = query(ctx, plan, NULL, &options);

    find_row(table, "id", "a", "relation", "holds the point");
    EXPECT_REAL(number_at(table, find_row(table, "layer", "status", NULL, NULL), "distance"), 50, 1e-4);
    zone_table_free(table);
    options = (zone_query_options){.size = sizeof options, .at = "29.0777,119.3938", .crs = "EPSG:4490"};
    EXPECT_INT(zone_query(ctx, plan, NULL, &options, &table), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "longitude first");
    EXPECT(table == NULL);
    options = (zone_query_options){.size = sizeof options, .at = "119.3938,29.0777"};
    EXPECT_INT(zone_query(ctx, plan, NULL, &options, &table), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "--at-crs");
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(questions_that_make_no_sense_are_refused)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = "441050,3218050"};
    zone_table *table = (zone_table *)ctx;
    draw_row("/vsimem/query_bad.geojson");
    zone_source *source = open_source(ctx, "/vsimem/query_bad.geojson", NULL);

    EXPECT_INT(zone_query(ctx, NULL, NULL, &options, &table), ZONE_BAD_USAGE);
    EXPECT(table == NULL);
    EXPECT_INT(zone_query(ctx, NULL, source, NULL, &table), ZONE_BAD_USAGE); /* no place */
    options.method = "eyeball";
    EXPECT_INT(zone_query(ctx, NULL, source, &options, &table), ZONE_BAD_USAGE);
    options = (zone_query_options){.size = sizeof options, .plot = "POLYGON ((441000 3218000,"};
    EXPECT_INT(zone_query(ctx, NULL, source, &options, &table), ZONE_BAD_GEOMETRY);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "a POLYGON or MULTIPOLYGON");
    options.plot = "/vsimem/query_nowhere.geojson";
    EXPECT_INT(zone_query(ctx, NULL, source, &options, &table), ZONE_NOT_FOUND);
    EXPECT(table == NULL);
    zone_source_close(source);
    zone_context_free(ctx);
}
