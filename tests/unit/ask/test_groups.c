/* Groups by key. */
#include "ask/groups.h"

#include "ask/fixture.h"

TEST(keys_are_found_again_and_nulls_are_empty_texts)
{
    zone_context *ctx = new_context();
    zone_groups groups = {.key_count = 2};
    const char *first[] = {"a", NULL}, *same[] = {"a", ""}, *other[] = {"", "a"};
    size_t one = 9, two = 9, three = 9;

    EXPECT_INT(zone_groups_find(ctx, &groups, 0, first, &one), ZONE_OK);
    EXPECT_INT(zone_groups_find(ctx, &groups, 0, other, &two), ZONE_OK);
    EXPECT_INT(zone_groups_find(ctx, &groups, 0, same, &three), ZONE_OK);
    EXPECT_INT(one, 0);
    EXPECT_INT(two, 1);
    EXPECT_INT(three, 0);
    zone_groups_free(&groups);
    zone_context_free(ctx);
}

TEST(thousands_of_keys_keep_their_sums_and_sort_by_bytes)
{
    enum { COUNT = 5000 };
    zone_context *ctx = new_context();
    zone_groups groups = {.key_count = 1};
    char text[32];
    const char *key[] = {text};
    size_t index = 0;

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < COUNT; i++) {
            snprintf(text, sizeof text, "%d", i);
            EXPECT_INT(zone_groups_find(ctx, &groups, 0, key, &index), ZONE_OK);
            EXPECT_INT(zone_group_add(ctx, &groups.group[index], 0, i), ZONE_OK);
        }
    EXPECT_INT(groups.count, COUNT);
    EXPECT_INT(zone_groups_sort(ctx, &groups), ZONE_OK);
    for (size_t g = 1; g < groups.count; g++)
        EXPECT(strcmp(groups.group[g - 1].key[0], groups.group[g].key[0]) < 0);
    EXPECT(groups.group[1].sum[0] == 2 * atoi(groups.group[1].key[0]));
    zone_groups_free(&groups);
    zone_context_free(ctx);
}

TEST(order_comes_before_the_key)
{
    zone_context *ctx = new_context();
    zone_groups groups = {.key_count = 1};
    const char *late[] = {"a"}, *early[] = {"b"};
    size_t index = 0;

    EXPECT_INT(zone_groups_find(ctx, &groups, 7, late, &index), ZONE_OK);
    EXPECT_INT(zone_groups_find(ctx, &groups, 3, early, &index), ZONE_OK);
    EXPECT_INT(zone_groups_sort(ctx, &groups), ZONE_OK);
    EXPECT_TEXT(groups.group[0].key[0], "b");
    zone_groups_free(&groups);
    zone_context_free(ctx);
}

TEST(a_sum_beyond_128_bits_is_an_error)
{
    zone_context *ctx = new_context();
    zone_exact sum[1] = {0};
    zone_group group = {.sum = sum};
    zone_exact huge = (zone_exact)1 << 126;

    EXPECT_INT(zone_group_add(ctx, &group, 0, huge), ZONE_OK);
    EXPECT_INT(zone_group_add(ctx, &group, 0, huge), ZONE_TOO_LARGE);
    zone_context_free(ctx);
}
