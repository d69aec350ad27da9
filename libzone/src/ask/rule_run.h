/* A rule of the layout at work; for the files that hold rules. */
#ifndef ZONE_ASK_RULE_RUN_H
#define ZONE_ASK_RULE_RUN_H

#include "ask/rules.h"

/* Operands found, the union of each. operand[0] is `of`. */
enum { ZONE_RULE_OPERANDS = 16 };
typedef struct {
    zone_context *ctx;
    zone_elements *elements;
    zone_projection *projection;
    const zone_plan_rule *rule;
    zone_rule_result *result;
    zone_operand operand[ZONE_RULE_OPERANDS];
    zone_geometry *shape[ZONE_RULE_OPERANDS];
    size_t count;
    double metres; /* in a unit of the plane */
} zone_rule_run;

typedef zone_status (*zone_rule_function)(zone_rule_run *run);

/* In metres. met: value ≤ limit. */
void zone_rule_judge_most(zone_rule_run *run, double value, double limit);
void zone_rule_say_place(zone_rule_run *run, double x, double y);

/* In metres: NAN when GEOS fails. */
double zone_rule_distance(const zone_rule_run *run, const zone_geometry *a, const zone_geometry *b);

/* An operand widened by the tolerance; a point. The caller's. */
zone_status zone_rule_buffer(zone_rule_run *run, size_t operand, zone_geometry **out);
zone_status zone_rule_point(zone_rule_run *run, double x, double y, zone_geometry **point);

/* The rules on lines (line_rules.c). */
zone_status zone_rule_closed(zone_rule_run *run);
zone_status zone_rule_made_of(zone_rule_run *run);
zone_status zone_rule_follows(zone_rule_run *run);
zone_status zone_rule_crosses(zone_rule_run *run);
zone_status zone_rule_meets_inside(zone_rule_run *run);
zone_status zone_rule_leaves_from(zone_rule_run *run);
zone_status zone_rule_passes(zone_rule_run *run);
zone_status zone_rule_links(zone_rule_run *run);

#endif
