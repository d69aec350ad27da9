/* The place of a query: points and plots, and what is no place. */
#include "ask/fixture.h"

#include "ask/place.h"

/* What the place is in EPSG:4549; the status, and the place closed unless it is wanted. */
static zone_status open_at(zone_context *ctx, const zone_query_options *options, zone_place *found)
{
    zone_crs *target = NULL;
    EXPECT_INT(zone_crs_create(ctx, "EPSG:4549", "from the plan", &target), ZONE_OK);
    zone_status status = zone_place_open(ctx, options, target, found);

    zone_crs_free(target);
    return status;
}

static zone_status try_at(zone_context *ctx, const char *at, const char *plot, const char *crs)
{
    zone_query_options options = {.size = sizeof options, .at = at, .plot = plot, .crs = crs};
    zone_place found;
    zone_status status = open_at(ctx, &options, &found);

    zone_place_close(&found);
    return status;
}

/* The point lies at x, y, metres from 441000 3218000, to a tenth of a millimetre. */
static void expect_point(const char *at, const char *crs, double x, double y)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .at = at, .crs = crs};
    zone_place found;
    double east = NAN, north = NAN;

    EXPECT_INT(open_at(ctx, &options, &found), ZONE_OK);
    EXPECT(found.is_point);
    if (found.geometry)
        zone_geometry_centroid(found.geometry, &east, &north);
    EXPECT_REAL(east - 441000, x, 1e-4);
    EXPECT_REAL(north - 3218000, y, 1e-4);
    zone_place_close(&found);
    EXPECT(found.geometry == NULL);
    zone_context_free(ctx);
}

/* Area in the drawing plane and rings of a plot. */
static void expect_plot(const char *plot, double area, size_t rings)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options, .plot = plot};
    zone_place found;
    double sum = 0;

    EXPECT_INT(open_at(ctx, &options, &found), ZONE_OK);
    EXPECT(!found.is_point);
    for (size_t r = 0; r < found.batch.ring_count; r++)
        sum += 0.5 * ring_area(&found.batch, r);
    EXPECT_REAL(sum, area, 1e-6);
    EXPECT_INT(found.batch.ring_count, rings);
    EXPECT_REAL(found.geometry ? zone_geometry_plane_area(found.geometry) : NAN, area, 1e-6);
    zone_place_close(&found);
    zone_context_free(ctx);
}

TEST(a_point_is_two_numbers_with_a_comma_of_either_width_or_a_blank)
{
    expect_point("441050,3218025.5", NULL, 50, 25.5);
    expect_point("441050, 3218025.5 ", NULL, 50, 25.5);
    expect_point("441050，3218025.5", NULL, 50, 25.5);
    expect_point("441050 3218025.5", NULL, 50, 25.5);
}

