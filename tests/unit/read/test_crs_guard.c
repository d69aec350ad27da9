#include "read/crs.h"

#include "read/fixture.h"

static zone_status guard(zone_context *ctx, const char *code, double west, double south, double east, double north)
{
    const double extent[4] = {west, south, east, north};
    zone_crs *crs = NULL;
    zone_status status;

    EXPECT_INT(zone_crs_create(ctx, code, "from the data", &crs), ZONE_OK);
    status = zone_crs_guard(ctx, crs, extent, "parcels.shp", "parcels");
    zone_crs_free(crs);
    return status;
}

static void passes(const char *code, double x, double y, double size)
{
    zone_context *ctx = new_context();

    EXPECT_INT(guard(ctx, code, x, y, x + size, y + size), ZONE_OK);
    zone_context_free(ctx);
}

static void refuses(const char *code, double x, double y, double size, const char *found, const char *remedy)
{
    zone_context *ctx = new_context();

    EXPECT_INT(guard(ctx, code, x, y, x + size, y + size), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, found);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, remedy);
    EXPECT_TEXT(zone_context_error(ctx)->file, "parcels.shp");
    EXPECT_TEXT(zone_context_error(ctx)->layer, "parcels");
    zone_context_free(ctx);
}

TEST(data_that_fit_pass)
{
    passes("EPSG:4549", 441000, 3218000, 1000);
    passes("EPSG:4528", 40441000, 3218000, 1000);
    passes("EPSG:4498", 20441000, 3218000, 1000); /* 6-degree zone 20 */
    passes("EPSG:4509", 441000, 3218000, 1000);
    passes("EPSG:2385", 441000, 3218000, 1000);
    passes("EPSG:2416", 40441000, 3218000, 1000);
    passes("EPSG:4490", 119.4, 29.1, 0.1);
    passes("EPSG:4326", 119.4, 29.1, 0.1);
    passes("EPSG:4326", -71.0, 42.0, 0.1);
    passes("EPSG:4326", 29.0, 60.0, 0.1); /* St Petersburg is no swapped China */
    passes("EPSG:3857", 13291000, 3387000, 1000);
    passes("EPSG:32650", 733000, 3218000, 1000);
    passes("EPSG:27700", 530000, 180000, 1000);  /* the British grid */
    passes("EPSG:3035", 4321000, 3210000, 1000); /* equal area, Europe */
}

TEST(an_easting_without_its_zone_number_is_refused)
{
    refuses("EPSG:4528", 441000, 3218000, 100, "441000.0", "--crs EPSG:4549");
    refuses("EPSG:2364", 441000, 3218000, 100, "441000.0", "--crs EPSG:2385");
    refuses("EPSG:21420", 441000, 3218000, 100, "441000.0", "--crs EPSG:21460");
}

TEST(an_easting_with_a_zone_number_that_nobody_asked_for_is_refused)
{
    refuses("EPSG:4549", 40441000, 3218000, 100, "40441000.0", "--crs EPSG:4528");
    refuses("EPSG:4549", 39441000, 3218000, 100, "39441000.0", "--crs EPSG:4527");
    refuses("EPSG:2385", 40441000, 3218000, 100, "40441000.0", "--crs EPSG:2364");
}

TEST(an_easting_of_another_zone_is_refused)
{
    refuses("EPSG:4528", 39441000, 3218000, 100, "39441000.0", "--crs EPSG:4527");
    refuses("EPSG:4528", 39900000, 3218000, 100, "39900000.0", "--crs EPSG:4527");
    refuses("EPSG:4528", 20441000, 3218000, 100, "20441000.0", "--crs EPSG:4498");
    refuses("EPSG:4498", 39441000, 3218000, 100, "39441000.0", "--crs EPSG:4527");
}

TEST(a_layer_that_spans_two_zone_numbers_is_refused)
{
    zone_context *ctx = new_context();

    EXPECT_INT(guard(ctx, "EPSG:4528", 39990000, 3218000, 40010000, 3218100), ZONE_BAD_CRS);
    EXPECT_INT(guard(ctx, "EPSG:4528", 40990000, 3218000, 41010000, 3218100), ZONE_BAD_CRS);
    zone_context_free(ctx);
}

