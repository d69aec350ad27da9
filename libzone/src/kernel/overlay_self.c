/* A layer against itself: its pairs, its depths, its union. Members are taken in runs, by all threads. */
#include "kernel/depth.h"
#include "kernel/layer.h"

#include <stdlib.h>

/* Members that a thread takes at once. */
enum { RUN = 256 };

typedef struct {
    uint32_t first, second;
    zone_exact area;
} pair_found;

/* What a thread works with; its results are those of one run. */
typedef struct {
    size_t first, end; /* the run */
    zone_overlap_space overlap;
    pair_found *pairs;
    size_t pair_count, pair_capacity;
    zone_depth depth;
    zone_corners border;
} self_worker;

typedef struct {
    const zone_members *members;
    self_worker *workers;
    size_t next; /* the first member that is not taken yet */
    zone_pair_sink sink;
    void *user;
    zone_depth *depth;
} self_run;

static zone_status take_members(zone_context *ctx, void *user, size_t number, bool *more)
{
    self_run *run = user;
    self_worker *worker = &run->workers[number];
    size_t count = run->members->member_count;

    *more = run->next < count;
    worker->first = run->next;
    worker->end = run->next = count - run->next < RUN ? count : run->next + RUN;
    return *more ? zone_progress(ctx, worker->first, count) : ZONE_OK;
}

static zone_status run_job(zone_context *ctx, self_run *run,
                           zone_status (*work)(zone_context *ctx, void *user, size_t number),
                           zone_status (*deliver)(zone_context *ctx, void *user, size_t number))
{
    size_t runs = run->members->member_count / RUN + 1, threads = zone_context_threads(ctx);
    zone_job job = {runs < threads ? runs : threads, take_members, work, deliver, run, NULL};
    zone_status status = ZONE_OK;

    run->workers = zone_allocate(ctx, job.threads, sizeof *run->workers);
    if (!run->workers)
        return ZONE_NO_MEMORY;
    status = zone_overlay_run_job(ctx, &job);
    for (size_t w = 0; w < job.threads; w++) {
        zone_overlap_free(&run->workers[w].overlap);
        free(run->workers[w].pairs);
        zone_depth_free(&run->workers[w].depth);
        zone_corners_free(&run->workers[w].border);
    }
    free(run->workers);
    return status;
}

/* ---------------------------------------------------------------- pairs */

static zone_status pairs_of_member(zone_context *ctx, self_worker *worker, const zone_members *members, size_t member)
{
    zone_bag bag = zone_members_bag(members, member);
    zone_feature feature = zone_feature_of_bag(&bag);
    zone_status status = zone_overlap_run(ctx, &worker->overlap, &feature, members, (int64_t)member);

    zone_shares_sort(&worker->overlap);
    for (size_t i = 0; i < worker->overlap.share_count && !status; i++) {
        zone_piece piece = zone_share_piece(&worker->overlap.share[i]);
        if (piece.area == 0)
            continue;
        status = zone_reserve(ctx, (void **)&worker->pairs, &worker->pair_capacity, worker->pair_count + 1,
                              sizeof *worker->pairs);
        if (!status)
            worker->pairs[worker->pair_count++] = (pair_found){(uint32_t)member, piece.member, piece.area};
    }
    return status;
}

static zone_status find_pairs(zone_context *ctx, void *user, size_t number)
{
    self_run *run = user;
    self_worker *worker = &run->workers[number];
    zone_status status = ZONE_OK;

    worker->pair_count = 0;
    for (size_t m = worker->first; m < worker->end && !status; m++)
        status = pairs_of_member(ctx, worker, run->members, m);
    return status;
}

static zone_status deliver_pairs(zone_context *ctx, void *user, size_t number)
{
    self_run *run = user;
    const self_worker *worker = &run->workers[number];
    zone_status status = ZONE_OK;

    (void)ctx;
    for (size_t i = 0; i < worker->pair_count && !status; i++)
        status = run->sink(run->user, worker->pairs[i].first, worker->pairs[i].second, worker->pairs[i].area);
    return status;
}

zone_status zone_overlay_self(zone_context *ctx, const zone_layer *layer, zone_pair_sink sink, void *user)
{
    self_run run = {.members = zone_layer_members(layer), .sink = sink, .user = user};

    return run_job(ctx, &run, find_pairs, deliver_pairs);
}

/* ---------------------------------------------------------------- depths */

static zone_status find_depths(zone_context *ctx, void *user, size_t number)
{
    self_run *run = user;
    self_worker *worker = &run->workers[number];

    for (size_t k = 0; k < worker->depth.count; k++)
        worker->depth.sum[k] = 0;
    worker->depth.count = worker->border.count = 0;
    worker->depth.border = run->depth->border ? &worker->border : NULL;
    return zone_depth_take(ctx, run->members, worker->first, worker->end, &worker->depth);
}

