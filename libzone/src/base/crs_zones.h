/* The Gauss-Kruger zones of China as EPSG codes them. */
#ifndef ZONE_BASE_CRS_ZONES_H
#define ZONE_BASE_CRS_ZONES_H

#include <stdbool.h>

typedef enum { ZONE_CGCS2000, ZONE_XIAN_1980, ZONE_BEIJING_1954, ZONE_NO_FAMILY } zone_crs_family;

/* The family that a datum belongs to. */
zone_crs_family zone_crs_family_of(const char *datum);

/* EPSG codes: of longitude and latitude, and of a zone (3-degree 25-45, 6-degree 13-23) with its number before the
 * easting or without; 0 when there is no such zone. */
int zone_crs_geographic_code(zone_crs_family family);
int zone_crs_zone_code(zone_crs_family family, int zone, bool prefixed);

/* The zone of a code, 0 when it is that of no zone. */
int zone_crs_zone_of_code(int code, zone_crs_family *family, bool *prefixed);

/* Degrees that a zone is wide, by its number: 3 or 6. */
int zone_crs_zone_width(int zone);

/* Central meridian of a zone by its number. */
double zone_crs_zone_meridian(int zone);

/* The zone number before an easting (40 of 40441000), 0 when it can be none. */
int zone_crs_prefix(double easting);

#endif
