/* A batch: features on their way from a source to the kernel, as plain arrays. Knows no file and no library. */
#ifndef ZONE_BASE_BATCH_H
#define ZONE_BASE_BATCH_H

#include "base/context.h"

typedef enum { ZONE_SHAPE_NONE, ZONE_SHAPE_POINT, ZONE_SHAPE_LINE, ZONE_SHAPE_AREA } zone_shape;

typedef enum {
    ZONE_FEATURE_USED,
    ZONE_FEATURE_REPAIRED,
    ZONE_FEATURE_REJECTED /* has no rings; stays in the batch so that it can be counted and named */
} zone_feature_state;

/* Feature f has rings ring_start[f] … ring_start[f+1]-1; ring r has vertices vertex_start[r] … vertex_start[r+1]-1.
 * Rings of areas are not closed (the first vertex is not repeated), outer rings run counter-clockwise, holes clockwise
 * in the drawing plane, so that signed sums over all rings are the area. Lines: a ring is a line, closed lines repeat
 * their first vertex. Points: a ring is one vertex. x is easting or longitude, y northing or latitude. */
typedef struct {
    size_t feature_count, ring_count, vertex_count;
    size_t feature_capacity, ring_capacity, vertex_capacity;
    int64_t *id;       /* feature id in its layer */
    uint64_t *ordinal; /* place in the layer, from 0 */
    zone_shape *shape;
    zone_feature_state *state;
    char **reason;        /* why repaired or rejected, with place; NULL */
    double *area_change;  /* drawing-plane m² after - before repair; 0 */
    size_t *ring_start;   /* feature_count + 1 */
    size_t *vertex_start; /* ring_count + 1 */
    double *x, *y;
    size_t field_count; /* fields that were asked for */
    char **text;        /* field_count × feature_count, row by row: text of the value, NULL when null */
    size_t text_capacity;
    struct zone_text_block *blocks; /* what texts and reasons point into */
} zone_batch;

/* A zeroed batch is empty and usable. Clear keeps the memory; free gives all back (and zeroes). */
void zone_batch_clear(zone_batch *batch);
void zone_batch_free(zone_batch *batch);

/* Opens a feature (texts NULL), closes rings and features as vertices come. */
zone_status zone_batch_add_feature(zone_context *ctx, zone_batch *batch, int64_t id, uint64_t ordinal,
                                   zone_shape shape);
zone_status zone_batch_add_ring(zone_context *ctx, zone_batch *batch);
zone_status zone_batch_add_vertex(zone_context *ctx, zone_batch *batch, double x, double y);

/* `count` vertices of the last ring, uninitialised, at *x and *y. */
zone_status zone_batch_add_vertices(zone_context *ctx, zone_batch *batch, size_t count, double **x, double **y);

zone_status zone_batch_set_text(zone_context *ctx, zone_batch *batch, size_t field, const char *text);
zone_status zone_batch_set_reason(zone_context *ctx, zone_batch *batch, const char *reason);

/* Field `field` of feature `feature`; NULL when null. */
const char *zone_batch_text(const zone_batch *batch, size_t feature, size_t field);

/* Appends all features of `from` (same field_count). */
zone_status zone_batch_append(zone_context *ctx, zone_batch *batch, const zone_batch *from);

/* The same without their rings. */
zone_status zone_batch_append_bare(zone_context *ctx, zone_batch *batch, const zone_batch *from);

/* Appends feature `feature` of `from` with its id, ordinal, state and rings (no texts). */
zone_status zone_batch_add_copy(zone_context *ctx, zone_batch *batch, const zone_batch *from, size_t feature);

#endif
