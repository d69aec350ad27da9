/* Batches: features, rings, vertices, texts. */
#include "base/batch.h"
#include "test.h"

TEST(a_batch_grows_is_cleared_and_used_again)
{
    zone_batch batch = {.field_count = 2}, copy = {.field_count = 2};

    for (int round = 0; round < 2; round++) {
        zone_batch_clear(&batch);
        for (int f = 0; f < 100; f++) {
            EXPECT_INT(zone_batch_add_feature(NULL, &batch, 1000 + f, (uint64_t)f, ZONE_SHAPE_AREA), ZONE_OK);
            EXPECT_INT(zone_batch_set_text(NULL, &batch, 1, f % 2 ? "0101" : NULL), ZONE_OK);
            for (int r = 0; r < f % 3; r++) {
                zone_batch_add_ring(NULL, &batch);
                for (int v = 0; v < 4; v++)
                    zone_batch_add_vertex(NULL, &batch, f, v);
            }
        }
        EXPECT_INT(batch.feature_count, 100);
        EXPECT_INT(batch.ring_count, 99);
        EXPECT_INT(batch.vertex_count, 4 * 99);
        EXPECT_INT(batch.ring_start[100], 99);
        EXPECT_INT(batch.vertex_start[99], 4 * 99);
        EXPECT(zone_batch_text(&batch, 0, 1) == NULL && zone_batch_text(&batch, 100, 1) == NULL);
        EXPECT_TEXT(zone_batch_text(&batch, 99, 1), "0101");
    }
    EXPECT_INT(zone_batch_append(NULL, &copy, &batch), ZONE_OK);
    EXPECT_INT(zone_batch_append(NULL, &copy, &batch), ZONE_OK);
    EXPECT_INT(copy.feature_count, 200);
    EXPECT_INT(copy.vertex_count, 8 * 99);
    EXPECT_REAL(copy.x[copy.vertex_start[198] - 1], 98.0, 0.0);
    zone_batch_free(&copy);
    zone_batch_free(&batch);
    EXPECT_INT(batch.feature_count, 0);
}
