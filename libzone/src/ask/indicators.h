/* The form of an indicator, for zone_indicators and zone_check. */
#ifndef ZONE_ASK_INDICATORS_H
#define ZONE_ASK_INDICATORS_H

#include "plan/plan.h"

/* "well formed", or an English key for the first thing that is wrong with indicator `index` of the plan. */
const char *zone_indicator_form(const zone_plan *plan, size_t index);

#endif
