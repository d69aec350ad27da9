/* Widening: every area with what lies near it, in order, whatever the number of threads. */
#include "ask/widen.h"

#include "test.h"

static void add_square(zone_batch *batch, double west, double south, double side)
{
    const double x[4] = {west, west + side, west + side, west}, y[4] = {south, south, south + side, south + side};

    EXPECT_INT(zone_batch_add_feature(NULL, batch, 7, 0, ZONE_SHAPE_AREA), ZONE_OK);
    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (int i = 0; i < 4; i++)
        EXPECT_INT(zone_batch_add_vertex(NULL, batch, x[i], y[i]), ZONE_OK);
}

static double area_of(const zone_batch *batch, size_t feature)
{
    size_t first = batch->vertex_start[batch->ring_start[feature]];
    size_t end = batch->vertex_start[batch->ring_start[feature + 1]];
    double doubled = 0.0;

    for (size_t v = first; v < end; v++) {
        size_t next = v + 1 < end ? v + 1 : first;
        doubled += batch->x[v] * batch->y[next] - batch->x[next] * batch->y[v];
    }
    return doubled / 2.0;
}

TEST(a_square_grows_by_its_border_and_a_circle)
{
    zone_context *ctx = NULL;
    zone_batch batch = {0}, wide = {0};

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    add_square(&batch, 0, 0, 100);
    EXPECT_INT(zone_widen(ctx, &batch, 10.0, &wide), ZONE_OK);
    EXPECT_INT(wide.feature_count, 1);
    /* 100² + 4 × 100 × 10 + π 10², the circle drawn with few corners */
    EXPECT_REAL(area_of(&wide, 0), 14000.0 + 314.16, 3.0);
    EXPECT(area_of(&wide, 0) < 14000.0 + 314.16);
    zone_batch_free(&batch);
    zone_batch_free(&wide);
    zone_context_free(ctx);
}

TEST(ids_are_numbers_in_the_batch_and_rejected_ones_are_left_out)
{
    enum { COUNT = 700 };
    zone_context *ctx = NULL;
    zone_batch batch = {0}, wide[2] = {{0}, {0}};

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    for (int i = 0; i < COUNT; i++)
        add_square(&batch, 50.0 * i, 0, 1.0 + i % 5);
    batch.state[3] = ZONE_FEATURE_REJECTED;
    for (int run = 0; run < 2; run++) {
        zone_context_set_threads(ctx, run ? 3 : 1);
        EXPECT_INT(zone_widen(ctx, &batch, 2.0, &wide[run]), ZONE_OK);
        EXPECT_INT(wide[run].feature_count, COUNT - 1);
    }
    EXPECT_INT(wide[0].vertex_count, wide[1].vertex_count);
    for (size_t i = 0; i < wide[0].feature_count && i < wide[1].feature_count; i++) {
        EXPECT_INT(wide[0].id[i], (int64_t)i + (i >= 3));
        EXPECT_INT(wide[1].id[i], wide[0].id[i]);
    }
    EXPECT(memcmp(wide[0].x, wide[1].x, wide[0].vertex_count * sizeof *wide[0].x) == 0);
    zone_batch_free(&batch);
    zone_batch_free(&wide[0]);
    zone_batch_free(&wide[1]);
    zone_context_free(ctx);
}
