/* Shared widths: how wide the pieces are that two areas share, walked along their borders without drawing anything.
 * Told only where it is sure. */
#ifndef ZONE_ASK_SHARED_WIDTHS_H
#define ZONE_ASK_SHARED_WIDTHS_H

#include "base/batch.h"

typedef struct {
    size_t count;         /* of pieces */
    double least, widest; /* mean widths 2S/L, in the plane's units */
} zone_shared_widths;

/* Of two areas that share something. False where it can't be told: one has several rings, borders touch or nearly do,
 * or meet very often. */
bool zone_shared_widths_find(const zone_batch *a, size_t feature, const zone_batch *b, size_t other,
                             zone_shared_widths *widths);

#endif
