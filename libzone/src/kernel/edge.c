/* Edges from the rings of a batch: split, imaged, unwrapped, brought to canonical direction. */
#include "kernel/edge.h"

#include <math.h>
#include <stdlib.h>

const zone_box zone_box_empty = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN};

void zone_edges_free(zone_edges *edges)
{
    free(edges->edge);
    *edges = (zone_edges){0};
}

zone_status zone_edges_add(zone_context *ctx, zone_edges *edges, const zone_edge *edge)
{
    zone_status status = zone_grow(ctx, (void **)&edges->edge, &edges->capacity, edges->count + 1, sizeof *edges->edge);

    if (!status)
        edges->edge[edges->count++] = *edge;
    return status;
}

zone_uint128 zone_edge_area(const zone_edge *edge)
{
    zone_int128 sum = (zone_int128)edge->image_x[0] + edge->image_x[1];
    zone_int128 rise = (zone_int128)edge->image_y[1] - edge->image_y[0];

    return (zone_uint128)sum * (zone_uint128)rise + (zone_uint128)edge->bulge;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

zone_box zone_edge_box(const zone_edge *edge)
{
    return (zone_box){least(edge->x[0], edge->x[1]), least(edge->y[0], edge->y[1]), most(edge->x[0], edge->x[1]),
                      most(edge->y[0], edge->y[1])};
}

zone_box zone_box_join(zone_box a, zone_box b)
{
    return (zone_box){least(a.west, b.west), least(a.south, b.south), most(a.east, b.east), most(a.north, b.north)};
}

bool zone_box_meets(const zone_box *a, const zone_box *b)
{
    return a->west <= b->east && b->west <= a->east && a->south <= b->north && b->south <= a->north;
}

/* ---------------------------------------------------------------- vertices of one ring */

/* A ring with its images; freed by ring_close. */
typedef struct {
    double *x, *y;
    int64_t *snap_x, *snap_y, *image_x, *image_y;
    size_t count, capacity;
} ring;

static void ring_close(ring *vertices)
{
    free(vertices->x);
    free(vertices->y);
    free(vertices->snap_x);
    free(vertices->snap_y);
    free(vertices->image_x);
    free(vertices->image_y);
}

static zone_status ring_add(zone_context *ctx, ring *vertices, double x, double y)
{
    size_t capacity = vertices->capacity;
    zone_status status = zone_grow(ctx, (void **)&vertices->x, &capacity, vertices->count + 1, sizeof(double));

    capacity = vertices->capacity;
    if (!status)
        status = zone_grow(ctx, (void **)&vertices->y, &capacity, vertices->count + 1, sizeof(double));
    if (status)
        return status;
    vertices->capacity = capacity;
    vertices->x[vertices->count] = x;
    vertices->y[vertices->count++] = y;
    return ZONE_OK;
}

/* Inner points of a split edge, equally spaced, computed from the lesser end so that both neighbours get the same. */
static zone_status add_split(zone_context *ctx, const zone_projection *projection, ring *vertices, const double from[2],
                             const double to[2])
{
    double length = hypot(to[0] - from[0], to[1] - from[1]), longest = zone_projection_split(projection);
    bool forward = from[0] < to[0] || (from[0] == to[0] && from[1] <= to[1]);
    const double *low = forward ? from : to, *high = forward ? to : from;
    zone_status status = ZONE_OK;

    if (!(longest > 0.0) || length <= longest)
        return ZONE_OK;
    if (length / longest > 1e6)
        return zone_fail(ctx, ZONE_TOO_LARGE, .found = zone_say(ctx, "an edge of %.6g m", length),
                         .expected = "edges of less than a million parts", .remedy = "--area survey");
    size_t points = (size_t)floor(length / longest);
    for (size_t k = 1; k <= points && !status; k++) {
        double t = (double)(forward ? k : points + 1 - k) / (double)(points + 1);
        status = ring_add(ctx, vertices, zone_projection_coordinate(projection, low[0] + t * (high[0] - low[0])),
                          zone_projection_coordinate(projection, low[1] + t * (high[1] - low[1])));
    }
    return status;
}

static zone_status ring_fill(zone_context *ctx, const zone_projection *projection, const zone_batch *batch,
                             size_t which, ring *vertices)
{
    size_t first = batch->vertex_start[which], end = batch->vertex_start[which + 1];
    zone_status status = ZONE_OK;

    for (size_t i = first; i < end && !status; i++) {
        size_t j = i + 1 < end ? i + 1 : first;
        double from[2] = {zone_projection_coordinate(projection, batch->x[i]),
                          zone_projection_coordinate(projection, batch->y[i])};
        double to[2] = {zone_projection_coordinate(projection, batch->x[j]),
                        zone_projection_coordinate(projection, batch->y[j])};
        status = ring_add(ctx, vertices, from[0], from[1]);
        if (!status)
            status = add_split(ctx, projection, vertices, from, to);
    }
    return status;
}

static zone_status ring_image(zone_context *ctx, zone_projection *projection, ring *vertices)
{
    size_t count = vertices->count;

    vertices->snap_x = zone_allocate(ctx, count, sizeof(int64_t));
    vertices->snap_y = zone_allocate(ctx, count, sizeof(int64_t));
    vertices->image_x = zone_allocate(ctx, count, sizeof(int64_t));
    vertices->image_y = zone_allocate(ctx, count, sizeof(int64_t));
    if (!vertices->snap_x || !vertices->snap_y || !vertices->image_x || !vertices->image_y)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        vertices->snap_x[i] = zone_projection_snap(projection, vertices->x[i]);
        vertices->snap_y[i] = zone_projection_snap(projection, vertices->y[i]);
    }
    return zone_projection_images(ctx, projection, vertices->x, vertices->y, count, vertices->image_x,
                                  vertices->image_y);
}

