/* Rings of well-known binary: areas and points straight from the bytes that a file holds. */
#ifndef ZONE_READ_RINGS_WKB_H
#define ZONE_READ_RINGS_WKB_H

#include "read/rings.h"

/* Takes a polygon or multipolygon of either byte order, its heights and measures left out. *taken is false, and the
 * rings are empty, for all other kinds, for empty geometry and for bytes that are not sound: let GDAL look at those.
 * Errors: ZONE_NO_MEMORY. */
zone_status zone_rings_from_wkb(zone_context *ctx, const uint8_t *bytes, size_t size, bool swapped, zone_rings *rings,
                                bool *taken);

/* The same for a point or multipoint. */
zone_status zone_points_from_wkb(zone_context *ctx, const uint8_t *bytes, size_t size, bool swapped, zone_rings *rings,
                                 bool *taken);

#endif
