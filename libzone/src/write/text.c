/* Text for people: a title, aligned columns, a total, then completeness, closure and provenance. */
#include "write/width.h"
#include "write/writer.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL = 2048 };

static const char *tell(const zone_writer *writer, const char *english)
{
    return zone_text(writer->language, english);
}

/* Heading of a column: its words, then the unit of areas. */
static const char *heading(const zone_writer *writer, const zone_table *table, const zone_cells *cells, size_t column,
                           char text[256])
{
    const zone_column *spec = zone_table_column(table, column);
    const char *words = tell(writer, spec->heading ? spec->heading : spec->name);

    if (spec->type == ZONE_COLUMN_AREA)
        snprintf(text, 256, "%s (%s)", words,
                 writer->language == ZONE_CHINESE ? cells->unit[column]->chinese : cells->unit[column]->symbol);
    else if (spec->unit)
        snprintf(text, 256, "%s (%s)", words, spec->unit);
    else
        snprintf(text, 256, "%s", words);
    return text;
}

/* A cell for people: key words translated, nothing that a terminal would act on. */
static const char *shown(const zone_writer *writer, const zone_table *table, size_t column, const char *value,
                         char safe[CELL])
{
    if (zone_table_column(table, column)->verdict)
        value = tell(writer, value);
    return zone_text_safe(value, safe, CELL);
}

static void put_spaces(zone_writer *writer, size_t count)
{
    while (count-- > 0)
        zone_writer_put(writer, " ");
}

static size_t width_of_column(const zone_writer *writer, const zone_table *table, const zone_cells *cells,
                              size_t column)
{
    char text[256], safe[CELL];
    size_t width = zone_text_width(heading(writer, table, cells, column, text));

    for (size_t r = 0; r < cells->rows; r++) {
        size_t wide = zone_text_width(shown(writer, table, column, zone_cells_at(cells, r, column), safe));
        width = wide > width ? wide : width;
    }
    if (cells->total[column] && zone_text_width(cells->total[column]) > width)
        width = zone_text_width(cells->total[column]);
    return width;
}

/* One cell of a line; the last column is not padded, so that long texts make no long lines of blanks. */
static void put_cell(zone_writer *writer, const char *text, size_t width, bool right, bool last)
{
    size_t own = zone_text_width(text), blank = own < width ? width - own : 0;

    if (right)
        put_spaces(writer, blank);
    zone_writer_put(writer, text);
    if (!right && !last)
        put_spaces(writer, blank);
    zone_writer_put(writer, last ? "\n" : "  ");
}

static void put_rows(zone_writer *writer, const zone_table *table, const zone_cells *cells, const size_t *widths)
{
    char safe[CELL];

    for (size_t r = 0; r < cells->rows; r++)
        for (size_t c = 0; c < cells->columns; c++)
            put_cell(writer, shown(writer, table, c, zone_cells_at(cells, r, c), safe), widths[c],
                     zone_table_column(table, c)->type != ZONE_COLUMN_TEXT, c + 1 == cells->columns);
}

static void put_totals(zone_writer *writer, const zone_cells *cells, const size_t *widths)
{
    for (size_t c = 0; c < cells->columns; c++) {
        const char *text = cells->total[c] ? cells->total[c] : c == 0 ? tell(writer, "total") : "";
        put_cell(writer, text, widths[c], cells->total[c] != NULL, c + 1 == cells->columns);
    }
}

static void put_grid(zone_writer *writer, const zone_table *table)
{
    zone_cells cells;
    size_t *widths = NULL;
    char text[256];

    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return;
    }
    widths = zone_allocate(writer->ctx, cells.columns, sizeof *widths);
    if (!widths)
        writer->failed = true;
    for (size_t c = 0; widths && c < cells.columns; c++)
        widths[c] = width_of_column(writer, table, &cells, c);
    for (size_t c = 0; widths && c < cells.columns; c++)
        put_cell(writer, heading(writer, table, &cells, c, text), widths[c],
                 zone_table_column(table, c)->type != ZONE_COLUMN_TEXT, c + 1 == cells.columns);
    if (widths) {
        put_rows(writer, table, &cells, widths);
        if (cells.totals)
            put_totals(writer, &cells, widths);
    }
    free(widths);
    zone_cells_free(&cells);
}

static void put_rounding(zone_writer *writer, const zone_table *table)
{
    bool areas = false;
    char line[256];

    for (size_t c = 0; c < zone_table_column_count(table); c++)
        areas = areas || zone_table_column_type(table, c) == ZONE_COLUMN_AREA;
    if (!areas)
        return;
    snprintf(line, sizeof line,
             tell(writer, "(%d decimals, rounded half away from zero; parts tie by largest remainder)"),
             writer->decimals);
    zone_writer_put(writer, line);
    zone_writer_put(writer, "\n");
}

/* Item and value of provenance: one line each. Item words are keys of the catalogue. */
static void put_provenance(zone_writer *writer, const zone_table *section)
{
    char safe[CELL];

    for (size_t r = 0; r < zone_table_row_count(section); r++) {
        zone_writer_put(writer, "  ");
        zone_writer_put(writer, tell(writer, zone_table_text(section, r, 0)));
        zone_writer_put(writer, tell(writer, ": "));
        zone_writer_put(writer, zone_text_safe(zone_table_text(section, r, 1), safe, sizeof safe));
        zone_writer_put(writer, "\n");
    }
}

static void put_sections(zone_writer *writer, const zone_table *table)
{
    static const char *const titles[] = {"completeness", "closure", "provenance"};
    zone_writer fine = *writer;

    fine.decimals = 6; /* a residual must not be rounded to nothing */
    for (int s = 0; s < ZONE_SECTION_COUNT; s++) {
        const zone_table *section = zone_table_section(table, (zone_section)s);
        if (!section || zone_table_row_count(section) == 0)
            continue;
        zone_writer_put(&fine, "\n[");
        zone_writer_put(&fine, tell(writer, titles[s]));
        zone_writer_put(&fine, "]\n");
        if (s == ZONE_SECTION_PROVENANCE)
            put_provenance(&fine, section);
        else
            put_grid(&fine, section);
    }
    writer->failed = fine.failed;
}

void zone_write_text(zone_writer *writer, const zone_table *table, zone_parts parts)
{
    char safe[CELL];

    if (parts != ZONE_PARTS_META) {
        zone_writer_put(writer, zone_text_safe(tell(writer, zone_table_title(table)), safe, sizeof safe));
        zone_writer_put(writer, "\n\n");
        put_grid(writer, table);
        put_rounding(writer, table);
    }
    if (parts != ZONE_PARTS_TABLE)
        put_sections(writer, table);
}
