/* What would turn a step of the ledger. */
#include "ask/turns.h"

#include "ask/ridges.h"
#include "ask/take_drawn.h"

#include <stdlib.h>
#include <string.h>

/* What a draw is made of, drawn by GEOS: `kept` of each counts, below 0 it is taken off. */
typedef struct {
    zone_geometry *drawn;
    double kept;
} part;

typedef struct {
    zone_trial *trial;
    size_t site;  /* in the block */
    size_t zone;  /* of the plan */
    bool repeats; /* land that features share can't be shared out between them again */
    part *part;
    size_t count, capacity;
} drawing;

static void free_drawing(drawing *of)
{
    for (size_t i = 0; i < of->count; i++)
        zone_geometry_free(of->part[i].drawn);
    free(of->part);
}

/* ---------------------------------------------------------------- the draw, drawn */

static zone_status cut(zone_trial *trial, const zone_batch *by, size_t feature, zone_geometry **drawn)
{
    zone_geometry *other = NULL, *left = NULL;
    zone_status status = zone_geometry_from_batch(trial->ctx, by, feature, &other);

    if (!status)
        status = zone_geometry_intersection(trial->ctx, *drawn, other, &left);
    zone_geometry_free(other);
    if (status)
        return status;
    zone_geometry_free(*drawn);
    *drawn = left;
    return ZONE_OK;
}

/* What the site has in a member of the zones, and there (`held` not NULL) of a feature. */
static zone_status add_part(drawing *of, size_t member, const zone_held *held, size_t feature, double kept)
{
    zone_trial *trial = of->trial;
    zone_geometry *drawn = NULL;
    zone_status status = zone_reserve(trial->ctx, (void **)&of->part, &of->capacity, of->count + 1, sizeof *of->part);

    if (!status)
        status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, of->site, &drawn);
    if (!status)
        status = cut(trial, &trial->zones.batch, member, &drawn);
    if (!status && held)
        status = cut(trial, &held->kept, feature, &drawn);
    if (status)
        zone_geometry_free(drawn);
    else
        of->part[of->count++] = (part){drawn, kept};
    return status;
}

static zone_status add_zone(drawing *of)
{
    const zone_trial *trial = of->trial;
    const zone_piece_list *pieces = &trial->in_zones.pieces;
    zone_status status = ZONE_OK;

    for (size_t i = pieces->start[of->site]; i < pieces->start[of->site + 1] && !status; i++)
        if (trial->zone_of[pieces->piece[i].member] == of->zone)
            status = add_part(of, pieces->piece[i].member, NULL, 0, 1.0);
    return status;
}

static zone_status add_farmland(drawing *of, bool net)
{
    const zone_held *held = zone_trial_held(of->trial, ZONE_TRIAL_FARMLAND);
    const zone_holding_list *list = &held->in_zones;
    bool odd = false;
    zone_status status = ZONE_OK;

    for (size_t i = list->start[of->site]; i < list->start[of->site + 1] && !status; i++) {
        const zone_holding *holding = &list->holding[i];
        const char *ridge = zone_held_text(held, holding->feature, ZONE_HELD_RIDGE);
        if (of->trial->zone_of[holding->zone] != of->zone)
            continue;
        of->repeats = of->repeats || holding->repeat != 0;
        status = add_part(of, holding->zone, held, holding->feature,
                          net ? zone_ridge_kept(ridge, held->ridge_scale, &odd) : 1.0);
    }
    return status;
}

static zone_status take_off_construction(drawing *of)
{
    const zone_plan *plan = of->trial->plan;
    const zone_held *held = zone_trial_held(of->trial, ZONE_TRIAL_LANDUSE);
    const char *edition = zone_plan_layer_find(plan, ZONE_TRIAL_LANDUSE)->edition;
    const zone_holding_list *list = &held->in_zones;
    zone_status status = ZONE_OK;

    for (size_t i = list->start[of->site]; i < list->start[of->site + 1] && !status; i++) {
        const zone_holding *holding = &list->holding[i];
        if (of->trial->zone_of[holding->zone] != of->zone ||
            !zone_plan_is_construction(plan, edition, zone_held_text(held, holding->feature, ZONE_HELD_CLASS)))
            continue;
        of->repeats = of->repeats || holding->repeat != 0;
        status = add_part(of, holding->zone, held, holding->feature, -1.0);
    }
    return status;
}

static zone_status draw(drawing *of, zone_draws draws)
{
    zone_status status = ZONE_OK;

    if (draws == ZONE_DRAWS_FARMLAND || draws == ZONE_DRAWS_FARMLAND_NET)
        return add_farmland(of, draws == ZONE_DRAWS_FARMLAND_NET);
    status = add_zone(of);
    return status || draws == ZONE_DRAWS_AREA ? status : take_off_construction(of);
}

