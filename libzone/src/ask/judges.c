/* Several judges at once. */
#include "ask/judges.h"

#include <stdlib.h>

/* Sites a judge takes at a time. */
enum { RUN = 64 };

typedef struct {
    zone_trial trial; /* the block's, with projections of its own */
    zone_clip *clip;
    size_t first, end;
} judge;

typedef struct {
    zone_trial *trial;
    bool brief, pieces;
    zone_arena *arenas;
    zone_site_result *results;
    judge *judges;
    size_t count, next;
} bench;

static zone_status open_judge(zone_context *ctx, const bench *b, judge *opened)
{
    const zone_methods *methods = &b->trial->methods;
    zone_status status = ZONE_OK;

    opened->trial = *b->trial;
    opened->trial.projection = NULL;
    for (size_t m = 0; m < methods->count; m++)
        opened->trial.methods.projection[m] = NULL;
    status = zone_projection_copy(ctx, b->trial->projection, &opened->trial.projection);
    for (size_t m = 0; m < methods->count && !status; m++)
        if (methods->projection[m])
            status = zone_projection_copy(ctx, methods->projection[m], &opened->trial.methods.projection[m]);
    return status || !b->pieces ? status : zone_clip_open(ctx, &opened->clip);
}

static void close_judge(const bench *b, judge *closed)
{
    zone_clip_close(closed->clip);
    for (size_t m = 0; m < closed->trial.methods.count; m++)
        zone_projection_free(closed->trial.methods.projection[m]);
    if (closed->trial.projection)
        zone_projection_add_fallbacks(b->trial->projection, closed->trial.projection);
    zone_projection_free(closed->trial.projection);
}

static zone_status take(zone_context *ctx, void *user, size_t number, bool *more)
{
    bench *b = user;
    judge *taken = &b->judges[number];

    (void)ctx;
    taken->first = b->next;
    taken->end = b->next + RUN < b->count ? b->next + RUN : b->count;
    b->next = taken->end;
    *more = taken->first < taken->end;
    return ZONE_OK;
}

static zone_status work(zone_context *ctx, void *user, size_t number)
{
    bench *b = user;
    judge *working = &b->judges[number];
    zone_status status = ZONE_OK;

    working->trial.ctx = ctx;
    for (size_t i = working->first; i < working->end && !status; i++)
        status = zone_judge_site(&working->trial, i, b->brief, working->clip, &b->arenas[number], &b->results[i]);
    return status;
}

static zone_status deliver(zone_context *ctx, void *user, size_t number)
{
    (void)ctx;
    (void)user;
    (void)number;
    return ZONE_OK;
}

zone_status zone_judges_run(zone_trial *trial, bool brief, bool pieces, zone_arena *arenas, size_t judges,
                            zone_site_result *results)
{
    bench b = {.trial = trial,
               .brief = brief,
               .pieces = pieces,
               .arenas = arenas,
               .results = results,
               .count = trial->block.count};
    zone_job job = {judges, take, work, deliver, &b, NULL};
    zone_status status = ZONE_OK;

    b.judges = zone_allocate(trial->ctx, judges, sizeof *b.judges);
    if (!b.judges)
        return ZONE_NO_MEMORY;
    for (size_t j = 0; j < judges && !status; j++)
        status = open_judge(trial->ctx, &b, &b.judges[j]);
    if (!status)
        status = zone_overlay_run_job(trial->ctx, &job);
    for (size_t j = 0; j < judges; j++)
        close_judge(&b, &b.judges[j]);
    free(b.judges);
    return status;
}
