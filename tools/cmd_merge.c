/* zone merge */
#include "output.h"

int cmd_merge(invocation *run);

int cmd_merge(invocation *run)
{
    zone_merge_options options = {.size = sizeof options,
                                  .control = run->option.control,
                                  .scheme = run->option.scheme,
                                  .unit = run->option.unit,
                                  .partial = run->option.partial != NULL};
    zone_table *table = NULL;
    zone_status status = zone_merge(run->ctx, run->operand, (size_t)run->operand_count, &options, &table);

    return finish(run, status, table);
}
