/* Data for the benchmarks: tilings whose neighbours share wiggly borders vertex for vertex, zones, a long ring, sites,
 * points. Everything is a function of its arguments: the same call gives the same coordinates on every machine.
 *
 *     make_data tiling FILE COLUMNS ROWS SEGMENTS CLASSES [SIDE [SEED]]   parcels of 4 × SEGMENTS + 1 vertices
 *     make_data ring   FILE VERTICES RADIUS
 *     make_data sites  FILE COUNT EXTENT
 *     make_data points FILE COUNT EXTENT
 *
 * The format follows FILE's extension (gpkg, fgb, shp, gdb; else GeoJSON). Lengths are metres in EPSG:4549; the
 * south-west corner is always the same. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_INDEXED = 2000000 };

static const double west = 460000.0, south = 3200000.0, turn = 6.283185307179586;

/* A number in [0, 1) that belongs to three integers (splitmix64). */
static double noise(uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t mixed = a * UINT64_C(0x9E3779B97F4A7C15) + b * UINT64_C(0xC2B2AE3D27D4EB4F) + c;

    mixed ^= mixed >> 30;
    mixed *= UINT64_C(0xBF58476D1CE4E5B9);
    mixed ^= mixed >> 27;
    mixed *= UINT64_C(0x94D049BB133111EB);
    mixed ^= mixed >> 31;
    return (double)(mixed >> 11) * 0x1p-53;
}

/* ---------------------------------------------------------------- output */

typedef struct {
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRFeatureDefnH definition;
    uint64_t count;
} output;

static const char *driver_of(const char *file)
{
    const char *extension = CPLGetExtension(file);

    return !strcmp(extension, "gpkg")  ? "GPKG"
           : !strcmp(extension, "fgb") ? "FlatGeobuf"
           : !strcmp(extension, "shp") ? "ESRI Shapefile"
           : !strcmp(extension, "gdb") ? "OpenFileGDB"
                                       : "GeoJSON";
}

/* Nothing here reads by place; of ten million features the index alone would take minutes. */
static char **layer_options(const char *file, uint64_t features)
{
    bool database = !strcmp(driver_of(file), "GPKG");

    return database && features > MOST_INDEXED ? CSLSetNameValue(NULL, "SPATIAL_INDEX", "NO") : NULL;
}

static void open_output(output *out, const char *file, OGRwkbGeometryType type, uint64_t features)
{
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    const char *const fields[] = {"BSM", "DLBM"};
    char **options = layer_options(file, features);

    GDALAllRegister();
    CPLSetConfigOption("OGR_SQLITE_JOURNAL", "OFF");
    CPLSetConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
    OSRImportFromEPSG(crs, 4549);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    out->dataset = GDALCreate(GDALGetDriverByName(driver_of(file)), file, 0, 0, 0, GDT_Unknown, NULL);
    out->layer = out->dataset ? GDALDatasetCreateLayer(out->dataset, "data", crs, type, options) : NULL;
    CSLDestroy(options);
    OSRDestroySpatialReference(crs);
    if (!out->layer)
        exit(1);
    for (int i = 0; i < 2; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(fields[i], OFTString);
        OGR_Fld_SetWidth(field, 18);
        OGR_L_CreateField(out->layer, field, TRUE);
        OGR_Fld_Destroy(field);
    }
    out->definition = OGR_L_GetLayerDefn(out->layer);
    GDALDatasetStartTransaction(out->dataset, FALSE);
}

static void add(output *out, OGRGeometryH geometry, unsigned class)
{
    OGRFeatureH feature = OGR_F_Create(out->definition);
    char text[32];

    snprintf(text, sizeof text, "%010llu", (unsigned long long)out->count++);
    OGR_F_SetFieldString(feature, 0, text);
    snprintf(text, sizeof text, "%02u%02u", class / 4 + 1, class % 4 + 1);
    OGR_F_SetFieldString(feature, 1, text);
    OGR_F_SetGeometryDirectly(feature, geometry);
    if (OGR_L_CreateFeature(out->layer, feature) != OGRERR_NONE)
        exit(1);
    OGR_F_Destroy(feature);
}

static void close_output(output *out)
{
    GDALDatasetCommitTransaction(out->dataset);
    GDALClose(out->dataset);
}

static OGRGeometryH polygon_of(double (*points)[2], int count)
{
    OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon), ring = OGR_G_CreateGeometry(wkbLinearRing);

    OGR_G_SetPoints(ring, count, points[0], sizeof *points, points[0] + 1, sizeof *points, NULL, 0);
    OGR_G_CloseRings(ring);
    OGR_G_AddGeometryDirectly(polygon, ring);
    return polygon;
}

/* ---------------------------------------------------------------- tilings */

typedef struct {
    uint64_t columns, rows, segments, seed;
    double side;
} tiling;

static void node_point(const tiling *t, uint64_t i, uint64_t j, double point[2])
{
    point[0] = ((double)i + 0.2 * (noise(i, j, t->seed) - 0.5)) * t->side;
    point[1] = ((double)j + 0.2 * (noise(i, j, t->seed + 1) - 0.5)) * t->side;
}

