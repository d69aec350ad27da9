/* What if: what changes when sites are left out or moved, and nothing else. */
#include "ask/what_if.h"

#include "ask/batch.h"

#define RULES                                                                                                          \
    "quotas:\n  - {kind: fields, opening: farmland, draws: area}\n"                                                    \
    "checks:\n" CHECK("rule: overlap, severity: reject, limit: 1 m2, narrow: 0.5 m")                                   \
        CHECK("rule: quota, kind: fields, severity: reject") CHECK("rule: identity, severity: warn")
#define MOVED "/vsimem/batch_moved.geojson"

/* A and B lie over each other; C fits the 666.67 m² of zone a only without D, which stands before it. */
static void open_four(batch *b)
{
    drawing d;

    open_batch(b, RULES);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\",\"XMMC\":\"A\"", 0, 0, 10, 10);
    draw_box(&d, "\"XMBH\":\"B\",\"XMMC\":\"B\"", 5, 0, 15, 10);
    draw_box(&d, "\"XMBH\":\"D\",\"XMMC\":\"D\"", 40, 0, 60, 20);
    draw_box(&d, "\"XMBH\":\"C\",\"XMMC\":\"C\"", 20, 0, 40, 20);
    end_drawing(&d, SITES);
    add_sites(b, SITES);
}

static zone_table *what_if(batch *b, const char *without, const char *move)
{
    return ask_batch(b, &(zone_quota_options){.size = sizeof(zone_quota_options), .without = without, .move = move});
}

static const char *change(const zone_table *table, const char *key, const char *item, const char *cell)
{
    return text_at(table, find_row(table, "key", key, "item", item), cell);
}

TEST(what_changes_without_a_site_and_nothing_else)
{
    batch b;

    open_four(&b);
    zone_table *table = what_if(&b, "D", NULL);
    EXPECT_TEXT(change(table, "C", "verdict", "before"), "reject");
    EXPECT_TEXT(change(table, "C", "verdict", "after"), "pass");
    EXPECT_TEXT(change(table, "C", "draws on a fields", "after"), "400.00 m2");
    EXPECT_TEXT(change(table, "D", "verdict", "before"), "pass");
    EXPECT(!change(table, "D", "verdict", "after"));
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        EXPECT(strcmp(text_at(table, r, "key"), "A") != 0 && strcmp(text_at(table, r, "key"), "B") != 0);
    /* Both took the same: the balance is no change. */
    EXPECT_INT(zone_table_row_count(table), 6);
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    close_batch(&b);
}

TEST(several_sites_may_be_left_out)
{
    batch b;

    open_four(&b);
    zone_table *table = what_if(&b, " B , D,", NULL);
    EXPECT_TEXT(change(table, "A", "verdict", "after"), "pass");
    EXPECT_TEXT(change(table, "a fields", "closing balance", "before"), "266.67 m2");
    EXPECT_TEXT(change(table, "a fields", "closing balance", "after"), "166.67 m2");
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    zone_table_free(table);
    close_batch(&b);
}

TEST(an_unknown_id_is_refused_by_name)
{
    batch b;
    zone_table *table = NULL;
    zone_quota_options options = {.size = sizeof options, .without = "A,X9"};

    open_four(&b);
    EXPECT_INT(zone_quota(b.ctx, b.ledger, &options, &table), ZONE_BAD_USAGE);
    EXPECT(!table);
    EXPECT_TEXT(zone_context_error(b.ctx)->found, "X9");
    EXPECT_TEXT(zone_context_error(b.ctx)->key, "--without");
    close_batch(&b);
}

TEST(nothing_is_left_when_all_are_left_out)
{
    batch b;
    zone_table *table = NULL;
    zone_quota_options options = {.size = sizeof options, .without = "A,B,C,D"};

    open_four(&b);
    EXPECT_INT(zone_quota(b.ctx, b.ledger, &options, &table), ZONE_EMPTY);
    close_batch(&b);
}

/* The sites of one drawing in the place of theirs. */
static void draw_moved(const char *id)
{
    char properties[64];
    drawing d;

    begin_drawing(&d, 4549);
    snprintf(properties, sizeof properties, "\"XMBH\":\"%s\"", id);
    draw_box(&d, properties, 110, 0, 120, 10);
    end_drawing(&d, MOVED);
}

