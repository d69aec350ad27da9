/* Decoders: from what GDAL gives to batches. */
#include "read/decoder.h"

#include "base/text.h"
#include "read/quiet.h"
#include "read/rings_ogr.h"
#include "read/rings_wkb.h"
#include "read/source_gdal.h"
#include "read/validity.h"

#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Features between two looks at whether the user has cancelled. */
#define PROGRESS_EVERY 1024

struct zone_decoder {
    zone_source *source; /* only zone_decoder_take changes it, and close, which adds what was counted */
    zone_transform *transform;
    double extent[4]; /* what the guard has seen */
    bool has_extent;
    zone_rings rings;
    zone_geos geos;
    zone_simple simple;
    zone_value value;
    size_t curves, others;

    /* the run that was taken: columns, or features one by one */
    uint64_t first; /* ordinal of its first feature */
    struct ArrowArray columns;
    OGRFeatureH *features;
    size_t count, capacity;
};

zone_status zone_decoder_open(zone_context *ctx, zone_source *source, zone_decoder **decoder)
{
    zone_decoder *made = zone_allocate(ctx, 1, sizeof *made);
    zone_status status = made ? ZONE_OK : ZONE_NO_MEMORY;

    *decoder = NULL;
    if (status)
        return status;
    made->source = source;
    made->has_extent = source->has_extent;
    memcpy(made->extent, source->extent, sizeof made->extent);
    status = zone_geos_open(ctx, &made->geos);
    if (!status)
        status = zone_encoding_copy(ctx, &source->encoding, &made->value.encoding);
    if (!status && source->target)
        status = zone_transform_create(ctx, source->crs, source->target, source->has_extent ? source->extent : NULL,
                                       &made->transform);
    if (status)
        zone_decoder_close(made);
    else
        *decoder = made;
    return status;
}

static void drop_run(zone_decoder *decoder)
{
    for (size_t i = 0; i < decoder->count; i++)
        OGR_F_Destroy(decoder->features[i]);
    decoder->count = 0;
    if (decoder->columns.release)
        decoder->columns.release(&decoder->columns);
    memset(&decoder->columns, 0, sizeof decoder->columns);
}

/* What the guard has seen is what is known of the extent. */
static void tell_extent(const zone_decoder *decoder)
{
    zone_source *source = decoder->source;

    for (int i = 0; i < 4 && decoder->has_extent; i++)
        if (!source->has_extent ||
            (i < 2 ? decoder->extent[i] < source->extent[i] : decoder->extent[i] > source->extent[i]))
            source->extent[i] = decoder->extent[i];
    source->has_extent = source->has_extent || decoder->has_extent;
}

void zone_decoder_close(zone_decoder *decoder)
{
    if (!decoder)
        return;
    drop_run(decoder);
    tell_extent(decoder);
    decoder->source->curves += decoder->curves;
    decoder->source->others += decoder->others;
    decoder->source->broken += decoder->value.encoding.broken;
    zone_transform_free(decoder->transform);
    zone_rings_free(&decoder->rings);
    zone_geos_close(&decoder->geos);
    zone_simple_free(&decoder->simple);
    zone_value_close(&decoder->value);
    free(decoder->features);
    free(decoder);
}

/* ---------------------------------------------------------------- taking a run */

/* The end, as GDAL sees it. A file that was cut short often just ends: where the format states how many features it
 * holds, that is compared. Databases keep that figure apart from their rows, so there it proves nothing. */
static zone_status finish(zone_context *ctx, zone_source *source)
{
    bool database = !strcmp(source->driver, "GPKG") || !strcmp(source->driver, "SQLite");

    source->ended = true;
    if (source->count <= 0 || (uint64_t)source->count <= source->position || database)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_BAD_FILE, .file = source->path, .layer = source->layer_name,
                     .found = zone_say(ctx, "%llu features", (unsigned long long)source->position),
                     .expected = zone_say(ctx, "%lld features, as the file says", (long long)source->count),
                     .remedy = "copy the file again from where it came from");
}

