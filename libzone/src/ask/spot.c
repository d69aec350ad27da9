/* Points in what areas share and others leave. */
#include "ask/spot.h"

#include <math.h>
#include <stdlib.h>

/* Lines looked along before the longest stretch so far is taken, and before the search is given up. */
enum { LINES = 8, MOST_LINES = 64 };

/* More than these are sorted by the library. */
enum { FEW = 64, FEW_HEIGHTS = 4096 };

/* A piece of a border that lines may cross. */
typedef struct zone_spot_edge {
    double x, y, to_x, to_y;
    size_t area;
} spot_edge;

/* Where a line crosses one. */
typedef struct zone_spot_event {
    double x;
    size_t area;
} spot_event;

void zone_spot_free(zone_spot_space *space)
{
    free(space->y);
    free(space->edge);
    free(space->event);
    *space = (zone_spot_space){0};
}

static void range_of(const zone_spot_area *area, double *south, double *north)
{
    const zone_batch *batch = area->batch;
    size_t first = batch->vertex_start[batch->ring_start[area->feature]];
    size_t end = batch->vertex_start[batch->ring_start[area->feature + 1]];

    *south = INFINITY;
    *north = -INFINITY;
    for (size_t v = first; v < end; v++) {
        double y = batch->y[v];
        *south = y < *south ? y : *south;
        *north = y > *north ? y : *north;
    }
}

static int by_value(const void *a, const void *b)
{
    const double *first = a, *second = b;

    return *first < *second ? -1 : *first > *second;
}

static void sort_heights(double *y, size_t count)
{
    static const size_t steps[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};

    if (count > FEW_HEIGHTS) {
        qsort(y, count, sizeof *y, by_value);
        return;
    }
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
        for (size_t i = steps[s]; i < count; i++) {
            double moved = y[i];
            size_t at = i;
            for (; at >= steps[s] && moved < y[at - steps[s]]; at -= steps[s])
                y[at] = y[at - steps[s]];
            y[at] = moved;
        }
}

/* The heights of all vertices between those that every inside area reaches, sorted. */
static zone_status list_heights(zone_context *ctx, zone_spot_space *space, const zone_spot_area *areas, size_t count,
                                size_t *heights)
{
    double south = -INFINITY, north = INFINITY, low = 0.0, high = 0.0;
    zone_status status = ZONE_OK;

    *heights = 0;
    for (size_t a = 0; a < count; a++) {
        if (areas[a].outside)
            continue;
        range_of(&areas[a], &low, &high);
        south = fmax(south, low);
        north = fmin(north, high);
    }
    for (size_t a = 0; a < count && !status && south < north; a++) {
        const zone_batch *batch = areas[a].batch;
        size_t first = batch->vertex_start[batch->ring_start[areas[a].feature]];
        size_t end = batch->vertex_start[batch->ring_start[areas[a].feature + 1]];
        status =
            zone_reserve(ctx, (void **)&space->y, &space->y_capacity, *heights + (end - first) + 2, sizeof *space->y);
        for (size_t v = first; v < end && !status; v++)
            if (batch->y[v] > south && batch->y[v] < north)
                space->y[(*heights)++] = batch->y[v];
    }
    if (status || !(south < north))
        return status;
    space->y[(*heights)++] = south;
    space->y[(*heights)++] = north;
    sort_heights(space->y, *heights);
    return ZONE_OK;
}

/* The edges of all areas that reach between the least and the greatest height. */
static zone_status list_edges(zone_context *ctx, zone_spot_space *space, const zone_spot_area *areas, size_t count,
                              size_t heights, size_t *edges)
{
    double south = heights ? space->y[0] : INFINITY, north = heights ? space->y[heights - 1] : -INFINITY;
    zone_status status = ZONE_OK;

    *edges = 0;
    for (size_t a = 0; a < count && !status; a++) {
        const zone_batch *batch = areas[a].batch;
        for (size_t r = batch->ring_start[areas[a].feature]; r < batch->ring_start[areas[a].feature + 1]; r++) {
            size_t first = batch->vertex_start[r], end = batch->vertex_start[r + 1];
            status = zone_reserve(ctx, (void **)&space->edge, &space->edge_capacity, *edges + (end - first),
                                  sizeof *space->edge);
            for (size_t v = first; v < end && !status; v++) {
                size_t next = v + 1 < end ? v + 1 : first;
                double from = batch->y[v], to = batch->y[next];
                if ((from < south && to < south) || (from > north && to > north))
                    continue;
                space->edge[(*edges)++] = (spot_edge){batch->x[v], from, batch->x[next], to, a};
            }
        }
    }
    return status;
}

