/* A context a thread: threads that share a plan and a table and nothing else get the bytes that one thread gets. Under
 * ThreadSanitizer this also shows that nothing is shared unseen. */
#include "test.h"

#include <pthread.h> /* ThreadSanitizer does not know thrd_create */
#include <zone.h>

enum { THREADS = 4, ROUNDS = 3 };

typedef struct {
    char *bytes;
    size_t length;
} text;

typedef struct {
    const zone_plan *plan;
    const zone_table *table;
    char data[512];
    text answer[4];
    zone_status status;
} work;

static int keep(void *user, const char *bytes, size_t count)
{
    text *kept = user;
    char *grown = realloc(kept->bytes, kept->length + count + 1);

    if (!grown)
        return 1;
    memcpy(grown + kept->length, bytes, count);
    kept->bytes = grown;
    kept->length += count;
    grown[kept->length] = '\0';
    return 0;
}

static zone_status put(zone_context *ctx, const zone_table *table, text *kept)
{
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSON, .exact = 1};

    return zone_table_format(ctx, table, &options, keep, kept);
}

/* Every question from the source up, so that files, projections and GEOS are opened in each thread. */
static zone_status answer(zone_context *ctx, work *w)
{
    const zone_area_options geodesic = {.size = sizeof geodesic, .method = "geodesic"};
    zone_source *zones = NULL, *sites = NULL;
    zone_table *areas = NULL, *crossed = NULL, *layout = NULL;
    zone_status status = zone_source_open(ctx, w->data, NULL, &zones);

    if (!status)
        status = zone_source_from_plan(ctx, w->plan, "sites", NULL, &sites);
    if (!status)
        status = zone_area(ctx, zones, &geodesic, &areas);
    if (!status)
        status = zone_tabulate(ctx, sites, zones, NULL, &crossed);
    if (!status)
        status = zone_layout(ctx, w->plan, NULL, &layout);
    if (!status)
        status = put(ctx, areas, &w->answer[0]);
    if (!status)
        status = put(ctx, crossed, &w->answer[1]);
    if (!status)
        status = put(ctx, layout, &w->answer[2]);
    if (!status)
        status = put(ctx, w->table, &w->answer[3]);
    zone_table_free(areas);
    zone_table_free(crossed);
    zone_table_free(layout);
    zone_source_close(sites);
    zone_source_close(zones);
    return status;
}

static void *run(void *user)
{
    work *w = user;
    zone_context *ctx = NULL;

    w->status = zone_context_create(&ctx);
    if (!w->status)
        w->status = answer(ctx, w);
    if (w->status)
        fprintf(stderr, "%s\n", zone_context_error_text(ctx));
    zone_context_free(ctx);
    return NULL;
}

static void forget(work *w)
{
    for (size_t a = 0; a < 4; a++)
        free(w->answer[a].bytes);
}

static void compare(const work *alone, work *w)
{
    EXPECT(w->status == ZONE_OK);
    for (size_t a = 0; a < 4 && w->status == ZONE_OK; a++)
        EXPECT(w->answer[a].length == alone->answer[a].length &&
               memcmp(w->answer[a].bytes, alone->answer[a].bytes, alone->answer[a].length) == 0);
}

static void run_round(const work *alone)
{
    pthread_t thread[THREADS];
    work shares[THREADS];

    for (size_t t = 0; t < THREADS; t++) {
        shares[t] = *alone;
        memset(shares[t].answer, 0, sizeof shares[t].answer);
        EXPECT(pthread_create(&thread[t], NULL, run, &shares[t]) == 0);
    }
    for (size_t t = 0; t < THREADS; t++) {
        pthread_join(thread[t], NULL);
        compare(alone, &shares[t]);
        forget(&shares[t]);
    }
}

TEST(same_bytes_from_every_thread)
{
    const char *root = getenv("ZONE_SOURCE_DIR");
    zone_context *ctx = NULL;
    zone_plan *plan = NULL;
    zone_table *table = NULL;
    char path[512];
    work alone = {0};

    snprintf(path, sizeof path, "%s/geodata/jinlan.yaml", root ? root : ".");
    snprintf(alone.data, sizeof alone.data, "%s/geodata/jinlan.gpkg:zones", root ? root : ".");
    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    EXPECT(zone_plan_open(ctx, path, &plan) == ZONE_OK);
    EXPECT(zone_indicators(ctx, plan, NULL, &table) == ZONE_OK);
    alone.plan = plan;
    alone.table = table;
    run(&alone);
    EXPECT(alone.status == ZONE_OK && alone.answer[1].length > 100);
    for (int round = 0; round < ROUNDS; round++)
        run_round(&alone);
    forget(&alone);
    zone_table_free(table);
    zone_plan_close(plan);
    zone_context_free(ctx);
}
