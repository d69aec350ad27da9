/* The point of a geometry that lies farthest from another.
 *
 * Between two vertices the distance may rise above that of both (a line from arm to arm of a U), and in the middle of
 * an area above that of its whole border (an area over a hole). So edges are sampled, areas by a grid, and the best
 * sample is followed to its peak. No sample is farther from the truth than their spacing. */
#include "read/geometry_geos.h"

#include <math.h>

enum { SAMPLES = 1000, GRID = 12, HALVINGS = 40 };

/* An area of which no circle of this radius fits into it has no inside to speak of (0.5 mm in metres). */
static const double no_inside = 5e-4;
static const double pi = 3.14159265358979323846;

typedef struct {
    zone_geos *geos;
    const GEOSPreparedGeometry *from;
    double step;    /* between samples of edges */
    double most[3]; /* distance, x, y; distance < 0: none yet */
    double edge[4]; /* ends of the edge that the best sample is on */
    bool failed;
} search;

static double measure(search *s, double x, double y)
{
    double distance = 0.0;
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(s->geos->handle, x, y);

    if (!point || GEOSPreparedDistance_r(s->geos->handle, s->from, point, &distance) != 1)
        s->failed = true;
    GEOSGeom_destroy_r(s->geos->handle, point);
    return s->failed ? -1.0 : distance;
}

static bool try_place(search *s, double x, double y)
{
    double distance = measure(s, x, y);

    if (!(distance > s->most[0]))
        return false;
    s->most[0] = distance;
    s->most[1] = x;
    s->most[2] = y;
    return true;
}

/* ---------------------------------------------------------------- edges */

static void walk_line(search *s, const GEOSGeometry *line)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(s->geos->handle, line);
    unsigned count = 0;
    double edge[4];

    if (!points || GEOSCoordSeq_getSize_r(s->geos->handle, points, &count) != 1 || count == 0)
        return;
    GEOSCoordSeq_getXY_r(s->geos->handle, points, 0, &edge[2], &edge[3]);
    try_place(s, edge[2], edge[3]);
    for (unsigned i = 1; i < count && !s->failed; i++) {
        edge[0] = edge[2];
        edge[1] = edge[3];
        GEOSCoordSeq_getXY_r(s->geos->handle, points, i, &edge[2], &edge[3]);
        double length = hypot(edge[2] - edge[0], edge[3] - edge[1]);
        int parts = s->step > 0.0 ? (int)fmin(ceil(length / s->step), SAMPLES) : 1;
        for (int k = 1; k <= parts; k++) {
            double t = (double)k / parts;
            if (!try_place(s, edge[0] + t * (edge[2] - edge[0]), edge[1] + t * (edge[3] - edge[1])))
                continue;
            for (int c = 0; c < 4; c++)
                s->edge[c] = edge[c];
        }
    }
}

/* Along the edge of the best sample to its peak. */
static void climb_edge(search *s)
{
    double dx = s->edge[2] - s->edge[0], dy = s->edge[3] - s->edge[1], length = hypot(dx, dy);

    for (double step = s->step; length > 0.0 && step > s->step * pow(0.5, HALVINGS) && !s->failed;) {
        double at = ((s->most[1] - s->edge[0]) * dx + (s->most[2] - s->edge[1]) * dy) / (length * length);
        double up = fmin(at + step / length, 1.0), down = fmax(at - step / length, 0.0);
        if (!try_place(s, s->edge[0] + up * dx, s->edge[1] + up * dy) &&
            !try_place(s, s->edge[0] + down * dx, s->edge[1] + down * dy))
            step /= 2.0;
    }
}

/* ---------------------------------------------------------------- insides */

static bool try_inside(search *s, const GEOSPreparedGeometry *area, double x, double y)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(s->geos->handle, x, y);
    bool inside = point && GEOSPreparedIntersects_r(s->geos->handle, area, point) == 1;

    GEOSGeom_destroy_r(s->geos->handle, point);
    return inside && try_place(s, x, y);
}

