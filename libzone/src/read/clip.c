/* Clipping by GEOS. */
#include "read/clip.h"

#include "read/geos.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* A feature as geometry, kept since neighbours often lie in the same one. */
typedef struct {
    const zone_batch *batch;
    size_t feature;
    GEOSGeometry *geometry;
} remembered;

enum { REMEMBERED = 2 };

struct zone_clip {
    zone_geos geos;
    zone_rings rings;
    GEOSWKBWriter *writer;
    GEOSGeometry *piece; /* NULL: can't be drawn */
    bool cut;            /* no longer the feature as it was drawn */
    remembered last[REMEMBERED];
    int turn; /* whose place goes next */
    unsigned char *wkb;
};

zone_status zone_clip_open(zone_context *ctx, zone_clip **clip)
{
    zone_clip *made = zone_allocate(ctx, 1, sizeof *made);
    zone_status status = made ? zone_geos_open(ctx, &made->geos) : ZONE_NO_MEMORY;

    *clip = made;
    if (!status && !(made->writer = GEOSWKBWriter_create_r(made->geos.handle)))
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    if (!status) {
        GEOSWKBWriter_setOutputDimension_r(made->geos.handle, made->writer, 2);
        GEOSWKBWriter_setByteOrder_r(made->geos.handle, made->writer, GEOS_WKB_NDR);
    }
    return status;
}

void zone_clip_close(zone_clip *clip)
{
    if (!clip)
        return;
    if (clip->geos.handle) {
        GEOSContextHandle_t handle = clip->geos.handle;
        GEOSFree_r(handle, clip->wkb);
        GEOSGeom_destroy_r(handle, clip->piece);
        for (int i = 0; i < REMEMBERED; i++)
            GEOSGeom_destroy_r(handle, clip->last[i].geometry);
        if (clip->writer)
            GEOSWKBWriter_destroy_r(handle, clip->writer);
    }
    zone_geos_close(&clip->geos);
    zone_rings_free(&clip->rings);
    free(clip);
}

/* ---------------------------------------------------------------- cutting */

/* *made stays NULL where GEOS takes no offence but makes nothing. */
static zone_status make(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature,
                        GEOSGeometry **made)
{
    zone_status status = zone_rings_from_batch(ctx, batch, feature, &clip->rings);

    *made = status ? NULL : zone_geos_from_rings(&clip->geos, &clip->rings);
    return status;
}

static void take(zone_clip *clip, GEOSGeometry *piece)
{
    GEOSGeom_destroy_r(clip->geos.handle, clip->piece);
    clip->piece = piece;
}

zone_status zone_clip_begin(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature)
{
    GEOSGeometry *piece = NULL;
    zone_status status = make(ctx, clip, batch, feature, &piece);

    take(clip, piece);
    clip->cut = false;
    return status;
}

/* A grid that coordinates of this size hold with three digits to spare. */
static double grid_for(zone_clip *clip, const GEOSGeometry *geometry)
{
    GEOSContextHandle_t handle = clip->geos.handle;
    double west = 0.0, east = 0.0, south = 0.0, north = 0.0;

    GEOSGeom_getXMin_r(handle, geometry, &west);
    GEOSGeom_getXMax_r(handle, geometry, &east);
    GEOSGeom_getYMin_r(handle, geometry, &south);
    GEOSGeom_getYMax_r(handle, geometry, &north);
    return fmax(fmax(fabs(west), fabs(east)), fmax(fabs(south), fabs(north))) * 1e-12;
}

typedef GEOSGeometry *(*plain_overlay)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);
typedef GEOSGeometry *(*snapped_overlay)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *, double);

/* What GEOS can't do as it is it does with both geometries repaired and on a grid. */
static GEOSGeometry *overlay(zone_clip *clip, const GEOSGeometry *other, plain_overlay plain, snapped_overlay snapped)
{
    GEOSContextHandle_t handle = clip->geos.handle;
    GEOSGeometry *result = plain(handle, clip->piece, other);

    if (result)
        return result;
    GEOSGeometry *a = zone_geos_repair(&clip->geos, clip->piece), *b = zone_geos_repair(&clip->geos, other);
    if (a && b)
        result = snapped(handle, a, b, grid_for(clip, a));
    GEOSGeom_destroy_r(handle, a);
    GEOSGeom_destroy_r(handle, b);
    return result;
}

static zone_status remember(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature,
                            const GEOSGeometry **geometry)
{
    for (int i = 0; i < REMEMBERED; i++)
        if (clip->last[i].geometry && clip->last[i].batch == batch && clip->last[i].feature == feature) {
            *geometry = clip->last[i].geometry;
            return ZONE_OK;
        }
    remembered *last = &clip->last[clip->turn];
    clip->turn = (clip->turn + 1) % REMEMBERED;
    GEOSGeom_destroy_r(clip->geos.handle, last->geometry);
    last->batch = batch;
    last->feature = feature;
    zone_status status = make(ctx, clip, batch, feature, &last->geometry);
    *geometry = last->geometry;
    return status;
}

zone_status zone_clip_keep(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature)
{
    const GEOSGeometry *other = NULL;
    zone_status status = remember(ctx, clip, batch, feature, &other);

    clip->cut = true;
    if (!status && clip->piece)
        take(clip, other ? overlay(clip, other, GEOSIntersection_r, GEOSIntersectionPrec_r) : NULL);
    return status;
}

