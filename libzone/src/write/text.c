/* Text for people: a title, aligned columns, a total, then the sections. */
#include "write/width.h"
#include "write/writer.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL = ZONE_SHOWN };

static const char *tell(const zone_writer *writer, const char *english)
{
    return zone_text(writer->language, english);
}

/* A cell for people: key words translated, nothing that a terminal would act on. */
static const char *shown(zone_writer *writer, const zone_table *table, size_t column, const char *value,
                         char safe[CELL])
{
    return zone_text_safe(zone_shown_word(writer, table, column, value), safe, CELL);
}

static void put_spaces(zone_writer *writer, size_t count)
{
    while (count-- > 0)
        zone_writer_put(writer, " ");
}

static size_t width_of_column(zone_writer *writer, const zone_table *table, const zone_cells *cells, size_t column)
{
    char text[CELL], safe[CELL];
    size_t width = zone_text_width(zone_shown_heading(writer, table, cells, column, text));
    size_t total = zone_text_width(zone_shown_total(writer, cells, column));

    for (size_t r = 0; r < cells->rows; r++) {
        size_t wide = zone_text_width(shown(writer, table, column, zone_cells_at(cells, r, column), safe));
        width = wide > width ? wide : width;
    }
    return total > width ? total : width;
}

/* How a table is laid out: the width of each column, 0 for those with nothing in them, and the last that is shown. */
typedef struct {
    size_t *width;
    size_t last;
} grid_layout;

/* A wider table than this is hard to read on a terminal: its text columns are narrowed and their cells wrapped. */
enum { WIDE = 132, NARROWED = 30 };

/* One cell of a line; the last column is not padded, so that lines do not end in blanks. */
static void put_cell(zone_writer *writer, const char *text, size_t width, bool right, bool last)
{
    size_t own = zone_text_width(text), blank = own < width ? width - own : 0;

    if (right)
        put_spaces(writer, blank);
    zone_writer_put(writer, text);
    if (!last)
        put_spaces(writer, (right ? 0 : blank) + 2);
}

/* A line of cells, continued on further lines while some cell has more to show. `cells` are cut as they are shown. */
static void put_line(zone_writer *writer, const zone_table *table, const grid_layout *layout, char (*cells)[CELL])
{
    size_t columns = zone_table_column_count(table);
    bool more = true;

    while (more) {
        more = false;
        for (size_t c = 0; c <= layout->last && c < columns; c++) {
            char part[CELL];
            size_t skip = 0, length = zone_text_break(cells[c], layout->width[c], &skip);
            if (layout->width[c] == 0)
                continue;
            snprintf(part, sizeof part, "%.*s", (int)length, cells[c]);
            put_cell(writer, part, layout->width[c], zone_table_column(table, c)->type != ZONE_COLUMN_TEXT,
                     c == layout->last);
            memmove(cells[c], cells[c] + length + skip, strlen(cells[c] + length + skip) + 1);
            more = more || cells[c][0] != '\0';
        }
        zone_writer_put(writer, "\n");
    }
}

static void put_rows(zone_writer *writer, const zone_table *table, const zone_cells *cells, const grid_layout *layout,
                     char (*line)[CELL])
{
    for (size_t c = 0; c < cells->columns; c++)
        zone_shown_heading(writer, table, cells, c, line[c]);
    put_line(writer, table, layout, line);
    for (size_t r = 0; r < cells->rows; r++) {
        for (size_t c = 0; c < cells->columns; c++)
            shown(writer, table, c, zone_cells_at(cells, r, c), line[c]);
        put_line(writer, table, layout, line);
    }
    for (size_t c = 0; c < cells->columns; c++)
        snprintf(line[c], CELL, "%s", zone_shown_total(writer, cells, c));
    if (cells->totals)
        put_line(writer, table, layout, line);
}

/* Empty columns are left out; wide tables get narrower text columns. */
static void lay_out(zone_writer *writer, const zone_table *table, const zone_cells *cells, grid_layout *layout)
{
    size_t whole = 0;

    for (size_t c = 0; c < cells->columns; c++) {
        bool filled = cells->rows == 0 || cells->total[c];
        for (size_t r = 0; r < cells->rows && !filled; r++)
            filled = *zone_cells_at(cells, r, c) != '\0';
        layout->width[c] = filled ? width_of_column(writer, table, cells, c) : 0;
        whole += filled ? layout->width[c] + 2 : 0;
        if (filled)
            layout->last = c;
    }
    for (size_t c = 0; c < cells->columns && whole > WIDE; c++)
        if (zone_table_column(table, c)->type == ZONE_COLUMN_TEXT && layout->width[c] > NARROWED)
            layout->width[c] = NARROWED;
}

static void put_grid(zone_writer *writer, const zone_table *table)
{
    zone_cells cells;
    grid_layout layout = {0};

    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return;
    }
    char(*line)[CELL] = zone_allocate(writer->ctx, cells.columns, sizeof *line);
    layout.width = zone_allocate(writer->ctx, cells.columns, sizeof *layout.width);
    if (line && layout.width) {
        lay_out(writer, table, &cells, &layout);
        put_rows(writer, table, &cells, &layout, line);
    } else {
        writer->failed = true;
    }
    free(line);
    free(layout.width);
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
             tell(writer, zone_table_ties(table)
                              ? "(%d decimals, rounded half away from zero; parts tie by largest remainder)"
                              : "(%d decimals, rounded half away from zero)"),
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

static void put_section(zone_writer *writer, const zone_table *table, const zone_section_text *which)
{
    const zone_table *section = zone_table_section(table, which->section);
    zone_writer own = *writer;

    if (!section || zone_table_row_count(section) == 0)
        return;
    own.decimals = which->fine ? 6 : writer->decimals;
    zone_writer_put(&own, "\n[");
    zone_writer_put(&own, tell(writer, which->title));
    zone_writer_put(&own, "]\n");
    if (which->section == ZONE_SECTION_PROVENANCE)
        put_provenance(&own, section);
    else
        put_grid(&own, section);
    writer->failed = own.failed;
}

void zone_write_text(zone_writer *writer, const zone_table *table, zone_parts parts, bool nested)
{
    char safe[CELL];

    if (parts != ZONE_PARTS_META) {
        zone_writer_put(writer, zone_text_safe(tell(writer, zone_table_title(table)), safe, sizeof safe));
        zone_writer_put(writer, "\n\n");
        put_grid(writer, table);
        put_rounding(writer, table);
    }
    for (const zone_section_text *section = zone_section_texts; section->title && parts != ZONE_PARTS_TABLE; section++)
        if (!nested || section->fine)
            put_section(writer, table, section);
}
