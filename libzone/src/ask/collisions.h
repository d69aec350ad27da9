/* Collisions: members of one layer that overlap each other, and how much of each was already counted. */
#ifndef ZONE_ASK_COLLISIONS_H
#define ZONE_ASK_COLLISIONS_H

#include "kernel/overlay.h"

typedef struct {
    uint32_t first, second; /* members, first < second */
    zone_exact area;
} zone_collision;

/* Sorted by (first, second). Zeroed it is empty. */
typedef struct {
    zone_collision *pair;
    size_t count, capacity;
} zone_collisions;

void zone_collisions_free(zone_collisions *collisions);

/* The pairs of a finished layer. Crumbs (zone_piece_counts) are no collisions. */
zone_status zone_collisions_find(zone_context *ctx, const zone_layer *layer, zone_collisions *collisions);

/* Receives the part of `feature` that lies under earlier features and in `member` of the other layer. */
typedef zone_status (*zone_repeat_sink)(void *user, uint32_t feature, uint32_t member, zone_exact area);

/* What is counted more than once where the colliding features are overlaid with `within`: the sum of all pieces less
 * these repeats is the area of the union. Without `within` (NULL) everything is member 0. `batch` holds the features;
 * the pairs' members are its features. Where two features meet, the repeat is their intersection, exact. Where three or
 * more do, the later ones are trimmed by GEOS first: the vertices that this makes are rounded, so the repeat is good to
 * their edge model only. */
zone_status zone_collisions_repeat(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                   const zone_collisions *collisions, const zone_layer *within, zone_repeat_sink sink,
                                   void *user);

/* "3 × 7 (12.50 m²), …": the first five, with the ids of the members; in the context's memory. */
const char *zone_collisions_text(zone_context *ctx, const zone_collisions *collisions, const int64_t *ids);

#endif
