/* Batches in memory, run by run: the same as at once, whatever the number of threads. */
#include "ask/runs.h"

#include "test.h"

enum { COUNT = 1500 };

static void add_square(zone_batch *batch, double west, double south, double side)
{
    const double x[4] = {west, west + side, west + side, west}, y[4] = {south, south, south + side, south + side};

    EXPECT_INT(zone_batch_add_feature(NULL, batch, (int64_t)batch->feature_count, 0, ZONE_SHAPE_AREA), ZONE_OK);
    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (int i = 0; i < 4; i++)
        EXPECT_INT(zone_batch_add_vertex(NULL, batch, x[i], y[i]), ZONE_OK);
}

/* A row of squares of 30 m, 10 m apart: each meets two on either side; one of them is rejected. */
static void open_row(zone_batch *batch)
{
    for (int i = 0; i < COUNT; i++) {
        add_square(batch, 448000 + 10 * i, 3229000, 30);
        if (i == 700) {
            batch->state[i] = ZONE_FEATURE_REJECTED;
            batch->ring_count--;
            batch->vertex_count -= 4;
            batch->ring_start[i + 1] = batch->ring_count;
        }
    }
}

static zone_projection *open_plane(void)
{
    const zone_method grid = {.kind = ZONE_METHOD_GRID};
    zone_projection *projection = NULL;

    EXPECT_INT(zone_projection_create(NULL, "EPSG:4549", &grid, &projection), ZONE_OK);
    return projection;
}

static zone_context *open_context(int threads)
{
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    zone_context_set_threads(ctx, threads);
    return ctx;
}

static void expect_same(const zone_result *made, const zone_result *expected)
{
    EXPECT_INT(made->feature_count, COUNT);
    EXPECT_INT(made->pieces.count, expected->pieces.count);
    for (size_t f = 0; f < COUNT; f++) {
        EXPECT(made->whole[f] == expected->whole[f] && made->drawn[f] == expected->drawn[f]);
        EXPECT_INT(made->pieces.start[f + 1], expected->pieces.start[f + 1]);
    }
    for (size_t i = 0; i < expected->pieces.count; i++) {
        const zone_piece *piece = &made->pieces.piece[i], *same = &expected->pieces.piece[i];
        EXPECT_INT(piece->member, same->member);
        EXPECT(piece->area == same->area && piece->drawn == same->drawn);
    }
}

TEST(runs_make_what_is_made_at_once)
{
    zone_projection *projection = open_plane();
    zone_batch batch = {0};
    zone_layer *whole = NULL;
    zone_result expected = {0};

    open_row(&batch);
    EXPECT_INT(zone_layer_create(NULL, projection, &whole), ZONE_OK);
    EXPECT_INT(zone_layer_add(NULL, whole, &batch), ZONE_OK);
    EXPECT_INT(zone_layer_finish(NULL, whole), ZONE_OK);
    zone_pass pass = {.projection = projection, .layer = whole};
    EXPECT_INT(zone_pass_batch(NULL, &pass, &batch, &expected), ZONE_OK);
    for (int threads = 1; threads <= 3; threads += 2) {
        zone_context *ctx = open_context(threads);
        zone_layer *layer = NULL;
        zone_result result = {0};
        EXPECT_INT(zone_runs_layer(ctx, projection, &batch, &layer), ZONE_OK);
        EXPECT_INT(zone_layer_count(layer), COUNT);
        pass.layer = layer;
        for (int round = 0; round < 2; round++)
            EXPECT_INT(zone_runs_pass(ctx, &pass, &batch, &result), ZONE_OK);
        expect_same(&result, &expected);
        zone_result_free(&result);
        zone_layer_free(layer);
        zone_context_free(ctx);
    }
    zone_result_free(&expected);
    zone_layer_free(whole);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}

/* Those before and after hold 10 m each of the 30. */
TEST(others_are_united_without_the_feature_itself)
{
    zone_projection *projection = open_plane();
    zone_context *ctx = open_context(2);
    zone_batch batch = {0};
    zone_layer *layer = NULL;
    zone_result result = {0};

    for (int i = 0; i < COUNT; i++)
        add_square(&batch, 448000 + 20 * i, 3229000, 30);
    EXPECT_INT(zone_runs_layer(ctx, projection, &batch, &layer), ZONE_OK);
    zone_pass pass = {.projection = projection, .layer = layer, .others = true};
    EXPECT_INT(zone_runs_pass(ctx, &pass, &batch, &result), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(result.inside[0]), 0, 0); /* one other: its piece tells */
    for (size_t f = 1; f + 1 < COUNT; f++)
        EXPECT_REAL(zone_exact_to_m2(result.inside[f]), 600, 1e-6);
    zone_batch_free(&batch);
    zone_layer_free(layer);
    layer = NULL;

    add_square(&batch, 448000, 3229000, 30);
    add_square(&batch, 448010, 3229000, 30);
    add_square(&batch, 448020, 3229000, 30); /* shares 10 × 30 with the first, which the second holds too */
    add_square(&batch, 448011, 3229001, 5);  /* one holds all of it */
    EXPECT_INT(zone_runs_layer(ctx, projection, &batch, &layer), ZONE_OK);
    pass.layer = layer;
    EXPECT_INT(zone_runs_pass(ctx, &pass, &batch, &result), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(result.inside[0]), 600, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(result.inside[1]), 900, 1e-6);
    EXPECT_REAL(zone_exact_to_m2(result.inside[3]), 0, 0);
    zone_result_free(&result);
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_context_free(ctx);
    zone_projection_free(projection);
}

TEST(a_batch_without_features_is_an_empty_layer_and_an_empty_result)
{
    zone_projection *projection = open_plane();
    zone_batch batch = {0};
    zone_layer *layer = NULL;
    zone_result result = {0};

    EXPECT_INT(zone_runs_layer(NULL, projection, &batch, &layer), ZONE_OK);
    EXPECT_INT(zone_layer_count(layer), 0);
    zone_pass pass = {.projection = projection, .layer = layer};
    EXPECT_INT(zone_runs_pass(NULL, &pass, &batch, &result), ZONE_OK);
    EXPECT_INT(result.pieces.count, 0);
    zone_result_free(&result);
    zone_layer_free(layer);
    zone_projection_free(projection);
}
