/* What a site takes, by rule. */
#include "ask/take.h"

#include "ask/ridges.h"
#include "read/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_rule(const zone_plan_check *check, const char *rule)
{
    return strcmp(check->rule, rule) == 0;
}

bool zone_take_is_for(const zone_plan_check *check)
{
    static const char *const rules[] = {"inside", "zones", "land",    "use",     "farmland",
                                        "apart",  "near",  "overlap", "granted", NULL};

    for (const char *const *rule = rules; *rule; rule++)
        if (is_rule(check, *rule))
            return true;
    return false;
}

void zone_take_free(zone_take *take)
{
    free(take->part);
    free(take->spot);
    zone_spot_free(&take->space);
    *take = (zone_take){0};
}

/* ---------------------------------------------------------------- widths */

/* Border and area of a feature as drawn, in the plane's units. */
static double border_of(const zone_batch *batch, size_t feature, double *area)
{
    double length = 0.0, doubled = 0.0;

    for (size_t r = batch->ring_start[feature]; r < batch->ring_start[feature + 1]; r++) {
        size_t first = batch->vertex_start[r], end = batch->vertex_start[r + 1];
        double x0 = batch->x[first], y0 = batch->y[first];
        for (size_t v = first; v < end; v++) {
            size_t next = v + 1 < end ? v + 1 : first;
            double x = batch->x[v] - x0, y = batch->y[v] - y0;
            double next_x = batch->x[next] - x0, next_y = batch->y[next] - y0;
            length += hypot(next_x - x, next_y - y);
            doubled += x * next_y - next_x * y;
        }
    }
    if (area)
        *area = doubled / 2.0;
    return length;
}

double zone_site_width(const zone_trial *trial, size_t site, double *length)
{
    double area = 0.0, border = border_of(&trial->block.batch, site, &area), metres = sqrt(trial->square);

    *length = trial->square > 0.0 ? border * metres : NAN;
    return trial->square > 0.0 && border > 0.0 ? 2.0 * area / border * metres : NAN;
}

static zone_status draw_part(zone_trial *trial, size_t site, const zone_part *part, zone_geometry **drawn)
{
    zone_geometry *own = NULL, *other = NULL;
    zone_status status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, site, &own);

    *drawn = NULL;
    if (!status)
        status = zone_geometry_from_batch(trial->ctx, part->batch, part->feature, &other);
    if (!status)
        status = zone_geometry_intersection(trial->ctx, own, other, drawn);
    zone_geometry_free(own);
    zone_geometry_free(other);
    return status;
}

/* GEOS need not be able to draw what the kernel measured: then there is no geometry, and no error. */
static zone_status forgive(zone_status status)
{
    return status == ZONE_BAD_GEOMETRY ? ZONE_OK : status;
}

/* The border of a piece is made of the borders of the two: where the piece is wide even with all of them it is wide. */
static zone_status measure_width(zone_trial *trial, size_t site, double narrow, zone_part *part)
{
    double metres = sqrt(trial->square), area = fabs(zone_trial_plane(trial, part->drawn));
    double most = border_of(&trial->block.batch, site, NULL) + border_of(part->batch, part->feature, NULL);
    zone_geometry *drawn = NULL;

    if (!(metres > 0.0) || 2.0 * area / (most * metres) >= narrow)
        return ZONE_OK;
    zone_status status = draw_part(trial, site, part, &drawn);
    if (!status) {
        double length = zone_geometry_length(drawn) * metres;
        part->width = length > 0.0 ? 2.0 * zone_geometry_plane_area(drawn) * trial->square / length : 0.0;
        part->sliver = part->width < narrow;
    }
    zone_geometry_free(drawn);
    return forgive(status);
}

/* ---------------------------------------------------------------- parts */

static zone_status add_part(zone_trial *trial, zone_take *take, zone_part part)
{
    zone_status status =
        zone_reserve(trial->ctx, (void **)&take->part, &take->capacity, take->count + 1, sizeof *take->part);

    part.width = NAN;
    if (!status)
        take->part[take->count++] = part;
    return status;
}

/* Nothing in the plane, but for the last digits of what it is a part of. */
static bool is_flat(zone_int128 drawn, zone_int128 whole)
{
    return (drawn < 0 ? -drawn : drawn) < (whole < 0 ? -whole : whole) / 1000000000000;
}

