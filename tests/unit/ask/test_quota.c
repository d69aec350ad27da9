/* The question "quota" as a program asks it: batch in, table out; journal and blocks. */
#include "ask/quota.h"

#include "ask/batch.h"

#define RULES                                                                                                          \
    QUOTAS "checks:\n" CHECK("rule: sound, severity: warn") CHECK("rule: identity, severity: warn")                    \
        CHECK("rule: inside, of: boundary, severity: reject, limit: 1 m2")                                             \
            CHECK("rule: zones, severity: warn, limit: 1 %")                                                           \
                CHECK("rule: farmland, of: farmland, severity: note, limit: 10 m2")                                    \
                    CHECK("rule: overlap, severity: reject, limit: 1 m2, narrow: 0.5 m")                               \
                        CHECK("rule: term, severity: reject, allowed: [20, 30]")                                       \
                            CHECK("rule: quota, kind: construction, severity: reject")                                 \
                                CHECK("rule: quota, name: fields, kind: farmland, severity: warn")

static void open_three(batch *b)
{
    open_batch(b, RULES);
    draw_sites(SITES);
    add_sites(b, SITES);
}

TEST(each_site_is_a_row_with_its_verdict)
{
    batch b;

    open_three(&b);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT_TEXT(text_at(table, 0, "verdict"), "pass");
    EXPECT_TEXT(text_at(table, 1, "verdict"), "reject");
    EXPECT_TEXT(text_at(table, 1, "reasons"), "term");
    EXPECT_TEXT(text_at(table, 2, "verdict"), "warn");
    EXPECT_TEXT(text_at(table, 2, "reasons"), "zones");
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    zone_table_free(table);
    close_batch(&b);
}

TEST(a_batch_without_rejected_sites_is_all_well)
{
    batch b;
    drawing d;

    open_batch(&b, RULES);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\",\"NX\":\"30\"", 90, 0, 110, 10);
    end_drawing(&d, SITES);
    add_sites(&b, SITES);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_TEXT(text_at(table, 0, "verdict"), "warn");
    EXPECT_INT(zone_table_verdict(table), ZONE_OK);
    zone_table_free(table);
    close_batch(&b);
}

static zone_exact ledger_area(const zone_table *ledger, size_t row, const char *name)
{
    return zone_table_area(ledger, row, column(ledger, name));
}

TEST(opening_less_drawn_is_closing_in_every_order)
{
    static const char *const orders[] = {NULL, "batch", "priority", "best-sites", "best-area"};

    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        batch b;
        open_three(&b);
        zone_table *table =
            ask_batch(&b, &(zone_quota_options){.size = sizeof(zone_quota_options), .order = orders[o]});
        const zone_table *ledger = zone_table_section(table, ZONE_SECTION_LEDGER);
        EXPECT(zone_table_row_count(ledger) > 4);
        for (size_t r = 0; r < zone_table_row_count(ledger); r++)
            EXPECT(ledger_area(ledger, r, "opening") - ledger_area(ledger, r, "drawn") ==
                   ledger_area(ledger, r, "balance"));
        EXPECT(closure_exact(table, "drawn", "a construction") == 200 * ZONE_EXACT_M2);
        EXPECT(closure_exact(table, "residual", "a construction") == 0);
        zone_table_free(table);
        close_batch(&b);
    }
}

TEST(no_sites_no_checks_and_no_plan_are_refused)
{
    batch b;
    zone_table *table = NULL;
    zone_ledger *none = NULL;

    open_batch(&b, RULES);
    EXPECT_INT(zone_quota(b.ctx, b.ledger, NULL, &table), ZONE_EMPTY);
    EXPECT(!table);
    EXPECT_INT(zone_quota(b.ctx, NULL, NULL, &table), ZONE_BAD_USAGE);
    EXPECT_INT(zone_ledger_open(b.ctx, NULL, &none), ZONE_BAD_USAGE);
    EXPECT_INT(zone_ledger_add(b.ctx, b.ledger, NULL, NULL), ZONE_BAD_USAGE);
    EXPECT_INT(zone_ledger_add_source(b.ctx, b.ledger, NULL), ZONE_BAD_USAGE);
    close_batch(&b);
    EXPECT_INT(open_batch_plan(&b, QUOTAS), ZONE_OK);
    EXPECT_INT(zone_ledger_open(b.ctx, b.plan, &none), ZONE_BAD_PLAN);
    EXPECT(!none);
    EXPECT_TEXT(zone_context_error(b.ctx)->key, "checks");
    zone_ledger_close(NULL);
    close_batch(&b);
}

TEST(an_unknown_order_is_refused_before_anything_is_told)
{
    batch b;
    zone_table *table = NULL;
    zone_quota_options options = {.size = sizeof options, .order = "worst"};

    open_three(&b);
    EXPECT_INT(zone_quota(b.ctx, b.ledger, &options, &table), ZONE_BAD_USAGE);
    EXPECT(!table);
    close_batch(&b);
}

