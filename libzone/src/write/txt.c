/* 国土TXT: the text form in which land offices send red lines. */
#include "base/crs_zones.h"
#include "base/number.h"
#include "base/utf8.h"
#include "write/writer.h"

#include <iconv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Decimals of coordinates: survey data have three. Where nine do not give every double back, each coordinate that needs
 * more has as many as give it back: the smallest double has 324. */
#define LEAST_DECIMALS 3
#define MOST_DECIMALS  9
#define ALL_DECIMALS   324

/* What a title line has behind the count of points: the field of that name, or the one that plays the role. */
static const struct {
    const char *name, *role;
} values[] = {{"DKMJ", NULL},    {"DKBH", "id"}, {"DKMC", "name"}, {"TXSX", NULL}, {"TFH", NULL}, {"DKYT", "kind"},
              {"DLBM", "class"}, {"TBLX", NULL}, {"DL", NULL},     {"GZQ", NULL},  {"GZH", NULL}, {"BZ", NULL}};
enum { AREA, NUMBER, NAME, KIND, SHEET, USE, CLASS, FIXED };
#define VALUES (sizeof values / sizeof *values)

typedef struct {
    zone_context *ctx;
    const zone_table *table;
    const char *path;
    size_t geometry;
    int column[VALUES]; /* -1: there is none */
    int claimed;        /* the claimed area in m², where there is none in hectares */
    size_t last;        /* values of a title */
    zone_crs_family family;
    int zone;
    int decimals;
    bool finer;    /* than MOST_DECIMALS */
    bool converts; /* from UTF-8 to GBK, by the converter */
    iconv_t converter;
    size_t row;         /* that is written */
    zone_status status; /* of letters that GBK has not */
    zone_writer writer;
} txt_run;

/* ---------------------------------------------------------------- the shapes */

/* A walk over the well-known binary of a multipolygon in this machine's byte order. */
typedef struct {
    const unsigned char *at, *end;
    bool broken;
} reader;

static void take(reader *from, void *value, size_t size)
{
    if ((size_t)(from->end - from->at) < size) {
        from->broken = true;
        memset(value, 0, size);
        return;
    }
    memcpy(value, from->at, size);
    from->at += size;
}

static uint32_t take_header(reader *from, uint32_t kind)
{
    const uint16_t probe = 1;
    unsigned char order = 0, own = 0;
    uint32_t found = 0, count = 0;

    memcpy(&own, &probe, 1);
    take(from, &order, 1);
    take(from, &found, sizeof found);
    take(from, &count, sizeof count);
    from->broken = from->broken || order != own || found != kind;
    return from->broken ? 0 : count;
}

static uint32_t take_count(reader *from)
{
    uint32_t count = 0;

    take(from, &count, sizeof count);
    from->broken = from->broken || (size_t)(from->end - from->at) / 16 < count;
    return from->broken ? 0 : count;
}

/* Called with each ring: its points, the first of which is repeated at the end. */
typedef zone_status (*ring_visitor)(txt_run *run, const unsigned char *points, size_t count, size_t ring, void *user);

static zone_status visit(txt_run *run, size_t row, ring_visitor visitor, void *user)
{
    size_t size = 0, ring = 0;
    const unsigned char *wkb = zone_table_geometry(run->table, row, run->geometry, &size);
    reader from = {wkb, wkb ? wkb + size : wkb, false};
    zone_status status = ZONE_OK;

    for (uint32_t parts = wkb ? take_header(&from, 6) : 0; parts > 0 && !from.broken && !status; parts--)
        for (uint32_t rings = take_header(&from, 3); rings > 0 && !from.broken && !status; rings--) {
            uint32_t count = take_count(&from);
            status = visitor(run, from.at, count, ring++, user);
            from.at += (size_t)count * 16;
        }
    if (!status && from.broken)
        status = zone_fail(run->ctx, ZONE_INTERNAL, .file = run->path, .what = NULL);
    return status;
}

static double coordinate(const unsigned char *points, size_t number, size_t axis)
{
    double value;

    memcpy(&value, points + 16 * number + 8 * axis, sizeof value);
    return value;
}

/* ---------------------------------------------------------------- what must be known of all */

