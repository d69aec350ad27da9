/* Partials of a change: judged, compared, and what they cover. */
#include "ask/parts_change.h"

#include <string.h>

static const char *key_of(const zone_partial *partial, size_t group, size_t key)
{
    const char *text =
        zone_table_text(partial->table[ZONE_PARTIAL_GROUPS], group, ZONE_GROUPS_AREAS + partial->methods + key);

    return text ? text : "";
}

/* SIZE_MAX: of none. */
static size_t dates_of(const zone_partial *partial, size_t group)
{
    for (int dates = ZONE_BOTH_DATES; dates <= ZONE_BESIDE; dates++)
        if (strcmp(key_of(partial, group, 0), zone_transition_date_key((zone_dates)dates)) == 0)
            return (size_t)dates;
    return SIZE_MAX;
}

/* ---------------------------------------------------------------- one part */

/* What the groups of each kind add up to. */
static bool sum_groups(const zone_partial *partial, zone_exact sum[ZONE_BESIDE + 1])
{
    const zone_table *groups = partial->table[ZONE_PARTIAL_GROUPS];

    for (size_t r = 0; r < zone_table_row_count(groups); r++) {
        size_t dates = dates_of(partial, r);
        if (dates == SIZE_MAX ||
            !zone_exact_add(sum[dates], zone_table_area(groups, r, ZONE_GROUPS_AREAS), &sum[dates]))
            return false;
    }
    return true;
}

static bool covered_make_sense(const zone_partial *partial, size_t features)
{
    const zone_table *covered = partial->table[ZONE_PARTIAL_COVERED];
    size_t zones = partial->zone_columns ? zone_table_row_count(partial->table[ZONE_PARTIAL_ZONES]) : 1;
    size_t groups = zone_table_row_count(partial->table[ZONE_PARTIAL_GROUPS]), last_feature = 0, last_zone = 0;

    for (size_t r = 0; r < zone_table_row_count(covered); r++) {
        size_t feature = (size_t)zone_table_integer(covered, r, ZONE_COVERED_FEATURE);
        size_t zone = (size_t)zone_table_integer(covered, r, ZONE_COVERED_ZONE);
        size_t group = (size_t)zone_table_integer(covered, r, ZONE_COVERED_GROUP);
        bool rises = r == 0 || feature > last_feature || (feature == last_feature && zone > last_zone);
        if (feature >= features || zone >= zones || !rises || group >= groups ||
            dates_of(partial, group) != ZONE_NOT_AT_2)
            return false;
        last_feature = feature;
        last_zone = zone;
    }
    return true;
}

bool zone_parts_change_agrees(const zone_partial *partial)
{
    const zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS];
    size_t old = zone_part_wholes(partial) - 1, column = partial->zone_columns ? ZONE_INPUTS_SUM : ZONE_INPUTS_WHOLE;
    zone_exact sum[ZONE_BESIDE + 1] = {0}, new = 0;
    bool good = sum_groups(partial, sum);

    for (size_t r = old + 1; r < zone_table_row_count(inputs); r++)
        good = good && zone_exact_add(new, zone_table_area(inputs, r, column), &new);
    good = good && zone_exact_add(sum[ZONE_BOTH_DATES], sum[ZONE_NOT_AT_1], &sum[ZONE_BOTH_DATES]);
    return good && sum[ZONE_BOTH_DATES] == new &&sum[ZONE_BESIDE] == 0 &&
           sum[ZONE_NOT_AT_2] == zone_table_area(inputs, old, column) &&
           covered_make_sense(partial, (size_t)zone_table_integer(inputs, old, ZONE_INPUTS_FEATURES));
}

/* ---------------------------------------------------------------- many parts */

bool zone_parts_change_is_old(const zone_partial *partial, zone_partial_part table, size_t row)
{
    if (table == ZONE_PARTIAL_GROUPS)
        return dates_of(partial, row) == ZONE_NOT_AT_2;
    return (size_t)zone_table_integer(partial->table[table], row, ZONE_UNKNOWN_KEY) <= partial->keys / 2;
}

