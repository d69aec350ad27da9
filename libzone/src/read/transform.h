/* Transformations between reference systems, refused where PROJ only guesses. */
#ifndef ZONE_READ_TRANSFORM_H
#define ZONE_READ_TRANSFORM_H

#include "read/crs.h"

typedef struct zone_transform zone_transform;

/* For points inside `extent` (in `from`; NULL: anywhere). Errors: ZONE_BAD_CRS where only a ballpark shift between the
 * datums is known; CGCS2000 and WGS 84 are taken as equal (both follow the ITRF: decimetres). */
zone_status zone_transform_create(zone_context *ctx, const zone_crs *from, const zone_crs *to, const double *extent,
                                  zone_transform **transform);
void zone_transform_free(zone_transform *transform);

/* In place. Errors: ZONE_BAD_CRS with the place of a point that has no image. */
zone_status zone_transform_points(zone_context *ctx, zone_transform *transform, double *x, double *y, size_t count);

#endif
