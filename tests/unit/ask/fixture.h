/* Small layers in GDAL's memory and small plans in a temporary folder, for the tests of room ask. Coordinates are
 * metres from 441000 E, 3218000 N in EPSG:4549, so that the grid area of a drawing is easy to say. */
#ifndef ZONE_TEST_ASK_FIXTURE_H
#define ZONE_TEST_ASK_FIXTURE_H

#include "read/fixture.h"

#include "base/table.h"

#include <stdarg.h>
#include <unistd.h>

typedef struct {
    char text[65536];
    size_t length;
} drawing;

static inline void draw(drawing *d, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(d->text + d->length, sizeof d->text - d->length, format, arguments);
    va_end(arguments);
    d->length += (size_t)length;
}

static inline void begin_drawing(drawing *d, int epsg)
{
    d->length = 0;
    draw(d,
         "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":"
         "{\"name\":\"urn:ogc:def:crs:EPSG::%d\"}},\"features\":[",
         epsg);
}

/* A polygon of "x y, x y, …" (metres from the corner; not closed) with `properties` as JSON members. A second ring
 * after a | is a hole. */
static inline void draw_polygon(drawing *d, const char *properties, const char *points)
{
    double x, y, first_x = 0, first_y = 0;
    int used, ring = 1;

    draw(d, "%s{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[",
         d->text[d->length - 1] == '[' ? "" : ",", properties);
    for (int i = 0; sscanf(points, "%lf %lf%n", &x, &y, &used) == 2; i++) {
        if (ring) {
            first_x = x;
            first_y = y;
        }
        draw(d, "%s[%.9f,%.9f]", ring ? "" : ",", 441000 + x, 3218000 + y);
        points += used;
        ring = *points == '|';
        if (ring || !*points)
            draw(d, ",[%.9f,%.9f]%s", 441000 + first_x, 3218000 + first_y, ring ? "],[" : "");
        points += *points != '\0';
    }
    draw(d, "]]}}");
}

static inline void draw_box(drawing *d, const char *properties, double west, double south, double east, double north)
{
    char points[256];

    snprintf(points, sizeof points, "%.9f %.9f,%.9f %.9f,%.9f %.9f,%.9f %.9f", west, south, east, south, east, north,
             west, north);
    draw_polygon(d, properties, points);
}

static inline void end_drawing(drawing *d, const char *path)
{
    draw(d, "]}");
    if (strncmp(path, "/vsimem/", 8) == 0) {
        put_text(path, d->text);
        return;
    }
    FILE *file = fopen(path, "wb");
    if (file) {
        fwrite(d->text, 1, d->length, file);
        fclose(file);
    }
}

/* A column by name, failing the test when it is not there. */
static inline size_t column(const zone_table *table, const char *name)
{
    int found = zone_table_column_find(table, name);

    if (found < 0)
        TEST_FAIL("no column %s", name);
    return found < 0 ? 0 : (size_t)found;
}

static inline double number_at(const zone_table *table, size_t row, const char *name)
{
    return zone_table_number(table, row, column(table, name));
}

static inline const char *text_at(const zone_table *table, size_t row, const char *name)
{
    return zone_table_text(table, row, column(table, name));
}

/* The row whose texts in two columns are these (second NULL: any); the row count when there is none. */
static inline size_t find_row(const zone_table *table, const char *first, const char *is, const char *second,
                              const char *and)
{
    for (size_t r = 0; r < zone_table_row_count(table); r++) {
        const char *a = text_at(table, r, first), *b = second ? text_at(table, r, second) : NULL;
        if (a && strcmp(a, is) == 0 && (!second || (b && strcmp(b, and) == 0)))
            return r;
    }
    TEST_FAIL("no row with %s %s", first, is);
    return zone_table_row_count(table);
}

/* A line of closure: exact, and in m². `of` NULL: the first with this item. */
static inline zone_exact closure_exact(const zone_table *table, const char *item, const char *of)
{
    const zone_table *closure = zone_table_section(table, ZONE_SECTION_CLOSURE);

    return zone_table_area(closure, find_row(closure, "item", item, of ? "of" : NULL, of), column(closure, "area"));
}

static inline double closure(const zone_table *table, const char *item, const char *of)
{
    return zone_exact_to_m2(closure_exact(table, item, of));
}

static inline const char *closure_detail(const zone_table *table, const char *item, const char *of)
{
    const zone_table *lines = zone_table_section(table, ZONE_SECTION_CLOSURE);

    return text_at(lines, find_row(lines, "item", item, of ? "of" : NULL, of), "detail");
}

/* The text form of a whole table, for comparing byte by byte; yours to free. */
typedef struct {
    char *bytes;
    size_t count;
} collected;

static inline int collect(void *user, const char *bytes, size_t count)
{
    collected *all = user;
    char *grown = realloc(all->bytes, all->count + count + 1);

    if (!grown)
        return 1;
    memcpy(grown + all->count, bytes, count);
    all->bytes = grown;
    all->count += count;
    grown[all->count] = '\0';
    return 0;
}

static inline char *as_text(zone_context *ctx, const zone_table *table, zone_parts parts)
{
    zone_write_options options = {
        .size = sizeof options, .format = ZONE_FORMAT_JSON, .exact = 1, .parts = parts, .unit = "m2"};
    collected all = {0};

    EXPECT_INT(zone_table_format(ctx, table, &options, collect, &all), ZONE_OK);
    return all.bytes ? all.bytes : calloc(1, 1);
}

/* A temporary folder with a plan and its layers; `name` of a file in it. */
typedef struct {
    char folder[64], path[128];
} place;

static inline void open_place(place *p)
{
    snprintf(p->folder, sizeof p->folder, "/tmp/zone-ask-XXXXXX");
    EXPECT(mkdtemp(p->folder) != NULL);
}

static inline const char *file_in(place *p, const char *name)
{
    snprintf(p->path, sizeof p->path, "%s/%s", p->folder, name);
    return p->path;
}

static inline void close_place(place *p)
{
    static const char *const names[] = {"plan.yaml",       "zones.geojson",   "boundary.geojson", "status.geojson",
                                        "planned.geojson", "landuse.geojson", "farmland.geojson", "halves.geojson",
                                        "arcs.geojson",    "apart.geojson",   "more.geojson"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(file_in(p, names[i]));
    EXPECT_INT(rmdir(p->folder), 0);
}

static inline void put_file(place *p, const char *name, const char *text)
{
    FILE *file = fopen(file_in(p, name), "wb");

    EXPECT(file != NULL);
    if (!file)
        return;
    fputs(text, file);
    fclose(file);
}

#endif
