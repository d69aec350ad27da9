/* Memory: growing keeps what is there, and too much is a status. */
#include "base/context.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

TEST(grown_elements_are_zero_and_reserved_ones_keep_the_old)
{
    int *zeroed = NULL, *bare = NULL;
    size_t zeroed_capacity = 0, bare_capacity = 0;

    for (size_t needed = 1; needed < 20000000; needed *= 3) {
        size_t before = zeroed_capacity;
        EXPECT_INT(zone_grow(NULL, (void **)&zeroed, &zeroed_capacity, needed, sizeof *zeroed), ZONE_OK);
        EXPECT_INT(zone_reserve(NULL, (void **)&bare, &bare_capacity, needed, sizeof *bare), ZONE_OK);
        EXPECT(zeroed_capacity >= needed && bare_capacity >= needed);
        for (size_t i = before; i < zeroed_capacity; i++) {
            EXPECT(zeroed[i] == 0);
            zeroed[i] = bare[i] = (int)i;
        }
        EXPECT(bare[needed / 2] == (int)(needed / 2) && zeroed[needed / 2] == (int)(needed / 2));
    }
    free(zeroed);
    free(bare);
}

TEST(more_than_can_be_is_no_memory_and_the_array_stays)
{
    zone_context *ctx = NULL;
    char *array = NULL;
    size_t capacity = 0;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    EXPECT_INT(zone_reserve(ctx, (void **)&array, &capacity, 10, 1), ZONE_OK);
    EXPECT_INT(zone_reserve(ctx, (void **)&array, &capacity, SIZE_MAX / 2, 16), ZONE_NO_MEMORY);
    EXPECT(array != NULL && capacity >= 10 && capacity < 100);
    EXPECT(zone_allocate(ctx, SIZE_MAX, 16) == NULL);
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_NO_MEMORY);
    free(array);
    zone_context_free(ctx);
}

TEST(a_copy_of_nothing_is_nothing)
{
    char *copy = zone_copy_text(NULL, "片区");

    EXPECT_TEXT(copy, "片区");
    EXPECT(zone_copy_text(NULL, NULL) == NULL);
    free(copy);
}
