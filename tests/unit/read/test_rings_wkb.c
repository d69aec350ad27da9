/* The rings of WKB are those that GDAL reads, in every byte order and dimension; broken bytes are left alone. */
#include "read/rings_wkb.h"

#include "read/fixture.h"
#include "read/rings_ogr.h"

static unsigned char bytes[4096];

static size_t wkb_of(const char *wkt, OGRwkbByteOrder order)
{
    OGRGeometryH geometry = NULL;
    char *text = (char *)wkt;

    EXPECT_INT(OGR_G_CreateFromWkt(&text, NULL, &geometry), OGRERR_NONE);
    size_t size = (size_t)OGR_G_WkbSize(geometry);
    OGR_G_ExportToIsoWkb(geometry, order, bytes);
    OGR_G_DestroyGeometry(geometry);
    return size;
}

static bool taken(const char *wkt, OGRwkbByteOrder order, zone_rings *rings)
{
    bool done = false;
    size_t size = wkb_of(wkt, order);

    EXPECT_INT(zone_rings_from_wkb(NULL, bytes, size, false, rings, &done), ZONE_OK);
    return done;
}

static const char *const areas[] = {
    "POLYGON((0 0,1 0,1 1,0 0))",
    "POLYGON Z((0 0 5,1 0 5,1 1 5,0 0 5))",
    "POLYGON M((0 0 5,1 0 5,1 1 5,0 0 5))",
    "POLYGON ZM((0 0 5 6,1 0 5 6,1 1 5 6,0 0 5 6))",
    "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(5 1,6 1,6 2,5 1)),((20 0,21 0,21 1,20 0)))",
    "MULTIPOLYGON Z(((0 0 1,9 0 1,9 9 1,0 0 1)))",
};

TEST(polygons_give_the_rings_that_gdal_reads)
{
    for (size_t k = 0; k < sizeof areas / sizeof *areas; k++)
        for (int order = 0; order < 2; order++) {
            zone_rings rings = {0}, expected = {0};
            OGRGeometryH geometry = NULL;
            char *text = (char *)areas[k];
            EXPECT(taken(areas[k], order ? wkbNDR : wkbXDR, &rings));
            OGR_G_CreateFromWkt(&text, NULL, &geometry);
            zone_rings_from_ogr(NULL, geometry, ZONE_SHAPE_AREA, false, &expected);
            EXPECT_INT(rings.ring_count, expected.ring_count);
            EXPECT_INT(rings.vertex_count, expected.vertex_count);
            for (size_t i = 0; i < expected.vertex_count && i < rings.vertex_count; i++)
                EXPECT(rings.x[i] == expected.x[i] && rings.y[i] == expected.y[i]);
            for (size_t r = 0; r < expected.ring_count && r < rings.ring_count; r++)
                EXPECT(rings.hole[r] == expected.hole[r] && rings.start[r] == expected.start[r]);
            OGR_G_DestroyGeometry(geometry);
            zone_rings_free(&rings);
            zone_rings_free(&expected);
        }
}

TEST(a_layer_with_northing_first_is_turned)
{
    zone_rings rings = {0};
    bool done = false;
    size_t size = wkb_of("POLYGON((1 2,3 2,3 5,1 2))", wkbNDR);

    EXPECT_INT(zone_rings_from_wkb(NULL, bytes, size, true, &rings, &done), ZONE_OK);
    EXPECT(done && rings.x[0] == 2.0 && rings.y[0] == 1.0);
    zone_rings_free(&rings);
}

TEST(other_kinds_and_empty_ones_are_left_to_gdal)
{
    zone_rings rings = {0};

    EXPECT(!taken("POINT(1 2)", wkbNDR, &rings));
    EXPECT(!taken("LINESTRING(1 2,3 4)", wkbNDR, &rings));
    EXPECT(!taken("POLYGON EMPTY", wkbNDR, &rings));
    EXPECT(!taken("CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))", wkbNDR, &rings));
    EXPECT(!taken("GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))", wkbNDR, &rings));
    zone_rings_free(&rings);
}

TEST(bytes_cut_anywhere_or_counts_that_lie_are_not_taken)
{
    zone_rings rings = {0};
    bool done = false;
    size_t size = wkb_of(areas[4], wkbNDR);

    for (size_t cut = 0; cut < size; cut++) {
        unsigned char *exact = malloc(cut + 1); /* so that a sanitizer sees a byte too far */
        memcpy(exact, bytes, cut);
        EXPECT_INT(zone_rings_from_wkb(NULL, exact, cut, false, &rings, &done), ZONE_OK);
        EXPECT(!done);
        free(exact);
    }
    size = wkb_of(areas[0], wkbNDR);
    memset(bytes + 9, 0xff, 4); /* four billion points */
    EXPECT_INT(zone_rings_from_wkb(NULL, bytes, size, false, &rings, &done), ZONE_OK);
    EXPECT(!done);
    zone_rings_free(&rings);
}

static bool taken_points(const char *wkt, OGRwkbByteOrder order, zone_rings *rings)
{
    bool done = false;

    EXPECT_INT(zone_points_from_wkb(NULL, bytes, wkb_of(wkt, order), false, rings, &done), ZONE_OK);
    return done;
}

TEST(points_are_taken_whatever_their_order_and_dimensions)
{
    static const char *const points[] = {"POINT(1 2)", "POINT Z(1 2 3)", "POINT M(1 2 3)", "POINT ZM(1 2 3 4)",
                                         "MULTIPOINT(1 2)"};
    zone_rings rings = {0};

    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        for (int order = 0; order < 2; order++) {
            EXPECT(taken_points(points[i], order ? wkbNDR : wkbXDR, &rings));
            EXPECT_INT(rings.shape, ZONE_SHAPE_POINT);
            EXPECT_INT(rings.ring_count, 1);
            EXPECT(rings.x[0] == 1.0 && rings.y[0] == 2.0);
        }
    EXPECT(taken_points("MULTIPOINT(1 2,3 4,5 6)", wkbNDR, &rings));
    EXPECT_INT(rings.ring_count, 3);
    EXPECT(rings.x[2] == 5.0 && rings.y[2] == 6.0);
    zone_rings_free(&rings);
}

TEST(what_is_no_point_is_left_to_gdal)
{
    zone_rings rings = {0};
    bool done = true;
    size_t size = wkb_of("MULTIPOINT(1 2,3 4)", wkbNDR);

    for (size_t cut = 0; cut < size; cut++) {
        EXPECT_INT(zone_points_from_wkb(NULL, bytes, cut, false, &rings, &done), ZONE_OK);
        EXPECT(!done && rings.ring_count == 0);
    }
    EXPECT(!taken_points("POINT EMPTY", wkbNDR, &rings));
    EXPECT(!taken_points("MULTIPOINT EMPTY", wkbNDR, &rings));
    EXPECT(!taken_points("LINESTRING(1 2,3 4)", wkbNDR, &rings));
    EXPECT(!taken_points("POLYGON((0 0,1 0,1 1,0 0))", wkbNDR, &rings));
    EXPECT_INT(zone_points_from_wkb(NULL, bytes, wkb_of("POINT(1 2)", wkbNDR), true, &rings, &done), ZONE_OK);
    EXPECT(done && rings.x[0] == 2.0 && rings.y[0] == 1.0);
    zone_rings_free(&rings);
}
