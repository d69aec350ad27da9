/* Tables: cells, sections, failures that are remembered. */
#include "base/table.h"
#include "base/units.h"
#include "test.h"

static zone_column column(const char *name, zone_column_type type)
{
    return (zone_column){.name = name, .type = type};
}

TEST(cells_keep_what_was_set_and_are_empty_until_then)
{
    zone_context *ctx = NULL;
    zone_table *table = zone_table_create("test"), *done = NULL;

    zone_context_create(&ctx);
    int name = zone_table_add_column(table, column("name", ZONE_COLUMN_TEXT));
    int count = zone_table_add_column(table, column("count", ZONE_COLUMN_INTEGER));
    int share = zone_table_add_column(table, column("share", ZONE_COLUMN_REAL));
    int area = zone_table_add_column(table, column("area", ZONE_COLUMN_AREA));
    for (int i = 0; i < 40; i++) {
        size_t row = zone_table_add_row(table);
        if (i % 2)
            continue;
        zone_table_set_text(table, row, name, "片区");
        zone_table_set_integer(table, row, count, i);
        zone_table_set_real(table, row, share, 0.5 * i);
        zone_table_set_area(table, row, area, i * ZONE_EXACT_M2);
    }
    EXPECT_INT(zone_table_finish(ctx, table, &done), ZONE_OK);
    EXPECT_INT(zone_table_row_count(done), 40);
    EXPECT_TEXT(zone_table_text(done, 38, (size_t)name), "片区");
    EXPECT_INT(zone_table_integer(done, 38, (size_t)count), 38);
    EXPECT_REAL(zone_table_number(done, 38, (size_t)share), 19.0, 0.0);
    EXPECT_REAL(zone_table_number(done, 38, (size_t)area), 38.0, 0.0);
    EXPECT(zone_table_is_null(done, 39, 0) && zone_table_is_null(done, 40, 0) && zone_table_is_null(done, 0, 9));
    EXPECT(zone_table_text(done, 38, (size_t)area) == NULL);
    EXPECT_INT(zone_table_column_find(done, "share"), share);
    EXPECT_INT(zone_table_column_find(done, "nothing"), -1);
    zone_table_free(done);
    zone_context_free(ctx);
}

TEST(a_column_that_comes_late_has_empty_cells)
{
    zone_table *table = zone_table_create("test");

    zone_table_add_column(table, column("a", ZONE_COLUMN_TEXT));
    zone_table_add_row(table);
    int late = zone_table_add_column(table, column("b", ZONE_COLUMN_TEXT));
    EXPECT(zone_table_is_null(table, 0, (size_t)late));
    zone_table_set_text(table, 0, late, "x");
    EXPECT_TEXT(zone_table_text(table, 0, (size_t)late), "x");
    zone_table_free(table);
}

TEST(a_sum_that_does_not_fit_is_too_large)
{
    zone_context *ctx = NULL;
    zone_table *table = zone_table_create("test"), *done = NULL;

    zone_context_create(&ctx);
    zone_column adding = {.name = "area", .type = ZONE_COLUMN_AREA, .adds = true};
    int area = zone_table_add_column(table, adding);
    for (int i = 0; i < 3; i++)
        zone_table_set_area(table, zone_table_add_row(table), area, (zone_exact)(~(zone_uint128)0 >> 2));
    EXPECT_INT(zone_table_finish(ctx, table, &done), ZONE_TOO_LARGE);
    EXPECT(done == NULL);
    zone_context_free(ctx);
}

TEST(a_table_that_is_none_is_no_memory)
{
    zone_table *done = NULL;

    zone_table_set_text(NULL, 0, 0, "x");
    EXPECT_INT(zone_table_add_column(NULL, column("a", ZONE_COLUMN_TEXT)), -1);
    EXPECT_INT(zone_table_finish(NULL, NULL, &done), ZONE_NO_MEMORY);
    EXPECT_INT(zone_table_row_count(NULL), 0);
}

