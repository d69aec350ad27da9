/* Checksums: FNV-1a in 128 bits. Every step can be undone, so bytes that differ in one place never have the same sum.
 * It finds damage; it is no signature. */
#ifndef ZONE_BASE_CHECKSUM_H
#define ZONE_BASE_CHECKSUM_H

#include "base/exact.h"

typedef struct {
    zone_uint128 state;
} zone_checksum;

enum { ZONE_CHECKSUM_SIZE = 33 }; /* 32 digits and the end */

void zone_checksum_begin(zone_checksum *sum);
void zone_checksum_add(zone_checksum *sum, const char *bytes, size_t count);

/* As 32 hex digits into `text`. Returns text. */
char *zone_checksum_print(const zone_checksum *sum, char text[ZONE_CHECKSUM_SIZE]);

#endif
