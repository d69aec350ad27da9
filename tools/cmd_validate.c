/* zone validate */
#include "output.h"

int cmd_validate(invocation *run);

int cmd_validate(invocation *run)
{
    int failed = 0;
    zone_source_options from = source_options(run, &failed);
    zone_validate_options options = {.size = sizeof options,
                                     .narrow = option_number(run, "narrow", run->option.narrow, &failed),
                                     .tiny = option_number(run, "tiny", run->option.tiny, &failed),
                                     .no_coverage = run->option.no_coverage,
                                     .method = run->option.area};
    zone_source *source = NULL;
    zone_table *table = NULL;

    if (failed)
        return failed;
    zone_status status = zone_source_open(run->ctx, run->operand[0], &from, &source);
    if (!status)
        status = zone_validate(run->ctx, source, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(source);
    return code;
}
