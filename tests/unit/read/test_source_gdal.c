#include "read/fixture.h"

TEST(a_source_tells_what_it_is)
{
    zone_context *ctx = new_context();
    zone_source *source;
    double extent[4] = {0};

    put_text("/vsimem/s.geojson", GEOJSON("4549", FEATURE("\"DLBM\":\"0101\",\"面积\":1.5", SQUARE)));
    source = open_source(ctx, "/vsimem/s.geojson", NULL);
    EXPECT_TEXT(zone_source_path(source), "/vsimem/s.geojson");
    EXPECT_TEXT(zone_source_layer(source), "s");
    EXPECT_TEXT(zone_source_label(source), "/vsimem/s.geojson:s");
    EXPECT_TEXT(zone_source_driver(source), "GeoJSON");
    EXPECT_TEXT(zone_source_encoding(source), "UTF-8 (the format's own)");
    EXPECT_TEXT(zone_source_crs(source)->code, "EPSG:4549");
    EXPECT(zone_source_shape(source) == ZONE_SHAPE_AREA);
    EXPECT_INT(zone_source_count(source), 1);
    EXPECT(zone_source_extent(source, extent));
    EXPECT_REAL(extent[0], 441000.0, 0.0);
    EXPECT_REAL(extent[1], 3218000.0, 0.0);
    EXPECT_REAL(extent[2], 441100.0, 0.0);
    EXPECT_REAL(extent[3], 3218100.0, 0.0);
    EXPECT_INT(zone_source_field_count(source), 2);
    EXPECT_TEXT(zone_source_field_name(source, 1), "面积");
    EXPECT_TEXT(zone_source_field_type(source, 1), "Real");
    EXPECT_INT(zone_source_field_find(source, "dlbm"), 0);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_CLASS), 0);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_AREA), 1);
    zone_source_close(source);
    zone_source_close(NULL);
    zone_context_free(ctx);
}

TEST(the_users_reference_system_wins_and_says_so_and_is_guarded)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .crs = "EPSG:4548"};
    zone_source *source;

    put_text("/vsimem/s.geojson", GEOJSON("4549", FEATURE("\"a\":1", SQUARE)));
    source = open_source(ctx, "/vsimem/s.geojson", &options);
    EXPECT_TEXT(zone_source_crs(source)->code, "EPSG:4548");
    EXPECT_TEXT(zone_source_crs(source)->found, "from --crs; the data say CGCS2000 / 3-degree Gauss-Kruger CM 120E");
    zone_source_close(source);
    options.crs = "EPSG:4528";
    EXPECT_INT(try_source(ctx, "/vsimem/s.geojson", &options), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "EPSG:4549");
    options.crs = "EPSG:999999";
    EXPECT_INT(try_source(ctx, "/vsimem/s.geojson", &options), ZONE_BAD_CRS);
    zone_context_free(ctx);
}

TEST(data_without_a_reference_system_are_refused_with_what_fits_their_numbers)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .crs = "EPSG:4549"};

    put_text("/vsimem/c.csv",
             "WKT,DLBM\n\"POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))\",01\n");
    EXPECT_INT(try_source(ctx, "/vsimem/c.csv", NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "EPSG:4549 is 120E");
    EXPECT_INT(try_source(ctx, "/vsimem/c.csv", &options), ZONE_OK);
    zone_context_free(ctx);
}

TEST(geometries_in_csv_go_by_several_names_and_by_the_zone_before_their_eastings)
{
    static const char *const names[] = {"WKT", "geometry", "wkt", "几何"};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < 4; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "DLBM,%s\n01,\"POLYGON((40441000 3218000,40441100 3218000,40441100 3218100,40441000 3218000))\"\n",
                 names[i]);
        put_text("/vsimem/g.csv", text);
        zone_source *source = open_source(ctx, "/vsimem/g.csv", NULL);
        EXPECT_TEXT(source ? zone_source_crs(source)->code : "", "EPSG:4528");
        EXPECT_INT(source ? zone_source_field_count(source) : 0, 1);
        zone_source_close(source);
    }
    zone_context_free(ctx);
}

TEST(geojson_in_metres_without_a_reference_system_is_not_taken_for_degrees)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/m.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("", SQUARE) "]}");
    EXPECT_INT(try_source(ctx, "/vsimem/m.geojson", NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "441000.0");
    zone_context_free(ctx);
}

