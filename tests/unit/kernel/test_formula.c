/* The defining formulas against the worked sheet H50G070087 and each other. */
#include "kernel/formula.h"
#include "test.h"

static const zone_ellipsoid cgcs2000 = {6378137.0, 298.257222101};

TEST(the_authalic_function_gives_the_published_values)
{
    const long double degree = 3.14159265358979323846264338327950288L / 180.0L;

    EXPECT_REAL(zone_formula_authalic(&cgcs2000, (29.0L + 5.0L / 60.0L) * degree) - 19662455780987.724968L, 0.0, 1e-4);
    EXPECT_REAL(zone_formula_authalic(&cgcs2000, 29.125L * degree) - 19688212710936.303578L, 0.0, 1e-4);
}

TEST(a_sheet_of_1_to_10000_has_its_theoretical_area)
{
    /* South edge at 29°05', which no double holds: 1e-15 degrees of it are 7e-7 m² of the sheet. */
    const double south = 29.0 + 5.0 / 60.0;
    const double longitude[] = {119.375, 119.4375, 119.4375, 119.375}, latitude[] = {south, south, 29.125, 29.125};

    EXPECT_REAL(zone_formula_survey(&cgcs2000, longitude, latitude, 4), 28096452.05051440751, 3e-6);
    EXPECT_REAL(zone_formula_series(&cgcs2000, longitude, latitude, 4), 28096452.05051272983, 3e-6);
}

TEST(the_series_and_the_closed_form_agree_to_1e_11_in_china)
{
    for (double south = 3.0; south < 54.0; south += 3.0) {
        const double longitude[] = {110.0, 110.05, 110.04, 109.99};
        const double latitude[] = {south, south + 0.01, south + 0.05, south + 0.03};
        long double closed = zone_formula_survey(&cgcs2000, longitude, latitude, 4);
        EXPECT_REAL(zone_formula_series(&cgcs2000, longitude, latitude, 4) / closed, 1.0, 1.2e-11);
    }
}

TEST(a_sphere_has_the_area_of_a_sphere)
{
    const zone_ellipsoid sphere = {6371000.0, 0.0};

    EXPECT_REAL(zone_formula_authalic(&sphere, 0.5L), 6371000.0 * 6371000.0 * sin(0.5), 1e-2);
}

TEST(the_deployed_inverse_comes_back_near_the_true_place)
{
    long double east = 0.0L, latitude = 0.0L;

    zone_formula_inverse(3218000.0L, 441000.0L - 500000.0L, &east, &latitude);
    EXPECT_REAL(latitude * 180.0L / 3.14159265358979323846L, 29.07740280946656, 1.3e-9);
    EXPECT_REAL(120.0L + east * 180.0L / 3.14159265358979323846L, 119.3940464099873, 1e-9);
}

TEST(the_plane_formula_is_the_shoelace)
{
    const double x[] = {0.0, 4.0, 4.0, 0.0}, y[] = {0.0, 0.0, 2.5, 2.5};

    EXPECT_REAL(zone_formula_grid(x, y, 4), 10.0, 0.0);
}
