/* Remainders, feature by feature and zone by zone. */
#include "ask/remainders.h"

#include "kernel/overlay.h"

#include <stdlib.h>

void zone_remainders_free(zone_remainders *rest)
{
    free(rest->zone);
    free(rest->left);
    free(rest->area);
    free(rest->start);
    *rest = (zone_remainders){0};
}

zone_status zone_remainders_reserve(zone_context *ctx, zone_remainders *rest, size_t features)
{
    return zone_grow(ctx, (void **)&rest->start, &rest->start_capacity, features + 1, sizeof *rest->start);
}

zone_status zone_remainders_add(zone_context *ctx, zone_remainders *rest, uint32_t zone, zone_exact area)
{
    zone_status status =
        zone_grow(ctx, (void **)&rest->zone, &rest->zone_capacity, rest->count + 1, sizeof *rest->zone);

    if (!status)
        status = zone_grow(ctx, (void **)&rest->left, &rest->left_capacity, (rest->count + 1) * rest->methods,
                           sizeof *rest->left);
    if (status)
        return status;
    rest->zone[rest->count] = zone;
    for (size_t m = 0; m < rest->methods; m++)
        rest->left[rest->count * rest->methods + m] = m == 0 ? area : 0;
    rest->count++;
    return ZONE_OK;
}

void zone_remainders_end(zone_remainders *rest, size_t feature)
{
    rest->start[feature + 1] = rest->count;
}

zone_exact *zone_remainders_find(const zone_remainders *rest, size_t feature, uint32_t zone)
{
    size_t low = rest->start[feature], end = rest->start[feature + 1];

    for (size_t high = end; low < high;) { /* pieces came by zone */
        size_t middle = low + (high - low) / 2;
        if (rest->zone[middle] < zone)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && rest->zone[low] == zone ? rest->left + low * rest->methods : NULL;
}

bool zone_remainders_leave(const zone_remainders *rest, size_t feature)
{
    bool counts = false;

    for (size_t i = rest->start[feature]; i < rest->start[feature + 1]; i++)
        counts = counts || zone_piece_counts(rest->left[i * rest->methods]);
    return counts;
}

zone_status zone_remainders_keep(zone_context *ctx, zone_remainders *rest)
{
    rest->area = zone_allocate(ctx, rest->count + 1, sizeof *rest->area);
    if (!rest->area)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < rest->count; i++)
        rest->area[i] = rest->left[i * rest->methods];
    return ZONE_OK;
}
