/* Tabulated: the rows of a table from its sums, of a run or of merged parts. */
#ifndef ZONE_ASK_TABULATED_H
#define ZONE_ASK_TABULATED_H

#include "ask/keys.h"
#include "ask/methods.h"

typedef struct {
    const zone_methods *methods;
    const zone_keys *keys;
    zone_groups *groups;
    size_t zone_columns; /* 0: no zones */
    const char *const *zone_column;
    const char *const *zone_text; /* zone_columns texts a zone; a group's order is its zone */
    zone_table *table;
    /* made */
    int columns[ZONE_GROUP_SUMS]; /* of areas */
    bool *cut;                    /* by row; yours to free */
    size_t *row;                  /* of each group in the order in which they were made; yours to free */
} zone_tabulated;

/* Columns and rows of the table: zones, keys, pieces, areas. Sorts the groups. Those that hold nothing but crumbs are
 * no rows: their crumbs go to the zone's first row, so that sums stay exact. */
zone_status zone_tabulated_rows(zone_context *ctx, zone_tabulated *answer);

/* The closure lines of an answer without zones; `whole` and `repaired` are of the data of this label. */
void zone_tabulated_closure(zone_context *ctx, const zone_tabulated *answer, const char *label, zone_exact whole,
                            zone_exact repaired);

#endif
