/* Tiles: polynomials that replace PROJ's inverse, fitted and checked when first needed. */
#ifndef ZONE_KERNEL_TILE_H
#define ZONE_KERNEL_TILE_H

#include "base/context.h"
#include "kernel/formula.h"

/* Degrees of longitude and latitude at a place of the drawing plane, x counted from the tiles' origin; false where
 * there is none. */
typedef bool (*zone_tile_sample)(const void *user, double x, double y, long double place[2]);

typedef struct zone_tile zone_tile;

typedef struct {
    zone_ellipsoid ellipsoid;
    double side;   /* of a tile, in data units; tile (i, j) covers [i, i+1) × [j, j+1) sides */
    double origin; /* x from which samples are counted, so that their places are not rounded */
    zone_tile_sample sample;
    const void *user;
    zone_tile **slots; /* hash by (i, j) */
    size_t slot_count, tile_count;
    zone_tile *last;    /* the tile of the vertex before: most vertices stay in it */
    uint64_t fallbacks; /* vertices whose tile does not reach the bound */
    size_t unfit_count; /* tiles that do not */
} zone_tiles;

void zone_tiles_open(zone_tiles *tiles, const zone_ellipsoid *ellipsoid, double side, double origin,
                     zone_tile_sample sample, const void *user);
void zone_tiles_close(zone_tiles *tiles);

/* Images of the first vertices, as many as share a tile: their number, or 0 when the first one's tile does not reach
 * the bound (counted in `fallbacks`) or there is no memory for it. */
size_t zone_tiles_find_run(zone_context *ctx, zone_tiles *tiles, const double *x, const double *y, size_t count,
                           int64_t *image_x, int64_t *image_y);

/* Adds another's fallbacks, and its tiles that do not reach the bound to those known here: which they are depends on
 * the vertices alone, not on how they were shared out. */
void zone_tiles_add_unfit(zone_context *ctx, zone_tiles *tiles, const zone_tiles *other);

/* Image of a place given in degrees: (a L, F(B)/a) in 1e-10 m. */
void zone_tiles_image(const zone_ellipsoid *ellipsoid, long double longitude, long double latitude, int64_t image[2]);

#endif
