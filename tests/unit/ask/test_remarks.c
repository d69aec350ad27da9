/* What findings say: zones and shares, classes, features and sites by name, slivers, the edge model, claims. */
#include "ask/remarks.h"

#include "ask/trying.h"

static void expect(trying *t, size_t site, size_t check, const char *words)
{
    zone_take take = {0};

    EXPECT_INT(zone_take_measure(&t->trial, site, &t->plan->checks[check], &take), ZONE_OK);
    const char *text = zone_remark_take(&t->trial, site, &t->plan->checks[check], &take);
    if (words)
        EXPECT_TEXT(text, words);
    else if (text)
        TEST_FAIL("\"%s\" is said, expected nothing", text);
    zone_take_free(&take);
}

TEST(zones_are_told_with_their_shares)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "across", 90, 0, 106, 10);
    box_site(&t, "in", 10, 10, 20, 20);
    box_site(&t, "half out", 195, 0, 205, 10);
    box_site(&t, "out", 500, 500, 510, 510);
    draw(&t.drawn, ",{\"type\":\"Feature\",\"properties\":{\"id\":\"none\"},\"geometry\":null}");
    try_sites(&t, "grid", "", "  - {rule: zones}\n");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 0), "a 62.50 %, b 37.50 %");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 1), "a 100.00 %");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 2), "b 50.00 %");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 3), "");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 4), "");
    expect(&t, 0, 0, "a 62.50 %, b 37.50 %");
    expect(&t, 3, 0, "in no zone");
    zone_context_set_language(t.ctx, ZONE_CHINESE);
    EXPECT_TEXT(zone_remark_zones(&t.trial, 0), "a 62.50 %, b 37.50 %");
    expect(&t, 3, 0, "不在任何片区内");
    end_trying(&t);
}

TEST(features_of_one_zone_are_told_as_one)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 40, 0, 120, 10);
    put_boxes(&t.p, "zones.geojson", "a 0 0 50 100, b 50 0 100 100, a 100 0 150 100");
    try_sites(&t, "grid", "", "  - {rule: zones}\n");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 0), "a 37.50 %, b 62.50 %");
    end_trying(&t);
}

TEST(zones_that_only_touch_are_not_told)
{
    trying t;

    begin_trying(&t);
    draw_site(&t, "beside", "90 0,100 0,100 33.3,100 50,90 50");
    try_sites(&t, "survey", "", "  - {rule: zones}\n");
    EXPECT_TEXT(zone_remark_zones(&t.trial, 0), "a 100.00 %");
    end_trying(&t);
}

TEST(classes_are_told_in_the_order_of_their_codes_whether_they_count_or_not)
{
    trying t;
    drawing d;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 40, 10);
    box_site(&t, "none", 500, 0, 510, 10);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0701\"", 0, 0, 10, 10);
    draw_box(&d, "\"DLBM\":\"0101\"", 10, 0, 15, 10);
    draw_box(&d, "\"DLBM\":\"0701\"", 15, 0, 17.5, 10);
    draw_box(&d, "\"DLBM\":null", 17.5, 0, 20, 10);
    end_drawing(&d, file_in(&t.p, "landuse.geojson"));
    try_sites(&t, "grid", "",
              "  - {rule: land, of: landuse, classes: [agricultural]}\n"
              "  - {rule: use, of: planned, kinds: {工业用地: [\"10\"]}}\n");
    expect(&t, 0, 0, "- 25.00 m2, 0101 50.00 m2, 0701 125.00 m2");
    expect(&t, 0, 1, "070102 400.00 m2");
    expect(&t, 1, 0, NULL);
    end_trying(&t);
}

TEST(of_many_classes_the_first_twelve_are_told)
{
    trying t;
    drawing d;
    char properties[32];

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 140, 10);
    box_site(&t, "fewer", 0, 0, 120, 10);
    begin_drawing(&d, 4549);
    for (int i = 0; i < 14; i++) {
        snprintf(properties, sizeof properties, "\"DLBM\":\"%04d\"", 101 + i);
        draw_box(&d, properties, i * 10, 0, i * 10 + 10, 10);
    }
    end_drawing(&d, file_in(&t.p, "landuse.geojson"));
    try_sites(&t, "grid", "", "  - {rule: land, of: landuse, classes: [agricultural]}\n");
    char text[512] = "";
    for (int i = 0; i < 12; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%04d 100.00 m2", i ? ", " : "", 101 + i);
    expect(&t, 1, 0, text);
    snprintf(text + strlen(text), sizeof text - strlen(text), ", …");
    expect(&t, 0, 0, text);
    end_trying(&t);
}

