/* The lines of a journal (ask/journal.h), as they were written. */
#ifndef ZONE_READ_JOURNAL_H
#define ZONE_READ_JOURNAL_H

#include "base/context.h"

/* Receives a line without its end; `line` may be changed and lives until the next one. */
typedef zone_status (*zone_journal_sink)(void *user, char *line, size_t length);

/* Every line that has an end, in order: one that a crash cut short has none and is left out. Bytes of 0 end a line's
 * text early. Errors: ZONE_NOT_FOUND, ZONE_BAD_FILE (can't be read), ZONE_NO_MEMORY, and the sink's. */
zone_status zone_journal_lines(zone_context *ctx, const char *path, zone_journal_sink sink, void *user);

#endif
