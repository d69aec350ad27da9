/* 国土TXT: what is written, digit by digit. */
#include "write/sink.h"

#include "base/context.h"
#include "read/fixture.h"

#include <unistd.h>

typedef struct {
    zone_table *table;
    int id, area, shape;
    size_t row;
} sketch;

static sketch begin_in(const char *crs, int decimals, const char *encoding)
{
    sketch s = {.table = zone_table_create("convert")};

    s.id = zone_table_add_column(s.table, (zone_column){.name = "XMBH", .type = ZONE_COLUMN_TEXT, .role = "id"});
    s.area = zone_table_add_column(s.table, (zone_column){.name = "SBMJ", .type = ZONE_COLUMN_REAL, .role = "claimed"});
    zone_table_add_column(s.table, (zone_column){.name = "SM", .type = ZONE_COLUMN_TEXT});
    zone_table_add_column(s.table, (zone_column){.name = "DLBM", .type = ZONE_COLUMN_INTEGER, .role = "class"});
    s.shape = zone_table_add_column(
        s.table,
        (zone_column){
            .name = "geometry", .type = ZONE_COLUMN_GEOMETRY, .crs = crs, .decimals = decimals, .encoding = encoding});
    return s;
}

static sketch begin(const char *crs, int decimals)
{
    return begin_in(crs, decimals, NULL);
}

/* A row of one triangle, or of none. */
static void add(sketch *s, const char *id, double area, const double *xy)
{
    const uint32_t multi = 6, polygon = 3, one = 1, four = 4;
    unsigned char wkb[128] = {1};
    size_t at = 1;

    s->row = zone_table_add_row(s->table);
    zone_table_set_text(s->table, s->row, s->id, id);
    zone_table_set_real(s->table, s->row, s->area, area);
    zone_table_set_integer(s->table, s->row, 3, 1001);
    if (!xy)
        return;
    memcpy(wkb + at, &multi, 4), at += 4;
    memcpy(wkb + at, &one, 4), at += 4;
    wkb[at++] = 1;
    memcpy(wkb + at, &polygon, 4), at += 4;
    memcpy(wkb + at, &one, 4), at += 4;
    memcpy(wkb + at, &four, 4), at += 4;
    memcpy(wkb + at, xy, 6 * sizeof *xy), at += 6 * sizeof *xy;
    memcpy(wkb + at, xy, 2 * sizeof *xy), at += 2 * sizeof *xy;
    zone_table_set_geometry(s->table, s->row, s->shape, wkb, at);
}

static const double corner[6] = {448000.5, 3229000.0, 448100.0, 3229000.0, 448100.0, 3229100.1234};

static void expect_file(sketch *s, const char *expected)
{
    char folder[] = "/tmp/zone-test-XXXXXX", path[64], text[4000] = "";
    zone_context *ctx = new_context();

    EXPECT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.txt", folder);
    EXPECT_INT(zone_table_write_layer(ctx, s->table, path), ZONE_OK);
    FILE *file = fopen(path, "rb");
    if (file) {
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
    }
    EXPECT_TEXT(text, expected);
    unlink(path);
    EXPECT_INT(rmdir(folder), 0);
    zone_table_free(s->table);
    zone_context_free(ctx);
}

#define HEAD(datum, width, zone, precision)                                                                            \
    "[属性描述]\r\n格式版本号=\r\n数据产生单位=\r\n数据产生日期=\r\n坐标系=" datum "\r\n几度分带=" width               \
    "\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=" zone "\r\n精度=" precision                                       \
    "\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n"

TEST(plots_are_written_with_as_many_decimals_as_their_coordinates_have)
{
    sketch s = begin("EPSG:4549", 0);

    add(&s, "S,1\n", 5000.25, corner);
    expect_file(&s, HEAD("2000国家大地坐标系", "3", "40", "0.0001") "4,0.500025,S，1 ,,面,,,1001,@\r\n"
                                                                    "J1,1,3229100.1234,40448100.0000\r\n"
                                                                    "J2,1,3229000.0000,40448100.0000\r\n"
                                                                    "J3,1,3229000.0000,40448000.5000\r\n"
                                                                    "J1,1,3229100.1234,40448100.0000\r\n");
}

TEST(what_a_text_file_had_more_decimals_stays)
{
    const double low[6] = {1000.5, 3229000.0, 448100.0, 3229000.0, 448100.0, 3229100.0};
    sketch s = begin("EPSG:2342", 2);

    add(&s, "S1", NAN, NULL);
    add(&s, "S2", NAN, low);
    expect_file(&s, HEAD("1980西安坐标系", "6", "17", "0.01") "4,,S2,,面,,,1001,@\r\n"
                                                              "J1,1,3229100.00,17448100.00\r\n"
                                                              "J2,1,3229000.00,17448100.00\r\n"
                                                              "J3,1,3229000.00,17001000.50\r\n"
                                                              "J1,1,3229100.00,17448100.00\r\n");
}