TEST(a_batch_may_be_asked_twice_and_grow)
{
    batch b;
    drawing d;

    open_three(&b);
    zone_table *first = ask_batch(&b, NULL), *second = ask_batch(&b, NULL);
    char *one = as_text(b.ctx, first, ZONE_PARTS_ALL), *two = as_text(b.ctx, second, ZONE_PARTS_ALL);
    expect_same_bytes(one, two);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"P1\",\"NX\":\"30\"", 60, 0, 70, 10);
    end_drawing(&d, "/vsimem/batch_more.geojson");
    add_sites(&b, "/vsimem/batch_more.geojson");
    zone_table *third = ask_batch(&b, NULL);
    EXPECT_INT(zone_table_row_count(third), 4);
    EXPECT_TEXT(text_at(third, 3, "site"), "P1 (2)");
    EXPECT_TEXT(text_at(third, 3, "reasons"), "identity");
    free(one);
    free(two);
    zone_table_free(first);
    zone_table_free(second);
    zone_table_free(third);
    close_batch(&b);
}

TEST(one_unreadable_file_stops_no_batch)
{
    batch b;

    open_batch(&b, RULES);
    put_text("/vsimem/batch_broken.geojson", "{\"type\":");
    draw_sites(SITES);
    add_sites(&b, "/vsimem/batch_broken.geojson");
    add_sites(&b, SITES);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_INT(zone_table_row_count(table), 4);
    EXPECT_TEXT(text_at(table, 0, "verdict"), "reject");
    EXPECT_CONTAINS(text_at(table, 0, "reasons"), "sound");
    EXPECT(zone_table_is_null(table, 0, column(table, "area")));
    EXPECT_TEXT(text_at(table, 1, "verdict"), "pass");
    zone_table_free(table);
    close_batch(&b);
}

/* Sites of an open source are read at once. */
TEST(a_source_may_be_closed_before_the_question)
{
    batch b;

    open_batch(&b, RULES);
    draw_sites(SITES);
    zone_source *source = open_source(b.ctx, SITES, NULL);
    EXPECT_INT(zone_ledger_add_source(b.ctx, b.ledger, source), ZONE_OK);
    zone_source_close(source);
    zone_table *table = ask_batch(&b, NULL);
    EXPECT_INT(zone_table_row_count(table), 3);
    zone_table_free(table);
    close_batch(&b);
}

TEST(blocks_of_any_size_give_the_same_bytes)
{
    char *text[4] = {NULL};
    static const size_t blocks[4] = {0, 1, 2, 3};

    for (int i = 0; i < 4; i++) {
        batch b;
        open_three(&b);
        draw_farmland(&b.place, true);
        zone_table *table =
            ask_batch(&b, &(zone_quota_options){.size = sizeof(zone_quota_options), .block = blocks[i], .pieces = 1});
        text[i] = as_text(b.ctx, table, ZONE_PARTS_ALL);
        /* The folder has another name each time. */
        for (char *at = text[i]; (at = strstr(at, b.place.folder)); at++)
            memset(at, '-', strlen(b.place.folder));
        zone_table_free(table);
        close_batch(&b);
    }
    for (int i = 1; i < 4; i++)
        expect_same_bytes(text[i], text[0]);
    for (int i = 0; i < 4; i++)
        free(text[i]);
}

/* ---------------------------------------------------------------- site by site */

typedef struct {
    size_t count;
    char sites[256];
    int stop_at; /* 0: never */
} told;

static int take_site(void *user, const zone_table *site)
{
    told *all = user;

    EXPECT_INT(zone_table_row_count(site), 1);
    EXPECT(zone_table_row_count(zone_table_section(site, ZONE_SECTION_FINDINGS)) > 0);
    strcat(all->sites, text_at(site, 0, "site"));
    strcat(all->sites, zone_table_verdict(site) == ZONE_UNMET ? "! " : " ");
    all->count++;
    return all->stop_at && (int)all->count == all->stop_at;
}

TEST(sites_are_handed_out_one_by_one)
{
    batch b;
    told all = {0};
    zone_quota_options options = {.size = sizeof options, .site = take_site, .site_user = &all, .block = 2};

    open_three(&b);
    zone_table *table = ask_batch(&b, &options);
    EXPECT_TEXT(all.sites, "P1 P2! P3 ");
    EXPECT_INT(zone_table_row_count(table), 0);
    EXPECT_INT(zone_table_verdict(table), ZONE_UNMET);
    EXPECT(zone_table_row_count(zone_table_section(table, ZONE_SECTION_LEDGER)) > 4);
    EXPECT_CONTAINS(zone_table_title(table), "1 pass, 1 warn, 1 reject");
    zone_table_free(table);
    close_batch(&b);
}

