/* Rings of a feature of GDAL. */
#include "read/rings_ogr.h"

/* Chords over a quarter of a degree: they take 3e-6 of a circle's area away. GDAL's own 4 degrees would take 8e-4, two
 * and a half square metres of a roundabout of 31 m radius. */
#define CHORD_DEGREES 0.25

/* Nested deeper than this is no data but an attack on the stack. */
#define MOST_NESTING 32

zone_shape zone_rings_shape_of(OGRwkbGeometryType type)
{
    switch (OGR_GT_Flatten(type)) {
    case wkbPoint:
    case wkbMultiPoint:
        return ZONE_SHAPE_POINT;
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
    case wkbLinearRing:
        return ZONE_SHAPE_LINE;
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbCurvePolygon:
    case wkbMultiSurface:
    case wkbTriangle:
    case wkbTIN:
    case wkbPolyhedralSurface:
        return ZONE_SHAPE_AREA;
    default:
        return ZONE_SHAPE_NONE;
    }
}

static bool has_parts(OGRwkbGeometryType type)
{
    switch (OGR_GT_Flatten(type)) {
    case wkbPoint:
    case wkbLineString:
    case wkbLinearRing:
    case wkbPolygon:
    case wkbTriangle:
        return false;
    default:
        return true;
    }
}

/* The highest kind in a geometry: a collection of polygons and stray lines is an area. */
static zone_shape highest(OGRGeometryH geometry, int depth)
{
    zone_shape shape = zone_rings_shape_of(OGR_G_GetGeometryType(geometry));
    int count = OGR_G_GetGeometryCount(geometry);

    if (shape != ZONE_SHAPE_NONE || depth > MOST_NESTING)
        return shape;
    for (int i = 0; i < count; i++) {
        zone_shape part = highest(OGR_G_GetGeometryRef(geometry, i), depth + 1);
        if (part > shape)
            shape = part;
    }
    return shape;
}

static zone_status add_points(zone_context *ctx, OGRGeometryH line, bool hole, bool swapped, zone_rings *rings)
{
    int count = OGR_G_GetPointCount(line);
    double *x, *y;
    zone_status status;

    if (count <= 0)
        return ZONE_OK;
    if (rings->vertex_count + (size_t)count > ZONE_MOST_VERTICES)
        return zone_fail(ctx, ZONE_TOO_LARGE, .what = NULL);
    if ((status = zone_rings_add(ctx, rings, hole, (size_t)count, &x, &y)))
        return status;
    OGR_G_GetPoints(line, swapped ? y : x, sizeof *x, swapped ? x : y, sizeof *y, NULL, 0);
    if (rings->shape == ZONE_SHAPE_AREA)
        zone_rings_open_last(rings);
    return ZONE_OK;
}

static zone_status add_part(zone_context *ctx, OGRGeometryH part, bool swapped, int depth, zone_rings *rings)
{
    OGRwkbGeometryType type = OGR_G_GetGeometryType(part);
    zone_shape shape = zone_rings_shape_of(type);
    zone_status status = ZONE_OK;
    int count = OGR_G_GetGeometryCount(part);

    if (depth > MOST_NESTING || (shape != ZONE_SHAPE_NONE && shape != rings->shape)) {
        rings->others++;
        return ZONE_OK;
    }
    if (has_parts(type))
        for (int i = 0; i < count && !status; i++)
            status = add_part(ctx, OGR_G_GetGeometryRef(part, i), swapped, depth + 1, rings);
    else if (shape == ZONE_SHAPE_AREA)
        for (int i = 0; i < count && !status; i++)
            status = add_points(ctx, OGR_G_GetGeometryRef(part, i), i > 0, swapped, rings);
    else
        status = add_points(ctx, part, false, swapped, rings);
    return status;
}

zone_status zone_rings_from_ogr(zone_context *ctx, OGRGeometryH geometry, zone_shape wanted, bool swapped,
                                zone_rings *rings)
{
    OGRGeometryH straight = NULL;
    zone_status status;

    zone_rings_clear(rings);
    if (!geometry || OGR_G_IsEmpty(geometry))
        return ZONE_OK;
    rings->shape = wanted == ZONE_SHAPE_NONE ? highest(geometry, 0) : wanted;
    /* FALSE: also types of curves that hold no arc, for their rings are nested as no polygon's are. */
    if (OGR_G_HasCurveGeometry(geometry, FALSE)) {
        if (!(straight = OGR_G_GetLinearGeometry(geometry, CHORD_DEGREES, NULL)))
            return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
        rings->curves += OGR_G_HasCurveGeometry(geometry, TRUE) != 0;
    }
    status = add_part(ctx, straight ? straight : geometry, swapped, 0, rings);
    if (rings->ring_count == 0)
        rings->shape = ZONE_SHAPE_NONE;
    if (straight)
        OGR_G_DestroyGeometry(straight);
    return status;
}
