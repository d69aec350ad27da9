/* Sites judged check by check. */
#include "ask/judge.h"

#include "ask/claimed.h"
#include "ask/remarks.h"
#include "ask/ridges.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double half_diagonal = 0.70710678118654752, diagonal = 1.41421356237309505; /* of a step */

/* A site while it is judged. */
typedef struct {
    zone_trial *trial;
    size_t site;
    bool brief;
    zone_clip *clip;
    zone_arena *arena;
    zone_site_result *result;
    double length; /* of its border, m */
    double width;
    double step; /* m, of the last digit of its coordinates; 0: they have no last digit */
    zone_take take;
    zone_site_finding *finding; /* room for all */
} judging;

static bool is_rule(const zone_plan_check *check, const char *rule)
{
    return strcmp(check->rule, rule) == 0;
}

static const char *word(const judging *run, zone_site_word which)
{
    return zone_site_text(run->trial->sites, run->trial->block.first + run->site, which);
}

/* Whether the finding will be read: of a brief answer only what is held against the site. */
static bool is_told(const judging *run, const zone_site_finding *finding)
{
    return !run->brief || (finding->verdict == ZONE_FINDING_UNMET && finding->severity != ZONE_SEVERITY_NOTE);
}

/* ---------------------------------------------------------------- the last digit */

/* Coordinates that were computed have no last digit. */
double zone_judge_step(const zone_batch *batch, size_t site)
{
    enum { MOST = 6 };
    double scale = 1.0;

    for (int decimals = 0; decimals <= MOST; decimals++, scale *= 10.0) {
        bool whole = true;
        size_t first = batch->vertex_start[batch->ring_start[site]];
        size_t end = batch->vertex_start[batch->ring_start[site + 1]];
        for (size_t v = first; v < end && whole; v++)
            whole = fabs(batch->x[v] - rint(batch->x[v] * scale) / scale) < 4e-9 &&
                    fabs(batch->y[v] - rint(batch->y[v] * scale) / scale) < 4e-9;
        if (whole)
            return 1.0 / scale;
    }
    return 0.0;
}

/* Vertices half a step off in x and in y shift a border by at most step/√2. */
bool zone_judge_digit_turns(zone_exact margin, double border, double step, double square)
{
    return step > 0.0 && zone_exact_to_m2(margin) <= border * step * square * half_diagonal;
}

static bool digit_turns(const judging *run, zone_exact margin)
{
    return zone_judge_digit_turns(margin, run->length, run->step, 1.0);
}

/* ---------------------------------------------------------------- areas */

static zone_exact size_of(zone_exact area)
{
    return area < 0 ? -area : area;
}

static zone_exact limit_of(const zone_plan_check *check, zone_exact whole)
{
    if (check->limit.kind == ZONE_LIMIT_SHARE)
        return zone_exact_scale(whole, check->limit.share);
    return check->limit.kind == ZONE_LIMIT_AREA ? check->limit.area : 0;
}

/* On the ellipsoid methods differ by less than 1e-4 of an area of any use,
 * the plane of a zone of 6° by up to 0.2 %. */
bool zone_judge_may_bridge(const zone_method *method, zone_exact margin, zone_exact of)
{
    return margin <= of / (method->kind == ZONE_METHOD_GRID ? 400 : 10000) + ZONE_EXACT_M2 / 100;
}

static zone_status find_turns(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    zone_trial *trial = run->trial;
    bool met = finding->verdict == ZONE_FINDING_MET;
    /* Land under two features can't be shared out between them again. */
    bool tellable = !run->take.repeats || (!check->net && !check->per_piece);
    zone_status status = ZONE_OK;

    if (run->take.count == 0 && run->take.area == 0)
        return ZONE_OK;
    if (digit_turns(run, finding->margin))
        finding->turned |= ZONE_TURNED_BY_DIGIT;
    for (size_t m = 1; m < trial->methods.count && finding->area > 0 && tellable && !status; m++) {
        bool means = false;
        zone_exact whole = 0, area = 0;
        if (!zone_judge_may_bridge(&trial->methods.method[m], finding->margin, finding->area + finding->limit))
            continue;
        status = zone_site_by_method(trial, run->site, m, &means, &whole);
        if (status || !means)
            continue;
        status = zone_take_by_method(trial, run->site, check, &run->take, trial->methods.projection[m], &area);
        if (!status && (area <= limit_of(check, whole)) != met)
            finding->turned |= UINT32_C(1) << m;
    }
    return status == ZONE_BAD_GEOMETRY ? ZONE_OK : status;
}

