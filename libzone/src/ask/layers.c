/* Layers opened and loaded for a question, and the books of what was read. */
#include "ask/layers.h"

#include "ask/stream.h"

#include "read/versions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- books */

void zone_books_open(zone_books *books, const char *input)
{
    *books = (zone_books){.counts.input = input};
}

/* Takes off the end what was cut inside a character. */
static void end_whole(char *text)
{
    size_t at = strlen(text), tail = 0;

    while (at > 0 && tail < 3 && ((unsigned char)text[at - 1] & 0xc0) == 0x80) {
        at--;
        tail++;
    }
    unsigned char lead = at > 0 ? (unsigned char)text[at - 1] : 0;
    size_t needed = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    if (tail < needed)
        text[at - 1] = '\0';
}

/* Adds "12 (reason)" to a list while it has room; five are enough to go and look. */
static void note_feature(char *list, size_t size, uint64_t before, int64_t id, const char *reason)
{
    size_t length = strlen(list);

    if (before >= 5 || length + 80 > size)
        return;
    if (reason && *reason)
        snprintf(list + length, size - length, "%s%lld (%s)", length ? ", " : "", (long long)id, reason);
    else
        snprintf(list + length, size - length, "%s%lld", length ? ", " : "", (long long)id);
    end_whole(list);
}

void zone_books_count(zone_books *books, const zone_batch *batch)
{
    zone_completeness *counts = &books->counts;

    for (size_t f = 0; f < batch->feature_count; f++) {
        zone_exact change = 0;
        counts->features++;
        if (batch->state[f] == ZONE_FEATURE_USED) {
            counts->used++;
        } else if (batch->state[f] == ZONE_FEATURE_REPAIRED) {
            note_feature(books->repaired, sizeof books->repaired, counts->repaired++, batch->id[f], batch->reason[f]);
            if (zone_exact_from_m2(batch->area_change[f], &change))
                zone_exact_add(counts->repaired_change, change, &counts->repaired_change);
        } else {
            note_feature(books->rejected, sizeof books->rejected, counts->rejected++, batch->id[f], batch->reason[f]);
        }
    }
}

void zone_books_outside(zone_books *books, int64_t id)
{
    note_feature(books->outside, sizeof books->outside, books->counts.outside++, id, NULL);
}

void zone_books_close(zone_books *books, zone_table *table)
{
    books->counts.first_repaired = books->repaired;
    books->counts.first_rejected = books->rejected;
    books->counts.first_outside = books->outside;
    zone_table_add_completeness(table, &books->counts);
}

zone_status zone_books_refuse(zone_context *ctx, const zone_books *books, const zone_source *source)
{
    if (books->counts.features == 0)
        return zone_fail(
            ctx, ZONE_EMPTY, .file = zone_source_path(source), .layer = zone_source_layer(source),
            .found = "a layer without features", .expected = "polygons",
            .remedy = zone_say(ctx, "zone info %s shows the layers and what is in them", zone_source_path(source)));
    if (books->counts.used + books->counts.repaired == 0)
        return zone_fail(
            ctx, ZONE_BAD_GEOMETRY, .file = zone_source_path(source), .layer = zone_source_layer(source),
            .found = zone_say(ctx, "no feature that has an area; first: %s", books->rejected), .expected = "polygons",
            .remedy = zone_say(ctx, "zone info %s shows the layers and what is in them", zone_source_path(source)));
    return ZONE_OK;
}

/* ---------------------------------------------------------------- provenance */

void zone_provenance_source(zone_context *ctx, zone_table *table, zone_source *source)
{
    const zone_crs *crs = zone_source_crs(source);

    zone_table_add_provenance(table, "input", zone_source_label(source));
    zone_table_add_provenance(table, "hash", zone_source_hash(ctx, source));
    zone_table_add_provenance(table, "driver", zone_source_driver(source));
    zone_table_add_provenance(table, "reference system",
                              zone_say(ctx, "%s%s%s (%s)", crs->code, *crs->code ? " " : "", crs->name, crs->found));
    zone_table_add_provenance(table, "ellipsoid", crs->ellipsoid);
    zone_table_add_provenance(table, "encoding", zone_source_encoding(source));
}

