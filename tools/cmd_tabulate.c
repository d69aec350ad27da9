/* zone tabulate */
#include "input.h"
#include "message.h"
#include "output.h"

int cmd_tabulate(invocation *run);

int cmd_tabulate(invocation *run)
{
    zone_source_options from = data_options(run);
    zone_source_options zones_from = {.size = sizeof zones_from,
                                      .crs = run->option.zones_crs,
                                      .crs_option = "--zones-crs",
                                      .invalid = from.invalid,
                                      .any_driver = from.any_driver};
    zone_tabulate_options options = {.size = sizeof options,
                                     .by = run->option.by,
                                     .zone_by = run->option.zone_by,
                                     .method = run->option.area,
                                     .explain = run->option.explain,
                                     .control = run->option.control,
                                     .scheme = run->option.scheme,
                                     .unit = run->option.unit,
                                     .pieces = run->option.pieces != NULL,
                                     .partial = run->option.partial != NULL};
    zone_source *data = NULL, *zones = NULL;
    zone_table *table = NULL;

    if (!run->option.zones)
        return usage_error(run, "tabulate", say(run, "the zones are missing", "缺少片区"), "--zones DATA");
    zone_status status = open_data(run, run->operand[0], &from, &data);
    if (!status)
        status = open_data(run, run->option.zones, &zones_from, &zones);
    if (!status)
        status = zone_tabulate(run->ctx, data, zones, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(zones);
    zone_source_close(data);
    return code;
}
