/* Small data sets in GDAL's memory, for the tests of room read. */
#ifndef ZONE_TEST_READ_FIXTURE_H
#define ZONE_TEST_READ_FIXTURE_H

#define _LARGEFILE64_SOURCE

#include "read/source.h"
#include "test.h"

#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#define GEOJSON(crs, features)                                                                                         \
    "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::" crs \
    "\"}},\"features\":[" features "]}"
#define FEATURE(properties, geometry) "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":" geometry "}"
#define POLYGON(rings)                "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define SQUARE                        POLYGON("[[441000,3218000],[441100,3218000],[441100,3218100],[441000,3218100],[441000,3218000]]")
#define BOW_TIE                       POLYGON("[[441000,3218000],[441100,3218100],[441100,3218000],[441000,3218100],[441000,3218000]]")

static inline zone_context *new_context(void)
{
    zone_context *ctx = NULL;

    zone_context_create(&ctx);
    if (GDALGetDriverCount() == 0)
        GDALAllRegister();
    return ctx;
}

/* A file of GDAL's memory with a copy of these bytes. */
static inline void put_bytes(const char *path, const char *bytes, size_t count)
{
    VSILFILE *file = VSIFOpenL(path, "wb");

    if (count)
        VSIFWriteL(bytes, 1, count, file);
    VSIFCloseL(file);
}

static inline void put_text(const char *path, const char *text)
{
    put_bytes(path, text, strlen(text));
}

/* The file opened; the test fails when it can't be. */
static inline zone_source *open_source(zone_context *ctx, const char *path, const zone_source_options *options)
{
    zone_source *source = NULL;

    EXPECT_INT(zone_source_open(ctx, path, options, &source), ZONE_OK);
    if (!source)
        printf("%s\n", zone_context_error_text(ctx));
    return source;
}

/* The status of opening it; nothing stays open. */
static inline zone_status try_source(zone_context *ctx, const char *path, const zone_source_options *options)
{
    zone_source *source = NULL;
    zone_status status = zone_source_open(ctx, path, options, &source);

    EXPECT((status == ZONE_OK) == (source != NULL));
    zone_source_close(source);
    return status;
}

/* Everything of a source in one batch, with all its fields. */
static inline zone_status read_all(zone_context *ctx, zone_source *source, zone_shape shape, zone_batch *batch)
{
    int fields[32];
    zone_request request = {.fields = fields, .shape = shape};

    for (request.field_count = 0; request.field_count < zone_source_field_count(source) && request.field_count < 32;)
        fields[request.field_count] = (int)request.field_count, request.field_count++;
    return zone_source_read(ctx, source, &request, batch);
}

/* A .dbf of one character field, with a language byte and one record a text. */
static inline void put_dbf(const char *path, unsigned char language, const char *field, const char *const *texts)
{
    unsigned char header[65] = {3, 124, 1, 1}, record[41];
    size_t count = 0;
    VSILFILE *file = VSIFOpenL(path, "wb");

    while (texts[count])
        count++;
    header[4] = (unsigned char)count;
    header[8] = 65;
    header[10] = 41;
    header[29] = language;
    strncpy((char *)header + 32, field, 10);
    header[43] = 'C';
    header[48] = 40;
    header[64] = 0x0D;
    VSIFWriteL(header, 1, sizeof header, file);
    for (size_t i = 0; i < count; i++) {
        memset(record, ' ', sizeof record);
        memcpy(record + 1, texts[i], strlen(texts[i]));
        VSIFWriteL(record, 1, sizeof record, file);
    }
    VSIFCloseL(file);
}

/* Twice the signed area of ring `ring` of a batch. */
static inline double ring_area(const zone_batch *batch, size_t ring)
{
    double sum = 0.0;
    size_t first = batch->vertex_start[ring], end = batch->vertex_start[ring + 1];

    for (size_t i = first; i < end; i++) {
        size_t next = i + 1 < end ? i + 1 : first;
        sum += (batch->x[i] - batch->x[first]) * (batch->y[next] - batch->y[first]) -
               (batch->x[next] - batch->x[first]) * (batch->y[i] - batch->y[first]);
    }
    return sum;
}

#endif
