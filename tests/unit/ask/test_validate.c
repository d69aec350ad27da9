/* The question "validate": features one by one. What they are as a layer: test_coverage.c, test_stored.c. */
#include "ask/fixture.h"

static zone_table *validate(zone_context *ctx, zone_source *source, const zone_validate_options *options)
{
    zone_table *table = NULL;

    EXPECT_INT(zone_validate(ctx, source, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(source);
    return table;
}

static int64_t count_of(const zone_table *table, const char *finding)
{
    return zone_table_integer(table, find_row(table, "finding", finding, NULL, NULL), column(table, "count"));
}

/* One polygon beside a sound box, which must stay sound. Points as draw_polygon takes them. */
static void expect_fault(const char *points, const char *reason, const char *at)
{
    zone_context *ctx = new_context();
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":\"good\"", 500, 0, 600, 100);
    draw_polygon(&d, "\"name\":\"bad\"", points);
    end_drawing(&d, "/vsimem/validate_fault.geojson");
    zone_table *table = validate(ctx, open_source(ctx, "/vsimem/validate_fault.geojson", NULL), NULL);
    size_t row = find_row(table, "finding", "not valid", NULL, NULL);

    EXPECT_INT(count_of(table, "features"), 2);
    EXPECT_INT(count_of(table, "valid features"), 1);
    EXPECT_INT(count_of(table, "features not valid"), 1);
    EXPECT_TEXT(text_at(table, row, "feature"), "1");
    EXPECT_TEXT(text_at(table, row, "reason"), reason);
    if (at)
        EXPECT_TEXT(text_at(table, row, "place"), at);
    EXPECT(zone_table_is_null(table, row, column(table, "count")));
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_border_that_crosses_itself_is_told_where_the_diagonals_meet)
{
    expect_fault("0 0,100 100,100 0,0 100", "Self-intersection", "441050.0000 3218050.0000");
    /* The second side goes north from 60 0, the fifth east from 20 20. */
    expect_fault("0 0,60 0,60 40,20 40,20 20,80 20,80 100,0 100", "Self-intersection", "441060.0000 3218020.0000");
}

TEST(a_hole_outside_its_shell_is_told_where_it_lies)
{
    expect_fault("0 0,100 0,100 100,0 100|200 200,200 210,210 210,210 200", "Hole lies outside shell",
                 "441200.0000 3218200.0000");
}

TEST(a_hole_that_repeats_the_shell_is_not_valid)
{
    expect_fault("0 0,100 0,100 100,0 100|0 0,0 100,100 100,100 0", "Self-intersection", NULL);
}

TEST(a_hole_in_a_hole_is_not_valid)
{
    expect_fault("0 0,100 0,100 100,0 100|20 20,20 80,80 80,80 20|40 40,40 60,60 60,60 40", "Holes are nested", NULL);
}

TEST(a_ring_of_two_places_or_one_has_too_few_points)
{
    expect_fault("0 0,100 0", "Too few points in geometry component", "441000.0000 3218000.0000");
    expect_fault("30 40,30 40,30 40", "Too few points in geometry component", "441030.0000 3218040.0000");
}

TEST(a_ring_without_width_is_not_valid)
{
    expect_fault("0 0,50 50,100 100", "Self-intersection", NULL);
}

/* A layer in memory of geometries that no file can hold; NULL is a feature without any, the last loses a northing. */
static GDALDatasetH draw_wkt(const char *const *wkt, size_t count)
{
    GDALDriverH driver = GDALGetDriverByName("Memory"); /* newer GDAL has only MEM */
    GDALDatasetH set = GDALCreate(driver ? driver : GDALGetDriverByName("MEM"), "", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);

    OSRImportFromEPSG(crs, 4549);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = GDALDatasetCreateLayer(set, "drawn", crs, wkbPolygon, NULL);
    for (size_t i = 0; i < count; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGRGeometryH geometry = NULL;
        char text[256], *rest = text;
        snprintf(text, sizeof text, "%s", wkt[i] ? wkt[i] : "");
        if (wkt[i])
            EXPECT_INT(OGR_G_CreateFromWkt(&rest, NULL, &geometry), OGRERR_NONE);
        if (i + 1 == count)
            OGR_G_SetPoint_2D(OGR_G_GetGeometryRef(geometry, 0), 1, 441300, (double)NAN);
        if (geometry)
            OGR_F_SetGeometryDirectly(feature, geometry);
        EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    OSRRelease(crs);
    return set;
}

TEST(what_has_no_geometry_or_no_finite_place_is_not_usable_and_says_why)
{
    static const char *const wkt[] = {
        "POLYGON ((441000 3218000,441100 3218000,441100 3218100,441000 3218100,441000 3218000))", NULL, "POLYGON EMPTY",
        "POLYGON ((441200 3218000,441300 3218000,441300 3218100,441200 3218100,441200 3218000))"};
    static const char *const reasons[] = {NULL, "no geometry", "empty geometry", "a coordinate that is not finite"};
    zone_context *ctx = new_context();
    GDALDatasetH set = draw_wkt(wkt, 4);
    zone_source *source = NULL;
    EXPECT_INT(zone_source_from_dataset(ctx, set, NULL, NULL, &source), ZONE_OK);
    zone_table *table = validate(ctx, source, NULL);

    EXPECT_INT(count_of(table, "valid features"), 1);
    for (int i = 1; i < 4; i++) {
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        size_t row = find_row(table, "finding", "not usable", "feature", id);
        EXPECT_TEXT(text_at(table, row, "reason"), reasons[i]);
        EXPECT(zone_table_is_null(table, row, column(table, "place"))); /* nothing to go and look at */
    }
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    GDALClose(set);
    zone_context_free(ctx);
}

TEST(a_ring_that_is_not_closed_is_not_valid_though_its_area_is_clear)
{
    zone_context *ctx = new_context();
    put_text("/vsimem/validate_open.geojson",
             GEOJSON("4549", FEATURE("\"name\":1", SQUARE) "," FEATURE(
                                 "\"name\":2", POLYGON("[[441200,3218000],[441300,3218000],[441300,3218100],"
                                                       "[441200,3218100]]"))));
    zone_table *table = validate(ctx, open_source(ctx, "/vsimem/validate_open.geojson", NULL), NULL);
    size_t row = find_row(table, "finding", "not valid", "feature", "1");

    EXPECT_INT(count_of(table, "features not valid"), 1);
    EXPECT_TEXT(text_at(table, row, "reason"), "Ring is not closed at 441200 3218100");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_place_in_degrees_is_good_to_a_millimetre)
{
    zone_context *ctx = new_context();
    put_text("/vsimem/validate_degrees.geojson",
             GEOJSON("4490", FEATURE("\"name\":1", POLYGON("[[119.5,29.1],[119.50002,29.10002],[119.50002,29.1],"
                                                           "[119.5,29.10002],[119.5,29.1]]"))));
    zone_table *table = validate(ctx, open_source(ctx, "/vsimem/validate_degrees.geojson", NULL), NULL);
    size_t row = find_row(table, "finding", "not valid", NULL, NULL);

    EXPECT_TEXT(text_at(table, row, "place"), "119.50001000 29.10001000");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_sound_layer_is_met_and_rows_that_count_come_first)
{
    zone_context *ctx = new_context();
    zone_validate_options options = {.size = sizeof options};
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 100);
    draw_polygon(&d, "\"name\":2", "100 0,200 0,200 100,100 100|140 40,140 60,160 60,160 40");
    draw_box(&d, "\"name\":3", 140, 40, 160, 60);
    end_drawing(&d, "/vsimem/validate_sound.geojson");
    zone_table *table = validate(ctx, open_source(ctx, "/vsimem/validate_sound.geojson", NULL), NULL);
    zone_table *same = validate(ctx, open_source(ctx, "/vsimem/validate_sound.geojson", NULL), &options);
    char *one = as_text(ctx, table, ZONE_PARTS_ALL), *two = as_text(ctx, same, ZONE_PARTS_ALL);

    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    EXPECT_TEXT(text_at(table, 0, "finding"), "features");
    EXPECT_INT(count_of(table, "valid features"), 3);
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        EXPECT(!zone_table_is_null(table, r, column(table, "count")));
    EXPECT_TEXT(one, two); /* no options are the zeroed ones */
    free(one);
    free(two);
    zone_table_free(table);
    zone_table_free(same);
    zone_context_free(ctx);
}

#define POINT_FEATURE FEATURE("\"name\":1", "{\"type\":\"Point\",\"coordinates\":[441000,3218000]}")

TEST(points_are_counted_and_asked_nothing_of_areas)
{
    zone_context *ctx = new_context();
    put_text("/vsimem/validate_points.geojson", GEOJSON("4549", POINT_FEATURE "," FEATURE("\"name\":2", "null")));
    zone_table *table = validate(ctx, open_source(ctx, "/vsimem/validate_points.geojson", NULL), NULL);

    EXPECT_INT(zone_table_row_count(table), 4); /* three that count, and the feature without geometry */
    EXPECT_INT(count_of(table, "valid features"), 1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(no_source_an_empty_layer_and_unknown_methods_are_refused)
{
    zone_context *ctx = new_context();
    zone_validate_options options = {.size = sizeof options, .method = "eyeball"};
    zone_table *table = (zone_table *)ctx;
    put_text("/vsimem/validate_none.geojson", GEOJSON("4549", ""));
    put_text("/vsimem/validate_one.geojson", GEOJSON("4549", FEATURE("\"name\":1", SQUARE)));
    zone_source *none = open_source(ctx, "/vsimem/validate_none.geojson", NULL);
    zone_source *one = open_source(ctx, "/vsimem/validate_one.geojson", NULL);

    EXPECT_INT(zone_validate(ctx, NULL, NULL, &table), ZONE_BAD_USAGE);
    EXPECT(table == NULL);
    EXPECT_INT(zone_validate(ctx, none, NULL, &table), ZONE_EMPTY);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "validate_none");
    EXPECT_INT(zone_validate(ctx, one, &options, &table), ZONE_BAD_USAGE);
    EXPECT(table == NULL);
    zone_source_close(one);
    zone_source_close(none);
    zone_context_free(ctx);
}