void zone_provenance_plan(zone_context *ctx, zone_table *table, const zone_plan *plan)
{
    zone_table_add_provenance(table, "plan", plan->path);
    zone_table_add_provenance(table, "hash", zone_file_hash(ctx, plan->path));
    zone_table_add_provenance(table, "title", plan->title);
    zone_table_add_provenance(table, "geometry",
                              strcmp(plan->geometry, "schematic") == 0
                                  ? zone_tell(ctx, "schematic: invented, not the official maps")
                                  : zone_tell(ctx, "official"));
    for (size_t i = 0; i < plan->construction_count; i++) {
        const zone_plan_construction *setting = &plan->construction[i];
        const char *classes = "";
        for (size_t k = 0; k < setting->class_count; k++)
            classes = zone_say(ctx, "%s %s", classes, setting->classes[k]);
        zone_table_add_provenance(table, "counts as construction", zone_say(ctx, "%s:%s", setting->edition, classes));
    }
}

/* A question by its name, and where the language has words for it by those. */
static const char *question_words(zone_context *ctx, const char *name)
{
    char key[64];

    snprintf(key, sizeof key, "question %s", name);
    const char *words = zone_tell(ctx, key);
    return words == key ? name : words;
}

void zone_provenance_run(zone_context *ctx, zone_table *table, const zone_method *method, const char *options)
{
    zone_table_add_provenance(table, "question", question_words(ctx, zone_table_question(table)));
    if (method)
        zone_table_add_provenance(table, "area method", method->name);
    if (options && *options)
        zone_table_add_provenance(table, "options", options);
    zone_table_add_provenance(table, "versions", zone_versions(ctx));
}

void zone_provenance_fallbacks(zone_context *ctx, zone_table *table, const zone_projection *projection)
{
    size_t tiles = projection ? zone_projection_unfit_tiles(projection) : 0;

    if (tiles > 0)
        zone_table_add_provenance(table, "tiles without a polynomial",
                                  zone_say(ctx, "%zu (their vertices go through PROJ one by one)", tiles));
}

/* ---------------------------------------------------------------- loading */

/* A layer in memory takes its vertices, an edge for each, and an index. */
static zone_status refuse_large(zone_context *ctx, const zone_loaded *loaded)
{
    uint64_t budget = zone_context_memory(ctx), needed = (uint64_t)loaded->vertices * zone_layer_bytes_a_vertex();

    if (budget == 0 || needed <= budget)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .file = zone_source_path(loaded->source),
                     .layer = zone_source_layer(loaded->source),
                     .found = zone_say(ctx, "%llu vertices, which take %llu MB in memory",
                                       (unsigned long long)loaded->vertices, (unsigned long long)(needed >> 20)),
                     .expected = zone_say(ctx, "at most %llu MB", (unsigned long long)(budget >> 20)),
                     .remedy = "a larger --memory, or the smaller layer as the one kept in memory");
}

zone_status zone_loaded_add(zone_context *ctx, zone_loaded *loaded, const zone_batch *batch, zone_layer *part)
{
    zone_status status = loaded->bare ? zone_batch_append_bare(ctx, &loaded->batch, batch)
                                      : zone_batch_append(ctx, &loaded->batch, batch);

    zone_books_count(&loaded->books, batch);
    loaded->vertices += batch->vertex_count;
    if (status || !part)
        return status;
    status = refuse_large(ctx, loaded);
    return status ? status : zone_layer_move(ctx, loaded->layer, part);
}

typedef struct {
    zone_context *ctx;
    zone_loaded *loaded;
} loading;

static zone_status take_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    const loading *run = user;

    return zone_loaded_add(run->ctx, run->loaded, batch, run->loaded->layer ? results[0].part : NULL);
}

zone_status zone_load(zone_context *ctx, zone_source *source, zone_projection *projection, const int *fields,
                      size_t field_count, zone_loaded *loaded)
{
    zone_request request = {.fields = fields, .field_count = field_count};
    zone_pass pass = {.projection = projection, .keep = true};
    loading run = {ctx, loaded};
    zone_status status = ZONE_OK;

    loaded->source = source;
    loaded->batch.field_count = field_count;
    zone_books_open(&loaded->books, zone_source_label(source));
    request.shape = projection ? ZONE_SHAPE_AREA : ZONE_SHAPE_NONE;
    if (projection)
        status = zone_layer_create(ctx, projection, &loaded->layer);
    if (!status)
        status = zone_stream(ctx, source, &request, &pass, projection != NULL, take_batch, &run);
    return status || !projection ? status : zone_layer_finish(ctx, loaded->layer);
}

void zone_unload(zone_loaded *loaded)
{
    zone_layer_free(loaded->layer);
    zone_batch_free(&loaded->batch);
    if (loaded->owned)
        zone_source_close(loaded->source);
    zone_crs_free(loaded->crs);
    *loaded = (zone_loaded){0};
}

