/* Plan files in a temporary folder beside the test, for room plan: the reader opens real files, none in GDAL's memory.
 */
#ifndef ZONE_TEST_PLAN_FIXTURE_H
#define ZONE_TEST_PLAN_FIXTURE_H

#include "plan/plan.h"
#include "test.h"

#include <unistd.h>

typedef struct {
    zone_context *ctx;
    char folder[96], path[128];
} place;

static inline void open_place(place *p)
{
    p->ctx = NULL;
    EXPECT_INT(zone_context_create(&p->ctx), ZONE_OK);
    snprintf(p->folder, sizeof p->folder, "zone-plan-XXXXXX");
    EXPECT(mkdtemp(p->folder) != NULL);
    snprintf(p->path, sizeof p->path, "%s/plan.yaml", p->folder);
}

static inline void close_place(place *p)
{
    unlink(p->path);
    EXPECT_INT(rmdir(p->folder), 0);
    zone_context_free(p->ctx);
}

static inline void put_bytes(const place *p, const char *bytes, size_t count)
{
    FILE *file = fopen(p->path, "wb");

    EXPECT(file != NULL);
    if (!file)
        return;
    EXPECT_INT(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

static inline void put_text(const place *p, const char *text)
{
    put_bytes(p, text, strlen(text));
}

/* The last error is a plan that is not well formed, at this line and key (NULL: none), and its text holds `part`. `of`
 * is printed with what is not so: many cases share one line of a test. */
static inline void expect_refusal(const place *p, const char *of, int line, const char *key, const char *part)
{
    const zone_error *error = zone_context_error(p->ctx);
    const char *text = zone_context_error_text(p->ctx);

    if (error->status != ZONE_BAD_PLAN)
        TEST_FAIL("status is %s, expected BAD_PLAN, for:\n%s", zone_status_name(error->status), of);
    if (!error->file || strcmp(error->file, p->path) != 0)
        TEST_FAIL("file is %s for:\n%s", error->file ? error->file : "(null)", of);
    if (error->line != line)
        TEST_FAIL("line is %d, expected %d, for:\n%s", error->line, line, of);
    if (key ? !error->key || strcmp(error->key, key) != 0 : error->key != NULL)
        TEST_FAIL("key is %s, expected %s, for:\n%s", error->key ? error->key : "(null)", key ? key : "(null)", of);
    if (!strstr(text, part))
        TEST_FAIL("\"%s\" does not hold \"%s\", for:\n%s", text, part, of);
}

/* ---------------------------------------------------------------- plans */

/* A plan of few lines; the tests count them. */
#define HEAD   "plan: 1\ntitle: 新城\ncrs: EPSG:4549\ngeometry: schematic\n" /* 1 to 4 */
#define WHOLE  "whole: {name: All, area: 29.54 km2}\n"                       /* 5 */
#define ZONES  "zones:\n  - {id: a, name: First}\n"                          /* 6 and 7 */
#define LAYERS "layers:\n  zones: {data: town.gpkg}\n"                       /* 8 and 9 */
#define LEAST  HEAD WHOLE ZONES LAYERS

static inline zone_plan *open_plan(place *p, const char *text)
{
    zone_plan *plan = NULL;

    open_place(p);
    put_text(p, text);
    if (zone_plan_open(p->ctx, p->path, &plan))
        TEST_FAIL("%s", zone_context_error_text(p->ctx));
    return plan;
}

static inline void close_plan(place *p, zone_plan *plan)
{
    zone_plan_close(plan);
    close_place(p);
}

/* A text that is no plan, and how it is told. */
typedef struct {
    const char *text;
    int line;
    const char *key, *part;
} wrong_plan;

static inline void refuse_all(const wrong_plan *wrong, size_t count)
{
    place p;

    open_place(&p);
    for (size_t i = 0; i < count; i++) {
        zone_plan *plan = (zone_plan *)(void *)&p;
        put_text(&p, wrong[i].text);
        EXPECT_INT(zone_plan_open(p.ctx, p.path, &plan), ZONE_BAD_PLAN);
        EXPECT(plan == NULL);
        expect_refusal(&p, wrong[i].text, wrong[i].line, wrong[i].key, wrong[i].part);
    }
    close_place(&p);
}

#define REFUSE_ALL(wrong) refuse_all((wrong), sizeof(wrong) / sizeof *(wrong))

#endif
