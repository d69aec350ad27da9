/* A plan with checks and quotas over the two zones of scene.h, and a batch of sites before it. */
#ifndef ZONE_TEST_ASK_BATCH_H
#define ZONE_TEST_ASK_BATCH_H

#include "ask/scene.h"

#define SITES "/vsimem/batch_sites.geojson"

/* Zone a opens with what it declares, b's farmland is measured: 40 × 60 m². */
#define QUOTAS                                                                                                         \
    "quotas:\n  - {kind: construction, opening: area, draws: area}\n"                                                  \
    "  - {kind: farmland, opening: farmland, draws: farmland, otherwise: measured}\n"
#define CHECK(text) "  - {" text "}\n"

typedef struct {
    zone_context *ctx;
    place place;
    zone_plan *plan;
    zone_ledger *ledger;
} batch;

/* `rules` is the text of quotas and checks. `status`: of opening the plan. */
static inline zone_status open_batch_plan(batch *b, const char *rules)
{
    char text[8192];
    int length = 0;

    *b = (batch){.ctx = new_context()};
    open_place(&b->place);
    draw_scene(&b->place);
    draw_farmland(&b->place, false);
    length = snprintf(text, sizeof text, plan_text, "1 mu", "1 mu");
    snprintf(text + length, sizeof text - (size_t)length, "%s", rules);
    put_file(&b->place, "plan.yaml", text);
    return zone_plan_open(b->ctx, file_in(&b->place, "plan.yaml"), &b->plan);
}

static inline void open_batch(batch *b, const char *rules)
{
    EXPECT_INT(open_batch_plan(b, rules), ZONE_OK);
    if (b->plan)
        EXPECT_INT(zone_ledger_open(b->ctx, b->plan, &b->ledger), ZONE_OK);
    if (!b->ledger)
        printf("%s\n", zone_context_error_text(b->ctx));
}

static inline void close_batch(batch *b)
{
    zone_ledger_close(b->ledger);
    zone_plan_close(b->plan);
    close_place(&b->place);
    zone_context_free(b->ctx);
}

/* Two sites in zone a, one over both zones, one on both farmland and the third; coordinates to the metre. */
static inline void draw_sites(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"P1\",\"XMMC\":\"one\",\"YDLX\":\"home\",\"SBMJ\":100,\"NX\":\"30\",\"YXJ\":3", 20, 0, 30,
             10);
    draw_box(&d, "\"XMBH\":\"P2\",\"XMMC\":\"two\",\"YDLX\":\"home\",\"SBMJ\":400,\"NX\":\"25\",\"YXJ\":2", 40, 10, 60,
             30);
    draw_box(&d, "\"XMBH\":\"P3\",\"XMMC\":\"three\",\"YDLX\":\"works\",\"SBMJ\":200,\"NX\":\"20\",\"YXJ\":1", 90, 0,
             110, 10);
    end_drawing(&d, path);
}

static inline void add_sites(batch *b, const char *path)
{
    EXPECT_INT(zone_ledger_add(b->ctx, b->ledger, path, NULL), ZONE_OK);
}

static inline zone_table *ask_batch(batch *b, const zone_quota_options *options)
{
    zone_table *table = NULL;

    EXPECT_INT(zone_quota(b->ctx, b->ledger, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(b->ctx));
    return table;
}

/* Where they begin to differ is all that a person wants to see. */
static inline void expect_same_bytes(const char *is, const char *should)
{
    size_t at = 0;

    while (is[at] && is[at] == should[at])
        at++;
    if (is[at] != should[at])
        TEST_FAIL("byte %zu: %.60s | %.60s", at, is + (at > 30 ? at - 30 : 0), should + (at > 30 ? at - 30 : 0));
}

#endif
