/* zone indicators */
#include "input.h"
#include "output.h"

int cmd_indicators(invocation *run);

int cmd_indicators(invocation *run)
{
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    int code = need_plan(run);

    if (code)
        return code;
    zone_status status = zone_plan_open(run->ctx, run->operand[0], &plan);
    if (!status)
        status = zone_indicators(run->ctx, plan, NULL, &table);
    zone_plan_close(plan);
    return finish(run, status, table);
}
