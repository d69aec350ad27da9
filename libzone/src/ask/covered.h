/* Covered: what parts of the new date cover of the old features, zone by zone. How many pieces are left of the old date
 * is known only when all parts are; sums need no more than the groups. */
#ifndef ZONE_ASK_COVERED_H
#define ZONE_ASK_COVERED_H

#include "ask/transition.h"
#include "base/partial.h"

typedef struct {
    uint64_t feature; /* of the old layer */
    uint32_t zone;
    size_t made; /* zone_group.made of the group that counts it */
    zone_exact area, covered;
} zone_covered_item;

/* Zeroed it is empty. */
typedef struct {
    zone_covered_item *item;
    size_t count, capacity;
} zone_covered;
void zone_covered_free(zone_covered *covered);
zone_status zone_covered_add(zone_context *ctx, zone_covered *covered, const zone_covered_item *item);

/* Sorts by feature and zone, and makes one item of those of the same. ZONE_TOO_LARGE; ZONE_BAD_USAGE when they are not
 * of one old date. */
zone_status zone_covered_unite(zone_context *ctx, zone_covered *covered);

/* Into the partial, whose groups are these, sorted. */
zone_status zone_covered_put(zone_context *ctx, const zone_covered *covered, const zone_groups *groups,
                             zone_partial *partial);

/* Until now the groups "not covered at date 2" hold all of the old date: takes off what both dates cover. */
zone_status zone_covered_settle(zone_context *ctx, const zone_covered *covered, zone_transition *transition);

#endif
