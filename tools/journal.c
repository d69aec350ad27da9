/* The journal of --resume. */
#include "journal.h"

#include "message.h"

#include <errno.h>
#include <unistd.h>

/* Each line is handed to the system at once: a kill loses none that was written. */
static int put_line(void *user, const char *bytes, size_t count)
{
    journal *kept = user;

    /* What a kill cut short ends here, so that it spoils no line behind it. */
    if (kept->cut && fputc('\n', kept->file) == EOF)
        return 1;
    kept->cut = 0;
    return fwrite(bytes, 1, count, kept->file) == count && fflush(kept->file) == 0 ? 0 : 1;
}

int journal_open(invocation *run, journal *kept, zone_quota_options *options)
{
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
    kept->cut = ftell(kept->file) > 0;
    options->resume = kept->path;
    options->journal = put_line;
    options->journal_user = kept;
    return 0;
}

void journal_close(journal *kept, bool done)
{
    if (!kept->file)
        return;
    bool empty = ftell(kept->file) == 0;
    fclose(kept->file);
    if (done || empty)
        unlink(kept->path);
    kept->file = NULL;
}
