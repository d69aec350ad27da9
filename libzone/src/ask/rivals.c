/* Branch and bound over the rivals of one component. */
#include "ask/prices.h"

#include "base/wide.h"

#include <stdlib.h>
#include <string.h>

/* A rival in the list of one account: what of it counts there. */
typedef struct {
    zone_int128 value;
    zone_exact area;
    size_t place;
} offer;

/* A relaxation: each rival asks of one account only, so each account is bounded on its own. Offers lie account by
 * account, the best of each first.
 *   TIGHTEST, LOOSEST  of its accounts, the one of which the most (the least) is asked for what it has
 *   SHARES             of one more account, behind the others, that all rivals draw their share from: it has as many
 * wholes as there are accounts, and since shares are rounded down it never refuses what the others serve */
enum { TIGHTEST, LOOSEST, SHARES, RELAXATIONS };

/* Swaps take the square of this many looks. */
enum { MOST_SWAPPED = 2000, MOST_PASSES = 20 };

typedef struct {
    offer *offers;
    size_t *starts; /* by account, and one more */
} relaxation;

typedef struct {
    zone_rival *rivals; /* in the order of the search */
    size_t count;
    zone_exact *balance; /* by account of the component; the last is the one of shares */
    size_t accounts;     /* with that one */
    relaxation relaxed[RELAXATIONS];
    offer *offers; /* room for all */
    zone_prices prices;
    zone_int128 *rest;    /* by place, and one more: gains from there on, where there are any */
    unsigned char *tried; /* by place: of leaving and taking, how many */
    bool *taken, *best;   /* by place */
    zone_int128 value, best_value, bound;
    int64_t steps;
} search;

/* ---------------------------------------------------------------- orders */

static int compare(zone_int128 a, zone_int128 b)
{
    return a < b ? -1 : a > b;
}

/* Do two rivals ask the same and count the same? Then it is all the same which is chosen. */
static int compare_asked(const zone_rival *a, const zone_rival *b)
{
    int order = compare(a->value, b->value);

    if (!order)
        order = compare((zone_int128)a->need_count, (zone_int128)b->need_count);
    for (size_t i = 0; i < a->need_count && !order; i++) {
        order = compare((zone_int128)a->needs[i].account, (zone_int128)b->needs[i].account);
        if (!order)
            order = compare(a->needs[i].area, b->needs[i].area);
    }
    return order;
}

/* Those first of which the prices say the most, for or against: what is left to the end is nearly even. Of even ones
 * the most valuable first, as the small fill what the large leave. */
static int in_search_order(const void *left, const void *right)
{
    const zone_rival *a = left, *b = right;
    int order = compare(b->gain < 0 ? -b->gain : b->gain, a->gain < 0 ? -a->gain : a->gain);

    if (!order)
        order = compare(b->value, a->value);
    if (!order)
        order = compare(a->share, b->share);
    if (!order)
        order = compare_asked(a, b);
    return order ? order : compare((zone_int128)a->claim, (zone_int128)b->claim);
}

/* The most value for the area first, what has none last: of nothing for nothing there is no ratio. */
static int best_first(const void *left, const void *right)
{
    const offer *a = left, *b = right;
    int order = (b->value > 0) - (a->value > 0);

    if (!order)
        order = zone_wide_compare(b->value, b->area, a->value, a->area);
    if (!order)
        order = compare(b->area, a->area);
    return order ? order : compare((zone_int128)a->place, (zone_int128)b->place);
}

/* ---------------------------------------------------------------- bounds */

/* What the rivals from `place` on can add in one account: taken by ratio, the first that no longer fits in part. */
static zone_int128 bound_account(search *s, const relaxation *relaxed, size_t account, size_t place)
{
    zone_exact left = s->balance[account];
    zone_int128 sum = 0;
    size_t i = relaxed->starts[account], end = relaxed->starts[account + 1];

    for (; i < end; i++) {
        const offer *bid = &relaxed->offers[i];
        if (bid->place < place || bid->area > s->balance[account])
            continue;
        if (bid->area > left) {
            sum += zone_wide_portion(bid->value, left, bid->area);
            break;
        }
        left -= bid->area;
        sum += bid->value;
    }
    s->steps -= (int64_t)(i - relaxed->starts[account]) + 1;
    return sum;
}

