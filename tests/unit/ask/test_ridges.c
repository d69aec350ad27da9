/* What ridges leave of farmland, from texts as data have them. */
#include "ask/ridges.h"

#include "base/exact.h"
#include "test.h"

static double kept(const char *text, double scale, bool odd)
{
    bool is_odd = !odd;
    double factor = zone_ridge_kept(text, scale, &is_odd);

    if (is_odd != odd)
        TEST_FAIL("%s is %sodd", text ? text : "(null)", odd ? "not " : "");
    return factor;
}

TEST(a_coefficient_is_taken_off)
{
    EXPECT_REAL(kept("0.0857", 1, false), 0.9143, 1e-15);
    EXPECT_REAL(kept("8.57", 0.01, false), 0.9143, 1e-15);
    EXPECT_REAL(kept("0", 1, false), 1, 0);
    EXPECT_REAL(kept("0.00", 0.01, false), 1, 0);
    EXPECT_REAL(kept("1e-1", 1, false), 0.9, 1e-15);
    EXPECT_REAL(kept("99.99", 0.01, false), 0.0001, 1e-15);
}

TEST(without_a_text_there_are_no_ridges)
{
    EXPECT_REAL(kept(NULL, 1, false), 1, 0);
    EXPECT_REAL(kept(NULL, 0.01, false), 1, 0);
}

TEST(what_is_no_coefficient_is_odd_and_counts_as_none)
{
    static const char *const texts[] = {"1", "-0.1", "1.5", "none", "0,1", "8 %", "", "nan", "inf", "0.1x"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        EXPECT_REAL(kept(texts[i], 1, true), 1, 0);
    EXPECT_REAL(kept("100", 0.01, true), 1, 0);
}

/* 12345.67 × (1 − 0.12) = 10864.1896: the factor in doubles is the decimal that it means. */
TEST(net_areas_are_exact_in_percent_and_in_fractions)
{
    zone_exact gross = ZONE_EXACT_M2 / 100 * 1234567, net = ZONE_EXACT_M2 / 10000 * 108641896;

    EXPECT(zone_exact_scale(gross, kept("12", 0.01, false)) == net);
    EXPECT(zone_exact_scale(gross, kept("0.12", 1, false)) == net);
}
