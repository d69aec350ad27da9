/* Ratios of integers of 127 bits: every carry counts. */
#include "base/wide.h"
#include "test.h"

static const zone_int128 most = (zone_int128)(~(zone_uint128)0 >> 1);

TEST(ratios_are_compared_in_all_their_bits)
{
    const zone_int128 half = (zone_int128)1 << 64;

    EXPECT_INT(zone_wide_compare(1, 2, 2, 4), 0);
    EXPECT_INT(zone_wide_compare(1, 2, 2, 5), 1);
    EXPECT_INT(zone_wide_compare(1, 3, 2, 5), -1);
    EXPECT_INT(zone_wide_compare(0, 5, 0, 7), 0);
    EXPECT_INT(zone_wide_compare(1, 0, most, 1), 1);
    EXPECT_INT(zone_wide_compare(most, most - 1, most - 1, most - 2), -1);
    EXPECT_INT(zone_wide_compare(most - 1, most, most - 2, most - 1), 1);
    EXPECT_INT(zone_wide_compare(most, most, most - 1, most - 1), 0);
    /* The halves around the middle: (2^64 + 2^63)(2^64 + 1) and (2^64 + 2^63 + 1) 2^64 differ by 2^63. */
    EXPECT_INT(zone_wide_compare(half + half / 2, half, half + half / 2 + 1, half + 1), 1);
    EXPECT_INT(zone_wide_compare(half - 1, half, half, half + 1), -1);
    EXPECT_INT(zone_wide_compare(half, half + 1, half - 1, half), 1);
}

/* k a / k b is a / b, and one unit more or less is not. */
TEST(a_unit_more_or_less_is_seen_at_every_size)
{
    for (int bits = 2; bits < 62; bits++) {
        zone_int128 a = ((zone_int128)1 << bits) - 1, b = ((zone_int128)3 << bits) / 2 + 1;
        for (int times = 2; times < 62; times++) {
            zone_int128 k = ((zone_int128)1 << times) + 1;
            EXPECT_INT(zone_wide_compare(a, b, k * a, k * b), 0);
            EXPECT_INT(zone_wide_compare(a, b, k * a + 1, k * b), -1);
            EXPECT_INT(zone_wide_compare(a, b, k * a - 1, k * b), 1);
            EXPECT_INT(zone_wide_compare(k * a, k * b + 1, a, b), -1);
        }
    }
}

TEST(a_portion_is_rounded_down)
{
    EXPECT_INT(zone_wide_portion(10, 1, 3), 3);
    EXPECT_INT(zone_wide_portion(10, 2, 3), 6);
    EXPECT_INT(zone_wide_portion(9, 2, 3), 6);
    EXPECT_INT(zone_wide_portion(0, 2, 3), 0);
    EXPECT_INT(zone_wide_portion(5, 0, 3), 0);
    EXPECT_INT(zone_wide_portion(1, 2, 3), 0);
    EXPECT(zone_wide_portion(most, most - 1, most) == most - 1);
    EXPECT(zone_wide_portion(most, most / 2, most) == most / 2);
    EXPECT(zone_wide_portion(most - 1, 1, most) == 0);
    EXPECT(zone_wide_portion(most, 1, most) == 1);
    for (zone_int128 value = 0; value < 70; value++)
        for (zone_int128 whole = 1; whole < 40; whole++)
            for (zone_int128 part = 0; part < whole; part++)
                if (zone_wide_portion(value, part, whole) != value * part / whole)
                    TEST_FAIL("%d × %d / %d", (int)value, (int)part, (int)whole);
}
