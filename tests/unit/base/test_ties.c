/* Ties: groups add up to the total, parts to their group. */
#include "base/table.h"
#include "base/units.h"
#include "test.h"

TEST(parts_tie_in_their_group_and_groups_in_the_table)
{
    zone_table *table = zone_table_create("test");
    zone_int128 rounded[9], total = 0, sums[3] = {0}, all = 0;
    const zone_unit *m2 = zone_unit_find("m2");

    int name = zone_table_add_column(table, (zone_column){.name = "zone", .type = ZONE_COLUMN_TEXT});
    int area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    for (int i = 0; i < 9; i++) {
        static const char *const zones[] = {"a", "b", "c"};
        size_t row = zone_table_add_row(table);
        zone_table_set_text(table, row, name, zones[i / 3]);
        zone_table_set_area(table, row, area, ZONE_EXACT_M2 / 1000 * 335 + i);
    }
    zone_table_set_group(table, name);
    EXPECT_INT(zone_table_round(NULL, table, (size_t)area, m2, 2, rounded, &total), ZONE_OK);
    EXPECT(total == zone_exact_round(zone_table_total(table, (size_t)area), m2, 2));
    for (int i = 0; i < 9; i++) {
        sums[i / 3] += rounded[i];
        all += rounded[i];
    }
    EXPECT(all == total);
    /* 3 × 0.335 = 1.005 a group, 3.015 in all: two groups print 1.01, one 1.00, and 3.02 is the total. */
    EXPECT_INT(total, 302);
    EXPECT_INT(sums[0] + sums[1] + sums[2], 302);
    for (int g = 0; g < 3; g++)
        EXPECT(sums[g] == 100 || sums[g] == 101);
    zone_table_free(table);
}

TEST(groups_that_are_no_parts_of_one_whole_tie_each_by_itself)
{
    zone_table *table = zone_table_create("test");
    zone_int128 rounded[9], total = 0, sums[3] = {0};
    const zone_unit *m2 = zone_unit_find("m2");

    int name = zone_table_add_column(table, (zone_column){.name = "layer", .type = ZONE_COLUMN_TEXT});
    EXPECT(!zone_table_ties(table));
    int area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .ties = true});
    EXPECT(zone_table_ties(table));
    for (int i = 0; i < 9; i++) {
        static const char *const layers[] = {"a", "b", "c"};
        size_t row = zone_table_add_row(table);
        zone_table_set_text(table, row, name, layers[i / 3]);
        zone_table_set_area(table, row, area, ZONE_EXACT_M2 / 1000 * 335);
    }
    zone_table_set_group(table, name);
    EXPECT_INT(zone_table_round(NULL, table, (size_t)area, m2, 2, rounded, &total), ZONE_OK);
    for (int i = 0; i < 9; i++)
        sums[i / 3] += rounded[i];
    for (int g = 0; g < 3; g++)
        EXPECT_INT(sums[g], 101); /* 3 × 0.335 = 1.005 each, whatever the others are */
    EXPECT_INT(total, 303);
    zone_table_free(table);
}

TEST(columns_that_do_not_add_are_rounded_one_by_one)
{
    zone_table *table = zone_table_create("test");
    zone_int128 rounded[3], total = 0;

    int area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA});
    for (int i = 0; i < 3; i++)
        zone_table_set_area(table, zone_table_add_row(table), area, ZONE_EXACT_M2 / 1000 * 335);
    EXPECT_INT(zone_table_round(NULL, table, (size_t)area, zone_unit_find("m2"), 2, rounded, &total), ZONE_OK);
    for (int i = 0; i < 3; i++)
        EXPECT_INT(rounded[i], 34);
    EXPECT(!zone_table_ties(table));
    zone_table_free(table);
}

