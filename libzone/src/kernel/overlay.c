/* The overlay: layers in memory, features streamed past them. */
#include "kernel/overlay.h"

#include "kernel/depth.h"
#include "kernel/layer.h"
#include "kernel/overlap.h"

#include <pthread.h>
#include <stdlib.h>

struct zone_layer {
    zone_projection *projection;
    zone_members members;
    zone_exact *area;
    uint32_t (*pair)[2]; /* of a layer made by zone_layer_intersect; else NULL */
    size_t pair_capacity;
};

/* A crumb is what two nearly equal borders leave: under half of 1e-6 m² it prints as nothing. */
bool zone_piece_counts(zone_exact area)
{
    return area >= ZONE_EXACT_MICRO_M2 || area <= -ZONE_EXACT_MICRO_M2;
}

/* ---------------------------------------------------------------- layers */

zone_status zone_layer_create(zone_context *ctx, zone_projection *projection, zone_layer **layer)
{
    *layer = zone_allocate(ctx, 1, sizeof **layer);
    if (!*layer)
        return ZONE_NO_MEMORY;
    (*layer)->projection = projection;
    return ZONE_OK;
}

void zone_layer_free(zone_layer *layer)
{
    if (!layer)
        return;
    zone_members_free(&layer->members);
    free(layer->area);
    free(layer->pair);
    free(layer);
}

zone_status zone_layer_add(zone_context *ctx, zone_layer *layer, const zone_batch *batch)
{
    zone_images images = {0};
    zone_status status = zone_images_make(ctx, layer->projection, batch, &images);

    for (size_t f = 0; f < batch->feature_count && !status; f++)
        status = zone_edges_add_feature(ctx, layer->projection, batch, &images, f,
                                        (uint32_t)layer->members.member_count++, &layer->members.edges);
    zone_images_free(&images);
    return status;
}

zone_status zone_layer_finish(zone_context *ctx, zone_layer *layer)
{
    zone_members *members = &layer->members;
    zone_status status = zone_members_index(ctx, members);

    if (status)
        return status;
    layer->area = zone_allocate(ctx, members->member_count + 1, sizeof *layer->area);
    if (!layer->area)
        return ZONE_NO_MEMORY;
    for (size_t m = 0; m < members->member_count; m++)
        layer->area[m] =
            zone_overlap_whole(members->edges.edge + members->start[m], members->start[m + 1] - members->start[m]);
    return ZONE_OK;
}

size_t zone_layer_count(const zone_layer *layer)
{
    return layer->members.member_count;
}

size_t zone_layer_edge_count(const zone_layer *layer)
{
    return layer->members.edges.count;
}

/* Arrays grow by doubling, so an edge may take twice its size; the index a seventh of a box. */
size_t zone_layer_bytes_a_vertex(void)
{
    return 2 * (sizeof(zone_edge) + 2 * sizeof(double)) + sizeof(zone_box) / 7;
}

zone_exact zone_layer_area(const zone_layer *layer, size_t member)
{
    return layer->area[member];
}

const zone_members *zone_layer_members(const zone_layer *layer)
{
    return &layer->members;
}

void zone_layer_pair(const zone_layer *layer, size_t member, uint32_t pair[2])
{
    pair[0] = layer->pair[member][0];
    pair[1] = layer->pair[member][1];
}

/* ---------------------------------------------------------------- shares in order */

static int by_member(const void *left, const void *right)
{
    const zone_share *a = left, *b = right;

    return a->member < b->member ? -1 : a->member > b->member;
}

static void sort_shares(zone_overlap_space *overlap)
{
    if (overlap->share_count > 1)
        qsort(overlap->share, overlap->share_count, sizeof *overlap->share, by_member);
}

/* ---------------------------------------------------------------- features past a layer */

/* Work space, kept from batch to batch. */
struct zone_overlay_space {
    zone_images images;
    zone_edges edges;
    zone_tree tree; /* of a feature of many edges */
    zone_overlap_space overlap;
    zone_piece *pieces;
    size_t piece_capacity;
    /* while a feature is overlaid */
    zone_projection *projection;
    const zone_batch *batch;
    size_t feature;
};

zone_status zone_overlay_open(zone_context *ctx, zone_overlay_space **space)
{
    *space = zone_allocate(ctx, 1, sizeof **space);
    return *space ? ZONE_OK : ZONE_NO_MEMORY;
}

