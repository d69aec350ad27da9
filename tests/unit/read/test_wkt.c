#include "read/wkt.h"

#include "read/fixture.h"

TEST(sound_texts_have_no_fault)
{
    static const char *const texts[] = {
        "POLYGON((0 0,1 0,1 1,0 0))",
        " polygon Z ((0 0 5, 1.5 -0 5, 1e2 +1 5, 0 0 5), (0 0,.5 0,1. 1,0 0)) ",
        "POLYGONZM((0 0 1 2,1 0 1 2,1 1 1 2,0 0 1 2))",
        "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
        "POINT(1 2)",
        "MULTIPOINT(1 2,3 4)",
        "MULTIPOINT((1 2),(3 4))",
        "LINESTRING(0 0,1 1)",
        "GEOMETRYCOLLECTION(POINT(1 2),POLYGON((0 0,1 0,1 1,0 0)))",
        "CURVEPOLYGON(COMPOUNDCURVE((0 0,1 0),CIRCULARSTRING(1 0,2 1,0 0)))",
        "MULTIPOLYGON(EMPTY,((0 0,1 0,1 1,0 0)))",
    };
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (zone_wkt_fault(ctx, texts[i]))
            TEST_FAIL("%s: %s", texts[i], zone_wkt_fault(ctx, texts[i]));
    zone_context_free(ctx);
}

TEST(faults_are_told_with_the_text_that_is_wrong)
{
    static const char *const cases[][2] = {
        {"POLIGON((0 0,1 0,1 1,0 0))", "WKT: there is no such kind of geometry: \"POLIGON\""},
        {"SRID=4549;POLYGON((0 0,1 0,1 1,0 0))", "WKT: a reference system before the geometry: \"SRID=4549\""},
        {"POLYGON((坏坏坏坏坏坏坏坏坏坏坏坏坏坏坏 0,1 0))", "not a number: \"坏坏坏坏坏坏坏坏坏坏坏坏坏\"…"},
        {"POLYGON((44800O 0,1 0,1 1,0 0))", "WKT: not a number: \"44800O\""},
        {"POLYGON((1,5 0,1 0,1 1,0 0))", "WKT: a point needs two numbers: \"1\""},
        {"POLYGON((1 2 3 4 5,1 0,1 1,0 0))", "a point needs two numbers"},
        {"POLYGON((1e400 0,1 0,1 1,0 0))", "not a number: \"1e400\""},
        {"POLYGON((NaN 0,1 0,1 1,0 0))", "not a number: \"NaN\""},
        {"POLYGON((1-2 0,1 0,1 1,0 0))", "not a number: \"1-2\""},
        {"POLYGON((0x10 0,1 0,1 1,0 0))", "not a number: \"0x10\""},
        {"POLYGON((0 0,1 0,1 1,0 0)", "WKT: it ends before its brackets are closed: 1 missing"},
        {"POLYGON(0 0,1 0,1 1,0 0)", "WKT: the brackets are not those of its kind: \"0 0\""},
        {"MULTIPOLYGON((0 0,1 0,1 1,0 0))", "the brackets are not those of its kind"},
        {"POLYGON((0 0,1 0,1 1,0 0)))", "WKT: text behind the geometry: \")\""},
        {"POLYGON((0 0,1 0,1 1,0 0)) 7", "WKT: text behind the geometry: \"7\""},
        {"POLYGON((0 0,1 0,1 1,0 0)),", "text behind the geometry"},
        {"POLYGON 0 0,1 0", "WKT: not a bracket: \"0 0,1 0\""},
        {"POLYGON EMPTY", "empty geometry"},
        {"POLYGON(())", "empty geometry"},
        {"", "there is no such kind of geometry: \"\""},
    };
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        EXPECT_CONTAINS(zone_wkt_fault(ctx, cases[i][0]), cases[i][1]);
    zone_context_free(ctx);
}

TEST(what_may_be_wkb_or_json_is_left_to_gdal)
{
    EXPECT(!zone_wkt_is_meant("010300000001000000050000"));
    EXPECT(!zone_wkt_is_meant(" ABCDEF0123\t"));
    EXPECT(!zone_wkt_is_meant("{\"type\":\"Point\"}"));
    EXPECT(zone_wkt_is_meant("POLYGON((0 0))"));
    EXPECT(zone_wkt_is_meant("7"));
    EXPECT(zone_wkt_is_meant(""));
    EXPECT(zone_wkt_is_meant("0103000000 x"));
}

/* What GDAL can't read, or reads wrongly, must not pass; what it reads rightly must. */
TEST(texts_cut_short_anywhere_are_faults)
{
    static const char text[] = "MULTIPOLYGON Z (((0 0 1,1 0 1,1 1 1,0 0 1)),((5 5 1,6 5 1,6 6 1,5 5 1)))";
    zone_context *ctx = new_context();
    char part[sizeof text];

    for (size_t length = 0; length < strlen(text); length++) {
        snprintf(part, sizeof part, "%.*s", (int)length, text);
        if (!zone_wkt_fault(ctx, part))
            TEST_FAIL("\"%s\" passes", part);
    }
    zone_context_free(ctx);
}
