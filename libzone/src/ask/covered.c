/* What is covered of the old features, and what that leaves. */
#include "ask/covered.h"

#include "kernel/overlay.h"

#include <stdlib.h>

void zone_covered_free(zone_covered *covered)
{
    free(covered->item);
    *covered = (zone_covered){0};
}

zone_status zone_covered_add(zone_context *ctx, zone_covered *covered, const zone_covered_item *item)
{
    zone_status status =
        zone_grow(ctx, (void **)&covered->item, &covered->capacity, covered->count + 1, sizeof *covered->item);

    if (!status)
        covered->item[covered->count++] = *item;
    return status;
}

static int by_feature(const void *left, const void *right)
{
    const zone_covered_item *a = left, *b = right;

    if (a->feature != b->feature)
        return a->feature < b->feature ? -1 : 1;
    return a->zone < b->zone ? -1 : a->zone > b->zone;
}

zone_status zone_covered_unite(zone_context *ctx, zone_covered *covered)
{
    size_t kept = 0;

    if (covered->count > 1)
        qsort(covered->item, covered->count, sizeof *covered->item, by_feature);
    for (size_t i = 0; i < covered->count; i++) {
        zone_covered_item *item = &covered->item[i], *last = kept ? &covered->item[kept - 1] : NULL;
        if (!last || by_feature(last, item) != 0) {
            covered->item[kept++] = *item;
            continue;
        }
        if (last->made != item->made || last->area != item->area)
            return zone_fail(ctx, ZONE_BAD_USAGE, .what = "partial tables that do not belong together",
                             .expected = "parts of one old date",
                             .remedy = "make all partials with the same command, options and zones");
        if (!zone_exact_add(last->covered, item->covered, &last->covered))
            return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
    }
    covered->count = kept;
    return ZONE_OK;
}

/* Where each group is now, by `made`. */
static size_t *list_places(zone_context *ctx, const zone_groups *groups)
{
    size_t *place = zone_allocate(ctx, groups->count + 1, sizeof *place);

    for (size_t g = 0; place && g < groups->count; g++)
        place[groups->group[g].made] = g;
    return place;
}

zone_status zone_covered_put(zone_context *ctx, const zone_covered *covered, const zone_groups *groups,
                             zone_partial *partial)
{
    zone_table *table = partial->table[ZONE_PARTIAL_COVERED];
    size_t *place = list_places(ctx, groups);

    if (!place)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < covered->count; i++) {
        const zone_covered_item *item = &covered->item[i];
        size_t row = zone_table_add_row(table);
        zone_table_set_integer(table, row, ZONE_COVERED_FEATURE, (int64_t)item->feature);
        zone_table_set_integer(table, row, ZONE_COVERED_ZONE, item->zone);
        zone_table_set_integer(table, row, ZONE_COVERED_GROUP, (int64_t)place[item->made]);
        zone_table_set_area(table, row, ZONE_COVERED_AREA, item->area);
        zone_table_set_area(table, row, ZONE_COVERED_COVERED, item->covered);
    }
    free(place);
    return ZONE_OK;
}

/* What is left of an item may be a piece where it was none: land that the new date counts twice. `place` is that of the
 * groups by `made` of those that were counted. */
static void settle_pieces(const zone_covered *covered, const size_t *place, zone_groups *groups)
{
    for (size_t i = 0; i < covered->count; i++) {
        const zone_covered_item *item = &covered->item[i];
        zone_group *group = &groups->group[place[item->made]];
        zone_exact left = 0;
        if (__builtin_sub_overflow(item->area, item->covered, &left))
            left = item->area; /* no area on earth: of a partial that lies */
        group->pieces += zone_piece_counts(left);
        group->pieces -= group->pieces > 0 && zone_piece_counts(item->area);
    }
}

/* Adds sums to the group of this key; its place. */
static zone_status add_sums(zone_context *ctx, zone_groups *groups, const zone_group *from, const char *const *key,
                            int sign, size_t *place)
{
    size_t methods = groups->sum_count ? groups->sum_count : ZONE_GROUP_SUMS;
    zone_status status = zone_groups_find(ctx, groups, from->order, key, place);

    for (size_t m = 0; m < methods && !status; m++) {
        zone_exact sum = from->sum[m];
        if (sign < 0 && __builtin_sub_overflow((zone_exact)0, from->sum[m], &sum))
            return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
        status = zone_group_add(ctx, &groups->group[*place], m, sum);
    }
    return status;
}

static zone_status settle_group(zone_context *ctx, const zone_group *from, size_t keys, zone_groups *to, size_t *place)
{
    const char *left[1 + 2 * ZONE_KEYS_MOST] = {zone_transition_date_key(ZONE_NOT_AT_2)};
    zone_dates dates = zone_transition_dates(from);
    size_t old = 0;

    for (size_t k = 0; k < keys; k++)
        left[1 + k] = from->key[1 + k];
    zone_status status = add_sums(ctx, to, from, dates == ZONE_BESIDE ? left : from->key, 1, place);
    if (status)
        return status;
    to->group[*place].pieces += from->pieces;
    return dates == ZONE_BOTH_DATES ? add_sums(ctx, to, from, left, -1, &old) : ZONE_OK;
}

zone_status zone_covered_settle(zone_context *ctx, const zone_covered *covered, zone_transition *transition)
{
    const zone_groups *from = &transition->groups; /* sorted ones are not found any more */
    zone_groups to = {.key_count = from->key_count, .sum_count = from->sum_count};
    size_t *place = zone_allocate(ctx, from->count + 1, sizeof *place);
    zone_status status = place ? ZONE_OK : ZONE_NO_MEMORY;

    for (size_t g = 0; g < from->count && !status; g++)
        status = settle_group(ctx, &from->group[g], transition->before.count, &to, &place[from->group[g].made]);
    if (status) {
        zone_groups_free(&to);
    } else {
        settle_pieces(covered, place, &to);
        zone_groups_free(&transition->groups);
        transition->groups = to;
    }
    free(place);
    return status;
}
