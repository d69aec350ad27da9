/* The header of a 国土TXT. */
#include "read/txt_header.h"

#include "read/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static void mark_foreign(zone_txt_header *header, int line, const char *key, const char *value)
{
    if (header->foreign)
        return;
    header->foreign = true;
    header->foreign_line = line;
    snprintf(header->foreign_text, sizeof header->foreign_text, "%.40s=%.60s", key, value);
    zone_encoding_make_ascii_of_broken(header->foreign_text); /* cut inside of a character */
}

static void take_datum(zone_txt_header *header, int line, const char *key, const char *value)
{
    if (has(value, "2000"))
        header->family = ZONE_CGCS2000;
    else if (has(value, "80") || has(value, "西安"))
        header->family = ZONE_XIAN_1980;
    else if (has(value, "54") || has(value, "北京"))
        header->family = ZONE_BEIJING_1954;
    else
        mark_foreign(header, line, key, value);
}

static zone_status refuse(zone_context *ctx, const char *path, int line, const char *key, const char *value,
                          const char *expected)
{
    return zone_fail(ctx, ZONE_BAD_FILE, .what = "the header can't be understood", .file = path, .line = line,
                     .found = zone_say(ctx, "%s=%s", key, value), .expected = expected,
                     .remedy = "mend the header, or leave the line empty and give --crs");
}

/* "3", "3度", "三度带". */
static zone_status take_width(zone_context *ctx, const char *path, zone_txt_header *header, int line, const char *key,
                              const char *value)
{
    if (has(value, "3") || has(value, "三"))
        header->width = 3;
    if (has(value, "6") || has(value, "六"))
        header->width = header->width ? 0 : 6;
    return header->width ? ZONE_OK : refuse(ctx, path, line, key, value, "3 or 6 degrees");
}

/* "40", "40带", "第40带". */
static zone_status take_zone(zone_context *ctx, const char *path, zone_txt_header *header, int line, const char *key,
                             const char *value)
{
    const char *digits = value + strcspn(value, "0123456789");
    size_t length = strspn(digits, "0123456789");
    int zone = length > 0 && length < 4 ? atoi(digits) : 0;

    if (!zone_crs_zone_code(ZONE_CGCS2000, zone, false) || digits[length] == '.')
        return refuse(ctx, path, line, key, value, "a zone of 3 degrees (25 to 45) or of 6 (13 to 23)");
    if (header->zone && zone_crs_zone_meridian(header->zone) != zone_crs_zone_meridian(zone))
        return refuse(ctx, path, line, key, value, "the zone of the central meridian that was named before");
    header->zone = zone;
    header->zone_line = line;
    return ZONE_OK;
}

static bool has_figures(const char *text)
{
    return text[strcspn(text, "123456789")] != '\0';
}

static zone_status take_meridian(zone_context *ctx, const char *path, zone_txt_header *header, int line,
                                 const char *key, const char *value)
{
    const char *digits = value + strcspn(value, "0123456789");
    size_t length = strspn(digits, "0123456789");
    int meridian = length > 0 && length < 4 ? atoi(digits) : 0;

    if (meridian < 75 || meridian > 135 || meridian % 3 || has_figures(digits + length) ||
        (header->width == 6 && meridian % 6 != 3) || (header->zone && zone_crs_zone_meridian(header->zone) != meridian))
        return refuse(ctx, path, line, key, value, "a central meridian from 75 to 135, a multiple of 3");
    if (!header->zone) {
        header->zone = header->width == 6 ? (meridian + 3) / 6 : meridian / 3;
        header->zone_line = line;
    }
    return ZONE_OK;
}

zone_status zone_txt_header_take(zone_context *ctx, const char *path, int line, char *text, zone_txt_header *header)
{
    zone_lines_narrow(text);
    char *rest = text;
    const char *key = zone_lines_cut(&rest, '='), *value = rest ? zone_lines_cut(&rest, '\0') : "";

    if (!*value)
        return ZONE_OK;
    if (strcmp(key, "坐标系") == 0 || strcmp(key, "坐标系统") == 0)
        take_datum(header, line, key, value);
    else if (strcmp(key, "几度分带") == 0 || strcmp(key, "分带") == 0)
        return take_width(ctx, path, header, line, key, value);
    else if (strcmp(key, "带号") == 0)
        return take_zone(ctx, path, header, line, key, value);
    else if (strcmp(key, "中央子午线") == 0 || strcmp(key, "中央经线") == 0)
        return take_meridian(ctx, path, header, line, key, value);
    else if (strcmp(key, "投影类型") == 0 && !has(value, "高斯") && !has(value, "Gauss") && !has(value, "gauss"))
        mark_foreign(header, line, key, value);
    else if (strcmp(key, "计量单位") == 0 && strcmp(value, "米") != 0 && strcmp(value, "m") != 0 &&
             strcmp(value, "M") != 0 && !has(value, "度"))
        mark_foreign(header, line, key, value);
    else if (strcmp(key, "转换参数") == 0)
        header->shifted = has_figures(value);
    return ZONE_OK;
}