static zone_status broken_file(zone_context *ctx, const zone_source *source, uint64_t number, const char *found)
{
    return zone_fail(ctx, ZONE_BAD_FILE, .file = source->path, .layer = source->layer_name,
                     .feature = zone_say(ctx, "number %llu", (unsigned long long)number), .found = found,
                     .expected = "a sound file", .remedy = "copy the file again from where it came from");
}

static zone_status tell_progress(zone_context *ctx, const zone_source *source)
{
    return zone_progress(ctx, source->position, source->count > 0 ? (uint64_t)source->count : 0);
}

static zone_status note_bare(zone_context *ctx, zone_source *source, const struct ArrowArray *run)
{
    zone_status status = ZONE_OK;
    size_t size = 0;

    for (int64_t i = 0; i < run->length && !status; i++) {
        if (zone_arrow_geometry(source->arrow, run, i, &size))
            continue;
        status = zone_grow(ctx, (void **)&source->bare, &source->bare_capacity, source->bare_count + 1,
                           sizeof *source->bare);
        if (status)
            break;
        source->bare[source->bare_count].id = zone_arrow_id(source->arrow, run, i);
        source->bare[source->bare_count++].number = source->position + (uint64_t)i + 1;
    }
    return status;
}

/* Asks for the features without geometry one by one: then GDAL complains of those that are broken. */
static zone_status judge_bare(zone_context *ctx, zone_source *source, const zone_quiet *quiet)
{
    zone_status status = ZONE_OK;

    if (source->bare_count == 0)
        return ZONE_OK;
    zone_arrow_end(source->arrow);
    for (size_t i = 0; i < source->bare_count && !status; i++) {
        OGRFeatureH feature = OGR_L_GetFeature(source->layer, source->bare[i].id);
        if (!feature || quiet->failures)
            status =
                broken_file(ctx, source, source->bare[i].number, zone_quiet_message(quiet, "the file can't be read"));
        OGR_F_Destroy(feature);
    }
    return status;
}

static zone_status take_columns(zone_context *ctx, zone_decoder *decoder, const zone_quiet *quiet)
{
    zone_source *source = decoder->source;
    struct ArrowArray *run = &decoder->columns;
    zone_status status = tell_progress(ctx, source);

    if (status)
        return status;
    if (!zone_arrow_next(source->arrow, run) || quiet->failures)
        return broken_file(ctx, source, source->position + 1, zone_quiet_message(quiet, "the file can't be read"));
    if (!run->release || run->length == 0) {
        status = finish(ctx, source);
        return status ? status : judge_bare(ctx, source, quiet);
    }
    if (zone_arrow_has_nulls(source->arrow, run))
        status = note_bare(ctx, source, run);
    source->position += (uint64_t)run->length;
    return status;
}

static zone_status take_features(zone_context *ctx, zone_decoder *decoder, const zone_quiet *quiet)
{
    zone_source *source = decoder->source;
    zone_status status = ZONE_OK;

    while (decoder->count < source->request.batch_size && !status && !source->ended) {
        if (source->position % PROGRESS_EVERY == 0 && (status = tell_progress(ctx, source)))
            break;
        status = zone_grow(ctx, (void **)&decoder->features, &decoder->capacity, decoder->count + 1,
                           sizeof *decoder->features);
        if (status)
            break;
        OGRFeatureH feature = OGR_L_GetNextFeature(source->layer);
        if (feature)
            decoder->features[decoder->count++] = feature;
        if (quiet->failures)
            status = broken_file(ctx, source, source->position + 1, quiet->failure);
        else if (!feature)
            status = finish(ctx, source);
        source->position += feature != NULL;
    }
    return status;
}

