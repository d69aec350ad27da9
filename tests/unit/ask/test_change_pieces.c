/* Pieces of a change, as the question makes them. */
#include "ask/change_pieces.h"

#include "ask/fixture.h"

#include <ogr_api.h>

static zone_table *ask_change(zone_context *ctx, const char *zones_path, uint64_t memory, zone_status *status)
{
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .pieces = 1};
    zone_table *table = NULL;
    zone_source *old = open_source(ctx, "/vsimem/cp_old.geojson", NULL);
    zone_source *new = open_source(ctx, "/vsimem/cp_new.geojson", NULL);
    zone_source *zones = zones_path ? open_source(ctx, zones_path, NULL) : NULL;

    zone_context_set_memory(ctx, memory);
    *status = zone_change(ctx, old, new, zones, &options, &table);
    zone_source_close(zones);
    zone_source_close(new);
    zone_source_close(old);
    return table;
}

/* Old: a 0-60, b 60-100; new: a 5-40, c 40-90, c 90-120. The zone is the south of all. */
static void draw_dates(void)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\"", 0, 0, 60, 100);
    draw_box(&d, "\"DLBM\":\"b\"", 60, 0, 100, 100);
    end_drawing(&d, "/vsimem/cp_old.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\"", 5, 0, 40, 100);
    draw_box(&d, "\"DLBM\":\"c\"", 40, 0, 90, 100);
    draw_box(&d, "\"DLBM\":\"c\"", 90, 0, 120, 100);
    end_drawing(&d, "/vsimem/cp_new.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"south\"", -10, -10, 130, 30);
    end_drawing(&d, "/vsimem/cp_zones.geojson");
}

static double drawn(const zone_table *pieces, size_t row)
{
    size_t size = 0;
    OGRGeometryH shape = NULL;
    const unsigned char *wkb = zone_table_geometry(pieces, row, column(pieces, "geometry"), &size);

    EXPECT(wkb && OGR_G_CreateFromWkb(wkb, NULL, &shape, (int)size) == OGRERR_NONE);
    double area = shape ? OGR_G_Area(shape) : -1;
    OGR_G_DestroyGeometry(shape);
    return area;
}

/* old, new; -1: none */
typedef struct {
    int old, new;
    const char *before, *after, *coverage;
    double area;
} expected_piece;

static void expect_piece(const zone_table *pieces, size_t row, const expected_piece *piece, double share)
{
    const char *before = text_at(pieces, row, "before"), *after = text_at(pieces, row, "after");

    EXPECT_INT(zone_table_is_null(pieces, row, column(pieces, "old")), piece->old < 0);
    EXPECT_INT(zone_table_is_null(pieces, row, column(pieces, "new")), piece->new < 0);
    EXPECT_INT(zone_table_integer(pieces, row, column(pieces, "old")), piece->old < 0 ? 0 : piece->old);
    EXPECT_INT(zone_table_integer(pieces, row, column(pieces, "new")), piece->new < 0 ? 0 : piece->new);
    EXPECT_TEXT(before ? before : "-", piece->before);
    EXPECT_TEXT(after ? after : "-", piece->after);
    EXPECT_TEXT(text_at(pieces, row, "coverage"), piece->coverage);
    EXPECT_REAL(number_at(pieces, row, "area"), piece->area * share, 1e-6);
    EXPECT_REAL(drawn(pieces, row), piece->area * share, 1e-6);
}

static const expected_piece strips[] = {{0, 0, "a", "a", "both dates", 3500},
                                        {0, 1, "a", "c", "both dates", 2000},
                                        {1, 1, "b", "c", "both dates", 3000},
                                        {1, 2, "b", "c", "both dates", 1000},
                                        {-1, 2, "-", "c", "not covered at date 1", 2000},
                                        {0, -1, "a", "-", "not covered at date 2", 500}};

TEST(what_both_dates_cover_and_what_only_one_does_is_drawn)
{
    zone_context *ctx = new_context();
    zone_status status = ZONE_OK;
    draw_dates();

    for (int zoned = 0; zoned < 2; zoned++) {
        zone_table *table = ask_change(ctx, zoned ? "/vsimem/cp_zones.geojson" : NULL, 0, &status);
        EXPECT_INT(status, ZONE_OK);
        const zone_table *pieces = zone_table_section(table, ZONE_SECTION_PIECES);
        EXPECT_INT(zone_table_row_count(pieces), 6);
        for (size_t r = 0; r < zone_table_row_count(pieces); r++)
            expect_piece(pieces, r, &strips[r], zoned ? 0.3 : 1.0);
        if (zoned)
            EXPECT_TEXT(text_at(pieces, 5, "id"), "south");
        zone_table_free(table);
    }
    zone_context_free(ctx);
}

TEST(land_that_a_date_counts_twice_is_drawn_as_it_is)
{
    zone_context *ctx = new_context();
    zone_status status = ZONE_OK;
    drawing d;
    draw_dates();
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\"", 0, 0, 10, 100);
    draw_box(&d, "\"DLBM\":\"a\"", 5, 0, 60, 100);
    draw_box(&d, "\"DLBM\":\"b\"", 60, 0, 100, 100);
    end_drawing(&d, "/vsimem/cp_new.geojson");

    zone_table *table = ask_change(ctx, NULL, 0, &status);
    EXPECT_INT(status, ZONE_OK);
    size_t row = find_row(table, "coverage", "not covered at date 2", NULL, NULL);
    EXPECT_REAL(number_at(table, row, "area"), -500, 1e-6);
    const zone_table *pieces = zone_table_section(table, ZONE_SECTION_PIECES);
    row = find_row(pieces, "coverage", "not covered at date 2", NULL, NULL);
    EXPECT_REAL(number_at(pieces, row, "area"), -500, 1e-6);
    EXPECT_REAL(drawn(pieces, row), 0, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(pieces_of_a_change_keep_to_the_budget)
{
    zone_context *ctx = new_context();
    zone_status status = ZONE_OK;
    draw_dates();
    zone_table *table = ask_change(ctx, NULL, 1500, &status);

    EXPECT(table == NULL);
    EXPECT_INT(status, ZONE_TOO_LARGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "pieces");
    zone_context_free(ctx);
}
