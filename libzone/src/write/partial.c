/* Partials as JSON of one layout: an array a row, exact integers as decimal texts, and at the end a checksum of every
 * byte before it. read/partial.c takes nothing else. */
#include "write/writer.h"

#include "base/checksum.h"
#include "base/partial.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_writer *writer;
    zone_checksum sum;
} partial_writer;

static void put(partial_writer *out, const char *text)
{
    size_t length = strlen(text);

    zone_checksum_add(&out->sum, text, length);
    zone_writer_put_bytes(out->writer, text, length);
}

/* Escapes no more than JSON asks for. */
static void put_escaped(partial_writer *out, const char *text)
{
    char run[256];
    size_t length = 0;

    put(out, "\"");
    for (; *text; text++) {
        if (length + 8 > sizeof run) {
            put(out, run);
            length = 0;
        }
        unsigned char c = (unsigned char)*text;
        const char *format = c < 0x20 ? "\\u%04x" : c == '"' || c == '\\' ? "\\%c" : "%c";
        length += (size_t)snprintf(run + length, sizeof run - length, format, c);
    }
    run[length] = '\0';
    put(out, run);
    put(out, "\"");
}

static void put_text(partial_writer *out, const char *text)
{
    size_t length = zone_text_mend(text, NULL);
    char *mended = length == strlen(text) ? NULL : zone_allocate(out->writer->ctx, length + 1, 1);

    if (mended)
        zone_text_mend(text, mended);
    else if (length != strlen(text))
        out->writer->failed = true;
    put_escaped(out, mended ? mended : text);
    free(mended);
}

static void put_cell(partial_writer *out, const zone_table *table, size_t row, size_t column)
{
    char number[64];

    if (zone_table_is_null(table, row, column)) {
        put(out, "null");
        return;
    }
    switch (zone_table_column_type(table, column)) {
    case ZONE_COLUMN_TEXT:
        put_text(out, zone_table_text(table, row, column));
        break;
    case ZONE_COLUMN_AREA:
        put_text(out, zone_exact_print(zone_table_area(table, row, column), 0, number, sizeof number));
        break;
    case ZONE_COLUMN_INTEGER:
    case ZONE_COLUMN_REAL:
        put(out, zone_exact_print(zone_table_integer(table, row, column), 0, number, sizeof number));
        break;
    case ZONE_COLUMN_GEOMETRY: /* a partial has none */
        put(out, "null");
        break;
    }
}

static void put_table(partial_writer *out, const zone_table *table, const char *name)
{
    size_t columns = zone_table_column_count(table), rows = zone_table_row_count(table);

    put_text(out, name);
    put(out, ": {\"columns\": [");
    for (size_t c = 0; c < columns; c++) {
        put(out, c ? ", " : "");
        put_text(out, zone_table_column_name(table, c));
    }
    put(out, "], \"rows\": [");
    for (size_t r = 0; r < rows; r++) {
        put(out, r ? ",\n[" : "\n[");
        for (size_t c = 0; c < columns; c++) {
            put(out, c ? ", " : "");
            put_cell(out, table, r, c);
        }
        put(out, "]");
    }
    put(out, "\n]},\n");
}

void zone_write_partial(zone_writer *writer, const zone_partial *partial)
{
    partial_writer out = {.writer = writer};
    char sum[ZONE_CHECKSUM_SIZE];

    zone_checksum_begin(&out.sum);
    put(&out, "{\n\"zone_partial\": " ZONE_PARTIAL_VERSION ",\n");
    for (int t = 0; t < ZONE_PARTIAL_TABLES; t++)
        put_table(&out, partial->table[t], zone_partial_name((zone_partial_part)t));
    zone_checksum_print(&out.sum, sum);
    put(&out, "\"checksum\": \"");
    put(&out, sum);
    put(&out, "\"\n}\n");
}
