/* zone area */
#include "input.h"
#include "output.h"

int cmd_area(invocation *run);

int cmd_area(invocation *run)
{
    zone_source_options from = data_options(run);
    zone_area_options options = {.size = sizeof options,
                                 .by = run->option.by,
                                 .method = run->option.area,
                                 .explain = run->option.explain,
                                 .control = run->option.control,
                                 .scheme = run->option.scheme,
                                 .unit = run->option.unit,
                                 .partial = run->option.partial != NULL};
    zone_source *source = NULL;
    zone_table *table = NULL;
    zone_status status = open_data(run, run->operand[0], &from, &source);

    if (!status)
        status = zone_area(run->ctx, source, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(source);
    return code;
}
