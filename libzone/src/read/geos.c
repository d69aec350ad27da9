/* GEOS: one handle and its messages; geometries from rings and back. */
#include "read/geos.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hear(const char *message, void *user)
{
    zone_geos *geos = user;

    snprintf(geos->message, sizeof geos->message, "%s", message);
}

static void ignore(const char *message, void *user)
{
    (void)message;
    (void)user;
}

zone_status zone_geos_open(zone_context *ctx, zone_geos *geos)
{
    geos->message[0] = '\0';
    if (!(geos->handle = GEOS_init_r()))
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    GEOSContext_setErrorMessageHandler_r(geos->handle, hear, geos);
    GEOSContext_setNoticeMessageHandler_r(geos->handle, ignore, NULL);
    return ZONE_OK;
}

void zone_geos_close(zone_geos *geos)
{
    if (geos->handle)
        GEOS_finish_r(geos->handle);
    geos->handle = NULL;
}

bool zone_geos_try_again(const zone_context *ctx, zone_geos *geos)
{
    bool again = strstr(geos->message, "Interrupted") && !zone_cancelled(ctx);

    if (again)
        geos->message[0] = '\0';
    return again;
}

/* The coordinates of a ring, closed if it is an area's, padded with its last vertex to `least`. */
static GEOSCoordSequence *sequence(zone_geos *geos, const zone_rings *rings, size_t ring, bool close, size_t least)
{
    size_t first = rings->start[ring], count = rings->start[ring + 1] - first;
    size_t total = count + (close ? 1 : 0) < least ? least : count + (close ? 1 : 0);
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(geos->handle, (unsigned)total, 2);

    for (size_t i = 0; points && i < total; i++) {
        size_t at = i < count ? first + i : close ? first : first + count - 1;
        GEOSCoordSeq_setXY_r(geos->handle, points, (unsigned)i, rings->x[at], rings->y[at]);
    }
    return points;
}

/* The polygon of outer ring `ring` and the holes that follow it; *next is the ring after them. */
static GEOSGeometry *polygon(zone_geos *geos, const zone_rings *rings, size_t ring, size_t *next)
{
    size_t end = ring + 1, made = 0;

    while (end < rings->ring_count && rings->hole[end])
        end++;
    *next = end;
    GEOSGeometry **holes = calloc(end - ring, sizeof(GEOSGeometry *));
    GEOSCoordSequence *points = holes ? sequence(geos, rings, ring, true, 4) : NULL;
    GEOSGeometry *shell = points ? GEOSGeom_createLinearRing_r(geos->handle, points) : NULL;
    bool done = shell != NULL;
    for (size_t i = ring + 1; i < end && done; i++) {
        points = sequence(geos, rings, i, true, 4);
        holes[made] = points ? GEOSGeom_createLinearRing_r(geos->handle, points) : NULL;
        done = holes[made] != NULL;
        made += done;
    }
    GEOSGeometry *result = done ? GEOSGeom_createPolygon_r(geos->handle, shell, holes, (unsigned)made) : NULL;
    if (!done) { /* createPolygon takes them over, even when it fails */
        GEOSGeom_destroy_r(geos->handle, shell);
        for (size_t i = 0; i < made; i++)
            GEOSGeom_destroy_r(geos->handle, holes[i]);
    }
    free(holes);
    return result;
}

static GEOSGeometry *part(zone_geos *geos, const zone_rings *rings, size_t ring, size_t *next)
{
    GEOSCoordSequence *points;

    if (rings->shape == ZONE_SHAPE_AREA)
        return polygon(geos, rings, ring, next);
    *next = ring + 1;
    points = sequence(geos, rings, ring, false, rings->shape == ZONE_SHAPE_LINE ? 2 : 1);
    if (!points)
        return NULL;
    return rings->shape == ZONE_SHAPE_LINE ? GEOSGeom_createLineString_r(geos->handle, points)
                                           : GEOSGeom_createPoint_r(geos->handle, points);
}

