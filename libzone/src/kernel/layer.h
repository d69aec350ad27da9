/* What the files of the kernel see of each other's layers and shares; questions know overlay.h only. */
#ifndef ZONE_KERNEL_LAYER_H
#define ZONE_KERNEL_LAYER_H

#include "kernel/overlap.h"
#include "kernel/overlay.h"

struct zone_layer {
    zone_projection *projection;
    zone_members members;
    zone_area_sum *area; /* of each member */
    size_t area_capacity;
    uint32_t (*pair)[2]; /* of a layer made by zone_layer_intersect; else NULL */
    size_t pair_capacity;
};

/* Ends the last part with so many members, and adds their areas. */
zone_status zone_layer_end_part(zone_context *ctx, zone_layer *layer, size_t count);

/* Adds the features of a batch whose images are made. */
zone_status zone_layer_add_imaged(zone_context *ctx, zone_layer *layer, zone_projection *projection,
                                  const zone_batch *batch, zone_images *images);

const zone_members *zone_layer_members(const zone_layer *layer);

/* By member. */
void zone_shares_sort(zone_overlap_space *overlap);
zone_piece zone_share_piece(const zone_share *share);

#endif
