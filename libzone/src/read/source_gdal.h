/* What an open source is made of; for the files of this room only. */
#ifndef ZONE_READ_SOURCE_GDAL_H
#define ZONE_READ_SOURCE_GDAL_H

#include "read/decoder.h"
#include "read/encoding.h"
#include "read/fields.h"
#include "read/plot_layer.h"
#include "read/source_arrow.h"
#include "read/transform.h"

#include <gdal.h>

struct zone_source {
    zone_context *ctx;
    GDALDatasetH dataset;
    bool borrowed; /* the data set is the caller's */
    OGRLayerH layer;
    char *path, *layer_name, *label, *driver, *hash;
    char **files;  /* once they were asked for */
    char *classes; /* edition of its class codes; NULL */
    zone_encoding encoding;
    zone_text_facts facts; /* of a text file of coordinates */

    zone_crs *crs;
    bool swapped; /* the layer has northing first */
    bool misfits; /* there are coordinates that do not fit it: each feature is looked at */
    bool has_extent;
    double extent[4];       /* what the guard has seen */
    const zone_crs *target; /* the CRS asked for, borrowed; NULL: its own */

    zone_shape shape;
    int64_t count;
    zone_field *fields;
    size_t field_count;
    int roles[ZONE_ROLE_COUNT];
    double ridge_scale; /* 0: not looked at yet */
    zone_invalid invalid;

    zone_request request; /* of the last rewind; its fields are in `request_fields` */
    int *request_fields;
    uint64_t position; /* features taken since */
    uint64_t runs;
    bool reading, ended;
    zone_arrow *arrow; /* features come as columns; NULL: one by one */
    struct {
        int64_t id;
        uint64_t number;
    } * bare; /* features whose columns hold no geometry, from 1: the stream does not tell none from broken */
    size_t bare_count, bare_capacity;
    zone_decoder *decoder;         /* of zone_source_next */
    size_t curves, others, broken; /* noticed by decoders that are closed, told once at the end */
};

/* Tells GDAL which fields nobody asked for: most of a land-use layer is text that need not be decoded. */
void zone_source_ignore_fields(zone_source *source, const zone_request *request);

#endif
