#include "read/fixture.h"

#define F(properties, geometry) FEATURE(properties, geometry)
#define HOLED                                                                                                          \
    POLYGON("[[441000,3218000],[441000,3218100],[441100,3218100],[441100,3218000],[441000,3218000]],"                  \
            "[[441010,3218010],[441020,3218010],[441020,3218020],[441010,3218020],[441010,3218010]]")

TEST(outer_rings_run_counter_clockwise_holes_clockwise_and_no_vertex_is_repeated)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_source *source;

    put_text("/vsimem/r.geojson", GEOJSON("4549", F("\"a\":1", HOLED)));
    source = open_source(ctx, "/vsimem/r.geojson", NULL);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 1);
    EXPECT_INT(batch.ring_count, 2);
    EXPECT_INT(batch.vertex_count, 8);
    EXPECT_REAL(ring_area(&batch, 0), 20000.0, 0.0);
    EXPECT_REAL(ring_area(&batch, 1), -200.0, 0.0);
    EXPECT(batch.state[0] == ZONE_FEATURE_USED && batch.shape[0] == ZONE_SHAPE_AREA);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

#define MIXED                                                                                                          \
    GEOJSON("4549",                                                                                                    \
            F("\"n\":\"0\"", SQUARE) "," F("\"n\":\"1\"", BOW_TIE) "," F("\"n\":\"2\"", "null") "," F(                 \
                "\"n\":\"3\"", "{\"type\":\"Point\",\"coordinates\":[441000,3218000]"                                  \
                               "}") "," F("\"n\":null", POLYGON("[[441000,3218000],[1e999,3218000],"                   \
                                                                "[441100,3218100],[441000,3218000]"                    \
                                                                "]")) "," F("\"n\":\"\"", "{\"type\":\"Polygon\","     \
                                                                                          "\"coordinates\":[]}"))

