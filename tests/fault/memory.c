/* Every allocation of the library fails once: over one small run each of area, tabulate, change and quota the n-th call
 * of malloc, calloc or realloc from our objects gets nothing, for every n up to the end of the run. The run must say
 * ZONE_NO_MEMORY, or go on unharmed: then its rows are those of the run that had memory. Linked with --wrap, so that
 * what GDAL, GEOS and PROJ allocate is theirs. */
#include "ask/batch.h"
#include "ask/changing.h"

#include <stdatomic.h>
#include <time.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

/* Calls until the one that fails; below 0: none does. */
static atomic_long before_failure = -1;

static bool fails(void)
{
    return atomic_load(&before_failure) >= 0 && atomic_fetch_sub(&before_failure, 1) == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

typedef struct {
    zone_context *ctx;
    zone_source *source[3];
    batch batch;
} scene;

static void open_layers(scene *s)
{
    s->ctx = new_context();
    zone_context_set_threads(s->ctx, 1);
    s->source[0] = open_source(s->ctx, CHANGE_OLD, NULL);
    s->source[1] = open_source(s->ctx, "/vsimem/memory_new.geojson", NULL);
    s->source[2] = open_source(s->ctx, MERGE_ZONES, NULL);
}

static void close_layers(scene *s)
{
    for (int i = 2; i >= 0; i--)
        zone_source_close(s->source[i]);
    zone_context_free(s->ctx);
}

static zone_status ask_area(scene *s, zone_table **table)
{
    const zone_area_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .partial = 1};

    return zone_area(s->ctx, s->source[0], &options, table);
}

static zone_status ask_tabulate(scene *s, zone_table **table)
{
    const zone_tabulate_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .partial = 1};

    return zone_tabulate(s->ctx, s->source[1], s->source[2], &options, table);
}

static zone_status ask_what_changed(scene *s, zone_table **table)
{
    const zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};

    return zone_change(s->ctx, s->source[0], s->source[1], s->source[2], &options, table);
}

static zone_status ask_part_of_change(scene *s, zone_table **table)
{
    const zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .partial = 1};

    return zone_change(s->ctx, s->source[0], s->source[1], s->source[2], &options, table);
}

/* A run of a batch takes some 30 ms, under a sanitizer more. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 29 };
#else
enum { STRIDE = 7 };
#endif

/* Each kind of rule once; the plan, sites and layers are read anew. */
#define JUDGED                                                                                                         \
    QUOTAS "checks:\n" CHECK("rule: sound, severity: warn") CHECK("rule: identity, severity: warn")                    \
        CHECK("rule: inside, of: boundary, severity: reject, limit: 1 m2")                                             \
            CHECK("rule: zones, severity: warn, limit: 1 %")                                                           \
                CHECK("rule: land, of: landuse, classes: [agricultural], severity: note")                              \
                    CHECK("rule: use, of: planned, severity: warn, limit: 5 %, kinds: {home: [\"07\"]}")               \
                        CHECK("rule: farmland, of: farmland, severity: note, limit: 10 m2")                            \
                            CHECK("rule: near, of: farmland, within: 5 m, severity: note, limit: 0 m2")                \
                                CHECK("rule: overlap, severity: reject, limit: 1 m2, narrow: 0.5 m")                   \
                                    CHECK("rule: claimed, severity: warn, limit: 0.1 %")                               \
                                        CHECK("rule: term, severity: reject, allowed: [20, 30]")                       \
                                            CHECK("rule: quota, kind: construction, severity: reject")                 \
                                                CHECK("rule: quota, name: fields, kind: farmland, severity: warn")

static zone_status ask_quota(scene *s, zone_table **table)
{
    const zone_quota_options options = {.size = sizeof options, .pieces = 1};
    zone_plan *plan = NULL;
    zone_ledger *ledger = NULL;
    zone_status status = zone_plan_open(s->ctx, file_in(&s->batch.place, "plan.yaml"), &plan);

    if (!status)
        status = zone_ledger_open(s->ctx, plan, &ledger);
    if (!status)
        status = zone_ledger_add(s->ctx, ledger, SITES, NULL);
    if (!status)
        status = zone_quota(s->ctx, ledger, &options, table);
    zone_ledger_close(ledger);
    zone_plan_close(plan);
    return status;
}

/* A run in which the n-th allocation fails; was it reached? */
static bool run_once(scene *s, const char *name, zone_status (*ask)(scene *, zone_table **), long n, const char *rows)
{
    zone_table *table = NULL;

    atomic_store(&before_failure, n);
    zone_status status = ask(s, &table);
    bool reached = atomic_load(&before_failure) < 0;
    atomic_store(&before_failure, -1);
    if (status != (reached && status ? ZONE_NO_MEMORY : ZONE_OK) || (status == ZONE_OK) != (table != NULL))
        TEST_FAIL("%s, allocation %ld: status %d, %s", name, n, (int)status, zone_context_error_text(s->ctx));
    char *text = table ? as_text(s->ctx, table, ZONE_PARTS_TABLE) : NULL;
    const char *below = text ? strchr(text, '\n') : NULL; /* the title is a text, which may be missing */
    if (below && !strstr(rows, below))
        TEST_FAIL("%s, allocation %ld: other rows\n%s", name, n, text);
    free(text);
    zone_table_free(table);
    return reached;
}

/* With a stride the first one differs from run to run, so that several runs visit all. */
static void fail_each(scene *s, const char *name, zone_status (*ask)(scene *, zone_table **), long stride)
{
    const char *seed = getenv("ZONE_SEED");
    long first = (seed ? strtol(seed, NULL, 10) : (long)time(NULL)) % stride, n = first;
    zone_table *table = NULL;

    EXPECT_INT(ask(s, &table), ZONE_OK);
    char *rows = as_text(s->ctx, table, ZONE_PARTS_TABLE);
    zone_table_free(table);
    while (test_failures < 20 && run_once(s, name, ask, n, rows))
        n += stride;
    printf("%s: %ld allocations, every %ld from %ld (ZONE_SEED=%ld)\n", name, n, stride, first, first);
    EXPECT(n > 50);
    free(rows);
}

TEST(every_allocation_of_a_question_may_fail)
{
    scene s = {0};

    draw_two_zones();
    draw_old_date();
    draw_tiles_of("/vsimem/memory_new.geojson", 1, 0);
    open_layers(&s);
    fail_each(&s, "area", ask_area, 1);
    fail_each(&s, "tabulate", ask_tabulate, 1);
    fail_each(&s, "change", ask_what_changed, 1);
    fail_each(&s, "a part of a change", ask_part_of_change, 1);
    close_layers(&s);
}

TEST(every_allocation_of_a_batch_may_fail)
{
    scene s = {0};

    draw_sites(SITES);
    EXPECT_INT(open_batch_plan(&s.batch, JUDGED), ZONE_OK);
    s.ctx = s.batch.ctx;
    zone_context_set_threads(s.ctx, 1);
    fail_each(&s, "quota", ask_quota, STRIDE);
    close_batch(&s.batch);
}