static zone_status sum_by(const drawing *of, zone_projection *projection, zone_exact *sum)
{
    zone_status status = ZONE_OK;

    *sum = 0;
    for (size_t i = 0; i < of->count && !status; i++) {
        zone_exact area = 0;
        status = zone_take_area_of(of->trial, of->part[i].drawn, projection, &area);
        *sum += of->part[i].kept == 1.0 ? area : zone_exact_scale(area, of->part[i].kept);
    }
    return status;
}

/* ---------------------------------------------------------------- steps */

typedef struct {
    zone_trial *trial;
    const zone_site_result *results;
    const zone_quota_book *book;
} turning;

static zone_draws draws_of(const turning *run, const zone_quota_step *step)
{
    return run->trial->plan->quotas[run->book->account[step->account].quota].draws;
}

static zone_exact margin_of(const zone_quota_step *step)
{
    return step->wanted > step->before ? step->wanted - step->before : step->before - step->wanted;
}

/* How much land the methods may measure differently. */
static zone_exact base_of(const turning *run, const zone_quota_step *step)
{
    return draws_of(run, step) == ZONE_DRAWS_NEW_CONSTRUCTION ? 2 * run->results[step->site].area : step->wanted;
}

static bool is_near(const turning *run, const zone_quota_step *step)
{
    for (size_t m = 1; m < run->trial->methods.count; m++)
        if (run->trial->methods.projection[m] &&
            zone_judge_may_bridge(&run->trial->methods.method[m], margin_of(step), base_of(run, step)))
            return true;
    return false;
}

/* The border of a draw moves where the site's own does. */
static bool digit_turns(const turning *run, const zone_quota_step *step)
{
    const zone_batch *sites = &run->trial->sites->batch;

    return run->trial->square > 0.0 && zone_judge_digit_turns(margin_of(step), run->trial->border[step->site],
                                                              zone_judge_step(sites, step->site), run->trial->square);
}

/* GEOS need not draw what the kernel measured to the last digit: the methods' difference is what counts. */
static zone_status find_methods(turning *run, zone_quota_step *step)
{
    zone_methods *methods = &run->trial->methods;
    drawing of = {.trial = run->trial,
                  .site = step->site - run->trial->block.first,
                  .zone = run->book->account[step->account].zone};
    bool met = step->wanted <= step->before;
    zone_exact asked = 0, other = 0;
    zone_status status = draw(&of, draws_of(run, step));

    if (!status && !of.repeats)
        status = sum_by(&of, run->trial->projection, &asked);
    for (size_t m = 1; m < methods->count && !status && !of.repeats; m++) {
        if (!methods->projection[m] || !zone_judge_may_bridge(&methods->method[m], margin_of(step), base_of(run, step)))
            continue;
        status = sum_by(&of, methods->projection[m], &other);
        if (!status && (step->wanted + other - asked <= step->before) != met)
            step->turned |= UINT32_C(1) << m;
    }
    free_drawing(&of);
    return status == ZONE_BAD_GEOMETRY ? ZONE_OK : status;
}

static int by_site(const void *a, const void *b)
{
    const zone_quota_step *const *first = a, *const *second = b;

    if ((*first)->site != (*second)->site)
        return (*first)->site < (*second)->site ? -1 : 1;
    return *first < *second ? -1 : *first > *second;
}

static zone_status hold_site(zone_trial *trial, size_t site, size_t block)
{
    size_t first = site - site % block, all = trial->sites->batch.feature_count;

    if (site >= trial->block.first && site - trial->block.first < trial->block.count)
        return ZONE_OK;
    return zone_trial_block(trial, first, all - first < block ? all - first : block);
}

zone_status zone_turns_find(zone_trial *trial, const zone_site_result *results, size_t block, zone_quota_book *book,
                            size_t from)
{
    turning run = {trial, results, book};
    zone_quota_step **near = NULL;
    size_t count = 0, capacity = 0;
    zone_status status = ZONE_OK;

    for (size_t s = from; s < book->step_count && !status; s++) {
        zone_quota_step *step = &book->step[s];
        step->turned = digit_turns(&run, step) ? ZONE_TURNED_BY_DIGIT : 0;
        if (step->wanted == 0 || !is_near(&run, step))
            continue;
        status = zone_reserve(trial->ctx, (void **)&near, &capacity, count + 1, sizeof *near);
        if (!status)
            near[count++] = step;
    }
    if (count)
        qsort(near, count, sizeof *near, by_site);
    for (size_t i = 0; i < count && !status; i++) {
        status = hold_site(trial, near[i]->site, block);
        if (!status)
            status = find_methods(&run, near[i]);
    }
    free(near);
    return status;
}
