/* What people are shown. */
#include "sink.h"
#include "write/writer.h"

#include "base/text.h"

TEST(headings_have_words_number_and_unit_and_cells_their_words)
{
    zone_table *table = zone_table_create("test");
    zone_writer writer = {.unit = zone_unit_find("mu"), .decimals = 2, .language = ZONE_CHINESE};
    zone_cells cells;
    char text[ZONE_SHOWN];

    zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_TEXT, .verdict = true});
    zone_table_add_column(table,
                          (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    zone_table_add_column(table, (zone_column){.name = "w\x1b", .type = ZONE_COLUMN_REAL, .unit = "m"});
    zone_table_set_area(table, zone_table_add_row(table), 1, ZONE_EXACT_M2 * 2000);
    EXPECT_INT(zone_cells_make(&writer, table, &cells), ZONE_OK);
    EXPECT_TEXT(zone_shown_heading(&writer, table, &cells, 1, text), "面积_2 (亩)");
    EXPECT_CONTAINS(zone_shown_heading(&writer, table, &cells, 2, text), "w\\x1b (");
    writer.language = ZONE_ENGLISH;
    EXPECT_TEXT(zone_shown_heading(&writer, table, &cells, 1, text), "area_2 (mu)");
    EXPECT_TEXT(zone_shown_total(&writer, &cells, 0), "total");
    EXPECT_TEXT(zone_shown_total(&writer, &cells, 1), "3.00");
    EXPECT_TEXT(zone_shown_total(&writer, &cells, 2), "");
    writer.language = ZONE_CHINESE;
    EXPECT_TEXT(zone_shown_word(&writer, table, 0, "unmet"), "不符合");
    EXPECT_TEXT(zone_shown_word(&writer, table, 2, "unmet"), "unmet");
    EXPECT_TEXT(zone_shown_total(&writer, &cells, 0), "合计");
    zone_cells_free(&cells);
    zone_table_free(table);
}

TEST(a_key_is_what_the_catalogue_says_whatever_was_asked_before)
{
    static const char *const keys[] = {
#define T(english, chinese) english,
#include "base/text/ask.def"
#include "base/text/write.def"
#undef T
        "nobody translated this", ""};
    zone_writer writer = {.language = ZONE_CHINESE}, english = {0};

    for (size_t times = 0; times < 2; times++)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            EXPECT_TEXT(zone_shown_key(&writer, keys[i]), zone_text(ZONE_CHINESE, keys[i]));
            EXPECT_TEXT(zone_shown_key(&writer, keys[i]), zone_text(ZONE_CHINESE, keys[i]));
            EXPECT_TEXT(zone_shown_key(&english, keys[i]), keys[i]);
        }
}
