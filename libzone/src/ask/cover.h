/* Cover: how features cover zones. For each zone its area, what lies in it, what of that is counted more than once,
 * what is missing, and what only the edge model of the area method makes. */
#ifndef ZONE_ASK_COVER_H
#define ZONE_ASK_COVER_H

#include "ask/collisions.h"
#include "ask/layers.h"
#include "ask/stream.h"

/* area = sum - repeat + gap + edge. */
typedef struct {
    zone_exact area;
    zone_exact sum;    /* of all pieces in the zone */
    zone_exact repeat; /* part of the sum that lies under another feature and is counted again */
    zone_exact gap;    /* without any feature */
    zone_exact edge;   /* edges with and without vertices between are different curves: missing in this method, not in
                          the drawing plane */
    zone_int128 drawn; /* area less all pieces in the drawing plane, as zone_piece.drawn */
    zone_int128 drawn_area;  /* in the drawing plane, whole */
    zone_exact drawn_repeat; /* the repeat in it, on the grid; once it was asked for */
} zone_cover_zone;

/* Features with more vertices in all than this are not looked at for overlaps among themselves: they would have to be
 * held in memory (16 bytes a vertex, and 60 while they are looked at). */
#define ZONE_COVER_VERTICES ((size_t)2000000)

typedef struct {
    zone_projection *projection;
    zone_loaded *zones;
    zone_cover_zone *zone;                  /* by member of the zones */
    zone_exact whole;                       /* of all features */
    zone_exact inside;                      /* of the union of the zones */
    zone_int128 drawn_whole, drawn_outside; /* in the drawing plane: all features, and what of them is in no zone */
    zone_collisions zone_pairs;
    zone_batch data; /* the features; empty beyond ZONE_COVER_VERTICES */
    size_t vertices;
    bool looked;   /* for overlaps of the features */
    bool merges;   /* set by the caller: the sums are to be merged with others, so all of them are needed */
    bool by_plane; /* gaps can be told from the edge model */
    zone_batch colliding;
    zone_collisions data_pairs; /* of features of `colliding` */
    zone_exact repeat;          /* of all zones */
} zone_cover;

zone_status zone_cover_open(zone_context *ctx, zone_cover *cover, zone_projection *projection, zone_loaded *zones);
void zone_cover_close(zone_cover *cover);

/* The pass over the zones; where they collide, with what lies in them together. */
zone_pass zone_cover_pass(const zone_cover *cover);

/* Every batch once, with the result of a pass that has the zones, united where they collide, and its pieces in them. */
zone_status zone_cover_batch(zone_context *ctx, zone_cover *cover, const zone_batch *batch, const zone_result *result,
                             const zone_piece_list *in_zones);
/* The same for a batch that no stream brings: runs the pass itself. */
zone_status zone_cover_take(zone_context *ctx, zone_cover *cover, const zone_batch *batch);

/* After the last batch: finds repeats and gaps. `crs` is that of the drawing plane. */
zone_status zone_cover_finish(zone_context *ctx, zone_cover *cover, const zone_crs *crs);

/* Closure lines; names[member] is the zone's name, `rows` the sum of the table's rows. */
void zone_cover_lines(zone_context *ctx, const zone_cover *cover, zone_source *source, const char *const *names,
                      zone_exact rows, zone_table *table);

#endif
