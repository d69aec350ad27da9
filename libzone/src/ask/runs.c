/* Batches in memory on all cores. */
#include "ask/runs.h"

#include "ask/result.h"

#include <stdlib.h>
#include <string.h>

/* Features of a run. */
enum { RUN = 512 };

typedef struct {
    zone_projection *projection; /* the first worker's is the caller's */
    zone_batch batch;            /* copies of the features of the run */
    size_t first;
    zone_layer *layer; /* of them */
    zone_result_spaces spaces;
    zone_result result;
} run_worker;

/* A layer is made, or a pass is run. */
typedef struct {
    const zone_batch *batch;
    const zone_pass *pass;
    zone_projection *projection;
    zone_layer *layer; /* all of it */
    zone_result *result;
    run_worker *workers;
    size_t next;
} runs;

/* ---------------------------------------------------------------- workers */

static zone_status open_worker(zone_context *ctx, const runs *all, size_t number)
{
    run_worker *worker = &all->workers[number];
    zone_status status = ZONE_OK;

    if (number == 0)
        worker->projection = all->projection;
    else
        status = zone_projection_copy(ctx, all->projection, &worker->projection);
    return status || !all->pass ? status : zone_result_spaces_open(ctx, &worker->spaces);
}

static void close_worker(const runs *all, size_t number)
{
    run_worker *worker = &all->workers[number];

    if (number > 0 && worker->projection) {
        zone_projection_add_fallbacks(all->projection, worker->projection);
        zone_projection_free(worker->projection);
    }
    zone_batch_free(&worker->batch);
    zone_layer_free(worker->layer);
    zone_result_free(&worker->result);
    zone_result_spaces_close(&worker->spaces);
}

static zone_status take(zone_context *ctx, void *user, size_t number, bool *more)
{
    runs *all = user;

    (void)ctx;
    all->workers[number].first = all->next;
    *more = all->next < all->batch->feature_count;
    all->next += RUN;
    return ZONE_OK;
}

static zone_status copy_run(zone_context *ctx, const runs *all, run_worker *worker)
{
    size_t count = all->batch->feature_count, end = worker->first + RUN < count ? worker->first + RUN : count;
    zone_status status = ZONE_OK;

    zone_batch_clear(&worker->batch);
    for (size_t f = worker->first; f < end && !status; f++)
        status = zone_batch_add_copy(ctx, &worker->batch, all->batch, f);
    return status;
}

static zone_status run_job(zone_context *ctx, runs *all, zone_status (*work)(zone_context *, void *, size_t),
                           zone_status (*deliver)(zone_context *, void *, size_t))
{
    size_t threads = zone_context_threads(ctx), needed = all->batch->feature_count / RUN + 1;
    zone_job job = {needed < threads ? needed : threads, take, work, deliver, all, NULL};
    zone_status status = ZONE_OK;

    all->workers = zone_allocate(ctx, job.threads, sizeof *all->workers);
    if (!all->workers)
        return ZONE_NO_MEMORY;
    for (size_t w = 0; w < job.threads && !status; w++)
        status = open_worker(ctx, all, w);
    if (!status)
        status = zone_overlay_run_job(ctx, &job);
    for (size_t w = 0; w < job.threads; w++)
        close_worker(all, w);
    free(all->workers);
    return status;
}

/* ---------------------------------------------------------------- layers */

static zone_status make_part(zone_context *ctx, void *user, size_t number)
{
    runs *all = user;
    run_worker *worker = &all->workers[number];
    zone_status status = copy_run(ctx, all, worker);

    zone_layer_free(worker->layer);
    worker->layer = NULL;
    if (!status)
        status = zone_layer_create(ctx, worker->projection, &worker->layer);
    return status ? status : zone_layer_add(ctx, worker->layer, &worker->batch);
}

static zone_status append_part(zone_context *ctx, void *user, size_t number)
{
    runs *all = user;

    return zone_layer_move(ctx, all->layer, all->workers[number].layer);
}

zone_status zone_runs_layer(zone_context *ctx, zone_projection *projection, const zone_batch *batch, zone_layer **layer)
{
    runs all = {.batch = batch, .projection = projection};
    zone_status status = zone_layer_create(ctx, projection, layer);

    all.layer = *layer;
    if (!status)
        status = run_job(ctx, &all, make_part, append_part);
    return status ? status : zone_layer_finish(ctx, *layer);
}

/* ---------------------------------------------------------------- passes */

static zone_status pass_run(zone_context *ctx, void *user, size_t number)
{
    runs *all = user;
    run_worker *worker = &all->workers[number];
    zone_pass pass = *all->pass;
    zone_status status = copy_run(ctx, all, worker);

    pass.own += pass.others ? worker->first : 0;
    return status ? status
                  : zone_result_make(ctx, &worker->spaces, worker->projection, &pass, &worker->batch, &worker->result);
}

static zone_status append_pieces(zone_context *ctx, zone_piece_list *list, size_t first, const zone_piece_list *part,
                                 size_t features)
{
    zone_status status =
        zone_reserve(ctx, (void **)&list->piece, &list->piece_capacity, list->count + part->count, sizeof *list->piece);

    if (!status && part->count)
        memcpy(list->piece + list->count, part->piece, part->count * sizeof *part->piece);
    for (size_t f = 0; f < features && !status; f++)
        list->start[first + f + 1] = list->count + part->start[f + 1];
    list->count += part->count;
    return status;
}

static zone_status append_result(zone_context *ctx, void *user, size_t number)
{
    runs *all = user;
    const run_worker *worker = &all->workers[number];
    const zone_result *part = &worker->result;
    zone_result *to = all->result;
    size_t count = part->feature_count;

    if (count == 0)
        return ZONE_OK;
    memcpy(to->whole + worker->first, part->whole, count * sizeof *to->whole);
    memcpy(to->drawn + worker->first, part->drawn, count * sizeof *to->drawn);
    memcpy(to->inside + worker->first, part->inside, count * sizeof *to->inside);
    return append_pieces(ctx, &to->pieces, worker->first, &part->pieces, count);
}

zone_status zone_runs_pass(zone_context *ctx, const zone_pass *pass, const zone_batch *batch, zone_result *result)
{
    runs all = {.batch = batch, .pass = pass, .projection = pass->projection, .result = result};
    zone_status status = zone_result_open(ctx, result, batch->feature_count);

    return status ? status : run_job(ctx, &all, pass_run, append_result);
}