zone_status zone_decoder_take(zone_context *ctx, zone_decoder *decoder, uint64_t *run, bool *more)
{
    zone_source *source = decoder->source;
    zone_quiet quiet;
    zone_status status = ZONE_OK;

    drop_run(decoder);
    *more = false;
    if (source->ended)
        return ZONE_OK;
    decoder->first = source->position;
    zone_quiet_begin(&quiet);
    status = source->arrow ? take_columns(ctx, decoder, &quiet) : take_features(ctx, decoder, &quiet);
    zone_quiet_end(&quiet);
    *run = source->runs++;
    *more = !status && source->position > decoder->first;
    if (status)
        source->ended = true;
    return status;
}

/* ---------------------------------------------------------------- making a batch */

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
static zone_status add_area(zone_context *ctx, zone_decoder *decoder, int64_t id, zone_batch *batch)
{
    const zone_source *source = decoder->source;
    size_t feature = batch->feature_count - 1;
    zone_verdict verdict;
    char place[64];
    zone_status status = ZONE_OK;

    zone_verdict_clear(&verdict);
    if (!source->request.as_drawn) {
        status = zone_validity_judge(ctx, &decoder->geos, &decoder->simple, source->invalid, source->crs,
                                     &decoder->rings, &verdict);
    } else if (decoder->rings.unclosed) {
        zone_validity_place(place, sizeof place, decoder->rings.unclosed_at[0], decoder->rings.unclosed_at[1],
                            source->crs->kind == ZONE_CRS_GEOGRAPHIC);
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
    return zone_rings_to_batch(ctx, &decoder->rings, batch);
}

static const char *const not_finite = "a coordinate that is not finite";

/* Why a geometry can't be used at all; NULL when it can. */
static const char *fault(zone_context *ctx, const zone_decoder *decoder, OGRGeometryH geometry)
{
    static const char *const kinds[] = {"", "a point", "a line", "an area"};
    const zone_rings *rings = &decoder->rings;
    zone_shape wanted = decoder->source->request.shape;

    if (!geometry)
        return "no geometry";
    if (OGR_G_IsEmpty(geometry))
        return "empty geometry";
    if (rings->shape == ZONE_SHAPE_NONE)
        return wanted == ZONE_SHAPE_NONE
                   ? "geometry without points, lines or areas"
                   : zone_say(ctx, "not %s: %s", zone_say(ctx, kinds[wanted]), OGR_G_GetGeometryName(geometry));
    if (zone_rings_find_infinite(rings) < rings->vertex_count)
        return not_finite;
    return NULL;
}

/* What the file told of a feature: with policy refuse it stops the reading, as invalid geometry does. */
static zone_status refuse_told(zone_context *ctx, const zone_source *source, int64_t id, const char *told)
{
    if (source->invalid != ZONE_REFUSE || source->request.as_drawn)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_BAD_GEOMETRY, .file = source->path, .layer = source->layer_name,
                     .feature = feature_name(ctx, id), .found = told, .expected = "a sound plot",
                     .remedy = "repair the data, or --invalid repair");
}

static zone_status reject_told(zone_context *ctx, const zone_source *source, int64_t id, const char *told,
                               zone_batch *batch)
{
    batch->state[batch->feature_count - 1] = ZONE_FEATURE_REJECTED;
    zone_status status = refuse_told(ctx, source, id, told);
    return status ? status : zone_batch_set_reason(ctx, batch, told);
}

/* A feature that is used although something is odd in it counts as repaired. */
static zone_status note_told(zone_context *ctx, const zone_source *source, int64_t id, const char *told,
                             zone_batch *batch)
{
    size_t feature = batch->feature_count - 1;
    zone_status status = refuse_told(ctx, source, id, told);

    if (status || batch->state[feature] != ZONE_FEATURE_USED)
        return status;
    if (!source->request.as_drawn)
        batch->state[feature] = ZONE_FEATURE_REPAIRED;
    return zone_batch_set_reason(ctx, batch, told);
}

