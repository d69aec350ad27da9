#include "read/encoding.h"

#include "read/fixture.h"

#define WATER_GBK  "\xCB\xAE\xCC\xEF" /* 水田 */
#define WATER_UTF8 "\xE6\xB0\xB4\xE7\x94\xB0"

static void check_decided(unsigned char language, const char *cpg, const char *text, const char *note,
                          const char *decoded)
{
    zone_context *ctx = new_context();
    zone_encoding encoding;
    const char *texts[] = {"plain", text, NULL};

    put_dbf("/vsimem/e.dbf", language, "DLMC", texts);
    VSIUnlink("/vsimem/e.cpg");
    if (cpg)
        put_text("/vsimem/e.cpg", cpg);
    EXPECT_INT(zone_encoding_decide(ctx, "/vsimem/e.shp", NULL, &encoding), ZONE_OK);
    EXPECT_TEXT(encoding.note, note);
    EXPECT_TEXT(zone_encoding_decode(&encoding, text), decoded);
    zone_encoding_close(&encoding);
    zone_context_free(ctx);
}

TEST(the_cpg_file_decides_first)
{
    check_decided(0x00, "GBK", WATER_GBK, "GBK (by .cpg)", "水田");
    check_decided(0x57, "\xEF\xBB\xBFUTF-8\r\n", WATER_UTF8, "UTF-8 (by .cpg)", "水田");
    check_decided(0x4D, "CP936 ", WATER_GBK, "CP936 (by .cpg)", "水田");
    check_decided(0x00, "ANSI 936", WATER_GBK, "CP936 (by .cpg)", "水田");
    check_decided(0x00, "936", WATER_GBK, "CP936 (by .cpg)", "水田");
    check_decided(0x00, "88591", "\xE9", "ISO-8859-1 (by .cpg)", "é");
}

TEST(the_language_byte_decides_next)
{
    check_decided(0x4D, NULL, WATER_GBK, "CP936 (by the language byte of the .dbf)", "水田");
    check_decided(0x4F, NULL, "\xA4\xF4", "CP950 (by the language byte of the .dbf)", "水");
    check_decided(0x4D, "no such encoding", WATER_GBK, "CP936 (by the language byte of the .dbf)", "水田");
}

TEST(else_the_bytes_decide)
{
    check_decided(0x00, NULL, WATER_GBK, "GB18030 (by its bytes, which are not UTF-8)", "水田");
    check_decided(0x57, NULL, WATER_GBK, "GB18030 (by its bytes, which are not UTF-8)", "水田");
    check_decided(0x00, NULL, WATER_UTF8, "UTF-8 (by its bytes)", "水田");
    check_decided(0x00, NULL, "abc", "UTF-8 (by its bytes, all ASCII)", "abc");
    /* 联通: two bytes of GBK that a loose test takes for UTF-8 */
    check_decided(0x00, NULL, "\xC1\xAA\xCD\xA8", "GB18030 (by its bytes, which are not UTF-8)", "联通");
}

TEST(a_utf8_text_cut_by_the_width_of_its_field_is_still_utf8)
{
    /* 13 characters and the first byte of the next fill 40 bytes. */
    check_decided(0x00, NULL, "水田水田水田水田水田水田水\xE7", "UTF-8 (by its bytes)",
                  "水田水田水田水田水田水田水\xEF\xBF\xBD");
}

TEST(what_the_user_says_wins)
{
    zone_context *ctx = new_context();
    zone_encoding encoding;

    put_text("/vsimem/e.cpg", "UTF-8");
    EXPECT_INT(zone_encoding_decide(ctx, "/vsimem/e.shp", "gb2312", &encoding), ZONE_OK);
    EXPECT_TEXT(encoding.note, "GBK (as asked)");
    zone_encoding_close(&encoding);
    EXPECT_INT(zone_encoding_decide(ctx, "/vsimem/e.shp", "martian", &encoding), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "martian");
    zone_encoding_close(&encoding);
    zone_context_set_language(ctx, ZONE_CHINESE);
    EXPECT_INT(zone_encoding_decide(ctx, "/vsimem/e.shp", "points", &encoding), ZONE_BAD_USAGE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "points"); /* not the catalogue's */
    zone_encoding_close(&encoding);
    VSIUnlink("/vsimem/e.cpg");
    zone_context_free(ctx);
}

