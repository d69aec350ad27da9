/* Sources: what is known of an open one, and its end. */
#include "read/source_gdal.h"

#include "read/quiet.h"

#include <cpl_string.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

void zone_source_close(zone_source *source)
{
    zone_quiet quiet;

    if (!source)
        return;
    zone_quiet_begin(&quiet);
    zone_decoder_close(source->decoder);
    zone_arrow_close(source->arrow);
    if (source->borrowed && source->layer && source->reading)
        OGR_L_SetIgnoredFields(source->layer, NULL); /* as it was when the caller lent it */
    if (source->dataset && !source->borrowed)
        GDALClose(source->dataset);
    zone_quiet_end(&quiet);
    for (size_t i = 0; i < source->field_count; i++)
        free(source->fields[i].name);
    zone_crs_free(source->crs);
    zone_encoding_close(&source->encoding);
    zone_text_facts_free(&source->facts);
    free(source->fields);
    free(source->request_fields);
    free(source->bare);
    free(source->path);
    free(source->layer_name);
    free(source->label);
    free(source->driver);
    free(source->hash);
    CSLDestroy(source->files);
    free(source->classes);
    free(source);
}

const char *zone_source_path(const zone_source *source)
{
    return source->path;
}

const char *zone_source_layer(const zone_source *source)
{
    return source->layer_name;
}

const char *zone_source_label(const zone_source *source)
{
    return source->label;
}

const char *zone_source_driver(const zone_source *source)
{
    return source->driver;
}

zone_invalid zone_source_invalid(const zone_source *source)
{
    return source->invalid;
}

const char *zone_source_classes(const zone_source *source)
{
    return source->classes;
}

const char *zone_source_encoding(const zone_source *source)
{
    return source->encoding.note;
}

const zone_crs *zone_source_crs(const zone_source *source)
{
    return source->crs;
}

int zone_source_decimals(const zone_source *source)
{
    return source->facts.decimals;
}

zone_shape zone_source_shape(const zone_source *source)
{
    return source->shape;
}

int64_t zone_source_count(const zone_source *source)
{
    return source->count;
}

bool zone_source_extent(const zone_source *source, double extent[4])
{
    if (source->has_extent)
        memcpy(extent, source->extent, sizeof source->extent);
    return source->has_extent;
}

size_t zone_source_field_count(const zone_source *source)
{
    return source->field_count;
}

const char *zone_source_field_name(const zone_source *source, size_t field)
{
    return field < source->field_count ? source->fields[field].name : "";
}

const char *zone_source_field_type(const zone_source *source, size_t field)
{
    return field < source->field_count ? source->fields[field].type : "";
}

int zone_source_field_find(const zone_source *source, const char *name)
{
    return zone_fields_find(source->fields, source->field_count, name);
}

int zone_source_role(const zone_source *source, zone_role role)
{
    return (unsigned)role < ZONE_ROLE_COUNT ? source->roles[role] : -1;
}

zone_status zone_source_find_fields(zone_context *ctx, const zone_source *source, const char *names, int **fields,
                                    size_t *count)
{
    size_t most = 1, made = 0;
    zone_status status = ZONE_OK;

    *fields = NULL;
    *count = 0;
    for (const char *c = names; c && *c; c++)
        most += *c == ',';
    char *copy = zone_copy_text(ctx, names ? names : "");
    int *found = zone_allocate(ctx, most, sizeof *found);
    if (!copy || !found)
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    for (char *name = copy, *next; name && !status; name = next) {
        if ((next = strchr(name, ',')))
            *next++ = '\0';
        name += strspn(name, " \t");
        for (size_t end = strlen(name); end && (name[end - 1] == ' ' || name[end - 1] == '\t'); end--)
            name[end - 1] = '\0';
        if (!name[0])
            continue;
        found[made] = zone_source_field_find(source, name);
        if (found[made++] < 0)
            status = zone_fail(ctx, ZONE_BAD_FIELD, .file = source->path, .layer = source->layer_name,
                               .found = zone_say(ctx, "%s", name),
                               .expected = zone_fields_list(ctx, source->fields, source->field_count),
                               .remedy = zone_say(ctx, "zone info %s shows the fields", source->label));
    }
    if (!status) {
        *fields = found;
        *count = made;
        found = NULL;
    }
    free(found);
    free(copy);
    return status;
}
