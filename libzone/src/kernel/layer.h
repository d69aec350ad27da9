/* What the files of the kernel see of each other's layers; questions know overlay.h only. */
#ifndef ZONE_KERNEL_LAYER_H
#define ZONE_KERNEL_LAYER_H

#include "kernel/locate.h"
#include "kernel/overlay.h"

const zone_members *zone_layer_members(const zone_layer *layer);

#endif
