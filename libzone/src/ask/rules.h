/* Rules of the layout: named predicates over elements, each of which says what it measured. */
#ifndef ZONE_ASK_RULES_H
#define ZONE_ASK_RULES_H

#include "ask/elements.h"

typedef struct {
    bool met;
    const char *measured; /* in the context's memory; copied before anything else is opened */
    const char *margin;
    const char *place;
} zone_rule_result;

/* Applies a rule of the plan. A rule whose operand names nothing is not met and says so; errors are those of reading
 * layers. `projection`: of the plan's CRS, for rules that measure areas. */
zone_status zone_rule_apply(zone_context *ctx, zone_elements *elements, zone_projection *projection,
                            const zone_plan_rule *rule, zone_rule_result *result);

#endif
