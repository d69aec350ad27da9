#include "read/geos.h"

#include "read/fixture.h"

static GEOSGeometry *parse(zone_geos *geos, const char *wkt)
{
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos->handle);
    GEOSGeometry *geometry = GEOSWKTReader_read_r(geos->handle, reader, wkt);

    GEOSWKTReader_destroy_r(geos->handle, reader);
    return geometry;
}

/* WKT to rings and back: equal, point for point. */
static void round_trip(const char *wkt, const char *expected)
{
    zone_context *ctx = new_context();
    zone_geos geos;
    zone_rings rings = {0};

    EXPECT_INT(zone_geos_open(ctx, &geos), ZONE_OK);
    GEOSGeometry *geometry = parse(&geos, wkt), *should = parse(&geos, expected);
    EXPECT_INT(zone_geos_to_rings(ctx, &geos, geometry, ZONE_SHAPE_NONE, &rings), ZONE_OK);
    GEOSGeometry *back = zone_geos_from_rings(&geos, &rings);
    if (!back || GEOSEqualsExact_r(geos.handle, back, should, 0.0) != 1)
        TEST_FAIL("%s does not come back as %s", wkt, expected);
    GEOSGeom_destroy_r(geos.handle, geometry);
    GEOSGeom_destroy_r(geos.handle, should);
    GEOSGeom_destroy_r(geos.handle, back);
    zone_rings_free(&rings);
    zone_geos_close(&geos);
    zone_context_free(ctx);
}

static void same(const char *wkt)
{
    round_trip(wkt, wkt);
}

TEST(geometries_come_back_from_rings_as_they_were)
{
    same("POINT (1 2)");
    same("MULTIPOINT ((1 2), (3 4))");
    same("LINESTRING (0 0, 1 1, 0 0)");
    same("MULTILINESTRING ((0 0, 1 1), (5 5, 6 6, 7 5))");
    same("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1))");
    same("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1)), ((20 0, 21 0, 21 1, 20 0)))");
    round_trip("GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 9 0, 9 9, 0 0)))", "POLYGON ((0 0, 9 0, 9 9, 0 0))");
}

/* The area after repair. */
static double repaired(const char *wkt)
{
    zone_context *ctx = new_context();
    zone_geos geos;
    double area = NAN;

    zone_geos_open(ctx, &geos);
    GEOSGeometry *geometry = parse(&geos, wkt), *mended = zone_geos_repair(&geos, geometry);
    EXPECT(mended && GEOSisValid_r(geos.handle, mended) == 1);
    GEOSArea_r(geos.handle, mended, &area);
    GEOSGeom_destroy_r(geos.handle, geometry);
    GEOSGeom_destroy_r(geos.handle, mended);
    zone_geos_close(&geos);
    zone_context_free(ctx);
    return area;
}

TEST(repair_keeps_the_land)
{
    EXPECT_REAL(repaired("POLYGON((0 0,100 100,100 0,0 100,0 0))"), 5000.0, 1e-9); /* both lobes of a bow-tie */
    /* What two parts share is kept once; the other method would leave 150, a hole where the parts overlap. */
    EXPECT_REAL(repaired("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((5 0,15 0,15 10,5 10,5 0)))"), 150.0, 1e-9);
    EXPECT_REAL(repaired("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((2 2,4 2,4 4,2 4,2 2)))"), 100.0, 1e-9);
    /* A hole that sticks out takes away only what lies in its shell. */
    EXPECT_REAL(repaired("POLYGON((0 0,10 0,10 10,0 10,0 0),(8 2,12 2,12 4,8 4,8 2))"), 96.0, 1e-9);
    EXPECT_REAL(repaired("POLYGON((0 0,10 0,10 10,5 10,5 20,5 10,0 10,0 0))"), 100.0, 1e-9); /* a spike */
    EXPECT_REAL(repaired("POLYGON((0 0,10 0,5 0,0 0))"), 0.0, 0.0);                          /* collapsed */
}

TEST(messages_of_geos_are_caught)
{
    zone_context *ctx = new_context();
    zone_geos geos;

    zone_geos_open(ctx, &geos);
    EXPECT(parse(&geos, "POLYGON((") == NULL);
    EXPECT_CONTAINS(geos.message, "ParseException");
    zone_geos_close(&geos);
    zone_context_free(ctx);
}

TEST(rings_too_short_for_geos_are_padded_so_that_validity_can_name_them)
{
    zone_context *ctx = new_context();
    zone_geos geos;
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    double *x, *y;

    zone_geos_open(ctx, &geos);
    zone_rings_add(ctx, &rings, false, 1, &x, &y);
    x[0] = y[0] = 7.0;
    GEOSGeometry *geometry = zone_geos_from_rings(&geos, &rings);
    EXPECT(geometry != NULL);
    char *reason = GEOSisValidReason_r(geos.handle, geometry);
    EXPECT_CONTAINS(reason, "Too few points");
    GEOSFree_r(geos.handle, reason);
    GEOSGeom_destroy_r(geos.handle, geometry);
    zone_rings_free(&rings);
    zone_geos_close(&geos);
    zone_context_free(ctx);
}
