/* Collisions within a layer. */
#include "ask/collisions.h"

#include "ask/fixture.h"
#include "ask/layers.h"
#include "read/geometry.h"

typedef struct {
    zone_context *ctx;
    zone_crs *crs;
    zone_method method;
    zone_projection *projection;
    zone_source *source;
    zone_loaded loaded;
    zone_collisions collisions;
} scene;

static void open_scene(scene *s, drawing *d)
{
    *s = (scene){.ctx = new_context()};
    end_drawing(d, "/vsimem/collisions.geojson");
    EXPECT_INT(zone_crs_create(s->ctx, "EPSG:4549", "from the data", &s->crs), ZONE_OK);
    EXPECT_INT(zone_method_parse(s->ctx, "grid", &s->method), ZONE_OK);
    EXPECT_INT(zone_projection_create(s->ctx, s->crs->wkt, &s->method, &s->projection), ZONE_OK);
    s->source = open_source(s->ctx, "/vsimem/collisions.geojson", NULL);
    EXPECT_INT(zone_load(s->ctx, s->source, s->projection, NULL, 0, &s->loaded), ZONE_OK);
    EXPECT_INT(zone_collisions_find(s->ctx, s->loaded.layer, &s->collisions), ZONE_OK);
}

static void close_scene(scene *s)
{
    zone_collisions_free(&s->collisions);
    zone_unload(&s->loaded);
    zone_source_close(s->source);
    zone_projection_free(s->projection);
    zone_crs_free(s->crs);
    zone_context_free(s->ctx);
}

static zone_status add_up(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    zone_exact *sum = user;

    (void)feature;
    (void)member;
    *sum += area;
    return ZONE_OK;
}

/* All repeats of the layer, within one large box. */
static zone_exact repeats(scene *s)
{
    zone_batch box = {0};
    zone_layer *within = NULL;
    zone_geometry *geometry = NULL;
    zone_exact sum = 0;

    EXPECT_INT(zone_geometry_from_wkt(s->ctx,
                                      "POLYGON((440000 3217000,442000 3217000,442000 3219000,440000 3219000,"
                                      "440000 3217000))",
                                      &geometry),
               ZONE_OK);
    EXPECT_INT(zone_geometry_to_batch(s->ctx, geometry, 0, &box), ZONE_OK);
    EXPECT_INT(zone_layer_create(s->ctx, s->projection, &within), ZONE_OK);
    EXPECT_INT(zone_layer_add(s->ctx, within, &box), ZONE_OK);
    EXPECT_INT(zone_layer_finish(s->ctx, within), ZONE_OK);
    EXPECT_INT(zone_collisions_repeat(s->ctx, s->projection, &s->loaded.batch, &s->collisions, within, add_up, &sum),
               ZONE_OK);
    zone_layer_free(within);
    zone_batch_free(&box);
    zone_geometry_free(geometry);
    return sum;
}

TEST(neighbours_do_not_collide)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"n\":1", 0, 0, 10, 10);
    draw_box(&d, "\"n\":2", 10, 0, 20, 10);
    draw_box(&d, "\"n\":3", 10, 10, 20, 20);
    open_scene(&s, &d);

    EXPECT_INT(s.collisions.count, 0);
    EXPECT_REAL(zone_exact_to_m2(repeats(&s)), 0, 0);
    close_scene(&s);
}

TEST(a_chain_of_pairs_repeats_each_intersection_once)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"n\":1", 0, 0, 10, 10);
    draw_box(&d, "\"n\":2", 9, 0, 20, 10);
    draw_box(&d, "\"n\":3", 18, 0, 30, 10);
    open_scene(&s, &d);

    EXPECT_INT(s.collisions.count, 2);
    EXPECT_REAL(zone_exact_to_m2(repeats(&s)), 30, 1e-6);
    EXPECT_TEXT(zone_collisions_text(s.ctx, &s.collisions, s.loaded.batch.id), "0 × 1 (10.00 m²), 1 × 2 (20.00 m²)");
    close_scene(&s);
}

TEST(a_feature_over_two_that_do_not_meet_is_exact_to_the_last_unit)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"n\":1", "0 0,31.7 2.3,28.1 41.9,3.3 37.7");
    draw_polygon(&d, "\"n\":2", "60 0,91.7 2.3,88.1 41.9,63.3 37.7");
    draw_polygon(&d, "\"n\":3", "11.1 20.2,80.9 17.3,77.7 60.1");
    open_scene(&s, &d);
    zone_exact sum = 0;
    for (size_t p = 0; p < s.collisions.count; p++)
        sum += s.collisions.pair[p].area;

    EXPECT_INT(s.collisions.count, 2);
    EXPECT(repeats(&s) == sum);
    close_scene(&s);
}

