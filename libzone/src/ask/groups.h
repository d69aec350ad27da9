/* Groups: rows of a table while areas are still coming in, found by their key texts. */
#ifndef ZONE_ASK_GROUPS_H
#define ZONE_ASK_GROUPS_H

#include "base/arena.h"
#include "base/exact.h"

/* Most area columns side by side: the asked method and all methods of --explain. */
enum { ZONE_GROUP_SUMS = 7 };

typedef struct {
    const char **key; /* texts of the key, "" for null */
    zone_exact *sum;
    uint64_t order; /* sorts before the key: the zone's place */
    size_t made;    /* how many groups were made before it; stays when they are sorted */
    uint64_t pieces;
    bool cut; /* holds a piece of a feature that a zone border cuts */
} zone_group;

/* A million groups of twenty classes have twenty texts: each is kept once, and groups are told apart by their texts'
 * numbers. */
typedef struct {
    const char **text;
    size_t count, capacity;
    uint32_t *slot; /* hash: number + 1 */
    size_t slot_count;
} zone_group_texts;

/* A group in the hash, told apart by some bits before it is looked at. */
typedef struct {
    uint32_t index; /* + 1; 0: none */
    uint32_t bits;
} zone_group_slot;

typedef struct {
    size_t key_count;
    size_t sum_count; /* of a group; 0: ZONE_GROUP_SUMS */
    zone_group *group;
    size_t count, capacity;
    zone_group_slot *slot;
    size_t slot_count; /* a power of two */
    zone_group_texts texts;
    const char **wanted; /* key_count texts, kept ones */
    uint32_t wanted_hash;
    zone_arena arena;
} zone_groups;

void zone_groups_free(zone_groups *groups);

/* The group of these texts (NULL texts count as ""), made when there is none. */
zone_status zone_groups_find(zone_context *ctx, zone_groups *groups, uint64_t order, const char *const *key,
                             size_t *index);

/* The same in two steps, for many orders with one key: those of the key that was wanted last. */
zone_status zone_groups_want(zone_context *ctx, zone_groups *groups, const char *const *key);
zone_status zone_groups_find_wanted(zone_context *ctx, zone_groups *groups, uint64_t order, size_t *index);

/* Adds an area; ZONE_TOO_LARGE when the sum leaves 128 bits. */
zone_status zone_group_add(zone_context *ctx, zone_group *group, size_t sum, zone_exact area);

/* By order, then by the bytes of the key. Indices found before are void afterwards. */
zone_status zone_groups_sort(zone_context *ctx, zone_groups *groups);

#endif
