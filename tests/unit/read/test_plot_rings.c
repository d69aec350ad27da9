#include "read/plot_rings.h"

#include "read/fixture.h"

typedef struct {
    int ring;
    double x, y;
} at;

static void add(zone_context *ctx, zone_plots *plots, const at *points, size_t count)
{
    EXPECT_INT(zone_plots_add(ctx, plots, 1), ZONE_OK);
    for (size_t i = 0; i < count; i++) {
        zone_corner corner = {
            .first.value = points[i].x, .second.value = points[i].y, .ring = points[i].ring, .line = (int)i + 2};
        EXPECT_INT(zone_plots_add_corner(ctx, plots, &corner), ZONE_OK);
    }
}

#define SQUARE_AT(ring, x, y, side)                                                                                    \
    {ring, x, y}, {ring, (x) + (side), y}, {ring, (x) + (side), (y) + (side)},                                         \
    {                                                                                                                  \
        ring, x, (y) + (side)                                                                                          \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))

TEST(rings_end_where_they_close_and_where_their_number_changes)
{
    const at points[] = {
        SQUARE_AT(1, 0, 0, 10), {1, 0, 0}, SQUARE_AT(1, 20, 0, 10), {1, 20, 0}, SQUARE_AT(2, 40, 0, 10)};
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_plot_rings rings = {0};

    add(ctx, &plots, points, COUNT(points));
    EXPECT_INT(zone_plot_rings_make(ctx, &plots, 0, &rings), ZONE_OK);
    EXPECT_INT(rings.count, 3);
    EXPECT(rings.ring[0].closed && rings.ring[1].closed && !rings.ring[2].closed);
    EXPECT_INT(rings.ring[1].first, 5);
    EXPECT_INT(rings.ring[2].count, 4);
    EXPECT(!rings.ring[0].hole && !rings.ring[1].hole && !rings.ring[2].hole);
    zone_plot_rings_free(&rings);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

/* A hole that comes first, an island in it, and a ring that only touches: geometry decides, not numbers. */
TEST(what_lies_in_an_odd_number_of_rings_is_a_hole)
{
    const at points[] = {SQUARE_AT(1, 20, 20, 60), SQUARE_AT(2, 0, 0, 100), SQUARE_AT(3, 40, 40, 10),
                         SQUARE_AT(4, 42, 42, 2), SQUARE_AT(5, 100, 0, 50)};
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_plot_rings rings = {0};

    add(ctx, &plots, points, COUNT(points));
    EXPECT_INT(zone_plot_rings_make(ctx, &plots, 0, &rings), ZONE_OK);
    EXPECT_INT(rings.count, 5);
    EXPECT(rings.ring[0].hole && !rings.ring[1].hole && !rings.ring[2].hole && rings.ring[3].hole &&
           !rings.ring[4].hole);
    EXPECT_INT(rings.ring[0].outer, 1);
    EXPECT_INT(rings.ring[3].outer, 2);
    EXPECT_REAL(rings.ring[1].area, 20000.0, 0.0);
    zone_plot_rings_free(&rings);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

/* A hole whose first corner lies on the border of its outer ring. */
TEST(a_hole_may_touch_its_outer_ring)
{
    const at points[] = {SQUARE_AT(1, 0, 0, 100), {2, 0, 50}, {2, 20, 40}, {2, 20, 60}};
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_plot_rings rings = {0};

    add(ctx, &plots, points, COUNT(points));
    EXPECT_INT(zone_plot_rings_make(ctx, &plots, 0, &rings), ZONE_OK);
    EXPECT(rings.ring[1].hole);
    zone_plot_rings_free(&rings);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(the_count_of_a_title_is_with_closing_points_or_without)
{
    const at points[] = {SQUARE_AT(1, 0, 0, 10), {1, 0, 0}};
    const long long counts[] = {-1, 4, 5, 3, 6, 0};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < 6; i++) {
        zone_plots plots = {0};
        zone_plot_rings rings = {0};
        add(ctx, &plots, points, COUNT(points));
        plots.plot[0].declared = counts[i];
        EXPECT_INT(zone_plot_rings_make(ctx, &plots, 0, &rings), ZONE_OK);
        if (i < 3)
            EXPECT(plots.plot[0].fault == NULL);
        else
            EXPECT_CONTAINS(plots.plot[0].fault, "points by the title, 5 are there");
        zone_plot_rings_free(&rings);
        zone_plots_free(&plots);
    }
    zone_context_free(ctx);
}

TEST(rings_of_fewer_than_three_points_are_blamed_with_their_line)
{
    const at points[] = {SQUARE_AT(1, 0, 0, 10), {1, 0, 0}, {2, 3, 3}, {2, 4, 4}, {2, 3, 3}};
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_plot_rings rings = {0};

    add(ctx, &plots, points, COUNT(points));
    EXPECT_INT(zone_plot_rings_make(ctx, &plots, 0, &rings), ZONE_OK);
    EXPECT_TEXT(plots.plot[0].fault, "line 7: a ring of fewer than 3 points");
    zone_plot_rings_free(&rings);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}
