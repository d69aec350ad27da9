/* Do two areas have one piece in common? Told without building it, and only where it is sure. */
#ifndef ZONE_ASK_ONE_PIECE_H
#define ZONE_ASK_ONE_PIECE_H

#include "base/batch.h"

/* True only when both are single rings whose borders meet in two places at most: then what they share is one polygon
 * without holes, or nothing. False says nothing: borders that touch, run along each other or come so near that doubles
 * can't tell, and rings of many edges. */
bool zone_one_piece(const zone_batch *a, size_t feature, const zone_batch *b, size_t other);

#endif
