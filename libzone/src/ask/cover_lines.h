/* The closure lines of a cover, from its sums alone: of a run or of merged parts. */
#ifndef ZONE_ASK_COVER_LINES_H
#define ZONE_ASK_COVER_LINES_H

#include "ask/cover.h"

typedef struct {
    const char *data, *zones;    /* labels */
    const char *const *names;    /* of the zones */
    const zone_cover_zone *zone; /* by zone, with gap and edge */
    size_t count;
    zone_exact whole, inside;
    const char *zone_pairs; /* which zones collide; NULL: none */
    const char *data_pairs; /* which features do; NULL: none */
    const char *not_looked; /* why not all features were looked at for overlaps; NULL: they were */
} zone_cover_sums;

/* `rows` is the sum of the table's rows. */
void zone_cover_sums_lines(zone_context *ctx, const zone_cover_sums *sums, zone_exact rows, zone_table *table);

#endif
