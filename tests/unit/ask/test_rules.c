/* Rules of the layout, each met and not met; what was measured is what one reads off the drawing. */
#include "ask/rules.h"
#include "ask/sketch.h"

/* One rule (YAML), what it should say. margin NULL: any. */
typedef struct {
    const char *rule;
    bool met;
    const char *measured, *margin;
} expectation;

static void expect_rule(const expectation *expected)
{
    zone_context *ctx = new_context();
    place p;
    char more[1024];
    zone_table *table = NULL;

    snprintf(more, sizeof more, "rules:\n  - {%s}\n", expected->rule);
    zone_plan *plan = open_sketch(ctx, &p, more);
    EXPECT_INT(zone_layout(ctx, plan, NULL, &table), ZONE_OK);
    int before = test_failures;
    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_TEXT(text_at(table, 0, "verdict"), expected->met ? "met" : "unmet");
    EXPECT_TEXT(text_at(table, 0, "measured"), expected->measured);
    if (expected->margin)
        EXPECT_TEXT(text_at(table, 0, "margin"), expected->margin);
    EXPECT_INT(zone_table_verdict(table), expected->met ? ZONE_OK : ZONE_UNMET);
    if (test_failures != before)
        printf("  in {%s}: %s\n", expected->rule, zone_context_error_text(ctx));
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

static void expect_rules(const expectation *expected, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_rule(&expected[i]);
}
#define EXPECT_RULES(list) expect_rules(list, sizeof(list) / sizeof *(list))

TEST(near_centroid_measures_from_centroid_to_centroid)
{
    /* far: (310, 10), room: (50, 50); √(260² + 40²) = 263.0589… */
    static const expectation list[] = {
        {"rule: near_centroid, of: areas/desk, in: areas/room, tolerance: 10 m", true, "centroids 0.0 m apart",
         "10.000 m"},
        {"rule: near_centroid, of: areas/far, in: areas/room, tolerance: 264 m", true, "centroids 263.1 m apart",
         "0.941 m"},
        {"rule: near_centroid, of: areas/far, in: areas/room, tolerance: 263 m", false, "centroids 263.1 m apart",
         "0.059 m"},
    };
    EXPECT_RULES(list);
}

TEST(within_measures_the_farthest_vertex_outside)
{
    static const expectation list[] = {
        {"rule: within, of: areas/desk, in: areas/room, tolerance: 1 m", true, "0.000 m outside at most", "1.000 m"},
        {"rule: within, of: areas/ledge, in: areas/room, tolerance: 1 m", true, "0.500 m outside at most", "0.500 m"},
        {"rule: within, of: areas/ledge, in: areas/room, tolerance: 0.25 m", false, "0.500 m outside at most",
         "0.250 m"},
        {"rule: within, of: areas/far, in: areas/room, tolerance: 1 m", false, "220.000 m outside at most", NULL},
    };
    EXPECT_RULES(list);
}

TEST(disjoint_tells_the_worst_pair)
{
    static const expectation list[] = {
        {"rule: disjoint, of: tiles", true, "no overlap", "0.000000 m²"},
        /* the ledge lies in the room but for half a metre of its 50.5: 50 × 10 m² */
        {"rule: disjoint, of: areas", false, "name of room and name of ledge overlap by 500.00 m²", "500.000000 m²"},
    };
    EXPECT_RULES(list);
}

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

TEST(passes_touches_and_links_tell_the_farthest)
{
    static const expectation list[] = {
        {"rule: passes, of: lines/ring, through: points, tolerance: 5 m", true,
         "3 points, the farthest (name of c) 4.000 m away", "1.000 m"},
        {"rule: passes, of: lines/ring, through: points, tolerance: 3 m", false,
         "3 points, the farthest (name of c) 4.000 m away", "1.000 m"},
        {"rule: touches, of: tiles, by: [areas/room], tolerance: 0 m", true,
         "2 members, the farthest (name of west) 0.000 m away", "0.000 m"},
        {"rule: touches, of: areas/far, by: [areas/room, areas/desk], tolerance: 1 m", false,
         "1 members, the farthest (name of far) 200.000 m away", "199.000 m"},
        {"rule: links, of: lines/across, areas: [areas/room, areas/river], tolerance: 5 m", true,
         "the farthest (areas/room) 0.000 m away", "5.000 m"},
        {"rule: links, of: lines/across, areas: [areas/room, areas/far], tolerance: 5 m", false,
         "the farthest (areas/far) 251.794 m away", "246.794 m"},
    };
    EXPECT_RULES(list);
}

TEST(mixed_use_finds_the_least_share_of_any_member)
{
    static const expectation list[] = {
        {"rule: mixed_use, of: zones, by: planned, groups: [\"07\", \"08 09\"]", true,
         "least share: 30.00 % of name of only for classes 07", "30.00 %"},
        {"rule: mixed_use, of: tiles, by: planned, groups: [\"07\", \"08 09\"]", false,
         "least share: 0.00 % of name of east for classes 07", "0.00 %"},
        {"rule: mixed_use, of: zones, by: planned, groups: [\"07 08\"]", true,
         "least share: 100.00 % of name of only for classes 07 08", NULL},
    };
    EXPECT_RULES(list);
}

TEST(what_is_not_there_is_not_met_and_named)
{
    static const expectation list[] = {
        {"rule: closed, of: lines/nowhere", false, "nothing named lines/nowhere", NULL},
        {"rule: within, of: areas/desk, in: areas/nowhere, tolerance: 1 m", false, "nothing named areas/nowhere", NULL},
    };
    EXPECT_RULES(list);
}