static zone_status add_piece(judging *run, uint32_t check, const zone_part *part, zone_exact area, size_t number)
{
    zone_site_piece *grown = NULL;
    const unsigned char *wkb = NULL;
    size_t size = 0, count = run->result->piece_count;
    bool empty = false;
    zone_status status = zone_take_clip(run->trial, run->site, &run->trial->plan->checks[check], &run->take, number,
                                        run->clip, &wkb, &size, &empty);

    if (status || empty)
        return status;
    grown = zone_arena_take(run->trial->ctx, run->arena, (count + 1) * sizeof *grown);
    unsigned char *copy = zone_arena_take(run->trial->ctx, run->arena, size);
    if (!grown || !copy)
        return ZONE_NO_MEMORY;
    if (count)
        memcpy(grown, run->result->piece, count * sizeof *grown);
    memcpy(copy, wkb, size);
    grown[count] =
        (zone_site_piece){.check = check,
                          .area = area,
                          .width = part ? part->width : NAN,
                          .wkb = copy,
                          .size = size,
                          .with = part && part->id ? zone_arena_copy(run->trial->ctx, run->arena, part->id) : NULL};
    run->result->piece = grown;
    run->result->piece_count++;
    return ZONE_OK;
}

static zone_status keep_pieces(judging *run, const zone_site_finding *finding)
{
    zone_status status = ZONE_OK;

    if (run->take.rest)
        return add_piece(run, finding->check, NULL, finding->area, 0);
    for (size_t i = 0; i < run->take.count && !status; i++)
        if (run->take.part[i].counts)
            status = add_piece(run, finding->check, &run->take.part[i], run->take.part[i].area, i);
    return status;
}

/* Land that is only noted is kept without its rings: it may be all the parcels of a county. */
static bool is_drawn(const judging *run, const zone_plan_check *check)
{
    const zone_held *held = zone_trial_held(run->trial, check->of);

    return !held || held->drawn;
}

static zone_status judge_area(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    bool drawn = is_drawn(run, check);
    run->take.widths = run->clip != NULL;
    zone_status status = zone_take_measure(run->trial, run->site, check, &run->take);

    finding->measures = ZONE_MEASURES_AREA;
    finding->area = run->take.area;
    finding->limit = limit_of(check, run->result->area);
    finding->margin = size_of(finding->limit - finding->area);
    finding->verdict = finding->area <= finding->limit ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    if (!status && drawn && is_told(run, finding))
        status = find_turns(run, check, finding);
    if (!status && drawn && finding->verdict == ZONE_FINDING_UNMET && is_told(run, finding))
        status = zone_take_place(run->trial, run->site, check, &run->take, &finding->placed, finding->place);
    if (!status && drawn && finding->verdict == ZONE_FINDING_UNMET && run->clip)
        status = keep_pieces(run, finding);
    if (!status && is_told(run, finding))
        finding->remark = zone_remark_take(run->trial, run->site, check, &run->take);
    return status;
}

/* ---------------------------------------------------------------- words */

/* What the data do not tell can't be held against the site as hard as what they tell. */
static void not_told(zone_site_finding *finding, const char *remark)
{
    finding->verdict = ZONE_FINDING_UNMET;
    finding->severity = finding->severity == ZONE_SEVERITY_REJECT ? ZONE_SEVERITY_WARN : finding->severity;
    finding->remark = remark;
}

static zone_status judge_use(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    const char *kind = word(run, ZONE_SITE_KIND);
    bool known = false;

    zone_plan_uses(check, kind, "", &known);
    if (known)
        return judge_area(run, check, finding);
    not_told(finding, kind ? zone_say(run->trial->ctx, "the check names no uses for the kind %s", kind)
                           : zone_tell(run->trial->ctx, "the site names no kind"));
    return ZONE_OK;
}

