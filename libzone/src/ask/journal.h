/* The journal of a batch: what was measured and judged of each site, a line a site, so that a run that was killed goes
 * on where it stopped and ends with the same bytes. A line that a crash damaged does not have its checksum and is as if
 * it were not there. */
#ifndef ZONE_ASK_JOURNAL_H
#define ZONE_ASK_JOURNAL_H

#include "ask/judge.h"

/* A line being made; zeroed it is empty. */
typedef struct {
    char *text;
    size_t length, capacity;
} zone_journal_line;
void zone_journal_line_free(zone_journal_line *line);

/* The first line: `identity` names all that the results depend on (inputs, options, version). With its newline. */
zone_status zone_journal_head(zone_context *ctx, zone_journal_line *line, const char *identity);
/* Is a line (its end left out) the head for this identity? */
bool zone_journal_is_head(const char *text, const char *identity);

/* The line of a site, with its newline. */
zone_status zone_journal_write(zone_context *ctx, zone_journal_line *line, size_t site, const zone_site_result *result);

/* Back to a result, whose texts are in the arena; *sound is false for a line that is damaged or none. */
zone_status zone_journal_read(zone_context *ctx, const char *text, zone_arena *arena, bool *sound, size_t *site,
                              zone_site_result *result);

#endif
