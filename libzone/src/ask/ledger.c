/* Booking claims in their order, or the best first. */
#include "ask/ledger.h"

#include "ask/best.h"

#include "base/units.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const zone_account *accounts;
    const zone_claim *claims;
    zone_bookings *out;
    zone_exact *balance; /* by account: out->closing */
} booking_run;

/* ---------------------------------------------------------------- what can be booked */

/* When opening - all that is asked fits, so does every balance on the way, in any order: nothing asked is negative. */
static bool sums_fit(const booking_run *run, zone_exact *left)
{
    zone_exact size = 0;
    bool fit = true;

    for (size_t a = 0; a < run->out->account_count; a++)
        left[a] = run->accounts[a].opening;
    for (size_t c = 0; c < run->out->claim_count && fit; c++) {
        const zone_claim *claim = &run->claims[c];
        fit = zone_exact_add(size, claim->size, &size);
        for (size_t d = 0; d < claim->draw_count && fit; d++)
            if (claim->draws[d].account != SIZE_MAX)
                fit = zone_exact_add(left[claim->draws[d].account], -claim->draws[d].area,
                                     &left[claim->draws[d].account]);
    }
    return fit;
}

static zone_status prepare(zone_context *ctx, booking_run *run)
{
    zone_bookings *out = run->out;
    size_t draws = 0;

    for (size_t c = 0; c < out->claim_count; c++)
        draws += run->claims[c].draw_count;
    out->entries = zone_allocate(ctx, draws + 1, sizeof *out->entries);
    out->first = zone_allocate(ctx, out->claim_count + 1, sizeof *out->first);
    out->granted = zone_allocate(ctx, out->claim_count + 1, sizeof *out->granted);
    out->closing = zone_allocate(ctx, out->account_count + 1, sizeof *out->closing);
    if (!out->entries || !out->first || !out->granted || !out->closing)
        return ZONE_NO_MEMORY;
    run->balance = out->closing;
    if (!sums_fit(run, run->balance))
        return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
    for (size_t a = 0; a < out->account_count; a++)
        run->balance[a] = run->accounts[a].opening;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- booking */

/* Draws all of a claim, or gives it back where a strict account can't serve it. An account that was below zero before
 * still serves a claim that asks nothing of it. */
static bool draw_all(booking_run *run, const zone_claim *claim)
{
    bool fits = !claim->barred;
    size_t drawn = 0;

    for (; drawn < claim->draw_count && fits; drawn++) {
        const zone_draw *draw = &claim->draws[drawn];
        if (draw->account == SIZE_MAX)
            continue;
        run->balance[draw->account] -= draw->area;
        fits = !run->accounts[draw->account].strict || draw->area == 0 || run->balance[draw->account] >= 0;
    }
    for (size_t d = 0; !fits && d < drawn; d++)
        if (claim->draws[d].account != SIZE_MAX)
            run->balance[claim->draws[d].account] += claim->draws[d].area;
    return fits;
}

/* An entry for each draw. Those of a granted claim have the balance after the whole claim, unless it draws twice from
 * one account: then each has its own, so they are counted up again from the last. */
static void enter(booking_run *run, size_t c)
{
    const zone_claim *claim = &run->claims[c];
    zone_bookings *out = run->out;
    bool granted = draw_all(run, claim);
    zone_entry_kind kind = granted ? ZONE_ENTRY_DRAWN : claim->barred ? ZONE_ENTRY_BARRED : ZONE_ENTRY_REFUSED;

    out->granted[c] = granted;
    out->first[c] = out->entry_count;
    for (size_t d = 0; d < claim->draw_count; d++) {
        const zone_draw *draw = &claim->draws[d];
        zone_entry *entry = &out->entries[out->entry_count++];
        *entry = (zone_entry){.claim = c, .draw = d, .account = draw->account, .kind = kind, .asked = draw->area};
        if (draw->account == SIZE_MAX)
            continue;
        zone_exact later = 0, earlier = 0;
        for (size_t k = 0; k < claim->draw_count; k++)
            if (claim->draws[k].account == draw->account)
                *(k > d ? &later : &earlier) += claim->draws[k].area;
        entry->drawn = granted ? draw->area : 0;
        entry->balance = run->balance[draw->account] + (granted ? later : 0);
        entry->margin = granted ? entry->balance : run->balance[draw->account] - earlier;
    }
}

/* ---------------------------------------------------------------- orders */

typedef struct {
    int64_t priority;
    size_t claim;
} turn;

static int by_turn(const void *left, const void *right)
{
    const turn *a = left, *b = right;

    if (a->priority != b->priority)
        return a->priority < b->priority ? -1 : 1;
    return a->claim < b->claim ? -1 : a->claim > b->claim;
}

static zone_status book_in_turn(zone_context *ctx, booking_run *run)
{
    size_t count = run->out->claim_count;
    turn *turns = zone_allocate(ctx, count + 1, sizeof *turns);

    if (!turns)
        return ZONE_NO_MEMORY;
    for (size_t c = 0; c < count; c++)
        turns[c] = (turn){run->out->order == ZONE_ORDER_PRIORITY ? run->claims[c].priority : 0, c};
    qsort(turns, count, sizeof *turns, by_turn);
    for (size_t i = 0; i < count; i++)
        enter(run, turns[i].claim);
    free(turns);
    for (size_t c = 0; c < count; c++)
        run->out->value += run->out->granted[c];
    run->out->bound = run->out->value;
    return ZONE_OK;
}

static zone_status book_best(zone_context *ctx, booking_run *run)
{
    zone_bookings *out = run->out;
    zone_best best = {0};
    bool *chosen = zone_allocate(ctx, out->claim_count + 1, sizeof *chosen);
    zone_status status = chosen
                             ? zone_best_choose(ctx, run->accounts, out->account_count, run->claims, out->claim_count,
                                                out->order == ZONE_ORDER_BEST_AREA, ZONE_BEST_STEPS, chosen, &best)
                             : ZONE_NO_MEMORY;

    for (int pass = 0; pass < 2 && !status; pass++)
        for (size_t c = 0; c < out->claim_count; c++)
            if (chosen[c] == (pass == 0))
                enter(run, c);
    out->value = best.value;
    out->bound = best.bound;
    out->proven = best.value == best.bound;
    free(chosen);
    return status;
}

zone_status zone_bookings_keep(zone_context *ctx, const zone_account *accounts, size_t account_count,
                               const zone_claim *claims, size_t claim_count, zone_order order, zone_bookings *bookings)
{
    static const char *const methods[] = {"first come, first served", "by priority, then first come, first served",
                                          "branch and bound in exact integers", "branch and bound in exact integers"};
    booking_run run = {.accounts = accounts, .claims = claims, .out = bookings};

    *bookings = (zone_bookings){
        .claim_count = claim_count, .account_count = account_count, .order = order, .method = methods[order]};
    zone_status status = prepare(ctx, &run);
    if (status)
        return status;
    return order == ZONE_ORDER_BEST_SITES || order == ZONE_ORDER_BEST_AREA ? book_best(ctx, &run)
                                                                           : book_in_turn(ctx, &run);
}

void zone_bookings_free(zone_bookings *bookings)
{
    free(bookings->entries);
    free(bookings->first);
    free(bookings->granted);
    free(bookings->closing);
    *bookings = (zone_bookings){0};
}

/* ---------------------------------------------------------------- the rule as a sentence */

/* Claims as a number; areas in m², an upper bound rounded up so that it stays one. */
static const char *amount(zone_context *ctx, const zone_bookings *bookings, zone_int128 value, bool up)
{
    char text[64];
    bool area = bookings->order == ZONE_ORDER_BEST_AREA;
    zone_int128 whole = area ? value / ZONE_EXACT_MICRO_M2 + (up && value % ZONE_EXACT_MICRO_M2 > 0) : value;

    zone_exact_print(whole, area ? 6 : 0, text, sizeof text);
    return zone_say(ctx, area ? "%s m²" : "%s", text);
}

const char *zone_bookings_say(zone_context *ctx, const zone_bookings *bookings)
{
    const char *value = amount(ctx, bookings, bookings->value, false);
    const char *bound = amount(ctx, bookings, bookings->bound, true);

    if (bookings->order == ZONE_ORDER_BATCH)
        return zone_say(ctx, "in the order of the batch: each site has what those before it left");
    if (bookings->order == ZONE_ORDER_PRIORITY)
        return zone_say(ctx, "by priority, then in the order of the batch: each site has what those before it left");
    if (bookings->order == ZONE_ORDER_BEST_SITES && bookings->proven)
        return zone_say(ctx, "most sites: %s, proven optimal", value);
    if (bookings->order == ZONE_ORDER_BEST_SITES)
        return zone_say(ctx, "most sites: %s, not proven optimal, at most %s", value, bound);
    if (bookings->proven)
        return zone_say(ctx, "most area: %s, proven optimal", value);
    return zone_say(ctx, "most area: %s, not proven optimal, at most %s", value, bound);
}
