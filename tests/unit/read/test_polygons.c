/* Polygons of an area: told apart by width, and the largest. */
#include "read/polygons.h"

#include "read/fixture.h"

static const char *const two = "GEOMETRYCOLLECTION(POLYGON((0 0,4 0,4 4,0 4,0 0)),POLYGON((9 0,9.25 0,9.25 8,9 8,9 0)),"
                               "LINESTRING(0 9,9 9))";

TEST(polygons_are_told_apart_by_width)
{
    zone_context *ctx = new_context();
    zone_geometry *drawn = NULL, *wide = NULL, *thin = NULL;
    double widest = 0.0;

    EXPECT_INT(zone_geometry_from_wkt(ctx, two, &drawn), ZONE_OK);
    EXPECT_INT(zone_polygons_split(ctx, drawn, 0.5, &wide, &thin, &widest), ZONE_OK);
    EXPECT_REAL(widest, 2.0, 1e-12);
    EXPECT_REAL(zone_geometry_plane_area(wide), 16.0, 1e-12);
    EXPECT_REAL(zone_geometry_plane_area(thin), 2.0, 1e-12);
    EXPECT_INT(zone_geometry_part_count(wide), 1);
    EXPECT_INT(zone_geometry_part_count(thin), 1);
    EXPECT_REAL(zone_geometry_length(thin), 16.5, 1e-12);
    zone_geometry_free(wide);
    zone_geometry_free(thin);
    EXPECT_INT(zone_polygons_split(ctx, drawn, 2.0, &wide, &thin, &widest), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(wide), 16.0, 1e-12); /* as wide as that is wide */
    zone_geometry_free(wide);
    zone_geometry_free(thin);
    zone_geometry_free(drawn);
    zone_context_free(ctx);
}

TEST(the_largest_polygon_and_the_others)
{
    zone_context *ctx = new_context();
    zone_geometry *drawn = NULL, *largest = NULL, *others = NULL, *none = NULL;

    EXPECT_INT(zone_geometry_from_wkt(ctx, two, &drawn), ZONE_OK);
    EXPECT_INT(zone_polygons_largest(ctx, drawn, &largest, &others), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(largest), 16.0, 1e-12);
    EXPECT_REAL(zone_geometry_plane_area(others), 2.0, 1e-12);
    zone_geometry_free(largest);
    zone_geometry_free(others);
    zone_geometry_free(drawn);
    EXPECT_INT(zone_geometry_from_wkt(ctx, "LINESTRING(0 0,1 1)", &none), ZONE_OK);
    EXPECT_INT(zone_polygons_largest(ctx, none, &largest, &others), ZONE_OK);
    EXPECT_INT(zone_geometry_part_count(largest), 0);
    zone_geometry_free(largest);
    zone_geometry_free(others);
    zone_geometry_free(none);
    zone_context_free(ctx);
}
