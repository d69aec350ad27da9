#include "read/rings.h"

#include "read/fixture.h"

/* A ring of `count` points given as x, y, x, y … */
static void add(zone_context *ctx, zone_rings *rings, bool hole, size_t count, const double *xy)
{
    double *x, *y;

    EXPECT_INT(zone_rings_add(ctx, rings, hole, count, &x, &y), ZONE_OK);
    for (size_t i = 0; i < count; i++) {
        x[i] = xy[2 * i];
        y[i] = xy[2 * i + 1];
    }
    zone_rings_open_last(rings);
}

static const double clockwise[] = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0};
static const double hole[] = {2, 2, 4, 2, 4, 4, 2, 4, 2, 2};

TEST(the_closing_vertex_is_dropped_and_rings_are_turned_on_the_way_into_a_batch)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    zone_batch batch = {0};

    add(ctx, &rings, false, 5, clockwise);
    add(ctx, &rings, true, 5, hole);
    EXPECT(!rings.unclosed);
    EXPECT_INT(rings.vertex_count, 8);
    EXPECT_REAL(zone_rings_area(&rings), 96.0, 0.0);
    zone_batch_add_feature(ctx, &batch, 1, 0, ZONE_SHAPE_AREA);
    EXPECT_INT(zone_rings_to_batch(ctx, &rings, &batch), ZONE_OK);
    EXPECT_INT(batch.ring_count, 2);
    EXPECT_REAL(ring_area(&batch, 0), 200.0, 0.0);
    EXPECT_REAL(ring_area(&batch, 1), -8.0, 0.0);
    zone_rings_free(&rings);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(a_ring_that_does_not_close_is_noted_with_its_place)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};

    add(ctx, &rings, false, 4, clockwise);
    EXPECT(rings.unclosed);
    EXPECT_REAL(rings.unclosed_at[0], 10.0, 0.0);
    EXPECT_REAL(rings.unclosed_at[1], 0.0, 0.0);
    EXPECT_INT(rings.vertex_count, 4);
    zone_rings_free(&rings);
    zone_context_free(ctx);
}

TEST(a_sliver_far_from_the_origin_keeps_its_direction)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    const double sliver[] = {40441000.0, 3218000.0,    40441097.0, 3218000.0,
                             40441097.0, 3218000.0002, 40441000.0, 3218000.0002};

    add(ctx, &rings, false, 4, sliver);
    EXPECT_REAL(zone_rings_double_area(&rings, 0), 2 * 97.0 * 0.0002, 1e-6);
    EXPECT(zone_rings_double_area(&rings, 0) > 0.0);
    zone_rings_free(&rings);
    zone_context_free(ctx);
}

TEST(rings_of_a_batch_come_back_with_their_holes)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA}, back = {0};
    zone_batch batch = {0};
    const double second[] = {20, 0, 30, 0, 30, 10, 20, 0};

    add(ctx, &rings, false, 5, clockwise);
    add(ctx, &rings, true, 5, hole);
    add(ctx, &rings, false, 4, second);
    zone_batch_add_feature(ctx, &batch, 1, 0, ZONE_SHAPE_AREA);
    zone_rings_to_batch(ctx, &rings, &batch);
    EXPECT_INT(zone_rings_from_batch(ctx, &batch, 0, &back), ZONE_OK);
    EXPECT_INT(back.ring_count, 3);
    EXPECT(!back.hole[0] && back.hole[1] && !back.hole[2]);
    EXPECT_REAL(zone_rings_area(&back), 146.0, 0.0);
    zone_rings_free(&rings);
    zone_rings_free(&back);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(coordinates_that_are_not_finite_are_found)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    double odd[] = {0, 0, 1, 0, 1, NAN, 0, 0};

    add(ctx, &rings, false, 4, odd);
    EXPECT_INT(zone_rings_find_infinite(&rings), 2);
    rings.y[2] = 1.0;
    EXPECT_INT(zone_rings_find_infinite(&rings), rings.vertex_count);
    rings.x[0] = -INFINITY;
    EXPECT_INT(zone_rings_find_infinite(&rings), 0);
    zone_rings_free(&rings);
    zone_context_free(ctx);
}

TEST(lines_go_into_a_batch_as_they_were_drawn)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_LINE};
    zone_batch batch = {0};
    double *x, *y;

    zone_rings_add(ctx, &rings, false, 5, &x, &y);
    for (size_t i = 0; i < 5; i++) {
        x[i] = clockwise[2 * i];
        y[i] = clockwise[2 * i + 1];
    }
    zone_batch_add_feature(ctx, &batch, 1, 0, ZONE_SHAPE_LINE);
    zone_rings_to_batch(ctx, &rings, &batch);
    EXPECT_INT(batch.vertex_count, 5);
    EXPECT_REAL(batch.y[1], 10.0, 0.0);
    zone_rings_free(&rings);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}
