/* UTF-8 that came from outside. */
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

size_t zone_utf8_next(const char *text, uint32_t *point)
{
    const unsigned char *b = (const unsigned char *)text;
    size_t length = b[0] < 0x80 ? 1 : b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

    *point = b[0];
    if (length == 1)
        return 1;
    if (b[0] < 0xc2 || b[0] > 0xf4)
        return 0;
    *point = b[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((b[i] & 0xc0) != 0x80)
            return 0;
        *point = *point << 6 | (b[i] & 0x3f);
    }
    return *point < least[length] || *point > 0x10ffff || (*point >= 0xd800 && *point < 0xe000) ? 0 : length;
}

enum { ESCAPE = 4 }; /* \xHH */

/* Length of the character at `text`; 0 where its byte must be escaped: it is broken, a control, or turns the direction
 * of the text. */
static size_t harmless(const char *text)
{
    uint32_t point = 0;
    size_t length = zone_utf8_next(text, &point);

    return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x202a && point <= 0x202e) ? 0 : length;
}

static void put_escape(char *safe, const char *byte)
{
    char text[ESCAPE + 1];

    snprintf(text, sizeof text, "\\x%02x", (unsigned)(unsigned char)*byte);
    memcpy(safe, text, ESCAPE);
}

/* As far as there is room for any character; `safe` NULL: only measures. */
static size_t escape(const char *text, char *safe, size_t room)
{
    size_t at = 0;

    while (*text && at + ESCAPE <= room) {
        size_t length = harmless(text);
        if (safe && length)
            memcpy(safe + at, text, length);
        else if (safe)
            put_escape(safe + at, text);
        at += length ? length : ESCAPE;
        text += length ? length : 1;
    }
    return at;
}

char *zone_text_safe(const char *text, char *safe, size_t size)
{
    safe[escape(text, safe, size - 1)] = '\0';
    return safe;
}

size_t zone_text_escape(const char *text, char *safe)
{
    return escape(text, safe, SIZE_MAX);
}

size_t zone_text_mend(const char *text, char *mended)
{
    size_t at = 0;

    while (*text) {
        uint32_t point = 0;
        size_t length = zone_utf8_next(text, &point), size = length ? length : sizeof ZONE_UTF8_UNKNOWN - 1;
        if (mended)
            memcpy(mended + at, length ? text : ZONE_UTF8_UNKNOWN, size);
        at += size;
        text += length ? length : 1;
    }
    return at;
}
