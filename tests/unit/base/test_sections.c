/* Sections: completeness, closure, provenance. */
#include "base/table.h"
#include "test.h"

TEST(sections_have_their_columns_and_rows)
{
    zone_table *table = zone_table_create("test");
    const zone_completeness counts = {.input = "a.gpkg:x",
                                      .features = 9,
                                      .used = 7,
                                      .repaired = 1,
                                      .rejected = 1,
                                      .first_rejected = "4 (no geometry)"};

    EXPECT(zone_table_section(table, ZONE_SECTION_CLOSURE) == NULL);
    zone_table_add_completeness(table, &counts);
    zone_table_add_closure(table, "residual", "zone", 0, NULL);
    zone_table_add_provenance(table, "area method", "survey");
    const zone_table *complete = zone_table_section(table, ZONE_SECTION_COMPLETENESS);
    EXPECT_INT(zone_table_integer(complete, 0, (size_t)zone_table_column_find(complete, "features")), 9);
    EXPECT_TEXT(zone_table_text(complete, 0, (size_t)zone_table_column_find(complete, "first_rejected")),
                "4 (no geometry)");
    EXPECT(zone_table_is_null(complete, 0, (size_t)zone_table_column_find(complete, "first_repaired")));
    const zone_table *closure = zone_table_section(table, ZONE_SECTION_CLOSURE);
    EXPECT_REAL(zone_table_number(closure, 0, (size_t)zone_table_column_find(closure, "area")), 0.0, 0.0);
    EXPECT_TEXT(zone_table_text(zone_table_section(table, ZONE_SECTION_PROVENANCE), 0, 1), "survey");
    zone_table_free(table);
}

TEST(a_closure_of_points_has_whole_numbers)
{
    zone_table *table = zone_table_create("tabulate");

    zone_table_add_point_closure(table, "whole", "data", INT64_C(10000000000), "all");
    zone_table_add_point_closure(table, "residual", NULL, 0, NULL);
    const zone_table *closure = zone_table_section(table, ZONE_SECTION_CLOSURE);
    EXPECT_INT(zone_table_column_find(closure, "area"), -1);
    EXPECT_INT(zone_table_integer(closure, 0, (size_t)zone_table_column_find(closure, "points")), INT64_C(10000000000));
    EXPECT_TEXT(zone_table_text(closure, 0, (size_t)zone_table_column_find(closure, "detail")), "all");
    EXPECT_INT(zone_table_row_count(closure), 2);
    zone_table_free(table);
}

TEST(findings_ledger_and_shapes_have_the_columns_of_their_question)
{
    static const zone_section own[] = {ZONE_SECTION_FINDINGS, ZONE_SECTION_LEDGER, ZONE_SECTION_SHAPES,
                                       ZONE_SECTION_PIECES};
    zone_table *table = zone_table_create("quota");

    for (int i = 0; i < 4; i++) {
        zone_table *section = zone_table_section_create(table, own[i]);
        EXPECT_INT(zone_table_column_count(section), 0);
        zone_table_add_column(section, (zone_column){.name = "site", .type = ZONE_COLUMN_TEXT});
        EXPECT(zone_table_section(table, own[i]) == section && section != NULL);
    }
    zone_table_free(table);
}
