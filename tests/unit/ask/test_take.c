/* What sites take by the rule of each check, with areas known by hand; where it lies, how wide it is, what other
 * methods say of it, and what is drawn of it. */
#include "ask/take.h"

#include "ask/taking.h"

/* ---------------------------------------------------------------- inside, zones */

TEST(inside_measures_what_lies_outside)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "half out", 190, 20, 210, 30);
    box_site(&t, "in", 10, 10, 20, 20);
    box_site(&t, "out", 500, 500, 510, 510);
    draw_site(&t, "hole in", "150 50,250 50,250 90,150 90|160 60,160 80,240 80,240 60");
    try_sites(&t, "grid", "", "  - {rule: inside, of: boundary}\n");
    expect_area(&t, 0, 0, 100);
    expect_area(&t, 1, 0, 0);
    expect_area(&t, 2, 0, 100);
    expect_area(&t, 3, 0, 50 * 40 - 40 * 20);
    expect_place(&t, 0, 0, 200, 20, 210, 30);
    expect_place(&t, 2, 0, 500, 500, 510, 510);
    expect_place(&t, 3, 0, 200, 50, 250, 90);
    expect_by_methods(&t, 0, 0, (double[]){200, 20, 210, 30});
    expect_by_methods(&t, 2, 0, (double[]){500, 500, 510, 510});
    EXPECT_REAL(drawn_area(&t, 0, 0, 0), 100, 1e-6);
    EXPECT_REAL(drawn_area(&t, 1, 0, 0), 0, 0);
    zone_take take = measure(&t, 0, 0);
    EXPECT(take.rest && !take.beside && take.plane && take.edge == 0);
    EXPECT_REAL(zone_trial_plane(&t.trial, take.drawn), 100, 0);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(zones_measures_what_the_main_zone_leaves)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "across", 90, 0, 130, 10);
    box_site(&t, "in", 10, 10, 20, 20);
    box_site(&t, "half out", 185, 0, 205, 10);
    box_site(&t, "out", 500, 500, 510, 510);
    try_sites(&t, "grid", "", "  - {rule: zones}\n");
    expect_area(&t, 0, 0, 100);
    expect_area(&t, 1, 0, 0);
    expect_area(&t, 2, 0, 50);
    expect_area(&t, 3, 0, 100);
    expect_place(&t, 0, 0, 90, 0, 100, 10);
    expect_place(&t, 2, 0, 200, 0, 205, 10);
    expect_by_methods(&t, 0, 0, (double[]){90, 0, 100, 10});
    EXPECT_REAL(drawn_area(&t, 0, 0, 0), 100, 1e-6);
    EXPECT_REAL(drawn_area(&t, 2, 0, 0), 50, 1e-6);
    EXPECT_REAL(drawn_area(&t, 3, 0, 0), 100, 1e-6);
    end_trying(&t);
}

TEST(zones_that_overlap_leave_what_the_largest_leaves)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 80, 50, 120, 60);
    put_boxes(&t.p, "zones.geojson", "a 0 0 100 100, b 90 0 200 100");
    try_sites(&t, "grid", "", "  - {rule: zones}\n");
    expect_area(&t, 0, 0, 100);
    expect_place(&t, 0, 0, 80, 50, 90, 60);
    end_trying(&t);
}

/* Zone a is drawn in two pieces: together they are the main zone, and the largest piece is that of b. */
TEST(features_of_one_zone_are_one_zone)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "three", 35, 0, 120, 10);
    box_site(&t, "in a", 140, 0, 160, 10);
    put_boxes(&t.p, "zones.geojson", "a 0 0 70 100, b 70 0 110 100, a 110 0 150 100, a 150 0 200 100");
    try_sites(&t, "grid", "", "  - {rule: zones}\n");
    expect_area(&t, 0, 0, 400);
    expect_place(&t, 0, 0, 70, 0, 110, 10);
    expect_by_methods(&t, 0, 0, (double[]){70, 0, 110, 10});
    EXPECT_REAL(drawn_area(&t, 0, 0, 0), 400, 1e-6);
    expect_area(&t, 1, 0, 0);
    end_trying(&t);
}

/* ---------------------------------------------------------------- classes */

