/* Stored areas (TBMJ) against computed ones: which method and unit explain them, and which features nothing explains.
 *
 * A filed figure has two decimals and was forced to a control area (平差), so a difference of 0.02 m² + 1e-8 of the
 * area is the same figure by another rounding. */
#include "ask/faults.h"
#include "ask/methods.h"

#include "base/number.h"
#include "base/units.h"

#include <stdlib.h>
#include <string.h>

enum { METHODS = ZONE_METHODS };

typedef struct {
    zone_exact *computed; /* by feature */
    bool possible;        /* the method means something here */
} method_areas;

/* What a method and a unit explain of all features. */
typedef struct {
    int method;
    const zone_unit *unit;
    int64_t rounded; /* equal to the last stored digit */
    int64_t forced;  /* within the tolerance beyond that: 平差, or rounding of coordinates */
    int64_t apart;
} explanation;

/* ---------------------------------------------------------------- computing */

static zone_status keep_area(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    (void)pieces;
    (void)count;
    ((method_areas *)user)->computed[feature] = whole;
    return ZONE_OK;
}

static zone_status compute(zone_faults *faults, const char *name, method_areas *areas)
{
    zone_method method;
    zone_projection *projection = NULL;

    areas->computed = zone_allocate(faults->ctx, faults->loaded.batch.feature_count, sizeof *areas->computed);
    if (!areas->computed)
        return ZONE_NO_MEMORY;
    if (zone_method_parse(faults->ctx, name, &method) ||
        zone_projection_create(faults->ctx, zone_source_crs(faults->source)->wkt, &method, &projection))
        return ZONE_OK; /* grid of geographic data: this explanation is not possible */
    areas->possible = true;
    zone_status status = zone_overlay(faults->ctx, projection, &faults->loaded.batch, NULL, keep_area, areas);
    zone_projection_free(projection);
    return status;
}

/* ---------------------------------------------------------------- comparing */

/* Decimals of a stored number; 2 where the text has none of its own (a shapefile's 7999.5 was 7999.50). */
static int decimals_of(const char *text)
{
    const char *point = strchr(text, '.');
    size_t digits = point ? strspn(point + 1, "0123456789") : 0;

    return digits < 2 ? 2 : digits > 6 ? 6 : (int)digits;
}

static zone_exact size_of(zone_exact area)
{
    return area < 0 ? -area : area;
}

/* 0: equal to the stored digits; 1: within the tolerance; 2: apart; -1: no number is stored, or one so far off that no
 * area holds the difference. */
static int compare(const char *stored, const zone_unit *unit, zone_exact computed, zone_exact *difference)
{
    zone_exact area = 0;

    if (!stored || !zone_exact_parse(stored, unit, &area) || !zone_exact_add(area, -computed, difference))
        return -1;
    int decimals = decimals_of(stored);
    if (area == 0 && computed >= ZONE_EXACT_M2 / 200)
        return 2; /* a figure that was never filled in: in a unit large enough anything rounds to 0 */
    if (zone_exact_round(area, unit, decimals) == zone_exact_round(computed, unit, decimals))
        return 0;
    zone_exact tolerance = ZONE_EXACT_M2 / 50 + size_of(computed) / 100000000;
    if (unit->metres != 1) {
        zone_exact step = ZONE_EXACT_M2 * unit->metres / unit->per;
        for (int i = 0; i < decimals; i++)
            step /= 10;
        tolerance += step;
    }
    return size_of(*difference) <= tolerance ? 1 : 2;
}

static void explain(const zone_faults *faults, const method_areas *areas, explanation *trial)
{
    const zone_batch *batch = &faults->loaded.batch;

    for (size_t f = 0; f < batch->feature_count; f++) {
        zone_exact difference = 0;
        if (batch->state[f] == ZONE_FEATURE_REJECTED)
            continue;
        int verdict = compare(zone_batch_text(batch, f, (size_t)faults->field[ZONE_FAULT_STORED]), trial->unit,
                              areas[trial->method].computed[f], &difference);
        trial->rounded += verdict == 0;
        trial->forced += verdict == 1;
        trial->apart += verdict == 2 || verdict < 0;
    }
}

/* The method and unit that leave the fewest features apart; of equals the one with more exact hits, then the first. */
static explanation best_explanation(const zone_faults *faults, const method_areas *areas)
{
    explanation best = {.apart = INT64_MAX};

    for (int m = 0; m < METHODS; m++)
        for (size_t u = 0; areas[m].possible && zone_unit_at(u); u++) {
            explanation trial = {.method = m, .unit = zone_unit_at(u)};
            explain(faults, areas, &trial);
            if (trial.apart < best.apart || (trial.apart == best.apart && trial.rounded > best.rounded))
                best = trial;
        }
    return best;
}