TEST(bytes_that_mean_nothing_become_replacement_characters_and_are_counted)
{
    zone_context *ctx = new_context();
    zone_encoding encoding;

    EXPECT_INT(zone_encoding_open(ctx, "GBK", "as asked", &encoding), ZONE_OK);
    EXPECT_TEXT(zone_encoding_decode(&encoding, WATER_GBK "\xFF"
                                                          "a"),
                "水田\xEF\xBF\xBD"
                "a");
    EXPECT_TEXT(zone_encoding_decode(&encoding, WATER_GBK "\xCB"), "水田\xEF\xBF\xBD");
    EXPECT_INT(encoding.broken, 2);
    zone_encoding_close(&encoding);
    EXPECT_INT(zone_encoding_open(ctx, "UTF8", "as asked", &encoding), ZONE_OK);
    EXPECT_TEXT(zone_encoding_decode(&encoding, "a\xFF\xE6\xB0"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_INT(encoding.broken, 3);
    zone_encoding_close(&encoding);
    zone_context_free(ctx);
}

TEST(every_text_of_random_bytes_comes_out_as_utf8)
{
    static const char *const names[] = {"UTF-8", "GBK", "GB18030", "BIG5", "CP1252", "UTF-16LE"};
    zone_context *ctx = new_context();
    char bytes[200];
    unsigned seed = 1;

    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        zone_encoding encoding;
        EXPECT_INT(zone_encoding_open(ctx, names[n], "as asked", &encoding), ZONE_OK);
        for (int round = 0; round < 300; round++) {
            size_t count = (seed = seed * 1664525u + 1013904223u) >> 25;
            for (size_t i = 0; i < count; i++)
                bytes[i] = (char)(1 + ((seed = seed * 1664525u + 1013904223u) >> 24) % 255);
            bytes[count] = '\0';
            const char *text = zone_encoding_decode(&encoding, bytes);
            EXPECT(text && zone_encoding_is_utf8(text, strlen(text)));
        }
        zone_encoding_close(&encoding);
    }
    zone_context_free(ctx);
}

TEST(utf8_is_judged_strictly)
{
    EXPECT(zone_encoding_is_utf8("水田", 6));
    EXPECT(zone_encoding_is_utf8("\xF4\x8F\xBF\xBF", 4));
    EXPECT(!zone_encoding_is_utf8("\xF4\x90\x80\x80", 4)); /* beyond U+10FFFF */
    EXPECT(!zone_encoding_is_utf8("\xC0\x80", 2));         /* overlong */
    EXPECT(!zone_encoding_is_utf8("\xE0\x80\x80", 3));
    EXPECT(!zone_encoding_is_utf8("\xED\xA0\x80", 3)); /* a surrogate */
    EXPECT(!zone_encoding_is_utf8("\xE6\xB0", 2));     /* cut short */
}

TEST(a_dbf_that_is_cut_or_lies_is_no_trouble)
{
    zone_context *ctx = new_context();
    zone_encoding encoding;
    char noise[300];

    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * 37 + 11);
    for (size_t count = 0; count < sizeof noise; count += 13) {
        put_bytes("/vsimem/n.dbf", noise, count);
        EXPECT_INT(zone_encoding_decide(ctx, "/vsimem/n.dbf", NULL, &encoding), ZONE_OK);
        zone_encoding_close(&encoding);
    }
    EXPECT_INT(zone_encoding_decide(ctx, "/vsimem/none.shp", NULL, &encoding), ZONE_OK);
    EXPECT_TEXT(encoding.note, "UTF-8 (there is no text)");
    zone_encoding_close(&encoding);
    zone_context_free(ctx);
}

TEST(a_text_file_is_judged_by_all_its_bytes_across_blocks)
{
    zone_context *ctx = new_context();
    zone_encoding encoding;
    size_t count = 200001;
    char *bytes = malloc(count);

    for (size_t i = 0; i < count; i++)
        bytes[i] = "水"[i % 3];
    put_bytes("/vsimem/t.csv", bytes, count);
    EXPECT_INT(zone_encoding_of_text(ctx, "/vsimem/t.csv", NULL, &encoding), ZONE_OK);
    EXPECT_TEXT(encoding.note, "UTF-8 (by its bytes)");
    zone_encoding_close(&encoding);
    bytes[150000] = (char)0xFF;
    put_bytes("/vsimem/t.csv", bytes, count);
    EXPECT_INT(zone_encoding_of_text(ctx, "/vsimem/t.csv", NULL, &encoding), ZONE_OK);
    EXPECT_TEXT(encoding.name, "GB18030");
    zone_encoding_close(&encoding);
    free(bytes);
    zone_context_free(ctx);
}

TEST(the_last_character_of_a_text_file_without_a_newline_is_weighed)
{
    static const struct {
        const char *bytes, *name;
    } files[] = {{"a,b\n1,\xC0\x80", "GB18030"},
                 {"a,b\n1,\xD6\xD0", "GB18030"}, /* 中: two bytes that both begin a character of UTF-8 */
                 {"\xC0\x80", "GB18030"},
                 {"a,b\n1,水", "UTF-8"},
                 {"a,b\n1,水\xE7\x94", "UTF-8"}}; /* a copy that broke off */
    zone_context *ctx = new_context();
    zone_encoding encoding;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        put_text("/vsimem/last.csv", files[i].bytes);
        EXPECT_INT(zone_encoding_of_text(ctx, "/vsimem/last.csv", NULL, &encoding), ZONE_OK);
        EXPECT_TEXT(encoding.name, files[i].name);
        zone_encoding_close(&encoding);
    }
    put_text("/vsimem/last.csv", "a,b\n1,水");
    EXPECT_INT(zone_encoding_of_text(ctx, "/vsimem/last.csv", NULL, &encoding), ZONE_OK);
    EXPECT_TEXT(encoding.note, "UTF-8 (by its bytes)");
    zone_encoding_close(&encoding);
    zone_context_free(ctx);
}
