/* Streams: all features of a source through overlays, on all cores, and in order to a sink. */
#ifndef ZONE_ASK_STREAM_H
#define ZONE_ASK_STREAM_H

#include "kernel/overlay.h"
#include "read/source.h"

/* An overlay that every batch goes through. */
typedef struct {
    zone_projection *projection;
    const zone_layer *layer; /* finished; NULL: areas only */
} zone_pass;

/* What a pass made of a batch: the pieces of feature f are piece[start[f]] … piece[start[f + 1] - 1], by member. */
typedef struct {
    zone_exact *whole; /* by feature */
    size_t *start;     /* feature_count + 1 */
    zone_piece *piece;
    size_t feature_count, piece_count, whole_capacity, start_capacity, piece_capacity;
} zone_result;

/* Receives batches in the order of the source, one at a time, with a result a pass. */
typedef zone_status (*zone_stream_sink)(void *user, const zone_batch *batch, const zone_result *results);

/* A pass over a batch that is in memory. Zeroed a result is empty. */
zone_status zone_pass_batch(zone_context *ctx, const zone_pass *pass, const zone_batch *batch, zone_result *result);
void zone_result_free(zone_result *result);

/* Most passes at once: every method of --explain, and what closure needs. */
enum { ZONE_PASSES_MOST = 12 };

/* Reads the source from its beginning. Errors: those of reading, of the kernel, and the sink's. */
zone_status zone_stream(zone_context *ctx, zone_source *source, const zone_request *request, const zone_pass *passes,
                        size_t pass_count, zone_stream_sink sink, void *user);

#endif
