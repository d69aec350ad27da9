/* Streams: all features of a source through overlays, on all cores, and in order to a sink. */
#ifndef ZONE_ASK_STREAM_H
#define ZONE_ASK_STREAM_H

#include "kernel/point.h"
#include "read/source.h"

/* An overlay that every batch goes through. */
typedef struct {
    zone_projection *projection;
    const zone_layer *layer;  /* finished; NULL: areas only */
    const zone_layer *second; /* also with this layer, and with both at once; NULL: no */
    bool united;              /* also what lies in a member of `layer` (of `second` where there is one) or more */
    bool others; /* features are members of `layer` themselves, from number `own` on: what several others hold of them
                    together, where none holds it all. Not with `second` */
    size_t own;
    bool keep;                      /* the batch also as members of a layer: result.part. Not with `second` */
    const zone_point_cells *points; /* features are points, counted in the members of `layer` by these cells of it: the
                                       result's areas are numbers of points; NULL: they are areas */
} zone_pass;

/* The pieces of feature f are piece[start[f]] … piece[start[f + 1] - 1], by member. */
typedef struct {
    zone_piece *piece;
    size_t *start; /* feature_count + 1 */
    size_t count, piece_capacity, start_capacity;
} zone_piece_list;

/* What a pass made of a batch. */
typedef struct {
    zone_exact *whole;  /* by feature */
    zone_int128 *drawn; /* the same in the drawing plane, as zone_piece.drawn */
    zone_exact
        *inside; /* by feature, in a pass of points or one that unites: what lies in a member or more (in others) */
    zone_int128 *inside_drawn; /* the same in the drawing plane */
    size_t feature_count, whole_capacity, drawn_capacity, inside_capacity, inside_drawn_capacity;
    zone_piece_list pieces;  /* in the layer */
    zone_piece_list second;  /* in the second layer, where there is one */
    zone_piece_of_two *both; /* in both, by (second, first); those of feature f begin at both_start[f] */
    size_t *both_start;
    size_t both_count, both_capacity, both_start_capacity;
    zone_layer *part;
} zone_result;

/* Receives batches in the order of the source, one at a time, with a result a pass. */
typedef zone_status (*zone_stream_sink)(void *user, const zone_batch *batch, const zone_result *results);

/* A pass over a batch that is in memory. Zeroed a result is empty. */
zone_status zone_pass_batch(zone_context *ctx, const zone_pass *pass, const zone_batch *batch, zone_result *result);
void zone_result_free(zone_result *result);

/* Most passes at once: every method of --explain. */
enum { ZONE_PASSES_MOST = 8 };

/* Reads the source from its beginning. Errors: those of reading, of the kernel, and the sink's. */
zone_status zone_stream(zone_context *ctx, zone_source *source, const zone_request *request, const zone_pass *passes,
                        size_t pass_count, zone_stream_sink sink, void *user);

#endif
