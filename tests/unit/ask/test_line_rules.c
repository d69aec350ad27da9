/* Rules on lines, each met and not met; what was measured is what one reads off the drawing. */
#include "ask/rule_run.h"

#include "ask/expect_rule.h"

TEST(closed_measures_the_gap)
{
    static const expectation list[] = {
        {"rule: closed, of: lines/ring", true, "ends 0.000 m apart", "0.000 m"},
        {"rule: closed, of: lines/open", false, "ends 3.000 m apart", "3.000 m"},
        {"rule: closed, of: areas/room", false, "not the kind of geometry that the rule needs", NULL},
    };
    EXPECT_RULES(list);
}

TEST(made_of_needs_every_part)
{
    static const expectation list[] = {
        {"rule: made_of, of: lines/ring, parts: [areas/room], share: 0.98, tolerance: 1 m", true,
         "100.00 % along its parts (areas/room 100.0 %)", "2.00 %"},
        {"rule: made_of, of: lines/ring, parts: [areas/room, areas/far], share: 0.98, tolerance: 1 m", false,
         "100.00 % along its parts (areas/room 100.0 %, areas/far 0.0 %)", NULL},
        {"rule: made_of, of: lines/across, parts: [areas/room], share: 0.5, tolerance: 0.001 m", false,
         "33.33 % along its parts (areas/room 33.3 %)", "16.67 %"},
    };
    EXPECT_RULES(list);
}

TEST(follows_measures_the_share_along_a_line)
{
    static const expectation list[] = {
        {"rule: follows, of: lines/side, along: lines/ring, share: 0.7, tolerance: 1 m", true,
         "100.00 % of 100 m along it", "30.00 %"},
        {"rule: follows, of: lines/eastward, along: lines/ring, share: 0.7, tolerance: 1 m", false,
         "2.00 % of 100 m along it", "68.00 %"},
    };
    EXPECT_RULES(list);
}

TEST(crosses_means_from_side_to_side)
{
    static const expectation list[] = {
        {"rule: crosses, of: lines/across, by: [areas/river]", true, "crosses areas/river 20.0 m", "20.000 m"},
        {"rule: crosses, of: lines/stops, by: [areas/river]", false, "crosses areas/river 10.0 m", NULL},
        {"rule: crosses, of: lines/across, by: [areas/river, areas/far]", false,
         "crosses areas/river 20.0 m, areas/far 0.0 m", "0.000 m"},
    };
    EXPECT_RULES(list);
}

TEST(meets_inside_tells_where_lines_meet)
{
    /* from (50, 50) to the corner (300, 20) of far: √(250² + 30²) = 251.79… */
    static const expectation list[] = {
        {"rule: meets_inside, of: lines/across, with: lines/eastward, in: areas/room", true, "they meet 0.0 m outside",
         "50.000 m"},
        {"rule: meets_inside, of: lines/across, with: lines/eastward, in: areas/far", false,
         "they meet 251.8 m outside", "251.794 m"},
        {"rule: meets_inside, of: lines/across, with: lines/away, in: areas/room", false,
         "they do not meet: 150.0 m apart", "150.000 m"},
    };
    EXPECT_RULES(list);
}

TEST(leaves_from_measures_distance_and_direction)
{
    /* north, towards the river's centre: straight; far lies 8.75° south of east: 98.7° off */
    static const expectation list[] = {
        {"rule: leaves_from, of: lines/across, from: areas/desk, towards: areas/river, angle: 45 deg, tolerance: 50 m",
         true, "leaves 0.0 m from it, 0.0° off the direction", "50.0 m, 45.0°"},
        {"rule: leaves_from, of: lines/across, from: areas/desk, towards: areas/far, angle: 45 deg, tolerance: 50 m",
         false, "leaves 0.0 m from it, 98.7° off the direction", NULL},
        {"rule: leaves_from, of: lines/away, from: areas/room, towards: areas/river, angle: 180 deg, tolerance: 50 m",
         false, "leaves 100.0 m from it, 49.1° off the direction", "50.0 m, 130.9°"},
    };
    EXPECT_RULES(list);
}

TEST(passes_and_links_tell_the_farthest)
{
    static const expectation list[] = {
        {"rule: passes, of: lines/ring, through: points, tolerance: 5 m", true,
         "3 points, the farthest (name of c) 4.000 m away", "1.000 m"},
        {"rule: passes, of: lines/ring, through: points, tolerance: 3 m", false,
         "3 points, the farthest (name of c) 4.000 m away", "1.000 m"},
        {"rule: links, of: lines/across, areas: [areas/room, areas/river], tolerance: 5 m", true,
         "the farthest (areas/room) 0.000 m away", "5.000 m"},
        {"rule: links, of: lines/across, areas: [areas/room, areas/far], tolerance: 5 m", false,
         "the farthest (areas/far) 251.794 m away", "246.794 m"},
    };
    EXPECT_RULES(list);
}

/* halves: one line in two features, wholly inside the river; arcs: one ring in two. */
TEST(lines_of_several_features_are_joined_before_they_have_ends)
{
    static const expectation list[] = {
        {"rule: crosses, of: halves, by: [areas/river]", false, "crosses areas/river 80.0 m", NULL},
        {"rule: closed, of: halves", false, "ends 80.000 m apart", "80.000 m"},
        {"rule: closed, of: arcs", true, "ends 0.000 m apart", "0.000 m"},
        {"rule: leaves_from, of: halves, from: areas/room, towards: areas/river, angle: 90 deg, tolerance: 50 m", true,
         "leaves 30.0 m from it, 0.0° off the direction", "20.0 m, 90.0°"},
    };
    EXPECT_RULES(list);
}

TEST(a_line_in_parts_has_no_ends_and_says_so)
{
    static const char parts[] = "a line in 2 parts that do not join";
    static const expectation list[] = {
        {"rule: crosses, of: apart, by: [areas/river]", false, parts, NULL},
        {"rule: closed, of: apart", false, parts, NULL},
        {"rule: leaves_from, of: apart, from: areas/room, towards: areas/river, angle: 90 deg, tolerance: 50 m", false,
         parts, NULL},
    };
    EXPECT_RULES(list);
}
