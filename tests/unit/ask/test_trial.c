/* Sites before the layers of a plan: which layers are needed, what zones have of sites, planes without metres. */
#include "ask/trial.h"

#include "ask/trying.h"

#define AREA         "  - {kind: construction, opening: area, draws: area}\n"
#define FARMLAND     "  - {kind: farmland, opening: farmland, draws: farmland, otherwise: measured}\n"
#define NET          "  - {kind: net, opening: farmland, draws: farmland_net, otherwise: measured}\n"
#define CONSTRUCTION "  - {kind: new, opening: area, draws: new_construction}\n"

enum { A, B };

/* ---------------------------------------------------------------- layers */

TEST(layers_with_columns_and_layers_of_checks_are_opened_and_no_others)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 10, 10);
    try_sites(&t, "grid", "", "  - {rule: inside, of: boundary}\n");
    EXPECT(zone_trial_held(&t.trial, ZONE_TRIAL_LANDUSE) && zone_trial_held(&t.trial, ZONE_TRIAL_FARMLAND));
    EXPECT(zone_trial_held(&t.trial, ZONE_TRIAL_REDLINE) && zone_trial_held(&t.trial, "boundary"));
    EXPECT(!zone_trial_held(&t.trial, "status") && !zone_trial_held(&t.trial, "planned"));
    EXPECT(!zone_trial_held(&t.trial, NULL) && !zone_trial_held(&t.trial, ""));
    EXPECT_INT(t.trial.held_count, 4);
    EXPECT(!zone_trial_held(&t.trial, "boundary")->by_zone);
    end_trying(&t);
}

TEST(each_check_of_what_is_near_has_its_own_distance)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 170, 50, 175, 60);
    try_sites(&t, "grid", "",
              "  - {rule: near, of: farmland, within: 10 m}\n"
              "  - {rule: near, name: close, of: redline, within: 5.5 m}\n"
              "  - {rule: near, name: same, of: redline, within: 10 m}\n");
    EXPECT_INT(t.trial.within_count, 2);
    EXPECT_INT(zone_trial_distance(&t.trial, 10), 0);
    EXPECT_INT(zone_trial_distance(&t.trial, 5.5), 1);
    EXPECT_INT(zone_trial_distance(&t.trial, 7), 2);
    const zone_held *redline = zone_trial_held(&t.trial, "redline");
    EXPECT_AREA(redline->near[0].holding[0].area, 50);
    EXPECT_AREA(redline->near[1].holding[0].area, 5);
    end_trying(&t);
}

TEST(one_distance_may_be_asked_of_two_layers)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 170, 50, 175, 60);
    try_sites(&t, "grid", "",
              "  - {rule: near, of: farmland, within: 10 m}\n"
              "  - {rule: near, name: other, of: redline, within: 10 m}\n");
    EXPECT_INT(t.trial.within_count, 1);
    EXPECT_INT(zone_trial_held(&t.trial, "farmland")->near[0].count, 0);
    EXPECT_INT(zone_trial_held(&t.trial, "redline")->near[0].count, 1);
    end_trying(&t);
}

TEST(a_distance_needs_a_plane_in_metres)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 10, 10);
    EXPECT_INT(open_trying(&t, 4490, "survey", "", "  - {rule: near, of: farmland, within: 10 m}\n"), ZONE_BAD_PLAN);
    EXPECT_CONTAINS(zone_context_error_text(t.ctx), "a distance needs projected data");
    EXPECT_INT(zone_context_error(t.ctx)->line, 4);
    end_trying(&t);
}

/* ---------------------------------------------------------------- layers without areas */

/* The layer `file` drawn as this geometry, then asked for; it may be seen when it is opened or when it is read. */
static void expect_refused(const char *file, const char *geometry, const char *quotas, const char *checks, int line,
                           const char *key, const char *found)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 10, 10);
    put_file(&t.p, file, geometry);
    zone_status status = open_trying(&t, 4549, "grid", quotas, checks);
    if (!status)
        status = zone_trial_begin(&t.trial);
    if (!status)
        status = zone_trial_block(&t.trial, 0, 1);
    EXPECT_INT(status, ZONE_BAD_PLAN);
    const zone_error *error = zone_context_error(t.ctx);
    EXPECT_CONTAINS(error->file, "plan.yaml");
    EXPECT_INT(error->line, line);
    EXPECT_TEXT(error->key, key);
    EXPECT_CONTAINS(error->layer, file);
    EXPECT_CONTAINS(error->found, found);
    EXPECT_TEXT(error->expected, "polygons");
    end_trying(&t);
}

#define DRAWN_AS(text)                                                                                                 \
    "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::"     \
    "4549\"}},"                                                                                                        \
    "\"features\":[" text "]}"
#define ONE(kind, points)                                                                                              \
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"x\",\"KCXS\":0.1},\"geometry\":{\"type\":\"" kind                  \
    "\",\"coordinates\":" points "}}"
#define POINT ONE("Point", "[441001,3218001]")
#define LINE  ONE("LineString", "[[441001,3218001],[441009,3218009]]")

