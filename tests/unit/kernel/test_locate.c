/* Locate: what a box meets of a bag, however its edges are found; members in parts. */
#include "kernel/locate.h"
#include "shapes.h"

/* A wreath of `count` vertices round (x, y), which turns in and out. */
static void add_wreath(zone_corners *corners, uint32_t member, int64_t x, int64_t y, int64_t size, int count)
{
    zone_edge edge = {.weight = 1, .member = member};

    for (int k = 0; k < count; k++) {
        for (int end = 0; end < 2; end++) {
            double turn = 6.283185307179586 * ((k + end) % count) / count,
                   far = (double)size * (1.0 + 0.3 * cos(5.0 * turn));
            edge.x[end] = x + (int64_t)(far * cos(turn));
            edge.y[end] = y + (int64_t)(far * sin(turn));
        }
        EXPECT_INT(zone_corners_add_edge(NULL, corners, &edge), ZONE_OK);
    }
}

/* All whose box meets are found, and no more than so many that do not. */
static void expect_found(const zone_bag *bag, const zone_box *box, size_t most_beside)
{
    zone_numbers found = {0};
    size_t at = 0, beside = 0;

    EXPECT_INT(zone_bag_find(NULL, bag, box, &found), ZONE_OK);
    for (size_t i = bag->first; i < bag->first + bag->count; i++) {
        const zone_corner *corner = &bag->corners->corner[i];
        const zone_box edge = corner->weight ? zone_corner_box(corner) : zone_box_empty;
        bool meets = corner->weight != 0 && zone_box_meets(&edge, box),
             is_found = at < found.count && found.number[at] == i;
        EXPECT(is_found || !meets);
        EXPECT(!is_found || corner->weight != 0);
        beside += is_found && !meets;
        at += is_found;
    }
    EXPECT_INT(at, found.count); /* rising, and of the bag */
    EXPECT(beside <= most_beside);
    zone_numbers_free(&found);
}

TEST(edges_near_a_box_are_found_in_few_and_in_many)
{
    static const int counts[] = {3, 7, 8, 9, 16, 41, 500, 5000};

    srand(7);
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        zone_corners corners = {.loose = true};
        zone_edge_index index = {0};
        zone_bag bag;
        add_wreath(&corners, 0, 400, -700, (int64_t)1 << 45, counts[c]);
        EXPECT_INT(zone_bag_make(NULL, &corners, &index, &bag), ZONE_OK);
        for (int q = 0; q < 100; q++) {
            int64_t west = ((int64_t)rand() - RAND_MAX / 2) * 65536, south = ((int64_t)rand() - RAND_MAX / 2) * 65536;
            zone_box box = {west, south, west + ((int64_t)rand() << 12), south + ((int64_t)rand() << 12)};
            expect_found(&bag, &box, 1);
        }
        zone_box far = {INT64_C(1) << 60, 0, INT64_C(1) << 60, 5},
                 all = {-(INT64_C(1) << 60), -(INT64_C(1) << 60), INT64_C(1) << 60, INT64_C(1) << 60};
        expect_found(&bag, &far, 0);
        expect_found(&bag, &all, 0);
        zone_edge_index_free(&index);
        zone_corners_free(&corners);
    }
}

static void add_part(zone_members *members, size_t count, int64_t x)
{
    zone_corners *corners = NULL;

    EXPECT_INT(zone_members_begin_part(NULL, members, &corners), ZONE_OK);
    corners->loose = true;
    for (size_t m = 0; m < count; m++)
        if (m != 1) /* a rejected feature keeps its number */
            add_wreath(corners, (uint32_t)m, x + 5000 * (int64_t)m, 0, 1000, 12);
    EXPECT_INT(zone_members_end_part(NULL, members, count), ZONE_OK);
}

TEST(members_keep_their_numbers_when_parts_are_moved_together)
{
    zone_members members = {0}, later = {0};
    zone_numbers found = {0};

    add_part(&members, 3, 0);
    add_part(&later, 2, 100000);
    add_part(&later, 4, 200000);
    EXPECT_INT(zone_members_move(NULL, &members, &later), ZONE_OK);
    EXPECT_INT(later.member_count, 0);
    EXPECT_INT(members.member_count, 9);
    EXPECT_INT(zone_members_index(NULL, &members), ZONE_OK);
    for (size_t m = 0; m < 9; m++) {
        zone_bag bag = zone_members_bag(&members, m);
        bool empty = m == 1 || m == 4 || m == 6;
        EXPECT_INT(bag.count, empty ? 0 : 24);
        if (empty)
            continue;
        EXPECT_INT(zone_corners_edge(bag.corners, bag.first).member, m);
        found.count = 0;
        EXPECT_INT(zone_tree_find(NULL, &members.tree, &bag.box, &found), ZONE_OK);
        EXPECT_INT(found.count, 1);
        EXPECT_INT(found.number[0], m);
    }
    zone_numbers_free(&found);
    zone_members_free(&members);
    zone_members_free(&later);
}
