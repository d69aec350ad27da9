/* Groups: a hash of keys with sums. */
#include "ask/groups.h"

#include <stdlib.h>
#include <string.h>

void zone_groups_free(zone_groups *groups)
{
    for (size_t g = 0; g < groups->count; g++) {
        for (size_t k = 0; groups->group[g].key && k < groups->key_count; k++)
            free(groups->group[g].key[k]);
        free(groups->group[g].key);
    }
    free(groups->group);
    free(groups->slot);
    *groups = (zone_groups){0};
}

static const char *text_of(const char *text)
{
    return text ? text : "";
}

static size_t hash_of(uint64_t order, const char *const *key, size_t count)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ order;

    for (size_t k = 0; k < count; k++) {
        for (const char *c = text_of(key[k]); *c; c++)
            hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
        hash = (hash ^ 0x1f) * UINT64_C(1099511628211);
    }
    return (size_t)(hash ^ (hash >> 32));
}

static bool same(const zone_group *group, uint64_t order, const char *const *key, size_t count)
{
    bool equal = group->order == order;

    for (size_t k = 0; k < count && equal; k++)
        equal = strcmp(group->key[k], text_of(key[k])) == 0;
    return equal;
}

static zone_status grow_slots(zone_context *ctx, zone_groups *groups)
{
    size_t count = groups->slot_count ? 2 * groups->slot_count : 64;
    uint32_t *slot = zone_allocate(ctx, count, sizeof *slot);

    if (!slot)
        return ZONE_NO_MEMORY;
    for (size_t g = 0; g < groups->count; g++) {
        const zone_group *group = &groups->group[g];
        size_t at = hash_of(group->order, (const char *const *)group->key, groups->key_count) & (count - 1);
        while (slot[at])
            at = (at + 1) & (count - 1);
        slot[at] = (uint32_t)g + 1;
    }
    free(groups->slot);
    groups->slot = slot;
    groups->slot_count = count;
    return ZONE_OK;
}

static zone_status add_group(zone_context *ctx, zone_groups *groups, uint64_t order, const char *const *key)
{
    zone_status status =
        zone_grow(ctx, (void **)&groups->group, &groups->capacity, groups->count + 1, sizeof *groups->group);

    if (status)
        return status;
    zone_group *group = &groups->group[groups->count];
    *group = (zone_group){.order = order, .key_count = groups->key_count};
    group->key = zone_allocate(ctx, groups->key_count, sizeof *group->key);
    if (!group->key)
        return ZONE_NO_MEMORY;
    groups->count++;
    for (size_t k = 0; k < groups->key_count; k++)
        if (!(group->key[k] = zone_copy_text(ctx, text_of(key[k]))))
            return ZONE_NO_MEMORY;
    return ZONE_OK;
}

zone_status zone_groups_find(zone_context *ctx, zone_groups *groups, uint64_t order, const char *const *key,
                             size_t *index)
{
    zone_status status = ZONE_OK;

    if (2 * (groups->count + 1) > groups->slot_count)
        status = grow_slots(ctx, groups);
    if (status)
        return status;
    size_t at = hash_of(order, key, groups->key_count) & (groups->slot_count - 1);
    for (; groups->slot[at]; at = (at + 1) & (groups->slot_count - 1))
        if (same(&groups->group[groups->slot[at] - 1], order, key, groups->key_count)) {
            *index = groups->slot[at] - 1;
            return ZONE_OK;
        }
    *index = groups->count;
    status = add_group(ctx, groups, order, key);
    if (!status)
        groups->slot[at] = (uint32_t)groups->count;
    return status;
}

zone_status zone_group_add(zone_context *ctx, zone_group *group, size_t sum, zone_exact area)
{
    if (zone_exact_add(group->sum[sum], area, &group->sum[sum]))
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
}

static int compare(const zone_group *a, const zone_group *b)
{
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    for (size_t k = 0; k < a->key_count; k++) {
        int order = strcmp(a->key[k], b->key[k]);
        if (order)
            return order;
    }
    return 0;
}

static int by_key(const void *left, const void *right)
{
    return compare(left, right);
}

void zone_groups_sort(zone_groups *groups)
{
    if (groups->count > 1)
        qsort(groups->group, groups->count, sizeof *groups->group, by_key);
    free(groups->slot);
    groups->slot = NULL;
    groups->slot_count = 0;
}