TEST(whoever_takes_sites_may_stop)
{
    batch b;
    told all = {.stop_at = 2};
    zone_table *table = NULL;
    zone_quota_options options = {.size = sizeof options, .site = take_site, .site_user = &all};

    open_three(&b);
    EXPECT_INT(zone_quota(b.ctx, b.ledger, &options, &table), ZONE_CANNOT_WRITE);
    EXPECT(!table && all.count == 2);
    close_batch(&b);
}

TEST(a_cancelled_batch_ends)
{
    batch b;
    zone_table *table = NULL;

    open_three(&b);
    zone_cancel(b.ctx);
    EXPECT_INT(zone_quota(b.ctx, b.ledger, NULL, &table), ZONE_CANCELLED);
    EXPECT(!table);
    close_batch(&b);
}

/* ---------------------------------------------------------------- journal */

#define JOURNAL "journal"

typedef struct {
    batch *b;
    size_t lines, most; /* a journal that takes no more than `most` lines; 0: all */
} keeper;

static int keep_line(void *user, const char *bytes, size_t count)
{
    keeper *to = user;

    if (to->most && to->lines == to->most)
        return 1;
    FILE *file = fopen(file_in(&to->b->place, JOURNAL), "ab");
    fwrite(bytes, 1, count, file);
    fclose(file);
    to->lines++;
    return 0;
}

/* Asks with a journal that takes `most` lines. */
static zone_status ask_in_blocks(batch *b, size_t block, size_t most, zone_table **table, size_t *lines)
{
    keeper to = {.b = b, .most = most};
    char path[256];

    snprintf(path, sizeof path, "%s/%s", b->place.folder, JOURNAL);
    zone_quota_options options = {
        .size = sizeof options, .pieces = 1, .block = block, .resume = path, .journal = keep_line};
    options.journal_user = &to;
    zone_status status = zone_quota(b->ctx, b->ledger, &options, table);
    *lines = to.lines;
    return status;
}

static zone_status ask_kept(batch *b, size_t most, zone_table **table, size_t *lines)
{
    return ask_in_blocks(b, 1, most, table, lines);
}

static char *ask_plain(batch *b)
{
    zone_table *table =
        ask_batch(b, &(zone_quota_options){.size = sizeof(zone_quota_options), .pieces = 1, .block = 1});
    char *text = as_text(b->ctx, table, ZONE_PARTS_ALL);

    zone_table_free(table);
    return text;
}

static void drop_journal(batch *b)
{
    unlink(file_in(&b->place, JOURNAL));
    close_batch(b);
}

/* Stops after `most` lines (the head is one), goes on, and compares with a run that was not stopped. */
static void expect_resumed(size_t most, size_t measured_again)
{
    batch b;
    zone_table *table = NULL;
    size_t lines = 0;

    open_three(&b);
    draw_farmland(&b.place, true);
    char *plain = ask_plain(&b);
    EXPECT_INT(ask_kept(&b, most, &table, &lines), ZONE_CANNOT_WRITE);
    EXPECT(!table);
    EXPECT_INT(ask_kept(&b, 0, &table, &lines), ZONE_OK);
    EXPECT_INT(lines, measured_again);
    EXPECT_CONTAINS(plain, "\"area_m2\": 100.000000,\n      \"detail\": null\n    }\n  ],\n  \"provenance\"");
    if (table) {
        char *text = as_text(b.ctx, table, ZONE_PARTS_ALL);
        expect_same_bytes(text, plain);
        free(text);
    }
    zone_table_free(table);
    free(plain);
    drop_journal(&b);
}

TEST(a_run_that_was_cut_short_goes_on_with_the_same_bytes)
{
    expect_resumed(1, 3);
    expect_resumed(2, 2);
    expect_resumed(3, 1);
}

/* A row of squares in one block. */
enum { ROW = 60 };

static void open_row(batch *b)
{
    drawing d;

    open_batch(b, RULES);
    begin_drawing(&d, 4549);
    for (int i = 0; i < ROW; i++)
        draw_box(&d, "\"NX\":\"30\"", i, 0, i + 0.5, 5);
    end_drawing(&d, SITES);
    add_sites(b, SITES);
}

typedef struct {
    size_t lines, lines_at_first, sites;
} watch;

static int watch_line(void *user, const char *bytes, size_t count)
{
    (void)bytes;
    (void)count;
    ((watch *)user)->lines++;
    return 0;
}

static int watch_site(void *user, const zone_table *site)
{
    watch *w = user;

    (void)site;
    if (w->sites++ == 0)
        w->lines_at_first = w->lines;
    return 0;
}

