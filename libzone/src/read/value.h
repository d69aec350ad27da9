/* Values of fields as text: the same text whatever format holds the value. */
#ifndef ZONE_READ_VALUE_H
#define ZONE_READ_VALUE_H

#include "read/encoding.h"

#include <ogr_api.h>

/* What makes texts; each thread has its own. */
typedef struct {
    zone_encoding encoding; /* of the bytes */
    char *text;             /* of the last value */
    size_t capacity;
} zone_value;
void zone_value_close(zone_value *value);

/* Each gives a text in UTF-8 that lives until the next call; NULL when blank. Errors: ZONE_NO_MEMORY. */
zone_status zone_value_of_bytes(zone_context *ctx, zone_value *value, const char *bytes, size_t count,
                                const char **text);
zone_status zone_value_of_integer(zone_context *ctx, zone_value *value, int64_t number, const char **text);
zone_status zone_value_of_real(zone_context *ctx, zone_value *value, double number, bool single, const char **text);

/* The value of a field; NULL also when it is null. */
zone_status zone_value_of_field(zone_context *ctx, zone_value *value, OGRFeatureH feature, int field,
                                const char **text);

#endif
