/* Holdings: what of a layer of the plan lies in the sites of a block, feature by feature. The sites are kept in memory
 * and the layer is read past them, so that memory follows the sites and not the layer. */
#ifndef ZONE_ASK_HOLDINGS_H
#define ZONE_ASK_HOLDINGS_H

#include "ask/layers.h"
#include "ask/sites.h"

/* A run of sites that is measured at once. */
typedef struct {
    size_t first, count;                  /* of the sites of the batch */
    zone_batch batch;                     /* copies of them, without texts */
    const zone_layer *layer;              /* members are the sites of the block */
    zone_layer *own_layer;                /* the same where it was made for the block alone; else NULL */
    zone_batch near[ZONE_PLAN_DISTANCES]; /* each site widened by a distance; ids are numbers in the block */
    zone_layer *near_layer[ZONE_PLAN_DISTANCES];
} zone_block;

/* What a feature has in a site. */
typedef struct {
    uint32_t site;    /* in the block */
    uint32_t feature; /* in `kept` */
    uint32_t zone;    /* by zone only: member of the zones */
    zone_exact area;
    zone_int128 drawn; /* in the drawing plane, as zone_piece.drawn; 0 by zone */
    zone_exact repeat; /* of the area: counted with an earlier feature already */
} zone_holding;

/* Sorted by site, then feature (by zone: site, zone, feature). Those of site s are holding[start[s]] … */
typedef struct {
    zone_holding *holding;
    size_t *start;
    size_t count, capacity, start_capacity;
} zone_holding_list;

/* Texts that are kept of a feature. */
typedef enum { ZONE_HELD_ID, ZONE_HELD_CLASS, ZONE_HELD_RIDGE, ZONE_HELD_STATE, ZONE_HELD_WORDS } zone_held_word;

/* A layer of the plan as a batch of checks needs it. */
typedef struct {
    char *key;
    bool wanted[ZONE_HELD_WORDS];     /* set by the caller: roles whose texts are needed */
    bool drawn;                       /* set by the caller: features are kept with their rings, to be cut */
    bool by_zone;                     /* set by the caller: also by zone */
    bool beside[ZONE_PLAN_DISTANCES]; /* set by the caller: also what the widened sites have, by distance */
    zone_source *source;
    zone_crs *crs;
    double ridge_scale;
    int word_of[ZONE_HELD_WORDS]; /* which text of `kept` it is; -1: none */
    zone_books books;
    bool counted; /* the books are those of the first block */
    zone_batch kept;
    zone_holding_list in_sites, in_zones, near[ZONE_PLAN_DISTANCES];
    size_t most;  /* set by the caller: as ZONE_HELD_VERTICES, for tests; 0: that */
    bool *looked; /* by site of the block: for overlaps of its features among themselves */
    size_t looked_capacity;
    zone_exact twice; /* what sites hold of that, in all */
} zone_held;

/* By site, zone, feature. */
int zone_holding_order(const void *a, const void *b);

/* Features with more vertices in all than this are not looked at together for overlaps among themselves. */
#define ZONE_HELD_VERTICES ((size_t)2000000)

/* Opens the plan's layer `key`. Errors: those of zone_plan_source; ZONE_BAD_FIELD for a wanted class or state without
 * field. */
zone_status zone_held_open(zone_context *ctx, const zone_plan *plan, zone_held *held);
void zone_held_close(zone_held *held);

/* Sites `first` … of the batch, of which `all` is the layer, as a block, also widened by each of `distance_count`
 * distances in the plane's unit. */
zone_status zone_block_open(zone_context *ctx, const zone_sites *sites, const zone_layer *all, size_t first,
                            size_t count, const double *distances, size_t distance_count, zone_projection *projection,
                            zone_block *block);
void zone_block_drop_near(zone_block *block);   /* once the layers are read that are asked for what is near */
void zone_block_drop_layers(zone_block *block); /* once all are read */
void zone_block_close(zone_block *block);

/* Reads the layer past the block, in place of what was held before. `zones` is needed by zone only. */
zone_status zone_held_read(zone_context *ctx, zone_projection *projection, const zone_block *block,
                           const zone_layer *zones, zone_held *held);

/* A text of a feature that is kept; NULL when there is none. */
const char *zone_held_text(const zone_held *held, size_t feature, zone_held_word word);

#endif
