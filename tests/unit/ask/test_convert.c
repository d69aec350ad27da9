/* The question "convert". */
#include "ask/fixture.h"

#include <ogr_api.h>

static zone_table *convert(zone_context *ctx, const char *path, zone_status expected)
{
    zone_source *source = open_source(ctx, path, NULL);
    zone_table *table = NULL;

    EXPECT_INT(zone_convert(ctx, source, NULL, &table), expected);
    EXPECT((table != NULL) == (expected == ZONE_OK));
    zone_source_close(source);
    return table;
}

static void expect_shape(const zone_table *layer, size_t row, const char *expected)
{
    int column = zone_table_column_find(layer, "geometry");
    size_t size = 0;
    const unsigned char *wkb = zone_table_geometry(layer, row, (size_t)column, &size);
    OGRGeometryH shape = NULL;
    char *wkt = NULL;

    EXPECT(wkb && OGR_G_CreateFromWkb(wkb, NULL, &shape, (int)size) == OGRERR_NONE);
    if (shape)
        OGR_G_ExportToWkt(shape, &wkt);
    EXPECT_TEXT(wkt ? wkt : "none", expected);
    free(wkt);
    OGR_G_DestroyGeometry(shape);
}

TEST(all_features_and_all_fields_become_a_layer)
{
    zone_context *ctx = new_context();
    drawing d;

    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"XMBH\":\"S1\",\"NX\":20,\"SBMJ\":99.5", "0 0,10 0,10 10,0 10|2 2,4 2,4 4,2 4");
    draw_box(&d, "\"XMBH\":null,\"NX\":null,\"SBMJ\":null", 20, 0, 30, 10);
    draw(&d, ",{\"type\":\"Feature\",\"properties\":{\"XMBH\":\"S3\"},\"geometry\":null}");
    end_drawing(&d, "/vsimem/convert.geojson");
    zone_table *table = convert(ctx, "/vsimem/convert.geojson", ZONE_OK);
    const zone_table *layer = zone_table_section(table, ZONE_SECTION_PIECES);
    EXPECT_TEXT(text_at(table, 0, "layer"), "convert");
    EXPECT_INT(zone_table_row_count(layer), 3);
    EXPECT_INT(zone_table_column_count(layer), 4);
    EXPECT_TEXT(text_at(layer, 0, "XMBH"), "S1");
    EXPECT_INT(zone_table_integer(layer, 0, 1), 20);
    EXPECT_REAL(zone_table_number(layer, 0, 2), 99.5, 0.0);
    EXPECT(zone_table_is_null(layer, 1, 0) && zone_table_is_null(layer, 1, 1) && zone_table_is_null(layer, 1, 2));
    EXPECT(zone_table_is_null(layer, 2, 3));
    EXPECT_TEXT(zone_table_column(layer, 0)->role, "id");
    EXPECT_TEXT(zone_table_column(layer, 2)->role, "claimed");
    EXPECT_TEXT(zone_table_column(layer, 3)->crs, "EPSG:4549");
    expect_shape(layer, 0,
                 "MULTIPOLYGON (((441000 3218000,441010 3218000,441010 3218010,441000 3218010,441000 3218000),"
                 "(441002 3218004,441004 3218004,441004 3218002,441002 3218002,441002 3218004)))");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(parts_keep_their_own_holes_and_bow_ties_stay_as_drawn)
{
    zone_context *ctx = new_context();

    put_text(
        "/vsimem/parts.geojson",
        GEOJSON(
            "4549",
            FEATURE("\"a\":1",
                    "{\"type\":\"MultiPolygon\",\"coordinates\":["
                    "[[[441000,3218000],[441009,3218000],[441009,3218009],[441000,3218000]],"
                    "[[441005,3218001],[441005,3218002],[441006,3218002],[441005,3218001]]],"
                    "[[[441100,3218000],[441109,3218000],[441109,3218009],[441100,3218000]]]]}") "," FEATURE("\"a\":2",
                                                                                                             BOW_TIE)));
    zone_table *table = convert(ctx, "/vsimem/parts.geojson", ZONE_OK);
    const zone_table *layer = zone_table_section(table, ZONE_SECTION_PIECES);
    expect_shape(layer, 0,
                 "MULTIPOLYGON (((441000 3218000,441009 3218000,441009 3218009,441000 3218000),"
                 "(441005 3218001,441005 3218002,441006 3218002,441005 3218001)),"
                 "((441100 3218000,441109 3218000,441109 3218009,441100 3218000)))");
    expect_shape(layer, 1,
                 "MULTIPOLYGON (((441000 3218000,441100 3218100,441100 3218000,441000 3218100,441000 3218000)))");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(what_can_not_become_a_layer_of_areas_is_refused)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    EXPECT_INT(zone_convert(ctx, NULL, NULL, &table), ZONE_BAD_USAGE);
    put_text("/vsimem/none.geojson",
             GEOJSON("4549", FEATURE("\"a\":1", "{\"type\":\"Point\",\"coordinates\":[441000,3218000]}")));
    convert(ctx, "/vsimem/none.geojson", ZONE_BAD_GEOMETRY);
    put_text("/vsimem/one.geojson", GEOJSON("4549", FEATURE("\"a\":1", SQUARE)));
    zone_context_set_memory(ctx, 100);
    convert(ctx, "/vsimem/one.geojson", ZONE_TOO_LARGE);
    zone_context_free(ctx);
}

