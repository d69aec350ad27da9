/* A batch that is killed and goes on. Children ask the embedded plan about generated sites in small blocks and die in
 * the middle of a journal line, or whenever the parent's clock says; the last one ends the work. Its text, JSON Lines
 * and workbook must be the bytes of a run that was never killed, for every size of block. */
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zone.h>

enum { SITES = 240, ROUNDS = 6, FORMATS = 3 };

static const char *const endings[FORMATS] = {"txt", "jsonl", "xlsx"};
static char folder[64], plan[512], sites[128], journal[128];

/* xorshift: the same numbers everywhere. */
static uint64_t seed = 88172645463325252u;
static uint64_t roll(uint64_t sides)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % sides;
}

/* Boxes of 10 to 109 m over the whole place: inside, outside, on farmland, over each other. */
static void make_sites(void)
{
    static const char *const kinds[] = {"工业用地", "商服用地", "住宅用地", "城堡"};
    FILE *file = fopen(sites, "wb");

    EXPECT(file != NULL);
    fprintf(file, "XMBH,YDLX,GDFS,NX,SBMJ,WKT\n");
    for (int i = 0; i < SITES; i++) {
        double x = 442000 + (double)roll(8000000) / 1000, y = 3222000 + (double)roll(9000000) / 1000;
        double size = 10 + (double)roll(100);
        fprintf(file, "Q%03d,%s,出让,%d,%.2f,\"POLYGON((%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f))\"\n", i,
                kinds[roll(4)], (int)(10 * (1 + roll(4))), size * size, x, y, x + size, y, x + size, y + size, x,
                y + size, x, y);
    }
    fclose(file);
}

/* The sink of a child: dies in the middle of the line `last` (0: never). */
typedef struct {
    int file, lines, last;
} keeper;

static int keep(void *user, const char *bytes, size_t count)
{
    keeper *to = user;

    if (++to->lines == to->last) {
        if (write(to->file, bytes, count / 2) < 0)
            return 1;
        raise(SIGKILL);
    }
    return write(to->file, bytes, count) != (ssize_t)count;
}

static zone_status write_all(zone_context *ctx, const zone_table *table, const char *name)
{
    zone_status status = ZONE_OK;
    char path[160];

    for (int f = 0; f < FORMATS && !status; f++) {
        snprintf(path, sizeof path, "%s/%s.%s", folder, name, endings[f]);
        status = zone_table_write(ctx, table, path, NULL);
    }
    return status;
}

/* In a process of its own: asks, and writes NAME.txt and so on. */
static void ask(const char *name, size_t block, int threads, int last, int kept)
{
    zone_source_options from = {.size = sizeof from, .crs = "EPSG:4549"};
    zone_quota_options options = {.size = sizeof options, .pieces = 1, .block = block};
    keeper to = {.last = last};
    zone_context *ctx = NULL;
    zone_plan *opened = NULL;
    zone_ledger *ledger = NULL;
    zone_table *table = NULL;

    if (kept) {
        to.file = open(journal, O_WRONLY | O_APPEND | O_CREAT, 0600);
        /* What the kill before cut short ends here. */
        if (lseek(to.file, 0, SEEK_END) > 0 && write(to.file, "\n", 1) < 0)
            _exit(9);
        options.resume = journal;
        options.journal = keep;
        options.journal_user = &to;
    }
    zone_status status = zone_context_create(&ctx);
    zone_context_set_threads(ctx, threads);
    if (!status)
        status = zone_plan_open(ctx, plan, &opened);
    if (!status)
        status = zone_ledger_open(ctx, opened, &ledger);
    if (!status)
        status = zone_ledger_add(ctx, ledger, sites, &from);
    if (!status)
        status = zone_quota(ctx, ledger, &options, &table);
    if (!status)
        status = write_all(ctx, table, name);
    if (status)
        fprintf(stderr, "%s\n", zone_context_error_text(ctx));
    _exit(status ? 10 + (int)status : 0);
}

