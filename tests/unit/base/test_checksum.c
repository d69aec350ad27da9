/* Checksums. */
#include "base/checksum.h"
#include "test.h"

static const char *sum_of(const char *bytes, char text[ZONE_CHECKSUM_SIZE])
{
    zone_checksum sum;

    zone_checksum_begin(&sum);
    zone_checksum_add(&sum, bytes, strlen(bytes));
    return zone_checksum_print(&sum, text);
}

TEST(sums_are_those_of_fnv_1a)
{
    char text[ZONE_CHECKSUM_SIZE];

    EXPECT_TEXT(sum_of("", text), "6c62272e07bb014262b821756295c58d");
    EXPECT_TEXT(sum_of("a", text), "d228cb696f1a8caf78912b704e4a8964");
    EXPECT_TEXT(sum_of("foobar", text), "343e1662793c64bf6f0d3597ba446f18");
}

TEST(parts_add_up_to_the_sum_of_the_whole)
{
    char one[ZONE_CHECKSUM_SIZE], two[ZONE_CHECKSUM_SIZE];
    zone_checksum sum;

    zone_checksum_begin(&sum);
    zone_checksum_add(&sum, "foo", 3);
    zone_checksum_add(&sum, "", 0);
    zone_checksum_add(&sum, "bar", 3);
    EXPECT_TEXT(zone_checksum_print(&sum, one), sum_of("foobar", two));
}
