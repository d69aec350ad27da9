/* Width of UTF-8 text on a terminal. */
#include "write/width.h"

#include "base/utf8.h"

#include <stdbool.h>

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
        size_t length = zone_utf8_next(text, &point);
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
        size_t length = zone_utf8_next(text + at, &point);
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
