/* The question "validate": each feature's validity, the layer as a coverage, stored areas. Findings are rows. */
#include "ask/faults.h"

#include "read/geometry.h"

#include <string.h>

/* ---------------------------------------------------------------- rows */

static zone_table *make_table(void)
{
    static const zone_column columns[] = {
        [ZONE_FAULT_FINDING] = {.name = "finding", .heading = "finding", .type = ZONE_COLUMN_TEXT, .verdict = true},
        [ZONE_FAULT_COUNT] = {.name = "count", .heading = "count", .type = ZONE_COLUMN_INTEGER},
        [ZONE_FAULT_FEATURE] = {.name = "feature", .heading = "feature", .type = ZONE_COLUMN_TEXT},
        [ZONE_FAULT_REASON] = {.name = "reason", .heading = "reason", .type = ZONE_COLUMN_TEXT, .verdict = true},
        [ZONE_FAULT_PLACE] = {.name = "place", .heading = "place", .type = ZONE_COLUMN_TEXT},
        [ZONE_FAULT_AREA] = {.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA},
        [ZONE_FAULT_WIDTH] =
            {.name = "width", .heading = "mean width", .type = ZONE_COLUMN_REAL, .decimals = 3, .unit = "m"},
    };
    zone_table *table = zone_table_create("validate");

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        zone_table_add_column(table, columns[i]);
    return table;
}

void zone_faults_add(zone_table *table, const zone_fault *fault)
{
    size_t row = zone_table_add_row(table);

    zone_table_set_text(table, row, ZONE_FAULT_FINDING, fault->finding);
    if (fault->count >= 0)
        zone_table_set_integer(table, row, ZONE_FAULT_COUNT, fault->count);
    zone_table_set_text(table, row, ZONE_FAULT_FEATURE, fault->feature);
    zone_table_set_text(table, row, ZONE_FAULT_REASON, fault->reason);
    zone_table_set_text(table, row, ZONE_FAULT_PLACE, fault->place);
    if (fault->has_area)
        zone_table_set_area(table, row, ZONE_FAULT_AREA, fault->area);
    zone_table_set_real(table, row, ZONE_FAULT_WIDTH, fault->width);
}

/* Rows that name something come behind the rows that count. */
static void append_rows(zone_table *to, const zone_table *from)
{
    for (size_t r = 0; r < zone_table_row_count(from); r++) {
        bool counted = !zone_table_is_null(from, r, ZONE_FAULT_COUNT);
        zone_fault fault = {.finding = zone_table_text(from, r, ZONE_FAULT_FINDING),
                            .count = counted ? zone_table_integer(from, r, ZONE_FAULT_COUNT) : -1,
                            .feature = zone_table_text(from, r, ZONE_FAULT_FEATURE),
                            .reason = zone_table_text(from, r, ZONE_FAULT_REASON),
                            .place = zone_table_text(from, r, ZONE_FAULT_PLACE),
                            .has_area = !zone_table_is_null(from, r, ZONE_FAULT_AREA),
                            .area = zone_table_area(from, r, ZONE_FAULT_AREA),
                            .width = zone_table_number(from, r, ZONE_FAULT_WIDTH)};
        zone_faults_add(to, &fault);
    }
}

const char *zone_faults_id(const zone_faults *faults, size_t feature)
{
    return zone_say(faults->ctx, "%lld", (long long)faults->loaded.batch.id[feature]);
}

const char *zone_faults_place(const zone_faults *faults, double x, double y)
{
    int decimals = zone_source_crs(faults->source)->kind == ZONE_CRS_GEOGRAPHIC ? 8 : 4;

    return zone_say(faults->ctx, "%.*f %.*f", decimals, x, decimals, y);
}

/* ---------------------------------------------------------------- validity one by one */

static zone_status judge_feature(zone_faults *faults, const zone_batch *batch, size_t feature, bool *valid)
{
    zone_geometry *geometry = NULL;
    const char *reason = batch->reason[feature];
    double x = NAN, y = NAN;
    zone_status status = ZONE_OK;

    *valid = batch->state[feature] != ZONE_FEATURE_REJECTED;
    if (*valid && batch->shape[feature] == ZONE_SHAPE_AREA) {
        status = zone_geometry_from_batch(faults->ctx, batch, feature, &geometry);
        *valid = !status && zone_geometry_valid(faults->ctx, geometry, &reason, &x, &y);
        zone_geometry_free(geometry);
        if (*valid && batch->reason[feature]) {
            *valid = false; /* a ring that was not closed: the batch can't show it, only tell it, with its place */
            reason = batch->reason[feature];
            x = NAN;
        }
    }
    if (status || *valid)
        return status;
    bool unusable = batch->state[feature] == ZONE_FEATURE_REJECTED;
    zone_fault fault = {.finding = unusable ? "not usable" : "not valid",
                        .count = -1,
                        .feature = zone_say(faults->ctx, "%lld", (long long)batch->id[feature]),
                        .reason = reason,
                        .place = isfinite(x) && !unusable ? zone_faults_place(faults, x, y) : NULL,
                        .width = NAN};
    zone_faults_add(faults->detail, &fault);
    return ZONE_OK;
}

