/* Validity: is a feature's geometry sound, and what becomes of it if it is not. */
#ifndef ZONE_READ_VALIDITY_H
#define ZONE_READ_VALIDITY_H

#include "read/crs.h"
#include "read/geos.h"
#include "read/simple.h"

typedef struct {
    zone_feature_state state;
    char reason[320];   /* "Self-intersection at 441000.5 3218000.2", "" when sound */
    char place[64];     /* "441000.5 3218000.2" */
    double area_change; /* m² */
} zone_verdict;

/* Sound, with nothing to say. */
void zone_verdict_clear(zone_verdict *verdict);

/* Judges an area and treats it by the policy: `rings` are then the mended ones, or none. `crs` is that of the rings:
 * its unit tells the change of area in m². With ZONE_REFUSE the error is the caller's to make: the state is REJECTED.
 * Errors: ZONE_NO_MEMORY. */
zone_status zone_validity_judge(zone_context *ctx, zone_geos *geos, zone_simple *simple, zone_invalid policy,
                                const zone_crs *crs, zone_rings *rings, zone_verdict *verdict);

/* "441000.5 3218000.2": to the millimetre, or 1e-8 degree. */
void zone_validity_place(char *text, size_t size, double x, double y, bool geographic);

#endif
