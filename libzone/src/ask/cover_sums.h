/* What the sums of a cover say, of a run or of merged parts: gaps told from the edge model, and the closure lines. */
#ifndef ZONE_ASK_COVER_SUMS_H
#define ZONE_ASK_COVER_SUMS_H

#include "ask/cover.h"

/* Is there a zone of which so little is missing that the edge model may be the cause? Between a line of 20 km from west
 * to east and its half-way vertex lie 4 ha, 0.2 % of a zone of 1 km width. */
bool zone_cover_doubtful(const zone_cover_zone *zone, size_t count);

/* Makes gap and edge of each zone from its sums. `by_plane`: with what is missing in the drawing plane. */
void zone_cover_split(zone_cover_zone *zone, size_t count, bool by_plane);

/* What of data lies outside every zone, without what only the edge model puts there: `edge`, 0 where it can't be told.
 * Both together are what is outside by the method. */
void zone_cover_outside(zone_exact whole, zone_exact inside, zone_int128 drawn_whole, zone_int128 drawn_outside,
                        bool by_plane, zone_exact *outside, zone_exact *edge);

typedef struct {
    const char *data, *zones;    /* labels */
    const char *const *names;    /* of the zones */
    const zone_cover_zone *zone; /* by zone, with gap and edge */
    size_t count;
    zone_exact whole, inside;
    zone_int128 drawn_whole, drawn_outside; /* as in zone_cover */
    bool by_plane;
    const char *zone_pairs; /* which zones collide; NULL: none */
    const char *data_pairs; /* which features do; NULL: none */
    const char *not_looked; /* why not all features were looked at for overlaps; NULL: they were */
} zone_cover_sums;

/* `rows` is the sum of the table's rows. */
void zone_cover_sums_lines(zone_context *ctx, const zone_cover_sums *sums, zone_exact rows, zone_table *table);

#endif
