/* The question "overlap": a layer against itself. What is covered once, twice and more, and which features collide. */
#include "ask/collisions.h"
#include "ask/keys.h"
#include "ask/layers.h"
#include "ask/pieces.h"

#include <stdlib.h>

typedef struct {
    zone_context *ctx;
    const zone_overlap_options *options;
    zone_source *source;
    zone_method method;
    zone_projection *projection;
    zone_keys keys;
    zone_loaded loaded;
    zone_collisions pairs;
    zone_exact *covered; /* [k]: by more than k features */
    size_t deepest, covered_capacity;
    zone_exact whole;      /* of all features */
    zone_exact edge_model; /* of pairs that do not overlap on the grid */
    zone_table *table;
    zone_pieces kept; /* when asked for */
    size_t *row;      /* of each pair */
} overlap_run;

/* Columns of the answer; the keys of the first feature stand before COLUMN_SECOND, those of the second behind it. */
enum { COLUMN_FINDING, COLUMN_TIMES, COLUMN_FIRST };

static const zone_overlap_options no_options = {.size = sizeof(zone_overlap_options)};

/* ---------------------------------------------------------------- the layer */

static zone_status open_layer(overlap_run *run)
{
    zone_context *ctx = run->ctx;
    zone_status status = zone_method_parse(ctx, run->options->method, &run->method);

    if (!status)
        status = zone_projection_create(ctx, zone_source_crs(run->source)->wkt, &run->method, &run->projection);
    if (!status)
        status = zone_keys_open(ctx, run->source, run->options->by, &run->keys);
    if (!status)
        status = zone_load(ctx, run->source, run->projection, run->keys.fields, run->keys.count, &run->loaded);
    if (!status)
        status = zone_books_refuse(ctx, &run->loaded.books, run->source);
    if (!status)
        status = zone_keys_count(ctx, &run->keys, &run->loaded.batch);
    for (size_t m = 0; !status && m < zone_layer_count(run->loaded.layer); m++)
        if (!zone_exact_add(run->whole, zone_layer_area(run->loaded.layer, m), &run->whole))
            status = zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8.5e17 m²");
    return status;
}

/* ---------------------------------------------------------------- pairs */

static bool before(const zone_collision *a, const zone_collision *b)
{
    return a->first != b->first ? a->first < b->first : a->second < b->second;
}

/* Keeps the pairs that are among those on the grid. */
static void keep_pairs(overlap_run *run, const zone_collisions *on_grid)
{
    zone_collisions *pairs = &run->pairs;
    size_t kept = 0, at = 0;

    for (size_t p = 0; p < pairs->count; p++) {
        while (at < on_grid->count && before(&on_grid->pair[at], &pairs->pair[p]))
            at++;
        if (at < on_grid->count && !before(&pairs->pair[p], &on_grid->pair[at]))
            pairs->pair[kept++] = pairs->pair[p];
        else
            run->edge_model += pairs->pair[p].area;
    }
    pairs->count = kept;
}

/* A long edge beside two short ones on the same line is another curve in most methods, and between the two lies an
 * area. That is no overlap: where there is a grid, features that collide do so on the grid. */
static zone_status drop_edge_model(overlap_run *run)
{
    zone_context *ctx = run->ctx;
    zone_projection *grid = NULL;
    zone_layer *layer = NULL;
    zone_collisions on_grid = {0};
    zone_method method;
    zone_status status = zone_method_parse(ctx, "grid", &method);

    if (!status)
        status = zone_projection_create(ctx, zone_source_crs(run->source)->wkt, &method, &grid);
    if (status == ZONE_BAD_CRS) {
        zone_context_begin(ctx); /* without a grid it can't be told, and that is no error */
        return ZONE_OK;
    }
    if (!status)
        status = zone_layer_create(ctx, grid, &layer);
    if (!status)
        status = zone_layer_add(ctx, layer, &run->loaded.batch);
    if (!status)
        status = zone_layer_finish(ctx, layer);
    if (!status)
        status = zone_collisions_find(ctx, layer, &on_grid);
    if (!status)
        keep_pairs(run, &on_grid);
    zone_collisions_free(&on_grid);
    zone_layer_free(layer);
    zone_projection_free(grid);
    return status;
}

static zone_status find_pairs(overlap_run *run)
{
    zone_status status = zone_collisions_find(run->ctx, run->loaded.layer, &run->pairs);
    bool on_grid = run->method.kind == ZONE_METHOD_GRID;

    return status || run->pairs.count == 0 || on_grid ? status : drop_edge_model(run);
}

