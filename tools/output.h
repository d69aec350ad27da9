/* From a finished question to bytes and an exit code. */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

#include "options.h"

/* Settles the format by --format or the extension of -o, before the question is asked. Returns 0, or 2 after a message:
 * they disagree, or no format belongs to the extension. */
int output_prepare(invocation *run);

/* 0, or 2 after a message: run->target is of no format of layers, or is what is read. */
int output_check_target(const invocation *run);

/* Writes the table to stdout or -o FILE, what csv and jsonl have no place for to --meta or stderr, frees it and gives
 * the exit code. With a status that is not ZONE_OK writes nothing but the error. */
int finish(invocation *run, zone_status status, zone_table *table);

/* Puts the answer for a site on stdout as a line of JSON, at once (zone_site_function; `user` is the invocation). */
int put_site(void *user, const zone_table *site);

#endif
