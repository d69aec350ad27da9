#include "read/source_csv.h"

#include "read/fixture.h"

#define HEADS "项目编号,项目名称,圈号,北坐标,东坐标\n"
#define SITE(id, name)                                                                                                 \
    id "," name ",1,3229000.125,40448000.5\n" id "," name ",1,3229000.125,40448100.5\n" id "," name                    \
       ",1,3229100.125,40448100.5\n"

static zone_source *open_text(zone_context *ctx, const char *text, const zone_source_options *options)
{
    put_text("/vsimem/v.csv", text);
    return open_source(ctx, "/vsimem/v.csv", options);
}

static void expect_reason(const char *text, size_t feature, const char *reason)
{
    zone_context *ctx = new_context();
    zone_source *source = open_text(ctx, text, NULL);
    zone_batch batch = {0};

    EXPECT_INT(source ? read_all(ctx, source, ZONE_SHAPE_AREA, &batch) : ZONE_OK, ZONE_OK);
    EXPECT(batch.feature_count > feature && batch.state[feature] == ZONE_FEATURE_REJECTED);
    if (batch.feature_count > feature)
        EXPECT_CONTAINS(batch.reason[feature], reason);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(rows_of_a_site_are_an_area_with_its_fields)
{
    zone_context *ctx = new_context();
    zone_source *source = open_text(ctx, HEADS SITE("S1", "甲") SITE("S2", "\"乙,二期\""), NULL);
    zone_batch batch = {0};

    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_AREA, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 2);
    EXPECT_TEXT(zone_batch_text(&batch, 0, 0), "S1");
    EXPECT_TEXT(zone_batch_text(&batch, 1, 1), "乙,二期");
    EXPECT_REAL(ring_area(&batch, 1), 10000.0, 0.0);
    EXPECT(batch.x[0] == 448000.5 && batch.y[0] == 3229000.125);
    EXPECT_TEXT(zone_source_crs(source)->code, "EPSG:4549");
    EXPECT_TEXT(zone_source_driver(source), "CSV");
    EXPECT_INT(zone_source_decimals(source), 3);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_ID), 0);
    EXPECT_INT(zone_source_field_count(source), 2);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(rows_of_a_site_each_are_points)
{
    zone_context *ctx = new_context();
    zone_source *source = open_text(ctx, "id,lon,lat\na,119.5,29.2\nb,119.6,29.3\n", NULL);
    zone_batch batch = {0};

    EXPECT_INT(zone_source_shape(source), ZONE_SHAPE_POINT);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_POINT, &batch), ZONE_OK);
    EXPECT_INT(batch.feature_count, 2);
    EXPECT(batch.x[1] == 119.6 && batch.y[1] == 29.3);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(a_file_without_a_column_of_sites_is_one_site)
{
    zone_context *ctx = new_context();
    zone_source_options options = {.size = sizeof options, .crs = "EPSG:4549"};
    zone_source *source = open_text(ctx, "X,Y\n448000,3229000\n448100,3229000\n448100,3229100\n", &options);

    EXPECT_INT(zone_source_count(source), 1);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(broken_rows_are_reasons_of_their_site)
{
    expect_reason(HEADS "S1,甲,1,3229000,404480OO\n" SITE("S2", "乙"), 0, "line 2: not a coordinate: \"404480OO\"");
    expect_reason(HEADS "S1,甲,一,3229000,40448000\n" SITE("S2", "乙"), 0, "line 2: not a number of a ring");
    expect_reason(HEADS "S1,甲,1,3229000\n" SITE("S2", "乙"), 0, "line 2: 4 values, where the head has 5");
    expect_reason(HEADS SITE("S1", "甲") SITE("S2", "乙") "S1,甲,1,3229100,40448000\n", 2,
                  "line 8: rows of the site \"S1\"");
    expect_reason(HEADS SITE("S1", "甲") SITE("S2", "乙") "S1,甲,1,3229100,40448000\n", 0,
                  "line 2: rows of the site \"S1\"");
}

TEST(what_is_not_told_is_asked_for)
{
    zone_context *ctx = new_context();
    const double place[4] = {119.3, 29.0, 119.8, 29.4};
    zone_source_options options = {.size = sizeof options, .place = place};

    put_text("/vsimem/v.csv", "id,X,Y\na,448000,3229000\na,448100,3229000\na,448100,3229100\n");
    EXPECT_INT(try_source(ctx, "/vsimem/v.csv", NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, "--crs");
    EXPECT_INT(try_source(ctx, "/vsimem/v.csv", &options), ZONE_OK);
    put_text("/vsimem/v.csv", "id,东坐标,北坐标\na,3229000,40448000\n");
    EXPECT_INT(try_source(ctx, "/vsimem/v.csv", NULL), ZONE_BAD_CRS);
    EXPECT_CONTAINS(zone_context_error(ctx)->what, "the heads of the columns");
    put_text("/vsimem/v.csv", "id,东坐标,北坐标\n");
    EXPECT_INT(try_source(ctx, "/vsimem/v.csv", NULL), ZONE_EMPTY);
    zone_context_free(ctx);
}

TEST(only_csv_files_with_such_heads_are_recognised_in_any_encoding)
{
    zone_context *ctx = new_context();

    put_text("/vsimem/v.csv", "\xB1\xB1\xD7\xF8\xB1\xEA,\xB6\xAB\xD7\xF8\xB1\xEA\n");
    EXPECT(zone_csv_recognise(ctx, "/vsimem/v.csv", NULL));
    EXPECT(zone_csv_recognise(ctx, "/vsimem/v.csv", "GBK"));
    EXPECT(!zone_csv_recognise(ctx, "/vsimem/v.csv", "no such thing"));
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_OK);
    put_text("/vsimem/v.dat", "X,Y\n");
    EXPECT(!zone_csv_recognise(ctx, "/vsimem/v.dat", NULL));
    put_text("/vsimem/v.csv", "WKT,X,Y\n");
    EXPECT(!zone_csv_recognise(ctx, "/vsimem/v.csv", NULL));
    zone_context_free(ctx);
}
