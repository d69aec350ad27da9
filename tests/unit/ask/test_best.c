/* The best choice: components are searched apart, a search that is cut short says how far it may be from the best, and
 * a hundred thousand claims are no matter of minutes. */
#include "ask/best.h"

#include "ask/booking.h"

static zone_context *new_context(void)
{
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    return ctx;
}

static void choose(zone_context *ctx, const case_of_claims *of, bool by_area, int64_t steps, bool *chosen,
                   zone_best *best)
{
    EXPECT_INT(zone_best_choose(ctx, of->accounts, of->account_count, of->claims, of->claim_count, by_area, steps,
                                chosen, best),
               ZONE_OK);
}

TEST(what_an_account_can_never_serve_is_left_out_and_what_none_limits_is_in)
{
    case_of_claims of = {.account_count = 3,
                         .claim_count = 4,
                         .accounts = {{"a", "k", 10, true}, {"b", "k", 10, false}, {"c", "k", 100, true}},
                         .draws = {{{0, 11}}, {{1, 99}}, {{2, 50}, {0, 10}}, {{SIZE_MAX, 5}}},
                         .claims = {{of.draws[0], 1, 11, 0, false},
                                    {of.draws[1], 1, 99, 0, false},
                                    {of.draws[2], 2, 60, 0, false},
                                    {of.draws[3], 1, 5, 0, true}}};
    bool chosen[4];
    zone_best best;
    zone_context *ctx = new_context();

    choose(ctx, &of, true, ZONE_BEST_STEPS, chosen, &best);
    EXPECT(!chosen[0] && chosen[1] && chosen[2] && !chosen[3]);
    EXPECT(best.value == 159 && best.bound == 159);
    zone_context_free(ctx);
}

/* Two zones of their own, and the same zones with a site across them. */
TEST(components_are_those_that_a_site_joins)
{
    case_of_claims of = {.account_count = 2,
                         .claim_count = 5,
                         .accounts = {{"a", "k", 10, true}, {"b", "k", 10, true}},
                         .draws = {{{0, 6}}, {{0, 5}}, {{1, 7}}, {{1, 6}}, {{0, 4}, {1, 4}}},
                         .claims = {{of.draws[0], 1, 6, 0, false},
                                    {of.draws[1], 1, 5, 0, false},
                                    {of.draws[2], 1, 7, 0, false},
                                    {of.draws[3], 1, 6, 0, false},
                                    {of.draws[4], 2, 8, 0, false}}};
    bool chosen[5];
    zone_best best;
    zone_context *ctx = new_context();

    choose(ctx, &of, false, ZONE_BEST_STEPS, chosen, &best);
    EXPECT(best.value == 3 && best.bound == 3 && chosen[4] && chosen[3]);
    of.claim_count = 4;
    choose(ctx, &of, true, ZONE_BEST_STEPS, chosen, &best);
    EXPECT(best.value == 13 && best.bound == 13);
    EXPECT(chosen[0] && !chosen[1] && chosen[2] && !chosen[3]);
    zone_context_free(ctx);
}

/* Of sites that ask the same the earlier are chosen. */
TEST(equal_claims_are_served_in_the_order_of_the_batch)
{
    case_of_claims of = {.account_count = 1, .claim_count = 30, .accounts = {{"a", "k", 100, true}}};
    bool chosen[30];
    zone_best best;
    zone_context *ctx = new_context();

    for (size_t c = 0; c < 30; c++) {
        of.draws[c][0] = (zone_draw){0, 7};
        of.claims[c] = (zone_claim){.draws = of.draws[c], .draw_count = 1, .size = 7};
    }
    for (int area = 0; area < 2; area++) {
        choose(ctx, &of, area, ZONE_BEST_STEPS, chosen, &best);
        EXPECT(best.value == (area ? 98 : 14) && best.value == best.bound);
        for (size_t c = 0; c < 30; c++)
            EXPECT(chosen[c] == (c < 14));
    }
    zone_context_free(ctx);
}

