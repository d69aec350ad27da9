/* Accounts: what zones open with, and what sites draw from them, call by call. */
#include "ask/accounts.h"

#include "ask/batch.h"

#define STRICT CHECK("rule: quota, kind: construction, severity: reject")
#define LOOSE  CHECK("rule: quota, name: later, kind: farmland, severity: warn")

static const zone_exact one = ZONE_EXACT_M2, one_mu = 2000 * ZONE_EXACT_M2 / 3;

/* A plan, its accounts and sites that are only words: the results are made here. */
typedef struct {
    batch b;
    zone_quota_book book;
    zone_sites sites;
    zone_arena arena;
} scene;

static void open_accounts(scene *s, const char *rules)
{
    *s = (scene){.sites.batch.field_count = ZONE_SITE_WORDS};
    EXPECT_INT(open_batch_plan(&s->b, rules), ZONE_OK);
    EXPECT_INT(zone_accounts_open(s->b.ctx, s->b.plan, NULL, &s->book), ZONE_OK);
}

static void close_accounts(scene *s)
{
    zone_accounts_close(&s->book);
    EXPECT(!s->book.account && s->book.account_count == 0);
    zone_sites_free(&s->sites);
    zone_arena_free(&s->arena);
    close_batch(&s->b);
}

static void add_site(scene *s, const char *priority)
{
    EXPECT_INT(zone_batch_add_feature(s->b.ctx, &s->sites.batch, 1, 0, ZONE_SHAPE_AREA), ZONE_OK);
    EXPECT_INT(zone_batch_set_text(s->b.ctx, &s->sites.batch, ZONE_SITE_PRIORITY, priority), ZONE_OK);
}

static size_t account(const scene *s, const char *zone, const char *kind)
{
    for (size_t a = 0; a < s->book.account_count; a++)
        if (strcmp(s->b.plan->zones[s->book.account[a].zone].id, zone) == 0 &&
            strcmp(s->b.plan->quotas[s->book.account[a].quota].kind, kind) == 0)
            return a;
    TEST_FAIL("no account %s %s", zone, kind);
    return 0;
}

TEST(zones_open_with_what_they_declare_or_what_is_measured)
{
    scene s;

    open_accounts(&s, QUOTAS "checks:\n" STRICT LOOSE);
    EXPECT_INT(s.book.account_count, 4);
    const zone_quota_account *declared = &s.book.account[account(&s, "a", "farmland")];
    EXPECT(declared->declared && declared->opening == one_mu);
    /* Planned construction is the south 40 m; farmland begins at 20 m and ends 150 m east. */
    const zone_quota_account *measured = &s.book.account[account(&s, "b", "farmland")];
    EXPECT(!measured->declared && measured->opening == 1000 * one);
    EXPECT(s.book.account[account(&s, "b", "construction")].opening == 10000 * one);
    for (size_t a = 0; a < s.book.account_count; a++)
        EXPECT(s.book.balance[a] == s.book.account[a].opening);
    close_accounts(&s);
}

TEST(a_zone_that_declares_nothing_has_no_account)
{
    scene s;

    open_accounts(&s,
                  "quotas:\n  - {kind: farmland, opening: farmland, draws: farmland}\nchecks:\n" CHECK("rule: sound"));
    EXPECT_INT(s.book.account_count, 1);
    EXPECT_INT(account(&s, "a", "farmland"), 0);
    close_accounts(&s);
}

TEST(a_check_that_rejects_makes_its_accounts_strict)
{
    scene s;

    open_accounts(&s, QUOTAS "checks:\n" STRICT LOOSE);
    EXPECT(s.book.account[account(&s, "a", "construction")].strict);
    EXPECT(s.book.account[account(&s, "b", "construction")].strict);
    EXPECT(!s.book.account[account(&s, "a", "farmland")].strict);
    close_accounts(&s);
}

static const zone_site_draw ask_for[][2] = {{{0, 0, 6000 * ZONE_EXACT_M2}, {0, 1, 700 * ZONE_EXACT_M2}},
                                            {{0, 0, 5000 * ZONE_EXACT_M2}, {1, 0, 10000 * ZONE_EXACT_M2}},
                                            {{0, 0, 4000 * ZONE_EXACT_M2}, {1, 0, 1 * ZONE_EXACT_M2}}};

/* Three sites: the first overdraws farmland, which may be; the second asks for too much of zone a. */
static void make_results(zone_site_result results[3])
{
    for (size_t i = 0; i < 3; i++)
        results[i] = (zone_site_result){
            .readable = true, .area = 6000 * one, .draw = (zone_site_draw *)(uintptr_t)ask_for[i], .draw_count = 2};
}

static void expect_step(const scene *s, size_t number, size_t site, zone_step_kind kind, zone_exact after)
{
    const zone_quota_step *step = &s->book.step[number];

    EXPECT(number < s->book.step_count);
    EXPECT_INT(step->site, site);
    EXPECT_INT(step->kind, kind);
    EXPECT(step->after == after);
    EXPECT(step->before - step->after == (kind == ZONE_STEP_GRANTED ? step->wanted : 0));
}

