/* Ties: rounding whole columns so that what is printed adds up, groups in the table and parts in their group. */
#include "base/table.h"
#include "base/units.h"

#include <stdlib.h>
#include <string.h>

/* The cells of a column and the runs of rows that are its groups. */
typedef struct {
    zone_exact *parts, *sums; /* of rows; of groups */
    zone_int128 *rounded;     /* of groups */
    size_t *first;            /* row of each group; one more behind the last */
    size_t group_count;
} tie_space;

static void close_space(tie_space *space)
{
    free(space->parts);
    free(space->sums);
    free(space->rounded);
    free(space->first);
}

static zone_status open_space(zone_context *ctx, tie_space *space, size_t rows)
{
    space->parts = zone_allocate(ctx, rows, sizeof *space->parts);
    space->sums = zone_allocate(ctx, rows, sizeof *space->sums);
    space->rounded = zone_allocate(ctx, rows, sizeof *space->rounded);
    space->first = zone_allocate(ctx, rows + 1, sizeof *space->first);
    return space->parts && space->sums && space->rounded && space->first ? ZONE_OK : ZONE_NO_MEMORY;
}

/* Groups are runs of equal text: rows of a group stand together in every table that has groups. */
static void find_groups(const zone_table *table, size_t column, tie_space *space)
{
    size_t rows = zone_table_row_count(table);
    int by = zone_table_group(table);
    const char *before = NULL;

    for (size_t r = 0; r < rows; r++) {
        const char *text = by >= 0 ? zone_table_text(table, r, (size_t)by) : NULL;
        bool same = r > 0 && (text && before ? strcmp(text, before) == 0 : text == before);
        if (!same)
            space->first[space->group_count++] = r;
        before = text;
        zone_exact *sum = &space->sums[space->group_count - 1];
        space->parts[r] = zone_table_area(table, r, column);
        zone_exact_add(*sum, space->parts[r], sum);
    }
    space->first[space->group_count] = rows;
}

static void round_one_by_one(const zone_table *table, size_t column, const zone_unit *unit, int decimals,
                             zone_int128 *rounded, zone_int128 *total)
{
    *total = zone_exact_round(zone_table_total(table, column), unit, decimals);
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        rounded[r] = zone_exact_round(zone_table_area(table, r, column), unit, decimals);
}

/* Each group to its own rounded sum. */
static void round_groups(tie_space *space, const zone_unit *unit, int decimals, zone_int128 *total)
{
    for (size_t g = 0; g < space->group_count; g++) {
        space->rounded[g] = zone_exact_round(space->sums[g], unit, decimals);
        *total += space->rounded[g];
    }
}

/* Parts row by row: those of row r are part[start[r]] … part[start[r + 1] - 1], in their order. */
static void sort_parts(const size_t *row, size_t count, size_t rows, size_t *start, size_t *part)
{
    for (size_t p = 0; p < count; p++)
        start[row[p] + 1]++;
    for (size_t r = 0; r < rows; r++)
        start[r + 1] += start[r];
    for (size_t p = count; p > 0; p--)
        part[--start[row[p - 1] + 1]] = p - 1;
    /* Now start[r + 1] is where row r begins. */
    for (size_t r = 0; r < rows; r++)
        start[r] = start[r + 1];
    start[rows] = count;
}

