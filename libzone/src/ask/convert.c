/* The question "convert": the features of a source, all of them and all their fields, as a layer to be written. */
#include "ask/layers.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    zone_source *source;
    zone_crs *target; /* NULL: that of the source */
    zone_books books;
    zone_table *layer;
    int *fields; /* of the source, with the column of each */
    int *columns;
    size_t field_count;
    int geometry;
    uint64_t bytes; /* that the layer takes in memory */
    unsigned char *wkb;
    size_t size, capacity;
} convert_run;

/* ---------------------------------------------------------------- columns */

static const char *role_of(const zone_source *source, size_t field)
{
    for (int role = 0; role < ZONE_ROLE_COUNT; role++)
        if (zone_source_role(source, (zone_role)role) == (int)field)
            return zone_role_name((zone_role)role);
    return NULL;
}

static zone_column_type type_of(const char *type)
{
    if (strcmp(type, "Integer") == 0 || strcmp(type, "Integer64") == 0)
        return ZONE_COLUMN_INTEGER;
    return strcmp(type, "Real") == 0 ? ZONE_COLUMN_REAL : ZONE_COLUMN_TEXT;
}

static const zone_crs *crs_of(const convert_run *run)
{
    return run->target ? run->target : zone_source_crs(run->source);
}

static zone_status make_columns(convert_run *run, const char *encoding)
{
    const zone_crs *crs = crs_of(run);
    bool same = zone_crs_same(crs, zone_source_crs(run->source));

    run->field_count = zone_source_field_count(run->source);
    run->layer = zone_table_create("convert");
    run->fields = zone_allocate(run->ctx, run->field_count + 1, sizeof *run->fields);
    run->columns = zone_allocate(run->ctx, run->field_count + 1, sizeof *run->columns);
    if (!run->layer || !run->fields || !run->columns)
        return zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    for (size_t f = 0; f < run->field_count; f++) {
        run->fields[f] = (int)f;
        run->columns[f] =
            zone_table_add_column(run->layer, (zone_column){.name = zone_source_field_name(run->source, f),
                                                            .type = type_of(zone_source_field_type(run->source, f)),
                                                            .decimals = 6,
                                                            .role = role_of(run->source, f)});
    }
    run->geometry =
        zone_table_add_column(run->layer, (zone_column){.name = "geometry",
                                                        .type = ZONE_COLUMN_GEOMETRY,
                                                        .decimals = same ? zone_source_decimals(run->source) : 0,
                                                        .encoding = encoding,
                                                        .crs = *crs->code ? crs->code : crs->wkt});
    return ZONE_OK;
}

/* ---------------------------------------------------------------- geometry */

static void put(convert_run *run, const void *bytes, size_t size)
{
    memcpy(run->wkb + run->size, bytes, size);
    run->size += size;
}

static void put_header(convert_run *run, uint32_t kind, uint32_t count)
{
    const uint16_t probe = 1;

    put(run, &probe, 1); /* the byte order of this machine */
    put(run, &kind, sizeof kind);
    put(run, &count, sizeof count);
}

static void put_ring(convert_run *run, const zone_batch *batch, size_t ring)
{
    size_t first = batch->vertex_start[ring], count = batch->vertex_start[ring + 1] - first;
    uint32_t points = (uint32_t)(count + (count > 0));

    put(run, &points, sizeof points);
    for (size_t i = 0; i < points; i++) {
        put(run, &batch->x[first + i % count], sizeof(double));
        put(run, &batch->y[first + i % count], sizeof(double));
    }
}

/* In a batch outer rings run counter-clockwise; a hole follows the outer ring that it lies in. */
static bool is_hole(const zone_batch *batch, size_t feature, size_t ring)
{
    size_t first = batch->vertex_start[ring], end = batch->vertex_start[ring + 1];
    double sum = 0.0;

    for (size_t i = first + 1; i + 1 < end; i++)
        sum += (batch->x[i] - batch->x[first]) * (batch->y[i + 1] - batch->y[first]) -
               (batch->x[i + 1] - batch->x[first]) * (batch->y[i] - batch->y[first]);
    return ring > batch->ring_start[feature] && sum < 0.0;
}

/* The multipolygon of a feature, in run->wkb. */
static zone_status make_geometry(convert_run *run, const zone_batch *batch, size_t feature)
{
    size_t first = batch->ring_start[feature], end = batch->ring_start[feature + 1], part = first;
    size_t vertices = batch->vertex_start[end] - batch->vertex_start[first];
    uint32_t parts = 0;
    zone_status status = zone_reserve(run->ctx, (void **)&run->wkb, &run->capacity,
                                      9 + (end - first) * 29 + vertices * 16, sizeof *run->wkb);

    run->size = 0;
    if (status)
        return status;
    for (size_t ring = first; ring < end; ring++)
        parts += !is_hole(batch, feature, ring);
    put_header(run, 6, parts);
    for (size_t ring = first; ring < end; ring = part) {
        for (part = ring + 1; part < end && is_hole(batch, feature, part);)
            part++;
        put_header(run, 3, (uint32_t)(part - ring));
        for (size_t r = ring; r < part; r++)
            put_ring(run, batch, r);
    }
    return ZONE_OK;
}

/* ---------------------------------------------------------------- rows */

