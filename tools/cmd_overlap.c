/* zone overlap */
#include "input.h"
#include "output.h"

int cmd_overlap(invocation *run);

int cmd_overlap(invocation *run)
{
    zone_source_options from = data_options(run);
    zone_overlap_options options = {.size = sizeof options,
                                    .by = run->option.by,
                                    .method = run->option.area,
                                    .pieces = run->option.pieces != NULL,
                                    .explain = run->option.explain};
    zone_source *source = NULL;
    zone_table *table = NULL;
    zone_status status = open_data(run, run->operand[0], &from, &source);

    if (!status)
        status = zone_overlap(run->ctx, source, &options, &table);
    int code = finish(run, status, table);
    zone_source_close(source);
    return code;
}
