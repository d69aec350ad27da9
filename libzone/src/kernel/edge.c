/* Edges from the rings of a batch: split, imaged, unwrapped; kept as corners, brought to canonical direction. */
#include "kernel/edge.h"

#include "base/registers.h"

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
    zone_status status =
        zone_reserve(ctx, (void **)&edges->edge, &edges->capacity, edges->count + 1, sizeof *edges->edge);

    if (!status)
        edges->edge[edges->count++] = *edge;
    return status;
}

/* ---------------------------------------------------------------- corners */

void zone_corners_free(zone_corners *corners)
{
    free(corners->corner);
    free(corners->bulge);
    *corners = (zone_corners){0};
}

/* Room for `count` more. */
static zone_status grow_corners(zone_context *ctx, zone_corners *corners, size_t count, bool bulges)
{
    zone_status status = zone_reserve(ctx, (void **)&corners->corner, &corners->capacity, corners->count + count,
                                      sizeof *corners->corner);

    if (status || (!bulges && !corners->bulge))
        return status;
    return zone_grow(ctx, (void **)&corners->bulge, &corners->bulge_capacity, corners->capacity,
                     sizeof *corners->bulge);
}

zone_status zone_corners_add_edge(zone_context *ctx, zone_corners *corners, const zone_edge *edge)
{
    zone_status status = grow_corners(ctx, corners, 2, edge->bulge != 0);

    if (status)
        return status;
    for (int k = 0; k < 2; k++)
        corners->corner[corners->count + (size_t)k] = (zone_corner){
            edge->x[k], edge->y[k], edge->image_x[k], edge->image_y[k], k == 0 ? edge->weight : 0, edge->member};
    if (corners->bulge)
        corners->bulge[corners->count] = edge->bulge;
    corners->count += 2;
    return ZONE_OK;
}

