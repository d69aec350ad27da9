/* Repeats: the same in runs of sites as all at once, whatever the block; sites that hold too much say so. */
#include "ask/repeats.h"

#include "ask/trying.h"

enum { ROW = 12 };

#define FARMLAND "  - {kind: farmland, opening: farmland, draws: farmland, otherwise: measured}\n"
#define CHECKS                                                                                                         \
    "  - {rule: farmland, of: farmland}\n  - {rule: near, of: farmland, within: 3 m}\n"                                \
    "  - {rule: quota, kind: farmland}\n"

/* A row of sites over a row of features, each over the next by a half and the tenth over its two neighbours wholly. */
static void open_row(trying *t)
{
    char boxes[1024] = "";

    begin_trying(t);
    for (int i = 0; i < ROW; i++) {
        char id[16];
        snprintf(id, sizeof id, "s%d", i);
        box_site(t, id, 12 * i, 10, 12 * i + 9, 20);
    }
    for (int i = 0; i < 2 * ROW; i++) {
        size_t length = strlen(boxes);
        snprintf(boxes + length, sizeof boxes - length, "%sf%d %d %d %d 40", i ? ", " : "", i, 6 * i, i % 3, 6 * i + 9);
    }
    strcat(boxes, ", wide 57 5 73 18");
    put_boxes(&t->p, "farmland.geojson", boxes);
    EXPECT_INT(open_trying(t, 4549, "grid", FARMLAND, CHECKS), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&t->trial), ZONE_OK);
}

static zone_held *farmland_of(trying *t)
{
    for (size_t i = 0; i < t->trial.held_count; i++)
        if (strcmp(t->trial.held[i].key, "farmland") == 0)
            return &t->trial.held[i];
    return NULL;
}

static size_t note_list(const zone_holding_list *list, size_t site, zone_exact *to)
{
    size_t count = 0;

    for (size_t i = list->start[site]; i < list->start[site + 1]; i++)
        to[count++] = list->holding[i].repeat;
    return count;
}

/* The repeats of a site of the block: in it, by zone, near. */
static size_t note_site(const zone_held *held, size_t site, zone_exact to[64])
{
    size_t count = note_list(&held->in_sites, site, to);

    count += note_list(&held->in_zones, site, to + count);
    return count + note_list(&held->near[0], site, to + count);
}

static zone_exact whole[ROW][64];
static size_t whole_count[ROW];

static void expect_whole(const zone_held *held, size_t first, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        zone_exact found[64];
        EXPECT(held->looked[s]);
        EXPECT_INT(note_site(held, s, found), whole_count[first + s]);
        for (size_t i = 0; i < whole_count[first + s]; i++)
            if (found[i] != whole[first + s][i])
                TEST_FAIL("site %zu, number %zu: %.12f m2, expected %.12f", first + s, i, zone_exact_to_m2(found[i]),
                          zone_exact_to_m2(whole[first + s][i]));
    }
}

TEST(runs_and_blocks_of_any_size_find_the_same)
{
    trying t;
    zone_exact sum = 0;

    open_row(&t);
    zone_held *held = farmland_of(&t);
    EXPECT_INT(zone_trial_block(&t.trial, 0, ROW), ZONE_OK);
    for (size_t s = 0; s < ROW; s++) {
        whole_count[s] = note_site(held, s, whole[s]);
        for (size_t i = held->in_sites.start[s]; i < held->in_sites.start[s + 1]; i++)
            sum += held->in_sites.holding[i].repeat;
    }
    EXPECT(sum > 100 * ZONE_EXACT_M2 && held->twice == sum);
    for (size_t most = 28; most <= 60; most += 4) { /* a site holds up to seven features of four vertices */
        held->most = most;
        EXPECT_INT(zone_trial_block(&t.trial, 0, ROW), ZONE_OK);
        EXPECT(held->kept.vertex_count > most);
        expect_whole(held, 0, ROW);
    }
    for (size_t block = 1; block < ROW; block++)
        for (size_t first = 0; first < ROW; first += block) {
            size_t count = ROW - first < block ? ROW - first : block;
            EXPECT_INT(zone_trial_block(&t.trial, first, count), ZONE_OK);
            expect_whole(held, first, count);
        }
    end_trying(&t);
}

/* One site over all of the row; the others are looked at as if it were not there. */
TEST(a_site_that_holds_too_much_is_told_and_takes_nothing_from_the_others)
{
    trying t;

    open_row(&t);
    zone_held *held = farmland_of(&t);
    EXPECT_INT(zone_trial_block(&t.trial, 0, ROW), ZONE_OK);
    for (size_t s = 0; s < ROW; s++)
        whole_count[s] = note_site(held, s, whole[s]);
    end_trying(&t);

    begin_trying(&t);
    char boxes[1024] = "";
    for (int i = 0; i < 2 * ROW; i++) {
        size_t length = strlen(boxes);
        snprintf(boxes + length, sizeof boxes - length, "%sf%d %d %d %d 40", i ? ", " : "", i, 6 * i, i % 3, 6 * i + 9);
    }
    strcat(boxes, ", wide 57 5 73 18");
    put_boxes(&t.p, "farmland.geojson", boxes);
    box_site(&t, "s0", 0, 10, 9, 20);
    box_site(&t, "all", 0, 0, 150, 40);
    for (int i = 1; i < ROW; i++)
        box_site(&t, "s", 12 * i, 10, 12 * i + 9, 20);
    EXPECT_INT(open_trying(&t, 4549, "grid", FARMLAND, CHECKS), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&t.trial), ZONE_OK);
    held = farmland_of(&t);
    held->most = 40;
    for (size_t first = 0; first < 2; first++) { /* whatever the block */
        EXPECT_INT(zone_trial_block(&t.trial, first, ROW + 1 - first), ZONE_OK);
        EXPECT(!held->looked[1 - first]);
        for (size_t s = 2 - first; s < ROW + 1 - first; s++) {
            zone_exact found[64];
            EXPECT(held->looked[s]);
            EXPECT_INT(note_site(held, s, found), whole_count[s + first - 1]);
            for (size_t i = 0; i < whole_count[s + first - 1]; i++)
                EXPECT(found[i] == whole[s + first - 1][i]);
        }
        for (size_t i = held->in_sites.start[1 - first]; i < held->in_sites.start[2 - first]; i++)
            EXPECT(held->in_sites.holding[i].repeat == 0);
    }
    end_trying(&t);
}

/* Features without rings can't be looked at; one alone repeats nothing. */
TEST(what_is_kept_without_rings_is_not_looked_at)
{
    trying t;

    begin_trying(&t);
    box_site(&t, "site", 0, 0, 40, 10);
    try_sites(&t, "grid", "", "  - {rule: land, of: landuse, classes: [agricultural], severity: note}\n");
    EXPECT(!zone_trial_held(&t.trial, "landuse")->looked[0]);
    EXPECT(zone_trial_held(&t.trial, "redline")->looked[0]);
    end_trying(&t);
}
