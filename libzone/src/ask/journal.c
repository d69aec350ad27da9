/* Results as lines of hexadecimal fields, each followed by a blank, and the checksum of all before it. Numbers are
 * written as their bits: they come back the same. */
#include "ask/journal.h"

#include "base/checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "zone-quota-journal 1 "

void zone_journal_line_free(zone_journal_line *line)
{
    free(line->text);
    *line = (zone_journal_line){0};
}

/* ---------------------------------------------------------------- writing */

static zone_status put(zone_context *ctx, zone_journal_line *line, const char *text, size_t length)
{
    zone_status status =
        zone_reserve(ctx, (void **)&line->text, &line->capacity, line->length + length + 1, sizeof *line->text);

    if (status)
        return status;
    memcpy(line->text + line->length, text, length);
    line->length += length;
    line->text[line->length] = '\0';
    return ZONE_OK;
}

static zone_status put_number(zone_context *ctx, zone_journal_line *line, uint64_t number)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%" PRIx64 " ", number);

    return put(ctx, line, text, (size_t)length);
}

static zone_status put_area(zone_context *ctx, zone_journal_line *line, zone_exact area)
{
    zone_status status = put_number(ctx, line, (uint64_t)((zone_uint128)area >> 64));

    return status ? status : put_number(ctx, line, (uint64_t)area);
}

static zone_status put_real(zone_context *ctx, zone_journal_line *line, double number)
{
    uint64_t bits = 0;

    memcpy(&bits, &number, sizeof bits);
    return put_number(ctx, line, bits);
}

/* NULL: "-"; else "=" and two digits a byte. */
static zone_status put_bytes(zone_context *ctx, zone_journal_line *line, const unsigned char *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    zone_status status =
        zone_reserve(ctx, (void **)&line->text, &line->capacity, line->length + 2 * count + 4, sizeof *line->text);
    char *at = status ? NULL : line->text + line->length;

    if (status)
        return status;
    *at++ = bytes ? '=' : '-';
    for (size_t i = 0; bytes && i < count; i++) {
        *at++ = digits[bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
    }
    *at++ = ' ';
    *at = '\0';
    line->length = (size_t)(at - line->text);
    return ZONE_OK;
}

static zone_status put_text(zone_context *ctx, zone_journal_line *line, const char *text)
{
    return put_bytes(ctx, line, (const unsigned char *)text, text ? strlen(text) : 0);
}

zone_status zone_journal_head(zone_context *ctx, zone_journal_line *line, const char *identity)
{
    zone_status status = ZONE_OK;

    line->length = 0;
    status = put(ctx, line, HEAD, strlen(HEAD));
    if (!status)
        status = put(ctx, line, identity, strlen(identity));
    return status ? status : put(ctx, line, "\n", 1);
}

bool zone_journal_is_head(const char *text, const char *identity)
{
    return strncmp(text, HEAD, strlen(HEAD)) == 0 && strcmp(text + strlen(HEAD), identity) == 0;
}

static zone_status put_finding(zone_context *ctx, zone_journal_line *line, const zone_site_finding *finding)
{
    const uint64_t numbers[] = {finding->check,    finding->severity, finding->verdict,
                                finding->measures, finding->turned,   finding->placed};
    const zone_exact areas[] = {finding->area, finding->limit, finding->margin};
    const double reals[] = {finding->number, finding->least, finding->number_margin, finding->place[0],
                            finding->place[1]};
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < 6 && !status; i++)
        status = put_number(ctx, line, numbers[i]);
    for (size_t i = 0; i < 3 && !status; i++)
        status = put_area(ctx, line, areas[i]);
    for (size_t i = 0; i < 5 && !status; i++)
        status = put_real(ctx, line, reals[i]);
    return status ? status : put_text(ctx, line, finding->remark);
}

