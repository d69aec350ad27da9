/* Rings: the vertices of one feature on their way between GDAL, GEOS and a batch. */
#include "read/rings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void zone_rings_clear(zone_rings *rings)
{
    rings->shape = ZONE_SHAPE_NONE;
    rings->vertex_count = rings->ring_count = rings->curves = rings->others = 0;
    rings->unclosed = false;
}

void zone_rings_free(zone_rings *rings)
{
    free(rings->x);
    free(rings->y);
    free(rings->start);
    free(rings->hole);
    memset(rings, 0, sizeof *rings);
}

zone_status zone_rings_add(zone_context *ctx, zone_rings *rings, bool hole, size_t count, double **x, double **y)
{
    size_t needed = rings->vertex_count + count, ring = rings->ring_count;
    zone_status status;

    if ((status = zone_grow(ctx, (void **)&rings->x, &rings->x_capacity, needed, sizeof *rings->x)) ||
        (status = zone_grow(ctx, (void **)&rings->y, &rings->y_capacity, needed, sizeof *rings->y)) ||
        (status = zone_grow(ctx, (void **)&rings->start, &rings->start_capacity, ring + 2, sizeof *rings->start)) ||
        (status = zone_grow(ctx, (void **)&rings->hole, &rings->hole_capacity, ring + 1, sizeof *rings->hole)))
        return status;
    *x = rings->x + rings->vertex_count;
    *y = rings->y + rings->vertex_count;
    rings->start[ring] = rings->vertex_count;
    rings->hole[ring] = hole;
    rings->start[ring + 1] = rings->vertex_count = needed;
    rings->ring_count++;
    return ZONE_OK;
}

void zone_rings_open_last(zone_rings *rings)
{
    size_t first = rings->start[rings->ring_count - 1], last = rings->vertex_count - 1;

    if (rings->vertex_count < first + 2)
        return;
    if (rings->x[first] == rings->x[last] && rings->y[first] == rings->y[last]) {
        rings->start[rings->ring_count] = rings->vertex_count = last;
    } else if (!rings->unclosed) {
        rings->unclosed = true;
        rings->unclosed_at[0] = rings->x[last];
        rings->unclosed_at[1] = rings->y[last];
    }
}

size_t zone_rings_find_infinite(const zone_rings *rings)
{
    size_t i = 0;

    while (i < rings->vertex_count && isfinite(rings->x[i]) && isfinite(rings->y[i]))
        i++;
    return i;
}

/* Coordinates count from the ring's first vertex: differences of close doubles are exact, so the sign holds for slivers
 * of a tenth of a millimetre 40 000 km from the origin (zone prefixes). */
double zone_rings_double_area(const zone_rings *rings, size_t ring)
{
    size_t first = rings->start[ring], end = rings->start[ring + 1];
    double sum = 0.0;

    for (size_t i = first + 1; i + 1 < end; i++) {
        double ax = rings->x[i] - rings->x[first], ay = rings->y[i] - rings->y[first];
        double bx = rings->x[i + 1] - rings->x[first], by = rings->y[i + 1] - rings->y[first];
        sum += ax * by - bx * ay;
    }
    return sum;
}

double zone_rings_area(const zone_rings *rings)
{
    double sum = 0.0;

    for (size_t ring = 0; ring < rings->ring_count; ring++)
        sum += (rings->hole[ring] ? -0.5 : 0.5) * fabs(zone_rings_double_area(rings, ring));
    return sum;
}

zone_status zone_rings_to_batch(zone_context *ctx, const zone_rings *rings, zone_batch *batch)
{
    zone_status status = ZONE_OK;

    for (size_t ring = 0; ring < rings->ring_count && !status; ring++) {
        size_t first = rings->start[ring], count = rings->start[ring + 1] - first;
        double area = rings->shape == ZONE_SHAPE_AREA ? zone_rings_double_area(rings, ring) : 0.0;
        bool turn = rings->hole[ring] ? area > 0.0 : area < 0.0;
        double *x = NULL, *y = NULL;
        status = zone_batch_add_ring(ctx, batch);
        if (!status && count)
            status = zone_batch_add_vertices(ctx, batch, count, &x, &y);
        for (size_t i = 0; i < count && !status; i++) {
            size_t at = turn ? first + count - 1 - i : first + i;
            x[i] = rings->x[at];
            y[i] = rings->y[at];
        }
    }
    return status;
}

zone_status zone_rings_from_batch(zone_context *ctx, const zone_batch *batch, size_t feature, zone_rings *rings)
{
    zone_status status = ZONE_OK;
    size_t first_ring = batch->ring_start[feature];

    zone_rings_clear(rings);
    rings->shape = batch->shape[feature];
    for (size_t ring = first_ring; ring < batch->ring_start[feature + 1] && !status; ring++) {
        size_t first = batch->vertex_start[ring], count = batch->vertex_start[ring + 1] - first;
        double *x, *y;
        if ((status = zone_rings_add(ctx, rings, false, count, &x, &y)))
            break;
        memcpy(x, batch->x + first, count * sizeof *x);
        memcpy(y, batch->y + first, count * sizeof *y);
        rings->hole[rings->ring_count - 1] = rings->shape == ZONE_SHAPE_AREA && ring > first_ring &&
                                             zone_rings_double_area(rings, rings->ring_count - 1) < 0.0;
    }
    return status;
}
