/* Edges from the rings of a batch: split, imaged, unwrapped, brought to canonical direction. */
#include "kernel/edge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* ---------------------------------------------------------------- vertices of a batch */

void zone_images_free(zone_images *images)
{
    free(images->snap_x);
    free(images->snap_y);
    free(images->image_x);
    free(images->image_y);
    free(images->x);
    free(images->y);
    for (int k = 0; k < 4; k++)
        free(images->ring[k]);
    *images = (zone_images){0};
}

/* Several arrays that grow together. */
static zone_status grow_all(zone_context *ctx, void **const arrays[], size_t count, size_t *capacity, size_t needed,
                            size_t size)
{
    size_t grown = *capacity;
    zone_status status = ZONE_OK;

    for (size_t k = 0; k < count && !status; k++) {
        grown = *capacity;
        status = zone_grow(ctx, arrays[k], &grown, needed, size);
    }
    if (!status)
        *capacity = grown;
    return status;
}

zone_status zone_images_make(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                             zone_images *images)
{
    void **const arrays[] = {(void **)&images->snap_x, (void **)&images->snap_y, (void **)&images->image_x,
                             (void **)&images->image_y};
    size_t count = batch->vertex_count;
    zone_status status = ZONE_OK;

    images->plain = zone_projection_plain(projection);
    if (!images->plain)
        return ZONE_OK;
    status = grow_all(ctx, arrays, 4, &images->capacity, count, sizeof(int64_t));
    if (!status)
        status = zone_projection_images(ctx, projection, batch->x, batch->y, count, images->image_x, images->image_y);
    if (status)
        return status;
    zone_projection_snap(projection, batch->x, count, images->snap_x);
    zone_projection_snap(projection, batch->y, count, images->snap_y);
    return ZONE_OK;
}

/* Adds a ring's area; false where its images jump across the antimeridian. */
static bool add_whole(const zone_images *images, size_t first, size_t end, int64_t turn, zone_uint128 *whole,
                      zone_box *box)
{
    const int64_t *x = images->image_x, *y = images->image_y, *snap_x = images->snap_x, *snap_y = images->snap_y;
    int64_t low = INT64_MAX, high = INT64_MIN;
    zone_int128 sum = 0;

    for (size_t i = first, j = end - 1; i < end; j = i++) {
        sum += (zone_int128)(x[j] + x[i]) * (y[i] - y[j]);
        low = zone_least(low, x[i]);
        high = zone_most(high, x[i]);
        box->west = zone_least(box->west, snap_x[i]);
        box->east = zone_most(box->east, snap_x[i]);
        box->south = zone_least(box->south, snap_y[i]);
        box->north = zone_most(box->north, snap_y[i]);
    }
    *whole += (zone_uint128)sum;
    return !turn || end == first || high - low < turn / 2;
}

bool zone_images_whole(const zone_projection *projection, const zone_batch *batch, const zone_images *images,
                       size_t feature, zone_uint128 *whole, zone_box *box)
{
    int64_t turn = zone_projection_turn(projection);
    bool done = images->plain && !zone_projection_bulges(projection);

    *whole = 0;
    *box = zone_box_empty;
    if (batch->state[feature] == ZONE_FEATURE_REJECTED || batch->shape[feature] != ZONE_SHAPE_AREA)
        return done;
    for (size_t r = batch->ring_start[feature]; r < batch->ring_start[feature + 1] && done; r++)
        done = add_whole(images, batch->vertex_start[r], batch->vertex_start[r + 1], turn, whole, box);
    return done;
}

/* ---------------------------------------------------------------- vertices of one ring */

/* A ring with its images, which lie in the batch's arrays or in scratch. */
typedef struct {
    const double *x, *y;
    int64_t *snap_x, *snap_y, *image_x, *image_y;
    size_t count;
} ring;

static zone_status split_add(zone_context *ctx, zone_images *images, size_t *count, double x, double y)
{
    void **const arrays[] = {(void **)&images->x, (void **)&images->y};
    zone_status status = grow_all(ctx, arrays, 2, &images->split_capacity, *count + 1, sizeof(double));

    if (status)
        return status;
    images->x[*count] = x;
    images->y[(*count)++] = y;
    return ZONE_OK;
}

/* Inner points of a split edge, equally spaced, computed from the lesser end so that both neighbours get the same. */
static zone_status add_split(zone_context *ctx, const zone_projection *projection, zone_images *images, size_t *count,
                             const double from[2], const double to[2])
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
        status = split_add(ctx, images, count, zone_projection_coordinate(projection, low[0] + t * (high[0] - low[0])),
                           zone_projection_coordinate(projection, low[1] + t * (high[1] - low[1])));
    }
    return status;
}

static zone_status split_ring(zone_context *ctx, const zone_projection *projection, const zone_batch *batch,
                              size_t which, zone_images *images, size_t *count)
{
    size_t first = batch->vertex_start[which], end = batch->vertex_start[which + 1];
    zone_status status = ZONE_OK;

    *count = 0;
    for (size_t i = first; i < end && !status; i++) {
        size_t j = i + 1 < end ? i + 1 : first;
        double from[2] = {zone_projection_coordinate(projection, batch->x[i]),
                          zone_projection_coordinate(projection, batch->y[i])};
        double to[2] = {zone_projection_coordinate(projection, batch->x[j]),
                        zone_projection_coordinate(projection, batch->y[j])};
        status = split_add(ctx, images, count, from[0], from[1]);
        if (!status)
            status = add_split(ctx, projection, images, count, from, to);
    }
    return status;
}

