/* Journals line by line. */
#include "read/journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was read and is not yet handed on. */
typedef struct {
    char *text;
    size_t length, capacity;
} pending;

/* Hands on the whole lines; what is left moves to the front. */
static zone_status hand_on(pending *rest, zone_journal_sink sink, void *user)
{
    char *at = rest->text, *stop = rest->text + rest->length, *end = NULL;
    zone_status status = ZONE_OK;

    while (!status && at < stop && (end = memchr(at, '\n', (size_t)(stop - at)))) {
        *end = '\0';
        status = sink(user, at, (size_t)(end - at));
        at = end + 1;
    }
    rest->length = (size_t)(stop - at);
    memmove(rest->text, at, rest->length);
    return status;
}

zone_status zone_journal_lines(zone_context *ctx, const char *path, zone_journal_sink sink, void *user)
{
    const size_t block = 1 << 16;
    FILE *stream = fopen(path, "rb");
    pending rest = {0};
    size_t count = 0;
    zone_status status = ZONE_OK;

    if (!stream)
        return zone_fail(ctx, errno == ENOENT ? ZONE_NOT_FOUND : ZONE_BAD_FILE, .file = path,
                         .found = zone_say(ctx, "%s", strerror(errno)), .remedy = "check the path");
    do {
        status = zone_reserve(ctx, (void **)&rest.text, &rest.capacity, rest.length + block, 1);
        if (status)
            break;
        count = fread(rest.text + rest.length, 1, block, stream);
        rest.length += count;
        status = hand_on(&rest, sink, user);
    } while (!status && count > 0);
    if (!status && ferror(stream))
        status = zone_fail(ctx, ZONE_BAD_FILE, .file = path, .remedy = "check the path");
    fclose(stream);
    free(rest.text);
    return status;
}
