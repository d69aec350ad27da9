/* The question "query": all that a point or plot lies in, areas and shares by layer, and what is nearest. */
#include "ask/elements.h"
#include "ask/place.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns of the answer. */
enum { LAYER, ID, NAME, CLASS, RELATION, AREA, SHARE, DISTANCE };

/* One feature of a layer as the place sees it. */
typedef struct {
    size_t feature;
    const char *relation; /* English key; NULL: none */
    zone_exact area;
    double share;    /* of the plot, percent to two decimals; NAN: none */
    double distance; /* m; NAN: not measured */
} near_feature;

typedef struct {
    zone_context *ctx;
    const zone_query_options *options;
    zone_elements elements;
    const zone_crs *crs;
    zone_crs *plan_crs; /* owned; NULL for a source */
    zone_method method;
    zone_projection *projection;
    zone_place place;
    zone_layer *plot; /* the place's area for the kernel; NULL for a point */
    zone_exact plot_area;
    zone_table *table;
    near_feature *near; /* by feature of the layer at hand */
    zone_exact covered; /* of the plot, by the layer at hand */
} query_run;

/* ---------------------------------------------------------------- relations */

static zone_status keep_area(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    query_run *run = user;
    zone_exact area = 0;

    for (size_t i = 0; i < count; i++)
        area += pieces[i].area;
    run->near[feature].area = area;
    run->covered += area;
    if (!zone_piece_counts(area))
        return ZONE_OK;
    if (!zone_piece_counts(run->plot_area - area))
        run->near[feature].relation = "holds the plot";
    else if (!zone_piece_counts(whole - area))
        run->near[feature].relation = "inside the plot";
    else
        run->near[feature].relation = "overlaps";
    return ZONE_OK;
}

static zone_status relate_point(query_run *run, const zone_element_layer *layer, size_t feature)
{
    zone_geometry *border = NULL;
    zone_status status = ZONE_OK;

    if (run->near[feature].distance > 0.0)
        return ZONE_OK;
    run->near[feature].relation = "holds the point";
    if (layer->loaded.batch.shape[feature] != ZONE_SHAPE_AREA) {
        run->near[feature].relation = "at the point";
        return ZONE_OK;
    }
    status = zone_geometry_boundary(run->ctx, layer->geometry[feature], &border);
    if (!status && zone_geometry_distance(border, run->place.geometry) <= 0.0)
        run->near[feature].relation = "on its border";
    zone_geometry_free(border);
    return status;
}

static zone_status measure_layer(query_run *run, const zone_element_layer *layer)
{
    const zone_batch *batch = &layer->loaded.batch;
    zone_status status = ZONE_OK;

    run->covered = 0;
    for (size_t f = 0; f < batch->feature_count; f++) {
        bool there = layer->geometry[f] != NULL;
        run->near[f] = (near_feature){.feature = f, .share = NAN};
        run->near[f].distance = there ? zone_geometry_distance(layer->geometry[f], run->place.geometry) : INFINITY;
    }
    if (run->plot)
        status = zone_overlay(run->ctx, run->projection, batch, run->plot, keep_area, run);
    for (size_t f = 0; f < batch->feature_count && !status; f++) {
        if (run->place.is_point && layer->geometry[f])
            status = relate_point(run, layer, f);
        else if (run->plot && batch->shape[f] != ZONE_SHAPE_AREA && run->near[f].distance <= 0.0)
            run->near[f].relation = "crosses the plot";
    }
    return status;
}

/* ---------------------------------------------------------------- rows */

static int largest_first(const void *left, const void *right)
{
    const near_feature *a = left, *b = right;

    if (!a->relation != !b->relation)
        return a->relation ? -1 : 1;
    if (a->area != b->area)
        return a->area > b->area ? -1 : 1;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return a->feature < b->feature ? -1 : a->feature > b->feature;
}

/* The features that share the plot come first. Crumbs that are no rows go to the largest, so that the rows add up to
 * what the layer holds; shares are rounded together, so that those of a plot that is covered add up to 100. */
