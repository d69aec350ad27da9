/* A layer against itself in runs of members: the runs and the threads that take them leave no trace. */
#include "shapes.h"

#include <stdlib.h>

enum { SIDE = 30 }; /* 900 members: several runs */

typedef struct {
    uint32_t first[4 * SIDE * SIDE], second[4 * SIDE * SIDE];
    zone_exact area[4 * SIDE * SIDE];
    size_t count;
} pairs;

/* Squares of 10 m, each over the next by a metre. */
static void draw(zone_batch *batch)
{
    for (int i = 0; i < SIDE * SIDE; i++)
        add_box(batch, 448000 + 9 * (i % SIDE), 3229000 + 9 * (i / SIDE), 10, 10);
}

static zone_status keep_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    pairs *found = user;

    found->first[found->count] = first;
    found->second[found->count] = second;
    found->area[found->count++] = area;
    return ZONE_OK;
}

static zone_status keep_depth(void *user, size_t times, zone_exact area)
{
    zone_exact *depth = user;

    EXPECT(times >= 1 && times <= 4);
    depth[times] = area;
    return ZONE_OK;
}

TEST(pairs_come_sorted_and_the_same_on_any_number_of_threads)
{
    static pairs found[5];
    zone_projection *projection = projection_of("EPSG:4549", "survey");
    zone_batch batch = {0};

    draw(&batch);
    zone_layer *layer = layer_of(projection, &batch);
    for (int threads = 1; threads < 5; threads++) {
        zone_context *ctx = NULL;
        EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
        zone_context_set_threads(ctx, threads);
        EXPECT_INT(zone_overlay_self(ctx, layer, keep_pair, &found[threads]), ZONE_OK);
        EXPECT_INT(found[threads].count, 2 * SIDE * (SIDE - 1) + 2 * (SIDE - 1) * (SIDE - 1));
        for (size_t i = 0; i < found[threads].count; i++) {
            EXPECT(found[threads].first[i] < found[threads].second[i]);
            EXPECT(found[threads].first[i] == found[1].first[i] && found[threads].second[i] == found[1].second[i]);
            EXPECT(found[threads].area[i] == found[1].area[i]);
        }
        zone_context_free(ctx);
    }
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}

TEST(depths_of_all_runs_add_up_to_the_members)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch batch = {0};
    zone_exact depth[5] = {0}, sum = 0;

    draw(&batch);
    zone_layer *layer = layer_of(projection, &batch);
    EXPECT_INT(zone_overlay_depths(NULL, layer, keep_depth, depth), ZONE_OK);
    for (size_t m = 0; m < zone_layer_count(layer); m++)
        sum += zone_layer_area(layer, m);
    EXPECT(depth[1] + depth[2] + depth[3] + depth[4] == sum);
    EXPECT_REAL(zone_exact_to_m2(depth[1]), (9.0 * SIDE + 1) * (9.0 * SIDE + 1), 1e-5);
    EXPECT_REAL(zone_exact_to_m2(depth[4]), (SIDE - 1) * (SIDE - 1), 1e-5);
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}

TEST(a_cancelled_search_ends_with_its_status)
{
    static pairs found;
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch batch = {0};
    zone_context *ctx = NULL;

    draw(&batch);
    zone_layer *layer = layer_of(projection, &batch);
    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    zone_cancel(ctx);
    EXPECT_INT(zone_overlay_self(ctx, layer, keep_pair, &found), ZONE_CANCELLED);
    EXPECT_INT(zone_overlay_self(ctx, layer, keep_pair, &found), ZONE_OK);
    zone_context_free(ctx);
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}
