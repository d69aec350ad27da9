/* Overlap: few and many edges take different ways to the same area. */
#include "kernel/overlap.h"
#include "shapes.h"

static const double pi = 3.14159265358979323846;

/* A wheel of `count` vertices: above 64 the indexes are used. */
static void add_wheel(zone_batch *batch, double x, double y, double size, int count)
{
    static double xy[2 * 5000];

    for (int k = 0; k < count; k++) {
        double radius = size * (1.0 + 0.05 * sin(17.0 * 2.0 * pi * k / count));
        xy[2 * k] = x + radius * cos(2.0 * pi * k / count);
        xy[2 * k + 1] = y + radius * sin(2.0 * pi * k / count);
    }
    add_polygon(batch, xy, (size_t)count);
}

static zone_status add_feature(zone_projection *projection, const zone_batch *batch, zone_corners *corners)
{
    zone_images images = {0};
    zone_status status = zone_images_make(NULL, projection, batch, &images);

    if (!status)
        status = zone_corners_add_feature(NULL, projection, batch, &images, 0, 0, corners);
    zone_images_free(&images);
    return status;
}

static zone_exact common(const zone_batch *feature, const zone_batch *zones)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_layer *layer = layer_of(projection, zones);
    zone_corners corners = {0};
    zone_overlap_space overlap = {0};
    zone_members members = {0};
    zone_edge_index index = {0};

    EXPECT_INT(add_feature(projection, feature, &corners), ZONE_OK);
    zone_corners *of_members = NULL;
    EXPECT_INT(zone_members_begin_part(NULL, &members, &of_members), ZONE_OK);
    EXPECT_INT(add_feature(projection, zones, of_members), ZONE_OK);
    EXPECT_INT(zone_members_end_part(NULL, &members, 1), ZONE_OK);
    EXPECT_INT(zone_members_index(NULL, &members), ZONE_OK);
    EXPECT_INT(zone_members_build_lattices(NULL, &members), ZONE_OK);
    zone_bag bag;
    EXPECT_INT(zone_bag_make(NULL, &corners, &index, &bag), ZONE_OK);
    zone_feature whole = zone_feature_of_bag(&bag);
    EXPECT_INT(zone_overlap_run(NULL, &overlap, &whole, &members, -1), ZONE_OK);
    zone_exact area = overlap.share_count ? (zone_exact)overlap.share[0].sum.image : 0;
    EXPECT_INT(zone_overlap_run(NULL, &overlap, &whole, &members, 0), ZONE_OK);
    EXPECT_INT(overlap.share_count, 0); /* members up to number 0 were left out */
    zone_overlap_free(&overlap);
    zone_edge_index_free(&index);
    zone_corners_free(&corners);
    zone_members_free(&members);
    zone_layer_free(layer);
    zone_projection_free(projection);
    return area;
}

TEST(wheels_of_thousands_of_edges_have_in_common_what_both_orders_say)
{
    zone_batch a = {0}, b = {0};

    add_wheel(&a, 448000, 3229000, 500, 5000);
    add_wheel(&b, 448300, 3229100, 500, 3000);
    double one = zone_exact_to_m2(common(&a, &b)), other = zone_exact_to_m2(common(&b, &a));
    EXPECT(one > 300000 && one < 700000);
    EXPECT_REAL(one, other, 1e-5);
    zone_batch_free(&a);
    zone_batch_free(&b);
}

TEST(a_polygon_cut_in_two_keeps_its_area_whatever_indexes_are_used)
{
    for (int count = 8; count < 5000; count *= 5) {
        zone_batch wheel = {0}, west = {0}, east = {0};
        add_wheel(&wheel, 448000, 3229000, 500, count);
        add_box(&west, 447000, 3228000, 1000.25, 2000);
        add_box(&east, 448000.25, 3228000, 1000, 2000);
        EXPECT(common(&wheel, &west) + common(&wheel, &east) == common(&wheel, &wheel));
        EXPECT(common(&west, &wheel) == common(&wheel, &west) ||
               fabs(zone_exact_to_m2(common(&west, &wheel) - common(&wheel, &west))) < 1e-6);
        zone_batch_free(&wheel);
        zone_batch_free(&west);
        zone_batch_free(&east);
    }
}
