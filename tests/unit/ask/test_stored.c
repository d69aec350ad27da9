/* The question "validate": stored areas against computed ones, and what explains them. */
#include "ask/fixture.h"

#include <geodesic.h>

/* CGCS2000. */
static const double semi_major = 6378137, flattening = 1 / 298.257222101, radian = 3.14159265358979323846 / 180;

static zone_table *validate(zone_context *ctx, const char *path)
{
    zone_table *table = NULL;
    zone_source *source = open_source(ctx, path, NULL);

    EXPECT_INT(zone_validate(ctx, source, NULL, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(source);
    return table;
}

static size_t finding(const zone_table *table, const char *name)
{
    return find_row(table, "finding", name, NULL, NULL);
}

/* What explains the stored areas, how many features it explains and how many nothing explains. */
static void expect_explained(const zone_table *table, const char *how, int explained, int apart)
{
    size_t row = finding(table, "stored areas explained");

    EXPECT_CONTAINS(text_at(table, row, "reason"), how);
    EXPECT_INT(zone_table_integer(table, row, column(table, "count")), explained);
    row = finding(table, "stored areas that nothing explains");
    EXPECT_INT(zone_table_integer(table, row, column(table, "count")), apart);
    EXPECT_INT(zone_table_verdict(table), apart ? ZONE_UNMET : ZONE_OK);
}

/* Boxes of 10000, 5000 and 810 m² in the grid, with these stored areas as JSON. */
static void draw_stored(const char *path, const char *first, const char *second, const char *third)
{
    char properties[64];
    drawing d;

    begin_drawing(&d, 4549);
    snprintf(properties, sizeof properties, "\"TBMJ\":%s", first);
    draw_box(&d, properties, 0, 0, 100, 100);
    snprintf(properties, sizeof properties, "\"TBMJ\":%s", second);
    draw_box(&d, properties, 200, 0, 300, 50);
    snprintf(properties, sizeof properties, "\"TBMJ\":%s", third);
    draw_box(&d, properties, 400, 0, 440.5, 20);
    end_drawing(&d, path);
}

TEST(areas_of_the_grid_are_recognised)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_grid.geojson", "10000.0", "5000.0", "810.0");
    zone_table *table = validate(ctx, "/vsimem/stored_grid.geojson");

    /* Half a degree off the central meridian the true areas are smaller by 0.86, 0.43 and 0.07 m². */
    expect_explained(table, "grid in m2: 3 equal to the last digit, 0 within", 3, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

/* A figure of degrees with the stored area to the hundredth. */
static void put_degrees(const char *path, const char *ring, double area)
{
    char text[1024];

    snprintf(text, sizeof text,
             "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
             "\"urn:ogc:def:crs:EPSG::4490\"}},\"features\":[{\"type\":\"Feature\",\"properties\":{\"TBMJ\":%.2f},"
             "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[%s]]}}]}",
             area, ring);
    put_text(path, text);
}

/* Area from the equator to the latitude, a radian of longitude wide: b²/2 (sin B/(1 − e² sin² B) + artanh(e sin B)/e).
 */
static double belt(double latitude)
{
    double e = sqrt(flattening * (2 - flattening)), b = semi_major * (1 - flattening), s = sin(latitude * radian);

    return 0.5 * b * b * (s / (1 - e * e * s * s) + atanh(e * s) / e);
}

TEST(areas_of_the_survey_rules_are_recognised_by_the_closed_form_of_a_belt)
{
    zone_context *ctx = new_context();
    put_degrees("/vsimem/stored_survey.geojson", "[119.4,29.1],[119.5,29.1],[119.5,29.2],[119.4,29.2],[119.4,29.1]",
                (belt(29.2) - belt(29.1)) * 0.1 * radian);
    zone_table *table = validate(ctx, "/vsimem/stored_survey.geojson");

    expect_explained(table, "survey in m2: 1 equal to the last digit", 1, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(areas_of_geodesics_are_recognised)
{
    double latitudes[] = {29.1, 29.1, 29.3}, longitudes[] = {119.4, 119.6, 119.5}, area = 0, border = 0;
    struct geod_geodesic earth;
    zone_context *ctx = new_context();

    /* The geodesic of its south side of 19.5 km runs up to 4 m north of the parallel, which takes 0.05 km² away. */
    geod_init(&earth, semi_major, flattening);
    geod_polygonarea(&earth, latitudes, longitudes, 3, &area, &border);
    put_degrees("/vsimem/stored_geodesic.geojson", "[119.4,29.1],[119.6,29.1],[119.5,29.3],[119.4,29.1]", area);
    zone_table *table = validate(ctx, "/vsimem/stored_geodesic.geojson");

    expect_explained(table, "geodesic in m2: 1 equal to the last digit", 1, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(two_hundredths_are_adjustment_and_three_are_wrong)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_forced.geojson", "10000.0", "5000.02", "810.03");
    zone_table *table = validate(ctx, "/vsimem/stored_forced.geojson");
    size_t row = finding(table, "stored area");

    expect_explained(table, "grid in m2: 1 equal to the last digit, 1 within", 2, 1);
    EXPECT_TEXT(text_at(table, row, "feature"), "2");
    EXPECT_TEXT(text_at(table, row, "reason"), "stored 810.03, computed 810.0000 m²");
    EXPECT_REAL(number_at(table, row, "area"), 0.03, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(finer_digits_are_compared_as_fine_as_they_are)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_fine.geojson", "10000.004", "5000.0", "810.0");
    zone_table *table = validate(ctx, "/vsimem/stored_fine.geojson");

    /* 0.004 m² vanish in two decimals; three show them, and they are less than an adjustment. */
    expect_explained(table, "grid in m2: 2 equal to the last digit, 1 within", 3, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(areas_in_mu_are_recognised)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_mu.geojson", "15.0", "7.5", "1.22");
    zone_table *table = validate(ctx, "/vsimem/stored_mu.geojson");

    /* 810 × 3/2000 = 1.215, half away from zero 1.22. Two decimals of mu are 6.67 m²: every method gives these. */
    EXPECT_CONTAINS(text_at(table, finding(table, "stored areas explained"), "reason"), " in mu: ");
    expect_explained(table, "grid in mu: 3 equal to the last digit, 0 within", 3, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(mu_of_666_67_to_four_decimals_are_no_mu)
{
    zone_context *ctx = new_context();
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"TBMJ\":15.0", 0, 0, 100, 100);
    draw_box(&d, "\"TBMJ\":150.0", 0, 400, 1000, 500);    /* 149.987 by every method but the grid */
    draw_box(&d, "\"TBMJ\":149.9993", 0, 200, 1000, 300); /* 100000 / 666.67 = 149.99925 */
    end_drawing(&d, "/vsimem/stored_666.geojson");
    zone_table *table = validate(ctx, "/vsimem/stored_666.geojson");
    size_t row = finding(table, "stored area");

    expect_explained(table, "grid in mu: 2 equal to the last digit, 0 within", 2, 1);
    EXPECT_TEXT(text_at(table, row, "feature"), "2");
    EXPECT_REAL(number_at(table, row, "area"), -0.0007 * 2000 / 3, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_figure_that_was_typed_wrong_is_named_with_its_difference)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_typed.geojson", "10000.0", "500.0", "810.0");
    zone_table *table = validate(ctx, "/vsimem/stored_typed.geojson");
    size_t row = finding(table, "stored area");

    expect_explained(table, "grid in m2: 2 equal to the last digit, 0 within", 2, 1);
    EXPECT_TEXT(text_at(table, row, "feature"), "1");
    EXPECT_TEXT(text_at(table, row, "reason"), "stored 500, computed 5000.0000 m²");
    EXPECT_REAL(number_at(table, row, "area"), -4500, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(areas_that_were_never_filled_in_are_explained_by_no_unit)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_zero.geojson", "0.0", "0.0", "0.0");
    zone_table *table = validate(ctx, "/vsimem/stored_zero.geojson");

    expect_explained(table, "0 equal to the last digit, 0 within", 0, 3);
    zone_table_free(table);
    draw_stored("/vsimem/stored_null.geojson", "10000.0", "5000.0", "null");
    table = validate(ctx, "/vsimem/stored_null.geojson");
    expect_explained(table, "grid in m2: 2 equal", 2, 1);
    EXPECT_CONTAINS(text_at(table, finding(table, "stored area"), "reason"), "stored -, computed 810.0000 m²");
    EXPECT(zone_table_is_null(table, finding(table, "stored area"), column(table, "area")));
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(figures_near_the_end_of_what_an_area_can_be_are_apart_without_a_difference)
{
    zone_context *ctx = new_context();
    draw_stored("/vsimem/stored_far.geojson", "\"10000.00\"", "\"-850705917302346100\"", "\"810.00\"");
    zone_table *table = validate(ctx, "/vsimem/stored_far.geojson");
    size_t row = finding(table, "stored area");

    expect_explained(table, "grid in m2: 2 equal", 2, 1);
    EXPECT_TEXT(text_at(table, row, "feature"), "1");
    EXPECT_TEXT(text_at(table, row, "reason"), "stored -850705917302346100, computed 5000.0000 m²");
    EXPECT(zone_table_is_null(table, row, column(table, "area")));
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(ridges_of_figures_whose_difference_is_no_area_do_not_agree)
{
    zone_context *ctx = new_context();
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d,
             "\"TBMJ\":\"850705917302346100\",\"KCXS\":0.0,\"KCMJ\":\"-850705917302346100\","
             "\"TBDLMJ\":\"-117.32\"",
             0, 0, 100, 100);
    end_drawing(&d, "/vsimem/stored_far_ridge.geojson");
    zone_table *table = validate(ctx, "/vsimem/stored_far_ridge.geojson");

    EXPECT_INT(zone_table_integer(table, finding(table, "ridge deductions that do not agree"), column(table, "count")),
               1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_layer_without_stored_areas_is_asked_nothing_of_them)
{
    zone_context *ctx = new_context();
    put_text("/vsimem/stored_none.geojson", GEOJSON("4549", FEATURE("\"name\":1", SQUARE)));
    zone_table *table = validate(ctx, "/vsimem/stored_none.geojson");

    for (size_t r = 0; r < zone_table_row_count(table); r++)
        EXPECT(!strstr(text_at(table, r, "finding"), "stored") && !strstr(text_at(table, r, "finding"), "ridge"));
    zone_table_free(table);
    zone_context_free(ctx);
}

/* Three parcels: the deduction right, the share of the ridges wrong, the rest wrong. */
static void draw_ridges(const char *path, const char *share)
{
    char properties[128];
    drawing d;

    begin_drawing(&d, 4549);
    snprintf(properties, sizeof properties, "\"TBMJ\":10000.0,\"KCXS\":%s,\"KCMJ\":1234.0,\"TBDLMJ\":8766.0", share);
    draw_box(&d, properties, 0, 0, 100, 100);
    snprintf(properties, sizeof properties, "\"TBMJ\":5000.0,\"KCXS\":%s,\"KCMJ\":600.0,\"TBDLMJ\":4400.0", share);
    draw_box(&d, properties, 200, 0, 300, 50);
    snprintf(properties, sizeof properties, "\"TBMJ\":810.0,\"KCXS\":%s,\"KCMJ\":99.95,\"TBDLMJ\":710.0", share);
    draw_box(&d, properties, 400, 0, 440.5, 20);
    draw_box(&d, "\"TBMJ\":100.0", 500, 0, 510, 10); /* no ridges, nothing to check */
    end_drawing(&d, path);
}

TEST(ridge_deductions_are_worked_again_for_fractions_and_percent)
{
    zone_context *ctx = new_context();
    draw_ridges("/vsimem/stored_ridges0.geojson", "0.1234");
    draw_ridges("/vsimem/stored_ridges1.geojson", "12.34");

    for (int i = 0; i < 2; i++) {
        zone_table *table = validate(ctx, i ? "/vsimem/stored_ridges1.geojson" : "/vsimem/stored_ridges0.geojson");
        size_t summary = finding(table, "ridge deductions that do not agree");
        size_t share = find_row(table, "finding", "ridge deduction", "feature", "1");
        size_t rest = find_row(table, "finding", "ridge deduction", "feature", "2");
        EXPECT_INT(zone_table_integer(table, summary, column(table, "count")), 2);
        EXPECT_TEXT(text_at(table, share, "reason"),
                    i ? "5000 × 12.34 = 600, net 4400" : "5000 × 0.1234 = 600, net 4400");
        EXPECT_CONTAINS(text_at(table, rest, "reason"), "= 99.95, net 710"); /* 810 × 0.1234 = 99.954 */
        EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
        zone_table_free(table);
    }
    zone_context_free(ctx);
}
