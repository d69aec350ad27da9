/* What a geometry is made of; for the files of this room only. */
#ifndef ZONE_READ_GEOMETRY_GEOS_H
#define ZONE_READ_GEOMETRY_GEOS_H

#include "read/geometry.h"
#include "read/geos.h"

struct zone_geometry {
    zone_geos geos;
    GEOSGeometry *geometry;
};

/* GEOS's handle is scratch memory for its messages: asking a geometry something does not change it. */
static inline zone_geos *zone_geometry_geos(const zone_geometry *geometry)
{
    return &((zone_geometry *)geometry)->geos;
}

/* A new geometry around what GEOS made of `from`, which it takes over; NULL is an error with GEOS's message. */
zone_status zone_geometry_wrap(zone_context *ctx, GEOSGeometry *geometry, const zone_geometry *from,
                               zone_geometry **out);

#endif
