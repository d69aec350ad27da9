/* Areas against the table of reference values in 40 digits (tables/make_areas.py), and against published geodesic ones.
 * Each case runs forwards, backwards and from another start: the bits must not change. */
#include "kernel/overlay.h"
#include "test.h"

static zone_status keep_whole(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    (void)feature;
    (void)pieces;
    (void)count;
    *(zone_exact *)user = whole;
    return ZONE_OK;
}

/* Fills a batch from "x,y x,y …;x,y …", optionally every ring turned by `turn` vertices and all reversed. */
static void fill(zone_batch *batch, const char *text, size_t turn, int reversed)
{
    zone_batch_clear(batch);
    zone_batch_add_feature(NULL, batch, 1, 0, ZONE_SHAPE_AREA);
    while (*text && *text != '\n') {
        double x[512], y[512];
        size_t count = 0;
        for (; *text && *text != ';' && *text != '\n'; count++) {
            char *end = NULL;
            x[count] = strtod(text, &end);
            y[count] = strtod(end + 1, &end);
            text = *end == ' ' ? end + 1 : end;
        }
        text += *text == ';';
        zone_batch_add_ring(NULL, batch);
        for (size_t k = 0; k < count; k++) {
            size_t at = (k + turn) % count;
            at = reversed ? count - 1 - at : at;
            zone_batch_add_vertex(NULL, batch, x[at], y[at]);
        }
    }
}

static zone_exact area_of(const char *crs, const char *method_name, const char *rings, size_t turn, int reversed)
{
    zone_method method;
    zone_projection *projection = NULL;
    zone_batch batch = {0};
    zone_exact area = 0;

    fill(&batch, rings, turn, reversed);
    EXPECT_INT(zone_method_parse(NULL, method_name, &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(NULL, crs, &method, &projection), ZONE_OK);
    EXPECT_INT(zone_overlay(NULL, projection, &batch, NULL, keep_whole, &area), ZONE_OK);
    EXPECT_INT(zone_projection_fallbacks(projection), 0);
    zone_projection_free(projection);
    zone_batch_free(&batch);
    return area;
}

TEST(areas_agree_with_the_reference_table)
{
    char path[1024], line[8192];
    int cases = 0;

    snprintf(path, sizeof path, "%s/tests/reference/tables/areas.tsv", getenv("ZONE_SOURCE_DIR"));
    FILE *table = fopen(path, "r");
    EXPECT(table != NULL);
    while (table && fgets(line, sizeof line, table)) {
        char *field[6], *at = line;
        if (line[0] == '#')
            continue;
        for (int i = 0; i < 6; i++) {
            field[i] = at;
            at += strcspn(at, "\t");
            if (*at)
                *at++ = '\0';
        }
        zone_exact area = area_of(field[1], field[2], field[5], 0, 0);
        double expected = strtod(field[3], NULL), off = fabs(zone_exact_to_m2(area) - expected);
        if (!(off <= strtod(field[4], NULL)))
            TEST_FAIL("%s: %.9f, expected %s, off %.3g", field[0], zone_exact_to_m2(area), field[3], off);
        if (area_of(field[1], field[2], field[5], 3, 0) != area || area_of(field[1], field[2], field[5], 0, 1) != -area)
            TEST_FAIL("%s: other bits when turned or reversed", field[0]);
        cases++;
    }
    EXPECT(cases > 90);
    if (table)
        fclose(table);
}

/* Rings and geodesic areas (GeographicLib's Planimeter, 5 decimals) of exact decimal degrees. */
TEST(geodesic_areas_agree_with_geographiclib)
{
    static const struct {
        const char *rings;
        double area;
    } cases[] = {
        {"119.390,29.070 119.410,29.075 119.405,29.090 119.385,29.085", 3507243.45666},
        {"119.395,29.076 119.395,29.082 119.402,29.083 119.402,29.077", -453245.92360},
        {"119.4000,29.2000 119.4010,29.2000 119.4010,29.2005 119.4005,29.2005 119.4005,29.2010 119.4000,29.2010",
         8084.34970},
        {"119.40000,29.200000 119.40100,29.200000 119.40100,29.200001 119.40000,29.200001", 10.77918},
        {"118.40,29.00 118.60,29.00 118.60,29.20 118.40,29.20", 431578535.49840},
        {"119.0,28.9 119.9,29.0 119.4,29.6", 3183715949.25925},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double tolerance = 1.5e-5 + fabs(cases[i].area) * 1e-11;
        EXPECT_REAL(zone_exact_to_m2(area_of("EPSG:4490", "geodesic", cases[i].rings, 0, 0)), cases[i].area, tolerance);
    }
}

/* What deployed survey software gives for squares in EPSG:4549 (split at 70 m; then rounded too). */
TEST(split_and_legacy_areas_agree_with_deployed_software)
{
    static const struct {
        const char *rings;
        double split, legacy;
    } cases[] = {
        {"441000,3218000 442000,3218000 442000,3219000 441000,3219000", 999915.578634, 999915.591707},
        {"441000,3218000 441100,3218000 441100,3218100 441000,3218100", 9999.142769, 9999.143915},
        {"645000,3218000 646000,3218000 646000,3219000 645000,3219000", 999477.926845, 999477.927929},
        {"441000,3218000 451000,3218000 451000,3228000 441000,3228000", 99992786.3223, 99992786.3072},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double tolerance = cases[i].split > 1e7 ? 6e-5 : 6e-7;
        EXPECT_REAL(zone_exact_to_m2(area_of("EPSG:4549", "survey:split=70", cases[i].rings, 0, 0)), cases[i].split,
                    tolerance);
        EXPECT_REAL(zone_exact_to_m2(area_of("EPSG:4549", "survey:legacy", cases[i].rings, 0, 0)), cases[i].legacy,
                    tolerance);
    }
}

TEST(a_polygon_across_the_antimeridian_has_the_area_of_the_same_polygon_elsewhere)
{
    const char *across = "179.5,10 -179.5,10 -179.5,11 179.5,11", *elsewhere = "100.5,10 101.5,10 101.5,11 100.5,11";
    zone_exact area = area_of("EPSG:4490", "survey", across, 0, 0);

    EXPECT_REAL(fabs(zone_exact_to_m2(area)), zone_exact_to_m2(area_of("EPSG:4490", "survey", elsewhere, 0, 0)), 1e-2);
}