/* Turns by which `to` must be moved to be within half a turn of `from`. */
static int64_t turns_between(int64_t from, int64_t to, int64_t turn)
{
    int64_t apart = to - from;

    if (apart > turn / 2)
        return -((apart + turn / 2) / turn);
    if (apart < -(turn / 2))
        return (turn / 2 - apart) / turn;
    return 0;
}

/* Across the antimeridian longitudes jump: edges go the short way. Returns ZONE_BAD_GEOMETRY for a ring that does not
 * come back to where it began, that is, goes round a pole. *turned tells whether anything moved. */
static zone_status ring_unwrap(zone_context *ctx, const zone_projection *projection, ring *vertices, bool *turned)
{
    int64_t turn = zone_projection_turn(projection), snap_turn = zone_projection_snap_turn(projection), moved = 0;
    int64_t low = 0;

    *turned = false;
    for (size_t i = 1; turn && i < vertices->count; i++) {
        int64_t here = vertices->image_x[i] + moved * turn;
        moved += turns_between(vertices->image_x[i - 1], here, turn);
        vertices->image_x[i] += moved * turn;
        vertices->snap_x[i] += moved * snap_turn;
        *turned = *turned || moved != 0;
        low = least(low, moved);
    }
    if (!turn || vertices->count == 0)
        return ZONE_OK;
    if (turns_between(vertices->image_x[vertices->count - 1], vertices->image_x[0], turn) != 0)
        return zone_fail(ctx, ZONE_BAD_GEOMETRY, .what = "a ring that goes round a pole has no survey area",
                         .place = zone_say(ctx, "%.10g %.10g", vertices->x[0], vertices->y[0]),
                         .expected = "rings that do not hold a pole", .remedy = "--area grid");
    /* The frame of the vertex that moved furthest east: the same wherever the ring begins. */
    for (size_t i = 0; low != 0 && i < vertices->count; i++) {
        vertices->image_x[i] -= low * turn;
        vertices->snap_x[i] -= low * snap_turn;
    }
    return ZONE_OK;
}

