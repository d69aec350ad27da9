/* Text files line by line, as UTF-8 whatever they are written in: 国土TXT, and coordinates in CSV. */
#ifndef ZONE_READ_LINES_H
#define ZONE_READ_LINES_H

#include "read/encoding.h"

/* A file in memory and where reading stands in it. */
typedef struct {
    char *bytes;
    size_t size, at;
    int line; /* of the last text, from 1 */
    zone_encoding encoding;
    char *text; /* of the last line */
    size_t capacity;
} zone_lines;

/* Errors: ZONE_BAD_FILE (can't be read, no text, UTF-16), ZONE_TOO_LARGE (over 2 GB, or the memory budget),
 * ZONE_BAD_USAGE (no such encoding). */
zone_status zone_lines_open(zone_context *ctx, const char *path, const char *encoding, zone_lines *lines);
void zone_lines_close(zone_lines *lines);

/* The next line without its end and blanks round it, to be written into as one likes; lives until the next call. NULL
 * at the end, and when memory is short (zone_lines_failed). */
char *zone_lines_next(zone_lines *lines);
bool zone_lines_failed(const zone_lines *lines);

/* Makes full-width letters, digits and marks (，：＝＠【】) plain ones, in place. */
void zone_lines_narrow(char *text);

/* Takes the text before the next `separator` off *rest, blanks round it left out; *rest is NULL after the last. */
char *zone_lines_cut(char **rest, char separator);

/* A plain decimal number ("3229000.125"): its nearest double, and its decimals. False when it is anything else. */
bool zone_lines_number(const char *text, double *value, int *decimals);

#endif
