/* The farthest point: at a vertex, between two, in the middle of an area. */
#include "read/geometry.h"

#include "read/fixture.h"

static void expect_farthest(const char *what, const char *from, double distance, double x, double y)
{
    zone_context *ctx = new_context();
    zone_geometry *a = NULL, *b = NULL;
    double found = -1.0, place[2] = {0.0, 0.0};

    EXPECT_INT(zone_geometry_from_wkt(ctx, what, &a), ZONE_OK);
    EXPECT_INT(zone_geometry_from_wkt(ctx, from, &b), ZONE_OK);
    EXPECT_INT(zone_geometry_farthest(ctx, a, b, &found, place), ZONE_OK);
    EXPECT_REAL(found, distance, 1e-6);
    EXPECT_REAL(place[0], x, 1e-5);
    EXPECT_REAL(place[1], y, 1e-5);
    zone_geometry_free(a);
    zone_geometry_free(b);
    zone_context_free(ctx);
}

TEST(a_vertex_is_farthest_from_what_is_convex)
{
    expect_farthest("LINESTRING(0 0,10 0)", "POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))", 9, 10, 0);
    expect_farthest("POLYGON((2 0,5 0,5 1,2 0))", "LINESTRING(0 -9,0 9)", 5, 5, 0);
    expect_farthest("MULTIPOINT((1 0),(0 7),(2 2))", "POINT(0 0)", 7, 0, 7);
}

TEST(between_vertices_an_edge_may_be_farther_than_both)
{
    expect_farthest("LINESTRING(-1 5,7.4 5)", "MULTIPOINT((-1 5),(7.4 5))", 4.2, 3.2, 5);
    expect_farthest("LINESTRING(-1 5,7.4 5,7.4 5.5)", "MULTILINESTRING((-1 0,-1 9),(7.4 0,7.4 9))", 4.2, 3.2, 5);
}

TEST(the_middle_of_an_area_may_be_farther_than_its_border)
{
    expect_farthest("POLYGON((0 0,10 0,10 6.5,0 0))", "LINESTRING(0 0,10 0,10 6.5,0 0)", 65.0 / (16.5 + hypot(10, 6.5)),
                    10 - 65.0 / (16.5 + hypot(10, 6.5)), 65.0 / (16.5 + hypot(10, 6.5)));
    expect_farthest("MULTIPOLYGON(((20 0,21 0,21 1,20 0)),((0 0,8 0,8 8,0 8,0 0)))",
                    "MULTIPOLYGON(((0 0,0 8,-1 8,0 0)),((0 0,8 0,8 -1,0 0)),((0 8,8 8,8 9,0 8)),((19 -1,22 -1,22 2,19 "
                    "-1)),((8 0,9 8,8 8,8 0)))",
                    4, 4, 4);
}

TEST(what_lies_in_it_is_not_far)
{
    expect_farthest("POLYGON((1 1,2 1,2 2,1 1))", "POLYGON((0 0,8 0,8 8,0 8,0 0))", 0, 1, 1);
}
