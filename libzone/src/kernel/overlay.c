/* The overlay: features streamed past a layer, and the threads on which all overlays run. */
#include "kernel/overlay.h"

#include "kernel/layer.h"
#include "kernel/united.h"

#include <pthread.h>
#include <stdlib.h>

/* A crumb is what two nearly equal borders leave: under half of 1e-6 m² it prints as nothing. */
bool zone_piece_counts(zone_exact area)
{
    return area >= ZONE_EXACT_MICRO_M2 || area <= -ZONE_EXACT_MICRO_M2;
}

/* ---------------------------------------------------------------- features past a layer */

/* Work space, kept from batch to batch. */
struct zone_overlay_space {
    zone_images images;
    zone_corners corners;  /* of the feature */
    zone_edge_index index; /* of its edges */
    zone_overlap_space overlap;
    zone_united_space united;
    zone_piece *pieces;
    size_t piece_capacity;
    /* while a feature is overlaid */
    zone_projection *projection;
    const zone_batch *batch;
    const zone_layer *layer;
    size_t feature;
    zone_feature present;
};

zone_status zone_overlay_open(zone_context *ctx, zone_overlay_space **space)
{
    *space = zone_allocate(ctx, 1, sizeof **space);
    return *space ? ZONE_OK : ZONE_NO_MEMORY;
}

static void empty_space(zone_overlay_space *space)
{
    zone_images_free(&space->images);
    zone_corners_free(&space->corners);
    zone_edge_index_free(&space->index);
    zone_overlap_free(&space->overlap);
    zone_united_free(&space->united);
    free(space->pieces);
}

void zone_overlay_close(zone_overlay_space *space)
{
    if (space)
        empty_space(space);
    free(space);
}

static zone_status gather_pieces(zone_context *ctx, zone_overlay_space *space, size_t *count)
{
    zone_status status = zone_reserve(ctx, (void **)&space->pieces, &space->piece_capacity,
                                      space->overlap.share_count + 1, sizeof *space->pieces);

    *count = 0;
    if (status)
        return status;
    zone_shares_sort(&space->overlap);
    for (size_t i = 0; i < space->overlap.share_count; i++) {
        const zone_share *share = &space->overlap.share[i];
        if (share->sum.image != 0)
            space->pieces[(*count)++] = zone_share_piece(share);
    }
    return ZONE_OK;
}

static zone_status add_corners(zone_context *ctx, zone_overlay_space *space)
{
    return zone_corners_add_feature(ctx, space->projection, space->batch, &space->images, space->feature, 0,
                                    &space->corners);
}

/* The present feature's edges, to a bag whose box is there. */
static zone_status draw_feature(zone_context *ctx, void *user, zone_bag *bag)
{
    zone_overlay_space *space = user;
    zone_status status = add_corners(ctx, space);

    bag->corners = &space->corners;
    bag->count = space->corners.count;
    bag->index = &space->index;
    return status ? status
                  : zone_edge_index_build(ctx, bag->corners, &bag->box, bag->count > ZONE_FEW_CORNERS, &space->index);
}

/* Most features are held by a member whole: then their vertices are enough, and no edge is made. */
static zone_status open_feature(zone_context *ctx, zone_overlay_space *space, zone_feature *feature)
{
    const zone_batch *batch = space->batch;
    size_t ring = batch->ring_start[space->feature];
    zone_status status = ZONE_OK;

    *feature = (zone_feature){.draw = draw_feature, .user = space};
    space->corners.count = 0;
    if (!zone_images_whole(space->projection, batch, &space->images, space->feature, &feature->whole,
                           &feature->bag.box)) {
        status = add_corners(ctx, space);
        if (!status)
            status = zone_bag_make(ctx, &space->corners, &space->index, &feature->bag);
        *feature = zone_feature_of_bag(&feature->bag);
    } else if (ring < batch->ring_start[space->feature + 1] && batch->vertex_start[ring] < batch->vertex_count) {
        feature->first[0] = space->images.snap_x[batch->vertex_start[ring]];
        feature->first[1] = space->images.snap_y[batch->vertex_start[ring]];
    }
    return status;
}

