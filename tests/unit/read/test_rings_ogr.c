#include "read/rings_ogr.h"

#include "read/fixture.h"

static zone_rings rings_of(const char *wkt, zone_shape wanted)
{
    zone_context *ctx = new_context();
    zone_rings rings = {0};
    OGRGeometryH geometry = NULL;
    char *text = (char *)wkt;

    EXPECT_INT(OGR_G_CreateFromWkt(&text, NULL, &geometry), OGRERR_NONE);
    EXPECT_INT(zone_rings_from_ogr(ctx, geometry, wanted, false, &rings), ZONE_OK);
    OGR_G_DestroyGeometry(geometry);
    zone_context_free(ctx);
    return rings;
}

static void expect(const char *wkt, zone_shape wanted, zone_shape shape, size_t ring_count, size_t vertex_count)
{
    zone_rings rings = rings_of(wkt, wanted);

    if (rings.shape != shape || rings.ring_count != ring_count || rings.vertex_count != vertex_count)
        TEST_FAIL("%s: shape %d, %zu rings, %zu vertices", wkt, (int)rings.shape, rings.ring_count, rings.vertex_count);
    zone_rings_free(&rings);
}

TEST(each_kind_of_geometry_gives_its_rings)
{
    expect("POLYGON((0 0,1 0,1 1,0 0))", ZONE_SHAPE_NONE, ZONE_SHAPE_AREA, 1, 3);
    expect("POLYGON Z((0 0 5,1 0 5,1 1 5,0 0 5))", ZONE_SHAPE_AREA, ZONE_SHAPE_AREA, 1, 3);
    expect("POLYGON M((0 0 5,1 0 5,1 1 5,0 0 5))", ZONE_SHAPE_AREA, ZONE_SHAPE_AREA, 1, 3);
    expect("MULTIPOLYGON(((0 0,9 0,9 9,0 0),(5 1,6 1,6 2,5 1)),((20 0,21 0,21 1,20 0)))", ZONE_SHAPE_AREA,
           ZONE_SHAPE_AREA, 3, 9);
    expect("TRIANGLE((0 0,1 0,1 1,0 0))", ZONE_SHAPE_AREA, ZONE_SHAPE_AREA, 1, 3);
    expect("LINESTRING(0 0,1 0,1 1,0 0)", ZONE_SHAPE_NONE, ZONE_SHAPE_LINE, 1, 4);
    expect("MULTIPOINT(0 0,1 0)", ZONE_SHAPE_NONE, ZONE_SHAPE_POINT, 2, 2);
    expect("POLYGON EMPTY", ZONE_SHAPE_AREA, ZONE_SHAPE_NONE, 0, 0);
    expect("LINESTRING(0 0,1 0)", ZONE_SHAPE_AREA, ZONE_SHAPE_NONE, 0, 0);
}

TEST(a_collection_gives_its_areas_and_counts_what_it_left_out)
{
    zone_rings rings = rings_of("GEOMETRYCOLLECTION(POINT(0 0),POLYGON((0 0,1 0,1 1,0 0)),LINESTRING(0 0,1 1),"
                                "GEOMETRYCOLLECTION(POLYGON((5 5,6 5,6 6,5 5))))",
                                ZONE_SHAPE_AREA);

    EXPECT_INT(rings.ring_count, 2);
    EXPECT_INT(rings.others, 2);
    zone_rings_free(&rings);
    expect("GEOMETRYCOLLECTION(POINT(0 0),LINESTRING(0 0,1 1))", ZONE_SHAPE_NONE, ZONE_SHAPE_LINE, 1, 2);
}

TEST(holes_are_marked)
{
    zone_rings rings =
        rings_of("MULTIPOLYGON(((0 0,9 0,9 9,0 0),(5 1,6 1,6 2,5 1)),((20 0,21 0,21 1,20 0)))", ZONE_SHAPE_AREA);

    EXPECT(!rings.hole[0] && rings.hole[1] && !rings.hole[2]);
    zone_rings_free(&rings);
}

