/* The partial of a change. */
#include "ask/changing.h"

TEST(a_part_has_all_of_the_old_date_and_what_it_covers_of_it)
{
    zone_context *ctx = new_context();
    draw_two_zones();
    draw_old_date();
    draw_tiles_of("/vsimem/change_part.geojson", 15, 0);
    zone_table *table = ask_change(ctx, "/vsimem/change_part.geojson", MERGE_ZONES, 1);
    const zone_partial *partial = zone_table_partial(table);

    EXPECT(partial != NULL);
    if (partial) {
        const zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS], *groups = partial->table[ZONE_PARTIAL_GROUPS];
        const zone_table *covered = partial->table[ZONE_PARTIAL_COVERED];
        EXPECT_TEXT(zone_partial_request(partial, "question"), "change");
        EXPECT_TEXT(zone_table_text(inputs, 1, ZONE_INPUTS_ROLE), "old");
        EXPECT(zone_table_area(inputs, 1, ZONE_INPUTS_SUM) == 20000 * ZONE_EXACT_M2);
        EXPECT(zone_table_area(inputs, 2, ZONE_INPUTS_WHOLE) == 1600 * ZONE_EXACT_M2);
        EXPECT_INT(zone_table_row_count(covered), 1);
        EXPECT_INT(zone_table_integer(covered, 0, ZONE_COVERED_FEATURE), 0);
        EXPECT(zone_table_area(covered, 0, ZONE_COVERED_COVERED) == 1600 * ZONE_EXACT_M2);
        size_t group = (size_t)zone_table_integer(covered, 0, ZONE_COVERED_GROUP);
        EXPECT(zone_table_area(groups, group, ZONE_GROUPS_AREAS) == 10000 * ZONE_EXACT_M2);
        EXPECT_TEXT(zone_table_text(groups, group, ZONE_GROUPS_AREAS + 2), "0101");
    }
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(the_table_of_a_part_is_that_of_its_data)
{
    zone_context *ctx = new_context();
    draw_old_date();
    draw_tiles_of("/vsimem/change_same.geojson", 2, 0);
    zone_table *part = ask_change(ctx, "/vsimem/change_same.geojson", NULL, 1);
    zone_table *plain = ask_change(ctx, "/vsimem/change_same.geojson", NULL, 0);
    char *one = as_text(ctx, part, ZONE_PARTS_ALL), *other = as_text(ctx, plain, ZONE_PARTS_ALL);

    EXPECT_TEXT(one, other);
    free(one);
    free(other);
    zone_table_free(plain);
    zone_table_free(part);
    zone_context_free(ctx);
}
