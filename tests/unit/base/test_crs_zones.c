#include "base/crs_zones.h"

#include "read/fixture.h"

#include <proj.h>

/* Every code of the three families against the registry: name, central meridian, false easting. */
static void check(zone_crs_family family, const char *name, int zone, bool prefixed)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;
    char text[64];

    snprintf(text, sizeof text, "EPSG:%d", zone_crs_zone_code(family, zone, prefixed));
    EXPECT_INT(zone_crs_create(ctx, text, "from --crs", &crs), ZONE_OK);
    if (crs) {
        EXPECT_CONTAINS(crs->name, name);
        EXPECT(zone_crs_family_of(crs->datum) == family);
        EXPECT(crs->transverse_mercator);
        EXPECT_REAL(crs->central_meridian, zone_crs_zone_meridian(zone), 0.0);
        EXPECT_REAL(crs->false_easting, (prefixed ? zone * 1e6 : 0.0) + 500000.0, 0.0);
        EXPECT_INT(crs->zone_prefix, prefixed ? zone : 0);
        EXPECT_TEXT(crs->code, text);
    }
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(each_zone_of_each_family_has_the_code_that_the_registry_gives_it)
{
    static const char *const names[] = {"CGCS2000", "Xian 1980", "Beijing 1954"};

    for (int family = ZONE_CGCS2000; family < ZONE_NO_FAMILY; family++)
        for (int zone = 13; zone <= 45; zone++)
            if (zone != 24) {
                check((zone_crs_family)family, names[family], zone, true);
                check((zone_crs_family)family, names[family], zone, false);
            }
}

TEST(each_zone_is_known_again_from_what_esri_writes_of_it)
{
    zone_context *ctx = new_context();
    PJ_CONTEXT *proj = proj_context_create();
    char text[64];

    for (int family = ZONE_CGCS2000; family < ZONE_NO_FAMILY; family++)
        for (int zone = 13; zone <= 45; zone++)
            for (int prefixed = 0; prefixed < 2 && zone != 24; prefixed++) {
                zone_crs *crs = NULL;
                snprintf(text, sizeof text, "EPSG:%d", zone_crs_zone_code((zone_crs_family)family, zone, prefixed));
                PJ *registered = proj_create(proj, text);
                EXPECT_INT(
                    zone_crs_create(ctx, proj_as_wkt(proj, registered, PJ_WKT1_ESRI, NULL), "from the data", &crs),
                    ZONE_OK);
                if (crs)
                    EXPECT_TEXT(crs->code, text);
                zone_crs_free(crs);
                proj_destroy(registered);
            }
    proj_context_destroy(proj);
    zone_context_free(ctx);
}

TEST(a_zone_that_does_not_exist_has_no_code)
{
    EXPECT_INT(zone_crs_zone_code(ZONE_CGCS2000, 24, true), 0);
    EXPECT_INT(zone_crs_zone_code(ZONE_CGCS2000, 46, true), 0);
    EXPECT_INT(zone_crs_zone_code(ZONE_CGCS2000, 12, false), 0);
}

TEST(the_number_before_an_easting)
{
    EXPECT_INT(zone_crs_prefix(40441000.0), 40);
    EXPECT_INT(zone_crs_prefix(20441000.0), 20);
    EXPECT_INT(zone_crs_prefix(441000.0), 0);
    EXPECT_INT(zone_crs_prefix(24441000.0), 0);
    EXPECT_INT(zone_crs_prefix(-40441000.0), 0);
    EXPECT_INT(zone_crs_prefix(1e300), 0);
}

TEST(datums_of_other_countries_belong_to_no_family)
{
    EXPECT(zone_crs_family_of("World Geodetic System 1984") == ZONE_NO_FAMILY);
    EXPECT(zone_crs_family_of(NULL) == ZONE_NO_FAMILY);
}

TEST(a_code_tells_its_zone_family_and_prefix)
{
    for (int family = ZONE_CGCS2000; family < ZONE_NO_FAMILY; family++)
        for (int zone = 13; zone <= 45; zone++)
            for (int prefixed = 0; prefixed < 2 && zone != 24; prefixed++) {
                zone_crs_family found = ZONE_NO_FAMILY;
                bool numbered = !prefixed;
                int code = zone_crs_zone_code((zone_crs_family)family, zone, prefixed != 0);
                EXPECT_INT(zone_crs_zone_of_code(code, &found, &numbered), zone);
                EXPECT_INT(found, family);
                EXPECT(numbered == (prefixed != 0));
                EXPECT_INT(zone_crs_zone_width(zone), zone < 24 ? 6 : 3);
            }
    zone_crs_family none;
    bool numbered;
    EXPECT_INT(zone_crs_zone_of_code(4490, &none, &numbered), 0);
    EXPECT_INT(zone_crs_zone_of_code(0, &none, &numbered), 0);
}