static zone_status overlay_feature(zone_context *ctx, zone_overlay_space *space, zone_piece_sink sink, void *user)
{
    size_t count = 0;
    zone_status status = open_feature(ctx, space, &space->present);

    space->overlap.share_count = 0;
    if (!status && space->layer)
        status = zone_overlap_run(ctx, &space->overlap, &space->present, zone_layer_members(space->layer), -1);
    if (!status)
        status = gather_pieces(ctx, space, &count);
    if (!status)
        status = sink(user, space->feature, (zone_exact)space->present.whole.image, space->pieces, count);
    return status;
}

zone_status zone_overlay_in(zone_context *ctx, zone_overlay_space *space, zone_projection *projection,
                            const zone_batch *batch, const zone_layer *layer, zone_piece_sink sink, void *user)
{
    zone_status status = zone_images_make(ctx, projection, batch, &space->images);

    space->projection = projection;
    space->batch = batch;
    space->layer = layer;
    for (space->feature = 0; space->feature < batch->feature_count && !status; space->feature++)
        status = overlay_feature(ctx, space, sink, user);
    return status;
}

zone_int128 zone_overlay_drawn(const zone_overlay_space *space)
{
    return (zone_int128)space->present.whole.drawn;
}

zone_status zone_overlay_united(zone_context *ctx, zone_overlay_space *space, zone_exact *area, zone_int128 *drawn)
{
    const zone_united united = {.feature = &space->present.bag,
                                .whole = space->present.whole,
                                .members = space->layer ? zone_layer_members(space->layer) : NULL,
                                .share = space->overlap.share,
                                .count = space->overlap.share_count};
    zone_area_sum sum;
    zone_status status = zone_united_find(ctx, &space->united, &united, &sum);

    *area = (zone_exact)sum.image;
    *drawn = (zone_int128)sum.drawn;
    return status;
}

zone_status zone_overlay_united_others(zone_context *ctx, zone_overlay_space *space, uint32_t own, zone_exact *area,
                                       zone_int128 *drawn)
{
    zone_overlap_space *overlap = &space->overlap;
    size_t kept = 0;

    for (size_t i = 0; i < overlap->share_count; i++)
        if (overlap->share[i].member != own)
            overlap->share[kept++] = overlap->share[i];
    overlap->share_count = kept;
    return zone_overlay_united(ctx, space, area, drawn);
}

zone_status zone_overlay_keep(zone_context *ctx, zone_overlay_space *space, zone_layer *part)
{
    zone_members_free(&part->members);
    return zone_layer_add_imaged(ctx, part, space->projection, space->batch, &space->images);
}

zone_status zone_overlay(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                         const zone_layer *layer, zone_piece_sink sink, void *user)
{
    zone_overlay_space space = {0};
    zone_status status = zone_overlay_in(ctx, &space, projection, batch, layer, sink, user);

    empty_space(&space);
    return status;
}

/* ---------------------------------------------------------------- threads */

/* What the threads of a job share. */
typedef struct {
    const zone_job *job;
    zone_context *ctx;   /* the caller's: for deliveries */
    zone_context *taker; /* for taking, which goes on while another run is delivered */
    pthread_mutex_t taking, delivering;
    pthread_cond_t delivered;
    uint64_t taken; /* runs taken; guarded by `taking` */
    bool ended;     /* guarded by `taking` */
    uint64_t next;  /* run to be delivered; this and the rest guarded by `delivering` */
    bool failed;    /* then runs from `failed_run` on are not delivered */
    uint64_t failed_run;
    const zone_context *failed_ctx; /* has its error */
    zone_status status;
} job_state;

typedef struct {
    job_state *state;
    zone_context *ctx; /* its own */
    size_t number;
    pthread_t thread;
    bool started;
} job_worker;

/* The earliest run that failed: its error is adopted when all is over, for what receives the runs before it may forget
 * the caller's. Called with `delivering` held. */
static void note_failure(job_state *state, uint64_t run, zone_status status, const zone_context *ctx)
{
    if (state->failed && state->failed_run <= run)
        return;
    state->failed = true;
    state->failed_run = run;
    state->failed_ctx = ctx;
    state->status = status;
}

