/* The table: typed columns that grow row by row, ties, sections. */
#include "base/arena.h"
#include "base/partial.h"
#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t size;
    unsigned char byte[];
} table_bytes;

typedef struct {
    zone_column spec;
    bool *filled;
    const char **text; /* in the table's arena */
    int64_t *integer;
    double *real;
    zone_exact *area;
    table_bytes **geometry;         /* in the table's arena */
    const zone_unit *adjusted_unit; /* not NULL: adjusted holds the integers of 平差 */
    int adjusted_decimals;
    zone_int128 *adjusted;
} table_column;

struct zone_table {
    char *question, *title;
    table_column *columns;
    size_t column_count, row_count, row_capacity;
    int group;
    zone_status verdict;
    bool judged;
    zone_status failed; /* the first failure while building */
    zone_table *sections[ZONE_SECTION_COUNT];
    zone_arena texts; /* and geometries of cells */
    zone_partial *partial;
};

/* ---------------------------------------------------------------- building */

static char *copy(zone_table *table, const char *text)
{
    char *made = text ? strdup(text) : NULL;

    if (text && !made)
        table->failed = ZONE_NO_MEMORY;
    return made;
}

zone_table *zone_table_create(const char *question)
{
    zone_table *table = calloc(1, sizeof *table);

    if (!table)
        return NULL;
    table->group = -1;
    table->question = copy(table, question);
    return table;
}

static void free_column(table_column *column)
{
    free((char *)(uintptr_t)column->spec.name);
    free((char *)(uintptr_t)column->spec.heading);
    free((char *)(uintptr_t)column->spec.unit);
    free((char *)(uintptr_t)column->spec.crs);
    free(column->filled);
    free(column->text);
    free(column->integer);
    free(column->real);
    free(column->area);
    free(column->geometry);
    free(column->adjusted);
}

void zone_table_free(zone_table *table)
{
    if (!table)
        return;
    for (int s = 0; s < ZONE_SECTION_COUNT; s++)
        zone_table_free(table->sections[s]);
    zone_partial_free(table->partial);
    for (size_t c = 0; c < table->column_count; c++)
        free_column(&table->columns[c]);
    zone_arena_free(&table->texts);
    free(table->columns);
    free(table->question);
    free(table->title);
    free(table);
}

/* Grows what a column of its type needs from `from` to `to` rows; new cells are empty. */
static bool grow_column(table_column *column, size_t from, size_t to)
{
    struct {
        void **array;
        size_t size;
    } parts[] = {{(void **)&column->filled, sizeof(bool)}, {NULL, 0}};

    switch (column->spec.type) {
    case ZONE_COLUMN_TEXT:
        parts[1].array = (void **)&column->text;
        parts[1].size = sizeof(char *);
        break;
    case ZONE_COLUMN_INTEGER:
        parts[1].array = (void **)&column->integer;
        parts[1].size = sizeof(int64_t);
        break;
    case ZONE_COLUMN_REAL:
        parts[1].array = (void **)&column->real;
        parts[1].size = sizeof(double);
        break;
    case ZONE_COLUMN_AREA:
        parts[1].array = (void **)&column->area;
        parts[1].size = sizeof(zone_exact);
        break;
    case ZONE_COLUMN_GEOMETRY:
        parts[1].array = (void **)&column->geometry;
        parts[1].size = sizeof(table_bytes *);
        break;
    }
    for (int p = 0; p < 2; p++) {
        void *grown = realloc(*parts[p].array, to * parts[p].size);
        if (!grown)
            return false;
        memset((char *)grown + from * parts[p].size, 0, (to - from) * parts[p].size);
        *parts[p].array = grown;
    }
    return true;
}

/* Does an area column print as `name` in some unit? */
static bool prints_as(const zone_column *spec, const char *name)
{
    size_t length = strlen(spec->name);

    if (spec->type != ZONE_COLUMN_AREA || strncmp(spec->name, name, length) != 0 || name[length] != '_')
        return false;
    for (size_t i = 0; zone_unit_at(i); i++)
        if (strcmp(name + length + 1, zone_unit_at(i)->name) == 0)
            return true;
    return false;
}

