/* Transition: from classes before to classes after. */
#include "ask/transition.h"

#include "kernel/overlay.h"

#include <stdlib.h>
#include <string.h>

/* First text of a key, so that rows of both dates come first. */
static const char *const date_keys[] = {"0", "1", "2", "3"};
static const char *const date_texts[] = {"both dates", "not covered at date 1", "not covered at date 2"};

/* ---------------------------------------------------------------- keys */

zone_dates zone_transition_dates(const zone_group *group)
{
    return (zone_dates)(group->key[0][0] - date_keys[0][0]);
}

const char *zone_transition_date_key(zone_dates dates)
{
    return date_keys[dates];
}

zone_status zone_transition_open(zone_context *ctx, const zone_source *old, const zone_source *new, const char *by,
                                 const char *by_new, zone_transition *transition)
{
    zone_status status = zone_keys_open(ctx, old, by, &transition->before);

    if (!status)
        status = zone_keys_open(ctx, new, by_new ? by_new : by, &transition->after);
    if (status)
        return status;
    transition->groups.key_count = 1 + transition->before.count + transition->after.count;
    if (transition->before.count == 0)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a field of classes to group by");
    if (transition->before.count != transition->after.count)
        return zone_fail(ctx, ZONE_BAD_USAGE, .found = zone_say(ctx, "%s; %s", by, by_new ? by_new : by),
                         .expected = "as many fields at both dates");
    return ZONE_OK;
}

void zone_transition_close(zone_transition *transition)
{
    zone_keys_close(&transition->before);
    zone_keys_close(&transition->after);
    zone_groups_free(&transition->groups);
    free(transition->row);
    *transition = (zone_transition){0};
}

zone_status zone_transition_find(zone_context *ctx, zone_transition *transition, uint64_t place,
                                 const char *const *before, const char *const *after, size_t *index)
{
    const char *key[1 + 2 * ZONE_KEYS_MOST] = {date_keys[!before ? ZONE_NOT_AT_1 : !after ? ZONE_NOT_AT_2 : 0]};
    size_t count = transition->before.count;

    for (size_t i = 0; i < count; i++) {
        key[1 + i] = before ? before[i] : NULL;
        key[1 + count + i] = after ? after[i] : NULL;
    }
    return zone_groups_find(ctx, &transition->groups, place, key, index);
}

zone_status zone_transition_beside(zone_context *ctx, zone_transition *transition, uint64_t place,
                                   const char *const *before)
{
    const char *key[1 + 2 * ZONE_KEYS_MOST] = {date_keys[ZONE_BESIDE]};
    size_t index = 0;

    for (size_t i = 0; i < transition->before.count; i++)
        key[1 + i] = before[i];
    zone_status status = zone_groups_find(ctx, &transition->groups, place, key, &index);
    if (!status)
        transition->groups.group[index].pieces++;
    return status;
}

zone_status zone_transition_add(zone_context *ctx, zone_transition *transition, uint64_t place,
                                const char *const *before, const char *const *after, size_t method, zone_exact area)
{
    size_t index = 0;
    zone_status status = zone_transition_find(ctx, transition, place, before, after, &index);

    if (status)
        return status;
    transition->last = index;
    if (method == 0 && zone_piece_counts(area))
        transition->groups.group[index].pieces++;
    return zone_group_add(ctx, &transition->groups.group[index], method, area);
}

/* ---------------------------------------------------------------- crumbs */

/* The rows of one place. */
typedef struct {
    zone_context *ctx;
    const zone_transition *transition;
    zone_group *group;
    size_t count;
    size_t methods;
    zone_group *keeper; /* takes what has no row of its own; NULL when there are no rows */
} place_rows;

static bool is_absent(const zone_group *group, zone_dates dates)
{
    return zone_transition_dates(group) == dates;
}

static bool same_texts(const zone_group *a, const zone_group *b, size_t first, size_t count)
{
    bool same = true;

    for (size_t i = 0; i < count && same; i++)
        same = strcmp(a->key[first + i], b->key[first + i]) == 0;
    return same;
}

/* Does a have the class of b before? Or not cover that date, as b does? */
static bool same_before(const place_rows *rows, const zone_group *a, const zone_group *b)
{
    return is_absent(a, ZONE_NOT_AT_1) == is_absent(b, ZONE_NOT_AT_1) &&
           same_texts(a, b, 1, rows->transition->before.count);
}

static bool same_after(const place_rows *rows, const zone_group *a, const zone_group *b)
{
    return is_absent(a, ZONE_NOT_AT_2) == is_absent(b, ZONE_NOT_AT_2) &&
           same_texts(a, b, 1 + rows->transition->before.count, rows->transition->before.count);
}

static zone_group *find_row(const place_rows *rows, const zone_group *before, const zone_group *after)
{
    for (size_t g = 0; g < rows->count; g++)
        if (rows->group[g].pieces > 0 && (!before || same_before(rows, &rows->group[g], before)) &&
            (!after || same_after(rows, &rows->group[g], after)))
            return &rows->group[g];
    return NULL;
}

