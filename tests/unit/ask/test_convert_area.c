/* The question "convert_area". */
#include "ask/fixture.h"

static const char *value_in(const zone_table *table, const char *unit)
{
    return text_at(table, find_row(table, "unit", unit, NULL, NULL), "value");
}

TEST(mu_become_every_unit_exactly)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    EXPECT_INT(zone_convert_area(ctx, "1590 mu", NULL, &table), ZONE_OK);
    EXPECT_INT(zone_table_row_count(table), 5);
    EXPECT_TEXT(value_in(table, "m2"), "1060000");
    EXPECT_TEXT(value_in(table, "mu"), "1590");
    EXPECT_TEXT(value_in(table, "wanmu"), "0.159");
    EXPECT_TEXT(value_in(table, "ha"), "106");
    EXPECT_TEXT(value_in(table, "km2"), "1.06");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(endless_decimals_are_rounded_and_the_fraction_told)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    EXPECT_INT(zone_convert_area(ctx, "约 1 亩", "m2", &table), ZONE_OK);
    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_TEXT(value_in(table, "m2"), "666.666666666667");
    EXPECT_TEXT(text_at(table, 0, "fraction"), "2000/3");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(all_declared_digits_are_kept)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    EXPECT_INT(zone_convert_area(ctx, "29.5400000001 km2", "m2", &table), ZONE_OK);
    EXPECT_TEXT(value_in(table, "m2"), "29540000.0001");
    zone_table_free(table);
    EXPECT_INT(zone_convert_area(ctx, "0 mu", "ha", &table), ZONE_OK);
    EXPECT_TEXT(value_in(table, "ha"), "0");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(nonsense_is_refused)
{
    static const char *const nonsense[] = {"", "mu", "12", "12 acres", "-3 mu", "1e5 mu", "1 2 mu"};
    zone_context *ctx = new_context();
    zone_table *table = NULL;

    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        EXPECT_INT(zone_convert_area(ctx, nonsense[i], NULL, &table), ZONE_BAD_USAGE);
        EXPECT(table == NULL);
    }
    EXPECT_INT(zone_convert_area(ctx, "1.00000000000000001 mu", NULL, &table), ZONE_BAD_USAGE); /* 17 decimals */
    EXPECT_INT(zone_convert_area(ctx, NULL, NULL, &table), ZONE_BAD_USAGE);
    EXPECT_INT(zone_convert_area(ctx, "12 mu", "acre", &table), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "acre");
    zone_context_free(ctx);
}
