/* Exact sums: 128-bit integers, so that no total depends on order, threads or files; and rounding of whole tables that
 * ties by largest remainder. See doc/numbers.md and doc/decisions/001-exact-unit.md. */
#ifndef ZONE_BASE_EXACT_H
#define ZONE_BASE_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 zone_int128;
__extension__ typedef unsigned __int128 zone_uint128;

/* An area as an integer number of 5e-21 m². Coordinates of images are integers of 1e-10 m, so twice an area is an
 * integer number of 1e-20 m²: a polygon's area is exact once its vertices are. The unit is decimal, so stored areas
 * (0.01 m²) are exact too. Holds 8.5e17 m², 1600 times the earth. */
typedef zone_int128 zone_exact;

#define ZONE_IMAGE_PER_METRE ((int64_t)10000000000) /* image units in a metre */

/* 1 m² and 1e-6 m² in exact units. */
#define ZONE_EXACT_M2       ((zone_exact)10000000000 * (zone_exact)20000000000)
#define ZONE_EXACT_MICRO_M2 ((zone_exact)200000000000000)

/* a + b into *sum; false (and *sum saturated) when it does not fit. */
bool zone_exact_add(zone_exact a, zone_exact b, zone_exact *sum);

/* m² as the nearest double, and back (rounded to the unit; false when not finite or too large). */
double zone_exact_to_m2(zone_exact area);
bool zone_exact_from_m2(double m2, zone_exact *area);

/* area × factor, factor a double in [0, 1] taken as the decimal fraction it prints as with 10 digits (ridge
 * coefficients): rounded half away from zero to the unit. */
zone_exact zone_exact_scale(zone_exact area, double factor);

/* Parses a decimal ("1000000.00", "-3.5", "1e3") in units of `unit` (units.h index) exactly: false when it is none. */
struct zone_unit;
bool zone_exact_parse(const char *text, const struct zone_unit *unit, zone_exact *area);

/* The area in `unit` with `decimals` digits, as an integer number of 10^-decimals units, half away from zero. */
zone_int128 zone_exact_round(zone_exact area, const struct zone_unit *unit, int decimals);

/* Rounds `count` parts so that they add up to their rounded total (largest remainder; ties by order, smaller index
 * first). rounded[i] and *total are integers of 10^-decimals units; *total is zone_exact_round of the true sum. */
void zone_exact_round_all(const zone_exact *parts, size_t count, const struct zone_unit *unit, int decimals,
                          zone_int128 *rounded, zone_int128 *total);

/* The same against a total that was already rounded on a higher level (parts of a part): `total` is given. */
void zone_exact_round_to(const zone_exact *parts, size_t count, const struct zone_unit *unit, int decimals,
                         zone_int128 total, zone_int128 *rounded);

/* 平差: forces integer parts (of any printed unit) to add up to `control`.
 *   ZONE_ADJUST_ALL  d = control - sum; every part gets d/n, the rest one unit more each to the largest parts
 *                    (land-survey practice: sort descending, ties by index)
 *   ZONE_ADJUST_CUT  only parts with cut[i] change: each gets round(part/sum of cut parts × d), the left-over in steps
 *                    of one, largest first
 * Returns false when it can't be done (no part to change). */
typedef enum { ZONE_ADJUST_ALL, ZONE_ADJUST_CUT } zone_adjust_scheme;
bool zone_exact_adjust(zone_int128 *parts, size_t count, zone_int128 control, zone_adjust_scheme scheme,
                       const bool *cut);

/* An integer of 10^-decimals as text ("-12.30") into `text` of `size` bytes (64 suffice). Returns text. */
char *zone_exact_print(zone_int128 value, int decimals, char *text, size_t size);

#endif
