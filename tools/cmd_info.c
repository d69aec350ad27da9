/* zone info */
#include "input.h"
#include "output.h"

int cmd_info(invocation *run);

int cmd_info(invocation *run)
{
    const char *operand = run->operand[0];
    zone_source_options options = data_options(run);
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    zone_status status = ZONE_OK;
    int code = is_plan(operand) ? refuse_data_options(run) : 0;

    if (code)
        return code;
    if (is_plan(operand))
        status = zone_plan_open(run->ctx, operand, &plan);
    if (!status)
        status = zone_info(run->ctx, plan, plan ? NULL : operand, &options, &table);
    zone_plan_close(plan);
    return finish(run, status, table);
}
