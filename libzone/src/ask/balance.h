/* The balance of a plan's land: areas of its zones, adjustment need, built and available land. Each layer is read once,
 * when it is first asked for. */
#ifndef ZONE_ASK_BALANCE_H
#define ZONE_ASK_BALANCE_H

#include "ask/layers.h"

typedef struct zone_balance zone_balance;

/* Stands for plan->whole where a zone's index is asked. */
#define ZONE_BALANCE_WHOLE SIZE_MAX

/* `method` NULL: the plan's. The plan must outlive the balance. */
zone_status zone_balance_open(zone_context *ctx, const zone_plan *plan, const char *method, zone_balance **balance);
void zone_balance_close(zone_balance *balance);
const zone_method *zone_balance_method(const zone_balance *balance);

/* What a declared figure is about (zone_plan_declared.what), measured in a zone (index in plan->zones):
 *   area       of the zone; of the whole: of the layer boundary
 *   farmland   farmland that planned construction lies on, gross
 *   built      land of projects built or under construction, by the layer status
 *   available  land of projects still available
 * Of the whole, all but area are the sum of the zones. Errors: those of reading the layers; ZONE_BAD_LAYER for a zone
 * of the plan that the layer zones lacks; ZONE_BAD_USAGE for another word. */
zone_status zone_balance_measure(zone_context *ctx, zone_balance *balance, size_t zone, const char *what,
                                 zone_exact *area);

/* Farmland by what lies on it. Net is gross × (1 - ridge coefficient) of each farmland feature. Where farmland features
 * overlap each other, land counts once, for the first of them. */
typedef enum {
    ZONE_NEED_PLANNED, /* planned construction: the adjustment need */
    ZONE_NEED_BUILT,   /* land that is construction today by the layer landuse (0 without one) */
    ZONE_NEED_OTHER,   /* planned for orchards, woods, grass, wetland, facilities (first level 02 to 06) */
    ZONE_NEED_KINDS
} zone_need_kind;

typedef struct {
    uint64_t pieces;
    zone_exact gross, net;
} zone_need;
zone_status zone_balance_need(zone_context *ctx, zone_balance *balance, size_t zone, zone_need_kind kind,
                              zone_need *need);

/* Completeness, closure (what was counted more than once) and provenance of the layers read so far, into `table`. */
void zone_balance_books(zone_context *ctx, zone_balance *balance, zone_table *table);

#endif