static zone_exact net_of(const zone_held *held, const zone_holding *holding, zone_exact area)
{
    bool odd = false;

    return zone_exact_scale(
        area, zone_ridge_kept(zone_held_text(held, holding->feature, ZONE_HELD_RIDGE), held->ridge_scale, &odd));
}

static bool counts_for(const zone_trial *trial, size_t site, const zone_plan_check *check, const char *code,
                       const char *state)
{
    bool known = false;

    if (is_rule(check, "land"))
        return zone_plan_counts(check, code);
    if (is_rule(check, "use"))
        return zone_plan_uses(check, zone_site_text(trial->sites, trial->block.first + site, ZONE_SITE_KIND), code,
                              &known);
    if (!is_rule(check, "granted") || check->state_count == 0)
        return true;
    for (size_t i = 0; state && i < check->state_count; i++)
        if (strcmp(check->states[i], state) == 0)
            return true;
    return false;
}

static zone_status take_holdings(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    const zone_held *held = zone_trial_held(trial, check->of);
    const zone_holding_list *list = &held->in_sites;
    zone_status status = ZONE_OK;

    for (size_t i = list->start[site]; i < list->start[site + 1] && !status; i++) {
        const zone_holding *holding = &list->holding[i];
        zone_exact area = holding->area - holding->repeat;
        const char *code = zone_held_text(held, holding->feature, ZONE_HELD_CLASS);
        zone_part part = {.batch = &held->kept,
                          .feature = holding->feature,
                          .area = check->net ? net_of(held, holding, area) : area,
                          .drawn = holding->drawn,
                          .id = zone_held_text(held, holding->feature, ZONE_HELD_ID),
                          .code = code};
        part.counts = counts_for(trial, site, check, code, zone_held_text(held, holding->feature, ZONE_HELD_STATE));
        take->plane = take->plane && holding->repeat == 0 && !check->net;
        if (is_flat(part.drawn, trial->in_zones.drawn[site]) && !take->rest)
            take->edge += part.area;
        else
            status = add_part(trial, take, part);
    }
    return status;
}

/* What the widened site has of a feature less what the site has of it. */
static zone_status take_beside(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    const zone_held *held = zone_trial_held(trial, check->of);
    const zone_holding_list *list = &held->near, *own = &held->in_sites;
    size_t at = own->start[site];
    zone_status status = ZONE_OK;

    for (size_t i = list->start[site]; i < list->start[site + 1] && !status; i++) {
        const zone_holding *wide = &list->holding[i];
        zone_part part = {.batch = &held->kept,
                          .feature = wide->feature,
                          .area = wide->area,
                          .drawn = wide->drawn,
                          .id = zone_held_text(held, wide->feature, ZONE_HELD_ID),
                          .counts = true};
        while (at < own->start[site + 1] && own->holding[at].feature < wide->feature)
            at++;
        if (at < own->start[site + 1] && own->holding[at].feature == wide->feature) {
            part.area -= own->holding[at].area;
            part.drawn -= own->holding[at].drawn;
        }
        if (is_flat(part.drawn, trial->in_zones.drawn[site]))
            take->edge += part.area;
        else
            status = add_part(trial, take, part);
    }
    return status;
}

/* Pieces in members of a layer that is in memory: other sites, or zones. */
static zone_status take_members(zone_trial *trial, size_t site, const zone_piece_list *pieces, bool of_sites,
                                zone_take *take)
{
    size_t own = trial->block.first + site;
    zone_status status = ZONE_OK;

    for (size_t i = pieces->start[site]; i < pieces->start[site + 1] && !status; i++) {
        const zone_piece *piece = &pieces->piece[i];
        const char *id =
            of_sites ? trial->sites->key[piece->member] : zone_batch_text(&trial->zones.batch, piece->member, 0);
        if (of_sites && piece->member == own)
            continue;
        zone_part part = {.batch = of_sites ? &trial->sites->batch : &trial->zones.batch,
                          .feature = piece->member,
                          .area = piece->area,
                          .drawn = piece->drawn,
                          .id = id,
                          .counts = true};
        if (is_flat(part.drawn, trial->in_zones.drawn[site]))
            take->edge += part.area;
        else
            status = add_part(trial, take, part);
    }
    return status;
}

/* ---------------------------------------------------------------- measures */

static zone_exact size_of(zone_exact area)
{
    return area < 0 ? -area : area;
}

