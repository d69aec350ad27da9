/* The journal of --resume: the file that a run writes as it goes, and that another goes on from. */
#ifndef TOOLS_JOURNAL_H
#define TOOLS_JOURNAL_H

#include "options.h"

#include <stdio.h>

typedef struct {
    const char *path;
    FILE *file;
} journal;

/* Opens the journal that --resume names, if it does, and sets the options of the question. 0, or an exit code after a
 * message. */
int journal_open(invocation *run, journal *journal, zone_quota_options *options);

/* A run that came to its end needs its journal no more. */
void journal_close(journal *journal, bool done);

#endif
