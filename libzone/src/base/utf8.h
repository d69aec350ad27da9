/* UTF-8 that came from outside: names, paths and messages may hold broken bytes and what a terminal acts on. */
#ifndef ZONE_BASE_UTF8_H
#define ZONE_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Length of the character at `text` and its code point; 0 for broken UTF-8, whose first byte is the point. */
size_t zone_utf8_next(const char *text, uint32_t *point);

/* Copies at most size - 1 bytes with control characters and broken UTF-8 as \xHH. Returns `safe`. */
char *zone_text_safe(const char *text, char *safe, size_t size);

/* Copies with every control character and broken byte as \xHH, without an end; NULL: only measures. Returns the length.
 */
size_t zone_text_escape(const char *text, char *safe);

/* U+FFFD, which stands for what can't be read. */
#define ZONE_UTF8_UNKNOWN "\xef\xbf\xbd"

/* Copies with U+FFFD for every broken byte, without an end; NULL: only measures. Returns the length. */
size_t zone_text_mend(const char *text, char *mended);

#endif
