/* The context: errors, languages, logs, progress, cancellation, memory. */
#include "base/context.h"
#include "test.h"

static zone_context *make(zone_language language)
{
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    zone_context_set_language(ctx, language);
    return ctx;
}

TEST(an_error_says_what_where_found_expected_and_remedy)
{
    zone_context *ctx = make(ZONE_ENGLISH);

    EXPECT_INT(zone_fail(ctx, ZONE_BAD_CRS, .file = "sites.shp", .layer = "sites", .feature = "12",
                         .found = zone_say(ctx, "easting %.1f", 40512345.14), .expected = "zone 39",
                         .remedy = "--crs EPSG:4528"),
               ZONE_BAD_CRS);
    EXPECT_TEXT(zone_context_error_text(ctx),
                "sites.shp, layer sites, feature 12: the coordinates do not fit their reference system\n"
                "  found: easting 40512345.1\n  expected: zone 39\n  remedy: --crs EPSG:4528");
    zone_context_begin(ctx);
    EXPECT_TEXT(zone_context_error_text(ctx), "");
    zone_context_free(ctx);
}

TEST(a_chinese_context_speaks_chinese)
{
    zone_context *ctx = make(ZONE_CHINESE);

    zone_fail(ctx, ZONE_NOT_FOUND, .file = "x.gpkg", .line = 3);
    EXPECT_TEXT(zone_context_error_text(ctx), "x.gpkg 第 3 行：文件不存在");
    zone_context_free(ctx);
}

TEST(a_line_and_a_key_read_naturally_in_either_language)
{
    const zone_language languages[] = {ZONE_ENGLISH, ZONE_CHINESE};
    const char *const texts[] = {"town.yaml:8, crs: no unit", "town.yaml 第 8 行，crs：没有单位"};

    for (int i = 0; i < 2; i++) {
        zone_context *ctx = make(languages[i]);
        zone_fail(ctx, ZONE_BAD_PLAN, .file = "town.yaml", .line = 8, .key = "crs", .what = "no unit");
        EXPECT_TEXT(zone_context_error_text(ctx), texts[i]);
        zone_context_free(ctx);
    }
}

TEST(an_error_of_data_says_where_a_plan_names_them)
{
    zone_context *ctx = make(ZONE_CHINESE);

    zone_fail(ctx, ZONE_NOT_FOUND, .file = "x.gpkg", .named_in = "town.yaml:3, data", .remedy = "check the path");
    EXPECT_TEXT(zone_context_error_text(ctx), "x.gpkg：文件不存在\n  写在：town.yaml:3, data\n  办法：请检查路径");
    zone_context_free(ctx);
}

TEST(names_that_the_user_gave_are_not_translated)
{
    zone_context *ctx = make(ZONE_CHINESE);

    zone_fail(ctx, ZONE_BAD_LAYER, .file = "out of memory", .layer = "no unit", .feature = "no number");
    EXPECT_TEXT(zone_context_error_text(ctx), "out of memory，图层 no unit，要素 no number：没有这个图层");
    zone_context_free(ctx);
}

TEST(names_that_were_said_stay_as_they_are_where_sentences_are_translated)
{
    zone_context *ctx = make(ZONE_CHINESE);

    zone_fail(ctx, ZONE_BAD_FIELD, .found = zone_say(ctx, "%s", "construction"),
              .expected = zone_say(ctx, "%s", "farmland"), .remedy = "check the path");
    EXPECT_TEXT(zone_context_error(ctx)->found, "construction");
    EXPECT_TEXT(zone_context_error(ctx)->expected, "farmland");
    EXPECT_TEXT(zone_context_error(ctx)->remedy, "请检查路径");
    /* The same when one error is told as another. */
    const zone_error error = *zone_context_error(ctx);
    zone_fail(ctx, ZONE_BAD_PLAN, .what = error.what, .found = error.found, .expected = error.expected);
    EXPECT_TEXT(zone_context_error(ctx)->what, "没有这个字段");
    EXPECT_TEXT(zone_context_error(ctx)->found, "construction");
    EXPECT_TEXT(zone_context_error(ctx)->expected, "farmland");
    zone_context_free(ctx);
}

TEST(the_record_outlives_the_texts_that_it_was_made_from)
{
    zone_context *ctx = make(ZONE_ENGLISH);
    char text[] = "found this";

    zone_fail(ctx, ZONE_BAD_FILE, .found = text);
    text[0] = 'X';
    EXPECT_TEXT(zone_context_error(ctx)->found, "found this");
    zone_context_free(ctx);
}

TEST(nothing_crashes_without_a_context)
{
    zone_context_begin(NULL);
    zone_context_free(NULL);
    zone_cancel(NULL);
    EXPECT_INT(zone_fail(NULL, ZONE_EMPTY, .found = "x"), ZONE_EMPTY);
    EXPECT_INT(zone_context_error(NULL)->status, ZONE_OK);
    EXPECT_TEXT(zone_context_error_text(NULL), "");
    EXPECT_INT(zone_progress(NULL, 1, 2), ZONE_OK);
}

TEST(cancelling_stops_the_next_progress_and_only_that)
{
    zone_context *ctx = make(ZONE_ENGLISH);

    zone_cancel(ctx);
    EXPECT_INT(zone_progress(ctx, 1, 2), ZONE_CANCELLED);
    EXPECT_INT(zone_progress(ctx, 2, 2), ZONE_OK);
    zone_context_free(ctx);
}

static void keep_line(void *user, const char *line)
{
    snprintf(user, 64, "%s", line);
}

TEST(a_log_line_reaches_its_sink)
{
    zone_context *ctx = make(ZONE_ENGLISH);
    char line[64] = "";

    zone_log(ctx, "not heard %d", 1);
    zone_context_set_log(ctx, keep_line, line);
    zone_log(ctx, "heard %d", 2);
    EXPECT_TEXT(line, "heard 2");
    zone_context_free(ctx);
}

TEST(memory_that_can_not_be_had_is_a_status)
{
    zone_context *ctx = make(ZONE_ENGLISH);
    void *array = NULL;
    size_t capacity = 0;

    EXPECT_INT(zone_grow(ctx, &array, &capacity, SIZE_MAX / 2, 16), ZONE_NO_MEMORY);
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_NO_MEMORY);
    EXPECT_INT(zone_grow(ctx, &array, &capacity, 3, sizeof(int)), ZONE_OK);
    EXPECT_INT(((int *)array)[2], 0);
    free(array);
    zone_context_free(ctx);
}

TEST(nothing_from_outside_reaches_the_terminal_that_it_would_act_on)
{
    zone_context *ctx = make(ZONE_ENGLISH);
    char line[64] = "";

    zone_fail(ctx, ZONE_BAD_FIELD, .file = "\xb5\xd8.shp", .layer = "a\x1b[2J", .found = "e\x1b[31mRED\n  remedy: rm");
    EXPECT_TEXT(zone_context_error_text(ctx), "\\xb5\\xd8.shp, layer a\\x1b[2J: no such field\n"
                                              "  found: e\\x1b[31mRED\\x0a  remedy: rm");
    EXPECT_TEXT(zone_context_error(ctx)->layer, "a\x1b[2J");
    zone_context_set_log(ctx, keep_line, line);
    zone_log(ctx, "heard %s", "e\x1b[31mRED");
    EXPECT_TEXT(line, "heard e\\x1b[31mRED");
    zone_context_free(ctx);
}
