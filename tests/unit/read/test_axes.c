#include "read/axes.h"

#include "read/fixture.h"

static const double lanxi[4] = {119.3, 29.0, 119.8, 29.4};

static zone_figure figure(const char *text)
{
    zone_figure read;
    int decimals;

    EXPECT(zone_figure_read(text, &read, &decimals));
    return read;
}

/* Evidence of one pair, as it is written. */
static zone_axes_evidence evidence_of(const char *first, const char *second)
{
    zone_figure a = figure(first), b = figure(second);
    zone_axes_evidence evidence = {.path = "a.txt",
                                   .line = 7,
                                   .zone_line = 3,
                                   .named = ZONE_AXES_NORTHING,
                                   .from = {a.value, b.value},
                                   .to = {a.value, b.value},
                                   .family = ZONE_CGCS2000};

    evidence.order = zone_axes_order(&a, &b, &evidence.prefix);
    return evidence;
}

static void decides(const zone_axes_evidence *evidence, const char *definition, bool north, const char *found)
{
    zone_context *ctx = new_context();
    zone_axes axes;

    EXPECT_INT(zone_axes_decide(ctx, evidence, &axes), ZONE_OK);
    EXPECT_TEXT(axes.definition, definition);
    EXPECT_CONTAINS(axes.found, found);
    EXPECT(axes.first_is_north == north);
    zone_axes_free(&axes);
    zone_context_free(ctx);
}

static void refuses(const zone_axes_evidence *evidence, int line, const char *what)
{
    zone_context *ctx = new_context();
    zone_axes axes;

    EXPECT_INT(zone_axes_decide(ctx, evidence, &axes), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->what, what);
    EXPECT_INT(zone_context_error(ctx)->line, line);
    EXPECT(zone_context_error(ctx)->remedy != NULL);
    zone_axes_free(&axes);
    zone_context_free(ctx);
}

TEST(a_zone_number_stands_apart_and_costs_no_digit)
{
    zone_figure read = figure("40448000.1234567");

    EXPECT(read.value == 448000.1234567);
    EXPECT_INT(read.prefix, 40);
    EXPECT_INT(figure("448000.5").prefix, 0);
    EXPECT_INT(figure("24448000.5").prefix, 0);
    EXPECT_INT(figure("3229000.5").prefix, 0);
}

TEST(the_order_of_a_pair_is_read_off_its_size)
{
    static const struct {
        const char *first, *second;
        zone_axis_order order;
        int prefix;
    } pairs[] = {{"3229000", "448000", ZONE_AXES_NORTHING, 0},    {"448000", "3229000", ZONE_AXES_EASTING, 0},
                 {"3229000", "40448000", ZONE_AXES_NORTHING, 40}, {"20448000", "3229000", ZONE_AXES_EASTING, 20},
                 {"119.5", "29.2", ZONE_AXES_LONGITUDE, 0},       {"29.2", "119.5", ZONE_AXES_LATITUDE, 0},
                 {"448000", "448000", ZONE_AXES_UNKNOWN, 0},      {"40448000", "40448000", ZONE_AXES_UNKNOWN, 0},
                 {"3229000", "3229000", ZONE_AXES_UNKNOWN, 0},    {"-448000", "3229000", ZONE_AXES_UNKNOWN, 0},
                 {"3229000", "40048000", ZONE_AXES_UNKNOWN, 0}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        zone_figure first = figure(pairs[i].first), second = figure(pairs[i].second);
        int prefix = -1;
        EXPECT_INT(zone_axes_order(&first, &second, &prefix), pairs[i].order);
        EXPECT_INT(prefix, pairs[i].prefix);
    }
}

TEST(the_zone_is_that_of_the_header_the_eastings_or_the_place)
{
    const zone_source_options options = {.size = sizeof options, .place = lanxi};
    zone_axes_evidence evidence = evidence_of("3229000", "40448000");

    decides(&evidence, "EPSG:4549", true, "by the eastings");
    evidence.zone = 40;
    evidence.width = 3;
    evidence.options = &options;
    decides(&evidence, "EPSG:4549", true, "by the header and the eastings");
    evidence = evidence_of("448000", "3229000");
    evidence.zone = 40;
    evidence.family = ZONE_XIAN_1980;
    decides(&evidence, "EPSG:2385", false, "Xian 1980, zone 40 of 3 degrees by the header");
    evidence.zone = 0;
    evidence.family = ZONE_NO_FAMILY;
    evidence.options = &options;
    decides(&evidence, "EPSG:4549", false, "by the place");
    evidence = evidence_of("3229000", "20740000");
    evidence.family = ZONE_BEIJING_1954;
    decides(&evidence, "EPSG:21460", true, "zone 20 of 6 degrees");
}

