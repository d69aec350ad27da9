/* The question "convert_area": one figure in other units, exactly: units are ratios of integers. */
#include "ask/layers.h"

#include "base/units.h"

#include <string.h>

/* Decimals of a value that has no end: 1 mu is 666.666666666667 m². */
enum { ENDLESS_DECIMALS = 12, MOST_DECIMALS = 48 };

typedef struct {
    zone_uint128 over, under;
} ratio;

static void reduce(ratio *value)
{
    zone_uint128 a = value->over, b = value->under;

    while (b) {
        zone_uint128 rest = a % b;
        a = b;
        b = rest;
    }
    value->over /= a;
    value->under /= a;
}

/* figure × metres / per of its unit, over those of the other. A figure has at most 24 digits and 16 decimals, a unit 8
 * digits, so nothing leaves 127 bits, not even times 10. */
static ratio convert(const zone_figure *figure, const zone_unit *unit)
{
    ratio value = {(zone_uint128)figure->value, 1};

    for (int i = 0; i < figure->decimals; i++)
        value.under *= 10;
    reduce(&value);
    value.over *= (uint64_t)(figure->unit->metres * unit->per);
    value.under *= (uint64_t)(figure->unit->per * unit->metres);
    reduce(&value);
    return value;
}

/* Has the decimal fraction an end? Then it has no more digits than the denominator has factors of 2 or 5. */
static int decimals_of(const ratio *value, bool *ends)
{
    zone_uint128 rest = value->under;
    int twos = 0, fives = 0;

    for (; rest % 2 == 0; rest /= 2)
        twos++;
    for (; rest % 5 == 0; rest /= 5)
        fives++;
    int digits = twos > fives ? twos : fives;
    *ends = rest == 1 && digits <= MOST_DECIMALS;
    return *ends ? digits : ENDLESS_DECIMALS;
}

/* Long division, the last digit rounded half up. Only endless fractions are rounded, and their last digit is the 3 or 6
 * of thirds, so no carry runs on. */
static void print_ratio(const ratio *value, int decimals, char *text, size_t size)
{
    zone_uint128 rest = value->over % value->under;

    zone_exact_print((zone_int128)(value->over / value->under), 0, text, size);
    size_t length = strlen(text);
    if (decimals == 0 || length + (size_t)decimals + 2 > size)
        return;
    text[length++] = '.';
    for (int i = 0; i < decimals; i++) {
        rest *= 10;
        text[length++] = (char)('0' + (int)(rest / value->under));
        rest %= value->under;
    }
    text[length - 1] = (char)(text[length - 1] + (rest >= value->under - rest));
    text[length] = '\0';
}

static void add_unit(zone_context *ctx, zone_table *table, const zone_figure *figure, const zone_unit *unit)
{
    char value[160], over[64], under[64];
    ratio result = convert(figure, unit);
    bool ends = false;
    int decimals = decimals_of(&result, &ends);
    size_t row = zone_table_add_row(table);

    print_ratio(&result, decimals, value, sizeof value);
    zone_table_set_text(table, row, 0, unit->name);
    zone_table_set_text(table, row, 1, value);
    if (ends)
        return;
    zone_exact_print((zone_int128)result.over, 0, over, sizeof over);
    zone_exact_print((zone_int128)result.under, 0, under, sizeof under);
    zone_table_set_text(table, row, 2, zone_say(ctx, "%s/%s", over, under));
}

static zone_status find_unit(zone_context *ctx, const char *name, const zone_unit **unit)
{
    *unit = name ? zone_unit_find(name) : NULL;
    if (name && !*unit)
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "an unknown unit", .found = zone_say(ctx, "%s", name),
                         .expected = "m2, mu, wanmu, ha or km2");
    return ZONE_OK;
}

zone_status zone_convert_area(zone_context *ctx, const char *figure_text, const char *to, zone_table **out)
{
    static const zone_column columns[] = {
        {.name = "unit", .heading = "unit", .type = ZONE_COLUMN_TEXT},
        {.name = "value", .heading = "value", .type = ZONE_COLUMN_TEXT},
        {.name = "fraction", .heading = "exact fraction, where the decimals have no end", .type = ZONE_COLUMN_TEXT}};
    const char *reason = NULL;
    const zone_unit *only = NULL;
    zone_figure figure;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *out = NULL;
    if (!figure_text || !zone_figure_parse(figure_text, &figure, &reason))
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = reason,
                         .found = figure_text ? zone_say(ctx, "%s", figure_text) : "no figure",
                         .expected = "a figure with its unit, such as 29.54 km2 or 1590 mu");
    status = find_unit(ctx, to, &only);
    if (status)
        return status;
    zone_table *table = zone_table_create("convert_area");
    zone_table_set_title(table, figure_text);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        zone_table_add_column(table, columns[i]);
    for (size_t i = 0; zone_unit_at(i); i++)
        if (!only || only == zone_unit_at(i))
            add_unit(ctx, table, &figure, zone_unit_at(i));
    zone_provenance_run(ctx, table, NULL, figure_text);
    return zone_table_finish(ctx, table, out);
}
