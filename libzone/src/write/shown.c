/* What people are shown of a table: headings with their unit, key words in their language, totals. */
#include "write/writer.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

const char *zone_shown_heading(const zone_writer *writer, const zone_table *table, const zone_cells *cells,
                               size_t column, char text[ZONE_SHOWN])
{
    const zone_column *spec = zone_table_column(table, column);
    const char *words = zone_text(writer->language, spec->heading ? spec->heading : spec->name);
    const char *unit = spec->unit ? zone_text(writer->language, spec->unit) : NULL;
    enum { REST = 64 }; /* room for number and unit */

    if (spec->type == ZONE_COLUMN_AREA)
        unit = writer->language == ZONE_CHINESE ? cells->unit[column]->chinese : cells->unit[column]->symbol;
    size_t length = strlen(zone_text_safe(words, text, ZONE_SHOWN - REST));
    if (spec->heading && spec->twin)
        length += (size_t)snprintf(text + length, ZONE_SHOWN - length, "_%d", spec->twin);
    if (unit)
        snprintf(text + length, ZONE_SHOWN - length, " (%s)", unit);
    return text;
}

const char *zone_shown_word(const zone_writer *writer, const zone_table *table, size_t column, const char *value)
{
    return zone_table_column(table, column)->verdict ? zone_text(writer->language, value) : value;
}

const char *zone_shown_total(const zone_writer *writer, const zone_cells *cells, size_t column)
{
    if (cells->total[column])
        return cells->total[column];
    return column == 0 && cells->totals ? zone_text(writer->language, "total") : "";
}
