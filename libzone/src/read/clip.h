/* Clipping: what areas share, or what others leave of one, as multipolygons in well-known binary. How large a piece is
 * the kernel says; GEOS only draws it. So nothing here fails but for lack of memory: what can't be drawn is empty. */
#ifndef ZONE_READ_CLIP_H
#define ZONE_READ_CLIP_H

#include "base/batch.h"

typedef struct zone_clip zone_clip;
zone_status zone_clip_open(zone_context *ctx, zone_clip **clip);
void zone_clip_close(zone_clip *clip);

/* A piece begins as a feature of a batch. */
zone_status zone_clip_begin(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature);

/* Of the piece there remains what lies in this feature, or outside of it. The last feature that was kept is remembered
 * as a geometry: `batch` must not change while the clip is open. */
zone_status zone_clip_keep(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature);
zone_status zone_clip_remove(zone_context *ctx, zone_clip *clip, const zone_batch *batch, size_t feature);

/* The piece, valid until the next call; NULL when memory is short. Lines and points that were left over are not in it.
 */
const unsigned char *zone_clip_end(zone_context *ctx, zone_clip *clip, size_t *size, bool *empty);

#endif
