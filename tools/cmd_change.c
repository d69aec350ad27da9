/* zone change */
#include "input.h"
#include "message.h"
#include "output.h"

int cmd_change(invocation *run);

int cmd_change(invocation *run)
{
    zone_source_options from = data_options(run);
    zone_source_options zones_from = {.size = sizeof zones_from,
                                      .crs = run->option.zones_crs,
                                      .invalid = from.invalid,
                                      .any_driver = from.any_driver};
    zone_change_options options = {.size = sizeof options,
                                   .by = run->option.by,
                                   .by_new = run->option.by_new,
                                   .zone_by = run->option.zone_by,
                                   .method = run->option.area,
                                   .explain = run->option.explain,
                                   .pieces = run->option.pieces != NULL,
                                   .partial = run->option.partial != NULL};
    zone_source *old = NULL, *new = NULL, *zones = NULL;
    zone_table *table = NULL;

    if (!run->option.by)
        return usage_error(run, "change", say(run, "the field of classes is missing", "缺少地类字段"), "--by FIELD");
    if (run->option.zone_by && !run->option.zones)
        return usage_error(run, "--zone-by", say(run, "the zones are missing", "缺少片区"), "--zones DATA");
    zone_status status = open_data(run, run->operand[0], &from, &old);
    if (!status)
        status = open_data(run, run->operand[1], &from, &new);
    if (!status && run->option.zones)
        status = open_data(run, run->option.zones, &zones_from, &zones);
    if (!status)
        status = zone_change(run->ctx, old, new, zones, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(zones);
    zone_source_close(new);
    zone_source_close(old);
    return code;
}
