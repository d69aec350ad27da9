/* What the kernel is measured against, each a straightforward program of one thread.
 *
 *     baselines features FILE          GDAL's loop over features, geometry decoded
 *     baselines arrow FILE             GDAL's Arrow stream, geometry as WKB
 *     baselines geos FILE ZONES        planar areas of FILE by zone and class, with GEOS: tree of the zones, prepared
 *                                      contains, intersection
 *     baselines points FILE ZONES      how many points of FILE each zone holds, with GEOS: tree of the zones, prepared
 *                                      contains; points straight from the Arrow stream's WKB */
#include <gdal.h>
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
#include <ogr_api.h>
#include <ogr_recordbatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static GDALDatasetH dataset_of(const char *file)
{
    GDALDatasetH dataset = GDALOpenEx(file, GDAL_OF_VECTOR, NULL, NULL, NULL);

    if (!dataset)
        exit(1);
    return dataset;
}

static int scan_features(const char *file)
{
    GDALDatasetH dataset = dataset_of(file);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    unsigned long long features = 0, bytes = 0;

    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)); OGR_F_Destroy(feature), features++)
        bytes += (unsigned long long)OGR_G_WkbSize(OGR_F_GetGeometryRef(feature));
    GDALClose(dataset);
    printf("%llu features, %llu bytes\n", features, bytes);
    return 0;
}

static int scan_arrow(const char *file)
{
    GDALDatasetH dataset = dataset_of(file);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    unsigned long long features = 0, bytes = 0;

    if (!OGR_L_GetArrowStream(layer, &stream, NULL))
        return 1;
    while (stream.get_next(&stream, &batch) == 0 && batch.release) {
        const struct ArrowArray *geometry = batch.children[batch.n_children - 1];
        const int *offsets = geometry->buffers[1];
        features += (unsigned long long)batch.length;
        bytes += (unsigned long long)offsets[batch.length];
        batch.release(&batch);
    }
    stream.release(&stream);
    GDALClose(dataset);
    printf("%llu features, %llu bytes\n", features, bytes);
    return 0;
}

/* ---------------------------------------------------------------- GEOS */

enum { MOST_CLASSES = 4096 };

typedef struct {
    GEOSContextHandle_t geos;
    GEOSWKBReader *reader;
    GEOSGeometry **zone;
    const GEOSPreparedGeometry **prepared;
    double *sum; /* by zone and class code */
    size_t count;
    GEOSGeometry *parcel;
    unsigned class;
} geos_run;

static GEOSGeometry *geometry_of(geos_run *run, OGRFeatureH feature)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    size_t size = (size_t)OGR_G_WkbSize(geometry);
    unsigned char *bytes = malloc(size);

    OGR_G_ExportToIsoWkb(geometry, wkbNDR, bytes);
    GEOSGeometry *made = GEOSWKBReader_read_r(run->geos, run->reader, bytes, size);
    free(bytes);
    return made;
}

static void meet(void *item, void *user)
{
    geos_run *run = user;
    size_t zone = (size_t)(GEOSGeometry **)item - (size_t)run->zone;
    double area = 0.0;

    zone /= sizeof *run->zone;
    if (GEOSPreparedContains_r(run->geos, run->prepared[zone], run->parcel)) {
        GEOSArea_r(run->geos, run->parcel, &area);
    } else {
        GEOSGeometry *piece = GEOSIntersection_r(run->geos, run->zone[zone], run->parcel);
        if (piece)
            GEOSArea_r(run->geos, piece, &area);
        GEOSGeom_destroy_r(run->geos, piece);
    }
    run->sum[zone * MOST_CLASSES + run->class] += area;
}

static GEOSSTRtree *load_zones(geos_run *run, const char *file)
{
    GDALDatasetH dataset = dataset_of(file);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    GEOSSTRtree *tree = GEOSSTRtree_create_r(run->geos, 10);

    run->zone = calloc((size_t)OGR_L_GetFeatureCount(layer, TRUE), sizeof *run->zone);
    run->prepared = calloc((size_t)OGR_L_GetFeatureCount(layer, TRUE), sizeof *run->prepared);
    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)); OGR_F_Destroy(feature), run->count++) {
        run->zone[run->count] = geometry_of(run, feature);
        run->prepared[run->count] = GEOSPrepare_r(run->geos, run->zone[run->count]);
        GEOSSTRtree_insert_r(run->geos, tree, run->zone[run->count], &run->zone[run->count]);
    }
    GDALClose(dataset);
    return tree;
}

