/* Points in zones: how many points each zone holds, by fields of both. */
#include "ask/points.h"

#include "ask/collisions.h"
#include "ask/keys.h"
#include "ask/stream.h"
#include "ask/zoning.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const zone_tabulate_options *options;
    zone_source *data;
    zone_projection *projection;
    zone_zoning zoning;
    zone_collisions pairs; /* of zones */
    zone_point_cells *cells;
    zone_keys keys;
    zone_books books;
    zone_groups groups;
    int64_t whole, inside, counted; /* points: all, in a zone or more, of all zones */
    zone_table *table;
} points_run;

/* ---------------------------------------------------------------- zones */

static zone_status refuse_options(points_run *run)
{
    const zone_tabulate_options *options = run->options;
    const char *key = options->explain   ? "--explain"
                      : options->control ? "--control"
                      : options->pieces  ? "--pieces"
                      : options->partial ? "--partial"
                                         : NULL;

    if (key)
        return zone_fail(run->ctx, ZONE_BAD_USAGE, .key = key, .file = zone_source_path(run->data),
                         .layer = zone_source_layer(run->data), .what = "points have no area",
                         .remedy = "leave it out: points are counted");
    if (options->method)
        zone_log(run->ctx, "%s: points are counted, so --area %s is not used", zone_source_label(run->data),
                 options->method);
    return ZONE_OK;
}

/* Zones are laid out in the drawing plane; any method would do. */
static zone_status open_zones(points_run *run, zone_source *zones)
{
    const zone_crs *crs = zone_source_crs(run->data);
    zone_method method;
    zone_status status = zone_method_parse(run->ctx, NULL, &method);

    if (!status)
        status = zone_projection_create(run->ctx, crs->wkt, &method, &run->projection);
    if (!status && run->options->zone_by)
        status = zone_keys_names(run->ctx, "--zone-by", run->options->zone_by);
    if (!status)
        status = zone_zoning_open(run->ctx, zones, run->options->zone_by, crs, run->projection, &run->zoning);
    if (!status)
        status = zone_collisions_find(run->ctx, run->zoning.loaded.layer, &run->pairs);
    return status ? status : zone_point_cells_build(run->ctx, run->zoning.loaded.layer, &run->cells);
}

/* ---------------------------------------------------------------- features */

static zone_status take_feature(points_run *run, const zone_batch *batch, size_t feature, const zone_piece *pieces,
                                size_t count)
{
    const char *key[ZONE_KEYS_MOST];
    size_t index = 0;
    zone_status status = ZONE_OK;

    if (batch->state[feature] == ZONE_FEATURE_REJECTED)
        return ZONE_OK;
    if (count > 0)
        zone_keys_texts(&run->keys, batch, feature, key);
    else
        zone_books_outside(&run->books, batch->id[feature]);
    for (size_t i = 0; i < count && !status; i++) {
        status = zone_groups_find(run->ctx, &run->groups, run->zoning.place[pieces[i].member], key, &index);
        if (!status)
            run->groups.group[index].pieces += (uint64_t)pieces[i].area;
        run->counted += (int64_t)pieces[i].area;
    }
    return status;
}

static zone_status take_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    points_run *run = user;
    const zone_piece_list *pieces = &results->pieces;
    zone_status status = zone_keys_count(run->ctx, &run->keys, batch);

    zone_books_count(&run->books, batch);
    for (size_t f = 0; f < batch->feature_count && !status; f++) {
        run->whole += (int64_t)results->whole[f];
        run->inside += (int64_t)results->inside[f];
        status = take_feature(run, batch, f, pieces->piece + pieces->start[f], pieces->start[f + 1] - pieces->start[f]);
    }
    return status;
}

static zone_status refuse_nothing(points_run *run)
{
    const zone_completeness *counts = &run->books.counts;
    const char *path = zone_source_path(run->data);

    if (counts->used > 0)
        return ZONE_OK;
    return zone_fail(
        run->ctx, counts->features ? ZONE_BAD_GEOMETRY : ZONE_EMPTY, .file = path,
        .layer = zone_source_layer(run->data),
        .found = counts->features ? zone_say(run->ctx, "no feature that has a point; first: %s", run->books.rejected)
                                  : "a layer without features",
        .expected = "points", .remedy = zone_say(run->ctx, "zone info %s shows the layers and what is in them", path));
}

static zone_status read_data(points_run *run)
{
    zone_request request = {.fields = run->keys.fields, .field_count = run->keys.count, .shape = ZONE_SHAPE_POINT};
    const zone_pass pass = {.projection = run->projection, .layer = run->zoning.loaded.layer, .points = run->cells};
    zone_status status = zone_stream(run->ctx, run->data, &request, &pass, 1, take_batch, run);

    return status ? status : refuse_nothing(run);
}

