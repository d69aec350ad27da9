#include "read/names.h"
#include "test.h"

TEST(names_are_joined_by_commas)
{
    zone_names names = {0};

    EXPECT_TEXT(names.text, "");
    zone_names_add(&names, "DLBM");
    zone_names_add(&names, "面积");
    EXPECT_TEXT(names.text, "DLBM, 面积");
}

TEST(a_list_too_long_ends_in_dots_and_stays_in_its_room)
{
    zone_names names = {0};

    for (int i = 0; i < 1000; i++)
        zone_names_add(&names, "eleven char");
    EXPECT(strlen(names.text) < sizeof names.text);
    EXPECT_TEXT(names.text + strlen(names.text) - strlen(", …"), ", …");
}

TEST(a_name_longer_than_the_room_is_left_out)
{
    zone_names names = {0};
    char name[4000];

    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    zone_names_add(&names, name);
    EXPECT_TEXT(names.text, "…");
}
