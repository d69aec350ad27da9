/* What an open source is made of; for the files of this room only. */
#ifndef ZONE_READ_SOURCE_GDAL_H
#define ZONE_READ_SOURCE_GDAL_H

#include "read/encoding.h"
#include "read/fields.h"
#include "read/geos.h"
#include "read/rings.h"
#include "read/source.h"
#include "read/transform.h"

#include <gdal.h>

struct zone_source {
    zone_context *ctx;
    GDALDatasetH dataset;
    bool borrowed; /* the data set is the caller's */
    OGRLayerH layer;
    char *path, *layer_name, *label, *driver, *hash;
    char *classes; /* edition of its class codes; NULL */
    zone_encoding encoding;

    zone_crs *crs;
    bool swapped; /* the layer has northing first */
    bool has_extent;
    double extent[4];          /* what the guard has seen */
    zone_transform *transform; /* to the CRS asked for; NULL */

    zone_shape shape;
    int64_t count;
    zone_field *fields;
    size_t field_count;
    int roles[ZONE_ROLE_COUNT];
    double ridge_scale; /* 0: not looked at yet */
    zone_invalid invalid;

    zone_request request; /* of the last rewind; its fields are in `request_fields` */
    int *request_fields;
    uint64_t position; /* features read since */
    bool reading, ended;
    size_t curves, others; /* told once at the end */
    zone_rings rings;
    zone_geos geos;
    char *text; /* of the last value */
    size_t text_capacity;
};

/* The value of a field as text in UTF-8, at *text until the next call; NULL when null or blank. */
zone_status zone_source_text(zone_context *ctx, zone_source *source, OGRFeatureH feature, int field, const char **text);

/* Tells GDAL which fields nobody asked for: most of a land-use layer is text that need not be decoded. */
void zone_source_ignore_fields(zone_source *source, const zone_request *request);

#endif
