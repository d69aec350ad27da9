/* Reading: the features of a source as batches. */
#include "read/source_gdal.h"

#include "base/text.h"
#include "read/names.h"
#include "read/quiet.h"
#include "read/rings_ogr.h"
#include "read/validity.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_BATCH 4096

/* Features between two looks at whether the user has cancelled. */
#define PROGRESS_EVERY 1024

zone_status zone_source_project(zone_context *ctx, zone_source *source, const zone_crs *target)
{
    zone_transform *made = NULL;
    zone_status status = ZONE_OK;

    if (target && !zone_crs_same(source->crs, target))
        status = zone_transform_create(ctx, source->crs, target, source->has_extent ? source->extent : NULL, &made);
    if (status)
        return status;
    zone_transform_free(source->transform);
    source->transform = made;
    return ZONE_OK;
}

static bool asked(const zone_request *request, size_t field)
{
    for (size_t i = 0; i < request->field_count; i++)
        if (request->fields[i] == (int)field)
            return true;
    return false;
}

void zone_source_ignore_fields(zone_source *source, const zone_request *request)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(source->layer);
    char **names = NULL;

    if (!OGR_L_TestCapability(source->layer, OLCIgnoreFields))
        return;
    for (size_t i = 0; i < source->field_count; i++)
        if (!asked(request, i))
            names = CSLAddString(names, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, (int)i)));
    OGR_L_SetIgnoredFields(source->layer, (const char **)names);
    CSLDestroy(names);
}

zone_status zone_source_rewind(zone_context *ctx, zone_source *source, const zone_request *request)
{
    static const zone_request nothing = {0};
    const zone_request *wanted = request ? request : &nothing;
    int *fields = zone_allocate(ctx, wanted->field_count + 1, sizeof *fields);
    zone_quiet quiet;

    if (!fields)
        return ZONE_NO_MEMORY;
    if (wanted->field_count)
        memcpy(fields, wanted->fields, wanted->field_count * sizeof *fields);
    free(source->request_fields);
    source->request = *wanted;
    source->request.fields = source->request_fields = fields;
    source->position = 0;
    source->curves = source->others = source->encoding.broken = 0;
    source->reading = true;
    source->ended = false;
    zone_quiet_begin(&quiet);
    zone_source_ignore_fields(source, &source->request);
    OGR_L_ResetReading(source->layer);
    zone_quiet_end(&quiet);
    return ZONE_OK;
}

static const char *feature_name(zone_context *ctx, int64_t id)
{
    return zone_say(ctx, "%lld", (long long)id);
}

static zone_status reject(zone_context *ctx, zone_batch *batch, const char *reason)
{
    batch->state[batch->feature_count - 1] = ZONE_FEATURE_REJECTED;
    return zone_batch_set_reason(ctx, batch, zone_text(zone_context_language(ctx), reason));
}

/* Judges an area, or takes it as drawn, and puts it into the batch's last feature. */
static zone_status add_area(zone_context *ctx, zone_source *source, int64_t id, zone_batch *batch)
{
    double degree = source->crs->kind == ZONE_CRS_GEOGRAPHIC ? source->crs->semi_major * 3.14159265358979 / 180.0 : 0.0;
    size_t feature = batch->feature_count - 1;
    zone_verdict verdict = {.state = ZONE_FEATURE_USED};
    char place[64];
    zone_status status = ZONE_OK;

    if (!source->request.as_drawn) {
        status = zone_validity_judge(ctx, &source->geos, source->invalid, degree, &source->rings, &verdict);
    } else if (source->rings.unclosed) {
        zone_validity_place(place, sizeof place, source->rings.unclosed_at[0], source->rings.unclosed_at[1],
                            degree > 0.0);
        snprintf(verdict.reason, sizeof verdict.reason, "%s",
                 zone_say(ctx, "%s at %s", zone_say(ctx, "Ring is not closed"), place));
    }
    if (!status && verdict.reason[0] && !source->request.as_drawn && source->invalid == ZONE_REFUSE)
        status = zone_fail(ctx, ZONE_BAD_GEOMETRY, .file = source->path, .layer = source->layer_name,
                           .feature = feature_name(ctx, id), .place = verdict.place, .found = verdict.reason,
                           .expected = "valid geometry", .remedy = "repair the data, or --invalid repair");
    if (!status && verdict.reason[0])
        status = zone_batch_set_reason(ctx, batch, verdict.reason);
    if (status)
        return status;
    batch->state[feature] = verdict.state;
    batch->area_change[feature] = verdict.area_change;
    return zone_rings_to_batch(ctx, &source->rings, batch);
}

