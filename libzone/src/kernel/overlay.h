/* The overlay: areas of features, and of their intersections with the members of one or two layers, grouped by nothing:
 * pieces go to a sink as integers. The only interface between questions and the kernel. */
#ifndef ZONE_KERNEL_OVERLAY_H
#define ZONE_KERNEL_OVERLAY_H

#include "base/batch.h"
#include "kernel/project.h"

/* Polygons kept in memory with images and index: the zones side. All layers of one overlay share the projection. */
typedef struct zone_layer zone_layer;

zone_status zone_layer_create(zone_context *ctx, zone_projection *projection, zone_layer **layer);
void zone_layer_free(zone_layer *layer);

/* Adds the areas of a batch; member numbers run from 0 over all batches, rejected features keep their number and are
 * empty. */
zone_status zone_layer_add(zone_context *ctx, zone_layer *layer, const zone_batch *batch);
size_t zone_layer_count(const zone_layer *layer);
zone_exact zone_layer_area(const zone_layer *layer, size_t member);

#define ZONE_OVERLAY_LAYERS 2
typedef struct {
    zone_exact area;
    uint32_t member[ZONE_OVERLAY_LAYERS]; /* of each layer */
} zone_piece;

/* Receives feature `feature` of the batch: its whole area and its pieces with area ≠ 0, sorted by members. */
typedef zone_status (*zone_piece_sink)(void *user, size_t feature, zone_exact whole, const zone_piece *pieces,
                                       size_t count);

/* Overlays every feature of the batch with 0, 1 or 2 layers (0: only `whole`). Features come in batch order. The pieces
 * of a feature over layers whose members tile the plane add up to `whole` exactly. */
zone_status zone_overlay(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                         const zone_layer *const layers[], size_t layer_count, zone_piece_sink sink, void *user);

/* Pairs of a layer's own members that overlap, each pair once (member[0] < member[1]). */
zone_status zone_overlay_self(zone_context *ctx, const zone_layer *layer, zone_piece **pieces, size_t *count);

#endif
