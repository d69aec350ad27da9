/* Messages of the program itself; those of the library come finished from its context. */
#ifndef TOOLS_MESSAGE_H
#define TOOLS_MESSAGE_H

#include "options.h"

/* The one of two texts that is in the language of the call. */
const char *say(const invocation *run, const char *english, const char *chinese);

/* One record of a wrong call, in the shape of the library's: "zone: where: what", then the remedy (a printf format).
 * Returns exit code 2. */
int usage_error(const invocation *run, const char *where, const char *what, const char *remedy, ...)
    __attribute__((format(printf, 4, 5)));

/* The context's error, or a status without one. Returns its exit code. */
int library_error(invocation *run, zone_status status);

/* Output that stdout did not take. Returns exit code 4. */
int output_error(const invocation *run, int error_number);

/* A journal that can't be written. Returns exit code 4. */
int journal_error(const invocation *run, const char *path, int error_number);

/* Flushes stdout: 0, or 4 after a message. */
int flush_output(const invocation *run);

/* Is `candidate` nearer to the `length` bytes of `word` than *best, the distance of the nearest so far? Then *best
 * becomes its distance. Begin with NEAR_ENOUGH: what is farther is no proposal. */
enum { NEAR_ENOUGH = 4 };
bool nearer(const char *word, size_t length, const char *candidate, size_t *best);

/* Of a clock that only goes on. */
double seconds(void);

/* A bar with rate and time left, for zone_context_set_progress; five times a second at most. */
void show_progress(void *user, uint64_t done, uint64_t total);

/* Takes progress off the terminal before anything else is written there. */
void clear_progress(invocation *run);

#endif
