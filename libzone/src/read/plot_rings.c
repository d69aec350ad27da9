/* Rings of a plot. */
#include "read/plot_rings.h"

#include <math.h>
#include <stdlib.h>

/* Steps of sorting for one plot: seconds, where a plot of a million corners in a thousand rings takes one. */
#define MOST_STEPS UINT64_C(2000000000)

void zone_plot_rings_free(zone_plot_rings *rings)
{
    free(rings->ring);
    *rings = (zone_plot_rings){0};
}

/* ---------------------------------------------------------------- taking apart */

static bool same_place(const zone_corner *a, const zone_corner *b)
{
    return a->first.value == b->first.value && a->second.value == b->second.value &&
           a->first.prefix == b->first.prefix && a->second.prefix == b->second.prefix;
}

static zone_status add_ring(zone_context *ctx, zone_plots *plots, size_t index, size_t first, size_t count, bool closed,
                            zone_plot_rings *rings)
{
    int line = plots->corner[first].line;
    zone_status status = zone_grow(ctx, (void **)&rings->ring, &rings->capacity, rings->count + 1, sizeof *rings->ring);

    if (status)
        return status;
    rings->ring[rings->count++] = (zone_plot_ring){.first = first, .count = count, .closed = closed, .line = line};
    if (count < 3)
        return zone_plots_blame(ctx, plots, index, line, zone_tell(ctx, "a ring of fewer than 3 points"));
    return ZONE_OK;
}

/* A ring ends where its number changes, and where it comes back to its first corner. */
static zone_status split(zone_context *ctx, zone_plots *plots, size_t index, zone_plot_rings *rings)
{
    const zone_plot *plot = &plots->plot[index];
    const zone_corner *corner = plots->corner + plot->first;
    size_t begin = 0;
    zone_status status = ZONE_OK;

    for (size_t i = 1; i <= plot->count && !status; i++) {
        bool ends = i == plot->count || corner[i].ring != corner[begin].ring;
        bool closes = !ends && i > begin + 1 && same_place(&corner[i], &corner[begin]);
        if (!ends && !closes)
            continue;
        status = add_ring(ctx, plots, index, plot->first + begin, i - begin, closes, rings);
        begin = closes ? ++i : i;
    }
    return status;
}

static zone_status check_count(zone_context *ctx, zone_plots *plots, size_t index, const zone_plot_rings *rings)
{
    const zone_plot *plot = &plots->plot[index];
    size_t closings = 0;

    for (size_t r = 0; r < rings->count; r++)
        closings += rings->ring[r].closed;
    if (plot->declared < 0 || (size_t)plot->declared == plot->count || (size_t)plot->declared == plot->count - closings)
        return ZONE_OK;
    return zone_plots_blame(ctx, plots, index, plot->line,
                            zone_say(ctx, "%lld points by the title, %zu are there", plot->declared, plot->count));
}

/* ---------------------------------------------------------------- sorting */

static void measure(const zone_plots *plots, zone_plot_ring *ring)
{
    const zone_corner *corner = plots->corner + ring->first;
    double x = corner->first.value, y = corner->second.value, sum = 0.0;
    double *box = ring->box;

    box[0] = box[2] = x;
    box[1] = box[3] = y;
    for (size_t i = 1; i < ring->count; i++) {
        double bx = corner[i].first.value, by = corner[i].second.value;
        double ax = corner[i - 1].first.value, ay = corner[i - 1].second.value;
        sum += (ax - x) * (by - y) - (bx - x) * (ay - y);
        box[0] = fmin(box[0], bx);
        box[1] = fmin(box[1], by);
        box[2] = fmax(box[2], bx);
        box[3] = fmax(box[3], by);
    }
    ring->area = fabs(sum);
}

static bool holds_box(const zone_plot_ring *a, const zone_plot_ring *b)
{
    return a->box[0] <= b->box[0] && a->box[1] <= b->box[1] && a->box[2] >= b->box[2] && a->box[3] >= b->box[3];
}

