/* What the writers share: a sink that remembers failure, and a table's cells as finished texts. */
#ifndef ZONE_WRITE_WRITER_H
#define ZONE_WRITE_WRITER_H

#include "base/arena.h"
#include "base/table.h"
#include "base/units.h"

typedef struct {
    zone_context *ctx;
    zone_sink sink;
    void *user;
    bool failed;
    const zone_unit *unit;
    int decimals; /* of areas */
    zone_language language;
} zone_writer;

/* Writes a file by what `produce` gives to its sink: beside its target first, renamed when whole. */
typedef zone_status (*zone_producer)(void *user, zone_sink sink, void *to);
zone_status zone_file_write(zone_context *ctx, const char *path, zone_producer produce, void *user);

/* Bytes to the sink; after a failure nothing more. */
void zone_writer_put(zone_writer *writer, const char *text);
void zone_writer_put_bytes(zone_writer *writer, const char *bytes, size_t count);

/* The cells of a table as texts, row by row: "" for empty cells. Areas are rounded together here, and nowhere else.
 * label: the names of the columns for machines, in UTF-8, areas with their unit as suffix. total: a text a column for
 * those that add, else NULL. */
typedef struct {
    const char **cell; /* of the table, or in `texts` */
    zone_arena texts;
    char **label;
    char **total;
    bool totals; /* some column adds and there are rows */
    size_t rows, columns;
    const zone_unit **unit; /* of each area column (an adjusted one keeps its own) */
} zone_cells;
zone_status zone_cells_make(zone_writer *writer, const zone_table *table, zone_cells *cells);
void zone_cells_free(zone_cells *cells);
const char *zone_cells_at(const zone_cells *cells, size_t row, size_t column);

void zone_write_text(zone_writer *writer, const zone_table *table, zone_parts parts);
void zone_write_csv(zone_writer *writer, const zone_table *table);
void zone_write_json(zone_writer *writer, const zone_table *table, zone_parts parts);
void zone_write_jsonl(zone_writer *writer, const zone_table *table);
/* A table with geometries as 国土TXT. Errors: ZONE_CANNOT_WRITE (a reference system that the format has no words for).
 */
zone_status zone_write_txt(zone_context *ctx, const zone_table *table, size_t geometry, const char *path);
void zone_write_partial(zone_writer *writer, const zone_partial *partial);

#endif
