/* Width of text on a terminal. */
#include "test.h"
#include "write/width.h"

TEST(chinese_takes_two_columns_and_combining_marks_none)
{
    EXPECT_INT(zone_text_width("abc"), 3);
    EXPECT_INT(zone_text_width("水田"), 4);
    EXPECT_INT(zone_text_width("，（）"), 6);
    EXPECT_INT(zone_text_width("e\xcc\x81"), 1);
    EXPECT_INT(zone_text_width("m²"), 2);
    EXPECT_INT(zone_text_width(""), 0);
}

TEST(a_line_breaks_at_a_blank_or_beside_a_chinese_character)
{
    size_t skip = 0;

    EXPECT_INT(zone_text_break("one two three", 8, &skip), 7);
    EXPECT_INT(skip, 1);
    EXPECT_INT(zone_text_break("水田水田", 5, &skip), 6);
    EXPECT_INT(zone_text_break("short", 9, &skip), 5);
    EXPECT_INT(zone_text_break("unbreakable", 4, &skip), 4);
    EXPECT_INT(zone_text_break("水", 1, &skip), 3); /* at least one character */
}
