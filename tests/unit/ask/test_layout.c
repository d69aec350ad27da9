/* The question "layout": counts, names, and the rules in the order of the plan. */
#include "ask/layout.h"
#include "ask/sketch.h"

static zone_table *ask(const char *more, zone_status expected)
{
    zone_context *ctx = new_context();
    place p;
    zone_plan *plan = open_sketch(ctx, &p, more);
    zone_table *table = NULL;

    EXPECT_INT(zone_layout(ctx, plan, NULL, &table), expected);
    EXPECT((table == NULL) == (expected != ZONE_OK));
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
    return table;
}

TEST(counts_and_names_are_met)
{
    zone_table *table = ask("elements:\n"
                            "  - {structure: layout, element: node, layer: points, count: 3, names: [a, name of c]}\n"
                            "  - {structure: landscape, element: island, layer: tiles, count: many}\n",
                            ZONE_OK);

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_TEXT(text_at(table, 0, "check"), "count");
    EXPECT_TEXT(text_at(table, 0, "declared"), "3");
    EXPECT_TEXT(text_at(table, 0, "measured"), "3");
    EXPECT_TEXT(text_at(table, 0, "difference"), "0");
    EXPECT_TEXT(text_at(table, 0, "verdict"), "met");
    EXPECT_TEXT(text_at(table, 0, "remark"), "layout: node");
    EXPECT_TEXT(text_at(table, 1, "measured"), "all 2 found");
    EXPECT_TEXT(text_at(table, 2, "declared"), "many");
    EXPECT_TEXT(text_at(table, 2, "verdict"), "met");
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    zone_table_free(table);
}

TEST(what_is_missing_or_too_many_is_told)
{
    zone_table *table =
        ask("elements:\n"
            "  - {structure: layout, element: node, layer: points, count: 5, names: [name of a, 上华芯, name of d]}\n"
            "  - {structure: layout, element: island, layer: tiles, count: 1}\n",
            ZONE_OK);

    EXPECT_TEXT(text_at(table, 0, "verdict"), "unmet");
    EXPECT_TEXT(text_at(table, 0, "difference"), "-2");
    EXPECT_TEXT(text_at(table, 1, "verdict"), "unmet");
    EXPECT_TEXT(text_at(table, 1, "declared"), "name of a 上华芯 name of d");
    EXPECT_TEXT(text_at(table, 1, "measured"), "missing: 上华芯 name of d");
    EXPECT_TEXT(text_at(table, 1, "margin"), "2");
    EXPECT_TEXT(text_at(table, 2, "difference"), "1");
    EXPECT_TEXT(text_at(table, 2, "verdict"), "unmet");
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
}

TEST(rules_follow_elements_with_the_words_of_the_plan_and_their_lines)
{
    zone_table *table = ask("elements:\n"
                            "  - {structure: layout, element: ring, layer: lines, count: 7}\n"
                            "rules:\n"
                            "  - {rule: closed, of: lines/ring, text: 成环}\n"
                            "  - {rule: passes, of: lines/ring, through: points, tolerance: 5 m}\n",
                            ZONE_OK);
    int64_t first = zone_table_integer(table, 0, column(table, "line"));

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_TEXT(text_at(table, 1, "check"), "closed");
    EXPECT_TEXT(text_at(table, 1, "of"), "lines/ring");
    EXPECT_TEXT(text_at(table, 1, "remark"), "成环");
    EXPECT_TEXT(text_at(table, 1, "place"), "441000.000 3218000.000");
    EXPECT_TEXT(text_at(table, 2, "declared"), "points ±5 m");
    EXPECT(first > 0);
    EXPECT_INT(zone_table_integer(table, 1, column(table, "line")), first + 2);
    EXPECT_INT(zone_table_integer(table, 2, column(table, "line")), first + 3);
    EXPECT(zone_table_section(table, ZONE_SECTION_COMPLETENESS) != NULL);
    zone_table_free(table);
}

TEST(without_a_plan_or_its_file_it_is_an_error)
{
    zone_context *ctx = new_context();
    place p;
    zone_table *table = NULL;

    EXPECT_INT(zone_layout(ctx, NULL, NULL, &table), ZONE_BAD_USAGE);
    zone_plan *plan = open_sketch(ctx, &p, "rules:\n  - {rule: closed, of: lines/ring}\n");
    unlink(file_in(&p, "status.geojson"));
    EXPECT_INT(zone_layout(ctx, plan, NULL, &table), ZONE_NOT_FOUND);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "status.geojson");
    EXPECT(table == NULL);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}
