/* Zones of a question and the texts that name them. */
#include "ask/zoning.h"

#include "ask/fixture.h"

static void draw_towns(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"town\":\"x\",\"name\":\"one\"", 0, 0, 50, 100);
    draw_box(&d, "\"town\":\"y\",\"name\":\"two\"", 50, 0, 100, 100);
    draw_box(&d, "\"town\":\"x\",\"name\":null", 100, 0, 200, 100);
    end_drawing(&d, path);
}

static zone_status open_zoning(zone_context *ctx, zone_source *source, const char *by, zone_zoning *zoning)
{
    zone_method method;
    zone_projection *projection = NULL;

    EXPECT_INT(zone_method_parse(ctx, "grid", &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(ctx, "EPSG:4549", &method, &projection), ZONE_OK);
    zone_status status = zone_zoning_open(ctx, source, by, zone_source_crs(source), projection, zoning);
    zone_projection_free(projection);
    return status;
}

TEST(zones_of_the_same_texts_are_one_place)
{
    zone_context *ctx = new_context();
    zone_zoning zoning = {0};
    char id[32];
    draw_towns("/vsimem/zoning.geojson");
    zone_source *source = open_source(ctx, "/vsimem/zoning.geojson", NULL);

    EXPECT_INT(open_zoning(ctx, source, "town", &zoning), ZONE_OK);
    EXPECT_INT(zoning.place[0], 0);
    EXPECT_INT(zoning.place[1], 1);
    EXPECT_INT(zoning.place[2], 0);
    EXPECT_INT(zone_zoning_columns(&zoning), 1);
    EXPECT_TEXT(zone_zoning_column(&zoning, 0), "town");
    EXPECT_TEXT(zone_zoning_text(&zoning, 1, 0, id), "y");
    zone_zoning_close(&zoning);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(without_a_wish_the_name_is_taken_and_null_is_no_text)
{
    zone_context *ctx = new_context();
    zone_zoning zoning = {0};
    char id[32];
    draw_towns("/vsimem/zoning_name.geojson");
    zone_source *source = open_source(ctx, "/vsimem/zoning_name.geojson", NULL);

    EXPECT_INT(open_zoning(ctx, source, NULL, &zoning), ZONE_OK);
    EXPECT_TEXT(zone_zoning_column(&zoning, 0), "name");
    EXPECT_TEXT(zone_zoning_text(&zoning, 2, 0, id), "");
    zone_zoning_close(&zoning);
    EXPECT_INT(zone_zoning_columns(&zoning), 0); /* closed: no zones */
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(zones_without_id_and_name_go_by_their_feature_id)
{
    zone_context *ctx = new_context();
    zone_zoning zoning = {0};
    char id[32];
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"colour\":\"red\"", 0, 0, 50, 100);
    draw_box(&d, "\"colour\":\"red\"", 50, 0, 100, 100);
    end_drawing(&d, "/vsimem/zoning_fid.geojson");
    zone_source *source = open_source(ctx, "/vsimem/zoning_fid.geojson", NULL);

    EXPECT_INT(open_zoning(ctx, source, NULL, &zoning), ZONE_OK);
    EXPECT_TEXT(zone_zoning_column(&zoning, 0), "zone");
    EXPECT_INT(zoning.place[1], 1);
    EXPECT_TEXT(zone_zoning_text(&zoning, 1, 0, id), "1");
    zone_zoning_close(&zoning);
    EXPECT_INT(open_zoning(ctx, source, "NOWHERE", &zoning), ZONE_BAD_FIELD);
    zone_zoning_close(&zoning);
    zone_source_close(source);
    zone_context_free(ctx);
}