/* Of a block of 60 the first is told when no more than a few are judged, and each stands in the journal before. */
TEST(a_site_is_told_long_before_its_block_is_done)
{
    batch b;
    watch w = {0};
    zone_quota_options options = {
        .size = sizeof options, .site = watch_site, .site_user = &w, .journal = watch_line, .journal_user = &w};

    open_row(&b);
    zone_table_free(ask_batch(&b, &options));
    EXPECT_INT(w.sites, ROW);
    EXPECT_INT(w.lines, ROW + 1);
    EXPECT(w.lines_at_first > 1 && w.lines_at_first <= 17);
    w = (watch){0};
    options.order = "priority";
    zone_table_free(ask_batch(&b, &options));
    EXPECT_INT(w.lines_at_first, ROW + 1); /* only the end tells who is served */
    close_batch(&b);
}

/* In the middle of a block: what stands in the journal is not judged again. */
TEST(a_block_that_was_cut_short_goes_on_where_it_stopped)
{
    batch b;
    zone_table *table = NULL;
    size_t lines = 0;

    open_row(&b);
    draw_farmland(&b.place, true);
    char *plain = ask_plain(&b);
    EXPECT_INT(ask_in_blocks(&b, 0, 24, &table, &lines), ZONE_CANNOT_WRITE);
    EXPECT_INT(lines, 24);
    EXPECT_INT(ask_in_blocks(&b, 0, 0, &table, &lines), ZONE_OK);
    EXPECT_INT(lines, ROW + 1 - 24);
    char *text = as_text(b.ctx, table, ZONE_PARTS_ALL);
    expect_same_bytes(text, plain);
    free(text);
    free(plain);
    zone_table_free(table);
    drop_journal(&b);
}

/* The layers are read again for what the answer says of them. */
TEST(a_journal_with_all_sites_gives_the_same_bytes)
{
    batch b;
    zone_table *table = NULL;
    size_t lines = 0;

    open_three(&b);
    draw_farmland(&b.place, true);
    char *plain = ask_plain(&b);
    EXPECT_INT(ask_kept(&b, 0, &table, &lines), ZONE_OK);
    EXPECT_INT(lines, 4);
    zone_table_free(table);
    EXPECT_INT(ask_kept(&b, 0, &table, &lines), ZONE_OK);
    char *text = as_text(b.ctx, table, ZONE_PARTS_ALL);
    expect_same_bytes(text, plain);
    free(text);
    free(plain);
    zone_table_free(table);
    drop_journal(&b);
}

/* Sites that have no file are told apart by their shapes. */
TEST(the_journal_of_another_batch_is_refused)
{
    batch b;
    drawing d;
    zone_table *table = NULL;
    size_t lines = 0;

    open_batch(&b, RULES);
    for (int turn = 0; turn < 2; turn++) {
        zone_ledger_close(b.ledger);
        EXPECT_INT(zone_ledger_open(b.ctx, b.plan, &b.ledger), ZONE_OK);
        begin_drawing(&d, 4549);
        draw_box(&d, "\"XMBH\":\"A\",\"NX\":\"30\"", 60, 0, 70 + turn, 10);
        draw(&d, "]}");
        GDALDatasetH data = GDALOpenEx(d.text, GDAL_OF_VECTOR, NULL, NULL, NULL);
        zone_source *source = NULL;
        EXPECT(data != NULL);
        EXPECT_INT(zone_source_from_dataset(b.ctx, data, NULL, NULL, &source), ZONE_OK);
        EXPECT_INT(zone_ledger_add_source(b.ctx, b.ledger, source), ZONE_OK);
        zone_source_close(source);
        GDALClose(data);
        EXPECT_INT(ask_kept(&b, 0, &table, &lines), turn ? ZONE_BAD_FILE : ZONE_OK);
        EXPECT(turn ? !table : table != NULL);
        zone_table_free(table);
    }
    EXPECT_CONTAINS(zone_context_error_text(b.ctx), "another batch");
    drop_journal(&b);
}

TEST(a_damaged_line_is_measured_again)
{
    batch b;
    zone_table *table = NULL;
    size_t lines = 0;

    open_three(&b);
    char *plain = ask_plain(&b);
    EXPECT_INT(ask_kept(&b, 0, &table, &lines), ZONE_OK);
    zone_table_free(table);
    FILE *file = fopen(file_in(&b.place, JOURNAL), "r+b");
    int line_ends = 0;
    while (line_ends < 2)
        line_ends += fgetc(file) == '\n';
    fseek(file, 9, SEEK_CUR);
    fputc('z', file);
    fclose(file);
    EXPECT_INT(ask_kept(&b, 0, &table, &lines), ZONE_OK);
    EXPECT_INT(lines, 1);
    char *text = as_text(b.ctx, table, ZONE_PARTS_ALL);
    expect_same_bytes(text, plain);
    free(text);
    free(plain);
    zone_table_free(table);
    drop_journal(&b);
}