TEST(a_moved_site_stands_in_its_place_in_the_batch)
{
    batch b;

    open_four(&b);
    draw_moved("B");
    zone_table *table = what_if(&b, NULL, MOVED);
    EXPECT_TEXT(change(table, "B", "zones", "before"), "a 100.00 %");
    EXPECT_TEXT(change(table, "B", "zones", "after"), "b 100.00 %");
    EXPECT_TEXT(change(table, "A", "verdict", "after"), "pass");
    EXPECT_TEXT(change(table, "A", "draws on a fields", "after"), "100.00 m2");
    zone_table_free(table);
    close_batch(&b);
}

TEST(what_was_read_is_told)
{
    batch b;
    bool sites = false, moved = false;

    open_four(&b);
    draw_moved("B");
    zone_table *table = what_if(&b, NULL, MOVED);
    const zone_table *inputs = zone_table_section(table, ZONE_SECTION_COMPLETENESS);
    for (size_t r = 0; r < zone_table_row_count(inputs); r++) {
        sites = sites || strstr(text_at(inputs, r, "input"), SITES);
        moved = moved || strstr(text_at(inputs, r, "input"), MOVED);
    }
    EXPECT(sites && moved);
    zone_table_free(table);
    close_batch(&b);
}

TEST(a_site_that_is_none_of_the_batch_cant_be_moved)
{
    batch b;
    zone_table *table = NULL;
    zone_quota_options options = {.size = sizeof options, .move = MOVED};

    open_four(&b);
    draw_moved("Z");
    EXPECT_INT(zone_quota(b.ctx, b.ledger, &options, &table), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(b.ctx)->found, "Z");
    EXPECT_TEXT(zone_context_error(b.ctx)->key, "--move");
    close_batch(&b);
}

/* Twins: the second of two A is "A (2)", and stays it when the first is left out. */
TEST(a_twin_keeps_its_key)
{
    batch b;
    drawing d;

    open_batch(&b, RULES);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\",\"XMMC\":\"A\"", 0, 0, 10, 10);
    draw_box(&d, "\"XMBH\":\"A\",\"XMMC\":\"A\"", 20, 0, 30, 20);
    draw_box(&d, "\"XMBH\":\"E\",\"XMMC\":\"E\"", 40, 0, 50, 10);
    end_drawing(&d, SITES);
    add_sites(&b, SITES);
    zone_table *table = what_if(&b, "A", NULL);
    EXPECT(!change(table, "A", "verdict", "after"));
    EXPECT_TEXT(change(table, "A (2)", "verdict", "before"), "warn");
    EXPECT_TEXT(change(table, "A (2)", "verdict", "after"), "pass");
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        EXPECT(strcmp(text_at(table, r, "key"), "E") != 0);
    zone_table_free(table);
    close_batch(&b);
}

TEST(a_moved_site_keeps_the_words_that_the_moved_data_do_not_say)
{
    batch b;
    zone_sites base = {.batch.field_count = ZONE_SITE_WORDS}, changed = {0};
    zone_crs *crs = NULL;
    zone_source_options from = {.size = sizeof from};

    open_batch(&b, RULES);
    draw_sites(SITES);
    draw_moved("P2");
    EXPECT_INT(zone_plan_crs(b.ctx, b.plan, &crs), ZONE_OK);
    EXPECT_INT(zone_sites_add(b.ctx, &base, SITES, NULL, crs), ZONE_OK);
    EXPECT_INT(zone_sites_name(b.ctx, &base), ZONE_OK);
    EXPECT_INT(zone_what_if_sites(b.ctx, &base, "P1", MOVED, &from, crs, &changed), ZONE_OK);
    EXPECT_INT(changed.batch.feature_count, 2);
    EXPECT_TEXT(changed.key[0], "P2");
    EXPECT_TEXT(zone_site_text(&changed, 0, ZONE_SITE_NAME), "two");
    EXPECT_TEXT(zone_site_text(&changed, 0, ZONE_SITE_TERM), "25");
    EXPECT_REAL(changed.batch.x[0], 441110, 10);
    EXPECT_REAL(changed.batch.x[4], 441090, 20);
    zone_sites_free(&changed);
    zone_sites_free(&base);
    zone_crs_free(crs);
    close_batch(&b);
}

TEST(the_batch_without_a_change_has_no_lines)
{
    batch b;

    open_four(&b);
    zone_table *table = what_if(&b, ",", NULL);
    EXPECT_INT(zone_table_row_count(table), 0);
    EXPECT_CONTAINS(zone_table_title(table), "0 lines");
    zone_table_free(table);
    close_batch(&b);
}
