/* Exact predicates in every degenerate case. */
#include "kernel/predicate.h"
#include "test.h"

static zone_edge edge(int64_t x0, int64_t y0, int64_t x1, int64_t y1)
{
    return (zone_edge){.x = {x0, x1}, .y = {y0, y1}, .weight = 1};
}

TEST(a_point_is_left_or_right_and_never_on_an_edge)
{
    const zone_edge edges[] = {edge(0, 0, 10, 0), edge(0, 0, 0, 10), edge(0, 0, 10, 10), edge(0, 0, 10, -10)};

    for (int i = 0; i < 4; i++)
        for (int64_t x = -2; x < 13; x++)
            for (int64_t y = -12; y < 13; y++) {
                int fixed = zone_side_of_fixed(&edges[i], x, y), moved = zone_side_of_moved(&edges[i], x, y);
                EXPECT(fixed == 1 || fixed == -1);
                /* Off the line both agree; on it the move decides, and the other way round. */
                EXPECT(zone_determinant(&edges[i], x, y) != 0 ? fixed == moved : fixed == -moved);
            }
}

TEST(collinear_edges_do_not_cross)
{
    const zone_edge a = edge(0, 0, 10, 0), same = a, part = edge(3, 0, 7, 0), next = edge(10, 0, 20, 0);
    int sign = 0;
    double along = 0.0, across = 0.0;

    EXPECT(!zone_edges_cross(&a, &same, &sign, &along, &across));
    EXPECT(!zone_edges_cross(&a, &part, &sign, &along, &across));
    EXPECT(!zone_edges_cross(&a, &next, &sign, &along, &across));
}

TEST(a_line_through_a_vertex_crosses_the_chain_of_edges_an_odd_number_of_times)
{
    /* A chain from south to north with a vertex at (5, 0); a line from west to east through it and past it. */
    for (int64_t y = -3; y <= 3; y++) {
        const zone_edge chain[] = {edge(3, -5, 5, 0), edge(5, 0, 4, 6)};
        const zone_edge line = edge(0, y, 10, y);
        int crossings = 0, sign = 0;
        double along = 0.0, across = 0.0;
        for (int i = 0; i < 2; i++)
            crossings += zone_edges_cross(&line, &chain[i], &sign, &along, &across);
        EXPECT_INT(crossings, 1);
    }
}

TEST(a_crossing_has_its_sign_and_its_fractions)
{
    const zone_edge east = edge(0, 0, 10, 0), north = edge(4, -1, 4, 3);
    int sign = 0;
    double along = 0.0, across = 0.0;

    EXPECT(zone_edges_cross(&east, &north, &sign, &along, &across));
    EXPECT_INT(sign, -1); /* from its left (west) to its right (east) */
    EXPECT_REAL(along, 0.4, 0.0);
    EXPECT_REAL(across, 0.25, 0.0);
}

TEST(coordinates_at_the_limit_do_not_overflow)
{
    const int64_t far = INT64_C(1) << 61;
    const zone_edge diagonal = edge(-far, -far, far, far);

    EXPECT_INT(zone_side_of_fixed(&diagonal, far, -far), -1);
    EXPECT_INT(zone_side_of_fixed(&diagonal, -far, far), 1);
    EXPECT(zone_determinant(&diagonal, 1, 0) < 0);
}

TEST(winding_numbers_of_a_square_are_one_inside_and_zero_outside)
{
    zone_edge square[] = {edge(0, 0, 8, 0), edge(8, 0, 8, 8), edge(0, 8, 8, 8), edge(0, 0, 0, 8)};
    square[2].weight = square[3].weight = -1;

    for (int64_t x = -1; x <= 9; x++)
        for (int64_t y = -1; y <= 9; y++) {
            int fixed = 0, moved = 0;
            for (int i = 0; i < 4; i++) {
                fixed += zone_winding_of_fixed(&square[i], x, y);
                moved += zone_winding_of_moved(&square[i], x, y);
            }
            /* A moved point goes north-east, a moved square leaves points on its south-west borders behind. */
            EXPECT_INT(fixed, x >= 0 && x < 8 && y >= 0 && y < 8);
            EXPECT_INT(moved, x > 0 && x <= 8 && y > 0 && y <= 8);
        }
}
