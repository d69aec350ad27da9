/* The tables of a partial. */
#include "base/partial.h"
#include "test.h"

static void add_column(zone_partial *partial, const char *role, const char *name)
{
    zone_table *columns = partial->table[ZONE_PARTIAL_COLUMNS];
    size_t row = zone_table_add_row(columns);

    zone_table_set_text(columns, row, ZONE_COLUMNS_ROLE, role);
    zone_table_set_text(columns, row, ZONE_COLUMNS_NAME, name);
}

TEST(tables_have_the_columns_that_their_numbers_say)
{
    zone_partial *partial = zone_partial_create();
    const zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS], *zones = partial->table[ZONE_PARTIAL_ZONES];

    EXPECT_INT(zone_table_column_count(inputs), ZONE_INPUTS_COLUMNS);
    EXPECT_TEXT(zone_table_column_name(inputs, ZONE_INPUTS_FEATURES), "features");
    EXPECT_TEXT(zone_table_column_name(inputs, ZONE_INPUTS_INSIDE), "inside");
    EXPECT_TEXT(zone_table_column_name(inputs, ZONE_INPUTS_PAIRS), "overlaps");
    EXPECT_INT(zone_table_column_type(inputs, ZONE_INPUTS_LOOKED), ZONE_COLUMN_INTEGER);
    EXPECT_INT(zone_table_column_type(inputs, ZONE_INPUTS_CHANGE), ZONE_COLUMN_AREA);
    EXPECT_INT(zone_table_column_count(zones), ZONE_ZONES_TEXTS);
    EXPECT_TEXT(zone_table_column_name(zones, ZONE_ZONES_DRAWN_REPEAT), "drawn repeat");
    EXPECT_TEXT(zone_partial_name(ZONE_PARTIAL_UNKNOWN), "unknown classes");
    zone_partial_free(partial);
    zone_partial_free(NULL);
}

TEST(zones_and_groups_get_the_columns_of_the_answer)
{
    zone_partial *partial = zone_partial_create();

    add_column(partial, "zone", "id");
    add_column(partial, "key", "DLBM");
    add_column(partial, "key", "QSXZ");
    add_column(partial, "method", "survey");
    EXPECT(zone_partial_widen(partial));
    EXPECT_INT(zone_table_column_count(partial->table[ZONE_PARTIAL_ZONES]), ZONE_ZONES_TEXTS + 1);
    EXPECT_INT(zone_table_column_count(partial->table[ZONE_PARTIAL_GROUPS]), ZONE_GROUPS_AREAS + 3);
    EXPECT_INT(zone_table_column_type(partial->table[ZONE_PARTIAL_GROUPS], ZONE_GROUPS_AREAS), ZONE_COLUMN_AREA);
    EXPECT_INT(zone_table_column_type(partial->table[ZONE_PARTIAL_GROUPS], ZONE_GROUPS_AREAS + 2), ZONE_COLUMN_TEXT);
    zone_partial_free(partial);
}

TEST(columns_in_another_order_or_of_other_roles_are_refused)
{
    static const char *const roles[][2] = {{"method", "key"}, {"key", "zone"}, {"area", "method"}, {"zone", "key"}};

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        zone_partial *partial = zone_partial_create();
        add_column(partial, roles[i][0], "a");
        add_column(partial, roles[i][1], "b");
        EXPECT(!zone_partial_widen(partial));
        zone_partial_free(partial);
    }
    zone_partial *many = zone_partial_create();
    for (int i = 0; i < 65; i++)
        add_column(many, "key", "k");
    add_column(many, "method", "survey");
    EXPECT(!zone_partial_widen(many));
    zone_partial_free(many);
}

TEST(items_of_the_request_are_found_by_name)
{
    zone_partial *partial = zone_partial_create();
    zone_table *request = partial->table[ZONE_PARTIAL_REQUEST];
    size_t row = zone_table_add_row(request);

    zone_table_set_text(request, row, ZONE_REQUEST_ITEM, "question");
    zone_table_set_text(request, row, ZONE_REQUEST_VALUE, "area");
    EXPECT_TEXT(zone_partial_request(partial, "question"), "area");
    EXPECT(zone_partial_request(partial, "answer") == NULL);
    zone_partial_free(partial);
}
