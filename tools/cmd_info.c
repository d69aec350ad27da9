/* zone info */
#include "output.h"

int cmd_info(invocation *run);

int cmd_info(invocation *run)
{
    int failed = 0;
    zone_source_options from = source_options(run, &failed);
    bool plan_given = is_plan(run->operand[0]);
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    zone_status status = ZONE_OK;

    if (failed)
        return failed;
    if (plan_given)
        status = zone_plan_open(run->ctx, run->operand[0], &plan);
    if (!status)
        status = zone_info(run->ctx, plan, plan_given ? NULL : run->operand[0], &from, &table);
    zone_plan_close(plan);
    return finish(run, status, table);
}
