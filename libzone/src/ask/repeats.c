/* Overlaps among the features that sites hold. */
#include "ask/repeats.h"

#include "ask/collisions.h"
#include "ask/runs.h"

#include <stdlib.h>
#include <string.h>

/* A run of sites and the features that they hold. */
typedef struct {
    zone_context *ctx;
    zone_projection *projection;
    const zone_block *block;
    const zone_layer *zones;
    zone_held *held;
    size_t vertices;
    size_t number;     /* of the run, counted from 1 */
    size_t *run_of;    /* by feature: the run it was last taken for; NULL: all is one run */
    size_t *site_of;   /* the same: the last site, counted from 1 */
    size_t *in_run;    /* by site: the run that looks at it */
    zone_batch batch;  /* the features of the run … */
    uint32_t *feature; /* … and what they are among those kept */
    zone_layer *pairs; /* members are (site, zone); made when they are needed, of all sites of the block */
} looking;

/* Where the repeats of a pass go. */
typedef struct {
    const looking *run;
    const zone_layer *pairs; /* members are (site, zone); NULL: sites */
    const zone_batch *near;  /* members are these sites, widened; NULL: sites as they are */
    zone_holding_list *list;
} noting;

static size_t vertices_of(const zone_batch *batch, size_t feature)
{
    return batch->vertex_start[batch->ring_start[feature + 1]] - batch->vertex_start[batch->ring_start[feature]];
}

/* ---------------------------------------------------------------- a run of sites */

static zone_status take_repeat(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    noting *to = user;
    const looking *run = to->run;
    zone_holding wanted = {.feature = run->feature ? run->feature[feature] : feature, .site = member};
    uint32_t pair[2] = {0, 0};

    if (to->pairs) {
        zone_layer_pair(to->pairs, member, pair);
        wanted.site = pair[0];
        wanted.zone = pair[1];
    } else if (to->near) {
        wanted.site = (uint32_t)to->near->id[member];
    }
    if (run->in_run && run->in_run[wanted.site] != run->number)
        return ZONE_OK;
    zone_holding *found = to->list->count
                              ? bsearch(&wanted, to->list->holding, to->list->count, sizeof wanted, zone_holding_order)
                              : NULL;
    if (found)
        found->repeat += area;
    if (found && to->list == &run->held->in_sites)
        zone_exact_add(run->held->twice, area, &run->held->twice);
    return ZONE_OK;
}

static zone_status note_in(looking *run, const zone_batch *features, const zone_collisions *collisions,
                           const zone_layer *within, noting to)
{
    to.run = run;
    return zone_collisions_repeat(run->ctx, run->projection, features, collisions, within, take_repeat, &to);
}

static zone_status find_in(looking *run, const zone_batch *features, const zone_collisions *collisions)
{
    zone_held *held = run->held;
    const zone_block *block = run->block;
    zone_status status = note_in(run, features, collisions, block->layer, (noting){.list = &held->in_sites});

    if (!status && held->by_zone && !run->pairs)
        status = zone_layer_intersect(run->ctx, block->layer, run->zones, &run->pairs);
    if (!status && held->by_zone)
        status = note_in(run, features, collisions, run->pairs, (noting){.list = &held->in_zones, .pairs = run->pairs});
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES && !status; d++)
        if (held->beside[d])
            status = note_in(run, features, collisions, block->near_layer[d],
                             (noting){.list = &held->near[d], .near = &block->near[d]});
    return status;
}

static zone_status look_at(looking *run, const zone_batch *features)
{
    zone_layer *layer = NULL;
    zone_collisions collisions = {0};
    zone_status status = zone_runs_layer(run->ctx, run->projection, features, &layer);

    if (!status)
        status = zone_collisions_find(run->ctx, layer, &collisions);
    zone_layer_free(layer);
    if (!status && collisions.count)
        status = find_in(run, features, &collisions);
    zone_collisions_free(&collisions);
    return status;
}

