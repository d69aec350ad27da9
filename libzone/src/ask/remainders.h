/* Remainders: what of the features of one date lies in each zone, less what the other date covers of it, by method. */
#ifndef ZONE_ASK_REMAINDERS_H
#define ZONE_ASK_REMAINDERS_H

#include "base/context.h"
#include "base/exact.h"

/* Zeroed but for `methods` it is empty. */
typedef struct {
    size_t methods;
    uint32_t *zone;
    zone_exact *left; /* methods side by side, the asked one first */
    zone_exact *area; /* by the asked method, before anything was taken off; once it was kept */
    size_t count, zone_capacity, left_capacity;
    size_t *start; /* of each feature's; feature count + 1 */
    size_t start_capacity;
} zone_remainders;
void zone_remainders_free(zone_remainders *rest);

/* Room for so many features in all. */
zone_status zone_remainders_reserve(zone_context *ctx, zone_remainders *rest, size_t features);

/* Adds what a feature has in a zone by the asked method; features in their order, zones rising. zone_remainders_end
 * when the feature has no more. */
zone_status zone_remainders_add(zone_context *ctx, zone_remainders *rest, uint32_t zone, zone_exact area);
void zone_remainders_end(zone_remainders *rest, size_t feature);

/* The remainder of a feature in a zone, by method; NULL when it has nothing there. */
zone_exact *zone_remainders_find(const zone_remainders *rest, size_t feature, uint32_t zone);

/* Is something left of a feature that counts as a piece, in any zone? */
bool zone_remainders_leave(const zone_remainders *rest, size_t feature);

/* Keeps the areas as they are now. */
zone_status zone_remainders_keep(zone_context *ctx, zone_remainders *rest);

#endif