void zone_corners_trim(zone_corners *corners)
{
    zone_corner *corner = corners->count ? realloc(corners->corner, corners->count * sizeof *corner) : NULL;

    if (!corner)
        return;
    corners->corner = corner;
    corners->capacity = corners->count;
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
        status = zone_reserve(ctx, arrays[k], &grown, needed, size);
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

static ZONE_IN_LINE void widen_range(const int64_t *number, size_t first, size_t end, int64_t *low, int64_t *high)
{
    for (size_t i = first; i < end; i++) {
        *low = zone_least(*low, number[i]);
        *high = zone_most(*high, number[i]);
    }
}

/* Adds a ring to the box, and the range of its images' x to *low and *high. */
ZONE_WIDE_REGISTERS static void widen_box(const zone_images *images, size_t first, size_t end, zone_box *box,
                                          int64_t *low, int64_t *high)
{
    zone_box widened = *box;
    int64_t least = *low, most = *high;

    widen_range(images->snap_x, first, end, &widened.west, &widened.east);
    widen_range(images->snap_y, first, end, &widened.south, &widened.north);
    widen_range(images->image_x, first, end, &least, &most);
    *box = widened;
    *low = least;
    *high = most;
}

static zone_uint128 ring_area(const int64_t *x, const int64_t *y, size_t first, size_t end)
{
    zone_int128 sum = 0;

    for (size_t i = first, j = end - 1; i < end; j = i++)
        sum += (zone_int128)(x[j] + x[i]) * (y[i] - y[j]);
    return (zone_uint128)sum;
}

/* Adds a ring's area; false where its images jump across the antimeridian. */
static bool add_whole(const zone_images *images, size_t first, size_t end, int64_t turn, zone_area_sum *whole,
                      zone_box *box)
{
    int64_t low = INT64_MAX, high = INT64_MIN;

    widen_box(images, first, end, box, &low, &high);
    whole->image += ring_area(images->image_x, images->image_y, first, end);
    whole->drawn += ring_area(images->snap_x, images->snap_y, first, end);
    return !turn || end == first || high - low < turn / 2;
}

bool zone_images_whole(const zone_projection *projection, const zone_batch *batch, const zone_images *images,
                       size_t feature, zone_area_sum *whole, zone_box *box)
{
    int64_t turn = zone_projection_turn(projection);
    bool done = images->plain && !zone_projection_bulges(projection);

    *whole = (zone_area_sum){0};
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
    int64_t low = 0, most = 0;
    zone_status status = ZONE_OK;

    *turned = false;
    if (!turn || !ring_jumps(vertices, turn))
        return ZONE_OK;
    status = own_ring(ctx, images, vertices);
    if (status)
        return status;
    *outer = counter_clockwise(vertices->snap_x, vertices->snap_y, vertices->count);
    for (size_t i = 1; i < vertices->count; i++) {
        if (most > 2)
            break;
        int64_t here = vertices->image_x[i] + moved * turn;
        moved += turns_between(vertices->image_x[i - 1], here, turn);
        vertices->image_x[i] += moved * turn;
        vertices->snap_x[i] += moved * snap_turn;
        *turned = *turned || moved != 0;
        low = zone_least(low, moved);
        most = zone_most(most, moved < 0 ? -moved : moved);
    }
    /* One that goes round and round the earth has none either, and soon no place in 64 bits. */
    if (most > 2 || turns_between(vertices->image_x[vertices->count - 1], vertices->image_x[0], turn) != 0)
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

/* ---------------------------------------------------------------- corners of one ring */

/* Bulges belong to the canonical direction, so that two polygons that share an edge have the same. */
static zone_status bulge_edge(zone_context *ctx, zone_projection *projection, const ring *vertices, size_t i,
                              const zone_corner *corner, zone_exact *bulge)
{
    size_t j = i + 1 < vertices->count ? i + 1 : 0;
    bool forward = zone_corner_forward(corner);
    const double from[2] = {vertices->x[forward ? i : j], vertices->y[forward ? i : j]};
    const double to[2] = {vertices->x[forward ? j : i], vertices->y[forward ? j : i]};

    return zone_projection_bulge(ctx, projection, from, to, bulge);
}

static zone_status add_corners(zone_context *ctx, zone_projection *projection, const ring *vertices, int32_t weight,
                               uint32_t member, zone_corners *corners)
{
    bool bulges = zone_projection_bulges(projection);
    size_t count = vertices->count, first = corners->count;
    zone_status status = count ? grow_corners(ctx, corners, count + 1, bulges) : ZONE_OK;

    if (status || count == 0)
        return status;
    for (size_t i = 0; i <= count; i++) {
        size_t v = i < count ? i : 0;
        corners->corner[first + i] = (zone_corner){vertices->snap_x[v],  vertices->snap_y[v],    vertices->image_x[v],
                                                   vertices->image_y[v], i < count ? weight : 0, member};
        if (corners->bulge) /* of another method before this one */
            corners->bulge[first + i] = 0;
    }
    for (size_t i = 0; i < count && bulges && !status; i++)
        status = bulge_edge(ctx, projection, vertices, i, &corners->corner[first + i], &corners->bulge[first + i]);
    corners->count += count + 1;
    return status;
}

static zone_status add_ring(zone_context *ctx, zone_projection *projection, const zone_batch *batch, size_t which,
                            uint32_t member, zone_images *images, zone_corners *corners)
{
    ring vertices = {0};
    int32_t weight = 1;
    bool turned = false, outer = true;
    zone_status status = open_ring(ctx, projection, batch, which, images, &vertices);

    if (!status)
        status = ring_unwrap(ctx, projection, images, &vertices, &outer, &turned);
    /* A ring that was drawn across the antimeridian was oriented by what it looked like before it was unwrapped. */
    if (!status && turned && outer != counter_clockwise(vertices.image_x, vertices.image_y, vertices.count))
        weight = -1;
    return status ? status : add_corners(ctx, projection, &vertices, weight, member, corners);
}

zone_status zone_corners_add_feature(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                     zone_images *images, size_t feature, uint32_t member, zone_corners *corners)
{
    size_t first = batch->ring_start[feature], end = batch->ring_start[feature + 1];
    zone_status status = ZONE_OK;

    if (batch->state[feature] == ZONE_FEATURE_REJECTED || batch->shape[feature] != ZONE_SHAPE_AREA)
        return ZONE_OK;
    for (size_t r = first; r < end && !status; r++)
        status = add_ring(ctx, projection, batch, r, member, images, corners);
    return status;
}
