/* Borders that meet twice. */
#include "ask/one_piece.h"

#include <float.h>
#include <math.h>

/* Pairs of edges that are looked at; more are left to others. */
#define MOST_PAIRS ((size_t)20000)

typedef struct {
    const double *x, *y;
    size_t count;
} ring;

/* The only ring of a feature; count 0 where it has several. */
static ring ring_of(const zone_batch *batch, size_t feature)
{
    size_t first = batch->ring_start[feature];
    size_t begin = batch->vertex_start[first];

    if (batch->ring_start[feature + 1] - first != 1)
        return (ring){NULL, NULL, 0};
    return (ring){batch->x + begin, batch->y + begin, batch->vertex_start[first + 1] - begin};
}

/* 1 and -1: c lies surely left or right of the line from a to b; 0: it can't be told. */
static int side_of(double ax, double ay, double bx, double by, double cx, double cy)
{
    double left = (bx - ax) * (cy - ay), right = (by - ay) * (cx - ax);
    double error = 16.0 * DBL_EPSILON * (fabs(left) + fabs(right));

    return left - right > error ? 1 : left - right < -error ? -1 : 0;
}

/* How often edge i of one ring meets edge k of the other: 0 surely not, 1 surely once and across, 2 perhaps otherwise.
 */
static int meetings_of(const ring *one, size_t i, const ring *two, size_t k)
{
    size_t j = i + 1 < one->count ? i + 1 : 0, l = k + 1 < two->count ? k + 1 : 0;
    double ax = one->x[i], ay = one->y[i], bx = one->x[j], by = one->y[j];
    double cx = two->x[k], cy = two->y[k], dx = two->x[l], dy = two->y[l];

    if (fmax(ax, bx) < fmin(cx, dx) || fmax(cx, dx) < fmin(ax, bx) || fmax(ay, by) < fmin(cy, dy) ||
        fmax(cy, dy) < fmin(ay, by))
        return 0;
    int c = side_of(ax, ay, bx, by, cx, cy), d = side_of(ax, ay, bx, by, dx, dy);
    if (c * d > 0)
        return 0;
    int a = side_of(cx, cy, dx, dy, ax, ay), b = side_of(cx, cy, dx, dy, bx, by);
    if (a * b > 0)
        return 0;
    return c * d < 0 && a * b < 0 ? 1 : 2;
}

bool zone_one_piece(const zone_batch *a, size_t feature, const zone_batch *b, size_t other)
{
    ring one = ring_of(a, feature), two = ring_of(b, other);
    int meetings = 0;

    if (one.count == 0 || two.count == 0 || one.count > MOST_PAIRS / two.count)
        return false;
    for (size_t i = 0; i < one.count; i++)
        for (size_t k = 0; k < two.count; k++) {
            int found = meetings_of(&one, i, &two, k);
            meetings += found;
            if (found == 2 || meetings > 2)
                return false;
        }
    return true;
}
