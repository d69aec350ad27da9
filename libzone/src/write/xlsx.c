/* Workbooks (Office Open XML): a sheet the table, a sheet a section. The parts are small XML files, zipped by GDAL. */
#include "write/width.h"
#include "write/writer.h"

#include "base/text.h"
#include "base/utf8.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a sheet can hold. Of a longer whole number Excel would show zeros for the last digits. */
enum { MOST_ROWS = 1048576, MOST_COLUMNS = 16384, MOST_TEXT = 32767, MOST_DIGITS = 15 };

/* Formats of cells, numbers in styles.xml: of a number they begin with those of no decimals. */
enum { STYLE_PLAIN, STYLE_HEADING, STYLE_TEXT, STYLE_BOLD_TEXT, STYLE_NUMBER, DECIMALS = 13 };
enum { STYLE_BOLD_NUMBER = STYLE_NUMBER + DECIMALS, STYLE_COUNT = STYLE_BOLD_NUMBER + DECIMALS };

/* Narrowest and widest column, in characters. */
enum { NARROW = 6, WIDE = 60 };

typedef struct {
    const zone_table *table;
    const char *title; /* English key */
    bool words;        /* the first column holds keys of the catalogue */
    bool fine;
} sheet;

enum { MOST_SHEETS = ZONE_SECTION_COUNT + 1 };

typedef struct {
    zone_writer *out;
    zone_writer part; /* puts into the part that is open */
    void *zip;
    sheet sheet[MOST_SHEETS];
    size_t sheet_count;
    size_t held; /* bytes in `bytes` */
    char bytes[65536];
} book;

/* ---------------------------------------------------------------- parts */

static int keep_bytes(void *user, const char *bytes, size_t count)
{
    book *b = user;

    while (count > 0) {
        size_t room = sizeof b->bytes - b->held, now = count < room ? count : room;
        memcpy(b->bytes + b->held, bytes, now);
        b->held += now;
        bytes += now;
        count -= now;
        if (b->held == sizeof b->bytes) {
            b->held = 0;
            if (CPLWriteFileInZip(b->zip, b->bytes, (int)sizeof b->bytes) != CE_None)
                return 1;
        }
    }
    return 0;
}

