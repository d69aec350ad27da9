#include "read/crossings.h"

#include "read/fixture.h"

/* A new ring of `count` vertices on a circle, each `step` places from the one before. */
static void add_star(zone_context *ctx, zone_rings *rings, size_t count, size_t step)
{
    double *x, *y;

    rings->shape = ZONE_SHAPE_AREA;
    zone_rings_add(ctx, rings, false, count, &x, &y);
    for (size_t i = 0; i < count; i++) {
        double angle = 6.283185307179586 * (double)(i * step % count) / (double)count;
        x[i] = 448000.0 + 500.0 * cos(angle);
        y[i] = 3229000.0 + 500.0 * sin(angle);
    }
}

static bool exceeds(zone_context *ctx, zone_rings *rings, zone_status expected, size_t *bound)
{
    bool exceed = false;

    EXPECT_INT(zone_crossings_exceed(ctx, rings, bound, &exceed), expected);
    zone_rings_free(rings);
    return exceed;
}

TEST(a_star_is_told_from_its_crossings)
{
    zone_context *ctx = new_context();
    zone_rings rings = {0};
    size_t bound = 0;

    add_star(ctx, &rings, 2001, 1000); /* 2001 × 999 */
    EXPECT(exceeds(ctx, &rings, ZONE_OK, &bound));
    EXPECT_INT(bound, ZONE_MOST_CROSSINGS);
    add_star(ctx, &rings, 2001, 26); /* 2001 × 25 = 50 025 */
    EXPECT(exceeds(ctx, &rings, ZONE_OK, &bound));
    add_star(ctx, &rings, 2000, 25); /* 80 corners, 25 times round: whole edges on each other */
    EXPECT(!exceeds(ctx, &rings, ZONE_OK, &bound));
    add_star(ctx, &rings, 1999, 26); /* 1999 × 25 = 49 975 */
    EXPECT(!exceeds(ctx, &rings, ZONE_OK, &bound));
    zone_context_free(ctx);
}

TEST(a_large_area_may_cross_itself_as_often_as_it_has_vertices)
{
    zone_context *ctx = new_context();
    zone_rings rings = {0};
    size_t bound = 0;

    add_star(ctx, &rings, 100001, 2); /* 100 001 × 1 */
    EXPECT(!exceeds(ctx, &rings, ZONE_OK, &bound));
    EXPECT_INT(bound, 100001);
    add_star(ctx, &rings, 100001, 3);
    EXPECT(exceeds(ctx, &rings, ZONE_OK, &bound));
    zone_context_free(ctx);
}

/* Of two edges on one line the ends lie within each other, without any crossing. */
TEST(a_ring_that_runs_to_and_fro_on_a_line_counts)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    double *x, *y;
    size_t bound = 0;

    zone_rings_add(ctx, &rings, false, 1000, &x, &y);
    for (size_t i = 0; i < 1000; i++) {
        x[i] = (double)(i * 617 % 1000);
        y[i] = 0.0;
    }
    EXPECT(exceeds(ctx, &rings, ZONE_OK, &bound));
    zone_context_free(ctx);
}

TEST(counting_ends_when_the_user_cancels)
{
    zone_context *ctx = new_context();
    zone_rings rings = {0};
    size_t bound = 0;

    add_star(ctx, &rings, 1999, 26);
    zone_cancel(ctx);
    EXPECT(!exceeds(ctx, &rings, ZONE_CANCELLED, &bound));
    zone_context_free(ctx);
}

/* A comb of long slanting teeth: every box meets every other, and no edge cuts another. */
TEST(what_takes_too_long_to_count_is_not_told_to_exceed)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    double *x, *y;
    size_t bound = 0, count = 40000;

    zone_rings_add(ctx, &rings, false, count, &x, &y);
    for (size_t i = 0; i < count; i++) {
        bool far = (i / 2 + i) % 2;
        x[i] = (double)i * 0.01 + (far ? 5000.0 : 0.0);
        y[i] = (far ? 5000.0 : 0.0) - (double)i * 0.01;
    }
    EXPECT(!exceeds(ctx, &rings, ZONE_OK, &bound));
    zone_context_free(ctx);
}
