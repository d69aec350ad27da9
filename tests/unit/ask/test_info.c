/* The question "info". */
#include "ask/fixture.h"

#include "base/context.h"

static const char *value_of(const zone_table *table, const char *layer, const char *item)
{
    return text_at(table, find_row(table, "item", item, layer ? "layer" : NULL, layer), "value");
}

TEST(data_tell_what_they_hold)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\",\"KCXS\":0.083,\"nothing\":1", 0, 0, 100.5, 50);
    draw_box(&d, "\"DLBM\":\"0101\",\"KCXS\":0.1,\"nothing\":1", 200, 0, 300, 50);
    end_drawing(&d, "/vsimem/info_data.geojson");

    EXPECT_INT(zone_info(ctx, NULL, "/vsimem/info_data.geojson", NULL, &table), ZONE_OK);
    EXPECT_TEXT(value_of(table, "info_data", "features"), "2");
    EXPECT_TEXT(value_of(table, "info_data", "driver"), "GeoJSON");
    EXPECT_TEXT(value_of(table, "info_data", "geometry"), "polygons");
    EXPECT_TEXT(value_of(table, "info_data", "extent"), "441000.000 3218000.000, 441300.000 3218050.000");
    EXPECT_CONTAINS(value_of(table, "info_data", "reference system"), "EPSG:4549");
    EXPECT_CONTAINS(value_of(table, "info_data", "ellipsoid"), "6378137");
    EXPECT_TEXT(value_of(table, "info_data", "ridge coefficients"), "fractions");
    find_row(table, "value", "DLBM (String): role class", NULL, NULL);
    find_row(table, "value", "nothing (Integer)", NULL, NULL);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_plan_tells_its_zones_figures_elements_and_layers)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;
    zone_plan *plan = NULL;
    drawing d;
    place p;
    open_place(&p);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"a\"", 0, 0, 1000, 1000);
    end_drawing(&d, file_in(&p, "zones.geojson"));
    put_file(&p, "plan.yaml",
             "plan: 1\ntitle: t\nperiod: 2021-2025\ncrs: EPSG:4549\ngeometry: schematic\n"
             "whole: {name: all, area: 1 km2}\nzones:\n  - {id: a, name: A, area: 1 km2, farmland: 12.5 mu}\n"
             "layers:\n  zones: {data: zones.geojson, fields: {id: id}}\n"
             "elements:\n  - {structure: layout, element: core, layer: zones, count: 1, names: [A]}\n");

    EXPECT_INT(zone_plan_open(ctx, file_in(&p, "plan.yaml"), &plan), ZONE_OK);
    EXPECT_INT(zone_info(ctx, plan, NULL, NULL, &table), ZONE_OK);
    EXPECT_TEXT(value_of(table, "a", "zone"), "A, area 1 km2, farmland 12.5 mu");
    EXPECT_TEXT(value_of(table, "zones", "features"), "1");
    EXPECT_TEXT(value_of(table, "zones", "layout: core"), "1: A");
    EXPECT_TEXT(value_of(table, NULL, "period"), "2021-2025");
    zone_table_free(table);

    /* A layer that can't be read is an error, not a gap in the answer. */
    unlink(file_in(&p, "zones.geojson"));
    EXPECT_INT(zone_info(ctx, plan, NULL, NULL, &table), ZONE_NOT_FOUND);
    EXPECT(table == NULL);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(degrees_are_told_to_the_millimetre_too)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;
    put_text("/vsimem/info_degrees.geojson",
             GEOJSON("4490", FEATURE("\"n\":1", POLYGON("[[119.4,29.1],[119.41,29.1],[119.41,29.12345678],"
                                                        "[119.4,29.1]]"))));

    EXPECT_INT(zone_info(ctx, NULL, "/vsimem/info_degrees.geojson", NULL, &table), ZONE_OK);
    EXPECT_TEXT(value_of(table, NULL, "extent"), "119.40000000 29.10000000, 119.41000000 29.12345678");
    zone_table_free(table);
    zone_context_free(ctx);
}

/* A GeoPackage of one sound layer and one that does not say how it was drawn. */
static void put_half_sound(const char *path)
{
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(srs, 4549);
    OGRLayerH layers[] = {GDALDatasetCreateLayer(data, "sound", srs, wkbPolygon, NULL),
                          GDALDatasetCreateLayer(data, "lost", NULL, wkbPolygon, NULL)};

    for (int i = 0; i < 2; i++) {
        char wkt[] = "POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))", *at = wkt;
        OGRGeometryH geometry = NULL;
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layers[i]));
        OGR_G_CreateFromWkt(&at, NULL, &geometry);
        OGR_F_SetGeometryDirectly(feature, geometry);
        EXPECT_INT(OGR_L_CreateFeature(layers[i], feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    OSRDestroySpatialReference(srs);
    GDALClose(data);
}

TEST(of_several_layers_one_that_cannot_be_read_is_told_in_its_place)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;
    put_half_sound("/vsimem/info_half.gpkg");

    EXPECT_INT(zone_info(ctx, NULL, "/vsimem/info_half.gpkg", NULL, &table), ZONE_OK);
    EXPECT_TEXT(value_of(table, "sound", "features"), "1");
    EXPECT_CONTAINS(value_of(table, "lost", "can't be read"), "reference system");
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_OK);
    zone_table_free(table);
    EXPECT_INT(zone_info(ctx, NULL, "/vsimem/info_half.gpkg:lost", NULL, &table), ZONE_BAD_CRS);
    zone_context_free(ctx);
}

TEST(neither_plan_nor_data_and_missing_files_are_refused)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    EXPECT_INT(zone_info(ctx, NULL, NULL, NULL, &table), ZONE_BAD_USAGE);
    EXPECT_INT(zone_info(ctx, NULL, "/vsimem/nowhere.gpkg", NULL, &table), ZONE_NOT_FOUND);
    EXPECT(table == NULL);
    zone_context_free(ctx);
}
