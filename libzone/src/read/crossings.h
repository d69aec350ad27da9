/* Crossings: how often the edges of an area cut each other. */
#ifndef ZONE_READ_CROSSINGS_H
#define ZONE_READ_CROSSINGS_H

#include "read/rings.h"

/* GEOS takes 3 to 40 µs to mend a crossing, and memory by the piece. An area is mended up to this many, or as many as
 * it has vertices where that is more: so the border of a county that was drawn twice still is. */
#define ZONE_MOST_CROSSINGS 50000

/* The bound of an area in *bound, and whether more pairs of its edges cut each other: one goes through the other, or
 * ends within it. Edges that share ends only, or all of their length, do not count. Counts no farther than the bound,
 * and gives up as "no" where nearly all pairs would have to be looked at. Errors: ZONE_NO_MEMORY, ZONE_CANCELLED. */
zone_status zone_crossings_exceed(zone_context *ctx, const zone_rings *rings, size_t *bound, bool *exceed);

#endif
