/* Opening a source: the layer in its data set, and all that is known of it before it is read. */
#include "read/source_gdal.h"

#include "read/dataset.h"
#include "read/quiet.h"
#include "read/rings_ogr.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The layer's texts: shapefiles and CSV files do not say, or not surely, what their bytes mean. */
static zone_status decide_encoding(zone_context *ctx, zone_source *source, const char *wish)
{
    const char *path = source->path;
    char **files;
    zone_status status = ZONE_OK;

    if (source->facts.format) {
        status = zone_encoding_open(ctx, "UTF-8", "the format's own", &source->encoding);
        snprintf(source->encoding.note, sizeof source->encoding.note, "%s", source->facts.encoding);
        return status;
    }
    if (!strcmp(source->driver, "CSV"))
        return zone_encoding_of_text(ctx, path, wish, &source->encoding);
    if (strcmp(source->driver, "ESRI Shapefile") != 0) {
        if (wish)
            zone_log(ctx, "%s: %s says itself what its text is; --encoding is not needed", source->label,
                     source->driver);
        return zone_encoding_open(ctx, "UTF-8", "the format's own", &source->encoding);
    }
    if (OGR_L_TestCapability(source->layer, OLCStringsAsUTF8)) /* a caller's data set, recoded by GDAL */
        return zone_encoding_open(ctx, "UTF-8", "as GDAL recoded it", &source->encoding);
    files = GDALGetFileList(source->dataset);
    const char *own = path;
    for (char **file = files; file && *file; file++) /* in a directory or archive: the layer's own .dbf */
        if (EQUAL(CPLGetExtension(*file), "dbf") && !strcmp(CPLGetBasename(*file), source->layer_name))
            own = *file;
    status = zone_encoding_decide(ctx, own, wish, &source->encoding);
    CSLDestroy(files);
    return status;
}

static zone_status describe_fields(zone_context *ctx, zone_source *source)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(source->layer);
    size_t count = (size_t)OGR_FD_GetFieldCount(definition);

    if (!(source->fields = zone_allocate(ctx, count + 1, sizeof *source->fields)))
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, (int)i);
        const char *name = zone_encoding_decode(&source->encoding, OGR_Fld_GetNameRef(field));
        if (!name || !(source->fields[i].name = zone_copy_text(ctx, name)))
            return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
        source->fields[i].type = OGR_GetFieldTypeName(OGR_Fld_GetType(field));
        source->field_count = i + 1;
    }
    return ZONE_OK;
}

/* A spatial reference may say that its first coordinate is the northing; drivers never do, programs that fill a data
 * set in memory sometimes do. */
static bool northing_first(OGRSpatialReferenceH reference)
{
    OGRAxisOrientation first = OAO_Other;
    int count = 0;
    const int *mapping = OSRGetDataAxisToSRSAxisMapping(reference, &count);

    if (!mapping || count < 2 || mapping[0] < 1)
        return false;
    const char *name = OSRGetAxis(reference, NULL, mapping[0] - 1, &first);
    return name && (first == OAO_North || first == OAO_South);
}

static void set_extent(zone_source *source, const OGREnvelope *box)
{
    bool swapped = source->swapped;
    double extent[4] = {swapped ? box->MinY : box->MinX, swapped ? box->MinX : box->MinY,
                        swapped ? box->MaxY : box->MaxX, swapped ? box->MaxX : box->MaxY};

    source->has_extent = true;
    for (int i = 0; i < 4; i++)
        source->has_extent = source->has_extent && isfinite(extent[i]);
    source->has_extent = source->has_extent && extent[0] <= extent[2] && extent[1] <= extent[3];
    if (source->has_extent)
        memcpy(source->extent, extent, sizeof extent);
}

/* The extent that the file states. */
static void state_extent(zone_source *source)
{
    OGREnvelope box;

    source->has_extent = false;
    if (source->count != 0 && OGR_L_GetExtent(source->layer, &box, TRUE) == OGRERR_NONE)
        set_extent(source, &box);
}

/* The extent of what is there: headers are stale at times, and no one shall be refused for that. */
static void measure_extent(zone_source *source)
{
    OGREnvelope all = {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL}, box;
    OGRFeatureH feature;

    OGR_L_ResetReading(source->layer);
    while ((feature = OGR_L_GetNextFeature(source->layer))) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        if (geometry && !OGR_G_IsEmpty(geometry)) {
            OGR_G_GetEnvelope(geometry, &box);
            all.MinX = fmin(all.MinX, box.MinX);
            all.MaxX = fmax(all.MaxX, box.MaxX);
            all.MinY = fmin(all.MinY, box.MinY);
            all.MaxY = fmax(all.MaxY, box.MaxY);
        }
        OGR_F_Destroy(feature);
    }
    set_extent(source, &all);
}

