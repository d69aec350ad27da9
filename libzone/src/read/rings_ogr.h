/* Rings of a feature of GDAL. */
#ifndef ZONE_READ_RINGS_OGR_H
#define ZONE_READ_RINGS_OGR_H

#include "read/rings.h"

#include <ogr_api.h>

/* A feature with more vertices than this is refused: it would be a file that lies, not land. */
#define ZONE_MOST_VERTICES ((size_t)100000000)

/* The shape that a geometry type of GDAL holds; NONE when it may hold several. */
zone_shape zone_rings_shape_of(OGRwkbGeometryType type);

/* Takes the parts of kind `wanted` (NONE: of the highest dimension there is); heights are left out, curves drawn as
 * chords of a quarter of a degree. rings->shape is NONE when no part is of that kind. `swapped`: northing comes first.
 * Errors: ZONE_NO_MEMORY, ZONE_TOO_LARGE. */
zone_status zone_rings_from_ogr(zone_context *ctx, OGRGeometryH geometry, zone_shape wanted, bool swapped,
                                zone_rings *rings);

#endif
