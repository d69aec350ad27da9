/* Runs: a batch that is in memory, run by run on all cores. Nothing depends on their number. */
#ifndef ZONE_ASK_RUNS_H
#define ZONE_ASK_RUNS_H

#include "ask/stream.h"

/* The areas of the batch as a finished layer. */
zone_status zone_runs_layer(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                            zone_layer **layer);

/* A pass of one layer over the batch, in place of what the result held: areas and pieces, and what lies in others where
 * the pass asks for it. */
zone_status zone_runs_pass(zone_context *ctx, const zone_pass *pass, const zone_batch *batch, zone_result *result);

#endif
