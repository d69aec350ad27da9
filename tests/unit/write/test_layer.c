/* Layers: what is read back is what the table holds, or the old file stands. */
#include "base/table.h"
#include "base/units.h"
#include "read/fixture.h"

#include <ogr_api.h>
#include <unistd.h>

/* A multipolygon of one triangle, or with `parts` 0 of none. */
static void set_shape(zone_table *table, size_t row, int column, uint32_t parts)
{
    const double xy[] = {441000, 3218000, 441100, 3218000, 441000, 3218100, 441000, 3218000};
    const uint32_t multi = 6, polygon = 3, one = 1, four = 4;
    unsigned char wkb[128] = {1};
    size_t at = 1;

    memcpy(wkb + at, &multi, 4), at += 4;
    memcpy(wkb + at, &parts, 4), at += 4;
    if (parts) {
        wkb[at++] = 1;
        memcpy(wkb + at, &polygon, 4), at += 4;
        memcpy(wkb + at, &one, 4), at += 4;
        memcpy(wkb + at, &four, 4), at += 4;
        memcpy(wkb + at, xy, sizeof xy), at += sizeof xy;
    }
    zone_table_set_geometry(table, row, column, wkb, at);
}

/* Up to two rows, the second without a shape. */
static zone_table *sample(const char *crs, const char *text, uint32_t rows)
{
    zone_table *table = zone_table_create("tabulate");
    int name = zone_table_add_column(table, (zone_column){.name = "名称_of_the_zone", .type = ZONE_COLUMN_TEXT});
    int fid = zone_table_add_column(table, (zone_column){.name = "FID", .type = ZONE_COLUMN_INTEGER});
    int width = zone_table_add_column(table, (zone_column){.name = "width", .type = ZONE_COLUMN_REAL, .decimals = 1});
    int area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA});
    int shape = zone_table_add_column(table, (zone_column){.name = "g", .type = ZONE_COLUMN_GEOMETRY, .crs = crs});

    for (uint32_t r = 0; r < rows; r++) {
        size_t row = zone_table_add_row(table);
        zone_table_set_text(table, row, name, r == 0 ? text : NULL);
        zone_table_set_integer(table, row, fid, 7 + (int64_t)r);
        zone_table_set_real(table, row, width, 2.5);
        zone_table_set_area(table, row, area, ZONE_EXACT_M2 * 5000 + ZONE_EXACT_MICRO_M2);
        set_shape(table, row, shape, 1 - r);
    }
    return table;
}

typedef struct {
    char folder[32], path[320];
} desk;

static const char *open_desk(desk *d, const char *name)
{
    snprintf(d->folder, sizeof d->folder, "/tmp/zone-test-XXXXXX");
    EXPECT(mkdtemp(d->folder) != NULL);
    snprintf(d->path, sizeof d->path, "%s/%s", d->folder, name);
    return d->path;
}

static void close_desk(desk *d, const char *stem, const char *const *endings)
{
    for (; *endings; endings++) {
        char path[320];
        snprintf(path, sizeof path, "%s/%s%s", d->folder, stem, *endings);
        unlink(path);
    }
    EXPECT_INT(rmdir(d->folder), 0); /* nothing else is left */
}

static void expect_field(OGRFeatureH feature, const char *name, const char *value)
{
    int field = OGR_F_GetFieldIndex(feature, name);

    EXPECT(field >= 0);
    if (field >= 0)
        EXPECT_TEXT(OGR_F_GetFieldAsString(feature, field), value);
}

