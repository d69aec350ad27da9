/* Workbooks: what their parts say. */
#include "sink.h"

#include <cpl_vsi.h>

static kept book;

/* The text of a part of the workbook that was written last. */
static const char *part(const char *name)
{
    static char text[65536];
    char path[128];
    size_t length = 0;

    VSIFCloseL(VSIFileFromMemBuffer("/vsimem/test.xlsx", (GByte *)book.text, book.length, 0));
    snprintf(path, sizeof path, "/vsizip//vsimem/test.xlsx/%s", name);
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (file) {
        length = VSIFReadL(text, 1, sizeof text - 1, file);
        VSIFCloseL(file);
    }
    text[length] = '\0';
    VSIUnlink("/vsimem/test.xlsx");
    return text;
}

static zone_status write_book(zone_context *ctx, const zone_table *table, zone_write_options options)
{
    options.size = sizeof options;
    options.format = ZONE_FORMAT_XLSX;
    memset(&book, 0, sizeof book);
    return zone_table_format(ctx, table, &options, keep, &book);
}

TEST(a_sheet_is_the_table_and_a_sheet_a_section)
{
    zone_table *table = judged_table();

    EXPECT_INT(write_book(NULL, table, (zone_write_options){.language = ZONE_CHINESE}), ZONE_OK);
    const char *sheets = part("xl/workbook.xml");
    EXPECT_CONTAINS(sheets,
                    "<sheet name=\"结果表\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"检查结果\" sheetId=\"2\"");
    EXPECT_CONTAINS(sheets, "<sheet name=\"指标台账\" sheetId=\"3\" r:id=\"rId3\"/><sheet name=\"来源\" sheetId=\"4\"");
    EXPECT_CONTAINS(sheets, "localSheetId=\"0\" hidden=\"1\">'结果表'!$A$1:$E$4</definedName>");
    EXPECT_CONTAINS(part("xl/worksheets/sheet4.xml"), ">面积方法</t>");
    EXPECT_CONTAINS(part("[Content_Types].xml"), "/xl/worksheets/sheet4.xml");
    EXPECT_CONTAINS(part("xl/_rels/workbook.xml.rels"), "Id=\"rId4\" ");
    EXPECT_CONTAINS(part("_rels/.rels"), "xl/workbook.xml");
    EXPECT_CONTAINS(part("docProps/core.xml"), "<dc:title>what writers write</dc:title>");
    EXPECT_INT(write_book(NULL, table, (zone_write_options){.parts = ZONE_PARTS_TABLE}), ZONE_OK);
    EXPECT_CONTAINS(part("xl/workbook.xml"), "<sheets><sheet name=\"table\" sheetId=\"1\" r:id=\"rId1\"/></sheets>");
    zone_table_free(table);
}