TEST(tables_and_wrong_options_are_refused)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .fields = "class=nothing"};

    put_text("/vsimem/table.csv", "a,b\n1,2\n");
    EXPECT_INT(try_source(ctx, "/vsimem/table.csv", NULL), ZONE_BAD_GEOMETRY);
    EXPECT_TEXT(zone_context_error(ctx)->found, "a table without geometry");
    put_text("/vsimem/s.geojson", GEOJSON("4549", FEATURE("\"a\":1", SQUARE)));
    EXPECT_INT(try_source(ctx, "/vsimem/s.geojson", &options), ZONE_BAD_FIELD);
    options.fields = "colour=a";
    EXPECT_INT(try_source(ctx, "/vsimem/s.geojson", &options), ZONE_BAD_USAGE);
    EXPECT_INT(try_source(ctx, "/vsimem/s.geojson:t", NULL), ZONE_BAD_LAYER);
    zone_context_free(ctx);
}

/* A data set in memory as another program may hand it over; `authority` leaves the axes as the registry has them. */
static GDALDatasetH borrowed(bool authority, const char *wkt)
{
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    OGRGeometryH geometry = NULL;
    char *text = (char *)wkt;

    OSRImportFromEPSG(system, 4549);
    OGRLayerH layer = GDALDatasetCreateLayer(data, "plots", system, wkbPolygon, NULL);
    OSRSetAxisMappingStrategy(OGR_L_GetSpatialRef(layer),
                              authority ? OAMS_AUTHORITY_COMPLIANT : OAMS_TRADITIONAL_GIS_ORDER);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGR_G_CreateFromWkt(&text, NULL, &geometry);
    OGR_F_SetGeometryDirectly(feature, geometry);
    EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    OSRDestroySpatialReference(system);
    return data;
}

static void check_borrowed(bool authority, const char *wkt)
{
    zone_context *ctx = new_context();
    GDALDatasetH data = borrowed(authority, wkt);
    zone_source *source = NULL;
    zone_batch batch = {0};

    EXPECT_INT(zone_source_from_dataset(ctx, data, NULL, NULL, &source), ZONE_OK);
    if (source) {
        EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
        EXPECT_REAL(batch.x[0], 441000.0, 0.0);
        EXPECT_REAL(batch.y[0], 3218000.0, 0.0);
        EXPECT_TEXT(zone_source_hash(ctx, source), "");
    }
    zone_batch_free(&batch);
    zone_source_close(source);
    EXPECT_INT(GDALDatasetGetLayerCount(data), 1); /* still the caller's */
    GDALClose(data);
    zone_context_free(ctx);
}

TEST(a_borrowed_data_set_is_read_by_the_order_of_its_axes)
{
    check_borrowed(false, "POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))");
    check_borrowed(true, "POLYGON((3218000 441000,3218000 441100,3218100 441100,3218000 441000))");
}

TEST(no_data_set_is_wrong_usage)
{
    zone_context *ctx = new_context();
    zone_source *source = NULL;

    EXPECT_INT(zone_source_from_dataset(ctx, NULL, NULL, NULL, &source), ZONE_BAD_USAGE);
    EXPECT(source == NULL);
    zone_context_free(ctx);
}

TEST(an_extent_that_a_file_states_wrongly_refuses_nobody)
{
    zone_context *ctx = new_context();
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("GPKG"), "/vsimem/stale.gpkg", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    zone_source *source;
    double extent[4] = {0};

    OSRImportFromEPSG(system, 4549);
    OGRLayerH layer = GDALDatasetCreateLayer(data, "stale", system, wkbPolygon, NULL);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH geometry = NULL;
    char *text = (char *)"POLYGON((441000 3218000,441000 3218100,441100 3218100,441000 3218000))";
    OGR_G_CreateFromWkt(&text, NULL, &geometry);
    OGR_F_SetGeometryDirectly(feature, geometry);
    EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    OSRDestroySpatialReference(system);
    GDALClose(data);
    data = GDALOpenEx("/vsimem/stale.gpkg", GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    GDALDatasetExecuteSQL(data, "UPDATE gpkg_contents SET min_x = 0, min_y = 0, max_x = 1, max_y = 1", NULL, NULL);
    GDALClose(data);
    if ((source = open_source(ctx, "/vsimem/stale.gpkg", NULL))) {
        EXPECT(zone_source_extent(source, extent));
        EXPECT_REAL(extent[0], 441000.0, 0.0);
    }
    zone_source_close(source);
    zone_context_free(ctx);
}
