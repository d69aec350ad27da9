#include "read/transform.h"

#include "read/fixture.h"

/* A point of the reference document: corner A, 441000 3218000 in EPSG:4549. */
#define LON 119.3940464099873
#define LAT 29.07740280946656

static zone_status move(zone_context *ctx, const char *from, const char *to, double *x, double *y)
{
    zone_crs *a = NULL, *b = NULL;
    zone_status status;

    EXPECT_INT(zone_crs_create(ctx, from, "from the data", &a), ZONE_OK);
    EXPECT_INT(zone_crs_create(ctx, to, "from the data", &b), ZONE_OK);
    status = zone_crs_transform(ctx, a, b, x, y, 1);
    zone_crs_free(a);
    zone_crs_free(b);
    return status;
}

static void moves(const char *from, const char *to, double x, double y, double to_x, double to_y, double tolerance)
{
    zone_context *ctx = new_context();

    EXPECT_INT(move(ctx, from, to, &x, &y), ZONE_OK);
    EXPECT_REAL(x, to_x, tolerance);
    EXPECT_REAL(y, to_y, tolerance);
    zone_context_free(ctx);
}

TEST(easting_and_longitude_come_first_everywhere)
{
    moves("EPSG:4549", "EPSG:4490", 441000, 3218000, LON, LAT, 1e-12);
    moves("EPSG:4490", "EPSG:4549", LON, LAT, 441000, 3218000, 1e-6);
    moves("EPSG:4549", "EPSG:4528", 441000, 3218000, 40441000, 3218000, 1e-7);
    moves("EPSG:4490", "EPSG:4490", LON, LAT, LON, LAT, 0.0);
}

TEST(cgcs2000_and_wgs84_are_taken_as_equal)
{
    moves("EPSG:4549", "EPSG:4326", 441000, 3218000, LON, LAT, 1e-10);
    moves("EPSG:4326", "EPSG:4549", LON, LAT, 441000, 3218000, 1e-5);
    moves("EPSG:4490", "EPSG:3857", 90.0, 0.0, 6378137.0 * 1.5707963267948966, 0.0, 1e-6);
}

static void refused(const char *from, const char *to, double x, double y, const char *remedy)
{
    zone_context *ctx = new_context();

    EXPECT_INT(move(ctx, from, to, &x, &y), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, remedy);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "+towgs84=DX,DY,DZ,RX,RY,RZ,S");
    zone_context_free(ctx);
}

TEST(old_datums_are_not_moved_by_a_guess)
{
    refused("EPSG:2385", "EPSG:4549", 441000, 3218000, "+proj=tmerc");
    refused("EPSG:4549", "EPSG:2385", 441000, 3218000, "+ellps=IAU76");
    refused("EPSG:2385", "EPSG:4326", 441000, 3218000, "+lon_0=120");
    refused("EPSG:2437", "EPSG:4549", 441000, 3218000, "+ellps=krass");
    refused("EPSG:4214", "EPSG:4326", LON, LAT, "+ellps=krass");
    refused("EPSG:2385", "EPSG:2437", 441000, 3218000, "+towgs84");
}

TEST(the_same_old_datum_needs_no_shift)
{
    moves("EPSG:2385", "EPSG:2364", 441000, 3218000, 40441000, 3218000, 1e-7);
    moves("EPSG:2437", "EPSG:2416", 441000, 3218000, 40441000, 3218000, 1e-7);
}

TEST(parameters_that_the_user_gives_are_used)
{
    zone_context *ctx = new_context();
    const char *xian =
        "+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=IAU76 +units=m +towgs84=100,-50,20";
    double x = 441000, y = 3218000, back_x, back_y;

    EXPECT_INT(move(ctx, xian, "EPSG:4549", &x, &y), ZONE_OK);
    /* A shift of some hundred metres along the axes of the earth moves the point by as much. */
    EXPECT(hypot(x - 441000, y - 3218000) > 20.0 && hypot(x - 441000, y - 3218000) < 120.0);
    back_x = x;
    back_y = y;
    EXPECT_INT(move(ctx, "EPSG:4549", xian, &back_x, &back_y), ZONE_OK);
    /* There and back is not exact: in between the point is off the ellipsoid, and two dimensions forget its height. */
    EXPECT_REAL(back_x, 441000, 2e-3);
    EXPECT_REAL(back_y, 3218000, 2e-3);
    zone_context_free(ctx);
}

TEST(a_point_without_an_image_is_named)
{
    zone_context *ctx = new_context();
    double x = 119.0, y = 95.0;

    EXPECT_INT(move(ctx, "EPSG:4490", "EPSG:4549", &x, &y), ZONE_BAD_CRS);
    EXPECT_TEXT(zone_context_error(ctx)->place, "119 95");
    zone_context_free(ctx);
}
