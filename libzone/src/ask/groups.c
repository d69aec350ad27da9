/* Groups: a hash of keys with sums. */
#include "ask/groups.h"

#include <stdlib.h>
#include <string.h>

void zone_groups_free(zone_groups *groups)
{
    zone_arena_free(&groups->arena);
    free(groups->group);
    free(groups->slot);
    free(groups->texts.text);
    free(groups->texts.slot);
    *groups = (zone_groups){0};
}

/* ---------------------------------------------------------------- texts */

static uint64_t hash_text(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (const char *c = text; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

static zone_status grow_text_slots(zone_context *ctx, zone_group_texts *texts)
{
    size_t count = texts->slot_count ? 2 * texts->slot_count : 64;
    uint32_t *slot = zone_allocate(ctx, count, sizeof *slot);

    if (!slot)
        return ZONE_NO_MEMORY;
    for (size_t t = 0; t < texts->count; t++) {
        size_t at = hash_text(texts->text[t]) & (count - 1);
        while (slot[at])
            at = (at + 1) & (count - 1);
        slot[at] = (uint32_t)t + 1;
    }
    free(texts->slot);
    texts->slot = slot;
    texts->slot_count = count;
    return ZONE_OK;
}

/* The number of a text, which is kept when it is new. */
static zone_status find_text(zone_context *ctx, zone_groups *groups, const char *text, size_t *number)
{
    zone_group_texts *texts = &groups->texts;
    zone_status status = ZONE_OK;

    if (2 * (texts->count + 1) > texts->slot_count)
        status = grow_text_slots(ctx, texts);
    if (status)
        return status;
    size_t at = hash_text(text) & (texts->slot_count - 1);
    for (; texts->slot[at]; at = (at + 1) & (texts->slot_count - 1))
        if (strcmp(texts->text[texts->slot[at] - 1], text) == 0) {
            *number = texts->slot[at] - 1;
            return ZONE_OK;
        }
    status = zone_grow(ctx, (void **)&texts->text, &texts->capacity, texts->count + 1, sizeof *texts->text);
    if (status)
        return status;
    texts->text[texts->count] = zone_arena_copy(ctx, &groups->arena, text);
    if (!texts->text[texts->count])
        return ZONE_NO_MEMORY;
    *number = texts->count++;
    texts->slot[at] = (uint32_t)*number + 1;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- groups */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* Kept texts are told apart by where they are. */
static uint32_t hash_key(const char *const *key, size_t count)
{
    uint64_t hash = 1;

    for (size_t k = 0; k < count; k++)
        hash = mix(hash, (uint64_t)(uintptr_t)key[k]);
    return (uint32_t)(hash >> 32);
}

static bool same(const zone_group *group, uint64_t order, const char *const *key, size_t count)
{
    bool equal = group->order == order;

    for (size_t k = 0; k < count && equal; k++)
        equal = group->key[k] == key[k];
    return equal;
}

/* The groups of one order have a line of slots, so that those of a zone stand together in memory: a piece is of a zone
 * that the pieces before it had, too. What the line has no room for goes where the hash of all says. */
enum { LINE = 16 };

typedef struct {
    size_t line, rest;
    uint32_t bits;
} group_place;

static group_place place_of(const zone_groups *groups, uint64_t order, uint32_t key_hash)
{
    uint64_t of_order = mix(1, order), of_all = mix(of_order, key_hash);

    return (group_place){(of_order >> 20 & (groups->slot_count - 1)) / LINE * LINE,
                         of_all >> 20 & (groups->slot_count - 1), (uint32_t)of_all};
}

/* The slot of the wanted key with this order, or the empty one where it belongs. */
static zone_group_slot *find_slot(const zone_groups *groups, uint64_t order)
{
    const group_place place = place_of(groups, order, groups->wanted_hash);
    zone_group_slot *slot = &groups->slot[place.line];

    for (size_t i = 0; i < LINE; i++)
        if (!slot[i].index || (slot[i].bits == place.bits &&
                               same(&groups->group[slot[i].index - 1], order, groups->wanted, groups->key_count)))
            return &slot[i];
    for (size_t at = place.rest;; at = (at + 1) & (groups->slot_count - 1)) {
        slot = &groups->slot[at];
        if (!slot->index || (slot->bits == place.bits &&
                             same(&groups->group[slot->index - 1], order, groups->wanted, groups->key_count)))
            return slot;
    }
}

/* An empty slot for a group that has none. */
static zone_group_slot *free_slot(const zone_groups *groups, const group_place *place)
{
    size_t at = place->rest;

    for (size_t i = place->line; i < place->line + LINE; i++)
        if (!groups->slot[i].index)
            return &groups->slot[i];
    while (groups->slot[at].index)
        at = (at + 1) & (groups->slot_count - 1);
    return &groups->slot[at];
}

static zone_status grow_slots(zone_context *ctx, zone_groups *groups)
{
    size_t count = groups->slot_count ? 2 * groups->slot_count : 64;
    zone_group_slot *slot = zone_allocate(ctx, count, sizeof *slot);

    if (!slot)
        return ZONE_NO_MEMORY;
    free(groups->slot);
    groups->slot = slot;
    groups->slot_count = count;
    for (size_t g = 0; g < groups->count; g++) {
        const zone_group *group = &groups->group[g];
        const group_place place = place_of(groups, group->order, hash_key(group->key, groups->key_count));
        *free_slot(groups, &place) = (zone_group_slot){(uint32_t)g + 1, place.bits};
    }
    return ZONE_OK;
}

static zone_status add_group(zone_context *ctx, zone_groups *groups, uint64_t order)
{
    size_t sums = groups->sum_count ? groups->sum_count : ZONE_GROUP_SUMS;
    zone_status status =
        zone_grow(ctx, (void **)&groups->group, &groups->capacity, groups->count + 1, sizeof *groups->group);

    if (status)
        return status;
    /* Sums and key are looked at together, so they lie together. */
    zone_exact *sum = zone_arena_take(ctx, &groups->arena, sums * sizeof *sum + groups->key_count * sizeof(char *));
    if (!sum)
        return ZONE_NO_MEMORY;
    const char **key = (const char **)(void *)(sum + sums);
    memset(sum, 0, sums * sizeof *sum);
    for (size_t k = 0; k < groups->key_count; k++)
        key[k] = groups->wanted[k];
    groups->group[groups->count] = (zone_group){.key = key, .sum = sum, .order = order, .made = groups->count};
    groups->count++;
    return ZONE_OK;
}

zone_status zone_groups_want(zone_context *ctx, zone_groups *groups, const char *const *key)
{
    size_t number = 0;
    zone_status status = ZONE_OK;

    if (!groups->wanted)
        groups->wanted = zone_arena_take(ctx, &groups->arena, groups->key_count * sizeof *groups->wanted + 1);
    if (!groups->wanted)
        return ZONE_NO_MEMORY;
    for (size_t k = 0; k < groups->key_count && !status; k++) {
        status = find_text(ctx, groups, key[k] ? key[k] : "", &number);
        if (!status)
            groups->wanted[k] = groups->texts.text[number];
    }
    groups->wanted_hash = hash_key(groups->wanted, status ? 0 : groups->key_count);
    return status;
}

zone_status zone_groups_find_wanted(zone_context *ctx, zone_groups *groups, uint64_t order, size_t *index)
{
    zone_status status = ZONE_OK;

    if (4 * (groups->count + 1) > 3 * groups->slot_count)
        status = grow_slots(ctx, groups);
    if (status)
        return status;
    zone_group_slot *slot = find_slot(groups, order);
    *index = slot->index ? slot->index - 1 : groups->count;
    if (slot->index)
        return ZONE_OK;
    status = add_group(ctx, groups, order);
    if (!status)
        *slot = (zone_group_slot){(uint32_t)groups->count, place_of(groups, order, groups->wanted_hash).bits};
    return status;
}

zone_status zone_groups_find(zone_context *ctx, zone_groups *groups, uint64_t order, const char *const *key,
                             size_t *index)
{
    zone_status status = zone_groups_want(ctx, groups, key);

    return status ? status : zone_groups_find_wanted(ctx, groups, order, index);
}

zone_status zone_group_add(zone_context *ctx, zone_group *group, size_t sum, zone_exact area)
{
    if (zone_exact_add(group->sum[sum], area, &group->sum[sum]))
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
}

/* ---------------------------------------------------------------- order */

/* Texts by their bytes. */
static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* A group on its way to its place, with the ranks of its texts, which compare as the texts do. */
typedef struct {
    const uint32_t *rank;
    uint64_t order;
    uint32_t keys, index;
} sort_entry;

static int by_rank(const void *left, const void *right)
{
    const sort_entry *a = left, *b = right;

    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    for (size_t k = 0; k < a->keys; k++)
        if (a->rank[k] != b->rank[k])
            return a->rank[k] < b->rank[k] ? -1 : 1;
    return 0;
}

/* What follows in the order of an array that points far apart is on its way while one is worked on. */
enum { AHEAD = 8 };

static uint32_t rank_of(const char *const *texts, size_t count, const char *text)
{
    const char *const *found = bsearch(&text, texts, count, sizeof *texts, by_text);

    return (uint32_t)(found - texts);
}

/* A zone has few groups, and a call for each comparison costs more than moving them. */
static void sort_few(sort_entry *entries, size_t count)
{
    if (count > 32) {
        qsort(entries, count, sizeof *entries, by_rank);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        const sort_entry entry = entries[i];
        size_t at = i;
        for (; at > 0 && by_rank(&entries[at - 1], &entry) > 0; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

/* Orders are places of zones: entries are dealt out by them, and what is left to sort is small. Orders that are far
 * apart are sorted with the rest. */
static zone_status sort_entries(zone_context *ctx, const sort_entry *entries, size_t count, sort_entry *sorted)
{
    uint64_t most = 0;

    for (size_t i = 0; i < count; i++)
        most = entries[i].order > most ? entries[i].order : most;
    if (most > 4 * (uint64_t)count + 64) {
        memcpy(sorted, entries, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, by_rank);
        return ZONE_OK;
    }
    size_t *start = zone_allocate(ctx, (size_t)most + 2, sizeof *start);
    if (!start)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        start[entries[i].order + 1]++;
    for (size_t o = 0; o <= most; o++)
        start[o + 1] += start[o];
    for (size_t i = 0; i < count; i++)
        sorted[start[entries[i].order]++] = entries[i];
    /* Now start[o] is where o ends. */
    for (size_t o = 0, first = 0; o <= most; first = start[o++])
        sort_few(sorted + first, start[o] - first);
    free(start);
    return ZONE_OK;
}

/* Puts the groups in the order of the entries. */
static zone_status arrange(zone_context *ctx, zone_groups *groups, const sort_entry *sorted)
{
    zone_group *arranged = zone_allocate(ctx, groups->count, sizeof *arranged);

    if (!arranged)
        return ZONE_NO_MEMORY;
    for (size_t g = 0; g < groups->count; g++) {
        if (g + AHEAD < groups->count)
            __builtin_prefetch(&groups->group[sorted[g + AHEAD].index]);
        arranged[g] = groups->group[sorted[g].index];
    }
    free(groups->group);
    groups->group = arranged;
    groups->capacity = groups->count;
    return ZONE_OK;
}

zone_status zone_groups_sort(zone_context *ctx, zone_groups *groups)
{
    size_t count = groups->count, keys = groups->key_count;
    sort_entry *entries = zone_allocate(ctx, 2 * count + 1, sizeof *entries);
    uint32_t *rank = zone_allocate(ctx, count * keys + 1, sizeof *rank);
    zone_status status = entries && rank ? ZONE_OK : ZONE_NO_MEMORY;

    if (!status && groups->texts.count > 1)
        qsort(groups->texts.text, groups->texts.count, sizeof *groups->texts.text, by_text);
    for (size_t g = 0; g < count && !status; g++) {
        entries[g] = (sort_entry){rank + g * keys, groups->group[g].order, (uint32_t)keys, (uint32_t)g};
        for (size_t k = 0; k < keys; k++)
            rank[g * keys + k] = rank_of(groups->texts.text, groups->texts.count, groups->group[g].key[k]);
    }
    if (!status && count > 0)
        status = sort_entries(ctx, entries, count, entries + count);
    if (!status && count > 0)
        status = arrange(ctx, groups, entries + count);
    free(entries);
    free(rank);
    free(groups->slot);
    free(groups->texts.slot);
    groups->slot = NULL;
    groups->texts.slot = NULL;
    groups->slot_count = groups->texts.slot_count = 0;
    return status;
}
