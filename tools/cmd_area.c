/* zone area */
#include "output.h"

int cmd_area(invocation *run);

int cmd_area(invocation *run)
{
    int failed = 0;
    zone_source_options from = source_options(run, &failed);
    zone_area_options options = {.size = sizeof options,
                                 .by = run->option.by,
                                 .method = run->option.area,
                                 .explain = run->option.explain,
                                 .control = run->option.control,
                                 .scheme = run->option.scheme,
                                 .unit = run->option.unit};
    zone_source *source = NULL;
    zone_table *table = NULL;

    if (failed)
        return failed;
    zone_status status = zone_source_open(run->ctx, run->operand[0], &from, &source);
    if (!status)
        status = zone_area(run->ctx, source, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(source);
    return code;
}