TEST(adjusted_integers_are_given_back_in_their_own_unit_only)
{
    zone_table *table = zone_table_create("test");
    const zone_int128 values[] = {101, 202};
    zone_int128 out[2] = {0, 0}, total = 0;

    int area = zone_table_add_column(table, column("area", ZONE_COLUMN_AREA));
    zone_table_add_row(table);
    zone_table_add_row(table);
    zone_table_set_adjusted(table, area, zone_unit_find("mu"), 2, values);
    EXPECT(!zone_table_adjusted(table, (size_t)area, zone_unit_find("m2"), 2, out, &total));
    EXPECT(zone_table_adjusted(table, (size_t)area, zone_unit_find("mu"), 2, out, &total));
    EXPECT_INT(total, 303);
    EXPECT_INT(out[1], 202);
    zone_table_free(table);
}

TEST(no_two_columns_go_by_one_name_in_any_unit)
{
    zone_table *table = zone_table_create("test");
    const zone_column given[] = {column("pieces", ZONE_COLUMN_TEXT),    column("area_mu", ZONE_COLUMN_TEXT),
                                 column("pieces_2", ZONE_COLUMN_TEXT),  column("pieces", ZONE_COLUMN_INTEGER),
                                 column("area", ZONE_COLUMN_AREA),      column("area_2_km2", ZONE_COLUMN_TEXT),
                                 column("area_share", ZONE_COLUMN_REAL)};
    static const char *const names[] = {"pieces", "area_mu",      "pieces_2",  "pieces_3",
                                        "area_2", "area_2_km2_2", "area_share"};

    for (size_t c = 0; c < sizeof given / sizeof *given; c++) {
        EXPECT_INT(zone_table_add_column(table, given[c]), c);
        EXPECT_TEXT(zone_table_column_name(table, c), names[c]);
    }
    EXPECT_INT(zone_table_column(table, 3)->twin, 3);
    EXPECT_INT(zone_table_column(table, 2)->twin, 0);
    zone_table_free(table);
}

TEST(a_number_that_is_not_finite_leaves_its_cell_empty)
{
    zone_table *table = zone_table_create("test");
    int real = zone_table_add_column(table, column("real", ZONE_COLUMN_REAL));
    const double values[] = {NAN, HUGE_VAL, -HUGE_VAL, 1e300};

    for (size_t i = 0; i < 4; i++) {
        zone_table_set_real(table, zone_table_add_row(table), real, values[i]);
        EXPECT_INT(zone_table_is_null(table, i, (size_t)real), i < 3);
    }
    zone_table_free(table);
}

TEST(geometries_are_bytes_that_the_table_copies)
{
    zone_table *table = zone_table_create("test"), *whole = NULL, *part = zone_table_create("test");
    unsigned char wkb[] = {1, 0, 7};
    size_t size = 9;

    int shape =
        zone_table_add_column(table, (zone_column){.name = "shape", .type = ZONE_COLUMN_GEOMETRY, .crs = "EPSG:4549"});
    for (size_t r = 0; r < 40; r++)
        zone_table_add_row(table);
    zone_table_set_geometry(table, 33, shape, wkb, 2);
    zone_table_set_geometry(table, 33, shape, wkb, sizeof wkb);
    wkb[0] = 9;
    const unsigned char *found = zone_table_geometry(table, 33, (size_t)shape, &size);
    EXPECT(found && size == 3 && found[0] == 1 && found[2] == 7);
    EXPECT(zone_table_geometry(table, 33, (size_t)shape, NULL) == found);
    EXPECT(zone_table_geometry(table, 32, (size_t)shape, &size) == NULL && size == 0);
    EXPECT(isnan(zone_table_number(table, 33, (size_t)shape)));
    EXPECT_TEXT(zone_table_column(table, (size_t)shape)->crs, "EPSG:4549");
    zone_table_set_section(table, ZONE_SECTION_PIECES, part);
    EXPECT(zone_table_section(table, ZONE_SECTION_PIECES) == part);
    EXPECT_INT(zone_table_finish(NULL, table, &whole), ZONE_OK);
    zone_table_free(whole);
}