static zone_status move_sums(const place_rows *rows, const zone_exact *sum, zone_group *to, int sign)
{
    zone_status status = ZONE_OK;

    for (size_t m = 0; m < rows->methods && !status; m++)
        status = zone_group_add(rows->ctx, to, m, sign > 0 ? sum[m] : -sum[m]);
    return status;
}

/* Adds sums from the class of the row `from` to that of the row `to`. Where no row goes from one to the other they go
 * round: what is added to from → x and y → to, and taken from y → x, leaves the sums of all classes as they are. */
static zone_status fold_sums(const place_rows *rows, const zone_exact *sum, const zone_group *from,
                             const zone_group *to, bool *folded)
{
    zone_group *row = find_row(rows, from, to);

    *folded = true;
    if (row)
        return move_sums(rows, sum, row, 1);
    for (size_t a = 0; a < rows->count; a++) {
        zone_group *beside = &rows->group[a];
        if (beside->pieces == 0 || !same_before(rows, beside, from))
            continue;
        for (size_t b = 0; b < rows->count; b++) {
            zone_group *below = &rows->group[b], *across;
            if (below->pieces == 0 || !same_after(rows, below, to) || !(across = find_row(rows, below, beside)))
                continue;
            zone_status status = move_sums(rows, sum, beside, 1);
            if (!status)
                status = move_sums(rows, sum, below, 1);
            return status ? status : move_sums(rows, sum, across, -1);
        }
    }
    *folded = false;
    return ZONE_OK;
}

static bool is_crumb(const zone_group *group, size_t methods)
{
    bool any = false;

    for (size_t m = 0; m < methods; m++)
        any = any || group->sum[m] != 0;
    return any && group->pieces == 0;
}

/* A class that has no row in the place is there nothing but crumbs; they all go to the class of one row, where those
 * that belong together cancel. The same of land that a date does not cover: but what this adds to a class that the date
 * has, it owes to it (`debt`). */
static zone_status fold_crumb(const place_rows *rows, zone_group *crumb, zone_exact debt[][ZONE_GROUP_SUMS])
{
    const zone_group *from = find_row(rows, crumb, NULL), *to = find_row(rows, NULL, crumb);
    bool folded = false;
    zone_status status = ZONE_OK;

    for (size_t m = 0; m < rows->methods; m++) {
        debt[0][m] += !from && is_absent(crumb, ZONE_NOT_AT_1) ? crumb->sum[m] : 0;
        debt[1][m] += !to && is_absent(crumb, ZONE_NOT_AT_2) ? crumb->sum[m] : 0;
    }
    status = fold_sums(rows, crumb->sum, from ? from : rows->keeper, to ? to : rows->keeper, &folded);
    if (folded)
        memset(crumb->sum, 0, rows->methods * sizeof *crumb->sum);
    return status;
}

/* A debt is paid by land that the other date does not cover, of which no sum has to stay as it is. Where there is none
 * either, both dates cover the place and both debts are the same. */
static zone_status pay_debts(const place_rows *rows, zone_exact debt[][ZONE_GROUP_SUMS])
{
    const zone_group *absent[2] = {NULL, NULL};
    bool paid = false;
    zone_status status = ZONE_OK;

    for (size_t g = 0; g < rows->count; g++)
        for (int date = 0; date < 2; date++)
            if (rows->group[g].pieces > 0 && is_absent(&rows->group[g], date == 0 ? ZONE_NOT_AT_1 : ZONE_NOT_AT_2))
                absent[date] = &rows->group[g];
    for (int date = 0; date < 2; date++)
        for (size_t m = 0; m < rows->methods; m++)
            debt[date][m] = -debt[date][m];
    if (absent[1])
        status = fold_sums(rows, debt[0], rows->keeper, absent[1], &paid);
    if (!status && absent[0])
        status = fold_sums(rows, debt[1], absent[0], rows->keeper, &paid);
    if (!status && !absent[0] && !absent[1])
        status = move_sums(rows, debt[0], rows->keeper, 1);
    return status;
}

static zone_status fold_place(place_rows *rows)
{
    zone_exact debt[2][ZONE_GROUP_SUMS] = {{0}};
    zone_status status = ZONE_OK;

    rows->keeper = find_row(rows, NULL, NULL); /* of both dates, if there is one: those come first */
    if (!rows->keeper)
        return ZONE_OK;
    for (size_t g = 0; g < rows->count && !status; g++)
        if (is_crumb(&rows->group[g], rows->methods) && !(status = zone_progress(rows->ctx, g, rows->count)))
            status = fold_crumb(rows, &rows->group[g], debt);
    if (!status && !is_absent(rows->keeper, ZONE_NOT_AT_1) && !is_absent(rows->keeper, ZONE_NOT_AT_2))
        status = pay_debts(rows, debt);
    return status;
}

static zone_status fold_crumbs(zone_context *ctx, zone_transition *transition, size_t methods)
{
    zone_groups *groups = &transition->groups;
    size_t last = 0;
    zone_status status = ZONE_OK;

    for (size_t first = 0; first < groups->count && !status; first = last) {
        for (last = first; last < groups->count && groups->group[last].order == groups->group[first].order;)
            last++;
        place_rows rows = {ctx, transition, groups->group + first, last - first, methods, NULL};
        status = fold_place(&rows);
    }
    return status;
}

