/* Texts in XML 1.0. */
#include "write/writer.h"

#include "base/utf8.h"

#include <string.h>

/* What stands for a character; NULL: it stands for itself. Line ends and tabs would be changed by whoever reads them.
 */
static const char *reference(uint32_t point)
{
    switch (point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return point < 0x20 || point == 0xfffe || point == 0xffff ? ZONE_UTF8_UNKNOWN : NULL;
    }
}

void zone_writer_put_xml(zone_writer *writer, const char *text, size_t count)
{
    const char *plain = text, *end = text + count; /* from `plain` on nothing was put yet */

    while (text < end) {
        uint32_t point = 0;
        size_t length = zone_utf8_next(text, &point);
        const char *stands = length ? reference(point) : ZONE_UTF8_UNKNOWN;
        if (stands) {
            zone_writer_put_bytes(writer, plain, (size_t)(text - plain));
            zone_writer_put(writer, stands);
            plain = text + (length ? length : 1);
        }
        text += length ? length : 1;
    }
    zone_writer_put_bytes(writer, plain, (size_t)(text - plain));
}
