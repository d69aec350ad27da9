/* From a finished question to bytes and an exit code. */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

#include "options.h"

/* Writes the table (to stdout, or -o FILE) and its sections, frees it, and gives the exit code. With a status that is
 * not ZONE_OK prints the error instead. */
int finish(invocation *run, zone_status status, zone_table *table);

/* Prints the context's error and gives the exit code. */
int fail(invocation *run, zone_status status);

/* Options of sources, from the command line; *failed gets the exit code of a wrong --invalid. */
zone_source_options source_options(const invocation *run, int *failed);

/* Does an operand name a plan file (.yaml, .yml)? */
bool is_plan(const char *operand);

/* A number of an option, not below 0 ("12.5"); 0 when it was not given; *failed gets 2 after a message. */
double option_number(const invocation *run, const char *name, const char *text, int *failed);

#endif
