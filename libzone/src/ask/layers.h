/* Layers opened and loaded for a question: the one place that turns plan layers into sources and kernel layers, and
 * keeps the books (completeness, provenance) of what was read. */
#ifndef ZONE_ASK_LAYERS_H
#define ZONE_ASK_LAYERS_H

#include "base/table.h"
#include "kernel/overlay.h"
#include "plan/plan.h"
#include "read/source.h"

/* Opens layer `key` of the plan in the plan's CRS (reprojected where the layer has another). *crs is the plan's, which
 * the source borrows: close the source first, then zone_crs_free. Like every opening it ends the life of texts that
 * zone_say made before. */
zone_status zone_plan_source(zone_context *ctx, const zone_plan *plan, const char *key, zone_source **source,
                             zone_crs **crs);

/* West, south, east and north in degrees (CGCS2000) of what a plan is about: its boundary, else its zones. False, with
 * no error, when it has neither or they can't be read. */
bool zone_plan_place(zone_context *ctx, const zone_plan *plan, double place[4]);

/* Adds to the recorded error, if it is about data, where the plan names them. */
void zone_blame_layer(zone_context *ctx, const zone_plan *plan, const char *key);

/* The plan's CRS; one that is none is blamed on its line. Give it back to zone_crs_free. */
zone_status zone_plan_crs(zone_context *ctx, const zone_plan *plan, zone_crs **crs);

/* The projection of the plan's CRS; `method_name` NULL: the plan's method. */
zone_status zone_plan_projection(zone_context *ctx, const zone_plan *plan, const char *method_name, zone_method *method,
                                 zone_projection **projection);

/* Books of one input: counts what a batch holds; ids of the first five repaired, rejected, outside. The name of the
 * input is borrowed, from the source as a rule. */
typedef struct {
    zone_completeness counts;
    char repaired[512], rejected[512], outside[256];
} zone_books;
void zone_books_open(zone_books *books, const char *input);
void zone_books_count(zone_books *books, const zone_batch *batch);
void zone_books_outside(zone_books *books, int64_t id);
void zone_books_close(zone_books *books, zone_table *table); /* writes the completeness row */

/* ZONE_EMPTY when there were no features, ZONE_BAD_GEOMETRY when none of them could be used as an area. */
zone_status zone_books_refuse(zone_context *ctx, const zone_books *books, const zone_source *source);

/* Provenance rows of a source: path, hash, driver, CRS and how found, ellipsoid, encoding; of a plan: path, hash,
 * title, geometry, construction setting; and of the run: question, method, options, versions. */
void zone_provenance_source(zone_context *ctx, zone_table *table, zone_source *source);
void zone_provenance_plan(zone_context *ctx, zone_table *table, const zone_plan *plan);
void zone_provenance_run(zone_context *ctx, zone_table *table, const zone_method *method, const char *options);
/* A row with the number of tiles that do not keep their bound, where there are any (zone_projection_unfit_tiles). */
void zone_provenance_fallbacks(zone_context *ctx, zone_table *table, const zone_projection *projection);

/* A whole layer: its batch (texts of the fields that were asked for) and, with a projection, its kernel layer (areas
 * only; without one features of any shape). A zeroed one is empty; zone_unload takes it back, with its source if it is
 * owned. */
typedef struct {
    zone_source *source;
    bool owned;
    zone_crs *crs;
    zone_batch batch;
    bool bare;       /* the batch has no rings */
    size_t vertices; /* in the layer */
    zone_layer *layer;
    zone_books books;
} zone_loaded;
zone_status zone_load(zone_context *ctx, zone_source *source, zone_projection *projection, const int *fields,
                      size_t field_count, zone_loaded *loaded);
/* Adds a batch, and its areas where `part` is not NULL, to what is loaded; ZONE_TOO_LARGE beyond the context's memory.
 * zone_layer_finish when all are there. */
zone_status zone_loaded_add(zone_context *ctx, zone_loaded *loaded, const zone_batch *batch, zone_layer *part);
/* The same for a layer of the plan, fields by role (a role without a field is ZONE_BAD_FIELD). */
zone_status zone_load_plan(zone_context *ctx, const zone_plan *plan, const char *key, zone_projection *projection,
                           const zone_role *roles, size_t role_count, zone_loaded *loaded);
void zone_unload(zone_loaded *loaded);

/* The ids of expansion zones that the plan names are in its layer expansion, if it has that one; ZONE_BAD_LAYER names
 * the first that is not. */
zone_status zone_plan_expansion(zone_context *ctx, const zone_plan *plan);

#endif
