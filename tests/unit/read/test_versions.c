#include "read/versions.h"

#include "read/fixture.h"

TEST(the_versions_of_all_that_touches_a_number_are_told)
{
    zone_context *ctx = new_context();
    const char *text = zone_versions(ctx);

    EXPECT_CONTAINS(text, "libzone ");
    EXPECT_CONTAINS(text, zone_version());
    EXPECT_CONTAINS(text, GDALVersionInfo("RELEASE_NAME"));
    EXPECT_CONTAINS(text, "GEOS 3.");
    EXPECT_CONTAINS(text, "PROJ 9.");
    zone_context_free(ctx);
}
