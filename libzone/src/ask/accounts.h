/* Accounts: the quotas of a plan by zone, opened with what the plan declares, and booked by the ledger. */
#ifndef ZONE_ASK_ACCOUNTS_H
#define ZONE_ASK_ACCOUNTS_H

#include "ask/quota.h"

/* Opens the accounts of a plan. Where a quota says so, zones that declare no figure open with the measured one.
 * `method` NULL: the plan's. */
zone_status zone_accounts_open(zone_context *ctx, const zone_plan *plan, const char *method, zone_quota_book *book);
void zone_accounts_close(zone_quota_book *book);

/* Books what the sites `first` … draw, in the order that is asked for ("batch" NULL). In batch order a batch may come
 * in several calls; in any other order all at once. The steps of the last call are step[*from] …; those of a site
 * follow each other. Errors: ZONE_BAD_USAGE (no such order), ZONE_NO_MEMORY, ZONE_TOO_LARGE. */
zone_status zone_accounts_book(zone_context *ctx, const zone_plan *plan, const zone_sites *sites, const char *order,
                               size_t first, size_t count, const zone_site_result *results, zone_quota_book *book,
                               size_t *from);

#endif
