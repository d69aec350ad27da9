/* Merged changes. */
#include "ask/merge_change.h"

#include "ask/changing.h"

static char *merged_rows(zone_context *ctx, const char *const *paths, size_t count)
{
    zone_table *table = NULL;

    EXPECT_INT(zone_merge(ctx, paths, count, NULL, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    char *text = as_text(ctx, table, ZONE_PARTS_TABLE);
    zone_table_free(table);
    return text;
}

TEST(parts_of_the_new_date_merge_to_the_whole)
{
    static const char *const zones[] = {NULL, MERGE_ZONES};
    zone_context *ctx = new_context();

    draw_two_zones();
    draw_old_date();
    draw_tiles_of("/vsimem/change_whole.geojson", 1, 0);
    for (int i = 0; i < 2; i++) {
        char path[3][PART_PATH];
        zone_table *whole = ask_change(ctx, "/vsimem/change_whole.geojson", zones[i], 0);
        put_change(ctx, path[0], "change_x", 3, 0, zones[i]);
        put_change(ctx, path[1], "change_y", 3, 1, zones[i]);
        put_change(ctx, path[2], "change_z", 3, 2, zones[i]);
        const char *const forth[] = {path[0], path[1], path[2]}, *const back[] = {path[2], path[0], path[1]};
        char *rows = as_text(ctx, whole, ZONE_PARTS_TABLE), *one = merged_rows(ctx, forth, 3),
             *other = merged_rows(ctx, back, 3);
        EXPECT_TEXT(strchr(one, '\n'), strchr(rows, '\n')); /* the title names the data */
        EXPECT_TEXT(other, one);
        free(other);
        free(one);
        free(rows);
        zone_table_free(whole);
        for (int p = 0; p < 3; p++)
            unlink(path[p]);
    }
    zone_context_free(ctx);
}

TEST(a_change_is_not_forced_to_an_area)
{
    zone_context *ctx = new_context();
    zone_merge_options options = {.size = sizeof options, .control = "1"};
    zone_table *table = NULL;
    char path[PART_PATH];

    draw_old_date();
    const char *const paths[] = {put_change(ctx, path, "change_forced", 1, 0, NULL)};
    EXPECT_INT(zone_merge(ctx, paths, 1, &options, &table), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->key, "--control");
    zone_context_free(ctx);
    unlink(path);
}