TEST(a_layer_of_points_or_lines_is_refused_where_areas_are_needed)
{
    static const char near[] = "  - {rule: sound}\n  - {rule: near, of: redline, within: 10 m}\n";

    expect_refused("apart.geojson", DRAWN_AS(POINT), "", near, 24, "checks[1].of", "points");
    expect_refused("apart.geojson", DRAWN_AS(LINE), "", near, 24, "checks[1].of", "lines");
    expect_refused("apart.geojson", DRAWN_AS(POINT "," LINE), "", near, 24, "checks[1].of",
                   "no feature that has an area; first: ");
    expect_refused("farmland.geojson", DRAWN_AS(LINE), FARMLAND, "  - {rule: quota, kind: farmland}\n", 23,
                   "quotas[0].draws", "lines");
}

/* A layer that holds nothing, or that only has a column, stops no batch. */
TEST(an_empty_layer_and_one_that_no_check_needs_are_taken)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 10, 10);
    put_file(&t.p, "apart.geojson", DRAWN_AS(LINE));
    put_file(&t.p, "boundary.geojson", DRAWN_AS(""));
    try_sites(&t, "grid", "", "  - {rule: near, of: boundary, within: 10 m}\n");
    EXPECT_INT(zone_trial_held(&t.trial, "boundary")->books.counts.features, 0);
    EXPECT_INT(zone_trial_held(&t.trial, "redline")->books.counts.rejected, 1);
    end_trying(&t);
}

/* ---------------------------------------------------------------- what zones have */

static void expect_zones(const trying *t, size_t site, const char *expected)
{
    size_t *zones = NULL, count = 0, length = 0;
    char text[128] = "";

    EXPECT_INT(zone_trial_zones(&t->trial, site, &zones, &count), ZONE_OK);
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%zu", i ? " " : "", zones[i]);
    EXPECT_TEXT(text, expected);
    free(zones);
}

/* The site is 40 × 40 about the border of the zones at x = 100; farmland east of 60 with ridges of 0.2. */
TEST(a_site_in_two_zones_draws_from_both)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "across", 80, 50, 120, 90);
    try_sites(&t, "grid", AREA FARMLAND NET CONSTRUCTION, "  - {rule: quota, kind: farmland}\n");
    EXPECT_AREA(t.trial.in_zones.whole[0], 1600);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_AREA), 800);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, B, ZONE_DRAWS_AREA), 800);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_FARMLAND), 600);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, B, ZONE_DRAWS_FARMLAND_NET), 480);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_NEW_CONSTRUCTION), 800);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, SIZE_MAX, ZONE_DRAWS_AREA), 0);
    expect_zones(&t, 0, "0 1");
    end_trying(&t);
}

/* The west 20 m are built up today. */
TEST(what_is_construction_today_draws_nothing_new)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "half", 10, 0, 30, 10);
    box_site(&t, "all", 0, 0, 10, 10);
    try_sites(&t, "grid", CONSTRUCTION, "  - {rule: quota, kind: new}\n");
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_NEW_CONSTRUCTION), 100);
    EXPECT_AREA(zone_trial_draw(&t.trial, 1, A, ZONE_DRAWS_NEW_CONSTRUCTION), 0);
    EXPECT_AREA(zone_trial_draw(&t.trial, 1, B, ZONE_DRAWS_NEW_CONSTRUCTION), 0);
    end_trying(&t);
}

/* Two features say that the same 10 × 10 are built up: it is taken off once. */
TEST(land_that_is_built_up_twice_is_taken_off_once)
{
    trying t;
    drawing d;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 40, 10);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0701\"", 0, 0, 20, 100);
    draw_box(&d, "\"DLBM\":\"0701\"", 10, 0, 30, 100);
    end_drawing(&d, file_in(&t.p, "landuse.geojson"));
    try_sites(&t, "grid", CONSTRUCTION, "  - {rule: quota, kind: new}\n");
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_NEW_CONSTRUCTION), 100);
    end_trying(&t);
}

/* Zone b reaches 10 m into zone a; a third feature is no zone of the plan; a fourth is more of b. */
TEST(zones_that_overlap_each_have_what_lies_in_them)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 80, 50, 120, 60);
    put_boxes(&t.p, "zones.geojson", "a 0 0 100 100, b 90 0 110 100, c 100 0 200 40, b 110 40 200 100");
    try_sites(&t, "grid", AREA FARMLAND, "  - {rule: quota, kind: farmland}\n");
    EXPECT_INT(t.trial.zone_of[1], B);
    EXPECT(t.trial.zone_of[2] == SIZE_MAX);
    EXPECT_INT(t.trial.zone_of[3], B);
    expect_zones(&t, 0, "0 1");
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_AREA), 200);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, B, ZONE_DRAWS_AREA), 300);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_FARMLAND), 200);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, B, ZONE_DRAWS_FARMLAND), 300);
    end_trying(&t);
}

/* ---------------------------------------------------------------- sites */

