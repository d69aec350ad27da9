/* The ledger: sums tie to the last unit in any order, refused sites draw nothing, the best is what trying all finds. */
#include "ask/ledger.h"

#include "ask/booking.h"

static zone_context *new_context(void)
{
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    return ctx;
}

static void keep(zone_context *ctx, const case_of_claims *of, zone_order order, zone_bookings *bookings)
{
    EXPECT_INT(zone_bookings_keep(ctx, of->accounts, of->account_count, of->claims, of->claim_count, order, bookings),
               ZONE_OK);
}

/* A zone with 100 and three sites that ask 60, 50 and 40. */
static void make_small(case_of_claims *of)
{
    static const int areas[] = {60, 50, 40};

    *of = (case_of_claims){.account_count = 1, .claim_count = 3, .accounts = {{"a", "construction", 100, true}}};
    for (size_t c = 0; c < 3; c++) {
        of->draws[c][0] = (zone_draw){0, areas[c]};
        of->claims[c] =
            (zone_claim){.draws = of->draws[c], .draw_count = 1, .size = areas[c], .priority = ZONE_NO_PRIORITY};
    }
}

/* ---------------------------------------------------------------- single cases */

TEST(sites_are_served_in_the_order_of_the_batch)
{
    case_of_claims of;
    zone_bookings b;
    zone_context *ctx = new_context();

    make_small(&of);
    keep(ctx, &of, ZONE_ORDER_BATCH, &b);
    EXPECT(b.granted[0] && !b.granted[1] && b.granted[2]);
    EXPECT_INT(b.entry_count, 3);
    EXPECT_INT(b.entries[0].balance, 40);
    EXPECT_INT(b.entries[0].margin, 40);
    EXPECT_INT(b.entries[1].kind, ZONE_ENTRY_REFUSED);
    EXPECT_INT(b.entries[1].drawn, 0);
    EXPECT_INT(b.entries[1].asked, 50);
    EXPECT_INT(b.entries[1].balance, 40);
    EXPECT_INT(b.entries[1].margin, -10);
    EXPECT_INT(b.entries[2].balance, 0);
    EXPECT_INT(b.closing[0], 0);
    EXPECT_INT(b.value, 2);
    EXPECT(!b.proven);
    EXPECT_CONTAINS(zone_bookings_say(ctx, &b), "in the order of the batch");
    zone_bookings_free(&b);
    zone_context_free(ctx);
}

TEST(the_smallest_priority_is_first_and_ties_are_in_batch_order)
{
    case_of_claims of;
    zone_bookings b;
    zone_context *ctx = new_context();

    make_small(&of);
    of.claims[2].priority = 7;
    of.claims[1].priority = 7;
    keep(ctx, &of, ZONE_ORDER_PRIORITY, &b);
    EXPECT_INT(b.entries[0].claim, 1);
    EXPECT_INT(b.entries[1].claim, 2);
    EXPECT_INT(b.entries[2].claim, 0);
    EXPECT(!b.granted[0] && b.granted[1] && b.granted[2]);
    EXPECT_INT(b.entries[b.first[0]].margin, -50);
    EXPECT_CONTAINS(zone_bookings_say(ctx, &b), "by priority");
    zone_bookings_free(&b);
    zone_context_free(ctx);
}

TEST(the_best_are_booked_first_and_the_rule_is_told)
{
    case_of_claims of;
    zone_bookings b;
    zone_context *ctx = new_context();

    make_small(&of);
    of.claims[2].size = of.draws[2][0].area = 45;
    keep(ctx, &of, ZONE_ORDER_BEST_SITES, &b);
    EXPECT(!b.granted[0] && b.granted[1] && b.granted[2]);
    EXPECT_INT(b.entries[0].claim, 1);
    EXPECT_INT(b.entries[2].claim, 0);
    EXPECT_INT(b.entries[2].margin, -55);
    EXPECT(b.proven && b.value == 2 && b.bound == 2);
    EXPECT_TEXT(zone_bookings_say(ctx, &b), "most sites: 2, proven optimal");
    zone_bookings_free(&b);
    keep(ctx, &of, ZONE_ORDER_BEST_AREA, &b);
    EXPECT_INT(b.value, 95);
    EXPECT(b.proven);
    EXPECT_TEXT(zone_bookings_say(ctx, &b), "most area: 0.000000 m², proven optimal");
    b.proven = false;
    EXPECT_TEXT(zone_bookings_say(ctx, &b), "most area: 0.000000 m², not proven optimal, at most 0.000001 m²");
    zone_bookings_free(&b);
    zone_context_free(ctx);
}