static void expect_shape_in(zone_context *ctx, const zone_convert_options *options, const char *crs, const char *shape)
{
    zone_source *source = open_source(ctx, "/vsimem/one.geojson", NULL);
    zone_table *table = NULL;

    EXPECT_INT(zone_convert(ctx, source, options, &table), ZONE_OK);
    EXPECT_TEXT(zone_table_text(table, 0, 3), crs);
    expect_shape(zone_table_section(table, ZONE_SECTION_PIECES), 0, shape);
    zone_table_free(table);
    EXPECT_INT(zone_convert(ctx, source, NULL, &table), ZONE_OK); /* and the source is as it was */
    EXPECT_TEXT(zone_table_text(table, 0, 3), "EPSG:4549");
    zone_table_free(table);
    zone_source_close(source);
}

/* The two zones differ in nothing but the zone number before the easting. */
TEST(vertices_come_in_the_system_that_is_asked_for)
{
    const zone_convert_options prefixed = {.size = sizeof prefixed, .crs = "EPSG:4528"},
                               own = {.size = sizeof own, .crs = "EPSG:4549"},
                               unknown = {.size = sizeof unknown, .crs = "EPSG:99999"},
                               other = {.size = sizeof other, .crs = "EPSG:2385"},
                               big5 = {.size = sizeof big5, .encoding = "Big5"};
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    put_text("/vsimem/one.geojson", GEOJSON("4549", FEATURE("\"a\":1", SQUARE)));
    expect_shape_in(ctx, &prefixed, "EPSG:4528",
                    "MULTIPOLYGON (((40441000 3218000,40441100 3218000,40441100 3218100,40441000 3218100,"
                    "40441000 3218000)))");
    expect_shape_in(ctx, &own, "EPSG:4549",
                    "MULTIPOLYGON (((441000 3218000,441100 3218000,441100 3218100,441000 3218100,441000 3218000)))");
    zone_source *source = open_source(ctx, "/vsimem/one.geojson", NULL);
    EXPECT_INT(zone_convert(ctx, source, &unknown, &table), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--to-crs");
    EXPECT_INT(zone_convert(ctx, source, &other, &table), ZONE_BAD_CRS); /* Xian 1980: the shift is not public */
    EXPECT_INT(zone_convert(ctx, source, &big5, &table), ZONE_BAD_USAGE);
    zone_source_close(source);
    zone_context_free(ctx);
}
