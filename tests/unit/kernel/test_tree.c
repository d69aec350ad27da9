/* Trees find what a plain search finds. */
#include "kernel/tree.h"
#include "shapes.h"

TEST(a_tree_finds_what_a_plain_search_finds)
{
    enum { COUNT = 3000 };
    static zone_box boxes[COUNT];
    zone_tree tree = {0};
    zone_numbers found = {0};

    srand(5);
    for (int i = 0; i < COUNT; i++) {
        int64_t x = rand() % 10000, y = rand() % 10000;
        boxes[i] = (zone_box){x, y, x + rand() % 200, y + rand() % 200};
    }
    EXPECT_INT(zone_tree_build(NULL, boxes, sizeof *boxes, COUNT, &tree), ZONE_OK);
    for (int q = 0; q < 200; q++) {
        int64_t x = rand() % 10000, y = rand() % 10000;
        zone_box box = {x, y, x + rand() % 500, y + rand() % 500};
        bool hit[COUNT] = {false};
        found.count = 0;
        EXPECT_INT(zone_tree_find(NULL, &tree, &box, &found), ZONE_OK);
        for (size_t k = 0; k < found.count; k++)
            hit[found.number[k]] = true;
        for (int i = 0; i < COUNT; i++)
            EXPECT(hit[i] || !zone_box_meets(&boxes[i], &box));
        EXPECT(found.count < COUNT / 4); /* and not everything */
    }
    zone_numbers_free(&found);
    zone_tree_free(&tree);
}

TEST(a_tree_of_nothing_finds_nothing_and_one_box_is_a_tree)
{
    zone_tree tree = {0};
    zone_numbers found = {0};
    const zone_box one = {0, 0, 1, 1}, far = {5, 5, 6, 6};

    EXPECT_INT(zone_tree_build(NULL, NULL, sizeof(zone_box), 0, &tree), ZONE_OK);
    EXPECT_INT(zone_tree_find(NULL, &tree, &one, &found), ZONE_OK);
    EXPECT_INT(found.count, 0);
    zone_tree_free(&tree);
    EXPECT_INT(zone_tree_build(NULL, &one, sizeof one, 1, &tree), ZONE_OK);
    zone_tree_find(NULL, &tree, &far, &found);
    EXPECT_INT(found.count, 0);
    zone_tree_find(NULL, &tree, &one, &found);
    EXPECT_INT(found.count, 1);
    zone_tree_free(&tree);
    zone_numbers_free(&found);
}
