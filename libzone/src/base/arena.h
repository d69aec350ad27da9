/* An arena: memory that is given out in pieces and given back all at once. */
#ifndef ZONE_BASE_ARENA_H
#define ZONE_BASE_ARENA_H

#include "base/context.h"

/* Zeroed it is empty and usable. */
typedef struct {
    struct zone_arena_block *blocks;
} zone_arena;

/* `size` bytes, aligned for any type, not zeroed; NULL and ZONE_NO_MEMORY recorded in ctx. */
void *zone_arena_take(zone_context *ctx, zone_arena *arena, size_t size);

/* A copy of `text` (NULL gives NULL and no error). */
char *zone_arena_copy(zone_context *ctx, zone_arena *arena, const char *text);
void zone_arena_free(zone_arena *arena);

#endif