static zone_status judge_claim(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    zone_context *ctx = run->trial->ctx;
    zone_claimed claim;
    zone_status status = zone_claimed_judge(run->trial, run->site, word(run, ZONE_SITE_CLAIMED), &claim);

    if (status)
        return status;
    if (!claim.told) {
        not_told(finding, zone_tell(ctx, claim.fault));
        return ZONE_OK;
    }
    finding->measures = ZONE_MEASURES_AREA;
    finding->area = size_of(claim.difference);
    finding->limit = limit_of(check, run->result->area);
    finding->margin = size_of(finding->limit - finding->area);
    finding->verdict = finding->area <= finding->limit ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    if (digit_turns(run, finding->margin))
        finding->turned |= ZONE_TURNED_BY_DIGIT;
    for (size_t m = 1; m < run->trial->methods.count && !status; m++) {
        bool means = false;
        zone_exact area = 0;
        if (!zone_judge_may_bridge(&run->trial->methods.method[m], finding->margin, run->result->area))
            continue;
        status = zone_site_by_method(run->trial, run->site, m, &means, &area);
        bool met = size_of(claim.claimed - area) <= limit_of(check, area);
        if (!status && means && met != (finding->verdict == ZONE_FINDING_MET))
            finding->turned |= UINT32_C(1) << m;
    }
    if (is_told(run, finding))
        finding->remark = zone_remark_claim(ctx, &claim, run->result->area);
    return status;
}

static void judge_width(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    finding->measures = ZONE_MEASURES_WIDTH;
    finding->number = run->width;
    finding->least = check->limit.metres;
    finding->number_margin = fabs(run->width - check->limit.metres);
    finding->verdict = run->width >= check->limit.metres ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    if (isnan(run->width))
        not_told(finding, zone_tell(run->trial->ctx, "the drawing plane has no metres"));
    else if (run->step > 0.0 && finding->number_margin <= run->step * diagonal)
        finding->turned |= ZONE_TURNED_BY_DIGIT;
}

/* The allowed term next to the site's: where the other verdict begins. */
static double nearest_term(const zone_plan_check *check, double years)
{
    double nearest = years;

    for (size_t i = 0; i < check->allowed_count; i++)
        if (i == 0 || fabs(check->allowed[i] - years) < fabs(nearest - years))
            nearest = check->allowed[i];
    if (!isnan(check->least) && nearest < check->least)
        nearest = check->least;
    if (!isnan(check->most) && nearest > check->most)
        nearest = check->most;
    return nearest;
}

/* How far an allowed term is from what is not: of a list it is at once. */
static double room_of(const zone_plan_check *check, double years)
{
    double below = isnan(check->least) ? INFINITY : years - check->least;
    double above = isnan(check->most) ? INFINITY : check->most - years;

    return check->allowed_count ? 0.0 : fmin(below, above);
}

static void judge_term(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    zone_context *ctx = run->trial->ctx;
    const char *term = word(run, ZONE_SITE_TERM);
    double years = 0.0;

    const char *kind = word(run, ZONE_SITE_KIND), *supply = word(run, ZONE_SITE_SUPPLY);

    /* What the site does not say may be what the check is about. */
    bool may_apply = zone_plan_term_applies(check,
                                            kind                ? kind
                                            : check->kind_count ? check->kinds[0]
                                                                : NULL,
                                            supply ? supply : check->supply);
    if (may_apply && check->kind_count && !kind) {
        not_told(finding, zone_tell(ctx, "the site names no kind"));
        return;
    }
    if (may_apply && check->supply && !supply) {
        not_told(finding, zone_tell(ctx, "the site does not say how its land is supplied"));
        return;
    }
    if (!may_apply) {
        finding->verdict = ZONE_FINDING_NOTE;
        finding->severity = ZONE_SEVERITY_NOTE;
        finding->remark = zone_tell(ctx, "the check is not about this kind of site");
        return;
    }
    if (!zone_plan_term_read(term, &years)) {
        not_told(finding, term ? zone_say(ctx, "the term is no number of years: %s", term)
                               : zone_tell(ctx, "the site names no term"));
        return;
    }
    finding->measures = ZONE_MEASURES_YEARS;
    finding->number = years;
    finding->least = nearest_term(check, years);
    finding->verdict = zone_plan_term_allowed(check, years) ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    finding->number_margin =
        finding->verdict == ZONE_FINDING_MET ? room_of(check, years) : fabs(years - finding->least);
}

static void judge_identity(judging *run, zone_site_finding *finding)
{
    const zone_sites *sites = run->trial->sites;
    size_t site = run->trial->block.first + run->site;

    finding->verdict = sites->twin[site] || sites->nameless[site] ? ZONE_FINDING_UNMET : ZONE_FINDING_MET;
    if (sites->twin[site])
        finding->remark = zone_tell(run->trial->ctx, "another site of the batch has this id");
    else if (sites->nameless[site])
        finding->remark = zone_tell(run->trial->ctx, word(run, ZONE_SITE_ID)     ? "no name"
                                                     : word(run, ZONE_SITE_NAME) ? "no id"
                                                                                 : "neither id nor name");
}

