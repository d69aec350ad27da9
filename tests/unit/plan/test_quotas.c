/* Quotas of a plan: what is said arrives, what is wrong is told. */
#include "plan/fixture.h"
#include "plan/plan.h"

#define BASE                                                                                                           \
    HEAD WHOLE                                                                                                         \
        "zones:\n  - {id: a, name: First, available: 5 mu}\nlayers:\n  zones: {data: town.gpkg}\n"                     \
        "  farmland: {data: town.gpkg}\n  landuse: {data: town.gpkg, edition: survey-2019}\nquotas:\n" /* the next     \
                                                                                                          line is 13   \
                                                                                                        */

TEST(quotas_arrive)
{
    place p;
    zone_plan *plan =
        open_plan(&p, BASE "  - {kind: construction, opening: available, draws: area, text: 可用建设用地}\n"
                           "  - {kind: farmland, opening: farmland, draws: farmland, otherwise: measured}\n"
                           "  - {kind: net, opening: available, draws: farmland_net}\n"
                           "  - {kind: new, opening: available, draws: new_construction}\n");

    if (plan && plan->quota_count == 4) {
        const zone_plan_quota *quotas = plan->quotas;
        EXPECT_TEXT(quotas[0].kind, "construction");
        EXPECT_TEXT(quotas[0].opening, "available");
        EXPECT_TEXT(quotas[0].text, "可用建设用地");
        EXPECT_INT(quotas[0].draws, ZONE_DRAWS_AREA);
        EXPECT_INT(quotas[0].line, 13);
        EXPECT(!quotas[0].measured && quotas[1].measured && !quotas[1].text);
        EXPECT_TEXT(quotas[1].opening, "farmland");
        EXPECT_INT(quotas[1].draws, ZONE_DRAWS_FARMLAND);
        EXPECT_INT(quotas[2].draws, ZONE_DRAWS_FARMLAND_NET);
        EXPECT_INT(quotas[3].draws, ZONE_DRAWS_NEW_CONSTRUCTION);
        EXPECT_INT(quotas[3].line, 16);
    } else {
        TEST_FAIL("not all quotas were read");
    }
    close_plan(&p, plan);
}

TEST(quotas_that_are_wrong_are_told)
{
#define QUOTA(rest) BASE "  - kind: construction\n" rest
    static const wrong_plan wrong[] = {
        {BASE "  - construction\n", 13, "quotas[0]", "a mapping"},
        {BASE "  - {opening: available, draws: area}\n", 13, "quotas[0].kind", "a key is missing"},
        {QUOTA("    draws: area\n"), 13, "quotas[0].opening", "a key is missing"},
        {QUOTA("    opening: available\n"), 13, "quotas[0].draws", "a key is missing"},
        {QUOTA("    openin: available\n"), 14, "quotas[0].openin", "perhaps: opening"},
        {QUOTA("    opening: availible\n    draws: area\n"), 14, "quotas[0].opening", "perhaps: available"},
        {QUOTA("    opening: built\n    draws: area\n"), 14, "quotas[0].opening", "remedy: otherwise: measured"},
        {QUOTA("    opening: available\n    draws: farm\n"), 15, "quotas[0].draws", "farmland, farmland_net"},
        {QUOTA("    opening: available\n    draws: area\n    otherwise: mesured\n"), 16, "quotas[0].otherwise",
         "perhaps: measured"},
        {QUOTA("    opening: available\n    draws: area\n    text: [a]\n"), 16, "quotas[0].text", "found: a list"},
        {QUOTA("    opening: available\n    draws: area\n  - {kind: construction, opening: area, draws: area}\n"), 16,
         "quotas[1].kind", "the same quota twice"},
        {LEAST "quotas:\n  - {kind: a, opening: area, otherwise: measured, draws: farmland}\n", 11, "quotas[0].draws",
         "no such layer in this plan"},
        {LEAST "quotas:\n  - {kind: a, opening: area, otherwise: measured, draws: new_construction}\n", 11,
         "quotas[0].draws", "landuse among the layers"},
        {LEAST "quotas: {kind: a}\n", 10, "quotas", "expected: a list"},
    };

    REFUSE_ALL(wrong);
}