static zone_status share_out(query_run *run, size_t count)
{
    zone_exact rest = run->covered;
    zone_int128 total = 0;
    size_t sharing = 0;

    for (; sharing < count && zone_piece_counts(run->near[sharing].area); sharing++)
        rest -= run->near[sharing].area;
    if (sharing == 0)
        return ZONE_OK;
    run->near[0].area += rest;
    zone_exact *percent = zone_allocate(run->ctx, sharing, sizeof *percent);
    zone_int128 *rounded = zone_allocate(run->ctx, sharing, sizeof *rounded);
    for (size_t i = 0; percent && i < sharing; i++)
        zone_exact_from_m2(100.0 * zone_exact_to_m2(run->near[i].area) / zone_exact_to_m2(run->plot_area), &percent[i]);
    if (percent && rounded)
        zone_exact_round_all(percent, sharing, zone_unit_find(NULL), 2, rounded, &total);
    for (size_t i = 0; percent && rounded && i < sharing; i++)
        run->near[i].share = (double)rounded[i] / 100.0;
    zone_status status = percent && rounded ? ZONE_OK : ZONE_NO_MEMORY;
    free(percent);
    free(rounded);
    return status;
}

static void add_row(query_run *run, const zone_element_layer *layer, const near_feature *near, const char *relation)
{
    size_t row = zone_table_add_row(run->table);
    const char *id = zone_element_id(layer, near->feature);

    zone_table_set_text(run->table, row, LAYER, layer->key);
    zone_table_set_text(run->table, row, ID,
                        *id ? id : zone_say(run->ctx, "%lld", (long long)layer->loaded.batch.id[near->feature]));
    zone_table_set_text(run->table, row, NAME, zone_element_name(layer, near->feature));
    zone_table_set_text(run->table, row, CLASS, zone_element_class(layer, near->feature));
    zone_table_set_text(run->table, row, RELATION, relation);
    if (run->plot && zone_piece_counts(near->area)) {
        zone_table_set_area(run->table, row, AREA, near->area);
        zone_table_set_real(run->table, row, SHARE, near->share);
    }
    if (run->crs->kind == ZONE_CRS_PROJECTED)
        zone_table_set_real(run->table, row, DISTANCE, near->distance * run->crs->metres);
}

/* What the place lies in; then what is within the distance; then the nearest, until there are as many as are wanted:
 * nothing is nearer than what the place lies in. */
static void add_rows(query_run *run, const zone_element_layer *layer)
{
    size_t count = layer->loaded.batch.feature_count, at = 0;
    size_t wanted = run->options->nearest > 0 ? (size_t)run->options->nearest : 1;

    for (; at < count && run->near[at].relation; at++)
        add_row(run, layer, &run->near[at], run->near[at].relation);
    if (run->crs->kind != ZONE_CRS_PROJECTED)
        return; /* degrees are no distance */
    for (; at < count && isfinite(run->near[at].distance); at++) {
        bool within = run->near[at].distance * run->crs->metres <= run->options->within;
        if (!within && at >= wanted)
            break;
        const char *relation = within ? "within the distance" : "nearest";
        add_row(run, layer, &run->near[at], run->near[at].distance > 0.0 ? relation : "touches");
    }
}

