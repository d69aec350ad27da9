/* Layers of a plan, opened and loaded for a question: the one place that turns plan layers into sources and kernel
 * layers, and keeps the books (completeness, provenance) of what was read. */
#ifndef ZONE_ASK_LAYERS_H
#define ZONE_ASK_LAYERS_H

#include "base/table.h"
#include "kernel/overlay.h"
#include "plan/plan.h"
#include "read/source.h"

/* Opens layer `key` of the plan in the plan's CRS (reprojected where the layer has another). */
zone_status zone_plan_source(zone_context *ctx, const zone_plan *plan, const char *key, zone_source **source);

/* Books of one input: counts what a batch holds; ids of the first five repaired, rejected, outside. */
typedef struct {
    zone_completeness counts;
    char repaired[256], rejected[256], outside[256];
} zone_books;
void zone_books_open(zone_books *books, const char *input);
void zone_books_count(zone_books *books, const zone_batch *batch);
void zone_books_outside(zone_books *books, int64_t id);
void zone_books_close(zone_books *books, zone_table *table); /* writes the completeness row */

/* Provenance rows of a source: path, hash, driver, layer, features, CRS and how found, encoding, ellipsoid, fields; and
 * of the run: question, method, options, versions. */
void zone_provenance_source(zone_context *ctx, zone_table *table, zone_source *source);
void zone_provenance_plan(zone_context *ctx, zone_table *table, const zone_plan *plan);
void zone_provenance_run(zone_context *ctx, zone_table *table, const zone_method *method, const char *options);

/* A whole polygon layer: its batch (texts of `fields`) and its kernel layer (NULL when not asked). */
typedef struct {
    zone_source *source;
    zone_batch batch;
    zone_layer *layer;
    zone_books books;
} zone_loaded;
zone_status zone_load(zone_context *ctx, zone_source *source, zone_projection *projection, const int *fields,
                      size_t field_count, zone_loaded *loaded);
/* The same for a layer of the plan: fields by role; closes its source on zone_unload. */
zone_status zone_load_plan(zone_context *ctx, const zone_plan *plan, const char *key, zone_projection *projection,
                           const zone_role *roles, size_t role_count, zone_loaded *loaded);
void zone_unload(zone_loaded *loaded);

#endif
