/* zone check */
#include "input.h"
#include "output.h"

int cmd_check(invocation *run);

int cmd_check(invocation *run)
{
    zone_plan_options options = {.size = sizeof options, .method = run->option.area, .explain = run->option.explain};
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    int code = need_plan(run);

    if (code)
        return code;
    zone_status status = zone_plan_open(run->ctx, run->operand[0], &plan);
    if (!status)
        status = zone_check(run->ctx, plan, &options, &table);
    zone_plan_close(plan);
    return finish(run, status, table);
}
