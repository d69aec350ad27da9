/* Two layers into one: members of the result are the pieces, with whom they are of. */
#include "shapes.h"

TEST(pieces_come_by_pair_and_what_is_held_whole_is_the_member_itself)
{
    zone_projection *projection = projection_of("EPSG:4549", "survey");
    zone_batch blocks = {0}, zones = {0};
    zone_layer *both = NULL;
    uint32_t pair[2];

    add_box(&blocks, 448000, 3229000, 100, 100); /* cut by the border of the zones */
    add_box(&blocks, 448300, 3229000, 50, 50);   /* held by the second */
    add_box(&blocks, 449500, 3229000, 50, 50);   /* in none */
    add_box(&zones, 447000, 3228000, 1040, 2000);
    add_box(&zones, 448040, 3228000, 1000, 2000);
    zone_layer *a = layer_of(projection, &blocks), *b = layer_of(projection, &zones);
    EXPECT_INT(zone_layer_intersect(NULL, a, b, &both), ZONE_OK);
    EXPECT_INT(zone_layer_count(both), 3);
    const uint32_t expected[3][2] = {{0, 0}, {0, 1}, {1, 1}};
    for (size_t m = 0; m < zone_layer_count(both); m++) {
        zone_layer_pair(both, m, pair);
        EXPECT(pair[0] == expected[m][0] && pair[1] == expected[m][1]);
    }
    EXPECT(zone_layer_area(both, 0) + zone_layer_area(both, 1) == zone_layer_area(a, 0));
    EXPECT(zone_layer_area(both, 2) == zone_layer_area(a, 1));
    EXPECT_REAL(zone_exact_to_m2(zone_layer_area(both, 0)), 4000.0, 1.0);
    zone_layer_free(both);
    zone_layer_free(a);
    zone_layer_free(b);
    zone_batch_free(&blocks);
    zone_batch_free(&zones);
    zone_projection_free(projection);
}

TEST(layers_that_are_apart_have_nothing_in_common)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch here = {0}, there = {0};
    zone_layer *both = NULL;

    add_box(&here, 448000, 3229000, 10, 10);
    add_box(&there, 458000, 3229000, 10, 10);
    zone_layer *a = layer_of(projection, &here), *b = layer_of(projection, &there);
    EXPECT_INT(zone_layer_intersect(NULL, a, b, &both), ZONE_OK);
    EXPECT_INT(zone_layer_count(both), 0);
    zone_layer_free(both);
    zone_layer_free(a);
    zone_layer_free(b);
    zone_batch_free(&here);
    zone_batch_free(&there);
    zone_projection_free(projection);
}