/* The fewest decimals that give every coordinate back, as far as MOST_DECIMALS do. */
static zone_status find_decimals(txt_run *run, const unsigned char *points, size_t count, size_t ring, void *user)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    size_t *total = user;

    (void)ring;
    *total += count;
    for (size_t i = 0; i < 2 * count; i++) {
        double value = coordinate(points, i / 2, i % 2);
        while (run->decimals < MOST_DECIMALS && round(value * powers[run->decimals]) / powers[run->decimals] != value)
            run->decimals++;
        run->finer = run->finer || round(value * powers[run->decimals]) / powers[run->decimals] != value;
        if (i % 2 == 0 && (value < 0.0 || value >= 1e6))
            return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path,
                             .found = zone_say(run->ctx, "an easting of %.0f m", value),
                             .expected = "eastings of six digits, before which the zone number stands");
    }
    return ZONE_OK;
}

static zone_status refuse_system(const txt_run *run, const char *definition)
{
    return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path, .found = zone_say(run->ctx, "%.200s", definition),
                     .expected =
                         "CGCS2000, Xian 1980 or Beijing 1954 in a Gauss-Kruger zone, whose number is not in the "
                         "eastings (EPSG:4549, for example)",
                     .remedy = "a file that ends in .gpkg");
}

static zone_status find_zone(txt_run *run)
{
    const char *definition = zone_table_column(run->table, run->geometry)->crs;
    bool prefixed = false;

    if (!definition || strncmp(definition, "EPSG:", 5) != 0)
        return refuse_system(run, definition ? definition : "");
    run->zone = zone_crs_zone_of_code(atoi(definition + 5), &run->family, &prefixed);
    return run->zone ? ZONE_OK : refuse_system(run, definition);
}

static int find_role(const zone_table *table, const char *role)
{
    for (size_t c = 0; c < zone_table_column_count(table) && role; c++) {
        const char *played = zone_table_column(table, c)->role;
        if (played && strcmp(played, role) == 0)
            return (int)c;
    }
    return -1;
}

/* Fields that a title has no place for are told. */
static void tell_left(const txt_run *run)
{
    const char *left = "";

    for (size_t c = 0; c < zone_table_column_count(run->table); c++) {
        const zone_column *column = zone_table_column(run->table, c);
        bool taken = c == run->geometry || (int)c == run->claimed || strcmp(column->name, "SBMJ") == 0;
        for (size_t v = 0; v < VALUES; v++)
            taken = taken || run->column[v] == (int)c;
        if (!taken)
            left = zone_say(run->ctx, "%s%s%.60s", left, *left ? ", " : "", column->name);
    }
    if (*left)
        zone_log(run->ctx, "%s: fields that the format has no place for: %s", run->path, left);
}

static void find_columns(txt_run *run)
{
    run->claimed = find_role(run->table, "claimed");
    run->last = FIXED;
    for (size_t v = 0; v < VALUES; v++) {
        run->column[v] = zone_table_column_find(run->table, values[v].name);
        if (run->column[v] < 0)
            run->column[v] = find_role(run->table, values[v].role);
        if (run->column[v] >= 0 && v >= FIXED)
            run->last = VALUES;
    }
    tell_left(run);
}

/* ---------------------------------------------------------------- lines */

/* The text of a cell, "" when it is empty; numbers as the shortest decimal that means them. */
static const char *cell_text(const txt_run *run, size_t row, int column, char text[64])
{
    const char *held = column >= 0 ? zone_table_text(run->table, row, (size_t)column) : NULL;
    zone_column_type type = column >= 0 ? zone_table_column_type(run->table, (size_t)column) : ZONE_COLUMN_TEXT;
    double value = column >= 0 ? zone_table_number(run->table, row, (size_t)column) : 0.0;
    int digits = 15;

    text[0] = '\0';
    if (held || type == ZONE_COLUMN_TEXT || zone_table_is_null(run->table, row, (size_t)column))
        return held ? held : text;
    if (type == ZONE_COLUMN_INTEGER)
        snprintf(text, 64, "%lld", (long long)zone_table_integer(run->table, row, (size_t)column));
    else
        do
            zone_number_print(text, 64, "%.*g", digits, value);
        while (zone_number_read(text, NULL) != value && ++digits <= 17);
    return text;
}