/* The features of the run, in the order in which they are kept: the first of two is the same one in every run. */
static zone_status look_at_run(looking *run)
{
    const zone_batch *kept = &run->held->kept;
    size_t count = 0;
    zone_status status = ZONE_OK;

    zone_batch_clear(&run->batch);
    for (size_t f = 0; f < kept->feature_count && !status; f++) {
        if (run->run_of[f] != run->number)
            continue;
        status = zone_batch_add_copy(run->ctx, &run->batch, kept, f);
        run->feature[count++] = (uint32_t)f;
    }
    return status || count < 2 ? status : look_at(run, &run->batch);
}

/* ---------------------------------------------------------------- runs */

/* Adds up the vertices of what a list has in a site: `all` of them, and `more` that the run did not have. `take`: now
 * they are the run's. */
static void weigh(looking *run, const zone_holding_list *list, size_t site, bool take, size_t *all, size_t *more)
{
    for (size_t i = list->start[site]; i < list->start[site + 1]; i++) {
        size_t feature = list->holding[i].feature;
        size_t vertices = vertices_of(&run->held->kept, feature);
        if (!take && run->site_of[feature] != site + 1) {
            *all += vertices;
            *more += run->run_of[feature] == run->number ? 0 : vertices;
        }
        run->site_of[feature] = site + 1;
        run->run_of[feature] = take ? run->number : run->run_of[feature];
    }
}

static void weigh_site(looking *run, size_t site, bool take, size_t *all, size_t *more)
{
    *all = *more = 0;
    weigh(run, &run->held->in_sites, site, take, all, more);
    for (size_t d = 0; d < ZONE_PLAN_DISTANCES; d++)
        if (run->held->beside[d])
            weigh(run, &run->held->near[d], site, take, all, more);
}

static zone_status close_run(looking *run)
{
    zone_status status = run->vertices ? look_at_run(run) : ZONE_OK;

    run->vertices = 0;
    run->number++;
    return status;
}

/* Sites that are near each other hold the same features, so a run is of such. */
static zone_status look_in_runs(looking *run, size_t most)
{
    const uint32_t *order = zone_layer_order(run->block->layer);
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < run->block->count && !status; i++) {
        size_t s = order[i], all = 0, more = 0;
        weigh_site(run, s, false, &all, &more);
        run->held->looked[s] = all <= most;
        if (all > most || run->vertices + more > most) {
            status = close_run(run);
            more = all;
        }
        if (all > most)
            continue;
        run->in_run[s] = run->number;
        run->vertices += more;
        weigh_site(run, s, true, &all, &more);
    }
    return status ? status : close_run(run);
}

zone_status zone_repeats_find(zone_context *ctx, zone_projection *projection, const zone_block *block,
                              const zone_layer *zones, zone_held *held)
{
    size_t most = held->most ? held->most : ZONE_HELD_VERTICES, count = held->kept.feature_count;
    looking run = {.ctx = ctx, .projection = projection, .block = block, .zones = zones, .held = held, .number = 1};
    zone_status status =
        zone_reserve(ctx, (void **)&held->looked, &held->looked_capacity, block->count + 1, sizeof *held->looked);

    for (size_t s = 0; s < block->count && !status; s++)
        held->looked[s] = held->drawn;
    if (status || !held->drawn || count < 2)
        return status;
    if (held->kept.vertex_count <= most) {
        status = look_at(&run, &held->kept);
    } else {
        run.run_of = zone_allocate(ctx, count, sizeof *run.run_of);
        run.site_of = zone_allocate(ctx, count, sizeof *run.site_of);
        run.feature = zone_allocate(ctx, count, sizeof *run.feature);
        run.in_run = zone_allocate(ctx, block->count + 1, sizeof *run.in_run);
        status = run.run_of && run.site_of && run.feature && run.in_run ? look_in_runs(&run, most) : ZONE_NO_MEMORY;
    }
    zone_layer_free(run.pairs);
    zone_batch_free(&run.batch);
    free(run.run_of);
    free(run.site_of);
    free(run.in_run);
    free(run.feature);
    return status;
}
