/* Exact sums and roundings. */
#include "base/exact.h"

#include "base/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const zone_int128 most_positive = (zone_int128)(~(zone_uint128)0 >> 1);

bool zone_exact_add(zone_exact a, zone_exact b, zone_exact *sum)
{
    if (!__builtin_add_overflow(a, b, sum))
        return true;
    *sum = b > 0 ? most_positive : -most_positive - 1;
    return false;
}

double zone_exact_to_m2(zone_exact area)
{
    /* Whole square metres and the rest apart: both are exact in a long double. */
    return (double)((long double)(area / ZONE_EXACT_M2) +
                    (long double)(area % ZONE_EXACT_M2) / (long double)ZONE_EXACT_M2);
}

bool zone_exact_from_m2(double m2, zone_exact *area)
{
    *area = 0;
    if (!isfinite(m2) || fabs(m2) > 8e17)
        return false;
    double whole = trunc(m2);
    *area =
        (zone_exact)whole * ZONE_EXACT_M2 + (zone_exact)roundl((long double)(m2 - whole) * (long double)ZONE_EXACT_M2);
    return true;
}

static zone_int128 power_of_ten(int exponent)
{
    zone_int128 power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* a / b rounded half away from zero; b > 0. */
static zone_int128 divide_rounded(zone_int128 a, zone_int128 b)
{
    zone_int128 quotient = a / b, rest = a % b;

    if (rest < 0)
        return -rest >= b - -rest ? quotient - 1 : quotient;
    return rest >= b - rest ? quotient + 1 : quotient;
}

zone_exact zone_exact_scale(zone_exact area, double factor)
{
    const zone_int128 parts = power_of_ten(10);
    zone_int128 share = (zone_int128)llround(factor * 1e10);

    /* area = q parts + r, so area × share / parts = q share + r share / parts without overflow. */
    return area / parts * share + divide_rounded(area % parts * share, parts);
}

/* ---------------------------------------------------------------- reading decimals */

typedef struct {
    bool negative;
    zone_int128 digits;
    int decimals; /* may be negative after an exponent */
} decimal;

static bool read_exponent(const char **text, int *exponent)
{
    char *end = NULL;

    *exponent = 0;
    if (**text != 'e' && **text != 'E')
        return true;
    long value = strtol(*text + 1, &end, 10);
    if (end == *text + 1 || value < -40 || value > 40)
        return false;
    *exponent = (int)value;
    *text = end;
    return true;
}

static bool read_decimal(const char *text, decimal *number)
{
    int count = 0, exponent = 0;
    bool point = false;

    *number = (decimal){0};
    while (*text == ' ')
        text++;
    if (*text == '-' || *text == '+')
        number->negative = *text++ == '-';
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        if (++count > 30)
            return false;
        number->digits = number->digits * 10 + (*text - '0');
        number->decimals += point;
    }
    if (count == 0 || !read_exponent(&text, &exponent))
        return false;
    number->decimals -= exponent;
    while (*text == ' ')
        text++;
    return *text == '\0' && number->decimals <= 40 && number->decimals >= -20;
}

bool zone_exact_parse(const char *text, const zone_unit *unit, zone_exact *area)
{
    decimal number;
    zone_int128 value = 0;

    *area = 0;
    if (!text || !unit || !read_decimal(text, &number))
        return false;
    value = number.digits;
    if (number.decimals < 0 && __builtin_mul_overflow(value, power_of_ten(-number.decimals), &value))
        return false;
    int fraction = number.decimals > 0 ? number.decimals : 0;
    /* Digits finer than an exact unit are rounded away first. */
    for (; fraction > 18; fraction--)
        value = divide_rounded(value, 10);
    zone_int128 scale = ZONE_EXACT_M2 / power_of_ten(fraction) * unit->metres;
    if (__builtin_mul_overflow(value, scale, &value))
        return false;
    value = divide_rounded(value, unit->per);
    *area = number.negative ? -value : value;
    return true;
}

/* ---------------------------------------------------------------- rounding */

/* area × per / step is the number of 10^-decimals units: step exact units times `per`. */
static zone_int128 step_of(const zone_unit *unit, int decimals)
{
    return ZONE_EXACT_M2 / power_of_ten(decimals) * unit->metres;
}

/* floor(area × per / step), and what is left, in [0, step), without overflow. */
static zone_int128 floor_units(zone_exact area, zone_int128 step, int64_t per, zone_int128 *rest)
{
    zone_int128 whole = area / step, left = area % step;

    if (left < 0) {
        whole -= 1;
        left += step;
    }
    left *= per;
    *rest = left % step;
    return whole * per + left / step;
}

zone_int128 zone_exact_round(zone_exact area, const zone_unit *unit, int decimals)
{
    zone_int128 step = step_of(unit, decimals), rest = 0;
    zone_int128 units = floor_units(area < 0 ? -area : area, step, unit->per, &rest);

    units += rest >= step - rest;
    return area < 0 ? -units : units;
}

typedef struct {
    zone_int128 rest;
    size_t index;
} remainder_rank;

