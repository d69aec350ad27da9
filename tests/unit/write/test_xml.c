/* Texts in XML. */
#include "sink.h"
#include "write/writer.h"

static const char *put(const char *text)
{
    static kept out;
    zone_writer writer = {.sink = keep, .user = &out};

    memset(&out, 0, sizeof out);
    zone_writer_put_xml(&writer, text, strlen(text));
    EXPECT(!writer.failed);
    return out.text;
}

TEST(what_xml_means_something_by_is_a_reference)
{
    EXPECT_TEXT(put("<a b=\"c\">&]]>'"), "&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;'");
    EXPECT_TEXT(put("one\ttwo\r\nthree"), "one&#9;two&#13;&#10;three");
    EXPECT_TEXT(put("水田 𠀀"), "水田 𠀀");
    EXPECT_TEXT(put(""), "");
}

TEST(no_more_is_put_than_was_asked_for)
{
    static kept out;
    zone_writer writer = {.sink = keep, .user = &out};

    memset(&out, 0, sizeof out);
    zone_writer_put_xml(&writer, "a<b<c", 3);
    EXPECT_TEXT(out.text, "a&lt;b");
}

TEST(what_xml_can_not_hold_is_replaced)
{
    EXPECT_TEXT(put("a\x01\x1b[31m"), "a\ufffd\ufffd[31m");
    EXPECT_TEXT(put("\xef\xbf\xbf\xef\xbf\xbe"), "\ufffd\ufffd"); /* U+FFFF, U+FFFE */
    EXPECT_TEXT(put("\xb5\xd8<"), "\ufffd\ufffd&lt;");
    EXPECT_TEXT(put("\xed\xa0\x80"), "\ufffd\ufffd\ufffd"); /* half of a pair */
}
