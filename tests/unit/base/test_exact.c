/* Exact sums, decimals, roundings that tie, 平差. */
#include "base/units.h"
#include "test.h"

static zone_exact area_of(const char *text, const char *unit)
{
    zone_exact area = 0;

    EXPECT(zone_exact_parse(text, zone_unit_find(unit), &area));
    return area;
}

static const char *rounded(const char *text, const char *unit, const char *to, int decimals)
{
    static char result[64];

    return zone_exact_print(zone_exact_round(area_of(text, unit), zone_unit_find(to), decimals), decimals, result,
                            sizeof result);
}

TEST(rounding_is_half_away_from_zero_on_the_decimal_value)
{
    EXPECT_TEXT(rounded("0.125", "m2", "m2", 2), "0.13");
    EXPECT_TEXT(rounded("2.675", "m2", "m2", 2), "2.68");
    EXPECT_TEXT(rounded("-2.675", "m2", "m2", 2), "-2.68");
    EXPECT_TEXT(rounded("2.67499999999999", "m2", "m2", 2), "2.67");
    EXPECT_TEXT(rounded("0.005", "m2", "m2", 2), "0.01");
    EXPECT_TEXT(rounded("-0.004", "m2", "m2", 2), "0.00");
    EXPECT_TEXT(rounded("28096452.05051440751", "m2", "ha", 2), "2809.65");
    EXPECT_TEXT(rounded("28096452.05051440751", "m2", "mu", 2), "42144.68");
}

TEST(one_mu_is_2000_thirds_of_a_square_metre)
{
    EXPECT_TEXT(rounded("3", "mu", "m2", 6), "2000.000000");
    EXPECT_TEXT(rounded("1590", "mu", "m2", 2), "1060000.00");
    EXPECT_TEXT(rounded("1", "km2", "mu", 6), "1500.000000");
    EXPECT_TEXT(rounded("1", "wanmu", "mu", 2), "10000.00");
    EXPECT_TEXT(rounded("1", "mu", "m2", 10), "666.6666666667");
}

TEST(decimals_are_read_exactly_and_nonsense_is_refused)
{
    static const char *const wrong[] = {"", ".", "abc", "1.2.3", "1e", "1e99", "0x10", "1 2", "--1", NULL};
    zone_exact area = 0;

    EXPECT(area_of("1e3", "m2") == area_of("1000.00", "m2"));
    EXPECT(area_of(" 5 ", "m2") == 5 * ZONE_EXACT_M2);
    EXPECT(area_of("0.00000000000000000001", "m2") == 2 || area_of("0.00000000000000000001", "m2") == 0);
    for (int i = 0; wrong[i]; i++)
        if (zone_exact_parse(wrong[i], zone_unit_find("m2"), &area))
            TEST_FAIL("\"%s\" was read as a number", wrong[i]);
    EXPECT(!zone_exact_parse("1e30", zone_unit_find("km2"), &area));
}

TEST(sums_that_do_not_fit_say_so)
{
    zone_exact most = (zone_exact)(~(zone_uint128)0 >> 1), sum = 0;

    EXPECT(zone_exact_add(most - 1, 1, &sum));
    EXPECT(!zone_exact_add(most, 1, &sum));
    EXPECT(!zone_exact_add(-most, -2, &sum));
}

TEST(doubles_go_in_and_come_back)
{
    zone_exact area = 0;

    EXPECT(zone_exact_from_m2(1234.5, &area));
    EXPECT(area == area_of("1234.5", "m2"));
    EXPECT_REAL(zone_exact_to_m2(area), 1234.5, 0.0);
    EXPECT(!zone_exact_from_m2(NAN, &area));
    EXPECT(!zone_exact_from_m2(1e18, &area));
}

TEST(ridges_are_deducted_as_the_survey_rules_do)
{
    const zone_unit *m2 = zone_unit_find("m2");
    zone_exact gross = area_of("12345.67", "m2"), ridge = zone_exact_scale(gross, 0.0857);

    EXPECT_INT(zone_exact_round(ridge, m2, 2), 105802);
    EXPECT_INT(zone_exact_round(gross - ridge, m2, 2), 1128765);
    EXPECT(zone_exact_scale(gross, 1.0) == gross);
    EXPECT(zone_exact_scale(gross, 0.0) == 0);
}