/* How a child ended: its exit code, or -1 when it was killed. `after` ms the parent kills it (0: not). */
static int run(const char *name, size_t block, int threads, int last, int kept, int after)
{
    int how = 0;

    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        ask(name, block, threads, last, kept);
    if (after) {
        nanosleep(&(struct timespec){.tv_sec = after / 1000, .tv_nsec = after % 1000 * 1000000L}, NULL);
        kill(child, SIGKILL);
    }
    waitpid(child, &how, 0);
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static char *contents(const char *name, const char *ending, size_t *count)
{
    char path[160], *bytes = NULL;

    snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    FILE *file = fopen(path, "rb");
    *count = 0;
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file);
    rewind(file);
    bytes = malloc(*count + 1);
    if (bytes && fread(bytes, 1, *count, file) != *count)
        *count = 0;
    fclose(file);
    unlink(path);
    return bytes;
}

static char *whole[FORMATS];
static size_t whole_count[FORMATS];

static void expect_whole(const char *name)
{
    for (int f = 0; f < FORMATS; f++) {
        size_t count = 0, at = 0;
        char *bytes = contents(name, endings[f], &count);
        while (bytes && at < count && at < whole_count[f] && bytes[at] == whole[f][at])
            at++;
        if (!bytes || count != whole_count[f] || at != count)
            TEST_FAIL("%s.%s: %zu bytes of %zu, not the same from %zu", name, endings[f], count, whole_count[f], at);
        free(bytes);
    }
}

/* Kills until one ends; how often it was killed. Only the first children are mortal. */
static int run_to_the_end(const char *name, int by_clock)
{
    int killed = 0;

    for (int turn = 0;; turn++) {
        size_t block = 1 + roll(60);
        int threads = 1 + (int)roll(3), mortal = turn < 4;
        int last = mortal && !by_clock ? 1 + (int)roll(SITES / 2) : 0,
            after = mortal && by_clock ? 1 + (int)roll(900) : 0;
        int code = run(name, block, threads, last, 1, after);
        killed += code < 0;
        if (code >= 0) {
            EXPECT_INT(code, 0);
            return killed;
        }
    }
}

/* A kill may leave what was being written. */
static void clean(void)
{
    DIR *all = opendir(folder);
    char path[512];

    for (struct dirent *item = all ? readdir(all) : NULL; item; item = readdir(all)) {
        snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
        unlink(path);
    }
    closedir(all);
    EXPECT_INT(rmdir(folder), 0);
    for (int f = 0; f < FORMATS; f++)
        free(whole[f]);
}

TEST(a_batch_that_was_killed_ends_with_the_same_bytes)
{
    int killed = 0;

    snprintf(folder, sizeof folder, "/tmp/zone-resume-XXXXXX");
    EXPECT(mkdtemp(folder) != NULL);
    snprintf(plan, sizeof plan, "%s/geodata/jinlan.yaml", getenv("ZONE_SOURCE_DIR") ? getenv("ZONE_SOURCE_DIR") : ".");
    snprintf(sites, sizeof sites, "%s/sites.csv", folder);
    snprintf(journal, sizeof journal, "%s/journal", folder);
    make_sites();
    EXPECT_INT(run("whole", 0, 1, 0, 0, 0), 0);
    for (int f = 0; f < FORMATS; f++) {
        whole[f] = contents("whole", endings[f], &whole_count[f]);
        EXPECT(whole[f] && whole_count[f] > 1000);
    }
    for (int b = 0; b < 3; b++) {
        static const size_t blocks[] = {7, 50, 25000};
        EXPECT_INT(run("block", blocks[b], 2, 0, 0, 0), 0);
        expect_whole("block");
    }
    for (int round = 0; round < ROUNDS; round++) {
        unlink(journal);
        killed += run_to_the_end("resumed", round % 2);
        expect_whole("resumed");
    }
    EXPECT(killed >= ROUNDS);
    printf("%d kills in %d rounds\n", killed, ROUNDS);
    clean();
}
