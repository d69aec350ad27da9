/* Rings: the vertices of one feature on their way between GDAL, GEOS and a batch. */
#ifndef ZONE_READ_RINGS_H
#define ZONE_READ_RINGS_H

#include "base/batch.h"

/* Ring r has vertices start[r] … start[r+1]-1. Rings of areas are open (the first vertex is not repeated) and run as
 * they were drawn; a hole follows the outer ring that it lies in. Zeroed it is empty and usable. */
typedef struct {
    zone_shape shape;
    double *x, *y;
    size_t vertex_count, x_capacity, y_capacity;
    size_t *start;
    bool *hole;
    size_t ring_count, start_capacity, hole_capacity;
    bool unclosed; /* an area's ring whose ends do not meet, and where */
    double unclosed_at[2];
    size_t curves; /* curved parts that were drawn as chords */
    size_t others; /* parts of another kind, left out */
} zone_rings;

void zone_rings_clear(zone_rings *rings);
void zone_rings_free(zone_rings *rings);

/* A new ring with `count` vertices, uninitialised, at *x and *y. */
zone_status zone_rings_add(zone_context *ctx, zone_rings *rings, bool hole, size_t count, double **x, double **y);

/* Opens the ring that was added last: drops the closing vertex of an area's ring, or notes that there is none. */
void zone_rings_open_last(zone_rings *rings);

/* The first coordinate that is not finite: its vertex, or vertex_count. */
size_t zone_rings_find_infinite(const zone_rings *rings);

/* Twice the signed area of a ring in the drawing plane, counter-clockwise positive; and the area of all as drawn:
 * outer rings minus holes, each by its size. */
double zone_rings_double_area(const zone_rings *rings, size_t ring);
double zone_rings_area(const zone_rings *rings);

/* Appends the vertices to the batch's last feature: outer rings counter-clockwise, holes clockwise. */
zone_status zone_rings_to_batch(zone_context *ctx, const zone_rings *rings, zone_batch *batch);

/* The rings of a feature of a batch. */
zone_status zone_rings_from_batch(zone_context *ctx, const zone_batch *batch, size_t feature, zone_rings *rings);

#endif
