/* Statuses. */
#include "test.h"
#include "zone.h"

TEST(every_status_has_a_name_a_text_and_the_exit_code_of_its_kind)
{
    EXPECT_TEXT(zone_status_name(ZONE_BAD_CRS), "BAD_CRS");
    EXPECT_INT(zone_status_exit_code(ZONE_OK), 0);
    EXPECT_INT(zone_status_exit_code(ZONE_UNMET), 1);
    EXPECT_INT(zone_status_exit_code(ZONE_BAD_USAGE), 2);
    for (int s = ZONE_NOT_FOUND; s <= ZONE_TOO_LARGE; s++)
        EXPECT_INT(zone_status_exit_code((zone_status)s), 3);
    for (int s = ZONE_CANNOT_WRITE; s <= ZONE_INTERNAL; s++)
        EXPECT_INT(zone_status_exit_code((zone_status)s), 4);
}

TEST(a_number_that_is_no_status_is_answered_too)
{
    EXPECT_TEXT(zone_status_name((zone_status)999), "UNKNOWN");
    EXPECT_INT(zone_status_exit_code((zone_status)-1), 4);
}
