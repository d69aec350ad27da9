/* Widening: areas with what lies within a distance of them, by GEOS on all cores. */
#ifndef ZONE_ASK_WIDEN_H
#define ZONE_ASK_WIDEN_H

#include "base/batch.h"

/* Appends every area of `batch`, widened by `within` (in the plane's unit), to `wide`: its id is its number in the
 * batch, in rising order. Rejected ones and those that GEOS can't widen are left out. */
zone_status zone_widen(zone_context *ctx, const zone_batch *batch, double within, zone_batch *wide);

#endif
