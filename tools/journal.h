/* The journal of --resume: the file that a run writes as it goes, and that another goes on from. */
#ifndef TOOLS_JOURNAL_H
#define TOOLS_JOURNAL_H

#include "options.h"

#include <stdio.h>

typedef struct {
    const char *path;
    FILE *file;
    bool kept; /* an empty file that was there before is left there */
    int cut;   /* what is there may end in the middle of a line */
} journal;

/* Opens the journal that --resume names, if it does, and sets the options of the question. What stands in the file
 * stays until a line goes behind it. 0, or an exit code after a message. */
int journal_open(invocation *run, journal *journal, zone_quota_options *options);

/* A run that came to its end needs its journal no more; nor is one kept that has nothing in it. */
void journal_close(journal *journal, bool done);

#endif
