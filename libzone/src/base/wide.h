/* Ratios of exact areas: their products take 256 bits, and a double would lose what decides. */
#ifndef ZONE_BASE_WIDE_H
#define ZONE_BASE_WIDE_H

#include "base/exact.h"

/* a / b against c / d as below 0, 0 or above, by the products: a / 0 is above all (0 / 0 equals all). None is negative.
 */
int zone_wide_compare(zone_int128 a, zone_int128 b, zone_int128 c, zone_int128 d);

/* value × part / whole, rounded down; 0 ≤ part < whole, 0 ≤ value. */
zone_int128 zone_wide_portion(zone_int128 value, zone_int128 part, zone_int128 whole);

#endif
