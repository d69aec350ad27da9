/* The question "tabulate": areas of data in zones, by fields of both. */
#include "ask/control.h"
#include "ask/cover.h"
#include "ask/keys.h"
#include "ask/methods.h"
#include "ask/partial.h"
#include "ask/pieces.h"
#include "ask/points.h"
#include "ask/tabulated.h"
#include "ask/zoning.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const zone_tabulate_options *options;
    zone_source *data, *zones_source;
    zone_methods methods;
    zone_loaded zones;
    zone_layer *layer[ZONE_GROUP_SUMS]; /* the zones by method; [0] is zones.layer */
    int *zone_fields;
    size_t zone_field_count; /* none: the feature id */
    zone_keys keys;
    zone_groups zone_names; /* distinct texts of the zones' fields */
    size_t *zone_group;     /* of each zone, in zone_names */
    uint64_t *place;        /* of each zone: the first zone with the same texts */
    char **label;           /* of each zone */
    zone_cover cover;
    zone_books books;
    zone_groups groups;
    zone_pieces kept; /* when asked for */
    zone_table *table;
    zone_tabulated answer;
    const char **zone_column, **zone_text;
    /* while a batch goes through one method */
    const zone_batch *batch;
    size_t method;
} tabulate_run;

static const zone_tabulate_options no_options = {.size = sizeof(zone_tabulate_options)};

/* ---------------------------------------------------------------- zones */

/* "phase1", or "a, b" of several fields, or the feature id. */
static char *make_label(tabulate_run *run, size_t zone)
{
    char id[32];
    const char *text = "";

    snprintf(id, sizeof id, "%" PRId64, run->zones.batch.id[zone]);
    for (size_t i = 0; i < run->zone_field_count; i++) {
        const char *part = zone_batch_text(&run->zones.batch, zone, i);
        text = zone_say(run->ctx, "%s%s%s", text, i ? ", " : "", part ? part : "");
    }
    return zone_copy_text(run->ctx, run->zone_field_count ? text : id);
}

/* Zones of the same texts are one zone of the table, at the place of the first. */
static zone_status name_zones(tabulate_run *run)
{
    size_t count = run->zones.batch.feature_count;
    zone_status status = ZONE_OK;

    run->zone_group = zone_allocate(run->ctx, count + 1, sizeof *run->zone_group);
    run->place = zone_allocate(run->ctx, count + 1, sizeof *run->place);
    run->label = zone_allocate(run->ctx, count + 1, sizeof *run->label);
    if (!run->zone_group || !run->place || !run->label)
        return ZONE_NO_MEMORY;
    run->zone_names.key_count = run->zone_field_count;
    for (size_t z = 0; z < count && !status; z++) {
        const char *key[ZONE_KEYS_MOST];
        for (size_t i = 0; i < run->zone_field_count; i++)
            key[i] = zone_batch_text(&run->zones.batch, z, i);
        size_t before = run->zone_names.count;
        status = zone_groups_find(run->ctx, &run->zone_names, run->zone_field_count ? 0 : z, key, &run->zone_group[z]);
        if (!status && run->zone_names.count > before)
            run->zone_names.group[before].pieces = z; /* here: the first zone of the group */
        if (!status)
            run->place[z] = run->zone_names.group[run->zone_group[z]].pieces;
        if (!status && !(run->label[z] = make_label(run, z)))
            status = ZONE_NO_MEMORY;
    }
    return status;
}

static zone_status open_zones(tabulate_run *run)
{
    zone_context *ctx = run->ctx;
    zone_status status = zone_source_project(ctx, run->zones_source, zone_source_crs(run->data));

    if (!status)
        status = zone_zoning_fields(ctx, run->zones_source, run->options->zone_by, &run->zone_fields,
                                    &run->zone_field_count);
    if (!status)
        status = zone_load(ctx, run->zones_source, run->methods.projection[0], run->zone_fields, run->zone_field_count,
                           &run->zones);
    if (!status)
        status = zone_books_refuse(ctx, &run->zones.books, run->zones_source);
    if (!status)
        status = zone_methods_layers(ctx, &run->methods, run->zones.layer, &run->zones.batch, run->layer);
    if (!status)
        status = name_zones(run);
    return status ? status : zone_cover_open(ctx, &run->cover, run->methods.projection[0], &run->zones);
}

