/* Partials of a run: its sums as the tables of base/partial.h. */
#ifndef ZONE_ASK_PARTIAL_H
#define ZONE_ASK_PARTIAL_H

#include "ask/cover.h"
#include "ask/keys.h"
#include "ask/methods.h"
#include "base/partial.h"

/* Most keys of a date: those of both and the coverage are the keys of a change. */
enum { ZONE_PARTIAL_CHANGES = (ZONE_KEYS_MOST - 1) / 2 };

/* What was asked. Of a change: `keys` are those before. */
typedef struct {
    const char *question, *by, *zone_by;
    zone_source *data, *zones; /* zones NULL: there are none */
    const zone_methods *methods;
    const zone_keys *keys;
    size_t zone_columns;
    const char *const *zone_column;
    bool by_plane; /* as in zone_cover */
    /* of a change */
    const char *by_new;
    zone_source *old; /* NULL: no change */
    const zone_keys *after;
} zone_partial_run;

/* A partial with its request and columns. Ownership: zone_partial_free. */
zone_status zone_partial_begin(zone_context *ctx, const zone_partial_run *run, zone_partial **partial);

/* What is known of an input beside its books. */
typedef struct {
    zone_exact whole, inside;
    zone_int128 drawn_whole, drawn_outside; /* as in zone_cover */
    zone_exact sum, repeat;                 /* in the zones */
    bool looked;
    const char *pairs;
} zone_partial_input;
void zone_partial_add_input(zone_context *ctx, zone_partial *partial, const char *role, zone_source *source,
                            const zone_books *books, const zone_partial_input *input);

void zone_partial_add_zone(zone_partial *partial, const char *label, const zone_cover_zone *zone,
                           const char *const *texts);

/* Sorts the groups and the unknown classes. */
zone_status zone_partial_add_groups(zone_context *ctx, zone_partial *partial, zone_groups *groups,
                                    const zone_methods *methods);
/* `first`: of the keys' columns in the partial. */
zone_status zone_partial_add_unknown(zone_context *ctx, zone_partial *partial, zone_keys *keys, size_t first);

/* What a cover knows of an input, its features' ids being those of the cover. */
zone_partial_input zone_partial_input_of(zone_context *ctx, const zone_cover *cover);

/* Has the source neither features nor fields, as GeoJSON without features? Then no key is looked for. */
bool zone_partial_is_bare(const zone_source *source);

/* A part of data is asked for by groups, and is not forced to anything: ZONE_BAD_USAGE. */
zone_status zone_partial_refuse(zone_context *ctx, const char *by, const char *control);

#endif
