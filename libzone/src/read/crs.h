/* Coordinate reference systems: what the data says, how it was found, and guards against what can't be meant. */
#ifndef ZONE_READ_CRS_H
#define ZONE_READ_CRS_H

#include "base/context.h"

typedef enum { ZONE_CRS_GEOGRAPHIC, ZONE_CRS_PROJECTED } zone_crs_kind;

typedef struct zone_crs {
    zone_crs_kind kind;
    char *wkt;       /* WKT2, easting/longitude first as the data is stored; the kernel makes its projection from it */
    char *name;      /* "CGCS2000 / 3-degree Gauss-Kruger CM 120E" */
    char *code;      /* "EPSG:4549", "" when no code matches by parameters */
    char *datum;     /* "China 2000" … */
    char *ellipsoid; /* "CGCS2000 (a 6378137, 1/f 298.257222101)" */
    double semi_major, inverse_flattening;
    double metres; /* in a unit of a projected CRS: 1 for metre */
    bool web_mercator;
    bool transverse_mercator;
    double central_meridian, false_easting; /* of transverse Mercator */
    int zone_prefix;                        /* 40 when the false easting is 40 500 000, 0 when there is none */
    char *found;  /* how: "from the data", "from --crs", "by parameters from WKT …": translated text */
    char *option; /* what would set it, for remedies: "--zones-crs"; NULL: "--crs" */
} zone_crs;

/* From anything PROJ or GDAL understands. `found` is an English key. Errors: ZONE_BAD_CRS with found and remedy. */
zone_status zone_crs_create(zone_context *ctx, const char *definition, const char *found, zone_crs **crs);
void zone_crs_free(zone_crs *crs);

/* The remedy for coordinates without a reference system, or with a wrong one: "--crs EPSG:4528 …", read off the extent
 * (NULL: none known). `wrong` (NULL: none) tells the datum to stay with. In the context's memory. */
const char *zone_crs_suggest(zone_context *ctx, const zone_crs *wrong, const double *extent);

/* Remedies speak of --crs; where another option sets the reference system (`option`; NULL: none does) the recorded
 * error's remedy names that one. Returns the error's status. */
zone_status zone_crs_name_option(zone_context *ctx, const char *option);

bool zone_crs_same(const zone_crs *a, const zone_crs *b);

/* Do coordinates (extent west south east north) fit the CRS? Refuses a missing or contradicting zone prefix, lon/lat in
 * a projected CRS, metres in a geographic CRS, places outside the earth or far outside the CRS's reach, swapped axes;
 * with the observed value and the remedy ("--crs EPSG:4528"). */
zone_status zone_crs_guard(zone_context *ctx, const zone_crs *crs, const double extent[4], const char *file,
                           const char *layer);

/* Transforms points in place. Errors: ZONE_BAD_CRS where only a ballpark shift is known (except between CGCS2000 and
 * WGS 84, equal to decimetres), or a point can't be transformed. */
zone_status zone_crs_transform(zone_context *ctx, const zone_crs *from, const zone_crs *to, double *x, double *y,
                               size_t count);

#endif