/* ---------------------------------------------------------------- features */

static void set_key(zone_table *table, size_t row, int column, const char *text)
{
    zone_table_set_text(table, row, column, text && *text ? text : NULL);
}

/* The piece as geometry. What is held whole is the feature as it was drawn. */
static zone_status keep_piece(tabulate_run *run, size_t feature, zone_exact whole, const zone_piece *piece,
                              const zone_group *group)
{
    const zone_batch *zones = &run->zones.batch;
    int column = 0;
    size_t row = 0;
    zone_status status = zone_clip_begin(run->ctx, run->kept.clip, run->batch, feature);

    if (!status && piece->area != whole)
        status = zone_clip_keep(run->ctx, run->kept.clip, zones, piece->member);
    if (!status)
        status = zone_pieces_add(run->ctx, &run->kept, group->made, piece->area, &row);
    if (status)
        return status;
    if (run->zone_field_count == 0)
        set_key(run->kept.table, row, column++, run->label[piece->member]);
    for (size_t i = 0; i < run->zone_field_count; i++)
        set_key(run->kept.table, row, column++, zone_batch_text(zones, piece->member, i));
    for (size_t i = 0; i < run->keys.count; i++)
        set_key(run->kept.table, row, column++, group->key[i]);
    zone_table_set_integer(run->kept.table, row, column++, run->batch->id[feature]);
    zone_table_set_integer(run->kept.table, row, column, zones->id[piece->member]);
    return ZONE_OK;
}

static zone_status add_piece(tabulate_run *run, size_t feature, zone_exact whole, const zone_piece *piece)
{
    size_t index = 0;
    zone_status status = zone_groups_find_wanted(run->ctx, &run->groups, run->place[piece->member], &index);
    if (status)
        return status;
    zone_group *group = &run->groups.group[index];
    if (run->method == 0 && zone_piece_counts(piece->area)) {
        group->pieces++;
        group->cut = group->cut || zone_piece_counts(whole - piece->area);
        if (run->kept.table)
            status = keep_piece(run, feature, whole, piece, group);
    }
    return status ? status : zone_group_add(run->ctx, group, run->method, piece->area);
}

static zone_status take_feature(tabulate_run *run, size_t feature, zone_exact whole, const zone_piece *pieces,
                                size_t count)
{
    const char *key[ZONE_KEYS_MOST];
    bool meets = false;
    zone_status status = ZONE_OK;

    if (run->batch->state[feature] == ZONE_FEATURE_REJECTED)
        return ZONE_OK;
    if (count > 0) {
        zone_keys_texts(&run->keys, run->batch, feature, key);
        status = zone_groups_want(run->ctx, &run->groups, key);
    }
    for (size_t i = 0; i < count && !status; i++) {
        meets = meets || zone_piece_counts(pieces[i].area);
        status = add_piece(run, feature, whole, &pieces[i]);
    }
    if (run->method == 0 && !meets)
        zone_books_outside(&run->books, run->batch->id[feature]);
    return status;
}

static zone_status take_result(tabulate_run *run, const zone_result *result)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < result->feature_count && !status; f++)
        status = take_feature(run, f, result->whole[f], result->pieces.piece + result->pieces.start[f],
                              result->pieces.start[f + 1] - result->pieces.start[f]);
    return status;
}