/* ---------------------------------------------------------------- the table */

/* "before", or with several fields "before_DLBM". */
static const char *key_column(zone_context *ctx, const zone_keys *keys, size_t key, const char *date)
{
    return keys->count == 1 ? date : zone_say(ctx, "%s_%s", date, keys->key[key].name);
}

static bool is_taken(zone_context *ctx, const zone_transition *transition, const char *name)
{
    static const char *const own[] = {"coverage", "pieces", "area"};
    bool taken = false;

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        taken = taken || strcmp(own[i], name) == 0;
    for (size_t i = 0; i < transition->before.count; i++)
        taken = taken || strcmp(key_column(ctx, &transition->before, i, "before"), name) == 0 ||
                strcmp(key_column(ctx, &transition->after, i, "after"), name) == 0;
    return taken;
}

static void add_key_columns(zone_context *ctx, zone_table *table, const zone_keys *keys, const char *date)
{
    for (size_t i = 0; i < keys->count; i++)
        zone_table_add_column(table, (zone_column){.name = key_column(ctx, keys, i, date),
                                                   .heading = keys->count == 1 ? date : NULL,
                                                   .type = ZONE_COLUMN_TEXT,
                                                   .verdict = keys->key[i].level == ZONE_KEY_BROAD});
}

int zone_transition_key_columns(zone_context *ctx, const zone_transition *transition, const zone_zoning *zoning,
                                zone_table *table)
{
    for (size_t i = 0; i < zone_zoning_columns(zoning); i++) {
        const char *name = zone_zoning_column(zoning, i);
        if (is_taken(ctx, transition, name))
            name = zone_say(ctx, "zone_%s", name);
        zone_table_add_column(table, (zone_column){.name = name, .type = ZONE_COLUMN_TEXT});
    }
    add_key_columns(ctx, table, &transition->before, "before");
    add_key_columns(ctx, table, &transition->after, "after");
    return 1 + zone_table_add_column(
                   table,
                   (zone_column){.name = "coverage", .heading = "coverage", .type = ZONE_COLUMN_TEXT, .verdict = true});
}

void zone_transition_columns(zone_context *ctx, zone_transition *transition, const zone_zoning *zoning,
                             const zone_methods *methods, zone_table *table)
{
    zone_transition_key_columns(ctx, transition, zoning, table);
    transition->pieces = zone_table_add_column(
        table, (zone_column){.name = "pieces", .heading = "pieces", .type = ZONE_COLUMN_INTEGER, .adds = true});
    zone_methods_columns(table, methods, transition->columns);
    if (zone_zoning_columns(zoning))
        zone_table_set_group(table, 0);
}

static int set_keys(const zone_zoning *zoning, const zone_group *group, size_t keys, zone_table *table, size_t row)
{
    int column = 0;
    char id[32];

    for (size_t i = 0; i < zone_zoning_columns(zoning); i++) {
        const char *text = zone_zoning_text(zoning, group->order, i, id);
        zone_table_set_text(table, row, column++, *text ? text : NULL);
    }
    for (size_t i = 1; i < keys; i++)
        zone_table_set_text(table, row, column++, *group->key[i] ? group->key[i] : NULL);
    zone_table_set_text(table, row, column++, date_texts[zone_transition_dates(group)]);
    return column;
}

int zone_transition_set_keys(const zone_transition *transition, const zone_zoning *zoning, zone_table *table,
                             size_t row)
{
    return set_keys(zoning, &transition->groups.group[transition->last], transition->groups.key_count, table, row);
}

static zone_status fill_row(zone_context *ctx, zone_transition *transition, const zone_zoning *zoning,
                            const zone_methods *methods, const zone_group *group, zone_table *table)
{
    size_t row = zone_table_add_row(table);
    zone_dates dates = zone_transition_dates(group);

    set_keys(zoning, group, transition->groups.key_count, table, row);
    transition->row[group->made] = row;
    zone_table_set_integer(table, row, transition->pieces, (int64_t)group->pieces);
    for (size_t m = 0; m < methods->count; m++)
        if (methods->means[m])
            zone_table_set_area(table, row, transition->columns[m], group->sum[m]);
    if (zone_exact_add(transition->sum[dates], group->sum[0], &transition->sum[dates]))
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
}

zone_status zone_transition_rows(zone_context *ctx, zone_transition *transition, const zone_zoning *zoning,
                                 const zone_methods *methods, zone_table *table)
{
    zone_groups *groups = &transition->groups;
    zone_status status = zone_groups_sort(ctx, groups);

    transition->row = zone_allocate(ctx, groups->count + 1, sizeof *transition->row);
    if (!transition->row)
        return ZONE_NO_MEMORY;
    if (!status)
        status = fold_crumbs(ctx, transition, methods->count);
    for (size_t g = 0; g < groups->count && !status; g++)
        if (groups->group[g].pieces > 0 || is_crumb(&groups->group[g], methods->count))
            status = fill_row(ctx, transition, zoning, methods, &groups->group[g], table);
    return status;
}
