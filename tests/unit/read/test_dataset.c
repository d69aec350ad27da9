#include "read/dataset.h"

#include "read/fixture.h"

#define ONE GEOJSON("4549", FEATURE("\"a\":1", SQUARE))

static zone_status open(zone_context *ctx, const char *data, int any_driver, const char *path, const char *layer)
{
    const zone_source_options options = {.size = sizeof options, .any_driver = any_driver};
    zone_dataset dataset;
    zone_status status = zone_dataset_open(ctx, data, &options, &dataset);

    if (path)
        EXPECT_TEXT(dataset.path, path);
    if (layer)
        EXPECT_TEXT(dataset.layer, layer);
    else if (path)
        EXPECT(dataset.layer == NULL);
    zone_dataset_close(&dataset);
    return status;
}

TEST(a_layer_stands_after_the_last_colon_that_leaves_a_file)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/d.geojson", ONE);
    put_text("/vsimem/d:e.geojson", ONE);
    EXPECT_INT(open(ctx, "/vsimem/d.geojson", 0, "/vsimem/d.geojson", NULL), ZONE_OK);
    EXPECT_INT(open(ctx, "/vsimem/d.geojson:d", 0, "/vsimem/d.geojson", "d"), ZONE_OK);
    EXPECT_INT(open(ctx, "/vsimem/d.geojson:a:b", 0, "/vsimem/d.geojson", "a:b"), ZONE_OK);
    EXPECT_INT(open(ctx, "/vsimem/d:e.geojson", 0, "/vsimem/d:e.geojson", NULL), ZONE_OK);
    EXPECT_INT(open(ctx, "/vsimem/d:e.geojson:layer", 0, "/vsimem/d:e.geojson", "layer"), ZONE_OK);
    EXPECT_INT(open(ctx, "/vsimem/d.geojson:", 0, "/vsimem/d.geojson", ""), ZONE_OK);
    zone_context_free(ctx);
}

static void refused(const char *data, zone_status status, const char *file, const char *found)
{
    zone_context *ctx = new_context();

    EXPECT_INT(open(ctx, data, 0, NULL, NULL), status);
    if (file)
        EXPECT_TEXT(zone_context_error(ctx)->file, file);
    if (found)
        EXPECT_CONTAINS(zone_context_error(ctx)->found, found);
    zone_context_free(ctx);
}

TEST(what_is_not_there_is_named_without_its_layer)
{
    refused("/vsimem/nowhere.gpkg", ZONE_NOT_FOUND, "/vsimem/nowhere.gpkg", NULL);
    refused("/vsimem/nowhere.gpkg:zones", ZONE_NOT_FOUND, "/vsimem/nowhere.gpkg", NULL);
    refused("C:\\data\\nowhere.gpkg:zones", ZONE_NOT_FOUND, "C:\\data\\nowhere.gpkg", NULL);
    refused("C:\\data\\nowhere.gpkg", ZONE_NOT_FOUND, "C:\\data\\nowhere.gpkg", NULL);
    refused("", ZONE_BAD_USAGE, NULL, "no data named");
    refused(NULL, ZONE_BAD_USAGE, NULL, "no data named");
}

TEST(files_that_are_no_vector_data_are_refused_by_what_they_are)
{
    put_text("/vsimem/empty.gpkg", "");
    put_text("/vsimem/prose.txt", "This is no map.");
    VSIMkdir("/vsimem/folder", 0755);
    GDALClose(GDALCreate(GDALGetDriverByName("GTiff"), "/vsimem/picture.tif", 2, 2, 1, GDT_Byte, NULL));
    refused("/vsimem/empty.gpkg", ZONE_BAD_FILE, "/vsimem/empty.gpkg", "0 bytes");
    refused("/vsimem/prose.txt", ZONE_BAD_FILE, "/vsimem/prose.txt", "no format that is known");
    refused("/vsimem/folder", ZONE_BAD_FILE, "/vsimem/folder", "a directory without vector data");
    refused("/vsimem/picture.tif", ZONE_BAD_FILE, NULL, "a raster (GTiff)");
    put_text("/vsimem/archive.zip", "PK");
    refused("/vsimem/archive.zip", ZONE_BAD_FILE, NULL, "no format that is known");
    refused("/dev/null", ZONE_BAD_FILE, NULL, "neither a file nor a directory");
}

