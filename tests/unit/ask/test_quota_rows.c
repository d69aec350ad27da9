/* The rows of an answer: what they say of findings, steps and accounts. */
#include "ask/quota.h"

#include "ask/batch.h"

#define TERMS(text) CHECK("rule: term, severity: reject, " text)

static zone_table *ask_rules(batch *b, const char *rules, const zone_quota_options *options)
{
    open_batch(b, rules);
    draw_sites(SITES);
    add_sites(b, SITES);
    return ask_batch(b, options);
}

static void close_rows(batch *b, zone_table *table)
{
    zone_table_free(table);
    close_batch(b);
}

static const zone_table *findings_of(const zone_table *table)
{
    return zone_table_section(table, ZONE_SECTION_FINDINGS);
}

static const char *finding(const zone_table *table, const char *site, const char *rule, const char *cell)
{
    const zone_table *findings = findings_of(table);

    return text_at(findings, find_row(findings, "site", site, "rule", rule), cell);
}

TEST(a_row_names_the_checks_that_are_not_met_and_the_worst_decides)
{
    batch b;
    zone_table *table = ask_rules(&b,
                                  "checks:\n" CHECK("rule: zones, severity: warn, limit: 1 %")
                                      CHECK("rule: width, severity: reject, limit: 15 m")
                                          CHECK("rule: near, of: farmland, within: 200 m, severity: note, limit: 0 m2"),
                                  NULL);

    EXPECT_TEXT(text_at(table, 0, "verdict"), "reject"); /* 10 × 10 m: 2S/L is 5 */
    EXPECT_TEXT(text_at(table, 0, "reasons"), "width");
    EXPECT_TEXT(text_at(table, 2, "reasons"), "zones, width");
    EXPECT_INT(zone_table_integer(table, 2, column(table, "unmet")), 2);
    EXPECT_TEXT(text_at(table, 2, "zones"), "a 50.00 %, b 50.00 %");
    /* What is only noted is not held against a site. */
    EXPECT_TEXT(finding(table, "P1", "near", "verdict"), "note");
    EXPECT_TEXT(finding(table, "P1", "near", "severity"), "note");
    close_rows(&b, table);
}

TEST(a_site_that_meets_all_has_no_reasons)
{
    batch b;
    zone_table *table =
        ask_rules(&b, "checks:\n" CHECK("rule: inside, of: boundary, severity: reject, limit: 1 m2"), NULL);

    EXPECT_TEXT(text_at(table, 0, "verdict"), "pass");
    EXPECT(zone_table_is_null(table, 0, column(table, "reasons")));
    EXPECT_TEXT(finding(table, "P1", "inside", "margin"), "1.00 m2");
    EXPECT_TEXT(finding(table, "P1", "inside", "limit"), "1 m2");
    EXPECT_TEXT(finding(table, "P1", "inside", "method"), "grid");
    EXPECT(!finding(table, "P1", "inside", "place"));
    EXPECT_CONTAINS(zone_table_title(table), "quota of 3 sites, t, method grid: 3 pass, 0 warn, 0 reject");
    close_rows(&b, table);
}

/* All digits of areas and widths, where they are asked for: limit less measured is margin as printed. */
TEST(exact_findings_have_all_digits)
{
    batch b;
    zone_table *table =
        ask_rules(&b,
                  "quotas:\n  - {kind: fields, opening: farmland, draws: area}\nchecks:\n" CHECK(
                      "rule: width, severity: warn, limit: 15 m") CHECK("rule: quota, kind: fields, severity: reject"),
                  &(zone_quota_options){.size = sizeof(zone_quota_options), .exact = 1});

    EXPECT_TEXT(finding(table, "P2", "quota", "measured"), "400.000000 m2");
    EXPECT_TEXT(finding(table, "P2", "quota", "limit"), "566.666667 m2");
    EXPECT_TEXT(finding(table, "P2", "quota", "margin"), "166.666667 m2");
    EXPECT_TEXT(finding(table, "P2", "width", "measured"), "10.000000 m");
    EXPECT_TEXT(finding(table, "P2", "width", "margin"), "5.000000 m");
    close_rows(&b, table);
}

TEST(brief_findings_are_those_that_are_not_met)
{
    batch b;
    zone_table *table = ask_rules(&b,
                                  "checks:\n" CHECK("rule: inside, of: boundary, severity: reject, limit: 1 m2")
                                      CHECK("rule: zones, severity: warn, limit: 1 %")
                                          CHECK("rule: farmland, of: farmland, severity: note, limit: 1 m2"),
                                  &(zone_quota_options){.size = sizeof(zone_quota_options), .brief = 1});

    EXPECT_INT(zone_table_row_count(findings_of(table)), 1);
    EXPECT_TEXT(finding(table, "P3", "zones", "verdict"), "unmet");
    EXPECT_TEXT(finding(table, "P3", "zones", "measured"), "100.00 m2");
    EXPECT_CONTAINS(finding(table, "P3", "zones", "place"), "4411");
    close_rows(&b, table);
}