TEST(parts_of_rows_tie_with_the_rows_as_they_are_printed)
{
    zone_table *table = zone_table_create("test"), *parts = zone_table_create("test");
    int area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    int part = zone_table_add_column(parts, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA});
    const zone_unit *m2 = zone_unit_find("m2");
    const size_t row[] = {2, 0, 2, 2, 0}; /* row 1 has no parts */
    zone_int128 rows[3], tied[5], total = 0, sums[3] = {0};

    for (int r = 0; r < 3; r++)
        zone_table_set_area(table, zone_table_add_row(table), area, ZONE_EXACT_M2 / 1000 * (r == 1 ? 4 : 335 * 3));
    for (int p = 0; p < 5; p++)
        zone_table_set_area(parts, zone_table_add_row(parts), part, ZONE_EXACT_M2 / 1000 * 335);
    EXPECT_INT(zone_table_round(NULL, table, (size_t)area, m2, 2, rows, &total), ZONE_OK);
    EXPECT_INT(zone_table_tie_parts(NULL, table, (size_t)area, parts, part, row, m2, 2), ZONE_OK);
    EXPECT_INT(zone_table_round(NULL, parts, (size_t)part, m2, 2, tied, &total), ZONE_OK);
    for (int p = 0; p < 5; p++)
        sums[row[p]] += tied[p];
    EXPECT(sums[0] == rows[0] && sums[2] == rows[2] && sums[1] == 0);
    EXPECT(tied[0] >= tied[2] && tied[2] >= tied[3]); /* equal remainders: the first get more */
    zone_table_free(table);
    zone_table_free(parts);
}

TEST(what_is_between_ties_with_both_its_neighbours)
{
    zone_table *table = zone_table_create("test");
    static const char *const names[] = {"opening", "drawn", "balance"};
    const zone_unit *m2 = zone_unit_find("m2");
    zone_int128 opening[3], drawn[3], balance[3], total = 0;

    for (int i = 0; i < 3; i++)
        zone_table_add_column(table, (zone_column){.name = names[i], .type = ZONE_COLUMN_AREA, .between = i == 1});
    for (int i = 0; i < 2; i++) {
        size_t row = zone_table_add_row(table);
        zone_table_set_area(table, row, 0, ZONE_EXACT_M2 / 1000 * (1000 - 335 * i));
        zone_table_set_area(table, row, 1, ZONE_EXACT_M2 / 1000 * 335);
        zone_table_set_area(table, row, 2, ZONE_EXACT_M2 / 1000 * (665 - 335 * i));
    }
    zone_table_set_area(table, zone_table_add_row(table), 1, ZONE_EXACT_M2 / 1000 * 335); /* of no account */
    EXPECT_INT(zone_table_round(NULL, table, 0, m2, 2, opening, &total), ZONE_OK);
    EXPECT_INT(zone_table_round(NULL, table, 2, m2, 2, balance, &total), ZONE_OK);
    EXPECT_INT(zone_table_round(NULL, table, 1, m2, 2, drawn, &total), ZONE_OK);
    for (int i = 0; i < 2; i++)
        EXPECT_INT(opening[i] - drawn[i], balance[i]);
    EXPECT_INT(opening[1], balance[0]);
    EXPECT_INT(drawn[0], 33); /* 1.00 - 0.67, though 0.335 by itself prints 0.34 */
    EXPECT_INT(drawn[2], 34);
    EXPECT_INT(total, drawn[0] + drawn[1] + drawn[2]);
    zone_table_free(table);
}

TEST(between_what_is_no_area_a_column_rounds_by_itself)
{
    zone_table *table = zone_table_create("test");
    zone_int128 rounded[1], total = 0;

    zone_table_add_column(table, (zone_column){.name = "site", .type = ZONE_COLUMN_TEXT});
    zone_table_add_column(table, (zone_column){.name = "drawn", .type = ZONE_COLUMN_AREA, .between = true});
    zone_table_set_area(table, zone_table_add_row(table), 1, ZONE_EXACT_M2 / 1000 * 335);
    EXPECT_INT(zone_table_round(NULL, table, 1, zone_unit_find("m2"), 2, rounded, &total), ZONE_OK);
    EXPECT_INT(rounded[0], 34);
    zone_table_free(table);
}
