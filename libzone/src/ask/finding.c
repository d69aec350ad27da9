/* Findings as rows of a table. */
#include "ask/finding.h"

#include <string.h>

static const char *const columns[] = {"check", "of", "declared", "measured", "difference", "margin", "remark", "place"};
enum { TEXTS = sizeof columns / sizeof *columns, VERDICT = 0 };

zone_table *zone_findings_create(const char *question)
{
    zone_table *table = zone_table_create(question);

    zone_table_add_column(
        table, (zone_column){.name = "verdict", .heading = "verdict", .type = ZONE_COLUMN_TEXT, .verdict = true});
    for (int i = 0; i < TEXTS; i++)
        zone_table_add_column(
            table,
            (zone_column){.name = columns[i], .heading = columns[i], .type = ZONE_COLUMN_TEXT, .verdict = i == 0});
    zone_table_add_column(table, (zone_column){.name = "line", .heading = "line", .type = ZONE_COLUMN_INTEGER});
    return table;
}

void zone_findings_add(zone_table *table, const zone_finding *finding)
{
    static const char *const verdicts[] = {"met", "unmet", "note"};
    const char *texts[TEXTS] = {finding->check,      finding->of,     finding->declared, finding->measured,
                                finding->difference, finding->margin, finding->remark,   finding->place};
    size_t row = zone_table_add_row(table);

    zone_table_set_text(table, row, VERDICT, verdicts[finding->verdict]);
    for (int i = 0; i < TEXTS; i++)
        zone_table_set_text(table, row, 1 + i, texts[i]);
    if (finding->line > 0)
        zone_table_set_integer(table, row, 1 + TEXTS, finding->line);
}

void zone_findings_judge(zone_context *ctx, zone_table *table)
{
    size_t met = 0, unmet = 0;

    for (size_t r = 0; r < zone_table_row_count(table); r++) {
        const char *verdict = zone_table_text(table, r, VERDICT);
        met += verdict && strcmp(verdict, "met") == 0;
        unmet += verdict && strcmp(verdict, "unmet") == 0;
    }
    zone_table_set_verdict(table, unmet ? ZONE_UNMET : ZONE_OK);
    zone_table_set_title(table, zone_say(ctx, "%s: %zu met, %zu not met", zone_table_title(table), met, unmet));
}
