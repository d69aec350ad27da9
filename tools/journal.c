/* The journal of --resume. */
#include "journal.h"

#include "message.h"

#include <errno.h>
#include <unistd.h>

/* Each line is handed to the system at once: a kill loses none that was written. */
static int put_line(void *user, const char *bytes, size_t count)
{
    journal *kept = user;

    return fwrite(bytes, 1, count, kept->file) == count && fflush(kept->file) == 0 ? 0 : 1;
}

int journal_open(invocation *run, journal *kept, zone_quota_options *options)
{
    kept->path = run->option.resume;
    kept->file = NULL;
    if (!kept->path)
        return 0;
    kept->file = fopen(kept->path, "ab");
    if (!kept->file)
        return output_error(run, errno);
    /* What a kill cut short ends here, so that it spoils no line behind it. */
    if (ftell(kept->file) > 0)
        put_line(kept, "\n", 1);
    options->resume = kept->path;
    options->journal = put_line;
    options->journal_user = kept;
    return 0;
}

void journal_close(journal *kept, bool done)
{
    if (!kept->file)
        return;
    fclose(kept->file);
    if (done)
        unlink(kept->path);
    kept->file = NULL;
}
