/* Parts of a new date over an old one, and their partials. */
#ifndef ZONE_TEST_ASK_CHANGING_H
#define ZONE_TEST_ASK_CHANGING_H

#include "ask/merging.h"

#define CHANGE_OLD "/vsimem/change_old.geojson"

/* Three old features of 100 × 100 in a row, two classes; the new date is draw_tiles_of's. */
static inline void draw_old_date(void)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\"", 0, 0, 100, 100);
    draw_box(&d, "\"DLBM\":\"0301\"", 100, 0, 200, 100);
    draw_box(&d, "\"DLBM\":\"0301\"", 200, 0, 300, 100);
    end_drawing(&d, CHANGE_OLD);
}

static inline zone_table *ask_change_of(zone_context *ctx, const char *old_path, const char *new_path,
                                        const char *zones_path, const zone_change_options *options)
{
    zone_table *table = NULL;
    zone_source *old = open_source(ctx, old_path, NULL), *new = open_source(ctx, new_path, NULL);
    zone_source *zones = zones_path ? open_source(ctx, zones_path, NULL) : NULL;

    EXPECT_INT(zone_change(ctx, old, new, zones, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    zone_source_close(zones);
    zone_source_close(new);
    zone_source_close(old);
    return table;
}

static inline zone_table *ask_change(zone_context *ctx, const char *path, const char *zones_path, int partial)
{
    const zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .partial = partial};

    return ask_change_of(ctx, CHANGE_OLD, path, zones_path, &options);
}

/* As put_part, of a change. */
static inline const char *put_change(zone_context *ctx, char path[PART_PATH], const char *name, int modulus, int rest,
                                     const char *zones_path)
{
    char data[128];

    snprintf(data, sizeof data, "/vsimem/%s.geojson", name);
    draw_tiles_of(data, modulus, rest);
    zone_table *table = ask_change(ctx, data, zones_path, 1);
    put_partial(ctx, table, part_path(path, name));
    zone_table_free(table);
    return path;
}

#endif
