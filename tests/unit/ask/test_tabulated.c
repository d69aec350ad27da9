/* Rows from sums. */
#include "ask/fixture.h"
#include "ask/tabulated.h"

static void add(zone_context *ctx, zone_groups *groups, uint64_t zone, const char *key, uint64_t pieces, zone_exact sum)
{
    size_t index = 0;

    EXPECT_INT(zone_groups_find(ctx, groups, zone, &key, &index), ZONE_OK);
    groups->group[index].pieces += pieces;
    EXPECT_INT(zone_group_add(ctx, &groups->group[index], 0, sum), ZONE_OK);
}

TEST(groups_become_rows_and_crumbs_go_to_the_first_of_their_zone)
{
    static const char *const columns[] = {"id"}, *const texts[] = {"north", ""};
    zone_context *ctx = new_context();
    zone_keys keys = {.count = 1, .key = {{.name = (char[]){"DLBM"}}}};
    zone_methods methods = {.count = 1, .means = {true}};
    zone_groups groups = {.key_count = 1};
    zone_tabulated answer = {.methods = &methods,
                             .keys = &keys,
                             .groups = &groups,
                             .zone_columns = 1,
                             .zone_column = columns,
                             .zone_text = texts,
                             .table = zone_table_create("tabulate")};

    add(ctx, &groups, 1, "b", 2, 50);
    add(ctx, &groups, 1, "a", 0, 1);
    add(ctx, &groups, 0, "c", 0, 3);
    add(ctx, &groups, 1, "c", 1, 70);
    EXPECT_INT(zone_tabulated_rows(ctx, &answer), ZONE_OK);
    EXPECT_INT(zone_table_row_count(answer.table), 2); /* north has crumbs only */
    EXPECT(zone_table_is_null(answer.table, 0, 0));
    EXPECT_TEXT(zone_table_text(answer.table, 0, 1), "b");
    EXPECT_INT(zone_table_integer(answer.table, 0, 2), 2);
    EXPECT(zone_table_area(answer.table, 0, 3) == 51);
    EXPECT(zone_table_area(answer.table, 1, 3) == 70);
    EXPECT_INT(zone_table_group(answer.table), 0);
    zone_tabulated_closure(ctx, &answer, "data", 121, 5);
    EXPECT(closure_exact(answer.table, "residual", NULL) == 0);
    EXPECT(closure_exact(answer.table, "repaired", "data") == 5);
    free(answer.cut);
    free(answer.row);
    zone_table_free(answer.table);
    zone_groups_free(&groups);
    zone_context_free(ctx);
}
