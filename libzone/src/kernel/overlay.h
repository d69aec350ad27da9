/* The overlay: areas of features, and of their intersections with the members of a layer, as integers handed to a sink.
 * The only interface between questions and the kernel. */
#ifndef ZONE_KERNEL_OVERLAY_H
#define ZONE_KERNEL_OVERLAY_H

#include "base/batch.h"
#include "kernel/project.h"

/* Areas kept in memory with images and index: the zones side. All layers of one overlay share the projection's method
 * and CRS. */
typedef struct zone_layer zone_layer;

zone_status zone_layer_create(zone_context *ctx, zone_projection *projection, zone_layer **layer);
void zone_layer_free(zone_layer *layer);

/* Adds the areas of a batch; member numbers run from 0 over all batches; rejected features keep their number and are
 * empty. The layer must be finished (zone_layer_finish) before it is overlaid. */
zone_status zone_layer_add(zone_context *ctx, zone_layer *layer, const zone_batch *batch);
zone_status zone_layer_finish(zone_context *ctx, zone_layer *layer);
/* All three: a finished layer of one batch; NULL where it fails. */
zone_status zone_layer_of_batch(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                zone_layer **layer);
/* Moves the members of `part` (of the same method and CRS, not finished), which is empty then, behind those that are
 * there. */
zone_status zone_layer_move(zone_context *ctx, zone_layer *layer, zone_layer *part);
size_t zone_layer_count(const zone_layer *layer);
/* The numbers of a finished layer's members in an order in which neighbours are mostly near each other. */
const uint32_t *zone_layer_order(const zone_layer *layer);
size_t zone_layer_edge_count(const zone_layer *layer);
size_t zone_layer_bytes_a_vertex(void); /* what a vertex of a layer takes in memory, its place in the batch with it */
zone_exact zone_layer_area(const zone_layer *layer, size_t member);
zone_int128 zone_layer_drawn(const zone_layer *layer, size_t member); /* as zone_piece.drawn */

/* The intersections of the members of two finished layers as a layer of its own, for questions of three layers
 * (farmland × planned construction × zones: intersect the last two once, overlay farmland with the result). Members
 * come sorted by (a, b); zone_layer_pair tells which two a member is from. The result is finished. */
zone_status zone_layer_intersect(zone_context *ctx, const zone_layer *a, const zone_layer *b, zone_layer **layer);
void zone_layer_pair(const zone_layer *layer, size_t member, uint32_t pair[2]);

typedef struct {
    zone_exact area;
    zone_int128 drawn; /* the area in the drawing plane, where edges with and without vertices between are one line; in
                          units of the plane (2^-61 m² where it is in metres), exact like `area`. For telling gaps from
                          the edge model */
    uint32_t member;
} zone_piece;

/* Receives feature `feature` of the batch: its whole area and its pieces with area ≠ 0, sorted by member. Where zones
 * follow parcel borders only nearly, crumbs of under 1e-6 m² (even negative ones) appear: add them, but do not count
 * them as pieces (zone_piece_counts). */
typedef zone_status (*zone_piece_sink)(void *user, size_t feature, zone_exact whole, const zone_piece *pieces,
                                       size_t count);
bool zone_piece_counts(zone_exact area);

/* Overlays every feature of the batch with a finished layer (NULL: only `whole`). Features come in batch order,
 * rejected ones with 0 and no pieces. The pieces of a feature over members that tile the plane add up to `whole`
 * exactly, and so do the pieces of a member over features that tile it. */
zone_status zone_overlay(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                         const zone_layer *layer, zone_piece_sink sink, void *user);

/* Work space, kept from batch to batch; one for each thread. For many batches. */
typedef struct zone_overlay_space zone_overlay_space;
zone_status zone_overlay_open(zone_context *ctx, zone_overlay_space **space);
void zone_overlay_close(zone_overlay_space *space);

zone_status zone_overlay_in(zone_context *ctx, zone_overlay_space *space, zone_projection *projection,
                            const zone_batch *batch, const zone_layer *layer, zone_piece_sink sink, void *user);

/* In a sink: the present feature's area in the drawing plane, as zone_piece.drawn. */
zone_int128 zone_overlay_drawn(const zone_overlay_space *space);

