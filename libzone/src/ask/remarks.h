/* Remarks: what a finding says beside its numbers, in the language of the context. */
#ifndef ZONE_ASK_REMARKS_H
#define ZONE_ASK_REMARKS_H

#include "ask/claimed.h"
#include "ask/take.h"

/* Texts are in the context's memory; NULL: nothing to say. */

/* Which features, classes or sites were met, and with how much; slivers; what only the area method makes. */
const char *zone_remark_take(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take);

/* "phase1 62.10 %, resort 37.90 %"; "" for a site in no zone. */
const char *zone_remark_zones(zone_trial *trial, size_t site);

const char *zone_remark_claim(zone_context *ctx, const zone_claimed *claim, zone_exact computed);

/* "123.45 m2"; exact: "123.450000 m2". */
const char *zone_remark_area(zone_context *ctx, zone_exact area);
const char *zone_remark_exact_area(zone_context *ctx, zone_exact area);

#endif
