/* Two ledgers of one batch. */
#include "ask/what_if.h"

#include "ask/remarks.h"

#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- the changed batch */

/* Marks the sites whose keys are in a list; ZONE_BAD_USAGE for one that is none. */
static zone_status mark_listed(zone_context *ctx, const zone_sites *base, const char *list, bool *marked)
{
    size_t count = base->batch.feature_count;

    for (const char *at = list; at && *at;) {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ",");
        while (length > 0 && at[length - 1] == ' ')
            length--;
        const char *key = zone_say(ctx, "%.*s", (int)length, at);
        size_t site = zone_sites_find(base, key);
        if (length > 0 && site == count)
            return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--without", .what = "no such site in the batch", .found = key,
                             .expected = "ids of sites, separated by commas");
        if (length > 0)
            marked[site] = true;
        at += strcspn(at, ",");
    }
    return ZONE_OK;
}

/* Which moved site stands in the place of which. */
static zone_status match_moved(zone_context *ctx, const zone_sites *base, const zone_sites *moved, size_t *with)
{
    for (size_t m = 0; m < moved->batch.feature_count; m++) {
        size_t site = zone_sites_find(base, moved->key[m]);
        if (site == base->batch.feature_count)
            return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--move", .what = "no such site in the batch",
                             .found = zone_say(ctx, "%s", moved->key[m]), .expected = "sites with ids of the batch");
        with[site] = m;
    }
    return ZONE_OK;
}

/* A moved site keeps what it claims and is, but for what the moved data say anew. */
static zone_status copy_site(zone_context *ctx, const zone_sites *base, size_t site, const zone_sites *moved,
                             size_t with, zone_sites *changed)
{
    bool is_moved = with != SIZE_MAX;
    zone_status status =
        zone_batch_add_copy(ctx, &changed->batch, is_moved ? &moved->batch : &base->batch, is_moved ? with : site);

    for (size_t word = 0; word < ZONE_SITE_WORDS && !status; word++) {
        const char *text = is_moved ? zone_batch_text(&moved->batch, with, word) : NULL;
        if (!text)
            text = zone_batch_text(&base->batch, site, word);
        if (text)
            status = zone_batch_set_text(ctx, &changed->batch, word, text);
    }
    const zone_batch *from = is_moved ? &moved->batch : &base->batch;
    const char *reason = from->reason[is_moved ? with : site];
    return status || !reason ? status : zone_batch_set_reason(ctx, &changed->batch, reason);
}

static zone_status copy_sites(zone_context *ctx, const zone_sites *base, const char *without, const zone_sites *moved,
                              zone_sites *changed)
{
    size_t count = base->batch.feature_count;
    bool *left_out = zone_allocate(ctx, count + 1, sizeof *left_out);
    size_t *with = zone_allocate(ctx, count + 1, sizeof *with);
    zone_status status = left_out && with ? ZONE_OK : ZONE_NO_MEMORY;

    for (size_t i = 0; i < count && !status; i++)
        with[i] = SIZE_MAX;
    if (!status)
        status = mark_listed(ctx, base, without, left_out);
    if (!status)
        status = match_moved(ctx, base, moved, with);
    for (size_t i = 0; i < count && !status; i++)
        if (!left_out[i])
            status = copy_site(ctx, base, i, moved, with[i], changed);
    free(left_out);
    free(with);
    return status ? status : zone_sites_name(ctx, changed);
}

zone_status zone_what_if_sites(zone_context *ctx, const zone_sites *base, const char *without, const char *move,
                               const zone_source_options *options, const zone_crs *crs, zone_sites *changed)
{
    zone_sites moved = {.batch.field_count = ZONE_SITE_WORDS};
    zone_status status = move ? zone_sites_add(ctx, &moved, move, options, crs) : ZONE_OK;

    changed->batch.field_count = ZONE_SITE_WORDS;
    if (!status)
        status = zone_sites_name(ctx, &moved);
    if (!status)
        status = copy_sites(ctx, base, without, &moved, changed);
    zone_sites_free(&moved);
    return status;
}

/* ---------------------------------------------------------------- the difference */

