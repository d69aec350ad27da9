/* Columns: features of a layer by GDAL's Arrow stream, for the formats that have a fast one. */
#ifndef ZONE_READ_SOURCE_ARROW_H
#define ZONE_READ_SOURCE_ARROW_H

#include "read/value.h"

#include <ogr_recordbatch.h>

typedef struct zone_arrow zone_arrow;

/* Opens a stream over the layer, `most` features a run, with the `count` fields that were asked for. *arrow is NULL
 * when the format has no fast stream or a field has a type that must go feature by feature. Errors: ZONE_NO_MEMORY. */
zone_status zone_arrow_open(zone_context *ctx, OGRLayerH layer, const int *fields, size_t count, size_t most,
                            zone_arrow **arrow);
void zone_arrow_close(zone_arrow *arrow);

/* The next run; `array` is released by its taker and has length 0 and no release at the end. False when the stream
 * failed (GDAL has said why). */
bool zone_arrow_next(zone_arrow *arrow, struct ArrowArray *array);

/* Gives the layer back; runs that were taken stay good. */
void zone_arrow_end(zone_arrow *arrow);

/* Are there features without geometry in the run? Then each has to be asked for. */
bool zone_arrow_has_nulls(const zone_arrow *arrow, const struct ArrowArray *run);

/* Feature i of a run: its id, its geometry (NULL: none), the text of the k-th field asked for. */
int64_t zone_arrow_id(const zone_arrow *arrow, const struct ArrowArray *run, int64_t i);
const uint8_t *zone_arrow_geometry(const zone_arrow *arrow, const struct ArrowArray *run, int64_t i, size_t *size);
zone_status zone_arrow_text(zone_context *ctx, const zone_arrow *arrow, const struct ArrowArray *run, int64_t i,
                            size_t k, zone_value *value, const char **text);

#endif