static void expect_limit(const char *check, const char *limit)
{
    batch b;
    char rules[512];

    snprintf(rules, sizeof rules, "checks:\n%s", check);
    zone_table *table = ask_rules(&b, rules, NULL);
    EXPECT_TEXT(finding(table, "P2", "term", "limit"), limit);
    EXPECT_TEXT(finding(table, "P2", "term", "measured"), "25 years");
    close_rows(&b, table);
}

TEST(terms_say_what_is_allowed)
{
    expect_limit(TERMS("allowed: [20, 30]"), "20, 30");
    expect_limit(TERMS("least: 5, most: 10"), "5 to 10");
    expect_limit(TERMS("least: 30"), "at least 30");
    expect_limit(TERMS("most: 20"), "at most 20");
}

TEST(the_last_digit_and_other_methods_are_named_where_they_turn)
{
    batch b;
    drawing d;

    open_batch(&b, "checks:\n" CHECK("rule: inside, of: boundary, severity: reject, limit: 50 m2"));
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\"", 185, 0, 205, 10);
    end_drawing(&d, SITES);
    add_sites(&b, SITES);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_CONTAINS(finding(table, "A", "inside", "turned_by"), "the last digit of the coordinates");
    zone_context_set_language(b.ctx, ZONE_CHINESE);
    zone_table *chinese = ask_batch(&b, NULL);
    EXPECT_CONTAINS(finding(chinese, "A", "inside", "turned_by"), "坐标末位");
    zone_table_free(chinese);
    close_rows(&b, table);
}

TEST(columns_of_layers_that_the_plan_has_not_stay_empty)
{
    batch b;
    zone_table *table = ask_rules(&b, "checks:\n" CHECK("rule: sound, severity: warn"), NULL);

    EXPECT(zone_table_is_null(table, 0, column(table, "redline")));
    EXPECT_REAL(number_at(table, 1, "farmland"), 200, 0);
    EXPECT_REAL(number_at(table, 1, "farmland_net"), 180, 0);
    close_rows(&b, table);
}

/* ---------------------------------------------------------------- quotas */

#define SMALL                                                                                                          \
    "quotas:\n  - {kind: fields, opening: farmland, draws: area}\n"                                                    \
    "checks:\n" CHECK("rule: quota, kind: fields, severity: reject")

/* Zone a declares 1 mu: P1 takes 100 m², P2 400, and P3 the 100 it has there; then 66.67 are left. */
TEST(a_quota_says_what_is_drawn_and_what_was_left)
{
    batch b;
    zone_table *table = ask_rules(&b, SMALL, NULL);

    EXPECT_TEXT(finding(table, "P2", "quota", "measured"), "400.00 m2");
    EXPECT_TEXT(finding(table, "P2", "quota", "limit"), "566.67 m2");
    EXPECT_TEXT(finding(table, "P2", "quota", "margin"), "166.67 m2");
    EXPECT_TEXT(finding(table, "P2", "quota", "remark"), "a: of 566.67 m2");
    EXPECT_TEXT(finding(table, "P3", "quota", "verdict"), "met");
    EXPECT(closure_exact(table, "closing balance", "a fields") == 2000 * ZONE_EXACT_M2 / 3 - 600 * ZONE_EXACT_M2);
    close_rows(&b, table);
}

static const zone_table *ledger_of(const zone_table *table)
{
    return zone_table_section(table, ZONE_SECTION_LEDGER);
}

TEST(a_refused_site_says_what_was_short)
{
    batch b;
    drawing d;

    open_batch(&b, SMALL);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\"", 0, 0, 30, 20);
    draw_box(&d, "\"XMBH\":\"B\"", 40, 0, 50, 10);
    end_drawing(&d, SITES);
    add_sites(&b, SITES);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_TEXT(text_at(table, 1, "reasons"), "quota");
    EXPECT_TEXT(finding(table, "B", "quota", "verdict"), "unmet");
    EXPECT_TEXT(finding(table, "B", "quota", "margin"), "33.33 m2");
    EXPECT_TEXT(finding(table, "B", "quota", "remark"), "a: not drawn, of 66.67 m2");
    const zone_table *ledger = ledger_of(table);
    size_t row = find_row(ledger, "site", "B", NULL, NULL);
    EXPECT_TEXT(text_at(ledger, row, "entry"), "refused");
    EXPECT_TEXT(text_at(ledger, row, "remark"), "wanted 100.00 m2, short by 33.33 m2");
    EXPECT_REAL(number_at(ledger, row, "drawn"), 0, 0);
    close_rows(&b, table);
}