TEST(the_same_feature_three_times_repeats_twice)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    for (int i = 0; i < 3; i++)
        draw_box(&d, "\"n\":1", 0, 0, 10, 10);
    open_scene(&s, &d);

    EXPECT_INT(s.collisions.count, 3);
    EXPECT_REAL(zone_exact_to_m2(repeats(&s)), 200, 1e-6);
    close_scene(&s);
}

TEST(a_pair_beside_a_deep_place_stays_exact)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"n\":1", 0, 0, 60, 100);
    draw_box(&d, "\"n\":2", 40, 0, 80, 100);
    draw_box(&d, "\"n\":3", 50, 0, 90, 100);
    draw_box(&d, "\"n\":4", 85, 0, 100, 100);
    open_scene(&s, &d);

    EXPECT_INT(s.collisions.count, 4);
    EXPECT_REAL(zone_exact_to_m2(repeats(&s)), 6000 + 4000 + 4000 + 1500 - 10000, 1e-6);
    close_scene(&s);
}

/* 64 boxes of 8 m with 2 m between, the first of them twice, and one box of 80 m over all, at either end of the layer.
 */
static void draw_many(drawing *d, bool large_first)
{
    begin_drawing(d, 4549);
    if (large_first)
        draw_box(d, "\"n\":1", 0, 0, 80, 80);
    for (int i = 0; i < 65; i++)
        draw_box(d, "\"n\":1", 10 * (i % 64 % 8) + 1, 10 * (i % 64 / 8) + 1, 10 * (i % 64 % 8) + 9,
                 10 * (i % 64 / 8) + 9);
    if (!large_first)
        draw_box(d, "\"n\":1", 0, 0, 80, 80);
}

TEST(one_large_feature_over_many_repeats_each_of_them_once)
{
    for (int first = 0; first < 2; first++) {
        scene s;
        drawing d;
        draw_many(&d, first);
        open_scene(&s, &d);
        EXPECT_INT(s.collisions.count, 66);
            EXPECT_REAL(zone_exact_to_m2(repeats(&s)), 65 * 64, 1e-6);
        close_scene(&s);
    }
}

TEST(deep_features_in_and_across_a_larger_one_repeat_what_it_holds)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"n\":1", "0 0,50 0,100 0,100 50,100 100,0 100");
    draw_box(&d, "\"n\":2", 10, 10, 20, 20);
    draw_box(&d, "\"n\":3", 15, 10, 25, 20);
    draw_box(&d, "\"n\":4", 90, 10, 110, 20);
    draw_box(&d, "\"n\":5", 95, 10, 120, 20);
    open_scene(&s, &d);

    EXPECT_INT(s.collisions.count, 6);
    EXPECT_REAL(zone_exact_to_m2(repeats(&s)), 100 + 100 + 100 + 150, 1e-6);
    close_scene(&s);
}

static void cancel_at_once(void *user, uint64_t done, uint64_t total)
{
    (void)done;
    (void)total;
    zone_cancel(user);
}

TEST(one_feature_over_many_can_be_cancelled_on_the_way)
{
    scene s;
    drawing d;
    zone_exact sum = 0;
    draw_many(&d, false);
    open_scene(&s, &d);

    zone_context_set_progress(s.ctx, cancel_at_once, s.ctx);
    EXPECT_INT(
        zone_collisions_repeat(s.ctx, s.projection, &s.loaded.batch, &s.collisions, s.loaded.layer, add_up, &sum),
        ZONE_CANCELLED);
    close_scene(&s);
}

TEST(more_than_five_pairs_are_cut_short_in_words)
{
    scene s;
    drawing d;
    begin_drawing(&d, 4549);
    for (int i = 0; i < 8; i++)
        draw_box(&d, "\"n\":1", 9 * i, 0, 9 * i + 10, 10);
    open_scene(&s, &d);

    EXPECT_INT(s.collisions.count, 7);
    EXPECT_CONTAINS(zone_collisions_text(s.ctx, &s.collisions, s.loaded.batch.id), "4 × 5 (10.00 m²), …");
    close_scene(&s);
}
