/* Two ledgers of one batch. */
#include "ask/what_if.h"

#include "ask/groups.h"
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

/* The keys of the batch, by which each is found at once: the group of a site's key was made as the site was counted. */
static zone_status index_keys(zone_context *ctx, const zone_sites *base, zone_groups *keys)
{
    zone_status status = ZONE_OK;
    size_t index = 0;

    for (size_t i = 0; i < base->batch.feature_count && !status; i++)
        status = zone_groups_find(ctx, keys, 0, (const char *const *)&base->key[i], &index);
    return status;
}

/* Which moved site stands in the place of which. */
static zone_status match_moved(zone_context *ctx, const zone_sites *base, const zone_sites *moved, size_t *with)
{
    zone_groups keys = {.key_count = 1, .sum_count = 1};
    zone_status status = index_keys(ctx, base, &keys);
    size_t site = 0;

    for (size_t m = 0; m < moved->batch.feature_count && !status; m++) {
        status = zone_groups_find(ctx, &keys, 0, (const char *const *)&moved->key[m], &site);
        bool strange = !status && site >= base->batch.feature_count;
        if (strange && moved->batch.state[m] == ZONE_FEATURE_REJECTED)
            status = zone_fail(ctx, ZONE_BAD_FILE, .file = moved->key[m], .key = "--move",
                               .found = zone_say(ctx, "%s", moved->batch.reason[m]));
        else if (strange)
            status = zone_fail(ctx, ZONE_BAD_USAGE, .key = "--move", .what = "no such site in the batch",
                               .found = zone_say(ctx, "%s", moved->key[m]), .expected = "sites with ids of the batch");
        if (!status)
            with[site] = m;
    }
    zone_groups_free(&keys);
    return status;
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

/* A site is known by the key that it has in the whole batch, also when its twin is left out. */
static zone_status keep_keys(zone_context *ctx, const zone_sites *base, const bool *left_out, zone_sites *changed)
{
    zone_status status = zone_sites_name(ctx, changed);

    for (size_t i = 0, at = 0; i < base->batch.feature_count && !status; i++) {
        if (left_out[i])
            continue;
        free(changed->key[at]);
        changed->key[at] = zone_copy_text(ctx, base->key[i]);
        status = changed->key[at++] ? ZONE_OK : ZONE_NO_MEMORY;
    }
    return status;
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
    if (!status)
        status = keep_keys(ctx, base, left_out, changed);
    free(left_out);
    free(with);
    return status;
}

/* What was read to move sites is told in the answer. */
static void hand_over_books(zone_sites *moved, zone_sites *changed)
{
    changed->books = moved->books;
    changed->label = moved->label;
    changed->notes = moved->notes;
    changed->source_count = moved->source_count;
    changed->books_capacity = moved->books_capacity;
    changed->label_capacity = moved->label_capacity;
    moved->books = NULL;
    moved->label = NULL;
    moved->notes = NULL;
    moved->source_count = 0;
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
    if (!status)
        hand_over_books(&moved, changed);
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

/* A batch as it was answered. `drawn`: by site and account. */
typedef struct {
    const zone_quota_answer *answer;
    const zone_quota_book *book;
    zone_exact *drawn;
} side;

static zone_status open_side(zone_context *ctx, side *made)
{
    size_t accounts = made->book->account_count;

    made->drawn = zone_allocate(ctx, made->answer->sites->batch.feature_count * accounts + 1, sizeof *made->drawn);
    for (size_t i = 0; made->drawn && i < made->book->step_count; i++) {
        const zone_quota_step *step = &made->book->step[i];
        made->drawn[step->site * accounts + step->account] += step->before - step->after;
    }
    return made->drawn ? ZONE_OK : ZONE_NO_MEMORY;
}

/* NULL: the batch has not the site. */
static const char *text_of(const side *of, size_t site, size_t column)
{
    return site == SIZE_MAX ? NULL : zone_table_text(of->answer->table, site, column);
}

static zone_exact drawn_by(const side *of, size_t site, size_t account)
{
    return site == SIZE_MAX ? 0 : of->drawn[site * of->book->account_count + account];
}

static const char *say_account(zone_context *ctx, const zone_plan *plan, const zone_quota_account *account)
{
    return zone_say(ctx, "%s %s", plan->zones[account->zone].id, zone_tell(ctx, plan->quotas[account->quota].kind));
}

/* A site in both batches or in one of them (SIZE_MAX: not in this one). */
static void compare_site(zone_context *ctx, const zone_plan *plan, const side *before, size_t old, const side *after,
                         size_t new, zone_table *table)
{
    static const char *const columns[] = {"verdict", "reasons", "zones"};
    const char *key = before->answer->sites->key[old];

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        size_t column = (size_t)zone_table_column_find(before->answer->table, columns[i]);
        add_change(table, "site", key, columns[i], text_of(before, old, column), text_of(after, new, column));
    }
    for (size_t a = 0; a < before->book->account_count; a++) {
        zone_exact was = drawn_by(before, old, a), is = drawn_by(after, new, a);
        if (was != is)
            add_change(table, "site", key,
                       zone_say(ctx, "draws on %s", say_account(ctx, plan, &before->book->account[a])),
                       zone_remark_area(ctx, was), zone_remark_area(ctx, is));
    }
}

static zone_table *open_changes(void)
{
    static const char *const columns[] = {"of", "key", "item", "before", "after"};
    zone_table *made = zone_table_create("quota-changes");

    for (int i = 0; i < 5; i++)
        zone_table_add_column(
            made,
            (zone_column){.name = columns[i], .heading = columns[i], .type = ZONE_COLUMN_TEXT, .verdict = i != KEY});
    return made;
}

/* The changed batch is the same with some left out. */
static void compare(zone_context *ctx, const zone_plan *plan, const side *before, const side *after, zone_table *table)
{
    const zone_sites *old = before->answer->sites, *new = after->answer->sites;

    for (size_t i = 0, at = 0; i < old->batch.feature_count; i++) {
        bool stays = at < new->batch.feature_count &&strcmp(old->key[i], new->key[at]) == 0;
        compare_site(ctx, plan, before, i, after, stays ? at : SIZE_MAX, table);
        at += stays;
    }
    for (size_t a = 0; a < before->book->account_count; a++)
        if (before->book->balance[a] != after->book->balance[a])
            add_change(table, "account", say_account(ctx, plan, &before->book->account[a]), "closing balance",
                       zone_remark_area(ctx, before->book->balance[a]), zone_remark_area(ctx, after->book->balance[a]));
}

zone_status zone_what_if_compare(zone_context *ctx, const zone_plan *plan, const zone_quota_answer *before,
                                 const zone_quota_book *book_before, const zone_quota_answer *after,
                                 const zone_quota_book *book_after, zone_table **table)
{
    side was = {before, book_before, NULL}, is = {after, book_after, NULL};
    zone_status status = open_side(ctx, &was);

    if (!status)
        status = open_side(ctx, &is);
    if (!status) {
        *table = open_changes();
        compare(ctx, plan, &was, &is, *table);
        zone_table_set_title(*table,
                             zone_say(ctx, "what changes in %s: %zu lines", plan->title, zone_table_row_count(*table)));
        zone_table_set_verdict(*table, after->rejected ? ZONE_UNMET : ZONE_OK);
    }
    free(was.drawn);
    free(is.drawn);
    return status;
}