TEST(land_measures_the_classes_that_are_named)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "both", 10, 0, 40, 10);
    box_site(&t, "built", 0, 0, 10, 10);
    try_sites(&t, "grid", "",
              "  - {rule: land, of: landuse, classes: [agricultural]}\n"
              "  - {rule: land, name: built, of: landuse, classes: [\"07\"]}\n"
              "  - {rule: land, name: none, of: landuse, classes: [\"11\"]}\n");
    expect_area(&t, 0, 0, 200);
    expect_area(&t, 0, 1, 100);
    expect_area(&t, 0, 2, 0);
    expect_area(&t, 1, 0, 0);
    expect_area(&t, 1, 1, 100);
    zone_take take = measure(&t, 0, 0);
    EXPECT_INT(take.count, 2);
    EXPECT_TEXT(take.part[0].code, "0701");
    EXPECT(!take.part[0].counts && take.part[1].counts && take.largest == 1);
    zone_take_free(&take);
    take = measure(&t, 0, 2);
    EXPECT_INT(take.largest, take.count);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(use_measures_where_the_kind_may_not_lie)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "right", 130, 0, 140, 10);
    box_site(&t, "half", 110, 0, 130, 10);
    box_site(&t, "bare", 195, 0, 205, 10);
    try_sites(&t, "grid", "",
              "  - {rule: use, of: planned, kinds: {工业用地: [\"1001\"]}}\n"
              "  - {rule: use, name: wide, of: planned, kinds: {工业用地: [\"10\", \"07\"]}}\n"
              "  - {rule: use, name: other, of: planned, kinds: {商服用地: [\"09\"]}}\n");
    expect_area(&t, 0, 0, 0);
    expect_area(&t, 1, 0, 100);
    expect_area(&t, 2, 0, 50);
    expect_area(&t, 1, 1, 0);
    expect_area(&t, 1, 2, 200);
    expect_place(&t, 1, 0, 110, 0, 120, 10);
    expect_by_methods(&t, 1, 0, (double[]){110, 0, 120, 10});
    EXPECT_REAL(drawn_area(&t, 1, 0, 0), 100, 1e-6);
    end_trying(&t);
}

/* ---------------------------------------------------------------- farmland */

TEST(farmland_is_gross_or_less_its_ridges)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "both", 50, 10, 70, 30); /* 10 × 10 of each parcel */
    try_sites(&t, "grid", "",
              "  - {rule: farmland, of: farmland}\n"
              "  - {rule: farmland, name: net, of: farmland, net: yes}\n"
              "  - {rule: farmland, name: piece, of: farmland, per: piece}\n");
    expect_area(&t, 0, 0, 200);
    expect_area(&t, 0, 1, 90 + 80);
    expect_area(&t, 0, 2, 100);
    expect_by_methods(&t, 0, 0, (double[]){50, 20, 70, 30});
    zone_take take = measure(&t, 0, 1);
    EXPECT(!take.plane);
    EXPECT_TEXT(take.part[0].id, "west");
    EXPECT_AREA(take.part[1].area, 80);
    zone_take_free(&take);
    end_trying(&t);
}

/* ---------------------------------------------------------------- apart */

TEST(apart_measures_what_is_in_common_but_slivers)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "sliver", 170, 40, 180.2, 70);
    box_site(&t, "wide", 170, 40, 181, 70);
    box_site(&t, "none", 170, 40, 180, 70);
    box_site(&t, "all", 170, 40, 200, 70);
    try_sites(&t, "grid", "",
              "  - {rule: apart, of: redline}\n"
              "  - {rule: apart, name: narrow, of: redline, narrow: 0.5 m}\n");
    expect_area(&t, 0, 0, 2);
    expect_area(&t, 0, 1, 0);
    expect_area(&t, 1, 1, 10);
    expect_area(&t, 2, 1, 0);
    expect_area(&t, 3, 1, 100);
    expect_place(&t, 0, 0, 180, 50, 180.2, 60);
    expect_place(&t, 3, 1, 180, 50, 190, 60);
    expect_by_methods(&t, 3, 1, (double[]){180, 50, 190, 60});
    EXPECT_REAL(drawn_area(&t, 1, 1, 0), 10, 1e-6);
    zone_take take = measure(&t, 0, 1);
    EXPECT_INT(take.sliver_count, 1);
    EXPECT_REAL(zone_exact_to_m2(take.slivers), 2, 1e-6);
    EXPECT_REAL(take.part[0].width, 2 * 2 / 20.4, 1e-6);
    EXPECT(take.part[0].sliver && !take.part[0].counts && take.largest == take.count);
    double at[2];
    bool found = true;
    EXPECT_INT(zone_take_place(&t.trial, 0, &t.plan->checks[1], &take, &found, at), ZONE_OK);
    EXPECT(!found);
    zone_exact area = 1;
    EXPECT_INT(zone_take_by_method(&t.trial, 0, &t.plan->checks[1], &take, t.trial.methods.projection[1], &area),
               ZONE_OK);
    EXPECT(area == 0);
    zone_take_free(&take);
    end_trying(&t);
}

