/* What is left of features, zone by zone. */
#include "ask/remainders.h"

#include "ask/fixture.h"

TEST(what_is_left_is_found_by_feature_and_zone)
{
    zone_context *ctx = new_context();
    zone_remainders rest = {.methods = 2};
    const zone_exact m2 = ZONE_EXACT_M2;

    EXPECT_INT(zone_remainders_reserve(ctx, &rest, 3), ZONE_OK);
    EXPECT_INT(zone_remainders_add(ctx, &rest, 1, 10 * m2), ZONE_OK);
    EXPECT_INT(zone_remainders_add(ctx, &rest, 4, 20 * m2), ZONE_OK);
    zone_remainders_end(&rest, 0);
    zone_remainders_end(&rest, 1);
    EXPECT_INT(zone_remainders_add(ctx, &rest, 4, 30 * m2), ZONE_OK);
    zone_remainders_end(&rest, 2);
    EXPECT(zone_remainders_find(&rest, 0, 2) == NULL);
    EXPECT(zone_remainders_find(&rest, 0, 5) == NULL);
    EXPECT(zone_remainders_find(&rest, 1, 4) == NULL);
    zone_exact *left = zone_remainders_find(&rest, 2, 4);
    EXPECT(left && left[0] == 30 * m2 && left[1] == 0);
    EXPECT_INT(zone_remainders_keep(ctx, &rest), ZONE_OK);
    if (left)
        left[0] = 1;
    EXPECT(rest.area[2] == 30 * m2);
    EXPECT(zone_remainders_leave(&rest, 0));
    EXPECT(!zone_remainders_leave(&rest, 1));
    EXPECT(!zone_remainders_leave(&rest, 2)); /* a crumb */
    zone_remainders_free(&rest);
    zone_context_free(ctx);
}
