/* Pieces: geometries behind the rows of an answer. */
#include "ask/pieces.h"

#include "base/units.h"

#include <stdlib.h>
#include <string.h>

zone_status zone_pieces_open(zone_context *ctx, const char *question, const char *method, zone_pieces *pieces)
{
    *pieces = (zone_pieces){.table = zone_table_create(question), .method = method};
    return pieces->table ? zone_clip_open(ctx, &pieces->clip) : zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
}

void zone_pieces_columns(zone_pieces *pieces, const zone_crs *crs)
{
    const char *definition = crs->code && *crs->code ? crs->code : crs->wkt;

    pieces->area = zone_table_add_column(pieces->table,
                                         (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA});
    pieces->method_column =
        zone_table_add_column(pieces->table, (zone_column){.name = "method", .type = ZONE_COLUMN_TEXT});
    pieces->geometry = zone_table_add_column(
        pieces->table, (zone_column){.name = "geometry", .type = ZONE_COLUMN_GEOMETRY, .crs = definition});
}

void zone_pieces_close(zone_pieces *pieces)
{
    zone_clip_close(pieces->clip);
    zone_table_free(pieces->table);
    free(pieces->group);
    *pieces = (zone_pieces){0};
}

/* Texts of a row are set when it was added, so they are counted with the next one; rows that have one in common keep it
 * once. */
static uint64_t text_bytes(const zone_table *table)
{
    size_t rows = zone_table_row_count(table);
    uint64_t bytes = 0;

    for (size_t c = 0; rows > 0 && c < zone_table_column_count(table); c++) {
        const char *text = zone_table_text(table, rows - 1, c),
                   *before = rows > 1 ? zone_table_text(table, rows - 2, c) : NULL;
        bytes += text && text != before ? strlen(text) + 1 : 0;
    }
    return bytes;
}

/* Cells of a row take at most 17 bytes each beside what they point at. */
static zone_status refuse_large(zone_context *ctx, const zone_pieces *pieces)
{
    uint64_t budget = zone_context_memory(ctx);

    if (budget == 0 || pieces->bytes <= budget)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE,
                     .found = zone_say(ctx, "%llu pieces, which take more than %llu MB in memory",
                                       (unsigned long long)pieces->count, (unsigned long long)(budget >> 20)),
                     .expected = zone_say(ctx, "at most %llu MB", (unsigned long long)(budget >> 20)),
                     .remedy = "a larger --memory, or no --pieces");
}

zone_status zone_pieces_add(zone_context *ctx, zone_pieces *pieces, size_t group, zone_exact area, size_t *row)
{
    size_t size = 0;
    bool empty = false;
    const unsigned char *wkb = zone_clip_end(ctx, pieces->clip, &size, &empty);
    zone_status status =
        wkb ? zone_grow(ctx, (void **)&pieces->group, &pieces->capacity, pieces->count + 1, sizeof *pieces->group)
            : ZONE_NO_MEMORY;

    if (status)
        return status;
    pieces->group[pieces->count++] = group;
    pieces->empty += empty;
    pieces->bytes +=
        text_bytes(pieces->table) + size + sizeof size + sizeof group + 17 * zone_table_column_count(pieces->table);
    *row = zone_table_add_row(pieces->table);
    zone_table_set_text(pieces->table, *row, pieces->method_column, pieces->method);
    zone_table_set_area(pieces->table, *row, pieces->area, area);
    zone_table_set_geometry(pieces->table, *row, pieces->geometry, wkb, size);
    return refuse_large(ctx, pieces);
}

zone_status zone_pieces_finish(zone_context *ctx, zone_pieces *pieces, zone_table *table, int area, const size_t *row)
{
    zone_table *made = pieces->table, *whole = NULL;
    zone_status status = ZONE_OK;

    if (!made)
        return ZONE_OK;
    for (size_t p = 0; p < pieces->count; p++)
        pieces->group[p] = row[pieces->group[p]];
    if (zone_table_row_count(made) == pieces->count) /* else memory was short, and finishing says so */
        status =
            zone_table_tie_parts(ctx, table, (size_t)area, made, pieces->area, pieces->group, zone_unit_find("m2"), 6);
    pieces->table = NULL;
    if (!status)
        status = zone_table_finish(ctx, made, &whole);
    else
        zone_table_free(made);
    if (status)
        return status;
    if (pieces->empty)
        zone_log(ctx, "pieces with an empty geometry, too thin to be drawn or of less than no area: %llu",
                 (unsigned long long)pieces->empty);
    zone_table_set_section(table, ZONE_SECTION_PIECES, whole);
    return ZONE_OK;
}