/* ---------------------------------------------------------------- the plan */

/* What is wrong stands in the plan, not in the call. */
static zone_status blame_plan(zone_context *ctx, const zone_plan *plan, const char *key, int line, const char *remedy)
{
    const zone_error error = *zone_context_error(ctx);

    return zone_fail(ctx, ZONE_BAD_PLAN, .what = error.what, .file = plan->path, .line = line, .key = key,
                     .found = error.found, .expected = error.expected, .remedy = remedy);
}

zone_status zone_plan_crs(zone_context *ctx, const zone_plan *plan, zone_crs **crs)
{
    zone_status status = zone_crs_create(ctx, plan->crs, "from the plan", crs);

    if (status == ZONE_BAD_CRS)
        return blame_plan(ctx, plan, "crs", plan->crs_line, "crs: EPSG:4549");
    if (!status && !((*crs)->option = zone_copy_text(ctx, "crs:")))
        status = ZONE_NO_MEMORY;
    if (status) {
        zone_crs_free(*crs);
        *crs = NULL;
    }
    return status;
}

void zone_blame_layer(zone_context *ctx, const zone_plan *plan, const char *key)
{
    static const zone_status of_data[] = {ZONE_NOT_FOUND, ZONE_BAD_FILE,     ZONE_BAD_LAYER, ZONE_BAD_FIELD,
                                          ZONE_BAD_CRS,   ZONE_BAD_GEOMETRY, ZONE_EMPTY};
    const zone_plan_layer *layer = zone_plan_layer_find(plan, key);
    zone_error error = *zone_context_error(ctx);
    bool names_it = false;

    for (size_t i = 0; i < sizeof of_data / sizeof *of_data; i++)
        names_it = names_it || error.status == of_data[i];
    if (!layer || !names_it || error.named_in)
        return;
    error.named_in = zone_plan_layer_place(ctx, plan, layer, &error);
    if (error.status == ZONE_BAD_LAYER || (error.status == ZONE_BAD_FIELD && error.found))
        error.remedy = "write one of these there";
    zone_fail_record(ctx, &error);
}

/* What gives a layer of a plan its reference system: the plan has no key for it. */
static const char layer_crs_option[] = "ogr2ogr -a_srs";

zone_status zone_plan_source(zone_context *ctx, const zone_plan *plan, const char *key, zone_source **source,
                             zone_crs **crs)
{
    const zone_plan_layer *layer = NULL;
    zone_source_options options = {.size = sizeof options};
    zone_status status = zone_plan_layer_need(ctx, plan, key, &layer);

    *source = NULL;
    *crs = NULL;
    if (status)
        return status;
    options.fields = layer->fields;
    options.classes = layer->edition;
    options.crs_option = layer_crs_option;
    status = zone_source_open(ctx, layer->data, &options, source);
    if (!status)
        status = zone_plan_crs(ctx, plan, crs);
    if (!status)
        status = zone_source_project(ctx, *source, *crs);
    if (status) {
        zone_source_close(*source);
        zone_crs_free(*crs);
        *source = NULL;
        *crs = NULL;
        zone_blame_layer(ctx, plan, key);
    }
    return status;
}

/* The extent of a layer of the plan by its corners. */
static bool locate_layer(zone_context *ctx, const zone_plan *plan, const char *key, const zone_crs *degrees,
                         double place[4])
{
    zone_source *source = NULL;
    zone_crs *crs = NULL;
    double extent[4], x[4], y[4];
    bool found = zone_plan_source(ctx, plan, key, &source, &crs) == ZONE_OK && zone_source_extent(source, extent);

    for (int i = 0; i < 4 && found; i++) {
        x[i] = extent[i % 2 ? 2 : 0];
        y[i] = extent[i / 2 ? 3 : 1];
    }
    found = found && zone_crs_transform(ctx, zone_source_crs(source), degrees, x, y, 4) == ZONE_OK;
    for (int i = 0; i < 4 && found; i++) {
        place[0] = i == 0 || x[i] < place[0] ? x[i] : place[0];
        place[1] = i == 0 || y[i] < place[1] ? y[i] : place[1];
        place[2] = i == 0 || x[i] > place[2] ? x[i] : place[2];
        place[3] = i == 0 || y[i] > place[3] ? y[i] : place[3];
    }
    zone_source_close(source);
    zone_crs_free(crs);
    return found;
}

