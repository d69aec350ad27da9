/* What if: a batch with sites left out or moved, against the batch as it is. */
#ifndef ZONE_ASK_WHAT_IF_H
#define ZONE_ASK_WHAT_IF_H

#include "ask/quota.h"

/* The sites of `base` (which have their keys) without those named in `without` and with those of the data `move` in the
 * place of the sites with their keys; NULL: none. Errors: ZONE_BAD_USAGE (an id that the batch has not), and those of
 * reading `move`. */
zone_status zone_what_if_sites(zone_context *ctx, const zone_sites *base, const char *without, const char *move,
                               const zone_source_options *options, const zone_crs *crs, zone_sites *changed);

/* A table of what is not the same in two answers: verdicts and reasons of sites, what they draw, balances. */
zone_status zone_what_if_compare(zone_context *ctx, const zone_plan *plan, const zone_quota_answer *before,
                                 const zone_quota_book *book_before, const zone_quota_answer *after,
                                 const zone_quota_book *book_after, zone_table **table);

#endif
