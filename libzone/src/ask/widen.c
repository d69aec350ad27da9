/* Areas widened. */
#include "ask/widen.h"

#include "kernel/overlay.h"
#include "read/geometry.h"

#include <stdlib.h>

/* Areas that a thread takes at a time. */
enum { RUN = 256 };

typedef struct {
    const zone_batch *batch;
    double within;
    zone_batch *wide;
    zone_batch *part; /* of each worker */
    size_t *first;    /* the same: its run */
    size_t next;
} widening;

static zone_status take(zone_context *ctx, void *user, size_t worker, bool *more)
{
    widening *run = user;

    (void)ctx;
    run->first[worker] = run->next;
    *more = run->next < run->batch->feature_count;
    run->next += RUN;
    return ZONE_OK;
}

static zone_status widen(zone_context *ctx, const zone_batch *batch, size_t feature, double within, zone_batch *wide)
{
    zone_geometry *drawn = NULL, *widened = NULL;
    zone_status status = zone_geometry_from_batch(ctx, batch, feature, &drawn);

    if (!status)
        status = zone_geometry_buffer(ctx, drawn, within, &widened);
    if (!status)
        status = zone_geometry_to_batch(ctx, widened, (int64_t)feature, wide);
    zone_geometry_free(drawn);
    zone_geometry_free(widened);
    return status == ZONE_BAD_GEOMETRY ? ZONE_OK : status;
}

static zone_status work(zone_context *ctx, void *user, size_t worker)
{
    widening *run = user;
    size_t end = run->first[worker] + RUN;
    zone_status status = ZONE_OK;

    zone_batch_clear(&run->part[worker]);
    for (size_t f = run->first[worker]; f < end && f < run->batch->feature_count && !status; f++)
        if (run->batch->state[f] != ZONE_FEATURE_REJECTED)
            status = widen(ctx, run->batch, f, run->within, &run->part[worker]);
    return status;
}

static zone_status deliver(zone_context *ctx, void *user, size_t worker)
{
    widening *run = user;

    return zone_batch_append(ctx, run->wide, &run->part[worker]);
}

zone_status zone_widen(zone_context *ctx, const zone_batch *batch, double within, zone_batch *wide)
{
    size_t threads = zone_context_threads(ctx);
    widening run = {.batch = batch, .within = within, .wide = wide};
    zone_job job = {threads, take, work, deliver, &run, NULL};
    zone_status status = ZONE_OK;

    run.part = zone_allocate(ctx, threads, sizeof *run.part);
    run.first = zone_allocate(ctx, threads, sizeof *run.first);
    status = run.part && run.first ? zone_overlay_run_job(ctx, &job) : ZONE_NO_MEMORY;
    for (size_t w = 0; run.part && w < threads; w++)
        zone_batch_free(&run.part[w]);
    free(run.part);
    free(run.first);
    return status;
}
