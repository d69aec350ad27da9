/* What layers have in the sites of a block: exact, sorted, overlapping land once, by zone, near. */
#include "ask/holdings.h"

#include "ask/trying.h"

static const zone_held *held(const trying *t, const char *key)
{
    const zone_held *found = zone_trial_held(&t->trial, key);

    EXPECT(found != NULL);
    return found;
}

/* Holdings of a site as "id area (repeat), …" in m². */
static const char *list(const zone_held *held, const zone_holding_list *holdings, size_t site)
{
    static char text[1024];

    text[0] = '\0';
    for (size_t i = holdings->start[site]; i < holdings->start[site + 1]; i++) {
        const zone_holding *one = &holdings->holding[i];
        const char *id = zone_held_text(held, one->feature, ZONE_HELD_ID);
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s %g", length ? ", " : "", id ? id : "-",
                 zone_exact_to_m2(one->area));
        length = strlen(text);
        if (one->repeat)
            snprintf(text + length, sizeof text - length, " (%g)", zone_exact_to_m2(one->repeat));
    }
    return text;
}

/* What the sites hold, less what is counted with another feature: m². */
static double net_sum(const zone_holding_list *holdings, size_t site)
{
    zone_exact sum = 0;

    for (size_t i = holdings->start[site]; i < holdings->start[site + 1]; i++)
        sum += holdings->holding[i].area - holdings->holding[i].repeat;
    return zone_exact_to_m2(sum);
}

TEST(holdings_are_sorted_by_site_and_feature_and_only_features_that_are_met_are_kept)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "none", 160, 0, 170, 10);
    box_site(&t, "both", 50, 30, 70, 40);
    box_site(&t, "touches", 0, 0, 10, 100);
    box_site(&t, "east", 100, 70, 110, 90);
    put_boxes(&t.p, "farmland.geojson", "west 10 20 60 80, far 300 20 310 80, east 60 20 150 80");
    try_sites(&t, "grid", "", "  - {rule: farmland, of: farmland}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT_INT(farmland->kept.feature_count, 2);
    EXPECT_INT(farmland->in_sites.start[0], 0);
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), "");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 1), "west 100, east 100");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 2), "");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 3), "east 100");
    EXPECT_INT(farmland->in_sites.start[4], farmland->in_sites.count);
    EXPECT_INT(farmland->books.counts.features, 3);
    EXPECT(farmland->looked[3] && farmland->twice == 0);
    EXPECT_TEXT(zone_held_text(farmland, 0, ZONE_HELD_RIDGE), "0.1");
    EXPECT(!zone_held_text(farmland, 0, ZONE_HELD_CLASS));
    end_trying(&t);
}

TEST(parts_and_holes_of_sites_and_features_are_counted_as_they_are)
{
    trying t;

    begin_trying(&t);
    draw_site(&t, "ring", "20 30,60 30,60 70,20 70|30 40,30 60,50 60,50 40");
    draw(&t.drawn,
         ",{\"type\":\"Feature\",\"properties\":{\"id\":\"two\"},\"geometry\":{\"type\":\"MultiPolygon\","
         "\"coordinates\":[[[[441000,3218020],[441020,3218020],[441020,3218030],[441000,3218030],[441000,3218020]]],"
         "[[[441140,3218020],[441160,3218020],[441160,3218030],[441140,3218030],[441140,3218020]]]]}}");
    try_sites(&t, "grid", "", "  - {rule: farmland, of: farmland}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), "west 1200");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 1), "west 100, east 100");
    EXPECT(farmland->in_sites.holding[0].drawn == (zone_int128)1200 << 61);
    end_trying(&t);
}

/* Two features share 20..30 × 20..80: 600; of the site 0..40 × 20..30 that is 100. */
TEST(land_of_two_features_counts_once_for_the_first)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 20, 40, 30);
    box_site(&t, "beside", 22, 40, 28, 50);
    put_boxes(&t.p, "farmland.geojson", "one 10 20 30 80, two 20 20 60 80");
    try_sites(&t, "grid", "", "  - {rule: farmland, of: farmland}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), "one 200, two 200 (100)");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 1), "one 60, two 60 (60)");
    EXPECT_AREA(farmland->twice, 160);
    end_trying(&t);
}

/* Three boxes that all share 20..30: the union within the site is 50 × 10. */
TEST(land_of_three_features_counts_once)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 20, 100, 30);
    put_boxes(&t.p, "farmland.geojson", "one 0 0 30 80, two 10 0 40 80, three 20 0 50 80");
    try_sites(&t, "grid", "", "  - {rule: farmland, of: farmland}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT_REAL(net_sum(&farmland->in_sites, 0), 500, 1e-9);
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), "one 300, two 300 (200), three 300 (200)");
    end_trying(&t);
}

TEST(by_zone_the_pieces_of_a_site_add_up_to_it)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "across", 80, 20, 130, 30);
    box_site(&t, "in b", 110, 40, 120, 50);
    put_boxes(&t.p, "farmland.geojson", "one 10 20 110 80, two 90 20 150 80");
    try_sites(&t, "grid", "  - {kind: farmland, opening: farmland, draws: farmland, otherwise: measured}\n",
              "  - {rule: quota, kind: farmland}\n");
    const zone_held *farmland = held(&t, "farmland");
    const zone_holding_list *by_zone = &farmland->in_zones;
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), "one 300, two 400 (200)");
    EXPECT_TEXT(list(farmland, by_zone, 0), "one 200, two 100 (100), one 100, two 300 (100)");
    EXPECT_INT(by_zone->holding[0].zone, 0);
    EXPECT_INT(by_zone->holding[3].zone, 1);
    EXPECT_TEXT(list(farmland, by_zone, 1), "two 100");
    EXPECT_REAL(net_sum(by_zone, 0), 500, 1e-9);
    EXPECT_AREA(farmland->twice, 200);
    end_trying(&t);
}

