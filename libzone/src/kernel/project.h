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
/* The same for another thread: images are the same, tiles are its own. */
zone_status zone_projection_copy(zone_context *ctx, const zone_projection *projection, zone_projection **copy);
void zone_projection_free(zone_projection *projection);
const zone_method *zone_projection_method(const zone_projection *projection);

/* Images of `count` vertices, integers of 1e-10 m: (a L, F(B)/a) with F the authalic function, or the plane itself for
 * grid. Projected data go through polynomials on tiles of 8192 m anchored at absolute coordinates, fitted from PROJ and
 * checked against it to 5e-9 m where they were not fitted; where a tile fails, PROJ itself is used. The same vertex has
 * the same image in every data set. Errors: ZONE_BAD_CRS (a vertex has no image: outside the reach). */
zone_status zone_projection_images(zone_context *ctx, zone_projection *projection, const double *x, const double *y,
                                   size_t count, int64_t *image_x, int64_t *image_y);

/* Images of a turn round the axis (2πa): images this far apart are the same place. 0 for grid. */
int64_t zone_projection_turn(const zone_projection *projection);

/* Drawing-plane coordinates as integers of 2^-30 m (2^-48 degree for geographic data), on which topology is decided.
 * Rounding moves a vertex by at most 0.5e-9 m. */
void zone_projection_snap(const zone_projection *projection, const double *coordinates, size_t count, int64_t *snapped);
int64_t zone_projection_snap_turn(const zone_projection *projection); /* 360° in snapped units; 0 for projected data */

/* Length above which plane edges are split, in data units; 0: never (also for geographic data, which have no plane
 * edges). And the coordinates as the method wants them (rounded to 1e-4 m for legacy). */
double zone_projection_split(const zone_projection *projection);
bool zone_projection_plain(const zone_projection *projection); /* vertices as they are, edges whole */
double zone_projection_coordinate(const zone_projection *projection, double coordinate);

/* Do edges bulge from the straight line between their images (ellipsoid, geodesic)? Then an edge adds, beside its
 * trapezoid, twice the area between them: *bulge in exact units, for the direction given. */
bool zone_projection_bulges(const zone_projection *projection);
zone_status zone_projection_bulge(zone_context *ctx, zone_projection *projection, const double from[2],
                                  const double to[2], zone_exact *bulge);

/* Images that PROJ itself gave because their tile could not be fitted (a vertex that is asked for twice counts twice),
 * and the number of those tiles; both of a copy can be added to the projection's own. */
uint64_t zone_projection_fallbacks(const zone_projection *projection);
size_t zone_projection_unfit_tiles(const zone_projection *projection);
void zone_projection_add_fallbacks(zone_projection *projection, const zone_projection *copy);

#endif