/* Adds up the parts that count, and finds the largest. */
static zone_status add_up(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    zone_status status = ZONE_OK;

    take->largest = take->count;
    for (size_t i = 0; i < take->count && !status; i++) {
        zone_part *part = &take->part[i];
        if (part->counts && check->narrow > 0.0 && !take->rest && !take->beside)
            status = measure_width(trial, site, check->narrow, part);
        if (part->sliver) {
            take->slivers += part->area;
            take->sliver_count++;
            part->counts = false;
        }
        if (!part->counts)
            continue;
        take->area += part->area;
        take->drawn += part->drawn;
        if (take->largest == take->count || size_of(part->area) > size_of(take->part[take->largest].area))
            take->largest = i;
    }
    return status;
}

/* What they leave of the site; of the zones, what the largest leaves. */
static void turn_round(const zone_trial *trial, size_t site, bool of_zones, zone_take *take)
{
    const zone_part *main = of_zones && take->largest < take->count ? &take->part[take->largest] : NULL;
    zone_int128 whole = trial->in_zones.drawn[site];

    take->area = trial->in_zones.whole[site] - (main ? main->area : take->area);
    take->drawn = whole - (main ? main->drawn : take->drawn);
    if (take->plane && is_flat(take->drawn, whole)) {
        take->edge += take->area;
        take->area = 0;
        take->drawn = 0;
    }
}

static void only_largest(zone_take *take)
{
    const zone_part *part = take->largest < take->count ? &take->part[take->largest] : NULL;

    take->area = part ? part->area : 0;
    take->drawn = part ? part->drawn : 0;
}

zone_status zone_take_measure(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    bool of_zones = is_rule(check, "zones");
    zone_status status = ZONE_OK;

    *take = (zone_take){.part = take->part,
                        .capacity = take->capacity,
                        .spot = take->spot,
                        .spot_capacity = take->spot_capacity,
                        .space = take->space,
                        .plane = true};
    take->rest = of_zones || is_rule(check, "inside") || is_rule(check, "use");
    take->beside = is_rule(check, "near");
    if (of_zones)
        status = take_members(trial, site, &trial->in_zones.pieces, false, take);
    else if (is_rule(check, "overlap"))
        status = take_members(trial, site, &trial->in_sites.pieces, true, take);
    else
        status = take->beside ? take_beside(trial, site, check, take) : take_holdings(trial, site, check, take);
    if (!status)
        status = add_up(trial, site, check, take);
    if (take->rest)
        turn_round(trial, site, of_zones, take);
    else if (check->per_piece)
        only_largest(take);
    if (!zone_piece_counts(take->area))
        take->area = 0;
    return status;
}

/* ---------------------------------------------------------------- drawn */

/* Widened sites come in the order of the sites; one that could not be widened is missing. */
static size_t find_near(const zone_batch *near, size_t site)
{
    size_t low = 0;

    for (size_t high = near->feature_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (near->id[middle] < (int64_t)site)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does the part belong to what was measured? */
static bool is_measured(const zone_plan_check *check, const zone_take *take, size_t part)
{
    bool only = (check->per_piece && !take->rest) || is_rule(check, "zones");

    return take->part[part].counts && (!only || part == take->largest);
}

/* The site less the parts that count. */
static zone_status draw_rest(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                             zone_geometry **drawn)
{
    zone_status status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, site, drawn);

    for (size_t i = 0; i < take->count && !status; i++) {
        zone_geometry *other = NULL, *left = NULL;
        if (!is_measured(check, take, i))
            continue;
        status = zone_geometry_from_batch(trial->ctx, take->part[i].batch, take->part[i].feature, &other);
        if (!status)
            status = zone_geometry_difference(trial->ctx, *drawn, other, &left);
        if (!status) {
            zone_geometry_free(*drawn);
            *drawn = left;
        }
        zone_geometry_free(other);
    }
    return status;
}

static zone_status draw_beside(zone_trial *trial, size_t site, const zone_part *part, zone_geometry **drawn)
{
    const zone_batch *near = &trial->block.near;
    size_t wide = find_near(near, site);
    zone_geometry *area = NULL, *other = NULL, *own = NULL, *both = NULL;
    zone_status status = zone_geometry_from_batch(trial->ctx, near, wide, &area);

    *drawn = NULL;
    if (!status)
        status = zone_geometry_from_batch(trial->ctx, part->batch, part->feature, &other);
    if (!status)
        status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, site, &own);
    if (!status)
        status = zone_geometry_intersection(trial->ctx, area, other, &both);
    if (!status)
        status = zone_geometry_difference(trial->ctx, both, own, drawn);
    zone_geometry_free(area);
    zone_geometry_free(other);
    zone_geometry_free(own);
    zone_geometry_free(both);
    return status;
}

