/* The question "merge". */
#include "ask/merging.h"

static zone_table *merge(zone_context *ctx, const char *const *paths, size_t count, const zone_merge_options *options)
{
    zone_table *table = NULL;

    EXPECT_INT(zone_merge(ctx, paths, count, options, &table), ZONE_OK);
    if (!table)
        printf("%s\n", zone_context_error_text(ctx));
    return table;
}

static void expect_same_rows(const zone_table *one, const zone_table *other)
{
    EXPECT_INT(zone_table_row_count(one), zone_table_row_count(other));
    EXPECT_INT(zone_table_column_count(one), zone_table_column_count(other));
    for (size_t r = 0; r < zone_table_row_count(one); r++)
        for (size_t c = 0; c < zone_table_column_count(one); c++) {
            const char *text = zone_table_text(one, r, c);
            EXPECT(zone_table_area(one, r, c) == zone_table_area(other, r, c));
            EXPECT_INT(zone_table_integer(one, r, c), zone_table_integer(other, r, c));
            if (text)
                EXPECT_TEXT(zone_table_text(other, r, c), text);
            EXPECT_INT(zone_table_is_null(one, r, c), zone_table_is_null(other, r, c));
        }
}

TEST(parts_merge_to_the_whole_in_any_order)
{
    static const char *const methods[] = {"grid", "survey"};
    zone_context *ctx = new_context();

    draw_two_zones();
    draw_tiles_of("/vsimem/merge_whole.geojson", 1, 0);
    for (int m = 0; m < 2; m++) {
        char path[3][PART_PATH];
        zone_table *whole = ask_part(ctx, "/vsimem/merge_whole.geojson", MERGE_ZONES, methods[m], 0);
        put_part(ctx, path[0], "merge_a", 3, 0, MERGE_ZONES, methods[m]);
        put_part(ctx, path[1], "merge_b", 3, 1, MERGE_ZONES, methods[m]);
        put_part(ctx, path[2], "merge_c", 3, 2, MERGE_ZONES, methods[m]);
        const char *const forth[] = {path[0], path[1], path[2]}, *const back[] = {path[2], path[0], path[1]};
        zone_table *one = merge(ctx, forth, 3, NULL), *other = merge(ctx, back, 3, NULL);

        expect_same_rows(whole, one);
        expect_same_rows(whole, other);
        EXPECT_INT(zone_table_group(one), zone_table_group(whole));
        EXPECT(closure_exact(one, "whole", "3 parts") == closure_exact(whole, "whole", NULL));
        EXPECT(closure_exact(one, "gap", "a") == closure_exact(whole, "gap", "a"));
        EXPECT(closure_exact(one, "edge model", "a") == closure_exact(whole, "edge model", "a"));
        EXPECT(closure_exact(one, "residual", NULL) == 0);
        EXPECT_TEXT(closure_detail(one, "counted more than once", "3 parts"), "not looked at between parts");
        zone_table_free(other);
        zone_table_free(one);
        zone_table_free(whole);
        for (int i = 0; i < 3; i++)
            unlink(path[i]);
    }
    zone_context_free(ctx);
}

TEST(one_part_is_the_whole_and_says_all_that_it_says)
{
    zone_context *ctx = new_context();
    char path[PART_PATH];

    draw_two_zones();
    put_part(ctx, path, "merge_only", 1, 0, MERGE_ZONES, "grid");
    zone_table *whole = ask_part(ctx, "/vsimem/merge_only.geojson", MERGE_ZONES, "grid", 0);
    const char *const paths[] = {path};
    zone_table *merged = merge(ctx, paths, 1, NULL);
    collected one = {0}, other = {0};

    zone_table_format(ctx, whole, NULL, collect, &one);
    zone_table_format(ctx, merged, NULL, collect, &other);
    EXPECT(one.count == other.count && one.bytes && other.bytes && memcmp(one.bytes, other.bytes, one.count) == 0);
    free(one.bytes);
    free(other.bytes);
    zone_table_free(merged);
    zone_table_free(whole);
    zone_context_free(ctx);
    unlink(path);
}

