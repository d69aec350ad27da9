/* Cells: areas rounded together, empty cells empty. */
#include "sink.h"
#include "write/writer.h"

TEST(empty_cells_are_empty_texts_and_totals_belong_to_columns_that_add)
{
    zone_table *table = sample_table();
    zone_writer writer = {.unit = zone_unit_find("m2"), .decimals = 2};
    zone_cells cells;

    zone_table_add_row(table);
    EXPECT_INT(zone_cells_make(&writer, table, &cells), ZONE_OK);
    EXPECT_TEXT(zone_cells_at(&cells, 3, 0), "");
    EXPECT_TEXT(zone_cells_at(&cells, 3, 1), "");
    EXPECT_TEXT(cells.total[1], "1.01");
    EXPECT(cells.total[0] == NULL && cells.totals);
    EXPECT_TEXT(cells.label[1], "area_m2");
    zone_cells_free(&cells);
    zone_table_free(table);
}

TEST(integers_that_do_not_add_are_not_summed)
{
    zone_table *table = zone_table_create("test");
    zone_writer writer = {.unit = zone_unit_find("m2"), .decimals = 2};
    zone_cells cells;

    zone_table_add_column(table, (zone_column){.name = "fid", .type = ZONE_COLUMN_INTEGER});
    int adding = zone_table_add_column(table, (zone_column){.name = "n", .type = ZONE_COLUMN_INTEGER, .adds = true});
    for (int i = 0; i < 2; i++) {
        zone_table_set_integer(table, zone_table_add_row(table), 0, INT64_MAX - i);
        zone_table_set_integer(table, (size_t)i, adding, 2);
    }
    EXPECT_INT(zone_cells_make(&writer, table, &cells), ZONE_OK);
    EXPECT_TEXT(zone_cells_at(&cells, 1, 0), "9223372036854775806");
    EXPECT(cells.total[0] == NULL);
    EXPECT_TEXT(cells.total[1], "4");
    zone_cells_free(&cells);
    zone_table_set_integer(table, 0, adding, INT64_MAX);
    EXPECT_INT(zone_cells_make(&writer, table, &cells), ZONE_TOO_LARGE);
    zone_table_free(table);
}

TEST(findings_run_as_long_as_their_key_is_the_rows)
{
    zone_table *table = judged_table();
    zone_writer writer = {.unit = zone_unit_find("m2"), .decimals = 2};
    zone_cells cells, found, none = {0};

    EXPECT_INT(zone_cells_make(&writer, table, &cells), ZONE_OK);
    EXPECT_INT(zone_cells_make(&writer, zone_table_section(table, ZONE_SECTION_FINDINGS), &found), ZONE_OK);
    EXPECT_INT(zone_cells_findings(&cells, 0, &found, 0), 2);
    EXPECT_INT(zone_cells_findings(&cells, 1, &found, 2), 2);
    EXPECT_INT(zone_cells_findings(&cells, 2, &found, 2), 3);
    EXPECT_INT(zone_cells_findings(&cells, 0, &none, 0), 0);
    zone_cells_free(&cells);
    zone_cells_free(&found);
    zone_table_free(table);
}
