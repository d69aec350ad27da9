/* Memory that fails as a status. */
#define _DEFAULT_SOURCE /* madvise */

#include "base/context.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Bytes from which an array is worth large pages. */
#define LARGE_ARRAY ((size_t)16 << 20)

void *zone_allocate(zone_context *ctx, size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);

    if (!memory)
        zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    return memory;
}

/* Large arrays are asked for in large pages where the system has them: clearing pages of 4 KiB one by one was a fifth
 * of a change between layers of half a million parcels. It is advice, nothing depends on it. The whole mapping is
 * named: a part of it would be one of its own, and realloc could no longer move it. */
static void prefer_large_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t page = 4096;
    uintptr_t begin = (uintptr_t)memory / page * page, end = ((uintptr_t)memory + bytes + page - 1) / page * page;

    if (bytes >= LARGE_ARRAY)
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)bytes;
#endif
}

zone_status zone_reserve(zone_context *ctx, void **array, size_t *capacity, size_t needed, size_t size)
{
    size_t grown = *capacity < 8 ? 8 : *capacity;

    if (needed <= *capacity)
        return ZONE_OK;
    while (grown < needed && grown <= SIZE_MAX / 2 / size)
        grown *= 2;
    void *memory = grown < needed || grown > SIZE_MAX / size ? NULL : realloc(*array, grown * size);
    if (!memory)
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    prefer_large_pages(memory, grown * size);
    *array = memory;
    *capacity = grown;
    return ZONE_OK;
}

zone_status zone_grow(zone_context *ctx, void **array, size_t *capacity, size_t needed, size_t size)
{
    size_t before = *capacity;
    zone_status status = needed <= before ? ZONE_OK : zone_reserve(ctx, array, capacity, needed, size);

    if (!status && *capacity > before)
        memset((char *)*array + before * size, 0, (*capacity - before) * size);
    return status;
}

char *zone_copy_text(zone_context *ctx, const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    char *copy = text ? zone_allocate(ctx, size, 1) : NULL;

    return copy ? memcpy(copy, text, size) : NULL;
}