static int by_x(const void *a, const void *b)
{
    const spot_event *first = a, *second = b;

    return first->x < second->x ? -1 : first->x > second->x;
}

static void sort_events(spot_event *event, size_t count)
{
    if (count > FEW) {
        qsort(event, count, sizeof *event, by_x);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        spot_event moved = event[i];
        size_t at = i;
        for (; at > 0 && moved.x < event[at - 1].x; at--)
            event[at] = event[at - 1];
        event[at] = moved;
    }
}

static zone_status list_events(zone_context *ctx, zone_spot_space *space, size_t edges, double y, size_t *events)
{
    zone_status status = zone_reserve(ctx, (void **)&space->event, &space->event_capacity, edges, sizeof *space->event);

    *events = 0;
    for (size_t e = 0; e < edges && !status; e++) {
        const spot_edge *edge = &space->edge[e];
        if ((edge->y <= y) == (edge->to_y <= y))
            continue;
        double x = edge->x + (y - edge->y) / (edge->to_y - edge->y) * (edge->to_x - edge->x);
        space->event[(*events)++] = (spot_event){x, edge->area};
    }
    sort_events(space->event, *events);
    return status;
}

/* The longest stretch of the line that is as wanted of every area; 0 when there is none. */
static double look_along(const zone_spot_space *space, const zone_spot_area *areas, size_t count, size_t events,
                         bool *within, double *middle)
{
    size_t wrong = 0;
    double longest = 0.0;

    for (size_t a = 0; a < count; a++) {
        within[a] = false;
        wrong += !areas[a].outside;
    }
    for (size_t e = 0; e + 1 < events; e++) {
        size_t area = space->event[e].area;
        within[area] = !within[area];
        if (within[area] == areas[area].outside)
            wrong++;
        else
            wrong--;
        double length = space->event[e + 1].x - space->event[e].x;
        if (wrong == 0 && length > longest) {
            longest = length;
            *middle = space->event[e].x + length / 2.0;
        }
    }
    return longest;
}

/* The gaps between heights that are looked into next, the widest first. */
typedef struct {
    const double *y;
    size_t heights;
    bool *taken; /* by gap */
    size_t gap[LINES];
    size_t count, next;
} gaps;

static double width_of(const gaps *of, size_t gap)
{
    return of->y[gap + 1] - of->y[gap];
}

/* The widest of those that are left; of equal ones the lower. */
static void take_widest(gaps *of)
{
    of->count = of->next = 0;
    for (size_t i = 0; i + 1 < of->heights; i++) {
        double width = width_of(of, i);
        if (of->taken[i] || !(width > 0.0) || (of->count == LINES && !(width > width_of(of, of->gap[LINES - 1]))))
            continue;
        size_t at = of->count < LINES ? of->count++ : LINES - 1;
        for (; at > 0 && width > width_of(of, of->gap[at - 1]); at--)
            of->gap[at] = of->gap[at - 1];
        of->gap[at] = i;
    }
    for (size_t i = 0; i < of->count; i++)
        of->taken[of->gap[i]] = true;
}

/* The height in the middle of the next gap; NAN when none is left. */
static double next_height(gaps *of)
{
    if (of->next == of->count)
        take_widest(of);
    if (of->count == 0)
        return NAN;
    double y = of->y[of->gap[of->next]];
    return y + width_of(of, of->gap[of->next++]) / 2.0;
}

zone_status zone_spot_find(zone_context *ctx, zone_spot_space *space, const zone_spot_area *areas, size_t count,
                           bool *found, double place[2])
{
    size_t heights = 0, edges = 0, events = 0;
    double best = 0.0, middle = 0.0;
    zone_status status = list_heights(ctx, space, areas, count, &heights);
    if (!status)
        status = list_edges(ctx, space, areas, count, heights, &edges);
    bool *flags = status ? NULL : zone_allocate(ctx, heights + count + 1, sizeof *flags);

    gaps left = {.y = space->y, .heights = heights, .taken = flags};

    *found = false;
    if (!status && !flags)
        status = ZONE_NO_MEMORY;
    for (int line = 0; line < MOST_LINES && !status && !(*found && line >= LINES); line++) {
        double y = next_height(&left);
        if (isnan(y))
            break;
        status = list_events(ctx, space, edges, y, &events);
        double length = status ? 0.0 : look_along(space, areas, count, events, flags + heights, &middle);
        if (length > best) {
            best = length;
            place[0] = middle;
            place[1] = y;
            *found = true;
        }
    }
    free(flags);
    return status;
}
