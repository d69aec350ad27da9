#include "read/plot_layer.h"

#include "read/fixture.h"

#include <cpl_conv.h>
#include <ogr_api.h>

/* Plots with a name, an area as written and a claim, each of corners "X,Y …" in rings by number "1:X,Y". */
static void add(zone_context *ctx, zone_plots *plots, const char *area, const char *corners)
{
    char copy[600];
    int decimals, line = 10 * (int)plots->count + 1;

    snprintf(copy, sizeof copy, "%s", corners);
    EXPECT_INT(zone_plots_add(ctx, plots, line), ZONE_OK);
    EXPECT_INT(zone_plots_add_text(ctx, plots, area), ZONE_OK);
    EXPECT_INT(zone_plots_add_text(ctx, plots, NULL), ZONE_OK);
    for (char *pair = strtok(copy, " "); pair; pair = strtok(NULL, " ")) {
        zone_corner corner = {.ring = pair[0] - '0', .line = ++line};
        char *comma = strchr(pair, ',');
        *comma = '\0';
        EXPECT(zone_figure_read(pair + 2, &corner.first, &decimals));
        EXPECT(zone_figure_read(comma + 1, &corner.second, &decimals));
        EXPECT_INT(zone_plots_add_corner(ctx, plots, &corner), ZONE_OK);
    }
}

#define HECTARE "1:3229000,40448000 1:3229000,40448100 1:3229100,40448100 1:3229100,40448000"

static GDALDatasetH make(zone_context *ctx, zone_plots *plots, bool keeps, zone_text_facts *facts, zone_status expected)
{
    static const zone_claim_fields claim = {.written = 0, .claimed = 1};
    zone_axes axes = {.first_is_north = true,
                      .keeps_prefix = keeps,
                      .definition = (char *)(uintptr_t) "EPSG:4549",
                      .found = (char *)(uintptr_t) "by the header"};
    GDALDatasetH made = NULL;

    plots->decimals = 3;
    EXPECT_INT(zone_plot_layer_make(ctx, "/vsimem/红线.txt", plots, &axes, &claim, &made, facts), expected);
    return made;
}

static void fields(zone_context *ctx, zone_plots *plots)
{
    EXPECT_INT(zone_plots_add_field(ctx, plots, "DKMJ"), ZONE_OK);
    EXPECT_INT(zone_plots_add_field(ctx, plots, "SBMJ"), ZONE_OK);
}

static void expect_wkt(OGRLayerH layer, GIntBig id, const char *expected)
{
    OGRFeatureH feature = OGR_L_GetFeature(layer, id);
    OGRGeometryH shape = feature ? OGR_F_GetGeometryRef(feature) : NULL;
    char *wkt = NULL;

    if (shape)
        OGR_G_ExportToWkt(shape, &wkt);
    EXPECT_TEXT(wkt ? wkt : "none", expected);
    CPLFree(wkt);
    OGR_F_Destroy(feature);
}

TEST(plots_become_areas_with_holes_and_parts_easting_first)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_text_facts facts = {0};

    fields(ctx, &plots);
    add(ctx, &plots, "1",
        HECTARE " 2:3229020,40448020 2:3229020,40448040 2:3229040,40448040"
                " 3:3229020,40448220 3:3229020,40448240 3:3229040,40448240");
    GDALDatasetH data = make(ctx, &plots, false, &facts, ZONE_OK);
    OGRLayerH layer = GDALDatasetGetLayer(data, 0);
    EXPECT_TEXT(OGR_L_GetName(layer), "红线");
    expect_wkt(layer, 1,
               "MULTIPOLYGON (((448000 3229000,448100 3229000,448100 3229100,448000 3229100,448000 3229000),"
               "(448020 3229020,448040 3229020,448040 3229040,448020 3229020)),"
               "((448220 3229020,448240 3229020,448240 3229040,448220 3229020)))");
    EXPECT_TEXT(facts.crs, "EPSG:4549");
    EXPECT_TEXT(facts.crs_found, "by the header");
    EXPECT_INT(facts.decimals, 3);
    GDALClose(data);
    zone_text_facts_free(&facts);
    data = make(ctx, &plots, true, &facts, ZONE_OK);
    OGREnvelope box;
    OGR_L_GetExtent(GDALDatasetGetLayer(data, 0), &box, 1);
    EXPECT(box.MinX == 40448000.0);
    GDALClose(data);
    zone_text_facts_free(&facts);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(what_is_wrong_with_a_plot_is_a_reason_by_its_number)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_text_facts facts = {0};

    fields(ctx, &plots);
    add(ctx, &plots, "1", HECTARE " 1:3229000,40448000");
    add(ctx, &plots, "1", "1:3229000,40448000 1:3229000,40448100");
    add(ctx, &plots, "1", HECTARE);
    GDALDatasetH data = make(ctx, &plots, false, &facts, ZONE_OK);
    EXPECT(zone_text_facts_reason(&facts, 1) == NULL);
    EXPECT_TEXT(zone_text_facts_reason(&facts, 2), "line 12: a ring of fewer than 3 points");
    EXPECT_CONTAINS(zone_text_facts_reason(&facts, 3), "line 22: the ring that begins here is not closed");
    EXPECT(zone_text_facts_reason(&facts, 0) == NULL && zone_text_facts_reason(&facts, 4) == NULL);
    expect_wkt(GDALDatasetGetLayer(data, 0), 2, "none");
    GDALClose(data);
    zone_text_facts_free(&facts);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(a_file_of_nothing_but_broken_plots_is_refused)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_text_facts facts = {0};

    fields(ctx, &plots);
    add(ctx, &plots, "1", "1:3229000,40448000 1:3229000,40448100");
    EXPECT(make(ctx, &plots, false, &facts, ZONE_BAD_FILE) == NULL);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "fewer than 3 points");
    EXPECT_INT(zone_context_error(ctx)->line, 1);
    zone_text_facts_free(&facts);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(claims_are_square_metres_with_the_decimals_they_were_made_with)
{
    static const struct {
        const char *written, *claimed;
    } claims[] = {{"1.0000", "10000"},      {"0.99995", "9999.5"},
                  {"10000.25", "10000.25"}, {"15.00", "10000.0000"},
                  {"1公顷", "10000"},       {"3.5亩", "2333.333"},
                  {"12平方米", "12"},       {"7.0000", "70000"},
                  {"-1.0000", "-10000"},    {"0", "0"},
                  {"一公顷", NULL},         {"1 acre", NULL},
                  {"1.0000 公顷", "10000"}, {NULL, NULL}};
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_text_facts facts = {0};
    size_t count = sizeof claims / sizeof *claims;

    fields(ctx, &plots);
    for (size_t i = 0; i < count; i++)
        add(ctx, &plots, claims[i].written, HECTARE);
    GDALDatasetH data = make(ctx, &plots, false, &facts, ZONE_OK);
    for (size_t i = 0; i < count && data; i++) {
        OGRFeatureH feature = OGR_L_GetFeature(GDALDatasetGetLayer(data, 0), (GIntBig)i + 1);
        bool set = OGR_F_IsFieldSetAndNotNull(feature, 1);
        EXPECT_TEXT(set ? OGR_F_GetFieldAsString(feature, 1) : "none", claims[i].claimed ? claims[i].claimed : "none");
        OGR_F_Destroy(feature);
    }
    GDALClose(data);
    zone_text_facts_free(&facts);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}