TEST(formats_that_touch_other_files_are_opened_only_when_asked)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/d.geojson", ONE);
    put_text("/vsimem/v.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"d\"><SrcDataSource>/vsimem/d.geojson"
                              "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    refused("/vsimem/v.vrt", ZONE_BAD_FILE, "/vsimem/v.vrt", "OGR_VRT");
    EXPECT_INT(open(ctx, "/vsimem/v.vrt", 1, NULL, NULL), ZONE_OK);
    zone_context_free(ctx);
}

TEST(file_systems_of_the_network_are_not_touched)
{
    refused("/vsicurl/http://127.0.0.1:9/a.gpkg", ZONE_BAD_FILE, NULL, "/vsicurl/");
    refused("/vsizip/vsicurl/http://127.0.0.1:9/a.zip", ZONE_BAD_FILE, NULL, "/vsicurl/");
    refused("/vsizip/{/vsis3/bucket/a.zip}/a.shp", ZONE_BAD_FILE, NULL, "/vsis3/");
    refused("/vsistdin/", ZONE_BAD_FILE, NULL, "/vsistdin");
}

TEST(mapinfo_tables_are_refused_and_its_exchange_format_is_read)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/m.tab", "!table\n!version 300\nDefinition Table\n  Type NATIVE Charset \"Neutral\"\n  Fields 1\n"
                              "    a Integer ;\n");
    put_text("/vsimem/m.mif",
             "Version 300\nDelimiter \",\"\nColumns 1\n  a Integer\nData\nREGION 1\n4\n0 0\n1 0\n1 1\n0 0\n");
    put_text("/vsimem/m.mid", "1\n");
    refused("/vsimem/m.tab", ZONE_BAD_FILE, NULL, "a MapInfo table");
    EXPECT_INT(open(ctx, "/vsimem/m.mif", 0, NULL, NULL), ZONE_OK);
    zone_context_free(ctx);
}

/* A data set in memory with layers "zones" (areas), "styles" (a table), and "parcels" if `both`. */
static GDALDatasetH layers(bool both)
{
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, NULL);

    GDALDatasetCreateLayer(data, "zones", NULL, wkbPolygon, NULL);
    GDALDatasetCreateLayer(data, "styles", NULL, wkbNone, NULL);
    if (both)
        GDALDatasetCreateLayer(data, "parcels", NULL, wkbPolygon, NULL);
    return data;
}

TEST(a_table_beside_a_layer_does_not_matter)
{
    zone_context *ctx = new_context();
    GDALDatasetH data = layers(false);
    OGRLayerH layer = NULL;

    EXPECT_INT(zone_dataset_layer(ctx, data, "x", NULL, &layer), ZONE_OK);
    EXPECT_TEXT(OGR_L_GetName(layer), "zones");
    GDALClose(data);
    zone_context_free(ctx);
}

TEST(layers_that_are_not_there_or_not_chosen_are_told)
{
    zone_context *ctx = new_context();
    GDALDatasetH data = layers(true), none = GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH layer = NULL;

    EXPECT_INT(zone_dataset_layer(ctx, data, "x", NULL, &layer), ZONE_BAD_LAYER);
    EXPECT_TEXT(zone_context_error(ctx)->found, "zones, parcels");
    EXPECT_TEXT(zone_context_error(ctx)->remedy, "name one: x:LAYER");
    EXPECT_INT(zone_dataset_layer(ctx, data, "x", "plots", &layer), ZONE_BAD_LAYER);
    EXPECT_TEXT(zone_context_error(ctx)->layer, "plots");
    EXPECT_TEXT(zone_context_error(ctx)->expected, "one of: zones, parcels");
    EXPECT_INT(zone_dataset_layer(ctx, data, "x", "parcels", &layer), ZONE_OK);
    EXPECT_INT(zone_dataset_layer(ctx, none, "x", NULL, &layer), ZONE_BAD_LAYER);
    EXPECT_TEXT(zone_context_error(ctx)->found, "no layer");
    GDALClose(data);
    GDALClose(none);
    zone_context_free(ctx);
}
