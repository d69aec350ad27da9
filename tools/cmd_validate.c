/* zone validate */
#include "input.h"
#include "output.h"

int cmd_validate(invocation *run);

int cmd_validate(invocation *run)
{
    zone_source_options from = data_options(run);
    zone_validate_options options = {.size = sizeof options,
                                     .narrow = run->option.narrow,
                                     .tiny = run->option.tiny,
                                     .no_coverage = run->option.no_coverage,
                                     .method = run->option.area};
    zone_source *source = NULL;
    zone_table *table = NULL;
    zone_status status = open_data(run, run->operand[0], &from, &source);

    if (!status)
        status = zone_validate(run->ctx, source, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(source);
    return code;
}
