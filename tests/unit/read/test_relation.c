#include "read/geometry.h"

#include "read/fixture.h"

static zone_geometry *parse(zone_context *ctx, const char *wkt)
{
    zone_geometry *geometry = NULL;

    EXPECT_INT(zone_geometry_from_wkt(ctx, wkt, &geometry), ZONE_OK);
    return geometry;
}

TEST(measures)
{
    zone_context *ctx = new_context();
    zone_geometry *square = parse(ctx, "POLYGON((0 0,10 0,10 10,0 10,0 0))");
    zone_geometry *crescent = parse(ctx, "POLYGON((0 0,10 0,10 10,9 10,9 1,0 1,0 0))");
    double x, y;

    EXPECT_REAL(zone_geometry_plane_area(square), 100.0, 0.0);
    EXPECT_REAL(zone_geometry_length(square), 40.0, 0.0);
    EXPECT(zone_geometry_centroid(square, &x, &y));
    EXPECT_REAL(x, 5.0, 1e-12);
    EXPECT(zone_geometry_interior_point(crescent, &x, &y));
    EXPECT(x >= 9.0 || y <= 1.0);
    zone_geometry_free(square);
    zone_geometry_free(crescent);
    zone_context_free(ctx);
}

TEST(lines_tell_their_ends_and_whether_they_close)
{
    zone_context *ctx = new_context();
    zone_geometry *open = parse(ctx, "LINESTRING(0 0,10 0,10 10)"),
                  *ring = parse(ctx, "MULTILINESTRING((0 0,10 0,10 10,0 0))");
    zone_geometry *two = parse(ctx, "MULTILINESTRING((0 0,1 0),(2 0,3 0))"),
                  *area = parse(ctx, "POLYGON((0 0,1 0,1 1,0 0))");
    double first[2], last[2];

    EXPECT(zone_geometry_ends(open, first, last));
    EXPECT_REAL(last[1], 10.0, 0.0);
    EXPECT(!zone_geometry_closed(open));
    EXPECT(zone_geometry_closed(ring));
    EXPECT(!zone_geometry_ends(two, first, last));
    EXPECT(!zone_geometry_closed(area));
    zone_geometry_free(open);
    zone_geometry_free(ring);
    zone_geometry_free(two);
    zone_geometry_free(area);
    zone_context_free(ctx);
}

TEST(lines_are_joined_where_they_go_on)
{
    static const struct {
        const char *wkt;
        int parts;
        double length;
    } cases[] = {{"MULTILINESTRING((0 0,1 0),(3 0,1 0))", 1, 3},
                 {"MULTILINESTRING((0 0,1 0),(2 0,3 0))", 2, 2},
                 {"MULTILINESTRING((0 0,2 0),(0 0,2 0))", 1, 2},
                 {"MULTILINESTRING((0 0,2 0),(1 0,1 1))", 3, 3}};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zone_geometry *lines = parse(ctx, cases[i].wkt), *joined = NULL;
        EXPECT_INT(zone_geometry_join_lines(ctx, lines, &joined), ZONE_OK);
        EXPECT_INT(zone_geometry_part_count(joined), cases[i].parts);
        EXPECT_REAL(zone_geometry_length(joined), cases[i].length, 1e-12);
        zone_geometry_free(joined);
        zone_geometry_free(lines);
    }
    zone_context_free(ctx);
}

TEST(relations)
{
    zone_context *ctx = new_context();
    zone_geometry *square = parse(ctx, "POLYGON((0 0,10 0,10 10,0 10,0 0))"),
                  *inner = parse(ctx, "POLYGON((0 0,5 0,5 5,0 0))");
    zone_geometry *far = parse(ctx, "POINT(13 14)"), *line = parse(ctx, "LINESTRING(-5 5,15 5)");
    double a[2], b[2];

    EXPECT_REAL(zone_geometry_distance(square, far), 5.0, 1e-12);
    EXPECT(zone_geometry_nearest(square, far, a, b));
    EXPECT_REAL(a[0], 10.0, 0.0);
    EXPECT_REAL(b[1], 14.0, 0.0);
    EXPECT(zone_geometry_covers(square, inner) && !zone_geometry_covers(inner, square));
    EXPECT(zone_geometry_intersects(square, line) && !zone_geometry_intersects(square, far));
    EXPECT(zone_geometry_crosses(line, square) && !zone_geometry_crosses(inner, square));
    zone_geometry_free(square);
    zone_geometry_free(inner);
    zone_geometry_free(far);
    zone_geometry_free(line);
    zone_context_free(ctx);
}

TEST(new_geometries_from_two)
{
    zone_context *ctx = new_context();
    zone_geometry *a = parse(ctx, "POLYGON((0 0,10 0,10 10,0 10,0 0))"),
                  *b = parse(ctx, "POLYGON((5 0,15 0,15 10,5 10,5 0))");
    zone_geometry *out = NULL;

    EXPECT_INT(zone_geometry_intersection(ctx, a, b, &out), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(out), 50.0, 1e-12);
    zone_geometry_free(out);
    EXPECT_INT(zone_geometry_difference(ctx, a, b, &out), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(out), 50.0, 1e-12);
    zone_geometry_free(out);
    EXPECT_INT(zone_geometry_union(ctx, a, b, &out), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(out), 150.0, 1e-12);
    zone_geometry_free(out);
    EXPECT_INT(zone_geometry_buffer(ctx, a, 1.0, &out), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(out), 140.0 + 3.14159265, 0.01);
    zone_geometry_free(out);
    EXPECT_INT(zone_geometry_boundary(ctx, a, &out), ZONE_OK);
    EXPECT_REAL(zone_geometry_length(out), 40.0, 1e-12);
    EXPECT(zone_geometry_closed(out));
    zone_geometry_free(out);
    zone_geometry_free(a);
    zone_geometry_free(b);
    zone_context_free(ctx);
}

TEST(what_geos_cannot_do_is_an_error_and_no_crash)
{
    zone_context *ctx = new_context();
    zone_geometry *tie = parse(ctx, "POLYGON((0 0,100 100,100 0,0 100,0 0))"),
                  *square = parse(ctx, "POLYGON((40 40,90 40,90 90,40 90,40 40))");
    zone_geometry *collection = parse(ctx, "GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))"), *out = NULL;
    zone_status status = zone_geometry_intersection(ctx, tie, square, &out);

    EXPECT(status == ZONE_OK || (status == ZONE_BAD_GEOMETRY && out == NULL && zone_context_error(ctx)->found));
    zone_geometry_free(out);
    EXPECT_INT(zone_geometry_boundary(ctx, collection, &out), ZONE_BAD_GEOMETRY);
    EXPECT(out == NULL);
    zone_geometry_free(tie);
    zone_geometry_free(square);
    zone_geometry_free(collection);
    zone_context_free(ctx);
}

TEST(a_buffer_ends_when_the_user_cancels)
{
    zone_context *ctx = new_context();
    zone_geometry *line = NULL, *made = NULL;

    EXPECT_INT(zone_geometry_from_wkt(ctx, "LINESTRING(0 0,9 0,5 5,5 -5)", &line), ZONE_OK);
    zone_cancel(ctx);
    EXPECT_INT(zone_geometry_buffer(ctx, line, 1.0, &made), ZONE_CANCELLED);
    EXPECT(made == NULL);
    EXPECT_INT(zone_geometry_buffer(ctx, line, 1.0, &made), ZONE_OK);
    zone_geometry_free(made);
    zone_geometry_free(line);
    zone_context_free(ctx);
}
