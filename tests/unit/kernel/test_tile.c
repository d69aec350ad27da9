/* Tiles against the projection that they stand in for. */
#include "kernel/tile.h"
#include "test.h"

/* A smooth stand-in for an inverse projection, in degrees. */
static bool smooth(const void *user, double x, double y, long double place[2])
{
    (void)user;
    place[0] = 119.0L + (long double)x / 97000.0L + 1e-13L * (long double)x * (long double)y;
    place[1] = 29.0L + (long double)y / 111000.0L - 4e-14L * (long double)x * (long double)x;
    return true;
}

/* A projection with a crease that no polynomial follows. */
static bool creased(const void *user, double x, double y, long double place[2])
{
    smooth(user, x, y, place);
    place[0] += x > 4000.0 ? 1e-7L * (long double)(x - 4000.0) : 0.0L;
    return true;
}

static bool nowhere(const void *user, double x, double y, long double place[2])
{
    (void)user;
    (void)x;
    (void)y;
    (void)place;
    return false;
}

static const zone_ellipsoid cgcs2000 = {6378137.0, 298.257222101};

static bool find(zone_tiles *tiles, double x, double y, int64_t image[2])
{
    return zone_tiles_find_run(NULL, tiles, &x, &y, 1, &image[0], &image[1]) == 1;
}

TEST(a_fitted_tile_gives_the_images_of_the_projection)
{
    zone_tiles tiles;
    zone_tiles_open(&tiles, &cgcs2000, 8192.0, 0.0, smooth, NULL);

    for (int k = 0; k < 500; k++) {
        double x = -20000.0 + 83.7 * k, y = 15000.0 - 61.3 * k;
        long double place[2];
        int64_t image[2], expected[2];
        smooth(NULL, x, y, place);
        zone_tiles_image(&cgcs2000, place[0], place[1], expected);
        EXPECT(find(&tiles, x, y, image));
        EXPECT(llabs(image[0] - expected[0]) <= 3 && llabs(image[1] - expected[1]) <= 3);
    }
    EXPECT_INT(tiles.fallbacks, 0);
    zone_tiles_close(&tiles);
}

TEST(a_tile_that_can_not_follow_the_projection_is_not_used)
{
    zone_tiles tiles;
    int64_t image[2];

    zone_tiles_open(&tiles, &cgcs2000, 8192.0, 0.0, creased, NULL);
    EXPECT(!find(&tiles, 3000.0, 3000.0, image));
    EXPECT(find(&tiles, -3000.0, 3000.0, image));
    EXPECT_INT(tiles.fallbacks, 1);
    zone_tiles_close(&tiles);
}

TEST(where_there_is_no_place_there_is_no_tile)
{
    zone_tiles tiles;
    int64_t image[2];

    zone_tiles_open(&tiles, &cgcs2000, 8192.0, 0.0, nowhere, NULL);
    EXPECT(!find(&tiles, 0.0, 0.0, image));
    EXPECT(!find(&tiles, 1e300, 0.0, image));
    zone_tiles_close(&tiles);
}

TEST(tiles_that_do_not_fit_are_counted_once_whoever_met_them)
{
    zone_tiles tiles, other;
    int64_t image[2];

    zone_tiles_open(&tiles, &cgcs2000, 8192.0, 0.0, creased, NULL);
    zone_tiles_open(&other, &cgcs2000, 8192.0, 0.0, creased, NULL);
    EXPECT(!find(&tiles, 3000.0, 3000.0, image) && !find(&tiles, 3100.0, 3000.0, image));
    EXPECT_INT(tiles.unfit_count, 1);
    EXPECT(!find(&other, 3000.0, 3000.0, image) && !find(&other, 3000.0, 9000.0, image));
    EXPECT(find(&other, -3000.0, 3000.0, image));
    zone_tiles_add_unfit(NULL, &tiles, &other);
    EXPECT_INT(tiles.unfit_count, 2);
    EXPECT_INT(tiles.fallbacks, 4);
    EXPECT(find(&tiles, -3000.0, 3000.0, image) && !find(&tiles, 3000.0, 9000.0, image));
    EXPECT_INT(tiles.unfit_count, 2);
    zone_tiles_close(&tiles);
    zone_tiles_close(&other);
}

TEST(a_run_ends_where_the_tile_does_and_a_value_does_not_depend_on_its_neighbours)
{
    enum { COUNT = 40, INSIDE = 29 };
    double x[COUNT], y[COUNT];
    int64_t image_x[COUNT], image_y[COUNT], alone[2];
    zone_tiles tiles;

    for (int k = 0; k < COUNT; k++) {
        x[k] = k < INSIDE ? 5.0 + 17.25 * k : 8192.0 + k;
        y[k] = 8191.0 - 3.5 * k;
    }
    zone_tiles_open(&tiles, &cgcs2000, 8192.0, 0.0, smooth, NULL);
    for (size_t count = 1; count <= COUNT; count++)
        EXPECT_INT(zone_tiles_find_run(NULL, &tiles, x, y, count, image_x, image_y), count < INSIDE ? count : INSIDE);
    for (int k = 0; k < INSIDE; k++) {
        EXPECT(find(&tiles, x[k], y[k], alone));
        EXPECT(alone[0] == image_x[k] && alone[1] == image_y[k]);
    }
    x[3] = NAN;
    EXPECT_INT(zone_tiles_find_run(NULL, &tiles, x, y, COUNT, image_x, image_y), 3);
    x[3] = INFINITY;
    EXPECT_INT(zone_tiles_find_run(NULL, &tiles, x, y, COUNT, image_x, image_y), 3);
    zone_tiles_close(&tiles);
}
