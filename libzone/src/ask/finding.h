/* Findings: the lines of zone_check and zone_layout. What was declared, what was measured, verdict, margin. */
#ifndef ZONE_ASK_FINDING_H
#define ZONE_ASK_FINDING_H

#include "base/table.h"

typedef enum { ZONE_FINDING_MET, ZONE_FINDING_UNMET, ZONE_FINDING_NOTE } zone_finding_verdict;

/* Texts are borrowed until the finding is added; NULL is an empty cell. */
typedef struct {
    const char *check; /* English key: "area", "farmland", "count", "near_centroid", … */
    const char *of;
    const char *declared, *measured, *difference;
    const char *margin; /* how far to the other verdict */
    const char *remark; /* other area methods, the plan's words */
    const char *place;  /* "x y" of the worst spot */
    zone_finding_verdict verdict;
    int line; /* of the plan file; 0: none */
} zone_finding;

/* A table of findings, and one more line in it. zone_findings_judge sets the table's verdict and adds the count of
 * lines met and not met to the provenance. */
zone_table *zone_findings_create(const char *question);
void zone_findings_add(zone_table *table, const zone_finding *finding);
void zone_findings_judge(zone_context *ctx, zone_table *table);

#endif
