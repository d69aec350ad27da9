/* Fields and their roles: which field is the land class, which the stored area … by an alias dictionary. */
#ifndef ZONE_READ_FIELDS_H
#define ZONE_READ_FIELDS_H

#include "read/source.h"

/* A field of a layer: name in UTF-8. */
typedef struct {
    char *name;
    const char *type; /* GDAL's name of the type; not ours */
} zone_field;

/* The index of a field by name: as written, else without regard to case (of ASCII); -1. */
int zone_fields_find(const zone_field *fields, size_t count, const char *name);

/* The field that plays a role by the dictionary; -1. */
int zone_fields_by_role(const zone_field *fields, size_t count, zone_role role);

/* Fills roles[ZONE_ROLE_COUNT] with field indices or -1: by `wishes` ("class=地类,area=TBMJ"; NULL), else by the
 * dictionary. Errors: ZONE_BAD_USAGE (no such role), ZONE_BAD_FIELD (no such field), naming what there is. */
zone_status zone_fields_match(zone_context *ctx, const char *file, const char *layer, const zone_field *fields,
                              size_t count, const char *wishes, int *roles);

/* "DLBM, TBMJ, …" in the context's memory. */
const char *zone_fields_list(zone_context *ctx, const zone_field *fields, size_t count);

#endif
