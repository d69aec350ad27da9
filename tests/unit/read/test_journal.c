/* Journals come line by line, whatever was cut short. */
#include "read/journal.h"

#include "read/fixture.h"

#include <unistd.h>

typedef struct {
    size_t count, lengths[8], sum;
    char texts[8][64];
    size_t stop_at; /* line that the sink refuses, from 1; 0: none */
} lines;

static zone_status take(void *user, char *line, size_t length)
{
    lines *all = user;

    if (all->count < 8) {
        all->lengths[all->count] = length;
        snprintf(all->texts[all->count], sizeof *all->texts, "%s", line);
    }
    all->count++;
    all->sum += length;
    memset(line, '#', length); /* the line is the sink's */
    return all->stop_at == all->count ? ZONE_CANCELLED : ZONE_OK;
}

/* The lines of a file with these bytes. */
static lines read_lines(const char *bytes, size_t count, size_t stop_at, zone_status status)
{
    zone_context *ctx = new_context();
    lines all = {.stop_at = stop_at};
    char path[] = "/tmp/zone-journal-XXXXXX";
    int file = mkstemp(path);

    EXPECT(file >= 0 && write(file, bytes, count) == (ssize_t)count && close(file) == 0);
    EXPECT_INT(zone_journal_lines(ctx, path, take, &all), status);
    unlink(path);
    zone_context_free(ctx);
    return all;
}

TEST(every_line_comes_in_order_without_its_end)
{
    static const char text[] = "first\n\nthird\twith a tab\r\n";
    lines all = read_lines(text, strlen(text), 0, ZONE_OK);

    EXPECT_INT(all.count, 3);
    EXPECT_TEXT(all.texts[0], "first");
    EXPECT_INT(all.lengths[0], 5);
    EXPECT_INT(all.lengths[1], 0);
    EXPECT_TEXT(all.texts[2], "third\twith a tab\r");
}

TEST(a_line_without_its_end_is_left_out)
{
    EXPECT_INT(read_lines("whole\ncut sho", 13, 0, ZONE_OK).count, 1);
    EXPECT_INT(read_lines("cut", 3, 0, ZONE_OK).count, 0);
    EXPECT_INT(read_lines("", 0, 0, ZONE_OK).count, 0);
}

TEST(a_byte_of_0_ends_the_text_but_not_the_line)
{
    lines all = read_lines("a\0b\nc\n", 6, 0, ZONE_OK);

    EXPECT_INT(all.count, 2);
    EXPECT_TEXT(all.texts[0], "a");
    EXPECT_INT(all.lengths[0], 3);
    EXPECT_TEXT(all.texts[1], "c");
}

/* The file is read in blocks of 65536 bytes. */
TEST(lines_that_end_anywhere_about_a_block_are_whole)
{
    enum { MOST = 200000 };
    char *text = malloc(MOST);

    for (size_t first = 65533; first < 65540; first++) {
        memset(text, 'x', MOST);
        text[first] = '\n';
        text[first + 3] = '\n';
        text[MOST - 1] = '\n';
        lines all = read_lines(text, MOST, 0, ZONE_OK);
        EXPECT_INT(all.count, 3);
        EXPECT_INT(all.lengths[0], first);
        EXPECT_INT(all.lengths[1], 2);
        EXPECT_TEXT(all.texts[1], "xx");
        EXPECT_INT(all.lengths[2], MOST - first - 5);
    }
    free(text);
}

TEST(the_sink_ends_it)
{
    EXPECT_INT(read_lines("1\n2\n3\n", 6, 2, ZONE_CANCELLED).count, 2);
}

TEST(a_journal_that_is_not_there_or_no_file_is_told)
{
    zone_context *ctx = new_context();
    lines all = {0};

    EXPECT_INT(zone_journal_lines(ctx, "/tmp/no such journal", take, &all), ZONE_NOT_FOUND);
    EXPECT_TEXT(zone_context_error(ctx)->file, "/tmp/no such journal");
    EXPECT_INT(zone_journal_lines(ctx, "/tmp", take, &all), ZONE_BAD_FILE);
    EXPECT_TEXT(zone_context_error(ctx)->file, "/tmp");
    EXPECT_INT(all.count, 0);
    zone_context_free(ctx);
}