static void judge_soundness(judging *run, zone_site_finding *finding)
{
    const zone_batch *batch = &run->trial->sites->batch; /* copies have no reasons */
    size_t site = run->trial->block.first + run->site;

    finding->verdict = batch->state[site] == ZONE_FEATURE_USED ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    if (batch->reason[site])
        finding->remark = batch->state[site] == ZONE_FEATURE_REPAIRED
                              ? zone_say(run->trial->ctx, "repaired: %s; area in the plane changed by %.4f m2",
                                         batch->reason[site], batch->area_change[site] * run->trial->square)
                              : zone_say(run->trial->ctx, "%s", batch->reason[site]);
    bool empty = run->result->readable && run->result->area < ZONE_EXACT_MICRO_M2;
    if (empty) {
        finding->verdict = ZONE_FINDING_UNMET;
        finding->remark = zone_tell(run->trial->ctx, "the area is 0");
    }
    if (!run->result->readable || empty)
        finding->severity = ZONE_SEVERITY_REJECT;
}

static zone_status judge(judging *run, const zone_plan_check *check, zone_site_finding *finding)
{
    if (is_rule(check, "sound"))
        judge_soundness(run, finding);
    else if (is_rule(check, "identity"))
        judge_identity(run, finding);
    else if (is_rule(check, "width"))
        judge_width(run, check, finding);
    else if (is_rule(check, "term"))
        judge_term(run, check, finding);
    else if (is_rule(check, "claimed"))
        return judge_claim(run, check, finding);
    else if (is_rule(check, "use"))
        return judge_use(run, check, finding);
    else
        return judge_area(run, check, finding);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- the site */

/* Only the words of a site that can't be read are judged, and that it can't. */
static bool can_be_judged(const judging *run, const zone_plan_check *check)
{
    bool of_words = is_rule(check, "sound") || is_rule(check, "identity") || is_rule(check, "term");

    return !is_rule(check, "quota") && (run->result->readable || of_words);
}

static zone_status add_finding(judging *run, uint32_t number, zone_site_finding finding)
{
    zone_site_result *result = run->result;

    if (finding.remark && is_told(run, &finding) &&
        !(finding.remark = zone_arena_copy(run->trial->ctx, run->arena, finding.remark)))
        return ZONE_NO_MEMORY;
    finding.check = number;
    result->barred =
        result->barred || (finding.verdict == ZONE_FINDING_UNMET && finding.severity == ZONE_SEVERITY_REJECT);
    if (is_told(run, &finding))
        run->finding[result->finding_count++] = finding;
    return ZONE_OK;
}

/* Most checks of a brief answer leave no finding. */
static zone_status keep_findings(judging *run)
{
    zone_site_result *result = run->result;
    size_t size = result->finding_count * sizeof *result->finding;

    result->finding = zone_arena_take(run->trial->ctx, run->arena, size + 1);
    if (!result->finding)
        return ZONE_NO_MEMORY;
    memcpy(result->finding, run->finding, size);
    return ZONE_OK;
}

static zone_status run_checks(judging *run)
{
    const zone_plan *plan = run->trial->plan;
    bool said = run->result->readable;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < plan->check_count && !status; i++) {
        const zone_plan_check *check = &plan->checks[i];
        zone_site_finding finding = {.check = (uint32_t)i, .severity = check->severity};
        if (!can_be_judged(run, check))
            continue;
        said = said || is_rule(check, "sound");
        status = judge(run, check, &finding);
        if (!status)
            status = add_finding(run, (uint32_t)i, finding);
    }
    if (!status && !said) {
        zone_site_finding finding = {.severity = ZONE_SEVERITY_REJECT};
        judge_soundness(run, &finding);
        status = add_finding(run, ZONE_JUDGE_READABLE, finding);
    }
    return status ? status : keep_findings(run);
}

static zone_exact sum_of(const zone_trial *trial, size_t site, const char *key, bool net)
{
    const zone_held *held = zone_trial_held(trial, key);
    zone_exact sum = 0;

    for (size_t i = held ? held->in_sites.start[site] : 0; held && i < held->in_sites.start[site + 1]; i++) {
        const zone_holding *holding = &held->in_sites.holding[i];
        zone_exact area = holding->area - holding->repeat;
        bool odd = false;
        if (net)
            area = zone_exact_scale(area, zone_ridge_kept(zone_held_text(held, holding->feature, ZONE_HELD_RIDGE),
                                                          held->ridge_scale, &odd));
        sum += area;
    }
    return sum;
}

