/* zone query */
#include "output.h"

int cmd_query(invocation *run);

int cmd_query(invocation *run)
{
    int failed = 0;
    zone_source_options from = source_options(run, &failed);
    zone_query_options options = {.size = sizeof options,
                                  .at = run->option.at,
                                  .plot = run->option.plot,
                                  .crs = run->option.crs,
                                  .within = option_number(run, "within", run->option.within, &failed),
                                  .nearest = (int)option_number(run, "nearest", run->option.nearest, &failed),
                                  .method = run->option.area};
    zone_plan *plan = NULL;
    zone_source *source = NULL;
    zone_table *table = NULL;
    zone_status status = ZONE_OK;

    if (failed)
        return failed;
    if (is_plan(run->operand[0]))
        status = zone_plan_open(run->ctx, run->operand[0], &plan);
    else
        status = zone_source_open(run->ctx, run->operand[0], &from, &source);
    if (!status)
        status = zone_query(run->ctx, plan, source, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(source);
    zone_plan_close(plan);
    return code;
}