/* Beside the east side of the site, 20 m high: within 5 m it is 5 × 20. */
TEST(near_is_what_the_widened_site_has)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "far", 180, 90, 190, 100);
    box_site(&t, "site", 20, 20, 40, 40);
    put_boxes(&t.p, "farmland.geojson", "beside 40 20 100 40, out 46 0 50 10, in 20 20 21 21, twice 42 20 60 40");
    try_sites(&t, "grid", "", "  - {rule: near, of: farmland, within: 5 m}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT(farmland->beside[0] && !farmland->beside[1]);
    EXPECT_TEXT(list(farmland, &farmland->near[0], 0), "");
    EXPECT_TEXT(list(farmland, &farmland->near[0], 1), "beside 100, in 1, twice 60 (60)");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 1), "in 1");
    EXPECT_INT(t.trial.block.near[0].feature_count, 2);
    EXPECT_INT(t.trial.block.near[0].id[1], 1);
    end_trying(&t);
}

/* The distances of the plan are those of its checks, in their order. */
TEST(each_distance_has_its_own)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 20, 20, 40, 40);
    put_boxes(&t.p, "farmland.geojson", "beside 42 20 100 40, further 40 52 100 60");
    try_sites(&t, "grid", "",
              "  - {rule: near, of: farmland, within: 5 m}\n"
              "  - {rule: near, name: edge, of: redline, within: 1 m}\n"
              "  - {rule: near, name: wide, of: farmland, within: 30 m}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT(farmland->beside[0] && !farmland->beside[1] && farmland->beside[2]);
    EXPECT_TEXT(list(farmland, &farmland->near[0], 0), "beside 60");
    EXPECT_INT(farmland->near[1].count, 0);
    EXPECT_CONTAINS(list(farmland, &farmland->near[2], 0), "beside 560, further ");
    EXPECT_INT(t.trial.block.near[1].feature_count, 1);
    EXPECT_INT(t.trial.block.near[3].feature_count, 0);
    end_trying(&t);
}

TEST(a_widened_site_of_parts_is_one_feature)
{
    trying t;

    begin_trying(&t);
    draw(&t.drawn,
         "{\"type\":\"Feature\",\"properties\":{\"id\":\"two\"},\"geometry\":{\"type\":\"MultiPolygon\","
         "\"coordinates\":[[[[441000,3218020],[441020,3218020],[441020,3218030],[441000,3218030],[441000,3218020]]],"
         "[[[441140,3218020],[441160,3218020],[441160,3218030],[441140,3218030],[441140,3218020]]]]}}");
    put_boxes(&t.p, "farmland.geojson", "first 20 20 40 30, second 160 20 162 30");
    try_sites(&t, "grid", "", "  - {rule: near, of: farmland, within: 5 m}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT_INT(t.trial.block.near[0].feature_count, 1);
    EXPECT_TEXT(list(farmland, &farmland->near[0], 0), "first 50, second 20");
    end_trying(&t);
}

TEST(a_rejected_site_holds_nothing_and_keeps_its_place)
{
    trying t;

    begin_trying(&t);
    draw(&t.drawn, "{\"type\":\"Feature\",\"properties\":{\"id\":\"none\"},\"geometry\":null}");
    box_site(&t, "site", 20, 20, 30, 30);
    try_sites(&t, "grid", "", "  - {rule: near, of: farmland, within: 5 m}\n");
    const zone_held *farmland = held(&t, "farmland");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), "");
    EXPECT_TEXT(list(farmland, &farmland->in_sites, 1), "west 100");
    EXPECT_INT(t.trial.block.near[0].feature_count, 1);
    EXPECT_INT(t.trial.block.near[0].id[0], 1);
    end_trying(&t);
}

TEST(block_by_block_is_the_same_as_all_at_once)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "first", 20, 20, 30, 30);
    box_site(&t, "second", 140, 60, 160, 90);
    box_site(&t, "third", 40, 20, 70, 30);
    try_sites(&t, "grid", "", "  - {rule: near, of: farmland, within: 5 m}\n");
    const zone_held *farmland = held(&t, "farmland");
    char whole[3][256], near[3][256];
    for (size_t s = 0; s < 3; s++) {
        snprintf(whole[s], sizeof *whole, "%s", list(farmland, &farmland->in_sites, s));
        snprintf(near[s], sizeof *near, "%s", list(farmland, &farmland->near[0], s));
    }
    EXPECT_TEXT(whole[2], "west 200, east 100");
    for (size_t s = 0; s < 3; s++) {
        EXPECT_INT(zone_trial_block(&t.trial, s, 1), ZONE_OK);
        EXPECT_INT(t.trial.block.first, s);
        EXPECT_TEXT(list(farmland, &farmland->in_sites, 0), whole[s]);
        EXPECT_TEXT(list(farmland, &farmland->near[0], 0), near[s]);
    }
    EXPECT_INT(farmland->books.counts.features, 2); /* counted once */
    end_trying(&t);
}

TEST(a_class_or_state_without_a_field_is_told_with_the_layer)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 20, 20, 30, 30);
    EXPECT_INT(
        open_trying(&t, 4549, "grid", "", "  - {rule: granted, of: boundary, states: [built], severity: reject}\n"),
        ZONE_BAD_FIELD);
    EXPECT_CONTAINS(zone_context_error_text(t.ctx), "a field for the role 'state'");
    EXPECT_CONTAINS(zone_context_error_text(t.ctx), "boundary.geojson");
    end_trying(&t);
}