static zone_exact construction_of(const zone_trial *trial, size_t site)
{
    const zone_held *held = zone_trial_held(trial, ZONE_TRIAL_LANDUSE);
    zone_exact sum = 0;

    for (size_t i = held ? held->in_sites.start[site] : 0; held && i < held->in_sites.start[site + 1]; i++) {
        const zone_holding *holding = &held->in_sites.holding[i];
        if (zone_plan_is_construction(trial->plan, zone_plan_layer_find(trial->plan, ZONE_TRIAL_LANDUSE)->edition,
                                      zone_held_text(held, holding->feature, ZONE_HELD_CLASS)))
            sum += holding->area - holding->repeat;
    }
    return sum;
}

/* Draws of nothing are no draws. */
static zone_status find_draws(judging *run)
{
    const zone_plan *plan = run->trial->plan;
    zone_site_result *result = run->result;
    size_t *zones = NULL, count = 0;
    zone_status status = zone_trial_zones(run->trial, run->site, &zones, &count);

    if (!status)
        result->draw =
            zone_arena_take(run->trial->ctx, run->arena, (count * plan->quota_count + 1) * sizeof *result->draw);
    if (!status && !result->draw)
        status = ZONE_NO_MEMORY;
    for (size_t q = 0; q < plan->quota_count && !status; q++)
        for (size_t i = 0; i < count; i++) {
            zone_exact area = zone_trial_draw(run->trial, run->site, zones[i], plan->quotas[q].draws);
            if (zone_piece_counts(area) && area > 0)
                result->draw[result->draw_count++] =
                    (zone_site_draw){.zone = (uint32_t)zones[i], .quota = (uint32_t)q, .area = area};
        }
    free(zones);
    return status;
}

static zone_status find_repeats(judging *run)
{
    const zone_trial *trial = run->trial;
    zone_site_result *result = run->result;

    result->repeat = zone_arena_take(trial->ctx, run->arena, (trial->held_count + 1) * sizeof *result->repeat);
    if (!result->repeat)
        return ZONE_NO_MEMORY;
    for (size_t h = 0; h < trial->held_count; h++) {
        const zone_held *held = &trial->held[h];
        zone_site_repeat *repeat = &result->repeat[result->repeat_count++];
        *repeat = (zone_site_repeat){.looked = held->looked[run->site]};
        for (size_t i = held->in_sites.start[run->site]; i < held->in_sites.start[run->site + 1]; i++)
            repeat->area += held->in_sites.holding[i].repeat;
    }
    return ZONE_OK;
}

zone_status zone_judge_site(zone_trial *trial, size_t site, bool brief, zone_clip *clip, zone_arena *arena,
                            zone_site_result *result)
{
    judging run = {.trial = trial, .site = site, .brief = brief, .clip = clip, .arena = arena, .result = result};
    zone_status status = ZONE_OK;

    run.finding = zone_allocate(trial->ctx, trial->plan->check_count + 1, sizeof *run.finding);

    *result = (zone_site_result){.readable = trial->block.batch.state[site] != ZONE_FEATURE_REJECTED};
    if (result->readable) {
        run.width = zone_site_width(trial, site, &run.length);
        run.step = trial->square > 0.0 ? zone_judge_step(&trial->block.batch, site) * sqrt(trial->square) : 0.0;
        result->area = trial->in_zones.whole[site];
        result->farmland = sum_of(trial, site, ZONE_TRIAL_FARMLAND, false);
        result->farmland_net = sum_of(trial, site, ZONE_TRIAL_FARMLAND, true);
        result->redline = sum_of(trial, site, ZONE_TRIAL_REDLINE, false);
        result->construction = construction_of(trial, site);
        result->zones = zone_arena_copy(trial->ctx, arena, zone_remark_zones(trial, site));
        status = result->zones ? find_draws(&run) : ZONE_NO_MEMORY;
    }
    if (!status)
        status = find_repeats(&run);
    if (!status)
        status = run.finding ? run_checks(&run) : ZONE_NO_MEMORY;
    free(run.finding);
    zone_take_free(&run.take);
    return status;
}