/* Why a feature's coordinates do not fit the reference system; NULL: they do. */
static const char *find_misfit(zone_context *ctx, const zone_decoder *decoder)
{
    const zone_rings *rings = &decoder->rings;
    const zone_source *source = decoder->source;
    double box[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};

    for (size_t v = 0; v < rings->vertex_count; v++) {
        box[0] = fmin(box[0], rings->x[v]);
        box[1] = fmin(box[1], rings->y[v]);
        box[2] = fmax(box[2], rings->x[v]);
        box[3] = fmax(box[3], rings->y[v]);
    }
    if (rings->vertex_count == 0 || !zone_crs_guard(ctx, source->crs, box, source->path, source->layer_name))
        return NULL;
    const zone_error *error = zone_context_error(ctx);
    return zone_say(ctx, "%s: %s", error->what, error->found ? error->found : "");
}

/* The batch's last feature gets what is in the rings. `reason`: why it can't be used; NULL. */
static zone_status add_rings(zone_context *ctx, zone_decoder *decoder, int64_t id, const char *reason,
                             zone_batch *batch)
{
    const zone_rings *rings = &decoder->rings;
    const zone_source *source = decoder->source;
    if (!reason && source->misfits)
        reason = find_misfit(ctx, decoder);
    const char *told = zone_text_facts_reason(&source->facts, id);

    decoder->curves += rings->curves;
    decoder->others += rings->ring_count ? rings->others : 0;
    batch->shape[batch->feature_count - 1] = rings->shape;
    if (told && (reason || source->facts.rejects || (source->invalid == ZONE_REJECT && !source->request.as_drawn)))
        return reject_told(ctx, source, id, told, batch);
    if (reason)
        return reject(ctx, batch, reason);
    zone_status status =
        rings->shape == ZONE_SHAPE_AREA ? add_area(ctx, decoder, id, batch) : zone_rings_to_batch(ctx, rings, batch);
    return status || !told ? status : note_told(ctx, source, id, told, batch);
}

static zone_status too_large(zone_context *ctx, const zone_source *source, int64_t id)
{
    return zone_fail(ctx, ZONE_TOO_LARGE, .file = source->path, .layer = source->layer_name,
                     .feature = feature_name(ctx, id), .found = "a feature of more than 100 million vertices");
}

static zone_status add_geometry(zone_context *ctx, zone_decoder *decoder, OGRGeometryH geometry, int64_t id,
                                zone_batch *batch)
{
    const zone_source *source = decoder->source;
    zone_status status = zone_rings_from_ogr(ctx, geometry, source->request.shape, source->swapped, &decoder->rings);

    if (status == ZONE_TOO_LARGE)
        return too_large(ctx, source, id);
    return status ? status : add_rings(ctx, decoder, id, fault(ctx, decoder, geometry), batch);
}

static zone_status make_features(zone_context *ctx, zone_decoder *decoder, zone_batch *batch)
{
    const zone_request *request = &decoder->source->request;
    zone_status status = ZONE_OK;
    const char *text;

    for (size_t i = 0; i < decoder->count && !status; i++) {
        OGRFeatureH feature = decoder->features[i];
        int64_t id = OGR_F_GetFID(feature);
        status = zone_batch_add_feature(ctx, batch, id, decoder->first + i, ZONE_SHAPE_NONE);
        for (size_t k = 0; k < request->field_count && !status; k++) {
            status = zone_value_of_field(ctx, &decoder->value, feature, request->fields[k], &text);
            if (!status && text)
                status = zone_batch_set_text(ctx, batch, k, text);
        }
        if (!status)
            status = add_geometry(ctx, decoder, OGR_F_GetGeometryRef(feature), id, batch);
    }
    return status;
}

