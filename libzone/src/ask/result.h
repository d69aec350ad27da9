/* Results: how a thread makes what ask/stream.h hands to a question. */
#ifndef ZONE_ASK_RESULT_H
#define ZONE_ASK_RESULT_H

#include "ask/stream.h"

/* A thread's work spaces. Zeroed there are none. */
typedef struct {
    zone_overlay_space *one;
    zone_two_space *two;
    zone_point_space *points;
} zone_result_spaces;
zone_status zone_result_spaces_open(zone_context *ctx, zone_result_spaces *spaces);
void zone_result_spaces_close(zone_result_spaces *spaces);

/* Room for the areas and pieces of `count` features, in place of what the result held. */
zone_status zone_result_open(zone_context *ctx, zone_result *result, size_t count);

/* Runs a pass over a batch with the thread's own projection, in place of what the result held. */
zone_status zone_result_make(zone_context *ctx, const zone_result_spaces *spaces, zone_projection *projection,
                             const zone_pass *pass, const zone_batch *batch, zone_result *result);

#endif