/* The piece is 10 × 1 m (mean width 0.909); along the other 89 m of the red line the two only touch. */
TEST(where_borders_only_touch_a_piece_gets_no_narrower)
{
    trying t;
    drawing d;

    begin_trying(&t);
    draw_site(&t, "site", "0 0,100 0,100 11,90 11,90 10,0 10");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"red\"", 0, 10, 100, 60);
    end_drawing(&d, file_in(&t.p, "apart.geojson"));
    try_sites(&t, "grid", "", "  - {rule: apart, of: redline, narrow: 0.5 m}\n");
    expect_area(&t, 0, 0, 10);
    zone_take take = measure(&t, 0, 0);
    EXPECT_REAL(take.part[0].width, 20 / 22.0, 1e-6);
    zone_take_free(&take);
    end_trying(&t);
}

/* With one feature: a strip of 0.2 × 60 m in the south, which is no true overlap, and 5 × 5 m in the north, which is.
 */
TEST(a_sliver_and_a_true_overlap_with_one_feature_are_told_apart)
{
    trying t;
    drawing d;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 60, 60);
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"id\":\"red\"", "-10 -10,70 -10,70 60,55 60,55 55,61 55,61 0.2,-10 0.2");
    end_drawing(&d, file_in(&t.p, "apart.geojson"));
    try_sites(&t, "grid", "", "  - {rule: apart, of: redline, narrow: 0.5 m}\n");
    expect_area(&t, 0, 0, 25);
    expect_place(&t, 0, 0, 55, 55, 60, 60);
    expect_by_methods(&t, 0, 0, (double[]){55, 55, 60, 60});
    zone_take take = measure(&t, 0, 0);
    EXPECT_INT(take.sliver_count, 1);
    EXPECT_REAL(zone_exact_to_m2(take.slivers), 12, 1e-6);
    EXPECT_REAL(take.part[0].width, 2.5, 1e-6);
    zone_take_free(&take);
    end_trying(&t);
}

/* Outside are 20 × 5 m in the south and 10 × 20 m in the north. */
TEST(per_piece_the_largest_piece_of_what_is_left_is_measured)
{
    trying t;

    begin_trying(&t);
    draw_site(&t, "site", "180 10,220 10,220 15,190 15,190 40,210 40,210 60,180 60");
    try_sites(&t, "grid", "",
              "  - {rule: inside, of: boundary, per: piece}\n"
              "  - {rule: inside, name: all, of: boundary}\n");
    expect_area(&t, 0, 0, 200);
    expect_area(&t, 0, 1, 300);
    expect_place(&t, 0, 0, 200, 40, 210, 60);
    expect_by_methods(&t, 0, 0, (double[]){200, 40, 210, 60});
    end_trying(&t);
}

TEST(per_piece_the_largest_alone_is_measured)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 100, 10);
    put_boxes(&t.p, "apart.geojson", "small 0 0 10 10, large 20 0 40 20, other 50 5 60 10");
    try_sites(&t, "grid", "",
              "  - {rule: apart, of: redline, per: piece}\n"
              "  - {rule: apart, name: all, of: redline}\n");
    expect_area(&t, 0, 0, 200);
    expect_area(&t, 0, 1, 350);
    expect_place(&t, 0, 0, 20, 0, 40, 10);
    expect_place(&t, 0, 1, 20, 0, 40, 10);
    expect_by_methods(&t, 0, 0, (double[]){20, 0, 40, 10});
    EXPECT_REAL(drawn_area(&t, 0, 0, 2), 50, 1e-6);
    end_trying(&t);
}