static zone_status refuse_letter(txt_run *run, const char *letter, size_t length, uint32_t point)
{
    char held[64];
    const char *id = cell_text(run, run->row, run->column[NUMBER], held);

    return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path,
                     .feature = *id ? id : zone_say(run->ctx, "number %llu", (unsigned long long)run->row + 1),
                     .found = zone_say(run->ctx, "the letter \"%.*s\" (U+%04X)", (int)length, letter, (unsigned)point),
                     .expected = "letters that GBK has", .remedy = "--to-encoding UTF-8");
}

/* A character of UTF-8 in the encoding of the file. */
static void put_letter(txt_run *run, const char *letter, size_t length, uint32_t point)
{
    char made[16], *out = made, *in = (char *)(uintptr_t)letter;
    size_t left = length, room = sizeof made;

    if (!run->converts || point < 0x80)
        zone_writer_put_bytes(&run->writer, letter, length);
    else if (!run->status && iconv(run->converter, &in, &left, &out, &room) == 0)
        zone_writer_put_bytes(&run->writer, made, (size_t)(out - made));
    else if (!run->status)
        run->status = refuse_letter(run, letter, length, point);
}

static void put(txt_run *run, const char *text)
{
    for (size_t length = 0; run->converts && *text; text += length) {
        uint32_t point = 0;
        length = zone_utf8_next(text, &point);
        length = length ? length : 1;
        put_letter(run, text, length, point);
    }
    zone_writer_put(&run->writer, text);
}

static void put_number(txt_run *run, size_t number)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", number);
    put(run, text);
}

static void put_header(txt_run *run)
{
    static const char *const datums[] = {"2000国家大地坐标系", "1980西安坐标系", "1954北京坐标系"};
    char precision[32];

    zone_number_print(precision, sizeof precision, "%.*f", run->decimals, pow(10.0, -run->decimals));
    put(run, "[属性描述]\r\n格式版本号=\r\n数据产生单位=\r\n数据产生日期=\r\n坐标系=");
    put(run, datums[run->family]);
    put(run, "\r\n几度分带=");
    put_number(run, (size_t)zone_crs_zone_width(run->zone));
    put(run, "\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=");
    put_number(run, (size_t)run->zone);
    put(run, "\r\n精度=");
    put(run, precision);
    put(run, "\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n");
}

/* A text in a title: what would end the value or the line is given another form, and control characters are blanks.
 * Names keep their commas, which readers of names with commas tell from the kind of geometry behind them. */
static void put_text(txt_run *run, const char *text, bool name)
{
    for (size_t length = 0; *text; text += length) {
        uint32_t point = 0;
        length = zone_utf8_next(text, &point);
        length = length ? length : 1;
        if (point == ',' && !name)
            put(run, "，");
        else if (point < 0x20 || point == 0x7F)
            put(run, " ");
        else
            put_letter(run, text, length, point);
    }
}

/* Would a part of the name between commas read as the kind of geometry that stands behind it? */
static bool reads_as_kind(const char *name)
{
    static const char *const kinds[] = {"面", "面状", "点", "线", "polygon", "Polygon", "POLYGON"};

    for (const char *at = name; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        at += strspn(at, " ");
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (strncmp(at, kinds[i], strlen(kinds[i])) == 0 && strchr(", ", at[strlen(kinds[i])]))
                return true;
    }
    return false;
}

/* Hectares, as the format has it, of a claim in m². */
static void put_claim(txt_run *run, size_t row)
{
    char *end = NULL, text[64], held[64];
    const char *written = cell_text(run, row, run->claimed, held);
    double claimed = zone_number_read(written, &end);
    const char *point = strchr(written, '.');
    int decimals = 4 + (point ? (int)strlen(point + 1) : 0);

    if (*written && !*end && isfinite(claimed)) {
        zone_number_print(text, sizeof text, "%.*f", decimals < 15 ? decimals : 15, claimed / 1e4);
        put(run, text);
    }
}

static void put_title(txt_run *run, size_t row, size_t points)
{
    put_number(run, points);
    for (size_t v = 0; v < run->last; v++) {
        char held[64];
        const char *text = cell_text(run, row, run->column[v], held);
        put(run, ",");
        if (v == KIND)
            put(run, "面");
        else if (v == AREA && run->column[v] < 0 && run->claimed >= 0)
            put_claim(run, row);
        else
            put_text(run, text, v == NAME && !reads_as_kind(text));
    }
    put(run, ",@\r\n");
}

