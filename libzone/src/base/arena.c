/* Arenas: blocks, each the size of many pieces. */
#include "base/arena.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 262144 };

struct zone_arena_block {
    struct zone_arena_block *next;
    size_t used, size;
    max_align_t memory[];
};

void *zone_arena_take(zone_context *ctx, zone_arena *arena, size_t size)
{
    struct zone_arena_block *block = arena->blocks;
    size_t rounded = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);

    if (!block || block->size - block->used < rounded) {
        size_t most = rounded > BLOCK ? rounded : BLOCK;
        block = rounded < size ? NULL : malloc(sizeof *block + most);
        if (!block) {
            zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
            return NULL;
        }
        *block = (struct zone_arena_block){.next = arena->blocks, .size = most};
        arena->blocks = block;
    }
    void *taken = (char *)block->memory + block->used;
    block->used += rounded;
    return taken;
}

char *zone_arena_copy(zone_context *ctx, zone_arena *arena, const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    char *copy = text ? zone_arena_take(ctx, arena, size) : NULL;

    return copy ? memcpy(copy, text, size) : NULL;
}

void zone_arena_free(zone_arena *arena)
{
    while (arena->blocks) {
        struct zone_arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