/* Reads the rows back. */
static void expect_rows(const char *path, uint32_t rows, const char *name, const char *fid)
{
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = data ? GDALDatasetGetLayer(data, 0) : NULL;

    EXPECT(layer != NULL);
    if (!layer)
        return;
    EXPECT_INT(OGR_L_GetFeatureCount(layer, 1), rows);
    EXPECT_TEXT(OGR_L_GetName(layer), "parts");
    OGRFeatureH first = OGR_L_GetNextFeature(layer), second = OGR_L_GetNextFeature(layer);
    expect_field(first, name, "水田");
    expect_field(first, fid, "7");
    EXPECT_REAL(OGR_F_GetFieldAsDouble(first, OGR_F_GetFieldIndex(first, "area_m2")), 5000.000001, 0.0);
    EXPECT_REAL(OGR_F_GetFieldAsDouble(first, OGR_F_GetFieldIndex(first, "width")), 2.5, 0.0);
    EXPECT_REAL(OGR_G_Area(OGR_F_GetGeometryRef(first)), 5000.0, 1e-6);
    OGR_F_Destroy(first);
    if (second) {
        EXPECT(!OGR_F_IsFieldSetAndNotNull(second, OGR_F_GetFieldIndex(second, name)));
        OGRGeometryH shape = OGR_F_GetGeometryRef(second);
        EXPECT(!shape || OGR_G_IsEmpty(shape));
        OGR_F_Destroy(second);
    }
    GDALClose(data);
}

TEST(each_format_gives_back_what_was_written)
{
    static const struct {
        const char *file;
        uint32_t rows;
        const char *name, *fid;
        const char *parts[6];
    } formats[] = {{"parts.gpkg", 2, "名称_of_the_zone", "FID_2", {".gpkg"}},
                   {"parts.fgb", 1, "名称_of_the_zone", "FID", {".fgb"}},
                   {"parts.geojson", 2, "名称_of_the_zone", "FID", {".geojson"}},
                   {"parts.json", 2, "名称_of_the_zone", "FID", {".json"}},
                   {"parts.shp", 2, "名称_of_", "FID", {".shp", ".shx", ".dbf", ".prj", ".cpg"}}};
    zone_context *ctx = new_context();
    zone_table *tables[] = {sample("EPSG:4549", "水田", 1), sample("EPSG:4549", "水田", 2)};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        desk d;
        const char *path = open_desk(&d, formats[i].file);
        for (int times = 0; times < 2; times++) { /* the second one replaces the first */
            EXPECT_INT(zone_table_write_layer(ctx, tables[formats[i].rows - 1], path), ZONE_OK);
            EXPECT_TEXT(zone_context_error_text(ctx), "");
            expect_rows(path, formats[i].rows, formats[i].name, formats[i].fid);
        }
        close_desk(&d, "parts", formats[i].parts);
    }
    zone_table_free(tables[0]);
    zone_table_free(tables[1]);
    zone_context_free(ctx);
}

static void expect_refused(const zone_table *table, const char *file, zone_status status, const char *found)
{
    static const char *const old[] = {"", NULL};
    zone_context *ctx = new_context();
    desk d;
    const char *path = open_desk(&d, file);
    FILE *before = fopen(path, "wb");

    fputs("before", before);
    fclose(before);
    EXPECT_INT(zone_table_write_layer(ctx, table, path), status);
    EXPECT_CONTAINS(zone_context_error_text(ctx), found);
    FILE *after = fopen(path, "rb");
    char text[16] = "";
    EXPECT(after && fread(text, 1, sizeof text, after) == 6 && strcmp(text, "before") == 0);
    if (after)
        fclose(after);
    close_desk(&d, file, old);
    zone_context_free(ctx);
}

TEST(what_a_format_can_not_hold_is_refused_and_the_old_file_stands)
{
    char text[300];
    zone_table *table = sample("EPSG:4549", "x", 2), *odd = sample("+proj=tmerc +lon_0=119.123 +ellps=GRS80", "x", 2);

    memset(text, 'x', 255);
    text[255] = '\0';
    zone_table *longest = sample("EPSG:4549", text, 2), *wrong = sample("GIBBERISH", "x", 1);
    expect_refused(table, "t.csv", ZONE_BAD_USAGE, ".gpkg, .fgb, .geojson, .json, .shp or .txt");
    expect_refused(table, "gpkg", ZONE_BAD_USAGE, "no format of layers");
    expect_refused(longest, "t.shp", ZONE_CANNOT_WRITE, "a text of 255 bytes");
    expect_refused(odd, "t.geojson", ZONE_CANNOT_WRITE, "EPSG code");
    expect_refused(table, "t.fgb", ZONE_CANNOT_WRITE, "1 rows without a geometry");
    expect_refused(wrong, "t.fgb", ZONE_CANNOT_WRITE, "t.fgb");
    zone_table_free(table);
    zone_table_free(odd);
    zone_table_free(longest);
    zone_table_free(wrong);
}

