/* What two areas share is one piece: told only where it is sure. */
#include "ask/one_piece.h"

#include "test.h"

/* "x y, x y, …" as a feature of one ring; "/" begins another ring. */
static void add(zone_batch *batch, const char *text)
{
    double x = 0.0, y = 0.0;
    int used = 0;

    EXPECT_INT(zone_batch_add_feature(NULL, batch, 0, 0, ZONE_SHAPE_AREA), ZONE_OK);
    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (; *text; text += used) {
        used = 1;
        if (*text == '/')
            EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
        else if (sscanf(text, "%lf %lf%n", &x, &y, &used) == 2)
            EXPECT_INT(zone_batch_add_vertex(NULL, batch, x, y), ZONE_OK);
        else
            used = 1;
    }
}

static bool is_one(const char *first, const char *second)
{
    zone_batch batch = {0};

    add(&batch, first);
    add(&batch, second);
    bool one = zone_one_piece(&batch, 0, &batch, 1);
    EXPECT(zone_one_piece(&batch, 1, &batch, 0) == one);
    zone_batch_free(&batch);
    return one;
}

static const char box[] = "448000.5 3229000.25, 448010.5 3229000.25, 448010.5 3229010.25, 448000.5 3229010.25";

TEST(borders_that_cross_twice_share_one_piece)
{
    EXPECT(is_one(box, "448005 3229005, 448015 3229005, 448015 3229015, 448005 3229015"));
}

TEST(an_area_within_another_is_one_piece)
{
    EXPECT(is_one(box, "448002 3229002, 448003 3229002, 448003 3229003"));
    EXPECT(is_one(box, "448102 3229002, 448103 3229002, 448103 3229003")); /* apart: nothing is shared */
}

TEST(two_teeth_may_share_two_pieces)
{
    EXPECT(!is_one(box,
                   "448002 3229005, 448003 3228990, 448004 3228998, 448006 3228998, 448007 3228990, 448008 3229005, "
                   "448009 3228980, 448001 3228980"));
}

TEST(borders_that_touch_or_coincide_are_not_sure)
{
    EXPECT(!is_one(box, box));
    EXPECT(!is_one(box, "448010.5 3229000.25, 448020 3229000.25, 448020 3229010.25, 448010.5 3229010.25"));
    EXPECT(!is_one(box, "448005 3229005, 448010.5 3229007, 448005 3229009")); /* a vertex on the border */
}

TEST(holes_and_parts_are_not_sure)
{
    EXPECT(!is_one("0 0, 10 0, 10 10, 0 10 / 2 2, 2 4, 4 4, 4 2", "5 5, 15 5, 15 15, 5 15"));
}
