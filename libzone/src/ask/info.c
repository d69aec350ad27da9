/* The question "info": what is in a plan or a data set. */
#include "ask/layers.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    zone_table *table;
} info_run;

static void say(info_run *run, const char *layer, const char *item, const char *value)
{
    size_t row = zone_table_add_row(run->table);

    zone_table_set_text(run->table, row, 0, layer);
    zone_table_set_text(run->table, row, 1, item);
    zone_table_set_text(run->table, row, 2, value);
}

/* ---------------------------------------------------------------- a source */

/* A coordinate to the millimetre (or 1e-8 degree), the same in every locale. */
static const char *coordinate(zone_context *ctx, double value, bool geographic)
{
    char text[64];
    int decimals = geographic ? 8 : 3;

    if (!isfinite(value) || fabs(value) > 1e12)
        return "?";
    zone_exact_print((zone_int128)llround(value * pow(10.0, decimals)), decimals, text, sizeof text);
    return zone_say(ctx, "%s", text);
}

static void say_extent(info_run *run, const char *name, const zone_source *source)
{
    bool geographic = zone_source_crs(source)->kind == ZONE_CRS_GEOGRAPHIC;
    double extent[4];

    if (!zone_source_extent(source, extent))
        return;
    say(run, name, "extent",
        zone_say(run->ctx, "%s %s, %s %s", coordinate(run->ctx, extent[0], geographic),
                 coordinate(run->ctx, extent[1], geographic), coordinate(run->ctx, extent[2], geographic),
                 coordinate(run->ctx, extent[3], geographic)));
}

/* Features by reading, where the driver can't say. */
static zone_status count_features(zone_context *ctx, zone_source *source, int64_t *count)
{
    zone_request request = {.as_drawn = true};
    zone_batch batch = {0};
    zone_status status = ZONE_OK;

    *count = zone_source_count(source);
    if (*count >= 0)
        return ZONE_OK;
    *count = 0;
    status = zone_source_rewind(ctx, source, &request);
    for (bool more = true; more && !status;) {
        status = zone_source_next(ctx, source, &batch);
        more = batch.feature_count > 0;
        *count += (int64_t)batch.feature_count;
    }
    zone_batch_free(&batch);
    return status;
}

static const char *role_of(const zone_source *source, size_t field)
{
    for (int role = 0; role < ZONE_ROLE_COUNT; role++)
        if (zone_source_role(source, (zone_role)role) == (int)field)
            return zone_role_name((zone_role)role);
    return NULL;
}

static void say_fields(info_run *run, const char *name, const zone_source *source)
{
    for (size_t i = 0; i < zone_source_field_count(source); i++) {
        const char *role = role_of(source, i);
        say(run, name, "field",
            zone_say(run->ctx, role ? "%s (%s): role %s" : "%s (%s)", zone_source_field_name(source, i),
                     zone_source_field_type(source, i), role));
    }
}

static zone_status say_source(info_run *run, const char *name, zone_source *source)
{
    static const char *const shapes[] = {"mixed or unknown", "points", "lines", "polygons"};
    const zone_crs *crs = zone_source_crs(source);
    zone_context *ctx = run->ctx;
    int64_t count = 0;
    zone_status status = count_features(ctx, source, &count);

    if (status)
        return status;
    say(run, name, "driver", zone_source_driver(source));
    say(run, name, "features", zone_say(ctx, "%" PRId64, count));
    say(run, name, "geometry", zone_tell(ctx, shapes[zone_source_shape(source)]));
    say_extent(run, name, source);
    say(run, name, "reference system", zone_say(ctx, "%s%s%s", crs->code, *crs->code ? " " : "", crs->name));
    say(run, name, "reference system found", crs->found);
    say(run, name, "ellipsoid", crs->ellipsoid);
    say(run, name, "encoding", zone_source_encoding(source));
    say_fields(run, name, source);
    if (zone_source_role(source, ZONE_ROLE_RIDGE) >= 0)
        say(run, name, "ridge coefficients",
            zone_tell(ctx, zone_source_ridge_scale(source) < 1.0 ? "percent" : "fractions"));
    return ZONE_OK;
}

/* ---------------------------------------------------------------- data */

/* One layer; of several a layer that can't be read is told in its place. */
static zone_status say_layer(info_run *run, const char *data, const zone_source_options *options, bool alone)
{
    zone_source *source = NULL;
    zone_status status = zone_source_open(run->ctx, data, options, &source);

    if (!status)
        status = say_source(run, zone_source_layer(source), source);
    if (!status)
        zone_provenance_source(run->ctx, run->table, source);
    zone_source_close(source);
    if (!status || alone || status == ZONE_NO_MEMORY || status == ZONE_CANCELLED)
        return status;
    const zone_error *error = zone_context_error(run->ctx);
    say(run, error->layer ? error->layer : data, "can't be read",
        error->found ? zone_say(run->ctx, "%s: %s", error->what, error->found) : error->what);
    zone_context_begin(run->ctx);
    return ZONE_OK;
}

static zone_status say_data(info_run *run, const char *data, const zone_source_options *options)
{
    char **layers = NULL;
    size_t count = 0;
    zone_status status = zone_source_layers(run->ctx, data, options, &layers, &count);

    for (size_t i = 0; i < count && !status; i++)
        status = say_layer(run, layers[i], options, count == 1);
    zone_source_layers_free(layers);
    return status;
}

/* ---------------------------------------------------------------- a plan */