TEST(texts_are_texts_and_numbers_are_those_that_tie)
{
    zone_table *table = judged_table();

    EXPECT_INT(write_book(NULL, table, (zone_write_options){0}), ZONE_OK);
    const char *sheet = part("xl/worksheets/sheet1.xml");
    EXPECT_CONTAINS(sheet, "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>");
    EXPECT_CONTAINS(sheet, "<c r=\"D1\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">area (m²)</t></is></c>");
    EXPECT_CONTAINS(sheet, "<c r=\"A2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">0101</t></is></c>"
                           "<c r=\"B2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>");
    EXPECT_CONTAINS(sheet, "&lt;b&gt; &amp; &quot;c&quot;");
    EXPECT_CONTAINS(sheet, "<c r=\"D2\" s=\"6\"><v>0.34</v></c><c r=\"E2\" s=\"4\"><v>2</v></c></row>");
    EXPECT_CONTAINS(sheet, "<c r=\"D4\" s=\"6\"><v>0.33</v></c>");
    EXPECT_CONTAINS(sheet,
                    "<row r=\"5\"><c r=\"A5\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">total</t></is>"
                    "</c><c r=\"D5\" s=\"19\"><v>1.01</v></c></row></sheetData><autoFilter ref=\"A1:E4\"/>");
    EXPECT(!strstr(sheet, "r=\"B4\"") && !strstr(sheet, "<f>")); /* nothing where nothing is, no formula */
    EXPECT_CONTAINS(part("xl/worksheets/sheet3.xml"),
                    "<c r=\"B2\" s=\"6\"><v>2.00</v></c><c r=\"C2\" s=\"6\"><v>0.33</v>"
                    "</c><c r=\"D2\" s=\"6\"><v>1.67</v></c>");
    EXPECT_CONTAINS(part("xl/styles.xml"), "<cellXfs count=\"30\">");
    EXPECT_CONTAINS(part("xl/styles.xml"), "<numFmt numFmtId=\"166\" formatCode=\"0.00\"/>");
    zone_table_free(table);
}

TEST(the_same_table_is_the_same_bytes)
{
    static kept first;
    zone_table *table = judged_table();

    EXPECT_INT(write_book(NULL, table, (zone_write_options){.exact = 1, .unit = "mu"}), ZONE_OK);
    first = book;
    EXPECT_INT(write_book(NULL, table, (zone_write_options){.exact = 1, .unit = "mu"}), ZONE_OK);
    EXPECT(book.length > 1000 && book.length == first.length && memcmp(book.text, first.text, book.length) == 0);
    zone_table_free(table);
}

TEST(what_a_reader_would_change_is_written_so_that_it_does_not)
{
    zone_table *table = zone_table_create("test");

    for (int c = 0; c < 30; c++)
        zone_table_add_column(table, (zone_column){.name = "n", .type = c ? ZONE_COLUMN_INTEGER : ZONE_COLUMN_TEXT});
    size_t row = zone_table_add_row(table);
    zone_table_set_text(table, row, 0, "_x000D_ \x01 _x12 \xb5 _X0041_ __x0041_");
    zone_table_set_integer(table, row, 28, INT64_C(-999999999999999));
    zone_table_set_integer(table, row, 29, INT64_C(330726199001011234));
    EXPECT_INT(write_book(NULL, table, (zone_write_options){0}), ZONE_OK);
    const char *sheet = part("xl/worksheets/sheet1.xml");
    EXPECT_CONTAINS(sheet, ">_x005F_x000D_ \ufffd _x12 \ufffd _X0041_ __x005F_x0041_<");
    EXPECT_CONTAINS(sheet, "<c r=\"AC2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">-999999999999999<");
    EXPECT_CONTAINS(sheet, "<c r=\"AD2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">330726199001011234<");
    zone_table_free(table);
}

static void expect_refused(const zone_table *table, const char *found)
{
    zone_context *ctx = NULL;
    char folder[] = "/tmp/zone-test-XXXXXX", path[64];

    zone_context_create(&ctx);
    EXPECT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/t.xlsx", folder);
    EXPECT_INT(zone_table_write(ctx, table, path, NULL), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), found);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "remedy: -o table.csv");
    EXPECT_INT(remove(folder), 0); /* nothing is left in it */
    zone_context_free(ctx);
}

TEST(what_a_sheet_can_not_hold_is_refused)
{
    enum { ROWS = 1048575, LENGTH = 32768 };
    zone_table *table = zone_table_create("test");
    static char text[LENGTH + 1];

    zone_table_add_column(table, (zone_column){.name = "words", .type = ZONE_COLUMN_TEXT});
    zone_table_add_row(table);
    memset(text, 'x', LENGTH);
    zone_table_set_text(table, 0, 0, text);
    expect_refused(table, "words: a text of 32768 characters");
    text[LENGTH - 1] = '\0';
    zone_table_set_text(table, 0, 0, text);
    EXPECT_INT(write_book(NULL, table, (zone_write_options){0}), ZONE_OK);
    for (int i = 1; i < ROWS; i++)
        zone_table_add_row(table);
    expect_refused(table, "1048575 rows and 1 columns");
    zone_table_free(table);
}

TEST(a_sink_that_says_no_is_an_error)
{
    zone_table *table = judged_table();
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_XLSX};

    memset(&book, 0, sizeof book);
    book.room = 100;
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &book), ZONE_CANNOT_WRITE);
    zone_table_free(table);
}