/* What the prices allow from `place` on. */
static zone_int128 bound_by_prices(search *s, size_t place)
{
    zone_int128 total = s->value << s->prices.scale;

    total += zone_prices_of(&s->prices, s->balance, s->accounts - 1) + s->rest[place];
    s->steps -= 1;
    return total >> s->prices.scale;
}

static zone_int128 bound_by_relaxing(search *s, size_t place)
{
    zone_int128 bound = 0;

    for (int r = 0; r < RELAXATIONS; r++) {
        zone_int128 sum = s->value;
        for (size_t a = 0; a < s->accounts; a++)
            sum += bound_account(s, &s->relaxed[r], a, place);
        bound = r == 0 || sum < bound ? sum : bound;
    }
    return bound;
}

/* No choice that keeps what is decided before `place` has more than this. Prices are quick, and where there are none as
 * the values are too large, there are few rivals. */
static zone_int128 bound_from(search *s, size_t place)
{
    return s->prices.scale >= 0 ? bound_by_prices(s, place) : bound_by_relaxing(s, place);
}

/* ---------------------------------------------------------------- the search */

static bool fits(const search *s, const zone_rival *rival)
{
    for (size_t i = 0; i < rival->need_count; i++)
        if (rival->needs[i].area > s->balance[rival->needs[i].account])
            return false;
    return true;
}

static void take(search *s, size_t place, bool taken)
{
    const zone_rival *rival = &s->rivals[place];

    for (size_t i = 0; i < rival->need_count; i++)
        s->balance[rival->needs[i].account] += taken ? -rival->needs[i].area : rival->needs[i].area;
    s->balance[s->accounts - 1] += taken ? -rival->share : rival->share;
    s->value += taken ? rival->value : -rival->value;
    s->taken[place] = taken;
}

static void keep_if_better(search *s)
{
    if (s->value <= s->best_value)
        return;
    s->best_value = s->value;
    memcpy(s->best, s->taken, s->count * sizeof *s->best);
}

/* With an equal rival left out before it, taking this one would be as good as taking that. */
static bool has_left_twin(const search *s, size_t place)
{
    return place > 0 && !s->taken[place - 1] && compare_asked(&s->rivals[place - 1], &s->rivals[place]) == 0;
}

/* The next of the two ways at a place that may lead to more than the best so far: first as the prices say. */
static bool go_on(search *s, size_t place)
{
    const zone_rival *rival = &s->rivals[place];

    while (s->tried[place] < 2) {
        bool taking = (s->tried[place]++ == 0) == (rival->gain >= 0);
        if (taking && (has_left_twin(s, place) || !fits(s, rival)))
            continue;
        if (taking)
            take(s, place, true);
        if (bound_from(s, place + 1) > s->best_value)
            return true;
        if (taking)
            take(s, place, false);
    }
    s->tried[place] = 0;
    return false;
}

/* Gives one taken rival for one of more value, where that fits. */
static bool swap_for(search *s, size_t wanted)
{
    for (size_t i = 0; i < s->count; i++) {
        if (!s->taken[i] || s->rivals[i].value >= s->rivals[wanted].value)
            continue;
        take(s, i, false);
        if (fits(s, &s->rivals[wanted])) {
            take(s, wanted, true);
            return true;
        }
        take(s, i, true);
    }
    return false;
}

/* Makes a choice better where that is easy, keeps it if it is the best so far, and gives it back. */
static void improve(search *s)
{
    bool gains = s->count <= MOST_SWAPPED;

    for (int pass = 0; gains && pass < MOST_PASSES && s->value < s->bound; pass++) {
        gains = false;
        for (size_t i = 0; i < s->count; i++)
            if (!s->taken[i] && fits(s, &s->rivals[i]))
                take(s, i, true);
            else if (!s->taken[i])
                gains = swap_for(s, i) || gains;
    }
    keep_if_better(s);
    for (size_t i = 0; i < s->count; i++)
        if (s->taken[i])
            take(s, i, false);
}

