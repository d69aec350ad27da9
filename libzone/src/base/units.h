/* Units of area: names, exact ratios to the square metre, usual decimals, and figures such as "29.54 km2". */
#ifndef ZONE_BASE_UNITS_H
#define ZONE_BASE_UNITS_H

#include "base/exact.h"

typedef struct zone_unit {
    const char *name;    /* m2, mu, wanmu, ha, km2: option value and suffix of columns */
    const char *symbol;  /* m², mu, 10k mu, ha, km² (English) */
    const char *chinese; /* 平方米, 亩, 万亩, 公顷, 平方公里 */
    int64_t metres;      /* m² in `per` units: 2000 m² are 3 mu */
    int64_t per;
    int decimals; /* usual decimals in tables: m2 2, mu 2, wanmu 4, ha 4, km2 6 */
} zone_unit;

/* By name, symbol or Chinese name ("km2", "km²", "平方公里", "亩"); NULL when there is none. NULL name gives m2. */
const zone_unit *zone_unit_find(const char *name);
const zone_unit *zone_unit_at(size_t index); /* NULL behind the last */

/* A figure as declared: "29.54 km2", "1590 mu", "约 1590 亩". Decimals are its own. */
typedef struct {
    zone_int128 value; /* integer of 10^-decimals units */
    int decimals;
    const zone_unit *unit;
} zone_figure;

/* Parses number and unit. On failure returns false and *reason is an English key: "no number", "no unit" … */
bool zone_figure_parse(const char *text, zone_figure *figure, const char **reason);

/* Does the area round to the figure at the figure's own decimals (half away from zero)? */
bool zone_figure_met(const zone_figure *figure, zone_exact area);

/* Distance from `area` to the other verdict, exact: how far it may move before it is no longer met (when met), or
 * must move until it is met (when not). Never negative. */
zone_exact zone_figure_margin(const zone_figure *figure, zone_exact area);

/* The figure as an exact area, and area - figure. */
zone_exact zone_figure_area(const zone_figure *figure);

#endif