static void set_cell(convert_run *run, size_t row, int column, const char *text)
{
    char *end = NULL;

    switch (zone_table_column_type(run->layer, (size_t)column)) {
    case ZONE_COLUMN_INTEGER:
        zone_table_set_integer(run->layer, row, column, strtoll(text, &end, 10));
        break;
    case ZONE_COLUMN_REAL:
        zone_table_set_real(run->layer, row, column, zone_number_read(text, &end));
        break;
    default:
        zone_table_set_text(run->layer, row, column, text);
    }
    run->bytes += strlen(text) + 1;
}

static zone_status refuse_large(const convert_run *run)
{
    uint64_t budget = zone_context_memory(run->ctx);

    if (budget == 0 || run->bytes <= budget)
        return ZONE_OK;
    return zone_fail(run->ctx, ZONE_TOO_LARGE, .file = zone_source_path(run->source),
                     .found = zone_say(run->ctx, "a layer that takes more than %llu MB in memory",
                                       (unsigned long long)(budget >> 20)),
                     .remedy = "a larger --memory");
}

static zone_status add_row(convert_run *run, const zone_batch *batch, size_t feature)
{
    size_t row = zone_table_add_row(run->layer);
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < run->field_count; f++) {
        const char *text = zone_batch_text(batch, feature, f);
        if (text)
            set_cell(run, row, run->columns[f], text);
    }
    run->bytes += 16 * (run->field_count + 2);
    if (batch->state[feature] == ZONE_FEATURE_REJECTED)
        return refuse_large(run);
    if ((status = make_geometry(run, batch, feature)))
        return status;
    zone_table_set_geometry(run->layer, row, run->geometry, run->wkb, run->size);
    run->bytes += run->size;
    return refuse_large(run);
}

static zone_status read_all(convert_run *run)
{
    const zone_request request = {
        .fields = run->fields, .field_count = run->field_count, .shape = ZONE_SHAPE_AREA, .as_drawn = true};
    zone_batch batch = {0};
    zone_status status = zone_source_rewind(run->ctx, run->source, &request);

    while (!status && !(status = zone_source_next(run->ctx, run->source, &batch)) && batch.feature_count) {
        zone_books_count(&run->books, &batch);
        for (size_t f = 0; f < batch.feature_count && !status; f++)
            status = add_row(run, &batch, f);
    }
    zone_batch_free(&batch);
    return status ? status : zone_books_refuse(run->ctx, &run->books, run->source);
}

/* ---------------------------------------------------------------- the answer */

static zone_status make_answer(convert_run *run, zone_table **table)
{
    zone_table *made = zone_table_create("convert"), *layer = NULL;
    const zone_crs *crs = crs_of(run);
    int column[4] = {
        zone_table_add_column(made, (zone_column){.name = "layer", .heading = "layer", .type = ZONE_COLUMN_TEXT}),
        zone_table_add_column(made,
                              (zone_column){.name = "features", .heading = "features", .type = ZONE_COLUMN_INTEGER}),
        zone_table_add_column(made, (zone_column){.name = "fields", .heading = "fields", .type = ZONE_COLUMN_INTEGER}),
        zone_table_add_column(made,
                              (zone_column){.name = "crs", .heading = "reference system", .type = ZONE_COLUMN_TEXT})};
    size_t row = zone_table_add_row(made);
    zone_status status = zone_table_finish(run->ctx, run->layer, &layer);

    run->layer = NULL;
    zone_table_set_title(made, zone_say(run->ctx, "%s as a layer", zone_source_label(run->source)));
    zone_table_set_text(made, row, column[0], zone_source_layer(run->source));
    zone_table_set_integer(made, row, column[1], (int64_t)zone_table_row_count(layer));
    zone_table_set_integer(made, row, column[2], (int64_t)run->field_count);
    zone_table_set_text(made, row, column[3], *crs->code ? crs->code : crs->name);
    zone_books_close(&run->books, made);
    if (!status) {
        zone_table_set_section(made, ZONE_SECTION_PIECES, layer);
        zone_provenance_source(run->ctx, made, run->source);
        return zone_table_finish(run->ctx, made, table);
    }
    zone_table_free(made);
    return status;
}

/* What the source reads comes in the system that is asked for, if any, until the answer is made. */
static zone_status set_target(convert_run *run, const char *definition)
{
    zone_status status = zone_crs_create(run->ctx, definition, "from --to-crs", &run->target);

    if (status == ZONE_BAD_CRS)
        return zone_crs_name_option(run->ctx, "--to-crs");
    return status ? status : zone_source_project(run->ctx, run->source, run->target);
}

static zone_status refuse_encoding(zone_context *ctx, const char *name)
{
    return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--to-encoding", .found = zone_say(ctx, "%s", name),
                     .expected = "UTF-8 or GBK");
}

zone_status zone_convert(zone_context *ctx, zone_source *source, const zone_convert_options *options,
                         zone_table **table)
{
    const char *encoding = options && options->encoding ? options->encoding : "UTF-8";
    bool gbk = strcmp(encoding, "GBK") == 0;
    convert_run run = {.ctx = ctx, .source = source};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!source)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a source");
    if (!gbk && strcmp(encoding, "UTF-8") != 0)
        return refuse_encoding(ctx, encoding);
    if (options && options->crs)
        status = set_target(&run, options->crs);
    if (!status)
        zone_books_open(&run.books, zone_source_label(source));
    if (!status)
        status = make_columns(&run, gbk ? "GBK" : NULL);
    if (!status)
        status = read_all(&run);
    if (!status)
        status = make_answer(&run, table);
    if (run.target)
        zone_source_project(ctx, source, NULL);
    zone_crs_free(run.target);
    zone_table_free(run.layer);
    free(run.fields);
    free(run.columns);
    free(run.wkb);
    return status;
}