/* Why a geometry can't be used at all; NULL when it can. */
static const char *fault(zone_context *ctx, const zone_source *source, OGRGeometryH geometry)
{
    static const char *const kinds[] = {"", "a point", "a line", "an area"};
    const zone_rings *rings = &source->rings;
    zone_shape wanted = source->request.shape;

    if (!geometry)
        return "no geometry";
    if (OGR_G_IsEmpty(geometry))
        return "empty geometry";
    if (rings->shape == ZONE_SHAPE_NONE)
        return wanted == ZONE_SHAPE_NONE
                   ? "geometry without points, lines or areas"
                   : zone_say(ctx, "not %s: %s", zone_say(ctx, kinds[wanted]), OGR_G_GetGeometryName(geometry));
    if (zone_rings_find_infinite(rings) < rings->vertex_count)
        return "a coordinate that is not finite";
    return NULL;
}

static zone_status add_geometry(zone_context *ctx, zone_source *source, OGRFeatureH feature, int64_t id,
                                zone_batch *batch)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    zone_rings *rings = &source->rings;
    zone_status status;

    status = zone_rings_from_ogr(ctx, geometry, source->request.shape, source->swapped, rings);
    if (status == ZONE_TOO_LARGE)
        return zone_fail(ctx, status, .file = source->path, .layer = source->layer_name,
                         .feature = feature_name(ctx, id), .found = "a feature of more than 100 million vertices");
    if (status)
        return status;
    source->curves += rings->curves;
    source->others += rings->ring_count ? rings->others : 0;
    const char *reason = fault(ctx, source, geometry);
    batch->shape[batch->feature_count - 1] = rings->shape;
    if (reason)
        return reject(ctx, batch, reason);
    if (rings->shape == ZONE_SHAPE_AREA)
        return add_area(ctx, source, id, batch);
    return zone_rings_to_batch(ctx, rings, batch);
}

static zone_status add_feature(zone_context *ctx, zone_source *source, OGRFeatureH feature, zone_batch *batch)
{
    int64_t id = OGR_F_GetFID(feature);
    zone_status status = zone_batch_add_feature(ctx, batch, id, source->position, ZONE_SHAPE_NONE);
    const char *text;

    for (size_t i = 0; i < source->request.field_count && !status; i++) {
        status = zone_source_text(ctx, source, feature, source->request.fields[i], &text);
        if (!status && text)
            status = zone_batch_set_text(ctx, batch, i, text);
    }
    return status ? status : add_geometry(ctx, source, feature, id, batch);
}

/* The end, as GDAL sees it. A file that was cut short often just ends: where the format states how many features it
 * holds, that is compared. Databases keep that figure apart from their rows, so there it proves nothing. */
static zone_status finish(zone_context *ctx, zone_source *source)
{
    bool database = !strcmp(source->driver, "GPKG") || !strcmp(source->driver, "SQLite");

    source->ended = true;
    if (source->count > 0 && (uint64_t)source->count > source->position && !database)
        return zone_fail(ctx, ZONE_BAD_FILE, .file = source->path, .layer = source->layer_name,
                         .found = zone_say(ctx, "%llu features", (unsigned long long)source->position),
                         .expected = zone_say(ctx, "%lld features, as the file says", (long long)source->count),
                         .remedy = "copy the file again from where it came from");
    if (source->curves)
        zone_log(ctx, "%s: curves of %llu features were drawn as chords of a quarter of a degree", source->label,
                 (unsigned long long)source->curves);
    if (source->others)
        zone_log(ctx, "%s: %llu parts of another kind were left out", source->label,
                 (unsigned long long)source->others);
    if (source->encoding.broken)
        zone_log(ctx, "%s: %llu bytes mean nothing in %s and became U+FFFD", source->label,
                 (unsigned long long)source->encoding.broken, source->encoding.name);
    return ZONE_OK;
}