TEST(what_is_no_point_is_refused_with_an_example)
{
    static const char *const texts[] = {"",         "here",           "441050",           "441050,",     ",3218025",
                                        "441050,x", "441050;3218025", "441050,3218025,0", "nan,3218025", "441050,inf"};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        EXPECT_INT(try_at(ctx, texts[i], NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "441050,inf");
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--at 448000,3229500");
    zone_context_free(ctx);
}

TEST(a_query_is_about_one_place)
{
    zone_context *ctx = new_context();

    EXPECT_INT(try_at(ctx, NULL, NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "neither --at nor --plot");
    EXPECT_INT(try_at(ctx, "441050,3218025", "POLYGON ((0 0,1 0,1 1,0 0))", NULL), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "--at and --plot");
    zone_context_free(ctx);
}

/* Longitude and latitude of a place of the drawing, by GDAL: not the way that the library takes. */
static const char *in_degrees(double x, double y, char text[64])
{
    OGRSpatialReferenceH from = OSRNewSpatialReference(NULL), to = OSRNewSpatialReference(NULL);
    x += 441000;
    y += 3218000;

    OSRImportFromEPSG(from, 4549);
    OSRImportFromEPSG(to, 4490);
    OSRSetAxisMappingStrategy(from, OAMS_TRADITIONAL_GIS_ORDER);
    OSRSetAxisMappingStrategy(to, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH way = OCTNewCoordinateTransformation(from, to);
    EXPECT(OCTTransform(way, 1, &x, &y, NULL));
    OCTDestroyCoordinateTransformation(way);
    OSRRelease(from);
    OSRRelease(to);
    snprintf(text, 64, "%.10f,%.10f", x, y);
    return text;
}

TEST(a_point_of_another_system_is_brought_over)
{
    char degrees[64];

    zone_context_free(new_context()); /* GDAL's drivers, for its transformation */
    expect_point(in_degrees(50, 25.5, degrees), "EPSG:4490", 50, 25.5);
    /* The same zone with its number before the easting: nothing but the number changes. */
    expect_point("40441050,3218025.5", "EPSG:4528", 50, 25.5);
}

TEST(axes_are_longitude_first_and_the_wrong_order_is_told)
{
    zone_context *ctx = new_context();

    EXPECT_INT(try_at(ctx, "29.08,119.39", NULL, "EPSG:4490"), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "longitude first, then latitude");
    EXPECT_INT(try_at(ctx, "3218025,441050", NULL, NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "easting");
    zone_context_free(ctx);
}

TEST(a_point_of_the_wrong_system_is_refused_with_its_own_option_as_remedy)
{
    zone_context *ctx = new_context();

    EXPECT_INT(try_at(ctx, "119.39,29.08", NULL, NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--at-crs EPSG:");
    EXPECT(!strstr(zone_context_error(ctx)->remedy, "--crs"));
    EXPECT_TEXT(zone_context_error(ctx)->key, "--at, --plot");
    EXPECT_INT(try_at(ctx, "40441050,3218025", NULL, NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--at-crs EPSG:4528");
    EXPECT_INT(try_at(ctx, "441050,3218025", NULL, "EPSG:4490"), ZONE_BAD_CRS); /* metres are no degrees */
    EXPECT_INT(try_at(ctx, NULL, "POLYGON ((119.39 29.08,119.4 29.08,119.4 29.09,119.39 29.08))", NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--at-crs EPSG:");
    EXPECT_INT(try_at(ctx, "441050,3218025", NULL, "EPSG:nowhere"), ZONE_BAD_CRS);
    zone_context_free(ctx);
}

TEST(a_plot_is_well_known_text_of_areas_in_either_case)
{
    expect_plot("POLYGON ((441000 3218000,441100 3218000,441100 3218050,441000 3218050,441000 3218000))", 5000, 1);
    expect_plot("polygon((441000 3218000,441000 3218050,441100 3218050,441100 3218000,441000 3218000))", 5000, 1);
    expect_plot("POLYGON ((441000 3218000,441100 3218000,441100 3218050,441000 3218050,441000 3218000),"
                "(441010 3218010,441020 3218010,441020 3218020,441010 3218020,441010 3218010))",
                4900, 2);
    expect_plot("MultiPolygon (((441000 3218000,441010 3218000,441010 3218010,441000 3218010,441000 3218000)),"
                "((441020 3218000,441030 3218000,441030 3218010,441020 3218010,441020 3218000)))",
                200, 2);
}

TEST(a_plot_that_crosses_itself_is_mended)
{
    /* Two triangles of 100 × 50 / 2. */
    expect_plot("POLYGON ((441000 3218000,441100 3218100,441100 3218000,441000 3218100,441000 3218000))", 5000, 2);
}

static const char bow[] = "POLYGON ((441000 3218000,441100 3218100,441100 3218000,441000 3218100,441000 3218000))";

TEST(what_was_mended_is_in_the_books_and_other_policies_refuse_it)
{
    zone_context *ctx = new_context();
    zone_source_options policy = {.size = sizeof policy};
    zone_query_options options = {.size = sizeof options, .plot = bow, .plot_options = &policy};
    zone_place found;

    EXPECT_INT(open_at(ctx, &options, &found), ZONE_OK);
    EXPECT_INT(found.books.counts.features, 1);
    EXPECT_INT(found.books.counts.repaired, 1);
    EXPECT_REAL(zone_exact_to_m2(found.books.counts.repaired_change), 5000, 1e-6);
    EXPECT_TEXT(found.books.repaired, "0 (Self-intersection at 441050 3218050)");
    zone_place_close(&found);
    for (policy.invalid = ZONE_REJECT; policy.invalid <= ZONE_REFUSE; policy.invalid++) {
        EXPECT_INT(open_at(ctx, &options, &found), ZONE_BAD_GEOMETRY);
        EXPECT_TEXT(zone_context_error(ctx)->place, "441050 3218050");
        zone_place_close(&found);
    }
    zone_context_free(ctx);
}

TEST(the_change_of_a_plot_in_degrees_is_square_metres)
{
    /* Two triangles of 0.01 × 0.01 degrees / 4, at 29.15 degrees north. */
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options,
                                  .plot = "POLYGON ((119.4 29.1,119.41 29.11,119.41 29.1,119.4 29.11,119.4 29.1))",
                                  .crs = "EPSG:4490"};
    zone_place found;

    EXPECT_INT(open_at(ctx, &options, &found), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(found.books.counts.repaired_change) / zone_geometry_plane_area(found.geometry), 1,
                1e-9);
    zone_place_close(&found);
    zone_context_free(ctx);
}

TEST(a_plot_may_be_open_already_and_stays_the_callers)
{
    zone_context *ctx = new_context();
    zone_query_options options = {.size = sizeof options};
    zone_place found;
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 50);
    end_drawing(&d, "/vsimem/place_open.geojson");

    options.plot_source = open_source(ctx, "/vsimem/place_open.geojson", NULL);
    EXPECT_INT(open_at(ctx, &options, &found), ZONE_OK);
    EXPECT_REAL(found.geometry ? zone_geometry_plane_area(found.geometry) : NAN, 5000, 1e-6);
    EXPECT_TEXT(found.label, "/vsimem/place_open.geojson:place_open");
    zone_place_close(&found);
    EXPECT_TEXT(zone_source_layer(options.plot_source), "place_open");
    options.at = "441050,3218025";
    EXPECT_INT(open_at(ctx, &options, &found), ZONE_BAD_USAGE);
    zone_source_close(options.plot_source);
    zone_context_free(ctx);
}

TEST(what_parts_of_a_plot_share_counts_once)
{
    expect_plot("GEOMETRYCOLLECTION(POLYGON((441000 3218000,441100 3218000,441100 3218050,441000 3218050,"
                "441000 3218000)),POLYGON((441000 3218000,441100 3218000,441100 3218050,441000 3218050,"
                "441000 3218000)))",
                5000, 1);
    expect_plot("GEOMETRYCOLLECTION(POLYGON((441000 3218000,441100 3218000,441100 3218050,441000 3218050,"
                "441000 3218000)),POLYGON((441050 3218000,441150 3218000,441150 3218050,441050 3218050,"
                "441050 3218000)),POINT(441000 3218000))",
                7500, 1);
}

TEST(what_is_no_area_is_refused)
{
    static const char *const texts[] = {
        "POLYGON ((441000 3218000,441100 3218000",
        "POLYGON ((441000 3218000,441100 3218000,441100 3218100))", /* not closed */
        "POLYGON EMPTY",
        "MULTIPOLYGON EMPTY",
        "POLYGON ((441000 3218000,441050 3218050,441100 3218100,441000 3218000))", /* no width */
        "POINT (441000 3218000)",
        "LINESTRING (441000 3218000,441100 3218000)",
        "GEOMETRYCOLLECTION EMPTY",
    };
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        EXPECT_INT(try_at(ctx, NULL, texts[i], NULL), ZONE_BAD_GEOMETRY);
        EXPECT_TEXT(zone_context_error(ctx)->key ? zone_context_error(ctx)->key : texts[i], "--plot");
        EXPECT_CONTAINS(zone_context_error(ctx)->expected ? zone_context_error(ctx)->expected : texts[i],
                        "a POLYGON or MULTIPOLYGON");
    }
    zone_context_free(ctx);
}

TEST(a_plot_of_a_file_is_the_union_of_its_features)
{
    zone_context *ctx = new_context(); /* for the drivers */
    drawing d;
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"name\":1", "0 0,100 0,100 50,0 50|10 10,10 20,20 20,20 10");
    end_drawing(&d, "/vsimem/place_one.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"name\":1", 0, 0, 100, 50);
    draw_box(&d, "\"name\":2", 50, 0, 150, 50); /* half of it is in the first */
    draw_box(&d, "\"name\":3", 300, 0, 310, 10);
    end_drawing(&d, "/vsimem/place_three.geojson");

    expect_plot("/vsimem/place_one.geojson", 4900, 2);
    expect_plot("/vsimem/place_three.geojson", 7500 + 100, 2);
    expect_plot("/vsimem/place_three.geojson:place_three", 7600, 2);
    zone_context_free(ctx);
}

TEST(a_file_of_another_system_is_brought_over_and_its_own_system_counts)
{
    zone_context *ctx = new_context();
    zone_query_options options = {
        .size = sizeof options, .plot = "/vsimem/place_zone.geojson", .crs = "EPSG:4490"}; /* not the file's */
    zone_place found;
    put_text("/vsimem/place_zone.geojson",
             GEOJSON("4528", FEATURE("\"name\":1", POLYGON("[[40441000,3218000],[40441100,3218000],[40441100,3218100],"
                                                           "[40441000,3218100],[40441000,3218000]]"))));

    EXPECT_INT(open_at(ctx, &options, &found), ZONE_OK);
    EXPECT_REAL(found.geometry ? zone_geometry_plane_area(found.geometry) : NAN, 10000, 1e-3);
    EXPECT_REAL(found.batch.vertex_count ? found.batch.x[0] : NAN, 441000, 101);
    zone_place_close(&found);
    zone_context_free(ctx);
}

TEST(a_file_that_is_not_there_or_holds_no_area_is_refused)
{
    zone_context *ctx = new_context();
    put_text("/vsimem/place_point.geojson",
             GEOJSON("4549", FEATURE("\"name\":1", "{\"type\":\"Point\",\"coordinates\":[441000,3218000]}")));
    put_text("/vsimem/place_none.geojson", GEOJSON("4549", ""));

    EXPECT_INT(try_at(ctx, NULL, "/vsimem/place_nowhere.geojson", NULL), ZONE_NOT_FOUND);
    EXPECT_INT(try_at(ctx, NULL, "/vsimem/place_point.geojson", NULL), ZONE_BAD_GEOMETRY);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "place_point");
    EXPECT_INT(try_at(ctx, NULL, "/vsimem/place_none.geojson", NULL), ZONE_BAD_GEOMETRY);
    zone_context_free(ctx);
}
