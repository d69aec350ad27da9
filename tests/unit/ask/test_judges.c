/* Judges: several find the same as one, site by site. */
#include "ask/judges.h"

#include "ask/batch.h"

enum { ROW = 150 };

static const char rules[] = "checks:\n  - {rule: overlap, severity: reject, limit: 0.5 m2}\n"
                            "  - {rule: zones, severity: warn, limit: 1 %}\n";

/* A row of squares, each third on its neighbour. */
static const char *write_sites(batch *b)
{
    static char text[ROW * 160];
    size_t length = (size_t)snprintf(text, sizeof text, "XMBH,WKT\n");

    for (int i = 0; i < ROW; i++) {
        double west = 441010.0 + 0.6 * i - (i % 3 == 2 ? 0.3 : 0.0), east = west + 0.5;
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "S%d,\"POLYGON ((%.2f 3218010, %.2f 3218010, %.2f 3218015, %.2f 3218015, %.2f "
                                   "3218010))\"\n",
                                   i, west, east, east, west, west);
    }
    put_file(&b->place, "row.csv", text);
    return file_in(&b->place, "row.csv");
}

/* The row before its layers, ready to be judged. */
typedef struct {
    batch b;
    zone_sites sites;
    zone_trial trial;
    zone_crs *crs;
} hearing;

static void open_hearing(hearing *h)
{
    const zone_source_options options = {.size = sizeof options, .crs = "EPSG:4549"};

    *h = (hearing){.sites.batch.field_count = ZONE_SITE_WORDS};
    EXPECT_INT(open_batch_plan(&h->b, rules), ZONE_OK);
    EXPECT_INT(zone_plan_crs(h->b.ctx, h->b.plan, &h->crs), ZONE_OK);
    EXPECT_INT(zone_sites_add(h->b.ctx, &h->sites, write_sites(&h->b), &options, h->crs), ZONE_OK);
    EXPECT_INT(h->sites.batch.feature_count, ROW);
    EXPECT_INT(zone_sites_name(h->b.ctx, &h->sites), ZONE_OK);
    EXPECT_INT(zone_trial_open(h->b.ctx, h->b.plan, &h->sites, NULL, &h->trial), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&h->trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&h->trial, 0, ROW), ZONE_OK);
}

static void close_hearing(hearing *h)
{
    zone_trial_close(&h->trial);
    zone_sites_free(&h->sites);
    zone_crs_free(h->crs);
    unlink(file_in(&h->b.place, "row.csv"));
    close_batch(&h->b);
}

TEST(three_judges_find_what_one_finds)
{
    hearing h;
    zone_arena arenas[4] = {{0}};
    static zone_site_result one[ROW], three[ROW];
    size_t unmet = 0;

    open_hearing(&h);
    EXPECT_INT(zone_judges_run(&h.trial, &(zone_bench){.pieces = true, .arenas = arenas, .judges = 1}, one), ZONE_OK);
    EXPECT_INT(zone_judges_run(&h.trial, &(zone_bench){.pieces = true, .arenas = arenas + 1, .judges = 3}, three),
               ZONE_OK);
    for (int i = 0; i < ROW; i++) {
        EXPECT_INT(one[i].finding_count, 2);
        EXPECT_INT(three[i].finding_count, 2);
        EXPECT_INT(three[i].piece_count, one[i].piece_count);
        for (size_t f = 0; f < one[i].finding_count && f < three[i].finding_count; f++) {
            const zone_site_finding *a = &one[i].finding[f], *c = &three[i].finding[f];
            EXPECT(a->area == c->area && a->margin == c->margin && a->verdict == c->verdict);
            EXPECT(a->place[0] == c->place[0] && a->place[1] == c->place[1]);
            unmet += a->verdict == ZONE_FINDING_UNMET && a->check == 0;
        }
    }
    EXPECT_INT(unmet, 2 * ROW / 3); /* both sides of each overlap */
    for (int i = 0; i < 4; i++)
        zone_arena_free(&arenas[i]);
    close_hearing(&h);
}

typedef struct {
    const zone_site_result *results;
    size_t next, calls, early; /* calls at which the last site had no result yet */
} received;

static zone_status receive(zone_context *ctx, void *user, size_t first, size_t count)
{
    received *all = user;

    (void)ctx;
    EXPECT_INT(first, all->next);
    for (size_t i = first; i < first + count; i++)
        EXPECT(all->results[i].finding_count == 2);
    all->next = first + count;
    all->calls++;
    all->early += all->results[ROW - 1].finding_count == 0;
    return ZONE_OK;
}

/* Nobody waits for the end of the block: when the first are told, the last are not judged. */
TEST(sites_are_handed_on_in_their_order_while_others_are_judged)
{
    hearing h;
    static zone_site_result results[ROW];

    open_hearing(&h);
    for (size_t judges = 1; judges <= 3; judges += 2) {
        zone_arena arenas[3] = {{0}};
        received all = {.results = results};
        zone_bench bench = {.arenas = arenas, .judges = judges, .judged = receive, .user = &all};
        memset(results, 0, sizeof results);
        EXPECT_INT(zone_judges_run(&h.trial, &bench, results), ZONE_OK);
        EXPECT_INT(all.next, ROW);
        EXPECT(all.calls >= ROW / 16);
        EXPECT(all.early >= (judges == 1 ? all.calls - 1 : 1));
        for (size_t j = 0; j < judges; j++)
            zone_arena_free(&arenas[j]);
    }
    close_hearing(&h);
}

TEST(sites_that_are_known_are_not_judged_again)
{
    hearing h;
    static zone_site_result results[ROW];
    static bool known[ROW];
    zone_arena arena = {0};

    open_hearing(&h);
    for (int i = 0; i < ROW; i++)
        known[i] = i % 3 == 0;
    EXPECT_INT(zone_judges_run(&h.trial, &(zone_bench){.arenas = &arena, .judges = 1, .known = known}, results),
               ZONE_OK);
    for (int i = 0; i < ROW; i++)
        EXPECT_INT(results[i].finding_count, known[i] ? 0 : 2);
    zone_arena_free(&arena);
    close_hearing(&h);
}