/* ---------------------------------------------------------------- near */

/* Farmland surrounds the site but for its west: 5 m beside the east side and corners, which count with less. */
TEST(near_measures_what_lies_beside_the_site)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 20, 20, 40, 40);
    put_boxes(&t.p, "farmland.geojson", "beside 35 22 100 38, twice 42 30 60 38, far 46 0 50 10");
    try_sites(&t, "grid", "",
              "  - {rule: near, of: farmland, within: 5 m}\n"
              "  - {rule: near, name: piece, of: farmland, within: 5 m, per: piece}\n");
    expect_area(&t, 0, 0, 5 * 16);
    expect_area(&t, 0, 1, 5 * 16);
    expect_place(&t, 0, 0, 40, 22, 45, 38);
    expect_by_methods(&t, 0, 0, (double[]){40, 22, 45, 38});
    EXPECT_REAL(drawn_area(&t, 0, 0, 0), 80, 1e-6);
    zone_take take = measure(&t, 0, 0);
    EXPECT(take.beside && !take.rest && !take.plane);
    zone_take_free(&take);
    end_trying(&t);
}

/* The same layer, within two distances; neither sees what the other does. */
TEST(each_check_measures_within_its_own_distance)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 20, 20, 40, 40);
    put_boxes(&t.p, "farmland.geojson", "beside 35 22 100 38");
    try_sites(&t, "grid", "",
              "  - {rule: near, of: farmland, within: 5 m}\n"
              "  - {rule: near, name: wide, of: farmland, within: 12.5 m}\n");
    expect_area(&t, 0, 0, 5 * 16);
    expect_area(&t, 0, 1, 12.5 * 16);
    expect_place(&t, 0, 1, 40, 22, 52.5, 38);
    expect_by_methods(&t, 0, 1, (double[]){40, 22, 52.5, 38});
    EXPECT_REAL(drawn_area(&t, 0, 0, 0), 80, 1e-6);
    EXPECT_REAL(drawn_area(&t, 0, 1, 0), 200, 1e-6);
    end_trying(&t);
}

/* The parcel also touches the widened site along 45, from 30 to 38. */
TEST(what_only_touches_the_widened_site_is_no_part_of_it)
{
    trying t;
    drawing d;

    begin_trying(&t);
    box_site(&t, "site", 20, 20, 40, 40);
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"id\":\"odd\",\"KCXS\":0.1", "38 22,60 22,60 38,45 38,45 30,38 30");
    end_drawing(&d, file_in(&t.p, "farmland.geojson"));
    try_sites(&t, "grid", "", "  - {rule: near, of: farmland, within: 5 m}\n");
    expect_area(&t, 0, 0, 40);
    expect_place(&t, 0, 0, 40, 22, 45, 30);
    expect_by_methods(&t, 0, 0, (double[]){40, 22, 45, 30});
    EXPECT_REAL(drawn_area(&t, 0, 0, 0), 40, 1e-6);
    end_trying(&t);
}

/* ---------------------------------------------------------------- other sites, projects */

TEST(granted_measures_projects_of_the_states_that_are_named)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "built", 5, 0, 15, 10);
    box_site(&t, "dreamt", 145, 0, 165, 10);
    try_sites(&t, "grid", "",
              "  - {rule: granted, of: status, states: [built, under_construction]}\n"
              "  - {rule: granted, name: built, of: status, states: [built]}\n"
              "  - {rule: granted, name: all, of: status}\n");
    expect_area(&t, 0, 0, 100);
    expect_area(&t, 0, 1, 50);
    expect_area(&t, 1, 0, 0);
    expect_area(&t, 1, 2, 100);
    expect_place(&t, 0, 1, 5, 0, 10, 10);
    expect_by_methods(&t, 0, 1, (double[]){5, 0, 10, 10});
    end_trying(&t);
}

/* ---------------------------------------------------------------- the edge model */

/* East of a border of 2 km aslant; the zone in the west ends there. */
#define EAST "1000 0,3000 0,3000 2000,2000 2000"

