/* What is drawn of takes: parts, what they cover together, what they leave, and the areas of that. */
#include "ask/take_drawn.h"

#include "ask/trying.h"

static zone_take measure(trying *t, size_t check)
{
    zone_take take = {0};

    EXPECT_INT(zone_take_measure(&t->trial, 0, &t->plan->checks[check], &take), ZONE_OK);
    return take;
}

/* The plane's area of a drawing, and the method's, which here is the grid's; the drawing is freed. */
static void expect_drawn(trying *t, zone_status status, zone_geometry **made, double area)
{
    zone_geometry *drawn = *made;
    zone_exact sum = ZONE_EXACT_M2;

    EXPECT_INT(status, ZONE_OK);
    if (!drawn)
        return;
    EXPECT_REAL(zone_geometry_plane_area(drawn), area, 1e-6);
    EXPECT_INT(zone_take_area_of(&t->trial, drawn, t->trial.projection, &sum), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(sum), 1 + area, 1e-6); /* added to what was there */
    zone_geometry_free(drawn);
}

TEST(parts_are_drawn_one_by_one_and_together)
{
    trying t;
    zone_geometry *drawn = NULL;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 40, 10);
    put_boxes(&t.p, "apart.geojson", "one 10 0 30 5, two 20 0 50 5, sliver 0 9.9 40 20");
    try_sites(&t, "grid", "", "  - {rule: apart, of: redline, narrow: 0.5 m}\n");
    zone_take take = measure(&t, 0);
    const zone_plan_check *check = t.plan->checks;
    EXPECT_INT(take.count, 3);
    EXPECT(zone_take_is_measured(check, &take, 0) && !zone_take_is_measured(check, &take, 2));
    expect_drawn(&t, zone_take_draw_part(&t.trial, 0, &take.part[1], &drawn), &drawn, 100);
    expect_drawn(&t, zone_take_draw_any(&t.trial, 0, &take, 0, &drawn), &drawn, 100);
    expect_drawn(&t, zone_take_draw_together(&t.trial, 0, check, &take, &drawn), &drawn, 150);
    expect_drawn(&t, zone_take_draw_rest(&t.trial, 0, check, &take, &drawn), &drawn, 250);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(polygons_that_were_trimmed_are_not_drawn)
{
    trying t;
    drawing d;
    zone_geometry *drawn = NULL;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 60, 60);
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"id\":\"red\"", "-10 -10,70 -10,70 60,55 60,55 55,61 55,61 0.2,-10 0.2");
    end_drawing(&d, file_in(&t.p, "apart.geojson"));
    try_sites(&t, "grid", "", "  - {rule: apart, of: redline, narrow: 0.5 m}\n");
    zone_take take = measure(&t, 0);
    expect_drawn(&t, zone_take_draw_part(&t.trial, 0, take.part, &drawn), &drawn, 25);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(beside_the_site_is_drawn_without_it)
{
    trying t;
    zone_geometry *drawn = NULL;

    begin_trying(&t);
    box_site(&t, "site", 20, 20, 40, 40);
    put_boxes(&t.p, "farmland.geojson", "one 35 22 100 38, two 42 30 60 38");
    try_sites(&t, "grid", "", "  - {rule: near, of: farmland, within: 5 m}\n");
    zone_take take = measure(&t, 0);
    expect_drawn(&t, zone_take_draw_any(&t.trial, 0, &take, 0, &drawn), &drawn, 80);
    expect_drawn(&t, zone_take_draw_any(&t.trial, 0, &take, 1, &drawn), &drawn, 24);
    expect_drawn(&t, zone_take_draw_together(&t.trial, 0, t.plan->checks, &take, &drawn), &drawn, 80);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(of_what_is_left_all_or_the_largest_polygon_is_drawn)
{
    trying t;
    zone_geometry *drawn = NULL;

    begin_trying(&t);
    draw_site(&t, "site", "180 10,220 10,220 15,190 15,190 40,210 40,210 60,180 60");
    try_sites(&t, "grid", "",
              "  - {rule: inside, of: boundary, per: piece}\n  - {rule: inside, name: all, of: boundary}\n");
    zone_take take = measure(&t, 0);
    EXPECT(take.one_piece);
    expect_drawn(&t, zone_take_draw_left(&t.trial, 0, t.plan->checks, &take, &drawn), &drawn, 200);
    expect_drawn(&t, zone_take_draw_rest(&t.trial, 0, t.plan->checks, &take, &drawn), &drawn, 300);
    zone_take_free(&take);
    take = measure(&t, 1);
    expect_drawn(&t, zone_take_draw_left(&t.trial, 0, &t.plan->checks[1], &take, &drawn), &drawn, 300);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(widened_sites_are_found_by_their_number)
{
    zone_context *ctx = new_context();
    zone_batch near = {0};

    EXPECT_INT(zone_take_find_near(&near, 0), 0);
    for (int64_t id = 1; id < 12; id += 2)
        EXPECT_INT(zone_batch_add_feature(ctx, &near, id, 0, ZONE_SHAPE_AREA), ZONE_OK);
    for (size_t id = 1; id < 12; id += 2)
        EXPECT_INT(zone_take_find_near(&near, id), id / 2);
    EXPECT_INT(zone_take_find_near(&near, 4), near.feature_count);
    EXPECT_INT(zone_take_find_near(&near, 13), near.feature_count);
    zone_batch_free(&near);
    zone_context_free(ctx);
}

TEST(lines_have_no_area)
{
    trying t;
    zone_geometry *line = NULL;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 10, 10);
    try_sites(&t, "grid", "", "  - {rule: overlap}\n");
    zone_status status = zone_geometry_from_wkt(t.ctx, "LINESTRING(441000 3218000,441100 3218000)", &line);
    expect_drawn(&t, status, &line, 0);
    end_trying(&t);
}
