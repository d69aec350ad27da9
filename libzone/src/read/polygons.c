/* Areas polygon by polygon. */
#include "read/polygons.h"

#include "read/geometry_geos.h"

#include <math.h>
#include <stdlib.h>

static double width_of(zone_geos *geos, const GEOSGeometry *polygon)
{
    double area = 0.0, length = 0.0;

    GEOSArea_r(geos->handle, polygon, &area);
    GEOSLength_r(geos->handle, polygon, &length);
    return length > 0.0 ? 2.0 * area / length : 0.0;
}

static bool is_polygon(zone_geos *geos, const GEOSGeometry *part)
{
    return GEOSGeomTypeId_r(geos->handle, part) == GEOS_POLYGON && GEOSisEmpty_r(geos->handle, part) == 0;
}

/* Two sides of copies of polygons, as they are filled. */
typedef struct {
    GEOSGeometry **part[2];
    unsigned count[2];
} sides;

static zone_status wrap_side(zone_context *ctx, const zone_geometry *from, sides *made, int side, zone_geometry **out)
{
    zone_geos *geos = zone_geometry_geos(from);
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(geos->handle, GEOS_MULTIPOLYGON, made->part[side], made->count[side]);

    made->count[side] = 0; /* the collection has them */
    return zone_geometry_wrap(ctx, all, from, out);
}

static zone_status close_sides(zone_context *ctx, const zone_geometry *from, sides *made, zone_status status,
                               zone_geometry **first, zone_geometry **second)
{
    zone_geos *geos = zone_geometry_geos(from);

    if (!status)
        status = wrap_side(ctx, from, made, 0, first);
    if (!status)
        status = wrap_side(ctx, from, made, 1, second);
    for (int side = 0; side < 2; side++) {
        for (unsigned i = 0; i < made->count[side]; i++)
            GEOSGeom_destroy_r(geos->handle, made->part[side][i]);
        free(made->part[side]);
    }
    if (status) {
        zone_geometry_free(*first);
        zone_geometry_free(*second);
        *first = *second = NULL;
    }
    return status;
}

static zone_status open_sides(zone_context *ctx, int count, sides *made)
{
    for (int side = 0; side < 2; side++)
        made->part[side] = zone_allocate(ctx, (size_t)count + 1, sizeof(GEOSGeometry *));
    return made->part[0] && made->part[1] ? ZONE_OK : ZONE_NO_MEMORY;
}

static zone_status add(zone_context *ctx, zone_geos *geos, sides *made, int side, const GEOSGeometry *polygon)
{
    GEOSGeometry *copy = GEOSGeom_clone_r(geos->handle, polygon);

    if (!copy)
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    made->part[side][made->count[side]++] = copy;
    return ZONE_OK;
}

zone_status zone_polygons_split(zone_context *ctx, const zone_geometry *geometry, double least, zone_geometry **wide,
                                zone_geometry **thin, double *widest)
{
    zone_geos *geos = zone_geometry_geos(geometry);
    int count = zone_geometry_part_count(geometry);
    sides made = {0};
    zone_status status = open_sides(ctx, count, &made);

    *wide = *thin = NULL;
    *widest = 0.0;
    for (int i = 0; i < count && !status; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos->handle, geometry->geometry, i);
        if (!is_polygon(geos, part))
            continue;
        double width = width_of(geos, part);
        *widest = fmax(*widest, width);
        status = add(ctx, geos, &made, width < least, part);
    }
    return close_sides(ctx, geometry, &made, status, wide, thin);
}

zone_status zone_polygons_largest(zone_context *ctx, const zone_geometry *geometry, zone_geometry **largest,
                                  zone_geometry **others)
{
    zone_geos *geos = zone_geometry_geos(geometry);
    int count = zone_geometry_part_count(geometry), best = -1;
    double most = -1.0;
    sides made = {0};
    zone_status status = open_sides(ctx, count, &made);

    *largest = *others = NULL;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos->handle, geometry->geometry, i);
        double area = 0.0;
        if (is_polygon(geos, part) && GEOSArea_r(geos->handle, part, &area) == 1 && area > most) {
            most = area;
            best = i;
        }
    }
    for (int i = 0; i < count && !status; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos->handle, geometry->geometry, i);
        if (is_polygon(geos, part))
            status = add(ctx, geos, &made, i != best, part);
    }
    return close_sides(ctx, geometry, &made, status, largest, others);
}