/* Results come by method, those that mean nothing here left out. */
static zone_status take_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    tabulate_run *run = user;
    size_t next = 0;
    zone_status status = zone_keys_count(run->ctx, &run->keys, batch);

    run->batch = batch;
    zone_books_count(&run->books, batch);
    for (run->method = 0; run->method < run->methods.count && !status; run->method++)
        if (run->methods.projection[run->method])
            status = take_result(run, &results[next++]);
    if (!status)
        status = zone_cover_batch(run->ctx, &run->cover, batch, &results[0], &results[0].pieces);
    return status;
}

static zone_status read_data(tabulate_run *run)
{
    zone_request request = {.fields = run->keys.fields, .field_count = run->keys.count, .shape = ZONE_SHAPE_AREA};
    zone_pass passes[ZONE_PASSES_MOST];
    size_t count = 0;
    zone_status status = ZONE_OK;

    for (size_t m = 0; m < run->methods.count; m++)
        if (run->methods.projection[m])
            passes[count++] = m == 0 ? zone_cover_pass(&run->cover)
                                     : (zone_pass){.projection = run->methods.projection[m], .layer = run->layer[m]};
    run->cover.merges = run->options->partial != 0;
    status = zone_stream(run->ctx, run->data, &request, passes, count, take_batch, run);
    if (!status && !run->options->partial) /* a part may be empty */
        status = zone_books_refuse(run->ctx, &run->books, run->data);
    return status ? status : zone_cover_finish(run->ctx, &run->cover, zone_source_crs(run->data));
}

/* ---------------------------------------------------------------- the answer */

static const char *zone_column_name(const tabulate_run *run, size_t field)
{
    if (run->zone_field_count == 0)
        return "zone";
    const char *name = zone_source_field_name(run->zones_source, (size_t)run->zone_fields[field]);
    for (size_t i = 0; i < run->keys.count; i++)
        if (strcmp(name, run->keys.key[i].name) == 0)
            return zone_say(run->ctx, "zone_%s", name);
    return name;
}

/* The texts that name each zone, and the names of their columns. */
static zone_status list_zone_texts(tabulate_run *run, zone_tabulated *answer)
{
    size_t columns = run->zone_field_count ? run->zone_field_count : 1, count = run->zones.batch.feature_count;

    run->zone_column = zone_allocate(run->ctx, columns, sizeof *run->zone_column);
    run->zone_text = zone_allocate(run->ctx, columns * count, sizeof *run->zone_text);
    if (!run->zone_column || !run->zone_text)
        return ZONE_NO_MEMORY;
    for (size_t c = 0; c < columns; c++)
        run->zone_column[c] = zone_column_name(run, c);
    for (size_t z = 0; z < count; z++)
        for (size_t c = 0; c < columns; c++)
            run->zone_text[z * columns + c] =
                run->zone_field_count ? zone_batch_text(&run->zones.batch, z, c) : run->label[z];
    answer->zone_column = run->zone_column;
    answer->zone_text = run->zone_text;
    answer->zone_columns = columns;
    return ZONE_OK;
}

static const char *zone_pairs(tabulate_run *run)
{
    const zone_cover *cover = &run->cover;

    return cover->zone_pairs.count ? zone_collisions_text(run->ctx, &cover->zone_pairs, run->zones.batch.id) : NULL;
}

static zone_status make_partial(tabulate_run *run)
{
    zone_context *ctx = run->ctx;
    const zone_cover *cover = &run->cover;
    const zone_partial_run asked = {.question = "tabulate",
                                    .by = run->options->by,
                                    .zone_by = run->options->zone_by,
                                    .data = run->data,
                                    .zones = run->zones_source,
                                    .methods = &run->methods,
                                    .keys = &run->keys,
                                    .zone_columns = run->answer.zone_columns,
                                    .zone_column = run->answer.zone_column,
                                    .by_plane = cover->by_plane};
    const zone_partial_input zones = {.looked = true, .pairs = zone_pairs(run)};
    const zone_partial_input data = zone_partial_input_of(ctx, cover);
    zone_partial *partial = NULL;
    zone_status status = zone_partial_begin(ctx, &asked, &partial);

    if (status)
        return status;
    zone_partial_add_input(ctx, partial, "zones", run->zones_source, &run->zones.books, &zones);
    zone_partial_add_input(ctx, partial, "data", run->data, &run->books, &data);
    for (size_t z = 0; z < run->zones.batch.feature_count; z++)
        zone_partial_add_zone(partial, run->label[z], &cover->zone[z], run->zone_text + z * run->answer.zone_columns);
    zone_table_set_partial(run->table, partial);
    status = zone_partial_add_groups(ctx, partial, &run->groups, &run->methods);
    return status ? status : zone_partial_add_unknown(ctx, partial, &run->keys, 0);
}