zone_status zone_clip_remove(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature)
{
    GEOSGeometry *other = NULL;
    zone_status status = make(ctx, clip, batch, feature, &other);

    clip->cut = true;
    if (!status && clip->piece)
        take(clip, other ? overlay(clip, other, GEOSDifference_r, GEOSDifferencePrec_r) : NULL);
    GEOSGeom_destroy_r(clip->geos.handle, other);
    return status;
}

/* ---------------------------------------------------------------- the finished piece */

/* A ring no wider than the last digits of its coordinates is what rounding made of a shared border. It may turn either
 * way, and formats that tell holes by their turn would take it for one. */
static bool is_noise(zone_clip *clip, const GEOSGeometry *ring)
{
    GEOSContextHandle_t handle = clip->geos.handle;
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(handle, ring);
    unsigned count = 0;
    double x0 = 0.0, y0 = 0.0, doubled = 0.0, length = 0.0, x = 0.0, y = 0.0, next_x = 0.0, next_y = 0.0;

    if (!clip->cut || !points || !GEOSCoordSeq_getSize_r(handle, points, &count) || count == 0)
        return false;
    GEOSCoordSeq_getXY_r(handle, points, 0, &x0, &y0);
    for (unsigned i = 1; i < count; i++, x = next_x, y = next_y) {
        GEOSCoordSeq_getXY_r(handle, points, i, &next_x, &next_y);
        next_x -= x0;
        next_y -= y0;
        doubled += x * next_y - next_x * y;
        length += hypot(next_x - x, next_y - y);
    }
    return fabs(doubled) <= 8.0 * DBL_EPSILON * fmax(fabs(x0), fabs(y0)) * length;
}

/* A copy without holes that are noise; NULL when all of it is, or GEOS can't. */
static GEOSGeometry *copy_polygon(zone_clip *clip, const GEOSGeometry *polygon)
{
    GEOSContextHandle_t handle = clip->geos.handle;
    int count = GEOSGetNumInteriorRings_r(handle, polygon);
    unsigned kept = 0;

    if (is_noise(clip, GEOSGetExteriorRing_r(handle, polygon)))
        return NULL;
    GEOSGeometry **holes = calloc(count > 0 ? (size_t)count : 1, sizeof(GEOSGeometry *));
    if (!holes)
        return NULL;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *hole = GEOSGetInteriorRingN_r(handle, polygon, i);
        if (!is_noise(clip, hole) && (holes[kept] = GEOSGeom_clone_r(handle, hole)))
            kept++;
    }
    GEOSGeometry *made =
        GEOSGeom_createPolygon_r(handle, GEOSGeom_clone_r(handle, GEOSGetExteriorRing_r(handle, polygon)), holes, kept);
    free(holes);
    return made;
}

/* Copies of all polygons; `parts` NULL: only counts them. */
static unsigned collect(zone_clip *clip, const GEOSGeometry *geometry, GEOSGeometry **parts, unsigned count)
{
    GEOSContextHandle_t handle = clip->geos.handle;
    int type = GEOSGeomTypeId_r(handle, geometry);

    if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        int several = GEOSGetNumGeometries_r(handle, geometry);
        for (int i = 0; i < several; i++)
            count = collect(clip, GEOSGetGeometryN_r(handle, geometry, i), parts, count);
    } else if (type == GEOS_POLYGON && GEOSisEmpty_r(handle, geometry) == 0) {
        GEOSGeometry *copy = parts ? copy_polygon(clip, geometry) : NULL;
        if (copy)
            parts[count] = copy;
        count += copy || !parts;
    }
    return count;
}

/* The polygons of a geometry (NULL: none) as one multipolygon. */
static GEOSGeometry *as_multipolygon(zone_clip *clip, const GEOSGeometry *geometry)
{
    GEOSContextHandle_t handle = clip->geos.handle;
    unsigned count = geometry ? collect(clip, geometry, NULL, 0) : 0;
    GEOSGeometry **parts = count ? calloc(count, sizeof(GEOSGeometry *)) : NULL, *made = NULL;

    if (count == 0)
        return GEOSGeom_createEmptyCollection_r(handle, GEOS_MULTIPOLYGON);
    if (parts)
        count = collect(clip, geometry, parts, 0);
    if (parts)
        made = GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, parts, count);
    free(parts);
    return made;
}

/* Rounding of crossings can make a ring touch itself. */
static void mend(zone_clip *clip)
{
    if (!clip->cut || !clip->piece || GEOSisValid_r(clip->geos.handle, clip->piece) == 1)
        return;
    take(clip, zone_geos_repair(&clip->geos, clip->piece));
}

const unsigned char *zone_clip_end(zone_context *ctx, zone_clip *clip, size_t *size, bool *empty)
{
    GEOSContextHandle_t handle = clip->geos.handle;

    mend(clip);
    GEOSGeometry *whole = as_multipolygon(clip, clip->piece);
    take(clip, whole);
    *empty = !whole || GEOSisEmpty_r(handle, whole) == 1;
    GEOSFree_r(handle, clip->wkb);
    clip->wkb = whole ? GEOSWKBWriter_write_r(handle, clip->writer, whole, size) : NULL;
    if (!clip->wkb)
        zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    return clip->wkb;
}
