/* Rows from sums. */
#include "ask/tabulated.h"

static void add_columns(zone_tabulated *answer, int *pieces)
{
    zone_table *table = answer->table;

    for (size_t i = 0; i < answer->zone_columns; i++)
        zone_table_add_column(table, (zone_column){.name = answer->zone_column[i], .type = ZONE_COLUMN_TEXT});
    zone_keys_columns(table, answer->keys);
    *pieces = zone_table_add_column(
        table, (zone_column){.name = "pieces", .heading = "pieces", .type = ZONE_COLUMN_INTEGER, .adds = true});
    zone_methods_columns(table, answer->methods, answer->columns);
    if (answer->zone_columns && answer->keys->count)
        zone_table_set_group(table, 0);
}

static void set_key(zone_table *table, size_t row, size_t column, const char *text)
{
    zone_table_set_text(table, row, (int)column, text && *text ? text : NULL);
}

enum { AHEAD = 8 };

static void fill_row(zone_tabulated *answer, const zone_group *group, int pieces)
{
    zone_table *table = answer->table;
    size_t row = zone_table_add_row(table), zones = answer->zone_columns;

    for (size_t i = 0; i < zones; i++)
        set_key(table, row, i, answer->zone_text[group->order * zones + i]);
    for (size_t i = 0; i < answer->keys->count; i++)
        set_key(table, row, zones + i, group->key[i]);
    zone_table_set_integer(table, row, pieces, (int64_t)group->pieces);
    for (size_t m = 0; m < answer->methods->count; m++)
        if (answer->methods->means[m])
            zone_table_set_area(table, row, answer->columns[m], group->sum[m]);
    answer->cut[row] = group->cut;
    answer->row[group->made] = row;
}

static zone_status fold_crumbs(zone_context *ctx, const zone_tabulated *answer)
{
    zone_groups *groups = answer->groups;
    size_t first = 0, last = 0;
    zone_status status = ZONE_OK;

    for (; first < groups->count; first = last) {
        size_t keeper = groups->count;
        for (last = first; last < groups->count && groups->group[last].order == groups->group[first].order; last++)
            if (groups->group[last].pieces > 0 && keeper == groups->count)
                keeper = last;
        for (size_t g = first; g < last && keeper < groups->count && !status; g++)
            for (size_t m = 0; groups->group[g].pieces == 0 && m < answer->methods->count && !status; m++)
                status = zone_group_add(ctx, &groups->group[keeper], m, groups->group[g].sum[m]);
    }
    return status;
}

zone_status zone_tabulated_rows(zone_context *ctx, zone_tabulated *answer)
{
    zone_groups *groups = answer->groups;
    int pieces = -1;
    zone_status status = ZONE_OK;

    add_columns(answer, &pieces);
    answer->cut = zone_allocate(ctx, groups->count + 1, sizeof *answer->cut);
    answer->row = zone_allocate(ctx, groups->count + 1, sizeof *answer->row);
    if (!answer->cut || !answer->row)
        return ZONE_NO_MEMORY;
    status = zone_groups_sort(ctx, groups);
    if (!status)
        status = fold_crumbs(ctx, answer);
    for (size_t g = 0; g < groups->count && !status; g++) {
        if (g + AHEAD < groups->count) /* sums lie in the order in which groups were made */
            __builtin_prefetch(groups->group[g + AHEAD].sum);
        if (groups->group[g].pieces > 0)
            fill_row(answer, &groups->group[g], pieces);
    }
    if (!status && answer->columns[0] < 0)
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    return status;
}

void zone_tabulated_closure(zone_context *ctx, const zone_tabulated *answer, const char *label, zone_exact whole,
                            zone_exact repaired)
{
    zone_exact sum = zone_table_total(answer->table, (size_t)answer->columns[0]);

    zone_table_add_closure(answer->table, "whole", label, whole, NULL);
    zone_table_add_closure(answer->table, "sum of parts", NULL, sum, NULL);
    zone_table_add_closure(answer->table, "residual", NULL, whole - sum, NULL);
    zone_table_add_closure(answer->table, "repaired", label, repaired, NULL);
    zone_table_add_closure(answer->table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}
