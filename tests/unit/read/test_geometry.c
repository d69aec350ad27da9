#include "read/geometry.h"

#include "read/fixture.h"

static zone_geometry *parse(zone_context *ctx, const char *wkt)
{
    zone_geometry *geometry = NULL;

    EXPECT_INT(zone_geometry_from_wkt(ctx, wkt, &geometry), ZONE_OK);
    return geometry;
}

TEST(a_feature_becomes_a_geometry_and_comes_back)
{
    zone_context *ctx = new_context();
    zone_geometry *geometry =
        parse(ctx, "MULTIPOLYGON(((0 0,0 9,9 9,9 0,0 0),(1 1,2 1,2 2,1 2,1 1)),((20 0,21 0,21 1,20 0)))");
    zone_geometry *again = NULL;
    zone_batch batch = {0};

    EXPECT_INT(zone_geometry_to_batch(ctx, geometry, 42, &batch), ZONE_OK);
    EXPECT_INT(batch.id[0], 42);
    EXPECT_INT(batch.ring_count, 3);
    EXPECT(ring_area(&batch, 0) > 0.0 && ring_area(&batch, 1) < 0.0 && ring_area(&batch, 2) > 0.0);
    EXPECT_INT(zone_geometry_from_batch(ctx, &batch, 0, &again), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(again), 80.5, 1e-12);
    EXPECT_INT(zone_geometry_part_count(again), 2);
    EXPECT(zone_geometry_shape(again) == ZONE_SHAPE_AREA);
    zone_geometry_free(again);
    zone_geometry_free(geometry);
    zone_geometry_free(NULL);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(a_batch_is_united_and_a_single_feature_stays_as_drawn)
{
    zone_context *ctx = new_context();
    zone_geometry *a = parse(ctx, "POLYGON((0 0,10 0,10 10,0 10,0 0))"),
                  *b = parse(ctx, "POLYGON((5 0,15 0,15 10,5 10,5 0))");
    zone_geometry *line = parse(ctx, "LINESTRING(0 0,10 10,10 0,0 10)"), *all = NULL;
    zone_batch batch = {0}, lines = {0}, none = {0};

    zone_geometry_to_batch(ctx, a, 1, &batch);
    zone_geometry_to_batch(ctx, b, 2, &batch);
    EXPECT_INT(zone_geometry_union_batch(ctx, &batch, &all), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(all), 150.0, 1e-12);
    zone_geometry_free(all);
    zone_geometry_to_batch(ctx, line, 1, &lines);
    EXPECT_INT(zone_geometry_union_batch(ctx, &lines, &all), ZONE_OK);
    EXPECT_INT(zone_geometry_part_count(all), 1);
    zone_geometry_free(all);
    EXPECT_INT(zone_geometry_union_batch(ctx, &none, &all), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(all), 0.0, 0.0);
    zone_geometry_free(all);
    zone_geometry_free(a);
    zone_geometry_free(b);
    zone_geometry_free(line);
    zone_batch_free(&batch);
    zone_batch_free(&lines);
    zone_context_free(ctx);
}

TEST(text_that_is_no_geometry_is_refused_with_what_geos_says)
{
    zone_context *ctx = new_context();
    zone_geometry *geometry = NULL;

    EXPECT_INT(zone_geometry_from_wkt(ctx, "POLYGON((0 0,1", &geometry), ZONE_BAD_GEOMETRY);
    EXPECT(geometry == NULL);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "ParseException");
    EXPECT_INT(zone_geometry_from_wkt(ctx, "POLYGON EMPTY", &geometry), ZONE_BAD_GEOMETRY);
    EXPECT(geometry == NULL);
    zone_context_free(ctx);
}

TEST(validity_has_a_reason_and_a_place_and_repair_makes_it_valid)
{
    zone_context *ctx = new_context();
    zone_geometry *tie = parse(ctx, "POLYGON((0 0,100 100,100 0,0 100,0 0))"), *mended = NULL;
    const char *reason;
    double x, y;

    EXPECT(!zone_geometry_valid(ctx, tie, &reason, &x, &y));
    EXPECT_TEXT(reason, "Self-intersection");
    EXPECT_REAL(x, 50.0, 0.0);
    EXPECT_REAL(y, 50.0, 0.0);
    EXPECT_INT(zone_geometry_repair(ctx, tie, &mended), ZONE_OK);
    EXPECT(zone_geometry_valid(ctx, mended, &reason, &x, &y));
    EXPECT(reason == NULL);
    EXPECT_REAL(zone_geometry_plane_area(mended), 5000.0, 1e-9);
    zone_geometry_free(tie);
    zone_geometry_free(mended);
    zone_context_free(ctx);
}

TEST(parts_of_a_collection_are_united_and_others_kept)
{
    static const struct {
        const char *wkt;
        double area;
        int parts;
    } cases[] = {
        {"GEOMETRYCOLLECTION(POLYGON((0 0,2 0,2 1,0 1,0 0)),POLYGON((1 0,3 0,3 1,1 1,1 0)))", 3, 1},
        {"MULTIPOLYGON(((0 0,2 0,2 1,0 1,0 0)),((5 0,6 0,6 1,5 1,5 0)))", 3, 2},
        {"POLYGON((0 0,2 0,2 1,0 1,0 0))", 2, 1},
    };
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zone_geometry *drawn = NULL, *united = NULL;
        EXPECT_INT(zone_geometry_from_wkt(ctx, cases[i].wkt, &drawn), ZONE_OK);
        EXPECT_INT(zone_geometry_unite_parts(ctx, drawn, &united), ZONE_OK);
        EXPECT_REAL(zone_geometry_plane_area(united), cases[i].area, 1e-12);
        EXPECT_INT(zone_geometry_part_count(united), cases[i].parts);
        zone_geometry_free(united);
        zone_geometry_free(drawn);
    }
    zone_context_free(ctx);
}

/* A zigzag of rows crossed by a zigzag of columns: 300 × 300 crossings. */
TEST(a_geometry_that_crosses_itself_too_often_is_not_repaired)
{
    static char wkt[40000];
    size_t length = 0;
    zone_context *ctx = new_context();
    zone_geometry *drawn = NULL, *mended = NULL;

    length = (size_t)snprintf(wkt, sizeof wkt, "POLYGON((");
    for (int i = 0; i < 600; i++)
        length += (size_t)snprintf(wkt + length, sizeof wkt - length, "%d %d,", (i / 2 + i) % 2 ? 1000 : -1000, i / 2);
    for (int i = 0; i < 600; i++)
        length += (size_t)snprintf(wkt + length, sizeof wkt - length, "%d %d,", i / 2, (i / 2 + i) % 2 ? 1000 : -1000);
    snprintf(wkt + length, sizeof wkt - length, "-1000 0))");
    EXPECT_INT(zone_geometry_from_wkt(ctx, wkt, &drawn), ZONE_OK);
    EXPECT_INT(zone_geometry_repair(ctx, drawn, &mended), ZONE_BAD_GEOMETRY);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "an area that crosses itself more than 50000 times");
    EXPECT(mended == NULL);
    zone_geometry_free(drawn);
    zone_context_free(ctx);
}
