/* CSV by RFC 4180 in UTF-8 without a byte order mark: a header, then one line a row. */
#include "write/writer.h"

#include "base/utf8.h"

#include <string.h>

static void put_field(zone_writer *writer, const char *text)
{
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;

    if (!quoted && zone_text_mend(text, NULL) == strlen(text)) {
        zone_writer_put(writer, text);
        return;
    }
    zone_writer_put(writer, quoted ? "\"" : "");
    for (const char *c = text; *c;) {
        uint32_t point = 0;
        size_t length = zone_utf8_next(c, &point);
        if (length)
            zone_writer_put_bytes(writer, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : length);
        else
            zone_writer_put(writer, ZONE_UTF8_UNKNOWN);
        c += length ? length : 1;
    }
    zone_writer_put(writer, quoted ? "\"" : "");
}

void zone_write_csv(zone_writer *writer, const zone_table *table)
{
    zone_cells cells;

    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return;
    }
    for (size_t c = 0; c < cells.columns; c++) {
        zone_writer_put(writer, c ? "," : "");
        put_field(writer, cells.label[c]);
    }
    zone_writer_put(writer, "\n");
    for (size_t r = 0; r < cells.rows; r++) {
        for (size_t c = 0; c < cells.columns; c++) {
            zone_writer_put(writer, c ? "," : "");
            if (zone_table_column(table, c)->type == ZONE_COLUMN_TEXT)
                put_field(writer, zone_cells_at(&cells, r, c));
            else
                zone_writer_put(writer, zone_cells_at(&cells, r, c));
        }
        zone_writer_put(writer, "\n");
    }
    zone_cells_free(&cells);
}
