/* What people are shown of a table: headings with their unit, key words in their language, totals. */
#include "write/writer.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

const char *zone_shown_key(zone_writer *writer, const char *english)
{
    size_t place = 0;

    if (!*english || writer->language == ZONE_ENGLISH)
        return english;
    for (const char *c = english; *c; c++)
        place = 31 * place + (unsigned char)*c;
    zone_known_word *known = &writer->known[place % ZONE_KNOWN_WORDS];
    if (!known->english || strcmp(known->english, english) != 0)
        *known = (zone_known_word){english, zone_text(writer->language, english)};
    return known->words;
}

const char *zone_shown_heading(zone_writer *writer, const zone_table *table, const zone_cells *cells, size_t column,
                               char text[ZONE_SHOWN])
{
    const zone_column *spec = zone_table_column(table, column);
    const char *words = zone_shown_key(writer, spec->heading ? spec->heading : spec->name);
    const char *unit = spec->unit ? zone_shown_key(writer, spec->unit) : NULL;
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

const char *zone_shown_word(zone_writer *writer, const zone_table *table, size_t column, const char *value)
{
    const zone_column *spec = zone_table_column(table, column);

    return spec->verdict && spec->type == ZONE_COLUMN_TEXT ? zone_shown_key(writer, value) : value;
}

const char *zone_shown_total(const zone_writer *writer, const zone_cells *cells, size_t column)
{
    if (cells->total[column])
        return cells->total[column];
    return column == 0 && cells->totals ? zone_text(writer->language, "total") : "";
}
