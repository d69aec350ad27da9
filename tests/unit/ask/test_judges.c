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

TEST(three_judges_find_what_one_finds)
{
    batch b;
    zone_sites sites = {.batch.field_count = ZONE_SITE_WORDS};
    zone_trial trial;
    zone_crs *crs = NULL;
    zone_arena arenas[4] = {{0}};
    static zone_site_result one[ROW], three[ROW];
    const zone_source_options options = {.size = sizeof options, .crs = "EPSG:4549"};
    size_t unmet = 0;

    EXPECT_INT(open_batch_plan(&b, rules), ZONE_OK);
    EXPECT_INT(zone_plan_crs(b.ctx, b.plan, &crs), ZONE_OK);
    EXPECT_INT(zone_sites_add(b.ctx, &sites, write_sites(&b), &options, crs), ZONE_OK);
    EXPECT_INT(sites.batch.feature_count, ROW);
    EXPECT_INT(zone_sites_name(b.ctx, &sites), ZONE_OK);
    EXPECT_INT(zone_trial_open(b.ctx, b.plan, &sites, NULL, &trial), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&trial, 0, ROW), ZONE_OK);
    EXPECT_INT(zone_judges_run(&trial, false, true, arenas, 1, one), ZONE_OK);
    EXPECT_INT(zone_judges_run(&trial, false, true, arenas + 1, 3, three), ZONE_OK);
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
    zone_trial_close(&trial);
    zone_sites_free(&sites);
    zone_crs_free(crs);
    unlink(file_in(&b.place, "row.csv"));
    close_batch(&b);
}
