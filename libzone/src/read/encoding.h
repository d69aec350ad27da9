/* Encodings: attribute text of any file as valid UTF-8, whatever its bytes are. */
#ifndef ZONE_READ_ENCODING_H
#define ZONE_READ_ENCODING_H

#include "base/context.h"

/* How the bytes of one source become UTF-8. Zeroed it is UTF-8. */
typedef struct {
    char name[32];   /* "UTF-8", "GB18030": as a person calls it */
    char note[160];  /* "GBK (by .cpg)": with the evidence, English or translated */
    void *converter; /* iconv descriptor, NULL when the bytes are UTF-8 */
    char *buffer;    /* of the last text */
    size_t capacity;
    size_t broken; /* bytes that meant nothing in this encoding and became U+FFFD */
} zone_encoding;

/* The encoding called `name` ("GBK", "936", "utf8" …), with the evidence for it (English key).
 * Errors: ZONE_BAD_USAGE when there is no such encoding. */
zone_status zone_encoding_open(zone_context *ctx, const char *name, const char *evidence, zone_encoding *encoding);
void zone_encoding_close(zone_encoding *encoding);

/* The same encoding once more, for another thread. Errors: ZONE_NO_MEMORY. */
zone_status zone_encoding_copy(zone_context *ctx, const zone_encoding *encoding, zone_encoding *copy);

/* For a shapefile or .dbf at `path`: the user's `wish`, else .cpg, else the language byte of the .dbf, else what its
 * bytes are: UTF-8 if all of them are, else GB18030. Byte 0x57 ("system code page") says nothing and is skipped. */
zone_status zone_encoding_decide(zone_context *ctx, const char *path, const char *wish, zone_encoding *encoding);

/* For a text file without a declaration (CSV): the user's wish, else its bytes. */
zone_status zone_encoding_of_text(zone_context *ctx, const char *path, const char *wish, zone_encoding *encoding);

/* The text as UTF-8; lives until the next call with this encoding. NULL: no memory. */
const char *zone_encoding_decode(zone_encoding *encoding, const char *bytes);

/* Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool zone_encoding_is_utf8(const char *bytes, size_t count);

/* Replaces what is not UTF-8 by "?", in place: for messages. */
void zone_encoding_make_ascii_of_broken(char *text);

#endif
