/* The schema of plan files: keys and rules as data, and reading a YAML document against them with line numbers. */
#ifndef ZONE_PLAN_SCHEMA_H
#define ZONE_PLAN_SCHEMA_H

#include "plan/plan.h"

#include <yaml.h>

/* Lists of keys a mapping may have, ended by NULL. */
extern const char *const zone_schema_plan_keys[];
extern const char *const zone_schema_zone_keys[];
extern const char *const zone_schema_layer_keys[];
extern const char *const zone_schema_element_keys[];
extern const char *const zone_schema_indicator_keys[];
extern const char *const zone_schema_quota_keys[];
extern const char *const zone_schema_roles[];

/* A layout rule: its operands in order; a name that ends in * takes a list. */
typedef struct {
    const char *rule;
    const char *operands[3];
    bool tolerance;     /* needs `tolerance: 300 m` */
    const char *amount; /* key of its own number: share or angle; NULL */
} zone_schema_rule;
const zone_schema_rule *zone_schema_rule_find(const char *name);
const char *zone_schema_rule_names(zone_context *ctx); /* "closed, crosses, …" */

/* A check of sites: its keys besides rule, name, text and severity; one that ends in ! must be there. */
typedef struct {
    const char *rule;
    const char *keys[5];
    bool area, width;  /* what its limit may be: an area or a share of the site; a width */
    const char *limit; /* where none is given; NULL: it has no limit, or needs one */
} zone_schema_check;
const zone_schema_check *zone_schema_check_at(size_t index); /* NULL behind the last */
const zone_schema_check *zone_schema_check_find(const char *name);

/* A document being read. */
typedef struct {
    zone_context *ctx;
    const char *file;
    yaml_document_t document;
    char path[160]; /* where the reader stands: "zones[1].area" */
} zone_reader;

zone_status zone_reader_open(zone_context *ctx, const char *file, zone_reader *reader);
void zone_reader_close(zone_reader *reader);
yaml_node_t *zone_reader_root(zone_reader *reader);
int zone_reader_line(const yaml_node_t *node);

/* A ZONE_BAD_PLAN at a node; `key` is added to the path when not NULL. */
zone_status zone_reader_fail(zone_reader *reader, const yaml_node_t *node, const char *key, const char *what,
                             const char *found, const char *expected, const char *remedy);

/* Steps into "key" or "key[index]" and back. */
size_t zone_reader_enter(zone_reader *reader, const char *key, int index);
void zone_reader_leave(zone_reader *reader, size_t mark);

/* A mapping whose keys are all in `keys` (NULL: any) and once. */
zone_status zone_reader_mapping(zone_reader *reader, const yaml_node_t *node, const char *const *keys);
yaml_node_t *zone_reader_get(zone_reader *reader, const yaml_node_t *mapping, const char *key);

/* Scalars; `needed`: a missing key is an error. Missing otherwise leaves *text NULL. */
zone_status zone_reader_text(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                             char **text);
zone_status zone_reader_number(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                               double *number);

/* "300 m" → 300; "45 deg" → 45. Not negative; or from `least` to `most`. */
zone_status zone_reader_measure(zone_reader *reader, const yaml_node_t *mapping, const char *key, const char *unit,
                                double *number);
zone_status zone_reader_measure_between(zone_reader *reader, const yaml_node_t *mapping, const char *key,
                                        const char *unit, double least, double most, double *number);

/* A sequence of texts (or one text), appended to a list. */
zone_status zone_reader_list(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                             char ***list, size_t *count);

/* The sequence under a key; NULL and ZONE_OK when the key is missing and not needed. */
zone_status zone_reader_sequence(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                                 yaml_node_t **sequence);
size_t zone_reader_length(const yaml_node_t *sequence);
yaml_node_t *zone_reader_item(zone_reader *reader, const yaml_node_t *sequence, size_t index);

/* The sequence of mappings under a key, if it is there: an element of `size` bytes, zeroed, is added to the array for
 * each and filled by `read`. */
typedef zone_status (*zone_item_reader)(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, void *item);
zone_status zone_reader_items(zone_reader *reader, const yaml_node_t *root, const char *key, const zone_plan *plan,
                              void **array, size_t *count, size_t size, zone_item_reader read);

/* Grows an array of `count` elements by one zeroed element; NULL without memory. */
void *zone_reader_grow(zone_reader *reader, void **array, size_t *count, size_t size);

/* One of `words`; the error names them and the nearest. */
zone_status zone_reader_one_of(zone_reader *reader, const yaml_node_t *mapping, const char *key, const char *text,
                               const char *const *words);

/* Are all classes that `node` lists under `key` of this edition: codes, beginnings of codes, or one of `broads`? */
zone_status zone_reader_classes(zone_reader *reader, yaml_node_t *node, const char *key, const char *edition,
                                const char *const *broads, char *const *classes, size_t count);

/* Quotas, once zones and layers are read (plan/quotas.c); then checks of sites (plan/checks.c). */
zone_status zone_reader_quotas(zone_reader *reader, const yaml_node_t *root, zone_plan *plan);
zone_status zone_reader_checks(zone_reader *reader, const yaml_node_t *root, zone_plan *plan);

#endif
