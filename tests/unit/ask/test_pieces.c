/* Pieces: they tie to the rows of their answer, and stay within the budget. */
#include "ask/pieces.h"

#include "ask/fixture.h"
#include "base/units.h"

/* A square of the batch as a piece of `group`, three to a square metre and some. */
static zone_status add(zone_context *ctx, zone_pieces *pieces, const zone_batch *batch, size_t group, zone_exact area)
{
    size_t row = 0;
    zone_status status = zone_clip_begin(ctx, pieces->clip, batch, 0);

    if (!status)
        status = zone_pieces_add(ctx, pieces, group, area, &row);
    if (!status)
        zone_table_set_text(pieces->table, row, 0, "a zone");
    return status;
}

static void open(zone_context *ctx, zone_pieces *pieces, const zone_source *source)
{
    EXPECT_INT(zone_pieces_open(ctx, "tabulate", "grid", pieces), ZONE_OK);
    zone_table_add_column(pieces->table, (zone_column){.name = "zone", .type = ZONE_COLUMN_TEXT});
    zone_pieces_columns(pieces, zone_source_crs(source));
}

static zone_source *read_square(zone_context *ctx, zone_batch *batch)
{
    put_text("/vsimem/pieces.geojson", GEOJSON("4549", FEATURE("\"a\":1", SQUARE)));
    zone_source *source = open_source(ctx, "/vsimem/pieces.geojson", NULL);

    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, batch), ZONE_OK);
    return source;
}

/* An answer of two rows that are thirds of 1e-6 m². */
static zone_table *answer(const zone_exact *areas, int *area)
{
    zone_table *table = zone_table_create("tabulate");

    *area = zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    for (int r = 0; r < 2; r++)
        zone_table_set_area(table, zone_table_add_row(table), *area, areas[r]);
    return table;
}

TEST(pieces_add_up_to_the_row_as_it_is_printed)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_pieces pieces;
    zone_source *source = read_square(ctx, &batch);
    zone_exact third = ZONE_EXACT_MICRO_M2 * 7 / 3, areas[2] = {3 * third, 2 * third};
    const size_t row[] = {1, 0}; /* of the groups */
    zone_int128 printed[2], tied[5], total = 0;
    int area = 0;
    zone_table *table = answer(areas, &area);
    const zone_unit *m2 = zone_unit_find("m2");

    open(ctx, &pieces, source);
    for (size_t p = 0; p < 5; p++) /* of the groups 0 1 1 0 1 */
        EXPECT_INT(add(ctx, &pieces, &batch, p == 1 || p == 2 || p == 4, third), ZONE_OK);
    EXPECT_INT(zone_pieces_finish(ctx, &pieces, table, area, row), ZONE_OK);
    const zone_table *section = zone_table_section(table, ZONE_SECTION_PIECES);
    EXPECT_INT(zone_table_row_count(section), 5);
    EXPECT_INT(zone_table_round(ctx, table, (size_t)area, m2, 6, printed, &total), ZONE_OK);
    EXPECT_INT(zone_table_round(ctx, section, column(section, "area"), m2, 6, tied, &total), ZONE_OK);
    EXPECT(printed[0] == tied[1] + tied[2] + tied[4]);
    EXPECT(printed[1] == tied[0] + tied[3]);
    EXPECT_TEXT(text_at(section, 4, "method"), "grid");
    EXPECT_TEXT(text_at(section, 4, "zone"), "a zone");
    EXPECT_TEXT(zone_table_column(section, column(section, "geometry"))->crs, "EPSG:4549");
    EXPECT(!zone_table_is_null(section, 4, column(section, "geometry")));
    zone_pieces_close(&pieces);
    zone_table_free(table);
    zone_source_close(source);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(pieces_beyond_the_budget_are_refused)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_pieces pieces;
    zone_source *source = read_square(ctx, &batch);
    zone_status status = ZONE_OK;
    size_t count = 0;

    zone_context_set_memory(ctx, 2000);
    open(ctx, &pieces, source);
    for (; !status && count < 100; count++)
        status = add(ctx, &pieces, &batch, 0, ZONE_EXACT_M2);
    EXPECT_INT(status, ZONE_TOO_LARGE);
    EXPECT(count > 5 && count < 20); /* a square of five vertices takes a hundred bytes and its cells as much */
    EXPECT_CONTAINS(zone_context_error_text(ctx), "--memory");
    zone_pieces_close(&pieces);
    zone_source_close(source);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(without_a_wish_nothing_is_kept)
{
    zone_context *ctx = new_context();
    zone_pieces pieces = {0};
    const zone_exact areas[2] = {1, 1};
    int area = 0;
    zone_table *table = answer(areas, &area);

    EXPECT_INT(zone_pieces_finish(ctx, &pieces, table, area, NULL), ZONE_OK);
    EXPECT(zone_table_section(table, ZONE_SECTION_PIECES) == NULL);
    zone_pieces_close(&pieces);
    zone_table_free(table);
    zone_context_free(ctx);
}