static void empty_space(zone_overlay_space *space)
{
    zone_images_free(&space->images);
    zone_edges_free(&space->edges);
    zone_tree_free(&space->tree);
    zone_overlap_free(&space->overlap);
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
    zone_status status = zone_grow(ctx, (void **)&space->pieces, &space->piece_capacity, space->overlap.share_count + 1,
                                   sizeof *space->pieces);

    *count = 0;
    if (status)
        return status;
    sort_shares(&space->overlap);
    for (size_t i = 0; i < space->overlap.share_count; i++) {
        const zone_share *share = &space->overlap.share[i];
        if (share->sum != 0)
            space->pieces[(*count)++] = (zone_piece){.area = (zone_exact)share->sum, .member = share->member};
    }
    return ZONE_OK;
}

/* The present feature's edges as a bag. */
static zone_status draw_feature(zone_context *ctx, void *user, zone_bag *bag)
{
    zone_overlay_space *space = user;
    zone_status status =
        zone_edges_add_feature(ctx, space->projection, space->batch, &space->images, space->feature, 0, &space->edges);

    *bag = (zone_bag){.edge = space->edges.edge, .count = space->edges.count, .box = zone_box_empty};
    for (size_t i = 0; i < bag->count && !status; i++)
        bag->box = zone_box_join(bag->box, zone_edge_box(&bag->edge[i]));
    if (status || bag->count <= ZONE_FEW_EDGES)
        return status;
    zone_tree_free(&space->tree);
    bag->tree = &space->tree;
    return zone_tree_build_of_edges(ctx, bag->edge, bag->count, &space->tree);
}

/* Most features are held by a member whole: then their vertices are enough, and no edge is made. */
static zone_status open_feature(zone_context *ctx, zone_overlay_space *space, zone_feature *feature)
{
    const zone_batch *batch = space->batch;
    size_t ring = batch->ring_start[space->feature];
    zone_status status = ZONE_OK;

    *feature = (zone_feature){.draw = draw_feature, .user = space};
    space->edges.count = 0;
    if (!zone_images_whole(space->projection, batch, &space->images, space->feature, &feature->whole,
                           &feature->bag.box)) {
        status = draw_feature(ctx, space, &feature->bag);
        *feature = zone_feature_of_bag(&feature->bag);
    } else if (ring < batch->ring_start[space->feature + 1] && batch->vertex_start[ring] < batch->vertex_count) {
        feature->first[0] = space->images.snap_x[batch->vertex_start[ring]];
        feature->first[1] = space->images.snap_y[batch->vertex_start[ring]];
    }
    return status;
}

static zone_status overlay_feature(zone_context *ctx, zone_overlay_space *space, const zone_layer *layer,
                                   zone_piece_sink sink, void *user)
{
    size_t count = 0;
    zone_feature feature;
    zone_status status = open_feature(ctx, space, &feature);

    space->overlap.share_count = 0;
    if (!status && layer)
        status = zone_overlap_run(ctx, &space->overlap, &feature, &layer->members, -1);
    if (!status)
        status = gather_pieces(ctx, space, &count);
    if (!status)
        status = sink(user, space->feature, (zone_exact)feature.whole, space->pieces, count);
    return status;
}

zone_status zone_overlay_in(zone_context *ctx, zone_overlay_space *space, zone_projection *projection,
                            const zone_batch *batch, const zone_layer *layer, zone_piece_sink sink, void *user)
{
    zone_status status = zone_images_make(ctx, projection, batch, &space->images);

    space->projection = projection;
    space->batch = batch;
    for (space->feature = 0; space->feature < batch->feature_count && !status; space->feature++)
        status = overlay_feature(ctx, space, layer, sink, user);
    return status;
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
    zone_status status;
} job_state;

typedef struct {
    job_state *state;
    zone_context *ctx; /* its own */
    size_t number;
    pthread_t thread;
    bool started;
} job_worker;

