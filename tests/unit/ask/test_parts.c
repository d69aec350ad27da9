/* Parts that were read: judged, compared, added up. */
#include "ask/merging.h"
#include "ask/parts.h"
#include "read/partial.h"

typedef struct {
    zone_context *ctx;
    char path[2][PART_PATH];
    zone_part part[2];
} pair;

static void open_pair(pair *p)
{
    p->ctx = new_context();
    draw_two_zones();
    for (int i = 0; i < 2; i++) {
        p->part[i].path = put_part(p->ctx, p->path[i], i ? "parts_b" : "parts_a", 2, i, MERGE_ZONES, "grid");
        EXPECT_INT(zone_partial_read(p->ctx, p->path[i], &p->part[i].partial), ZONE_OK);
        EXPECT_INT(zone_part_check(p->ctx, &p->part[i]), ZONE_OK);
    }
}

static void close_pair(pair *p)
{
    for (int i = 0; i < 2; i++) {
        zone_partial_free(p->part[i].partial);
        unlink(p->path[i]);
    }
    zone_context_free(p->ctx);
}

static void expect_contradiction(pair *p)
{
    EXPECT_INT(zone_part_check(p->ctx, &p->part[0]), ZONE_BAD_FILE);
    EXPECT_CONTAINS(zone_context_error_text(p->ctx), p->path[0]);
}

TEST(cells_that_contradict_each_other_are_refused)
{
    pair p;
    open_pair(&p);
    zone_table *const *table = p.part[0].partial->table;
    zone_table *groups = table[ZONE_PARTIAL_GROUPS], *inputs = table[ZONE_PARTIAL_INPUTS];
    zone_exact area = zone_table_area(groups, 0, ZONE_GROUPS_AREAS);
    int64_t used = zone_table_integer(inputs, 1, ZONE_INPUTS_USED);

    zone_table_set_area(groups, 0, ZONE_GROUPS_AREAS, area + 1);
    expect_contradiction(&p);
    zone_table_set_area(groups, 0, ZONE_GROUPS_AREAS, (zone_exact)1 << 126);
    expect_contradiction(&p);
    zone_table_set_area(groups, 0, ZONE_GROUPS_AREAS, area);
    zone_table_set_integer(groups, 0, ZONE_GROUPS_ORDER, 2);
    expect_contradiction(&p);
    zone_table_set_integer(groups, 0, ZONE_GROUPS_ORDER, 0);
    zone_table_set_integer(inputs, 1, ZONE_INPUTS_USED, used + 1);
    expect_contradiction(&p);
    zone_table_set_integer(inputs, 1, ZONE_INPUTS_USED, used);
    zone_table_set_text(inputs, 1, ZONE_INPUTS_ROLE, "zones");
    expect_contradiction(&p);
    zone_table_set_text(inputs, 1, ZONE_INPUTS_ROLE, "data");
    zone_table_set_text(table[ZONE_PARTIAL_COLUMNS], 2, ZONE_COLUMNS_NAME, "flat");
    expect_contradiction(&p);
    zone_table_set_text(table[ZONE_PARTIAL_COLUMNS], 2, ZONE_COLUMNS_NAME, "grid");
    zone_table_set_text(table[ZONE_PARTIAL_COLUMNS], 1, ZONE_COLUMNS_EDITION, "nobody-1999");
    expect_contradiction(&p);
    close_pair(&p);
}

TEST(parts_of_different_questions_do_not_belong_together)
{
    pair p;
    open_pair(&p);
    zone_table *const *table = p.part[1].partial->table;

    EXPECT_INT(zone_parts_agree(p.ctx, p.part, 2), ZONE_OK);
    zone_table_set_text(table[ZONE_PARTIAL_REQUEST], 6, ZONE_REQUEST_VALUE, "xxh3:other");
    EXPECT_INT(zone_parts_agree(p.ctx, p.part, 2), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(p.ctx)->file, p.path[1]);
    EXPECT_TEXT(zone_context_error(p.ctx)->found, "hash of the zones: xxh3:other");
    EXPECT_CONTAINS(zone_context_error(p.ctx)->expected, p.path[0]);
    close_pair(&p);
    open_pair(&p);
    zone_table_set_area(p.part[1].partial->table[ZONE_PARTIAL_ZONES], 1, ZONE_ZONES_AREA, 1);
    EXPECT_INT(zone_parts_agree(p.ctx, p.part, 2), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error(p.ctx)->found, "zone: a");
    close_pair(&p);
}

