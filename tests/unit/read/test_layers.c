#include "read/fixture.h"

static void make_package(void)
{
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("GPKG"), "/vsimem/l.gpkg", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);

    OSRImportFromEPSG(system, 4549);
    GDALDatasetCreateLayer(data, "zones", system, wkbPolygon, NULL);
    GDALDatasetCreateLayer(data, "styles", NULL, wkbNone, NULL);
    GDALDatasetCreateLayer(data, "roads", system, wkbLineString, NULL);
    OSRDestroySpatialReference(system);
    GDALClose(data);
}

TEST(the_layers_with_geometry_are_listed_ready_to_be_opened)
{
    zone_context *ctx = new_context();
    char **layers = NULL;
    size_t count = 0;

    make_package();
    EXPECT_INT(zone_source_layers(ctx, "/vsimem/l.gpkg", NULL, &layers, &count), ZONE_OK);
    EXPECT_INT(count, 2);
    EXPECT_TEXT(layers[0], "/vsimem/l.gpkg:zones");
    EXPECT_TEXT(layers[1], "/vsimem/l.gpkg:roads");
    EXPECT(layers[2] == NULL);
    EXPECT_INT(try_source(ctx, layers[0], NULL), ZONE_OK);
    EXPECT_INT(try_source(ctx, layers[1], NULL), ZONE_OK);
    zone_source_layers_free(layers);
    zone_context_free(ctx);
}

TEST(a_named_layer_is_listed_alone_and_must_exist)
{
    zone_context *ctx = new_context();
    char **layers = NULL;
    size_t count = 0;

    make_package();
    EXPECT_INT(zone_source_layers(ctx, "/vsimem/l.gpkg:roads", NULL, &layers, &count), ZONE_OK);
    EXPECT_INT(count, 1);
    EXPECT_TEXT(layers[0], "/vsimem/l.gpkg:roads");
    zone_source_layers_free(layers);
    EXPECT_INT(zone_source_layers(ctx, "/vsimem/l.gpkg:walls", NULL, &layers, &count), ZONE_BAD_LAYER);
    EXPECT(layers == NULL && count == 0);
    EXPECT_INT(zone_source_layers(ctx, "/vsimem/none.gpkg", NULL, &layers, &count), ZONE_NOT_FOUND);
    zone_source_layers_free(NULL);
    zone_context_free(ctx);
}

TEST(a_file_of_tables_only_has_no_layer_with_geometry)
{
    zone_context *ctx = new_context();
    char **layers = NULL;
    size_t count = 0;

    put_text("/vsimem/table.csv", "a,b\n1,2\n");
    EXPECT_INT(zone_source_layers(ctx, "/vsimem/table.csv", NULL, &layers, &count), ZONE_BAD_LAYER);
    EXPECT(layers == NULL);
    zone_context_free(ctx);
}
