/* 平差: the cases of survey practice, and requests that make no sense. */
#include "ask/control.h"

#include "ask/fixture.h"
#include "base/units.h"

/* A finished table of one area column, m² as text; NULL is a row without an area. */
static zone_table *parts(const char *const *texts, size_t count)
{
    zone_table *table = zone_table_create("area");

    zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    for (size_t i = 0; i < count; i++) {
        size_t row = zone_table_add_row(table);
        zone_exact area = 0;
        if (!texts[i])
            continue;
        EXPECT(zone_exact_parse(texts[i], zone_unit_find(NULL), &area));
        zone_table_set_area(table, row, 0, area);
    }
    return table;
}

static void expect_adjusted(const zone_table *table, const char *unit, int decimals, const char *const *expected)
{
    zone_int128 values[8], total = 0;
    char text[64];

    EXPECT(zone_table_adjusted(table, 0, zone_unit_find(unit), decimals, values, &total));
    for (size_t i = 0; i < zone_table_row_count(table); i++)
        EXPECT_TEXT(zone_exact_print(values[i], decimals, text, sizeof text), expected[i]);
}

TEST(a_shortage_goes_evenly_and_the_rest_to_the_largest)
{
    static const char *const given[] = {"499999.98", "300000.02", "199999.97"};
    static const char *const adjusted[] = {"499999.99", "300000.03", "199999.98"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 3);

    EXPECT_INT(zone_control_apply(ctx, table, 0, "1000000.00", NULL, NULL, NULL), ZONE_OK);
    expect_adjusted(table, NULL, 2, adjusted);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(five_hundredths_over_four_parts_give_the_largest_two)
{
    static const char *const given[] = {"40.00", "30.00", "20.00", "10.00"};
    static const char *const adjusted[] = {"40.02", "30.01", "20.01", "10.01"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 4);

    EXPECT_INT(zone_control_apply(ctx, table, 0, "100.05", "all", "m2", NULL), ZONE_OK);
    expect_adjusted(table, NULL, 2, adjusted);
    EXPECT_TEXT(text_at(table, 0, "adjustment"), "0.02");
    EXPECT_TEXT(text_at(table, 3, "adjustment"), "0.01");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(an_excess_is_taken_from_the_largest)
{
    static const char *const given[] = {"40.00", "30.00", "20.00", "10.00"};
    static const char *const adjusted[] = {"39.99", "29.99", "20.00", "10.00"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 4);

    EXPECT_INT(zone_control_apply(ctx, table, 0, "99.98", NULL, NULL, NULL), ZONE_OK);
    expect_adjusted(table, NULL, 2, adjusted);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(only_cut_parts_change_in_the_other_scheme)
{
    static const char *const given[] = {"40.00", "30.00", "20.00", "10.00"};
    /* d = 6: of 50.00 cut, 30 gets 3.6 → 4 and 20 gets 2.4 → 2. */
    static const char *const adjusted[] = {"40.00", "30.04", "20.02", "10.00"};
    static const bool cut[] = {false, true, true, false};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 4);

    EXPECT_INT(zone_control_apply(ctx, table, 0, "100.06", "cut", NULL, cut), ZONE_OK);
    expect_adjusted(table, NULL, 2, adjusted);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(the_control_area_may_be_in_mu_with_its_own_decimals)
{
    static const char *const given[] = {"2000.00", "1000.00"}; /* 3 mu and 1.5 mu */
    static const char *const adjusted[] = {"3.1", "1.5"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 2);

    EXPECT_INT(zone_control_apply(ctx, table, 0, "4.6", NULL, "mu", NULL), ZONE_OK);
    expect_adjusted(table, "mu", 1, adjusted);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(rows_without_an_area_take_no_part)
{
    /* By the row's number alone the two hundredths would go to rows 0 and 2, where row 0 has no area. */
    static const char *const given[] = {NULL, "40.00", NULL, "30.00"};
    static const char *const adjusted[] = {"0.00", "40.01", "0.00", "30.01"}, *const lowered[] = {"0.00", "39.25",
                                                                                                  "0.00", "29.25"};
    static const bool cut[] = {true, false, true, true};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 4);

    EXPECT_INT(zone_control_apply(ctx, table, 0, "70.02", NULL, NULL, NULL), ZONE_OK);
    expect_adjusted(table, NULL, 2, adjusted);
    EXPECT(zone_table_is_null(table, 0, column(table, "adjustment")));
    EXPECT_TEXT(text_at(table, 1, "adjustment"), "0.01");
    EXPECT(zone_table_is_null(table, 2, column(table, "adjustment")));
    EXPECT_TEXT(text_at(table, 3, "adjustment"), "0.01");
    zone_table_free(table);

    table = parts(given, 4);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "68.50", NULL, NULL, NULL), ZONE_OK);
    expect_adjusted(table, NULL, 2, lowered);
    zone_table_free(table);

    table = parts(given, 4);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "71.00", "cut", NULL, cut), ZONE_OK);
    EXPECT_TEXT(text_at(table, 1, "adjustment"), "0.00");
    EXPECT_TEXT(text_at(table, 3, "adjustment"), "1.00");
    zone_table_free(table);

    table = parts(given, 1);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "70.00", NULL, NULL, NULL), ZONE_BAD_USAGE);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(nothing_happens_unasked)
{
    static const char *const given[] = {"40.00"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 1);

    EXPECT_INT(zone_control_apply(ctx, table, 0, NULL, NULL, NULL, NULL), ZONE_OK);
    EXPECT_INT(zone_table_column_count(table), 1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(nonsense_is_refused)
{
    static const char *const given[] = {"40.00"};
    static const char *const nonsense[] = {"", "much", "-5", "0", "1e400", "nan", "5 apples", "1.0000000"};
    static const bool uncut[] = {false};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        zone_table *table = parts(given, 1);
        EXPECT_INT(zone_control_apply(ctx, table, 0, nonsense[i], NULL, NULL, NULL), ZONE_BAD_USAGE);
        zone_table_free(table);
    }
    zone_table *table = parts(given, 1);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", "some", NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", "some", NULL, (const bool[]){true}), ZONE_BAD_USAGE);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", NULL, "acre", NULL), ZONE_BAD_USAGE);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", "cut", NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", "cut", NULL, uncut), ZONE_BAD_USAGE);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(what_the_user_typed_is_told_as_it_was_typed)
{
    static const char *const given[] = {"40.00"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 1);

    zone_context_set_language(ctx, ZONE_CHINESE);
    EXPECT_INT(zone_control_apply(ctx, table, 0, "many", NULL, NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "many");
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", "unit", NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "unit");
    EXPECT_INT(zone_control_apply(ctx, table, 0, "41.00", NULL, "points", NULL), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "points");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(parts_far_from_the_control_area_are_refused)
{
    static const char *const given[] = {"40.00", "1.00"};
    zone_context *ctx = new_context();
    zone_table *table = parts(given, 2);

    /* -39 over two parts would leave the small one negative. */
    EXPECT_INT(zone_control_apply(ctx, table, 0, "2.00", NULL, NULL, NULL), ZONE_BAD_USAGE);
    zone_table_free(table);
    zone_context_free(ctx);
}