TEST(features_and_sites_that_count_are_told_by_name_up_to_five)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "first", 0, 0, 60, 10);
    box_site(&t, "second", 50, 0, 70, 10);
    put_boxes(&t.p, "apart.geojson", "1 0 0 10 5, 2 10 0 20 5, 3 20 0 30 5, 4 30 0 40 5, 5 40 0 49 5, 6 50 0 55 5");
    try_sites(&t, "grid", "",
              "  - {rule: apart, of: redline}\n  - {rule: overlap}\n"
              "  - {rule: farmland, of: farmland}\n  - {rule: inside, of: boundary}\n"
              "  - {rule: granted, of: status, states: [under_construction]}\n");
    expect(&t, 0, 0, "1 50.00 m2, 2 50.00 m2, 3 50.00 m2, 4 50.00 m2, 5 45.00 m2, …");
    expect(&t, 1, 0, "6 25.00 m2");
    expect(&t, 0, 1, "second 100.00 m2");
    expect(&t, 1, 1, "first 100.00 m2");
    expect(&t, 0, 2, NULL);
    expect(&t, 0, 3, NULL);
    expect(&t, 0, 4, "- 100.00 m2"); /* projects of the scene have no ids */
    end_trying(&t);
}

TEST(slivers_and_the_edge_model_follow)
{
    trying t;
    drawing d;

    begin_trying(&t);
    box_site(&t, "site", 170, 40, 180.2, 70);
    put_boxes(&t.p, "apart.geojson", "thin 180 50 190 60, wide 170 40 171 50, thin2 180 62 190 64");
    try_sites(&t, "grid", "", "  - {rule: apart, of: redline, narrow: 0.5 m}\n");
    expect(&t, 0, 0, "wide 10.00 m2; slivers narrower than 0.5 m, not counted: 2 (2.40 m2)");
    zone_context_set_language(t.ctx, ZONE_CHINESE);
    zone_take take = {0};
    EXPECT_INT(zone_take_measure(&t.trial, 0, t.plan->checks, &take), ZONE_OK);
    EXPECT_CONTAINS(zone_remark_take(&t.trial, 0, t.plan->checks, &take), "碎片");
    zone_take_free(&take);
    end_trying(&t);

    begin_trying(&t);
    draw_site(&t, "site", "0 0,1000 0,1333.333333333 666.666666665,2000 2000,0 2000");
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"id\":\"red\"", "1000 0,3000 0,3000 2000,2000 2000");
    end_drawing(&d, file_in(&t.p, "apart.geojson"));
    try_sites(&t, "survey", "", "  - {rule: apart, of: redline}\n");
    EXPECT_INT(zone_take_measure(&t.trial, 0, t.plan->checks, &take), ZONE_OK);
    const char *text = zone_remark_take(&t.trial, 0, t.plan->checks, &take);
    char words[96];
    snprintf(words, sizeof words, "by the edge model only: %s", zone_remark_area(t.ctx, take.edge));
    EXPECT_TEXT(text, words);
    zone_take_free(&take);
    end_trying(&t);
}

TEST(claims_are_told_with_what_explains_them)
{
    zone_context *ctx = new_context();
    zone_claimed claim = {.told = true, .claimed = ZONE_EXACT_M2 * 10005, .difference = ZONE_EXACT_M2 * 5};

    EXPECT_TEXT(zone_remark_claim(ctx, &claim, ZONE_EXACT_M2 * 10000), "claimed 10005.00 m2, computed 10000.00 m2");
    claim.explained = "1 mu taken as 667.00 m2";
    EXPECT_TEXT(zone_remark_claim(ctx, &claim, ZONE_EXACT_M2 * 10000),
                "claimed 10005.00 m2, computed 10000.00 m2; 1 mu taken as 667.00 m2");
    zone_context_free(ctx);
}

TEST(areas_are_rounded_half_away_from_zero)
{
    zone_context *ctx = new_context();

    EXPECT_TEXT(zone_remark_area(ctx, ZONE_EXACT_M2 / 1000 * 123455), "123.46 m2");
    EXPECT_TEXT(zone_remark_area(ctx, -(ZONE_EXACT_M2 / 1000 * 5)), "-0.01 m2");
    EXPECT_TEXT(zone_remark_area(ctx, -(ZONE_EXACT_M2 / 1000)), "0.00 m2");
    EXPECT_TEXT(zone_remark_area(ctx, 0), "0.00 m2");
    EXPECT_TEXT(zone_remark_exact_area(ctx, ZONE_EXACT_M2 / 10000000 * 1234555), "0.123456 m2");
    EXPECT_TEXT(zone_remark_exact_area(ctx, -ZONE_EXACT_M2 / 4), "-0.250000 m2");
    zone_context_free(ctx);
}