TEST(degrees_need_no_zone)
{
    zone_axes_evidence evidence = evidence_of("119.5", "29.2");

    decides(&evidence, "EPSG:4490", false, "by the size");
    evidence = evidence_of("29.2", "119.5");
    evidence.family = ZONE_XIAN_1980;
    decides(&evidence, "EPSG:4610", true, "by the size");
}

TEST(what_is_not_told_or_contradicts_itself_is_refused)
{
    const zone_source_options options = {.size = sizeof options, .place = lanxi};
    zone_axes_evidence evidence = evidence_of("3229000", "448000");

    refuses(&evidence, 7, "the zone of the eastings is not told");
    evidence.zone = 39; /* leads 3 degrees west; 40 leads to the place */
    evidence.options = &options;
    refuses(&evidence, 3, "contradicts the place");
    evidence.width = 6;
    refuses(&evidence, 3, "the header contradicts itself");
    evidence = evidence_of("3229000", "39448000");
    evidence.options = &options;
    refuses(&evidence, 7, "contradicts the place");
    evidence.zone = 40;
    refuses(&evidence, 7, "the coordinates contradict the header");
    evidence.zone = 0;
    evidence.width = 6;
    refuses(&evidence, 7, "the coordinates contradict the header");
    evidence = evidence_of("448000", "448000");
    refuses(&evidence, 7, "can't be told which");
    evidence = evidence_of("448000", "3229000");
    evidence.zone = 40;
    evidence.binding = true;
    refuses(&evidence, 7, "the heads of the columns");
}

/* Header and eastings agree: the data lie elsewhere, and that is for a check to say. */
TEST(two_witnesses_outweigh_the_place)
{
    const zone_source_options options = {.size = sizeof options, .place = lanxi};
    zone_axes_evidence evidence = evidence_of("3229000", "39448000");

    evidence.zone = 39;
    evidence.options = &options;
    decides(&evidence, "EPSG:4548", true, "by the header and the eastings");
}

TEST(a_system_that_is_asked_for_outweighs_the_header)
{
    zone_source_options options = {.size = sizeof options, .crs = "EPSG:4528"};
    zone_axes_evidence evidence = evidence_of("3229000", "40448000");

    evidence.options = &options;
    evidence.zone = 39;
    decides(&evidence, "EPSG:4549", true, "from --crs");
    options.crs = "EPSG:4548";
    refuses(&evidence, 7, "contradict the reference system");
    options.crs = "+proj=tmerc +lon_0=119.5 +k=1 +x_0=50000 +y_0=-3000000 +ellps=GRS80 +units=m";
    evidence = evidence_of("229000", "48000");
    evidence.options = &options;
    decides(&evidence, options.crs, true, "from --crs");
    evidence.named = ZONE_AXES_UNKNOWN;
    refuses(&evidence, 7, "can't be told which");
    options.crs = "nothing";
    refuses(&evidence, 0, "no such reference system");
}

TEST(coordinates_that_stay_as_they_are_keep_their_zone_number)
{
    zone_axes_evidence evidence = evidence_of("40448000", "3229000");

    evidence.named = ZONE_AXES_EASTING;
    evidence.kept = true;
    decides(&evidence, "EPSG:4528", false, "by the eastings");
}

TEST(a_file_without_usable_plots_has_any_system)
{
    zone_context *ctx = new_context();
    zone_axes axes;

    EXPECT_INT(zone_axes_none(ctx, &axes), ZONE_OK);
    EXPECT_TEXT(axes.definition, "EPSG:4490");
    EXPECT_TEXT(axes.found, "no plot can be used");
    zone_axes_free(&axes);
    zone_context_free(ctx);
}
