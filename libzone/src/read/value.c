/* Values of fields as text: the same text whatever format holds the value. */
#include "read/value.h"

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

void zone_value_close(zone_value *value)
{
    zone_encoding_close(&value->encoding);
    free(value->text);
    *value = (zone_value){0};
}

/* Fixed-width formats pad with blanks and can't tell blank from null; so that no answer depends on the format, blanks
 * at the end never count and a blank text is null. */
static zone_status trimmed(zone_context *ctx, zone_value *value, const char *text, const char **result)
{
    size_t length = strlen(text);
    zone_status status;

    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    *result = length ? text : NULL;
    if (length == 0 || !text[length])
        return ZONE_OK;
    if ((status = zone_grow(ctx, (void **)&value->text, &value->capacity, length + 1, 1)))
        return status;
    memmove(value->text, text, length);
    value->text[length] = '\0';
    *result = value->text;
    return ZONE_OK;
}

static zone_status decoded(zone_context *ctx, zone_value *value, const char *bytes, const char **text)
{
    const char *read = zone_encoding_decode(&value->encoding, bytes);

    *text = NULL;
    return read ? trimmed(ctx, value, read, text) : zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
}

zone_status zone_value_of_bytes(zone_context *ctx, zone_value *value, const char *bytes, size_t count,
                                const char **text)
{
    zone_status status = zone_grow(ctx, (void **)&value->text, &value->capacity, count + 1, 1);

    *text = NULL;
    if (status)
        return status;
    if (count)
        memcpy(value->text, bytes, count);
    value->text[count] = '\0';
    return decoded(ctx, value, value->text, text);
}

zone_status zone_value_of_integer(zone_context *ctx, zone_value *value, int64_t number, const char **text)
{
    zone_status status = zone_grow(ctx, (void **)&value->text, &value->capacity, 64, 1);

    *text = status ? NULL : value->text;
    if (!status)
        snprintf(value->text, 64, "%lld", (long long)number);
    return status;
}

zone_status zone_value_of_real(zone_context *ctx, zone_value *value, double number, bool single, const char **text)
{
    zone_status status = zone_grow(ctx, (void **)&value->text, &value->capacity, 64, 1);

    *text = status ? NULL : value->text;
    if (!status)
        print_real(value->text, 64, number, single);
    return status;
}

zone_status zone_value_of_field(zone_context *ctx, zone_value *value, OGRFeatureH feature, int field, const char **text)
{
    OGRFieldDefnH definition = OGR_F_GetFieldDefnRef(feature, field);
    OGRFieldType type = OGR_Fld_GetType(definition);
    zone_status status = ZONE_OK;

    *text = NULL;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return ZONE_OK;
    if (type == OFTReal)
        return zone_value_of_real(ctx, value, OGR_F_GetFieldAsDouble(feature, field),
                                  OGR_Fld_GetSubType(definition) == OFSTFloat32, text);
    if (type == OFTInteger || type == OFTInteger64)
        return zone_value_of_integer(ctx, value, OGR_F_GetFieldAsInteger64(feature, field), text);
    if (type != OFTDate && type != OFTTime && type != OFTDateTime)
        return decoded(ctx, value, OGR_F_GetFieldAsString(feature, field), text);
    status = zone_grow(ctx, (void **)&value->text, &value->capacity, 64, 1);
    if (status)
        return status;
    print_time(value->text, 64, feature, field, type);
    *text = value->text;
    return ZONE_OK;
}