static void expect_three_booked(const scene *s)
{
    EXPECT_INT(s->book.step_count, 6);
    expect_step(s, 0, 0, ZONE_STEP_GRANTED, 4000 * one);
    expect_step(s, 1, 0, ZONE_STEP_GRANTED, one_mu - 700 * one);
    expect_step(s, 2, 1, ZONE_STEP_REFUSED, 4000 * one);
    expect_step(s, 3, 1, ZONE_STEP_REFUSED, 10000 * one);
    expect_step(s, 4, 2, ZONE_STEP_GRANTED, 0);
    expect_step(s, 5, 2, ZONE_STEP_GRANTED, 9999 * one);
    EXPECT(s->book.balance[account(s, "a", "construction")] == 0);
    EXPECT(s->book.balance[account(s, "a", "farmland")] < 0);
}

TEST(a_site_draws_on_all_its_accounts_or_on_none)
{
    scene s;
    zone_site_result results[3];
    size_t from = 99;

    open_accounts(&s, QUOTAS "checks:\n" STRICT LOOSE);
    for (int i = 0; i < 3; i++)
        add_site(&s, NULL);
    make_results(results);
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, NULL, 0, 3, results, &s.book, &from), ZONE_OK);
    EXPECT_INT(from, 0);
    expect_three_booked(&s);
    EXPECT_CONTAINS(s.book.rule, "batch");
    close_accounts(&s);
}

TEST(a_batch_in_several_calls_is_booked_as_in_one)
{
    scene s;
    zone_site_result results[3];
    size_t from = 99;

    open_accounts(&s, QUOTAS "checks:\n" STRICT LOOSE);
    for (int i = 0; i < 3; i++)
        add_site(&s, NULL);
    make_results(results);
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, "batch", 0, 2, results, &s.book, &from), ZONE_OK);
    EXPECT_INT(from, 0);
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, "batch", 2, 1, results + 2, &s.book, &from), ZONE_OK);
    EXPECT_INT(from, 4);
    expect_three_booked(&s);
    close_accounts(&s);
}

TEST(a_rejected_site_draws_nothing)
{
    scene s;
    zone_site_result results[3];
    size_t from = 0;

    open_accounts(&s, QUOTAS "checks:\n" STRICT LOOSE);
    add_site(&s, NULL);
    make_results(results);
    results[0].barred = true;
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, NULL, 0, 1, results, &s.book, &from), ZONE_OK);
    expect_step(&s, 0, 0, ZONE_STEP_BARRED, 10000 * one);
    close_accounts(&s);
}

TEST(what_has_no_account_is_no_step)
{
    scene s;
    zone_site_result results[3];
    size_t from = 0;

    open_accounts(&s,
                  "quotas:\n  - {kind: farmland, opening: farmland, draws: farmland}\nchecks:\n" CHECK("rule: sound"));
    add_site(&s, NULL);
    make_results(results);
    results[0].draw = (zone_site_draw[]){{1, 0, one}};
    results[0].draw_count = 1;
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, NULL, 0, 1, results, &s.book, &from), ZONE_OK);
    EXPECT_INT(s.book.step_count, 0);
    close_accounts(&s);
}

/* The site that is served first when the others no longer fit. */
static size_t first_served(const char *order, const char *const priorities[3])
{
    scene s;
    zone_site_result results[3];
    size_t from = 0, first = SIZE_MAX;

    open_accounts(&s, QUOTAS "checks:\n" STRICT);
    for (int i = 0; i < 3; i++)
        add_site(&s, priorities[i]);
    make_results(results);
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, order, 0, 3, results, &s.book, &from), ZONE_OK);
    if (s.book.step_count)
        first = s.book.step[0].site;
    close_accounts(&s);
    return first;
}

TEST(priorities_are_numbers_and_the_smallest_comes_first)
{
    EXPECT_INT(first_served("priority", (const char *[]){"3", "2", "10"}), 1);
    EXPECT_INT(first_served("priority", (const char *[]){"3", "-2", "-10"}), 2);
    EXPECT_INT(first_served("priority", (const char *[]){NULL, "9", "9"}), 1);
    EXPECT_INT(first_served("priority", (const char *[]){"3", "1", "2"}), 1);
    EXPECT_INT(first_served("batch", (const char *[]){"3", "1", "2"}), 0);
}

/* Spreadsheets write whole numbers so. */
TEST(a_priority_with_decimals_of_zero_is_a_whole_number)
{
    EXPECT_INT(first_served("priority", (const char *[]){"3.0", "2.0", "1.0"}), 2);
    EXPECT_INT(first_served("priority", (const char *[]){" 3", "2 ", "1"}), 2);
}

TEST(what_is_no_number_comes_last)
{
    EXPECT_INT(first_served("priority", (const char *[]){"urgent", "2", "1st"}), 1);
    EXPECT_INT(first_served("priority", (const char *[]){"", "99999999999999999999", "7"}), 2);
}

TEST(the_best_orders_leave_out_what_stands_against_most)
{
    EXPECT_INT(first_served("best-sites", (const char *[]){NULL, NULL, NULL}), 0);
    EXPECT_INT(first_served("best-area", (const char *[]){NULL, NULL, NULL}), 0);
}

TEST(an_unknown_order_is_refused)
{
    scene s;
    size_t from = 0;

    open_accounts(&s, QUOTAS "checks:\n" STRICT);
    EXPECT_INT(zone_accounts_book(s.b.ctx, s.b.plan, &s.sites, "worst", 0, 0, NULL, &s.book, &from), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(s.b.ctx)->found, "worst");
    EXPECT_CONTAINS(zone_context_error(s.b.ctx)->expected, "best-sites");
    close_accounts(&s);
}