/* ---------------------------------------------------------------- edges of one ring */

static bool runs_forward(const ring *vertices, size_t i, size_t j)
{
    if (vertices->snap_x[i] != vertices->snap_x[j])
        return vertices->snap_x[i] < vertices->snap_x[j];
    if (vertices->snap_y[i] != vertices->snap_y[j])
        return vertices->snap_y[i] < vertices->snap_y[j];
    if (vertices->image_x[i] != vertices->image_x[j])
        return vertices->image_x[i] < vertices->image_x[j];
    return vertices->image_y[i] <= vertices->image_y[j];
}

static zone_status add_edge(zone_context *ctx, zone_projection *projection, const ring *vertices, size_t i,
                            zone_edge *edge, zone_edges *edges)
{
    size_t j = i + 1 < vertices->count ? i + 1 : 0;
    bool forward = runs_forward(vertices, i, j);
    size_t ends[2] = {forward ? i : j, forward ? j : i};
    int32_t sign = edge->weight;
    zone_status status = ZONE_OK;

    for (int k = 0; k < 2; k++) {
        edge->x[k] = vertices->snap_x[ends[k]];
        edge->y[k] = vertices->snap_y[ends[k]];
        edge->image_x[k] = vertices->image_x[ends[k]];
        edge->image_y[k] = vertices->image_y[ends[k]];
    }
    edge->bulge = 0;
    if (zone_projection_bulges(projection)) {
        double from[2] = {vertices->x[ends[0]], vertices->y[ends[0]]};
        double to[2] = {vertices->x[ends[1]], vertices->y[ends[1]]};
        status = zone_projection_bulge(ctx, projection, from, to, &edge->bulge);
    }
    edge->weight = forward ? sign : -sign;
    if (!status)
        status = zone_edges_add(ctx, edges, edge);
    edge->weight = sign;
    return status;
}

/* Which way a ring runs, by the sign of its area in doubles: asked only of rings that are far from degenerate. */
static bool counter_clockwise(const int64_t *x, const int64_t *y, size_t count)
{
    double sum = 0.0;

    for (size_t i = 0; i < count; i++) {
        size_t j = i + 1 < count ? i + 1 : 0;
        sum += ((double)(x[i] - x[0]) + (double)(x[j] - x[0])) * (double)(y[j] - y[i]);
    }
    return sum > 0.0;
}

static zone_status add_ring(zone_context *ctx, zone_projection *projection, const zone_batch *batch, size_t which,
                            uint32_t member, zone_edges *edges)
{
    ring vertices = {0};
    zone_edge edge = {.weight = 1, .member = member};
    bool turned = false, outer = true;
    zone_status status = ring_fill(ctx, projection, batch, which, &vertices);

    if (!status)
        status = ring_image(ctx, projection, &vertices);
    if (!status) {
        outer = counter_clockwise(vertices.snap_x, vertices.snap_y, vertices.count);
        status = ring_unwrap(ctx, projection, &vertices, &turned);
    }
    /* A ring that was drawn across the antimeridian was oriented by what it looked like before it was unwrapped. */
    if (!status && turned && outer != counter_clockwise(vertices.image_x, vertices.image_y, vertices.count))
        edge.weight = -1;
    for (size_t i = 0; i < vertices.count && !status; i++)
        status = add_edge(ctx, projection, &vertices, i, &edge, edges);
    ring_close(&vertices);
    return status;
}

zone_status zone_edges_add_feature(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                   size_t feature, uint32_t member, zone_edges *edges)
{
    zone_status status = ZONE_OK;

    if (batch->state[feature] == ZONE_FEATURE_REJECTED || batch->shape[feature] != ZONE_SHAPE_AREA)
        return ZONE_OK;
    for (size_t r = batch->ring_start[feature]; r < batch->ring_start[feature + 1] && !status; r++)
        status = add_ring(ctx, projection, batch, r, member, edges);
    return status;
}
