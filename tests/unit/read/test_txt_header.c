#include "read/txt_header.h"

#include "read/fixture.h"

static zone_status take(zone_context *ctx, zone_txt_header *header, int line, const char *text)
{
    char copy[200];

    snprintf(copy, sizeof copy, "%s", text);
    return zone_txt_header_take(ctx, "a.txt", line, copy, header);
}

TEST(a_header_tells_datum_width_and_zone_in_several_words)
{
    static const struct {
        const char *line;
        zone_crs_family family;
        int width, zone;
    } lines[] = {{"坐标系=2000国家大地坐标系", ZONE_CGCS2000, 0, 0},
                 {"坐标系＝CGCS2000", ZONE_CGCS2000, 0, 0},
                 {"坐标系=1980西安坐标系", ZONE_XIAN_1980, 0, 0},
                 {"坐标系=80国家大地坐标系", ZONE_XIAN_1980, 0, 0},
                 {"坐标系=北京54", ZONE_BEIJING_1954, 0, 0},
                 {"几度分带=3", ZONE_NO_FAMILY, 3, 0},
                 {"分带=3度带", ZONE_NO_FAMILY, 3, 0},
                 {"几度分带=六度带", ZONE_NO_FAMILY, 6, 0},
                 {"带号=40", ZONE_NO_FAMILY, 0, 40},
                 {"带号 = 第20带", ZONE_NO_FAMILY, 0, 20},
                 {"中央子午线=120", ZONE_NO_FAMILY, 0, 40},
                 {"带号=", ZONE_NO_FAMILY, 0, 0},
                 {"备注=别的", ZONE_NO_FAMILY, 0, 0},
                 {"没有等号", ZONE_NO_FAMILY, 0, 0}};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        zone_txt_header header = {.family = ZONE_NO_FAMILY};
        EXPECT_INT(take(ctx, &header, 4, lines[i].line), ZONE_OK);
        EXPECT_INT(header.family, lines[i].family);
        EXPECT_INT(header.width, lines[i].width);
        EXPECT_INT(header.zone, lines[i].zone);
        EXPECT_INT(header.zone_line, lines[i].zone ? 4 : 0);
        EXPECT(!header.foreign);
    }
    zone_context_free(ctx);
}

TEST(what_no_registered_system_has_is_marked)
{
    static const char *const lines[] = {"坐标系=城市独立坐标系", "投影类型=墨卡托", "计量单位=公里"};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < 3; i++) {
        zone_txt_header header = {.family = ZONE_NO_FAMILY};
        EXPECT_INT(take(ctx, &header, 5, lines[i]), ZONE_OK);
        EXPECT(header.foreign);
        EXPECT_INT(header.foreign_line, 5);
        EXPECT_TEXT(header.foreign_text, lines[i]);
    }
    zone_context_free(ctx);
}

TEST(parameters_of_a_shift_are_noted_when_they_are_not_zero)
{
    zone_context *ctx = new_context();
    zone_txt_header header = {.family = ZONE_NO_FAMILY};

    EXPECT_INT(take(ctx, &header, 1, "转换参数=,,,,,,"), ZONE_OK);
    EXPECT_INT(take(ctx, &header, 1, "转换参数=0,0,0,0,0,0,0"), ZONE_OK);
    EXPECT(!header.shifted);
    EXPECT_INT(take(ctx, &header, 1, "转换参数=0,0,0.5,0,0,0,0"), ZONE_OK);
    EXPECT(header.shifted);
    zone_context_free(ctx);
}

TEST(figures_that_are_none_are_refused_with_their_line)
{
    static const char *const lines[] = {"带号=120",       "带号=24",          "带号=四十",
                                        "带号=40.5",      "几度分带=5",       "几度分带=3或6",
                                        "中央子午线=121", "中央子午线=120.5", "中央子午线=120°30′"};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        zone_txt_header header = {.family = ZONE_NO_FAMILY};
        EXPECT_INT(take(ctx, &header, 9, lines[i]), ZONE_BAD_FILE);
        EXPECT_INT(zone_context_error(ctx)->line, 9);
        EXPECT_TEXT(zone_context_error(ctx)->found, lines[i]);
    }
    zone_context_free(ctx);
}

TEST(a_zone_that_contradicts_the_meridian_before_it_is_refused)
{
    zone_context *ctx = new_context();
    zone_txt_header header = {.family = ZONE_NO_FAMILY}, other = {.family = ZONE_NO_FAMILY};

    EXPECT_INT(take(ctx, &header, 3, "中央子午线=120"), ZONE_OK);
    EXPECT_INT(take(ctx, &header, 4, "带号=39"), ZONE_BAD_FILE);
    EXPECT_INT(zone_context_error(ctx)->line, 4);
    EXPECT_INT(take(ctx, &other, 3, "中央子午线=117"), ZONE_OK);
    EXPECT_INT(take(ctx, &other, 4, "带号=20"), ZONE_OK); /* of 6 degrees: the same meridian */
    EXPECT_INT(other.zone, 20);
    zone_context_free(ctx);
}