static zone_status add_spot(zone_trial *trial, zone_take *take, size_t *count, const zone_batch *batch, size_t feature,
                            bool outside)
{
    zone_status status =
        zone_reserve(trial->ctx, (void **)&take->spot, &take->spot_capacity, *count + 1, sizeof *take->spot);

    if (!status)
        take->spot[(*count)++] = (zone_spot_area){batch, feature, outside};
    return status;
}

zone_status zone_take_place(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take, bool *found,
                            double place[2])
{
    const zone_batch *own = &trial->block.batch;
    const zone_part *largest = take->largest < take->count ? &take->part[take->largest] : NULL;
    size_t count = 0;
    zone_status status = ZONE_OK;

    *found = false;
    if (!take->rest && !largest)
        return ZONE_OK;
    status = add_spot(trial, take, &count, own, site, take->beside);
    for (size_t i = 0; take->rest && i < take->count && !status; i++)
        if (is_measured(check, take, i))
            status = add_spot(trial, take, &count, take->part[i].batch, take->part[i].feature, true);
    if (!status && !take->rest)
        status = add_spot(trial, take, &count, largest->batch, largest->feature, false);
    if (!status && take->beside)
        status = add_spot(trial, take, &count, &trial->block.near, find_near(&trial->block.near, site), false);
    return status ? status : zone_spot_find(trial->ctx, &take->space, take->spot, count, found, place);
}

static zone_status add_area(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    zone_exact *sum = user;

    (void)feature;
    (void)pieces;
    (void)count;
    zone_exact_add(*sum, whole, sum);
    return ZONE_OK;
}

static zone_status area_of(zone_trial *trial, const zone_geometry *drawn, zone_projection *projection, zone_exact *sum)
{
    zone_batch batch = {0};
    zone_status status = ZONE_OK;

    if (zone_geometry_shape(drawn) == ZONE_SHAPE_AREA)
        status = zone_geometry_to_batch(trial->ctx, drawn, 0, &batch);
    if (!status)
        status = zone_overlay(trial->ctx, projection, &batch, NULL, add_area, sum);
    zone_batch_free(&batch);
    return status;
}

zone_status zone_take_by_method(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_projection *projection, zone_exact *area)
{
    zone_status status = ZONE_OK;

    *area = 0;
    if (take->rest) {
        zone_geometry *drawn = NULL;
        status = draw_rest(trial, site, check, take, &drawn);
        if (!status)
            status = area_of(trial, drawn, projection, area);
        zone_geometry_free(drawn);
        return status;
    }
    for (size_t i = 0; i < take->count && !status; i++) {
        zone_geometry *drawn = NULL;
        if (!is_measured(check, take, i))
            continue;
        status = take->beside ? draw_beside(trial, site, &take->part[i], &drawn)
                              : draw_part(trial, site, &take->part[i], &drawn);
        if (!status)
            status = area_of(trial, drawn, projection, area);
        zone_geometry_free(drawn);
    }
    return status;
}

zone_status zone_take_clip(zone_trial *trial, size_t site, const zone_take *take, size_t part, zone_clip *clip,
                           const unsigned char **wkb, size_t *size, bool *empty)
{
    const zone_batch *own = &trial->block.batch, *near = &trial->block.near;
    zone_status status = take->beside ? zone_clip_begin(trial->ctx, clip, near, find_near(near, site))
                                      : zone_clip_begin(trial->ctx, clip, own, site);

    for (size_t i = 0; take->rest && i < take->count && !status; i++)
        if (take->part[i].counts)
            status = zone_clip_remove(trial->ctx, clip, take->part[i].batch, take->part[i].feature);
    if (!status && !take->rest)
        status = zone_clip_keep(trial->ctx, clip, take->part[part].batch, take->part[part].feature);
    if (!status && take->beside)
        status = zone_clip_remove(trial->ctx, clip, own, site);
    *wkb = status ? NULL : zone_clip_end(trial->ctx, clip, size, empty);
    return status ? status : *wkb ? ZONE_OK : ZONE_NO_MEMORY;
}
