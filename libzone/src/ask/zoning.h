/* Zoning: the zones of a question with the texts that name them; or none, and everything is one place. */
#ifndef ZONE_ASK_ZONING_H
#define ZONE_ASK_ZONING_H

#include "ask/groups.h"
#include "ask/layers.h"

/* Zeroed it is empty. */
typedef struct {
    zone_source *source; /* NULL: no zones */
    int *fields;
    size_t field_count; /* none: zones go by their feature id */
    zone_loaded loaded;
    zone_groups names; /* distinct texts of the fields */
    uint64_t *place;   /* of each zone: the first zone with the same texts; sorts rows */
    /* or, without a source, columns and texts that a partial has; borrowed */
    size_t told_columns;
    const char *const *told_column;
    const char *const *told_text; /* told_columns a zone */
} zone_zoning;

/* The fields that name zones: those of `by`, else the id, else the name, else none (the feature id). *fields is the
 * caller's (free). Errors: ZONE_BAD_FIELD, ZONE_BAD_USAGE (a field twice, a name missing, too many). */
zone_status zone_zoning_fields(zone_context *ctx, const zone_source *source, const char *by, int **fields,
                               size_t *count);

/* `by` NULL: the id of the zones, else their name, else their feature id. Zones come in the CRS `crs`. Errors:
 * ZONE_BAD_FIELD, ZONE_BAD_CRS, ZONE_EMPTY, ZONE_BAD_GEOMETRY, ZONE_BAD_USAGE (too many fields). */
zone_status zone_zoning_open(zone_context *ctx, zone_source *source, const char *by, const zone_crs *crs,
                             zone_projection *projection, zone_zoning *zoning);
void zone_zoning_close(zone_zoning *zoning);

/* Columns of a table that name a zone; 0 without zones. */
size_t zone_zoning_columns(const zone_zoning *zoning);
const char *zone_zoning_column(const zone_zoning *zoning, size_t column);

/* Text of a column for a place; "" for null. Feature ids are printed into `id`. */
const char *zone_zoning_text(const zone_zoning *zoning, uint64_t place, size_t column, char id[32]);

#endif
