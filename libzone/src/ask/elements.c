/* Elements: layers of a plan as geometries. */
#include "ask/elements.h"

#include <stdlib.h>
#include <string.h>

void zone_elements_open(zone_elements *elements, const zone_plan *plan)
{
    *elements = (zone_elements){.plan = plan};
}

static void free_layer(zone_element_layer *layer)
{
    if (!layer)
        return;
    for (size_t f = 0; layer->geometry && f < layer->loaded.batch.feature_count; f++)
        zone_geometry_free(layer->geometry[f]);
    free(layer->geometry);
    free(layer->key);
    zone_unload(&layer->loaded);
    free(layer);
}

void zone_elements_close(zone_elements *elements)
{
    for (size_t i = 0; i < elements->count; i++)
        free_layer(elements->layer[i]);
    free(elements->layer);
    *elements = (zone_elements){0};
}

/* ---------------------------------------------------------------- loading */

/* The fields that are there of id, name and class, and where each comes in the batch. */
static size_t choose_fields(zone_element_layer *layer, int fields[3])
{
    const zone_role roles[] = {ZONE_ROLE_ID, ZONE_ROLE_NAME, ZONE_ROLE_CLASS};
    int *places[] = {&layer->id_field, &layer->name_field, &layer->class_field};
    size_t count = 0;

    for (int i = 0; i < 3; i++) {
        int field = zone_source_role(layer->loaded.source, roles[i]);
        *places[i] = field < 0 ? -1 : (int)count;
        if (field >= 0)
            fields[count++] = field;
    }
    return count;
}

static zone_status make_geometries(zone_context *ctx, zone_element_layer *layer)
{
    const zone_batch *batch = &layer->loaded.batch;
    zone_status status = ZONE_OK;

    layer->geometry = zone_allocate(ctx, batch->feature_count, sizeof *layer->geometry);
    if (!layer->geometry)
        return ZONE_NO_MEMORY;
    for (size_t f = 0; f < batch->feature_count && !status; f++)
        if (batch->state[f] != ZONE_FEATURE_REJECTED)
            status = zone_geometry_from_batch(ctx, batch, f, &layer->geometry[f]);
    return status;
}

static zone_status fill_layer(zone_context *ctx, zone_element_layer *layer)
{
    int fields[3];
    size_t count = choose_fields(layer, fields);
    zone_status status = zone_load(ctx, layer->loaded.source, NULL, fields, count, &layer->loaded);

    return status ? status : make_geometries(ctx, layer);
}

static zone_status load_layer(zone_context *ctx, const zone_plan *plan, const char *key, zone_element_layer *layer)
{
    zone_status status = zone_plan_source(ctx, plan, key, &layer->loaded.source, &layer->loaded.crs);

    if (status)
        return status;
    layer->loaded.owned = true;
    return fill_layer(ctx, layer);
}

/* An empty layer at the end of the list; counted only when it is filled. The key may be a text of the context, which
 * opening a source ends: it is copied. */
static zone_status add_layer(zone_context *ctx, zone_elements *elements, const char *key, zone_element_layer **layer)
{
    zone_status status = zone_grow(ctx, (void **)&elements->layer, &elements->capacity, elements->count + 1,
                                   sizeof(zone_element_layer *));

    *layer = status ? NULL : zone_allocate(ctx, 1, sizeof **layer);
    if (!*layer)
        return ZONE_NO_MEMORY;
    (*layer)->key = zone_copy_text(ctx, key);
    return (*layer)->key ? ZONE_OK : ZONE_NO_MEMORY;
}

zone_status zone_elements_source(zone_context *ctx, zone_elements *elements, zone_source *source,
                                 const zone_element_layer **found)
{
    zone_element_layer *layer = NULL;
    zone_status status = add_layer(ctx, elements, zone_source_layer(source), &layer);

    if (layer)
        layer->loaded.source = source;
    if (!status)
        status = fill_layer(ctx, layer);
    if (status) {
        free_layer(layer);
        return status;
    }
    elements->layer[elements->count++] = layer;
    *found = layer;
    return ZONE_OK;
}

zone_status zone_elements_layer(zone_context *ctx, zone_elements *elements, const char *key,
                                const zone_element_layer **found)
{
    zone_element_layer *layer = NULL;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < elements->count; i++)
        if (strcmp(elements->layer[i]->key, key) == 0) {
            *found = elements->layer[i];
            return ZONE_OK;
        }
    status = add_layer(ctx, elements, key, &layer);
    if (!status)
        status = load_layer(ctx, elements->plan, layer->key, layer);
    if (status) {
        free_layer(layer);
        return status;
    }
    elements->layer[elements->count++] = layer;
    *found = layer;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- features */

static const char *text_of(const zone_element_layer *layer, size_t feature, int field)
{
    const char *text = field < 0 ? NULL : zone_batch_text(&layer->loaded.batch, feature, (size_t)field);

    return text ? text : "";
}

const char *zone_element_id(const zone_element_layer *layer, size_t feature)
{
    return text_of(layer, feature, layer->id_field);
}

const char *zone_element_name(const zone_element_layer *layer, size_t feature)
{
    return text_of(layer, feature, layer->name_field);
}

const char *zone_element_class(const zone_element_layer *layer, size_t feature)
{
    return text_of(layer, feature, layer->class_field);
}

zone_status zone_operand_find(zone_context *ctx, zone_elements *elements, const char *text, zone_operand *operand)
{
    const char *slash = strchr(text, '/');
    char *key = zone_copy_text(ctx, text);
    zone_status status = key ? ZONE_OK : ZONE_NO_MEMORY;

    *operand = (zone_operand){.text = text};
    if (!status && slash)
        key[slash - text] = '\0';
    if (!status)
        status = zone_elements_layer(ctx, elements, key, &operand->layer);
    free(key);
    if (status)
        return status;
    size_t count = operand->layer->loaded.batch.feature_count;
    if (!slash) {
        operand->end = count;
        return ZONE_OK;
    }
    for (size_t f = 0; f < count; f++)
        if (strcmp(zone_element_id(operand->layer, f), slash + 1) == 0) {
            operand->first = f;
            operand->end = f + 1;
            return ZONE_OK;
        }
    return ZONE_OK;
}

zone_status zone_operand_union(zone_context *ctx, const zone_operand *operand, zone_geometry **geometry)
{
    zone_batch all = {0};
    zone_status status = ZONE_OK;

    *geometry = NULL;
    for (size_t f = operand->first; f < operand->end && !status; f++)
        if (operand->layer->geometry[f])
            status = zone_geometry_to_batch(ctx, operand->layer->geometry[f], (int64_t)f, &all);
    if (!status && all.feature_count > 0)
        status = zone_geometry_union_batch(ctx, &all, geometry);
    zone_batch_free(&all);
    return status;
}

zone_status zone_operand_batch(zone_context *ctx, const zone_operand *operand, zone_batch *batch)
{
    zone_status status = ZONE_OK;

    for (size_t f = operand->first; f < operand->end && !status; f++)
        status = zone_batch_add_copy(ctx, batch, &operand->layer->loaded.batch, f);
    return status;
}

void zone_elements_books(zone_context *ctx, zone_elements *elements, zone_table *table)
{
    for (size_t i = 0; i < elements->count; i++)
        zone_books_close(&elements->layer[i]->loaded.books, table);
    for (size_t i = 0; i < elements->count; i++)
        zone_table_add_provenance(table, "input",
                                  zone_say(ctx, "%s %s", zone_source_label(elements->layer[i]->loaded.source),
                                           zone_source_hash(ctx, elements->layer[i]->loaded.source)));
}
