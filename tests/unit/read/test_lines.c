#include "read/lines.h"

#include "read/fixture.h"

static zone_status open(zone_context *ctx, const char *bytes, size_t count, const char *encoding, zone_lines *lines)
{
    put_bytes("/vsimem/l.txt", bytes, count);
    return zone_lines_open(ctx, "/vsimem/l.txt", encoding, lines);
}

static void expect_lines(const char *bytes, const char *encoding, const char *const *texts)
{
    zone_context *ctx = new_context();
    zone_lines lines = {0};
    int line = 0;

    EXPECT_INT(open(ctx, bytes, strlen(bytes), encoding, &lines), ZONE_OK);
    for (; *texts; texts++) {
        EXPECT_TEXT(zone_lines_next(&lines), *texts);
        EXPECT_INT(lines.line, ++line);
    }
    EXPECT(zone_lines_next(&lines) == NULL);
    EXPECT(!zone_lines_failed(&lines));
    zone_lines_close(&lines);
    zone_context_free(ctx);
}

TEST(lines_end_in_any_of_three_ways_and_blanks_round_them_do_not_count)
{
    expect_lines("a\n b \r\nc\rd", NULL, (const char *const[]){"a", "b", "c", "d", NULL});
    expect_lines("\xEF\xBB\xBF地块\n\n", NULL, (const char *const[]){"地块", "", NULL});
}

TEST(texts_are_utf8_whatever_they_are_written_in)
{
    expect_lines("\xB5\xD8\xBF\xE9,1\n2\n", NULL, (const char *const[]){"地块,1", "2", NULL});
    expect_lines("\xB5\xD8\xBF\xE9,1\n", "GBK", (const char *const[]){"地块,1", NULL});
    /* A character of GBK may end in a byte that is @ by itself. */
    expect_lines("\x84\x40@\n", "GBK", (const char *const[]){"凘@", NULL});
}

TEST(what_is_no_text_is_refused)
{
    zone_context *ctx = new_context();
    zone_lines lines = {0};

    EXPECT_INT(open(ctx, "\xFF\xFE\x5B\x00", 4, NULL, &lines), ZONE_BAD_FILE);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "UTF-16");
    EXPECT_INT(open(ctx, "a\0b", 3, NULL, &lines), ZONE_BAD_FILE);
    EXPECT_INT(open(ctx, "a", 1, "no such thing", &lines), ZONE_BAD_USAGE);
    EXPECT_INT(zone_lines_open(ctx, "/vsimem/nowhere.txt", NULL, &lines), ZONE_BAD_FILE);
    zone_context_set_memory(ctx, 8);
    EXPECT_INT(open(ctx, "abc", 3, NULL, &lines), ZONE_TOO_LARGE);
    zone_context_free(ctx);
}

TEST(full_width_marks_become_plain_ones)
{
    char text[] = "【Ｊ１，２．５】＝＠地";

    zone_lines_narrow(text);
    EXPECT_TEXT(text, "[J1,2.5]=@地");
}

TEST(values_are_cut_at_separators)
{
    char text[] = " a ,,b";
    char *rest = text;

    EXPECT_TEXT(zone_lines_cut(&rest, ','), "a");
    EXPECT_TEXT(zone_lines_cut(&rest, ','), "");
    EXPECT_TEXT(zone_lines_cut(&rest, ','), "b");
    EXPECT(rest == NULL);
}

TEST(numbers_are_the_nearest_doubles_and_nothing_else_is_one)
{
    static const char *const none[] = {"", ".", "-", "1e5", "1,5", "3229OOO.1", "0x10", "nan", "1.2.3", " 1", "1m"};
    double value = 0.0;
    int decimals = -1;

    EXPECT(zone_lines_number("3229000.125", &value, &decimals));
    EXPECT(value == 3229000.125);
    EXPECT_INT(decimals, 3);
    EXPECT(zone_lines_number("-0.1", &value, &decimals));
    EXPECT(value == -0.1);
    EXPECT(zone_lines_number("448000.", &value, &decimals));
    EXPECT_INT(decimals, 0);
    EXPECT(zone_lines_number("448000.12345678901234567890", &value, &decimals));
    EXPECT(value == 448000.12345678901234567890);
    EXPECT_INT(decimals, 20);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (zone_lines_number(none[i], &value, &decimals))
            TEST_FAIL("\"%s\" is no number", none[i]);
}
