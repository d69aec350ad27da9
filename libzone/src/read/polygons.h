/* The polygons of an area one by one: how wide each is, and which is the largest. */
#ifndef ZONE_READ_POLYGONS_H
#define ZONE_READ_POLYGONS_H

#include "read/geometry.h"

/* Two collections: the polygons that are at least `least` wide, and those that are not; what is no polygon is in
 * neither. *widest is the mean width
 * 2S/L of the widest. */
zone_status zone_polygons_split(zone_context *ctx, const zone_geometry *geometry, double least, zone_geometry **wide,
                                zone_geometry **thin, double *widest);

/* The polygon of most area, and the others as a collection. */
zone_status zone_polygons_largest(zone_context *ctx, const zone_geometry *geometry, zone_geometry **largest,
                                  zone_geometry **others);

#endif
