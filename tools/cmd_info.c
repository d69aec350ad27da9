/* zone info */
#include "input.h"
#include "output.h"

int cmd_info(invocation *run);

int cmd_info(invocation *run)
{
    const char *operand = run->operand[0], *layer = NULL;
    zone_source_options options = data_options(run);
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    int code = is_plan(operand) ? refuse_data_options(run) : 0;

    if (code)
        return code;
    zone_status status = open_plan(run, operand, &plan, &layer);
    if (!status)
        status = zone_info(run->ctx, plan, plan ? layer : operand, &options, &table);
    zone_plan_close(plan);
    return finish(run, status, table);
}
