/* Winding numbers of points in bags of edges. */
#ifndef ZONE_KERNEL_WINDING_H
#define ZONE_KERNEL_WINDING_H

#include "kernel/locate.h"

/* Winding number of a point in a bag: of a fixed point in a moved bag, or of a moved point in a fixed bag. `scratch` is
 * cleared. */
zone_status zone_bag_winding(zone_context *ctx, const zone_bag *bag, bool bag_moved, int64_t x, int64_t y,
                             zone_numbers *scratch, int *winding);

/* A ray through a large bag meets edges all along its way. A lattice of fixed places in the moved bag's box, each with
 * its winding, leaves only the way from the nearest place to the point. */
typedef struct zone_lattice zone_lattice;

/* Bags of fewer corners do without. */
enum { ZONE_LATTICE_LEAST = 512 };

zone_status zone_lattice_build(zone_context *ctx, const zone_bag *bag, zone_lattice **lattice);
void zone_lattice_free(zone_lattice *lattice);

#endif
