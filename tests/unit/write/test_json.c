/* JSON and JSON Lines. */
#include "sink.h"

#include <json-c/json.h>

TEST(json_is_whole_and_keeps_every_digit)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSON, .exact = 1};
    json_object *rows = NULL, *area = NULL, *totals = NULL;

    format(&options, &out);
    json_object *object = json_tokener_parse(out.text);
    EXPECT(object && json_object_object_get_ex(object, "rows", &rows) && json_object_array_length(rows) == 3);
    EXPECT(rows && json_object_object_get_ex(json_object_array_get_idx(rows, 0), "area_m2", &area));
    EXPECT_REAL(area ? json_object_get_double(area) : 0.0, 0.335, 0.0);
    EXPECT(object && json_object_object_get_ex(object, "totals", &totals));
    EXPECT_CONTAINS(out.text, "\"area_m2\": 1.005000");
    EXPECT_CONTAINS(out.text, "\"unit\": \"m2\"");
    EXPECT(!strstr(out.text, "verdict")); /* nothing was judged */
    EXPECT_CONTAINS(out.text, "\\u001b[31m");
    json_object_put(object);
}

TEST(json_tells_of_areas_and_verdicts_only_where_there_are_some)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSON};
    zone_table *table = zone_table_create("test");

    zone_table_add_column(table, (zone_column){.name = "name", .type = ZONE_COLUMN_TEXT});
    zone_table_set_verdict(table, ZONE_UNMET);
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text, "\"verdict\": \"unmet\"");
    EXPECT(!strstr(out.text, "\"unit\"") && !strstr(out.text, "decimals") && !strstr(out.text, "rounding"));
    zone_table_free(table);
}

TEST(json_lines_has_a_line_a_row)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSONL};
    int lines = 0;

    format(&options, &out);
    for (const char *c = out.text; *c; c++)
        lines += *c == '\n';
    EXPECT_INT(lines, 3);
    EXPECT_CONTAINS(out.text, "{\"name\":\"水田\",\"area_m2\":0.34}\n");
}

TEST(what_is_not_utf8_becomes_so_and_long_names_stay_whole)
{
    static kept out;
    const zone_write_options json = {.size = sizeof json, .format = ZONE_FORMAT_JSON};
    const zone_write_options lines = {.size = sizeof lines, .format = ZONE_FORMAT_JSONL};
    zone_table *table = zone_table_create("test");
    char name[3 * 60 + 1] = "", key[200];

    for (int i = 0; i < 60; i++)
        strcat(name, "田");
    zone_table_add_column(table, (zone_column){.name = name, .type = ZONE_COLUMN_AREA, .adds = true});
    zone_table_add_column(table, (zone_column){.name = "b\xb5", .type = ZONE_COLUMN_TEXT});
    zone_table_set_area(table, zone_table_add_row(table), 0, ZONE_EXACT_M2);
    zone_table_set_text(table, 0, 1, "\xb5\xd8.shp");
    zone_table_add_provenance(table, "input", "\xb5\xd8");
    snprintf(key, sizeof key, "\"%s_m2\"", name);
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &json, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text, key);
    EXPECT_CONTAINS(strstr(out.text, "totals"), key);
    EXPECT_CONTAINS(out.text, "\"b\ufffd\": \"\ufffd\ufffd.shp\"");
    EXPECT_CONTAINS(out.text, "\"value\": \"\ufffd\ufffd\"");
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &lines, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text, key);
    zone_table_free(table);
}

TEST(findings_and_the_ledger_are_members_where_there_are_some)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSON};
    json_object *found = NULL, *steps = NULL;

    format_judged(&options, &out);
    json_object *object = json_tokener_parse(out.text);
    EXPECT(object && json_object_object_get_ex(object, "findings", &found) && json_object_array_length(found) == 4);
    EXPECT(object && json_object_object_get_ex(object, "ledger", &steps) && json_object_array_length(steps) == 2);
    EXPECT_CONTAINS(out.text, "\"drawn_m2\": 0.33,");
    json_object_put(object);
    format(&options, &out);
    EXPECT(!strstr(out.text, "\"findings\"") && !strstr(out.text, "\"ledger\""));
}

TEST(each_line_has_its_findings_and_none_is_lost)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSONL};
    const zone_write_options meta = {.size = sizeof meta, .format = ZONE_FORMAT_JSONL, .parts = ZONE_PARTS_META};

    format_judged(&options, &out);
    EXPECT_TEXT(
        out.text,
        "{\"site\":\"0101\",\"name\":\"=1+1\",\"verdict\":\"reject\",\"area_m2\":0.34,\"findings\":["
        "{\"site\":\"0101\",\"rule\":\"inside\",\"verdict\":\"unmet\",\"measured\":\"12 m2\"},"
        "{\"site\":\"0101\",\"rule\":\"farmland\",\"verdict\":\"met\",\"measured\":\"0 m2\"}]}\n"
        "{\"site\":\"0102\",\"name\":\"<b> & \\\"c\\\"\",\"verdict\":\"warn\",\"area_m2\":0.34,\"findings\":[]}\n"
        "{\"site\":\"0103\",\"name\":null,\"verdict\":\"pass\",\"area_m2\":0.33,\"findings\":["
        "{\"site\":\"0103\",\"rule\":\"width\",\"verdict\":\"note\",\"measured\":\"3.1 m\"}]}\n"
        "{\"finding\":{\"site\":\"0999\",\"rule\":\"sound\",\"verdict\":\"unmet\",\"measured\":\"no area\"}}\n"
        "{\"ledger\":{\"step\":1,\"opening_m2\":2.00,\"drawn_m2\":0.33,\"balance_m2\":1.67}}\n"
        "{\"ledger\":{\"step\":2,\"opening_m2\":1.67,\"drawn_m2\":0.34,\"balance_m2\":1.33}}\n");
    format_judged(&meta, &out);
    EXPECT(!strstr(out.text, "[findings]") && !strstr(out.text, "[ledger]"));
    EXPECT_CONTAINS(out.text, "[provenance]");
}
