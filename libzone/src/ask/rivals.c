/* Branch and bound over the rivals of one component. */
#include "ask/rivals.h"

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
    bool *taken, *best; /* by place */
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

/* The most valuable first, of equal ones the most modest: sites by what they take, areas by their size, as the small
 * ones fill what the large ones leave. */
static int in_search_order(const void *left, const void *right)
{
    const zone_rival *a = left, *b = right;
    int order = compare(b->value, a->value);

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

/* No choice that keeps what is decided before `place` has more than this. */
static zone_int128 bound_from(search *s, size_t place)
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

/* Takes all that still fits, in the order of the search. */
static void descend(search *s, size_t place)
{
    for (; place < s->count; place++)
        if (fits(s, &s->rivals[place]))
            take(s, place, true);
    s->steps -= (int64_t)s->count;
    keep_if_better(s);
}

/* Gives back the last rival taken before `place`, and passes those that ask the same: with one of them instead the
 * choice would be as good. Where the search goes on; SIZE_MAX: nowhere. */
static size_t step_back(search *s, size_t place)
{
    while (place > 0 && !s->taken[place - 1])
        place--;
    if (place == 0)
        return SIZE_MAX;
    size_t given = place - 1;
    take(s, given, false);
    while (place < s->count && compare_asked(&s->rivals[given], &s->rivals[place]) == 0)
        place++;
    return place;
}

static void search_all(search *s)
{
    size_t place = 0;

    while (place != SIZE_MAX && s->best_value < s->bound && s->steps > 0) {
        descend(s, place);
        place = step_back(s, s->count);
        while (place != SIZE_MAX && s->steps > 0 && bound_from(s, place) <= s->best_value)
            place = step_back(s, place);
    }
    /* All was seen or shown to be no better. */
    if (place == SIZE_MAX)
        s->bound = s->best_value;
    for (size_t i = 0; i < s->count; i++)
        if (s->taken[i])
            take(s, i, false);
}

/* Other choices to start from: the lists of the relaxations, each account's best first. */
static void start_by_ratio(search *s)
{
    for (int r = 0; r < RELAXATIONS; r++) {
        for (size_t i = 0; i < s->count; i++)
            if (fits(s, &s->rivals[s->relaxed[r].offers[i].place]))
                take(s, s->relaxed[r].offers[i].place, true);
        keep_if_better(s);
        for (size_t i = 0; i < s->count; i++)
            if (s->taken[i])
                take(s, i, false);
    }
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
    free(s->taken);
    free(s->balance);
}

static zone_status prepare(zone_context *ctx, search *s, const zone_exact *balance)
{
    size_t *rank = zone_allocate(ctx, s->accounts, sizeof *rank);

    s->taken = zone_allocate(ctx, s->count, sizeof *s->taken);
    s->balance = zone_allocate(ctx, s->accounts, sizeof *s->balance);
    zone_status status = rank && s->taken && s->balance ? ZONE_OK : ZONE_NO_MEMORY;
    if (!status) {
        memcpy(s->balance, balance, (s->accounts - 1) * sizeof *balance);
        status = rank_accounts(ctx, s, rank);
    }
    if (!status) {
        share_out(s);
        qsort(s->rivals, s->count, sizeof *s->rivals, in_search_order);
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
        s.bound = bound_from(&s, 0);
        start_by_ratio(&s);
        search_all(&s);
        *value = s.best_value;
        *bound = s.bound;
    }
    free_search(&s);
    return status;
}
