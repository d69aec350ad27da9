/* Prices of accounts: whatever they are, no choice is worth more than they allow; for one account they are the best. */
#include "ask/prices.h"

#include "ask/booking.h"

enum { RIVALS = 10, ACCOUNTS = 3 };

typedef struct {
    zone_need needs[RIVALS][ACCOUNTS];
    zone_rival rivals[RIVALS];
    zone_exact balance[ACCOUNTS];
} market_day;

/* Rivals that ask of each account by chance, accounts that hold some of it. */
static void open_market(market_day *day, uint64_t *seed, size_t accounts, uint64_t largest)
{
    zone_exact asked[ACCOUNTS] = {0};

    for (size_t i = 0; i < RIVALS; i++) {
        day->rivals[i] = (zone_rival){.claim = i, .needs = day->needs[i], .value = 1 + (zone_exact)roll(seed, largest)};
        for (size_t a = 0; a < accounts; a++)
            if (roll(seed, 2) || (a + 1 == accounts && day->rivals[i].need_count == 0)) {
                zone_need need = {a, 1 + (zone_exact)roll(seed, largest)};
                day->needs[i][day->rivals[i].need_count++] = need;
                asked[a] += need.area;
            }
    }
    for (size_t a = 0; a < accounts; a++)
        day->balance[a] = 1 + asked[a] * (zone_exact)roll(seed, 60) / 64;
}

static zone_int128 try_all(const market_day *day, size_t accounts)
{
    zone_int128 best = 0;

    for (unsigned set = 0; set < 1U << RIVALS; set++) {
        zone_exact left[ACCOUNTS];
        zone_int128 value = 0;
        bool fits = true;
        memcpy(left, day->balance, sizeof left);
        for (size_t i = 0; i < RIVALS; i++)
            for (size_t k = 0; (set >> i & 1) && k < day->rivals[i].need_count; k++) {
                left[day->needs[i][k].account] -= day->needs[i][k].area;
                value += k == 0 ? day->rivals[i].value : 0;
            }
        for (size_t a = 0; a < accounts; a++)
            fits = fits && left[a] >= 0;
        if (fits && value > best)
            best = value;
    }
    return best;
}

/* The bound in full, before it is rounded to a value. */
static zone_int128 allowed(const market_day *day, size_t accounts, const zone_prices *prices)
{
    zone_int128 sum = zone_prices_of(prices, day->balance, accounts);

    for (size_t i = 0; i < RIVALS; i++)
        sum += day->rivals[i].gain > 0 ? day->rivals[i].gain : 0;
    return sum;
}

TEST(no_choice_is_worth_more_than_prices_allow)
{
    uint64_t seed = 31337;
    zone_context *ctx = NULL;
    double loosest = 0;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    for (int i = 0; i < 300; i++) {
        uint64_t start = seed;
        size_t accounts = 1 + roll(&seed, ACCOUNTS);
        market_day day;
        zone_prices prices;
        open_market(&day, &seed, accounts, i % 2 ? 20 : 1000000007);
        zone_int128 best = try_all(&day, accounts);
        EXPECT_INT(zone_prices_find(ctx, day.rivals, RIVALS, day.balance, accounts, &prices), ZONE_OK);
        zone_int128 bound = allowed(&day, accounts, &prices) >> prices.scale;
        for (size_t k = 0; k < RIVALS; k++) {
            zone_int128 gain = day.rivals[k].value << prices.scale;
            for (size_t n = 0; n < day.rivals[k].need_count; n++)
                gain -= prices.each[day.needs[k][n].account] * day.needs[k][n].area;
            EXPECT(gain == day.rivals[k].gain);
        }
        if (bound < best)
            TEST_FAIL("seed %llu: bound %lld, best %lld", (unsigned long long)start, (long long)bound, (long long)best);
        zone_int128 all = 0;
        for (size_t k = 0; k < RIVALS; k++)
            all += day.rivals[k].value;
        EXPECT(bound <= all);
        loosest += (double)(bound - best) / (double)all / 300;
        zone_prices_free(&prices);
    }
    EXPECT(loosest < 0.06);
    zone_context_free(ctx);
}

/* One account that holds 10 for values 6, 5, 4 that ask 4, 5, 8: 6 + 5 + 1/8 of 4. */
TEST(for_one_account_the_first_that_is_left_out_sets_the_price)
{
    zone_need needs[] = {{0, 4}, {0, 5}, {0, 8}};
    zone_rival rivals[] = {{.claim = 0, .needs = &needs[0], .need_count = 1, .value = 6},
                           {.claim = 1, .needs = &needs[1], .need_count = 1, .value = 5},
                           {.claim = 2, .needs = &needs[2], .need_count = 1, .value = 4}};
    zone_exact balance = 10;
    zone_prices prices;
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    EXPECT_INT(zone_prices_find(ctx, rivals, 3, &balance, 1, &prices), ZONE_OK);
    EXPECT(prices.each[0] == (zone_int128)1 << (prices.scale - 1));
    EXPECT(rivals[0].gain == (zone_int128)4 << prices.scale);
    EXPECT(rivals[2].gain == 0);
    zone_prices_free(&prices);
    zone_context_free(ctx);
}

TEST(values_that_leave_no_room_have_no_prices)
{
    zone_need need = {0, 5};
    zone_rival rival = {.needs = &need, .need_count = 1, .value = (zone_int128)1 << 125};
    zone_exact balance = 9;
    zone_prices prices;
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    EXPECT_INT(zone_prices_find(ctx, &rival, 1, &balance, 1, &prices), ZONE_OK);
    EXPECT_INT(prices.scale, -1);
    EXPECT(rival.gain == 0 && prices.each[0] == 0);
    zone_prices_free(&prices);
    zone_context_free(ctx);
}
