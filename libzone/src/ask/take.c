/* What a site takes, by rule. */
#include "ask/take.h"

#include "ask/ridges.h"
#include "ask/shared_widths.h"
#include "ask/take_drawn.h"
#include "ask/take_once.h"
#include "read/polygons.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_rule(const zone_plan_check *check, const char *rule)
{
    return strcmp(check->rule, rule) == 0;
}

void zone_take_free(zone_take *take)
{
    free(take->part);
    free(take->spot);
    zone_spot_free(&take->space);
    *take = (zone_take){0};
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

/* The kernel rounds coordinates to 2^-30 m (2^-48 degree; kernel/project.h) and has areas in their squares halved: two
 * steps along all of the border. */
static zone_int128 strip_of(const zone_trial *trial, size_t site, double within)
{
    double border = trial->border[trial->block.first + site];

    if (within > 0.0)
        border += 8.0 * within / sqrt(trial->square); /* what a circle has round it, and more */
    return (zone_int128)ldexp(border, trial->square > 0.0 ? 32 : 50);
}

static bool is_flat(const zone_take *take, zone_int128 drawn)
{
    return (drawn < 0 ? -drawn : drawn) <= take->strip;
}

static double kept_of(const zone_held *held, const zone_holding *holding)
{
    bool odd = false;

    return zone_ridge_kept(zone_held_text(held, holding->feature, ZONE_HELD_RIDGE), held->ridge_scale, &odd);
}

/* For the rule: the class does, or the state. */
static bool holding_counts(const zone_trial *trial, size_t site, const zone_plan_check *check, const zone_held *held,
                           const zone_holding *holding)
{
    const char *code = zone_held_text(held, holding->feature, ZONE_HELD_CLASS);
    const char *state = zone_held_text(held, holding->feature, ZONE_HELD_STATE);
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

/* Repeats are known among all features. Where some count and some do not, those that do must be seen by themselves: a
 * feature that does not count takes nothing from one that does. */
static bool must_count_again(const zone_trial *trial, size_t site, const zone_plan_check *check, const zone_held *held)
{
    const zone_holding_list *list = &held->in_sites;
    bool repeats = false, left_out = false;

    for (size_t i = list->start[site]; i < list->start[site + 1] && !repeats; i++)
        repeats = list->holding[i].repeat != 0;
    for (size_t i = list->start[site]; repeats && i < list->start[site + 1] && !left_out; i++)
        left_out = !holding_counts(trial, site, check, held, &list->holding[i]);
    return left_out;
}

static zone_status take_holdings(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    const zone_held *held = zone_trial_held(trial, check->of);
    const zone_holding_list *list = &held->in_sites;
    zone_status status = ZONE_OK;

    take->again = must_count_again(trial, site, check, held);
    for (size_t i = list->start[site]; i < list->start[site + 1] && !status; i++) {
        const zone_holding *holding = &list->holding[i];
        bool counts = holding_counts(trial, site, check, held, holding);
        zone_exact area = take->again && counts ? holding->area : holding->area - holding->repeat;
        double kept = check->net ? kept_of(held, holding) : 1.0;
        zone_part part = {.batch = &held->kept,
                          .feature = holding->feature,
                          .area = check->net ? zone_exact_scale(area, kept) : area,
                          .kept = kept,
                          .drawn = holding->drawn,
                          .id = zone_held_text(held, holding->feature, ZONE_HELD_ID),
                          .code = zone_held_text(held, holding->feature, ZONE_HELD_CLASS),
                          .counts = counts};
        take->plane = take->plane && holding->repeat == 0 && !check->net;
        take->repeats = take->repeats || (holding->repeat != 0 && counts);
        if (is_flat(take, part.drawn) && !take->rest)
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
    const zone_holding_list *list = &held->near[zone_trial_distance(trial, check->within)], *own = &held->in_sites;
    size_t at = own->start[site];
    zone_status status = ZONE_OK;

    for (size_t i = list->start[site]; i < list->start[site + 1] && !status; i++) {
        const zone_holding *wide = &list->holding[i];
        zone_part part = {.batch = &held->kept,
                          .feature = wide->feature,
                          .area = wide->area - wide->repeat,
                          .drawn = wide->drawn,
                          .id = zone_held_text(held, wide->feature, ZONE_HELD_ID),
                          .kept = 1.0,
                          .counts = true};
        while (at < own->start[site + 1] && own->holding[at].feature < wide->feature)
            at++;
        take->repeats = take->repeats || wide->repeat != 0;
        take->plane = take->plane && wide->repeat == 0;
        if (at < own->start[site + 1] && own->holding[at].feature == wide->feature) {
            part.area -= own->holding[at].area - own->holding[at].repeat;
            part.drawn -= own->holding[at].drawn;
        }
        if (is_flat(take, part.drawn))
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
                          .kept = 1.0,
                          .counts = true};
        if (is_flat(take, part.drawn) && !take->rest)
            take->edge += part.area;
        else
            status = add_part(trial, take, part);
    }
    return status;
}

/* ---------------------------------------------------------------- slivers */

/* GEOS need not be able to draw what the kernel measured: then there is no geometry, and no error. */
static zone_status forgive(zone_status status)
{
    return status == ZONE_BAD_GEOMETRY ? ZONE_OK : status;
}

/* Is the site of one ring and wholly in the feature? Then the piece is the site. */
static bool is_whole_site(const zone_trial *trial, size_t site, const zone_part *part)
{
    const zone_batch *batch = &trial->block.batch;

    return part->drawn == trial->in_zones.drawn[site] && batch->ring_start[site + 1] - batch->ring_start[site] == 1;
}

/* Slivers are taken off the part, which stays what it is when it has none, and is one when it has nothing else. */
static zone_status tell_slivers(zone_trial *trial, double narrow, const zone_geometry *drawn, zone_take *take,
                                zone_part *part)
{
    zone_geometry *wide = NULL, *thin = NULL;
    double metres = sqrt(trial->square), widest = 0.0;
    zone_exact less = 0;
    zone_status status = zone_polygons_split(trial->ctx, drawn, narrow / metres, &wide, &thin, &widest);

    if (status)
        return status;
    size_t slivers = (size_t)zone_geometry_part_count(thin);
    part->width = widest * metres;
    part->sliver = part->width < narrow;
    if (!part->sliver && slivers)
        status = zone_take_area_of(trial, thin, trial->projection, &less);
    take->sliver_count += part->sliver && slivers == 0 ? 1 : slivers;
    take->slivers += part->sliver ? part->area : less;
    if (less != 0) {
        part->area -= less;
        part->trimmed = narrow;
    }
    zone_geometry_free(wide);
    zone_geometry_free(thin);
    return status;
}

/* Tells without drawing anything where all of the part is clearly wide, or clearly none. */
static bool tell_surely(const zone_trial *trial, size_t site, double narrow, zone_take *take, zone_part *part)
{
    static const double sure = 1e-6, least = 1e-3; /* shares of `narrow`; what is thinner yet may be no polygon */
    double metres = sqrt(trial->square), limit = narrow / metres;
    zone_shared_widths shared;

    if (!zone_shared_widths_find(&trial->block.batch, site, part->batch, part->feature, &shared))
        return false;
    if (shared.least > limit * (1.0 + sure))
        return true;
    if (shared.widest > limit * (1.0 - sure) || shared.least < limit * least)
        return false;
    part->width = shared.widest * metres;
    part->sliver = true;
    take->sliver_count += shared.count;
    take->slivers += part->area;
    return true;
}

static zone_status find_slivers(zone_trial *trial, size_t site, double narrow, zone_take *take, zone_part *part)
{
    double length = 0.0;
    zone_geometry *drawn = NULL;

    if (!(trial->square > 0.0) || (is_whole_site(trial, site, part) && zone_site_width(trial, site, &length) >= narrow))
        return ZONE_OK;
    if (!take->widths && tell_surely(trial, site, narrow, take, part))
        return ZONE_OK;
    zone_status status = zone_take_draw_part(trial, site, part, &drawn);
    if (!status)
        status = tell_slivers(trial, narrow, drawn, take, part);
    zone_geometry_free(drawn);
    return forgive(status);
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
            status = find_slivers(trial, site, check->narrow, take, part);
        part->counts = part->counts && !part->sliver;
        if (!part->counts)
            continue;
        take->area += part->area;
        take->drawn += part->drawn;
        if (take->largest == take->count || size_of(part->area) > size_of(take->part[take->largest].area))
            take->largest = i;
    }
    return status;
}

static bool same_zone(const zone_part *a, const zone_part *b)
{
    return a == b || (a->id && b->id && strcmp(a->id, b->id) == 0);
}

/* Of the zones the one that has most of the site counts alone, with all its features. */
static void keep_main_zone(zone_take *take)
{
    const zone_part *main = NULL;

    take->area = 0;
    for (size_t i = 0; i < take->count; i++) {
        zone_exact area = 0;
        for (size_t j = 0; j < take->count; j++)
            area += same_zone(&take->part[i], &take->part[j]) ? take->part[j].area : 0;
        if (main && area <= take->area)
            continue;
        main = &take->part[i];
        take->area = area;
    }
    take->drawn = 0;
    take->largest = take->count;
    for (size_t i = 0; i < take->count; i++) {
        zone_part *part = &take->part[i];
        part->counts = same_zone(part, main);
        take->drawn += part->counts ? part->drawn : 0;
        if (part->counts && (take->largest == take->count || part->area > take->part[take->largest].area))
            take->largest = i;
    }
}

/* What they leave of the site. */
static void turn_round(const zone_trial *trial, size_t site, zone_take *take)
{
    take->area = trial->in_zones.whole[site] - take->area;
    take->drawn = trial->in_zones.drawn[site] - take->drawn;
    if (take->plane && is_flat(take, take->drawn)) {
        take->edge += take->area;
        take->area = 0;
        take->drawn = 0;
    }
}

/* The largest piece of what is left. */
static zone_status leave_largest(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take)
{
    zone_geometry *drawn = NULL, *largest = NULL, *others = NULL;
    zone_exact area = 0;
    zone_status status = take->area > 0 ? zone_take_draw_rest(trial, site, check, take, &drawn) : ZONE_OK;

    if (!status && drawn)
        status = zone_polygons_largest(trial->ctx, drawn, &largest, &others);
    if (!status && others)
        status = zone_take_area_of(trial, others, trial->projection, &area);
    take->area -= area;
    take->one_piece = true;
    zone_geometry_free(drawn);
    zone_geometry_free(largest);
    zone_geometry_free(others);
    return forgive(status);
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

    *take = (zone_take){.widths = take->widths,
                        .part = take->part,
                        .capacity = take->capacity,
                        .spot = take->spot,
                        .spot_capacity = take->spot_capacity,
                        .space = take->space,
                        .plane = true};
    take->rest = of_zones || is_rule(check, "inside") || is_rule(check, "use");
    take->beside = is_rule(check, "near");
    take->of_sites = is_rule(check, "overlap");
    take->near = take->beside ? &trial->block.near[zone_trial_distance(trial, check->within)] : NULL;
    take->strip = strip_of(trial, site, check->within);
    if (of_zones)
        status = take_members(trial, site, &trial->in_zones.pieces, false, take);
    else if (take->of_sites)
        status = take_members(trial, site, &trial->in_sites.pieces, true, take);
    else
        status = take->beside ? take_beside(trial, site, check, take) : take_holdings(trial, site, check, take);
    if (!status)
        status = add_up(trial, site, check, take);
    if (of_zones)
        keep_main_zone(take);
    if (!status && take->again)
        status = zone_take_once(trial, site, check, take);
    if (take->rest)
        turn_round(trial, site, take);
    else if (check->per_piece)
        only_largest(take);
    else if (!status && take->of_sites)
        status = zone_take_once(trial, site, check, take);
    if (!status && take->rest && check->per_piece)
        status = leave_largest(trial, site, check, take);
    if (!zone_piece_counts(take->area))
        take->area = 0;
    return status;
}

/* ---------------------------------------------------------------- what was measured */

static zone_status add_spot(zone_trial *trial, zone_take *take, size_t *count, const zone_batch *batch, size_t feature,
                            bool outside)
{
    zone_status status =
        zone_reserve(trial->ctx, (void **)&take->spot, &take->spot_capacity, *count + 1, sizeof *take->spot);

    if (!status)
        take->spot[(*count)++] = (zone_spot_area){batch, feature, outside};
    return status;
}

/* In what GEOS left of a part without its slivers, or in the largest polygon. */
static zone_status find_drawn_place(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                    bool *found, double place[2])
{
    zone_geometry *drawn = NULL;
    zone_status status = take->rest ? zone_take_draw_left(trial, site, check, take, &drawn)
                                    : zone_take_draw_any(trial, site, take, take->largest, &drawn);

    if (!status)
        *found = zone_geometry_interior_point(drawn, &place[0], &place[1]);
    zone_geometry_free(drawn);
    return forgive(status);
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
    if (take->rest ? take->one_piece : largest->trimmed > 0.0)
        return find_drawn_place(trial, site, check, take, found, place);
    status = add_spot(trial, take, &count, own, site, take->beside);
    for (size_t i = 0; take->rest && i < take->count && !status; i++)
        if (zone_take_is_measured(check, take, i))
            status = add_spot(trial, take, &count, take->part[i].batch, take->part[i].feature, true);
    if (!status && !take->rest)
        status = add_spot(trial, take, &count, largest->batch, largest->feature, false);
    if (!status && take->beside)
        status = add_spot(trial, take, &count, take->near, zone_take_find_near(take->near, site), false);
    if (!status)
        status = zone_spot_find(trial->ctx, &take->space, take->spot, count, found, place);
    /* No line met it: it is small beside what it is a part of. */
    return status || *found ? status : find_drawn_place(trial, site, check, take, found, place);
}

zone_status zone_take_by_method(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_projection *projection, zone_exact *area)
{
    zone_status status = ZONE_OK;

    *area = 0;
    if (take->rest || (take->repeats && !check->per_piece)) {
        zone_geometry *drawn = NULL;
        status = take->rest ? zone_take_draw_left(trial, site, check, take, &drawn)
                            : zone_take_draw_together(trial, site, check, take, &drawn);
        if (!status)
            status = zone_take_area_of(trial, drawn, projection, area);
        zone_geometry_free(drawn);
        return status;
    }
    for (size_t i = 0; i < take->count && !status; i++) {
        zone_geometry *drawn = NULL;
        zone_exact part = 0;
        if (!zone_take_is_measured(check, take, i))
            continue;
        status = zone_take_draw_any(trial, site, take, i, &drawn);
        if (!status)
            status = zone_take_area_of(trial, drawn, projection, &part);
        *area += take->part[i].kept < 1.0 ? zone_exact_scale(part, take->part[i].kept) : part;
        zone_geometry_free(drawn);
    }
    return status;
}

zone_status zone_take_clip(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                           size_t part, zone_clip *clip, const unsigned char **wkb, size_t *size, bool *empty)
{
    const zone_batch *own = &trial->block.batch;
    zone_status status = take->beside
                             ? zone_clip_begin(trial->ctx, clip, take->near, zone_take_find_near(take->near, site))
                             : zone_clip_begin(trial->ctx, clip, own, site);

    for (size_t i = 0; take->rest && i < take->count && !status; i++)
        if (zone_take_is_measured(check, take, i))
            status = zone_clip_remove(trial->ctx, clip, take->part[i].batch, take->part[i].feature);
    if (!status && !take->rest)
        status = zone_clip_keep(trial->ctx, clip, take->part[part].batch, take->part[part].feature);
    if (!status && take->beside)
        status = zone_clip_remove(trial->ctx, clip, own, site);
    *wkb = status ? NULL : zone_clip_end(trial->ctx, clip, size, empty);
    return status ? status : *wkb ? ZONE_OK : ZONE_NO_MEMORY;
}