static void open_part(book *b, const char *name)
{
    b->held = 0;
    if (!b->part.failed && CPLCreateFileInZip(b->zip, name, NULL) != CE_None)
        b->part.failed = true;
    zone_writer_put(&b->part, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
}

static void close_part(book *b)
{
    if (b->part.failed)
        return;
    if (b->held > 0 && CPLWriteFileInZip(b->zip, b->bytes, (int)b->held) != CE_None)
        b->part.failed = true;
    if (CPLCloseFileInZip(b->zip) != CE_None)
        b->part.failed = true;
}

/* A key of the catalogue in the language of the workbook. */
static void put_words(book *b, const char *english)
{
    const char *words = zone_text(b->out->language, english);

    zone_writer_put_xml(&b->part, words, strlen(words));
}

/* A line of a part that differs in a number only. */
static void put_numbered(book *b, const char *before, size_t number, const char *behind)
{
    char digits[32];

    snprintf(digits, sizeof digits, "%zu", number);
    zone_writer_put(&b->part, before);
    zone_writer_put(&b->part, digits);
    zone_writer_put(&b->part, behind);
}

#define PACKAGE  "http://schemas.openxmlformats.org/package/2006/"
#define DOCUMENT "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN     "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define KIND     "application/vnd.openxmlformats-officedocument.spreadsheetml."

static void put_package(book *b)
{
    zone_writer *part = &b->part;

    open_part(b, "[Content_Types].xml");
    zone_writer_put(part, "<Types xmlns=\"" PACKAGE "content-types\">"
                          "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
                          "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                          "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" KIND "sheet.main+xml\"/>"
                          "<Override PartName=\"/xl/styles.xml\" ContentType=\"" KIND "styles+xml\"/>"
                          "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-"
                          "package.core-properties+xml\"/>");
    for (size_t s = 1; s <= b->sheet_count; s++)
        put_numbered(b, "<Override PartName=\"/xl/worksheets/sheet", s,
                     ".xml\" ContentType=\"" KIND "worksheet+xml\"/>");
    zone_writer_put(part, "</Types>");
    close_part(b);
    open_part(b, "_rels/.rels");
    zone_writer_put(part, "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" DOCUMENT
                          "/officeDocument\" Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" Type=\"" PACKAGE
                          "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>");
    close_part(b);
    open_part(b, "xl/_rels/workbook.xml.rels");
    zone_writer_put(part, "<Relationships xmlns=\"" PACKAGE "relationships\">");
    for (size_t s = 1; s <= b->sheet_count; s++) {
        put_numbered(b, "<Relationship Id=\"rId", s, "\" Type=\"" DOCUMENT "/worksheet\" ");
        put_numbered(b, "Target=\"worksheets/sheet", s, ".xml\"/>");
    }
    put_numbered(b, "<Relationship Id=\"rId", b->sheet_count + 1,
                 "\" Type=\"" DOCUMENT "/styles\" Target=\"styles.xml\"/></Relationships>");
    close_part(b);
}

/* No date, no author: the same table is the same bytes. */
static void put_properties(book *b, const zone_table *table)
{
    open_part(b, "docProps/core.xml");
    zone_writer_put(&b->part, "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" "
                              "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
    put_words(b, zone_table_title(table));
    zone_writer_put(&b->part, "</dc:title><dc:creator>libzone</dc:creator></cp:coreProperties>");
    close_part(b);
}

/* ---------------------------------------------------------------- styles */

/* A number shows the decimals that it was rounded to. */
static void put_number_formats(book *b)
{
    put_numbered(b, "<numFmts count=\"", DECIMALS - 1, "\">");
    for (size_t d = 1; d < DECIMALS; d++) {
        put_numbered(b, "<numFmt numFmtId=\"", 164 + d, "\" formatCode=\"0.");
        for (size_t i = 0; i < d; i++)
            zone_writer_put(&b->part, "0");
        zone_writer_put(&b->part, "\"/>");
    }
    zone_writer_put(&b->part, "</numFmts>");
}

static void put_style(book *b, size_t number_format, const char *font)
{
    put_numbered(b, "<xf numFmtId=\"", number_format, "\" fontId=\"");
    zone_writer_put(&b->part, font);
    zone_writer_put(&b->part, "\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>");
}

static void put_styles(book *b)
{
    enum { GENERAL = 0, WHOLE = 1, TEXT = 49 }; /* formats that every spreadsheet knows */

    open_part(b, "xl/styles.xml");
    zone_writer_put(&b->part, "<styleSheet xmlns=\"" MAIN "\">");
    put_number_formats(b);
    zone_writer_put(&b->part,
                    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
                    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
                    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                    "<fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border>"
                    "<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\">"
                    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>");
    put_numbered(b, "<cellXfs count=\"", STYLE_COUNT, "\">");
    put_style(b, GENERAL, "0");
    put_style(b, TEXT, "1");
    put_style(b, TEXT, "0");
    put_style(b, TEXT, "1");
    for (size_t bold = 0; bold < 2; bold++)
        for (size_t d = 0; d < DECIMALS; d++)
            put_style(b, d ? 164 + d : WHOLE, bold ? "1" : "0");
    zone_writer_put(&b->part,
                    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
                    "</cellStyles></styleSheet>");
    close_part(b);
}

/* ---------------------------------------------------------------- sheets */

/* "AB12": where a cell is; both from 0. */
static const char *reference(size_t row, size_t column, char text[32])
{
    char letters[8];
    size_t at = sizeof letters;

    letters[--at] = '\0';
    for (size_t left = column + 1; left > 0 && at > 0; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    snprintf(text, 32, "%s%zu", letters + at, row + 1);
    return text;
}

/* Heading and rows, without the line of totals: what is filtered and sorted. */
static const char *range(const zone_table *table, const char *dollar, char text[80])
{
    char to[32];

    reference(zone_table_row_count(table), zone_table_column_count(table) - 1, to);
    size_t letters = strcspn(to, "0123456789");
    snprintf(text, 80, "%sA%s1:%s%.*s%s%s", dollar, dollar, dollar, (int)letters, to, dollar, to + letters);
    return text;
}

static void put_workbook(book *b)
{
    char text[80];

    open_part(b, "xl/workbook.xml");
    zone_writer_put(&b->part, "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" DOCUMENT "\"><bookViews><workbookView/>"
                              "</bookViews><sheets>");
    for (size_t s = 0; s < b->sheet_count; s++) {
        zone_writer_put(&b->part, "<sheet name=\"");
        put_words(b, b->sheet[s].title);
        put_numbered(b, "\" sheetId=\"", s + 1, "\"");
        put_numbered(b, " r:id=\"rId", s + 1, "\"/>");
    }
    zone_writer_put(&b->part, "</sheets><definedNames>");
    for (size_t s = 0; s < b->sheet_count; s++) {
        put_numbered(b, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"", s, "\" hidden=\"1\">'");
        put_words(b, b->sheet[s].title);
        zone_writer_put(&b->part, "'!");
        zone_writer_put(&b->part, range(b->sheet[s].table, "$", text));
        zone_writer_put(&b->part, "</definedName>");
    }
    zone_writer_put(&b->part, "</definedNames></workbook>");
    close_part(b);
}

/* "_x000D_" in a cell would be read as a character of that number: its first mark is written as such a number itself.
 */
static void put_string(zone_writer *part, const char *text)
{
    for (const char *mark = strstr(text, "_x"); mark; mark = strstr(mark + 1, "_x"))
        if (strspn(mark + 2, "0123456789abcdefABCDEF") >= 4 && mark[6] == '_') {
            zone_writer_put_xml(part, text, (size_t)(mark - text));
            zone_writer_put(part, "_x005F_");
            text = mark + 1;
        }
    zone_writer_put_xml(part, text, strlen(text));
}

static void put_cell_start(book *b, size_t row, size_t column, size_t style, const char *behind)
{
    char text[32];

    zone_writer_put(&b->part, "<c r=\"");
    zone_writer_put(&b->part, reference(row, column, text));
    put_numbered(b, "\" s=\"", style, behind);
}

/* Text is never a formula, whatever it begins with. */
static void put_text_cell(book *b, size_t row, size_t column, size_t style, const char *text)
{
    if (!*text)
        return;
    put_cell_start(b, row, column, style, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    put_string(&b->part, text);
    zone_writer_put(&b->part, "</t></is></c>");
}

/* A number as it is printed, in the format of its decimals. */
static void put_number_cell(book *b, size_t row, size_t column, size_t style, const char *digits)
{
    const char *point = strchr(digits, '.');
    size_t decimals = point ? strlen(point + 1) : 0;

    if (!*digits)
        return;
    if (!point && strspn(digits, "-0123456789") > MOST_DIGITS) {
        put_text_cell(b, row, column, style == STYLE_NUMBER ? STYLE_TEXT : STYLE_BOLD_TEXT, digits);
        return;
    }
    put_cell_start(b, row, column, style + (decimals < DECIMALS ? decimals : DECIMALS - 1), "\"><v>");
    zone_writer_put(&b->part, digits);
    zone_writer_put(&b->part, "</v></c>");
}

static bool is_text(const zone_table *table, size_t column)
{
    zone_column_type type = zone_table_column_type(table, column);

    return type == ZONE_COLUMN_TEXT || type == ZONE_COLUMN_GEOMETRY;
}

static const char *word(const book *b, const sheet *s, size_t column, const char *value)
{
    return s->words && column == 0 ? zone_text(b->out->language, value)
                                   : zone_shown_word(b->out, s->table, column, value);
}

static void put_columns(book *b, const sheet *s, const zone_cells *cells)
{
    char text[ZONE_SHOWN];

    zone_writer_put(&b->part, "<cols>");
    for (size_t c = 0; c < cells->columns; c++) {
        size_t widest = zone_text_width(zone_shown_heading(b->out, s->table, cells, c, text)) + 2; /* its button */
        size_t total = zone_text_width(zone_shown_total(b->out, cells, c));
        widest = total > widest ? total : widest;
        for (size_t r = 0; r < cells->rows && widest < WIDE; r++) {
            size_t width = zone_text_width(word(b, s, c, zone_cells_at(cells, r, c)));
            widest = width > widest ? width : widest;
        }
        widest = widest < NARROW ? NARROW : widest > WIDE ? WIDE : widest;
        put_numbered(b, "<col min=\"", c + 1, "\"");
        put_numbered(b, " max=\"", c + 1, "\"");
        put_numbered(b, " width=\"", widest + 1, "\" customWidth=\"1\"/>");
    }
    zone_writer_put(&b->part, "</cols>");
}

static void put_row_start(book *b, size_t row)
{
    put_numbered(b, "<row r=\"", row + 1, "\">");
}

static void put_row(book *b, const sheet *s, const zone_cells *cells, size_t row)
{
    put_row_start(b, row + 1);
    for (size_t c = 0; c < cells->columns; c++) {
        const char *value = zone_cells_at(cells, row, c);
        if (is_text(s->table, c))
            put_text_cell(b, row + 1, c, STYLE_TEXT, word(b, s, c, value));
        else
            put_number_cell(b, row + 1, c, STYLE_NUMBER, value);
    }
    zone_writer_put(&b->part, "</row>");
}

static void put_totals(book *b, const zone_cells *cells)
{
    put_row_start(b, cells->rows + 1);
    for (size_t c = 0; c < cells->columns; c++)
        if (cells->total[c])
            put_number_cell(b, cells->rows + 1, c, STYLE_BOLD_NUMBER, cells->total[c]);
        else
            put_text_cell(b, cells->rows + 1, c, STYLE_BOLD_TEXT, zone_shown_total(b->out, cells, c));
    zone_writer_put(&b->part, "</row>");
}

static void put_rows(book *b, const sheet *s, const zone_cells *cells)
{
    char text[ZONE_SHOWN];

    zone_writer_put(&b->part, "<sheetData>");
    put_row_start(b, 0);
    for (size_t c = 0; c < cells->columns; c++)
        put_text_cell(b, 0, c, STYLE_HEADING, zone_shown_heading(b->out, s->table, cells, c, text));
    zone_writer_put(&b->part, "</row>");
    for (size_t r = 0; r < cells->rows && !b->part.failed; r++)
        put_row(b, s, cells, r);
    if (cells->totals)
        put_totals(b, cells);
    zone_writer_put(&b->part, "</sheetData>");
}

/* ---------------------------------------------------------------- what a sheet can't hold */

static void refuse(book *b, const char *found, const char *expected)
{
    zone_fail(b->out->ctx, ZONE_CANNOT_WRITE, .what = "a sheet of a workbook can't hold this", .found = found,
              .expected = expected, .remedy = "-o table.csv");
    b->part.failed = true;
}

/* Characters as Excel counts them: those beyond the basic plane are two. */
static size_t characters(const zone_table *table, size_t row, size_t column)
{
    const char *text = zone_table_text(table, row, column);
    size_t count = 0;

    if (zone_table_geometry(table, row, column, &count))
        return 2 * count; /* hexadecimal */
    while (text && *text) {
        uint32_t point = 0;
        size_t length = zone_utf8_next(text, &point);
        count += length == 4 ? 2 : 1;
        text += length ? length : 1;
    }
    return count;
}

static bool refuse_size(book *b, const sheet *s)
{
    size_t rows = zone_table_row_count(s->table), columns = zone_table_column_count(s->table);
    zone_context *ctx = b->out->ctx;

    if (rows + 2 > MOST_ROWS || columns > MOST_COLUMNS)
        refuse(b, zone_say(ctx, "%zu rows and %zu columns", rows, columns),
               zone_say(ctx, "at most %d rows, and %d columns", MOST_ROWS - 2, MOST_COLUMNS));
    for (size_t c = 0; c < columns && !b->part.failed; c++)
        for (size_t r = 0; r < rows && is_text(s->table, c) && !b->part.failed; r++) {
            size_t length = characters(s->table, r, c);
            if (length > MOST_TEXT)
                refuse(b, zone_say(ctx, "%s: a text of %zu characters", zone_table_column_name(s->table, c), length),
                       zone_say(ctx, "at most %d characters", MOST_TEXT));
        }
    return b->part.failed;
}

/* ---------------------------------------------------------------- the workbook */

static void put_sheet(book *b, size_t number)
{
    const sheet *s = &b->sheet[number];
    zone_writer *out = b->out;
    zone_writer own = *out;
    zone_cells cells;
    char name[64], text[80];

    if (b->part.failed || refuse_size(b, s))
        return;
    own.decimals = s->fine ? 6 : out->decimals;
    if (zone_cells_make(&own, s->table, &cells)) {
        b->part.failed = true;
        return;
    }
    snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", number + 1);
    open_part(b, name);
    zone_writer_put(&b->part, "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\"");
    zone_writer_put(&b->part, number == 0 ? " tabSelected=\"1\"" : "");
    zone_writer_put(&b->part, "><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                              "<selection pane=\"bottomLeft\"/></sheetView></sheetViews>"
                              "<sheetFormatPr defaultRowHeight=\"15\"/>");
    put_columns(b, s, &cells);
    put_rows(b, s, &cells);
    zone_writer_put(&b->part, "<autoFilter ref=\"");
    zone_writer_put(&b->part, range(s->table, "", text));
    zone_writer_put(&b->part, "\"/></worksheet>");
    close_part(b);
    zone_cells_free(&cells);
}

static void add_sheet(book *b, const zone_table *table, const char *title, bool words, bool fine)
{
    if (zone_table_column_count(table) > 0)
        b->sheet[b->sheet_count++] = (sheet){table, title, words, fine};
}

static void choose_sheets(book *b, const zone_table *table, zone_parts parts)
{
    add_sheet(b, table, "table", false, false);
    for (const zone_section_text *s = zone_section_texts; s->title && parts != ZONE_PARTS_TABLE; s++) {
        const zone_table *section = zone_table_section(table, s->section);
        if (zone_table_row_count(section) > 0)
            add_sheet(b, section, s->title, s->section == ZONE_SECTION_PROVENANCE, s->fine);
    }
}

static void put_parts(book *b, const zone_table *table)
{
    put_package(b);
    put_properties(b, table);
    put_styles(b);
    put_workbook(b);
    for (size_t s = 0; s < b->sheet_count; s++)
        put_sheet(b, s);
}

/* The finished file, from memory to the sink. */
static void deliver(book *b, const char *path)
{
    vsi_l_offset size = 0;
    const GByte *bytes = VSIGetMemFileBuffer(path, &size, 0);
    const size_t run = 1 << 20;

    if (!bytes)
        b->part.failed = true;
    for (vsi_l_offset at = 0; bytes && at < size; at += run)
        zone_writer_put_bytes(b->out, (const char *)bytes + at, size - at < run ? (size_t)(size - at) : run);
}

void zone_write_xlsx(zone_writer *writer, const zone_table *table, zone_parts parts)
{
    book *b = zone_allocate(writer->ctx, 1, sizeof *b);
    char path[64];

    if (!b) {
        writer->failed = true;
        return;
    }
    b->out = writer;
    b->part = *writer;
    b->part.sink = keep_bytes;
    b->part.user = b;
    snprintf(path, sizeof path, "/vsimem/zone-%p.xlsx", (void *)b); /* no other thread has this address */
    choose_sheets(b, table, parts);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    b->zip = CPLCreateZip(path, NULL);
    if (b->zip)
        put_parts(b, table);
    if (!b->zip || CPLCloseZip(b->zip) != CE_None)
        b->part.failed = true;
    if (!b->part.failed)
        deliver(b, path);
    VSIUnlink(path);
    CPLPopErrorHandler();
    CPLErrorReset(); /* a host program that asks GDAL for its last error shall not find ours */
    writer->failed = writer->failed || b->part.failed;
    free(b);
}
