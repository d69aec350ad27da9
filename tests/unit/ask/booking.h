/* Random accounts and claims, and the best choice by trying all: for tests of the ledger. */
#ifndef ZONE_TEST_ASK_BOOKING_H
#define ZONE_TEST_ASK_BOOKING_H

#include "ask/ledger.h"
#include "test.h"

enum { MOST_ACCOUNTS = 6, MOST_CLAIMS = 128, MOST_DRAWS = 4 };

typedef struct {
    zone_account accounts[MOST_ACCOUNTS];
    zone_draw draws[MOST_CLAIMS][MOST_DRAWS];
    zone_claim claims[MOST_CLAIMS];
    size_t account_count, claim_count;
} case_of_claims;

/* xorshift: the same numbers everywhere. */
static inline uint64_t roll(uint64_t *seed, uint64_t sides)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed % sides;
}

/* Areas of `largest` units at most, now and then twice the same or nothing; accounts for about half of what is asked.
 */
static inline void make_case(case_of_claims *made, uint64_t *seed, size_t accounts, size_t claims, uint64_t largest)
{
    zone_exact asked[MOST_ACCOUNTS] = {0};

    *made = (case_of_claims){.account_count = accounts, .claim_count = claims};
    for (size_t c = 0; c < claims; c++) {
        zone_claim *claim = &made->claims[c];
        *claim =
            (zone_claim){.draws = made->draws[c], .priority = (int64_t)roll(seed, 4), .barred = roll(seed, 12) == 0};
        if (roll(seed, 5) == 0)
            claim->priority = ZONE_NO_PRIORITY;
        claim->draw_count = roll(seed, 12) ? 1 + roll(seed, 3) : 0;
        for (size_t d = 0; d < claim->draw_count; d++) {
            zone_draw *draw = &made->draws[c][d];
            *draw = (zone_draw){roll(seed, 15) ? roll(seed, accounts) : SIZE_MAX,
                                roll(seed, 10) ? (zone_exact)roll(seed, largest) : 0};
            if (draw->account != SIZE_MAX)
                asked[draw->account] += draw->area;
            claim->size += draw->area;
        }
        claim->size += (zone_exact)roll(seed, 3);
    }
    for (size_t a = 0; a < accounts; a++) {
        zone_exact opening = asked[a] * (zone_exact)roll(seed, 90) / 64;
        made->accounts[a] = (zone_account){.zone = "z", .kind = "k", .opening = opening, .strict = roll(seed, 5) != 0};
    }
}

/* Do these claims (a set of bits) fit under the strict accounts together? */
static inline bool fit_together(const case_of_claims *of, uint32_t set)
{
    zone_exact drawn[MOST_ACCOUNTS] = {0};
    bool asked[MOST_ACCOUNTS] = {false};

    for (size_t c = 0; c < of->claim_count; c++)
        for (size_t d = 0; (set >> c & 1) && d < of->claims[c].draw_count; d++) {
            zone_draw draw = of->draws[c][d];
            if (draw.account == SIZE_MAX)
                continue;
            drawn[draw.account] += draw.area;
            asked[draw.account] = asked[draw.account] || draw.area > 0;
        }
    for (size_t a = 0; a < of->account_count; a++)
        if (of->accounts[a].strict && asked[a] && drawn[a] > of->accounts[a].opening)
            return false;
    return true;
}

static inline zone_int128 best_of_all(const case_of_claims *of, bool by_area)
{
    zone_int128 best = 0;

    for (uint32_t set = 0; set < (uint32_t)1 << of->claim_count; set++) {
        zone_int128 value = 0;
        bool barred = false;
        for (size_t c = 0; c < of->claim_count; c++)
            if (set >> c & 1) {
                barred = barred || of->claims[c].barred;
                value += by_area ? of->claims[c].size : 1;
            }
        if (!barred && value > best && fit_together(of, set))
            best = value;
    }
    return best;
}

#endif