GEOSGeometry *zone_geos_from_rings(zone_geos *geos, const zone_rings *rings)
{
    static const int single[] = {GEOS_GEOMETRYCOLLECTION, GEOS_POINT, GEOS_LINESTRING, GEOS_POLYGON};
    static const int several[] = {GEOS_GEOMETRYCOLLECTION, GEOS_MULTIPOINT, GEOS_MULTILINESTRING, GEOS_MULTIPOLYGON};
    size_t count = 0, next = 0;
    bool done = true;

    if (rings->ring_count == 0)
        return GEOSGeom_createEmptyCollection_r(geos->handle, single[rings->shape]);
    GEOSGeometry **parts = calloc(rings->ring_count, sizeof(GEOSGeometry *));
    if (!parts)
        return NULL;
    for (size_t ring = 0; ring < rings->ring_count && done; ring = next) {
        parts[count] = part(geos, rings, ring, &next);
        done = parts[count] != NULL;
        count += done;
    }
    GEOSGeometry *result = NULL;
    if (done)
        result = count == 1 ? parts[0]
                            : GEOSGeom_createCollection_r(geos->handle, several[rings->shape], parts, (unsigned)count);
    for (size_t i = 0; !done && i < count; i++)
        GEOSGeom_destroy_r(geos->handle, parts[i]);
    free(parts);
    return result;
}

zone_shape zone_geos_shape(zone_geos *geos, const GEOSGeometry *geometry)
{
    switch (GEOSGeom_getDimensions_r(geos->handle, geometry)) {
    case 0:
        return ZONE_SHAPE_POINT;
    case 1:
        return ZONE_SHAPE_LINE;
    case 2:
        return ZONE_SHAPE_AREA;
    default:
        return ZONE_SHAPE_NONE;
    }
}

static zone_status add_sequence(zone_context *ctx, zone_geos *geos, const GEOSGeometry *line, bool hole,
                                zone_rings *rings)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(geos->handle, line);
    unsigned count = 0;
    double *x, *y;
    zone_status status;

    if (!points || !GEOSCoordSeq_getSize_r(geos->handle, points, &count) || count == 0)
        return ZONE_OK;
    if ((status = zone_rings_add(ctx, rings, hole, count, &x, &y)))
        return status;
    for (unsigned i = 0; i < count; i++)
        GEOSCoordSeq_getXY_r(geos->handle, points, i, &x[i], &y[i]);
    if (rings->shape == ZONE_SHAPE_AREA)
        zone_rings_open_last(rings);
    return ZONE_OK;
}

static zone_status add_geometry(zone_context *ctx, zone_geos *geos, const GEOSGeometry *geometry, zone_rings *rings)
{
    int type = GEOSGeomTypeId_r(geos->handle, geometry);
    zone_status status = ZONE_OK;

    if (type >= GEOS_MULTIPOINT) {
        int count = GEOSGetNumGeometries_r(geos->handle, geometry);
        for (int i = 0; i < count && !status; i++)
            status = add_geometry(ctx, geos, GEOSGetGeometryN_r(geos->handle, geometry, i), rings);
    } else if (zone_geos_shape(geos, geometry) != rings->shape || GEOSisEmpty_r(geos->handle, geometry) == 1) {
        rings->others++;
    } else if (type == GEOS_POLYGON) {
        int count = GEOSGetNumInteriorRings_r(geos->handle, geometry);
        status = add_sequence(ctx, geos, GEOSGetExteriorRing_r(geos->handle, geometry), false, rings);
        for (int i = 0; i < count && !status; i++)
            status = add_sequence(ctx, geos, GEOSGetInteriorRingN_r(geos->handle, geometry, i), true, rings);
    } else {
        status = add_sequence(ctx, geos, geometry, false, rings);
    }
    return status;
}

zone_status zone_geos_to_rings(zone_context *ctx, zone_geos *geos, const GEOSGeometry *geometry, zone_shape wanted,
                               zone_rings *rings)
{
    zone_rings_clear(rings);
    rings->shape = wanted == ZONE_SHAPE_NONE ? zone_geos_shape(geos, geometry) : wanted;
    return add_geometry(ctx, geos, geometry, rings);
}

GEOSGeometry *zone_geos_repair(zone_geos *geos, const GEOSGeometry *geometry)
{
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(geos->handle);
    GEOSGeometry *result = NULL;

    if (how && GEOSMakeValidParams_setMethod_r(geos->handle, how, GEOS_MAKE_VALID_STRUCTURE) &&
        GEOSMakeValidParams_setKeepCollapsed_r(geos->handle, how, 0))
        result = GEOSMakeValidWithParams_r(geos->handle, geometry, how);
    GEOSMakeValidParams_destroy_r(geos->handle, how);
    return result;
}
