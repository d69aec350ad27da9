/* Transition: sums by place, keys before and keys after, with the land that only one date covers; as rows of a table
 * of which both margins tie. */
#ifndef ZONE_ASK_TRANSITION_H
#define ZONE_ASK_TRANSITION_H

#include "ask/keys.h"
#include "ask/methods.h"
#include "ask/zoning.h"

/* Which dates cover a piece. The last is of partials only: pieces, without sums, of old features in zones in which only
 * the edge model of the method has them; they count as not covered at date 2. */
typedef enum { ZONE_BOTH_DATES, ZONE_NOT_AT_1, ZONE_NOT_AT_2, ZONE_BESIDE } zone_dates;

/* Of a group of a transition, whose first text of the key it is. */
zone_dates zone_transition_dates(const zone_group *group);
const char *zone_transition_date_key(zone_dates dates);

/* Zeroed it is empty. */
typedef struct {
    zone_keys before, after;
    zone_groups groups;                   /* key: dates, keys before, keys after */
    zone_exact sum[ZONE_NOT_AT_2 + 1];    /* of the rows by the asked method, once they are filled */
    int columns[ZONE_GROUP_SUMS], pieces; /* of the table */
    size_t last;                          /* `made` of the group that was added to last */
    size_t *row;                          /* of each group by `made`, once they are filled */
} zone_transition;

/* `by` and `by_new` as zone_area_options.by; by_new NULL: by. Errors: those of zone_keys_open, and ZONE_BAD_USAGE when
 * there are no fields or not as many at both dates. */
zone_status zone_transition_open(zone_context *ctx, const zone_source *old, const zone_source *new, const char *by,
                                 const char *by_new, zone_transition *transition);
void zone_transition_close(zone_transition *transition);

/* The group of these keys, made when there is none; `before` or `after` NULL as below. */
zone_status zone_transition_find(zone_context *ctx, zone_transition *transition, uint64_t place,
                                 const char *const *before, const char *const *after, size_t *index);

/* Counts a piece of ZONE_BESIDE. */
zone_status zone_transition_beside(zone_context *ctx, zone_transition *transition, uint64_t place,
                                   const char *const *before);

/* Adds an area; `before` NULL: not covered at date 1, `after` NULL: not covered at date 2. It counts as a piece when
 * the asked method (0) says so (zone_piece_counts). */
zone_status zone_transition_add(zone_context *ctx, zone_transition *transition, uint64_t place,
                                const char *const *before, const char *const *after, size_t method, zone_exact area);

/* Columns of place, keys and coverage, as the table of pieces has them too; and their texts for the group that was
 * added to last. Returns the column behind them. */
int zone_transition_key_columns(zone_context *ctx, const zone_transition *transition, const zone_zoning *zoning,
                                zone_table *table);
int zone_transition_set_keys(const zone_transition *transition, const zone_zoning *zoning, zone_table *table,
                             size_t row);

/* Adds the columns, and the rows: by place, dates, keys. What holds nothing but crumbs is no row: its crumbs go to
 * other rows of the place, so that the sums of each class stay as they are at both dates; only where there are no such
 * rows is it one. */
void zone_transition_columns(zone_context *ctx, zone_transition *transition, const zone_zoning *zoning,
                             const zone_methods *methods, zone_table *table);
zone_status zone_transition_rows(zone_context *ctx, zone_transition *transition, const zone_zoning *zoning,
                                 const zone_methods *methods, zone_table *table);

#endif
