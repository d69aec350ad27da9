/* Claimed areas, and how they were made: another unit, another area method, 1 mu as 666.67 m², holes not taken out.
 * Tried in this order, each at the claim's own decimals; the first that gives its digits explains it. */
#include "ask/claimed.h"

#include <stdio.h>
#include <string.h>

/* Square metres that offices take for a mu, in hundredths; true is 66666.666… */
static const int constants[] = {66667, 66670, 66700, 66660, 66600};
enum { CONSTANTS = sizeof constants / sizeof *constants };

static zone_status keep_whole(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    (void)feature;
    (void)pieces;
    (void)count;
    *(zone_exact *)user = whole;
    return ZONE_OK;
}

static zone_status measure(zone_trial *trial, const zone_batch *one, size_t method, bool *means, zone_exact *area)
{
    zone_projection *projection = trial->methods.projection[method];

    *means = projection != NULL;
    *area = 0;
    return projection ? zone_overlay(trial->ctx, projection, one, NULL, keep_whole, area) : ZONE_OK;
}

zone_status zone_site_by_method(zone_trial *trial, size_t site, size_t method, bool *means, zone_exact *area)
{
    if (trial->methods.method[method].kind == ZONE_METHOD_GRID && trial->methods.projection[method] &&
        trial->square > 0.0) { /* as it was drawn: known */
        *means = true;
        return zone_exact_from_m2(zone_trial_plane(trial, trial->in_zones.drawn[site]), area) ? ZONE_OK
                                                                                              : ZONE_TOO_LARGE;
    }
    zone_batch one = {0};
    zone_status status = zone_batch_add_copy(trial->ctx, &one, &trial->block.batch, site);

    if (!status)
        status = measure(trial, &one, method, means, area);
    zone_batch_free(&one);
    return status;
}

/* The site without its holes. */
static zone_status measure_filled(zone_trial *trial, size_t site, bool *holes, zone_exact *area)
{
    const zone_batch *batch = &trial->block.batch;
    zone_batch one = {0};
    bool means = false;
    zone_status status = zone_batch_add_feature(trial->ctx, &one, batch->id[site], 0, ZONE_SHAPE_AREA);

    *holes = false;
    for (size_t r = batch->ring_start[site]; r < batch->ring_start[site + 1] && !status; r++) {
        size_t first = batch->vertex_start[r], end = batch->vertex_start[r + 1];
        double doubled = 0.0;
        for (size_t v = first; v < end; v++) {
            size_t next = v + 1 < end ? v + 1 : first;
            doubled += (batch->x[v] - batch->x[first]) * (batch->y[next] - batch->y[first]) -
                       (batch->x[next] - batch->x[first]) * (batch->y[v] - batch->y[first]);
        }
        if (doubled < 0.0) {
            *holes = true;
            continue;
        }
        status = zone_batch_add_ring(trial->ctx, &one);
        for (size_t v = first; v < end && !status; v++)
            status = zone_batch_add_vertex(trial->ctx, &one, batch->x[v], batch->y[v]);
    }
    if (!status && *holes)
        status = measure(trial, &one, 0, &means, area);
    zone_batch_free(&one);
    return status;
}

/* ---------------------------------------------------------------- explanations */

static bool met_in(const zone_claimed *claim, const zone_unit *unit, zone_exact area)
{
    zone_figure figure = claim->figure;

    figure.unit = unit;
    return zone_figure_met(&figure, area);
}

/* 1 mu taken as a constant: of the exact area, or of the mu rounded to 2 to 4 decimals first. */
static bool met_by_constant(const zone_claimed *claim, zone_exact area, int constant)
{
    const zone_unit *mu = zone_unit_find("mu"), *metre = zone_unit_find(NULL);
    zone_int128 step = 10000;

    if (claim->figure.unit == mu)
        return met_in(claim, mu, area / (3 * constant) * 200000);
    if (claim->figure.unit != metre)
        return false;
    if (met_in(claim, metre, area / 200000 * (3 * constant)))
        return true;
    for (int decimals = 2; decimals <= 4; decimals++, step *= 10)
        if (met_in(claim, metre, zone_exact_round(area, mu, decimals) * constant * (ZONE_EXACT_M2 / step)))
            return true;
    return false;
}

/* By the area of one method: the digits themselves in any unit, or a constant. */
static const char *explain_by(zone_context *ctx, zone_claimed *claim, const char *method, bool asked, zone_exact area)
{
    const zone_unit *written = claim->figure.unit;
    char number[16];

    if (!asked && met_in(claim, written, area))
        return zone_say(ctx, "area by the method %s", method);
    for (size_t u = 0; zone_unit_at(u); u++) {
        if (zone_unit_at(u) == written || claim->figure.value == 0 || !met_in(claim, zone_unit_at(u), area))
            continue;
        claim->figure.unit = zone_unit_at(u);
        return asked ? zone_say(ctx, "the number is in %s", zone_unit_at(u)->name)
                     : zone_say(ctx, "the number is in %s, by the method %s", zone_unit_at(u)->name, method);
    }
    for (int i = 0; i < CONSTANTS; i++) {
        if (!met_by_constant(claim, area, constants[i]))
            continue;
        snprintf(number, sizeof number, "%d.%02d", constants[i] / 100, constants[i] % 100);
        return asked ? zone_say(ctx, "1 mu taken as %s m2", number)
                     : zone_say(ctx, "1 mu taken as %s m2, area by the method %s", number, method);
    }
    return NULL;
}

static zone_status explain(zone_trial *trial, size_t site, zone_exact computed, zone_claimed *claim)
{
    zone_context *ctx = trial->ctx;
    zone_exact area = 0;
    bool holes = false;
    zone_status status = ZONE_OK;

    claim->explained = explain_by(ctx, claim, trial->method.name, true, computed);
    for (size_t m = 1; m < trial->methods.count && !claim->explained && !status; m++) {
        bool means = false;
        status = zone_site_by_method(trial, site, m, &means, &area);
        if (!status && means)
            claim->explained = explain_by(ctx, claim, trial->methods.method[m].name, false, area);
    }
    if (!status && !claim->explained)
        status = measure_filled(trial, site, &holes, &area);
    if (!status && holes && met_in(claim, claim->figure.unit, area))
        claim->explained = zone_say(ctx, "holes were not taken out");
    return status;
}

/* ---------------------------------------------------------------- the claim */

/* A number without a unit is in m². */
static bool read_figure(const char *text, zone_figure *figure)
{
    const char *reason = NULL;
    char with_unit[128];

    if (zone_figure_parse(text, figure, &reason))
        return true;
    int length = snprintf(with_unit, sizeof with_unit, "%s m2", text);
    return length > 0 && (size_t)length < sizeof with_unit && zone_figure_parse(with_unit, figure, &reason);
}

zone_status zone_claimed_judge(zone_trial *trial, size_t site, const char *text, zone_claimed *claim)
{
    zone_exact computed = trial->in_zones.whole[site];
    zone_status status = ZONE_OK;

    *claim = (zone_claimed){0};
    if (!text || !*text)
        claim->fault = "no area is claimed";
    else if (!read_figure(text + (*text == '-'), &claim->figure))
        claim->fault = "the claimed area is no number";
    else if (*text == '-' || claim->figure.value <= 0)
        claim->fault = "the claimed area is not above 0";
    if (claim->fault)
        return ZONE_OK;
    claim->told = true;
    if (!zone_figure_met(&claim->figure, computed))
        status = explain(trial, site, computed, claim);
    claim->claimed = zone_figure_area(&claim->figure);
    claim->difference = claim->claimed - computed;
    return status;
}
