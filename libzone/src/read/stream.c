/* Reading: the features of a source as batches, one after another. */
#include "read/source_gdal.h"

#include "read/quiet.h"

#include <cpl_string.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_BATCH 4096

zone_status zone_source_project(zone_context *ctx, zone_source *source, const zone_crs *target)
{
    zone_transform *trial = NULL;
    zone_status status = ZONE_OK;

    source->target = target && !zone_crs_same(source->crs, target) ? target : NULL;
    if (!source->target)
        return ZONE_OK;
    /* Each decoder makes its own; whether there is one is told here. */
    status = zone_transform_create(ctx, source->crs, target, source->has_extent ? source->extent : NULL, &trial);
    zone_transform_free(trial);
    if (status)
        source->target = NULL;
    return status;
}

static bool asked(const zone_request *request, size_t field)
{
    for (size_t i = 0; i < request->field_count; i++)
        if (request->fields[i] == (int)field)
            return true;
    return false;
}

/* GDAL ignores fields by name, the first of that name: a field whose name is also that of an asked one comes along, and
 * so does one with the name by which GDAL means the geometry or the style. */
static bool may_ignore(OGRFeatureDefnH definition, const zone_request *request, const char *name)
{
    bool ignored = !EQUAL(name, "OGR_GEOMETRY") && !EQUAL(name, "OGR_STYLE");

    for (size_t i = 0; i < request->field_count && ignored; i++)
        ignored = !EQUAL(name, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, request->fields[i])));
    return ignored;
}

void zone_source_ignore_fields(zone_source *source, const zone_request *request)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(source->layer);
    char **names = NULL;

    if (!OGR_L_TestCapability(source->layer, OLCIgnoreFields))
        return;
    for (size_t i = 0; i < source->field_count; i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, (int)i));
        if (!asked(request, i) && may_ignore(definition, request, name))
            names = CSLAddString(names, name);
    }
    OGR_L_SetIgnoredFields(source->layer, (const char **)names);
    CSLDestroy(names);
}

static void end_reading(zone_source *source)
{
    zone_decoder_close(source->decoder);
    source->decoder = NULL;
    zone_arrow_close(source->arrow);
    source->arrow = NULL;
}

static zone_status start_reading(zone_context *ctx, zone_source *source)
{
    const zone_request *request = &source->request;
    zone_quiet quiet;
    zone_status status = ZONE_OK;

    zone_quiet_begin(&quiet);
    zone_source_ignore_fields(source, request);
    OGR_L_ResetReading(source->layer);
    if (!source->borrowed) /* a caller's layer is left as he knows it */
        status = zone_arrow_open(ctx, source->layer, request->fields, request->field_count, request->batch_size,
                                 &source->arrow);
    zone_quiet_end(&quiet);
    return status;
}

zone_status zone_source_rewind(zone_context *ctx, zone_source *source, const zone_request *request)
{
    static const zone_request nothing = {0};
    const zone_request *wanted = request ? request : &nothing;
    int *fields = zone_allocate(ctx, wanted->field_count + 1, sizeof *fields);

    if (!fields)
        return ZONE_NO_MEMORY;
    end_reading(source);
    if (wanted->field_count)
        memcpy(fields, wanted->fields, wanted->field_count * sizeof *fields);
    free(source->request_fields);
    source->request = *wanted;
    source->request.fields = source->request_fields = fields;
    if (source->request.batch_size == 0)
        source->request.batch_size = USUAL_BATCH;
    source->position = source->runs = 0;
    source->bare_count = 0;
    source->curves = source->others = source->broken = 0;
    source->reading = true;
    source->ended = false;
    return start_reading(ctx, source);
}

void zone_source_conclude(zone_context *ctx, zone_source *source)
{
    if (source->curves)
        zone_log(ctx, "%s: curves of %llu features were drawn as chords of a quarter of a degree", source->label,
                 (unsigned long long)source->curves);
    if (source->others)
        zone_log(ctx, "%s: %llu parts of another kind were left out", source->label,
                 (unsigned long long)source->others);
    if (source->broken)
        zone_log(ctx, "%s: %llu bytes mean nothing in %s and became U+FFFD", source->label,
                 (unsigned long long)source->broken, source->encoding.name);
    source->curves = source->others = source->broken = 0;
}

/* Appends the next run to the batch. */
static zone_status next_run(zone_context *ctx, zone_source *source, zone_batch *batch, bool *more)
{
    uint64_t run = 0;
    zone_status status = ZONE_OK;

    *more = false;
    if (!source->reading)
        status = zone_source_rewind(ctx, source, NULL);
    if (!status && !source->decoder && !source->ended)
        status = zone_decoder_open(ctx, source, &source->decoder);
    if (!status && source->decoder)
        status = zone_decoder_take(ctx, source->decoder, &run, more);
    if (!status && *more)
        status = zone_decoder_make(ctx, source->decoder, batch);
    if (!*more && source->decoder) {
        end_reading(source);
        zone_source_conclude(ctx, source);
    }
    return status;
}

zone_status zone_source_next(zone_context *ctx, zone_source *source, zone_batch *batch)
{
    bool more = true;
    zone_status status = ZONE_OK;

    zone_batch_clear(batch);
    status = next_run(ctx, source, batch, &more);
    if (status)
        zone_batch_clear(batch);
    return status;
}

zone_status zone_source_read(zone_context *ctx, zone_source *source, const zone_request *request, zone_batch *batch)
{
    bool more = true;
    zone_status status = zone_source_rewind(ctx, source, request);

    zone_batch_clear(batch);
    while (more && !status)
        status = next_run(ctx, source, batch, &more);
    if (status)
        zone_batch_clear(batch);
    return status;
}
