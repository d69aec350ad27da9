/* JSON by json-c: numbers keep every digit, keys and values stay as machines know them. */
#include "write/writer.h"

#include "base/number.h"
#include "base/utf8.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

/* A number printed with the digits it is given. */
static json_object *number(const char *digits)
{
    return json_object_new_double_s(zone_number_read(digits, NULL), digits);
}

/* A text from outside (a path) may be no UTF-8; JSON is. */
static json_object *text(const char *value)
{
    size_t length = zone_text_mend(value, NULL);

    if (length == strlen(value))
        return json_object_new_string(value);
    char *mended = calloc(length + 1, 1);
    if (mended)
        zone_text_mend(value, mended);
    json_object *object = mended ? json_object_new_string(mended) : NULL;
    free(mended);
    return object;
}

static json_object *cell(const zone_table *table, const zone_cells *cells, size_t row, size_t column)
{
    if (zone_table_is_null(table, row, column))
        return NULL;
    const char *value = zone_cells_at(cells, row, column);
    zone_column_type type = zone_table_column(table, column)->type;
    return type == ZONE_COLUMN_TEXT || type == ZONE_COLUMN_GEOMETRY ? text(value) : number(value);
}

static json_object *row_object(const zone_table *table, const zone_cells *cells, size_t row)
{
    json_object *object = json_object_new_object();

    for (size_t c = 0; c < cells->columns; c++)
        json_object_object_add(object, cells->label[c], cell(table, cells, row, c));
    return object;
}

static json_object *rows(zone_writer *writer, const zone_table *table, json_object **totals)
{
    json_object *array = json_object_new_array();
    zone_cells cells;

    if (totals)
        *totals = json_object_new_object();
    if (!table)
        return array;
    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return array;
    }
    for (size_t r = 0; r < cells.rows; r++)
        json_object_array_add(array, row_object(table, &cells, r));
    for (size_t c = 0; totals && c < cells.columns; c++)
        if (cells.total[c])
            json_object_object_add(*totals, cells.label[c], number(cells.total[c]));
    zone_cells_free(&cells);
    return array;
}

/* Those that every table has are members even where they are empty. */
static void put_section(zone_writer *writer, const zone_table *table, const zone_section_text *which,
                        json_object *object)
{
    const zone_table *section = zone_table_section(table, which->section);
    zone_writer own = *writer;

    if (!section && !which->fine)
        return;
    own.decimals = which->fine ? 6 : writer->decimals;
    json_object_object_add(object, which->title, rows(&own, section, NULL));
    writer->failed = writer->failed || own.failed;
}

static void put_object(zone_writer *writer, json_object *object, int flags)
{
    const char *bytes = json_object_to_json_string_ext(object, flags | JSON_C_TO_STRING_NOSLASHESCAPE);

    if (bytes)
        zone_writer_put(writer, bytes);
    else
        writer->failed = true;
    zone_writer_put(writer, "\n");
}

/* How areas are printed, where there are some. */
static void put_areas(const zone_writer *writer, const zone_table *table, json_object *object)
{
    bool areas = false;

    for (size_t c = 0; c < zone_table_column_count(table); c++)
        areas = areas || zone_table_column_type(table, c) == ZONE_COLUMN_AREA;
    if (!areas)
        return;
    json_object_object_add(object, "unit", text(writer->unit->name));
    json_object_object_add(object, "decimals", json_object_new_int(writer->decimals));
    json_object_object_add(
        object, "rounding",
        text(zone_table_ties(table) ? "half away from zero; parts tie by largest remainder" : "half away from zero"));
}

void zone_write_json(zone_writer *writer, const zone_table *table, zone_parts parts)
{
    json_object *object = json_object_new_object(), *totals = NULL;

    json_object_object_add(object, "question", text(zone_table_question(table)));
    if (parts != ZONE_PARTS_META) {
        put_areas(writer, table, object);
        if (zone_table_judged(table))
            json_object_object_add(object, "verdict", text(zone_table_verdict(table) == ZONE_OK ? "met" : "unmet"));
        json_object_object_add(object, "rows", rows(writer, table, &totals));
        json_object_object_add(object, "totals", totals);
    }
    for (const zone_section_text *section = zone_section_texts; section->title && parts != ZONE_PARTS_TABLE; section++)
        put_section(writer, table, section, object);
    put_object(writer, object, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED);
    json_object_put(object);
}

/* A row as a line; of a section it is the one member of its line. */
static void put_line(zone_writer *writer, const char *member, json_object *row)
{
    json_object *line = row;

    if (member) {
        line = json_object_new_object();
        json_object_object_add(line, member, row);
    }
    put_object(writer, line, JSON_C_TO_STRING_PLAIN);
    json_object_put(line);
}

/* Rows with their findings in them. A finding whose key no row has is not lost. */
static void put_lines(zone_writer *writer, const zone_table *table, const zone_cells *cells, const zone_table *findings,
                      const zone_cells *found)
{
    size_t next = 0;

    for (size_t r = 0; r < cells->rows; r++) {
        json_object *object = row_object(table, cells, r), *array = findings ? json_object_new_array() : NULL;
        size_t end = zone_cells_findings(cells, r, found, next);
        for (; next < end; next++)
            json_object_array_add(array, row_object(findings, found, next));
        if (array)
            json_object_object_add(object, "findings", array);
        put_line(writer, NULL, object);
    }
    for (; next < found->rows; next++)
        put_line(writer, "finding", row_object(findings, found, next));
}

void zone_write_jsonl(zone_writer *writer, const zone_table *table)
{
    const zone_table *findings = zone_table_section(table, ZONE_SECTION_FINDINGS);
    const zone_table *ledger = zone_table_section(table, ZONE_SECTION_LEDGER);
    zone_cells cells = {0}, found = {0}, steps = {0};

    if (zone_cells_make(writer, table, &cells) || (findings && zone_cells_make(writer, findings, &found)) ||
        (ledger && zone_cells_make(writer, ledger, &steps)))
        writer->failed = true;
    if (!writer->failed)
        put_lines(writer, table, &cells, findings, &found);
    for (size_t r = 0; r < steps.rows && !writer->failed; r++)
        put_line(writer, "ledger", row_object(ledger, &steps, r));
    zone_cells_free(&cells);
    zone_cells_free(&found);
    zone_cells_free(&steps);
}
