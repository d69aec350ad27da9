/* The answer of a batch: a row a site, a row a finding, a row a step of the ledger. */
#include "ask/quota.h"

#include "ask/remarks.h"
#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SITE, NAME, VERDICT, ZONES, AREA, CONSTRUCTION, FARMLAND, FARMLAND_NET, REDLINE, FINDINGS, REASONS };
/* Rounded one by one: a site reads the same alone, as a line of JSON, and among others. Sums are in the closure. */
static const zone_column columns[] = {
    [SITE] = {.name = "site", .heading = "site", .type = ZONE_COLUMN_TEXT},
    [NAME] = {.name = "name", .heading = "name", .type = ZONE_COLUMN_TEXT},
    [VERDICT] = {.name = "verdict", .heading = "verdict", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [ZONES] = {.name = "zones", .heading = "zones and shares", .type = ZONE_COLUMN_TEXT},
    [AREA] = {.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA},
    [CONSTRUCTION] = {.name = "construction", .heading = "construction today", .type = ZONE_COLUMN_AREA},
    [FARMLAND] = {.name = "farmland", .heading = "basic farmland", .type = ZONE_COLUMN_AREA},
    [FARMLAND_NET] = {.name = "farmland_net", .heading = "basic farmland, net", .type = ZONE_COLUMN_AREA},
    [REDLINE] = {.name = "redline", .heading = "ecological red line", .type = ZONE_COLUMN_AREA},
    [FINDINGS] = {.name = "unmet", .heading = "checks not met", .type = ZONE_COLUMN_INTEGER},
    [REASONS] = {.name = "reasons", .heading = "not met", .type = ZONE_COLUMN_TEXT},
};

enum {
    F_SITE,
    F_CHECK,
    F_SEVERITY,
    F_VERDICT,
    F_MEASURED,
    F_AREA,
    F_LIMIT,
    F_MARGIN,
    F_METHOD,
    F_TURNED,
    F_PLACE,
    F_REMARK
};
static const zone_column finding_columns[] = {
    [F_SITE] = {.name = "site", .heading = "site", .type = ZONE_COLUMN_TEXT},
    [F_CHECK] = {.name = "rule", .heading = "check", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [F_SEVERITY] = {.name = "severity", .heading = "severity", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [F_VERDICT] = {.name = "verdict", .heading = "verdict", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [F_MEASURED] = {.name = "measured", .heading = "measured", .type = ZONE_COLUMN_TEXT},
    [F_AREA] = {.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA},
    [F_LIMIT] = {.name = "limit", .heading = "limit", .type = ZONE_COLUMN_TEXT},
    [F_MARGIN] = {.name = "margin", .heading = "margin", .type = ZONE_COLUMN_TEXT},
    [F_METHOD] = {.name = "method", .heading = "area method", .type = ZONE_COLUMN_TEXT},
    [F_TURNED] = {.name = "turned_by", .heading = "turned by", .type = ZONE_COLUMN_TEXT},
    [F_PLACE] = {.name = "place", .heading = "place", .type = ZONE_COLUMN_TEXT},
    [F_REMARK] = {.name = "remark", .heading = "remark", .type = ZONE_COLUMN_TEXT},
};

enum { L_STEP, L_SITE, L_ZONE, L_KIND, L_OPENING, L_DRAWN, L_BALANCE, L_ENTRY, L_REMARK };
static const zone_column ledger_columns[] = {
    [L_STEP] = {.name = "step", .heading = "step", .type = ZONE_COLUMN_INTEGER},
    [L_SITE] = {.name = "site", .heading = "site", .type = ZONE_COLUMN_TEXT},
    [L_ZONE] = {.name = "zone", .heading = "zone", .type = ZONE_COLUMN_TEXT},
    [L_KIND] = {.name = "kind", .heading = "quota", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [L_OPENING] = {.name = "opening", .heading = "opening", .type = ZONE_COLUMN_AREA},
    [L_DRAWN] = {.name = "drawn", .heading = "drawn", .type = ZONE_COLUMN_AREA, .between = true},
    [L_BALANCE] = {.name = "balance", .heading = "balance", .type = ZONE_COLUMN_AREA},
    [L_ENTRY] = {.name = "entry", .heading = "entry", .type = ZONE_COLUMN_TEXT, .verdict = true},
    [L_REMARK] = {.name = "remark", .heading = "remark", .type = ZONE_COLUMN_TEXT},
};

enum { P_SITE, P_CHECK, P_WITH, P_WIDTH, P_AREA, P_METHOD, P_GEOMETRY };
enum { S_SITE, S_NAME, S_VERDICT, S_AREA, S_REASONS, S_GEOMETRY };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static zone_table *open_section(zone_table *table, zone_section section, const zone_column *list, size_t count)
{
    zone_table *made = zone_table_section_create(table, section);

    for (size_t i = 0; i < count; i++)
        zone_table_add_column(made, list[i]);
    return made;
}

void zone_quota_open_answer(zone_context *ctx, zone_quota_answer *answer)
{
    const char *crs = *answer->trial->crs->code ? answer->trial->crs->code : answer->trial->crs->wkt;
    const zone_column pieces[] = {
        [P_SITE] = {.name = "site", .type = ZONE_COLUMN_TEXT},
        [P_CHECK] = {.name = "rule", .type = ZONE_COLUMN_TEXT},
        [P_WITH] = {.name = "with", .type = ZONE_COLUMN_TEXT},
        [P_WIDTH] = {.name = "width", .type = ZONE_COLUMN_REAL, .decimals = 4, .unit = "m"},
        [P_AREA] = {.name = "area", .type = ZONE_COLUMN_AREA},
        [P_METHOD] = {.name = "method", .type = ZONE_COLUMN_TEXT},
        [P_GEOMETRY] = {.name = "geometry", .type = ZONE_COLUMN_GEOMETRY, .crs = crs},
    };
    const zone_column shapes[] = {
        [S_SITE] = {.name = "site", .type = ZONE_COLUMN_TEXT},
        [S_NAME] = {.name = "name", .type = ZONE_COLUMN_TEXT},
        [S_VERDICT] = {.name = "verdict", .type = ZONE_COLUMN_TEXT},
        [S_AREA] = {.name = "area", .type = ZONE_COLUMN_AREA},
        [S_REASONS] = {.name = "reasons", .type = ZONE_COLUMN_TEXT},
        [S_GEOMETRY] = {.name = "geometry", .type = ZONE_COLUMN_GEOMETRY, .crs = crs},
    };

    (void)ctx;
    answer->table = zone_table_create("quota");
    for (size_t i = 0; i < COUNT(columns); i++)
        zone_table_add_column(answer->table, columns[i]);
    answer->findings = open_section(answer->table, ZONE_SECTION_FINDINGS, finding_columns, COUNT(finding_columns));
    answer->ledger = answer->pieces = answer->shapes = NULL;
    if (answer->options->pieces) {
        answer->pieces = open_section(answer->table, ZONE_SECTION_PIECES, pieces, COUNT(pieces));
        answer->shapes = open_section(answer->table, ZONE_SECTION_SHAPES, shapes, COUNT(shapes));
        zone_table_set_title(answer->pieces, "conflicts"); /* names of layers */
        zone_table_set_title(answer->shapes, "sites");
    }
}

/* ---------------------------------------------------------------- findings */

static const char *const severities[] = {"note", "warn", "reject"};
static const char *const verdicts[] = {"met", "unmet", "note"};

static const char *say_measured(zone_context *ctx, const zone_quota_options *options, zone_measures measures,
                                zone_exact area, double number)
{
    if (measures == ZONE_MEASURES_AREA)
        return options->exact ? zone_remark_exact_area(ctx, area) : zone_remark_area(ctx, area);
    if (measures == ZONE_MEASURES_WIDTH)
        return zone_say(ctx, options->exact ? "%.6f m" : "%.3f m", number);
    return measures == ZONE_MEASURES_YEARS ? zone_say(ctx, "%g years", number) : NULL;
}

/* "10, 20, 30", "5 to 10". */
static const char *say_terms(zone_context *ctx, const zone_plan_check *check)
{
    const char *text = NULL;

    for (size_t i = 0; i < check->allowed_count; i++)
        text = text ? zone_say(ctx, "%s, %g", text, check->allowed[i]) : zone_say(ctx, "%g", check->allowed[i]);
    if (isnan(check->least) && isnan(check->most))
        return text;
    if (isnan(check->most))
        return zone_say(ctx, "at least %g", check->least);
    return isnan(check->least) ? zone_say(ctx, "at most %g", check->most)
                               : zone_say(ctx, "%g to %g", check->least, check->most);
}

static const char *say_turned(zone_context *ctx, const zone_trial *trial, uint32_t turned)
{
    const char *text = NULL;

    for (size_t m = 1; m < trial->methods.count; m++)
        if (turned & UINT32_C(1) << m)
            text = text ? zone_say(ctx, "%s, %s", text, trial->methods.method[m].name)
                        : zone_say(ctx, "%s", trial->methods.method[m].name);
    if (!(turned & ZONE_TURNED_BY_DIGIT))
        return text;
    const char *digit = zone_tell(ctx, "the last digit of the coordinates");
    return text ? zone_say(ctx, "%s, %s", text, digit) : digit;
}

static void add_finding(zone_context *ctx, zone_quota_answer *answer, size_t site, const char *name,
                        const zone_plan_check *check, const zone_site_finding *finding)
{
    zone_table *to = answer->findings;
    const zone_quota_options *options = answer->options;
    zone_measures measures = finding->measures;
    bool area = measures == ZONE_MEASURES_AREA;
    /* What is only to be noted is not held against the site. */
    bool noted = finding->verdict == ZONE_FINDING_NOTE ||
                 (finding->verdict == ZONE_FINDING_UNMET && finding->severity == ZONE_SEVERITY_NOTE);

    if (answer->options->brief && (noted || finding->verdict == ZONE_FINDING_MET))
        return;
    size_t row = zone_table_add_row(to);
    zone_table_set_text(to, row, F_SITE, answer->sites->key[site]);
    zone_table_set_text(to, row, F_CHECK, name);
    zone_table_set_text(to, row, F_SEVERITY, severities[finding->severity]);
    zone_table_set_text(to, row, F_VERDICT, verdicts[noted ? ZONE_FINDING_NOTE : finding->verdict]);
    zone_table_set_text(to, row, F_MEASURED, say_measured(ctx, options, measures, finding->area, finding->number));
    if (area)
        zone_table_set_area(to, row, F_AREA, finding->area);
    if (check && measures == ZONE_MEASURES_YEARS)
        zone_table_set_text(to, row, F_LIMIT, say_terms(ctx, check));
    else if (check && measures != ZONE_MEASURES_NOTHING)
        zone_table_set_text(to, row, F_LIMIT,
                            check->quota ? say_measured(ctx, options, measures, finding->limit, 0.0)
                                         : check->limit.text);
    if (finding->verdict != ZONE_FINDING_NOTE)
        zone_table_set_text(to, row, F_MARGIN,
                            say_measured(ctx, options, measures, finding->margin, finding->number_margin));
    if (area)
        zone_table_set_text(to, row, F_METHOD, answer->trial->method.name);
    zone_table_set_text(to, row, F_TURNED, say_turned(ctx, answer->trial, finding->turned));
    if (finding->placed)
        zone_table_set_text(to, row, F_PLACE,
                            zone_say(ctx, answer->trial->square > 0.0 ? "%.3f %.3f" : "%.8f %.8f", finding->place[0],
                                     finding->place[1]));
    zone_table_set_text(to, row, F_REMARK, finding->remark);
}

/* ---------------------------------------------------------------- quotas */

static const char *say_step(zone_context *ctx, const zone_plan *plan, const zone_quota_book *book,
                            const zone_quota_step *step)
{
    const zone_quota_account *account = &book->account[step->account];

    return zone_say(ctx, step->kind == ZONE_STEP_GRANTED ? "%s: of %s" : "%s: not drawn, of %s",
                    plan->zones[account->zone].id, zone_remark_area(ctx, step->before));
}

/* What turns the steps of a kind turns the finding only where all of them then fit, or one no longer does. */
static uint32_t turned_together(const zone_plan *plan, const char *kind, const zone_quota_book *book,
                                const zone_quota_step *steps, size_t step_count)
{
    uint32_t fits_not = 0, turned_fits_not = 0; /* by bit: of one step at least */

    for (size_t i = 0; i < step_count; i++) {
        if (strcmp(plan->quotas[book->account[steps[i].account].quota].kind, kind) != 0)
            continue;
        uint32_t fits = steps[i].wanted <= steps[i].before ? UINT32_MAX : 0;
        fits_not |= ~fits;
        turned_fits_not |= ~(fits ^ steps[i].turned);
    }
    return fits_not ^ turned_fits_not;
}

/* A check of a quota, from the steps of the site that are about its kind: what it draws against what is left, where
 * that is tightest. */
static void judge_quota(zone_context *ctx, const zone_plan *plan, const zone_plan_check *check,
                        const zone_site_result *result, const zone_quota_book *book, const zone_quota_step *steps,
                        size_t step_count, zone_site_finding *finding)
{
    const zone_quota_step *tightest = NULL;
    const char *remark = NULL;
    bool fits = true;

    finding->verdict = ZONE_FINDING_NOTE;
    for (size_t i = 0; i < step_count; i++) {
        const zone_quota_step *step = &steps[i];
        if (strcmp(plan->quotas[book->account[step->account].quota].kind, check->quota) != 0)
            continue;
        if (!tightest || step->before - step->wanted < tightest->before - tightest->wanted)
            tightest = step;
        fits = fits && step->wanted <= step->before;
        const char *one = say_step(ctx, plan, book, step);
        remark = remark ? zone_say(ctx, "%s; %s", remark, one) : one;
    }
    finding->remark = remark ? remark : zone_tell(ctx, "draws nothing");
    if (!tightest) {
        for (size_t i = 0; i < result->draw_count; i++)
            if (strcmp(plan->quotas[result->draw[i].quota].kind, check->quota) == 0)
                finding->remark = zone_tell(ctx, "the zone has no account of this kind");
        return;
    }
    finding->measures = ZONE_MEASURES_AREA;
    finding->area = tightest->wanted;
    finding->limit = tightest->before;
    finding->margin = fits ? tightest->before - tightest->wanted : tightest->wanted - tightest->before;
    finding->verdict = fits ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    finding->turned = turned_together(plan, check->quota, book, steps, step_count);
}

/* ---------------------------------------------------------------- sites */

/* What a row says of all findings. */
typedef struct {
    zone_severity worst;
    bool unmet;
    size_t count;
    const char *reasons;
} summary;

static void sum_up(zone_context *ctx, summary *sum, const char *name, const zone_site_finding *finding)
{
    if (finding->verdict != ZONE_FINDING_UNMET || finding->severity == ZONE_SEVERITY_NOTE)
        return;
    if (!sum->unmet || finding->severity > sum->worst)
        sum->worst = finding->severity;
    sum->unmet = true;
    sum->count++;
    sum->reasons = sum->reasons ? zone_say(ctx, "%s, %s", sum->reasons, zone_tell(ctx, name)) : zone_tell(ctx, name);
}

/* Findings in the order of the plan's checks; those of quotas come from the ledger. */
static void add_findings(zone_context *ctx, zone_quota_answer *answer, size_t site, const zone_site_result *result,
                         const zone_quota_book *book, const zone_quota_step *steps, size_t step_count, summary *sum)
{
    const zone_plan *plan = answer->plan;
    size_t next = 0;

    for (size_t c = 0; c < plan->check_count; c++) {
        const zone_plan_check *check = &plan->checks[c];
        zone_site_finding of_quota = {.check = (uint32_t)c, .severity = check->severity};
        const zone_site_finding *finding = NULL;
        if (next < result->finding_count && result->finding[next].check == c)
            finding = &result->finding[next++];
        else if (check->quota && result->readable) {
            judge_quota(ctx, plan, check, result, book, steps, step_count, &of_quota);
            finding = &of_quota;
        }
        if (!finding)
            continue;
        sum_up(ctx, sum, check->name, finding);
        add_finding(ctx, answer, site, check->name, check, finding);
    }
    for (; next < result->finding_count; next++) {
        sum_up(ctx, sum, "sound", &result->finding[next]);
        add_finding(ctx, answer, site, "sound", NULL, &result->finding[next]);
    }
}

static void add_pieces(zone_quota_answer *answer, size_t site, const zone_site_result *result)
{
    zone_table *to = answer->pieces;

    for (size_t i = 0; to && i < result->piece_count; i++) {
        const zone_site_piece *piece = &result->piece[i];
        size_t row = zone_table_add_row(to);
        zone_table_set_text(to, row, P_SITE, answer->sites->key[site]);
        zone_table_set_text(to, row, P_CHECK, answer->plan->checks[piece->check].name);
        zone_table_set_text(to, row, P_WITH, piece->with);
        zone_table_set_real(to, row, P_WIDTH, piece->width);
        zone_table_set_area(to, row, P_AREA, piece->area);
        zone_table_set_text(to, row, P_METHOD, answer->trial->method.name);
        zone_table_set_geometry(to, row, P_GEOMETRY, piece->wkb, piece->size);
    }
}

static zone_status add_shape(zone_context *ctx, zone_quota_answer *answer, size_t site, const zone_site_result *result,
                             const char *verdict, const char *reasons)
{
    zone_table *to = answer->shapes;
    zone_clip *clip = NULL;
    bool empty = false;
    size_t size = 0;

    if (!to)
        return ZONE_OK;
    zone_status status = zone_clip_open(ctx, &clip);
    if (!status)
        status = zone_clip_begin(ctx, clip, &answer->sites->batch, site);
    const unsigned char *wkb = status ? NULL : zone_clip_end(ctx, clip, &size, &empty);
    if (wkb) {
        size_t row = zone_table_add_row(to);
        zone_table_set_text(to, row, S_SITE, answer->sites->key[site]);
        zone_table_set_text(to, row, S_NAME, zone_site_text(answer->sites, site, ZONE_SITE_NAME));
        zone_table_set_text(to, row, S_VERDICT, verdict);
        zone_table_set_area(to, row, S_AREA, result->area);
        zone_table_set_text(to, row, S_REASONS, reasons);
        zone_table_set_geometry(to, row, S_GEOMETRY, wkb, size);
    }
    zone_clip_close(clip);
    return status ? status : wkb ? ZONE_OK : ZONE_NO_MEMORY;
}

/* Columns of layers that the plan does not have stay empty. */
static void set_areas(zone_quota_answer *answer, size_t row, const zone_site_result *result)
{
    zone_table *table = answer->table;

    if (!result->readable)
        return;
    zone_table_set_area(table, row, AREA, result->area);
    if (zone_trial_held(answer->trial, ZONE_TRIAL_LANDUSE))
        zone_table_set_area(table, row, CONSTRUCTION, result->construction);
    if (zone_trial_held(answer->trial, ZONE_TRIAL_REDLINE))
        zone_table_set_area(table, row, REDLINE, result->redline);
    if (zone_trial_held(answer->trial, ZONE_TRIAL_FARMLAND)) {
        zone_table_set_area(table, row, FARMLAND, result->farmland);
        zone_table_set_area(table, row, FARMLAND_NET, result->farmland_net);
    }
}

zone_status zone_quota_add_site(zone_context *ctx, zone_quota_answer *answer, size_t site,
                                const zone_site_result *result, const zone_quota_book *book,
                                const zone_quota_step *steps, size_t step_count)
{
    zone_table *table = answer->table;
    summary sum = {0};

    add_findings(ctx, answer, site, result, book, steps, step_count, &sum);
    bool rejected = sum.unmet && sum.worst == ZONE_SEVERITY_REJECT, warned = sum.unmet && !rejected;
    const char *verdict = rejected ? "reject" : warned ? "warn" : "pass";
    answer->rejected += rejected;
    answer->warned += warned;
    answer->passed += !sum.unmet;
    zone_exact_add(answer->area, result->area, &answer->area);
    zone_exact_add(answer->farmland, result->farmland, &answer->farmland);
    size_t row = zone_table_add_row(table);
    zone_table_set_text(table, row, SITE, answer->sites->key[site]);
    zone_table_set_text(table, row, NAME, zone_site_text(answer->sites, site, ZONE_SITE_NAME));
    zone_table_set_text(table, row, VERDICT, verdict);
    zone_table_set_text(table, row, ZONES, result->zones && *result->zones ? result->zones : NULL);
    set_areas(answer, row, result);
    zone_table_set_integer(table, row, FINDINGS, (int64_t)sum.count);
    zone_table_set_text(table, row, REASONS, sum.reasons);
    add_pieces(answer, site, result);
    return add_shape(ctx, answer, site, result, verdict, sum.reasons);
}

/* ---------------------------------------------------------------- the ledger */

static size_t add_ledger_row(zone_quota_answer *answer, const zone_quota_book *book, size_t account, zone_exact opening,
                             zone_exact balance, const char *entry)
{
    zone_table *to = answer->ledger;
    const zone_quota_account *of = &book->account[account];
    size_t row = zone_table_add_row(to);

    zone_table_set_text(to, row, L_ZONE, answer->plan->zones[of->zone].id);
    zone_table_set_text(to, row, L_KIND, answer->plan->quotas[of->quota].kind);
    zone_table_set_area(to, row, L_OPENING, opening);
    zone_table_set_area(to, row, L_DRAWN, opening - balance);
    zone_table_set_area(to, row, L_BALANCE, balance);
    zone_table_set_text(to, row, L_ENTRY, entry);
    return row;
}

/* NULL: there was none. */
static const char *say_refusal(zone_context *ctx, const zone_quota_step *step)
{
    const char *wanted = step->kind == ZONE_STEP_GRANTED ? NULL : zone_remark_area(ctx, step->wanted);

    if (step->kind == ZONE_STEP_GRANTED)
        return NULL;
    if (step->kind == ZONE_STEP_BARRED)
        return zone_say(ctx, "wanted %s; a check rejects the site", wanted);
    if (step->wanted <= step->before)
        return zone_say(ctx, "wanted %s; another account or a better choice stands against it", wanted);
    return zone_say(ctx, "wanted %s, short by %s", wanted, zone_remark_area(ctx, step->wanted - step->before));
}

static void add_account(zone_context *ctx, zone_quota_answer *answer, const zone_quota_book *book, size_t account)
{
    static const char *const entries[] = {"booked", "refused", "barred"};
    const zone_quota_account *of = &book->account[account];
    const char *name =
        zone_say(ctx, "%s %s", answer->plan->zones[of->zone].id, zone_tell(ctx, answer->plan->quotas[of->quota].kind));
    zone_exact drawn = 0;
    size_t row = add_ledger_row(answer, book, account, of->opening, of->opening, "opening");

    zone_table_set_text(answer->ledger, row, L_REMARK,
                        zone_tell(ctx, of->declared ? "declared by the plan" : "measured: the plan declares none"));
    for (size_t i = 0; i < book->step_count; i++) {
        const zone_quota_step *step = &book->step[i];
        if (step->account != account)
            continue;
        row = add_ledger_row(answer, book, account, step->before, step->after, entries[step->kind]);
        zone_table_set_integer(answer->ledger, row, L_STEP, (int64_t)i + 1);
        zone_table_set_text(answer->ledger, row, L_SITE, answer->sites->key[step->site]);
        zone_table_set_text(answer->ledger, row, L_REMARK, say_refusal(ctx, step));
        drawn += step->before - step->after;
    }
    zone_table_add_closure(answer->table, "opening balance", name, of->opening, NULL);
    zone_table_add_closure(answer->table, "drawn", name, drawn, NULL);
    zone_table_add_closure(answer->table, "closing balance", name, book->balance[account], NULL);
    zone_table_add_closure(answer->table, "residual", name, of->opening - drawn - book->balance[account], NULL);
}

void zone_quota_close_answer(zone_context *ctx, zone_quota_answer *answer, const zone_quota_book *book)
{
    answer->ledger = open_section(answer->table, ZONE_SECTION_LEDGER, ledger_columns, COUNT(ledger_columns));
    zone_table_add_closure(answer->table, "sum of sites", zone_tell(ctx, "area"), answer->area, NULL);
    zone_table_add_closure(answer->table, "sum of sites", zone_tell(ctx, "basic farmland"), answer->farmland, NULL);
    for (size_t a = 0; a < book->account_count; a++)
        add_account(ctx, answer, book, a);
    zone_table_set_title(answer->table,
                         zone_say(ctx, "quota of %zu sites, %s, method %s: %zu pass, %zu warn, %zu reject",
                                  answer->passed + answer->warned + answer->rejected, answer->plan->title,
                                  answer->trial->method.name, answer->passed, answer->warned, answer->rejected));
    zone_table_set_verdict(answer->table, answer->rejected ? ZONE_UNMET : ZONE_OK);
}