/* Geometry that is not plain polygons, or points where those are wanted, goes through GDAL. */
static zone_status add_wkb(zone_context *ctx, zone_decoder *decoder, const uint8_t *bytes, size_t size, int64_t id,
                           zone_batch *batch)
{
    const zone_source *source = decoder->source;
    zone_shape wanted = source->request.shape;
    bool taken = false;
    OGRGeometryH geometry = NULL;
    zone_status status = ZONE_OK;

    if (bytes && wanted == ZONE_SHAPE_POINT)
        status = zone_points_from_wkb(ctx, bytes, size, source->swapped, &decoder->rings, &taken);
    else if (bytes && wanted != ZONE_SHAPE_LINE)
        status = zone_rings_from_wkb(ctx, bytes, size, source->swapped, &decoder->rings, &taken);
    if (status)
        return status;
    if (taken && decoder->rings.vertex_count > ZONE_MOST_VERTICES)
        return too_large(ctx, source, id);
    if (taken)
        return add_rings(ctx, decoder, id,
                         zone_rings_find_infinite(&decoder->rings) < decoder->rings.vertex_count ? not_finite : NULL,
                         batch);
    if (bytes && OGR_G_CreateFromWkb(bytes, NULL, &geometry, (int)size) != OGRERR_NONE)
        status =
            broken_file(ctx, source, batch->ordinal[batch->feature_count - 1] + 1, "a geometry that can't be read");
    if (!status)
        status = add_geometry(ctx, decoder, geometry, id, batch);
    OGR_G_DestroyGeometry(geometry);
    return status;
}

static zone_status make_columns(zone_context *ctx, zone_decoder *decoder, zone_batch *batch)
{
    const zone_arrow *arrow = decoder->source->arrow;
    const struct ArrowArray *run = &decoder->columns;
    zone_status status = ZONE_OK;
    const char *text;

    for (int64_t i = 0; i < run->length && !status; i++) {
        int64_t id = zone_arrow_id(arrow, run, i);
        size_t size = 0;
        const uint8_t *bytes = zone_arrow_geometry(arrow, run, i, &size);
        status = zone_batch_add_feature(ctx, batch, id, decoder->first + (uint64_t)i, ZONE_SHAPE_NONE);
        for (size_t k = 0; k < batch->field_count && !status; k++) {
            status = zone_arrow_text(ctx, arrow, run, i, k, &decoder->value, &text);
            if (!status && text)
                status = zone_batch_set_text(ctx, batch, k, text);
        }
        if (!status)
            status = add_wkb(ctx, decoder, bytes, size, id, batch);
    }
    return status;
}

/* Coordinates outside of what the guard has seen, because a file's stated extent was too small. */
static zone_status guard_batch(zone_context *ctx, zone_decoder *decoder, const zone_batch *batch, size_t first)
{
    double box[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    const zone_source *source = decoder->source;
    const double *seen = decoder->extent;
    zone_status status;

    for (size_t i = first; i < batch->vertex_count; i++) {
        box[0] = batch->x[i] < box[0] ? batch->x[i] : box[0];
        box[1] = batch->y[i] < box[1] ? batch->y[i] : box[1];
        box[2] = batch->x[i] > box[2] ? batch->x[i] : box[2];
        box[3] = batch->y[i] > box[3] ? batch->y[i] : box[3];
    }
    if (batch->vertex_count == first ||
        (decoder->has_extent && box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3]))
        return ZONE_OK;
    if ((status = zone_crs_guard(ctx, source->crs, box, source->path, source->layer_name)))
        return status;
    for (int i = 0; i < 4; i++)
        if (!decoder->has_extent || (i < 2 ? box[i] < seen[i] : box[i] > seen[i]))
            decoder->extent[i] = box[i];
    decoder->has_extent = true;
    return ZONE_OK;
}

zone_status zone_decoder_make(zone_context *ctx, zone_decoder *decoder, zone_batch *batch)
{
    size_t first = batch->vertex_count;
    zone_quiet quiet;
    zone_status status = ZONE_OK;

    batch->field_count = decoder->source->request.field_count;
    zone_quiet_begin(&quiet);
    status = decoder->columns.release ? make_columns(ctx, decoder, batch) : make_features(ctx, decoder, batch);
    drop_run(decoder);
    zone_quiet_end(&quiet);
    if (!status && !decoder->source->misfits)
        status = guard_batch(ctx, decoder, batch, first);
    if (!status && decoder->transform && batch->vertex_count > first)
        status = zone_transform_points(ctx, decoder->transform, batch->x + first, batch->y + first,
                                       batch->vertex_count - first);
    return status;
}
