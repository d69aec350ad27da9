/* Text for people. */
#include "sink.h"

TEST(columns_line_up_also_under_chinese)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .language = ZONE_CHINESE};

    format(&options, &out);
    EXPECT_CONTAINS(out.text, "项目                       面积 (平方米)\n水田                                0.34\n");
    EXPECT_CONTAINS(out.text, "合计                                1.01\n");
    EXPECT_CONTAINS(out.text, "[闭合]");
    EXPECT_CONTAINS(out.text, "0.000000"); /* a zero residual is printed too */
}

TEST(nothing_reaches_the_terminal_that_it_would_act_on)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_TABLE};

    format(&options, &out);
    EXPECT(strchr(out.text, '\x1b') == NULL);
    EXPECT_CONTAINS(out.text, "line\\x0abreak \\x1b[31m");
    EXPECT(strstr(out.text, "[closure]") == NULL);
}
