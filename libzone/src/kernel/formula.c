/* The defining formulas of area. */
#include "kernel/formula.h"

#include <math.h>

static const long double degree = 0.017453292519943295769236907684886127L;

static long double eccentricity_squared(const zone_ellipsoid *ellipsoid)
{
    long double f = ellipsoid->inverse_flattening > 0 ? 1.0L / (long double)ellipsoid->inverse_flattening : 0.0L;

    return f * (2.0L - f);
}

long double zone_formula_authalic(const zone_ellipsoid *ellipsoid, long double latitude)
{
    long double a = (long double)ellipsoid->a;
    long double e2 = eccentricity_squared(ellipsoid);
    long double sine = sinl(latitude);

    if (!(e2 > 0.0L))
        return a * a * sine;
    long double e = sqrtl(e2);
    return a * a * (1.0L - e2) * (sine / (2.0L * (1.0L - e2 * sine * sine)) + atanhl(e * sine) / (2.0L * e));
}

long double zone_formula_survey(const zone_ellipsoid *ellipsoid, const double *longitude, const double *latitude,
                                size_t count)
{
    long double sum = 0.0L;

    for (size_t i = 0; i < count; i++) {
        size_t j = i + 1 < count ? i + 1 : 0;
        long double west = (long double)longitude[i] - (long double)longitude[0];
        long double east = (long double)longitude[j] - (long double)longitude[0];
        long double rise = zone_formula_authalic(ellipsoid, (long double)latitude[j] * degree) -
                           zone_formula_authalic(ellipsoid, (long double)latitude[i] * degree);
        sum += 0.5L * (west + east) * degree * rise;
    }
    return sum;
}

/* The bracket of the notice for one edge: F(B2) − F(B1) expanded in e², cut behind e⁸. */
static long double series_rise(long double e2, long double b2, long double from, long double to)
{
    long double e4 = e2 * e2, e6 = e4 * e2, e8 = e4 * e4;
    long double term_a = 1.0L + 3.0L / 6.0L * e2 + 30.0L / 80.0L * e4 + 35.0L / 112.0L * e6 + 630.0L / 2304.0L * e8;
    long double term_b = 1.0L / 6.0L * e2 + 15.0L / 80.0L * e4 + 21.0L / 112.0L * e6 + 420.0L / 2304.0L * e8;
    long double term_c = 3.0L / 80.0L * e4 + 7.0L / 112.0L * e6 + 180.0L / 2304.0L * e8;
    long double term_d = 1.0L / 112.0L * e6 + 45.0L / 2304.0L * e8;
    long double term_e = 5.0L / 2304.0L * e8;
    long double half = (to - from) / 2.0L, middle = (from + to) / 2.0L;

    return 2.0L * b2 *
           (term_a * sinl(half) * cosl(middle) - term_b * sinl(3.0L * half) * cosl(3.0L * middle) +
            term_c * sinl(5.0L * half) * cosl(5.0L * middle) - term_d * sinl(7.0L * half) * cosl(7.0L * middle) +
            term_e * sinl(9.0L * half) * cosl(9.0L * middle));
}

long double zone_formula_series(const zone_ellipsoid *ellipsoid, const double *longitude, const double *latitude,
                                size_t count)
{
    long double e2 = eccentricity_squared(ellipsoid);
    long double b2 = (long double)ellipsoid->a * (long double)ellipsoid->a * (1.0L - e2);
    long double sum = 0.0L;

    for (size_t i = 0; i < count; i++) {
        size_t j = i + 1 < count ? i + 1 : 0;
        long double west = (long double)longitude[i] - (long double)longitude[0];
        long double east = (long double)longitude[j] - (long double)longitude[0];
        sum += 0.5L * (west + east) * degree *
               series_rise(e2, b2, (long double)latitude[i] * degree, (long double)latitude[j] * degree);
    }
    return sum;
}

void zone_formula_inverse(long double north, long double east, long double *from_meridian, long double *latitude)
{
    static const long double k[] = {1.57048761144159e-7L, 5.05250178820567e-3L, 2.98472900956587e-5L,
                                    2.41626669230084e-7L, 2.22241238938534e-9L};
    const long double second_eccentricity_squared = 0.00673949677548L, polar_radius = 6399593.62586L;
    long double psi = k[0] * north, s = sinl(psi), s2 = s * s;
    long double foot = psi + cosl(psi) * s * (k[1] - s2 * (k[2] - s2 * (k[3] - s2 * k[4])));
    long double cosine = cosl(foot), t = tanl(foot), t2 = t * t;
    long double eta2 = second_eccentricity_squared * cosine * cosine, v2 = 1.0L + eta2;
    long double u = east / (polar_radius / sqrtl(v2)), u2 = u * u;

    *latitude = foot - v2 * t * u2 *
                           (0.5L - u2 * ((5.0L + 3.0L * t2 + eta2 - 9.0L * eta2 * t2) / 24.0L -
                                         u2 * (61.0L + 90.0L * t2 + 45.0L * t2 * t2) / 720.0L));
    *from_meridian =
        u / cosine *
        (1.0L - u2 * ((1.0L + 2.0L * t2 + eta2) / 6.0L -
                      u2 * (5.0L + 28.0L * t2 + 24.0L * t2 * t2 + 6.0L * eta2 + 8.0L * eta2 * t2) / 120.0L));
}

long double zone_formula_grid(const double *x, const double *y, size_t count)
{
    long double sum = 0.0L;

    for (size_t i = 0; i < count; i++) {
        size_t j = i + 1 < count ? i + 1 : 0;
        long double west = (long double)x[i] - (long double)x[0], east = (long double)x[j] - (long double)x[0];
        sum += 0.5L * (west + east) * ((long double)y[j] - (long double)y[i]);
    }
    return sum;
}