static zone_status query_layer(query_run *run, const zone_element_layer *layer)
{
    zone_status status = ZONE_OK;

    free(run->near);
    run->near = zone_allocate(run->ctx, layer->loaded.batch.feature_count, sizeof *run->near);
    if (!run->near)
        return ZONE_NO_MEMORY;
    status = measure_layer(run, layer);
    if (status)
        return status;
    qsort(run->near, layer->loaded.batch.feature_count, sizeof *run->near, largest_first);
    if (run->plot)
        status = share_out(run, layer->loaded.batch.feature_count);
    if (status)
        return status;
    add_rows(run, layer);
    if (run->plot)
        zone_table_add_closure(run->table, "plot less what the layer holds of it", layer->key,
                               run->plot_area - run->covered, NULL);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- the whole */

static void make_table(query_run *run)
{
    static const zone_column columns[] = {
        {.name = "layer", .heading = "layer", .type = ZONE_COLUMN_TEXT},
        {.name = "id", .heading = "id", .type = ZONE_COLUMN_TEXT},
        {.name = "name", .heading = "name", .type = ZONE_COLUMN_TEXT},
        {.name = "class", .heading = "class", .type = ZONE_COLUMN_TEXT},
        {.name = "relation", .heading = "relation", .type = ZONE_COLUMN_TEXT, .verdict = true},
        {.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA, .ties = true},
        {.name = "share", .heading = "share", .type = ZONE_COLUMN_REAL, .decimals = 2, .unit = "%"},
        {.name = "distance", .heading = "distance", .type = ZONE_COLUMN_REAL, .decimals = 2, .unit = "m"},
    };

    run->table = zone_table_create("query");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        zone_table_add_column(run->table, columns[i]);
    zone_table_set_group(run->table, LAYER);
}

static zone_status add_plot(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    query_run *run = user;

    (void)feature;
    (void)pieces;
    (void)count;
    run->plot_area += whole;
    return ZONE_OK;
}

static zone_status open_place(query_run *run)
{
    zone_status status = zone_place_open(run->ctx, run->options, run->crs, &run->place);

    if (!status && run->options->within > 0.0 && run->crs->kind != ZONE_CRS_PROJECTED)
        status =
            zone_fail(run->ctx, ZONE_BAD_USAGE, .key = "--within", .what = "a distance needs projected data",
                      .found = zone_say(run->ctx, "%s", run->crs->name), .expected = "a projected reference system");
    if (status || run->place.is_point)
        return status;
    status = zone_layer_of_batch(run->ctx, run->projection, &run->place.batch, &run->plot);
    if (!status)
        status = zone_overlay(run->ctx, run->projection, &run->place.batch, NULL, add_plot, run);
    return status;
}

static zone_status query_all(query_run *run, const zone_plan *plan, zone_source *source)
{
    const zone_element_layer *layer = NULL;
    zone_status status = ZONE_OK;

    if (source) {
        status = zone_elements_source(run->ctx, &run->elements, source, &layer);
        return status ? status : query_layer(run, layer);
    }
    for (size_t i = 0; i < plan->layer_count && !status; i++) {
        status = zone_elements_layer(run->ctx, &run->elements, plan->layers[i].key, &layer);
        if (!status)
            status = query_layer(run, layer);
        if (!status)
            status = zone_progress(run->ctx, i + 1, plan->layer_count);
    }
    return status;
}

static zone_status prepare(query_run *run, const zone_plan *plan, zone_source *source)
{
    const char *name = run->options->method;
    zone_status status = ZONE_OK;

    if (plan) {
        status = zone_plan_projection(run->ctx, plan, name, &run->method, &run->projection);
        if (!status)
            status = zone_plan_crs(run->ctx, plan, &run->plan_crs);
    } else {
        status = zone_method_parse(run->ctx, name, &run->method);
        if (!status)
            status = zone_projection_create(run->ctx, zone_source_crs(source)->wkt, &run->method, &run->projection);
    }
    run->crs = plan ? run->plan_crs : zone_source_crs(source);
    return status ? status : open_place(run);
}

static void conclude(query_run *run, const zone_plan *plan, zone_source *source)
{
    zone_table_set_title(run->table, zone_say(run->ctx, "query at %s, method %s", run->place.label, run->method.name));
    if (run->plot)
        zone_table_add_closure(run->table, "whole", run->place.label, run->plot_area, NULL);
    zone_provenance_run(run->ctx, run->table, &run->method, NULL);
    zone_provenance_fallbacks(run->ctx, run->table, run->projection);
    if (plan) {
        zone_provenance_plan(run->ctx, run->table, plan);
        zone_elements_books(run->ctx, &run->elements, run->table);
    } else {
        zone_provenance_source(run->ctx, run->table, source);
        zone_books_close(&run->elements.layer[0]->loaded.books, run->table);
    }
    if (run->plot)
        zone_books_close(&run->place.books, run->table);
    if (run->place.source)
        zone_provenance_source(run->ctx, run->table, run->place.source);
}

zone_status zone_query(zone_context *ctx, const zone_plan *plan, zone_source *source, const zone_query_options *options,
                       zone_table **table)
{
    static const zone_query_options none = {.size = sizeof(zone_query_options)};
    query_run run = {.ctx = ctx, .options = options ? options : &none};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if ((plan != NULL) == (source != NULL))
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "either a plan or a source");
    zone_elements_open(&run.elements, plan);
    status = prepare(&run, plan, source);
    make_table(&run);
    if (!status)
        status = query_all(&run, plan, source);
    if (!status) {
        conclude(&run, plan, source);
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    zone_table_free(run.table);
    free(run.near);
    zone_layer_free(run.plot);
    zone_place_close(&run.place);
    zone_elements_close(&run.elements);
    zone_projection_free(run.projection);
    zone_crs_free(run.plan_crs);
    return status;
}
