/* The layout's findings, for zone_layout and zone_check. */
#ifndef ZONE_ASK_LAYOUT_H
#define ZONE_ASK_LAYOUT_H

#include "ask/elements.h"
#include "ask/finding.h"

/* Adds counts, names and rules, in the order of the plan, to a table of findings. */
zone_status zone_layout_findings(zone_context *ctx, const zone_plan *plan, zone_elements *elements,
                                 zone_projection *projection, zone_table *table);

#endif
