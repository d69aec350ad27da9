/* Prices from what each account would take alone, moved by what is asked of it at these prices. */
#include "ask/prices.h"

#include "base/wide.h"

#include <stdlib.h>
#include <string.h>

/* Sums of values and prices stay below 2^124, so that a few of them can be added. */
enum { ROOM = 124, ROUNDS = 96, SWEEPS = 3, UNIT = 20 };

/* What a rival could pay for a unit of an account, and how much it asks. */
typedef struct {
    zone_int128 price;
    zone_exact area;
} bid;

typedef struct {
    zone_rival *rivals;
    size_t count, accounts;
    const zone_exact *balance;
    zone_int128 *prices, *best; /* by account */
    zone_exact *asked;          /* by account */
    bid *bids;
    int scale;
    zone_int128 least; /* the bound at the best prices */
} market;

static int highest_first(const void *left, const void *right)
{
    const bid *a = left, *b = right;

    return a->price > b->price ? -1 : a->price < b->price;
}

/* No price is so high that all an account holds would cost more than there is room for. */
static zone_int128 cap(const market *m, size_t account, zone_int128 price)
{
    zone_int128 most = ((zone_int128)1 << ROOM) / (zone_int128)m->accounts / m->balance[account];

    return price < most ? price : most;
}

static zone_exact asks(const zone_rival *rival, size_t account)
{
    for (size_t k = 0; k < rival->need_count; k++)
        if (rival->needs[k].account == account)
            return rival->needs[k].area;
    return 0;
}

/* The bid of the first rival that an account can't serve, when the highest are served first. `shared`: a rival bids an
 * equal part of its value in each of its accounts; else what the others' prices leave. */
static zone_int128 critical(market *m, size_t account, bool shared)
{
    zone_exact left = m->balance[account];
    size_t bids = 0;

    for (size_t i = 0; i < m->count; i++) {
        const zone_rival *rival = &m->rivals[i];
        zone_exact area = asks(rival, account);
        zone_int128 offered = area == 0 ? 0
                              : shared  ? (rival->value << m->scale) / (zone_int128)rival->need_count
                                        : rival->gain + m->prices[account] * area;
        if (offered > 0)
            m->bids[bids++] = (bid){offered / area, area};
    }
    if (bids)
        qsort(m->bids, bids, sizeof *m->bids, highest_first);
    for (size_t i = 0; i < bids; i++) {
        left -= m->bids[i].area;
        if (left < 0)
            return cap(m, account, m->bids[i].price);
    }
    return 0;
}

/* Gains at these prices, what is asked at them, and the bound; the best prices are kept. */
static void trade(market *m)
{
    zone_int128 bound = 0;

    memset(m->asked, 0, m->accounts * sizeof *m->asked);
    for (size_t a = 0; a < m->accounts; a++)
        bound += m->prices[a] * m->balance[a];
    for (size_t i = 0; i < m->count; i++) {
        zone_rival *rival = &m->rivals[i];
        rival->gain = rival->value << m->scale;
        for (size_t k = 0; k < rival->need_count; k++)
            rival->gain -= m->prices[rival->needs[k].account] * rival->needs[k].area;
        for (size_t k = 0; rival->gain > 0 && k < rival->need_count; k++)
            zone_exact_add(m->asked[rival->needs[k].account], rival->needs[k].area, &m->asked[rival->needs[k].account]);
        bound += rival->gain > 0 ? rival->gain : 0;
    }
    if (m->least >= 0 && bound >= m->least)
        return;
    m->least = bound;
    memcpy(m->best, m->prices, m->accounts * sizeof *m->best);
}

/* An account of which twice as much is asked as it has gets dearer by a part, one of which little is asked cheaper; in
 * each round by less. */
static void move_prices(market *m, int round)
{
    const zone_int128 one = (zone_int128)1 << UNIT;

    for (size_t a = 0; a < m->accounts; a++) {
        zone_int128 whole = m->asked[a] / m->balance[a];
        zone_int128 ratio =
            whole >= 3 ? 3 * one : (whole << UNIT) + zone_wide_portion(one, m->asked[a] % m->balance[a], m->balance[a]);
        zone_int128 change = (ratio - one) / (2 + round / 2), price = m->prices[a];
        m->prices[a] = cap(m, a, price + (price >> UNIT) * change + ((price & (one - 1)) * change >> UNIT));
    }
}

static void find(market *m)
{
    for (size_t a = 0; a < m->accounts; a++)
        m->prices[a] = critical(m, a, true);
    for (int round = 0; round < ROUNDS; round++) {
        trade(m);
        move_prices(m, round);
    }
    memcpy(m->prices, m->best, m->accounts * sizeof *m->prices);
    trade(m);
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t a = 0; a < m->accounts; a++) {
            m->prices[a] = critical(m, a, false);
            trade(m);
        }
    memcpy(m->prices, m->best, m->accounts * sizeof *m->prices);
    trade(m);
}

/* As many bits behind the point as the sum of values leaves room for. */
static int scale_of(const zone_rival *rivals, size_t count)
{
    zone_int128 sum = 0;
    int scale = ROOM;

    for (size_t i = 0; i < count; i++)
        sum += rivals[i].value;
    while (scale >= 0 && sum >> (ROOM - scale))
        scale--;
    return scale;
}

zone_status zone_prices_find(zone_context *ctx, zone_rival *rivals, size_t count, const zone_exact *balance,
                             size_t accounts, zone_prices *prices)
{
    market m = {.rivals = rivals, .count = count, .accounts = accounts, .balance = balance, .least = -1};

    m.scale = scale_of(rivals, count);
    prices->scale = m.scale;
    prices->each = m.prices = zone_allocate(ctx, accounts, sizeof *m.prices);
    m.best = zone_allocate(ctx, accounts, sizeof *m.best);
    m.asked = zone_allocate(ctx, accounts, sizeof *m.asked);
    m.bids = zone_allocate(ctx, count, sizeof *m.bids);
    bool memory = m.prices && m.best && m.asked && m.bids;
    if (memory && m.scale >= 0)
        find(&m);
    free(m.best);
    free(m.asked);
    free(m.bids);
    return memory ? ZONE_OK : ZONE_NO_MEMORY;
}

void zone_prices_free(zone_prices *prices)
{
    free(prices->each);
    prices->each = NULL;
}

zone_int128 zone_prices_of(const zone_prices *prices, const zone_exact *balance, size_t accounts)
{
    zone_int128 sum = 0;

    for (size_t a = 0; a < accounts; a++)
        sum += prices->each[a] * balance[a];
    return sum;
}
