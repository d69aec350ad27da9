/* The question "overlap": a layer against itself. What is covered once, twice and more, and which features collide. */
#include "ask/collisions.h"
#include "ask/keys.h"
#include "ask/layers.h"
#include "ask/methods.h"
#include "ask/pieces.h"

#include <stdlib.h>

/* What a method makes of it. */
typedef struct {
    zone_exact *covered; /* [k]: by more than k features */
    size_t deepest, covered_capacity;
    zone_exact edge_model; /* of pairs that do not overlap on the grid */
    zone_exact *pair;      /* of each pair of the asked method; not the asked one's own */
} method_areas;

typedef struct {
    zone_context *ctx;
    const zone_overlap_options *options;
    zone_source *source;
    zone_methods methods;
    method_areas by[ZONE_GROUP_SUMS]; /* the methods */
    zone_keys keys;
    zone_loaded loaded;
    zone_collisions pairs;
    zone_exact whole; /* of all features */
    zone_table *table;
    int columns[ZONE_GROUP_SUMS]; /* of areas */
    zone_pieces kept;             /* when asked for */
    size_t *row;                  /* of each pair */
} overlap_run;

/* Columns of the answer; the keys of the first feature stand before COLUMN_SECOND, those of the second behind it. */
enum { COLUMN_FINDING, COLUMN_TIMES, COLUMN_FIRST };

static const zone_overlap_options no_options = {.size = sizeof(zone_overlap_options)};

/* ---------------------------------------------------------------- the layer */

static zone_status open_layer(overlap_run *run)
{
    zone_context *ctx = run->ctx;
    zone_status status = zone_methods_open(ctx, run->options->method, run->options->explain != 0,
                                           zone_source_crs(run->source)->wkt, &run->methods);

    if (!status)
        status = zone_keys_open(ctx, run->source, run->options->by, &run->keys);
    if (!status)
        status =
            zone_load(ctx, run->source, run->methods.projection[0], run->keys.fields, run->keys.count, &run->loaded);
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
            run->by[0].edge_model += pairs->pair[p].area;
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
        status = zone_layer_of_batch(ctx, grid, &run->loaded.batch, &layer);
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
    bool on_grid = run->methods.method[0].kind == ZONE_METHOD_GRID;

    return status || run->pairs.count == 0 || on_grid ? status : drop_edge_model(run);
}

/* ---------------------------------------------------------------- depths */

typedef struct {
    zone_context *ctx;
    method_areas *areas;
} depth_sink;

static zone_status keep_depth(void *user, size_t times, zone_exact area)
{
    const depth_sink *to = user;
    method_areas *areas = to->areas;
    zone_status status =
        zone_grow(to->ctx, (void **)&areas->covered, &areas->covered_capacity, times, sizeof *areas->covered);

    if (!status) {
        areas->covered[times - 1] = area;
        areas->deepest = times;
    }
    return status;
}

static zone_status find_depths(overlap_run *run, const zone_layer *layer, method_areas *areas)
{
    depth_sink to = {run->ctx, areas};
    zone_status status = zone_overlay_depths(run->ctx, layer, keep_depth, &to);

    /* What is no overlap lies under one feature. */
    if (!status && areas->deepest > 1) {
        areas->covered[0] += areas->edge_model;
        areas->covered[1] -= areas->edge_model;
    }
    return status;
}

/* Depths beyond the first `kept` go to the last of them, so that the sum over all stays what it was. */
static zone_status fold_depths(zone_context *ctx, method_areas *areas, size_t kept)
{
    zone_status status =
        zone_grow(ctx, (void **)&areas->covered, &areas->covered_capacity, kept, sizeof *areas->covered);

    for (size_t k = kept; k < areas->deepest && !status; k++)
        areas->covered[kept - 1] += areas->covered[k];
    areas->deepest = kept;
    return status;
}

/* Crumbs of the greatest depths go to the greatest that is an area. */
static zone_status settle_depths(overlap_run *run)
{
    method_areas *areas = &run->by[0];
    size_t kept = 1;

    while (kept < areas->deepest && run->pairs.count > 0 && areas->covered[kept] >= ZONE_EXACT_MICRO_M2)
        kept++;
    return areas->deepest ? fold_depths(run->ctx, areas, kept) : ZONE_OK;
}

