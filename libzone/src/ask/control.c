/* 平差 by the schemes of survey practice, in integers of the printed unit. */
#include "ask/control.h"

#include "base/units.h"

#include <stdlib.h>
#include <string.h>

static zone_status read_scheme(zone_context *ctx, const char *name, const bool *cut, zone_adjust_scheme *scheme)
{
    *scheme = ZONE_ADJUST_ALL;
    if (!name || strcmp(name, "all") == 0)
        return ZONE_OK;
    if (strcmp(name, "cut") != 0)
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--scheme", .what = "no such scheme of adjustment",
                         .found = zone_say(ctx, "%s", name), .expected = "all or cut");
    if (!cut)
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "the scheme cut needs zones that cut features",
                         .found = zone_say(ctx, "%s", name), .expected = "all",
                         .remedy = "zone tabulate … --scheme cut");
    *scheme = ZONE_ADJUST_CUT;
    return ZONE_OK;
}

enum { MOST_DECIMALS = 6 };

static int decimals_of(const char *text)
{
    const char *point = strchr(text, '.');
    size_t digits = point ? strspn(point + 1, "0123456789") : 0;

    return (int)digits;
}

/* The rows that have an area, and what becomes of them. */
typedef struct {
    size_t *row;
    bool *cut;
    zone_int128 *part; /* of those rows, in integers of the printed unit */
    size_t count;
    zone_int128 *adjusted; /* of all rows of the table; 0 where there is no area */
} share_list;

static zone_status open_shares(zone_context *ctx, const zone_table *table, int column, const bool *cut,
                               share_list *shares)
{
    size_t rows = zone_table_row_count(table);

    *shares = (share_list){.row = zone_allocate(ctx, rows, sizeof *shares->row),
                           .cut = zone_allocate(ctx, rows, sizeof *shares->cut),
                           .part = zone_allocate(ctx, rows, sizeof *shares->part),
                           .adjusted = zone_allocate(ctx, rows, sizeof *shares->adjusted)};
    if (!shares->row || !shares->cut || !shares->part || !shares->adjusted)
        return ZONE_NO_MEMORY;
    for (size_t r = 0; r < rows; r++)
        if (!zone_table_is_null(table, r, (size_t)column)) {
            shares->cut[shares->count] = cut && cut[r];
            shares->row[shares->count++] = r;
        }
    return ZONE_OK;
}

static void close_shares(share_list *shares)
{
    free(shares->row);
    free(shares->cut);
    free(shares->part);
    free(shares->adjusted);
}

/* Rounds every row by itself, as the practice that it follows does, adjusts, and writes the change of each row. False
 * when nothing may change or a part would fall below 0. */
static bool adjust(zone_table *table, int column, const zone_unit *unit, int decimals, zone_int128 control,
                   zone_adjust_scheme scheme, share_list *shares)
{
    char text[64];
    int change = zone_table_add_column(
        table, (zone_column){.name = "adjustment", .heading = "adjustment", .type = ZONE_COLUMN_TEXT});

    for (size_t i = 0; i < shares->count; i++)
        shares->part[i] = zone_exact_round(zone_table_area(table, shares->row[i], (size_t)column), unit, decimals);
    if (!zone_exact_adjust(shares->part, shares->count, control, scheme, shares->cut))
        return false;
    for (size_t i = 0; i < shares->count; i++) {
        size_t row = shares->row[i];
        zone_int128 before = zone_exact_round(zone_table_area(table, row, (size_t)column), unit, decimals);
        if (shares->part[i] < 0 && before >= 0)
            return false;
        shares->adjusted[row] = shares->part[i];
        zone_table_set_text(table, row, change,
                            zone_exact_print(shares->part[i] - before, decimals, text, sizeof text));
    }
    zone_table_set_adjusted(table, column, unit, decimals, shares->adjusted);
    return true;
}

zone_status zone_control_apply(zone_context *ctx, zone_table *table, int column, const char *control,
                               const char *scheme_name, const char *unit_name, const bool *cut)
{
    zone_adjust_scheme scheme = ZONE_ADJUST_ALL;
    const zone_unit *unit = zone_unit_find(unit_name);
    zone_exact area = 0;
    share_list shares;
    zone_status status = ZONE_OK;

    if (!control)
        return ZONE_OK;
    status = read_scheme(ctx, scheme_name, cut, &scheme);
    if (!status && !unit)
        status = zone_fail(ctx, ZONE_BAD_USAGE, .what = "an unknown unit", .found = zone_say(ctx, "%s", unit_name),
                           .expected = "m2, mu, wanmu, ha or km2");
    if (!status && (!zone_exact_parse(control, unit, &area) || area <= 0))
        status = zone_fail(ctx, ZONE_BAD_USAGE, .key = "--control", .what = "the control area is no number above 0",
                           .found = zone_say(ctx, "%s", control), .expected = "an area such as 1000000.00");
    int decimals = decimals_of(control);
    if (!status && decimals > MOST_DECIMALS)
        status = zone_fail(ctx, ZONE_BAD_USAGE, .key = "--control", .found = zone_say(ctx, "%s", control),
                           .expected = "at most 6 decimals");
    if (status)
        return status;
    status = open_shares(ctx, table, column, cut, &shares);
    zone_exact sum = zone_table_total(table, (size_t)column);
    if (!status && !adjust(table, column, unit, decimals, zone_exact_round(area, unit, decimals), scheme, &shares))
        status = zone_fail(ctx, ZONE_BAD_USAGE, .what = "the parts can't be forced to the control area",
                           .found = zone_say(ctx, "%s", control),
                           .expected = "parts that may change, and none of them below 0 afterwards");
    zone_table_add_closure(table, "control area", scheme == ZONE_ADJUST_CUT ? "cut" : "all", area, NULL);
    zone_table_add_closure(table, "control area less sum of parts", NULL, area - sum, NULL);
    close_shares(&shares);
    return status;
}
