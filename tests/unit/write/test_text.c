/* Text for people. */
#include "sink.h"

TEST(columns_line_up_also_under_chinese)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .language = ZONE_CHINESE};

    format(&options, &out);
    EXPECT_CONTAINS(out.text, "项目                    面积 (平方米)\n水田                             0.34\n");
    EXPECT_CONTAINS(out.text, "合计                             1.01\n");
    EXPECT_CONTAINS(out.text, "[闭合]");
    EXPECT_CONTAINS(out.text, "0.000000"); /* a zero residual is printed too */
}

TEST(nothing_reaches_the_terminal_that_it_would_act_on)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_TABLE};

    format(&options, &out);
    EXPECT(strchr(out.text, '\x1b') == NULL);
    EXPECT_CONTAINS(out.text, "line\\x0abreak \\x1b[31m");
    EXPECT(strstr(out.text, "[closure]") == NULL);
}

TEST(wide_tables_wrap_their_texts_and_leave_out_empty_columns)
{
    static kept out;
    zone_table *table = zone_table_create("test");
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_TABLE};
    char text[201];

    for (int c = 0; c < 4; c++)
        zone_table_add_column(table, (zone_column){.name = c == 2 ? "nothing" : "words", .type = ZONE_COLUMN_TEXT});
    size_t row = zone_table_add_row(table);
    for (int i = 0; i < 200; i++)
        text[i] = i % 10 == 9 ? ' ' : 'x';
    text[200] = '\0';
    for (int c = 0; c < 4; c++)
        zone_table_set_text(table, row, c, c == 2 ? NULL : text);
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT(strstr(out.text, "nothing") == NULL);
    for (char *line = strtok(out.text, "\n"); line; line = strtok(NULL, "\n"))
        EXPECT(strlen(line) <= 96);
    zone_table_free(table);
}

TEST(a_second_column_of_a_name_is_numbered_in_its_heading_too)
{
    static kept out;
    zone_table *table = zone_table_create("test");
    const zone_write_options options = {.size = sizeof options, .language = ZONE_CHINESE};

    zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_TEXT});
    zone_table_add_column(table, (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA});
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text, "面积_2 (平方米)");
    zone_table_free(table);
}

TEST(headings_are_safe_for_a_terminal_too)
{
    static kept out;
    zone_table *table = zone_table_create("test");
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_TABLE};

    zone_table_add_column(table, (zone_column){.name = "e\x1b[31mRED", .type = ZONE_COLUMN_TEXT});
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text, "e\\x1b[31mRED");
    EXPECT(strchr(out.text, '\x1b') == NULL);
    zone_table_free(table);
}

TEST(the_word_total_is_whole_under_a_narrow_column)
{
    static kept out;
    zone_table *table = zone_table_create("test");
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_TABLE};

    zone_table_add_column(table, (zone_column){.name = "ZT", .type = ZONE_COLUMN_TEXT});
    int area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    zone_table_set_area(table, zone_table_add_row(table), area, ZONE_EXACT_M2);
    zone_table_set_text(table, 0, 0, "1");
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text, "ZT     area (m²)\n1           1.00\ntotal       1.00\n");
    zone_table_free(table);
}

TEST(findings_and_the_ledger_stand_before_the_other_sections)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .language = ZONE_CHINESE};

    format_judged(&options, &out);
    const char *findings = strstr(out.text, "[检查结果]"), *ledger = strstr(out.text, "[指标台账]");
    EXPECT(findings && ledger && findings < ledger && ledger < strstr(out.text, "[来源]"));
    EXPECT_CONTAINS(findings, "0999");
    EXPECT(ledger && strstr(ledger, " 2.00 ") && strstr(ledger, " 0.33 ") && strstr(ledger, " 1.67\n"));
    EXPECT(ledger && strstr(ledger, " 1.67 ") && strstr(ledger, " 0.34 ") && strstr(ledger, " 1.33\n"));
}
