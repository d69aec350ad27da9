/* Text files line by line. */
#include "read/lines.h"

#include "base/number.h"

#include <cpl_vsi.h>
#include <stdlib.h>
#include <string.h>

/* No red line is longer: 2 GB of coordinates are some 60 million vertices. */
#define MOST_BYTES UINT64_C(2000000000)

static zone_status refuse(zone_context *ctx, const char *path, const char *found, const char *remedy)
{
    return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = found, .expected = "a text file in UTF-8 or GBK",
                     .remedy = remedy);
}

static zone_status refuse_large(zone_context *ctx, const char *path, uint64_t size)
{
    uint64_t budget = zone_context_memory(ctx), most = budget && budget / 4 < MOST_BYTES ? budget / 4 : MOST_BYTES;

    if (size <= most)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .file = path,
                     .found = zone_say(ctx, "a text file of %llu MB", (unsigned long long)(size >> 20)),
                     .expected = zone_say(ctx, "at most %llu MB", (unsigned long long)(most >> 20)),
                     .remedy = "split the file, or a larger --memory");
}

static zone_status load(zone_context *ctx, const char *path, zone_lines *lines)
{
    VSILFILE *file = VSIFOpenL(path, "rb");
    zone_status status = ZONE_OK;

    if (!file)
        return refuse(ctx, path, "a file that can't be opened", "check the permissions of the file");
    bool whole = VSIFSeekL(file, 0, SEEK_END) == 0;
    uint64_t size = (uint64_t)VSIFTellL(file);
    whole = whole && VSIFSeekL(file, 0, SEEK_SET) == 0;
    status = refuse_large(ctx, path, size);
    if (!status && !(lines->bytes = zone_allocate(ctx, (size_t)size + 1, 1)))
        status = ZONE_NO_MEMORY;
    if (!status)
        lines->size = VSIFReadL(lines->bytes, 1, (size_t)size, file);
    VSIFCloseL(file);
    if (!status && (!whole || lines->size != size))
        status =
            refuse(ctx, path, "a file that can't be read to its end", "copy the file again from where it came from");
    return status;
}

zone_status zone_lines_open(zone_context *ctx, const char *path, const char *encoding, zone_lines *lines)
{
    zone_status status = load(ctx, path, lines);

    if (!status && lines->size >= 2 && (!memcmp(lines->bytes, "\xFF\xFE", 2) || !memcmp(lines->bytes, "\xFE\xFF", 2)))
        status = refuse(ctx, path, "text in UTF-16", "save it as UTF-8");
    if (!status && memchr(lines->bytes, '\0', lines->size))
        status = refuse(ctx, path, "bytes that are no text", "copy the file again from where it came from");
    if (!status)
        status = zone_encoding_of_text(ctx, path, encoding, &lines->encoding);
    if (status) {
        zone_lines_close(lines);
        return status;
    }
    if (lines->size >= 3 && !memcmp(lines->bytes, "\xEF\xBB\xBF", 3))
        lines->at = 3;
    return ZONE_OK;
}

void zone_lines_close(zone_lines *lines)
{
    zone_encoding_close(&lines->encoding);
    free(lines->bytes);
    free(lines->text);
    *lines = (zone_lines){0};
}

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    for (size_t end = strlen(text); end && strchr(" \t", text[end - 1]); end--)
        text[end - 1] = '\0';
    return text;
}

/* Room for `needed` bytes of text; false when memory is short, and then there are no more lines. */
static bool hold(zone_lines *lines, size_t needed)
{
    if (needed <= lines->capacity)
        return true;
    char *larger = realloc(lines->text, needed + needed / 2);
    if (!larger) {
        lines->line = -1;
        return false;
    }
    lines->text = larger;
    lines->capacity = needed + needed / 2;
    return true;
}

/* A line ends in LF, CRLF or, in files of old programs, CR. */
char *zone_lines_next(zone_lines *lines)
{
    if (lines->line < 0 || lines->at >= lines->size)
        return NULL;
    char *begin = lines->bytes + lines->at;
    size_t left = lines->size - lines->at, length = 0;
    while (length < left && begin[length] != '\n' && begin[length] != '\r')
        length++;
    size_t end = length < left && begin[length] == '\r' && length + 1 < left && begin[length + 1] == '\n' ? 2 : 1;
    lines->at += length + end;
    lines->line++;
    bool plain = is_ascii(begin, length);
    begin[length] = '\0'; /* the byte behind it is the line's end, or the file's */
    const char *text = plain ? begin : zone_encoding_decode(&lines->encoding, begin);
    if (!text)
        lines->line = -1;
    if (!text || !hold(lines, strlen(text) + 1))
        return NULL;
    memcpy(lines->text, text, strlen(text) + 1);
    return trim(lines->text);
}

bool zone_lines_failed(const zone_lines *lines)
{
    return lines->line < 0;
}

void zone_lines_narrow(char *text)
{
    char *out = text;

    for (const unsigned char *in = (const unsigned char *)text; *in;) {
        unsigned point = 0;
        if (in[0] >= 0xE0 && in[0] < 0xF0 && in[1] && in[2])
            point = (in[0] & 0x0Fu) << 12 | (in[1] & 0x3Fu) << 6 | (in[2] & 0x3Fu);
        char plain = point >= 0xFF01 && point <= 0xFF5E ? (char)(point - 0xFF01 + '!')
                     : point == 0x3000                  ? ' '
                     : point == 0x3010                  ? '['
                     : point == 0x3011                  ? ']'
                                                        : '\0';
        if (plain) {
            *out++ = plain;
            in += 3;
        } else {
            *out++ = (char)*in++;
        }
    }
    *out = '\0';
}

char *zone_lines_cut(char **rest, char separator)
{
    char *begin = *rest, *end = strchr(begin, separator);

    *rest = end ? end + 1 : NULL;
    if (end)
        *end = '\0';
    return trim(begin);
}

bool zone_lines_number(const char *text, double *value, int *decimals)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    const char *at = text + (*text == '-' || *text == '+');
    uint64_t digits = 0;
    int count = 0, point = -1;

    for (; (*at >= '0' && *at <= '9') || (*at == '.' && point < 0); at++) {
        if (*at == '.') {
            point = count;
            continue;
        }
        digits = count < 18 ? digits * 10 + (uint64_t)(*at - '0') : digits;
        count++;
    }
    if (*at || count == 0)
        return false;
    *decimals = point < 0 ? 0 : count - point;
    /* A quotient of two numbers that doubles hold exactly is the double nearest to the decimal. */
    if (count <= 18 && digits < UINT64_C(1) << 53)
        *value = (double)digits / powers[*decimals];
    else
        *value = zone_number_read(text + (*text == '-' || *text == '+'), NULL);
    if (*text == '-')
        *value = -*value;
    return true;
}