/* In a sink: what the present feature has in common with the members together, where they overlap counted once; by the
 * method and in the drawing plane, as zone_piece.drawn. Members are features (weight ±1), not pieces. */
zone_status zone_overlay_united(zone_context *ctx, zone_overlay_space *space, zone_exact *area, zone_int128 *drawn);

/* The same of all members but `own`, which is the feature itself. Once for a feature, after which zone_overlay_united
 * is not to be called for it. */
zone_status zone_overlay_united_others(zone_context *ctx, zone_overlay_space *space, uint32_t own, zone_exact *area,
                                       zone_int128 *drawn);

/* The batch of the last call in this space as the members of `part`, in place of what it held. */
zone_status zone_overlay_keep(zone_context *ctx, zone_overlay_space *space, zone_layer *part);

/* Work for several threads. Runs are taken one at a time and numbered in that order, worked on by all threads at once,
 * and delivered one at a time in the order in which they were taken: so nothing depends on the number of threads.
 * `worker` counts from 0 to threads - 1. The status is that of the first run that failed. */
typedef struct {
    size_t threads;
    zone_status (*take)(zone_context *ctx, void *user, size_t worker, bool *more);
    zone_status (*work)(zone_context *ctx, void *user, size_t worker);
    zone_status (*deliver)(zone_context *ctx, void *user, size_t worker);
    void *user;
    /* Work beside the runs that none of them waits for (NULL: none), in a thread of its own where there are several; it
     * ends soon once zone_cancelled says so of its context. */
    void (*aside)(zone_context *ctx, void *user);
} zone_job;
zone_status zone_overlay_run_job(zone_context *ctx, const zone_job *job);

/* A piece of a feature in a member of the first layer and one of the second. */
typedef struct {
    zone_exact area;
    uint32_t first, second;
} zone_piece_of_two;

/* What a feature has in common with two layers: its pieces in each, sorted by member, and those in both, sorted by
 * (second, first). All with area ≠ 0. */
typedef struct {
    zone_exact whole;
    zone_int128 drawn; /* all of it in the drawing plane */
    const zone_piece *first, *second;
    const zone_piece_of_two *both;
    size_t first_count, second_count, both_count;
} zone_pieces_of_two;
typedef zone_status (*zone_two_sink)(void *user, size_t feature, const zone_pieces_of_two *pieces);

/* Overlays every feature of the batch with two finished layers at once (change: new parcels × old parcels × zones).
 * The pieces in both add up exactly: over members of `second` that tile the plane to the pieces in `first`, over
 * members of `first` that tile it to the pieces in `second`, and over features that tile it to the pieces that
 * zone_overlay finds of the members of `first` in those of `second`. */
zone_status zone_overlay_two(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                             const zone_layer *first, const zone_layer *second, zone_two_sink sink, void *user);

/* The same in a work space that is kept from batch to batch; one for each thread. */
typedef struct zone_two_space zone_two_space;
zone_status zone_overlay_two_open(zone_context *ctx, zone_two_space **space);
void zone_overlay_two_close(zone_two_space *space);

zone_status zone_overlay_two_in(zone_context *ctx, zone_two_space *space, zone_projection *projection,
                                const zone_batch *batch, const zone_layer *first, const zone_layer *second,
                                zone_two_sink sink, void *user);

/* As zone_overlay_united, with the members of the second layer. */
zone_status zone_overlay_two_united(zone_context *ctx, zone_two_space *space, zone_exact *area, zone_int128 *drawn);

/* Receives a pair of members (first < second) that overlap. */
typedef zone_status (*zone_pair_sink)(void *user, uint32_t first, uint32_t second, zone_exact area);

/* Pairs of a layer's own members that overlap by an area ≠ 0, sorted; crumbs as above. */
zone_status zone_overlay_self(zone_context *ctx, const zone_layer *layer, zone_pair_sink sink, void *user);

/* Receives the area that at least `times` members of a layer hold. */
typedef zone_status (*zone_depth_sink)(void *user, size_t times, zone_exact area);

/* Areas by depth, from 1 (the union) to the greatest depth; crumbs as above. Their sum is the sum of the members' areas
 * exactly. Members are features (weight ±1), not pieces of zone_layer_intersect. */
zone_status zone_overlay_depths(zone_context *ctx, const zone_layer *layer, zone_depth_sink sink, void *user);

#endif
