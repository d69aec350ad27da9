/* The table: what every question answers and every writer writes. Typed columns, rows, sections. */
#ifndef ZONE_BASE_TABLE_H
#define ZONE_BASE_TABLE_H

#include "base/context.h"
#include "base/exact.h"

/* How a column behaves. `adds`: its cells are parts of a whole, so they are rounded together (largest remainder) and a
 * total is printed. `ties`: the cells of each group are parts of a whole of its own, so they are rounded together group
 * by group, and there is no total of all. `between` is for accounts: opening, drawn, balance tie in every row, and the
 * balance of a row with the opening of the next. Other columns are rounded one by one. */
typedef struct {
    const char *name;    /* machine name; an area column prints as name_unit ("area" → "area_m2") */
    const char *heading; /* English key of the catalogue for people; NULL: the name */
    zone_column_type type;
    int decimals;     /* of REAL; of the coordinates of GEOMETRY, 0: as many as they have */
    bool adds;        /* AREA or INTEGER: has a total; rounded with the others of the column */
    bool ties;        /* AREA: rounded with the others of its group */
    bool between;     /* AREA: prints as what stands left of it less what stands right of it, as those print */
    bool verdict;     /* TEXT whose cells are English keys ("met", "unmet" …): translated for people */
    const char *unit; /* of REAL, shown with the heading ("m"); NULL */
    const char *crs;  /* of GEOMETRY: its reference system, "EPSG:4549" or WKT */
    const char
        *encoding; /* of GEOMETRY: of the texts beside it where the format leaves a choice, a constant; NULL: UTF-8 */
    const char *role; /* word of the role that a field of data plays ("id", "name"), a constant; NULL */
    int twin;         /* set by the table: 2 for the second of a name ("area_2"), 0 for the first */
} zone_column;

/* Building. A table that ran out of memory remembers it; zone_table_finish reports it, so the calls between return
 * nothing. Cells are empty until set. Texts are copied. */
zone_table *zone_table_create(const char *question); /* NULL when memory is short; all calls accept NULL */
/* The column gets a number behind its name where that is taken, or would be in some unit ("area_m2" and an area column
 * "area"): names are keys. Returns its number. */
int zone_table_add_column(zone_table *table, zone_column column);
size_t zone_table_add_row(zone_table *table);
void zone_table_set_text(zone_table *table, size_t row, int column, const char *text); /* NULL: leaves it empty */
void zone_table_set_integer(zone_table *table, size_t row, int column, int64_t value);
void zone_table_set_real(zone_table *table, size_t row, int column, double value); /* not finite: empty */
void zone_table_set_area(zone_table *table, size_t row, int column, zone_exact area);
void zone_table_set_geometry(zone_table *table, size_t row, int column, const unsigned char *wkb, size_t size);

/* A cell of its own unit and decimals (declared figures) goes into a TEXT column through zone_exact_print. */

/* Rows of equal text in this column are a group: parts tie within the group, groups tie in the table. -1: none. */
void zone_table_set_group(zone_table *table, int column);

/* The integers (of 10^-decimals of `unit`) which 平差 gave to an area column: they are printed as they are in that unit
 * instead of being rounded. `values` has a value a row and is copied. */
struct zone_unit;
void zone_table_set_adjusted(zone_table *table, int column, const struct zone_unit *unit, int decimals,
                             const zone_int128 *values);

/* Makes a finished table of its own a section, which the table owns. */
void zone_table_set_section(zone_table *table, zone_section section, zone_table *part);
/* What the table is made of, for writing and merging (base/partial.h); becomes the table's. NULL when it has none. */
typedef struct zone_partial zone_partial;
void zone_table_set_partial(zone_table *table, zone_partial *partial);
const zone_partial *zone_table_partial(const zone_table *table);

/* Did a call since zone_table_create run out of memory? */
bool zone_table_failed(const zone_table *table);

/* The section (created empty on first call). */
zone_table *zone_table_section_create(zone_table *table, zone_section section);

void zone_table_section_columns(zone_table *section, zone_section kind);

/* A title for people, English key or a finished text. Of a section with geometries it is the name of its layer, where
 * that is not "shapes" or "pieces". */
void zone_table_set_title(zone_table *table, const char *title);
void zone_table_set_verdict(zone_table *table, zone_status verdict);

/* ZONE_OK and *out = table, or frees it and fails with ZONE_NO_MEMORY / ZONE_TOO_LARGE. */
zone_status zone_table_finish(zone_context *ctx, zone_table *table, zone_table **out);

/* Reading, beyond zone.h (for writers). */
const char *zone_table_question(const zone_table *table);
const char *zone_table_title(const zone_table *table);
bool zone_table_judged(const zone_table *table); /* was a verdict set? */
const zone_column *zone_table_column(const zone_table *table, size_t column);
int zone_table_group(const zone_table *table);
zone_exact zone_table_area(const zone_table *table, size_t row, size_t column);
zone_exact zone_table_total(const zone_table *table, size_t column); /* of an AREA column: exact sum */

/* All cells of an area column rounded for print: rounded[row] integers of 10^-decimals of unit, *total theirs; ties by
 * group. `rounded` has zone_table_row_count elements; empty cells give 0. Adjusted columns return their integers. */
zone_status zone_table_round(zone_context *ctx, const zone_table *table, size_t column, const struct zone_unit *unit,
                             int decimals, zone_int128 *rounded, zone_int128 *total);

/* Ties the areas of parts to the rows that they are parts of: part p belongs to row[p]. What zone_table_round gives a
 * row in `unit` and `decimals` is spread over its parts by largest remainder, and they keep these integers. */
zone_status zone_table_tie_parts(zone_context *ctx, const zone_table *table, size_t column, zone_table *parts,
                                 int part_column, const size_t *row, const struct zone_unit *unit, int decimals);

/* Has it areas that are rounded together? Then it may say that parts tie. */
bool zone_table_ties(const zone_table *table);

/* The integers of 平差 when the column has some and is asked for in their own unit: copies them and their sum. */
bool zone_table_adjusted(const zone_table *table, size_t column, const struct zone_unit *unit, int decimals,
                         zone_int128 *values, zone_int128 *total);

/* Unit and decimals in which a column was adjusted; NULL when it was not. */
const struct zone_unit *zone_table_adjusted_unit(const zone_table *table, size_t column, int *decimals);

/* Provenance and completeness rows have fixed columns; these make them. */
void zone_table_add_provenance(zone_table *table, const char *item, const char *value);

typedef struct {
    const char *input; /* path[:layer] as the user gave it */
    uint64_t features; /* in */
    uint64_t used;     /* as they were */
    uint64_t repaired; /* used after repair */
    uint64_t rejected;
    uint64_t outside; /* used, but touching nothing that was asked about: a part of used/repaired, shown apart */
    zone_exact repaired_change; /* area after - before repair, summed */
    const char *first_repaired; /* "12 (Self-intersection at 1 2), …": first ids, "" if none */
    const char *first_rejected;
    const char *first_outside;
} zone_completeness;
void zone_table_add_completeness(zone_table *table, const zone_completeness *row);

/* One line of closure: item is an English key ("whole", "sum of parts", "residual", "outside every zone", "gap",
 * "counted more than once", "repaired", "edge model", "rounding"). `detail` names places or pairs. */
void zone_table_add_closure(zone_table *table, const char *item, const char *of, zone_exact area, const char *detail);
/* The same of numbers of points. A closure is of one or of the other. */
void zone_table_add_point_closure(zone_table *table, const char *item, const char *of, int64_t points,
                                  const char *detail);

#endif