static void climb_inside(search *s, const GEOSPreparedGeometry *area, const double size[2])
{
    double scale = 1.0;

    for (int halvings = 0; halvings < HALVINGS && !s->failed;) {
        bool better = false;
        for (int d = 0; d < 9 && !better; d++)
            better = try_inside(s, area, s->most[1] + (d % 3 - 1) * size[0] * scale,
                                s->most[2] + (d / 3 - 1) * size[1] * scale);
        halvings += !better;
        scale *= better ? 1.0 : 0.5;
    }
}

static void search_inside(search *s, const GEOSGeometry *polygon)
{
    GEOSContextHandle_t handle = s->geos->handle;
    double west, south, east, north, area = 0.0;

    if (GEOSArea_r(handle, polygon, &area) != 1 || sqrt(area / pi) < no_inside ||
        GEOSGeom_getXMin_r(handle, polygon, &west) != 1 || GEOSGeom_getYMin_r(handle, polygon, &south) != 1 ||
        GEOSGeom_getXMax_r(handle, polygon, &east) != 1 || GEOSGeom_getYMax_r(handle, polygon, &north) != 1)
        return;
    /* Distances change no faster than places. */
    if (measure(s, (west + east) / 2.0, (south + north) / 2.0) + hypot(east - west, north - south) / 2.0 <= s->most[0])
        return;
    const GEOSPreparedGeometry *prepared = GEOSPrepare_r(handle, polygon);
    const double size[2] = {(east - west) / GRID, (north - south) / GRID};
    bool better = false;
    for (int i = 0; prepared && i < GRID * GRID && !s->failed; i++)
        better =
            try_inside(s, prepared, west + (i % GRID + 0.5) * size[0], south + (i / GRID + 0.5) * size[1]) || better;
    if (better)
        climb_inside(s, prepared, size);
    GEOSPreparedGeom_destroy_r(handle, prepared);
}

/* ---------------------------------------------------------------- the whole */

/* Borders and lines first: what they reach rules most insides out. */
static void walk(search *s, const GEOSGeometry *geometry, bool insides)
{
    GEOSContextHandle_t handle = s->geos->handle;
    int type = GEOSGeomTypeId_r(handle, geometry);

    if (GEOSisEmpty_r(handle, geometry) == 1 || s->failed)
        return;
    if (type >= GEOS_MULTIPOINT) {
        for (int i = 0; i < GEOSGetNumGeometries_r(handle, geometry); i++)
            walk(s, GEOSGetGeometryN_r(handle, geometry, i), insides);
    } else if (insides && type == GEOS_POLYGON) {
        search_inside(s, geometry);
    } else if (type == GEOS_POLYGON) {
        walk_line(s, GEOSGetExteriorRing_r(handle, geometry));
        for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, geometry); i++)
            walk_line(s, GEOSGetInteriorRingN_r(handle, geometry, i));
    } else if (!insides) {
        walk_line(s, geometry);
    }
}

zone_status zone_geometry_farthest(zone_context *ctx, const zone_geometry *what, const zone_geometry *from,
                                   double *distance, double place[2])
{
    GEOSContextHandle_t handle = what->geos.handle;
    search s = {.geos = zone_geometry_geos(what),
                .from = GEOSPrepare_r(handle, from->geometry),
                .step = zone_geometry_length(what) / SAMPLES,
                .most = {-1.0, 0.0, 0.0}};

    s.failed = !s.from;
    walk(&s, what->geometry, false);
    climb_edge(&s);
    walk(&s, what->geometry, true);
    GEOSPreparedGeom_destroy_r(handle, s.from);
    *distance = fmax(s.most[0], 0.0);
    place[0] = s.most[1];
    place[1] = s.most[2];
    return s.failed ? zone_fail(ctx, ZONE_BAD_GEOMETRY, .found = s.geos->message[0] ? s.geos->message : NULL) : ZONE_OK;
}
