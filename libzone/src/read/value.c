/* Values of fields as text: the same text whatever format holds the value. */
#include "read/source_gdal.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The shortest decimal that is this number: 999915.58, where a shapefile's 999915.579999999958090 is the same double.
 * CPLsnprintf and CPLAtof are blind to the host's locale. */
static void print_real(char *text, size_t size, double value, bool single)
{
    int digits = single ? 6 : 15, most = single ? 9 : 17;

    do
        CPLsnprintf(text, size, "%.*g", digits, value);
    while (++digits <= most && (single ? (float)CPLAtof(text) != (float)value : CPLAtof(text) != value));
}

static void print_time(char *text, size_t size, OGRFeatureH feature, int field, OGRFieldType type)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0.0f;
    int at = 0;

    OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone);
    text[0] = '\0';
    if (type != OFTTime)
        at = snprintf(text, size, "%04d-%02d-%02d", year, month, day);
    if (type == OFTDate)
        return;
    bool whole = second == floorf(second);
    at += CPLsnprintf(text + at, size - (size_t)at, whole ? "%s%02d:%02d:%02.0f" : "%s%02d:%02d:%06.3f",
                      type == OFTTime ? "" : "T", hour, minute, (double)second);
    if (zone == 100)
        snprintf(text + at, size - (size_t)at, "Z");
    else if (zone > 1)
        snprintf(text + at, size - (size_t)at, "%c%02d:%02d", zone < 100 ? '-' : '+', abs(zone - 100) / 4,
                 abs(zone - 100) % 4 * 15);
}

/* Fixed-width formats pad with blanks and can't tell blank from null; so that no answer depends on the format, blanks
 * at the end never count and a blank text is null. */
static zone_status trimmed(zone_context *ctx, zone_source *source, const char *text, const char **result)
{
    size_t length = strlen(text);
    zone_status status;

    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    *result = length ? text : NULL;
    if (length == 0 || !text[length])
        return ZONE_OK;
    if ((status = zone_grow(ctx, (void **)&source->text, &source->text_capacity, length + 1, 1)))
        return status;
    memcpy(source->text, text, length);
    source->text[length] = '\0';
    *result = source->text;
    return ZONE_OK;
}

zone_status zone_source_text(zone_context *ctx, zone_source *source, OGRFeatureH feature, int field, const char **text)
{
    OGRFieldDefnH definition = OGR_F_GetFieldDefnRef(feature, field);
    OGRFieldType type = OGR_Fld_GetType(definition);
    zone_status status;
    const char *decoded;

    *text = NULL;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return ZONE_OK;
    if ((status = zone_grow(ctx, (void **)&source->text, &source->text_capacity, 64, 1)))
        return status;
    *text = source->text;
    if (type == OFTReal)
        print_real(source->text, 64, OGR_F_GetFieldAsDouble(feature, field),
                   OGR_Fld_GetSubType(definition) == OFSTFloat32);
    else if (type == OFTInteger || type == OFTInteger64)
        snprintf(source->text, 64, "%lld", (long long)OGR_F_GetFieldAsInteger64(feature, field));
    else if (type == OFTDate || type == OFTTime || type == OFTDateTime)
        print_time(source->text, 64, feature, field, type);
    else if (!(decoded = zone_encoding_decode(&source->encoding, OGR_F_GetFieldAsString(feature, field))))
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    else
        return trimmed(ctx, source, decoded, text);
    return ZONE_OK;
}
