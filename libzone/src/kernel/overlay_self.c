/* A layer against itself: its pairs, its depths. Members are taken in runs, by all threads. */
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
    worker->depth.count = 0;
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
    return status;
}

zone_status zone_overlay_depths(zone_context *ctx, const zone_layer *layer, zone_depth_sink sink, void *user)
{
    zone_depth depth = {0};
    self_run run = {.members = zone_layer_members(layer), .depth = &depth};
    zone_status status = run_job(ctx, &run, find_depths, deliver_depths);

    for (size_t k = 0; k < depth.count && !status; k++)
        status = sink(user, k + 1, (zone_exact)depth.sum[k]);
    zone_depth_free(&depth);
    return status;
}
