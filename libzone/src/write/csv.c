/* CSV by RFC 4180 in UTF-8 without a byte order mark: a header, then one line a row. Cells with line ends, tabs, commas
 * or quotes stand in quotes; other control characters and broken UTF-8 are U+FFFD, as in XML. */
#include "write/writer.h"

#include "base/utf8.h"

#include <string.h>

/* Lines are gathered, so that a sink is called once for many. */
enum { GATHERED = 32768 };

typedef struct {
    zone_writer *writer;
    size_t used;
    char bytes[GATHERED];
} csv_lines;

static void hand_over(csv_lines *lines)
{
    zone_writer_put_bytes(lines->writer, lines->bytes, lines->used);
    lines->used = 0;
}

static void put_bytes(csv_lines *lines, const char *bytes, size_t count)
{
    if (count > GATHERED - lines->used)
        hand_over(lines);
    if (count > GATHERED) {
        zone_writer_put_bytes(lines->writer, bytes, count);
        return;
    }
    memcpy(lines->bytes + lines->used, bytes, count);
    lines->used += count;
}

static void put(csv_lines *lines, const char *text)
{
    put_bytes(lines, text, strlen(text));
}

/* Letters and digits of ASCII, which most fields are, stand as they are. */
static bool is_plain(const char *text)
{
    const char *c = text;

    while ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))
        c++;
    return *c == '\0';
}

/* Control characters that no program takes for text: they may end a cell, or act on a terminal. */
static bool is_control(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\r' && point != '\n') || point == 0x7F;
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if (is_control((unsigned char)*text))
            return true;
    return false;
}

/* What begins like a formula of a spreadsheet stays as it is: data are not changed for a program that may read them. */
static void put_field(csv_lines *lines, const char *text)
{
    if (is_plain(text)) {
        put(lines, text);
        return;
    }
    bool quoted = strpbrk(text, ",\"\r\n\t") != NULL;
    if (!quoted && !has_control(text) && zone_text_mend(text, NULL) == strlen(text)) {
        put(lines, text);
        return;
    }
    put(lines, quoted ? "\"" : "");
    for (const char *c = text; *c;) {
        uint32_t point = 0;
        size_t length = zone_utf8_next(c, &point);
        if (length && !is_control(point))
            put_bytes(lines, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : length);
        else
            put(lines, ZONE_UTF8_UNKNOWN);
        c += length ? length : 1;
    }
    put(lines, quoted ? "\"" : "");
}

void zone_write_csv(zone_writer *writer, const zone_table *table)
{
    csv_lines lines = {.writer = writer};
    zone_cells cells;

    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return;
    }
    for (size_t c = 0; c < cells.columns; c++) {
        put(&lines, c ? "," : "");
        put_field(&lines, cells.label[c]);
    }
    put(&lines, "\n");
    for (size_t r = 0; r < cells.rows; r++) {
        for (size_t c = 0; c < cells.columns; c++) {
            put(&lines, c ? "," : "");
            if (zone_table_column(table, c)->type == ZONE_COLUMN_TEXT)
                put_field(&lines, zone_cells_at(&cells, r, c));
            else
                put(&lines, zone_cells_at(&cells, r, c));
        }
        put(&lines, "\n");
    }
    hand_over(&lines);
    zone_cells_free(&cells);
}