static zone_status grow_ring(zone_context *ctx, zone_images *images, size_t count)
{
    void **const arrays[] = {(void **)&images->ring[0], (void **)&images->ring[1], (void **)&images->ring[2],
                             (void **)&images->ring[3]};

    return grow_all(ctx, arrays, 4, &images->ring_capacity, count, sizeof(int64_t));
}

/* A ring as the method wants it: split, and imaged on the way. */
static zone_status open_split(zone_context *ctx, zone_projection *projection, const zone_batch *batch, size_t which,
                              zone_images *images, ring *vertices)
{
    zone_status status = split_ring(ctx, projection, batch, which, images, &vertices->count);
    size_t count = vertices->count;

    if (!status)
        status = grow_ring(ctx, images, count);
    if (status)
        return status;
    *vertices = (ring){images->x, images->y, images->ring[0], images->ring[1], images->ring[2], images->ring[3], count};
    status =
        zone_projection_images(ctx, projection, vertices->x, vertices->y, count, vertices->image_x, vertices->image_y);
    if (status)
        return status;
    zone_projection_snap(projection, vertices->x, count, vertices->snap_x);
    zone_projection_snap(projection, vertices->y, count, vertices->snap_y);
    return ZONE_OK;
}

static zone_status open_ring(zone_context *ctx, zone_projection *projection, const zone_batch *batch, size_t which,
                             zone_images *images, ring *vertices)
{
    size_t first = batch->vertex_start[which];

    if (!images->plain)
        return open_split(ctx, projection, batch, which, images, vertices);
    *vertices = (ring){batch->x + first,
                       batch->y + first,
                       images->snap_x + first,
                       images->snap_y + first,
                       images->image_x + first,
                       images->image_y + first,
                       batch->vertex_start[which + 1] - first};
    return ZONE_OK;
}

/* Moves the ring's integers to scratch, where they may be changed. */
static zone_status own_ring(zone_context *ctx, zone_images *images, ring *vertices)
{
    int64_t **from[] = {&vertices->snap_x, &vertices->snap_y, &vertices->image_x, &vertices->image_y};
    zone_status status = images->plain ? grow_ring(ctx, images, vertices->count) : ZONE_OK;

    for (int k = 0; k < 4 && images->plain && !status; k++) {
        memcpy(images->ring[k], *from[k], vertices->count * sizeof(int64_t));
        *from[k] = images->ring[k];
    }
    return status;
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

static bool ring_jumps(const ring *vertices, int64_t turn)
{
    int64_t low = INT64_MAX, high = INT64_MIN;

    for (size_t i = 0; i < vertices->count; i++) {
        low = zone_least(low, vertices->image_x[i]);
        high = zone_most(high, vertices->image_x[i]);
    }
    return vertices->count > 0 && high - low >= turn / 2;
}

/* Across the antimeridian longitudes jump: edges go the short way. Returns ZONE_BAD_GEOMETRY for a ring that does not
 * come back to where it began, that is, goes round a pole. *turned tells whether anything moved. */
static zone_status ring_unwrap(zone_context *ctx, const zone_projection *projection, zone_images *images,
                               ring *vertices, bool *outer, bool *turned)
{
    int64_t turn = zone_projection_turn(projection), snap_turn = zone_projection_snap_turn(projection), moved = 0;
    int64_t low = 0;
    zone_status status = ZONE_OK;

    *turned = false;
    if (!turn || !ring_jumps(vertices, turn))
        return ZONE_OK;
    status = own_ring(ctx, images, vertices);
    if (status)
        return status;
    *outer = counter_clockwise(vertices->snap_x, vertices->snap_y, vertices->count);
    for (size_t i = 1; i < vertices->count; i++) {
        int64_t here = vertices->image_x[i] + moved * turn;
        moved += turns_between(vertices->image_x[i - 1], here, turn);
        vertices->image_x[i] += moved * turn;
        vertices->snap_x[i] += moved * snap_turn;
        *turned = *turned || moved != 0;
        low = zone_least(low, moved);
    }
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

static zone_status add_ring(zone_context *ctx, zone_projection *projection, const zone_batch *batch, size_t which,
                            uint32_t member, zone_images *images, zone_edges *edges)
{
    ring vertices = {0};
    zone_edge edge = {.weight = 1, .member = member};
    bool turned = false, outer = true;
    zone_status status = open_ring(ctx, projection, batch, which, images, &vertices);

    if (!status)
        status = ring_unwrap(ctx, projection, images, &vertices, &outer, &turned);
    /* A ring that was drawn across the antimeridian was oriented by what it looked like before it was unwrapped. */
    if (!status && turned && outer != counter_clockwise(vertices.image_x, vertices.image_y, vertices.count))
        edge.weight = -1;
    for (size_t i = 0; i < vertices.count && !status; i++)
        status = add_edge(ctx, projection, &vertices, i, &edge, edges);
    return status;
}

zone_status zone_edges_add_feature(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                   zone_images *images, size_t feature, uint32_t member, zone_edges *edges)
{
    size_t first = batch->ring_start[feature], end = batch->ring_start[feature + 1];
    zone_status status = ZONE_OK;

    if (batch->state[feature] == ZONE_FEATURE_REJECTED || batch->shape[feature] != ZONE_SHAPE_AREA)
        return ZONE_OK;
    for (size_t r = first; r < end && !status; r++)
        status = add_ring(ctx, projection, batch, r, member, images, edges);
    return status;
}
