#include "read/fixture.h"

static char line[400];

static void remember(void *user, const char *text)
{
    (void)user;
    snprintf(line, sizeof line, "%s", text);
}

static double scale(const char *features)
{
    zone_context *ctx = new_context();
    zone_source *source;
    double value;

    put_text("/vsimem/k.geojson", features);
    source = open_source(ctx, "/vsimem/k.geojson", NULL);
    zone_context_set_log(ctx, remember, NULL);
    value = zone_source_ridge_scale(source);
    EXPECT_REAL(zone_source_ridge_scale(source), value, 0.0);
    zone_source_close(source);
    zone_context_free(ctx);
    return value;
}

TEST(coefficients_below_one_are_fractions)
{
    EXPECT_REAL(scale(GEOJSON("4549", FEATURE("\"KCXS\":0.0857", SQUARE) "," FEATURE("\"KCXS\":null", SQUARE))), 1.0,
                0.0);
    EXPECT_CONTAINS(line, "KCXS are fractions: the largest is 0.0857");
}

TEST(one_value_of_one_or_more_makes_all_of_them_percent)
{
    EXPECT_REAL(scale(GEOJSON("4549", FEATURE("\"TKXS\":0.5", SQUARE) "," FEATURE("\"TKXS\":8.57", SQUARE))), 0.01,
                0.0);
    EXPECT_CONTAINS(line, "TKXS are percent: the largest is 8.57");
}

TEST(without_coefficients_the_scale_is_one)
{
    EXPECT_REAL(scale(GEOJSON("4549", FEATURE("\"a\":5", SQUARE))), 1.0, 0.0);
}

TEST(asking_in_the_middle_of_reading_loses_no_feature)
{
    zone_context *ctx = new_context();
    zone_source *source;
    zone_batch batch = {0};
    int field = 0;
    zone_request request = {.fields = &field, .field_count = 1, .batch_size = 1};

    put_text("/vsimem/k.geojson",
             GEOJSON("4549", FEATURE("\"n\":1,\"KCXS\":8", SQUARE) "," FEATURE(
                                 "\"n\":2,\"KCXS\":9", SQUARE) "," FEATURE("\"n\":3,\"KCXS\":9", SQUARE)));
    source = open_source(ctx, "/vsimem/k.geojson", NULL);
    EXPECT_INT(zone_source_rewind(ctx, source, &request), ZONE_OK);
    EXPECT_INT(zone_source_next(ctx, source, &batch), ZONE_OK);
    EXPECT_REAL(zone_source_ridge_scale(source), 0.01, 0.0);
    EXPECT_INT(zone_source_next(ctx, source, &batch), ZONE_OK);
    EXPECT_TEXT(zone_batch_text(&batch, 0, 0), "2");
    EXPECT_INT(zone_source_next(ctx, source, &batch), ZONE_OK);
    EXPECT_TEXT(zone_batch_text(&batch, 0, 0), "3");
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}
