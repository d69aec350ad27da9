/* Features by columns are the features one by one. */
#include "read/source_arrow.h"

#include "read/fixture.h"

#include <ogr_api.h>

static void add(OGRLayerH layer, const char *text, int number, double real, const char *wkt)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH geometry = NULL;
    char *rest = (char *)wkt;

    if (text)
        OGR_F_SetFieldString(feature, 0, text);
    if (number != -1)
        OGR_F_SetFieldInteger(feature, 1, number);
    if (real != -1.0)
        OGR_F_SetFieldDouble(feature, 2, real);
    OGR_F_SetFieldInteger64(feature, 3, INT64_C(9007199254740993));
    if (wkt) {
        OGR_G_CreateFromWkt(&rest, NULL, &geometry);
        OGR_F_SetGeometryDirectly(feature, geometry);
    }
    EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
}

static void put_layer(const char *driver, const char *path, OGRFieldType fourth)
{
    static const OGRFieldType types[] = {OFTString, OFTInteger, OFTReal};
    GDALDatasetH data = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);

    OSRImportFromEPSG(system, 4549);
    OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = GDALDatasetCreateLayer(data, "parcels", system, wkbUnknown, NULL);
    for (int k = 0; k < 4; k++) {
        OGRFieldDefnH field = OGR_Fld_Create((const char *[]){"t", "i", "r", "x"}[k], k < 3 ? types[k] : fourth);
        OGR_L_CreateField(layer, field, TRUE);
        OGR_Fld_Destroy(field);
    }
    add(layer, "地类  ", 7, 0.1, "POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218000))");
    add(layer, NULL, -1, -1.0, "MULTIPOLYGON(((441000 3218000,441100 3218000,441100 3218100,441000 3218000)))");
    add(layer, "   ", 0, 1e300, "POLYGON Z((441000 3218000 1,441100 3218000 1,441100 3218100 1,441000 3218000 1))");
    add(layer, "d", -5, 123456.789, NULL);
    add(layer, "e", 5, -0.5,
        "CURVEPOLYGON(CIRCULARSTRING(441000 3218000,441050 3218050,441100 3218000,"
        "441050 3217950,441000 3218000))");
    add(layer, "f", 6, 2.5, "POINT(441000 3218000)");
    add(layer, "g", 6, 2.5, "POLYGON((441000 3218000,441100 3218100,441100 3218000,441000 3218100,441000 3218000))");
    OSRDestroySpatialReference(system);
    GDALClose(data);
}

static void expect_same(const zone_batch *a, const zone_batch *b)
{
    EXPECT_INT(a->feature_count, b->feature_count);
    EXPECT_INT(a->ring_count, b->ring_count);
    EXPECT_INT(a->vertex_count, b->vertex_count);
    for (size_t f = 0; f < a->feature_count && f < b->feature_count; f++) {
        EXPECT_INT(a->id[f], b->id[f]);
        EXPECT_INT(a->ordinal[f], b->ordinal[f]);
        EXPECT_INT(a->state[f], b->state[f]);
        EXPECT_INT(a->shape[f], b->shape[f]);
        EXPECT_TEXT(a->reason[f] ? a->reason[f] : "", b->reason[f] ? b->reason[f] : "");
        for (size_t k = 0; k < a->field_count; k++) {
            const char *one = zone_batch_text(a, f, k), *other = zone_batch_text(b, f, k);
            EXPECT((one == NULL) == (other == NULL));
            EXPECT_TEXT(one ? one : "", other ? other : "");
        }
    }
    for (size_t v = 0; v < a->vertex_count && v < b->vertex_count; v++)
        EXPECT(a->x[v] == b->x[v] && a->y[v] == b->y[v]);
}

/* A data set that is lent is read feature by feature, a file by columns. */
static void compare(const char *driver, const char *path, size_t count)
{
    zone_context *ctx = new_context();
    zone_batch columns = {0}, features = {0};
    zone_source *lent = NULL;

    put_layer(driver, path, OFTInteger64);
    zone_source *own = open_source(ctx, path, NULL);
    EXPECT_INT(read_all(ctx, own, ZONE_SHAPE_AREA, &columns), ZONE_OK);
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    EXPECT_INT(zone_source_from_dataset(ctx, data, NULL, NULL, &lent), ZONE_OK);
    EXPECT_INT(read_all(ctx, lent, ZONE_SHAPE_AREA, &features), ZONE_OK);
    EXPECT_INT(columns.feature_count, count);
    EXPECT_TEXT(zone_batch_text(&columns, 0, 0), "地类");
    EXPECT_TEXT(zone_batch_text(&columns, 0, 3), "9007199254740993");
    expect_same(&columns, &features);
    zone_batch_free(&columns);
    zone_batch_free(&features);
    zone_source_close(own);
    zone_source_close(lent);
    GDALClose(data);
    VSIUnlink(path);
    zone_context_free(ctx);
}

TEST(columns_of_a_geopackage_are_its_features)
{
    compare("GPKG", "/vsimem/columns.gpkg", 7);
}

TEST(columns_of_a_flatgeobuf_are_its_features)
{
    compare("FlatGeobuf", "/vsimem/columns.fgb", 6); /* with its index it leaves out what has no geometry */
    ;
}

static bool has_stream(const char *path, const int *fields, size_t count)
{
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    zone_arrow *arrow = NULL;

    EXPECT_INT(zone_arrow_open(NULL, GDALDatasetGetLayer(data, 0), fields, count, 100, &arrow), ZONE_OK);
    bool has = arrow != NULL;
    zone_arrow_close(arrow);
    GDALClose(data);
    return has;
}

TEST(dates_and_slow_formats_have_no_columns)
{
    const int text[] = {0}, date[] = {0, 3};
    zone_context *ctx = new_context();

    put_layer("GPKG", "/vsimem/dates.gpkg", OFTDate);
    EXPECT(has_stream("/vsimem/dates.gpkg", text, 1));
    EXPECT(!has_stream("/vsimem/dates.gpkg", date, 2));
    put_text("/vsimem/slow.geojson", GEOJSON("4549", FEATURE("\"a\":\"x\"", SQUARE)));
    EXPECT(!has_stream("/vsimem/slow.geojson", text, 1));
    VSIUnlink("/vsimem/dates.gpkg");
    zone_context_free(ctx);
}
