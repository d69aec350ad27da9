/* Judges: all sites of a block judged on all cores. Nothing depends on their number. */
#ifndef ZONE_ASK_JUDGES_H
#define ZONE_ASK_JUDGES_H

#include "ask/judge.h"

/* Receives sites of the block once they and all before them are judged: some at a time, in their order. One call at a
 * time, with the context of the trial, from whatever thread judged them. */
typedef zone_status (*zone_judged_sink)(zone_context *ctx, void *user, size_t first, size_t count);

typedef struct {
    bool brief, pieces; /* as zone_judge_site has them */
    zone_arena *arenas; /* of each judge: what results point to */
    size_t judges;      /* threads */
    const bool *known;  /* by site of the block: has its result already. NULL: none has */
    zone_judged_sink judged;
    void *user;
} zone_bench;

/* results[i] is of site i of the trial's block. */
zone_status zone_judges_run(zone_trial *trial, const zone_bench *bench, zone_site_result *results);

#endif