static void add_explanation(zone_faults *faults, const explanation *best)
{
    zone_fault summary = {
        .finding = "stored areas explained",
        .count = best->rounded + best->forced,
        .reason = zone_say(
            faults->ctx, "%s in %s: %lld equal to the last digit, %lld within 0.02 m² + 1e-8 (adjustment)",
            zone_methods_all[best->method], best->unit->name, (long long)best->rounded, (long long)best->forced),
        .width = NAN};

    zone_faults_add(faults->summary, &summary);
    zone_fault apart = {.finding = "stored areas that nothing explains", .count = best->apart, .width = NAN};
    zone_faults_add(faults->summary, &apart);
    faults->unmet = faults->unmet || best->apart > 0;
}

static void add_unexplained(zone_faults *faults, const method_areas *areas, const explanation *best)
{
    const zone_batch *batch = &faults->loaded.batch;

    for (size_t f = 0; f < batch->feature_count; f++) {
        const char *stored = zone_batch_text(batch, f, (size_t)faults->field[ZONE_FAULT_STORED]);
        zone_exact difference = 0;
        if (batch->state[f] == ZONE_FEATURE_REJECTED)
            continue;
        int verdict = compare(stored, best->unit, areas[best->method].computed[f], &difference);
        if (verdict == 0 || verdict == 1)
            continue;
        zone_fault fault = {.finding = "stored area",
                            .count = -1,
                            .feature = zone_faults_id(faults, f),
                            .reason = zone_say(faults->ctx, "stored %s, computed %.4f m²", stored ? stored : "-",
                                               zone_exact_to_m2(areas[best->method].computed[f])),
                            .has_area = verdict == 2,
                            .area = difference,
                            .width = NAN};
        zone_faults_add(faults->detail, &fault);
    }
}

/* ---------------------------------------------------------------- ridges */

/* KCMJ = round(TBMJ × KCXS, 2) and TBDLMJ = TBMJ − KCMJ, in 0.01 m². */
static bool ridges_agree(const char *stored, const char *ridge, const char *deducted, const char *net, double scale)
{
    const zone_unit *m2 = zone_unit_find(NULL);
    zone_exact gross = 0, share = 0, rest = 0, left = 0;

    if (!zone_exact_parse(stored, m2, &gross) || !zone_exact_parse(deducted, m2, &share) ||
        !zone_exact_parse(net, m2, &rest) || !zone_exact_add(gross, -share, &left))
        return false;
    double factor = ridge ? zone_number_read(ridge, NULL) * scale : 0.0;
    if (!(factor >= 0.0 && factor < 1.0))
        return false;
    return zone_exact_round(zone_exact_scale(gross, factor), m2, 2) == zone_exact_round(share, m2, 2) &&
           zone_exact_round(left, m2, 2) == zone_exact_round(rest, m2, 2);
}

static void check_ridges(zone_faults *faults)
{
    const zone_batch *batch = &faults->loaded.batch;
    double scale = zone_source_ridge_scale(faults->source);
    int64_t wrong = 0;

    for (int i = 0; i < ZONE_FAULT_ROLES; i++)
        if (faults->field[i] < 0)
            return;
    for (size_t f = 0; f < batch->feature_count; f++) {
        const char *text[ZONE_FAULT_ROLES];
        for (int i = 0; i < ZONE_FAULT_ROLES; i++)
            text[i] = zone_batch_text(batch, f, (size_t)faults->field[i]);
        /* A parcel without any ridge field filled has nothing to check. */
        if (!text[ZONE_FAULT_RIDGE_AREA] || !text[ZONE_FAULT_NET] || !text[ZONE_FAULT_STORED])
            continue;
        if (ridges_agree(text[ZONE_FAULT_STORED], text[ZONE_FAULT_RIDGE], text[ZONE_FAULT_RIDGE_AREA],
                         text[ZONE_FAULT_NET], scale))
            continue;
        zone_fault fault = {.finding = "ridge deduction",
                            .count = -1,
                            .feature = zone_faults_id(faults, f),
                            .reason = zone_say(faults->ctx, "%s × %s = %s, net %s", text[ZONE_FAULT_STORED],
                                               text[ZONE_FAULT_RIDGE] ? text[ZONE_FAULT_RIDGE] : "-",
                                               text[ZONE_FAULT_RIDGE_AREA], text[ZONE_FAULT_NET]),
                            .width = NAN};
        zone_faults_add(faults->detail, &fault);
        wrong++;
    }
    zone_fault summary = {.finding = "ridge deductions that do not agree", .count = wrong, .width = NAN};
    zone_faults_add(faults->summary, &summary);
    faults->unmet = faults->unmet || wrong > 0;
}

zone_status zone_faults_stored(zone_faults *faults)
{
    method_areas areas[METHODS] = {{NULL, false}};
    zone_status status = ZONE_OK;

    if (faults->field[ZONE_FAULT_STORED] < 0)
        return ZONE_OK;
    for (int m = 0; m < METHODS && !status; m++)
        status = compute(faults, zone_methods_all[m], &areas[m]);
    if (!status) {
        explanation best = best_explanation(faults, areas);
        add_explanation(faults, &best);
        add_unexplained(faults, areas, &best);
        check_ridges(faults);
    }
    for (int m = 0; m < METHODS; m++)
        free(areas[m].computed);
    return status;
}