static int largest_first(const void *left, const void *right)
{
    const remainder_rank *a = left, *b = right;

    if (a->rest != b->rest)
        return a->rest > b->rest ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Every part gets its floor; the units still missing from the total go to the largest remainders. Should more be
 * missing than there are parts (a total that was rounded on a higher level may differ by a few), everybody gets one
 * more. */
void zone_exact_round_to(const zone_exact *parts, size_t count, const zone_unit *unit, int decimals, zone_int128 total,
                         zone_int128 *rounded)
{
    zone_int128 step = step_of(unit, decimals), missing = total;
    remainder_rank *ranks = count ? malloc(count * sizeof *ranks) : NULL;

    for (size_t i = 0; i < count; i++) {
        zone_int128 rest = 0;
        rounded[i] = floor_units(parts[i], step, unit->per, &rest);
        missing -= rounded[i];
        if (ranks)
            ranks[i] = (remainder_rank){rest, i};
    }
    if (ranks)
        qsort(ranks, count, sizeof *ranks, largest_first);
    /* Without memory for the ranks the order of rows decides: the sum still ties. */
    for (size_t k = 0; count > 0 && missing != 0; k = (k + 1) % count) {
        int one = missing > 0 ? 1 : -1;
        size_t place = one > 0 ? k : count - 1 - k;
        rounded[ranks ? ranks[place].index : place] += one;
        missing -= one;
    }
    free(ranks);
}

void zone_exact_round_all(const zone_exact *parts, size_t count, const zone_unit *unit, int decimals,
                          zone_int128 *rounded, zone_int128 *total)
{
    zone_exact sum = 0;

    for (size_t i = 0; i < count; i++)
        zone_exact_add(sum, parts[i], &sum);
    *total = zone_exact_round(sum, unit, decimals);
    zone_exact_round_to(parts, count, unit, decimals, *total, rounded);
}

/* ---------------------------------------------------------------- 平差 */

/* The indices of the parts that may change, largest part first; NULL without memory or when there are none. */
static remainder_rank *rank_parts(const zone_int128 *parts, size_t count, const bool *cut, size_t *ranked)
{
    remainder_rank *ranks = count ? malloc(count * sizeof *ranks) : NULL;

    *ranked = 0;
    for (size_t i = 0; ranks && i < count; i++)
        if (!cut || cut[i])
            ranks[(*ranked)++] = (remainder_rank){parts[i], i};
    if (ranks && *ranked)
        qsort(ranks, *ranked, sizeof *ranks, largest_first);
    return ranks;
}

/* difference × part / sum, rounded half away from zero; long doubles would lose ties, so 128-bit where it fits. */
static zone_int128 proportional(zone_int128 difference, zone_int128 part, zone_int128 sum)
{
    zone_int128 product = 0;

    if (sum <= 0)
        return 0;
    if (__builtin_mul_overflow(difference, part, &product))
        return (zone_int128)roundl((long double)difference * ((long double)part / (long double)sum));
    return divide_rounded(product, sum);
}

bool zone_exact_adjust(zone_int128 *parts, size_t count, zone_int128 control, zone_adjust_scheme scheme,
                       const bool *cut)
{
    size_t ranked = 0;
    zone_int128 difference = control, sum = 0;
    remainder_rank *ranks = rank_parts(parts, count, scheme == ZONE_ADJUST_CUT ? cut : NULL, &ranked);

    for (size_t i = 0; i < count; i++)
        difference -= parts[i];
    if (!ranks || ranked == 0) {
        free(ranks);
        return difference == 0;
    }
    for (size_t k = 0; k < ranked; k++)
        sum += ranks[k].rest;
    zone_int128 left = difference;
    for (size_t k = 0; k < ranked; k++) {
        zone_int128 change =
            scheme == ZONE_ADJUST_CUT ? proportional(difference, ranks[k].rest, sum) : difference / (zone_int128)ranked;
        parts[ranks[k].index] += change;
        left -= change;
    }
    for (size_t k = 0; left != 0; k = (k + 1) % ranked) {
        int one = left > 0 ? 1 : -1;
        parts[ranks[k].index] += one;
        left -= one;
    }
    free(ranks);
    return true;
}

/* ---------------------------------------------------------------- printing */

/* Digits come from the last on; behind the point there is always one before it. */
static void put_digit(char *digits, size_t *at, bool pointed, int digit)
{
    if (pointed && digits[*at] != '\0')
        digits[--*at] = '.';
    digits[--*at] = (char)('0' + digit);
}

char *zone_exact_print(zone_int128 value, int decimals, char *text, size_t size)
{
    char digits[64];
    size_t at = sizeof digits;
    zone_uint128 left = value < 0 ? -(zone_uint128)value : (zone_uint128)value;
    int i = 0;

    digits[--at] = '\0';
    for (; left > UINT64_MAX; i++, left /= 10)
        put_digit(digits, &at, i == decimals, (int)(left % 10));
    /* Most areas fit 64 bits, where a division takes a tenth of the time. */
    for (uint64_t rest = (uint64_t)left; rest > 0 || i <= decimals; i++, rest /= 10)
        put_digit(digits, &at, i == decimals, (int)(rest % 10));
    if (value < 0)
        digits[--at] = '-';
    size_t length = sizeof digits - at <= size ? sizeof digits - at : size;
    if (length > 0) {
        memcpy(text, digits + at, length);
        text[length - 1] = '\0';
    }
    return text;
}
