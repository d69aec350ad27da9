/* Closure lines of both dates. */
#include "ask/margins.h"

#include "ask/fixture.h"

TEST(each_date_ties_with_the_rows_that_it_covers)
{
    zone_context *ctx = new_context();
    const zone_transition transition = {.sum = {70, 20, 30}};
    zone_margins margins = {
        .date = {{.label = "old", .whole = 110, .inside = 95, .sum = 100},
                 {.label = "new", .whole = 90, .inside = 90, .sum = 90, .repeat = 5, .pairs = "1 × 2"}},
        .zoned = true,
        .zone_pairs = "a × b"};
    zone_table *table = zone_table_create("change");

    zone_margins_lines(ctx, &margins, &transition, table);
    EXPECT(closure_exact(table, "outside every zone", "old") == 15);
    EXPECT(closure_exact(table, "in more than one zone", "old") == 5);
    EXPECT(closure_exact(table, "sum of parts", "old") == 100);
    EXPECT(closure_exact(table, "residual", "old") == 0);
    EXPECT(closure_exact(table, "residual", "new") == 0);
    EXPECT(closure_exact(table, "counted more than once", "new") == 5);
    EXPECT_TEXT(closure_detail(table, "counted more than once", "new"), "1 × 2");
    EXPECT_CONTAINS(closure_detail(table, "not covered at date 2", "old"), "less what new counts more than once");
    EXPECT(closure_detail(table, "not covered at date 1", "new") == NULL);
    zone_table_free(table);

    margins.zoned = false;
    margins.date[0].not_looked = "not looked at between parts";
    table = zone_table_create("change");
    zone_margins_lines(ctx, &margins, &transition, table);
    EXPECT(closure_exact(table, "residual", "old") == 10);
    EXPECT_TEXT(closure_detail(table, "counted more than once", "old"), "not looked at between parts");
    EXPECT_CONTAINS(closure_detail(table, "not covered at date 1", "new"), "less what old counts more than once");
    zone_table_free(table);
    zone_context_free(ctx);
}