/* ---------------------------------------------------------------- depths */

static zone_status keep_depth(void *user, size_t times, zone_exact area)
{
    overlap_run *run = user;
    zone_status status =
        zone_grow(run->ctx, (void **)&run->covered, &run->covered_capacity, times, sizeof *run->covered);

    if (!status) {
        run->covered[times - 1] = area;
        run->deepest = times;
    }
    return status;
}

/* What is no overlap lies under one feature; crumbs of the greatest depths go to the greatest that is an area. So the
 * sum over all depths stays what it was. */
static void settle_depths(overlap_run *run)
{
    size_t kept = 1;

    if (run->deepest > 1) {
        run->covered[0] += run->edge_model;
        run->covered[1] -= run->edge_model;
    }
    while (kept < run->deepest && run->pairs.count > 0 && run->covered[kept] >= ZONE_EXACT_MICRO_M2)
        kept++;
    for (size_t k = kept; k < run->deepest; k++)
        run->covered[kept - 1] += run->covered[k];
    run->deepest = run->deepest < kept ? run->deepest : kept;
}

/* ---------------------------------------------------------------- the answer */

static int column_second(const overlap_run *run)
{
    return COLUMN_FIRST + 1 + (int)run->keys.count;
}

static void add_feature_columns(overlap_run *run, zone_table *table, const char *which)
{
    zone_table_add_column(table, (zone_column){.name = which, .heading = which, .type = ZONE_COLUMN_INTEGER});
    for (size_t i = 0; i < run->keys.count; i++)
        zone_table_add_column(table, (zone_column){.name = zone_say(run->ctx, "%s_%s", which, run->keys.key[i].name),
                                                   .type = ZONE_COLUMN_TEXT});
}

/* Returns the number of the column "area"; "exactly" comes next. */
static int make_table(overlap_run *run)
{
    run->table = zone_table_create("overlap");
    zone_table_set_title(run->table, zone_say(run->ctx, "%s against itself, method %s", zone_source_label(run->source),
                                              run->method.name));
    zone_table_add_column(
        run->table, (zone_column){.name = "finding", .heading = "finding", .type = ZONE_COLUMN_TEXT, .verdict = true});
    zone_table_add_column(run->table, (zone_column){.name = "times", .heading = "times", .type = ZONE_COLUMN_INTEGER});
    add_feature_columns(run, run->table, "first");
    add_feature_columns(run, run->table, "second");
    int area =
        zone_table_add_column(run->table, (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA});
    zone_table_add_column(
        run->table,
        (zone_column){.name = "exactly", .heading = "exactly so often", .type = ZONE_COLUMN_AREA, .adds = true});
    return area;
}

static void set_feature(overlap_run *run, zone_table *table, size_t row, int column, uint32_t feature)
{
    const char *texts[ZONE_KEYS_MOST];

    zone_table_set_integer(table, row, column, run->loaded.batch.id[feature]);
    zone_keys_texts(&run->keys, &run->loaded.batch, feature, texts);
    for (size_t i = 0; i < run->keys.count; i++)
        zone_table_set_text(table, row, column + 1 + (int)i, texts[i] && *texts[i] ? texts[i] : NULL);
}

static void fill_rows(overlap_run *run, int area)
{
    for (size_t k = 0; k < run->deepest; k++) {
        size_t row = zone_table_add_row(run->table);
        zone_table_set_text(run->table, row, COLUMN_FINDING, "covered at least");
        zone_table_set_integer(run->table, row, COLUMN_TIMES, (int64_t)k + 1);
        zone_table_set_area(run->table, row, area, run->covered[k]);
        zone_table_set_area(run->table, row, area + 1,
                            run->covered[k] - (k + 1 < run->deepest ? run->covered[k + 1] : 0));
    }
    for (size_t p = 0; p < run->pairs.count; p++) {
        const zone_collision *pair = &run->pairs.pair[p];
        size_t row = zone_table_add_row(run->table);
        zone_table_set_text(run->table, row, COLUMN_FINDING, "overlap");
        set_feature(run, run->table, row, COLUMN_FIRST, pair->first);
        set_feature(run, run->table, row, column_second(run), pair->second);
        zone_table_set_area(run->table, row, area, pair->area);
        if (run->row)
            run->row[p] = row;
    }
}

