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

/* A plot is data of its own: how it is read is not what the data's options say, but for those that are of any data. */
static zone_source_options plot_options(const zone_source_options *data)
{
    return (zone_source_options){
        .size = sizeof(zone_source_options), .invalid = data->invalid, .any_driver = data->any_driver};
}

int cmd_query(invocation *run)
{
    zone_source_options from = data_options(run), plot_from = plot_options(&from);
    zone_query_options options = {.size = sizeof options,
                                  .at = run->option.at,
                                  .plot = run->option.plot,
                                  .crs = run->option.at_crs,
                                  .within = run->option.within,
                                  .nearest = run->option.nearest,
                                  .method = run->option.area,
                                  .plot_options = &plot_from};
    zone_plan *plan = NULL;
    zone_source *source = NULL, *plot = NULL;
    zone_table *table = NULL;
    int code = check_place(run);

    if (code)
        return code;
    zone_status status = is_plan(run->operand[0]) ? zone_plan_open(run->ctx, run->operand[0], &plan)
                                                  : open_data(run, run->operand[0], &from, &source);
    if (!status && options.plot && is_of_plan(options.plot)) {
        status = open_data(run, options.plot, &plot_from, &plot);
        options.plot_source = plot;
        options.plot = NULL;
    }
    if (!status)
        status = zone_query(run->ctx, plan, source, &options, &table);
    code = finish(run, status, table);
    zone_source_close(plot);
    zone_source_close(source);
    zone_plan_close(plan);
    return code;
}
