/* What a rule of the layout should say of the sketch. */
#ifndef ZONE_TEST_ASK_EXPECT_RULE_H
#define ZONE_TEST_ASK_EXPECT_RULE_H

#include "ask/sketch.h"

/* One rule (YAML), what it should say. margin NULL: any. */
typedef struct {
    const char *rule;
    bool met;
    const char *measured, *margin;
} expectation;

static inline void expect_rule(const expectation *expected, const char *crs)
{
    zone_context *ctx = new_context();
    place p;
    char more[1024];
    zone_table *table = NULL;

    snprintf(more, sizeof more, "rules:\n  - {%s}\n", expected->rule);
    zone_plan *plan = open_sketch_in(ctx, &p, crs, "grid", more);
    EXPECT_INT(zone_layout(ctx, plan, NULL, &table), ZONE_OK);
    int before = test_failures;
    EXPECT_INT(zone_table_row_count(table), 1);
    EXPECT_TEXT(text_at(table, 0, "verdict"), expected->met ? "met" : "unmet");
    EXPECT_TEXT(text_at(table, 0, "measured"), expected->measured);
    if (expected->margin)
        EXPECT_TEXT(text_at(table, 0, "margin"), expected->margin);
    EXPECT_INT(zone_table_verdict(table), expected->met ? ZONE_OK : ZONE_UNMET);
    if (test_failures != before)
        printf("  in {%s}: %s\n", expected->rule, zone_context_error_text(ctx));
    zone_table_free(table);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

/* The drawing's own system in feet: what is measured stays the same. */
static const char in_feet[] =
    "'PROJCS[\"feet\",GEOGCS[\"China Geodetic Coordinate System 2000\",DATUM[\"China_2000\","
    "SPHEROID[\"CGCS2000\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
    "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",120],"
    "PARAMETER[\"scale_factor\",1],PARAMETER[\"false_easting\",1640419.9475065617],PARAMETER[\"false_northing\",0],"
    "UNIT[\"foot\",0.3048]]'";

static inline void expect_rules(const expectation *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        expect_rule(&expected[i], "EPSG:4549");
        expect_rule(&expected[i], in_feet);
    }
}
#define EXPECT_RULES(list) expect_rules(list, sizeof(list) / sizeof *(list))

#endif
