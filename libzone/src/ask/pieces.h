/* Pieces: the geometries behind the rows of an answer, a table of their own. Kept only when they are asked for. */
#ifndef ZONE_ASK_PIECES_H
#define ZONE_ASK_PIECES_H

#include "base/table.h"
#include "read/clip.h"
#include "read/crs.h"

/* Zeroed it is empty, and keeps nothing. */
typedef struct {
    zone_clip *clip;
    zone_table *table; /* NULL: pieces were not asked for */
    const char *method;
    int area, method_column, geometry; /* columns */
    size_t *group;                     /* of each piece: `made` of the group of rows that it belongs to */
    size_t count, capacity;
    uint64_t bytes; /* that they take in memory */
    uint64_t empty;
} zone_pieces;

/* Next come the columns of the question in `pieces->table`, then zone_pieces_columns. The method's name is borrowed. */
zone_status zone_pieces_open(zone_context *ctx, const char *question, const char *method, zone_pieces *pieces);
void zone_pieces_columns(zone_pieces *pieces, const zone_crs *crs);
void zone_pieces_close(zone_pieces *pieces);

/* A piece of `group` with what the clip holds: a row, whose own columns are set next. ZONE_TOO_LARGE beyond the budget
 * of the context. */
zone_status zone_pieces_add(zone_context *ctx, zone_pieces *pieces, size_t group, zone_exact area, size_t *row);

/* Ties the pieces to the rows of an answer (row[made] is the row of a group) by its column `area`, and makes them its
 * section. Tells in the log which have no geometry. */
zone_status zone_pieces_finish(zone_context *ctx, zone_pieces *pieces, zone_table *table, int area, const size_t *row);

#endif
