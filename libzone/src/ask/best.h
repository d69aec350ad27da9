/* The best choice of claims: as many, or as much area, as all strict accounts can serve together. Claims that no
 * account limits are chosen, claims that are larger than an account are not; the others fall into components that share
 * no account, and each is searched by branch and bound from the best of some greedy choices.
 *
 * Exact: a site of 10 000 m² is 2e24 units, and balances are met to the last of them, so a solver that works in doubles
 * would grant what does not fit or refuse what does. Deterministic: the search ends after a number of steps, never
 * after a time, and what it finds depends on the claims, not on their order. Only claims that ask the same of every
 * account that limits them (and count the same) are told apart by it: the earlier are chosen. */
#ifndef ZONE_ASK_BEST_H
#define ZONE_ASK_BEST_H

#include "ask/ledger.h"

typedef struct {
    zone_int128 value; /* claims, or exact area, that were chosen */
    zone_int128 bound; /* no choice has more; the choice is proven to be best when it has this much */
} zone_best;

enum { ZONE_BEST_STEPS = 20000000 };

/* Sets chosen[i] for each claim. `by_area`: sizes are added up, else claims are counted. `steps`: claims looked at in
 * the whole search, ZONE_BEST_STEPS as a rule. Sums must be known to fit (zone_bookings_keep sees to it). */
zone_status zone_best_choose(zone_context *ctx, const zone_account *accounts, size_t account_count,
                             const zone_claim *claims, size_t claim_count, bool by_area, int64_t steps, bool *chosen,
                             zone_best *best);

#endif