/* ---------------------------------------------------------------- the other methods */

typedef struct {
    const zone_collisions *pairs;
    size_t at;
    method_areas *areas;
} pair_sink;

/* Pairs come in the order of those of the asked method. What is none there is the edge model's, as with that method. */
static zone_status keep_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    pair_sink *to = user;
    const zone_collision pair = {.first = first, .second = second};

    while (to->at < to->pairs->count && before(&to->pairs->pair[to->at], &pair))
        to->at++;
    if (to->at < to->pairs->count && !before(&pair, &to->pairs->pair[to->at]))
        to->areas->pair[to->at] = area;
    else if (zone_piece_counts(area))
        to->areas->edge_model += area;
    return ZONE_OK;
}

static zone_status measure_by(overlap_run *run, size_t method)
{
    zone_context *ctx = run->ctx;
    method_areas *areas = &run->by[method];
    pair_sink to = {.pairs = &run->pairs, .areas = areas};
    zone_layer *layer = NULL;
    zone_status status = ZONE_OK;

    areas->pair = zone_allocate(ctx, run->pairs.count + 1, sizeof *areas->pair);
    if (!areas->pair)
        status = ZONE_NO_MEMORY;
    if (!status)
        status = zone_layer_of_batch(ctx, run->methods.projection[method], &run->loaded.batch, &layer);
    if (!status)
        status = zone_overlay_self(ctx, layer, keep_pair, &to);
    if (!status)
        status = find_depths(run, layer, areas);
    if (!status)
        status = fold_depths(ctx, areas, run->by[0].deepest);
    zone_layer_free(layer);
    return status;
}

