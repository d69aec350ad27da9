/* Messages: usage errors with a remedy, the library's errors, and the nearest word to one that is unknown. */
#include "message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PROGRESS_WIDTH = 72 };

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

double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void clear_progress(invocation *run)
{
    if (run->shown > 0.0)
        fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH, "");
    run->shown = 0.0;
}

/* "12.3 million", in few digits. */
static void print_count(char *text, size_t size, double count)
{
    snprintf(text, size,
             count >= 1e6   ? "%.2fM"
             : count >= 1e4 ? "%.0fk"
                            : "%.0f",
             count >= 1e6   ? count / 1e6
             : count >= 1e4 ? count / 1e3
                            : count);
}

void show_progress(void *user, uint64_t done, uint64_t total)
{
    invocation *run = user;
    double now = seconds(), passed = now - run->started;
    double share = total > 0 && done <= total ? (double)done / (double)total : 0.0;
    char line[160], bar[21], count[24], rate[24];

    if (passed < 1.0 || now - run->shown < 0.2 || done == 0)
        return;
    run->shown = now;
    for (int i = 0; i < 20; i++)
        bar[i] = i < (int)(20.0 * share) ? '#' : '.';
    bar[20] = '\0';
    print_count(count, sizeof count, (double)done);
    print_count(rate, sizeof rate, (double)done / passed);
    if (share > 0.0)
        snprintf(
            line, sizeof line,
            say(run, "[%s] %3.0f%%  %s features, %s/s, %.0f s left", "[%s] %3.0f%%  %s 个要素，%s/秒，剩余 %.0f 秒"),
            bar, 100.0 * share, count, rate, passed / share * (1.0 - share));
    else
        snprintf(line, sizeof line, say(run, "%s features, %s/s", "%s 个要素，%s/秒"), count, rate);
    fprintf(stderr, "\r%-*s", PROGRESS_WIDTH, line);
    fflush(stderr);
}

int library_error(invocation *run, zone_status status)
{
    const char *text = zone_context_error_text(run->ctx);

    clear_progress(run);
    fprintf(stderr, "zone: %s\n", *text ? text : zone_status_text(status));
    return zone_status_exit_code(status);
}

/* The system's reason for which a stream is not written. */
static const char *reason_of(const invocation *run, int error_number)
{
    const char *english = strerror(error_number);

    switch (error_number) {
    case ENOSPC:
        return say(run, english, "磁盘已满");
    case EDQUOT:
        return say(run, english, "超出磁盘配额");
    case EFBIG:
        return say(run, english, "文件过大");
    case EIO:
        return say(run, english, "读写设备出错");
    case EBADF:
        return say(run, english, "输出已关闭");
    case EPIPE:
        return say(run, english, "读取方已退出");
    default:
        return english;
    }
}

int output_error(const invocation *run, int error_number)
{
    fprintf(stderr, "zone: %s%s%s%s\n", say(run, "stdout: the output can't be written", "标准输出：输出无法写入"),
            say(run, "\n  found: ", "\n  所见："), reason_of(run, error_number),
            say(run, "\n  remedy: -o FILE, or more room on the disk", "\n  办法：-o 文件，或腾出磁盘空间"));
    return 4;
}

int journal_error(const invocation *run, const char *path, int error_number)
{
    fprintf(stderr, "zone: %s%s%s%s%s\n", path, say(run, ": the journal can't be written", "：日志无法写入"),
            say(run, "\n  found: ", "\n  所见："), reason_of(run, error_number),
            say(run, "\n  remedy: check the path", "\n  办法：检查路径"));
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
