/* Snapping: coordinates as integers of the drawing plane. */
#ifndef ZONE_KERNEL_SNAP_H
#define ZONE_KERNEL_SNAP_H

#include <stddef.h>
#include <stdint.h>

/* The integers nearest to coordinates × scale, ties to even; scale is a power of two. What lies beyond 2^61 is put
 * there, so that every determinant of differences keeps within 128 bits. */
void zone_snap(const double *coordinates, size_t count, double scale, int64_t *snapped);

#endif