static void draw_aslant(trying *t, const char *file, const char *properties, const char *west)
{
    drawing d;

    begin_drawing(&d, 4549);
    if (west)
        draw_polygon(&d, west, "0 0,1000 0,2000 2000,0 2000");
    draw_polygon(&d, properties, EAST);
    end_drawing(&d, file_in(&t->p, file));
}

/* Sites have a vertex on the border that the layers do not have: in the plane one line, by the survey method two. */
TEST(what_is_one_line_when_drawn_is_not_measured_but_told)
{
    trying t;
    zone_exact edges = 0;

    begin_trying(&t);
    draw_site(&t, "east", EAST ",1500 1000");
    draw_site(&t, "east again", EAST ",1234.5 469");
    draw_site(&t, "west", "0 0,1000 0,1333.25 666.5,2000 2000,0 2000");
    draw_aslant(&t, "zones.geojson", "\"id\":\"b\"", "\"id\":\"a\"");
    draw_aslant(&t, "boundary.geojson", "\"id\":\"boundary\"", NULL);
    draw_aslant(&t, "apart.geojson", "\"id\":\"red\"", NULL);
    try_sites(&t, "survey", "",
              "  - {rule: zones}\n  - {rule: inside, of: boundary}\n  - {rule: apart, of: redline}\n"
              "  - {rule: overlap, narrow: 0.5 m}\n");
    for (size_t site = 0; site < 3; site++) {
        zone_exact whole = t.trial.in_zones.whole[site];
        zone_take take = measure(&t, site, 0);
        zone_exact beyond = whole - take.part[take.largest].area;
        EXPECT(take.area == 0 && take.drawn == 0 && take.edge == beyond);
        edges += beyond < 0 ? -beyond : beyond;
        zone_take_free(&take);
        if (site == 2)
            break;
        take = measure(&t, site, 1); /* here the kernel may take either of the two lines */
        EXPECT(take.area == 0 && take.drawn == 0);
        beyond = take.edge;
        edges += beyond < 0 ? -beyond : beyond;
        zone_take_free(&take);
        take = measure(&t, site, 2);
        EXPECT(take.count == 1 && take.area == whole - beyond);
        zone_take_free(&take);
    }
    EXPECT(edges > 10 * ZONE_EXACT_M2); /* square metres by the method, and nothing when drawn */
    for (size_t check = 2; check < 4; check++) {
        zone_take take = measure(&t, 2, check);
        EXPECT(take.count == 0 && take.area == 0 && take.sliver_count == 0);
        zone_take_free(&take);
    }
    end_trying(&t);
}

/* Off the line by what coordinates are rounded. */
TEST(a_vertex_rounded_off_the_line_makes_no_area)
{
    trying t;

    begin_trying(&t);
    draw_site(&t, "west", "0 0,1000 0,1333.333333333 666.666666665,2000 2000,0 2000");
    draw_site(&t, "small", "1000 0,1000.333333333 0.666666665,1000.8 1.6,1000.7 1.7,990 5");
    draw_aslant(&t, "apart.geojson", "\"id\":\"red\"", NULL);
    draw_aslant(&t, "zones.geojson", "\"id\":\"b\"", "\"id\":\"a\"");
    try_sites(&t, "survey", "", "  - {rule: apart, of: redline}\n  - {rule: zones}\n");
    for (size_t site = 0; site < 2; site++) {
        zone_take take = measure(&t, site, 0);
        EXPECT(take.count == 0 && take.area == 0);
        EXPECT(zone_piece_counts(take.edge));
        zone_take_free(&take);
        expect_area(&t, site, 1, 0);
    }
    end_trying(&t);
}

/* But a tenth of a millimetre is an area, and measured. */
TEST(a_vertex_a_tenth_of_a_millimetre_off_the_line_makes_one)
{
    trying t;
    drawing d;

    begin_trying(&t);
    draw_site(&t, "site", "0 0,10 0,10.0001 50,10 100,0 100");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"red\"", 10, 0, 20, 100);
    end_drawing(&d, file_in(&t.p, "apart.geojson"));
    try_sites(&t, "grid", "", "  - {rule: apart, of: redline}\n");
    zone_take take = measure(&t, 0, 0);
    EXPECT_REAL(zone_exact_to_m2(take.area), 0.005, 1e-6);
    zone_take_free(&take);
    end_trying(&t);
}

