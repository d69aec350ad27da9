/* Encodings: attribute text of any file as valid UTF-8, whatever its bytes are. */
#include "read/encoding.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

/* Language bytes of a .dbf that name an encoding without doubt. Left out on purpose: 0x00 (nothing said) and 0x03, 0x57
 * ("Windows", that is the code page of whoever wrote the file: GBK on a Chinese desk). */
static const struct {
    unsigned char byte;
    const char *encoding;
} languages[] = {{0x4D, "CP936"},  {0x7A, "CP936"},  {0x4F, "CP950"},  {0x78, "CP950"},  {0x13, "CP932"},
                 {0x7B, "CP932"},  {0x4E, "CP949"},  {0x79, "CP949"},  {0xC8, "CP1250"}, {0xC9, "CP1251"},
                 {0x26, "CP866"},  {0x65, "CP866"},  {0x64, "CP852"},  {0x01, "CP437"},  {0x02, "CP850"},
                 {0x58, "CP1252"}, {0x59, "CP1252"}, {0xCA, "CP1254"}, {0xCB, "CP1253"}, {0x7C, "CP874"}};

/* Length of the UTF-8 character at `bytes`, 0 when it is none. */
static size_t character(const unsigned char *bytes, size_t count)
{
    unsigned char first = bytes[0];
    size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;

    if (length == 0 || length > count)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    if ((first == 0xE0 && bytes[1] < 0xA0) || (first == 0xED && bytes[1] > 0x9F) ||
        (first == 0xF0 && bytes[1] < 0x90) || (first == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return length;
}

bool zone_encoding_is_utf8(const char *bytes, size_t count)
{
    size_t i = 0;

    while (i < count) {
        size_t length = character((const unsigned char *)bytes + i, count - i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

void zone_encoding_make_ascii_of_broken(char *text)
{
    size_t count = strlen(text), i = 0;

    while (i < count) {
        size_t length = character((const unsigned char *)text + i, count - i);
        if (length == 0)
            text[i] = '?';
        i += length ? length : 1;
    }
}

/* "ANSI 936", "65001", "utf8" and the like as iconv wants them. */
static const char *canonical(const char *name, char *place, size_t size)
{
    if (EQUALN(name, "ANSI ", 5) || EQUALN(name, "OEM ", 4))
        name = strchr(name, ' ') + 1;
    if (EQUAL(name, "UTF8") || EQUAL(name, "UTF-8") || EQUAL(name, "65001") || EQUAL(name, "CP65001"))
        return "UTF-8";
    if (EQUAL(name, "GB2312")) /* files that say so hold characters of GBK all the same */
        return "GBK";
    if (EQUAL(name, "54936"))
        return "GB18030";
    if (EQUALN(name, "8859", 4))
        snprintf(place, size, "ISO-8859-%s", name + (name[4] == '-' || name[4] == '_' ? 5 : 4));
    else if (name[0] && strspn(name, "0123456789") == strlen(name))
        snprintf(place, size, "CP%s", name);
    else
        snprintf(place, size, "%s", name);
    return place;
}

zone_status zone_encoding_open(zone_context *ctx, const char *name, const char *evidence, zone_encoding *encoding)
{
    char place[64];
    const char *known = canonical(name, place, sizeof place);

    memset(encoding, 0, sizeof *encoding);
    snprintf(encoding->name, sizeof encoding->name, "%s", known);
    if (strcmp(known, "UTF-8") != 0) {
        iconv_t converter = iconv_open("UTF-8", known);
        if (converter == (iconv_t)-1)
            return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--encoding", .what = "an unknown encoding",
                             .found = zone_say(ctx, "%s", name),
                             .expected = "an encoding such as UTF-8, GBK or GB18030");
        encoding->converter = converter;
    }
    snprintf(encoding->note, sizeof encoding->note, "%s (%s)", encoding->name, zone_tell(ctx, evidence));
    return ZONE_OK;
}

void zone_encoding_close(zone_encoding *encoding)
{
    if (encoding->converter)
        iconv_close(encoding->converter);
    free(encoding->buffer);
    memset(encoding, 0, sizeof *encoding);
}

zone_status zone_encoding_copy(zone_context *ctx, const zone_encoding *encoding, zone_encoding *copy)
{
    *copy = *encoding;
    copy->buffer = NULL;
    copy->capacity = copy->broken = 0;
    if (!encoding->converter)
        return ZONE_OK;
    copy->converter = iconv_open("UTF-8", encoding->name);
    if (copy->converter != (void *)(iconv_t)-1)
        return ZONE_OK;
    copy->converter = NULL;
    return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
}

static bool known_encoding(const char *name)
{
    char place[64];
    const char *known = canonical(name, place, sizeof place);
    iconv_t converter = iconv_open("UTF-8", known);

    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

/* The first word line of the .cpg beside `path`; false when there is none that names an encoding. */
static bool read_cpg(const char *path, char *name, size_t size)
{
    static const char *const extensions[] = {"cpg", "CPG", "Cpg"};
    VSILFILE *file = NULL;
    char line[64];

    for (size_t i = 0; i < 3 && !file; i++)
        file = VSIFOpenL(CPLResetExtension(path, extensions[i]), "rb");
    if (!file)
        return false;
    size_t count = VSIFReadL(line, 1, sizeof line - 1, file);
    VSIFCloseL(file);
    line[count] = '\0';
    const char *text = count >= 3 && !memcmp(line, "\xEF\xBB\xBF", 3) ? line + 3 : line;
    text += strspn(text, " \t\r\n\"");
    snprintf(name, size, "%.*s", (int)strcspn(text, "\r\n\""), text);
    for (size_t end = strlen(name); end && (name[end - 1] == ' ' || name[end - 1] == '\t'); end--)
        name[end - 1] = '\0';
    return name[0] && known_encoding(name);
}

typedef struct {
    bool broken, beyond_ascii;
} evidence;

/* Is `text` UTF-8? What may have been cut, a value that fills its field or the end of a file, may end inside its last
 * character. */
static void weigh(const char *text, size_t count, bool cut_off, evidence *seen)
{
    size_t i = 0;

    while (i < count && !seen->broken) {
        size_t length = character((const unsigned char *)text + i, count - i);
        if (length == 0 && cut_off && count - i < 4) {
            size_t cut = i + 1;
            while (cut < count && ((unsigned char)text[cut] & 0xC0) == 0x80)
                cut++;
            seen->broken = !((unsigned char)text[i] >= 0xC2 && cut == count);
            break;
        }
        seen->broken = length == 0;
        seen->beyond_ascii |= length > 1;
        i += length;
    }
}

/* Reads a .dbf and weighs each text on its own: field names, then the character fields of all records. */
static bool weigh_dbf(VSILFILE *file, unsigned char *language, evidence *seen)
{
    unsigned char header[32], field[32];
    unsigned short offset[2048], width[2048];
    size_t count = 0, at = 1;

    if (VSIFReadL(header, 1, 32, file) != 32)
        return false;
    *language = header[29];
    size_t header_size = header[8] + 256u * header[9], record_size = header[10] + 256u * header[11];
    for (size_t i = 32; i + 32 < header_size && VSIFReadL(field, 1, 32, file) == 32 && field[0] != 0x0D; i += 32) {
        weigh((const char *)field, strnlen((const char *)field, 11), true, seen);
        if (field[11] == 'C' && count < 2048) {
            offset[count] = (unsigned short)at;
            width[count++] = field[16];
        }
        at += field[16];
    }
    char *record = record_size ? malloc(record_size) : NULL;
    if (!record || VSIFSeekL(file, header_size, SEEK_SET)) {
        free(record);
        return record_size == 0;
    }
    while (!seen->broken && VSIFReadL(record, 1, record_size, file) == record_size)
        for (size_t i = 0; i < count; i++)
            if ((size_t)offset[i] + width[i] <= record_size) {
                size_t length = width[i];
                while (length && (record[offset[i] + length - 1] == ' ' || record[offset[i] + length - 1] == '\0'))
                    length--;
                weigh(record + offset[i], length, true, seen);
            }
    free(record);
    return true;
}

static zone_status open_by_bytes(zone_context *ctx, const evidence *seen, zone_encoding *encoding)
{
    if (seen->broken)
        return zone_encoding_open(ctx, "GB18030", "by its bytes, which are not UTF-8", encoding);
    return zone_encoding_open(ctx, "UTF-8", seen->beyond_ascii ? "by its bytes" : "by its bytes, all ASCII", encoding);
}

zone_status zone_encoding_decide(zone_context *ctx, const char *path, const char *wish, zone_encoding *encoding)
{
    char name[64];
    unsigned char language = 0;
    evidence seen = {false, false};

    if (wish)
        return zone_encoding_open(ctx, wish, "as asked", encoding);
    if (read_cpg(path, name, sizeof name))
        return zone_encoding_open(ctx, name, "by .cpg", encoding);
    VSILFILE *file = VSIFOpenL(CPLResetExtension(path, "dbf"), "rb");
    if (!file)
        file = VSIFOpenL(CPLResetExtension(path, "DBF"), "rb");
    if (!file)
        return zone_encoding_open(ctx, "UTF-8", "there is no text", encoding);
    weigh_dbf(file, &language, &seen);
    VSIFCloseL(file);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (languages[i].byte == language && known_encoding(languages[i].encoding))
            return zone_encoding_open(ctx, languages[i].encoding, "by the language byte of the .dbf", encoding);
    return open_by_bytes(ctx, &seen, encoding);
}

zone_status zone_encoding_of_text(zone_context *ctx, const char *path, const char *wish, zone_encoding *encoding)
{
    evidence seen = {false, false};
    char bytes[65536];
    size_t kept = 0, count;

    if (wish)
        return zone_encoding_open(ctx, wish, "as asked", encoding);
    VSILFILE *file = VSIFOpenL(path, "rb");
    while (file && !seen.broken && (count = VSIFReadL(bytes + kept, 1, sizeof bytes - kept, file)) > 0) {
        size_t end = kept + count, last = end;
        while (last > 0 && end - last < 4 && ((unsigned char)bytes[last - 1] & 0xC0) == 0x80)
            last--; /* a character may go on in the next block: begin that with its first byte */
        last -= last > 0 && (unsigned char)bytes[last - 1] >= 0xC0;
        weigh(bytes, last, false, &seen);
        kept = end - last;
        memmove(bytes, bytes + last, kept);
    }
    weigh(bytes, kept, true, &seen); /* the last character of a file that ends without a newline */
    if (file)
        VSIFCloseL(file);
    return open_by_bytes(ctx, &seen, encoding);
}

static bool grow(zone_encoding *encoding, size_t needed)
{
    if (needed <= encoding->capacity)
        return true;
    char *larger = realloc(encoding->buffer, needed * 2);
    if (!larger)
        return false;
    encoding->buffer = larger;
    encoding->capacity = needed * 2;
    return true;
}

static void put_replacement(zone_encoding *encoding, char **out)
{
    memcpy(*out, "\xEF\xBF\xBD", 3);
    *out += 3;
    encoding->broken++;
}

static void repair_utf8(zone_encoding *encoding, const char *bytes, size_t count)
{
    char *out = encoding->buffer;

    for (size_t i = 0; i < count;) {
        size_t length = character((const unsigned char *)bytes + i, count - i);
        if (length) {
            memcpy(out, bytes + i, length);
            out += length;
        } else {
            put_replacement(encoding, &out);
        }
        i += length ? length : 1;
    }
    *out = '\0';
}

static void convert(zone_encoding *encoding, const char *bytes, size_t count)
{
    char *in = (char *)bytes; /* iconv does not write there, only its prototype is old */
    char *out = encoding->buffer;
    size_t room = encoding->capacity - 1;

    iconv(encoding->converter, NULL, NULL, NULL, NULL);
    while (count > 0 && iconv(encoding->converter, &in, &count, &out, &room) == (size_t)-1 && errno != E2BIG) {
        put_replacement(encoding, &out);
        room -= 3;
        in++;
        count--;
    }
    *out = '\0';
}

const char *zone_encoding_decode(zone_encoding *encoding, const char *bytes)
{
    size_t count = strlen(bytes);

    if (!encoding->converter && zone_encoding_is_utf8(bytes, count))
        return bytes;
    if (!grow(encoding, 4 * count + 1)) /* no encoding has a byte that becomes more than four; U+FFFD takes three */
        return NULL;
    if (encoding->converter)
        convert(encoding, bytes, count);
    else
        repair_utf8(encoding, bytes, count);
    return encoding->buffer;
}