/* Point k of the border from node (i, j) to the next node east (axis 0) or north (axis 1). */
static void border_point(const tiling *t, uint64_t i, uint64_t j, uint64_t axis, uint64_t k, double point[2])
{
    double from[2], to[2], along = (double)k / (double)t->segments;
    double swing = k == 0 || k == t->segments ? 0.0 : 0.5 * t->side / (double)t->segments;
    uint64_t key = 2 * k + axis + t->seed * 1000;

    node_point(t, i, j, from);
    node_point(t, i + (axis == 0), j + (axis == 1), to);
    point[0] = west + from[0] + along * (to[0] - from[0]) + swing * (noise(i, j, key + 7) - 0.5);
    point[1] = south + from[1] + along * (to[1] - from[1]) + swing * (noise(i, j, key + 500000007) - 0.5);
}

static OGRGeometryH cell_of(const tiling *t, uint64_t i, uint64_t j, double (*points)[2])
{
    uint64_t n = t->segments;

    for (uint64_t k = 0; k < n; k++) {
        border_point(t, i, j, 0, k, points[k]);
        border_point(t, i + 1, j, 1, k, points[n + k]);
        border_point(t, i, j + 1, 0, n - k, points[2 * n + k]);
        border_point(t, i, j, 1, n - k, points[3 * n + k]);
    }
    return polygon_of(points, (int)(4 * n));
}

static void make_tiling(const char *file, char **arguments, int count)
{
    tiling t = {strtoull(arguments[0], NULL, 10), strtoull(arguments[1], NULL, 10), strtoull(arguments[2], NULL, 10),
                count > 5 ? strtoull(arguments[5], NULL, 10) : 1, count > 4 ? CPLAtof(arguments[4]) : 50.0};
    unsigned classes = (unsigned)strtoul(arguments[3], NULL, 10);
    double(*points)[2] = CPLMalloc(4 * t.segments * sizeof *points);
    output out = {0};

    open_output(&out, file, wkbPolygon, t.columns * t.rows);
    for (uint64_t j = 0; j < t.rows; j++)
        for (uint64_t i = 0; i < t.columns; i++)
            add(&out, cell_of(&t, i, j, points), (unsigned)(noise(i, j, t.seed + 2) * classes));
    close_output(&out);
    CPLFree(points);
}

/* ---------------------------------------------------------------- rings, sites, points */

/* A star-shaped ring with waves of many lengths. */
static OGRGeometryH star_of(double x, double y, double radius, int count, uint64_t seed)
{
    double(*points)[2] = CPLMalloc((size_t)count * sizeof *points);

    for (int k = 0; k < count; k++) {
        double angle = turn * k / count;
        double length = radius * (1.0 + 0.1 * sin(5 * angle + (double)seed) + 0.05 * sin(37 * angle) +
                                  0.4 / count * (noise(seed, (uint64_t)k, 3) - 0.5));
        points[k][0] = x + length * cos(angle);
        points[k][1] = y + length * sin(angle);
    }
    OGRGeometryH star = polygon_of(points, count);
    CPLFree(points);
    return star;
}

static void make_ring(const char *file, char **arguments)
{
    double radius = CPLAtof(arguments[1]);
    output out = {0};

    open_output(&out, file, wkbPolygon, 1);
    add(&out, star_of(west + 1.3 * radius, south + 1.3 * radius, radius, atoi(arguments[0]), 1), 0);
    close_output(&out);
}

/* Sites of 1 to 8 ha and 5 to 24 vertices anywhere in a square of `extent` metres. */
static void make_sites(const char *file, char **arguments)
{
    uint64_t count = strtoull(arguments[0], NULL, 10);
    double extent = CPLAtof(arguments[1]);
    output out = {0};

    open_output(&out, file, wkbPolygon, count);
    for (uint64_t s = 0; s < count; s++) {
        double radius = sqrt((1.0 + 7.0 * pow(noise(s, 1, 5), 2.0)) * 10000.0 / (turn / 2.0));
        double x = west + 200.0 + (extent - 400.0) * noise(s, 2, 5),
               y = south + 200.0 + (extent - 400.0) * noise(s, 3, 5);
        add(&out, star_of(x, y, radius, 4 + (int)(20.0 * noise(s, 4, 5)), s), 0);
    }
    close_output(&out);
}

static void make_points(const char *file, char **arguments)
{
    uint64_t count = strtoull(arguments[0], NULL, 10);
    double extent = CPLAtof(arguments[1]);
    output out = {0};

    open_output(&out, file, wkbPoint, count);
    for (uint64_t p = 0; p < count; p++) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, west + extent * noise(p, 1, 9), south + extent * noise(p, 2, 9));
        add(&out, point, 0);
    }
    close_output(&out);
}

int main(int count, char **arguments)
{
    const char *kind = count > 2 ? arguments[1] : "";

    if (!strcmp(kind, "tiling") && count >= 7)
        make_tiling(arguments[2], arguments + 3, count - 3);
    else if (!strcmp(kind, "ring") && count >= 5)
        make_ring(arguments[2], arguments + 3);
    else if (!strcmp(kind, "sites") && count >= 5)
        make_sites(arguments[2], arguments + 3);
    else if (!strcmp(kind, "points") && count >= 5)
        make_points(arguments[2], arguments + 3);
    else
        return fprintf(stderr, "make_data: see the head of make_data.c\n"), 2;
    return 0;
}
