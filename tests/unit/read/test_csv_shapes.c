#include "read/csv_shapes.h"

#include "read/fixture.h"

#define SOUND "\"POLYGON((0 0,1 0,1 1,0 0))\""

static zone_text_facts judge(zone_context *ctx, const char *text)
{
    zone_text_facts facts = {0};

    put_text("/vsimem/rows.csv", text);
    EXPECT_INT(zone_csv_shapes_judge(ctx, "/vsimem/rows.csv", &facts), ZONE_OK);
    VSIUnlink("/vsimem/rows.csv");
    return facts;
}

static void expect(const char *text, const char *second, const char *third)
{
    zone_context *ctx = new_context();
    zone_text_facts facts = judge(ctx, text);

    EXPECT(!zone_text_facts_reason(&facts, 1));
    EXPECT(facts.rejects);
    if (second)
        EXPECT_TEXT(zone_text_facts_reason(&facts, 2), second);
    else
        EXPECT(!zone_text_facts_reason(&facts, 2));
    if (third)
        EXPECT_TEXT(zone_text_facts_reason(&facts, 3), third);
    else
        EXPECT(!zone_text_facts_reason(&facts, 3));
    zone_text_facts_free(&facts);
    zone_context_free(ctx);
}

TEST(rows_that_are_broken_are_told_with_their_lines)
{
    expect("id,WKT\nA," SOUND "\nB,\"POLYGON((0 0,1O 0,1 1,0 0))\"\nC,\n", "line 3: WKT: not a number: \"1O\"",
           "line 4: no geometry");
    expect("id,WKT\nA," SOUND "\nB," SOUND "\nC," SOUND "\n", NULL, NULL);
}

TEST(line_ends_quotes_blank_lines_and_separators_are_those_of_gdal)
{
    expect("\xEF\xBB\xBFWKT;id\r\n" SOUND ";A\r\n\r\n\r\nPOLYGON;B\r\n;C", "line 5: empty geometry",
           "line 6: no geometry");
    expect("WKT\tid\r" SOUND "\tA\r" SOUND "\tB\rX\tC\r", NULL,
           "line 4: WKT: there is no such kind of geometry: \"X\"");
    expect("id,\xBC\xB8\xBA\xCE\n\"A\nA\"," SOUND "\nB\nC,x\n", "line 4: no geometry",
           "line 5: WKT: there is no such kind of geometry: \"x\"");
}

TEST(a_quote_that_is_not_closed_is_told_with_the_line_it_reaches)
{
    expect("id,WKT\nA," SOUND "\nB,\"POLYGON((0 0,1 0,1 1,0 0))\nC," SOUND "\nD,\n",
           "line 3: WKT: not a number: \"C\"; by its quotes the row goes on to line 5", NULL);
}

TEST(a_quote_within_a_text_that_joins_rows_is_told)
{
    expect("name,WKT\nA," SOUND "\n5\" pipe," SOUND "\nB," SOUND "\nC 6\" pipe," SOUND "\nD," SOUND "\n",
           "line 3: a quote within a text; by its quotes the row goes on to line 5", NULL);
    expect("name,WKT\nA," SOUND "\n5\" x 6\" pipe," SOUND "\nB," SOUND "\n", NULL, NULL);
    expect("name,WKT\nA," SOUND "\n\"two\nlines, \"\"so\"\" said\"," SOUND "\nB," SOUND "\n", NULL, NULL);
    expect("name,WKT\nA," SOUND "\nB,01030000000100000005\nC,{\"\"}\n", NULL, NULL);
}

TEST(a_file_without_shapes_has_no_reasons)
{
    zone_context *ctx = new_context();
    zone_text_facts facts = judge(ctx, "id,name\n1,a\n");

    EXPECT_INT(facts.count, 0);
    zone_text_facts_free(&facts);
    zone_context_free(ctx);
}

/* What GDAL would take, 1 for 1O, is rejected all the same, and the rows beside it are used. */
TEST(a_source_rejects_such_rows_and_uses_the_others)
{
    static const char text[] = "id,WKT\nA," SOUND "\nB,\"POLYGON((0 0,1O 0,1 1,0 0))\"\nC," SOUND "\n";
    const zone_source_options options = {.size = sizeof options, .crs = "EPSG:4326"};
    zone_context *ctx = new_context();
    const zone_request request = {.shape = ZONE_SHAPE_AREA};
    zone_batch batch = {0};

    put_text("/vsimem/rows.csv", text);
    zone_source *source = open_source(ctx, "/vsimem/rows.csv", &options);
    EXPECT_INT(zone_source_read(ctx, source, &request, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 3);
    EXPECT(batch.state[0] == ZONE_FEATURE_USED && batch.state[2] == ZONE_FEATURE_USED);
    EXPECT(batch.state[1] == ZONE_FEATURE_REJECTED);
    EXPECT_TEXT(batch.reason[1], "line 3: WKT: not a number: \"1O\"");
    zone_batch_free(&batch);
    zone_source_close(source);
    VSIUnlink("/vsimem/rows.csv");
    zone_context_free(ctx);
}

TEST(zero_bytes_are_refused_with_their_line)
{
    static const char text[] = "id,WKT\nA," SOUND "\nB,\"POLYGON((0\0 0,1 0,1 1,0 0))\"\nC," SOUND "\n";
    zone_context *ctx = new_context();

    put_bytes("/vsimem/rows.csv", text, sizeof text - 1);
    EXPECT_INT(try_source(ctx, "/vsimem/rows.csv", NULL), ZONE_BAD_FILE);
    EXPECT_INT(zone_context_error(ctx)->line, 3);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "bytes that are no text");
    VSIUnlink("/vsimem/rows.csv");
    zone_context_free(ctx);
}
