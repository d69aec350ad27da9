/* Streams: features of a source through overlays, on all cores. */
#include "ask/result.h"

#include "read/decoder.h"

#include <stdlib.h>

/* From this many features on a run tells what it is going to do. */
enum { LARGE = 100000 };

/* What a thread works with. */
typedef struct {
    zone_decoder *decoder;
    zone_batch batch;
    zone_result_spaces spaces;
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
        status = zone_result_spaces_open(ctx, &worker->spaces);
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
    zone_result_spaces_close(&worker->spaces);
}

/* ---------------------------------------------------------------- runs */

static zone_status take(zone_context *ctx, void *user, size_t number, bool *more)
{
    stream *s = user;
    uint64_t run = 0;

    return zone_decoder_take(ctx, s->workers[number].decoder, &run, more);
}

static zone_status work(zone_context *ctx, void *user, size_t number)
{
    stream *s = user;
    stream_worker *worker = &s->workers[number];
    zone_status status = ZONE_OK;

    zone_batch_clear(&worker->batch);
    status = zone_decoder_make(ctx, worker->decoder, &worker->batch);
    for (size_t p = 0; p < s->pass_count && !status; p++)
        status = zone_result_make(ctx, &worker->spaces, worker->projection[p], &s->passes[p], &worker->batch,
                                  &worker->result[p]);
    return status;
}

static zone_status deliver(zone_context *ctx, void *user, size_t number)
{
    stream *s = user;
    stream_worker *worker = &s->workers[number];

    (void)ctx;
    return s->sink(s->user, &worker->batch, worker->result);
}

/* The hash of the source for the provenance: another read of the file. */
static void hash(zone_context *ctx, void *user)
{
    stream *s = user;

    zone_source_hash(ctx, s->source);
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
    if (s->pass_count && s->passes[0].keep) {
        zone_log(ctx, "%s: %lld features, to be kept in memory; threads: %llu", zone_source_label(s->source),
                 (long long)features, (unsigned long long)s->count);
        return;
    }
    for (size_t p = 0; p < s->pass_count; p++) {
        const zone_layer *layers[] = {s->passes[p].layer, s->passes[p].second};
        for (int i = 0; i < 2; i++) {
            members += layers[i] ? zone_layer_count(layers[i]) : 0;
            edges += layers[i] ? zone_layer_edge_count(layers[i]) : 0;
        }
    }
    zone_log(ctx, "%s: %lld features, streamed; in memory %llu features of %llu edges (%llu MB); threads: %llu",
             zone_source_label(s->source), (long long)features, (unsigned long long)members, (unsigned long long)edges,
             (unsigned long long)(edges * zone_layer_bytes_a_vertex() >> 20), (unsigned long long)s->count);
}

zone_status zone_stream(zone_context *ctx, zone_source *source, const zone_request *request, const zone_pass *passes,
                        size_t pass_count, zone_stream_sink sink, void *user)
{
    stream s = {source, passes, pass_count, sink, user, NULL, count_workers(ctx, source, request)};
    zone_job job = {s.count, take, work, deliver, &s, hash};
    zone_status status = zone_source_rewind(ctx, source, request);

    s.workers = zone_allocate(ctx, s.count, sizeof *s.workers);
    if (!s.workers)
        status = ZONE_NO_MEMORY;
    for (size_t w = 0; w < s.count && !status; w++)
        status = open_worker(ctx, &s, w);
    if (!status) {
        tell_plan(ctx, &s);
        zone_source_list_files(source);
        status = zone_overlay_run_job(ctx, &job);
    }
    for (size_t w = 0; s.workers && w < s.count; w++)
        close_worker(&s, w);
    free(s.workers);
    zone_source_conclude(ctx, source);
    return status;
}
