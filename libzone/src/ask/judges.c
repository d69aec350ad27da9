/* Several judges at once. */
#include "ask/judges.h"

#include <stdlib.h>

/* Sites a judge takes at a time: so few that nobody waits for them, and fewer where they are large. */
enum { RUN = 16, RUN_VERTICES = 4096 };

typedef struct {
    zone_trial trial; /* the block's, with projections and a context of its own */
    zone_context *words;
    zone_clip *clip;
    size_t first, end;
} judge;

typedef struct {
    zone_trial *trial;
    const zone_bench *bench;
    zone_site_result *results;
    judge *judges;
    size_t count, next;
} hearing;

static zone_status open_judge(zone_context *ctx, const hearing *h, judge *opened)
{
    const zone_methods *methods = &h->trial->methods;
    zone_status status = ZONE_OK;

    zone_status begun = zone_context_create_child(ctx, false, &opened->words);

    if (begun)
        return begun;
    opened->trial = *h->trial;
    opened->trial.ctx = opened->words;
    opened->trial.projection = NULL;
    for (size_t m = 0; m < methods->count; m++)
        opened->trial.methods.projection[m] = NULL;
    status = zone_projection_copy(ctx, h->trial->projection, &opened->trial.projection);
    for (size_t m = 0; m < methods->count && !status; m++)
        if (methods->projection[m])
            status = zone_projection_copy(ctx, methods->projection[m], &opened->trial.methods.projection[m]);
    return status || !h->bench->pieces ? status : zone_clip_open(ctx, &opened->clip);
}

static void close_judge(const hearing *h, judge *closed)
{
    zone_clip_close(closed->clip);
    for (size_t m = 0; m < closed->trial.methods.count; m++)
        zone_projection_free(closed->trial.methods.projection[m]);
    if (closed->trial.projection)
        zone_projection_add_fallbacks(h->trial->projection, closed->trial.projection);
    zone_projection_free(closed->trial.projection);
    zone_context_free(closed->words);
}

/* A batch of sites that can't be read has no rings at all. */
static size_t vertices_of(const zone_batch *batch, size_t site)
{
    return batch->vertex_count
               ? batch->vertex_start[batch->ring_start[site + 1]] - batch->vertex_start[batch->ring_start[site]]
               : 0;
}

static zone_status take(zone_context *ctx, void *user, size_t number, bool *more)
{
    hearing *h = user;
    judge *taken = &h->judges[number];
    size_t vertices = 0;

    (void)ctx;
    taken->first = h->next;
    for (; h->next < h->count && h->next - taken->first < RUN && vertices < RUN_VERTICES; h->next++)
        vertices += vertices_of(&h->trial->block.batch, h->next);
    taken->end = h->next;
    *more = taken->first < taken->end;
    return ZONE_OK;
}

static zone_status work(zone_context *ctx, void *user, size_t number)
{
    hearing *h = user;
    const zone_bench *bench = h->bench;
    judge *working = &h->judges[number];
    zone_status status = ZONE_OK;

    zone_context_begin(working->words); /* texts of the sites before are in the arena */
    for (size_t i = working->first; i < working->end && !status; i++)
        if (!bench->known || !bench->known[i])
            status = zone_judge_site(&working->trial, i, bench->brief, working->clip, &bench->arenas[number],
                                     &h->results[i]);
    if (status && ctx && zone_context_error(working->words)->status)
        zone_context_adopt_error(ctx, working->words);
    return status;
}

static zone_status deliver(zone_context *ctx, void *user, size_t number)
{
    const hearing *h = user;
    const judge *done = &h->judges[number];

    return h->bench->judged ? h->bench->judged(ctx, h->bench->user, done->first, done->end - done->first) : ZONE_OK;
}

zone_status zone_judges_run(zone_trial *trial, const zone_bench *bench, zone_site_result *results)
{
    hearing h = {.trial = trial, .bench = bench, .results = results, .count = trial->block.count};
    zone_job job = {bench->judges, take, work, deliver, &h, NULL};
    zone_status status = ZONE_OK;

    h.judges = zone_allocate(trial->ctx, bench->judges, sizeof *h.judges);
    if (!h.judges)
        return ZONE_NO_MEMORY;
    for (size_t j = 0; j < bench->judges && !status; j++)
        status = open_judge(trial->ctx, &h, &h.judges[j]);
    if (!status)
        status = zone_overlay_run_job(trial->ctx, &job);
    for (size_t j = 0; j < bench->judges; j++)
        close_judge(&h, &h.judges[j]);
    free(h.judges);
    return status;
}
