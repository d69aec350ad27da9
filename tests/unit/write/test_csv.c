/* CSV. */
#include "sink.h"

TEST(fields_are_quoted_where_they_must_be_and_parts_tie)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV};

    format(&options, &out);
    EXPECT_TEXT(out.text, "name,area_m2\n水田,0.34\n\"a \"\"quoted\"\", one\",0.34\n\"line\nbreak \ufffd[31m\",0.33\n");
}

TEST(the_unit_is_in_the_name_of_the_column)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV, .unit = "mu", .exact = 1};

    format(&options, &out);
    EXPECT_CONTAINS(out.text, "name,area_mu\n水田,0.000503\n");
}

TEST(what_is_not_utf8_becomes_so_and_long_names_stay_whole)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV};
    zone_table *table = zone_table_create("test");
    char name[3 * 60 + 1] = "", whole[300];

    for (int i = 0; i < 60; i++)
        strcat(name, "田");
    zone_table_add_column(table, (zone_column){.name = name, .type = ZONE_COLUMN_TEXT});
    zone_table_set_text(table, zone_table_add_row(table), 0, "\xb5\"");
    snprintf(whole, sizeof whole, "%s\n\"\ufffd\"\"\"\n", name);
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_TEXT(out.text, whole);
    zone_table_free(table);
}

static void expect_cell(const char *text, const char *expected)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV};
    zone_table *table = zone_table_create("test");
    char whole[100];

    zone_table_add_column(table, (zone_column){.name = "a", .type = ZONE_COLUMN_TEXT});
    zone_table_set_text(table, zone_table_add_row(table), 0, text);
    snprintf(whole, sizeof whole, "a\n%s\n", expected);
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_TEXT(out.text, whole);
    zone_table_free(table);
}

TEST(control_characters_are_seen_and_nothing_else_is_changed)
{
    expect_cell("a\x01"
                "b\x1f\x7f",
                "a\ufffd"
                "b\ufffd\ufffd");
    expect_cell("\x1b]0;x\x07", "\ufffd]0;x\ufffd");
    expect_cell("a\rb", "\"a\rb\"");
    expect_cell("a\r\nb\x02", "\"a\r\nb\ufffd\"");
    expect_cell("a\tb", "\"a\tb\"");
    expect_cell("=1+1", "=1+1");
    expect_cell("@SUM(A1)", "@SUM(A1)");
    expect_cell("-2 田 · \u00a0", "-2 田 · \u00a0");
}

TEST(sections_are_no_rows)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV};
    const zone_write_options meta = {.size = sizeof meta, .format = ZONE_FORMAT_CSV, .parts = ZONE_PARTS_META};

    format_judged(&options, &out);
    EXPECT_TEXT(out.text, "site,name,verdict,area_m2,findings\n0101,=1+1,reject,0.34,2\n"
                          "0102,\"<b> & \"\"c\"\"\",warn,0.34,0\n0103,,pass,0.33,1\n");
    format_judged(&meta, &out);
    EXPECT_CONTAINS(out.text, "[findings]");
    EXPECT_CONTAINS(out.text, "[ledger]");
}
