/* Cells as texts: the only place where areas are rounded for print. */
#include "write/writer.h"

#include "base/number.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void zone_writer_put_bytes(zone_writer *writer, const char *bytes, size_t count)
{
    if (!writer->failed && count > 0 && writer->sink(writer->user, bytes, count) != 0)
        writer->failed = true;
}

void zone_writer_put(zone_writer *writer, const char *text)
{
    zone_writer_put_bytes(writer, text, strlen(text));
}

void zone_cells_free(zone_cells *cells)
{
    for (size_t c = 0; cells->label && c < cells->columns; c++)
        free(cells->label[c]);
    for (size_t c = 0; cells->total && c < cells->columns; c++)
        free(cells->total[c]);
    zone_arena_free(&cells->texts);
    free((void *)cells->cell);
    free(cells->label);
    free(cells->total);
    free((void *)cells->unit);
    *cells = (zone_cells){0};
}

const char *zone_cells_at(const zone_cells *cells, size_t row, size_t column)
{
    const char *text = cells->cell[row * cells->columns + column];

    return text ? text : "";
}

const zone_section_text zone_section_texts[] = {
    {ZONE_SECTION_FINDINGS, "findings", false},        {ZONE_SECTION_LEDGER, "ledger", false},
    {ZONE_SECTION_COMPLETENESS, "completeness", true}, {ZONE_SECTION_CLOSURE, "closure", true},
    {ZONE_SECTION_PROVENANCE, "provenance", true},     {ZONE_SECTION_COUNT, NULL, false}};

size_t zone_cells_findings(const zone_cells *rows, size_t row, const zone_cells *findings, size_t from)
{
    size_t to = from;

    while (rows->columns && findings->columns && to < findings->rows &&
           strcmp(zone_cells_at(findings, to, 0), zone_cells_at(rows, row, 0)) == 0)
        to++;
    return to;
}

static zone_status put_cell(zone_writer *writer, zone_cells *cells, size_t row, size_t column, const char *text)
{
    const char **cell = &cells->cell[row * cells->columns + column];

    *cell = zone_arena_copy(writer->ctx, &cells->texts, text);
    return text && !*cell ? ZONE_NO_MEMORY : ZONE_OK;
}

static zone_status make_areas(zone_writer *writer, const zone_table *table, size_t column, zone_cells *cells)
{
    int own_decimals = 0, decimals = writer->decimals;
    const zone_unit *unit = zone_table_adjusted_unit(table, column, &own_decimals);
    zone_int128 *rounded = zone_allocate(writer->ctx, cells->rows, sizeof *rounded), total = 0;
    char text[64];
    zone_status status = rounded ? ZONE_OK : ZONE_NO_MEMORY;

    if (unit)
        decimals = own_decimals;
    cells->unit[column] = unit ? unit : writer->unit;
    if (!status)
        status = zone_table_round(writer->ctx, table, column, cells->unit[column], decimals, rounded, &total);
    for (size_t r = 0; r < cells->rows && !status; r++)
        if (!zone_table_is_null(table, r, column))
            status = put_cell(writer, cells, r, column, zone_exact_print(rounded[r], decimals, text, sizeof text));
    if (!status && zone_table_column(table, column)->adds) {
        cells->total[column] = zone_copy_text(writer->ctx, zone_exact_print(total, decimals, text, sizeof text));
        cells->totals = cells->totals || cells->rows > 0;
    }
    free(rounded);
    return status;
}

static zone_status make_numbers(zone_writer *writer, const zone_table *table, size_t column, zone_cells *cells)
{
    const zone_column *spec = zone_table_column(table, column);
    bool adds = spec->adds && spec->type == ZONE_COLUMN_INTEGER;
    int64_t total = 0;
    char text[400];
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < cells->rows && !status; r++) {
        if (zone_table_is_null(table, r, column))
            continue;
        if (spec->type == ZONE_COLUMN_INTEGER)
            zone_exact_print(zone_table_integer(table, r, column), 0, text, sizeof text);
        else
            zone_number_print(text, sizeof text, "%.*f", spec->decimals, zone_table_number(table, r, column));
        status = put_cell(writer, cells, r, column, text);
        if (!status && adds && __builtin_add_overflow(total, zone_table_integer(table, r, column), &total))
            status = zone_fail(writer->ctx, ZONE_TOO_LARGE, .what = NULL);
    }
    if (!status && adds) {
        snprintf(text, sizeof text, "%lld", (long long)total);
        cells->total[column] = zone_copy_text(writer->ctx, text);
    }
    return status;
}

/* A geometry as hexadecimal digits, as databases write it. */
static zone_status make_geometries(zone_writer *writer, const zone_table *table, size_t column, zone_cells *cells)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t r = 0; r < cells->rows; r++) {
        size_t size = 0;
        const unsigned char *wkb = zone_table_geometry(table, r, column, &size);
        if (!wkb)
            continue;
        char *text = zone_arena_take(writer->ctx, &cells->texts, 2 * size + 1);
        if (!text)
            return ZONE_NO_MEMORY;
        for (size_t i = 0; i < size; i++) {
            text[2 * i] = digits[wkb[i] >> 4];
            text[2 * i + 1] = digits[wkb[i] & 15];
        }
        text[2 * size] = '\0';
        cells->cell[r * cells->columns + column] = text;
    }
    return ZONE_OK;
}

static zone_status make_label(zone_writer *writer, const zone_table *table, size_t column, zone_cells *cells)
{
    const char *name = zone_table_column(table, column)->name;
    const char *unit = cells->unit[column] ? cells->unit[column]->name : "";
    size_t length = zone_text_mend(name, NULL), size = length + strlen(unit) + 2;
    char *label = zone_allocate(writer->ctx, size, 1);

    cells->label[column] = label;
    if (!label)
        return ZONE_NO_MEMORY;
    zone_text_mend(name, label);
    if (*unit)
        snprintf(label + length, size - length, "_%s", unit);
    return ZONE_OK;
}

zone_status zone_cells_make(zone_writer *writer, const zone_table *table, zone_cells *cells)
{
    zone_status status = ZONE_OK;

    *cells = (zone_cells){.rows = zone_table_row_count(table), .columns = zone_table_column_count(table)};
    cells->cell = zone_allocate(writer->ctx, cells->rows * cells->columns, sizeof *cells->cell);
    cells->label = zone_allocate(writer->ctx, cells->columns, sizeof *cells->label);
    cells->total = zone_allocate(writer->ctx, cells->columns, sizeof *cells->total);
    cells->unit = zone_allocate(writer->ctx, cells->columns, sizeof *cells->unit);
    if (!cells->cell || !cells->label || !cells->total || !cells->unit)
        status = ZONE_NO_MEMORY;
    for (size_t c = 0; c < cells->columns && !status; c++) {
        zone_column_type type = zone_table_column(table, c)->type;
        if (type == ZONE_COLUMN_AREA)
            status = make_areas(writer, table, c, cells);
        else if (type == ZONE_COLUMN_GEOMETRY)
            status = make_geometries(writer, table, c, cells);
        else if (type != ZONE_COLUMN_TEXT)
            status = make_numbers(writer, table, c, cells);
        for (size_t r = 0; type == ZONE_COLUMN_TEXT && r < cells->rows && !status; r++)
            cells->cell[r * cells->columns + c] = zone_table_text(table, r, c);
        if (!status)
            status = make_label(writer, table, c, cells);
    }
    if (status)
        zone_cells_free(cells);
    return status;
}