/* Takes what fits in the order of these offers. */
static void start_with(search *s, const offer *offers)
{
    for (size_t i = 0; i < s->count; i++)
        if (fits(s, &s->rivals[offers[i].place]))
            take(s, offers[i].place, true);
    improve(s);
}

/* Choices to start from: in the order of the search, without those that the prices are against, then with them; the
 * most valuable first; and the lists of the relaxations, each account's best first. */
static void start(search *s)
{
    offer *offers = s->offers;

    for (int against = 0; against < 2; against++)
        for (size_t i = 0; i < s->count; i++)
            if (!s->taken[i] && (against || s->rivals[i].gain >= 0) && fits(s, &s->rivals[i]))
                take(s, i, true);
    improve(s);
    for (size_t i = 0; i < s->count; i++)
        offers[i] = (offer){s->rivals[i].value, 1, i};
    qsort(offers, s->count, sizeof *offers, best_first);
    start_with(s, offers);
    for (int r = 0; r < RELAXATIONS; r++)
        start_with(s, s->relaxed[r].offers);
}

static void search_all(search *s)
{
    size_t place = 0;
    bool more = true;

    while (more && s->best_value < s->bound && s->steps > 0) {
        if (place < s->count && go_on(s, place)) {
            place++;
            continue;
        }
        if (place == s->count)
            keep_if_better(s);
        more = place > 0;
        if (more && s->taken[--place])
            take(s, place, false);
    }
    /* All was seen or shown to be no better; or, cut short, the search stands before a choice that may be better. */
    if (!more)
        s->bound = s->best_value;
    else if (s->best_value < s->bound)
        improve(s);
}

/* ---------------------------------------------------------------- what the search needs */

typedef struct {
    zone_exact asked, opening;
    size_t account;
} tightness;

static int tightest_first(const void *left, const void *right)
{
    const tightness *a = left, *b = right;
    int order = zone_wide_compare(b->asked, b->opening, a->asked, a->opening);

    return order ? order : compare((zone_int128)a->account, (zone_int128)b->account);
}

/* By account of the component: its place among them, the tightest first. */
static zone_status rank_accounts(zone_context *ctx, const search *s, size_t *rank)
{
    size_t count = s->accounts - 1;
    tightness *tight = zone_allocate(ctx, count, sizeof *tight);

    if (!tight)
        return ZONE_NO_MEMORY;
    for (size_t a = 0; a < count; a++)
        tight[a] = (tightness){0, s->balance[a], a};
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < s->rivals[i].need_count; k++) {
            const zone_need *need = &s->rivals[i].needs[k];
            zone_exact_add(tight[need->account].asked, need->area, &tight[need->account].asked);
        }
    qsort(tight, count, sizeof *tight, tightest_first);
    for (size_t i = 0; i < count; i++)
        rank[tight[i].account] = i;
    free(tight);
    return ZONE_OK;
}

/* The account that a rival asks of in a relaxation, and how much. */
static zone_need relax(const search *s, const zone_rival *rival, int number, const size_t *rank)
{
    zone_need found = rival->needs[0];

    if (number == SHARES)
        return (zone_need){s->accounts - 1, rival->share};
    for (size_t i = 1; i < rival->need_count; i++) {
        bool tighter = rank[rival->needs[i].account] < rank[found.account];
        if (tighter == (number == TIGHTEST))
            found = rival->needs[i];
    }
    return found;
}