static zone_status deliver_depths(zone_context *ctx, void *user, size_t number)
{
    self_run *run = user;
    const self_worker *worker = &run->workers[number];
    zone_depth *depth = run->depth;
    size_t count = worker->depth.count;
    zone_status status = zone_grow(ctx, (void **)&depth->sum, &depth->capacity, count, sizeof *depth->sum);

    for (size_t k = 0; k < count && !status; k++)
        depth->sum[k] += worker->depth.sum[k];
    depth->count = depth->count > count ? depth->count : count;
    for (size_t i = 0; i < worker->border.count && !status; i += 2) {
        zone_edge edge = zone_corners_edge(&worker->border, i);
        status = zone_corners_add_edge(ctx, depth->border, &edge);
    }
    return status;
}

static zone_status run_depths(zone_context *ctx, const zone_members *members, zone_depth *depth)
{
    self_run run = {.members = members, .depth = depth};

    return run_job(ctx, &run, find_depths, deliver_depths);
}

zone_status zone_overlay_depths(zone_context *ctx, const zone_layer *layer, zone_depth_sink sink, void *user)
{
    zone_depth depth = {0};
    zone_status status = run_depths(ctx, zone_layer_members(layer), &depth);

    for (size_t k = 0; k < depth.count && !status; k++)
        status = sink(user, k + 1, (zone_exact)depth.sum[k]);
    zone_depth_free(&depth);
    return status;
}

/* ---------------------------------------------------------------- union */

/* Place of an edge along a curve that visits a square of 65 536 × 65 536 cells quarter by quarter (Morton). */
typedef struct {
    uint32_t place, edge;
} curve_place;

static uint32_t spread_bits(uint32_t cell)
{
    cell = (cell | cell << 8) & 0x00ff00ffU;
    cell = (cell | cell << 4) & 0x0f0f0f0fU;
    cell = (cell | cell << 2) & 0x33333333U;
    return (cell | cell << 1) & 0x55555555U;
}

static int by_place(const void *left, const void *right)
{
    const curve_place *a = left, *b = right;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->edge < b->edge ? -1 : a->edge > b->edge;
}

/* The places of the edges of loose corners, in the order of the curve. */
static void order_edges(const zone_corners *border, curve_place *places)
{
    zone_box box = zone_box_empty;
    size_t count = border->count / 2;

    for (size_t i = 0; i < count; i++)
        box = zone_box_join(box, zone_corner_box(&border->corner[2 * i]));
    double width = (double)box.east - (double)box.west + 1.0, height = (double)box.north - (double)box.south + 1.0;
    for (size_t i = 0; i < count; i++) {
        const zone_corner *corner = &border->corner[2 * i];
        uint32_t column = (uint32_t)(65535.0 * ((double)(corner->x - box.west) / width));
        uint32_t row = (uint32_t)(65535.0 * ((double)(corner->y - box.south) / height));
        places[i] = (curve_place){spread_bits(column) | spread_bits(row) << 1, (uint32_t)i};
    }
    if (count > 1)
        qsort(places, count, sizeof *places, by_place);
}

/* Edges of a border that is one bag, put where those near each other are near in memory: the index is built over runs
 * of them. Their order means nothing else. */
static zone_status sort_border(zone_context *ctx, const zone_corners *border, zone_corners *sorted)
{
    size_t count = border->count / 2;
    curve_place *places = zone_allocate(ctx, count, sizeof *places);
    zone_status status = places ? ZONE_OK : ZONE_NO_MEMORY;

    if (!status)
        order_edges(border, places);
    for (size_t i = 0; i < count && !status; i++) {
        zone_edge edge = zone_corners_edge(border, 2 * (size_t)places[i].edge);
        status = zone_corners_add_edge(ctx, sorted, &edge);
    }
    free(places);
    return status;
}

zone_status zone_layer_unite(zone_context *ctx, const zone_layer *layer, zone_layer **united)
{
    zone_corners border = {.loose = true};
    zone_depth depth = {.border = &border};
    zone_status status = zone_layer_create(ctx, layer->projection, united);

    if (status)
        return status;
    (*united)->members.member_count = 1;
    (*united)->members.corners.loose = true;
    status = run_depths(ctx, &layer->members, &depth);
    zone_depth_free(&depth);
    if (!status)
        status = sort_border(ctx, &border, &(*united)->members.corners);
    zone_corners_free(&border);
    if (!status)
        status = zone_layer_finish(ctx, *united);
    if (status) {
        zone_layer_free(*united);
        *united = NULL;
    }
    return status;
}