TEST(a_site_far_from_everything_is_measured_and_meets_nothing)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "far", 50000, 90000, 50010, 90010);
    box_site(&t, "near", 0, 0, 10, 10);
    try_sites(&t, "survey", AREA FARMLAND, "  - {rule: near, of: farmland, within: 10 m}\n");
    EXPECT_REAL(zone_exact_to_m2(t.trial.in_zones.whole[0]), 100, 0.1);
    EXPECT_INT(t.trial.in_zones.pieces.start[1], 0);
    expect_zones(&t, 0, "");
    expect_zones(&t, 1, "0");
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_AREA), 0);
    EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_FARMLAND), 0);
    EXPECT_INT(t.trial.in_zones.pieces.start[2], 1);
    end_trying(&t);
}

TEST(every_site_meets_itself_and_those_it_overlaps_in_whatever_block)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "first", 0, 0, 20, 20);
    box_site(&t, "beside", 20, 0, 30, 20);
    box_site(&t, "over", 10, 10, 20, 40);
    try_sites(&t, "grid", "", "  - {rule: overlap}\n");
    EXPECT_INT(zone_trial_block(&t.trial, 2, 1), ZONE_OK);
    const zone_piece_list *pieces = &t.trial.in_sites.pieces;
    EXPECT_INT(pieces->start[1], 2);
    EXPECT_INT(pieces->piece[0].member, 0);
    EXPECT_AREA(pieces->piece[0].area, 100);
    EXPECT_INT(pieces->piece[1].member, 2);
    EXPECT_AREA(pieces->piece[1].area, 300);

    zone_source *source = open_source(t.ctx, file_in(&t.p, "boundary.geojson"), NULL);
    EXPECT_INT(zone_sites_add_source(t.ctx, &t.sites, source, t.crs), ZONE_OK);
    zone_source_close(source);
    EXPECT_INT(zone_trial_begin(&t.trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&t.trial, 1, 3), ZONE_OK);
    EXPECT_INT(t.trial.in_sites.pieces.start[1], 2);
    EXPECT_INT(t.trial.in_sites.pieces.start[3] - t.trial.in_sites.pieces.start[2], 4);
    end_trying(&t);
}

TEST(a_batch_of_rejected_sites_is_measured_as_nothing)
{
    trying t;

    begin_trying(&t);
    draw(&t.drawn, "{\"type\":\"Feature\",\"properties\":{\"id\":\"none\"},\"geometry\":null}");
    try_sites(&t, "grid", AREA FARMLAND NET CONSTRUCTION, "  - {rule: near, of: farmland, within: 10 m}\n");
    EXPECT_AREA(t.trial.in_zones.whole[0], 0);
    for (int draws = ZONE_DRAWS_AREA; draws <= ZONE_DRAWS_NEW_CONSTRUCTION; draws++)
        EXPECT_AREA(zone_trial_draw(&t.trial, 0, A, (zone_draws)draws), 0);
    end_trying(&t);
}

/* ---------------------------------------------------------------- methods and planes */

TEST(the_method_is_the_plans_unless_another_is_asked_for)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 100, 100);
    try_sites(&t, "grid", "", "  - {rule: overlap}\n");
    EXPECT_TEXT(t.trial.method.name, "grid");
    EXPECT_INT(t.trial.methods.count, 6);
    EXPECT_REAL(t.trial.square, 1, 0);
    EXPECT_AREA(t.trial.in_zones.whole[0], 10000);
    EXPECT_REAL(zone_trial_plane(&t.trial, t.trial.in_zones.drawn[0]), 10000, 0);
    zone_trial_close(&t.trial);
    EXPECT_INT(zone_trial_open(t.ctx, t.plan, &t.sites, "geodesic", &t.trial), ZONE_OK);
    EXPECT_TEXT(t.trial.method.name, "geodesic");
    zone_trial_close(&t.trial);
    EXPECT_INT(zone_trial_open(t.ctx, t.plan, &t.sites, "guess", &t.trial), ZONE_BAD_USAGE);
    end_trying(&t);
}

TEST(a_plan_in_degrees_has_areas_but_no_plane)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "across", 80, 50, 120, 90);
    EXPECT_INT(open_trying(&t, 4490, "survey", AREA FARMLAND, "  - {rule: farmland, of: farmland}\n"), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&t.trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&t.trial, 0, 1), ZONE_OK);
    EXPECT_REAL(t.trial.square, 0, 0);
    EXPECT(isnan(zone_trial_plane(&t.trial, t.trial.in_zones.drawn[0])));
    EXPECT_REAL(zone_exact_to_m2(t.trial.in_zones.whole[0]), 1600, 1);
    EXPECT_REAL(zone_exact_to_m2(zone_trial_draw(&t.trial, 0, A, ZONE_DRAWS_AREA)), 800, 1);
    EXPECT_REAL(zone_exact_to_m2(zone_trial_draw(&t.trial, 0, B, ZONE_DRAWS_FARMLAND)), 600, 1);
    end_trying(&t);
}
