/* Every allocation of the library fails once: over one small run each of area, tabulate and change the n-th call
 * of malloc, calloc or realloc from our objects gets nothing, for every n up to the end of the run. The run must say
 * ZONE_NO_MEMORY, or go on unharmed: then its rows are those of the run that had memory. Linked with --wrap, so that
 * what GDAL, GEOS and PROJ allocate is theirs. */
#include "ask/changing.h"

#include <stdatomic.h>

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

static void fail_each(const char *name, zone_status (*ask)(scene *, zone_table **))
{
    scene s = {0};
    zone_table *table = NULL;
    long n = 0;

    open_layers(&s);
    EXPECT_INT(ask(&s, &table), ZONE_OK);
    char *rows = as_text(s.ctx, table, ZONE_PARTS_TABLE);
    zone_table_free(table);
    while (test_failures < 20 && run_once(&s, name, ask, n, rows))
        n++;
    printf("%s: %ld allocations\n", name, n);
    EXPECT(n > 50);
    free(rows);
    close_layers(&s);
}

TEST(every_allocation_of_a_question_may_fail)
{
    draw_two_zones();
    draw_old_date();
    draw_tiles_of("/vsimem/memory_new.geojson", 1, 0);
    fail_each("area", ask_area);
    fail_each("tabulate", ask_tabulate);
    fail_each("change", ask_what_changed);
    fail_each("a part of a change", ask_part_of_change);
}
