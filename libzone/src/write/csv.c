/* CSV by RFC 4180 in UTF-8 without a byte order mark: a header, then one line a row. */
#include "write/writer.h"

#include <string.h>

static void put_field(zone_writer *writer, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        zone_writer_put(writer, text);
        return;
    }
    zone_writer_put(writer, "\"");
    for (const char *c = text; *c; c++)
        zone_writer_put_bytes(writer, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    zone_writer_put(writer, "\"");
}

void zone_write_csv(zone_writer *writer, const zone_table *table)
{
    zone_cells cells;
    char name[128];

    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return;
    }
    for (size_t c = 0; c < cells.columns; c++) {
        zone_writer_put(writer, c ? "," : "");
        put_field(writer, zone_column_label(table, &cells, c, name));
    }
    zone_writer_put(writer, "\n");
    for (size_t r = 0; r < cells.rows; r++) {
        for (size_t c = 0; c < cells.columns; c++) {
            zone_writer_put(writer, c ? "," : "");
            put_field(writer, zone_cells_at(&cells, r, c));
        }
        zone_writer_put(writer, "\n");
    }
    zone_cells_free(&cells);
}
