#include "read/proj_context.h"
#include "test.h"

TEST(the_network_is_off)
{
    PJ_CONTEXT *proj = zone_proj_open();

    EXPECT_INT(proj_context_is_network_enabled(proj), 0);
    proj_context_destroy(proj);
}

TEST(heights_and_shifts_are_taken_off_a_reference_system)
{
    PJ_CONTEXT *proj = zone_proj_open();
    PJ *crs = zone_proj_horizontal(proj, proj_create(proj, "EPSG:4549+5737"), 1);

    EXPECT_INT(proj_get_type(crs), PJ_TYPE_PROJECTED_CRS);
    EXPECT_TEXT(proj_get_id_code(crs, 0), "4549");
    proj_destroy(crs);
    crs = zone_proj_horizontal(proj, proj_create(proj, "EPSG:4979"), 1);
    EXPECT_INT(proj_get_type(crs), PJ_TYPE_GEOGRAPHIC_2D_CRS);
    proj_destroy(crs);
    crs = zone_proj_horizontal(proj, proj_create(proj, "+proj=longlat +ellps=krass +towgs84=1,2,3 +type=crs"), 0);
    EXPECT_INT(proj_get_type(crs), PJ_TYPE_BOUND_CRS);
    crs = zone_proj_horizontal(proj, crs, 1);
    EXPECT_INT(proj_get_type(crs), PJ_TYPE_GEOGRAPHIC_2D_CRS);
    proj_destroy(crs);
    EXPECT(zone_proj_horizontal(proj, NULL, 1) == NULL);
    proj_context_destroy(proj);
}