static bool is_taken(const zone_table *table, const zone_column *spec)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const zone_column *other = &table->columns[c].spec;
        if (strcmp(other->name, spec->name) == 0)
            return true;
        if (other->type != spec->type && (prints_as(other, spec->name) || prints_as(spec, other->name)))
            return true;
    }
    return false;
}

/* The column's name, numbered until no other column has it. */
static char *own_name(zone_table *table, zone_column *spec)
{
    const char *given = spec->name;
    size_t size = strlen(given) + 16;
    char *name = malloc(size);

    if (!name) {
        table->failed = ZONE_NO_MEMORY;
        return NULL;
    }
    snprintf(name, size, "%s", given);
    spec->name = name;
    for (spec->twin = 0; is_taken(table, spec);) {
        spec->twin = spec->twin ? spec->twin + 1 : 2;
        snprintf(name, size, "%s_%d", given, spec->twin);
    }
    return name;
}

int zone_table_add_column(zone_table *table, zone_column spec)
{
    if (!table || table->failed)
        return -1;
    table_column *grown = realloc(table->columns, (table->column_count + 1) * sizeof *grown);
    if (!grown) {
        table->failed = ZONE_NO_MEMORY;
        return -1;
    }
    table->columns = grown;
    table_column *column = &grown[table->column_count];
    memset(column, 0, sizeof *column);
    column->spec = spec;
    column->spec.name = own_name(table, &column->spec);
    column->spec.heading = copy(table, spec.heading);
    column->spec.unit = copy(table, spec.unit);
    column->spec.crs = copy(table, spec.crs);
    if (table->row_capacity && !grow_column(column, 0, table->row_capacity))
        table->failed = ZONE_NO_MEMORY;
    return (int)table->column_count++;
}

size_t zone_table_add_row(zone_table *table)
{
    if (!table || table->failed)
        return 0;
    if (table->row_count == table->row_capacity) {
        size_t capacity = table->row_capacity ? 2 * table->row_capacity : 16;
        for (size_t c = 0; c < table->column_count; c++)
            if (!grow_column(&table->columns[c], table->row_capacity, capacity)) {
                table->failed = ZONE_NO_MEMORY;
                return 0;
            }
        table->row_capacity = capacity;
    }
    return table->row_count++;
}

/* The cell's column if it can be set, marked as filled. */
static table_column *cell_to_set(zone_table *table, size_t row, int column, zone_column_type type)
{
    if (!table || table->failed || column < 0 || (size_t)column >= table->column_count || row >= table->row_count ||
        table->columns[column].spec.type != type)
        return NULL;
    table->columns[column].filled[row] = true;
    return &table->columns[column];
}

void zone_table_set_text(zone_table *table, size_t row, int column, const char *text)
{
    table_column *cell = text ? cell_to_set(table, row, column, ZONE_COLUMN_TEXT) : NULL;

    if (!cell)
        return;
    /* Rows in order have much in common with the row before. */
    if (row > 0 && cell->text[row - 1] && strcmp(cell->text[row - 1], text) == 0)
        cell->text[row] = cell->text[row - 1];
    else
        cell->text[row] = zone_arena_copy(NULL, &table->texts, text);
    if (!cell->text[row])
        table->failed = ZONE_NO_MEMORY;
}

void zone_table_set_integer(zone_table *table, size_t row, int column, int64_t value)
{
    table_column *cell = cell_to_set(table, row, column, ZONE_COLUMN_INTEGER);

    if (cell)
        cell->integer[row] = value;
}

void zone_table_set_real(zone_table *table, size_t row, int column, double value)
{
    table_column *cell = !isfinite(value) ? NULL : cell_to_set(table, row, column, ZONE_COLUMN_REAL);

    if (cell)
        cell->real[row] = value;
}

void zone_table_set_area(zone_table *table, size_t row, int column, zone_exact area)
{
    table_column *cell = cell_to_set(table, row, column, ZONE_COLUMN_AREA);

    if (cell)
        cell->area[row] = area;
}

void zone_table_set_geometry(zone_table *table, size_t row, int column, const unsigned char *wkb, size_t size)
{
    table_column *cell = cell_to_set(table, row, column, ZONE_COLUMN_GEOMETRY);
    table_bytes *bytes = cell ? zone_arena_take(NULL, &table->texts, sizeof *bytes + size) : NULL;

    if (!cell)
        return;
    cell->filled[row] = bytes != NULL;
    cell->geometry[row] = bytes;
    if (!bytes) {
        table->failed = ZONE_NO_MEMORY;
        return;
    }
    bytes->size = size;
    memcpy(bytes->byte, wkb, size);
}

