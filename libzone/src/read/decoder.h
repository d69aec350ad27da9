/* Decoders: each takes runs of features from a source and makes batches of them. Taking is for one thread at a time,
 * making for as many as there are decoders. */
#ifndef ZONE_READ_DECODER_H
#define ZONE_READ_DECODER_H

#include "read/source.h"

typedef struct zone_decoder zone_decoder;

/* For a source that has been rewound; it must outlive the decoder. */
zone_status zone_decoder_open(zone_context *ctx, zone_source *source, zone_decoder **decoder);
void zone_decoder_close(zone_decoder *decoder);

/* Takes the next run of features out of the file; *run is its number, from 0, and *more false at the end. Errors:
 * ZONE_BAD_FILE, ZONE_CANCELLED. */
zone_status zone_decoder_take(zone_context *ctx, zone_decoder *decoder, uint64_t *run, bool *more);

/* Appends the run to the batch, in the source's target CRS. Errors: as zone_source_next. */
zone_status zone_decoder_make(zone_context *ctx, zone_decoder *decoder, zone_batch *batch);

/* Tells (in the log) what was noticed on the way, once all decoders of a source are closed. */
void zone_source_conclude(zone_context *ctx, zone_source *source);

#endif
