/* The defining formulas of area: slow and plain. The library's fast path is tested against them; only the authalic
 * function is used by it too (to fit tiles). */
#ifndef ZONE_KERNEL_FORMULA_H
#define ZONE_KERNEL_FORMULA_H

#include <stddef.h>

typedef struct {
    double a;                  /* semi-major axis, m */
    double inverse_flattening; /* 0: a sphere */
} zone_ellipsoid;

/* Authalic latitude function F(B) = ∫₀ᴮ M N cos φ dφ = b² [sin B / (2 (1 − e² sin²B)) + atanh(e sin B) / (2e)],
 * in m² per radian of longitude; B in radians. The area between two meridians dL apart and two parallels is
 * dL × (F(B2) − F(B1)). */
long double zone_formula_authalic(const zone_ellipsoid *ellipsoid, long double latitude);

/* Legal area of a ring by the closed form: Σ (L_i + L_{i+1})/2 × (F(B_{i+1}) − F(B_i)), L counted from the first
 * vertex. Degrees in, m² out, positive counter-clockwise. */
long double zone_formula_survey(const zone_ellipsoid *ellipsoid, const double *longitude, const double *latitude,
                                size_t count);

/* The same by the series of 国土调查办发〔2008〕32号 with its five terms A to E; agrees with the closed form to 1e-11
 * relative anywhere in China. */
long double zone_formula_series(const zone_ellipsoid *ellipsoid, const double *longitude, const double *latitude,
                                size_t count);

/* Inverse Gauss-Krueger by the series and the constants that deployed survey software ships for CGCS2000, radians.
 * North is counted from the equator, east from the central meridian (no false easting). Off the true inverse by up
 * to 4.3e-6" in latitude: only survey:legacy, which must give what that software gives, uses it. */
void zone_formula_inverse(long double north, long double east, long double *from_meridian, long double *latitude);

/* Planar shoelace, counted from the first vertex. */
long double zone_formula_grid(const double *x, const double *y, size_t count);

#endif
