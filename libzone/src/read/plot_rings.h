/* Rings of a plot: taken apart where they close, and sorted by geometry into outer rings and holes. */
#ifndef ZONE_READ_PLOT_RINGS_H
#define ZONE_READ_PLOT_RINGS_H

#include "read/plots.h"

typedef struct {
    size_t first, count; /* corners in the file, the closing one left out */
    bool closed;         /* as written */
    int line;
    double area; /* twice, without sign */
    double box[4];
    bool hole;
    size_t outer; /* of a hole: the ring that it lies in */
} zone_plot_ring;

/* Zeroed there are none. */
typedef struct {
    zone_plot_ring *ring;
    size_t count, capacity;
} zone_plot_rings;
void zone_plot_rings_free(zone_plot_rings *rings);

/* Takes a plot apart. A ring that lies in an odd number of others is a hole, whatever its number. Blames the plot for
 * rings of fewer than 3 points, a wrong count of points, and rings that are too many to be sorted. */
zone_status zone_plot_rings_make(zone_context *ctx, zone_plots *plots, size_t plot, zone_plot_rings *rings);

#endif
