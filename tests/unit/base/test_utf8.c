/* UTF-8 that came from outside. */
#include "base/utf8.h"
#include "test.h"

TEST(characters_are_known_and_broken_ones_are_seen)
{
    uint32_t point = 0;

    EXPECT_INT(zone_utf8_next("a", &point), 1);
    EXPECT_INT(zone_utf8_next("水", &point), 3);
    EXPECT_INT(point, 0x6c34);
    EXPECT_INT(zone_utf8_next("\xf0\x9f\x8c\x8d", &point), 4);
    EXPECT_INT(zone_utf8_next("\xe6\xb0", &point), 0);     /* cut */
    EXPECT_INT(zone_utf8_next("\xc0\xaf", &point), 0);     /* longer than needed */
    EXPECT_INT(zone_utf8_next("\xed\xa0\x80", &point), 0); /* half of a pair */
    EXPECT_INT(zone_utf8_next("\xf5\x80\x80\x80", &point), 0);
}

TEST(broken_bytes_and_controls_become_visible)
{
    char safe[64];

    EXPECT_TEXT(zone_text_safe("a\xff\x01\xe6\xb0", safe, sizeof safe), "a\\xff\\x01\\xe6\\xb0");
    EXPECT_TEXT(zone_text_safe("水\u202e", safe, sizeof safe), "水\\xe2\\x80\\xae");
    EXPECT_TEXT(zone_text_safe("\xc2\x9b"
                               "31m",
                               safe, sizeof safe),
                "\\xc2\\x9b31m");
    EXPECT_TEXT(zone_text_safe("0123456789", safe, 8), "0123");
    EXPECT_INT(zone_text_escape("\x1b[m水", NULL), 9);
    EXPECT_INT(zone_text_escape("\x1b[m水", safe), 9);
    EXPECT(memcmp(safe, "\\x1b[m水", 9) == 0);
}

TEST(broken_bytes_are_mended_and_the_rest_is_kept)
{
    char mended[64];
    size_t length = zone_text_mend("\xb5\xd8\x1b水\xe6", NULL);

    EXPECT_INT(length, 13);
    EXPECT_INT(zone_text_mend("\xb5\xd8\x1b水\xe6", mended), length);
    EXPECT(memcmp(mended, "\ufffd\ufffd\x1b水\ufffd", length) == 0);
}
