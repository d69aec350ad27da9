/* The journal of --resume. */
#include "journal.h"

#include "message.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each line is handed to the system at once: a kill loses none that was written. */
static int put_line(void *user, const char *bytes, size_t count)
{
    journal *kept = user;

    if (!kept->file && !(kept->file = fopen(kept->path, "ab")))
        return 1;
    /* What a kill cut short ends here, so that it spoils no line behind it. */
    if (kept->cut && fputc('\n', kept->file) == EOF)
        return 1;
    kept->cut = 0;
    return fwrite(bytes, 1, count, kept->file) == count && fflush(kept->file) == 0 ? 0 : 1;
}

int journal_open(invocation *run, journal *kept, zone_quota_options *options)
{
    struct stat status;
    bool there = run->option.resume && access(run->option.resume, F_OK) == 0;

    kept->path = run->option.resume;
    kept->file = NULL;
    if (!kept->path)
        return 0;
    if (options->without || options->move)
        return usage_error(run, "--resume", say(run, "what-if keeps no journal", "假设比较不保存日志"), "%s",
                           say(run, "--resume without --without and --move", "不与 --without、--move 同用"));
    kept->file = fopen(kept->path, "ab");
    if (!kept->file)
        return journal_error(run, kept->path, errno);
    if (fstat(fileno(kept->file), &status) != 0 || !S_ISREG(status.st_mode)) {
        journal_close(kept, false);
        return usage_error(run, kept->path, say(run, "not a file that can be added to", "不是可追加的文件"),
                           "--resume quota.journal");
    }
    kept->cut = status.st_size > 0;
    kept->kept = there && status.st_size == 0;
    if (there)
        options->resume = kept->path;
    else
        journal_close(kept, true); /* it can be written; a kill before the first line is to leave nothing */
    options->journal = put_line;
    options->journal_user = kept;
    return 0;
}

void journal_close(journal *kept, bool done)
{
    struct stat status;

    if (!kept->file)
        return;
    bool regular = fstat(fileno(kept->file), &status) == 0 && S_ISREG(status.st_mode);
    bool spent = regular && (done || status.st_size == 0);
    if (spent && kept->kept)
        (void)!ftruncate(fileno(kept->file), 0);
    fclose(kept->file);
    if (spent && !kept->kept)
        unlink(kept->path);
    kept->file = NULL;
}
