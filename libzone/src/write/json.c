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

/* Sections are small areas beside the table: they keep six decimals, so that no residual is rounded to nothing. */
static json_object *section(zone_writer *writer, const zone_table *table, zone_section which)
{
    zone_writer fine = *writer;

    fine.decimals = 6;
    json_object *array = rows(&fine, zone_table_section(table, which), NULL);
    writer->failed = writer->failed || fine.failed;
    return array;
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
    if (parts != ZONE_PARTS_TABLE) {
        json_object_object_add(object, "completeness", section(writer, table, ZONE_SECTION_COMPLETENESS));
        json_object_object_add(object, "closure", section(writer, table, ZONE_SECTION_CLOSURE));
        json_object_object_add(object, "provenance", section(writer, table, ZONE_SECTION_PROVENANCE));
    }
    put_object(writer, object, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED);
    json_object_put(object);
}

void zone_write_jsonl(zone_writer *writer, const zone_table *table)
{
    zone_cells cells;

    if (zone_cells_make(writer, table, &cells)) {
        writer->failed = true;
        return;
    }
    for (size_t r = 0; r < cells.rows; r++) {
        json_object *object = row_object(table, &cells, r);
        put_object(writer, object, JSON_C_TO_STRING_PLAIN);
        json_object_put(object);
    }
    zone_cells_free(&cells);
}
