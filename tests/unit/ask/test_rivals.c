/* The search among rivals: numbers near the end of 128 bits are compared and divided without loss. */
#include "ask/rivals.h"

#include "ask/booking.h"

static const zone_exact most = (zone_exact)(~(zone_uint128)0 >> 1);

static zone_context *new_context(void)
{
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    return ctx;
}

/* Six rivals for one account: by trying all sets. */
static zone_int128 try_all(const zone_rival *rivals, size_t count, zone_exact balance)
{
    zone_int128 best = 0;

    for (unsigned set = 0; set < 1U << count; set++) {
        zone_int128 value = 0;
        zone_exact left = balance;
        bool fits = true;
        for (size_t i = 0; i < count && fits; i++)
            if (set >> i & 1) {
                fits = rivals[i].needs[0].area <= left;
                left -= rivals[i].needs[0].area;
                value += rivals[i].value;
            }
        if (fits && value > best)
            best = value;
    }
    return best;
}

/* Ratios that differ in the last of 127 bits decide which bound holds. */
TEST(values_near_the_end_are_searched_exactly)
{
    zone_context *ctx = new_context();

    for (zone_exact unit = 1; unit > 0 && unit <= most / 64; unit *= 37) {
        zone_need needs[6];
        zone_rival rivals[6];
        bool chosen[6];
        zone_exact balance = 16 * unit + 5;
        zone_int128 value = 0, bound = 0;
        for (int i = 0; i < 6; i++) {
            needs[i] = (zone_need){0, (3 + i) * unit + i % 2};
            rivals[i] =
                (zone_rival){.claim = (size_t)i, .needs = &needs[i], .need_count = 1, .value = needs[i].area + i};
        }
        zone_int128 best = try_all(rivals, 6, balance);
        EXPECT_INT(zone_rivals_search(ctx, rivals, 6, &balance, 1, 1000000, chosen, &value, &bound), ZONE_OK);
        EXPECT(value == best && bound == best);
        zone_exact drawn = 0;
        for (int i = 0; i < 6; i++)
            drawn += chosen[i] ? rivals[i].needs[0].area : 0;
        EXPECT(drawn <= balance);
        if (unit > most / 37)
            break;
    }
    zone_context_free(ctx);
}

/* For one account the smallest first is the most, and the bound says so without a search. */
TEST(one_account_is_proven_at_once)
{
    enum { COUNT = 1000 };
    static zone_need needs[COUNT];
    static zone_rival rivals[COUNT];
    static bool chosen[COUNT];
    zone_exact balance = 1000;
    zone_int128 value = 0, bound = 0;
    zone_context *ctx = new_context();

    for (size_t i = 0; i < COUNT; i++) {
        needs[i] = (zone_need){0, (zone_exact)(1 + i * 617 % COUNT)};
        rivals[i] = (zone_rival){.claim = i, .needs = &needs[i], .need_count = 1, .value = 1};
    }
    EXPECT_INT(zone_rivals_search(ctx, rivals, COUNT, &balance, 1, 1, chosen, &value, &bound), ZONE_OK);
    EXPECT(value == 44 && bound == 44); /* 1 + … + 44 = 990 */
    zone_context_free(ctx);
}

/* Large rivals of nearly the same ratio, all tried: a carry lost between the halves of a product would rank them wrong.
 */