static bool take_run(job_worker *worker, uint64_t *run)
{
    job_state *state = worker->state;
    bool more = false;
    zone_status status = ZONE_OK;

    pthread_mutex_lock(&state->taking);
    *run = state->taken;
    if (!state->ended)
        status = state->job->take(state->taker, state->job->user, worker->number, &more);
    state->ended = state->ended || status || !more;
    if (more && !status)
        state->taken++;
    pthread_mutex_unlock(&state->taking);
    if (status) {
        pthread_mutex_lock(&state->delivering);
        note_failure(state, *run, status, state->taker);
        pthread_mutex_unlock(&state->delivering);
    }
    return more && !status;
}

/* Waits for its turn and delivers. False: there is no point in going on. */
static bool deliver_run(job_worker *worker, uint64_t run, zone_status status)
{
    job_state *state = worker->state;

    pthread_mutex_lock(&state->delivering);
    if (status)
        note_failure(state, run, status, worker->ctx);
    while (state->next != run)
        pthread_cond_wait(&state->delivered, &state->delivering);
    if (!state->failed || run < state->failed_run) {
        status = state->job->deliver(state->ctx, state->job->user, worker->number);
        if (status)
            note_failure(state, run, status, state->ctx);
    }
    bool going = !state->failed;
    state->next = run + 1;
    pthread_cond_broadcast(&state->delivered);
    pthread_mutex_unlock(&state->delivering);
    return going;
}

static void *work_on_runs(void *user)
{
    job_worker *worker = user;
    const zone_job *job = worker->state->job;
    uint64_t run = 0;
    bool going = true;

    while (going && take_run(worker, &run)) {
        zone_status status = job->work(worker->ctx, job->user, worker->number);
        going = deliver_run(worker, run, status);
    }
    return NULL;
}

static void *work_aside(void *user)
{
    job_worker *worker = user;

    worker->state->job->aside(worker->ctx, worker->state->job->user);
    return NULL;
}

/* The caller's thread is worker 0; the one behind the last is for what is done aside. A thread that can't be started is
 * done without. */
static void run_workers(job_worker *workers, size_t count)
{
    job_state *state = workers[0].state;
    job_worker *beside = &workers[count];

    for (size_t w = 1; w < count; w++)
        workers[w].started = pthread_create(&workers[w].thread, NULL, work_on_runs, &workers[w]) == 0;
    if (state->job->aside && count > 1)
        beside->started = pthread_create(&beside->thread, NULL, work_aside, beside) == 0;
    work_on_runs(&workers[0]);
    for (size_t w = 1; w < count; w++)
        if (workers[w].started)
            pthread_join(workers[w].thread, NULL);
    if (state->failed)
        zone_cancel(beside->ctx);
    if (beside->started)
        pthread_join(beside->thread, NULL);
    else if (state->job->aside && !state->failed)
        work_aside(beside);
}

zone_status zone_overlay_run_job(zone_context *ctx, const zone_job *job)
{
    job_state state = {.job = job, .ctx = ctx};
    job_worker *workers = zone_allocate(ctx, job->threads + 1, sizeof *workers);
    zone_status status = workers ? zone_context_create_child(ctx, true, &state.taker) : ZONE_NO_MEMORY;

    for (size_t w = 0; w <= job->threads && !status; w++) {
        workers[w].state = &state;
        workers[w].number = w;
        status = zone_context_create_child(ctx, false, &workers[w].ctx);
    }
    if (!status) {
        pthread_mutex_init(&state.taking, NULL);
        pthread_mutex_init(&state.delivering, NULL);
        pthread_cond_init(&state.delivered, NULL);
        run_workers(workers, job->threads);
        pthread_cond_destroy(&state.delivered);
        pthread_mutex_destroy(&state.delivering);
        pthread_mutex_destroy(&state.taking);
        status = state.status;
        if (status && state.failed_ctx != ctx)
            zone_context_adopt_error(ctx, state.failed_ctx);
    }
    if (!status && zone_cancelled(ctx)) /* when all runs were done, or by what was done aside */
        status = zone_progress(ctx, 0, 0);
    for (size_t w = 0; workers && w <= job->threads; w++)
        zone_context_free(workers[w].ctx);
    zone_context_free(state.taker);
    free(workers);
    return status;
}