/* With few steps the choice still fits, and the bound still holds. */
TEST(a_search_cut_short_is_bounded)
{
    uint64_t seed = 77;
    size_t unproven = 0;
    zone_context *ctx = new_context();

    for (int i = 0; i < 400; i++) {
        uint64_t start = seed;
        case_of_claims of;
        bool chosen[MOST_CLAIMS];
        make_case(&of, &seed, 4, 12, 1000000007);
        for (int area = 0; area < 2; area++) {
            zone_best best;
            zone_int128 most = best_of_all(&of, area);
            uint32_t set = 0;
            choose(ctx, &of, area, 1, chosen, &best);
            for (size_t c = 0; c < of.claim_count; c++)
                set |= (uint32_t)chosen[c] << c;
            if (best.value > most || best.bound < most || !fit_together(&of, set))
                TEST_FAIL("seed %llu, area %d", (unsigned long long)start, area);
            unproven += best.value < best.bound;
        }
    }
    EXPECT(unproven > 0);
    zone_context_free(ctx);
}

/* Forty sites of a few hectares each against 1942 mu, areas to the last unit: what a real batch is like. */
TEST(a_batch_of_real_size_is_proven_or_nearly_full)
{
    uint64_t seed = 1942;
    case_of_claims of;
    bool chosen[MOST_CLAIMS];
    zone_best best;
    zone_context *ctx = new_context();

    make_case(&of, &seed, 4, 60, 50000);
    for (size_t c = 0; c < of.claim_count; c++) {
        of.claims[c].size = 0;
        for (size_t d = 0; d < of.claims[c].draw_count; d++) {
            of.draws[c][d].area = of.draws[c][d].area * ZONE_EXACT_M2 + (zone_exact)roll(&seed, UINT64_MAX);
            of.claims[c].size += of.draws[c][d].area;
        }
    }
    for (size_t a = 0; a < of.account_count; a++)
        of.accounts[a] = (zone_account){"z", "k", 300000 * ZONE_EXACT_M2, true};
    choose(ctx, &of, false, ZONE_BEST_STEPS, chosen, &best);
    EXPECT(best.value == best.bound);
    choose(ctx, &of, true, ZONE_BEST_STEPS, chosen, &best);
    printf("  most area: %.3f m², at most %.3f m²\n", zone_exact_to_m2(best.value), zone_exact_to_m2(best.bound));
    EXPECT(best.bound - best.value <= best.bound / 200);
    zone_context_free(ctx);
}

TEST(a_hundred_thousand_claims)
{
    enum { COUNT = 100000 };
    uint64_t seed = 100000;
    zone_account accounts[6];
    zone_draw *draws = calloc(COUNT, 2 * sizeof *draws);
    zone_claim *claims = calloc(COUNT, sizeof *claims);
    bool *chosen = calloc(COUNT, sizeof *chosen);
    zone_best best;
    zone_context *ctx = new_context();

    for (size_t a = 0; a < 6; a++)
        accounts[a] = (zone_account){"z", "k", 100000000 * ZONE_EXACT_M2, true};
    for (size_t c = 0; c < COUNT; c++) {
        for (size_t d = 0; d < 2; d++)
            draws[2 * c + d] = (zone_draw){roll(&seed, 6), (zone_exact)roll(&seed, 50000) * ZONE_EXACT_M2 +
                                                               (zone_exact)roll(&seed, 999)};
        claims[c] = (zone_claim){.draws = draws + 2 * c, .draw_count = 2, .size = draws[2 * c].area};
    }
    for (int area = 0; area < 2; area++) {
        zone_exact left[6];
        EXPECT_INT(zone_best_choose(ctx, accounts, 6, claims, COUNT, area, ZONE_BEST_STEPS, chosen, &best), ZONE_OK);
        printf("  %s: %.6g, at most %.6g\n", area ? "area" : "sites", (double)best.value, (double)best.bound);
        EXPECT(best.bound - best.value <= best.bound / 20);
        for (size_t a = 0; a < 6; a++)
            left[a] = accounts[a].opening;
        for (size_t c = 0; c < COUNT; c++)
            for (size_t d = 0; d < 2 && chosen[c]; d++)
                left[draws[2 * c + d].account] -= draws[2 * c + d].area;
        for (size_t a = 0; a < 6; a++)
            EXPECT(left[a] >= 0);
    }
    free(draws);
    free(claims);
    free(chosen);
    zone_context_free(ctx);
}