TEST(curves_become_chords_that_lose_less_than_four_parts_in_a_million)
{
    zone_rings rings = rings_of("CURVEPOLYGON(CIRCULARSTRING(100 0,-100 0,100 0))", ZONE_SHAPE_AREA);
    double circle = 3.14159265358979 * 100.0 * 100.0;

    EXPECT_INT(rings.curves, 1);
    EXPECT(zone_rings_area(&rings) < circle);
    EXPECT_REAL(zone_rings_area(&rings) / circle, 1.0, 4e-6);
    zone_rings_free(&rings);
}

TEST(types_of_curves_without_an_arc_keep_every_ring_and_are_no_chords)
{
    static const char *const areas[] = {
        "CURVEPOLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 4,2 2))",
        "MULTISURFACE(CURVEPOLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 4,2 2)))",
        "CURVEPOLYGON(COMPOUNDCURVE((0 0,10 0,10 10),(10 10,0 10,0 0)),(2 2,4 2,4 4,2 4,2 2))",
        "GEOMETRYCOLLECTION(CURVEPOLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 4,2 2)))"};

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        zone_rings rings = rings_of(areas[i], ZONE_SHAPE_AREA);
        EXPECT_INT(rings.ring_count, 2);
        EXPECT_INT(rings.vertex_count, 8);
        EXPECT_INT(rings.curves, 0);
        EXPECT_INT(rings.others, 0);
        EXPECT_REAL(zone_rings_area(&rings), 96.0, 0.0);
        zone_rings_free(&rings);
    }
    zone_rings both = rings_of("MULTISURFACE(CURVEPOLYGON((0 0,10 0,10 10,0 10,0 0)),((20 0,30 0,30 10,20 10,20 0)))",
                               ZONE_SHAPE_AREA);
    EXPECT_REAL(zone_rings_area(&both), 200.0, 0.0);
    EXPECT_INT(both.others, 0);
    zone_rings_free(&both);
    expect("COMPOUNDCURVE((0 0,10 0),(10 0,10 10,0 10))", ZONE_SHAPE_NONE, ZONE_SHAPE_LINE, 1, 4);
    expect("MULTICURVE(COMPOUNDCURVE((0 0,10 0),(10 0,10 10)),(20 0,30 0))", ZONE_SHAPE_LINE, ZONE_SHAPE_LINE, 2, 5);
}

TEST(northing_first_is_turned_round)
{
    zone_context *ctx = new_context();
    zone_rings rings = {0};
    OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);

    OGR_G_SetPoint_2D(point, 0, 3218000.0, 441000.0);
    EXPECT_INT(zone_rings_from_ogr(ctx, point, ZONE_SHAPE_NONE, true, &rings), ZONE_OK);
    EXPECT_REAL(rings.x[0], 441000.0, 0.0);
    EXPECT_REAL(rings.y[0], 3218000.0, 0.0);
    OGR_G_DestroyGeometry(point);
    zone_rings_free(&rings);
    zone_context_free(ctx);
}

TEST(collections_nested_without_end_are_left)
{
    zone_context *ctx = new_context();
    zone_rings rings = {0};
    OGRGeometryH inner = OGR_G_CreateGeometry(wkbPoint);

    OGR_G_SetPoint_2D(inner, 0, 1.0, 2.0);
    for (int i = 0; i < 100; i++) {
        OGRGeometryH outer = OGR_G_CreateGeometry(wkbGeometryCollection);
        OGR_G_AddGeometryDirectly(outer, inner);
        inner = outer;
    }
    EXPECT_INT(zone_rings_from_ogr(ctx, inner, ZONE_SHAPE_NONE, false, &rings), ZONE_OK);
    EXPECT_INT(rings.ring_count, 0);
    OGR_G_DestroyGeometry(inner);
    zone_rings_free(&rings);
    zone_context_free(ctx);
}
