/* Prices of accounts, for a bound on choices of rivals that costs little to keep up while a choice is built.
 *
 * Whatever prices the accounts have, no choice is worth more than the price of all that they hold, and for each rival
 * the gain of its value over the price of what it asks (when there is one): what a choice draws it pays for at these
 * prices. Good prices make the bound small; bad ones are still right. */
#ifndef ZONE_ASK_PRICES_H
#define ZONE_ASK_PRICES_H

#include "ask/rivals.h"

typedef struct {
    int scale; /* values, prices of areas and gains are counted in 2^-scale; -1: values are too large for prices */
    zone_int128 *each; /* by account: of one unit of area */
} zone_prices;

/* Finds prices and sets the gain of each rival. What it finds does not depend on the order of rivals. */
zone_status zone_prices_find(zone_context *ctx, zone_rival *rivals, size_t count, const zone_exact *balance,
                             size_t accounts, zone_prices *prices);
void zone_prices_free(zone_prices *prices);

/* What accounts hold, at these prices. */
zone_int128 zone_prices_of(const zone_prices *prices, const zone_exact *balance, size_t accounts);

#endif
