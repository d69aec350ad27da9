/* Sources: any vector data that GDAL reads, streamed as batches in the data's drawing plane. */
#ifndef ZONE_READ_SOURCE_H
#define ZONE_READ_SOURCE_H

#include "base/batch.h"
#include "read/crs.h"

/* What a field is for. The alias dictionary (read/fields.c) maps names such as DLBM, YDYHFLDM, GHDLDM to roles. */
typedef enum {
    ZONE_ROLE_ID,          /* BSM, XMBH, id … */
    ZONE_ROLE_NAME,        /* name, MC, XMMC … */
    ZONE_ROLE_CLASS,       /* DLBM, YDYHFLDM, GHDLDM, GHDLBM, YDDM … */
    ZONE_ROLE_AREA,        /* stored area: TBMJ, YJJBNTTBMJ, JBNTTBMJ, MJ … */
    ZONE_ROLE_NET_AREA,    /* TBDLMJ, YJJBNTMJ … */
    ZONE_ROLE_RIDGE,       /* KCXS, TKXS: fraction, or percent (found from the values) */
    ZONE_ROLE_RIDGE_AREA,  /* KCMJ */
    ZONE_ROLE_RIDGE_CLASS, /* KCDLBM */
    ZONE_ROLE_PLACE,       /* ZLDWDM: unit where it lies */
    ZONE_ROLE_STATE,
    ZONE_ROLE_CLAIMED,
    ZONE_ROLE_TERM,
    ZONE_ROLE_KIND,
    ZONE_ROLE_OWNER,
    ZONE_ROLE_PRIORITY,
    ZONE_ROLE_SUPPLY,
    ZONE_ROLE_COUNT
} zone_role;

const char *zone_role_name(zone_role role); /* "id", "class" …: the words of zone_source_options.fields */

/* The layers of `data`, each as "path:layer" ready for zone_source_open: the one that it names, else those that have
 * geometry. *layers is NULL-terminated; give it back to zone_source_layers_free. Errors: as zone_source_open. */
zone_status zone_source_layers(zone_context *ctx, const char *data, const zone_source_options *options, char ***layers,
                               size_t *count);
void zone_source_layers_free(char **layers);

/* What is known of an open source; borrowed, lives as long as the source. */
const char *zone_source_path(const zone_source *source);  /* as the user gave it */
const char *zone_source_layer(const zone_source *source); /* layer name */
const char *zone_source_label(const zone_source *source); /* "path:layer" */
const char *zone_source_driver(const zone_source *source);
zone_invalid zone_source_invalid(const zone_source *source);
const char *zone_source_classes(const zone_source *source);  /* edition of its class codes as it was given; NULL */
const char *zone_source_encoding(const zone_source *source); /* "GBK (by .cpg)", "UTF-8 (the format's own)" */
const zone_crs *zone_source_crs(const zone_source *source);
int zone_source_decimals(const zone_source *source);     /* of its coordinates, where it is a text file; 0: not known */
zone_shape zone_source_shape(const zone_source *source); /* of the layer; NONE when mixed or not known */
int64_t zone_source_count(const zone_source *source);    /* features, -1 when the driver can't say quickly */
bool zone_source_extent(const zone_source *source, double extent[4]); /* west south east north in its own CRS */

size_t zone_source_field_count(const zone_source *source);
const char *zone_source_field_name(const zone_source *source, size_t field);
const char *zone_source_field_type(const zone_source *source, size_t field); /* OGR's name of the type */
int zone_source_field_find(const zone_source *source, const char *name);     /* case-insensitive; -1 */
int zone_source_role(const zone_source *source, zone_role role);             /* field index that plays the role, -1 */
double zone_source_ridge_scale(zone_source *source); /* 1 where coefficients are fractions, 0.01 where percent */

/* XXH3-128 of the data set's files in name order, as "xxh3:…" (32 hex digits); "" for data sets without files. */
const char *zone_source_hash(zone_context *ctx, zone_source *source);

/* Asks GDAL which files these are, so that another thread may hash them while this source is read. */
void zone_source_list_files(zone_source *source);

/* Splits "a, b" and finds each field. Errors: ZONE_BAD_FIELD naming what there is. *fields is the caller's (free). */
zone_status zone_source_find_fields(zone_context *ctx, const zone_source *source, const char *names, int **fields,
                                    size_t *count);

/* From now on vertices come in the CRS `target` (borrowed until the source is closed). Refused with ZONE_BAD_CRS where
 * PROJ knows only a ballpark shift between the datums. NULL or the same CRS: nothing changes. */
zone_status zone_source_project(zone_context *ctx, zone_source *source, const zone_crs *target);

/* Reading. zone_source_rewind starts over and fixes which fields come along and how many features a batch has (0:
 * 4096). zone_source_next clears `batch` and fills it; an empty batch is the end. Invalid areas are treated by the
 * source's policy and say so in state, reason and area_change (how they are repaired: read/geos.h). Coordinates that
 * are not finite, geometry of another kind than `shape` (ZONE_SHAPE_NONE: any) and empty geometry are REJECTED
 * features. With `as_drawn` no validity is judged, no repair is made (for validate); a ring that is not closed still
 * has its reason, for the batch can't show it.
 * Texts are the same whatever the format: UTF-8, numbers as the shortest decimal that means them, dates ISO 8601,
 * blanks at the end left out, blank is NULL.
 * Errors: ZONE_BAD_FILE with the feature's ordinal where the file is broken or ends too soon, ZONE_BAD_CRS where
 * coordinates do not fit, ZONE_BAD_GEOMETRY (policy refuse), ZONE_CANCELLED; then the batch is empty. */
typedef struct {
    const int *fields;
    size_t field_count;
    size_t batch_size;
    zone_shape shape;
    bool as_drawn;
} zone_request;
zone_status zone_source_rewind(zone_context *ctx, zone_source *source, const zone_request *request);
zone_status zone_source_next(zone_context *ctx, zone_source *source, zone_batch *batch);

/* Reads a whole layer into one batch. */
zone_status zone_source_read(zone_context *ctx, zone_source *source, const zone_request *request, zone_batch *batch);

#endif