TEST(degrees_in_a_projected_system_are_refused)
{
    refuses("EPSG:4549", 119.4, 29.1, 0.01, "119.40000", "--crs EPSG:4490");
    refuses("EPSG:2385", 119.4, 29.1, 0.01, "119.40000", "--crs EPSG:4610");
    refuses("EPSG:3857", 119.4, 29.1, 0.01, "119.40000", "EPSG:4326");
    refuses("EPSG:4549", 29.1, 119.4, 0.01, "29.10000", "swap");
}

TEST(metres_in_a_geographic_system_are_refused)
{
    refuses("EPSG:4490", 40441000, 3218000, 100, "40441000.0", "--crs EPSG:4528");
    refuses("EPSG:4326", 441000, 3218000, 100, "441000.0", "EPSG:4549 is 120E");
    refuses("EPSG:4610", 40441000, 3218000, 100, "40441000.0", "--crs EPSG:2364");
}

TEST(swapped_axes_are_refused)
{
    refuses("EPSG:4549", 3218000, 441000, 100, "3218000.0", "swap");
    refuses("EPSG:4528", 3218000, 40441000, 100, "3218000.0", "swap");
    refuses("EPSG:4490", 29.1, 119.4, 0.01, "29.10000", "swap");
    refuses("EPSG:4490", 39.0, 80.0, 0.01, "39.00000", "swap"); /* Xinjiang: 80 could be a latitude */
}

TEST(places_off_the_earth_or_out_of_reach_are_refused)
{
    refuses("EPSG:4549", 441000, 33218000, 100, "33218000.0", "--crs");
    refuses("EPSG:4549", 2441000, 3218000, 100, "2441000.0", "such as --crs EPSG:4490"); /* not the one it has */
    refuses("EPSG:4549", 1e300, 3218000, 0, "1e+300", "mend the data");
    refuses("EPSG:4326", 500.0, 29.0, 0.1, "500.0", "--crs");
    refuses("EPSG:3857", 1e9, 3387000, 100, "1000000000.0", "mend the data");
    refuses("EPSG:3035", 1e8, 3387000, 100, "100000000.0", "mend the data");
}

TEST(an_extent_that_is_not_finite_is_refused)
{
    zone_context *ctx = new_context();

    EXPECT_INT(guard(ctx, "EPSG:4549", NAN, 0, 1, 1), ZONE_BAD_CRS);
    EXPECT_INT(guard(ctx, "EPSG:4549", 0, 0, INFINITY, 1), ZONE_BAD_CRS);
    zone_context_free(ctx);
}

static void remember(void *user, const char *line)
{
    snprintf(user, 300, "%s", line);
}

TEST(data_more_than_three_degrees_off_the_meridian_get_a_word)
{
    zone_context *ctx = new_context();
    char line[300] = "";

    zone_context_set_log(ctx, remember, line);
    EXPECT_INT(guard(ctx, "EPSG:4549", 700000, 3218000, 701000, 3219000), ZONE_OK);
    EXPECT_TEXT(line, "");
    EXPECT_INT(guard(ctx, "EPSG:4549", 900000, 3218000, 901000, 3219000), ZONE_OK);
    EXPECT_CONTAINS(line, "4.1 degrees off the central meridian");
    zone_context_free(ctx);
}

TEST(a_suggestion_is_read_off_the_coordinates)
{
    zone_context *ctx = new_context();
    const double six[4] = {441000, 3218000, 441100, 3218100}, eight[4] = {40441000, 3218000, 40441100, 3218100};
    const double west[4] = {13441000, 4218000, 13441100, 4218100}, degrees[4] = {119, 29, 120, 30};

    EXPECT_CONTAINS(zone_crs_suggest(ctx, NULL, six), "EPSG:4534 (central meridian 75E) to EPSG:4554 (135E)");
    EXPECT_TEXT(zone_crs_suggest(ctx, NULL, eight), "--crs EPSG:4528 (Gauss-Kruger zone 40, central meridian 120E)");
    EXPECT_CONTAINS(zone_crs_suggest(ctx, NULL, west), "EPSG:3857");
    EXPECT_CONTAINS(zone_crs_suggest(ctx, NULL, degrees), "EPSG:4490");
    EXPECT_CONTAINS(zone_crs_suggest(ctx, NULL, NULL), "--crs");
    zone_context_free(ctx);
}
