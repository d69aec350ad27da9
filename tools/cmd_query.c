/* zone query */
#include "input.h"
#include "message.h"
#include "output.h"

int cmd_query(invocation *run);

static int check_place(const invocation *run)
{
    if (!run->option.at == !run->option.plot)
        return usage_error(run, "query",
                           run->option.at ? say(run, "both --at and --plot", "同时给出了 --at 与 --plot")
                                          : say(run, "neither --at nor --plot", "缺少 --at 或 --plot"),
                           "--at X,Y | --plot WKT|DATA");
    return is_plan(run->operand[0]) ? refuse_data_options(run) : 0;
}

int cmd_query(invocation *run)
{
    zone_source_options from = data_options(run);
    zone_query_options options = {.size = sizeof options,
                                  .at = run->option.at,
                                  .plot = run->option.plot,
                                  .crs = run->option.at_crs,
                                  .within = run->option.within,
                                  .nearest = run->option.nearest,
                                  .method = run->option.area};
    zone_plan *plan = NULL;
    zone_source *source = NULL;
    zone_table *table = NULL;
    int code = check_place(run);

    if (code)
        return code;
    zone_status status = is_plan(run->operand[0]) ? zone_plan_open(run->ctx, run->operand[0], &plan)
                                                  : open_data(run, run->operand[0], &from, &source);
    if (!status)
        status = zone_query(run->ctx, plan, source, &options, &table);
    code = finish(run, status, table);
    zone_source_close(source);
    zone_plan_close(plan);
    return code;
}
