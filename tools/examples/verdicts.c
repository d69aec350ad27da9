/* The check of a plan: prints what was not met, and exits with 1 if anything was not.
 *
 *     verdicts geodata/jinlan.yaml
 */
#include <stdio.h>
#include <string.h>
#include <zone.h>

/* A cell, "" where it is empty or the table has no such column. */
static const char *cell(const zone_table *table, size_t row, const char *name)
{
    int column = zone_table_column_find(table, name);
    const char *text = column < 0 ? NULL : zone_table_text(table, row, (size_t)column);

    return text ? text : "";
}

static void print_verdicts(const zone_table *table)
{
    size_t judged = 0, met = 0;

    for (size_t row = 0; row < zone_table_row_count(table); row++) {
        const char *verdict = cell(table, row, "verdict");

        if (strcmp(verdict, "note") == 0)
            continue; /* told, not judged */
        judged++;
        if (strcmp(verdict, "met") == 0)
            met++;
        else
            printf("%s: %s of %s: declared %s, measured %s\n", verdict, cell(table, row, "check"),
                   cell(table, row, "of"), cell(table, row, "declared"), cell(table, row, "measured"));
    }
    printf("%zu of %zu met\n", met, judged);
}

int main(int count, char **arguments)
{
    zone_context *ctx = NULL;
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    zone_status status = zone_context_create(&ctx);

    if (!status)
        status = zone_plan_open(ctx, count > 1 ? arguments[1] : "", &plan);
    if (!status)
        status = zone_check(ctx, plan, NULL, &table);
    if (status)
        fprintf(stderr, "%s\n", zone_context_error_text(ctx));
    else
        print_verdicts(table);
    if (!status)
        status = zone_table_verdict(table);
    zone_table_free(table);
    zone_plan_close(plan);
    zone_context_free(ctx);
    return zone_status_exit_code(status);
}
