/* CSV. */
#include "sink.h"

TEST(fields_are_quoted_where_they_must_be_and_parts_tie)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV};

    format(&options, &out);
    EXPECT_TEXT(out.text, "name,area_m2\n水田,0.34\n\"a \"\"quoted\"\", one\",0.34\n\"line\nbreak \x1b[31m\",0.33\n");
}

TEST(the_unit_is_in_the_name_of_the_column)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_CSV, .unit = "mu", .exact = 1};

    format(&options, &out);
    EXPECT_CONTAINS(out.text, "name,area_mu\n水田,0.000503\n");
}
