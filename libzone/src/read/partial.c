/* Reading partials: a scanner for the one layout of JSON that write/partial.c makes. */
#include "read/partial.h"

#include "base/checksum.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD     "{\n\"zone_partial\": "
#define TAIL     "\"checksum\": \""
#define TAIL_END "\"\n}\n"

enum { TAIL_SIZE = sizeof TAIL - 1 + ZONE_CHECKSUM_SIZE - 1 + sizeof TAIL_END - 1, VERSION_DIGITS = 9 };

static const uint64_t most_bytes = UINT64_C(4) << 30;

/* Text of `size` bytes and one 0 behind them. */
typedef struct {
    zone_context *ctx;
    const char *path;
    char *text, *at;
    size_t size, capacity;
} scanner;

/* ---------------------------------------------------------------- the file */

static zone_status fail(const scanner *in, const char *found)
{
    return zone_fail(in->ctx, ZONE_BAD_FILE, .what = "not a partial table as it was written", .file = in->path,
                     .found = found, .expected = "a whole file that --partial wrote",
                     .remedy = "write the partial again, or copy it again");
}

static zone_status refuse_large(const scanner *in)
{
    uint64_t budget = zone_context_memory(in->ctx), most = budget && budget < most_bytes ? budget : most_bytes;

    if (in->size <= most)
        return ZONE_OK;
    return zone_fail(in->ctx, ZONE_TOO_LARGE, .file = in->path,
                     .expected = zone_say(in->ctx, "at most %llu MB", (unsigned long long)(most >> 20)));
}

/* The first bytes tell whether to go on: a device has no end. */
static zone_status read_stream(scanner *in, FILE *stream)
{
    const size_t head = sizeof HEAD - 1;
    size_t block = 4096, count = 0;
    zone_status status = ZONE_OK;

    do {
        status = zone_grow(in->ctx, (void **)&in->text, &in->capacity, in->size + block + 1, 1);
        if (status)
            return status;
        count = fread(in->text + in->size, 1, block, stream);
        in->size += count;
        in->text[in->size] = '\0';
        if (in->size < head || memcmp(in->text, HEAD, head) != 0)
            return ferror(stream) ? ZONE_OK : fail(in, in->size ? "other contents" : "an empty file");
        status = refuse_large(in);
        block = 1 << 20;
    } while (count > 0 && !status);
    return status;
}

static zone_status read_file(scanner *in)
{
    FILE *stream = fopen(in->path, "rb");
    zone_status status = ZONE_OK;

    if (!stream)
        return zone_fail(in->ctx, errno == ENOENT ? ZONE_NOT_FOUND : ZONE_BAD_FILE, .file = in->path,
                         .found = strerror(errno), .remedy = "check the path");
    status = read_stream(in, stream);
    if (!status && ferror(stream))
        status = zone_fail(in->ctx, ZONE_BAD_FILE, .file = in->path, .found = strerror(errno));
    fclose(stream);
    return status;
}

static zone_status check_version(scanner *in)
{
    size_t digits = strspn(in->text + sizeof HEAD - 1, "0123456789");

    in->at = in->text + sizeof HEAD - 1 + digits;
    if (digits == sizeof ZONE_PARTIAL_VERSION - 1 && memcmp(in->at - digits, ZONE_PARTIAL_VERSION, digits) == 0)
        return ZONE_OK;
    if (digits == 0 || digits > VERSION_DIGITS)
        return fail(in, "no version of the format");
    return zone_fail(in->ctx, ZONE_BAD_FILE, .what = "a partial table of another version", .file = in->path,
                     .found = zone_say(in->ctx, "version %.*s", (int)digits, in->at - digits),
                     .expected = zone_say(in->ctx, "version %s", ZONE_PARTIAL_VERSION),
                     .remedy = "make all partials with this version of zone");
}

static zone_status check_sum(const scanner *in)
{
    char tail[TAIL_SIZE + 1], sum[ZONE_CHECKSUM_SIZE];
    zone_checksum checksum;
    size_t body = in->size < TAIL_SIZE ? 0 : in->size - TAIL_SIZE;

    zone_checksum_begin(&checksum);
    zone_checksum_add(&checksum, in->text, body);
    snprintf(tail, sizeof tail, TAIL "%s" TAIL_END, zone_checksum_print(&checksum, sum));
    if (body > 0 && memcmp(in->text + body, tail, TAIL_SIZE) == 0)
        return ZONE_OK;
    bool ended = body > 0 && memcmp(in->text + body, TAIL, sizeof TAIL - 1) == 0;
    return fail(in, ended ? "contents that are not those of its checksum" : "no checksum at its end");
}

/* ---------------------------------------------------------------- the scanner */