static zone_status judge_features(zone_faults *faults, int64_t *features)
{
    const zone_request request = {.as_drawn = true};
    zone_batch batch = {0};
    int64_t invalid = 0;
    zone_status status = zone_source_rewind(faults->ctx, faults->source, &request);

    for (bool more = true; more && !status;) {
        status = zone_source_next(faults->ctx, faults->source, &batch);
        more = batch.feature_count > 0;
        for (size_t f = 0; f < batch.feature_count && !status; f++) {
            bool valid = true;
            status = judge_feature(faults, &batch, f, &valid);
            invalid += !valid;
            ++*features;
        }
        if (!status)
            status = zone_progress(faults->ctx, (uint64_t)*features, 0);
    }
    zone_batch_free(&batch);
    if (status)
        return status;
    zone_fault all = {.finding = "features", .count = *features, .width = NAN};
    zone_fault good = {.finding = "valid features", .count = *features - invalid, .width = NAN};
    zone_fault bad = {.finding = "features not valid", .count = invalid, .width = NAN};
    zone_faults_add(faults->summary, &all);
    zone_faults_add(faults->summary, &good);
    zone_faults_add(faults->summary, &bad);
    faults->unmet = faults->unmet || invalid > 0;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- the whole */

/* The areas as they are used, with the texts of stored areas and ridges. */
static zone_status load_areas(zone_faults *faults)
{
    static const zone_role roles[ZONE_FAULT_ROLES] = {[ZONE_FAULT_STORED] = ZONE_ROLE_AREA,
                                                      [ZONE_FAULT_NET] = ZONE_ROLE_NET_AREA,
                                                      [ZONE_FAULT_RIDGE] = ZONE_ROLE_RIDGE,
                                                      [ZONE_FAULT_RIDGE_AREA] = ZONE_ROLE_RIDGE_AREA};
    int fields[ZONE_FAULT_ROLES];
    size_t count = 0;

    for (int i = 0; i < ZONE_FAULT_ROLES; i++) {
        int field = zone_source_role(faults->source, roles[i]);
        faults->field[i] = field < 0 ? -1 : (int)count;
        if (field >= 0)
            fields[count++] = field;
    }
    return zone_load(faults->ctx, faults->source, faults->projection, fields, count, &faults->loaded);
}

static zone_status validate_areas(zone_faults *faults)
{
    zone_status status = load_areas(faults);

    if (!status && !faults->options->no_coverage)
        status = zone_faults_coverage(faults);
    return status ? status : zone_faults_stored(faults);
}

static bool has_areas(const zone_faults *faults)
{
    zone_shape shape = zone_source_shape(faults->source);

    return shape == ZONE_SHAPE_AREA || shape == ZONE_SHAPE_NONE;
}

static void conclude(zone_faults *faults, zone_table *table)
{
    zone_table_set_title(table, zone_say(faults->ctx, "validity of %s, method %s", zone_source_label(faults->source),
                                         faults->method.name));
    append_rows(table, faults->summary);
    append_rows(table, faults->detail);
    zone_table_set_verdict(table, faults->unmet ? ZONE_UNMET : ZONE_OK);
    if (faults->loaded.source)
        zone_books_close(&faults->loaded.books, table);
    zone_provenance_run(faults->ctx, table, &faults->method, NULL);
    zone_provenance_fallbacks(faults->ctx, table, faults->projection);
    zone_provenance_source(faults->ctx, table, faults->source);
}

zone_status zone_validate(zone_context *ctx, zone_source *source, const zone_validate_options *options,
                          zone_table **table)
{
    static const zone_validate_options none = {.size = sizeof(zone_validate_options)};
    zone_faults faults = {.ctx = ctx, .source = source, .options = options ? options : &none};
    zone_table *made = NULL;
    int64_t features = 0;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!source)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a source");
    faults.summary = make_table();
    faults.detail = make_table();
    made = make_table();
    status = zone_method_parse(ctx, faults.options->method, &faults.method);
    if (!status)
        status = zone_projection_create(ctx, zone_source_crs(source)->wkt, &faults.method, &faults.projection);
    if (!status)
        status = judge_features(&faults, &features);
    if (!status && features == 0)
        status = zone_fail(
            ctx, ZONE_EMPTY, .file = zone_source_path(source), .layer = zone_source_layer(source),
            .found = "a layer without features",
            .remedy = zone_say(ctx, "zone info %s shows the layers and what is in them", zone_source_path(source)));
    if (!status && has_areas(&faults))
        status = validate_areas(&faults);
    if (!status) {
        conclude(&faults, made);
        status = zone_table_finish(ctx, made, table);
        made = NULL;
    }
    zone_table_free(made);
    zone_table_free(faults.summary);
    zone_table_free(faults.detail);
    zone_unload(&faults.loaded);
    zone_projection_free(faults.projection);
    return status;
}
