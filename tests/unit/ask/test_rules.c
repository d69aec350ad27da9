/* Rules of the layout, each met and not met; what was measured is what one reads off the drawing. */
#include "ask/rules.h"

#include "ask/expect_rule.h"

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

/* u: arms of 20 m, 100 m apart; its base 60 m below. */
TEST(within_sees_what_lies_outside_between_vertices)
{
    static const expectation list[] = {
        {"rule: within, of: more/arm-to-arm, in: more/u, tolerance: 1 m", false, "50.000 m outside at most",
         "49.000 m"},
        {"rule: within, of: more/arm-to-arm, in: more/u, tolerance: 51 m", true, "50.000 m outside at most", "1.000 m"},
        {"rule: within, of: more/lid, in: more/frame, tolerance: 1 m", false, "40.000 m outside at most", "39.000 m"},
        {"rule: within, of: more/base, in: more/u, tolerance: 0 m", true, "0.000 m outside at most", "0.000 m"},
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

TEST(touches_tells_the_farthest_member)
{
    static const expectation list[] = {
        {"rule: touches, of: tiles, by: [areas/room], tolerance: 0 m", true,
         "2 members, the farthest (name of west) 0.000 m away", "0.000 m"},
        {"rule: touches, of: areas/far, by: [areas/room, areas/desk], tolerance: 1 m", false,
         "1 members, the farthest (name of far) 200.000 m away", "199.000 m"},
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

TEST(areas_of_one_element_are_its_own)
{
    static const expectation list[] = {
        {"rule: disjoint, of: areas/room", true, "no overlap", "0.000000 m²"},
        {"rule: mixed_use, of: tiles/west, by: planned, groups: [\"07\", \"08 09\"]", true,
         "least share: 30.00 % of name of west for classes 07", "30.00 %"},
        {"rule: mixed_use, of: tiles/east, by: planned, groups: [\"08 09\"]", true,
         "least share: 100.00 % of name of east for classes 08 09", NULL},
        {"rule: mixed_use, of: tiles/west, by: planned/right, groups: [\"08\"]", true,
         "least share: 70.00 % of name of west for classes 08", "70.00 %"},
    };
    EXPECT_RULES(list);
}

TEST(degrees_measure_areas_but_no_distance)
{
    static const char distance[] = "rules:\n  - {rule: touches, of: areas/far, by: [areas/room], tolerance: 1 m}\n",
                      area[] = "rules:\n  - {rule: disjoint, of: tiles}\n";
    zone_context *ctx = new_context();
    zone_table *table = NULL;
    place p;
    zone_plan *plan = open_sketch_in(ctx, &p, "EPSG:4490", "ellipsoid", distance);

    EXPECT_INT(zone_layout(ctx, plan, NULL, &table), ZONE_BAD_PLAN);
    EXPECT_TEXT(zone_context_error(ctx)->key, "crs");
    EXPECT_INT(zone_context_error(ctx)->line, 4);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "crs: EPSG:4549");
    zone_plan_close(plan);
    close_place(&p);
    plan = open_sketch_in(ctx, &p, "EPSG:4490", "ellipsoid", area);
    EXPECT_INT(zone_layout(ctx, plan, NULL, &table), ZONE_OK);
    EXPECT_TEXT(text_at(table, 0, "measured"), "no overlap");
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}