/* Keeps the error of the earliest run that failed. Called with `delivering` held. */
static void note_failure(job_state *state, uint64_t run, zone_status status, const zone_context *ctx)
{
    if (state->failed && state->failed_run <= run)
        return;
    state->failed = true;
    state->failed_run = run;
    state->status = status;
    if (ctx != state->ctx)
        zone_context_adopt_error(state->ctx, ctx);
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

/* The caller's thread is worker 0. A thread that can't be started is done without. */
static void run_workers(job_worker *workers, size_t count)
{
    for (size_t w = 1; w < count; w++)
        workers[w].started = pthread_create(&workers[w].thread, NULL, work_on_runs, &workers[w]) == 0;
    work_on_runs(&workers[0]);
    for (size_t w = 1; w < count; w++)
        if (workers[w].started)
            pthread_join(workers[w].thread, NULL);
}

zone_status zone_overlay_run_job(zone_context *ctx, const zone_job *job)
{
    job_state state = {.job = job, .ctx = ctx};
    job_worker *workers = zone_allocate(ctx, job->threads, sizeof *workers);
    zone_status status = workers ? zone_context_create_child(ctx, true, &state.taker) : ZONE_NO_MEMORY;

    for (size_t w = 0; w < job->threads && !status; w++) {
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
    }
    for (size_t w = 0; workers && w < job->threads; w++)
        zone_context_free(workers[w].ctx);
    zone_context_free(state.taker);
    free(workers);
    return status;
}

/* ---------------------------------------------------------------- a layer against itself */

static zone_status pairs_of_member(zone_context *ctx, zone_overlay_space *space, const zone_layer *layer, size_t member,
                                   zone_pair_sink sink, void *user)
{
    zone_bag bag = zone_members_bag(&layer->members, member);
    zone_feature feature = zone_feature_of_bag(&bag);
    zone_status status = zone_overlap_run(ctx, &space->overlap, &feature, &layer->members, (int64_t)member);

    sort_shares(&space->overlap);
    for (size_t i = 0; i < space->overlap.share_count && !status; i++)
        if (space->overlap.share[i].sum != 0)
            status =
                sink(user, (uint32_t)member, space->overlap.share[i].member, (zone_exact)space->overlap.share[i].sum);
    return status;
}

zone_status zone_overlay_self(zone_context *ctx, const zone_layer *layer, zone_pair_sink sink, void *user)
{
    zone_overlay_space space = {0};
    zone_status status = ZONE_OK;

    for (size_t m = 0; m < layer->members.member_count && !status; m++) {
        status = pairs_of_member(ctx, &space, layer, m, sink, user);
        if (!status && m % 1024 == 1023)
            status = zone_progress(ctx, m, layer->members.member_count);
    }
    empty_space(&space);
    return status;
}

/* ---------------------------------------------------------------- depths of a layer */

zone_status zone_overlay_depths(zone_context *ctx, const zone_layer *layer, zone_depth_sink sink, void *user)
{
    zone_depth depth = {0};
    zone_status status = zone_depth_run(ctx, &layer->members, &depth);

    for (size_t k = 0; k < depth.count && !status; k++)
        status = sink(user, k + 1, (zone_exact)depth.sum[k]);
    zone_depth_free(&depth);
    return status;
}

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

/* Edges of a border that is one bag, put where those near each other are near in memory: the index is built over runs
 * of them. Their order means nothing else. */
static zone_status sort_border(zone_context *ctx, zone_edges *edges)
{
    zone_box box = zone_box_empty;
    curve_place *places = zone_allocate(ctx, edges->count, sizeof *places);
    zone_edge *sorted = zone_allocate(ctx, edges->count, sizeof *sorted);
    bool done = places && sorted;

    for (size_t i = 0; i < edges->count && done; i++)
        box = zone_box_join(box, zone_edge_box(&edges->edge[i]));
    double width = (double)box.east - (double)box.west + 1.0, height = (double)box.north - (double)box.south + 1.0;
    for (size_t i = 0; i < edges->count && done; i++) {
        const zone_edge *edge = &edges->edge[i];
        uint32_t column = (uint32_t)(65535.0 * ((double)(edge->x[0] - box.west) / width));
        uint32_t row = (uint32_t)(65535.0 * ((double)(edge->y[0] - box.south) / height));
        places[i] = (curve_place){spread_bits(column) | spread_bits(row) << 1, (uint32_t)i};
    }
    if (done && edges->count > 1)
        qsort(places, edges->count, sizeof *places, by_place);
    for (size_t i = 0; i < edges->count && done; i++)
        sorted[i] = edges->edge[places[i].edge];
    if (done) {
        free(edges->edge);
        edges->edge = sorted;
        edges->capacity = edges->count;
        sorted = NULL;
    }
    free(sorted);
    free(places);
    return done ? ZONE_OK : ZONE_NO_MEMORY;
}

zone_status zone_layer_unite(zone_context *ctx, const zone_layer *layer, zone_layer **united)
{
    zone_depth depth = {0};
    zone_status status = zone_layer_create(ctx, layer->projection, united);

    if (status)
        return status;
    (*united)->members.member_count = 1;
    depth.border = &(*united)->members.edges;
    status = zone_depth_run(ctx, &layer->members, &depth);
    zone_depth_free(&depth);
    if (!status)
        status = sort_border(ctx, &(*united)->members.edges);
    if (!status)
        status = zone_layer_finish(ctx, *united);
    if (status) {
        zone_layer_free(*united);
        *united = NULL;
    }
    return status;
}

/* ---------------------------------------------------------------- two layers into one */

/* Appends the edges of piece (a's member, share) as a new member of `layer`. */
static zone_status add_piece(zone_context *ctx, zone_layer *layer, const zone_edge *edges, size_t count, int weight,
                             uint32_t first, uint32_t second)
{
    size_t member = layer->members.member_count;
    zone_status status = zone_grow(ctx, (void **)&layer->pair, &layer->pair_capacity, member + 1, sizeof *layer->pair);

    for (size_t i = 0; i < count && !status; i++) {
        zone_edge edge = edges[i];
        edge.weight *= weight;
        edge.member = (uint32_t)member;
        status = zone_edges_add(ctx, &layer->members.edges, &edge);
    }
    if (status)
        return status;
    layer->pair[member][0] = first;
    layer->pair[member][1] = second;
    layer->members.member_count++;
    return ZONE_OK;
}

static int by_edge_member(const void *left, const void *right)
{
    const zone_edge *a = left, *b = right;

    return a->member < b->member ? -1 : a->member > b->member;
}

/* The pieces of member `first` of a, in the order of b's members. A share that is not cut is the member itself. */
static zone_status add_pieces(zone_context *ctx, zone_layer *layer, zone_overlay_space *space, const zone_members *a,
                              size_t first)
{
    zone_edges *chains = &space->edges;
    const zone_edge *own = a->edges.edge + a->start[first];
    size_t own_count = a->start[first + 1] - a->start[first], at = 0;
    zone_status status = ZONE_OK;

    sort_shares(&space->overlap);
    if (chains->count > 1)
        qsort(chains->edge, chains->count, sizeof *chains->edge, by_edge_member);
    for (size_t i = 0; i < space->overlap.share_count && !status; i++) {
        const zone_share *share = &space->overlap.share[i];
        size_t end = at;
        while (end < chains->count && chains->edge[end].member == share->member)
            end++;
        if (!share->cut)
            status = add_piece(ctx, layer, own, own_count, share->winding, (uint32_t)first, share->member);
        else if (share->sum != 0)
            status = add_piece(ctx, layer, chains->edge + at, end - at, 1, (uint32_t)first, share->member);
        at = end;
    }
    return status;
}

zone_status zone_layer_intersect(zone_context *ctx, const zone_layer *a, const zone_layer *b, zone_layer **layer)
{
    zone_overlay_space space = {0};
    const zone_members *members = &a->members;
    zone_status status = zone_layer_create(ctx, a->projection, layer);

    space.overlap.chains = &space.edges;
    for (size_t m = 0; m < members->member_count && !status; m++) {
        zone_bag bag = zone_members_bag(members, m);
        zone_feature feature = zone_feature_of_bag(&bag);
        space.edges.count = 0;
        if (m % 1024 == 1023 && (status = zone_progress(ctx, m, members->member_count)))
            break;
        status = zone_overlap_run(ctx, &space.overlap, &feature, &b->members, -1);
        if (!status)
            status = add_pieces(ctx, *layer, &space, members, m);
    }
    if (!status)
        status = zone_layer_finish(ctx, *layer);
    empty_space(&space);
    if (status) {
        zone_layer_free(*layer);
        *layer = NULL;
    }
    return status;
}
