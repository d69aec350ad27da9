/* Mean widths: twice the area by the border. */
#include "ask/widths.h"

#include <math.h>

double zone_border_length(const zone_batch *batch, size_t feature, double *area)
{
    double length = 0.0, doubled = 0.0;

    for (size_t r = batch->ring_start[feature]; r < batch->ring_start[feature + 1]; r++) {
        size_t first = batch->vertex_start[r], end = batch->vertex_start[r + 1];
        double x0 = batch->x[first], y0 = batch->y[first];
        for (size_t v = first; v < end; v++) {
            size_t next = v + 1 < end ? v + 1 : first;
            double x = batch->x[v] - x0, y = batch->y[v] - y0;
            double next_x = batch->x[next] - x0, next_y = batch->y[next] - y0;
            length += hypot(next_x - x, next_y - y);
            doubled += x * next_y - next_x * y;
        }
    }
    *area = doubled / 2.0;
    return length;
}

double zone_site_width(const zone_trial *trial, size_t site, double *length)
{
    size_t own = trial->block.first + site;
    double area = trial->extent[own], border = trial->border[own], metres = sqrt(trial->square);

    *length = trial->square > 0.0 ? border * metres : NAN;
    return trial->square > 0.0 && border > 0.0 ? 2.0 * area / border * metres : NAN;
}
