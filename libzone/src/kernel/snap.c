/* Snapping: coordinates as integers of the drawing plane. */
#include "kernel/snap.h"

#include "base/registers.h"

#include <math.h>

ZONE_WIDE_REGISTERS static void snap_all(const double *coordinates, size_t count, double scale, int64_t *snapped)
{
    const double most = 0x1p61;

    for (size_t i = 0; i < count; i++) {
        double scaled = coordinates[i] * scale; /* exact, for the scale is a power of two */
        if (fabs(scaled) > most)
            scaled = copysign(most, scaled);
        snapped[i] = llrint(scaled);
    }
}

void zone_snap(const double *coordinates, size_t count, double scale, int64_t *snapped)
{
    snap_all(coordinates, count, scale, snapped);
}
