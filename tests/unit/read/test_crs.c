#include "read/crs.h"

#include "read/fixture.h"

#define ESRI_4549                                                                                                      \
    "PROJCS[\"CGCS2000_3_Degree_GK_CM_120E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\","                    \
    "DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],"                \
    "UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],"         \
    "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",120.0],PARAMETER[\"Scale_Factor\",1.0],"         \
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"

static zone_crs *make(zone_context *ctx, const char *definition)
{
    zone_crs *crs = NULL;

    EXPECT_INT(zone_crs_create(ctx, definition, "from the data", &crs), ZONE_OK);
    return crs;
}

static void check_code(const char *definition, const char *code)
{
    zone_context *ctx = new_context();
    zone_crs *crs = make(ctx, definition);

    if (crs)
        EXPECT_TEXT(crs->code, code);
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(a_reference_system_is_known_by_its_parameters_whatever_its_name)
{
    check_code("EPSG:4549", "EPSG:4549");
    check_code(" 4549\n", "EPSG:4549");
    check_code(ESRI_4549, "EPSG:4549");
    check_code("EPSG:4326", "EPSG:4326");
    check_code("EPSG:3857", "EPSG:3857");
    check_code("EPSG:4549+5737", "EPSG:4549");
}

TEST(a_code_that_the_parameters_belie_is_not_believed)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;
    const char *lie = "PROJCS[\"CGCS2000 / 3-degree Gauss-Kruger CM 120E\",GEOGCS[\"China Geodetic Coordinate System "
                      "2000\",DATUM[\"China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101]],PRIMEM[\"Greenwich\","
                      "0],UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER["
                      "\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",119.5],PARAMETER[\"scale_factor\",1],"
                      "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],"
                      "AUTHORITY[\"EPSG\",\"4549\"]]";

    crs = make(ctx, lie);
    if (crs) {
        EXPECT_TEXT(crs->code, "");
        EXPECT_REAL(crs->central_meridian, 119.5, 0.0);
    }
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(what_is_told_of_a_projected_system)
{
    zone_context *ctx = new_context();
    zone_crs *crs = make(ctx, "EPSG:4528");

    EXPECT_TEXT(crs->name, "CGCS2000 / 3-degree Gauss-Kruger zone 40");
    EXPECT_TEXT(crs->datum, "China 2000");
    EXPECT_TEXT(crs->ellipsoid, "CGCS2000 (a 6378137, 1/f 298.257222101)");
    EXPECT_TEXT(crs->found, "from the data");
    EXPECT(crs->kind == ZONE_CRS_PROJECTED);
    EXPECT(crs->transverse_mercator && !crs->web_mercator);
    EXPECT_INT(crs->zone_prefix, 40);
    EXPECT_REAL(crs->metres, 1.0, 0.0);
    EXPECT_REAL(crs->central_meridian, 120.0, 0.0);
    /* Easting first in the WKT that the kernel gets, though the registry has northing first. */
    EXPECT(strstr(crs->wkt, ",east") && strstr(crs->wkt, ",north") &&
           strstr(crs->wkt, ",east") < strstr(crs->wkt, ",north"));
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(a_code_found_by_parameters_says_so)
{
    zone_context *ctx = new_context();
    zone_crs *crs = make(ctx, ESRI_4549);

    EXPECT_TEXT(crs->found, "from the data, the code by its parameters");
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(web_mercator_and_longitude_latitude_are_told_apart)
{
    zone_context *ctx = new_context();
    zone_crs *web = make(ctx, "EPSG:3857"), *degrees = make(ctx, "EPSG:4490");

    EXPECT(web->web_mercator && web->kind == ZONE_CRS_PROJECTED);
    EXPECT(degrees->kind == ZONE_CRS_GEOGRAPHIC && !degrees->web_mercator);
    EXPECT(strstr(degrees->wkt, "\"geodetic longitude") < strstr(degrees->wkt, "\"geodetic latitude"));
    zone_crs_free(web);
    zone_crs_free(degrees);
    zone_context_free(ctx);
}

static void refused(const char *definition, const char *what, const char *found)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;

    EXPECT_INT(zone_crs_create(ctx, definition, "from --crs", &crs), ZONE_BAD_CRS);
    EXPECT(crs == NULL);
    EXPECT_TEXT(zone_context_error(ctx)->what, what);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, found);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--crs EPSG:4549");
    zone_context_free(ctx);
}

TEST(what_is_no_reference_system_is_refused_by_what_it_says)
{
    static const char none[] = "no such reference system", other[] = "not a horizontal reference system";

    refused("EPSG:999999", none, "EPSG:999999");
    refused("nonsense", none, "nonsense");
    refused("", none, "\"\"");
    refused("+proj=pipeline +step +proj=utm +zone=50", none, "pipeline");
    refused("PROJCS[\"cut", none, "cut");
    refused("EPSG:4978", other, "WGS 84");                                       /* earth-centred x, y, z */
    refused("EPSG:5737", other, "1985");                                         /* heights */
    refused("EPSG:4807", "not a reference system in degrees", "not in degrees"); /* grads */
}

TEST(equal_systems_under_two_names_are_the_same)
{
    zone_context *ctx = new_context();
    zone_crs *a = make(ctx, "EPSG:4549"), *b = make(ctx, ESRI_4549), *c = make(ctx, "EPSG:4528");
    zone_crs *d = make(ctx, "+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m");

    EXPECT(zone_crs_same(a, b));
    EXPECT(!zone_crs_same(a, c));
    EXPECT(!zone_crs_same(a, d)); /* an unknown datum is not China 2000 */
    EXPECT(zone_crs_same(d, d));
    zone_crs_free(a);
    zone_crs_free(b);
    zone_crs_free(c);
    zone_crs_free(d);
    zone_context_free(ctx);
}

TEST(names_that_are_not_utf8_are_made_readable)
{
    zone_context *ctx = new_context();
    zone_crs *crs =
        make(ctx, "GEOGCS[\"\xB5\xD8\",DATUM[\"D\",SPHEROID[\"S\",6378137,298.257]],PRIMEM[\"Greenwich\",0],"
                  "UNIT[\"degree\",0.0174532925199433]]");

    if (crs)
        EXPECT_TEXT(crs->name, "??");
    zone_crs_free(crs);
    zone_context_free(ctx);
}