static zone_status put_piece(zone_context *ctx, zone_journal_line *line, const zone_site_piece *piece)
{
    zone_status status = put_number(ctx, line, piece->check);

    if (!status)
        status = put_text(ctx, line, piece->with);
    if (!status)
        status = put_area(ctx, line, piece->area);
    if (!status)
        status = put_real(ctx, line, piece->width);
    return status ? status : put_bytes(ctx, line, piece->wkb, piece->size);
}

static zone_status put_draw(zone_context *ctx, zone_journal_line *line, const zone_site_draw *draw)
{
    zone_status status = put_number(ctx, line, draw->zone);

    if (!status)
        status = put_number(ctx, line, draw->quota);
    return status ? status : put_area(ctx, line, draw->area);
}

static zone_status put_lists(zone_context *ctx, zone_journal_line *line, const zone_site_result *result)
{
    zone_status status = put_number(ctx, line, result->finding_count);

    for (size_t i = 0; i < result->finding_count && !status; i++)
        status = put_finding(ctx, line, &result->finding[i]);
    if (!status)
        status = put_number(ctx, line, result->piece_count);
    for (size_t i = 0; i < result->piece_count && !status; i++)
        status = put_piece(ctx, line, &result->piece[i]);
    if (!status)
        status = put_number(ctx, line, result->draw_count);
    for (size_t i = 0; i < result->draw_count && !status; i++)
        status = put_draw(ctx, line, &result->draw[i]);
    return status;
}

zone_status zone_journal_write(zone_context *ctx, zone_journal_line *line, size_t site, const zone_site_result *result)
{
    const zone_exact areas[] = {result->area, result->farmland, result->farmland_net, result->redline,
                                result->construction};
    zone_checksum sum;
    char printed[ZONE_CHECKSUM_SIZE];
    zone_status status = ZONE_OK;

    line->length = 0;
    status = put_number(ctx, line, site);
    if (!status)
        status = put_number(ctx, line, result->readable);
    if (!status)
        status = put_number(ctx, line, result->barred);
    for (size_t i = 0; i < 5 && !status; i++)
        status = put_area(ctx, line, areas[i]);
    if (!status)
        status = put_text(ctx, line, result->zones);
    if (!status)
        status = put_lists(ctx, line, result);
    if (status)
        return status;
    zone_checksum_begin(&sum);
    zone_checksum_add(&sum, line->text, line->length);
    status = put(ctx, line, zone_checksum_print(&sum, printed), ZONE_CHECKSUM_SIZE - 1);
    return status ? status : put(ctx, line, "\n", 1);
}

/* ---------------------------------------------------------------- reading */

/* What is left of a line whose checksum held: nothing in it is wrong but by an error of ours. */
typedef struct {
    zone_context *ctx;
    zone_arena *arena;
    const char *at;
    bool short_of_memory;
} reader;

static uint64_t get_number(reader *in)
{
    uint64_t number = 0;

    for (; *in->at && *in->at != ' '; in->at++)
        number = number << 4 | (uint64_t)(*in->at <= '9' ? *in->at - '0' : *in->at - 'a' + 10);
    in->at += *in->at == ' ';
    return number;
}

static zone_exact get_area(reader *in)
{
    zone_uint128 high = get_number(in);

    return (zone_exact)(high << 64 | get_number(in));
}

static double get_real(reader *in)
{
    uint64_t bits = get_number(in);
    double number = 0.0;

    memcpy(&number, &bits, sizeof number);
    return number;
}

static void *take(reader *in, size_t size)
{
    void *made = zone_arena_take(in->ctx, in->arena, size);

    in->short_of_memory = in->short_of_memory || !made;
    return made;
}

/* With a 0 behind them. */
static unsigned char *get_bytes(reader *in, size_t *count)
{
    bool none = *in->at == '-';
    size_t length = strcspn(in->at, " ");
    unsigned char *bytes = none ? NULL : take(in, length / 2 + 1);
    const char *at = in->at + 1;

    *count = none ? 0 : (length - 1) / 2;
    for (size_t i = 0; bytes && i < *count; i++, at += 2) {
        int high = at[0] <= '9' ? at[0] - '0' : at[0] - 'a' + 10, low = at[1] <= '9' ? at[1] - '0' : at[1] - 'a' + 10;
        bytes[i] = (unsigned char)(high * 16 + low);
    }
    if (bytes)
        bytes[*count] = 0;
    in->at += length;
    in->at += *in->at == ' ';
    return bytes;
}