TEST(a_site_in_two_zones_draws_from_both_or_none)
{
    case_of_claims of = {.account_count = 2,
                         .claim_count = 2,
                         .accounts = {{"a", "construction", 100, true}, {"b", "construction", 10, true}},
                         .draws = {{{0, 30}, {1, 20}}, {{0, 30}, {1, 10}}},
                         .claims = {{of.draws[0], 2, 50, 0, false}, {of.draws[1], 2, 40, 0, false}}};
    zone_bookings b;
    zone_context *ctx = new_context();

    keep(ctx, &of, ZONE_ORDER_BATCH, &b);
    EXPECT(!b.granted[0] && b.granted[1]);
    EXPECT_INT(b.entries[0].margin, 70);
    EXPECT_INT(b.entries[1].margin, -10);
    EXPECT_INT(b.entries[0].kind, ZONE_ENTRY_REFUSED);
    EXPECT_INT(b.entries[0].balance, 100);
    EXPECT_INT(b.closing[0], 70);
    EXPECT_INT(b.closing[1], 0);
    zone_bookings_free(&b);
    zone_context_free(ctx);
}

TEST(accounts_that_are_not_strict_go_below_zero_and_those_that_are_not_there_draw_nothing)
{
    case_of_claims of = {.account_count = 1,
                         .claim_count = 2,
                         .accounts = {{"a", "farmland", 10, false}},
                         .draws = {{{0, 30}, {SIZE_MAX, 99}}, {{0, 5}}},
                         .claims = {{of.draws[0], 2, 30, 0, false}, {of.draws[1], 1, 5, 0, true}}};
    zone_bookings b;
    zone_context *ctx = new_context();

    keep(ctx, &of, ZONE_ORDER_BATCH, &b);
    EXPECT(b.granted[0] && !b.granted[1]);
    EXPECT_INT(b.entries[0].balance, -20);
    EXPECT_INT(b.entries[0].margin, -20);
    EXPECT_INT(b.entries[1].drawn, 0);
    EXPECT_INT(b.entries[1].asked, 99);
    EXPECT_INT(b.entries[2].kind, ZONE_ENTRY_BARRED);
    EXPECT_INT(b.entries[2].margin, -25);
    EXPECT_INT(b.closing[0], -20);
    zone_bookings_free(&b);
    zone_context_free(ctx);
}

/* A claim that asks nothing of an account is not held up by it. */
TEST(nothing_is_served_by_an_empty_account)
{
    case_of_claims of = {.account_count = 1,
                         .claim_count = 1,
                         .accounts = {{"a", "farmland", -5, true}},
                         .draws = {{{0, 0}}},
                         .claims = {{of.draws[0], 1, 30, 0, false}}};
    zone_bookings b;
    zone_context *ctx = new_context();

    for (int order = ZONE_ORDER_BATCH; order <= ZONE_ORDER_BEST_AREA; order++) {
        keep(ctx, &of, (zone_order)order, &b);
        EXPECT(b.granted[0]);
        EXPECT_INT(b.closing[0], -5);
        zone_bookings_free(&b);
    }
    zone_context_free(ctx);
}

TEST(an_empty_batch_leaves_all_as_it_is)
{
    zone_account account = {"a", "farmland", 7, true};
    zone_bookings b;
    zone_context *ctx = new_context();

    for (int order = ZONE_ORDER_BATCH; order <= ZONE_ORDER_BEST_AREA; order++) {
        EXPECT_INT(zone_bookings_keep(ctx, &account, 1, NULL, 0, (zone_order)order, &b), ZONE_OK);
        EXPECT_INT(b.entry_count, 0);
        EXPECT_INT(b.closing[0], 7);
        zone_bookings_free(&b);
    }
    zone_context_free(ctx);
}

/* ---------------------------------------------------------------- overflow */

TEST(sums_that_do_not_fit_are_refused)
{
    const zone_exact most = (zone_exact)(~(zone_uint128)0 >> 1);
    case_of_claims of = {.account_count = 1, .claim_count = 3, .accounts = {{"a", "k", 0, false}}};
    zone_context *ctx = new_context();
    zone_bookings b;

    for (size_t c = 0; c < 3; c++) {
        of.draws[c][0] = (zone_draw){0, most / 2};
        of.claims[c] = (zone_claim){.draws = of.draws[c], .draw_count = 1};
    }
    for (int order = ZONE_ORDER_BATCH; order <= ZONE_ORDER_BEST_AREA; order++) {
        EXPECT_INT(zone_bookings_keep(ctx, of.accounts, 1, of.claims, 3, (zone_order)order, &b), ZONE_TOO_LARGE);
        zone_bookings_free(&b);
    }
    for (size_t c = 0; c < 3; c++)
        of.claims[c] = (zone_claim){.size = most / 2};
    EXPECT_INT(zone_bookings_keep(ctx, of.accounts, 1, of.claims, 3, ZONE_ORDER_BATCH, &b), ZONE_TOO_LARGE);
    zone_bookings_free(&b);
    zone_context_free(ctx);
}