static zone_status differ(zone_context *ctx, const zone_part *part, const zone_part *first)
{
    const zone_partial *one = part->partial, *other = first->partial;
    const char *found = zone_table_text(one->table[ZONE_PARTIAL_INPUTS], zone_part_wholes(one) - 1, ZONE_INPUTS_LABEL);
    const char *expected =
        zone_table_text(other->table[ZONE_PARTIAL_INPUTS], zone_part_wholes(other) - 1, ZONE_INPUTS_LABEL);

    return zone_part_differs(ctx, part, first, "sums of date 1", found ? found : "", expected ? expected : "");
}

/* Names, drivers and versions may differ where one file lies in two places. */
static bool same_old_input(const zone_partial *one, const zone_partial *other)
{
    const zone_table *here = one->table[ZONE_PARTIAL_INPUTS], *there = other->table[ZONE_PARTIAL_INPUTS];
    size_t row = zone_part_wholes(one) - 1;
    bool same = true;

    for (size_t c = ZONE_INPUTS_FEATURES; c <= ZONE_INPUTS_REPEAT; c++)
        same = same && zone_table_integer(here, row, c) == zone_table_integer(there, row, c) &&
               zone_table_area(here, row, c) == zone_table_area(there, row, c);
    return same;
}

static size_t next_old(const zone_partial *partial, zone_partial_part table, size_t row)
{
    while (row < zone_table_row_count(partial->table[table]) && !zone_parts_change_is_old(partial, table, row))
        row++;
    return row;
}

static bool same_old_rows(const zone_partial *one, const zone_partial *other, zone_partial_part table)
{
    const zone_table *here = one->table[table], *there = other->table[table];
    size_t a = next_old(one, table, 0), b = next_old(other, table, 0);

    for (; a < zone_table_row_count(here) && b < zone_table_row_count(there);
         a = next_old(one, table, a + 1), b = next_old(other, table, b + 1))
        if (!zone_part_same_cells(here, a, there, b))
            return false;
    return a >= zone_table_row_count(here) && b >= zone_table_row_count(there);
}

zone_status zone_parts_change_compare(zone_context *ctx, const zone_part *part, const zone_part *first)
{
    const zone_partial *one = part->partial, *other = first->partial;

    if (part != first &&
        (one->keys != other->keys || !same_old_input(one, other) || !same_old_rows(one, other, ZONE_PARTIAL_GROUPS) ||
         !same_old_rows(one, other, ZONE_PARTIAL_UNKNOWN)))
        return differ(ctx, part, first);
    return ZONE_OK;
}

zone_status zone_parts_change_cover(zone_context *ctx, const zone_partial *partial, zone_groups *groups,
                                    zone_covered *covered)
{
    const zone_table *table = partial->table[ZONE_PARTIAL_COVERED], *from = partial->table[ZONE_PARTIAL_GROUPS];
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < zone_table_row_count(table) && !status; r++) {
        const char *key[ZONE_KEYS_MOST];
        size_t group = (size_t)zone_table_integer(table, r, ZONE_COVERED_GROUP), index = 0;
        for (size_t k = 0; k < partial->keys; k++)
            key[k] = key_of(partial, group, k);
        status =
            zone_groups_find(ctx, groups, (uint64_t)zone_table_integer(from, group, ZONE_GROUPS_ORDER), key, &index);
        if (status)
            break;
        const zone_covered_item item = {.feature = (uint64_t)zone_table_integer(table, r, ZONE_COVERED_FEATURE),
                                        .zone = (uint32_t)zone_table_integer(table, r, ZONE_COVERED_ZONE),
                                        .made = groups->group[index].made,
                                        .area = zone_table_area(table, r, ZONE_COVERED_AREA),
                                        .covered = zone_table_area(table, r, ZONE_COVERED_COVERED)};
        status = zone_covered_add(ctx, covered, &item);
    }
    return status;
}
