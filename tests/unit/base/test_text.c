/* The catalogue: every pair has the same conversions in the same order. */
#include "base/text.h"
#include "test.h"

static const struct {
    const char *english, *chinese;
} rows[] = {
#define T(english, chinese) {english, chinese},
#include "base/text/ask.def"
#include "base/text/base.def"
#include "base/text/kernel.def"
#include "base/text/plan.def"
#include "base/text/read.def"
#include "base/text/write.def"
#undef T
};

/* The conversions of a format, without their flags: "%.3f m, %s" gives "fs". Literal %% gives nothing. */
static void conversions(const char *text, char kinds[64])
{
    size_t count = 0;

    for (; *text && count < 63; text++) {
        if (*text != '%')
            continue;
        text++;
        if (*text == '%')
            continue;
        for (; *text && !strchr("diouxXeEfgGcsp", *text); text++)
            if (strchr("lzhj", *text) && count < 62)
                kinds[count++] = *text;
        if (*text == '\0') /* a percent sign that ends a text which is no format */
            break;
        kinds[count++] = *text;
    }
    kinds[count] = '\0';
}

TEST(both_languages_have_the_same_conversions)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char english[64], chinese[64];
        conversions(rows[i].english, english);
        conversions(rows[i].chinese, chinese);
        if (strcmp(english, chinese) != 0)
            TEST_FAIL("\"%s\" and \"%s\" differ in their conversions", rows[i].english, rows[i].chinese);
    }
}

TEST(no_text_has_two_translations)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(zone_text(ZONE_CHINESE, rows[i].english), rows[i].chinese) != 0)
            TEST_FAIL("\"%s\" is \"%s\" and \"%s\"", rows[i].english, rows[i].chinese,
                      zone_text(ZONE_CHINESE, rows[i].english));
}

TEST(an_unknown_text_and_english_stay_as_they_are)
{
    EXPECT_TEXT(zone_text(ZONE_CHINESE, "nobody translated this"), "nobody translated this");
    EXPECT_TEXT(zone_text(ZONE_ENGLISH, "no such file"), "no such file");
    EXPECT_TEXT(zone_text(ZONE_CHINESE, "no such file"), "文件不存在");
}