void zone_table_set_group(zone_table *table, int column)
{
    if (table)
        table->group = column;
}

void zone_table_set_partial(zone_table *table, zone_partial *partial)
{
    if (table)
        table->partial = partial;
    else
        zone_partial_free(partial);
}

const zone_partial *zone_table_partial(const zone_table *table)
{
    return table ? table->partial : NULL;
}

bool zone_table_failed(const zone_table *table)
{
    return !table || table->failed != ZONE_OK;
}

void zone_table_set_adjusted(zone_table *table, int column, const zone_unit *unit, int decimals,
                             const zone_int128 *values)
{
    if (!table || table->failed || column < 0 || (size_t)column >= table->column_count)
        return;
    table_column *adjusted = &table->columns[column];
    free(adjusted->adjusted);
    adjusted->adjusted = calloc(table->row_count + 1, sizeof *values);
    if (!adjusted->adjusted) {
        table->failed = ZONE_NO_MEMORY;
        return;
    }
    if (table->row_count)
        memcpy(adjusted->adjusted, values, table->row_count * sizeof *values);
    adjusted->adjusted_unit = unit;
    adjusted->adjusted_decimals = decimals;
}

bool zone_table_adjusted(const zone_table *table, size_t column, const zone_unit *unit, int decimals,
                         zone_int128 *values, zone_int128 *total)
{
    const table_column *adjusted = &table->columns[column];

    if (!adjusted->adjusted || adjusted->adjusted_unit != unit || adjusted->adjusted_decimals != decimals)
        return false;
    *total = 0;
    for (size_t r = 0; r < table->row_count; r++) {
        values[r] = adjusted->adjusted[r];
        *total += values[r];
    }
    return true;
}

const zone_unit *zone_table_adjusted_unit(const zone_table *table, size_t column, int *decimals)
{
    const table_column *adjusted = &table->columns[column];

    *decimals = adjusted->adjusted_decimals;
    return adjusted->adjusted ? adjusted->adjusted_unit : NULL;
}

void zone_table_set_section(zone_table *table, zone_section section, zone_table *part)
{
    if (!table) {
        zone_table_free(part);
        return;
    }
    zone_table_free(table->sections[section]);
    table->sections[section] = part;
}

zone_table *zone_table_section_create(zone_table *table, zone_section section)
{
    if (!table || table->failed)
        return NULL;
    if (!table->sections[section]) {
        table->sections[section] = zone_table_create(table->question);
        if (!table->sections[section])
            table->failed = ZONE_NO_MEMORY;
        zone_table_section_columns(table->sections[section], section);
    }
    return table->sections[section];
}

void zone_table_set_title(zone_table *table, const char *title)
{
    if (!table)
        return;
    free(table->title);
    table->title = copy(table, title);
}

void zone_table_set_verdict(zone_table *table, zone_status verdict)
{
    if (!table)
        return;
    table->verdict = verdict;
    table->judged = true;
}

static bool sums_fit(const zone_table *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const table_column *column = &table->columns[c];
        zone_exact sum = 0;
        if (column->spec.type != ZONE_COLUMN_AREA || !column->spec.adds)
            continue;
        for (size_t r = 0; r < table->row_count; r++)
            if (!zone_exact_add(sum, column->area[r], &sum))
                return false;
    }
    return true;
}

zone_status zone_table_finish(zone_context *ctx, zone_table *table, zone_table **out)
{
    zone_status failed = table ? table->failed : ZONE_NO_MEMORY;

    *out = NULL;
    for (int s = 0; table && s < ZONE_SECTION_COUNT && !failed; s++)
        failed = table->sections[s] ? table->sections[s]->failed : ZONE_OK;
    for (int t = 0; table && table->partial && t < ZONE_PARTIAL_TABLES && !failed; t++)
        failed = zone_table_failed(table->partial->table[t]) ? ZONE_NO_MEMORY : ZONE_OK;
    if (!failed)
        failed = zone_memory_status(ctx); /* a text may be lost */
    if (!failed && !sums_fit(table))
        failed = ZONE_TOO_LARGE;
    if (failed) {
        zone_table_free(table);
        return zone_fail(ctx, failed, .expected = failed == ZONE_TOO_LARGE ? "sums of less than 8.5e17 m²" : NULL);
    }
    *out = table;
    return ZONE_OK;
}