TEST(the_largest_sums_that_fit_are_exact)
{
    const zone_exact most = (zone_exact)(~(zone_uint128)0 >> 1);
    case_of_claims of = {.account_count = 1, .claim_count = 4, .accounts = {{"a", "k", most, true}}};
    zone_context *ctx = new_context();
    zone_bookings b;

    for (size_t c = 0; c < 4; c++) {
        of.draws[c][0] = (zone_draw){0, most / 2 - 1};
        of.claims[c] = (zone_claim){.draws = of.draws[c], .draw_count = 1, .size = most / 4};
    }
    for (int order = ZONE_ORDER_BATCH; order <= ZONE_ORDER_BEST_AREA; order++) {
        keep(ctx, &of, (zone_order)order, &b);
        EXPECT(b.granted[0] && b.granted[1] && !b.granted[2] && !b.granted[3]);
        EXPECT_INT(b.closing[0], 3);
        EXPECT(b.entries[b.first[3]].margin == 3 - (most / 2 - 1));
        if (order >= ZONE_ORDER_BEST_SITES)
            EXPECT(b.proven);
        zone_bookings_free(&b);
    }
    zone_context_free(ctx);
}

/* ---------------------------------------------------------------- properties */

/* All that must hold of any bookings of any claims. */
static bool well_kept(const case_of_claims *of, const zone_bookings *b)
{
    zone_exact balance[MOST_ACCOUNTS];
    size_t seen[MOST_CLAIMS] = {0};
    bool good = true;

    for (size_t a = 0; a < of->account_count; a++)
        balance[a] = of->accounts[a].opening;
    for (size_t i = 0; i < b->entry_count; i++) {
        const zone_entry *entry = &b->entries[i];
        zone_draw draw = of->draws[entry->claim][entry->draw];
        bool there = entry->account != SIZE_MAX;
        good = good && entry->draw == seen[entry->claim]++ && i == b->first[entry->claim] + entry->draw;
        good = good && entry->account == draw.account && entry->asked == draw.area;
        good = good && entry->drawn == (b->granted[entry->claim] && there ? draw.area : 0);
        good = good && (entry->kind == ZONE_ENTRY_DRAWN) == b->granted[entry->claim];
        if (!there)
            continue;
        balance[entry->account] -= entry->drawn;
        good = good && entry->balance == balance[entry->account];
        if (b->granted[entry->claim] && of->accounts[entry->account].strict && draw.area > 0)
            good = good && entry->balance >= 0 && entry->margin >= 0;
    }
    for (size_t c = 0; c < of->claim_count; c++)
        good = good && seen[c] == of->claims[c].draw_count && !(of->claims[c].barred && b->granted[c]);
    for (size_t a = 0; a < of->account_count; a++)
        good = good && balance[a] == b->closing[a];
    return good;
}

/* Who was refused at its turn was short of something. */
static bool refusals_have_reasons(const case_of_claims *of, const zone_bookings *b)
{
    bool good = true;

    for (size_t c = 0; c < of->claim_count; c++) {
        bool lacks = b->granted[c] || of->claims[c].barred;
        for (size_t d = 0; d < of->claims[c].draw_count; d++) {
            const zone_entry *entry = &b->entries[b->first[c] + d];
            lacks = lacks || (entry->account != SIZE_MAX && of->accounts[entry->account].strict && entry->margin < 0);
        }
        good = good && lacks;
    }
    return good;
}

TEST(any_order_ties_to_the_last_unit)
{
    uint64_t seed = 20220115;
    zone_context *ctx = new_context();

    for (int i = 0; i < 2000; i++) {
        uint64_t start = seed;
        case_of_claims of;
        make_case(&of, &seed, 1 + roll(&seed, MOST_ACCOUNTS), roll(&seed, 14), i % 2 ? 12 : 1000000007);
        for (int order = ZONE_ORDER_BATCH; order <= ZONE_ORDER_BEST_AREA; order++) {
            zone_bookings b;
            keep(ctx, &of, (zone_order)order, &b);
            if (!well_kept(&of, &b) || !refusals_have_reasons(&of, &b))
                TEST_FAIL("seed %llu, order %d", (unsigned long long)start, order);
            zone_bookings_free(&b);
        }
    }
    zone_context_free(ctx);
}