/* A coordinate with the decimals of the file, or as many as give it back; zeros before it to `width` digits. */
static void print_coordinate(const txt_run *run, char *text, size_t size, int width, double value)
{
    int decimals = run->finer ? LEAST_DECIMALS : run->decimals;

    do
        zone_number_print(text, size, "%0*.*f", width + decimals, decimals, value);
    while (run->finer && zone_number_read(text, NULL) != value && ++decimals <= ALL_DECIMALS);
}

static void put_point(txt_run *run, size_t name, size_t ring, double x, double y)
{
    char line[1200], easting[400], northing[700];

    print_coordinate(run, easting, sizeof easting, 7, x); /* six digits and the point */
    print_coordinate(run, northing, sizeof northing, 0, y);
    snprintf(line, sizeof line, "J%zu,%zu,%s,%d%s\r\n", name, ring + 1, northing, run->zone, easting);
    zone_writer_put(&run->writer, line);
}

/* Surveyors number corners clockwise, layers have outer rings the other way. Each ring comes back to the point it
 * begins with. */
static zone_status put_ring(txt_run *run, const unsigned char *points, size_t count, size_t ring, void *user)
{
    size_t *name = user, first = *name, corners = count ? count - 1 : 0;

    for (size_t i = 0; i < corners; i++) {
        size_t at = corners - 1 - i;
        put_point(run, (*name)++, ring, coordinate(points, at, 0), coordinate(points, at, 1));
    }
    if (corners)
        put_point(run, first, ring, coordinate(points, corners - 1, 0), coordinate(points, corners - 1, 1));
    return run->writer.failed ? ZONE_CANNOT_WRITE : ZONE_OK;
}

static zone_status count_points(txt_run *run, const unsigned char *points, size_t count, size_t ring, void *user)
{
    size_t *total = user;

    (void)run;
    (void)points;
    (void)ring;
    *total += count;
    return ZONE_OK;
}

static zone_status put_plots(txt_run *run)
{
    size_t rows = zone_table_row_count(run->table), left = 0;
    zone_status status = ZONE_OK;

    for (size_t row = 0; row < rows && !status; row++) {
        size_t total = 0, name = 1;
        status = visit(run, row, count_points, &total);
        left += !status && total == 0;
        if (status || total == 0)
            continue;
        run->row = row;
        put_title(run, row, total);
        status = run->status ? run->status : visit(run, row, put_ring, &name);
        if (!status && row % 1024 == 0)
            status = zone_progress(run->ctx, row, rows);
    }
    if (!status && left)
        zone_log(run->ctx, "%s: features without a geometry, which are left out: %zu", run->path, left);
    return status;
}

static zone_status produce(void *user, zone_sink sink, void *to)
{
    txt_run *run = user;
    zone_status status;

    run->writer = (zone_writer){.ctx = run->ctx, .sink = sink, .user = to};
    put_header(run);
    status = put_plots(run);
    if (run->writer.failed && !zone_context_error(run->ctx)->status)
        return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path,
                         .remedy = "another folder, or more room on the disk");
    return status;
}

zone_status zone_write_txt(zone_context *ctx, const zone_table *table, size_t geometry, const char *path)
{
    txt_run run = {.ctx = ctx, .table = table, .path = path, .geometry = geometry, .decimals = LEAST_DECIMALS};
    int known = zone_table_column(table, geometry)->decimals;
    const char *encoding = zone_table_column(table, geometry)->encoding;
    size_t points = 0;
    zone_status status = find_zone(&run);

    for (size_t row = 0; row < zone_table_row_count(table) && !status; row++)
        status = visit(&run, row, find_decimals, &points);
    if (!status && known > 0 && known <= MOST_DECIMALS) /* trailing zeros of the file that it comes from count, too */
        run.decimals = known;
    if (status)
        return status;
    find_columns(&run);
    if (encoding && (run.converter = iconv_open(encoding, "UTF-8")) == (iconv_t)-1)
        return zone_fail(ctx, ZONE_INTERNAL, .file = path, .what = NULL);
    run.converts = encoding != NULL;
    status = zone_file_write(ctx, path, produce, &run);
    if (encoding)
        iconv_close(run.converter);
    return status;
}
