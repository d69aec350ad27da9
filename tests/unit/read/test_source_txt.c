#include "read/source_txt.h"

#include "read/fixture.h"

#define HEAD     "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=40\n[地块坐标]\n"
#define POINTS   "J1,1,3229000,40448000\nJ2,1,3229000,40448100\nJ3,1,3229100,40448100\n"
#define PLOT(id) "3,0.5," id ",地块,面,,工业用地,1001,@\n" POINTS

static zone_source *open_text(zone_context *ctx, const char *text)
{
    put_text("/vsimem/t.txt", text);
    return open_source(ctx, "/vsimem/t.txt", NULL);
}

/* The reason of the first feature that has one. */
static void expect_reason(const char *text, const char *reason)
{
    zone_context *ctx = new_context();
    zone_source *source = open_text(ctx, text);
    zone_batch batch = {0};
    const char *found = "none";

    if (source)
        EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    for (size_t f = batch.feature_count; f-- > 0;)
        found = batch.reason[f] ? batch.reason[f] : found;
    EXPECT_CONTAINS(found, reason);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

static void expect_refusal(const char *text, zone_status status, int line, const char *what)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/t.txt", text);
    EXPECT_INT(try_source(ctx, "/vsimem/t.txt", NULL), status);
    EXPECT_INT(zone_context_error(ctx)->line, line);
    EXPECT_CONTAINS(zone_context_error_text(ctx), what);
    zone_context_free(ctx);
}

static bool recognised(const char *path, const char *text)
{
    put_text(path, text);
    return zone_txt_recognise(path);
}

TEST(a_file_is_recognised_by_its_header_or_its_titles)
{
    EXPECT(recognised("/vsimem/a.txt", HEAD));
    EXPECT(recognised("/vsimem/a.dat", "\xEF\xBB\xBF\r\n" HEAD));
    EXPECT(recognised("/vsimem/a.dat", "【属性描述】\n"));
    EXPECT(recognised("/vsimem/a.dat", "[\xCA\xF4\xD0\xD4\xC3\xE8\xCA\xF6]\n"));
    EXPECT(recognised("/vsimem/a.TXT", "[项目信息]\n项目名称=甲\n" HEAD));
    EXPECT(recognised("/vsimem/a.txt", PLOT("1")));
    EXPECT(recognised("/vsimem/a.txt", "\xFF\xFE["));
    EXPECT(!recognised("/vsimem/a.dat", PLOT("1")));
    EXPECT(!recognised("/vsimem/a.txt", "mail me, or him, or her, or a@b.c, now\n"));
    EXPECT(!recognised("/vsimem/a.geojson", "{\"属性描述\":1}"));
    EXPECT(!recognised("/vsimem/a.txt", ""));
    EXPECT(!zone_txt_recognise("/vsimem/nowhere.txt"));
}

TEST(titles_are_fields_with_their_roles)
{
    zone_context *ctx = new_context();
    zone_source *source = open_text(ctx, HEAD "3,0.5000,A-1,一号,二号,面,H50,工业用地,1001,补,旱地,9,8,备注,@\n" POINTS
                                              "3,0.5000,A-2,三号,,,面,,@\n" POINTS);
    static const char *const names[] = {"DKBH", "DKMC", "DKMJ", "SBMJ", "TXSX", "TFH", "DKYT",
                                        "DLBM", "TBLX", "DL",   "GZQ",  "GZH",  "BZ"};
    static const char *const first[] = {"A-1",  "一号,二号", "0.5000", "5000", "面", "H50", "工业用地",
                                        "1001", "补",        "旱地",   "9",    "8",  "备注"};
    zone_batch batch = {0};

    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 2);
    EXPECT_INT(zone_source_field_count(source), 13);
    for (size_t i = 0; i < 13 && batch.feature_count == 2; i++) {
        EXPECT_TEXT(zone_source_field_name(source, i), names[i]);
        EXPECT_TEXT(zone_batch_text(&batch, 0, i), first[i]);
    }
    EXPECT_TEXT(zone_batch_text(&batch, 1, 1), "三号");
    EXPECT_TEXT(zone_batch_text(&batch, 1, 6), "面");
    EXPECT(zone_batch_text(&batch, 1, 7) == NULL && zone_batch_text(&batch, 1, 8) == NULL);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_ID), 0);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_NAME), 1);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_CLAIMED), 3);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_KIND), 6);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_CLASS), 7);
    EXPECT_TEXT(zone_source_driver(source), "TXT");
    EXPECT_TEXT(zone_source_crs(source)->code, "EPSG:4549");
    EXPECT_CONTAINS(zone_source_hash(ctx, source), "xxh3:");
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(points_come_in_several_forms)
{
    static const char *const points[] = {
        "J1,1,3229000,40448000\nJ2,1,3229000,40448100\nJ3,1,3229100,40448100\n",
        "1,1,3229000,40448000,\n2,1,3229000,40448100,\n3,1,3229100,40448100,\n",
        ",,3229000,40448000\n,,3229000,40448100\n,,3229100,40448100\n",
        "1,3229000,40448000\n1,3229000,40448100\n1,3229100,40448100\n",
        "1,3229000,40448000\n2,3229000,40448100\n3,3229100,40448100\n",
        "J1,3229000,40448000\nJ2,3229000,40448100\nJ3,3229100,40448100\nJ1,3229000,40448000\n",
        "3229000,40448000\n3229000,40448100\n3229100,40448100\n",
        "Ｊ1，1，3229000．0，40448000\nJ2，1，3229000，40448100\n\nJ3，1，3229100，40448100\n",
        "J1,1,448000,3229000\nJ2,1,448100,3229000\nJ3,1,448100,3229100\n"};

    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        zone_context *ctx = new_context();
        char text[600];
        zone_batch batch = {0};
        snprintf(text, sizeof text, HEAD ",,1,地块,面,,,,@\n%s", points[i]);
        zone_source *source = open_text(ctx, text);
        EXPECT_INT(source ? read_all(ctx, source, ZONE_SHAPE_AREA, &batch) : ZONE_OK, ZONE_OK);
        EXPECT_INT(batch.ring_count, 1);
        EXPECT_INT(batch.vertex_count, 3);
        if (batch.ring_count)
            EXPECT_REAL(ring_area(&batch, 0), 10000.0, 0.0);
        zone_batch_free(&batch);
        zone_source_close(source);
        zone_context_free(ctx);
    }
}

