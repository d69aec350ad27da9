/* Parts of a small layer, and their partials in files. */
#ifndef ZONE_TEST_ASK_MERGING_H
#define ZONE_TEST_ASK_MERGING_H

#include "ask/fixture.h"
#include "base/partial.h"

#define MERGE_ZONES "/vsimem/merge_zones.geojson"

/* Two zones of 100 × 100 side by side. */
static inline void draw_two_zones(void)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"b\"", 100, 0, 200, 100);
    draw_box(&d, "\"id\":\"a\"", 0, 0, 100, 100);
    end_drawing(&d, MERGE_ZONES);
}

/* Tiles of 40 m that cover both zones, three classes in turn; those with index % modulus == rest. */
static inline void draw_tiles_of(const char *path, int modulus, int rest)
{
    static const char *const classes[] = {"\"DLBM\":\"0101\"", "\"DLBM\":\"0201\"", "\"DLBM\":null"};
    drawing d;

    begin_drawing(&d, 4549);
    for (int i = 0; i < 15; i++)
        if (i % modulus == rest)
            draw_box(&d, classes[i % 2 ? 1 : i % 3], i % 5 * 40, i / 5 * 40, i % 5 * 40 + 40, i / 5 * 40 + 40);
    end_drawing(&d, path);
}

/* "tabulate" with zones, "area" without. */
static inline zone_table *ask_part(zone_context *ctx, const char *path, const char *zones_path, const char *method,
                                   int partial)
{
    zone_tabulate_options in_zones = {.size = sizeof in_zones, .by = "DLBM", .method = method, .partial = partial};
    zone_area_options options = {.size = sizeof options, .by = "DLBM", .method = method, .partial = partial};
    zone_source *data = open_source(ctx, path, NULL);
    zone_source *zones = zones_path ? open_source(ctx, zones_path, NULL) : NULL;
    zone_table *table = NULL;

    EXPECT_INT(zones ? zone_tabulate(ctx, data, zones, &in_zones, &table) : zone_area(ctx, data, &options, &table),
               ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(zones);
    zone_source_close(data);
    return table;
}

static inline void put_partial(zone_context *ctx, const zone_table *table, const char *path)
{
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_PARTIAL};

    EXPECT_INT(zone_table_write(ctx, table, path, &options), ZONE_OK);
}

/* Where the partial of a part is; into `path`, which is returned. */
enum { PART_PATH = 96 };
static inline const char *part_path(char path[PART_PATH], const char *name)
{
    snprintf(path, PART_PATH, "/tmp/zone-merge-%ld-%s", (long)getpid(), name);
    return path;
}

/* Draws a part, asks, and puts its partial where part_path says. */
static inline const char *put_part(zone_context *ctx, char path[PART_PATH], const char *name, int modulus, int rest,
                                   const char *zones_path, const char *method)
{
    char data[128];

    snprintf(data, sizeof data, "/vsimem/%s.geojson", name);
    draw_tiles_of(data, modulus, rest);
    zone_table *table = ask_part(ctx, data, zones_path, method, 1);
    put_partial(ctx, table, part_path(path, name));
    zone_table_free(table);
    return path;
}

#endif
