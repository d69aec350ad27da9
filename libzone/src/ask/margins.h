/* Margins: the closure lines of a change, of a run or of merged parts. Each date ties with the rows that it covers. */
#ifndef ZONE_ASK_MARGINS_H
#define ZONE_ASK_MARGINS_H

#include "ask/transition.h"

typedef struct {
    const char *label;
    zone_exact whole, inside;
    zone_int128 drawn_whole, drawn_outside; /* as in zone_cover */
    zone_exact sum;                         /* of all zones: what lies in each */
    zone_exact repeat;                      /* counted more than once */
    const char *pairs;                      /* which features do; NULL: none */
    const char *not_looked;                 /* why not all were looked at; NULL: they were */
    zone_exact repaired;
    bool by_plane; /* as in zone_cover */
} zone_margin;

typedef struct {
    zone_margin date[2];
    bool zoned;
    const char *zone_pairs; /* which zones collide; NULL: none */
} zone_margins;

/* After the rows: with what they add up to. */
void zone_margins_lines(zone_context *ctx, const zone_margins *margins, const zone_transition *transition,
                        zone_table *table);

#endif