TEST(the_best_is_what_trying_all_finds)
{
    uint64_t seed = 19491001;
    zone_context *ctx = new_context();

    for (int i = 0; i < 1500; i++) {
        uint64_t start = seed;
        case_of_claims of;
        make_case(&of, &seed, 1 + roll(&seed, MOST_ACCOUNTS), 1 + roll(&seed, 11), i % 2 ? 12 : 1000000007);
        if (i % 10 == 0) {
            make_case(&of, &seed, MOST_ACCOUNTS, 14, 1000);
            for (size_t a = 0; a < of.account_count; a++)
                of.accounts[a] = (zone_account){"z", "k", 1000 + (zone_exact)roll(&seed, 1000), true};
        }
        for (int area = 0; area < 2; area++) {
            zone_bookings b;
            zone_int128 best = best_of_all(&of, area), value = 0;
            keep(ctx, &of, area ? ZONE_ORDER_BEST_AREA : ZONE_ORDER_BEST_SITES, &b);
            for (size_t c = 0; c < of.claim_count; c++)
                value += b.granted[c] ? area ? of.claims[c].size : 1 : 0;
            if (b.value != best || b.bound != best || value != best || !b.proven)
                TEST_FAIL("seed %llu, area %d: value %lld, bound %lld, granted %lld, best %lld",
                          (unsigned long long)start, area, (long long)b.value, (long long)b.bound, (long long)value,
                          (long long)best);
            zone_bookings_free(&b);
        }
    }
    zone_context_free(ctx);
}

/* The same claims in another order; `from` of a claim is where it was. */
static void shuffle(const case_of_claims *of, uint64_t *seed, case_of_claims *other, size_t *from)
{
    *other = *of;
    for (size_t c = 0; c < of->claim_count; c++)
        from[c] = c;
    for (size_t c = of->claim_count; c > 1; c--) {
        size_t k = roll(seed, c), kept = from[c - 1];
        from[c - 1] = from[k];
        from[k] = kept;
    }
    for (size_t c = 0; c < of->claim_count; c++) {
        memcpy(other->draws[c], of->draws[from[c]], sizeof other->draws[c]);
        other->claims[c] = of->claims[from[c]];
        other->claims[c].draws = other->draws[c];
    }
}

/* Is there another claim that asks the same and counts the same? Such claims may change places. */
static bool has_twin(const case_of_claims *of, size_t c)
{
    for (size_t k = 0; k < of->claim_count; k++)
        if (k != c && of->claims[k].size == of->claims[c].size && of->claims[k].barred == of->claims[c].barred)
            return true;
    return false;
}

TEST(the_order_of_the_batch_does_not_change_who_is_best)
{
    uint64_t seed = 424242;
    zone_context *ctx = new_context();

    for (int i = 0; i < 500; i++) {
        uint64_t start = seed;
        case_of_claims of, other;
        size_t from[MOST_CLAIMS];
        make_case(&of, &seed, 3, 12, 1000000007);
        shuffle(&of, &seed, &other, from);
        for (int order = ZONE_ORDER_BEST_SITES; order <= ZONE_ORDER_BEST_AREA; order++) {
            zone_bookings a, b;
            keep(ctx, &of, (zone_order)order, &a);
            keep(ctx, &other, (zone_order)order, &b);
            for (size_t c = 0; c < of.claim_count; c++)
                if (b.granted[c] != a.granted[from[c]] && !has_twin(&other, c))
                    TEST_FAIL("seed %llu, order %d, claim %zu", (unsigned long long)start, order, from[c]);
            zone_bookings_free(&a);
            zone_bookings_free(&b);
        }
    }
    zone_context_free(ctx);
}

TEST(where_all_fit_every_order_grants_all)
{
    uint64_t seed = 5;
    zone_context *ctx = new_context();

    for (int i = 0; i < 200; i++) {
        case_of_claims of, other;
        size_t from[MOST_CLAIMS];
        make_case(&of, &seed, 4, 40, 1000);
        for (size_t a = 0; a < of.account_count; a++)
            of.accounts[a].opening = 1000000;
        shuffle(&of, &seed, &other, from);
        for (int order = ZONE_ORDER_BATCH; order <= ZONE_ORDER_BEST_AREA; order++) {
            zone_bookings b;
            keep(ctx, &other, (zone_order)order, &b);
            for (size_t c = 0; c < other.claim_count; c++)
                EXPECT(b.granted[c] == !other.claims[c].barred);
            if (order >= ZONE_ORDER_BEST_SITES)
                EXPECT(b.proven);
            zone_bookings_free(&b);
        }
    }
    zone_context_free(ctx);
}
