/* Parts of a change that were read: judged and compared. */
#include "ask/parts_change.h"

#include "ask/changing.h"
#include "read/partial.h"

typedef struct {
    zone_context *ctx;
    char path[2][PART_PATH];
    zone_part part[2];
} pair;

static void open_pair(pair *p)
{
    p->ctx = new_context();
    draw_old_date();
    for (int i = 0; i < 2; i++) {
        p->part[i].path = put_change(p->ctx, p->path[i], i ? "change_b" : "change_a", 2, i, NULL);
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

TEST(sums_and_covered_features_that_contradict_each_other_are_refused)
{
    static const struct {
        int column;
        int64_t lie;
    } lies[] = {{ZONE_COVERED_FEATURE, 3}, {ZONE_COVERED_ZONE, 1}, {ZONE_COVERED_GROUP, 0}, {ZONE_COVERED_GROUP, 99}};
    pair p;
    open_pair(&p);
    const zone_partial *partial = p.part[0].partial;
    zone_table *covered = partial->table[ZONE_PARTIAL_COVERED], *inputs = partial->table[ZONE_PARTIAL_INPUTS];

    EXPECT(zone_parts_change_agrees(partial));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        size_t row = zone_table_row_count(covered) - 1;
        int64_t is = zone_table_integer(covered, row, (size_t)lies[i].column);
        zone_table_set_integer(covered, row, lies[i].column, lies[i].lie);
        EXPECT_INT(zone_part_check(p.ctx, &p.part[0]), ZONE_BAD_FILE);
        zone_table_set_integer(covered, row, lies[i].column, is);
    }
    zone_table_set_area(inputs, 0, ZONE_INPUTS_WHOLE, zone_table_area(inputs, 0, ZONE_INPUTS_WHOLE) + 1);
    EXPECT(!zone_parts_change_agrees(partial));
    close_pair(&p);
}

TEST(another_old_date_is_refused)
{
    pair p;
    open_pair(&p);
    zone_table *inputs = p.part[1].partial->table[ZONE_PARTIAL_INPUTS];

    EXPECT_INT(zone_parts_agree(p.ctx, p.part, 2), ZONE_OK);
    EXPECT_INT(zone_parts_change_compare(p.ctx, &p.part[1], &p.part[0]), ZONE_OK);
    zone_table_set_area(inputs, 0, ZONE_INPUTS_REPEAT, 1);
    EXPECT_INT(zone_parts_change_compare(p.ctx, &p.part[1], &p.part[0]), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error(p.ctx)->found, "sums of date 1: ");
    close_pair(&p);
}
