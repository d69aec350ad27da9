/* Units and declared figures. */
#include "base/units.h"
#include "test.h"

static zone_figure figure_of(const char *text)
{
    zone_figure figure = {0};
    const char *reason = NULL;

    EXPECT(zone_figure_parse(text, &figure, &reason));
    return figure;
}

static zone_exact km2(const char *text)
{
    zone_exact area = 0;

    EXPECT(zone_exact_parse(text, zone_unit_find("km2"), &area));
    return area;
}

TEST(units_are_found_by_name_symbol_and_chinese_name)
{
    EXPECT_TEXT(zone_unit_find("km²")->name, "km2");
    EXPECT_TEXT(zone_unit_find("平方公里")->name, "km2");
    EXPECT_TEXT(zone_unit_find("亩")->name, "mu");
    EXPECT_TEXT(zone_unit_find(NULL)->name, "m2");
    EXPECT(zone_unit_find("acre") == NULL);
    EXPECT(zone_unit_at(99) == NULL);
}

TEST(a_declared_figure_is_met_when_the_area_rounds_to_it)
{
    zone_figure figure = figure_of("29.54 km2");

    EXPECT(zone_figure_met(&figure, km2("29.535")));
    EXPECT(zone_figure_met(&figure, km2("29.54499999999")));
    EXPECT(!zone_figure_met(&figure, km2("29.545")));
    EXPECT(!zone_figure_met(&figure, km2("29.53499999999")));
}

TEST(a_margin_is_the_way_to_the_other_verdict)
{
    zone_figure figure = figure_of("约 29.54 平方公里");

    EXPECT_REAL(zone_exact_to_m2(zone_figure_margin(&figure, km2("29.54"))), 5000.0, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(zone_figure_margin(&figure, km2("29.5351"))), 100.0, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(zone_figure_margin(&figure, km2("29.55"))), 5000.0, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(zone_figure_area(&figure)), 29540000.0, 0.0);
}

TEST(figures_of_mu_are_exact_thirds)
{
    zone_figure figure = figure_of("1 mu");

    EXPECT(zone_figure_area(&figure) * 3 - 2000 * ZONE_EXACT_M2 <= 1);
    EXPECT(2000 * ZONE_EXACT_M2 - zone_figure_area(&figure) * 3 <= 1);
}

TEST(nonsense_is_refused_with_a_reason)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {{"5.92", "no unit"},
                 {"about five km2", "no number"},
                 {"-3 mu", "a negative area"},
                 {"3 acres", "an unknown unit"},
                 {"", "no number"},
                 {"1 2 mu", "a number is digits and a point, without separators or exponent"},
                 {"1,590 mu", "a number is digits and a point, without separators or exponent"},
                 {"1，590亩", "a number is digits and a point, without separators or exponent"},
                 {"1e3 mu", "a number is digits and a point, without separators or exponent"},
                 {"1.5E-3 km2", "a number is digits and a point, without separators or exponent"},
                 {"3 eggs", "an unknown unit"},
                 {"99999999999999999999999999 mu", "no number"}};
    zone_figure figure;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *reason = NULL;
        EXPECT(!zone_figure_parse(cases[i].text, &figure, &reason));
        EXPECT_TEXT(reason, cases[i].reason);
    }
}
