/* Partials as JSON. */
#include "base/partial.h"
#include "sink.h"

static zone_partial *sample_partial(void)
{
    zone_partial *partial = zone_partial_create();
    zone_table *columns = partial->table[ZONE_PARTIAL_COLUMNS], *groups = partial->table[ZONE_PARTIAL_GROUPS];
    size_t row = zone_table_add_row(columns);

    zone_table_set_text(columns, row, ZONE_COLUMNS_ROLE, "method");
    zone_table_set_text(columns, row, ZONE_COLUMNS_NAME, "say \"ha\" \\ \x01 \xff 亩");
    zone_table_set_integer(columns, row, ZONE_COLUMNS_MEANS, 1);
    EXPECT(zone_partial_widen(partial));
    row = zone_table_add_row(groups);
    zone_table_set_integer(groups, row, ZONE_GROUPS_PIECES, INT64_MAX);
    zone_table_set_area(groups, row, ZONE_GROUPS_AREAS, -(zone_exact)INT64_MAX * 1000 - 7);
    return partial;
}

TEST(integers_keep_every_digit_and_texts_are_escaped)
{
    static kept out;
    zone_table *table = sample_table();
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_PARTIAL};

    memset(&out, 0, sizeof out);
    zone_table_set_partial(table, sample_partial());
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    EXPECT_CONTAINS(out.text,
                    "{\n\"zone_partial\": 2,\n\"request\": {\"columns\": [\"item\", \"value\"], \"rows\": [\n]},\n");
    EXPECT_CONTAINS(out.text, "\n[\"method\", \"say \\\"ha\\\" \\\\ \\u0001 \xef\xbf\xbd 亩\", null, null, 1]\n]},\n");
    EXPECT_CONTAINS(out.text, "\n[null, 9223372036854775807, null, \"-9223372036854775807007\"]\n");
    EXPECT_CONTAINS(out.text, "]},\n\"checksum\": \"");
    EXPECT_TEXT(out.text + strlen(out.text) - 4, "\"\n}\n");
    zone_table_free(table);
}

TEST(a_table_without_a_partial_has_none_to_write)
{
    static kept out;
    zone_table *table = sample_table();
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_PARTIAL};

    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_BAD_USAGE);
    zone_table_free(table);
}

TEST(a_sink_that_refuses_is_told)
{
    static kept out = {.room = 100};
    zone_table *table = sample_table();
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_PARTIAL};

    zone_table_set_partial(table, sample_partial());
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_CANNOT_WRITE);
    zone_table_free(table);
}
