/* Repeats: land that two features of a layer cover counts once in every site, for the first of them. */
#ifndef ZONE_ASK_REPEATS_H
#define ZONE_ASK_REPEATS_H

#include "ask/holdings.h"

/* Sets `repeat` of the holdings, which are sorted, and `looked` of the sites. Features are looked at in runs of sites,
 * so that no more of them are indexed at once than ZONE_HELD_VERTICES allows; a site that alone has more is not looked
 * at, in whatever block it comes. `zones` is needed by zone only. */
zone_status zone_repeats_find(zone_context *ctx, zone_projection *projection, const zone_block *block,
                              const zone_layer *zones, zone_held *held);

#endif
