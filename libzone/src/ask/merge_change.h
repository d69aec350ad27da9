/* Merged change: the table of both dates from the sums of parts of the new one. */
#ifndef ZONE_ASK_MERGE_CHANGE_H
#define ZONE_ASK_MERGE_CHANGE_H

#include "ask/parts_change.h"

/* Borrowed, but what is made. */
typedef struct {
    const zone_partial *first; /* what was asked */
    zone_partial *sum;         /* inputs of all parts; with a partial all its tables */
    const zone_part_totals *totals;
    const char *not_looked; /* why not all new features were looked at for overlaps; NULL: they were */
    bool by_plane;
    const zone_methods *methods;
    zone_keys *keys;     /* coverage, before, after; their unknown classes by key */
    zone_groups *groups; /* "not covered at date 2" holds all of the old date; taken over */
    const zone_covered *covered;
    const char *const *zone_column;
    const char *const *zone_text;
    zone_table *table;
    /* made; zone_merged_change_free */
    zone_transition transition;
    zone_zoning zoning;
} zone_merged_change;
void zone_merged_change_free(zone_merged_change *change);

/* Tells the keys of both dates apart. */
zone_status zone_merged_change_open(zone_context *ctx, zone_merged_change *change);

/* Columns, rows and closure lines. */
zone_status zone_merged_change_rows(zone_context *ctx, zone_merged_change *change);

/* "by=DLBM by_new=…" as the question says it. */
const char *zone_merged_change_options(zone_context *ctx, const zone_partial *first);

#endif
