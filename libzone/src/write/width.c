/* Width of UTF-8 text on a terminal. */
#include "write/width.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Length of the sequence at `text` and its code point; 0 for broken UTF-8. */
static size_t decode(const char *text, uint32_t *point)
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

/* Wide and full-width ranges of Unicode's East Asian Width, as far as names and labels go. */
static bool is_wide(uint32_t p)
{
    return (p >= 0x1100 && p <= 0x115f) || (p >= 0x2e80 && p <= 0x303e) || (p >= 0x3041 && p <= 0x33ff) ||
           (p >= 0x3400 && p <= 0x4dbf) || (p >= 0x4e00 && p <= 0x9fff) || (p >= 0xa000 && p <= 0xa4cf) ||
           (p >= 0xac00 && p <= 0xd7a3) || (p >= 0xf900 && p <= 0xfaff) || (p >= 0xfe30 && p <= 0xfe6f) ||
           (p >= 0xff00 && p <= 0xff60) || (p >= 0xffe0 && p <= 0xffe6) || (p >= 0x1f300 && p <= 0x1faff) ||
           (p >= 0x20000 && p <= 0x3fffd);
}

static bool is_combining(uint32_t p)
{
    return (p >= 0x300 && p <= 0x36f) || (p >= 0x200b && p <= 0x200f) || (p >= 0xfe00 && p <= 0xfe0f) || p == 0xfeff;
}

size_t zone_text_width(const char *text)
{
    size_t width = 0;

    while (*text) {
        uint32_t point = 0;
        size_t length = decode(text, &point);
        width += length == 0 ? 1 : is_combining(point) ? 0 : is_wide(point) ? 2 : 1;
        text += length ? length : 1;
    }
    return width;
}

size_t zone_text_break(const char *text, size_t width, size_t *skip)
{
    size_t at = 0, used = 0, blank = 0;

    *skip = 0;
    while (text[at]) {
        uint32_t point = 0;
        size_t length = decode(text + at, &point);
        size_t wide = length == 0 ? 1 : is_combining(point) ? 0 : is_wide(point) ? 2 : 1;
        if (at > 0 && used + wide > width)
            break;
        /* After a blank, and on either side of a Chinese character, a line may end. */
        if (text[at] == ' ' || wide == 2)
            blank = text[at] == ' ' ? at : at + length;
        used += wide;
        at += length ? length : 1;
    }
    if (text[at] && text[at] != ' ' && blank > 0)
        at = blank;
    while (text[at + *skip] == ' ')
        ++*skip;
    return at;
}

char *zone_text_safe(const char *text, char *safe, size_t size)
{
    size_t at = 0;

    while (*text && at + 5 < size) {
        uint32_t point = 0;
        size_t length = decode(text, &point);
        if (length == 0 || point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x202a && point <= 0x202e)) {
            at += (size_t)snprintf(safe + at, size - at, "\\x%02x", (unsigned)(unsigned char)*text);
            text++;
            continue;
        }
        memcpy(safe + at, text, length);
        at += length;
        text += length;
    }
    safe[at] = '\0';
    return safe;
}
