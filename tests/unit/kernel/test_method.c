/* Area methods by name. */
#include "kernel/project.h"
#include "test.h"

TEST(every_method_has_its_name)
{
    static const char *const names[] = {"survey", "survey:legacy", "survey:split=70", "ellipsoid", "geodesic", "grid"};
    zone_method method;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        EXPECT_INT(zone_method_parse(NULL, names[i], &method), ZONE_OK);
        EXPECT_TEXT(method.name, names[i]);
    }
    EXPECT_INT(zone_method_parse(NULL, NULL, &method), ZONE_OK);
    EXPECT_TEXT(method.name, "survey");
}

TEST(a_method_that_is_none_is_refused_with_the_list)
{
    static const char *const wrong[] = {
        "", "Survey", "survey:split=", "survey:split=-1", "survey:split=abc", "survey:split=1e99", "planar"};
    zone_context *ctx = NULL;
    zone_method method;

    zone_context_create(&ctx);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        EXPECT_INT(zone_method_parse(ctx, wrong[i], &method), ZONE_BAD_USAGE);
        EXPECT_CONTAINS(zone_context_error_text(ctx), "geodesic");
    }
    zone_context_free(ctx);
}
