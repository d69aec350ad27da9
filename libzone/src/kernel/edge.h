/* Edges: what the overlay computes with. A polygon is a bag of weighted edges whose ends cancel. It is kept as corners;
 * the record of an edge is made when it is needed. */
#ifndef ZONE_KERNEL_EDGE_H
#define ZONE_KERNEL_EDGE_H

#include "base/batch.h"
#include "kernel/project.h"

typedef struct {
    int64_t west, south, east, north;
} zone_box;

/* An edge in its canonical direction (first by snapped x, then y), so that two polygons that share it have the same
 * record and only the weight differs. */
typedef struct {
    int64_t x[2], y[2];             /* snapped drawing-plane coordinates: topology */
    int64_t image_x[2], image_y[2]; /* images: area */
    zone_exact bulge;               /* what a curved edge adds to the trapezoid of its images */
    int32_t weight;                 /* +1 when the ring runs along the edge, -1 against it */
    uint32_t member;
} zone_edge;

typedef struct {
    zone_edge *edge;
    size_t count, capacity;
} zone_edges;

void zone_edges_free(zone_edges *edges);
zone_status zone_edges_add(zone_context *ctx, zone_edges *edges, const zone_edge *edge);

/* A vertex and the edge that leaves it for the next corner: 40 bytes where an edge takes 96. A ring of n vertices has n
 * + 1 corners, the last at the place of the first. */
typedef struct {
    int64_t x, y, image_x, image_y;
    int32_t weight; /* of the edge, in the direction of the corners; 0: no edge leaves */
    uint32_t member;
} zone_corner;

typedef struct {
    zone_corner *corner;
    zone_exact *bulge; /* of the edge that leaves, in its canonical direction; NULL: edges are straight */
    size_t count, capacity, bulge_capacity;
    uint32_t first_member; /* from which the corners' members are counted */
    bool loose;            /* corners come in pairs, an edge each, whose direction is canonical as it stands */
} zone_corners;

void zone_corners_free(zone_corners *corners);

/* Appends an edge by itself, to corners that are loose. */
zone_status zone_corners_add_edge(zone_context *ctx, zone_corners *corners, const zone_edge *edge);

/* Gives back what there is room for beyond the last corner. */
void zone_corners_trim(zone_corners *corners);

/* Does the edge that leaves the corner run in its canonical direction? That is first by snapped x, then y; where both
 * ends are one place, by their images. */
static inline bool zone_corner_forward(const zone_corner *from)
{
    const zone_corner *to = from + 1;

    if (from->x != to->x)
        return from->x < to->x;
    if (from->y != to->y)
        return from->y < to->y;
    if (from->image_x != to->image_x)
        return from->image_x < to->image_x;
    return from->image_y <= to->image_y;
}

/* The edge that leaves corner `at` (weight ≠ 0) in its canonical direction. */
static inline zone_edge zone_corners_edge(const zone_corners *corners, size_t at)
{
    const zone_corner *from = &corners->corner[at];
    bool forward = corners->loose || zone_corner_forward(from);
    const zone_corner *low = forward ? from : from + 1, *high = forward ? from + 1 : from;

    return (zone_edge){.x = {low->x, high->x},
                       .y = {low->y, high->y},
                       .image_x = {low->image_x, high->image_x},
                       .image_y = {low->image_y, high->image_y},
                       .bulge = corners->bulge ? corners->bulge[at] : 0,
                       .weight = forward ? from->weight : -from->weight,
                       .member = corners->first_member + from->member};
}

/* The vertices of a batch with their images, and scratch; kept from batch to batch, zeroed it is empty. */
typedef struct {
    int64_t *snap_x, *snap_y, *image_x, *image_y; /* of the batch's vertices, where the method takes them as they are */
    size_t capacity;
    bool plain;
    double *x, *y; /* a ring with split edges */
    int64_t *ring[4];
    size_t ring_capacity, split_capacity;
} zone_images;
void zone_images_free(zone_images *images);