/* 1: the place lies in the ring, 0: outside, -1: on its border. */
static int holds(const zone_plots *plots, const zone_plot_ring *ring, double x, double y)
{
    const zone_corner *corner = plots->corner + ring->first;
    bool inside = false;

    for (size_t i = 0, j = ring->count - 1; i < ring->count; j = i++) {
        double ax = corner[j].first.value, ay = corner[j].second.value;
        double bx = corner[i].first.value, by = corner[i].second.value;
        double side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        if (side == 0.0 && x >= fmin(ax, bx) && x <= fmax(ax, bx) && y >= fmin(ay, by) && y <= fmax(ay, by))
            return -1;
        if ((ay > y) != (by > y) && (side > 0.0) == (by > ay))
            inside = !inside;
    }
    return inside;
}

/* By the first corner that does not lie on the other's border; rings that share all their corners lie beside each
 * other, and validity judges them. */
static bool lies_in(const zone_plots *plots, const zone_plot_ring *inner, const zone_plot_ring *outer, uint64_t *steps)
{
    const zone_corner *corner = plots->corner + inner->first;

    for (size_t i = 0; i < inner->count && *steps < MOST_STEPS; i++) {
        int place = holds(plots, outer, corner[i].first.value, corner[i].second.value);
        *steps += outer->count;
        if (place >= 0)
            return place == 1;
    }
    return false;
}

static int by_area(const void *a, const void *b)
{
    const zone_plot_ring *first = a, *second = b;

    if (first->area != second->area)
        return first->area > second->area ? -1 : 1;
    return first->first < second->first ? -1 : first->first > second->first;
}

static int by_place(const void *a, const void *b)
{
    const zone_plot_ring *first = a, *second = b;

    return first->first < second->first ? -1 : first->first > second->first;
}

/* Rings come by size, so what a ring lies in stands before it, the smallest last. */
static zone_status nest(zone_context *ctx, zone_plots *plots, size_t index, zone_plot_rings *rings)
{
    uint64_t steps = 0;

    for (size_t r = 0; r < rings->count && steps < MOST_STEPS; r++) {
        zone_plot_ring *ring = &rings->ring[r];
        size_t depth = 0, within = 0;
        for (size_t o = 0; o < r; o++, steps++)
            if (holds_box(&rings->ring[o], ring) && lies_in(plots, ring, &rings->ring[o], &steps)) {
                depth++;
                within = rings->ring[o].first;
            }
        ring->hole = depth % 2 == 1;
        ring->outer = within; /* by its first corner, which stays when rings are put back in their order */
    }
    if (steps < MOST_STEPS)
        return ZONE_OK;
    return zone_plots_blame(ctx, plots, index, plots->plot[index].line,
                            zone_tell(ctx, "rings that are too many to be sorted"));
}

/* Holes name their outer ring by its number among the rings. */
static zone_status name_outers(zone_context *ctx, zone_plot_rings *rings)
{
    for (size_t r = 0; r < rings->count; r++) {
        zone_plot_ring *ring = &rings->ring[r];
        zone_plot_ring key = {.first = ring->outer};
        const zone_plot_ring *found =
            ring->hole ? bsearch(&key, rings->ring, rings->count, sizeof key, by_place) : ring;
        if (!found)
            return zone_fail(ctx, ZONE_INTERNAL, .what = NULL);
        ring->outer = (size_t)(found - rings->ring);
    }
    return ZONE_OK;
}

zone_status zone_plot_rings_make(zone_context *ctx, zone_plots *plots, size_t plot, zone_plot_rings *rings)
{
    zone_status status;

    rings->count = 0;
    if ((status = split(ctx, plots, plot, rings)) || (status = check_count(ctx, plots, plot, rings)) ||
        plots->plot[plot].fault)
        return status;
    for (size_t r = 0; r < rings->count; r++)
        measure(plots, &rings->ring[r]);
    if (rings->count > 1) {
        qsort(rings->ring, rings->count, sizeof *rings->ring, by_area);
        status = nest(ctx, plots, plot, rings);
        qsort(rings->ring, rings->count, sizeof *rings->ring, by_place);
    }
    return status ? status : name_outers(ctx, rings);
}