/* Any parts, positive or not: they add up to the rounded total and none is a unit or more off. */
TEST(parts_tie_to_the_rounded_total)
{
    const zone_unit *const units[] = {zone_unit_find("m2"), zone_unit_find("mu"), zone_unit_find("ha")};
    unsigned seed = 20260101;

    printf("  seed %u\n", seed);
    srand(seed);
    for (int trial = 0; trial < 500; trial++) {
        zone_exact parts[40], sum = 0;
        zone_int128 values[40], total = 0, printed = 0;
        size_t count = 1 + (size_t)(rand() % 40);
        const zone_unit *unit = units[trial % 3];
        for (size_t i = 0; i < count; i++) {
            parts[i] = (zone_exact)rand() * rand() * 100000000 * (rand() % 7 == 0 ? -1 : 1);
            sum += parts[i];
        }
        zone_exact_round_all(parts, count, unit, 2, values, &total);
        EXPECT(total == zone_exact_round(sum, unit, 2));
        for (size_t i = 0; i < count; i++) {
            zone_int128 alone = zone_exact_round(parts[i], unit, 2);
            printed += values[i];
            EXPECT(values[i] - alone <= 1 && alone - values[i] <= 1);
        }
        EXPECT(printed == total);
    }
}

TEST(equal_remainders_are_settled_by_the_order_of_rows)
{
    zone_exact parts[3];
    zone_int128 values[3], total = 0;

    for (int i = 0; i < 3; i++)
        parts[i] = area_of("0.335", "m2");
    zone_exact_round_all(parts, 3, zone_unit_find("m2"), 2, values, &total);
    EXPECT_INT(total, 101);
    EXPECT_INT(values[0], 34);
    EXPECT_INT(values[1], 34);
    EXPECT_INT(values[2], 33);
}

static void expect_adjusted(const zone_int128 *parts, size_t count, zone_int128 control, zone_adjust_scheme scheme,
                            const bool *cut, const zone_int128 *expected)
{
    zone_int128 values[8], sum = 0;

    memcpy(values, parts, count * sizeof *parts);
    EXPECT(zone_exact_adjust(values, count, control, scheme, cut));
    for (size_t i = 0; i < count; i++) {
        EXPECT_INT(values[i], expected[i]);
        sum += values[i];
    }
    EXPECT(sum == control);
}

TEST(parts_are_forced_to_the_control_area_as_survey_practice_does)
{
    const zone_int128 even[] = {49999998, 30000002, 19999997}, even_to[] = {49999999, 30000003, 19999998};
    const zone_int128 four[] = {4000, 3000, 2000, 1000}, more[] = {4002, 3001, 2001, 1001};
    const zone_int128 less[] = {3999, 2999, 2000, 1000};
    /* Equal parts: the first in order gets the odd unit. */
    const zone_int128 equal[] = {500, 500, 500}, equal_to[] = {501, 500, 500};

    expect_adjusted(even, 3, 100000000, ZONE_ADJUST_ALL, NULL, even_to);
    expect_adjusted(four, 4, 10005, ZONE_ADJUST_ALL, NULL, more);
    expect_adjusted(four, 4, 9998, ZONE_ADJUST_ALL, NULL, less);
    expect_adjusted(equal, 3, 1501, ZONE_ADJUST_ALL, NULL, equal_to);
}

TEST(only_cut_parts_change_by_the_other_scheme)
{
    const zone_int128 parts[] = {4000, 3000, 2000, 1000}, expected[] = {4000, 3006, 2000, 1002};
    const bool cut[] = {false, true, false, true}, none[] = {false, false, false, false};
    zone_int128 values[4];

    expect_adjusted(parts, 4, 10008, ZONE_ADJUST_CUT, cut, expected);
    memcpy(values, parts, sizeof parts);
    EXPECT(!zone_exact_adjust(values, 4, 10008, ZONE_ADJUST_CUT, none));
    EXPECT(zone_exact_adjust(values, 4, 10000, ZONE_ADJUST_CUT, none));
}

TEST(integers_of_any_size_are_printed)
{
    char text[64];

    EXPECT_TEXT(zone_exact_print(-1230, 2, text, sizeof text), "-12.30");
    EXPECT_TEXT(zone_exact_print(5, 3, text, sizeof text), "0.005");
    EXPECT_TEXT(zone_exact_print(0, 0, text, sizeof text), "0");
    EXPECT_TEXT(zone_exact_print((zone_int128)(~(zone_uint128)0 >> 1), 0, text, sizeof text),
                "170141183460469231731687303715884105727");
}