/* What the two features of each pair share. */
static zone_status keep_pieces(overlap_run *run)
{
    const zone_batch *batch = &run->loaded.batch;
    int second = 1 + (int)run->keys.count;
    zone_status status = ZONE_OK;

    if (!run->options->pieces)
        return ZONE_OK;
    run->row = zone_allocate(run->ctx, run->pairs.count + 1, sizeof *run->row);
    status = run->row ? zone_pieces_open(run->ctx, "overlap", run->method.name, &run->kept) : ZONE_NO_MEMORY;
    if (status)
        return status;
    add_feature_columns(run, run->kept.table, "first");
    add_feature_columns(run, run->kept.table, "second");
    zone_pieces_columns(&run->kept, zone_source_crs(run->source));
    for (size_t p = 0; p < run->pairs.count && !status; p++) {
        const zone_collision *pair = &run->pairs.pair[p];
        size_t row = 0;
        status = zone_clip_begin(run->ctx, run->kept.clip, batch, pair->second);
        if (!status)
            status = zone_clip_keep(run->ctx, run->kept.clip, batch, pair->first);
        if (!status)
            status = zone_pieces_add(run->ctx, &run->kept, p, pair->area, &row);
        if (!status && p % 256 == 0)
            status = zone_progress(run->ctx, p, run->pairs.count);
        if (!status) {
            set_feature(run, run->kept.table, row, 0, pair->first);
            set_feature(run, run->kept.table, row, second, pair->second);
        }
    }
    return status;
}

static void close_sums(overlap_run *run)
{
    zone_context *ctx = run->ctx;
    const char *label = zone_source_label(run->source);
    zone_exact once = run->deepest ? run->covered[0] : 0, sum = 0, pairs = 0;

    for (size_t k = 0; k < run->deepest; k++)
        sum += run->covered[k];
    for (size_t p = 0; p < run->pairs.count; p++)
        pairs += run->pairs.pair[p].area;
    zone_table_add_closure(run->table, "whole", label, run->whole, NULL);
    zone_table_add_closure(run->table, "sum of parts", NULL, sum,
                           zone_tell(ctx, "covered at least 1, 2, 3, … times, added up"));
    zone_table_add_closure(run->table, "residual", NULL, run->whole - sum, NULL);
    zone_table_add_closure(run->table, "union", label, once, NULL);
    zone_table_add_closure(run->table, "counted more than once", label, run->whole - once, NULL);
    zone_table_add_closure(run->table, "overlap", label, pairs, zone_say(ctx, "%zu pairs", run->pairs.count));
    zone_table_add_closure(run->table, "edge model", label, run->edge_model,
                           run->edge_model ? zone_tell(ctx, "pairs that do not overlap on the grid: counted once")
                                           : NULL);
    zone_table_add_closure(run->table, "repaired", label, run->loaded.books.counts.repaired_change, NULL);
    zone_table_add_closure(run->table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}

static zone_status conclude(overlap_run *run)
{
    int area = make_table(run);

    fill_rows(run, area);
    if (!run->table || area < 0)
        return zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    close_sums(run);
    zone_books_close(&run->loaded.books, run->table);
    zone_provenance_run(run->ctx, run->table, &run->method,
                        zone_say(run->ctx, "by=%s", run->options->by ? run->options->by : ""));
    zone_provenance_fallbacks(run->ctx, run->table, run->projection);
    zone_provenance_source(run->ctx, run->table, run->source);
    zone_keys_provenance(run->ctx, &run->keys, run->table);
    return zone_pieces_finish(run->ctx, &run->kept, run->table, area, run->row);
}

zone_status zone_overlap(zone_context *ctx, zone_source *source, const zone_overlap_options *options,
                         zone_table **table)
{
    overlap_run run = {.ctx = ctx, .source = source, .options = options ? options : &no_options};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!source)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a source");
    status = open_layer(&run);
    if (!status)
        status = find_pairs(&run);
    if (!status)
        status = zone_overlay_depths(ctx, run.loaded.layer, keep_depth, &run);
    if (!status) {
        settle_depths(&run);
        status = keep_pieces(&run);
    }
    if (!status) {
        status = conclude(&run);
    }
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    zone_table_free(run.table);
    zone_pieces_close(&run.kept);
    free(run.row);
    free(run.covered);
    zone_collisions_free(&run.pairs);
    zone_unload(&run.loaded);
    zone_keys_close(&run.keys);
    zone_projection_free(run.projection);
    return status;
}