static void expect_refusal(const char *crs, double easting, const char *found)
{
    const double xy[6] = {easting, 3229000.0, 448100.0, 3229000.0, 448100.0, 3229100.0};
    zone_context *ctx = new_context();
    sketch s = begin(crs, 0);

    add(&s, "S1", 1.0, xy);
    EXPECT_INT(zone_table_write_layer(ctx, s.table, "/tmp/zone-test-refused.txt"), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, found);
    EXPECT(access("/tmp/zone-test-refused.txt", F_OK) != 0);
    zone_table_free(s.table);
    zone_context_free(ctx);
}

TEST(systems_that_the_format_has_no_words_for_are_refused)
{
    expect_refusal("EPSG:4490", 119.5, "EPSG:4490");
    expect_refusal("EPSG:3857", 448000.0, "EPSG:3857");
    expect_refusal("PROJCRS[\"x\"]", 448000.0, "PROJCRS");
    expect_refusal(NULL, 448000.0, "");
    expect_refusal("EPSG:4549", 1448000.0, "an easting of 1448000 m");
    expect_refusal("EPSG:4549", -5.0, "an easting of -5 m");
}

/* The coordinates of the points of a file, northing and easting in turn. */
static size_t read_coordinates(const char *path, double *values, size_t most)
{
    char line[400];
    size_t count = 0;
    FILE *file = fopen(path, "rb");

    while (file && count + 2 <= most && fgets(line, sizeof line, file)) {
        char *at = line[0] == 'J' ? strchr(line, ',') : NULL, *end = NULL;
        if (!at)
            continue;
        values[count++] = strtod(strchr(at + 1, ',') + 1, &end);
        values[count++] = strtod(end + 3, NULL); /* behind the zone */
    }
    if (file)
        fclose(file);
    return count;
}

TEST(every_double_comes_back_whatever_decimals_it_needs)
{
    static const double cases[][6] = {
        {448000.12345678912, 3229000.1, 448100.00000000006, 3229000.0000000005, 448100.0, 3229100.25},
        {0.1 + 0.2, 3229000.0, 5e-324, 1e-12, 999999.9999999999, 1.7976931348623157e308},
        {1.0 / 3.0, 2.0 / 3.0, 448100.0, 1e6 / 7.0, 1e5 / 7.0, 1e7 / 3.0},
    };
    char folder[] = "/tmp/zone-test-XXXXXX", path[64];
    zone_context *ctx = new_context();
    double read[8];

    EXPECT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.txt", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sketch s = begin("EPSG:4549", 0);
        add(&s, "S1", 1.0, cases[i]);
        EXPECT_INT(zone_table_write_layer(ctx, s.table, path), ZONE_OK);
        EXPECT_INT(read_coordinates(path, read, 8), 8);
        for (size_t k = 0; k < 3; k++) { /* clockwise, and again the first */
            EXPECT_REAL(read[2 * k], cases[i][2 * (2 - k) + 1], 0.0);
            EXPECT_REAL(read[2 * k + 1], cases[i][2 * (2 - k)], 0.0);
        }
        zone_table_free(s.table);
    }
    unlink(path);
    rmdir(folder);
    zone_context_free(ctx);
}

/* "项目": CF EE C4 BF, "，": A3 AC. */
TEST(texts_are_gbk_where_that_is_asked_for_and_other_letters_are_refused)
{
    char folder[] = "/tmp/zone-test-XXXXXX", path[64], text[1000] = "";
    zone_context *ctx = new_context();

    EXPECT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.txt", folder);
    sketch s = begin_in("EPSG:4549", 0, "GBK");
    add(&s, "项目,1\x01", NAN, corner);
    EXPECT_INT(zone_table_write_layer(ctx, s.table, path), ZONE_OK);
    FILE *file = fopen(path, "rb");
    if (file) {
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
    }
    EXPECT_CONTAINS(text, "[\xCA\xF4\xD0\xD4\xC3\xE8\xCA\xF6]\r\n");
    EXPECT_CONTAINS(text, "4,,\xCF\xEE\xC4\xBF\xA3\xAC"
                          "1 ,,\xC3\xE6,,,1001,@\r\nJ1,1,3229100.1234,40448100.0000\r\n");
    unlink(path);
    add(&s, "\xF0\xA0\xAE\xB7", NAN, corner);
    EXPECT_INT(zone_table_write_layer(ctx, s.table, path), ZONE_CANNOT_WRITE);
    EXPECT_TEXT(zone_context_error(ctx)->feature, "\xF0\xA0\xAE\xB7");
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "(U+20BB7)");
    EXPECT(access(path, F_OK) != 0);
    snprintf(path, sizeof path, "%s/a.gpkg", folder);
    EXPECT_INT(zone_table_write_layer(ctx, s.table, path), ZONE_BAD_USAGE); /* in UTF-8 only */
    rmdir(folder);
    zone_table_free(s.table);
    zone_context_free(ctx);
}

TEST(a_folder_that_is_not_there_is_a_refusal)
{
    zone_context *ctx = new_context();
    sketch s = begin("EPSG:4549", 0);

    add(&s, "S1", 1.0, corner);
    EXPECT_INT(zone_table_write_layer(ctx, s.table, "/nowhere/at/all.txt"), ZONE_CANNOT_WRITE);
    zone_table_free(s.table);
    zone_context_free(ctx);
}
