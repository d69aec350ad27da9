/* Elements: the layers of a plan as geometries, opened when a rule first names them. */
#ifndef ZONE_ASK_ELEMENTS_H
#define ZONE_ASK_ELEMENTS_H

#include "ask/layers.h"
#include "read/geometry.h"

/* A layer: its features, their geometries (NULL for rejected ones), ids, names and classes ("" where none). */
typedef struct {
    char *key;
    zone_loaded loaded;
    zone_geometry **geometry;
    int id_field, name_field, class_field; /* texts of the batch, -1 */
} zone_element_layer;

typedef struct {
    const zone_plan *plan;
    zone_element_layer **layer;
    size_t count, capacity;
} zone_elements;

void zone_elements_open(zone_elements *elements, const zone_plan *plan);
void zone_elements_close(zone_elements *elements);

/* The layer `key`, loaded once. Borrowed. */
zone_status zone_elements_layer(zone_context *ctx, zone_elements *elements, const char *key,
                                const zone_element_layer **layer);

/* The only layer of an open source, which stays the caller's. */
zone_status zone_elements_source(zone_context *ctx, zone_elements *elements, zone_source *source,
                                 const zone_element_layer **layer);

const char *zone_element_id(const zone_element_layer *layer, size_t feature);
const char *zone_element_name(const zone_element_layer *layer, size_t feature);
const char *zone_element_class(const zone_element_layer *layer, size_t feature);

/* What an operand "layer" or "layer/id" names: the layer and its features [first, end) (none when the id is not there).
 */
typedef struct {
    const char *text;
    const zone_element_layer *layer;
    size_t first, end;
} zone_operand;
zone_status zone_operand_find(zone_context *ctx, zone_elements *elements, const char *text, zone_operand *operand);

/* The operand as one geometry; the caller's. ZONE_OK and NULL when it names nothing that has a geometry. */
zone_status zone_operand_union(zone_context *ctx, const zone_operand *operand, zone_geometry **geometry);

/* The operand's features, in their order: feature f of the batch is first + f of the layer (no texts). */
zone_status zone_operand_batch(zone_context *ctx, const zone_operand *operand, zone_batch *batch);

/* Completeness and provenance of the layers read. */
void zone_elements_books(zone_context *ctx, zone_elements *elements, zone_table *table);

#endif
