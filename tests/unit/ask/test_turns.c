/* What turns a draw on a quota: another area method, the last digit; in any order, block and journal. */
#include "ask/turns.h"

#include "ask/batch.h"

#include <unistd.h>

/* Zone a declares 1 mu of farmland, 666.67 m², whatever is drawn. On the plane the sites are 0.0086 % larger than on
 * the ellipsoid: 0.057 m² of 666.7. */
#define DRAWN(draws)                                                                                                   \
    "quotas:\n  - {kind: fields, opening: farmland, draws: " draws "}\n"                                               \
    "checks:\n" CHECK("rule: quota, kind: fields, severity: reject")

static void open_draws(batch *b, const char *rules)
{
    open_batch(b, rules);
    draw_farmland(&b->place, false);
}

static void one_site(batch *b, double west, double south, double east, double north)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\"", west, south, east, north);
    end_drawing(&d, SITES);
    add_sites(b, SITES);
}

/* Asks for one site by a method; the finding of its quota must have this verdict and be turned by this. */
static void expect_turned(const char *rules, const char *method, const double box[4], const char *verdict,
                          const char *turned)
{
    batch b;

    open_draws(&b, rules);
    one_site(&b, box[0], box[1], box[2], box[3]);
    zone_table *table = ask_batch(&b, &(zone_quota_options){.size = sizeof(zone_quota_options), .method = method});
    const zone_table *findings = zone_table_section(table, ZONE_SECTION_FINDINGS);
    EXPECT_TEXT(text_at(findings, 0, "verdict"), verdict);
    const char *told = text_at(findings, 0, "turned_by");
    EXPECT_TEXT(told ? told : "nothing", turned);
    zone_table_free(table);
    close_batch(&b);
}

#define OTHERS "survey, survey:split=70, survey:legacy, ellipsoid, geodesic"
#define DIGIT  "the last digit of the coordinates"

TEST(a_draw_that_is_thinly_too_large_is_turned_by_other_methods)
{
    const double thin[] = {20, 0, 40, 33.3348}, thick[] = {20, 0, 40, 33.3601};

    expect_turned(DRAWN("area"), "grid", thin, "unmet", OTHERS);
    expect_turned(DRAWN("area"), "survey", thin, "met", "grid");
    expect_turned(DRAWN("area"), "grid", thick, "unmet", "nothing");
    expect_turned(DRAWN("area"), "survey", thick, "unmet", "nothing");
    expect_turned(DRAWN("area"), "survey", (double[]){20, 0, 40, 33.3301}, "met", "nothing");
}

/* 0.0013 m² too much; half a tenth of a millimetre along 107 m is 0.0075 m². */
TEST(the_last_digit_turns_what_is_thinner_still)
{
    expect_turned(DRAWN("area"), "grid", (double[]){20, 0, 40, 33.3334}, "unmet", OTHERS ", " DIGIT);
    expect_turned(DRAWN("area"), "grid", (double[]){20, 0, 40, 33.3333}, "met", DIGIT);
}

/* Farmland lies east of 10 and from 20 to 80, with ridges of a tenth; what is west of 20 is built up. */
TEST(every_kind_of_draw_is_measured_by_other_methods)
{
    expect_turned(DRAWN("farmland"), "grid", (double[]){0, 20, 30, 53.3348}, "unmet", OTHERS);
    expect_turned(DRAWN("farmland_net"), "grid", (double[]){0, 20, 30, 57.0387}, "unmet", OTHERS);
    expect_turned(DRAWN("new_construction"), "grid", (double[]){0, 0, 40, 33.3348}, "unmet", OTHERS);
    expect_turned(DRAWN("new_construction"), "survey", (double[]){0, 0, 40, 33.3348}, "met", "grid");
}

/* Where land repeats, the methods are not asked; the digit is. */
TEST(a_draw_of_land_that_repeats_is_turned_by_the_digit_only)
{
    batch b;

    open_draws(&b, DRAWN("farmland"));
    draw_farmland(&b.place, true);
    one_site(&b, 40, 20, 60, 53.3334);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_TEXT(text_at(zone_table_section(table, ZONE_SECTION_FINDINGS), 0, "turned_by"), DIGIT);
    zone_table_free(table);
    close_batch(&b);
}

/* Of two accounts one is far too small: that the other fits by a hair turns nothing. */
TEST(a_turn_of_one_account_is_none_where_another_refuses)
{
    batch b;

    open_draws(&b, "quotas:\n  - {kind: fields, opening: farmland, draws: area}\n"
                   "  - {kind: all, opening: area, draws: area}\n"
                   "checks:\n" CHECK("rule: quota, kind: fields, severity: warn")
                       CHECK("rule: quota, name: all, kind: all, severity: warn"));
    one_site(&b, 0, 0, 100, 100.0001);
    zone_table *table = ask_batch(&b, NULL);
    const zone_table *findings = zone_table_section(table, ZONE_SECTION_FINDINGS);
    EXPECT(!text_at(findings, 0, "turned_by"));
    EXPECT_TEXT(text_at(findings, 1, "verdict"), "met");
    EXPECT_TEXT(text_at(findings, 1, "turned_by"), DIGIT);
    zone_table_free(table);
    close_batch(&b);
}

/* ---------------------------------------------------------------- in whatever way it is asked */

/* Sixty squares and, at number 40, the one that is thin after all before it: they draw 1 m² each. */
static void many_sites(batch *b)
{
    drawing d;

    begin_drawing(&d, 4549);
    for (int i = 0; i < 60; i++)
        if (i == 40)
            draw_box(&d, "\"YXJ\":1", 20, 10, 40, 41.3348);
        else
            draw_box(&d, "\"YXJ\":1", i, 0, i + 1, 1);
    end_drawing(&d, SITES);
    add_sites(b, SITES);
}

static size_t count_turned(const zone_table *table)
{
    const zone_table *findings = zone_table_section(table, ZONE_SECTION_FINDINGS);
    size_t count = 0;

    for (size_t r = 0; r < zone_table_row_count(findings); r++)
        count += text_at(findings, r, "turned_by") != NULL;
    return count;
}

static int keep_line(void *user, const char *bytes, size_t count)
{
    FILE *file = fopen(user, "ab");

    fwrite(bytes, 1, count, file);
    fclose(file);
    return 0;
}

/* Its 626.696 m² meet 626.667 that the forty left. */
TEST(orders_blocks_and_journals_tell_the_same_turns)
{
    batch b;
    char path[256];

    open_draws(&b, DRAWN("area"));
    many_sites(&b);
    zone_table *plain = ask_batch(&b, NULL);
    EXPECT_INT(count_turned(plain), 1);
    EXPECT_TEXT(text_at(zone_table_section(plain, ZONE_SECTION_FINDINGS), 40, "turned_by"), OTHERS);
    char *whole = as_text(b.ctx, plain, ZONE_PARTS_TABLE);
    snprintf(path, sizeof path, "%s/journal", b.place.folder);
    for (int way = 0; way < 4; way++) {
        zone_quota_options options = {.size = sizeof options, .block = way ? 7 : 1};
        if (way == 1)
            options.order = "priority";
        if (way >= 2) { /* kept, then known */
            options.resume = path;
            options.journal = keep_line;
            options.journal_user = path;
        }
        zone_table *table = ask_batch(&b, &options);
        char *text = as_text(b.ctx, table, ZONE_PARTS_TABLE);
        expect_same_bytes(text, whole);
        free(text);
        zone_table_free(table);
    }
    unlink(path);
    free(whole);
    zone_table_free(plain);
    close_batch(&b);
}
