#include "read/fixture.h"
#include "read/versions.h"

#include <xxhash.h>

static const char *hash_of(zone_context *ctx, const char *path)
{
    static char text[64];
    zone_source *source = open_source(ctx, path, NULL);

    snprintf(text, sizeof text, "%s", source ? zone_source_hash(ctx, source) : "");
    zone_source_close(source);
    return text;
}

TEST(the_hash_of_one_file_is_xxh3_of_its_bytes)
{
    zone_context *ctx = new_context();
    const char *content = GEOJSON("4549", FEATURE("\"a\":1", SQUARE));
    XXH128_canonical_t canonical;
    char expected[64] = "xxh3:";

    put_text("/vsimem/h.geojson", content);
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(content, strlen(content)));
    for (size_t i = 0; i < 16; i++)
        snprintf(expected + 5 + 2 * i, 3, "%02x", canonical.digest[i]);
    EXPECT_TEXT(hash_of(ctx, "/vsimem/h.geojson"), expected);
    zone_context_free(ctx);
}

TEST(a_file_that_is_no_data_set_has_a_hash_too)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/plan.yaml", "title: x\n");
    EXPECT_INT(strlen(zone_file_hash(ctx, "/vsimem/plan.yaml")), 37);
    EXPECT_TEXT(zone_file_hash(ctx, "/vsimem/none.yaml"), "");
    zone_context_free(ctx);
}

TEST(each_file_of_a_shapefile_counts)
{
    zone_context *ctx = new_context();
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("ESRI Shapefile"), "/vsimem/hs.shp", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    char before[64];

    OSRImportFromEPSG(system, 4549);
    GDALDatasetCreateLayer(data, "hs", system, wkbPolygon, NULL);
    OSRDestroySpatialReference(system);
    GDALClose(data);
    snprintf(before, sizeof before, "%s", hash_of(ctx, "/vsimem/hs.shp"));
    EXPECT_INT(strlen(before), 37);
    EXPECT_TEXT(hash_of(ctx, "/vsimem/hs.shp"), before);
    put_text("/vsimem/hs.cpg", "GBK");
    EXPECT(strcmp(hash_of(ctx, "/vsimem/hs.shp"), before) != 0);
    zone_context_free(ctx);
}