TEST(broken_plots_are_features_that_say_so)
{
    expect_reason(HEAD PLOT("1") "3,,2,b,面,,,,\n" POINTS, "line 10: a title line without @");
    expect_reason(HEAD PLOT("1") "3,,2,b,面,,,,@\nJ1,1,32290O0,40448000\n" POINTS,
                  "line 11: not a coordinate: \"32290O0\"");
    expect_reason(HEAD PLOT("1") "4,,2,b,面,,,,@\n" POINTS, "line 10: 4 points by the title, 3 are there");
    expect_reason(HEAD PLOT("1") "四,,2,b,面,,,,@\n" POINTS, "line 10: not a count of points: \"四\"");
    expect_reason(HEAD PLOT("1") "2,,2,b,面,,,,@\nJ1,1,3229000,40448000\nJ2,1,3229000,40448100\n",
                  "line 11: a ring of fewer than 3 points");
    expect_reason(HEAD PLOT("1") "3,,2,b,线,,,,@\n" POINTS, "line 10: not an area: \"线\"");
    expect_reason(HEAD PLOT("1") "3,,2,b,球,,,,@\n" POINTS, "line 10: not a kind of geometry: \"球\"");
    expect_reason(HEAD PLOT("1") "0,,2,b,面,,,,@\n", "line 10: no points");
    expect_reason(HEAD PLOT("1") "3,2,@\n" POINTS, "line 10: a title line of 2 values");
    expect_reason(HEAD POINTS PLOT("1"), "line 6: points without a title line");
    expect_reason(HEAD PLOT("1") "3,,2,b,面,,,,@\nJ1,一,3229000,40448000\n" POINTS, "line 11: not a number of a ring");
    expect_reason(HEAD PLOT("1") "4,,2,b,面,,,,@\n" POINTS "J4,1,3229100,40448000,12.5\n",
                  "line 14: 5 values, which are neither");
    expect_reason(HEAD PLOT("1") "4,,2,b,面,,,,@\n" POINTS "1,3229100,40448000\n",
                  "line 14: 3 values, where the points before have 4");
    expect_reason(
        HEAD PLOT("1") "3,,2,b,面,,,,@\nJ1,1,3229000,40448000\nJ2,1,40448100,3229000\nJ3,1,3229100,40448100\n",
        "line 12: coordinates of another kind");
    expect_reason(HEAD
                  "4,,1,地块,面,,,,@\n1,3229000,40448000\n3,3229000,40448100\n1,3229100,40448100\n9,3229100,40448050\n"
                  "3,,2,b,面,,,,@\n1,3229000,40448000\n1,3229000,40448100\n1,3229100,40448100\n",
                  "line 6: first columns");
}

TEST(what_can_not_be_read_safely_is_refused_with_its_line)
{
    expect_refusal(HEAD PLOT("1") HEAD PLOT("2"), ZONE_BAD_FILE, 10, "a second file in the file");
    expect_refusal(HEAD PLOT("1") "[地块坐标]\n" PLOT("2"), ZONE_BAD_FILE, 10, "a second file in the file");
    expect_refusal(HEAD PLOT("1") ",,2,b,面,,,,@\n1,3229000,40448000\n1,3229000,40448100\n1,3229100,40448100\n",
                   ZONE_BAD_FILE, 11, "4 values, as in line 7");
    expect_refusal(
        HEAD PLOT("1") ",,2,b,面,,,,@\nJ1,1,40448000,3229000\nJ2,1,40448100,3229000\nJ3,1,40448100,3229100\n",
        ZONE_BAD_FILE, 11, "coordinates of several kinds");
    expect_refusal(HEAD, ZONE_BAD_FILE, 5, "no plot");
    expect_refusal(HEAD "2,,1,a,面,,,,@\nJ1,1,3229000,40448000\n", ZONE_BAD_FILE, 6, "no plot can be used");
    expect_refusal("[属性描述]\n带号=39\n[地块坐标]\n" PLOT("1"), ZONE_BAD_CRS, 5, "zone 39 in the header");
    expect_refusal("[属性描述]\n坐标系=地方坐标系\n[地块坐标]\n" PLOT("1"), ZONE_BAD_CRS, 2, "地方坐标系");
    expect_refusal("[属性描述]\n带号=四\n[地块坐标]\n" PLOT("1"), ZONE_BAD_FILE, 2, "带号=四");
}