/* ---------------------------------------------------------------- the answer */

static const char *zone_column_name(const points_run *run, size_t column)
{
    const char *name = zone_zoning_column(&run->zoning, column);

    for (size_t i = 0; i < run->keys.count; i++)
        if (strcmp(name, run->keys.key[i].name) == 0)
            return zone_say(run->ctx, "zone_%s", name);
    return name;
}

static void make_table(points_run *run)
{
    run->table = zone_table_create("tabulate");
    zone_table_set_title(run->table, zone_say(run->ctx, "points of %s by zones", zone_source_label(run->data)));
    for (size_t i = 0; i < zone_zoning_columns(&run->zoning); i++)
        zone_table_add_column(run->table, (zone_column){.name = zone_column_name(run, i), .type = ZONE_COLUMN_TEXT});
    zone_keys_columns(run->table, &run->keys);
    zone_table_add_column(
        run->table,
        (zone_column){.name = "points", .heading = "number of points", .type = ZONE_COLUMN_INTEGER, .adds = true});
    if (run->keys.count)
        zone_table_set_group(run->table, 0);
}

static void fill_row(points_run *run, const zone_group *group)
{
    size_t row = zone_table_add_row(run->table);
    char id[32];
    int column = 0;

    for (size_t i = 0; i < zone_zoning_columns(&run->zoning); i++) {
        const char *text = zone_zoning_text(&run->zoning, group->order, i, id);
        zone_table_set_text(run->table, row, column++, text && *text ? text : NULL);
    }
    for (size_t i = 0; i < run->keys.count; i++)
        zone_table_set_text(run->table, row, column++, *group->key[i] ? group->key[i] : NULL);
    zone_table_set_integer(run->table, row, column, (int64_t)group->pieces);
}

static void close_counts(points_run *run, int64_t rows)
{
    const char *data = zone_source_label(run->data), *zones = zone_source_label(run->zoning.source);
    int64_t outside = run->whole - run->inside, again = run->counted - run->inside;

    zone_table_add_point_closure(run->table, "whole", data, run->whole, NULL);
    zone_table_add_point_closure(run->table, "sum of parts", NULL, rows, NULL);
    zone_table_add_point_closure(run->table, "outside every zone", data, outside, NULL);
    zone_table_add_point_closure(
        run->table, "counted more than once", zones, again,
        run->pairs.count ? zone_collisions_text(run->ctx, &run->pairs, run->zoning.loaded.batch.id) : NULL);
    zone_table_add_point_closure(run->table, "residual", NULL, run->whole - rows - outside + again, NULL);
}

static zone_status conclude(points_run *run)
{
    zone_context *ctx = run->ctx;
    int64_t rows = 0;
    zone_status status = zone_groups_sort(ctx, &run->groups);

    if (status)
        return status;
    make_table(run);
    for (size_t g = 0; g < run->groups.count; g++) {
        fill_row(run, &run->groups.group[g]);
        rows += (int64_t)run->groups.group[g].pieces;
    }
    if (run->groups.count == 0)
        zone_log(ctx, "no point of %s lies in any zone", zone_source_label(run->data));
    close_counts(run, rows);
    zone_books_close(&run->books, run->table);
    zone_books_close(&run->zoning.loaded.books, run->table);
    zone_provenance_run(ctx, run->table, NULL,
                        zone_say(ctx, "by=%s zone_by=%s", run->options->by ? run->options->by : "",
                                 run->options->zone_by ? run->options->zone_by : ""));
    zone_provenance_source(ctx, run->table, run->data);
    zone_keys_provenance(ctx, &run->keys, run->table);
    zone_provenance_source(ctx, run->table, run->zoning.source);
    return ZONE_OK;
}

zone_status zone_points(zone_context *ctx, zone_source *data, zone_source *zones, const zone_tabulate_options *options,
                        zone_table **table)
{
    points_run run = {.ctx = ctx, .options = options, .data = data};
    zone_status status = refuse_options(&run);

    zone_books_open(&run.books, zone_source_label(data));
    if (!status)
        status = zone_keys_open(ctx, data, options->by, &run.keys);
    run.groups.key_count = run.keys.count;
    run.groups.sum_count = 1;
    if (!status)
        status = open_zones(&run, zones);
    if (!status)
        status = read_data(&run);
    if (!status)
        status = conclude(&run);
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    zone_table_free(run.table);
    zone_point_cells_free(run.cells);
    zone_collisions_free(&run.pairs);
    zone_zoning_close(&run.zoning);
    zone_groups_free(&run.groups);
    zone_keys_close(&run.keys);
    zone_projection_free(run.projection);
    return status;
}