zone_status zone_table_tie_parts(zone_context *ctx, const zone_table *table, size_t column, zone_table *parts,
                                 int part_column, const size_t *row, const zone_unit *unit, int decimals)
{
    size_t rows = zone_table_row_count(table), count = zone_table_row_count(parts);
    size_t *start = zone_allocate(ctx, rows + 2, sizeof *start), *part = zone_allocate(ctx, count + 1, sizeof *part);
    zone_int128 *of_rows = zone_allocate(ctx, rows + 1, sizeof *of_rows), total = 0;
    zone_int128 *rounded = zone_allocate(ctx, count + 1, sizeof *rounded);
    zone_int128 *tied = zone_allocate(ctx, count + 1, sizeof *tied);
    zone_exact *areas = zone_allocate(ctx, count + 1, sizeof *areas);
    bool room = start && part && of_rows && rounded && tied && areas;
    zone_status status = room ? zone_table_round(ctx, table, column, unit, decimals, of_rows, &total) : ZONE_NO_MEMORY;

    if (!status) {
        sort_parts(row, count, rows, start, part);
        for (size_t i = 0; i < count; i++)
            areas[i] = zone_table_area(parts, part[i], (size_t)part_column);
        for (size_t r = 0; r < rows; r++)
            zone_exact_round_to(areas + start[r], start[r + 1] - start[r], unit, decimals, of_rows[r],
                                rounded + start[r]);
        for (size_t i = 0; i < count; i++)
            tied[part[i]] = rounded[i];
        zone_table_set_adjusted(parts, part_column, unit, decimals, tied);
    }
    free(start);
    free(part);
    free(of_rows);
    free(rounded);
    free(tied);
    free(areas);
    return status;
}

bool zone_table_ties(const zone_table *table)
{
    bool ties = false;

    for (size_t c = 0; c < zone_table_column_count(table); c++) {
        const zone_column *spec = zone_table_column(table, c);
        ties = ties || (spec->type == ZONE_COLUMN_AREA && (spec->adds || spec->ties));
    }
    return ties;
}

/* Has a column neighbours that it may be between? */
static bool is_between(const zone_table *table, size_t column)
{
    const zone_column *left = column > 0 ? zone_table_column(table, column - 1) : NULL;
    const zone_column *right = zone_table_column(table, column + 1);

    return zone_table_column(table, column)->between && left && right && left->type == ZONE_COLUMN_AREA &&
           right->type == ZONE_COLUMN_AREA && !left->between && !right->between;
}

/* The difference of both neighbours as they print; where one is empty, the cell's own area. */
static zone_status round_between(zone_context *ctx, const zone_table *table, size_t column, const zone_unit *unit,
                                 int decimals, zone_int128 *rounded, zone_int128 *total)
{
    size_t rows = zone_table_row_count(table);
    zone_int128 *right = zone_allocate(ctx, rows + 1, sizeof *right);
    zone_status status =
        right ? zone_table_round(ctx, table, column - 1, unit, decimals, rounded, total) : ZONE_NO_MEMORY;

    if (!status)
        status = zone_table_round(ctx, table, column + 1, unit, decimals, right, total);
    *total = 0;
    for (size_t r = 0; r < rows && !status; r++) {
        if (zone_table_is_null(table, r, column - 1) || zone_table_is_null(table, r, column + 1))
            rounded[r] = zone_exact_round(zone_table_area(table, r, column), unit, decimals);
        else
            rounded[r] -= right[r];
        *total += rounded[r];
    }
    free(right);
    return status;
}

zone_status zone_table_round(zone_context *ctx, const zone_table *table, size_t column, const zone_unit *unit,
                             int decimals, zone_int128 *rounded, zone_int128 *total)
{
    tie_space space = {0};
    zone_status status = ZONE_OK;

    *total = 0;
    if (zone_table_adjusted(table, column, unit, decimals, rounded, total))
        return ZONE_OK;
    const zone_column *spec = zone_table_column(table, column);
    if (is_between(table, column))
        return round_between(ctx, table, column, unit, decimals, rounded, total);
    if (!spec->adds && !spec->ties) {
        round_one_by_one(table, column, unit, decimals, rounded, total);
        return ZONE_OK;
    }
    status = open_space(ctx, &space, zone_table_row_count(table));
    if (!status) {
        find_groups(table, column, &space);
        if (spec->ties)
            round_groups(&space, unit, decimals, total);
        else
            zone_exact_round_all(space.sums, space.group_count, unit, decimals, space.rounded, total);
        for (size_t g = 0; g < space.group_count; g++)
            zone_exact_round_to(space.parts + space.first[g], space.first[g + 1] - space.first[g], unit, decimals,
                                space.rounded[g], rounded + space.first[g]);
    }
    close_space(&space);
    return status;
}
