/* Units of area and declared figures. */
#include "base/units.h"

#include <stdlib.h>
#include <string.h>

static const zone_unit units[] = {
    {"m2", "m²", "平方米", 1, 1, 2},
    {"mu", "mu", "亩", 2000, 3, 2},
    {"wanmu", "10k mu", "万亩", 20000000, 3, 4},
    {"ha", "ha", "公顷", 10000, 1, 4},
    {"km2", "km²", "平方公里", 1000000, 1, 6},
};

enum { UNIT_COUNT = sizeof units / sizeof *units };

const zone_unit *zone_unit_at(size_t index)
{
    return index < UNIT_COUNT ? &units[index] : NULL;
}

const zone_unit *zone_unit_find(const char *name)
{
    if (!name)
        return &units[0];
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (strcmp(name, units[i].name) == 0 || strcmp(name, units[i].symbol) == 0 ||
            strcmp(name, units[i].chinese) == 0)
            return &units[i];
    return NULL;
}

/* ---------------------------------------------------------------- figures */

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

/* "about" says nothing that rounding does not say. */
static const char *skip_about(const char *text)
{
    static const char *const words[] = {"约", "about"};

    text = skip_blanks(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return skip_blanks(text + strlen(words[i]));
    return text;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads digits with at most one point into value and decimals; NULL when there are none or too many (24). */
static const char *read_number(const char *text, zone_figure *figure)
{
    int digits = 0;
    bool point = false;

    figure->value = 0;
    figure->decimals = 0;
    for (; is_digit(*text) || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        figure->value = figure->value * 10 + (*text - '0');
        figure->decimals += point;
        if (++digits > 24)
            return NULL;
    }
    return digits > 0 ? text : NULL;
}

/* "1,590 mu", "1 590 mu", "1e3 mu": behind the first digits comes more of the number, and no unit. */
static bool goes_on(const char *rest)
{
    static const char *const marks[] = {",", "，", "'", "_", ".", "e", "E", "e+", "E+", "e-", "E-"};
    bool more = is_digit(*rest);

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        more = more || (strncmp(rest, marks[i], strlen(marks[i])) == 0 && is_digit(rest[strlen(marks[i])]));
    return more;
}

bool zone_figure_parse(const char *text, zone_figure *figure, const char **reason)
{
    char name[32];
    const char *rest = skip_about(text);

    if (*rest == '-') {
        *reason = "a negative area";
        return false;
    }
    rest = read_number(rest, figure);
    if (!rest) {
        *reason = "no number";
        return false;
    }
    rest = skip_blanks(rest);
    if (goes_on(rest)) {
        *reason = "a number is digits and a point, without separators or exponent";
        return false;
    }
    size_t length = strlen(rest);
    while (length > 0 && (rest[length - 1] == ' ' || rest[length - 1] == '\t'))
        length--;
    if (length == 0 || length >= sizeof name) {
        *reason = length == 0 ? "no unit" : "an unknown unit";
        return false;
    }
    memcpy(name, rest, length);
    name[length] = '\0';
    figure->unit = zone_unit_find(name);
    *reason = "an unknown unit";
    if (figure->decimals > 16 || zone_figure_area(figure) < 0) {
        *reason = "a number beyond what areas can be";
        return false;
    }
    return figure->unit != NULL;
}

static zone_int128 power_of_ten(int exponent)
{
    zone_int128 power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* value × 10^-decimals units in thirds of an exact unit, doubled so that halves are whole: 6 × area. -1 when too large.
 */
static zone_int128 six_areas(const zone_figure *figure, zone_int128 twice_value)
{
    zone_int128 scale = 0, result = 0;

    if (!figure->unit)
        return 0;
    scale = ZONE_EXACT_M2 / power_of_ten(figure->decimals) * figure->unit->metres * (3 / figure->unit->per);
    if (__builtin_mul_overflow(twice_value, scale, &result))
        return -1;
    return result;
}

zone_exact zone_figure_area(const zone_figure *figure)
{
    zone_int128 six = six_areas(figure, 2 * figure->value);

    return six < 0 ? -1 : (six + 3) / 6;
}

bool zone_figure_met(const zone_figure *figure, zone_exact area)
{
    return zone_exact_round(area, figure->unit, figure->decimals) == figure->value;
}

static zone_exact distance(zone_exact a, zone_exact b)
{
    return a > b ? a - b : b - a;
}

/* The areas that round to the figure are lower ≤ x < upper. */
zone_exact zone_figure_margin(const zone_figure *figure, zone_exact area)
{
    zone_exact lower = six_areas(figure, 2 * figure->value - 1) / 6;
    zone_exact upper = six_areas(figure, 2 * figure->value + 1) / 6;
    zone_exact to_lower = distance(area, lower), to_upper = distance(area, upper);

    return to_lower < to_upper ? to_lower : to_upper;
}