enum { OF, KEY, ITEM, BEFORE, AFTER };

static void add_change(zone_table *table, const char *of, const char *key, const char *item, const char *before,
                       const char *after)
{
    bool same = before && after ? strcmp(before, after) == 0 : before == after;

    if (same)
        return;
    size_t row = zone_table_add_row(table);
    zone_table_set_text(table, row, OF, of);
    zone_table_set_text(table, row, KEY, key);
    zone_table_set_text(table, row, ITEM, item);
    zone_table_set_text(table, row, BEFORE, before);
    zone_table_set_text(table, row, AFTER, after);
}

static zone_exact drawn_by(const zone_quota_book *book, size_t site, size_t account)
{
    zone_exact drawn = 0;

    for (size_t i = 0; i < book->step_count; i++)
        if (book->step[i].site == site && book->step[i].account == account)
            drawn += book->step[i].before - book->step[i].after;
    return drawn;
}

static const char *say_account(zone_context *ctx, const zone_plan *plan, const zone_quota_account *account)
{
    return zone_say(ctx, "%s %s", plan->zones[account->zone].id, plan->quotas[account->quota].kind);
}

/* A site in both batches or in one of them (SIZE_MAX: not in this one). */
static void compare_site(zone_context *ctx, const zone_plan *plan, const zone_quota_answer *before,
                         const zone_quota_book *book_before, size_t old, const zone_quota_answer *after,
                         const zone_quota_book *book_after, size_t new, zone_table *table)
{
    static const char *const columns[] = {"verdict", "reasons", "zones"};
    const char *key = old != SIZE_MAX ? before->sites->key[old] : after->sites->key[new];

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        size_t column = (size_t)zone_table_column_find(before->table, columns[i]);
        add_change(table, "site", key, columns[i], old != SIZE_MAX ? zone_table_text(before->table, old, column) : NULL,
                   new != SIZE_MAX ? zone_table_text(after->table, new, column) : NULL);
    }
    for (size_t a = 0; a < book_before->account_count; a++) {
        zone_exact drawn_before = old != SIZE_MAX ? drawn_by(book_before, old, a) : 0;
        zone_exact drawn_after = new != SIZE_MAX ? drawn_by(book_after, new, a) : 0;
        if (drawn_before != drawn_after)
            add_change(table, "site", key,
                       zone_say(ctx, "draws on %s", say_account(ctx, plan, &book_before->account[a])),
                       zone_remark_area(ctx, drawn_before), zone_remark_area(ctx, drawn_after));
    }
}

zone_status zone_what_if_compare(zone_context *ctx, const zone_plan *plan, const zone_quota_answer *before,
                                 const zone_quota_book *book_before, const zone_quota_answer *after,
                                 const zone_quota_book *book_after, zone_table **table)
{
    static const char *const columns[] = {"of", "key", "item", "before", "after"};
    zone_table *made = zone_table_create("quota-changes");
    size_t count = before->sites->batch.feature_count, left = after->sites->batch.feature_count, at = 0;

    for (int i = 0; i < 5; i++)
        zone_table_add_column(
            made,
            (zone_column){.name = columns[i], .heading = columns[i], .type = ZONE_COLUMN_TEXT, .verdict = i != KEY});
    for (size_t i = 0; i < count; i++) { /* the changed batch is the same with some left out */
        bool stays = at < left && strcmp(before->sites->key[i], after->sites->key[at]) == 0;
        compare_site(ctx, plan, before, book_before, i, after, book_after, stays ? at : SIZE_MAX, made);
        at += stays;
    }
    for (size_t a = 0; a < book_before->account_count; a++)
        if (book_before->balance[a] != book_after->balance[a])
            add_change(made, "account", say_account(ctx, plan, &book_before->account[a]), "closing balance",
                       zone_remark_area(ctx, book_before->balance[a]), zone_remark_area(ctx, book_after->balance[a]));
    zone_table_set_title(made, zone_say(ctx, "what changes in %s: %zu lines", plan->title, zone_table_row_count(made)));
    zone_table_set_verdict(made, after->rejected ? ZONE_UNMET : ZONE_OK);
    *table = made;
    return ZONE_OK;
}