/* Names of columns that the table has, too. */
static zone_status open_pieces(tabulate_run *run)
{
    static const char *const ids[] = {"feature", "zone_feature"};
    size_t zone_columns = run->zone_field_count ? run->zone_field_count : 1;

    if (!run->options->pieces)
        return ZONE_OK;
    if (run->options->control)
        return zone_fail(run->ctx, ZONE_BAD_USAGE, .key = "--pieces",
                         .what = "pieces have the areas that were computed, not forced ones",
                         .remedy = "--pieces without --control");
    zone_status status = zone_pieces_open(run->ctx, "tabulate", run->methods.method[0].name, &run->kept);
    if (status)
        return status;
    for (size_t i = 0; i < zone_columns; i++)
        zone_table_add_column(run->kept.table,
                              (zone_column){.name = zone_column_name(run, i), .type = ZONE_COLUMN_TEXT});
    zone_keys_columns(run->kept.table, &run->keys);
    for (int i = 0; i < 2; i++)
        zone_table_add_column(run->kept.table, (zone_column){.name = ids[i], .type = ZONE_COLUMN_INTEGER});
    zone_pieces_columns(&run->kept, zone_source_crs(run->data));
    return ZONE_OK;
}

static zone_status make_rows(tabulate_run *run)
{
    run->answer = (zone_tabulated){.methods = &run->methods, .keys = &run->keys, .groups = &run->groups};
    zone_status status = list_zone_texts(run, &run->answer);

    run->table = zone_table_create("tabulate");
    zone_table_set_title(run->table, zone_say(run->ctx, "areas of %s by zones, method %s", zone_source_label(run->data),
                                              run->methods.method[0].name));
    run->answer.table = run->table;
    if (!status && !run->table)
        status = zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    if (!status && run->options->partial)
        status = make_partial(run);
    return status ? status : zone_tabulated_rows(run->ctx, &run->answer);
}

static const char *say_extent(zone_context *ctx, const double extent[4])
{
    return zone_say(ctx, "%.10g %.10g, %.10g %.10g", extent[0], extent[1], extent[2], extent[3]);
}

/* West, south, east and north of the zones. */
static void measure_zones(const zone_batch *zones, double extent[4])
{
    for (int k = 0; k < 4; k++)
        extent[k] = k < 2 ? INFINITY : -INFINITY;
    for (size_t v = 0; v < zones->vertex_count; v++) {
        extent[0] = fmin(extent[0], zones->x[v]);
        extent[1] = fmin(extent[1], zones->y[v]);
        extent[2] = fmax(extent[2], zones->x[v]);
        extent[3] = fmax(extent[3], zones->y[v]);
    }
}

/* A table without rows is right and yet hardly what was meant. */
static void warn_of_nothing(tabulate_run *run)
{
    double data[4] = {0.0}, zones[4];

    if (zone_table_row_count(run->table) > 0 || run->options->partial)
        return;
    zone_source_extent(run->data, data); /* known, for it was read */
    measure_zones(&run->zones.batch, zones);
    zone_log(run->ctx, "nothing of %s lies in any zone: data %s, zones %s", zone_source_label(run->data),
             say_extent(run->ctx, data), say_extent(run->ctx, zones));
}