static bool take(scanner *in, const char *literal)
{
    size_t length = strlen(literal);

    if (strncmp(in->at, literal, length) != 0)
        return false;
    in->at += length;
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What stands behind a backslash; 0 for what is never written. */
static char take_escape(scanner *in)
{
    if (*in->at == '"' || *in->at == '\\')
        return *in->at++;
    if (strncmp(in->at, "u00", 3) != 0 || hex(in->at[3]) < 0 || hex(in->at[3]) > 1 || hex(in->at[4]) < 0)
        return 0;
    in->at += 5;
    return (char)(16 * hex(in->at[-2]) + hex(in->at[-1]));
}

/* A text, put where it stands: it never gets longer. NULL when there is none. */
static char *take_text(scanner *in)
{
    char *begin = in->at + 1, *end = begin;
    uint32_t point = 0;

    if (!take(in, "\""))
        return NULL;
    while (*in->at != '"') {
        if ((unsigned char)*in->at < 0x20)
            return NULL; /* the end of the file is one, too */
        bool escaped = take(in, "\\");
        size_t length = escaped ? 1 : zone_utf8_next(in->at, &point);
        char first = escaped ? take_escape(in) : *in->at;
        if (length == 0 || first == '\0')
            return NULL;
        *end++ = first;
        for (size_t i = 1; i < length; i++)
            *end++ = in->at[i];
        in->at += escaped ? 0 : length;
    }
    in->at++;
    *end = '\0';
    return begin;
}

/* A decimal as it is printed: no leading zeros, no "-0", in 128 bits. */
static bool read_decimal(const char *text, zone_int128 *value)
{
    const char *digits = text + (*text == '-');
    size_t count = strspn(digits, "0123456789");
    bool negative = digits > text;

    *value = 0;
    if (count == 0 || digits[count] != '\0' || (*digits == '0' && (count > 1 || negative)))
        return false;
    for (size_t i = 0; i < count; i++) {
        int digit = negative ? '0' - digits[i] : digits[i] - '0';
        if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, digit, value))
            return false;
    }
    return true;
}

static bool take_integer(scanner *in, int64_t *value)
{
    char text[20] = "";
    size_t count = strspn(in->at, "0123456789");
    zone_int128 wide = 0;

    if (count >= sizeof text)
        return false;
    memcpy(text, in->at, count);
    in->at += count;
    *value = read_decimal(text, &wide) && wide <= INT64_MAX ? (int64_t)wide : -1;
    return *value >= 0;
}

static bool take_cell(scanner *in, zone_table *table, size_t row, size_t column)
{
    zone_column_type type = zone_table_column_type(table, column);
    int64_t integer = 0;
    zone_int128 area = 0;

    if (take(in, "null"))
        return type != ZONE_COLUMN_INTEGER;
    if (type == ZONE_COLUMN_INTEGER) {
        if (!take_integer(in, &integer))
            return false;
        zone_table_set_integer(table, row, (int)column, integer);
        return true;
    }
    const char *text = take_text(in);
    if (!text)
        return false;
    if (type == ZONE_COLUMN_TEXT)
        zone_table_set_text(table, row, (int)column, text);
    else if (!read_decimal(text, &area))
        return false;
    else
        zone_table_set_area(table, row, (int)column, area);
    return true;
}

static bool take_row(scanner *in, zone_table *table)
{
    size_t row = zone_table_add_row(table);
    bool good = take(in, "[");

    for (size_t c = 0; good && c < zone_table_column_count(table); c++)
        good = (c == 0 || take(in, ", ")) && take_cell(in, table, row, c);
    return good && take(in, "]");
}

static bool take_table(scanner *in, zone_table *table, const char *name)
{
    const char *text = take_text(in);
    bool good = text && strcmp(text, name) == 0 && take(in, ": {\"columns\": [");

    for (size_t c = 0; good && c < zone_table_column_count(table); c++) {
        good = c == 0 || take(in, ", ");
        text = good ? take_text(in) : NULL;
        good = text && strcmp(text, zone_table_column_name(table, c)) == 0;
    }
    good = good && take(in, "], \"rows\": [");
    for (bool first = true; good && !take(in, "\n]},\n"); first = false)
        good = !zone_table_failed(table) && (first || take(in, ",")) && take(in, "\n") && take_row(in, table);
    return good;
}

static int line_of(const scanner *in)
{
    int line = 1;

    for (const char *c = in->text; c < in->at; c++)
        line += *c == '\n';
    return line;
}

static zone_status scan(scanner *in, zone_partial *partial)
{
    bool good = take(in, ",\n");

    for (int t = 0; good && t < ZONE_PARTIAL_TABLES; t++) {
        good = take_table(in, partial->table[t], zone_partial_name((zone_partial_part)t));
        if (zone_table_failed(partial->table[t]))
            return zone_fail(in->ctx, ZONE_NO_MEMORY, .file = in->path);
        if (good && t == ZONE_PARTIAL_COLUMNS)
            good = zone_partial_widen(partial);
    }
    if (good && in->at == in->text + in->size - TAIL_SIZE)
        return ZONE_OK;
    return zone_fail(in->ctx, ZONE_BAD_FILE, .what = "not a partial table as it was written", .file = in->path,
                     .line = line_of(in), .expected = "a whole file that --partial wrote",
                     .remedy = "write the partial again, or copy it again");
}

zone_status zone_partial_read(zone_context *ctx, const char *path, zone_partial **partial)
{
    scanner in = {.ctx = ctx, .path = path};
    zone_status status = read_file(&in);

    *partial = NULL;
    if (!status)
        status = check_version(&in);
    if (!status)
        status = check_sum(&in);
    if (!status && !(*partial = zone_partial_create()))
        status = zone_fail(ctx, ZONE_NO_MEMORY, .file = path);
    if (!status)
        status = scan(&in, *partial);
    if (status) {
        zone_partial_free(*partial);
        *partial = NULL;
    }
    free(in.text);
    return status;
}
