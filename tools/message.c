/* Messages: usage errors with a remedy, the library's errors, and the nearest word to one that is unknown. */
#include "message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *say(const invocation *run, const char *english, const char *chinese)
{
    return run->language == ZONE_CHINESE ? chinese : english;
}

int usage_error(const invocation *run, const char *where, const char *what, const char *remedy, ...)
{
    va_list arguments;

    fprintf(stderr, "zone: %s%s%s\n%s", where, say(run, ": ", "："), what, say(run, "  remedy: ", "  办法："));
    va_start(arguments, remedy);
    vfprintf(stderr, remedy, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return 2;
}

void clear_progress(invocation *run)
{
    if (run->percent > 0)
        fprintf(stderr, "\r     \r");
    run->percent = 0;
}

int library_error(invocation *run, zone_status status)
{
    const char *text = zone_context_error_text(run->ctx);

    clear_progress(run);
    fprintf(stderr, "zone: %s\n", *text ? text : zone_status_text(status));
    return zone_status_exit_code(status);
}

int output_error(const invocation *run, int error_number)
{
    fprintf(stderr, "zone: %s%s%s%s\n", say(run, "stdout: the output can't be written", "标准输出：输出无法写入"),
            say(run, "\n  found: ", "\n  所见："), strerror(error_number),
            say(run, "\n  remedy: -o FILE, or more room on the disk", "\n  办法：-o 文件，或腾出磁盘空间"));
    return 4;
}

int flush_output(const invocation *run)
{
    errno = 0;
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : output_error(run, errno);
}

/* ---------------------------------------------------------------- the nearest word */

enum { LONGEST_WORD = 48 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete, replace, or swap with their neighbour, to make one word of the other. */
static size_t distance(const char *a, size_t la, const char *b, size_t lb)
{
    size_t cost[LONGEST_WORD + 1][LONGEST_WORD + 1];

    for (size_t i = 0; i <= la; i++) {
        for (size_t j = 0; j <= lb; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            cost[i][j] = least(cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]), 1 + least(cost[i - 1][j], cost[i][j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[la][lb];
}

bool nearer(const char *word, size_t length, const char *candidate, size_t *best)
{
    size_t other = strlen(candidate);

    if (length == 0 || length > LONGEST_WORD || other > LONGEST_WORD)
        return false;
    /* The beginning of a word stands for it, however much is missing. */
    bool begins = length > 1 && strncmp(word, candidate, length) == 0;
    size_t far = begins ? 1 : distance(word, length, candidate, other);
    /* Of a short word more than half would have to change. */
    if (far >= *best || (!begins && 2 * far > length))
        return false;
    *best = far;
    return true;
}
