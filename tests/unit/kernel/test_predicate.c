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

/* ---------------------------------------------------------------- one move of a whole layer */

/* Moves that are large enough for integers and small enough for a lattice of 3 × 3 points 2^58 apart: member 2 by
 * (2^-10, 2^-20), member 1 by (2^-29, 2^-58), member 0 not at all. */
static const int64_t lattice = INT64_C(1) << 58;
static const int64_t moves[3][2] = {{0, 0}, {INT64_C(1) << 29, INT64_C(1)}, {INT64_C(1) << 48, INT64_C(1) << 38}};

static zone_edge on_lattice(int from, int to, uint32_t member, bool moved)
{
    zone_edge made =
        edge((from / 3 - 1) * lattice, (from % 3 - 1) * lattice, (to / 3 - 1) * lattice, (to % 3 - 1) * lattice);

    for (int k = 0; k < 2 && moved; k++) {
        made.x[k] += moves[member][0];
        made.y[k] += moves[member][1];
    }
    made.member = member;
    return made;
}

/* The canonical edges of the lattice. */
static int edges_of_lattice(int ends[36][2])
{
    int count = 0;

    for (int from = 0; from < 9; from++)
        for (int to = from + 1; to < 9; to++) {
            ends[count][0] = from;
            ends[count++][1] = to;
        }
    return count;
}

static bool meet(const zone_edge *a, const zone_edge *b)
{
    double along, across;
    int sign;

    return a->member < b->member ? zone_edges_cross(a, b, &sign, &along, &across)
                                 : zone_edges_cross(b, a, &sign, &along, &across);
}

TEST(later_members_are_moved_farther)
{
    int ends[36][2], count = edges_of_lattice(ends);

    for (int i = 0; i < count * count; i++)
        for (uint32_t pair = 0; pair < 9; pair++) {
            const int *a = ends[i / count], *b = ends[i % count];
            uint32_t first = pair / 3, second = pair % 3;
            zone_edge drawn[2] = {on_lattice(a[0], a[1], first, false), on_lattice(b[0], b[1], second, false)};
            zone_edge moved[2] = {on_lattice(a[0], a[1], first, true), on_lattice(b[0], b[1], second, true)};
            if (first != second)
                EXPECT(meet(&drawn[0], &drawn[1]) == meet(&moved[0], &moved[1]));
        }
}

TEST(crossings_in_one_point_have_the_order_that_the_moves_give_them)
{
    int ends[36][2], count = edges_of_lattice(ends), ordered = 0;

    for (int i = 0; i < count * count * count; i++)
        for (uint32_t kind = 0; kind < 27; kind++) {
            const int *chosen[3] = {ends[i / count / count], ends[i / count % count], ends[i % count]};
            const uint32_t member[3] = {kind / 9, kind / 3 % 3, kind % 3};
            zone_edge drawn[3], moved[3];
            for (int k = 0; k < 3; k++) {
                drawn[k] = on_lattice(chosen[k][0], chosen[k][1], member[k], false);
                moved[k] = on_lattice(chosen[k][0], chosen[k][1], member[k], true);
            }
            if (member[0] == member[1] || member[0] == member[2] || chosen[1] == chosen[2] ||
                !meet(&drawn[0], &drawn[1]) || !meet(&drawn[0], &drawn[2]))
                continue;
            /* Of two edges of one member on one line neither comes first. */
            int order = zone_crossings_order(&drawn[0], &drawn[1], &drawn[2]);
            EXPECT_INT(order, zone_crossings_order(&moved[0], &moved[1], &moved[2]));
            EXPECT_INT(order, -zone_crossings_order(&drawn[0], &drawn[2], &drawn[1]));
            ordered += order != 0;
        }
    EXPECT(ordered > 10000);
}

TEST(crossings_apart_have_the_order_of_their_places)
{
    /* So near that fractions in doubles are alike. */
    const int64_t far = INT64_C(1) << 59;
    const zone_edge line = {.x = {-far, far}, .y = {0, 1}};
    zone_edge west = edge(-7, -far, 11, far), east = edge(-6, -far, 12, far);

    west.member = east.member = 1;
    EXPECT(zone_crossings_order(&line, &west, &east) < 0);
    EXPECT(zone_crossings_order(&line, &east, &west) > 0);
    west.member = 2;
    EXPECT(zone_crossings_order(&line, &west, &east) < 0);
}
