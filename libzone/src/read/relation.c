/* Measures of geometries and relations between them. */
#include "read/geometry_geos.h"

#include "read/interrupt.h"

#include <math.h>

double zone_geometry_plane_area(const zone_geometry *geometry)
{
    double area = 0.0;

    return GEOSArea_r(geometry->geos.handle, geometry->geometry, &area) == 1 ? area : NAN;
}

double zone_geometry_length(const zone_geometry *geometry)
{
    double length = 0.0;

    return GEOSLength_r(geometry->geos.handle, geometry->geometry, &length) == 1 ? length : NAN;
}

/* Coordinates of a point, which is taken over and destroyed. */
static bool take_point(GEOSContextHandle_t handle, GEOSGeometry *point, double *x, double *y)
{
    bool done = point && GEOSGeomGetX_r(handle, point, x) == 1 && GEOSGeomGetY_r(handle, point, y) == 1;

    GEOSGeom_destroy_r(handle, point);
    return done && isfinite(*x) && isfinite(*y);
}

bool zone_geometry_centroid(const zone_geometry *geometry, double *x, double *y)
{
    GEOSContextHandle_t handle = geometry->geos.handle;

    return take_point(handle, GEOSGetCentroid_r(handle, geometry->geometry), x, y);
}

bool zone_geometry_interior_point(const zone_geometry *geometry, double *x, double *y)
{
    GEOSContextHandle_t handle = geometry->geos.handle;

    return take_point(handle, GEOSPointOnSurface_r(handle, geometry->geometry), x, y);
}

/* The single line a geometry is, with its number of points; NULL for anything else. */
static const GEOSCoordSequence *single_line(const zone_geometry *geometry, unsigned *count)
{
    GEOSContextHandle_t handle = geometry->geos.handle;
    const GEOSGeometry *line = geometry->geometry;

    if (GEOSGeomTypeId_r(handle, line) == GEOS_MULTILINESTRING && GEOSGetNumGeometries_r(handle, line) == 1)
        line = GEOSGetGeometryN_r(handle, line, 0);
    int type = GEOSGeomTypeId_r(handle, line);
    if (type != GEOS_LINESTRING && type != GEOS_LINEARRING)
        return NULL;
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(handle, line);
    return points && GEOSCoordSeq_getSize_r(handle, points, count) == 1 && *count > 0 ? points : NULL;
}

bool zone_geometry_ends(const zone_geometry *geometry, double first[2], double last[2])
{
    unsigned count = 0;
    const GEOSCoordSequence *points = single_line(geometry, &count);

    return points && GEOSCoordSeq_getXY_r(geometry->geos.handle, points, 0, &first[0], &first[1]) == 1 &&
           GEOSCoordSeq_getXY_r(geometry->geos.handle, points, count - 1, &last[0], &last[1]) == 1;
}

bool zone_geometry_closed(const zone_geometry *geometry)
{
    double first[2], last[2];
    unsigned count = 0;

    return single_line(geometry, &count) && count > 2 && zone_geometry_ends(geometry, first, last) &&
           first[0] == last[0] && first[1] == last[1];
}

/* An area holds what lies in it: distance 0. (GEOSDistanceIndexed measures to its border even then, so it is asked only
 * for what lies apart.) */
double zone_geometry_distance(const zone_geometry *a, const zone_geometry *b)
{
    double distance = 0.0;

    if (zone_geometry_intersects(a, b))
        return 0.0;
    return GEOSDistanceIndexed_r(a->geos.handle, a->geometry, b->geometry, &distance) == 1 ? distance : NAN;
}

bool zone_geometry_nearest(const zone_geometry *a, const zone_geometry *b, double on_a[2], double on_b[2])
{
    GEOSContextHandle_t handle = a->geos.handle;
    GEOSCoordSequence *points = GEOSNearestPoints_r(handle, a->geometry, b->geometry);
    bool done = points && GEOSCoordSeq_getXY_r(handle, points, 0, &on_a[0], &on_a[1]) == 1 &&
                GEOSCoordSeq_getXY_r(handle, points, 1, &on_b[0], &on_b[1]) == 1;

    GEOSCoordSeq_destroy_r(handle, points);
    return done;
}

bool zone_geometry_intersects(const zone_geometry *a, const zone_geometry *b)
{
    return GEOSIntersects_r(a->geos.handle, a->geometry, b->geometry) == 1;
}

bool zone_geometry_covers(const zone_geometry *a, const zone_geometry *b)
{
    return GEOSCovers_r(a->geos.handle, a->geometry, b->geometry) == 1;
}

bool zone_geometry_crosses(const zone_geometry *a, const zone_geometry *b)
{
    return GEOSCrosses_r(a->geos.handle, a->geometry, b->geometry) == 1;
}

zone_status zone_geometry_intersection(zone_context *ctx, const zone_geometry *a, const zone_geometry *b,
                                       zone_geometry **out)
{
    return zone_geometry_wrap(ctx, GEOSIntersection_r(a->geos.handle, a->geometry, b->geometry), a, out);
}

zone_status zone_geometry_difference(zone_context *ctx, const zone_geometry *a, const zone_geometry *b,
                                     zone_geometry **out)
{
    return zone_geometry_wrap(ctx, GEOSDifference_r(a->geos.handle, a->geometry, b->geometry), a, out);
}

zone_status zone_geometry_union(zone_context *ctx, const zone_geometry *a, const zone_geometry *b, zone_geometry **out)
{
    return zone_geometry_wrap(ctx, GEOSUnion_r(a->geos.handle, a->geometry, b->geometry), a, out);
}

zone_status zone_geometry_buffer(zone_context *ctx, const zone_geometry *a, double metres, zone_geometry **out)
{
    zone_geos *geos = zone_geometry_geos(a);
    GEOSGeometry *made = NULL;

    *out = NULL;
    zone_interrupt_begin(ctx);
    do {
        made = GEOSBuffer_r(geos->handle, a->geometry, metres, 32);
    } while (!made && zone_geos_try_again(ctx, geos));
    zone_interrupt_end();
    if (!made && zone_cancelled(ctx))
        return zone_progress(ctx, 0, 0);
    return zone_geometry_wrap(ctx, made, a, out);
}

zone_status zone_geometry_boundary(zone_context *ctx, const zone_geometry *a, zone_geometry **out)
{
    return zone_geometry_wrap(ctx, GEOSBoundary_r(a->geos.handle, a->geometry), a, out);
}

zone_status zone_geometry_join_lines(zone_context *ctx, const zone_geometry *a, zone_geometry **out)
{
    GEOSContextHandle_t handle = a->geos.handle;
    GEOSGeometry *once = GEOSUnaryUnion_r(handle, a->geometry);
    GEOSGeometry *joined = once ? GEOSLineMerge_r(handle, once) : NULL;

    GEOSGeom_destroy_r(handle, once);
    return zone_geometry_wrap(ctx, joined, a, out);
}