static const char *describe_options(tabulate_run *run)
{
    const zone_tabulate_options *options = run->options;
    const char *text = zone_say(run->ctx, "by=%s zone_by=%s", options->by ? options->by : "",
                                options->zone_by ? options->zone_by : "");

    if (!options->control)
        return text;
    return zone_say(run->ctx, "%s control=%s scheme=%s unit=%s", text, options->control,
                    options->scheme ? options->scheme : "all", options->unit ? options->unit : "m2");
}

static zone_status conclude(tabulate_run *run)
{
    zone_status status = make_rows(run);

    if (status)
        return status;
    warn_of_nothing(run);
    zone_cover_lines(run->ctx, &run->cover, run->data, (const char *const *)run->label,
                     zone_table_total(run->table, (size_t)run->answer.columns[0]), run->table);
    zone_table_add_closure(run->table, "repaired", zone_source_label(run->data), run->books.counts.repaired_change,
                           NULL);
    status = zone_control_apply(run->ctx, run->table, run->answer.columns[0], run->options->control,
                                run->options->scheme, run->options->unit, run->answer.cut);
    if (status)
        return status;
    zone_methods_differences(run->table, &run->methods, run->answer.columns);
    zone_methods_closure(run->table, &run->methods, run->answer.columns);
    zone_books_close(&run->books, run->table);
    zone_books_close(&run->zones.books, run->table);
    zone_provenance_run(run->ctx, run->table, &run->methods.method[0], describe_options(run));
    zone_provenance_fallbacks(run->ctx, run->table, run->methods.projection[0]);
    zone_provenance_source(run->ctx, run->table, run->data);
    zone_keys_provenance(run->ctx, &run->keys, run->table);
    zone_provenance_source(run->ctx, run->table, run->zones_source);
    return zone_pieces_finish(run->ctx, &run->kept, run->table, run->answer.columns[0], run->answer.row);
}

static void close_run(tabulate_run *run)
{
    zone_table_free(run->table);
    zone_pieces_close(&run->kept);
    zone_cover_close(&run->cover);
    for (size_t m = 1; m < run->methods.count; m++)
        zone_layer_free(run->layer[m]);
    for (size_t z = 0; run->label && z < run->zones.batch.feature_count; z++)
        free(run->label[z]);
    zone_groups_free(&run->groups);
    zone_groups_free(&run->zone_names);
    zone_unload(&run->zones);
    zone_methods_close(&run->methods);
    free(run->answer.cut);
    free(run->answer.row);
    free(run->zone_column);
    free(run->zone_text);
    free(run->label);
    free(run->place);
    free(run->zone_group);
    free(run->zone_fields);
    zone_keys_close(&run->keys);
}

zone_status zone_tabulate(zone_context *ctx, zone_source *data, zone_source *zones,
                          const zone_tabulate_options *options, zone_table **table)
{
    tabulate_run run = {.ctx = ctx, .data = data, .zones_source = zones, .options = options ? options : &no_options};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!data || !zones)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "data and zones");
    if (zone_source_shape(data) == ZONE_SHAPE_POINT)
        return zone_points(ctx, data, zones, run.options, table);
    if (run.options->partial)
        status = zone_partial_refuse(ctx, "zones", run.options->control);
    zone_books_open(&run.books, zone_source_label(data));
    if (!status)
        status = zone_methods_open(ctx, run.options->method, run.options->explain != 0, zone_source_crs(data)->wkt,
                                   &run.methods);
    if (!status && !(run.options->partial && zone_partial_is_bare(data)))
        status = zone_keys_open(ctx, data, run.options->by, &run.keys);
    run.groups.key_count = run.keys.count;
    run.groups.sum_count = run.methods.count;
    if (!status)
        status = open_zones(&run);
    if (!status)
        status = open_pieces(&run);
    if (!status)
        status = read_data(&run);
    if (!status)
        status = conclude(&run);
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    close_run(&run);
    return status;
}