static zone_status measure_others(overlap_run *run)
{
    zone_status status = ZONE_OK;

    for (size_t m = 1; m < run->methods.count && !status; m++)
        if (run->methods.projection[m])
            status = measure_by(run, m);
    return status;
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

/* Behind "area" comes "exactly", then the other methods. */
static void make_table(overlap_run *run)
{
    run->table = zone_table_create("overlap");
    zone_table_set_title(run->table, zone_say(run->ctx, "%s against itself, method %s", zone_source_label(run->source),
                                              run->methods.method[0].name));
    zone_table_add_column(
        run->table, (zone_column){.name = "finding", .heading = "finding", .type = ZONE_COLUMN_TEXT, .verdict = true});
    zone_table_add_column(run->table, (zone_column){.name = "times", .heading = "times", .type = ZONE_COLUMN_INTEGER});
    add_feature_columns(run, run->table, "first");
    add_feature_columns(run, run->table, "second");
    run->columns[0] =
        zone_table_add_column(run->table, (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA});
    zone_table_add_column(
        run->table,
        (zone_column){.name = "exactly", .heading = "exactly so often", .type = ZONE_COLUMN_AREA, .adds = true});
    zone_methods_beside(run->table, &run->methods, run->columns);
}

static void set_feature(overlap_run *run, zone_table *table, size_t row, int column, uint32_t feature)
{
    const char *texts[ZONE_KEYS_MOST];

    zone_table_set_integer(table, row, column, run->loaded.batch.id[feature]);
    zone_keys_texts(&run->keys, &run->loaded.batch, feature, texts);
    for (size_t i = 0; i < run->keys.count; i++)
        zone_table_set_text(table, row, column + 1 + (int)i, texts[i] && *texts[i] ? texts[i] : NULL);
}

static void fill_rows(overlap_run *run)
{
    const method_areas *asked = &run->by[0];
    const zone_methods *methods = &run->methods;

    for (size_t k = 0; k < asked->deepest; k++) {
        size_t row = zone_table_add_row(run->table);
        zone_table_set_text(run->table, row, COLUMN_FINDING, "covered at least");
        zone_table_set_integer(run->table, row, COLUMN_TIMES, (int64_t)k + 1);
        for (size_t m = 0; m < methods->count; m++)
            if (methods->means[m])
                zone_table_set_area(run->table, row, run->columns[m], run->by[m].covered[k]);
        zone_table_set_area(run->table, row, run->columns[0] + 1,
                            asked->covered[k] - (k + 1 < asked->deepest ? asked->covered[k + 1] : 0));
    }
    for (size_t p = 0; p < run->pairs.count; p++) {
        const zone_collision *pair = &run->pairs.pair[p];
        size_t row = zone_table_add_row(run->table);
        zone_table_set_text(run->table, row, COLUMN_FINDING, "overlap");
        set_feature(run, run->table, row, COLUMN_FIRST, pair->first);
        set_feature(run, run->table, row, column_second(run), pair->second);
        for (size_t m = 0; m < methods->count; m++)
            if (methods->means[m])
                zone_table_set_area(run->table, row, run->columns[m], m == 0 ? pair->area : run->by[m].pair[p]);
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
    status = run->row ? zone_pieces_open(run->ctx, "overlap", run->methods.method[0].name, &run->kept) : ZONE_NO_MEMORY;
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
    const method_areas *asked = &run->by[0];
    zone_exact once = asked->deepest ? asked->covered[0] : 0, sum = 0, pairs = 0;

    for (size_t k = 0; k < asked->deepest; k++)
        sum += asked->covered[k];
    for (size_t p = 0; p < run->pairs.count; p++)
        pairs += run->pairs.pair[p].area;
    zone_table_add_closure(run->table, "whole", label, run->whole, NULL);
    zone_table_add_closure(run->table, "sum of parts", NULL, sum,
                           zone_tell(ctx, "covered at least 1, 2, 3, … times, added up"));
    zone_table_add_closure(run->table, "residual", NULL, run->whole - sum, NULL);
    zone_table_add_closure(run->table, "union", label, once, NULL);
    zone_table_add_closure(run->table, "counted more than once", label, run->whole - once, NULL);
    zone_table_add_closure(run->table, "overlap", label, pairs, zone_say(ctx, "%zu pairs", run->pairs.count));
    zone_table_add_closure(run->table, "edge model", label, asked->edge_model,
                           asked->edge_model ? zone_tell(ctx, "pairs that do not overlap on the grid: counted once")
                                             : NULL);
    zone_table_add_closure(run->table, "repaired", label, run->loaded.books.counts.repaired_change, NULL);
    zone_table_add_closure(run->table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}

/* How far the union by each method is from that by the asked one. */
static void close_methods(overlap_run *run)
{
    for (size_t m = 1; m < run->methods.count; m++)
        if (run->methods.means[m] && run->by[0].deepest)
            zone_table_add_closure(run->table, "method against the asked one", run->methods.method[m].name,
                                   run->by[m].covered[0] - run->by[0].covered[0], zone_tell(run->ctx, "union"));
}

static zone_status conclude(overlap_run *run)
{
    make_table(run);
    fill_rows(run);
    if (!run->table || run->columns[0] < 0)
        return zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    close_sums(run);
    zone_methods_differences(run->table, &run->methods, run->columns);
    close_methods(run);
    zone_books_close(&run->loaded.books, run->table);
    zone_provenance_run(run->ctx, run->table, &run->methods.method[0],
                        zone_say(run->ctx, "by=%s", run->options->by ? run->options->by : ""));
    zone_provenance_fallbacks(run->ctx, run->table, run->methods.projection[0]);
    zone_provenance_source(run->ctx, run->table, run->source);
    zone_keys_provenance(run->ctx, &run->keys, run->table);
    return zone_pieces_finish(run->ctx, &run->kept, run->table, run->columns[0], run->row);
}

static void close_run(overlap_run *run)
{
    zone_table_free(run->table);
    zone_pieces_close(&run->kept);
    free(run->row);
    for (size_t m = 0; m < ZONE_GROUP_SUMS; m++) {
        free(run->by[m].covered);
        free(run->by[m].pair);
    }
    zone_collisions_free(&run->pairs);
    zone_unload(&run->loaded);
    zone_keys_close(&run->keys);
    zone_methods_close(&run->methods);
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
        status = find_depths(&run, run.loaded.layer, &run.by[0]);
    if (!status)
        status = settle_depths(&run);
    if (!status)
        status = measure_others(&run);
    if (!status)
        status = keep_pieces(&run);
    if (!status)
        status = conclude(&run);
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    close_run(&run);
    return status;
}
