#include "read/quiet.h"
#include "test.h"

#include <cpl_error.h>

TEST(errors_of_gdal_are_caught_and_counted_and_the_first_is_kept)
{
    zone_quiet quiet;

    zone_quiet_begin(&quiet);
    CPLError(CE_Warning, CPLE_AppDefined, "odd");
    CPLError(CE_Failure, CPLE_AppDefined, "first\n%d", 1);
    CPLError(CE_Failure, CPLE_AppDefined, "second");
    zone_quiet_end(&quiet);
    EXPECT_INT(quiet.failures, 2);
    EXPECT_TEXT(quiet.warning, "odd");
    EXPECT_TEXT(zone_quiet_message(&quiet, "none"), "first 1");
}

TEST(a_host_does_not_find_our_error_in_gdal)
{
    zone_quiet quiet;

    zone_quiet_begin(&quiet);
    CPLError(CE_Failure, CPLE_AppDefined, "ours");
    zone_quiet_end(&quiet);
    EXPECT_INT(CPLGetLastErrorType(), CE_None);
    EXPECT_TEXT(CPLGetLastErrorMsg(), "");
}

TEST(a_warning_speaks_where_there_is_no_error)
{
    zone_quiet quiet;

    zone_quiet_begin(&quiet);
    zone_quiet_end(&quiet);
    EXPECT_TEXT(zone_quiet_message(&quiet, "none"), "none");
    zone_quiet_begin(&quiet);
    CPLError(CE_Warning, CPLE_AppDefined, "odd");
    zone_quiet_end(&quiet);
    EXPECT_TEXT(zone_quiet_message(&quiet, "none"), "odd");
    EXPECT_INT(quiet.failures, 0);
}

TEST(messages_that_quote_raw_bytes_become_readable)
{
    zone_quiet quiet;
    char text[3000];

    memset(text, 'a', sizeof text);
    text[0] = (char)0xB5;
    text[sizeof text - 1] = '\0';
    zone_quiet_begin(&quiet);
    CPLError(CE_Failure, CPLE_AppDefined, "%s", text);
    zone_quiet_end(&quiet);
    EXPECT_INT(quiet.failure[0], '?');
    EXPECT(strlen(quiet.failure) < sizeof quiet.failure);
}
