/* Projections: which CRSs have which methods, and the same image whatever the data are read with. */
#include "kernel/project.h"
#include "test.h"

static zone_status create(zone_context *ctx, const char *crs, const char *name, zone_projection **projection)
{
    zone_method method;

    zone_method_parse(ctx, name, &method);
    return zone_projection_create(ctx, crs, &method, projection);
}

TEST(grid_area_is_refused_where_it_means_nothing)
{
    zone_context *ctx = NULL;
    zone_projection *projection = NULL;

    zone_context_create(&ctx);
    EXPECT_INT(create(ctx, "EPSG:3857", "grid", &projection), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "Web Mercator");
    EXPECT_INT(create(ctx, "EPSG:4490", "grid", &projection), ZONE_BAD_CRS);
    EXPECT(projection == NULL);
    EXPECT_INT(create(ctx, "EPSG:3857", "survey", &projection), ZONE_OK);
    zone_projection_free(projection);
    zone_context_free(ctx);
}

TEST(a_prefixed_zone_and_its_meridian_give_the_same_images)
{
    zone_projection *with = NULL, *without = NULL;
    const double x[] = {40441000.125, 40448123.5, 40612345.75}, plain[] = {441000.125, 448123.5, 612345.75};
    const double y[] = {3218000.5, 3229000.25, 4000000.125};
    int64_t ax[3], ay[3], bx[3], by[3];

    EXPECT_INT(create(NULL, "EPSG:4528", "survey", &with), ZONE_OK);
    EXPECT_INT(create(NULL, "EPSG:4549", "survey", &without), ZONE_OK);
    EXPECT_INT(zone_projection_images(NULL, with, x, y, 3, ax, ay), ZONE_OK);
    EXPECT_INT(zone_projection_images(NULL, without, plain, y, 3, bx, by), ZONE_OK);
    for (int i = 0; i < 3; i++)
        EXPECT(llabs(ax[i] - bx[i]) <= 20 && llabs(ay[i] - by[i]) <= 20); /* 2e-9 m */
    zone_projection_free(with);
    zone_projection_free(without);
}

TEST(a_vertex_without_an_image_is_an_error_with_its_place)
{
    zone_context *ctx = NULL;
    zone_projection *projection = NULL;
    const double x[] = {119.0, 119.0}, y[] = {29.0, 99.0};
    int64_t ix[2], iy[2];

    zone_context_create(&ctx);
    EXPECT_INT(create(ctx, "EPSG:4490", "survey", &projection), ZONE_OK);
    EXPECT_INT(zone_projection_images(ctx, projection, x, y, 2, ix, iy), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->place, "119 99");
    zone_projection_free(projection);
    zone_context_free(ctx);
}

TEST(tiles_hold_their_bound_in_every_zone_of_china)
{
    /* Every fifth kilometre from border to border would take minutes: three places a zone and latitude, and all of them
     * must have been fitted. */
    for (int zone = 25; zone <= 45; zone++) {
        zone_projection *projection = NULL;
        char crs[32];
        snprintf(crs, sizeof crs, "EPSG:%d", 4513 + zone - 25);
        EXPECT_INT(create(NULL, crs, "survey", &projection), ZONE_OK);
        for (int latitude = 3; latitude <= 54; latitude += 17)
            for (int side = -1; side <= 1; side++) {
                double x = zone * 1e6 + 5e5 + side * 160000.0, y = latitude * 110900.0;
                int64_t ix, iy;
                EXPECT_INT(zone_projection_images(NULL, projection, &x, &y, 1, &ix, &iy), ZONE_OK);
            }
        EXPECT_INT(zone_projection_fallbacks(projection), 0);
        zone_projection_free(projection);
    }
}

TEST(an_edge_on_a_meridian_does_not_bulge_and_one_along_a_parallel_does)
{
    zone_projection *projection = NULL;
    const double a[] = {119.0, 29.0}, b[] = {119.0, 29.01}, c[] = {119.01, 29.0};
    zone_exact bulge = 0;

    EXPECT_INT(create(NULL, "EPSG:4490", "geodesic", &projection), ZONE_OK);
    EXPECT_INT(zone_projection_bulge(NULL, projection, a, b, &bulge), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(bulge), 0.0, 1e-7);
    EXPECT_INT(zone_projection_bulge(NULL, projection, a, c, &bulge), ZONE_OK);
    /* ℓ³ tan φ / (12 N) with ℓ = 974 m: the geodesic runs north of the parallel, so what lies south of it grows. */
    EXPECT_REAL(fabs(zone_exact_to_m2(bulge)), 6.69, 0.05);
    zone_projection_free(projection);
}
