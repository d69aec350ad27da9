/* Keys: what rows are grouped by. Fields as they are, or the level of a field of class codes: "DLBM:first",
 * "DLBM:broad", "DLBM:name", by the edition of the source or by one that is named: "DLBM:broad@survey-2019". */
#ifndef ZONE_ASK_KEYS_H
#define ZONE_ASK_KEYS_H

#include "ask/groups.h"
#include "base/batch.h"
#include "base/table.h"
#include "plan/classes.h"
#include "read/source.h"

enum { ZONE_KEYS_MOST = 64 };

typedef enum { ZONE_KEY_VALUE, ZONE_KEY_FIRST, ZONE_KEY_BROAD, ZONE_KEY_NAME } zone_key_level;

typedef struct {
    char *name; /* of the column: DLBM, DLBM_first */
    zone_key_level level;
    const zone_edition *edition; /* NULL: the codes mean nothing here */
    zone_class class;            /* of the last text */
    char first[3];
} zone_key;

/* Zeroed it is empty. */
typedef struct {
    int *fields; /* for the request; text i of a feature belongs to key i */
    size_t count;
    zone_key key[ZONE_KEYS_MOST];
    zone_groups unknown; /* codes that their edition does not have */
} zone_keys;

/* Errors: ZONE_BAD_FIELD; ZONE_BAD_USAGE for an unknown level or edition, a level without an edition, and a name that
 * is missing or there twice. */
zone_status zone_keys_open(zone_context *ctx, const zone_source *source, const char *by, zone_keys *keys);
/* ZONE_BAD_USAGE that names the option when a name between commas is missing. */
zone_status zone_keys_names(zone_context *ctx, const char *option, const char *names);
void zone_keys_close(zone_keys *keys);

void zone_keys_columns(zone_table *table, const zone_keys *keys);

/* The texts of a feature; they live until the next call. A code that its edition does not have keeps its first two
 * digits on the first level, is "unknown" in the broad one, and is its own name. */
void zone_keys_texts(zone_keys *keys, const zone_batch *batch, size_t feature, const char *texts[ZONE_KEYS_MOST]);

/* Counts the unknown codes of a batch; once for each batch. */
zone_status zone_keys_count(zone_context *ctx, zone_keys *keys, const zone_batch *batch);

/* Provenance rows: the editions that were used, and the unknown codes with how many features have them. */
void zone_keys_provenance(zone_context *ctx, zone_keys *keys, zone_table *table);

#endif