TEST(each_feature_comes_with_its_state_and_reason)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_source *source;

    put_text("/vsimem/x.geojson", MIXED);
    source = open_source(ctx, "/vsimem/x.geojson", NULL);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 6);
    EXPECT(batch.state[0] == ZONE_FEATURE_USED && batch.reason[0] == NULL);
    EXPECT(batch.state[1] == ZONE_FEATURE_REPAIRED);
    EXPECT_TEXT(batch.reason[1], "Self-intersection at 441050 3218050");
    EXPECT_REAL(batch.area_change[1], 5000.0, 1e-6);
    for (size_t i = 2; i < 6; i++) {
        EXPECT(batch.state[i] == ZONE_FEATURE_REJECTED);
        EXPECT_INT(batch.ring_start[i + 1] - batch.ring_start[i], 0);
    }
    EXPECT_TEXT(batch.reason[2], "no geometry");
    EXPECT_TEXT(batch.reason[3], "not an area: POINT");
    EXPECT_TEXT(batch.reason[4], "a coordinate that is not finite");
    EXPECT_TEXT(batch.reason[5], "no geometry"); /* what GDAL makes of empty coordinates */
    EXPECT_TEXT(zone_batch_text(&batch, 1, 0), "1");
    EXPECT(zone_batch_text(&batch, 4, 0) == NULL); /* null */
    EXPECT(zone_batch_text(&batch, 5, 0) == NULL); /* blank is null in every format */
    EXPECT_INT(batch.ordinal[5], 5);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(the_policy_rejects_or_refuses_what_is_not_valid)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .invalid = ZONE_REJECT};
    zone_batch batch = {0};
    zone_source *source;

    put_text("/vsimem/x.geojson", GEOJSON("4549", F("\"n\":1", SQUARE) "," F("\"n\":2", BOW_TIE)));
    source = open_source(ctx, "/vsimem/x.geojson", &options);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT(batch.state[1] == ZONE_FEATURE_REJECTED);
    EXPECT_TEXT(batch.reason[1], "Self-intersection at 441050 3218050");
    EXPECT_INT(batch.ring_count, 1);
    zone_source_close(source);
    options.invalid = ZONE_REFUSE;
    source = open_source(ctx, "/vsimem/x.geojson", &options);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_BAD_GEOMETRY);
    EXPECT_INT(batch.feature_count, 0);
    EXPECT_TEXT(zone_context_error(ctx)->feature, "1");
    EXPECT_TEXT(zone_context_error(ctx)->place, "441050 3218050");
    EXPECT_TEXT(zone_context_error(ctx)->layer, "x");
    zone_source_close(source);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(as_drawn_judges_and_mends_nothing)
{
    zone_context *ctx = new_context();
    zone_request request = {.shape = ZONE_SHAPE_AREA, .as_drawn = true};
    zone_batch batch = {0};
    zone_source *source;

    put_text("/vsimem/x.geojson",
             GEOJSON("4549", F("\"n\":1", BOW_TIE) "," F(
                                 "\"n\":2", POLYGON("[[441000,3218000],[441100,3218000],[441100,3218100]]"))));
    source = open_source(ctx, "/vsimem/x.geojson", NULL);
    EXPECT_INT(zone_source_read(ctx, source, &request, &batch), ZONE_OK);
    EXPECT(batch.state[0] == ZONE_FEATURE_USED && batch.reason[0] == NULL);
    EXPECT_INT(batch.ring_count, 2);
    EXPECT_INT(batch.vertex_start[1] - batch.vertex_start[0], 4);
    EXPECT(batch.state[1] == ZONE_FEATURE_USED);
    EXPECT_TEXT(batch.reason[1], "Ring is not closed at 441100 3218100");
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

static void put_many(int count)
{
    char *text = malloc((size_t)count * 300 + 300), *at = text;

    at += sprintf(at, "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
                      "\"urn:ogc:def:crs:EPSG::4549\"}},\"features\":[");
    for (int i = 0; i < count; i++)
        at +=
            sprintf(at,
                    "%s{\"type\":\"Feature\",\"properties\":{\"n\":%d,\"m\":\"x\"},\"geometry\":{\"type\":\"Polygon\","
                    "\"coordinates\":[[[%d,3218000],[%d,3218000],[%d,3218001],[%d,3218000]]]}}",
                    i ? "," : "", i, 441000 + i, 441001 + i, 441001 + i, 441000 + i);
    strcpy(at, "]}");
    put_text("/vsimem/many.geojson", text);
    free(text);
}

TEST(batches_hold_what_was_asked_and_the_last_is_empty)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_source *source;
    int field = 0;
    zone_request request = {.fields = &field, .field_count = 1, .batch_size = 40};
    size_t sizes[5] = {0}, rounds = 0;

    put_many(100);
    source = open_source(ctx, "/vsimem/many.geojson", NULL);
    for (int again = 0; again < 2; again++) {
        rounds = 0;
        EXPECT_INT(zone_source_rewind(ctx, source, &request), ZONE_OK);
        do {
            EXPECT_INT(zone_source_next(ctx, source, &batch), ZONE_OK);
            if (batch.feature_count && rounds == 2)
                EXPECT_TEXT(zone_batch_text(&batch, 0, 0), "80");
            sizes[rounds++] = batch.feature_count;
        } while (batch.feature_count && rounds < 5);
        EXPECT_INT(rounds, 4);
        EXPECT_INT(sizes[0], 40);
        EXPECT_INT(sizes[2], 20);
        EXPECT_INT(sizes[3], 0);
    }
    EXPECT_INT(zone_source_next(ctx, source, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 0);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(reading_can_be_cancelled)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_source *source;

    put_many(100);
    source = open_source(ctx, "/vsimem/many.geojson", NULL);
    zone_cancel(ctx);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_CANCELLED);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(vertices_come_in_the_reference_system_that_was_asked_for)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0}, plain = {0};
    zone_source *source;
    zone_crs *target = NULL;

    put_text("/vsimem/r.geojson", GEOJSON("4549", F("\"a\":1", HOLED)));
    source = open_source(ctx, "/vsimem/r.geojson", NULL);
    EXPECT_INT(zone_crs_create(ctx, "EPSG:4528", "from --crs", &target), ZONE_OK);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &plain), ZONE_OK);
    EXPECT_INT(zone_source_project(ctx, source, target), ZONE_OK);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    for (size_t i = 0; i < batch.vertex_count; i++) {
        EXPECT_REAL(batch.x[i], plain.x[i] + 40000000.0, 1e-7);
        EXPECT_REAL(batch.y[i], plain.y[i], 1e-7);
    }
    EXPECT_INT(zone_source_project(ctx, source, NULL), ZONE_OK);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_REAL(batch.x[0], plain.x[0], 0.0);
    zone_crs_free(target);
    zone_batch_free(&batch);
    zone_batch_free(&plain);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(another_datum_is_refused_with_the_way_to_give_parameters)
{
    zone_context *ctx = new_context();
    zone_source *source;
    zone_crs *target = NULL;

    put_text("/vsimem/r.geojson", GEOJSON("4549", F("\"a\":1", HOLED)));
    source = open_source(ctx, "/vsimem/r.geojson", NULL);
    EXPECT_INT(zone_crs_create(ctx, "EPSG:2385", "from --crs", &target), ZONE_OK);
    EXPECT_INT(zone_source_project(ctx, source, target), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "+towgs84=");
    zone_crs_free(target);
    zone_source_close(source);
    zone_context_free(ctx);
}

