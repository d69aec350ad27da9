/* Images of vertices: from the drawing plane to the plane in which a method's area is the polygon area. */
#ifndef ZONE_KERNEL_PROJECT_H
#define ZONE_KERNEL_PROJECT_H

#include "base/context.h"
#include "base/exact.h"

typedef struct zone_projection zone_projection;

/* An area method, parsed from its name. */
typedef enum { ZONE_METHOD_SURVEY, ZONE_METHOD_ELLIPSOID, ZONE_METHOD_GEODESIC, ZONE_METHOD_GRID } zone_method_kind;
typedef struct {
    zone_method_kind kind;
    double split;  /* m: plane edges longer than this are split; 0: never */
    bool legacy;   /* coordinates and angles rounded as deployed software does */
    char name[48]; /* "survey:split=70", as printed */
} zone_method;

/* NULL gives survey. Errors: ZONE_BAD_USAGE naming the methods there are. */
zone_status zone_method_parse(zone_context *ctx, const char *name, zone_method *method);

/* For data drawn in the CRS `wkt` (zone_crs.wkt). Errors: ZONE_BAD_CRS where the method has no meaning there (grid of
 * geographic or Web Mercator data). Ownership: zone_projection_free. */
zone_status zone_projection_create(zone_context *ctx, const char *wkt, const zone_method *method,
                                   zone_projection **projection);
void zone_projection_free(zone_projection *projection);
const zone_method *zone_projection_method(const zone_projection *projection);

/* Images of `count` vertices, integers of 1e-10 m. Errors: ZONE_BAD_CRS (a vertex has no image: outside the reach). */
zone_status zone_projection_images(zone_context *ctx, zone_projection *projection, const double *x, const double *y,
                                   size_t count, int64_t *image_x, int64_t *image_y);

#endif