TEST(a_ring_that_is_open_among_closed_ones_counts_as_repaired)
{
    zone_context *ctx = new_context();
    zone_source *source = open_text(ctx, HEAD PLOT("1") "4,,2,b,面,,,,@\n" POINTS "J1,1,3229000,40448000\n");
    zone_batch batch = {0};

    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_INT(batch.state[0], ZONE_FEATURE_REPAIRED);
    EXPECT_CONTAINS(batch.reason[0], "line 7: the ring that begins here is not closed");
    EXPECT_INT(batch.state[1], ZONE_FEATURE_USED);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(policies_of_invalid_geometry_hold_for_broken_plots)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .invalid = ZONE_REFUSE};
    zone_batch batch = {0};

    put_text("/vsimem/t.txt", HEAD PLOT("1") "4,,2,b,面,,,,@\n" POINTS);
    zone_source *source = open_source(ctx, "/vsimem/t.txt", &options);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_BAD_GEOMETRY);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "line 10: 4 points");
    zone_source_close(source);
    options.invalid = ZONE_REJECT;
    put_text("/vsimem/t.txt", HEAD PLOT("1") "4,,2,b,面,,,,@\n" POINTS "J1,1,3229000,40448000\n");
    source = open_source(ctx, "/vsimem/t.txt", &options);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_INT(batch.state[0], ZONE_FEATURE_REJECTED);
    EXPECT_INT(batch.state[1], ZONE_FEATURE_USED);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(degrees_that_read_as_minutes_and_seconds_are_not_guessed)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .crs = "EPSG:4490"};

    put_text("/vsimem/t.txt",
             "3,,1,a,面,,,,@\n1,1,119.2730,29.1215\n2,1,119.2745,29.1215\n3,1,119.2745,29.1230\n4,1,119.2730,"
             "29.1230\n1,1,119.2730,29.1215\n");
    EXPECT_INT(try_source(ctx, "/vsimem/t.txt", NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "ddd.mmss");
    put_text("/vsimem/t.txt",
             "4,,1,a,面,,,,@\n1,1,119.2730,29.1215\n2,1,119.2745,29.1215\n3,1,119.2745,29.1230\n4,1,119.2730,"
             "29.1230\n");
    EXPECT_INT(try_source(ctx, "/vsimem/t.txt", &options), ZONE_OK);
    put_text("/vsimem/t.txt",
             "4,,1,a,面,,,,@\n1,1,119.2730,29.1215\n2,1,119.2795,29.1215\n3,1,119.2795,29.1230\n4,1,119.2730,"
             "29.1230\n");
    EXPECT_INT(try_source(ctx, "/vsimem/t.txt", NULL), ZONE_OK);
    zone_context_free(ctx);
}

/* Where features are rejected one by one, a plot that says its name goes by it, be it the only one and broken. */
TEST(a_broken_plot_goes_by_its_name_where_features_are_rejected_one_by_one)
{
    const zone_source_options options = {.size = sizeof options, .misfits = 1};
    const int field = 0;
    const zone_request request = {.fields = &field, .field_count = 1, .shape = ZONE_SHAPE_AREA};
    zone_context *ctx = new_context();
    zone_batch batch = {0};

    put_text("/vsimem/t.txt", HEAD "2,,S1,,面,,,,@\nJ1,1,3229000,40448000\n3,,,b,面,,,,@\nJ1,1,3229000,x\n");
    zone_source *source = open_source(ctx, "/vsimem/t.txt", &options);
    EXPECT_INT(zone_source_read(ctx, source, &request, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 2);
    EXPECT(batch.state[0] == ZONE_FEATURE_REJECTED && batch.state[1] == ZONE_FEATURE_REJECTED);
    EXPECT_TEXT(zone_batch_text(&batch, 0, 0), "S1");
    EXPECT_CONTAINS(batch.reason[1], "line 9: not a coordinate: \"x\"");
    zone_batch_free(&batch);
    zone_source_close(source);
    put_text("/vsimem/t.txt", HEAD "2,,,,面,,,,@\nJ1,1,3229000,40448000\n"); /* no name: the file's is better */
    EXPECT_INT(try_source(ctx, "/vsimem/t.txt", &options), ZONE_BAD_FILE);
    zone_context_free(ctx);
}
