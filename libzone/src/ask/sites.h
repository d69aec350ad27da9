/* Sites: the red lines of a batch, from any number of sources, in the plan's plane. */
#ifndef ZONE_ASK_SITES_H
#define ZONE_ASK_SITES_H

#include "ask/layers.h"

/* What is read of a site beside its geometry: the texts of its roles, in this order. */
typedef enum {
    ZONE_SITE_ID,
    ZONE_SITE_NAME,
    ZONE_SITE_KIND,
    ZONE_SITE_CLAIMED,
    ZONE_SITE_TERM,
    ZONE_SITE_OWNER,
    ZONE_SITE_PRIORITY,
    ZONE_SITE_SUPPLY,
    ZONE_SITE_WORDS
} zone_site_word;

/* Zeroed it is empty. */
typedef struct {
    zone_batch batch; /* fields: zone_site_word. What can't be read is a rejected feature with its reason */
    char **key;       /* of each: its id, else its name, else "#number"; numbered where it is taken */
    bool *twin;       /* its id (without one: its name) is that of another site */
    bool *nameless;   /* its id or its name is missing */
    size_t key_capacity, twin_capacity, nameless_capacity;
    zone_books *books; /* of each source */
    char **label;      /* of each source: what its books are called */
    size_t source_count, books_capacity, label_capacity;
    zone_table *notes; /* provenance of the sources; NULL: none yet */
} zone_sites;

void zone_sites_free(zone_sites *sites);

/* All features of a source behind those that are there, brought to `crs`. Tells in the log which field plays which
 * role. Errors: as reading has them; then the sites are those of before. */
zone_status zone_sites_add_source(zone_context *ctx, zone_sites *sites, zone_source *source, const zone_crs *crs);

/* Data by name: a file, a directory, a pattern (read/paths.h). What can't be opened or read is a site of its own that
 * says why, so that one broken file stops no batch. Errors: ZONE_NO_MEMORY, ZONE_CANCELLED, ZONE_BAD_USAGE (options).
 */
zone_status zone_sites_add(zone_context *ctx, zone_sites *sites, const char *data, const zone_source_options *options,
                           const zone_crs *crs);

/* Gives each site its key; once all are there. */
zone_status zone_sites_name(zone_context *ctx, zone_sites *sites);

/* The text of a word; NULL when there is none. */
const char *zone_site_text(const zone_sites *sites, size_t site, zone_site_word word);

/* The site with this key; the number of sites when there is none. */
size_t zone_sites_find(const zone_sites *sites, const char *key);

/* Completeness of every source; provenance rows of them all. */
void zone_sites_add_books(const zone_sites *sites, zone_table *table);
void zone_sites_add_notes(const zone_sites *sites, zone_table *table);

#endif