/* The texts of one field alone, of a file whose only feature is SQUARE. */
static void expect_field(const char *path, const char *crs, int field, const char *text)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_source_options options = {.size = sizeof options, .crs = crs};
    zone_source *source = open_source(ctx, path, &options);
    zone_request request = {.fields = &field, .field_count = 1, .shape = ZONE_SHAPE_AREA};

    EXPECT_INT(zone_source_read(ctx, source, &request, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 1);
    EXPECT_INT(batch.state[0], ZONE_FEATURE_USED);
    EXPECT_TEXT(zone_batch_text(&batch, 0, 0), text);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(a_field_is_read_when_another_that_is_not_asked_for_has_its_name)
{
    put_text("/vsimem/twins.csv",
             "WKT,a,a,A\n\"POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))\","
             "first,second,third\n");
    expect_field("/vsimem/twins.csv", "EPSG:4549", 0, "first");
    expect_field("/vsimem/twins.csv", "EPSG:4549", 1, "second");
    expect_field("/vsimem/twins.csv", "EPSG:4549", 2, "third");
}

TEST(a_field_with_the_name_by_which_gdal_means_the_geometry_hides_no_geometry)
{
    put_text("/vsimem/names.geojson", GEOJSON("4549", F("\"a\":\"x\",\"ogr_geometry\":1,\"OGR_STYLE\":2", SQUARE)));
    expect_field("/vsimem/names.geojson", NULL, 0, "x");
    put_text("/vsimem/names.csv", "WKT,a,OGR_GEOMETRY\n"
                                  "\"POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))\",x,y\n");
    expect_field("/vsimem/names.csv", "EPSG:4549", 0, "x");
}

TEST(a_file_that_ends_too_soon_is_refused_with_the_place)
{
    zone_context *ctx = new_context();
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("FlatGeobuf"), "/vsimem/cut.fgb", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    VSIStatBufL stat;
    zone_batch batch = {0};
    zone_source *source;

    OSRImportFromEPSG(system, 4549);
    OGRLayerH layer = GDALDatasetCreateLayer(data, "cut", system, wkbPolygon, NULL);
    for (int i = 0; i < 100; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGRGeometryH geometry = NULL;
        char *text = (char *)"POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))";
        OGR_G_CreateFromWkt(&text, NULL, &geometry);
        OGR_F_SetGeometryDirectly(feature, geometry);
        EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    OSRDestroySpatialReference(system);
    GDALClose(data);
    EXPECT_INT(VSIStatL("/vsimem/cut.fgb", &stat), 0);
    VSILFILE *file = VSIFOpenL("/vsimem/cut.fgb", "r+b");
    VSIFTruncateL(file, (vsi_l_offset)stat.st_size / 3 * 2);
    VSIFCloseL(file);
    source = open_source(ctx, "/vsimem/cut.fgb", NULL);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_BAD_FILE);
    EXPECT_CONTAINS(zone_context_error(ctx)->feature, "number ");
    EXPECT_INT(batch.feature_count, 0);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}