bool zone_plan_place(zone_context *ctx, const zone_plan *plan, double place[4])
{
    zone_crs *degrees = NULL;
    bool found =
        zone_crs_create(ctx, "EPSG:4490", "", &degrees) == ZONE_OK &&
        (locate_layer(ctx, plan, "boundary", degrees, place) || locate_layer(ctx, plan, "zones", degrees, place));

    zone_crs_free(degrees);
    if (!found)
        zone_context_begin(ctx);
    return found;
}

zone_status zone_source_from_plan(zone_context *ctx, const zone_plan *plan, const char *layer,
                                  const zone_source_options *options, zone_source **source)
{
    const zone_plan_layer *found = NULL;
    zone_source_options own = {.size = sizeof own};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *source = NULL;
    if (!plan)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan");
    status = zone_plan_layer_need(ctx, plan, layer ? layer : "zones", &found);
    if (status)
        return status;
    if (!layer)
        zone_log(ctx, "%s: no layer is named, so its layer zones is taken", plan->path);
    if (options)
        own = *options;
    if (!own.fields)
        own.fields = found->fields;
    if (!own.classes)
        own.classes = found->edition;
    status = zone_source_open(ctx, found->data, &own, source);
    bool asked = (status == ZONE_BAD_FIELD && own.fields != found->fields) || (status == ZONE_BAD_CRS && own.crs);
    if (status && !asked)
        zone_blame_layer(ctx, plan, found->key);
    return status;
}

zone_status zone_load_plan(zone_context *ctx, const zone_plan *plan, const char *key, zone_projection *projection,
                           const zone_role *roles, size_t role_count, zone_loaded *loaded)
{
    int fields[ZONE_ROLE_COUNT];
    zone_status status = zone_plan_source(ctx, plan, key, &loaded->source, &loaded->crs);

    if (status)
        return status;
    loaded->owned = true;
    for (size_t i = 0; i < role_count && !status; i++) {
        fields[i] = zone_source_role(loaded->source, roles[i]);
        if (fields[i] < 0)
            status = zone_fail(
                ctx, ZONE_BAD_FIELD, .file = zone_source_path(loaded->source),
                .layer = zone_source_layer(loaded->source),
                .expected = zone_say(ctx, "a field for the role '%s'", zone_role_name(roles[i])),
                .remedy = zone_say(ctx, "fields: {%s: NAME} in the plan's layer %s", zone_role_name(roles[i]), key));
    }
    if (!status)
        status = zone_load(ctx, loaded->source, projection, fields, role_count, loaded);
    if (status)
        zone_blame_layer(ctx, plan, key);
    return status;
}

static bool has_id(const zone_batch *batch, const char *id)
{
    for (size_t f = 0; f < batch->feature_count; f++) {
        const char *text = zone_batch_text(batch, f, 0);
        if (text && strcmp(text, id) == 0)
            return true;
    }
    return false;
}

zone_status zone_plan_expansion(zone_context *ctx, const zone_plan *plan)
{
    static const zone_role id[] = {ZONE_ROLE_ID};
    zone_loaded loaded = {0};
    zone_status status = ZONE_OK;

    if (plan->expansion_count == 0 || !zone_plan_layer_find(plan, "expansion"))
        return ZONE_OK;
    status = zone_load_plan(ctx, plan, "expansion", NULL, id, 1, &loaded);
    for (size_t i = 0; i < plan->expansion_count && !status; i++)
        if (!has_id(&loaded.batch, plan->expansion[i]))
            status = zone_fail(ctx, ZONE_BAD_LAYER, .what = "an expansion zone of the plan is not in its layer",
                               .file = zone_source_path(loaded.source), .layer = zone_source_layer(loaded.source),
                               .named_in = zone_say(ctx, "%s:%d, expansion", plan->path, plan->expansion_lines[i]),
                               .expected = zone_say(ctx, "a feature with id %s", plan->expansion[i]),
                               .remedy = "give the zone the id that it has in the layer");
    zone_unload(&loaded);
    return status;
}

zone_status zone_plan_projection(zone_context *ctx, const zone_plan *plan, const char *method_name, zone_method *method,
                                 zone_projection **projection)
{
    zone_crs *crs = NULL;
    zone_status status = zone_method_parse(ctx, method_name ? method_name : plan->method, method);

    *projection = NULL;
    if (status == ZONE_BAD_USAGE && !method_name)
        status = blame_plan(ctx, plan, "area", plan->method_line, "area: survey");
    if (!status)
        status = zone_plan_crs(ctx, plan, &crs);
    if (!status)
        status = zone_projection_create(ctx, crs->wkt, method, projection);
    zone_crs_free(crs);
    return status;
}
