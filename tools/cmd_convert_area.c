/* zone convert-area */
#include "output.h"

#include <stdio.h>

int cmd_convert_area(invocation *run);

int cmd_convert_area(invocation *run)
{
    char figure[256];
    zone_table *table = NULL;

    /* '1590 mu', or 1590 mu as the shell takes it apart. */
    snprintf(figure, sizeof figure, "%s%s%s", run->operand[0], run->operand_count > 1 ? " " : "",
             run->operand_count > 1 ? run->operand[1] : "");
    zone_status status = zone_convert_area(run->ctx, figure, run->option.to, &table);
    return finish(run, status, table);
}
