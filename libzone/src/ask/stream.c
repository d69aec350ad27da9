/* Streams: features of a source through overlays, on all cores. */
#include "ask/stream.h"

#include "read/decoder.h"

#include <stdlib.h>

/* From this many features on a run tells what it is going to do. */
enum { LARGE = 100000 };

/* What a thread works with. */
typedef struct {
    zone_decoder *decoder;
    zone_batch batch;
    zone_overlay_space *space;
    zone_projection *projection[ZONE_PASSES_MOST]; /* the first worker's are the caller's */
    zone_result result[ZONE_PASSES_MOST];
} stream_worker;

typedef struct {
    zone_source *source;
    const zone_pass *passes;
    size_t pass_count;
    zone_stream_sink sink;
    void *user;
    stream_worker *workers;
    size_t count;
} stream;

/* ---------------------------------------------------------------- workers */

static zone_status open_worker(zone_context *ctx, const stream *s, size_t number)
{
    stream_worker *worker = &s->workers[number];
    zone_status status = zone_decoder_open(ctx, s->source, &worker->decoder);

    if (!status)
        status = zone_overlay_open(ctx, &worker->space);
    for (size_t p = 0; p < s->pass_count && !status; p++)
        if (number == 0)
            worker->projection[p] = s->passes[p].projection;
        else
            status = zone_projection_copy(ctx, s->passes[p].projection, &worker->projection[p]);
    return status;
}

static void close_worker(const stream *s, size_t number)
{
    stream_worker *worker = &s->workers[number];

    for (size_t p = 0; p < s->pass_count; p++) {
        if (number > 0 && worker->projection[p]) {
            zone_projection_add_fallbacks(s->passes[p].projection, worker->projection[p]);
            zone_projection_free(worker->projection[p]);
        }
        zone_result_free(&worker->result[p]);
    }
    zone_decoder_close(worker->decoder);
    zone_batch_free(&worker->batch);
    zone_overlay_close(worker->space);
}

/* ---------------------------------------------------------------- runs */

static zone_status take(zone_context *ctx, void *user, size_t number, bool *more)
{
    stream *s = user;
    uint64_t run = 0;

    return zone_decoder_take(ctx, s->workers[number].decoder, &run, more);
}

typedef struct {
    zone_context *ctx;
    zone_result *result;
} result_sink;

static zone_status keep_pieces(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    result_sink *to = user;
    zone_result *result = to->result;
    zone_status status = zone_grow(to->ctx, (void **)&result->piece, &result->piece_capacity,
                                   result->piece_count + count, sizeof *result->piece);

    if (status)
        return status;
    result->whole[feature] = whole;
    result->start[feature] = result->piece_count;
    for (size_t i = 0; i < count; i++)
        result->piece[result->piece_count++] = pieces[i];
    result->start[feature + 1] = result->piece_count;
    return ZONE_OK;
}

static zone_status open_result(zone_context *ctx, zone_result *result, size_t count)
{
    zone_status status =
        zone_grow(ctx, (void **)&result->whole, &result->whole_capacity, count + 1, sizeof *result->whole);

    if (!status)
        status = zone_grow(ctx, (void **)&result->start, &result->start_capacity, count + 1, sizeof *result->start);
    if (status)
        return status;
    result->feature_count = count;
    result->piece_count = 0;
    result->start[0] = 0;
    return ZONE_OK;
}

void zone_result_free(zone_result *result)
{
    free(result->whole);
    free(result->start);
    free(result->piece);
    *result = (zone_result){0};
}

zone_status zone_pass_batch(zone_context *ctx, const zone_pass *pass, const zone_batch *batch, zone_result *result)
{
    result_sink to = {ctx, result};
    zone_status status = open_result(ctx, result, batch->feature_count);

    return status ? status : zone_overlay(ctx, pass->projection, batch, pass->layer, keep_pieces, &to);
}

static zone_status pass_worker(zone_context *ctx, const stream *s, stream_worker *worker, size_t pass)
{
    result_sink to = {ctx, &worker->result[pass]};
    zone_status status = open_result(ctx, &worker->result[pass], worker->batch.feature_count);

    if (status)
        return status;
    return zone_overlay_in(ctx, worker->space, worker->projection[pass], &worker->batch, s->passes[pass].layer,
                           keep_pieces, &to);
}

static zone_status work(zone_context *ctx, void *user, size_t number)
{
    stream *s = user;
    stream_worker *worker = &s->workers[number];
    zone_status status = ZONE_OK;

    zone_batch_clear(&worker->batch);
    status = zone_decoder_make(ctx, worker->decoder, &worker->batch);
    for (size_t p = 0; p < s->pass_count && !status; p++)
        status = pass_worker(ctx, s, worker, p);
    return status;
}

static zone_status deliver(zone_context *ctx, void *user, size_t number)
{
    stream *s = user;
    stream_worker *worker = &s->workers[number];

    (void)ctx;
    return s->sink(s->user, &worker->batch, worker->result);
}

/* More threads than runs would only be opened and closed again. */
static size_t count_workers(const zone_context *ctx, const zone_source *source, const zone_request *request)
{
    size_t threads = zone_context_threads(ctx);
    size_t size = request->batch_size ? request->batch_size : 4096;
    int64_t features = zone_source_count(source);
    size_t runs = features < 0 ? threads : (size_t)features / size + 1;

    return runs < threads ? runs : threads;
}

/* Before a long run: what it is going to do. */
static void tell_plan(zone_context *ctx, const stream *s)
{
    int64_t features = zone_source_count(s->source);
    size_t members = 0, edges = 0;

    if (features < LARGE)
        return;
    for (size_t p = 0; p < s->pass_count; p++) {
        members += s->passes[p].layer ? zone_layer_count(s->passes[p].layer) : 0;
        edges += s->passes[p].layer ? zone_layer_edge_count(s->passes[p].layer) : 0;
    }
    zone_log(ctx, "%s: %lld features, streamed; in memory %llu features of %llu edges (%llu MB); threads: %llu",
             zone_source_label(s->source), (long long)features, (unsigned long long)members, (unsigned long long)edges,
             (unsigned long long)(edges * zone_layer_bytes_a_vertex() >> 20), (unsigned long long)s->count);
}

zone_status zone_stream(zone_context *ctx, zone_source *source, const zone_request *request, const zone_pass *passes,
                        size_t pass_count, zone_stream_sink sink, void *user)
{
    stream s = {source, passes, pass_count, sink, user, NULL, count_workers(ctx, source, request)};
    zone_job job = {s.count, take, work, deliver, &s};
    zone_status status = zone_source_rewind(ctx, source, request);

    s.workers = zone_allocate(ctx, s.count, sizeof *s.workers);
    if (!s.workers)
        status = ZONE_NO_MEMORY;
    for (size_t w = 0; w < s.count && !status; w++)
        status = open_worker(ctx, &s, w);
    if (!status) {
        tell_plan(ctx, &s);
        status = zone_overlay_run_job(ctx, &job);
    }
    for (size_t w = 0; s.workers && w < s.count; w++)
        close_worker(&s, w);
    free(s.workers);
    zone_source_conclude(ctx, source);
    return status;
}
