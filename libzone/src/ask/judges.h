/* Judges: all sites of a block judged on all cores. Nothing depends on their number. */
#ifndef ZONE_ASK_JUDGES_H
#define ZONE_ASK_JUDGES_H

#include "ask/judge.h"

/* results[i] is of site i of the trial's block; what they point to is in the arenas, one for each of `judges` threads.
 * `brief` and `pieces` as zone_judge_site has them. */
zone_status zone_judges_run(zone_trial *trial, bool brief, bool pieces, zone_arena *arenas, size_t judges,
                            zone_site_result *results);

#endif