static int overlay_by_geos(const char *file, const char *zones)
{
    geos_run run = {.geos = GEOS_init_r()};
    run.reader = GEOSWKBReader_create_r(run.geos);
    GEOSSTRtree *tree = load_zones(&run, zones);
    GDALDatasetH dataset = dataset_of(file);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    int field = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), "DLBM");
    size_t rows = 0;
    double total = 0.0;

    run.sum = calloc(run.count * MOST_CLASSES, sizeof *run.sum);
    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)); OGR_F_Destroy(feature)) {
        run.parcel = geometry_of(&run, feature);
        run.class = (unsigned)OGR_F_GetFieldAsInteger(feature, field) % MOST_CLASSES;
        GEOSSTRtree_query_r(run.geos, tree, run.parcel, meet, &run);
        GEOSGeom_destroy_r(run.geos, run.parcel);
    }
    for (size_t i = 0; i < run.count * MOST_CLASSES; i++) {
        rows += run.sum[i] > 0.0;
        total += run.sum[i];
    }
    printf("%zu rows, %.3f m2\n", rows, total);
    GDALClose(dataset);
    return 0;
}

/* ---------------------------------------------------------------- points */

typedef struct {
    geos_run zones;
    size_t *held; /* by zone */
    GEOSGeometry *point;
} point_run;

static void hold(void *item, void *user)
{
    point_run *run = user;
    size_t zone = (size_t)((GEOSGeometry **)item - run->zones.zone);

    run->held[zone] += GEOSPreparedContains_r(run->zones.geos, run->zones.prepared[zone], run->point) == 1;
}

static void take_points(point_run *run, GEOSSTRtree *tree, const struct ArrowArray *batch)
{
    const struct ArrowArray *geometry = batch->children[batch->n_children - 1];
    const int *offsets = geometry->buffers[1];
    const char *bytes = geometry->buffers[2];

    for (int64_t i = 0; i < batch->length; i++) {
        double place[2];
        memcpy(place, bytes + offsets[i] + 5, sizeof place);
        run->point = GEOSGeom_createPointFromXY_r(run->zones.geos, place[0], place[1]);
        GEOSSTRtree_query_r(run->zones.geos, tree, run->point, hold, run);
        GEOSGeom_destroy_r(run->zones.geos, run->point);
    }
}

static int points_by_geos(const char *file, const char *zones)
{
    point_run run = {.zones.geos = GEOS_init_r()};
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    size_t rows = 0, total = 0;

    run.zones.reader = GEOSWKBReader_create_r(run.zones.geos);
    GEOSSTRtree *tree = load_zones(&run.zones, zones);
    run.held = calloc(run.zones.count, sizeof *run.held);
    GDALDatasetH dataset = dataset_of(file);
    if (!OGR_L_GetArrowStream(GDALDatasetGetLayer(dataset, 0), &stream, NULL))
        return 1;
    while (stream.get_next(&stream, &batch) == 0 && batch.release) {
        take_points(&run, tree, &batch);
        batch.release(&batch);
    }
    stream.release(&stream);
    GDALClose(dataset);
    for (size_t z = 0; z < run.zones.count; z++) {
        rows += run.held[z] > 0;
        total += run.held[z];
    }
    printf("%zu rows, %zu points\n", rows, total);
    return 0;
}

int main(int count, char **arguments)
{
    const char *kind = count > 2 ? arguments[1] : "";

    GDALAllRegister();
    if (!strcmp(kind, "features"))
        return scan_features(arguments[2]);
    if (!strcmp(kind, "arrow"))
        return scan_arrow(arguments[2]);
    if (!strcmp(kind, "geos") && count > 3)
        return overlay_by_geos(arguments[2], arguments[3]);
    if (!strcmp(kind, "points") && count > 3)
        return points_by_geos(arguments[2], arguments[3]);
    return fprintf(stderr, "baselines: see the head of baselines.c\n"), 2;
}
