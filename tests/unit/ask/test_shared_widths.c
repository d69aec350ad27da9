/* How wide the pieces are that two areas share: told only where it is sure. */
#include "ask/shared_widths.h"

#include "test.h"

#include <math.h>

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

/* Both ways round; the count is 0 where it can't be told. */
static zone_shared_widths share(const char *first, const char *second)
{
    zone_batch batch = {0};
    zone_shared_widths widths = {0}, again = {0};

    add(&batch, first);
    add(&batch, second);
    bool told = zone_shared_widths_find(&batch, 0, &batch, 1, &widths);
    EXPECT(zone_shared_widths_find(&batch, 1, &batch, 0, &again) == told);
    if (told) {
        EXPECT_INT(again.count, widths.count);
        EXPECT_REAL(again.least, widths.least, 1e-8);
        EXPECT_REAL(again.widest, widths.widest, 1e-8);
        EXPECT(widths.count > 0);
    } else {
        widths.count = 0;
    }
    zone_batch_free(&batch);
    return widths;
}

static const char box[] = "448000.5 3229000.25, 448010.5 3229000.25, 448010.5 3229010.25, 448000.5 3229010.25";

/* 5.5 × 5.25 */
TEST(borders_that_cross_twice_share_one_piece)
{
    zone_shared_widths widths = share(box, "448005 3229005, 448015 3229005, 448015 3229015, 448005 3229015");

    EXPECT_INT(widths.count, 1);
    EXPECT_REAL(widths.widest, 2 * 5.5 * 5.25 / 21.5, 1e-8);
    EXPECT(widths.least == widths.widest);
}

/* One edge of the box is crossed twice: its piece goes round by the triangle, or by all the rest of the box. */
TEST(an_edge_may_be_crossed_twice)
{
    zone_shared_widths in = share(box, "448004.5 3228998.25, 448006.5 3228998.25, 448005.5 3229002.25");
    zone_shared_widths out = share(box, "447990.5 3228990.25, 448005.5 3229002.25, 448020.5 3228990.25, "
                                        "448020.5 3229020.25, 447990.5 3229020.25");

    EXPECT_INT(in.count, 1);
    EXPECT_REAL(in.widest, 2.0 / (1 + 2 * sqrt(4.25)), 1e-8);
    EXPECT_INT(out.count, 1);
    EXPECT_REAL(out.widest, 2 * (100 - 5) / (35 + 2 * sqrt(2.5 * 2.5 + 4)), 1e-8);
}

TEST(an_area_within_another_is_the_piece)
{
    zone_shared_widths widths = share(box, "448002 3229002, 448003 3229002, 448003 3229003");

    EXPECT_INT(widths.count, 1);
    EXPECT_REAL(widths.widest, 1 / (2 + sqrt(2)), 1e-8);
    EXPECT_INT(share(box, "448102 3229002, 448103 3229002, 448103 3229003").count, 0); /* nothing is shared */
}

/* Two teeth reach 1 and 4 into the box, each 2 wide at the border. */
TEST(two_teeth_share_two_pieces)
{
    zone_shared_widths widths =
        share(box, "447999.5 3228990.25, 448009.5 3228990.25, 448009.5 3229000, 448008.5 3229004.25, 448007 3228998, "
                   "448004.5 3228998.25, 448003.5 3229001.25, 448002.5 3228998.25");

    EXPECT_INT(widths.count, 2);
    EXPECT(widths.least < 0.5 && widths.least > 0.2);
    EXPECT(widths.widest > 0.6 && widths.widest < 1);
}

TEST(a_strip_across_is_thin)
{
    zone_shared_widths widths = share(box, "447990 3229005, 448020 3229005, 448020 3229005.5, 447990 3229005.5");

    EXPECT_INT(widths.count, 1);
    EXPECT_REAL(widths.widest, 2 * 10 * 0.5 / 21, 1e-8);
}

TEST(borders_that_touch_or_coincide_are_not_sure)
{
    EXPECT_INT(share(box, box).count, 0);
    EXPECT_INT(share(box, "448010.5 3229000.25, 448020 3229000.25, 448020 3229010.25, 448010.5 3229010.25").count, 0);
    EXPECT_INT(share(box, "448005 3229005, 448010.5 3229007, 448005 3229009").count, 0); /* a vertex on the border */
}

TEST(crossings_that_nearly_are_one_are_not_sure)
{
    EXPECT_INT(share(box, "448005 3229010.2500000001, 448004 3229020, 448006 3229020").count, 0);
    EXPECT_INT(share(box, "448005 3229010.249999999, 448004 3229020, 448006 3229020").count, 0);
}

TEST(holes_and_parts_are_not_sure)
{
    EXPECT_INT(share("0 0, 10 0, 10 10, 0 10 / 2 2, 2 4, 4 4, 4 2", "5 5, 15 5, 15 15, 5 15").count, 0);
}

/* 40 teeth: 80 crossings. */
TEST(borders_that_meet_very_often_are_left_to_others)
{
    char teeth[4096] = "100 -10, 100 -5";
    size_t length = strlen(teeth);

    for (int i = 40; i-- > 0;)
        length += (size_t)snprintf(teeth + length, sizeof teeth - length, ", %d.5 2, %d.01 -5", 10 + i, 10 + i);
    snprintf(teeth + length, sizeof teeth - length, ", 0 -10");
    EXPECT_INT(share("0 0, 100 0, 100.5 10, 0 10", teeth).count, 0);
}
