/* What parts of a take share. */
#include "ask/take_once.h"

#include "ask/take_drawn.h"

/* Does one of the parts that count cover the whole site? */
static bool is_covered(const zone_trial *trial, size_t site, const zone_take *take)
{
    for (size_t i = 0; i < take->count; i++)
        if (take->part[i].counts && take->part[i].drawn == trial->in_zones.drawn[site])
            return true;
    return false;
}

/* Sums of the parts that count, one by one: by the method, and as drawn in the plane. */
static zone_status sum_apart(zone_trial *trial, size_t site, const zone_take *take, zone_exact *area, double *plane)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < take->count && !status; i++) {
        zone_geometry *drawn = NULL;
        if (!take->part[i].counts)
            continue;
        status = zone_take_draw_part(trial, site, &take->part[i], &drawn);
        if (!status)
            status = zone_take_area_of(trial, drawn, trial->projection, area);
        if (!status)
            *plane += zone_geometry_plane_area(drawn);
        zone_geometry_free(drawn);
    }
    return status;
}

/* The site past the parts that count. */
typedef struct {
    zone_context *ctx;
    zone_overlay_space *space;
    zone_exact sum, united; /* of the pieces one by one; of all of them together */
} past_parts;

static zone_status unite(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    past_parts *past = user;
    zone_int128 drawn = 0;

    (void)feature;
    (void)whole;
    for (size_t i = 0; i < count; i++)
        past->sum += pieces[i].area;
    return zone_overlay_united(past->ctx, past->space, &past->united, &drawn);
}

/* Takes off what the parts that count share, by the kernel. */
static zone_status take_off_repeats(zone_trial *trial, size_t site, zone_take *take)
{
    zone_batch others = {0}, own = {0};
    zone_layer *layer = NULL;
    past_parts past = {.ctx = trial->ctx};
    zone_status status = zone_overlay_open(trial->ctx, &past.space);

    for (size_t i = 0; i < take->count && !status; i++)
        if (take->part[i].counts)
            status = zone_batch_add_copy(trial->ctx, &others, take->part[i].batch, take->part[i].feature);
    if (!status)
        status = zone_layer_of_batch(trial->ctx, trial->projection, &others, &layer);
    if (!status)
        status = zone_batch_add_copy(trial->ctx, &own, &trial->block.batch, site);
    if (!status)
        status = zone_overlay_in(trial->ctx, past.space, trial->projection, &own, layer, unite, &past);
    if (!status) {
        take->area -= past.sum - past.united;
        take->repeats = take->repeats || zone_piece_counts(past.sum - past.united);
    }
    zone_layer_free(layer);
    zone_overlay_close(past.space);
    zone_batch_free(&own);
    zone_batch_free(&others);
    return status;
}

/* The same by GEOS, which knows what was trimmed off a part. */
static zone_status take_off_drawn(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    zone_exact apart = 0, together = 0;
    double plane = 0.0;
    zone_geometry *drawn = NULL;
    zone_status status = sum_apart(trial, site, take, &apart, &plane);

    if (!status)
        status = zone_take_draw_together(trial, site, check, take, &drawn);
    if (!status && plane - zone_geometry_plane_area(drawn) > 1e-12 * plane) {
        status = zone_take_area_of(trial, drawn, trial->projection, &together);
        take->area -= apart - together;
        take->repeats = true;
    }
    zone_geometry_free(drawn);
    return status == ZONE_BAD_GEOMETRY ? ZONE_OK : status; /* what GEOS can't draw stays as it was measured */
}

/* Did the pass over all sites unite these parts already? It does all others, and the site itself is a piece there. */
static bool is_united(const zone_trial *trial, size_t site, const zone_take *take, size_t counted)
{
    const zone_piece_list *pieces = &trial->in_sites.pieces;

    return take->of_sites && trial->in_sites.whole[site] != 0 &&
           counted + 1 == pieces->start[site + 1] - pieces->start[site];
}

zone_status zone_take_once(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    bool trimmed = false;
    size_t counted = 0;

    for (size_t i = 0; i < take->count; i++) {
        counted += take->part[i].counts;
        trimmed = trimmed || (take->part[i].counts && take->part[i].trimmed > 0.0);
    }
    if (counted < 2)
        return ZONE_OK;
    if (is_covered(trial, site, take)) {
        take->area = trial->in_zones.whole[site];
        take->repeats = true;
        return ZONE_OK;
    }
    if (!trimmed && is_united(trial, site, take, counted)) {
        zone_exact united = trial->in_sites.inside[site];
        take->repeats = take->repeats || zone_piece_counts(take->area - united);
        take->area = united;
        return ZONE_OK;
    }
    return trimmed ? take_off_drawn(trial, site, check, take) : take_off_repeats(trial, site, take);
}
