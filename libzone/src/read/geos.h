/* GEOS: one handle and its messages; geometries from rings and back. */
#ifndef ZONE_READ_GEOS_H
#define ZONE_READ_GEOS_H

#include "read/rings.h"

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

/* Must stay where it is between open and close: GEOS writes its messages there. */
typedef struct {
    GEOSContextHandle_t handle;
    char message[256]; /* the last error; GEOS prints nothing */
} zone_geos;

zone_status zone_geos_open(zone_context *ctx, zone_geos *geos);
void zone_geos_close(zone_geos *geos);

/* After a failure between zone_interrupt_begin and end: was GEOS interrupted for another context's sake? Its request is
 * one for all threads. */
bool zone_geos_try_again(const zone_context *ctx, zone_geos *geos);

/* NULL when GEOS can't (the message says why). Rings of too few vertices are padded, so that GEOS takes them and its
 * test of validity names them. */
GEOSGeometry *zone_geos_from_rings(zone_geos *geos, const zone_rings *rings);

/* The parts of kind `wanted`, NONE: of the highest there is. */
zone_status zone_geos_to_rings(zone_context *ctx, zone_geos *geos, const GEOSGeometry *geometry, zone_shape wanted,
                               zone_rings *rings);
zone_shape zone_geos_shape(zone_geos *geos, const GEOSGeometry *geometry);

/* Repairs an area so that no land is lost: each ring is made simple keeping all lobes (both halves of a bow-tie), then
 * shells are united and holes taken away (GEOS's "structure" method). The other method, "linework", counts how often a
 * place is enclosed and would turn what two parts of a parcel share into a hole. Lines and points come back as they
 * are. NULL when GEOS can't. */
GEOSGeometry *zone_geos_repair(zone_geos *geos, const GEOSGeometry *geometry);

#endif
