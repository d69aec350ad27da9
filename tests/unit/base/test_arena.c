/* Arenas give out memory that stays apart and aligned. */
#include "base/arena.h"

#include "test.h"

#include <stdint.h>
#include <string.h>

TEST(pieces_of_any_size_stay_apart)
{
    zone_arena arena = {0};
    char *piece[300];

    for (size_t i = 0; i < 300; i++) {
        size_t size = i % 7 == 6 ? 400000 : i;
        piece[i] = zone_arena_take(NULL, &arena, size);
        EXPECT(piece[i] != NULL && (uintptr_t)piece[i] % 16 == 0);
        memset(piece[i], (int)i % 100, size);
    }
    for (size_t i = 1; i < 300; i++)
        EXPECT_INT(piece[i][0], (int)i % 100);
    zone_arena_free(&arena);
    EXPECT(arena.blocks == NULL);
}

TEST(texts_are_copied_and_nothing_stays_nothing)
{
    zone_arena arena = {0};
    char text[] = "水田";
    const char *copy = zone_arena_copy(NULL, &arena, text);

    text[0] = 'x';
    EXPECT_TEXT(copy, "水田");
    EXPECT(zone_arena_copy(NULL, &arena, NULL) == NULL);
    zone_arena_free(&arena);
}

TEST(more_than_there_is_fails)
{
    zone_arena arena = {0};

    EXPECT(zone_arena_take(NULL, &arena, SIZE_MAX - 3) == NULL);
    EXPECT(zone_arena_take(NULL, &arena, SIZE_MAX / 2) == NULL);
    zone_arena_free(&arena);
}