static zone_status read_features(zone_context *ctx, zone_source *source, const zone_quiet *quiet, zone_batch *batch)
{
    size_t most = source->request.batch_size ? source->request.batch_size : USUAL_BATCH;
    zone_status status = ZONE_OK;

    while (batch->feature_count < most && !status && !source->ended) {
        if (source->position % PROGRESS_EVERY == 0 &&
            (status = zone_progress(ctx, source->position, source->count > 0 ? (uint64_t)source->count : 0)))
            break;
        OGRFeatureH feature = OGR_L_GetNextFeature(source->layer);
        if (quiet->failures)
            status = zone_fail(ctx, ZONE_BAD_FILE, .file = source->path, .layer = source->layer_name,
                               .feature = zone_say(ctx, "number %llu", (unsigned long long)source->position + 1),
                               .found = quiet->failure, .expected = "a sound file",
                               .remedy = "copy the file again from where it came from");
        else if (!feature)
            status = finish(ctx, source);
        else
            status = add_feature(ctx, source, feature, batch);
        source->position += feature != NULL;
        OGR_F_Destroy(feature);
    }
    return status;
}

/* Coordinates outside of what the guard has seen, because a file's stated extent was too small. */
static zone_status guard_batch(zone_context *ctx, zone_source *source, const zone_batch *batch)
{
    double box[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    const double *seen = source->extent;
    zone_status status;

    for (size_t i = 0; i < batch->vertex_count; i++) {
        box[0] = batch->x[i] < box[0] ? batch->x[i] : box[0];
        box[1] = batch->y[i] < box[1] ? batch->y[i] : box[1];
        box[2] = batch->x[i] > box[2] ? batch->x[i] : box[2];
        box[3] = batch->y[i] > box[3] ? batch->y[i] : box[3];
    }
    if (batch->vertex_count == 0 ||
        (source->has_extent && box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3]))
        return ZONE_OK;
    if ((status = zone_crs_guard(ctx, source->crs, box, source->path, source->layer_name)))
        return status;
    for (int i = 0; i < 4; i++)
        if (!source->has_extent || (i < 2 ? box[i] < seen[i] : box[i] > seen[i]))
            source->extent[i] = box[i];
    source->has_extent = true;
    return ZONE_OK;
}

zone_status zone_source_next(zone_context *ctx, zone_source *source, zone_batch *batch)
{
    zone_quiet quiet;
    zone_status status = ZONE_OK;

    if (!source->reading)
        status = zone_source_rewind(ctx, source, NULL);
    if (status)
        return status;
    zone_batch_clear(batch);
    batch->field_count = source->request.field_count;
    zone_quiet_begin(&quiet);
    status = read_features(ctx, source, &quiet, batch);
    zone_quiet_end(&quiet);
    if (!status)
        status = guard_batch(ctx, source, batch);
    if (!status && source->transform && batch->vertex_count)
        status = zone_transform_points(ctx, source->transform, batch->x, batch->y, batch->vertex_count);
    if (status)
        zone_batch_clear(batch);
    return status;
}

zone_status zone_source_read(zone_context *ctx, zone_source *source, const zone_request *request, zone_batch *batch)
{
    zone_request whole = request ? *request : (zone_request){0};
    zone_status status;

    whole.batch_size = SIZE_MAX;
    if ((status = zone_source_rewind(ctx, source, &whole)))
        return status;
    return zone_source_next(ctx, source, batch);
}