static const char *get_text(reader *in)
{
    size_t count = 0;

    return (const char *)get_bytes(in, &count);
}

static void get_finding(reader *in, zone_site_finding *finding)
{
    *finding = (zone_site_finding){.check = (uint32_t)get_number(in)};
    finding->severity = (zone_severity)get_number(in);
    finding->verdict = (zone_finding_verdict)get_number(in);
    finding->measures = (zone_measures)get_number(in);
    finding->turned = (uint32_t)get_number(in);
    finding->placed = get_number(in) != 0;
    finding->area = get_area(in);
    finding->limit = get_area(in);
    finding->margin = get_area(in);
    finding->number = get_real(in);
    finding->least = get_real(in);
    finding->number_margin = get_real(in);
    finding->place[0] = get_real(in);
    finding->place[1] = get_real(in);
    finding->remark = get_text(in);
}

static void get_piece(reader *in, zone_site_piece *piece)
{
    *piece = (zone_site_piece){.check = (uint32_t)get_number(in)};
    piece->with = get_text(in);
    piece->area = get_area(in);
    piece->width = get_real(in);
    piece->wkb = get_bytes(in, &piece->size);
}

static void get_draw(reader *in, zone_site_draw *draw)
{
    *draw = (zone_site_draw){.zone = (uint32_t)get_number(in)};
    draw->quota = (uint32_t)get_number(in);
    draw->area = get_area(in);
}

static void get_lists(reader *in, zone_site_result *result)
{
    result->finding_count = (size_t)get_number(in);
    result->finding = take(in, (result->finding_count + 1) * sizeof *result->finding);
    for (size_t i = 0; result->finding && i < result->finding_count; i++)
        get_finding(in, &result->finding[i]);
    result->piece_count = (size_t)get_number(in);
    result->piece = take(in, (result->piece_count + 1) * sizeof *result->piece);
    for (size_t i = 0; result->piece && i < result->piece_count; i++)
        get_piece(in, &result->piece[i]);
    result->draw_count = (size_t)get_number(in);
    result->draw = take(in, (result->draw_count + 1) * sizeof *result->draw);
    for (size_t i = 0; result->draw && i < result->draw_count; i++)
        get_draw(in, &result->draw[i]);
}

static bool is_sound(const char *text)
{
    size_t length = strlen(text);
    zone_checksum sum;
    char printed[ZONE_CHECKSUM_SIZE];

    if (length < ZONE_CHECKSUM_SIZE)
        return false;
    zone_checksum_begin(&sum);
    zone_checksum_add(&sum, text, length - (ZONE_CHECKSUM_SIZE - 1));
    return strcmp(zone_checksum_print(&sum, printed), text + length - (ZONE_CHECKSUM_SIZE - 1)) == 0;
}

zone_status zone_journal_read(zone_context *ctx, const char *text, zone_arena *arena, bool *sound, size_t *site,
                              zone_site_result *result)
{
    reader in = {.ctx = ctx, .arena = arena, .at = text};

    *result = (zone_site_result){0};
    *sound = is_sound(text);
    if (!*sound)
        return ZONE_OK;
    *site = (size_t)get_number(&in);
    result->readable = get_number(&in) != 0;
    result->barred = get_number(&in) != 0;
    result->area = get_area(&in);
    result->farmland = get_area(&in);
    result->farmland_net = get_area(&in);
    result->redline = get_area(&in);
    result->construction = get_area(&in);
    result->zones = get_text(&in);
    get_lists(&in, result);
    return in.short_of_memory ? ZONE_NO_MEMORY : ZONE_OK;
}
