/* The accounts of a plan. */
#include "ask/accounts.h"

#include "ask/balance.h"
#include "ask/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void zone_accounts_close(zone_quota_book *book)
{
    free(book->account);
    free(book->step);
    free(book->balance);
    zone_arena_free(&book->arena);
    *book = (zone_quota_book){0};
}

/* ---------------------------------------------------------------- opening */

static const zone_plan_declared *find_declared(const zone_plan_zone *zone, const char *what)
{
    for (size_t i = 0; i < zone->declared_count; i++)
        if (strcmp(zone->declared[i].what, what) == 0)
            return &zone->declared[i];
    return NULL;
}

/* A check that rejects on a quota makes its accounts strict. */
static bool is_strict(const zone_plan *plan, const zone_plan_quota *quota)
{
    for (size_t i = 0; i < plan->check_count; i++)
        if (plan->checks[i].quota && strcmp(plan->checks[i].quota, quota->kind) == 0 &&
            plan->checks[i].severity == ZONE_SEVERITY_REJECT)
            return true;
    return false;
}

typedef struct {
    zone_context *ctx;
    const zone_plan *plan;
    const char *method;
    zone_balance *balance; /* opened when a figure has to be measured */
} opening;

static zone_status open_account(opening *run, size_t quota, size_t zone, zone_quota_book *book)
{
    const zone_plan_quota *of = &run->plan->quotas[quota];
    const zone_plan_declared *declared = find_declared(&run->plan->zones[zone], of->opening);
    zone_quota_account *account = &book->account[book->account_count];
    zone_status status = ZONE_OK;

    if (!declared && !of->measured)
        return ZONE_OK;
    *account = (zone_quota_account){.zone = (uint32_t)zone,
                                    .quota = (uint32_t)quota,
                                    .declared = declared != NULL,
                                    .strict = is_strict(run->plan, of)};
    if (declared)
        account->opening = zone_figure_area(&declared->figure);
    if (!declared && !run->balance)
        status = zone_balance_open(run->ctx, run->plan, run->method, &run->balance);
    if (!declared && !status)
        status = zone_balance_measure(run->ctx, run->balance, zone, of->opening, &account->opening);
    book->balance[book->account_count] = account->opening;
    book->account_count += !status;
    return status;
}

zone_status zone_accounts_open(zone_context *ctx, const zone_plan *plan, const char *method, zone_quota_book *book)
{
    opening run = {.ctx = ctx, .plan = plan, .method = method};
    size_t most = plan->quota_count * plan->zone_count;
    zone_status status = ZONE_OK;

    *book = (zone_quota_book){0};
    book->account = zone_allocate(ctx, most + 1, sizeof *book->account);
    book->balance = zone_allocate(ctx, most + 1, sizeof *book->balance);
    if (!book->account || !book->balance)
        return ZONE_NO_MEMORY;
    for (size_t q = 0; q < plan->quota_count && !status; q++)
        for (size_t z = 0; z < plan->zone_count && !status; z++)
            status = open_account(&run, q, z, book);
    zone_balance_close(run.balance);
    return status;
}

/* ---------------------------------------------------------------- booking */

static const char *const orders[] = {[ZONE_ORDER_BATCH] = "batch",
                                     [ZONE_ORDER_PRIORITY] = "priority",
                                     [ZONE_ORDER_BEST_SITES] = "best-sites",
                                     [ZONE_ORDER_BEST_AREA] = "best-area"};

static zone_status find_order(zone_context *ctx, const char *name, zone_order *order)
{
    if (name && strcmp(name, "best") == 0)
        name = orders[ZONE_ORDER_BEST_SITES];
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (!name || strcmp(name, orders[i]) == 0) {
            *order = (zone_order)i;
            return ZONE_OK;
        }
    return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--order", .what = "no such order", .found = zone_say(ctx, "%s", name),
                     .expected = "batch, priority, best-sites or best-area");
}

static size_t find_account(const zone_quota_book *book, const zone_site_draw *draw)
{
    for (size_t a = 0; a < book->account_count; a++)
        if (book->account[a].zone == draw->zone && book->account[a].quota == draw->quota)
            return a;
    return SIZE_MAX;
}

/* Spreadsheets write whole numbers as "3.0". */
static bool ends_whole(const char *text)
{
    if (*text == '.')
        text += 1 + strspn(text + 1, "0");
    return text[strspn(text, " ")] == '\0';
}