static void say_zone(info_run *run, const zone_plan_zone *zone)
{
    const char *text = zone->name;

    for (size_t i = 0; i < zone->declared_count; i++)
        text =
            zone_say(run->ctx, "%s, %s %s", text, zone_tell(run->ctx, zone->declared[i].what), zone->declared[i].text);
    say(run, zone->id, "zone", text);
}

static void say_head(info_run *run, const zone_plan *plan)
{
    say(run, NULL, "title", plan->title);
    say(run, NULL, "title in English", plan->title_en);
    say(run, NULL, "period", plan->period);
    say(run, NULL, "reference system", plan->crs);
    say(run, NULL, "area method", plan->method ? plan->method : "survey");
    say(run, NULL, "note", plan->note);
    say_zone(run, &plan->whole);
    for (size_t i = 0; i < plan->zone_count; i++)
        say_zone(run, &plan->zones[i]);
    for (size_t i = 0; i < plan->expansion_count; i++)
        say(run, plan->expansion[i], "expansion zone", NULL);
}

static void say_checks(info_run *run, const zone_plan *plan)
{
    static const char *const severities[] = {"note", "warn", "reject"};

    for (size_t i = 0; i < plan->quota_count; i++) {
        const zone_plan_quota *quota = &plan->quotas[i];
        say(run, NULL, "quota",
            zone_say(run->ctx, "%s: %s%s%s", quota->kind, zone_tell(run->ctx, quota->opening), quota->text ? ", " : "",
                     quota->text ? quota->text : ""));
    }
    for (size_t i = 0; i < plan->check_count; i++) {
        const zone_plan_check *check = &plan->checks[i];
        const char *text = zone_say(run->ctx, "%s: %s", check->name, severities[check->severity]);
        if (check->limit.text)
            text = zone_say(run->ctx, "%s, limit %s", text, check->limit.text);
        if (check->text)
            text = zone_say(run->ctx, "%s, %s", text, check->text);
        say(run, check->of, "check", text);
    }
}

static void say_elements(info_run *run, const zone_plan *plan)
{
    for (size_t i = 0; i < plan->element_count; i++) {
        const zone_plan_element *element = &plan->elements[i];
        const char *text = element->count < 0 ? zone_tell(run->ctx, "many") : zone_say(run->ctx, "%d", element->count);
        for (size_t n = 0; n < element->name_count; n++)
            text = zone_say(run->ctx, "%s%s%s", text, n ? ", " : ": ", element->names[n]);
        say(run, element->layer, zone_say(run->ctx, "%s: %s", element->structure, element->element), text);
    }
    say_checks(run, plan);
    say(run, NULL, "layout rules", zone_say(run->ctx, "%zu", plan->rule_count));
    say(run, NULL, "indicators", zone_say(run->ctx, "%zu", plan->indicator_count));
}

static zone_status say_layer_of_plan(info_run *run, const char *key, zone_source *source)
{
    zone_status status = ZONE_OK;

    say(run, key, "data", zone_source_label(source));
    if (zone_source_classes(source))
        say(run, key, "edition of classes", zone_source_classes(source));
    status = say_source(run, key, source);
    if (!status)
        zone_provenance_source(run->ctx, run->table, source);
    return status;
}

static zone_status say_plan_layer(info_run *run, const zone_plan *plan, const zone_plan_layer *layer)
{
    zone_source *source = NULL;
    zone_crs *crs = NULL;
    zone_status status = zone_plan_source(run->ctx, plan, layer->key, &source, &crs);

    if (!status)
        status = say_layer_of_plan(run, layer->key, source);
    zone_source_close(source);
    zone_crs_free(crs);
    return status;
}

static zone_status say_plan(info_run *run, const zone_plan *plan)
{
    zone_status status = ZONE_OK;

    say_head(run, plan);
    say_elements(run, plan);
    for (size_t i = 0; i < plan->layer_count && !status; i++)
        status = say_plan_layer(run, plan, &plan->layers[i]);
    return status;
}

/* One layer alone: as the options say it is read, in its own system. */
static zone_status say_one(info_run *run, const zone_plan *plan, const char *key, const zone_source_options *options)
{
    zone_source *source = NULL;
    zone_status status = zone_source_from_plan(run->ctx, plan, key, options, &source);

    if (!status)
        status = say_layer_of_plan(run, key, source);
    zone_source_close(source);
    return status;
}

zone_status zone_info(zone_context *ctx, const zone_plan *plan, const char *data, const zone_source_options *options,
                      zone_table **out)
{
    static const char *const names[] = {"layer", "item", "value"};
    info_run run = {.ctx = ctx};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *out = NULL;
    if (!plan && !data)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan or data");
    run.table = zone_table_create("info");
    zone_table_set_title(run.table, plan && data ? zone_say(ctx, "%s:%s", plan->path, data)
                                    : plan       ? plan->title
                                                 : data);
    for (int i = 0; i < 3; i++)
        zone_table_add_column(
            run.table,
            (zone_column){.name = names[i], .heading = names[i], .type = ZONE_COLUMN_TEXT, .verdict = i == 1});
    zone_provenance_run(ctx, run.table, NULL, NULL);
    if (plan)
        zone_provenance_plan(ctx, run.table, plan);
    if (plan && data)
        status = say_one(&run, plan, data, options);
    else
        status = plan ? say_plan(&run, plan) : say_data(&run, data, options);
    if (!status)
        return zone_table_finish(ctx, run.table, out);
    zone_table_free(run.table);
    return status;
}
