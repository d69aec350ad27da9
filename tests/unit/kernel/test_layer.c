/* Layers: what a member is worth in both planes. */
#include "kernel/layer.h"
#include "shapes.h"

TEST(members_keep_their_numbers_and_areas)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch batch = {0};

    add_box(&batch, 448000, 3229000, 10, 20);
    add_box(&batch, 448100, 3229000, 1, 1);
    batch.state[1] = ZONE_FEATURE_REJECTED;
    add_box(&batch, 448200, 3229000, 3, 5);
    zone_layer *layer = layer_of(projection, &batch);
    EXPECT_INT(zone_layer_count(layer), 3);
    EXPECT(zone_layer_area(layer, 0) == 200 * ZONE_EXACT_M2 && zone_layer_area(layer, 1) == 0);
    EXPECT(zone_layer_area(layer, 2) == 15 * ZONE_EXACT_M2);
    EXPECT(zone_layer_drawn(layer, 2) == (zone_int128)15 << 61);
    EXPECT_INT(zone_layer_edge_count(layer), 10);
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}

TEST(shares_are_sorted_by_member_and_become_pieces)
{
    zone_share shares[] = {{.member = 7, .sum = {3, 4}}, {.member = 2, .sum = {1, 2}}};
    zone_overlap_space overlap = {.share = shares, .share_count = 2};

    zone_shares_sort(&overlap);
    zone_piece piece = zone_share_piece(&shares[0]);
    EXPECT(piece.member == 2 && piece.area == 1 && piece.drawn == 2);
}
