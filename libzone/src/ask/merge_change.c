/* From merged sums to the transition. */
#include "ask/merge_change.h"

#include "ask/margins.h"

/* Names of keys are the merge's own. */
void zone_merged_change_free(zone_merged_change *change)
{
    zone_transition *transition = &change->transition;

    transition->before.count = transition->after.count = 0;
    zone_transition_close(transition);
}

static const char *asked(const zone_partial *first, const char *item)
{
    const char *value = zone_partial_request(first, item);

    return value ? value : "";
}

/* ---------------------------------------------------------------- keys */

static zone_status split_unknown(zone_context *ctx, zone_merged_change *change)
{
    const zone_groups *unknown = &change->keys->unknown;
    zone_transition *transition = &change->transition;
    zone_status status = ZONE_OK;

    for (size_t g = 0; g < unknown->count && !status; g++) {
        bool before = unknown->group[g].order <= transition->before.count;
        zone_keys *to = before ? &transition->before : &transition->after;
        uint64_t key = unknown->group[g].order - 1 - (before ? 0 : transition->before.count);
        size_t index = 0;
        status = zone_groups_find(ctx, &to->unknown, key, unknown->group[g].key, &index);
        if (!status)
            to->unknown.group[index].pieces = unknown->group[g].pieces;
    }
    return status;
}

zone_status zone_merged_change_open(zone_context *ctx, zone_merged_change *change)
{
    zone_transition *transition = &change->transition;
    size_t count = change->keys->count / 2;

    for (size_t k = 0; k < count; k++) {
        transition->before.key[k] = change->keys->key[1 + k];
        transition->after.key[k] = change->keys->key[1 + count + k];
    }
    transition->before.count = transition->after.count = count;
    transition->before.unknown.key_count = transition->after.unknown.key_count = 2;
    return split_unknown(ctx, change);
}

/* ---------------------------------------------------------------- closure */

static zone_margin old_margin(const zone_merged_change *change)
{
    const zone_table *inputs = change->sum->table[ZONE_PARTIAL_INPUTS];
    size_t row = zone_part_wholes(change->first) - 1;

    return (zone_margin){.label = change->totals->old.input,
                         .whole = zone_table_area(inputs, row, ZONE_INPUTS_WHOLE),
                         .inside = zone_table_area(inputs, row, ZONE_INPUTS_INSIDE),
                         .drawn_whole = zone_table_area(inputs, row, ZONE_INPUTS_DRAWN),
                         .drawn_outside = zone_table_area(inputs, row, ZONE_INPUTS_DRAWN_OUTSIDE),
                         .sum = zone_table_area(inputs, row, ZONE_INPUTS_SUM),
                         .repeat = zone_table_area(inputs, row, ZONE_INPUTS_REPEAT),
                         .pairs = zone_table_text(inputs, row, ZONE_INPUTS_PAIRS),
                         .repaired = change->totals->old.repaired_change,
                         .by_plane = change->by_plane};
}

static void closure_lines(zone_context *ctx, const zone_merged_change *change)
{
    const zone_table *inputs = change->sum->table[ZONE_PARTIAL_INPUTS];
    const zone_part_totals *totals = change->totals;
    const zone_margin new = {.label = totals->data.input,
                             .whole = totals->whole,
                             .inside = totals->inside,
                             .drawn_whole = totals->drawn_whole,
                             .drawn_outside = totals->drawn_outside,
                             .sum = totals->sum,
                             .repeat = totals->repeat,
                             .pairs = totals->data_pairs,
                             .not_looked = change->not_looked,
                             .repaired = totals->data.repaired_change,
                             .by_plane = change->by_plane};
    zone_margins margins = {
        .date = {old_margin(change), new}, .zoned = change->first->zone_columns > 0, .zone_pairs = totals->zone_pairs};

    if (!zone_table_integer(inputs, zone_part_wholes(change->first) - 1, ZONE_INPUTS_LOOKED))
        margins.date[0].not_looked = zone_tell(ctx, "not looked at: too many vertices");
    zone_margins_lines(ctx, &margins, &change->transition, change->table);
}

/* ---------------------------------------------------------------- rows */

zone_status zone_merged_change_rows(zone_context *ctx, zone_merged_change *change)
{
    zone_transition *transition = &change->transition;

    transition->groups = *change->groups;
    *change->groups = (zone_groups){0};
    change->zoning = (zone_zoning){.told_columns = change->first->zone_columns,
                                   .told_column = change->zone_column,
                                   .told_text = change->zone_text};
    zone_status status = zone_covered_settle(ctx, change->covered, transition);
    if (status)
        return status;
    zone_transition_columns(ctx, transition, &change->zoning, change->methods, change->table);
    status = zone_transition_rows(ctx, transition, &change->zoning, change->methods, change->table);
    if (!status && transition->columns[0] < 0)
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    if (status)
        return status;
    zone_methods_differences(change->table, change->methods, transition->columns);
    closure_lines(ctx, change);
    zone_methods_closure(change->table, change->methods, transition->columns);
    return ZONE_OK;
}

const char *zone_merged_change_options(zone_context *ctx, const zone_partial *first)
{
    const char *by_new = asked(first, "grouped by at date 2");
    const char *text = zone_say(ctx, "by=%s", asked(first, "grouped by"));

    if (*by_new)
        text = zone_say(ctx, "%s by_new=%s", text, by_new);
    return first->zone_columns ? zone_say(ctx, "%s zone_by=%s", text, asked(first, "zones grouped by")) : text;
}