static int64_t priority_of(const zone_sites *sites, size_t site)
{
    const char *text = zone_site_text(sites, site, ZONE_SITE_PRIORITY);
    char *end = NULL;

    errno = 0;
    long long value = text ? strtoll(text, &end, 10) : 0;
    return text && end != text && ends_whole(end) && errno == 0 ? value : ZONE_NO_PRIORITY;
}

/* The claims of a run of sites and their draws. */
typedef struct {
    zone_account *account;
    zone_claim *claim;
    zone_draw *draw;
} claims;

static zone_status make_claims(zone_context *ctx, const zone_plan *plan, const zone_sites *sites, size_t first,
                               size_t count, const zone_site_result *results, const zone_quota_book *book, claims *made)
{
    size_t draws = 0;

    for (size_t i = 0; i < count; i++)
        draws += results[i].draw_count;
    made->account = zone_allocate(ctx, book->account_count + 1, sizeof *made->account);
    made->claim = zone_allocate(ctx, count + 1, sizeof *made->claim);
    made->draw = zone_allocate(ctx, draws + 1, sizeof *made->draw);
    if (!made->account || !made->claim || !made->draw)
        return ZONE_NO_MEMORY;
    for (size_t a = 0; a < book->account_count; a++)
        made->account[a] = (zone_account){.zone = plan->zones[book->account[a].zone].id,
                                          .kind = plan->quotas[book->account[a].quota].kind,
                                          .opening = book->balance[a],
                                          .strict = book->account[a].strict};
    draws = 0;
    for (size_t i = 0; i < count; i++) {
        made->claim[i] = (zone_claim){.draws = made->draw + draws,
                                      .draw_count = results[i].draw_count,
                                      .size = results[i].area,
                                      .priority = priority_of(sites, first + i),
                                      .barred = results[i].barred};
        for (size_t d = 0; d < results[i].draw_count; d++)
            made->draw[draws++] = (zone_draw){find_account(book, &results[i].draw[d]), results[i].draw[d].area};
    }
    return ZONE_OK;
}

/* An account's opening was what the call before left; the steps go on from there. */
static zone_status keep_steps(zone_context *ctx, size_t first, const zone_bookings *bookings, zone_quota_book *book)
{
    zone_status status = zone_reserve(ctx, (void **)&book->step, &book->step_capacity,
                                      book->step_count + bookings->entry_count + 1, sizeof *book->step);

    for (size_t e = 0; e < bookings->entry_count && !status; e++) {
        const zone_entry *entry = &bookings->entries[e];
        if (entry->account == SIZE_MAX)
            continue;
        book->step[book->step_count++] =
            (zone_quota_step){.site = first + entry->claim,
                              .account = entry->account,
                              .wanted = entry->asked,
                              .before = entry->balance + entry->drawn,
                              .after = entry->balance,
                              .kind = entry->kind == ZONE_ENTRY_DRAWN    ? ZONE_STEP_GRANTED
                                      : entry->kind == ZONE_ENTRY_BARRED ? ZONE_STEP_BARRED
                                                                         : ZONE_STEP_REFUSED};
    }
    for (size_t a = 0; a < book->account_count && !status; a++)
        book->balance[a] = bookings->closing[a];
    return status;
}

zone_status zone_accounts_book(zone_context *ctx, const zone_plan *plan, const zone_sites *sites, const char *order,
                               size_t first, size_t count, const zone_site_result *results, zone_quota_book *book,
                               size_t *from)
{
    zone_bookings bookings = {0};
    zone_order by = ZONE_ORDER_BATCH;
    claims made = {0};
    zone_status status = find_order(ctx, order, &by);

    *from = book->step_count;
    if (!status)
        status = make_claims(ctx, plan, sites, first, count, results, book, &made);
    if (!status)
        status = zone_bookings_keep(ctx, made.account, book->account_count, made.claim, count, by, &bookings);
    if (!status)
        status = keep_steps(ctx, first, &bookings, book);
    if (!status && !book->rule) { /* of the order of the batch it is the same each time */
        book->rule = zone_arena_copy(ctx, &book->arena, zone_bookings_say(ctx, &bookings));
        status = book->rule ? ZONE_OK : ZONE_NO_MEMORY;
    }
    zone_bookings_free(&bookings);
    free(made.account);
    free(made.claim);
    free(made.draw);
    return status;
}
