/* The ledger of quotas: which claims are granted, and what that leaves in each account. A pure computation on exact
 * areas: no files, no geometry, no time.
 *
 *     accounts  a zone's quota of a kind: opening balance, strict or not
 *     claims    the sites in batch order: what each draws from which accounts
 *     entries   what was booked, claim by claim, with the balance after each
 *
 * A claim is granted whole or not at all: it draws from all its accounts or from none. A claim that would bring a
 * strict account below zero is refused; other accounts may go below and then have a negative balance, which the caller
 * tells. A barred claim (its site is rejected for other reasons) draws nothing whatever the balances are.
 *
 * For each account, opening - drawn = closing holds to the last unit of exact areas, whatever the order: all is added
 * in integers, and sums that could overflow are refused before the first claim is booked. */
#ifndef ZONE_ASK_LEDGER_H
#define ZONE_ASK_LEDGER_H

#include "base/context.h"
#include "base/exact.h"

typedef struct {
    const char *zone, *kind; /* borrowed; told, not compared */
    zone_exact opening;
    bool strict; /* a claim that it can't serve is refused */
} zone_account;

typedef struct {
    size_t account;  /* index; SIZE_MAX: the zone has no such account, and nothing is drawn */
    zone_exact area; /* not negative */
} zone_draw;

typedef struct {
    const zone_draw *draws; /* borrowed */
    size_t draw_count;
    zone_exact size;  /* of the site, not negative: what ZONE_ORDER_BEST_AREA adds up */
    int64_t priority; /* the smallest first; ZONE_NO_PRIORITY: after all others */
    bool barred;
} zone_claim;

#define ZONE_NO_PRIORITY INT64_MAX

/* Who is served when not all can be.
 *   BATCH       first come, first served
 *   PRIORITY    by priority, equal ones in the order of the batch
 *   BEST_SITES  as many claims as fit under all strict accounts together (ask/best.h)
 *   BEST_AREA   as much area of claims as fits
 * The best are booked first, in the order of the batch, then those refused. */
typedef enum { ZONE_ORDER_BATCH, ZONE_ORDER_PRIORITY, ZONE_ORDER_BEST_SITES, ZONE_ORDER_BEST_AREA } zone_order;

typedef enum { ZONE_ENTRY_DRAWN, ZONE_ENTRY_REFUSED, ZONE_ENTRY_BARRED } zone_entry_kind;

/* One claim's draw from one account, in the order in which it was booked. */
typedef struct {
    size_t claim, draw; /* index of the claim, and of the draw in it */
    size_t account;
    zone_entry_kind kind;
    zone_exact asked, drawn; /* drawn: 0 unless granted */
    zone_exact balance;      /* of the account after this entry */
    zone_exact margin;       /* what was left of the balance, or would have been; below 0: what was missing */
} zone_entry;

typedef struct {
    zone_entry *entries;
    size_t entry_count;
    size_t *first;       /* by claim: its first entry; the others follow it, one for each draw */
    bool *granted;       /* by claim */
    zone_exact *closing; /* by account */
    size_t claim_count, account_count;

    /* How it was decided. value: claims granted (BEST_AREA: their size in exact units). For the best orders no choice
     * can reach more than `bound`; `proven`: value is bound. */
    zone_order order;
    const char *method; /* English key */
    zone_int128 value, bound;
    bool proven;
} zone_bookings;

/* Books all claims. ZONE_TOO_LARGE when all that is asked of an account, or all sizes, add up to more than an exact
 * area holds. Ownership: zone_bookings_free, also after an error. */
zone_status zone_bookings_keep(zone_context *ctx, const zone_account *accounts, size_t account_count,
                               const zone_claim *claims, size_t claim_count, zone_order order, zone_bookings *bookings);
void zone_bookings_free(zone_bookings *bookings);

/* The rule as a sentence with its guarantee, in the language of the context: "most sites: 31 of at most 31, proven". */
const char *zone_bookings_say(zone_context *ctx, const zone_bookings *bookings);

#endif
