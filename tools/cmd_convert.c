/* zone convert */
#include "input.h"
#include "output.h"

int cmd_convert(invocation *run);

int cmd_convert(invocation *run)
{
    zone_source_options from = data_options(run);
    const zone_convert_options how = {sizeof how, run->option.to_crs, run->option.to_encoding};
    zone_source *source = NULL;
    zone_table *table = NULL;

    run->target = run->operand[1];
    int code = output_check_target(run);
    if (code)
        return code;
    zone_status status = open_data(run, run->operand[0], &from, &source);
    if (!status)
        status = zone_convert(run->ctx, source, &how, &table);
    code = finish(run, status, table);
    zone_source_close(source);
    return code;
}
