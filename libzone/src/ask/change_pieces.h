/* Pieces of a change: what both dates cover, and what only one of them does. Each is added after its area was added to
 * the transition; crumbs are passed over. */
#ifndef ZONE_ASK_CHANGE_PIECES_H
#define ZONE_ASK_CHANGE_PIECES_H

#include "ask/pieces.h"
#include "ask/stream.h"
#include "ask/transition.h"

/* A new feature on an old one. */
typedef struct {
    size_t member;  /* of `below` */
    size_t feature; /* of `above` */
} zone_lying;

/* Zeroed it is empty, and keeps nothing. */
typedef struct {
    zone_pieces pieces;
    const zone_transition *transition;
    const zone_zoning *zoning;
    const zone_batch *old;
    zone_batch below; /* old features of which something is left */
    zone_batch above; /* new features that lie on them */
    zone_lying *lying;
    size_t lying_count, lying_capacity;
    size_t *start;  /* of each member's, once they are found */
    size_t *member; /* of each old feature */
} zone_change_pieces;

/* What is given is borrowed; `old` holds the features of the old date and does not change any more. */
zone_status zone_change_pieces_open(zone_context *ctx, const zone_transition *transition, const zone_zoning *zoning,
                                    const zone_loaded *old, const char *method, zone_change_pieces *kept);
void zone_change_pieces_close(zone_change_pieces *kept);

/* A new feature on an old one in a zone. */
zone_status zone_change_pieces_both(zone_context *ctx, zone_change_pieces *kept, const zone_batch *new, size_t feature,
                                    const zone_piece_of_two *piece);

/* What of a new feature in a zone lies on none of the old ones `on`. */
zone_status zone_change_pieces_new(zone_context *ctx, zone_change_pieces *kept, const zone_batch *new, size_t feature,
                                   uint32_t zone, zone_exact left, const zone_piece_of_two *on, size_t count);

/* Of an old feature that only the edge model of the method has in the zone. */
zone_status zone_change_pieces_beside(zone_context *ctx, zone_change_pieces *kept, size_t feature, uint32_t zone,
                                      zone_exact area);

/* What is left of old features: first all that leave something are named, then the new features are read again for
 * those that lie on them (ZONE_TOO_LARGE when these exceed the budget of the context), then the pieces are added. */
zone_status zone_change_pieces_name(zone_context *ctx, zone_change_pieces *kept, size_t feature);
zone_status zone_change_pieces_find(zone_context *ctx, zone_change_pieces *kept, zone_projection *projection,
                                    zone_source *new_source);
zone_status zone_change_pieces_old(zone_context *ctx, zone_change_pieces *kept, size_t feature, uint32_t zone,
                                   zone_exact left);

#endif
