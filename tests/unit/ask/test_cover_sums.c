/* What the sums of a cover say. */
#include "ask/cover_sums.h"
#include "ask/fixture.h"

#define PLANE(m2) ((zone_int128)(m2) << 61)

TEST(what_is_missing_in_the_plane_is_a_gap_and_the_rest_is_the_edge_model)
{
    const zone_exact m2 = ZONE_EXACT_M2;
    zone_cover_zone zones[] = {
        {.area = 10000000 * m2, .sum = 9999990 * m2, .drawn_area = PLANE(10000000), .drawn = 0},
        {.area = 10000000 * m2, .sum = 9999990 * m2, .drawn_area = PLANE(10000000), .drawn = PLANE(4)},
        {.area = 10000000 * m2, .sum = 4000000 * m2, .drawn_area = PLANE(10000000), .drawn = PLANE(6000000)},
        {.area = 10000000 * m2,
         .sum = 10000005 * m2,
         .repeat = 5 * m2,
         .drawn_area = PLANE(10000000),
         .drawn = -PLANE(5),
         .drawn_repeat = 5 * m2}};

    EXPECT(zone_cover_doubtful(zones, 4));
    EXPECT(!zone_cover_doubtful(zones + 2, 2));
    zone_cover_split(zones, 4, true);
    EXPECT(zones[0].gap == 0 && zones[0].edge == 10 * m2);
    EXPECT(zones[1].gap == 4 * m2 && zones[1].edge == 6 * m2);
    EXPECT(zones[2].gap == 6000000 * m2 && zones[2].edge == 0);
    EXPECT(zones[3].gap == 0 && zones[3].edge == 0);
    zone_cover_split(zones, 4, false);
    EXPECT(zones[0].gap == 10 * m2 && zones[0].edge == 0);
}

TEST(what_nobody_looked_at_is_said_at_every_line_that_depends_on_it)
{
    static const char *const names[] = {"a"};
    zone_context *ctx = new_context();
    zone_cover_zone zone = {.area = 100, .sum = 90, .repeat = 5, .gap = 15};
    const zone_cover_sums sums = {.data = "data",
                                  .zones = "zones",
                                  .names = names,
                                  .zone = &zone,
                                  .count = 1,
                                  .whole = 120,
                                  .inside = 90,
                                  .data_pairs = "1 × 2",
                                  .not_looked = "not looked at between parts"};
    zone_table *table = zone_table_create("tabulate");

    zone_cover_sums_lines(ctx, &sums, 90, table);
    EXPECT(closure_exact(table, "outside every zone", "data") == 30);
    EXPECT(closure_exact(table, "counted more than once", "zones") == 0);
    EXPECT(closure_exact(table, "counted more than once", "data") == 5);
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    EXPECT(closure_exact(table, "covered", "a") == 85);
    EXPECT_TEXT(closure_detail(table, "counted more than once", "data"), "not looked at between parts");
    EXPECT_TEXT(closure_detail(table, "counted more than once", "a"), "not looked at between parts");
    EXPECT_TEXT(closure_detail(table, "gap", "a"), "less what is counted more than once");
    zone_table_free(table);
    zone_context_free(ctx);
}