static zone_status build_relaxation(zone_context *ctx, search *s, int number, const size_t *rank)
{
    relaxation *relaxed = &s->relaxed[number];
    size_t *next = zone_allocate(ctx, s->accounts + 1, sizeof *next);

    relaxed->offers = zone_allocate(ctx, s->count, sizeof *relaxed->offers);
    relaxed->starts = zone_allocate(ctx, s->accounts + 1, sizeof *relaxed->starts);
    if (!next || !relaxed->offers || !relaxed->starts) {
        free(next);
        return ZONE_NO_MEMORY;
    }
    for (size_t i = 0; i < s->count; i++)
        relaxed->starts[relax(s, &s->rivals[i], number, rank).account + 1]++;
    for (size_t a = 0; a < s->accounts; a++)
        relaxed->starts[a + 1] += relaxed->starts[a];
    memcpy(next, relaxed->starts, (s->accounts + 1) * sizeof *next);
    for (size_t i = 0; i < s->count; i++) {
        zone_need asked = relax(s, &s->rivals[i], number, rank);
        relaxed->offers[next[asked.account]++] = (offer){s->rivals[i].value, asked.area, i};
    }
    for (size_t a = 0; a < s->accounts; a++)
        if (relaxed->starts[a + 1] > relaxed->starts[a])
            qsort(relaxed->offers + relaxed->starts[a], relaxed->starts[a + 1] - relaxed->starts[a],
                  sizeof *relaxed->offers, best_first);
    free(next);
    return ZONE_OK;
}

/* Shares of what each account has when the search begins. */
static void share_out(search *s)
{
    const zone_int128 whole = (zone_int128)1 << 40;

    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < s->rivals[i].need_count; k++) {
            const zone_need *need = &s->rivals[i].needs[k];
            zone_exact opening = s->balance[need->account];
            s->rivals[i].share += need->area < opening ? zone_wide_portion(whole, need->area, opening) : whole;
        }
    s->balance[s->accounts - 1] = whole * (zone_int128)(s->accounts - 1);
}

static void free_search(search *s)
{
    for (int r = 0; r < RELAXATIONS; r++) {
        free(s->relaxed[r].offers);
        free(s->relaxed[r].starts);
    }
    zone_prices_free(&s->prices);
    free(s->offers);
    free(s->rest);
    free(s->tried);
    free(s->taken);
    free(s->balance);
}

static zone_status prepare(zone_context *ctx, search *s, const zone_exact *balance)
{
    size_t *rank = zone_allocate(ctx, s->accounts, sizeof *rank);

    s->taken = zone_allocate(ctx, s->count, sizeof *s->taken);
    s->tried = zone_allocate(ctx, s->count, sizeof *s->tried);
    s->offers = zone_allocate(ctx, s->count, sizeof *s->offers);
    s->rest = zone_allocate(ctx, s->count + 1, sizeof *s->rest);
    s->balance = zone_allocate(ctx, s->accounts, sizeof *s->balance);
    bool memory = rank && s->taken && s->tried && s->offers && s->rest && s->balance;
    zone_status status = memory ? ZONE_OK : ZONE_NO_MEMORY;
    if (!status) {
        memcpy(s->balance, balance, (s->accounts - 1) * sizeof *balance);
        status = rank_accounts(ctx, s, rank);
    }
    if (!status)
        status = zone_prices_find(ctx, s->rivals, s->count, balance, s->accounts - 1, &s->prices);
    if (!status) {
        share_out(s);
        qsort(s->rivals, s->count, sizeof *s->rivals, in_search_order);
        for (size_t i = s->count; i > 0; i--)
            s->rest[i - 1] = s->rest[i] + (s->rivals[i - 1].gain > 0 ? s->rivals[i - 1].gain : 0);
    }
    for (int r = 0; r < RELAXATIONS && !status; r++)
        status = build_relaxation(ctx, s, r, rank);
    free(rank);
    return status;
}

zone_status zone_rivals_search(zone_context *ctx, zone_rival *rivals, size_t count, const zone_exact *balance,
                               size_t accounts, int64_t steps, bool *chosen, zone_int128 *value, zone_int128 *bound)
{
    search s = {
        .rivals = rivals, .count = count, .accounts = accounts + 1, .steps = steps, .best = chosen, .best_value = -1};
    zone_status status = prepare(ctx, &s, balance);

    if (!status) {
        s.bound = bound_by_relaxing(&s, 0);
        zone_int128 other = bound_from(&s, 0);
        s.bound = other < s.bound ? other : s.bound;
        start(&s);
        search_all(&s);
        *value = s.best_value;
        *bound = s.bound;
    }
    free_search(&s);
    return status;
}