TEST(ratios_that_nearly_agree_are_ranked_exactly)
{
    enum { COUNT = 9 };
    uint64_t seed = 271828;
    zone_context *ctx = new_context();

    for (int round = 0; round < 2000; round++) {
        uint64_t start = seed;
        zone_need needs[COUNT];
        zone_rival rivals[COUNT];
        bool chosen[COUNT];
        zone_exact balance = 0;
        zone_int128 value = 0, bound = 0;
        for (int i = 0; i < COUNT; i++) {
            zone_exact area = 1 + ((zone_exact)roll(&seed, UINT64_MAX) << 54) + (zone_exact)roll(&seed, UINT64_MAX);
            needs[i] = (zone_need){0, area};
            rivals[i] = (zone_rival){.claim = (size_t)i,
                                     .needs = &needs[i],
                                     .need_count = 1,
                                     .value = area + ((zone_exact)roll(&seed, UINT64_MAX) << roll(&seed, 40))};
            balance += area / 2;
        }
        for (int i = 0; i < COUNT; i++)
            balance = needs[i].area > balance ? needs[i].area : balance;
        zone_int128 best = try_all(rivals, COUNT, balance);
        EXPECT_INT(zone_rivals_search(ctx, rivals, COUNT, &balance, 1, 1000000, chosen, &value, &bound), ZONE_OK);
        if (value != best || bound != best)
            TEST_FAIL("seed %llu", (unsigned long long)start);
    }
    zone_context_free(ctx);
}

/* ---------------------------------------------------------------- where greedy choices fail */

enum { HARD = 13, WAYS = 3 };

typedef struct {
    zone_need needs[HARD][WAYS];
    zone_rival rivals[HARD];
    zone_exact balance[WAYS];
} hard_case;

static void make_hard(hard_case *made, uint64_t *seed, bool by_area)
{
    zone_exact asked[WAYS] = {0};

    for (size_t i = 0; i < HARD; i++) {
        made->rivals[i] = (zone_rival){.claim = i, .needs = made->needs[i], .need_count = WAYS, .value = 1};
        for (size_t a = 0; a < WAYS; a++) {
            made->needs[i][a] = (zone_need){a, 1 + (zone_exact)roll(seed, by_area ? 1000 : 40)};
            asked[a] += made->needs[i][a].area;
            made->rivals[i].value += by_area ? made->needs[i][a].area : 0;
        }
    }
    for (size_t a = 0; a < WAYS; a++)
        made->balance[a] = asked[a] * (zone_exact)(30 + roll(seed, 20)) / 64 + 40;
    for (size_t a = 0; a < WAYS; a++)
        made->balance[a] = by_area ? made->balance[a] + 960 : made->balance[a];
}

static zone_int128 try_hard(const hard_case *of)
{
    zone_int128 best = 0;

    for (unsigned set = 0; set < 1U << HARD; set++) {
        zone_exact drawn[WAYS] = {0};
        zone_int128 value = 0;
        for (size_t i = 0; i < HARD; i++)
            if (set >> i & 1) {
                for (size_t a = 0; a < WAYS; a++)
                    drawn[a] += of->needs[i][a].area;
                value += of->rivals[i].value;
            }
        if (value > best && drawn[0] <= of->balance[0] && drawn[1] <= of->balance[1] && drawn[2] <= of->balance[2])
            best = value;
    }
    return best;
}

TEST(the_search_finds_what_greedy_choices_miss)
{
    uint64_t seed = 1618;
    size_t missed = 0;
    zone_context *ctx = new_context();

    for (int round = 0; round < 600; round++) {
        uint64_t start = seed;
        hard_case made, again;
        bool chosen[HARD];
        zone_int128 value = 0, bound = 0, greedy = 0;
        make_hard(&made, &seed, round % 2);
        zone_int128 best = try_hard(&made);
        again = made;
        for (size_t i = 0; i < HARD; i++)
            again.rivals[i].needs = again.needs[i];
        EXPECT_INT(zone_rivals_search(ctx, again.rivals, HARD, again.balance, WAYS, 0, chosen, &greedy, &bound),
                   ZONE_OK);
        missed += greedy < best;
        EXPECT(greedy <= best && bound >= best);
        EXPECT_INT(zone_rivals_search(ctx, made.rivals, HARD, made.balance, WAYS, 1000000, chosen, &value, &bound),
                   ZONE_OK);
        if (value != best || bound != best)
            TEST_FAIL("seed %llu: value %lld, bound %lld, best %lld", (unsigned long long)start, (long long)value,
                      (long long)bound, (long long)best);
    }
    printf("  greedy choices missed the best in %zu of 600\n", missed);
    EXPECT(missed > 30);
    zone_context_free(ctx);
}