TEST(areas_without_zones_merge_and_are_forced_when_they_are_whole)
{
    zone_context *ctx = new_context();
    char path[2][PART_PATH];
    zone_merge_options options = {.size = sizeof options, .control = "24000.07"};

    put_part(ctx, path[0], "merge_x", 2, 0, NULL, "grid");
    put_part(ctx, path[1], "merge_y", 2, 1, NULL, "grid");
    const char *const paths[] = {path[0], path[1]};
    zone_table *table = merge(ctx, paths, 2, NULL), *forced = merge(ctx, paths, 2, &options);

    EXPECT_INT(zone_table_row_count(table), 3);
    EXPECT(zone_table_total(table, column(table, "area")) == 24000 * ZONE_EXACT_M2);
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    EXPECT(zone_table_column_find(table, "adjustment") < 0);
    EXPECT(closure_exact(forced, "control area", NULL) == 24000 * ZONE_EXACT_M2 + 7 * (ZONE_EXACT_M2 / 100));
    EXPECT(zone_table_column_find(forced, "adjustment") >= 0);
    options.partial = 1;
    zone_table *none = NULL;
    EXPECT_INT(zone_merge(ctx, paths, 2, &options, &none), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->key, "--partial");
    EXPECT(none == NULL);
    zone_table_free(forced);
    zone_table_free(table);
    zone_context_free(ctx);
    unlink(path[0]);
    unlink(path[1]);
}

TEST(merged_parts_merge_again)
{
    zone_context *ctx = new_context();
    char path[3][PART_PATH], both[PART_PATH];
    zone_merge_options options = {.size = sizeof options, .partial = 1};

    draw_two_zones();
    put_part(ctx, path[0], "merge_1", 3, 0, MERGE_ZONES, "survey");
    put_part(ctx, path[1], "merge_2", 3, 1, MERGE_ZONES, "survey");
    put_part(ctx, path[2], "merge_3", 3, 2, MERGE_ZONES, "survey");
    const char *const all[] = {path[0], path[1], path[2]}, *const last[] = {part_path(both, "both"), path[0]};
    zone_table *flat = merge(ctx, all, 3, NULL), *two = merge(ctx, all + 1, 2, &options);
    put_partial(ctx, two, both);
    zone_table *tree = merge(ctx, last, 2, NULL), *none = NULL;

    expect_same_rows(flat, tree);
    const char *const twice[] = {both, path[1]};
    EXPECT_INT(zone_merge(ctx, twice, 2, NULL, &none), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error(ctx)->what, "twice");
    zone_table_free(tree);
    zone_table_free(two);
    zone_table_free(flat);
    zone_context_free(ctx);
    for (int i = 0; i < 3; i++)
        unlink(path[i]);
    unlink(both);
}

TEST(a_part_without_features_or_fields_changes_nothing)
{
    static const char *const zones[] = {MERGE_ZONES, NULL};
    zone_context *ctx = new_context();

    draw_two_zones();
    for (int i = 0; i < 2; i++) {
        char path[2][PART_PATH];
        put_part(ctx, path[0], "merge_bare", 16, 15, zones[i], "grid");
        put_part(ctx, path[1], "merge_full", 1, 0, zones[i], "grid");
        const char *const both[] = {path[0], path[1]};
        zone_table *alone = merge(ctx, both + 1, 1, NULL), *table = merge(ctx, both, 2, NULL);
        expect_same_rows(alone, table);
        EXPECT(!zones[i] || !closure_detail(table, "counted more than once", "2 parts"));
        zone_table_free(table);
        zone_table_free(alone);
        unlink(path[0]);
        unlink(path[1]);
    }
    zone_context_free(ctx);
}

TEST(nothing_to_merge_is_wrong_usage_and_empty_parts_alone_are_empty)
{
    zone_context *ctx = new_context();
    zone_table *table = NULL;
    char path[PART_PATH];

    EXPECT_INT(zone_merge(ctx, NULL, 0, NULL, &table), ZONE_BAD_USAGE);
    draw_two_zones();
    put_part(ctx, path, "merge_none", 16, 15, MERGE_ZONES, "grid");
    const char *const paths[] = {path};
    EXPECT_INT(zone_merge(ctx, paths, 1, NULL, &table), ZONE_EMPTY);
    EXPECT(table == NULL);
    zone_context_free(ctx);
    unlink(path);
}
