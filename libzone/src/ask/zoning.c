/* Zoning: zones and their names. */
#include "ask/zoning.h"

#include "ask/keys.h"

#include <stdio.h>
#include <stdlib.h>

static zone_status refuse_repeated(zone_context *ctx, const char *by, const int *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t before = 0; before < i; before++)
            if (fields[i] == fields[before])
                return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--zone-by", .what = "a field is named twice", .found = by,
                                 .expected = "each field once");
    return ZONE_OK;
}

zone_status zone_zoning_fields(zone_context *ctx, const zone_source *source, const char *by, int **fields,
                               size_t *count)
{
    int id = zone_source_role(source, ZONE_ROLE_ID), name = zone_source_role(source, ZONE_ROLE_NAME);
    zone_status status = ZONE_OK;

    if (by && *by) {
        status = zone_keys_names(ctx, "--zone-by", by);
        if (!status)
            status = zone_source_find_fields(ctx, source, by, fields, count);
        if (!status)
            status = refuse_repeated(ctx, by, *fields, *count);
        if (!status && *count > ZONE_KEYS_MOST)
            status = zone_fail(ctx, ZONE_BAD_USAGE, .expected = "at most 64 fields to group by");
        return status;
    }
    *fields = zone_allocate(ctx, 1, sizeof **fields);
    if (!*fields)
        return ZONE_NO_MEMORY;
    *count = id >= 0 || name >= 0;
    (*fields)[0] = id >= 0 ? id : name;
    return ZONE_OK;
}

/* Zones of the same texts are one zone of the table, at the place of the first. */
static zone_status find_places(zone_context *ctx, zone_zoning *zoning)
{
    const zone_batch *batch = &zoning->loaded.batch;
    const char *key[ZONE_KEYS_MOST];
    size_t index = 0;
    zone_status status = ZONE_OK;

    zoning->place = zone_allocate(ctx, batch->feature_count + 1, sizeof *zoning->place);
    if (!zoning->place)
        return ZONE_NO_MEMORY;
    zoning->names.key_count = zoning->field_count;
    for (size_t z = 0; z < batch->feature_count && !status; z++) {
        size_t before = zoning->names.count;
        for (size_t i = 0; i < zoning->field_count; i++)
            key[i] = zone_batch_text(batch, z, i);
        status = zone_groups_find(ctx, &zoning->names, zoning->field_count ? 0 : z, key, &index);
        if (status)
            break;
        if (zoning->names.count > before)
            zoning->names.group[index].pieces = z; /* here: the first zone of the group */
        zoning->place[z] = zoning->names.group[index].pieces;
    }
    return status;
}

zone_status zone_zoning_open(zone_context *ctx, zone_source *source, const char *by, const zone_crs *crs,
                             zone_projection *projection, zone_zoning *zoning)
{
    zone_status status = zone_source_project(ctx, source, crs);

    zoning->source = source;
    if (!status)
        status = zone_zoning_fields(ctx, source, by, &zoning->fields, &zoning->field_count);
    if (!status)
        status = zone_load(ctx, source, projection, zoning->fields, zoning->field_count, &zoning->loaded);
    if (!status)
        status = zone_books_refuse(ctx, &zoning->loaded.books, source);
    return status ? status : find_places(ctx, zoning);
}

void zone_zoning_close(zone_zoning *zoning)
{
    zone_unload(&zoning->loaded);
    zone_groups_free(&zoning->names);
    free(zoning->place);
    free(zoning->fields);
    *zoning = (zone_zoning){0};
}

size_t zone_zoning_columns(const zone_zoning *zoning)
{
    return !zoning->source ? zoning->told_columns : zoning->field_count ? zoning->field_count : 1;
}

const char *zone_zoning_column(const zone_zoning *zoning, size_t column)
{
    if (!zoning->source)
        return zoning->told_column[column];
    return zoning->field_count ? zone_source_field_name(zoning->source, (size_t)zoning->fields[column]) : "zone";
}

const char *zone_zoning_text(const zone_zoning *zoning, uint64_t place, size_t column, char id[32])
{
    const char *text = id;

    if (!zoning->source) {
        text = zoning->told_text[place * zoning->told_columns + column];
        return text ? text : "";
    }
    if (zoning->field_count == 0) {
        snprintf(id, 32, "%lld", (long long)zoning->loaded.batch.id[place]);
        return id;
    }
    text = zone_batch_text(&zoning->loaded.batch, place, column);
    return text ? text : "";
}
