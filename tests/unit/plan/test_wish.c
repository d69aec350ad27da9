/* A plan in memory: its layers by key, what counts as construction, and giving it back. */
#include "plan/fixture.h"
#include "plan/plan.h"

/* The plan of every test here: two layers, and construction as a planner sets it. */
static zone_plan *open_town(place *p)
{
    static const char text[] = "plan: 1\ntitle: x\ncrs: EPSG:4549\ngeometry: official\n"
                               "whole: {name: All}\nzones: [{id: a, name: A}]\n"
                               "layers:\n"
                               "  zones: {data: z.gpkg}\n"
                               "  landuse: {data: l.gpkg, edition: survey-2019}\n"
                               "construction:\n"
                               "  use-2023: ['07', '1001', '2301']\n"
                               "  survey-2019: construction\n"
                               "  use-2020: [construction, '060102']\n";
    zone_plan *plan = NULL;

    open_place(p);
    put_text(p, text);
    if (zone_plan_open(p->ctx, p->path, &plan))
        TEST_FAIL("%s", zone_context_error_text(p->ctx));
    return plan;
}

static void close_town(place *p, zone_plan *plan)
{
    zone_plan_close(plan);
    close_place(p);
}

/* Whether each code of the list counts as construction is `expected`. */
static void expect_construction(const zone_plan *plan, const char *edition, const char *const *codes, bool expected)
{
    for (; *codes; codes++)
        if (zone_plan_is_construction(plan, edition, *codes) != expected)
            TEST_FAIL("%s of %s counts as construction: %d", *codes, edition, !expected);
}

TEST(a_layer_is_found_by_its_whole_key)
{
    static const char *const none[] = {"", "zone", "zonesx", "Zones", "boundary"};
    place p;
    zone_plan *plan = open_town(&p);

    if (plan) {
        const zone_plan_layer *layer = zone_plan_layer_find(plan, "landuse");
        EXPECT(layer != NULL);
        EXPECT_TEXT(layer ? layer->edition : NULL, "survey-2019");
        for (size_t i = 0; i < sizeof none / sizeof *none; i++)
            EXPECT(zone_plan_layer_find(plan, none[i]) == NULL);
    }
    close_town(&p, plan);
}

/* An edition that the plan does not say is not known: it is not taken from other layers, nor from the codes. */
TEST(a_layer_without_an_edition_has_none)
{
    place p;
    zone_plan *plan = open_town(&p);

    if (plan)
        EXPECT(zone_plan_layer_find(plan, "zones")->edition == NULL);
    close_town(&p, plan);
}

TEST(a_layer_that_is_needed_and_missing_is_named)
{
    place p;
    zone_plan *plan = open_town(&p);
    const zone_plan_layer *layer = NULL;

    if (plan) {
        EXPECT_INT(zone_plan_layer_need(p.ctx, plan, "zones", &layer), ZONE_OK);
        EXPECT(layer && layer == zone_plan_layer_find(plan, "zones"));
        EXPECT_INT(zone_plan_layer_need(p.ctx, plan, "farmland", &layer), ZONE_BAD_PLAN);
        EXPECT(layer == NULL);
        expect_refusal(&p, "farmland", 0, "layers", "farmland: {layer:");
        EXPECT_CONTAINS(zone_context_error_text(p.ctx), "no such layer in this plan");
        EXPECT_CONTAINS(zone_context_error(p.ctx)->expected, "zones"); /* what there is */
    }
    close_town(&p, plan);
}

TEST(prefixes_of_codes_count_as_construction)
{
    static const char *const construction[] = {"07", "0701", "070102", "1001", "100103", "2301", NULL};
    static const char *const other[] = {"06", "0101", "10", "1002", "23", "2302", "0", "", "70", "17", NULL};
    place p;
    zone_plan *plan = open_town(&p);

    if (plan) {
        expect_construction(plan, "use-2023", construction, true);
        expect_construction(plan, "use-2023", other, false);
    }
    close_town(&p, plan);
}

/* By the three broad classes of the survey: salt pans, dams and vacant land are construction, country roads, reservoirs
 * and facilities of farms are not; suffixes count in their class; what is unknown is not construction. */
TEST(the_broad_class_counts_as_construction)
{
    static const char *const construction[] = {"05H1",  "0508",  "0601", "0602", "0603", "0701", "0702", "08H1", "08H2",
                                               "08H2A", "0810A", "09",   "1001", "1009", "1109", "1201", NULL};
    static const char *const other[] = {"0101", "0201K", "0404", "1006", "1101",         "1103", "1104A",
                                        "1107", "1202",  "1203", "1208", "construction", "99",   NULL};
    place p;
    zone_plan *plan = open_town(&p);

    if (plan) {
        expect_construction(plan, "survey-2019", construction, true);
        expect_construction(plan, "survey-2019", other, false);
    }
    close_town(&p, plan);
}

TEST(a_prefix_adds_to_the_broad_class)
{
    static const char *const construction[] = {"0701", "1207", "060102", "16", NULL};
    static const char *const other[] = {"060101", "0602", "0101", "1801", NULL};
    place p;
    zone_plan *plan = open_town(&p);

    if (plan) {
        expect_construction(plan, "use-2020", construction, true);
        expect_construction(plan, "use-2020", other, false);
    }
    close_town(&p, plan);
}

TEST(an_edition_that_is_not_set_has_no_construction)
{
    place p;
    zone_plan *plan = open_town(&p);

    if (plan) {
        EXPECT(!zone_plan_is_construction(plan, "gbt21010-2017", "0701"));
        EXPECT(!zone_plan_is_construction(plan, NULL, "0701"));
        EXPECT(!zone_plan_is_construction(plan, "use-2023", NULL));
        EXPECT(!zone_plan_is_construction(plan, "", "0701"));
    }
    close_town(&p, plan);
}

TEST(closing_no_plan_does_nothing)
{
    zone_plan_close(NULL);
}
