/* Parts: partials that were read, judged and compared, and what they have in all. */
#ifndef ZONE_ASK_PARTS_H
#define ZONE_ASK_PARTS_H

#include "ask/cover_sums.h"
#include "ask/partial.h"
#include "plan/classes.h"

typedef struct {
    const char *path;
    zone_partial *partial;
    bool filled; /* with features; set by zone_part_check */
} zone_part;

/* Is it of a change? Rows of INPUTS before those of the data: the zones', the old date's. */
bool zone_part_changes(const zone_partial *partial);
size_t zone_part_wholes(const zone_partial *partial);

/* Do the cells of a partial that was read mean something, and its sums agree with each other? Errors: ZONE_BAD_FILE. */
zone_status zone_part_check(zone_context *ctx, zone_part *part);

/* Sorts the parts by their first input, so that nothing depends on the order in which they were given, and refuses with
 * ZONE_BAD_USAGE those that do not belong together, and inputs that are there twice. */
zone_status zone_parts_agree(zone_context *ctx, zone_part *parts, size_t count);

/* The first that is filled, else the first: a part without features may have no fields (GeoJSON), so it does not know
 * all columns. */
const zone_part *zone_parts_first(const zone_part *parts, size_t count);

/* The edition of classes of a row of COLUMNS; NULL: none. */
const zone_edition *zone_part_edition(const zone_partial *partial, size_t row);

/* Adds within a tenth of what 128 bits hold, so that a few sums may be added and subtracted freely. ZONE_TOO_LARGE. */
zone_status zone_part_add(zone_context *ctx, zone_exact *sum, zone_exact area);
zone_status zone_part_count(zone_context *ctx, uint64_t *sum, int64_t count);

/* Do two rows say the same? */
bool zone_part_same_cells(const zone_table *one, size_t row, const zone_table *other, size_t there);

/* ZONE_BAD_USAGE: what the part has of an item, and what the first part has. */
zone_status zone_part_differs(zone_context *ctx, const zone_part *part, const zone_part *first, const char *item,
                              const char *found, const char *expected);

/* The rows of one table of a partial, behind those of another's. */
void zone_part_copy_rows(const zone_partial *from, zone_partial_part table, zone_partial *to);

/* The inputs of all parts into `sum`: the zones' once, then the data's by label. */
zone_status zone_parts_inputs(zone_context *ctx, const zone_part *parts, size_t count, zone_partial *sum);

/* All inputs together. Texts live as long as the partial or the context's texts. */
typedef struct {
    zone_completeness data, zones, old; /* the last of a change */
    zone_exact whole, inside, sum, repeat;
    zone_int128 drawn_whole, drawn_outside; /* as in zone_cover */
    size_t filled;                          /* inputs with features that were used */
    bool looked;                            /* all of them, for overlaps */
    const char *data_pairs;                 /* of the only one that is filled */
    const char *zone_pairs;
} zone_part_totals;
zone_status zone_part_totals_of(zone_context *ctx, const zone_partial *sum, zone_part_totals *totals);

/* ZONE_EMPTY and ZONE_BAD_GEOMETRY as zone_books_refuse has them. */
zone_status zone_part_totals_refuse(zone_context *ctx, const zone_part_totals *totals, const char *path);

#endif
