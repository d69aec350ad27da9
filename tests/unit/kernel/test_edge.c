/* Edges: canonical, split, unwrapped. */
#include "kernel/edge.h"
#include "shapes.h"

static zone_status add_feature(zone_projection *projection, const zone_batch *batch, uint32_t member, zone_edges *edges)
{
    zone_images images = {0};
    zone_corners corners = {0};
    zone_status status = zone_images_make(NULL, projection, batch, &images);

    if (!status)
        status = zone_corners_add_feature(NULL, projection, batch, &images, 0, member, &corners);
    for (size_t i = 0; i < corners.count; i++)
        if (corners.corner[i].weight != 0) {
            zone_edge edge = zone_corners_edge(&corners, i);
            EXPECT_INT(zone_edges_add(NULL, edges, &edge), ZONE_OK);
        }
    zone_corners_free(&corners);
    zone_images_free(&images);
    return status;
}

static zone_edges edges_of(const char *crs, const char *method, const double *xy, size_t count, zone_status expected)
{
    zone_batch batch = {0};
    zone_edges edges = {0};
    zone_projection *projection = projection_of(crs, method);

    add_polygon(&batch, xy, count);
    EXPECT_INT(add_feature(projection, &batch, 5, &edges), expected);
    zone_projection_free(projection);
    zone_batch_free(&batch);
    return edges;
}

TEST(two_polygons_have_the_same_record_of_an_edge_they_share)
{
    const double west[] = {448000, 3229000, 448100, 3229000, 448100, 3229100, 448000, 3229100};
    const double east[] = {448100, 3229000, 448200, 3229000, 448200, 3229100, 448100, 3229100};
    zone_edges a = edges_of("EPSG:4549", "geodesic", west, 4, ZONE_OK);
    zone_edges b = edges_of("EPSG:4549", "geodesic", east, 4, ZONE_OK);
    const zone_edge *up = &a.edge[1], *down = &b.edge[3];

    EXPECT_INT(up->weight, -down->weight);
    EXPECT(memcmp(up->x, down->x, sizeof up->x) == 0 && memcmp(up->image_x, down->image_x, sizeof up->image_x) == 0);
    EXPECT(up->bulge == down->bulge && zone_edge_area(up) == zone_edge_area(down));
    EXPECT_INT(up->member, 5);
    zone_edges_free(&a);
    zone_edges_free(&b);
}

TEST(plane_edges_longer_than_asked_are_split_into_equal_parts)
{
    const double square[] = {448000, 3229000, 449000, 3229000, 449000, 3229070, 448000, 3229070};
    zone_edges edges = edges_of("EPSG:4549", "survey:split=70", square, 4, ZONE_OK);

    EXPECT_INT(edges.count, 2 * 15 + 2); /* 1000 m: 14 points, 15 parts; 70 m is not longer than 70 m */
    zone_edges_free(&edges);
}

TEST(a_ring_round_a_pole_is_refused)
{
    const double round[] = {0, 80, 90, 80, 180, 80, 270, 80};
    zone_edges edges = edges_of("EPSG:4490", "survey", round, 4, ZONE_BAD_GEOMETRY);

    zone_edges_free(&edges);
}

TEST(an_edge_over_the_antimeridian_goes_the_short_way)
{
    const double across[] = {179, 10, -179, 10, -179, 11, 179, 11};
    zone_edges edges = edges_of("EPSG:4490", "survey", across, 4, ZONE_OK);

    for (size_t i = 0; i < edges.count; i++)
        EXPECT(llabs(edges.edge[i].image_x[1] - edges.edge[i].image_x[0]) < 300000 * ZONE_IMAGE_PER_METRE);
    zone_edges_free(&edges);
}

TEST(rejected_features_have_no_edges)
{
    zone_batch batch = {0};
    zone_edges edges = {0};
    zone_projection *projection = projection_of("EPSG:4549", "grid");

    add_box(&batch, 0, 0, 1, 1);
    batch.state[0] = ZONE_FEATURE_REJECTED;
    EXPECT_INT(add_feature(projection, &batch, 0, &edges), ZONE_OK);
    EXPECT_INT(edges.count, 0);
    zone_projection_free(projection);
    zone_batch_free(&batch);
}

TEST(an_edge_by_itself_comes_back_as_it_was)
{
    const zone_edge up = {.x = {5, 7}, .y = {1, 2}, .image_x = {50, 70}, .image_y = {10, 20}, .weight = 2, .member = 3};
    zone_edge back = up;
    zone_corners corners = {.loose = true};

    back.x[0] = 9; /* against the canonical direction, and curved */
    back.bulge = 12;
    EXPECT_INT(zone_corners_add_edge(NULL, &corners, &up), ZONE_OK);
    EXPECT_INT(zone_corners_add_edge(NULL, &corners, &back), ZONE_OK);
    EXPECT_INT(corners.count, 4);
    EXPECT_INT(corners.corner[1].weight, 0);
    zone_edge first = zone_corners_edge(&corners, 0), second = zone_corners_edge(&corners, 2);
    EXPECT(first.x[0] == 5 && first.x[1] == 7 && first.weight == 2 && first.member == 3 && first.bulge == 0);
    EXPECT(second.x[0] == 9 && second.x[1] == 7 && second.weight == 2 && second.bulge == 12);
    zone_corners_free(&corners);
}

TEST(boxes_that_touch_meet)
{
    const zone_box a = {0, 0, 10, 10}, b = {10, 10, 20, 20}, c = {11, 0, 20, 9};

    EXPECT(zone_box_meets(&a, &b) && !zone_box_meets(&a, &c) && !zone_box_meets(&a, &zone_box_empty));
}
