/* A trial: the sites of a batch before the layers of a plan, block by block, measured and ready to be judged. */
#ifndef ZONE_ASK_TRIAL_H
#define ZONE_ASK_TRIAL_H

#include "ask/holdings.h"
#include "ask/methods.h"
#include "ask/stream.h"

/* Layers that have a column of their own in the answer, whatever the checks are. */
#define ZONE_TRIAL_LANDUSE  "landuse"
#define ZONE_TRIAL_FARMLAND "farmland"
#define ZONE_TRIAL_REDLINE  "redline"

typedef struct {
    zone_context *ctx;
    const zone_plan *plan;
    const zone_sites *sites;
    zone_method method;
    zone_projection *projection;
    zone_methods methods; /* the asked one first, then all others */
    zone_crs *crs;
    double square;     /* m² in a square unit of the drawing plane; 0 where that has none (degrees) */
    zone_loaded zones; /* with its field for ids */
    size_t *zone_of;   /* member of the layer zones → index in plan->zones, or SIZE_MAX */
    zone_held *held;   /* the layers that the checks and quotas need */
    size_t held_count;
    double within[ZONE_PLAN_DISTANCES]; /* m: of the checks of what is near, each once */
    size_t within_count;
    zone_layer *all;         /* every site of the batch */
    double *border, *extent; /* of each: length of the border and area as drawn, in units of the plane */
    zone_block block;
    zone_result in_zones, in_sites; /* of the block's sites; `in_sites` holds each site itself, too, and
                                      has inside what several others hold together, where none holds it all */
} zone_trial;

/* `method` NULL: the plan's. Opens the layers. The sites may still be without any. Errors: those of opening layers;
 * ZONE_BAD_PLAN where a layer of a check has no polygons, or the plan's plane has no metres for a distance. */
zone_status zone_trial_open(zone_context *ctx, const zone_plan *plan, const zone_sites *sites, const char *method,
                            zone_trial *trial);
void zone_trial_close(zone_trial *trial);

/* After sites were added or changed, before the first block. */
zone_status zone_trial_begin(zone_trial *trial);

/* Measures the sites `first` … against every layer, in place of the block before. */
zone_status zone_trial_block(zone_trial *trial, size_t first, size_t count);

/* Which of the distances a check of what is near has. */
size_t zone_trial_distance(const zone_trial *trial, double within);

/* A layer by its key; NULL when no check needs it. */
const zone_held *zone_trial_held(const zone_trial *trial, const char *key);

/* The zones of the plan (plan->zones) that have something of a site: the only ones it may draw from. Rising, each once;
 * *zones is the caller's to free. */
zone_status zone_trial_zones(const zone_trial *trial, size_t site, size_t **zones, size_t *count);

/* What a zone of the plan has of a site's area, of its farmland (net or gross), of what is no construction today. */
zone_exact zone_trial_draw(const zone_trial *trial, size_t site, size_t zone, zone_draws draws);

/* m² of an area in the drawing plane (zone_piece.drawn); NAN where the plane has none. */
double zone_trial_plane(const zone_trial *trial, zone_int128 drawn);

#endif
