/* Keys to group by. */
#include "ask/keys.h"

#include "ask/fixture.h"

static void draw_parcels(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\"", 0, 0, 10, 10);
    draw_box(&d, "\"DLBM\":\"0201K\"", 20, 0, 30, 10);
    draw_box(&d, "\"DLBM\":\"0303\"", 40, 0, 50, 10); /* 森林沼泽: wetland, first level 00 */
    draw_box(&d, "\"DLBM\":\"0601\"", 60, 0, 70, 10);
    draw_box(&d, "\"DLBM\":\"9999\"", 80, 0, 90, 10);
    draw_box(&d, "\"DLBM\":null", 100, 0, 110, 10);
    end_drawing(&d, path);
}

static zone_table *ask(zone_context *ctx, const char *classes, const char *by, zone_status expected)
{
    zone_source_options from = {.size = sizeof from, .classes = classes};
    zone_area_options options = {.size = sizeof options, .by = by, .method = "grid"};
    zone_table *table = NULL;
    draw_parcels("/vsimem/keys.geojson");
    zone_source *source = open_source(ctx, "/vsimem/keys.geojson", &from);

    EXPECT_INT(zone_area(ctx, source, &options, &table), expected);
    EXPECT((table != NULL) == (expected == ZONE_OK));
    zone_source_close(source);
    return table;
}

TEST(the_first_level_follows_the_table_not_the_digits)
{
    zone_context *ctx = new_context();
    zone_table *table = ask(ctx, "survey-2019", "DLBM:first", ZONE_OK);

    EXPECT_INT(zone_table_row_count(table), 6);
    EXPECT(zone_table_is_null(table, 0, 0));
    EXPECT_TEXT(text_at(table, 1, "DLBM_first"), "00");
    EXPECT_TEXT(text_at(table, 2, "DLBM_first"), "01");
    EXPECT_TEXT(text_at(table, 3, "DLBM_first"), "02");
    EXPECT_TEXT(text_at(table, 5, "DLBM_first"), "99"); /* unknown: its own digits */
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(broad_classes_add_up_and_unknown_codes_are_named)
{
    zone_context *ctx = new_context();
    zone_table *table = ask(ctx, "survey-2019", "DLBM:broad", ZONE_OK);
    const zone_table *provenance = zone_table_section(table, ZONE_SECTION_PROVENANCE);

    EXPECT_REAL(number_at(table, find_row(table, "DLBM_broad", "agricultural", NULL, NULL), "area"), 300, 1e-6);
    EXPECT_REAL(number_at(table, find_row(table, "DLBM_broad", "construction", NULL, NULL), "area"), 100, 1e-6);
    EXPECT_REAL(number_at(table, find_row(table, "DLBM_broad", "unknown", NULL, NULL), "area"), 100, 1e-6);
    EXPECT_TEXT(text_at(provenance, find_row(provenance, "item", "unknown classes", NULL, NULL), "value"),
                "DLBM_broad: 9999 (1)");
    EXPECT_TEXT(text_at(provenance, find_row(provenance, "item", "edition of classes", NULL, NULL), "value"),
                "DLBM_broad: survey-2019");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(several_levels_stand_side_by_side_and_the_edition_may_be_named)
{
    zone_context *ctx = new_context();
    zone_table *table = ask(ctx, NULL, "DLBM:broad@survey-2019, DLBM, DLBM:name@gbt21010-2017", ZONE_OK);
    size_t row = find_row(table, "DLBM", "0101", NULL, NULL);

    EXPECT_TEXT(text_at(table, row, "DLBM_broad"), "agricultural");
    EXPECT_TEXT(text_at(table, row, "DLBM_name"), "水田");
    EXPECT_TEXT(text_at(table, find_row(table, "DLBM", "9999", NULL, NULL), "DLBM_name"), "9999");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(the_same_code_has_another_meaning_in_another_edition)
{
    zone_context *ctx = new_context();
    zone_table *survey = ask(ctx, NULL, "DLBM:name@survey-2019,DLBM", ZONE_OK);
    zone_table *planning = ask(ctx, NULL, "DLBM:name@use-2023,DLBM", ZONE_OK);

    EXPECT(strcmp(text_at(survey, find_row(survey, "DLBM", "0601", NULL, NULL), "DLBM_name"),
                  text_at(planning, find_row(planning, "DLBM", "0601", NULL, NULL), "DLBM_name")) != 0);
    zone_table_free(survey);
    zone_table_free(planning);
    zone_context_free(ctx);
}

TEST(the_edition_of_the_source_holds_for_any_field_whose_level_is_asked)
{
    zone_context *ctx = new_context();
    zone_source_options from = {.size = sizeof from, .classes = "survey-2019"};
    zone_area_options options = {.size = sizeof options, .by = "before:broad,before", .method = "grid"};
    zone_table *table = NULL;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0601\",\"before\":\"0101\"", 0, 0, 10, 10);
    end_drawing(&d, "/vsimem/keys_before.geojson");
    zone_source *source = open_source(ctx, "/vsimem/keys_before.geojson", &from);

    EXPECT_INT(zone_area(ctx, source, &options, &table), ZONE_OK);
    EXPECT_TEXT(text_at(table, 0, "before_broad"), "agricultural");
    zone_table_free(table);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(a_level_without_an_edition_is_refused_never_guessed)
{
    zone_context *ctx = new_context();

    ask(ctx, NULL, "DLBM:broad", ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "survey-2019");
    ask(ctx, NULL, "DLBM:second@survey-2019", ZONE_BAD_USAGE);
    ask(ctx, NULL, "DLBM:first@survey-1984", ZONE_BAD_USAGE);
    ask(ctx, "survey-1984", "DLBM", ZONE_BAD_USAGE);
    ask(ctx, "survey-2019", "NOWHERE:first", ZONE_BAD_FIELD);
    zone_context_free(ctx);
}

TEST(a_field_with_a_colon_in_its_name_is_itself)
{
    zone_context *ctx = new_context();
    zone_area_options options = {.size = sizeof options, .by = "a:first", .method = "grid"};
    zone_table *table = NULL;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"a:first\":\"x\"", 0, 0, 10, 10);
    end_drawing(&d, "/vsimem/keys_colon.geojson");
    zone_source *source = open_source(ctx, "/vsimem/keys_colon.geojson", NULL);

    EXPECT_INT(zone_area(ctx, source, &options, &table), ZONE_OK);
    EXPECT_TEXT(text_at(table, 0, "a:first"), "x");
    zone_table_free(table);
    zone_source_close(source);
    zone_context_free(ctx);
}