/* ---------------------------------------------------------------- reading */

size_t zone_table_row_count(const zone_table *table)
{
    return table ? table->row_count : 0;
}

size_t zone_table_column_count(const zone_table *table)
{
    return table ? table->column_count : 0;
}

const zone_column *zone_table_column(const zone_table *table, size_t column)
{
    return table && column < table->column_count ? &table->columns[column].spec : NULL;
}

const char *zone_table_column_name(const zone_table *table, size_t column)
{
    const zone_column *spec = zone_table_column(table, column);

    return spec ? spec->name : NULL;
}

zone_column_type zone_table_column_type(const zone_table *table, size_t column)
{
    const zone_column *spec = zone_table_column(table, column);

    return spec ? spec->type : ZONE_COLUMN_TEXT;
}

int zone_table_column_find(const zone_table *table, const char *name)
{
    for (size_t c = 0; name && c < zone_table_column_count(table); c++)
        if (strcmp(table->columns[c].spec.name, name) == 0)
            return (int)c;
    return -1;
}

/* The column of a filled cell of a type; NULL for others. */
static const table_column *filled_cell(const zone_table *table, size_t row, size_t column, zone_column_type type)
{
    if (!table || column >= table->column_count || row >= table->row_count ||
        table->columns[column].spec.type != type || !table->columns[column].filled[row])
        return NULL;
    return &table->columns[column];
}

int zone_table_is_null(const zone_table *table, size_t row, size_t column)
{
    return !filled_cell(table, row, column, zone_table_column_type(table, column));
}

const char *zone_table_text(const zone_table *table, size_t row, size_t column)
{
    const table_column *cell = filled_cell(table, row, column, ZONE_COLUMN_TEXT);

    return cell ? cell->text[row] : NULL;
}

int64_t zone_table_integer(const zone_table *table, size_t row, size_t column)
{
    const table_column *cell = filled_cell(table, row, column, ZONE_COLUMN_INTEGER);

    return cell ? cell->integer[row] : 0;
}

const unsigned char *zone_table_geometry(const zone_table *table, size_t row, size_t column, size_t *size)
{
    const table_column *cell = filled_cell(table, row, column, ZONE_COLUMN_GEOMETRY);

    if (size)
        *size = cell ? cell->geometry[row]->size : 0;
    return cell ? cell->geometry[row]->byte : NULL;
}

zone_exact zone_table_area(const zone_table *table, size_t row, size_t column)
{
    const table_column *cell = filled_cell(table, row, column, ZONE_COLUMN_AREA);

    return cell ? cell->area[row] : 0;
}

double zone_table_number(const zone_table *table, size_t row, size_t column)
{
    if (zone_table_is_null(table, row, column))
        return NAN;
    switch (table->columns[column].spec.type) {
    case ZONE_COLUMN_REAL:
        return table->columns[column].real[row];
    case ZONE_COLUMN_INTEGER:
        return (double)table->columns[column].integer[row];
    case ZONE_COLUMN_AREA:
        return zone_exact_to_m2(table->columns[column].area[row]);
    case ZONE_COLUMN_TEXT:
    case ZONE_COLUMN_GEOMETRY:
        break;
    }
    return NAN;
}

const zone_table *zone_table_section(const zone_table *table, zone_section section)
{
    return table && (unsigned)section < ZONE_SECTION_COUNT ? table->sections[section] : NULL;
}

zone_status zone_table_verdict(const zone_table *table)
{
    return table ? table->verdict : ZONE_OK;
}

bool zone_table_judged(const zone_table *table)
{
    return table->judged;
}

const char *zone_table_question(const zone_table *table)
{
    return table && table->question ? table->question : "";
}

const char *zone_table_title(const zone_table *table)
{
    return table->title ? table->title : "";
}

int zone_table_group(const zone_table *table)
{
    return table->group;
}

zone_exact zone_table_total(const zone_table *table, size_t column)
{
    zone_exact sum = 0;

    for (size_t r = 0; r < table->row_count; r++)
        zone_exact_add(sum, zone_table_area(table, r, column), &sum);
    return sum;
}
