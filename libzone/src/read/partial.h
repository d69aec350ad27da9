/* Reading partials (write/partial.c). They come from other machines and are not trusted. */
#ifndef ZONE_READ_PARTIAL_H
#define ZONE_READ_PARTIAL_H

#include "base/partial.h"

/* Reads a file. Every byte counts: its checksum must hold, and its layout be the one that is written. The tables have
 * the columns and types of base/partial.h; what the cells mean is the caller's to judge. Integers are from 0.
 * Errors: ZONE_NOT_FOUND, ZONE_BAD_FILE (not a partial, of another version, cut off, changed), ZONE_TOO_LARGE. */
zone_status zone_partial_read(zone_context *ctx, const char *path, zone_partial **partial);

#endif
