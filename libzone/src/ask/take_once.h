/* What several parts of a take have in common is measured once. */
#ifndef ZONE_ASK_TAKE_ONCE_H
#define ZONE_ASK_TAKE_ONCE_H

#include "ask/take.h"

/* Takes off the area of a take, which is the sum of the parts that count, what they share within the site; the parts
 * stay what they are. By the kernel, or by GEOS where slivers were trimmed off a part. Not of what is beside a site. */
zone_status zone_take_once(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take);

#endif