TEST(a_database_that_is_open_elsewhere_is_left_alone)
{
    static const char *const journal[] = {".gpkg-wal", NULL};
    zone_context *ctx = new_context();
    zone_table *table = sample("EPSG:4549", "x", 2);
    desk d;
    const char *path = open_desk(&d, "t.gpkg-wal");
    char target[320];

    fclose(fopen(path, "wb"));
    snprintf(target, sizeof target, "%s/t.gpkg", d.folder);
    EXPECT_INT(zone_table_write_layer(ctx, table, target), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "t.gpkg-wal");
    close_desk(&d, "t", journal);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_writing_that_is_cancelled_leaves_nothing)
{
    static const char *const none[] = {NULL};
    zone_context *ctx = new_context();
    zone_table *table = sample("EPSG:4549", "x", 2);
    desk d;
    const char *path = open_desk(&d, "t.shp");

    zone_cancel(ctx);
    EXPECT_INT(zone_table_write_layer(ctx, table, path), ZONE_CANCELLED);
    close_desk(&d, "t", none);
    EXPECT_INT(zone_table_write_layer(ctx, NULL, path), ZONE_BAD_USAGE);
    zone_table_free(table);
    zone_context_free(ctx);
}

static void expect_count(const char *path, const char *layer, int rows)
{
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH found = data ? GDALDatasetGetLayerByName(data, layer) : NULL;

    EXPECT(found != NULL);
    EXPECT_INT(found ? OGR_L_GetFeatureCount(found, 1) : -1, rows);
    if (data)
        GDALClose(data);
}

TEST(shapes_and_pieces_are_two_layers_of_one_database)
{
    static const char *const made[] = {".gpkg", NULL};
    zone_context *ctx = new_context();
    zone_table *table = zone_table_create("quota");
    zone_table *shapes = sample("EPSG:4549", "水田", 2), *pieces = sample("EPSG:4528", "x", 1);
    desk d;
    const char *path = open_desk(&d, "t.gpkg");

    zone_table_set_title(shapes, "sites");
    EXPECT_INT(zone_table_write_layer(ctx, table, path), ZONE_BAD_USAGE);
    zone_table_set_section(table, ZONE_SECTION_SHAPES, shapes);
    EXPECT_INT(zone_table_write_layer(ctx, table, path), ZONE_OK); /* one layer goes by the file's name */
    expect_count(path, "t", 2);
    zone_table_set_section(table, ZONE_SECTION_PIECES, pieces);
    EXPECT_INT(zone_table_write_layer(ctx, table, path), ZONE_OK);
    EXPECT_TEXT(zone_context_error_text(ctx), "");
    expect_count(path, "sites", 2);
    expect_count(path, "pieces", 1);
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRFeatureH first = OGR_L_GetNextFeature(GDALDatasetGetLayerByName(data, "sites"));
    expect_field(first, "名称_of_the_zone", "水田");
    EXPECT_REAL(OGR_F_GetFieldAsDouble(first, OGR_F_GetFieldIndex(first, "area_m2")), 5000.000001, 0.0);
    OGR_F_Destroy(first);
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(GDALDatasetGetLayerByName(data, "pieces"));
    EXPECT_TEXT(system ? OSRGetAuthorityCode(system, NULL) : "", "4528");
    GDALClose(data);
    close_desk(&d, "t", made);
    expect_refused(table, "t.shp", ZONE_CANNOT_WRITE, "layers sites and pieces");
    expect_refused(table, "t.geojson", ZONE_CANNOT_WRITE, "remedy: a file that ends in .gpkg");
    zone_table_free(table);
    zone_context_free(ctx);
}