/* Images of all vertices of the batch. Errors: ZONE_BAD_CRS (a vertex without an image). */
zone_status zone_images_make(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                             zone_images *images);

/* An area in both planes, modulo 2^128: that of the images in exact units, and that of the drawing plane, in which
 * topology is decided, in squares of snapped units halved (2^-61 m² where the plane is in metres). */
typedef struct {
    zone_uint128 image, drawn;
} zone_area_sum;

/* Area and box of feature `feature` straight from its vertices; false where its edges must be made: they bulge or are
 * split, or a ring crosses the antimeridian. */
bool zone_images_whole(const zone_projection *projection, const zone_batch *batch, const zone_images *images,
                       size_t feature, zone_area_sum *whole, zone_box *box);

/* Appends the corners of feature `feature` of the batch, ring by ring; `images` are of this batch. Errors:
 * ZONE_BAD_CRS (a vertex without an image), ZONE_BAD_GEOMETRY (a ring round a pole has no survey area). */
zone_status zone_corners_add_feature(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                     zone_images *images, size_t feature, uint32_t member, zone_corners *corners);

/* Twice the signed area under the straight line between two places. Sums of two coordinates fit 64 bits: images are
 * below 1e18, snapped coordinates below 2^58. */
static inline zone_uint128 zone_trapezoid(int64_t x0, int64_t x1, int64_t y0, int64_t y1)
{
    return (zone_uint128)((zone_int128)(x0 + x1) * (y1 - y0));
}

/* Twice the signed area under an edge: (X0 + X1)(Y1 − Y0) + bulge, modulo 2^128. Sums over closed bags are areas in
 * exact units whatever the coordinates' origin, because the excess cancels. */
static inline zone_uint128 zone_edge_area(const zone_edge *edge)
{
    return zone_trapezoid(edge->image_x[0], edge->image_x[1], edge->image_y[0], edge->image_y[1]) +
           (zone_uint128)edge->bulge;
}

static inline void zone_area_add_times(zone_area_sum *sum, int weight, zone_uint128 image, zone_uint128 drawn)
{
    if (weight == 1) {
        sum->image += image;
        sum->drawn += drawn;
    } else if (weight == -1) {
        sum->image -= image;
        sum->drawn -= drawn;
    } else {
        sum->image += (zone_uint128)(zone_int128)weight * image;
        sum->drawn += (zone_uint128)(zone_int128)weight * drawn;
    }
}

static inline void zone_area_add(zone_area_sum *sum, int weight, const zone_edge *edge)
{
    zone_area_add_times(sum, weight, zone_edge_area(edge),
                        zone_trapezoid(edge->x[0], edge->x[1], edge->y[0], edge->y[1]));
}

static inline int64_t zone_least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static inline int64_t zone_most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The canonical direction goes from west to east. */
static inline zone_box zone_edge_box(const zone_edge *edge)
{
    return (zone_box){edge->x[0], zone_least(edge->y[0], edge->y[1]), edge->x[1], zone_most(edge->y[0], edge->y[1])};
}

/* Of the edge between two corners. */
static inline zone_box zone_corner_box(const zone_corner *corner)
{
    return (zone_box){zone_least(corner[0].x, corner[1].x), zone_least(corner[0].y, corner[1].y),
                      zone_most(corner[0].x, corner[1].x), zone_most(corner[0].y, corner[1].y)};
}

static inline zone_box zone_box_join(zone_box a, zone_box b)
{
    return (zone_box){zone_least(a.west, b.west), zone_least(a.south, b.south), zone_most(a.east, b.east),
                      zone_most(a.north, b.north)};
}

/* Closed boxes: touching counts. */
static inline bool zone_box_meets(const zone_box *a, const zone_box *b)
{
    return (a->west <= b->east) & (b->west <= a->east) & (a->south <= b->north) & (b->south <= a->north);
}

extern const zone_box zone_box_empty;

#endif
