/* zone tabulate */
#include "output.h"

int cmd_tabulate(invocation *run);

int cmd_tabulate(invocation *run)
{
    int failed = 0;
    zone_source_options from = source_options(run, &failed);
    zone_source_options zones_from = {
        .size = sizeof zones_from, .invalid = from.invalid, .any_driver = from.any_driver};
    zone_tabulate_options options = {.size = sizeof options,
                                     .by = run->option.by,
                                     .zone_by = run->option.zone_by,
                                     .method = run->option.area,
                                     .explain = run->option.explain,
                                     .control = run->option.control,
                                     .scheme = run->option.scheme,
                                     .unit = run->option.unit};
    zone_source *source = NULL, *zones = NULL;
    zone_table *table = NULL;

    if (!failed && !run->option.zones)
        failed = usage_error(language_of(run->option.language), "the zones are missing", "缺少片区数据", "tabulate",
                             "--zones DATA");
    if (failed)
        return failed;
    zone_status status = zone_source_open(run->ctx, run->operand[0], &from, &source);
    if (!status)
        status = zone_source_open(run->ctx, run->option.zones, &zones_from, &zones);
    if (!status)
        status = zone_tabulate(run->ctx, source, zones, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(zones);
    zone_source_close(source);
    return code;
}