/* The WKT of what the data say of themselves, NULL when they say nothing; free with CPLFree. */
static char *reference_text(OGRSpatialReferenceH reference)
{
    static const char *const how[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", NULL};
    const char *name = reference ? OSRGetName(reference) : NULL;
    char *text = NULL;

    /* A GeoPackage must name something; for nothing it names "Undefined geographic SRS". */
    if (!reference || OSRIsLocal(reference) || (name && EQUALN(name, "Undefined", 9)) ||
        OSRExportToWktEx(reference, &text, how) != OGRERR_NONE) {
        CPLFree(text);
        return NULL;
    }
    return text;
}

/* What is no reference system stands in an option, or in the data. */
static zone_status blame_crs(zone_context *ctx, const char *option, const zone_source *source)
{
    zone_error error = *zone_context_error(ctx);

    error.key = option;
    error.file = source ? source->path : NULL;
    error.layer = source ? source->layer_name : NULL;
    return zone_fail_record(ctx, &error);
}

/* Does a zone number stand before all eastings? Then it is an evidence. */
static zone_status find_by_evidence(zone_context *ctx, zone_source *source, const zone_source_options *options)
{
    const double *extent = source->extent;
    int west = zone_crs_prefix(extent[0]), east = zone_crs_prefix(extent[2]);
    double cut = west && west == east ? west * 1e6 : 0.0;
    zone_figure first = {extent[0] - cut, cut > 0.0 ? west : 0}, second = {extent[1], 0};
    zone_axes_evidence evidence = {.path = source->path,
                                   .from = {extent[0] - cut, extent[1]},
                                   .to = {extent[2] - cut, extent[3]},
                                   .named = ZONE_AXES_EASTING,
                                   .binding = true,
                                   .kept = true,
                                   .family = ZONE_NO_FAMILY,
                                   .options = options};
    zone_axes axes = {0};

    evidence.order = zone_axes_order(&first, &second, &evidence.prefix);
    zone_status status = zone_axes_decide(ctx, &evidence, &axes);
    if (!status)
        status = zone_crs_create(ctx, axes.definition, axes.found, &source->crs);
    zone_axes_free(&axes);
    return status;
}

static zone_status find_crs(zone_context *ctx, zone_source *source, const zone_source_options *options)
{
    OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(source->layer);
    zone_status status = ZONE_OK;

    if (source->facts.format)
        return zone_crs_create(ctx, source->facts.crs, source->facts.crs_found, &source->crs);
    if (options && options->crs) {
        const char *own = reference ? OSRGetName(reference) : NULL;
        const char *option = options->crs_option ? options->crs_option : "--crs";
        const char *found = own ? zone_say(ctx, "from %s; the data say %s", option, own)
                                : zone_say(ctx, "from %s; the data say nothing", option);
        status = zone_crs_create(ctx, options->crs, found, &source->crs);
        return status == ZONE_BAD_CRS ? blame_crs(ctx, option, NULL) : status;
    }
    char *text = reference_text(reference);
    if (text && (status = zone_crs_create(ctx, text, "from the data", &source->crs)) == ZONE_BAD_CRS)
        status = blame_crs(ctx, NULL, source);
    if (!text && source->has_extent && !strcmp(source->driver, "CSV"))
        status = find_by_evidence(ctx, source, options);
    else if (!text)
        status = zone_fail(ctx, ZONE_BAD_CRS, .what = "no reference system", .file = source->path,
                           .layer = source->layer_name, .found = "the data do not say how they were drawn",
                           .expected = "a reference system (a .prj file beside a shapefile)",
                           .remedy = zone_crs_suggest(ctx, NULL, source->has_extent ? source->extent : NULL));
    CPLFree(text);
    return status;
}

static zone_status guard(zone_context *ctx, zone_source *source)
{
    if (!source->has_extent || !zone_crs_guard(ctx, source->crs, source->extent, source->path, source->layer_name))
        return ZONE_OK;
    measure_extent(source);
    if (!source->has_extent)
        return ZONE_OK;
    return zone_crs_guard(ctx, source->crs, source->extent, source->path, source->layer_name);
}

/* The reference system, which the coordinates fit. */
static zone_status settle_crs(zone_context *ctx, zone_source *source, const zone_source_options *options)
{
    const char *option = options ? options->crs_option : NULL;
    zone_status status = find_crs(ctx, source, options);

    if (!status && option && !(source->crs->option = zone_copy_text(ctx, option)))
        status = ZONE_NO_MEMORY;
    if (!status)
        status = guard(ctx, source);
    if (status == ZONE_BAD_CRS && source->crs && options && options->misfits) {
        source->misfits = true;
        return ZONE_OK;
    }
    return status == ZONE_BAD_CRS ? zone_crs_name_option(ctx, option) : status;
}

static zone_status name_source(zone_context *ctx, zone_source *source)
{
    zone_encoding utf8 = {0};
    const char *name = zone_encoding_decode(&utf8, OGR_L_GetName(source->layer));
    size_t size = strlen(source->path) + (name ? strlen(name) : 0) + 2;

    source->layer_name = name ? zone_copy_text(ctx, name) : NULL;
    source->label = zone_allocate(ctx, size, 1);
    source->driver =
        zone_copy_text(ctx, source->facts.format ? source->facts.format
                                                 : GDALGetDriverShortName(GDALGetDatasetDriver(source->dataset)));
    zone_encoding_close(&utf8);
    if (!source->layer_name || !source->label || !source->driver)
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    CPLsnprintf(source->label, size, "%s:%s", source->path, source->layer_name);
    return ZONE_OK;
}

/* Everything that is known of the layer before it is read. */
static zone_status describe(zone_context *ctx, zone_source *source, const zone_source_options *options)
{
    OGRLayerH layer = source->layer;
    OGRwkbGeometryType type = OGR_L_GetGeomType(layer);
    zone_status status;

    if ((status = name_source(ctx, source)))
        return status;
    if (type == wkbNone)
        return zone_fail(ctx, ZONE_BAD_GEOMETRY, .file = source->path, .layer = source->layer_name,
                         .found = "a table without geometry", .expected = "a layer with geometry",
                         .remedy = strcmp(source->driver, "ESRI Shapefile")
                                       ? zone_say(ctx, "zone info %s shows the layers that have geometry", source->path)
                                       : "put the .shp and .shx beside the .dbf");
    if ((status = decide_encoding(ctx, source, options ? options->encoding : NULL)) ||
        (status = describe_fields(ctx, source)) ||
        (status = zone_fields_match(ctx, source->path, source->layer_name, source->fields, source->field_count,
                                    options ? options->fields : NULL, source->roles)))
        return status;
    if (options && options->classes && !(source->classes = zone_copy_text(ctx, options->classes)))
        return ZONE_NO_MEMORY;
    source->invalid = options ? options->invalid : ZONE_REPAIR;
    source->shape = zone_rings_shape_of(type);
    source->count = OGR_L_TestCapability(layer, OLCFastFeatureCount) ? OGR_L_GetFeatureCount(layer, TRUE) : -1;
    source->swapped = OGR_L_GetSpatialRef(layer) && northing_first(OGR_L_GetSpatialRef(layer));
    state_extent(source);
    if ((status = settle_crs(ctx, source, options)))
        return status;
    if (strcmp(source->crs->found, zone_tell(ctx, "from the data")) != 0)
        zone_log(ctx, "%s: %s %s, %s", source->label, source->crs->code, source->crs->name, source->crs->found);
    if (!strcmp(source->driver, "ESRI Shapefile") || !strcmp(source->driver, "CSV") || source->facts.format)
        zone_log(ctx, "%s: text is %s", source->label, source->encoding.note);
    return ZONE_OK;
}

static zone_status start(zone_context *ctx, const char *layer, const zone_source_options *options, zone_source *source)
{
    zone_quiet quiet;
    zone_status status = zone_dataset_layer(ctx, source->dataset, source->path, layer, &source->layer);

    if (status)
        return status;
    zone_quiet_begin(&quiet);
    status = describe(ctx, source, options);
    zone_quiet_end(&quiet);
    return status;
}

static zone_source *new_source(zone_context *ctx)
{
    zone_source *source = zone_allocate(ctx, 1, sizeof *source);

    if (source) {
        source->ctx = ctx;
        for (int role = 0; role < ZONE_ROLE_COUNT; role++)
            source->roles[role] = -1;
    }
    return source;
}

zone_status zone_source_open(zone_context *ctx, const char *data, const zone_source_options *options,
                             zone_source **source)
{
    zone_dataset dataset = {0};
    zone_source *made = NULL;
    zone_status status;

    zone_context_begin(ctx);
    *source = NULL;
    if ((status = zone_dataset_open(ctx, data, options, &dataset)))
        return status;
    if (!(made = new_source(ctx))) {
        zone_dataset_close(&dataset);
        return ZONE_NO_MEMORY;
    }
    made->dataset = dataset.handle;
    made->path = dataset.path;
    made->facts = dataset.facts;
    if ((status = start(ctx, dataset.layer, options, made))) {
        zone_source_close(made);
        made = NULL;
    }
    free(dataset.layer);
    *source = made;
    return status;
}

zone_status zone_source_from_dataset(zone_context *ctx, void *gdal_dataset, const char *layer,
                                     const zone_source_options *options, zone_source **source)
{
    zone_source *made;
    zone_status status;

    zone_context_begin(ctx);
    *source = NULL;
    if (!gdal_dataset)
        return zone_fail(ctx, ZONE_BAD_USAGE, .found = "no data named", .expected = "an open GDALDatasetH");
    if (!(made = new_source(ctx)))
        return ZONE_NO_MEMORY;
    const char *name = GDALGetDescription(gdal_dataset);
    made->dataset = gdal_dataset;
    made->borrowed = true;
    made->path = zone_copy_text(ctx, name && name[0] ? name : "memory");
    status = made->path ? start(ctx, layer, options, made) : ZONE_NO_MEMORY;
    if (status) {
        zone_source_close(made);
        made = NULL;
    }
    *source = made;
    return status;
}
