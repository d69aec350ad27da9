/* Turns: what would give a step of the ledger the other verdict, as far as it is the site's own draw: the draw by
 * another area method, or the last digit of the site's coordinates. What the account holds before the step is taken as
 * it is. */
#ifndef ZONE_ASK_TURNS_H
#define ZONE_ASK_TURNS_H

#include "ask/quota.h"

/* Sets `turned` of the steps from `from` on. `results`: of all sites of the batch. A site that is not in the trial's
 * block is measured once more with its block of `block` sites, so it must not be in use then. */
zone_status zone_turns_find(zone_trial *trial, const zone_site_result *results, size_t block, zone_quota_book *book,
                            size_t from);

#endif
