/* Rivals: claims of one component of accounts that can't all be served, and the search for the best choice of them. */
#ifndef ZONE_ASK_RIVALS_H
#define ZONE_ASK_RIVALS_H

#include "base/context.h"
#include "base/exact.h"

/* What a claim asks of an account that limits it. In a component: the account's number there. */
typedef struct {
    size_t account;
    zone_exact area;
} zone_need;

/* A claim that competes with others. */
typedef struct {
    size_t claim, component;
    zone_need *needs; /* by account, each once, areas above 0 */
    size_t need_count;
    zone_int128 value; /* 1, or its size */
    zone_int128 share; /* of its accounts, added up, in 2^-40: how much of what is scarce it takes */
    zone_int128 gain;  /* value less the price of what it asks (ask/prices.h) */
} zone_rival;

/* Chooses among the rivals, which it brings into an order of its own: chosen[i] is of rivals[i] as they lie then.
 * `balance` of each account, above 0; the rivals ask no more of one account than that, and no sum of theirs overflows.
 * *bound: no choice has more value; *value is what the choice has, and proven to be best when it is the bound. After
 * `steps` looks at a rival the best so far is taken. */
zone_status zone_rivals_search(zone_context *ctx, zone_rival *rivals, size_t count, const zone_exact *balance,
                               size_t accounts, int64_t steps, bool *chosen, zone_int128 *value, zone_int128 *bound);

#endif