TEST(a_ledger_begins_with_its_opening_and_where_it_is_from)
{
    batch b;
    zone_table *table = ask_rules(&b, QUOTAS "checks:\n" CHECK("rule: sound, severity: warn"), NULL);
    const zone_table *ledger = ledger_of(table);

    EXPECT_TEXT(text_at(ledger, 0, "entry"), "opening");
    EXPECT_TEXT(text_at(ledger, 0, "remark"), "declared by the plan");
    EXPECT(zone_table_is_null(ledger, 0, column(ledger, "step")));
    size_t last = zone_table_row_count(ledger) - 1;
    EXPECT_TEXT(text_at(ledger, last, "zone"), "b");
    EXPECT_TEXT(text_at(ledger, last, "kind"), "farmland");
    EXPECT_CONTAINS(text_at(ledger, last, "remark"), "measured");
    close_rows(&b, table);
}

TEST(a_site_without_an_account_says_so)
{
    batch b;
    drawing d;

    open_batch(&b, SMALL);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\"", 110, 0, 120, 10);
    draw_box(&d, "\"XMBH\":\"B\"", 500, 0, 510, 10);
    end_drawing(&d, SITES);
    add_sites(&b, SITES);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_TEXT(finding(table, "A", "quota", "verdict"), "note");
    EXPECT_TEXT(finding(table, "A", "quota", "remark"), "the zone has no account of this kind");
    EXPECT_TEXT(finding(table, "B", "quota", "remark"), "draws nothing");
    EXPECT(zone_table_is_null(table, 1, column(table, "zones")));
    close_rows(&b, table);
}

TEST(a_rejected_site_says_in_the_ledger_that_a_check_rejects_it)
{
    batch b;
    zone_table *table = ask_rules(&b, QUOTAS "checks:\n" TERMS("allowed: [20, 30]"), NULL);
    const zone_table *ledger = ledger_of(table);
    size_t row = find_row(ledger, "site", "P2", NULL, NULL);

    EXPECT_TEXT(text_at(ledger, row, "entry"), "barred");
    EXPECT_CONTAINS(text_at(ledger, row, "remark"), "a check rejects the site");
    close_rows(&b, table);
}

/* ---------------------------------------------------------------- pieces and shapes */

TEST(pieces_and_shapes_are_there_when_asked_for)
{
    batch b;
    zone_table *table =
        ask_rules(&b, "checks:\n" CHECK("rule: farmland, of: farmland, severity: warn, limit: 1 m2"), NULL);

    EXPECT(!zone_table_section(table, ZONE_SECTION_PIECES) && !zone_table_section(table, ZONE_SECTION_SHAPES));
    zone_table_free(table);
    table = ask_batch(&b, &(zone_quota_options){.size = sizeof(zone_quota_options), .pieces = 1});
    const zone_table *pieces = zone_table_section(table, ZONE_SECTION_PIECES);
    const zone_table *shapes = zone_table_section(table, ZONE_SECTION_SHAPES);
    EXPECT_INT(zone_table_row_count(pieces), 1);
    EXPECT_TEXT(text_at(pieces, 0, "site"), "P2");
    EXPECT_TEXT(text_at(pieces, 0, "rule"), "farmland");
    EXPECT_REAL(number_at(pieces, 0, "area"), 200, 0);
    EXPECT(!zone_table_is_null(pieces, 0, column(pieces, "geometry")));
    EXPECT_INT(zone_table_row_count(shapes), 3);
    EXPECT_TEXT(text_at(shapes, 1, "verdict"), "warn");
    EXPECT_TEXT(text_at(shapes, 1, "reasons"), "farmland");
    EXPECT(!zone_table_is_null(shapes, 2, column(shapes, "geometry")));
    close_rows(&b, table);
}

TEST(a_site_that_cant_be_read_has_an_empty_shape)
{
    batch b;

    open_batch(&b, "checks:\n" CHECK("rule: sound, severity: warn"));
    put_text("/vsimem/batch_broken.geojson", "{\"type\":");
    add_sites(&b, "/vsimem/batch_broken.geojson");
    zone_table *table = ask_batch(&b, &(zone_quota_options){.size = sizeof(zone_quota_options), .pieces = 1});
    const zone_table *shapes = zone_table_section(table, ZONE_SECTION_SHAPES);
    EXPECT_INT(zone_table_row_count(shapes), 1);
    EXPECT_TEXT(text_at(shapes, 0, "verdict"), "reject");
    close_rows(&b, table);
}
