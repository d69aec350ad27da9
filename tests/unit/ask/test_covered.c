/* What is covered of old features. */
#include "ask/covered.h"

#include "ask/fixture.h"

static void expect_group(zone_context *ctx, zone_transition *transition, const char *before, const char *after,
                         uint64_t pieces, zone_exact area)
{
    size_t index = 0;

    EXPECT_INT(zone_transition_find(ctx, transition, 0, &before, after ? &after : NULL, &index), ZONE_OK);
    EXPECT_INT(transition->groups.group[index].pieces, pieces);
    EXPECT(transition->groups.group[index].sum[0] == area);
}

TEST(what_both_dates_cover_comes_off_the_old_one)
{
    zone_context *ctx = new_context();
    zone_transition transition = {.before.count = 1, .after.count = 1, .groups.key_count = 3};
    const char *a = "a", *b = "b";
    const zone_exact m2 = ZONE_EXACT_M2;
    zone_covered covered = {0};
    size_t made = 0;

    for (int i = 0; i < 2; i++)
        EXPECT_INT(zone_transition_add(ctx, &transition, 0, &a, NULL, 0, 10 * m2), ZONE_OK);
    EXPECT_INT(zone_transition_add(ctx, &transition, 0, &a, &b, 0, 10 * m2), ZONE_OK);
    EXPECT_INT(zone_transition_add(ctx, &transition, 0, &b, &b, 0, 1), ZONE_OK);
    EXPECT_INT(zone_transition_beside(ctx, &transition, 0, &b), ZONE_OK);
    EXPECT_INT(zone_transition_find(ctx, &transition, 0, &a, NULL, &made), ZONE_OK);
    const zone_covered_item items[] = {{.feature = 7, .made = made, .area = 10 * m2, .covered = 4 * m2},
                                       {.feature = 3, .made = made, .area = 10 * m2, .covered = 0},
                                       {.feature = 7, .made = made, .area = 10 * m2, .covered = 6 * m2}};
    for (int i = 0; i < 3; i++)
        EXPECT_INT(zone_covered_add(ctx, &covered, &items[i]), ZONE_OK);
    EXPECT_INT(zone_covered_unite(ctx, &covered), ZONE_OK);
    EXPECT_INT(covered.count, 2);
    EXPECT(covered.item[1].feature == 7 && covered.item[1].covered == 10 * m2);
    EXPECT_INT(zone_groups_sort(ctx, &transition.groups), ZONE_OK);
    EXPECT_INT(zone_covered_settle(ctx, &covered, &transition), ZONE_OK);
    expect_group(ctx, &transition, "a", NULL, 1, 10 * m2);
    expect_group(ctx, &transition, "a", "b", 1, 10 * m2);
    expect_group(ctx, &transition, "b", NULL, 1, -1);
    zone_transition_close(&transition);
    zone_covered_free(&covered);
    zone_context_free(ctx);
}

TEST(items_of_different_old_dates_are_refused)
{
    zone_context *ctx = new_context();
    zone_covered covered = {0};

    EXPECT_INT(zone_covered_add(ctx, &covered, &(zone_covered_item){.feature = 1, .area = 10}), ZONE_OK);
    EXPECT_INT(zone_covered_add(ctx, &covered, &(zone_covered_item){.feature = 1, .area = 11}), ZONE_OK);
    EXPECT_INT(zone_covered_unite(ctx, &covered), ZONE_BAD_USAGE);
    zone_covered_free(&covered);
    zone_context_free(ctx);
}