/* ---------------------------------------------------------------- planes, sites of all kinds */

TEST(in_degrees_every_rule_measures)
{
    static const double areas[] = {100, 100, 200, 100, 100, 10, 50, 50};
    trying t;

    begin_trying(&t);
    box_site(&t, "inside", 190, 0, 210, 10);
    box_site(&t, "zones", 90, 0, 130, 10);
    box_site(&t, "land", 10, 0, 40, 10);
    box_site(&t, "use", 110, 20, 130, 30);
    box_site(&t, "farmland", 50, 10, 60, 30);
    box_site(&t, "apart", 170, 50, 181, 60);
    box_site(&t, "overlap", 205, 0, 215, 10);
    box_site(&t, "granted", 5, 0, 10, 10);
    EXPECT_INT(open_trying(&t, 4490, "survey", "",
                           "  - {rule: inside, of: boundary}\n  - {rule: zones}\n"
                           "  - {rule: land, of: landuse, classes: [agricultural]}\n"
                           "  - {rule: use, of: planned, kinds: {工业用地: [\"1001\"]}}\n"
                           "  - {rule: farmland, of: farmland}\n  - {rule: apart, of: redline, narrow: 0.5 m}\n"
                           "  - {rule: overlap, narrow: 0.5 m}\n  - {rule: granted, of: status, states: [built]}\n"),
               ZONE_OK);
    EXPECT_INT(zone_trial_begin(&t.trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&t.trial, 0, 8), ZONE_OK);
    for (size_t i = 0; i < 8; i++) {
        zone_take take = measure(&t, i, i);
        double at[2];
        bool found = false;
        EXPECT_REAL(zone_exact_to_m2(take.area), areas[i], 0.1);
        EXPECT(isnan(zone_trial_plane(&t.trial, take.drawn)));
        EXPECT_INT(zone_take_place(&t.trial, i, &t.plan->checks[i], &take, &found, at), ZONE_OK);
        EXPECT(found && fabs(at[0] - 119.4) < 0.1);
        for (size_t m = 0; m < t.trial.methods.count; m++) {
            zone_exact area = 0;
            if (!t.trial.methods.projection[m])
                continue;
            EXPECT_INT(
                zone_take_by_method(&t.trial, i, &t.plan->checks[i], &take, t.trial.methods.projection[m], &area),
                ZONE_OK);
            EXPECT_REAL(zone_exact_to_m2(area), areas[i], 0.1);
        }
        zone_take_free(&take);
    }
    end_trying(&t);
}

TEST(a_site_far_away_and_a_site_of_parts_are_measured_by_every_rule)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "far", 50000, 90000, 50010, 90010);
    draw(&t.drawn,
         ",{\"type\":\"Feature\",\"properties\":{\"id\":\"two\",\"kind\":\"工业用地\"},\"geometry\":{\"type\":"
         "\"MultiPolygon\",\"coordinates\":[[[[441000,3218020],[441020,3218020],[441020,3218030],[441000,"
         "3218030],[441000,3218020]]],[[[441190,3218050],[441210,3218050],[441210,3218060],[441190,3218060],["
         "441190,3218050]]]]}}");
    try_sites(&t, "grid", "",
              "  - {rule: inside, of: boundary}\n  - {rule: zones}\n"
              "  - {rule: use, of: planned, kinds: {工业用地: [\"0701\"]}}\n"
              "  - {rule: farmland, of: farmland}\n  - {rule: near, of: redline, within: 3 m}\n  - {rule: overlap}\n");
    static const double far[] = {100, 100, 100, 0, 0, 0}, two[] = {100, 200, 200, 100, 30, 0};
    for (size_t c = 0; c < 6; c++) {
        expect_area(&t, 0, c, far[c]);
        expect_area(&t, 1, c, two[c]);
    }
    expect_place(&t, 1, 0, 200, 50, 210, 60);
    expect_place(&t, 1, 1, 190, 50, 210, 60);
    expect_place(&t, 1, 3, 10, 20, 20, 30);
    expect_place(&t, 1, 4, 187, 50, 190, 60);
    end_trying(&t);
}
