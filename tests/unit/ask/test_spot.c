/* Spots: points found on scan lines lie where they must. */
#include "ask/spot.h"

#include "test.h"

static void add_ring(zone_batch *batch, const double (*points)[2], size_t count)
{
    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (size_t i = 0; i < count; i++)
        EXPECT_INT(zone_batch_add_vertex(NULL, batch, points[i][0], points[i][1]), ZONE_OK);
}

static void add_box(zone_batch *batch, double west, double south, double east, double north, int hole)
{
    const double round[4][2] = {{west, south}, {east, south}, {east, north}, {west, north}};
    const double back[4][2] = {{west, south}, {west, north}, {east, north}, {east, south}};

    if (!hole)
        EXPECT_INT(zone_batch_add_feature(NULL, batch, 0, 0, ZONE_SHAPE_AREA), ZONE_OK);
    add_ring(batch, hole ? back : round, 4);
}

static bool find(const zone_batch *batch, const bool *outside, size_t count, double place[2])
{
    zone_spot_area areas[4];
    zone_spot_space space = {0};
    bool found = false;

    for (size_t a = 0; a < count; a++)
        areas[a] = (zone_spot_area){batch, a, outside[a]};
    EXPECT_INT(zone_spot_find(NULL, &space, areas, count, &found, place), ZONE_OK);
    zone_spot_free(&space);
    return found;
}

TEST(what_two_boxes_share_holds_the_spot)
{
    zone_batch batch = {0};
    const bool outside[] = {false, false};
    double place[2] = {0};

    add_box(&batch, 0, 0, 10, 10, 0);
    add_box(&batch, 8, 6, 20, 20, 0);
    EXPECT(find(&batch, outside, 2, place));
    EXPECT_REAL(place[0], 9.0, 0.0);
    EXPECT_REAL(place[1], 8.0, 0.0);
    zone_batch_free(&batch);
}

TEST(what_a_box_leaves_of_another_holds_the_spot)
{
    zone_batch batch = {0};
    const bool outside[] = {false, true};
    double place[2] = {0};

    add_box(&batch, 0, 0, 10, 10, 0);
    add_box(&batch, -5, -5, 9, 15, 0);
    EXPECT(find(&batch, outside, 2, place));
    EXPECT(place[0] > 9.0 && place[0] < 10.0 && place[1] > 0.0 && place[1] < 10.0);
    zone_batch_free(&batch);
}

TEST(a_spot_is_not_in_a_hole)
{
    zone_batch batch = {0};
    const bool outside[] = {false, false};
    double place[2] = {0};

    add_box(&batch, 0, 0, 10, 10, 0);
    add_box(&batch, 1, 1, 9, 9, 1);
    add_box(&batch, 0, 0, 5, 10, 0);
    EXPECT(find(&batch, outside, 2, place));
    EXPECT(place[0] < 1.0 || place[1] < 1.0 || place[1] > 9.0);
    EXPECT(place[0] < 5.0);
    zone_batch_free(&batch);
}

TEST(what_lies_apart_has_no_spot)
{
    zone_batch batch = {0};
    const bool both[] = {false, false}, rest[] = {false, true};
    double place[2] = {0};

    add_box(&batch, 0, 0, 10, 10, 0);
    add_box(&batch, 10, 0, 20, 10, 0);
    EXPECT(!find(&batch, both, 2, place)); /* they touch */
    zone_batch_free(&batch);
    add_box(&batch, 0, 0, 10, 10, 0);
    add_box(&batch, -1, -1, 11, 11, 0);
    EXPECT(!find(&batch, rest, 2, place)); /* nothing is left */
    zone_batch_free(&batch);
}

TEST(the_widest_of_several_stretches_is_taken)
{
    zone_batch batch = {0};
    const bool outside[] = {false, true};
    double place[2] = {0};

    add_box(&batch, 0, 0, 100, 10, 0);
    add_box(&batch, 10, -1, 40, 11, 0);
    EXPECT(find(&batch, outside, 2, place));
    EXPECT_REAL(place[0], 70.0, 1e-9);
    zone_batch_free(&batch);
}
