/* Findings as rows, and the verdict of the whole. */
#include "ask/finding.h"
#include "ask/fixture.h"

static void add(zone_table *table, zone_finding_verdict verdict, int line)
{
    const zone_finding finding = {
        .check = "area", .of = "A", .declared = "1 km2", .measured = "1.1 km2", .verdict = verdict, .line = line};

    zone_findings_add(table, &finding);
}

TEST(a_finding_is_a_row_and_what_it_lacks_is_empty)
{
    zone_table *table = zone_findings_create("check");

    add(table, ZONE_FINDING_UNMET, 12);
    add(table, ZONE_FINDING_NOTE, 0);
    EXPECT_TEXT(text_at(table, 0, "verdict"), "unmet");
    EXPECT_TEXT(text_at(table, 0, "check"), "area");
    EXPECT_TEXT(text_at(table, 0, "of"), "A");
    EXPECT_TEXT(text_at(table, 0, "declared"), "1 km2");
    EXPECT_TEXT(text_at(table, 0, "measured"), "1.1 km2");
    EXPECT(zone_table_is_null(table, 0, column(table, "margin")));
    EXPECT(zone_table_is_null(table, 0, column(table, "place")));
    EXPECT_INT(zone_table_integer(table, 0, column(table, "line")), 12);
    EXPECT_TEXT(text_at(table, 1, "verdict"), "note");
    EXPECT(zone_table_is_null(table, 1, column(table, "line")));
    zone_table_free(table);
}

TEST(one_finding_that_is_not_met_fails_the_whole_and_notes_do_not_count)
{
    zone_context *ctx = new_context();
    zone_table *table = zone_findings_create("check");

    zone_table_set_title(table, "plan");
    add(table, ZONE_FINDING_MET, 1);
    add(table, ZONE_FINDING_MET, 2);
    add(table, ZONE_FINDING_NOTE, 3);
    zone_findings_judge(ctx, table);
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    EXPECT_TEXT(zone_table_title(table), "plan: 2 met, 0 not met");
    zone_table_set_title(table, "plan");
    add(table, ZONE_FINDING_UNMET, 4);
    zone_findings_judge(ctx, table);
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    EXPECT_TEXT(zone_table_title(table), "plan: 2 met, 1 not met");
    zone_table_free(table);
    zone_context_free(ctx);
}
