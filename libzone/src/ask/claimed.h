/* Claims: the area that a site claims against the one computed, and what explains the difference. */
#ifndef ZONE_ASK_CLAIMED_H
#define ZONE_ASK_CLAIMED_H

#include "ask/trial.h"

typedef struct {
    bool told;             /* the site claims an area, and it is one above 0 */
    const char *fault;     /* why not: English key; NULL */
    zone_figure figure;    /* as claimed, in the unit that was found */
    zone_exact claimed;    /* the same, exact */
    zone_exact difference; /* claimed less computed */
    const char *explained; /* how it was made, where that is another way than the asked method in m²: text in the
                              context's memory; NULL */
} zone_claimed;

/* `text` as the data have it: "40860.20" (m²), "61.29 亩". */
zone_status zone_claimed_judge(zone_trial *trial, size_t site, const char *text, zone_claimed *claim);

/* The area of a site by a method of zone_methods_all; false where the method means nothing here. */
zone_status zone_site_by_method(zone_trial *trial, size_t site, size_t method, bool *means, zone_exact *area);

#endif
