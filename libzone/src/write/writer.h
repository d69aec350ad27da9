/* What the writers share: a sink that remembers failure, and a table's cells as finished texts. */
#ifndef ZONE_WRITE_WRITER_H
#define ZONE_WRITE_WRITER_H

#include "base/arena.h"
#include "base/table.h"
#include "base/units.h"

/* A word of a table and what it is in the writer's language; the catalogue is long, and tables have a million words. */
typedef struct {
    const char *english, *words;
} zone_known_word;
enum { ZONE_KNOWN_WORDS = 64 };

typedef struct {
    zone_context *ctx;
    zone_sink sink;
    void *user;
    bool failed;
    const zone_unit *unit;
    int decimals; /* of areas */
    zone_language language;
    zone_known_word known[ZONE_KNOWN_WORDS]; /* at the place that the word's bytes give */
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

/* What people are shown (text, workbooks, reports). A key is put in the language of the writer; it lives as long as
 * that. A heading is a column's words, its number among those of one name, and its unit, with nothing in it that a
 * terminal would act on: fields may have any name. A word is the value, translated where it is a key. The line of
 * totals says "total" under the first column. */
const char *zone_shown_key(zone_writer *writer, const char *english);
enum { ZONE_SHOWN = 2048 };
const char *zone_shown_heading(zone_writer *writer, const zone_table *table, const zone_cells *cells, size_t column,
                               char text[ZONE_SHOWN]);
const char *zone_shown_word(zone_writer *writer, const zone_table *table, size_t column, const char *value);
const char *zone_shown_total(const zone_writer *writer, const zone_cells *cells, size_t column);

/* The first `count` bytes of a text as XML holds it, in elements and attributes; U+FFFD for broken UTF-8 and for what
 * XML can't hold. They end between characters. */
void zone_writer_put_xml(zone_writer *writer, const char *text, size_t count);

/* The end of the run of findings from `from` on that have the key of the row: both tables' first columns. */
size_t zone_cells_findings(const zone_cells *rows, size_t row, const zone_cells *findings, size_t from);

/* The sections that are written, in their order; ended by a NULL title. Geometries are layers. */
typedef struct {
    zone_section section;
    const char *title; /* English key, and the member of JSON */
    bool fine;         /* small areas beside the table: six decimals, so that no residual is rounded to nothing */
} zone_section_text;
extern const zone_section_text zone_section_texts[];

/* nested: without findings and ledger, which stand elsewhere. */
void zone_write_text(zone_writer *writer, const zone_table *table, zone_parts parts, bool nested);
void zone_write_csv(zone_writer *writer, const zone_table *table);
void zone_write_json(zone_writer *writer, const zone_table *table, zone_parts parts);
void zone_write_jsonl(zone_writer *writer, const zone_table *table);
/* A table with geometries as 国土TXT. Errors: ZONE_CANNOT_WRITE (a reference system that the format has no words for).
 */
zone_status zone_write_txt(zone_context *ctx, const zone_table *table, size_t geometry, const char *path);
void zone_write_xlsx(zone_writer *writer, const zone_table *table, zone_parts parts);
void zone_write_junit(zone_writer *writer, const zone_table *table);
void zone_write_partial(zone_writer *writer, const zone_partial *partial);

#endif