TEST(the_same_land_is_not_counted_twice)
{
    static const struct {
        const char *label, *layer, *hash;
        zone_status status;
    } second[] = {{"/vsimem/parts_a.geojson:parts_a", "parts_a", "xxh3:1", ZONE_BAD_USAGE},
                  {"/elsewhere/copy.geojson:copy", "copy", "xxh3:1", ZONE_BAD_USAGE},
                  {"/vsimem/parts_a.geojson:other", "other", "xxh3:1", ZONE_OK},
                  {"/vsimem/parts_a.geojson:parts_a", "parts_a", "xxh3:2", ZONE_OK}};

    for (size_t i = 0; i < sizeof second / sizeof *second; i++) {
        pair p;
        open_pair(&p);
        zone_table *one = p.part[0].partial->table[ZONE_PARTIAL_INPUTS];
        zone_table *other = p.part[1].partial->table[ZONE_PARTIAL_INPUTS];
        zone_table_set_text(one, 1, ZONE_INPUTS_HASH, "xxh3:1");
        zone_table_set_text(other, 1, ZONE_INPUTS_HASH, second[i].hash);
        zone_table_set_text(other, 1, ZONE_INPUTS_LABEL, second[i].label);
        zone_table_set_text(other, 1, ZONE_INPUTS_LAYER, second[i].layer);
        EXPECT_INT(zone_parts_agree(p.ctx, p.part, 2), second[i].status);
        close_pair(&p);
    }
}

TEST(inputs_are_added_up_and_their_first_ids_go_by_their_part)
{
    pair p;
    open_pair(&p);
    zone_partial *sum = zone_partial_create();
    zone_part_totals totals;
    zone_table_set_text(p.part[0].partial->table[ZONE_PARTIAL_INPUTS], 1, ZONE_INPUTS_FIRST_OUTSIDE, "3, 4");

    EXPECT_INT(zone_parts_inputs(p.ctx, p.part, 2, sum), ZONE_OK);
    EXPECT_INT(zone_part_totals_of(p.ctx, sum, &totals), ZONE_OK);
    EXPECT_INT(totals.data.features, 15);
    EXPECT_INT(totals.zones.features, 2);
    EXPECT_INT(totals.filled, 2);
    EXPECT_TEXT(totals.data.input, "2 parts");
    EXPECT_TEXT(totals.data.first_outside, "/vsimem/parts_a.geojson:parts_a: 3, 4");
    EXPECT(totals.whole == 24000 * ZONE_EXACT_M2);
    EXPECT_INT(zone_part_totals_refuse(p.ctx, &totals, "p"), ZONE_OK);
    totals.data.used = 0;
    EXPECT_INT(zone_part_totals_refuse(p.ctx, &totals, "p"), ZONE_BAD_GEOMETRY);
    zone_partial_free(sum);
    close_pair(&p);
}

TEST(sums_beyond_reason_are_refused)
{
    zone_context *ctx = new_context();
    zone_exact sum = 80000000000000000 * ZONE_EXACT_M2;
    uint64_t count = INT64_MAX - 1;

    EXPECT_INT(zone_part_add(ctx, &sum, -1), ZONE_OK);
    EXPECT_INT(zone_part_add(ctx, &sum, 2), ZONE_TOO_LARGE);
    EXPECT_INT(zone_part_count(ctx, &count, 1), ZONE_OK);
    EXPECT_INT(zone_part_count(ctx, &count, 1), ZONE_TOO_LARGE);
    zone_context_free(ctx);
}
