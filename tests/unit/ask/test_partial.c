/* The sums of a run as a partial. */
#include "ask/merging.h"
#include "ask/partial.h"

TEST(a_partial_holds_what_was_asked_and_every_sum)
{
    zone_context *ctx = new_context();
    draw_two_zones();
    draw_tiles_of("/vsimem/partial_all.geojson", 1, 0);
    zone_table *table = ask_part(ctx, "/vsimem/partial_all.geojson", MERGE_ZONES, "grid", 1);
    const zone_partial *partial = zone_table_partial(table);

    EXPECT(partial != NULL);
    if (partial) {
        const zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS], *zones = partial->table[ZONE_PARTIAL_ZONES];
        EXPECT_TEXT(zone_partial_request(partial, "question"), "tabulate");
        EXPECT_TEXT(zone_partial_request(partial, "grouped by"), "DLBM");
        EXPECT_TEXT(zone_partial_request(partial, "invalid geometry"), "repair");
        EXPECT_TEXT(zone_table_text(inputs, 0, ZONE_INPUTS_ROLE), "zones");
        EXPECT_TEXT(zone_table_text(inputs, 1, ZONE_INPUTS_LABEL), "/vsimem/partial_all.geojson:partial_all");
        EXPECT_INT(zone_table_integer(inputs, 1, ZONE_INPUTS_FEATURES), 15);
        EXPECT(zone_table_area(inputs, 1, ZONE_INPUTS_WHOLE) == 24000 * ZONE_EXACT_M2);
        EXPECT_TEXT(zone_table_text(zones, 0, ZONE_ZONES_LABEL), "b");
        EXPECT(zone_table_area(zones, 1, ZONE_ZONES_SUM) == 10000 * ZONE_EXACT_M2);
        EXPECT_INT(zone_table_row_count(partial->table[ZONE_PARTIAL_GROUPS]), zone_table_row_count(table));
    }
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_table_that_was_not_asked_for_with_partial_has_none)
{
    zone_context *ctx = new_context();
    draw_tiles_of("/vsimem/partial_none.geojson", 1, 0);
    zone_table *table = ask_part(ctx, "/vsimem/partial_none.geojson", NULL, "grid", 0);

    EXPECT(zone_table_partial(table) == NULL);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(single_features_and_control_areas_are_refused)
{
    zone_context *ctx = new_context();

    EXPECT_INT(zone_partial_refuse(ctx, "DLBM", NULL), ZONE_OK);
    EXPECT_INT(zone_partial_refuse(ctx, "DLBM", "100"), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "--control");
    EXPECT_INT(zone_partial_refuse(ctx, NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->remedy, "--by FIELDS");
    zone_context_free(ctx);
}
