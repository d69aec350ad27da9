/* Land that several sites, projects or parcels hold is measured once, by every method. */
#include "ask/take_once.h"

#include "ask/taking.h"

TEST(overlap_measures_what_other_sites_have)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "one", 0, 0, 20, 10);
    box_site(&t, "two", 15, 0, 30, 10);
    box_site(&t, "three", 29.8, 0, 40, 10);
    box_site(&t, "alone", 50, 0, 60, 10);
    box_site(&t, "two", 15, 0, 16, 10);
    try_sites(&t, "grid", "",
              "  - {rule: overlap, narrow: 0.5 m}\n"
              "  - {rule: overlap, name: all}\n");
    expect_area(&t, 0, 1, 50); /* the second two lies in what the first has: counted once */
    expect_area(&t, 1, 0, 50);
    expect_area(&t, 1, 1, 52);
    expect_area(&t, 2, 0, 0);
    expect_area(&t, 2, 1, 2);
    expect_area(&t, 3, 1, 0);
    expect_place(&t, 1, 1, 15, 0, 20, 10);
    expect_by_methods(&t, 2, 1, (double[]){29.8, 0, 30, 10});
    zone_take take = measure(&t, 0, 1);
    EXPECT_INT(take.count, 2);
    EXPECT_TEXT(take.part[0].id, "two");
    EXPECT_TEXT(take.part[1].id, "two (2)");
    zone_take_free(&take);
    end_trying(&t);
}

/* What is available lies first in the data and covers what is built: that is still built. */
TEST(land_repeated_by_projects_that_do_not_count_counts)
{
    trying t;
    drawing d;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 40, 10);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"plot\",\"state\":\"available\"", 0, 0, 50, 10);
    draw_box(&d, "\"id\":\"hall\",\"state\":\"built\"", 10, 0, 30, 10);
    draw_box(&d, "\"id\":\"yard\",\"state\":\"under_construction\"", 20, 0, 35, 10);
    end_drawing(&d, file_in(&t.p, "status.geojson"));
    try_sites(&t, "grid", "",
              "  - {rule: granted, of: status, states: [built, under_construction]}\n"
              "  - {rule: granted, name: all, of: status}\n");
    expect_area(&t, 0, 0, 250);
    expect_area(&t, 0, 1, 400);
    expect_by_methods(&t, 0, 0, (double[]){10, 0, 35, 10});
    end_trying(&t);
}

/* Two parcels share 20..30; net of the second is what is left of it. A third one lies wholly on both. */
TEST(farmland_of_features_that_overlap_counts_once_by_every_method)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 20, 60, 30);
    put_boxes(&t.p, "farmland.geojson", "one 10 0 30 80, two 20 0 50 80, three 22 0 28 80");
    try_sites(&t, "grid", "",
              "  - {rule: farmland, of: farmland}\n"
              "  - {rule: farmland, name: net, of: farmland, net: yes}\n");
    expect_area(&t, 0, 0, 400);
    expect_area(&t, 0, 1, 360);
    expect_by_methods(&t, 0, 0, (double[]){10, 20, 50, 30});
    end_trying(&t);
}

TEST(inside_of_features_that_overlap_counts_land_once)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 100, 10);
    put_boxes(&t.p, "boundary.geojson", "one 0 0 40 100, two 30 0 60 100, three 30 0 40 100");
    try_sites(&t, "grid", "", "  - {rule: inside, of: boundary}\n");
    expect_area(&t, 0, 0, 400);
    expect_by_methods(&t, 0, 0, (double[]){60, 0, 100, 10});
    end_trying(&t);
}

/* Of one a strip of 0.2 × 60 m is trimmed off, which leaves 20 × 20 m; two has 10 × 20 m, half of it in one. */
TEST(parts_that_were_trimmed_share_what_is_left_of_them)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 60, 60);
    draw_site(&t, "one", "-10 -10,70 -10,70 60,40 60,40 40,61 40,61 0.2,-10 0.2");
    box_site(&t, "two", 50, 30, 70, 50);
    try_sites(&t, "grid", "", "  - {rule: overlap, narrow: 0.5 m}\n");
    expect_area(&t, 0, 0, 400 + 200 - 100);
    zone_take take = measure(&t, 0, 0);
    EXPECT(take.repeats && take.sliver_count == 1);
    EXPECT_REAL(zone_exact_to_m2(take.part[0].area), 400, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(take.part[1].area), 200, 1e-6);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(one_that_covers_the_site_is_all_of_it)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 10, 10);
    box_site(&t, "over", 0, 0, 20, 20);
    box_site(&t, "part", 5, 0, 25, 10);
    try_sites(&t, "survey", "", "  - {rule: overlap}\n");
    zone_take take = measure(&t, 0, 0);
    EXPECT(take.area == t.trial.in_zones.whole[0] && take.repeats);
    zone_take_free(&take);
    end_trying(&t);
}
