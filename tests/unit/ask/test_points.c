/* Points in zones: counts, closure, what is refused. */
#include "ask/points.h"

#include "ask/fixture.h"

typedef struct {
    zone_context *ctx;
    zone_source *data, *zones;
    zone_table *table;
} counting;

static void draw_point(drawing *d, const char *properties, const char *points)
{
    double x, y;
    int used, count = 0;

    draw(d, "%s{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"MultiPoint\",\"coordinates\":[",
         d->text[d->length - 1] == '[' ? "" : ",", properties);
    for (; sscanf(points, "%lf %lf%n", &x, &y, &used) == 2; points += *points == ',') {
        draw(d, "%s[%.9f,%.9f]", count++ ? "," : "", 441000 + x, 3218000 + y);
        points += used;
    }
    draw(d, "]}}");
}

/* West and east share the border x = 100; `over` lies on both. */
static void open_counting(counting *c, bool over)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"east\"", 100, 0, 200, 100);
    draw_box(&d, "\"id\":\"west\"", 0, 0, 100, 100);
    if (over)
        draw_box(&d, "\"id\":\"over\"", 50, 0, 150, 100);
    end_drawing(&d, "/vsimem/points_zones.geojson");
    begin_drawing(&d, 4549);
    draw_point(&d, "\"kind\":\"a\"", "10 10");
    draw_point(&d, "\"kind\":\"b\"", "100 50");
    draw_point(&d, "\"kind\":\"b\"", "150 50,160 50,60 50,300 300");
    draw_point(&d, "\"kind\":null", "400 50");
    end_drawing(&d, "/vsimem/points.geojson");
    c->ctx = new_context();
    c->data = open_source(c->ctx, "/vsimem/points.geojson", NULL);
    c->zones = open_source(c->ctx, "/vsimem/points_zones.geojson", NULL);
    c->table = NULL;
}

static void close_counting(counting *c)
{
    zone_table_free(c->table);
    zone_source_close(c->data);
    zone_source_close(c->zones);
    zone_context_free(c->ctx);
}

static int64_t line(const counting *c, const char *item)
{
    const zone_table *closure = zone_table_section(c->table, ZONE_SECTION_CLOSURE);

    return zone_table_integer(closure, find_row(closure, "item", item, NULL, NULL), column(closure, "points"));
}

TEST(each_point_of_a_tiling_is_counted_once)
{
    counting c;
    zone_tabulate_options options = {.size = sizeof options, .by = "kind"};

    open_counting(&c, false);
    EXPECT_INT(zone_tabulate(c.ctx, c.data, c.zones, &options, &c.table), ZONE_OK);
    EXPECT_INT(zone_table_row_count(c.table), 3);
    EXPECT_TEXT(text_at(c.table, 0, "id"), "east");
    EXPECT_REAL(number_at(c.table, 0, "points"), 2, 0);
    EXPECT_REAL(number_at(c.table, find_row(c.table, "id", "west", "kind", "a"), "points"), 1, 0);
    EXPECT_REAL(number_at(c.table, find_row(c.table, "id", "west", "kind", "b"), "points"), 2, 0);
    EXPECT_INT(zone_table_column_find(c.table, "area"), -1);
    EXPECT_INT(line(&c, "whole"), 7);
    EXPECT_INT(line(&c, "sum of parts"), 5);
    EXPECT_INT(line(&c, "outside every zone"), 2);
    EXPECT_INT(line(&c, "counted more than once"), 0);
    EXPECT_INT(line(&c, "residual"), 0);
    const zone_table *counts = zone_table_section(c.table, ZONE_SECTION_COMPLETENESS);
    EXPECT_REAL(number_at(counts, 0, "features"), 4, 0);
    EXPECT_REAL(number_at(counts, 0, "outside"), 1, 0); /* the feature of which no point lies in a zone */
    close_counting(&c);
}

TEST(overlapping_zones_each_count_a_point)
{
    counting c;

    open_counting(&c, true);
    EXPECT_INT(zone_tabulate(c.ctx, c.data, c.zones, NULL, &c.table), ZONE_OK);
    EXPECT_INT(zone_table_row_count(c.table), 3);
    EXPECT_REAL(number_at(c.table, find_row(c.table, "id", "over", NULL, NULL), "points"), 3, 0);
    EXPECT_INT(line(&c, "sum of parts"), 8);
    EXPECT_INT(line(&c, "outside every zone"), 2);
    EXPECT_INT(line(&c, "counted more than once"), 3);
    EXPECT_INT(line(&c, "residual"), 0);
    close_counting(&c);
}

TEST(what_needs_an_area_is_refused)
{
    const zone_tabulate_options cases[] = {{.size = sizeof *cases, .explain = 1},
                                           {.size = sizeof *cases, .control = "7"},
                                           {.size = sizeof *cases, .pieces = 1},
                                           {.size = sizeof *cases, .partial = 1}};
    static const char *const keys[] = {"--explain", "--control", "--pieces", "--partial"};

    for (size_t i = 0; i < 4; i++) {
        counting c;
        open_counting(&c, false);
        EXPECT_INT(zone_tabulate(c.ctx, c.data, c.zones, &cases[i], &c.table), ZONE_BAD_USAGE);
        EXPECT_TEXT(zone_context_error(c.ctx)->key, keys[i]);
        EXPECT_TEXT(zone_context_error(c.ctx)->what, "points have no area");
        close_counting(&c);
    }
}

TEST(points_that_are_none_are_an_error)
{
    counting c;
    const char *text = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
                       "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e999,5]}}]}";

    open_counting(&c, false);
    zone_source_close(c.data);
    put_text("/vsimem/points.geojson", text);
    c.data = open_source(c.ctx, "/vsimem/points.geojson", NULL);
    EXPECT_INT(zone_source_shape(c.data), ZONE_SHAPE_POINT);
    EXPECT_INT(zone_tabulate(c.ctx, c.data, c.zones, NULL, &c.table), ZONE_BAD_GEOMETRY);
    close_counting(&c);
}

TEST(a_field_of_both_is_told_apart)
{
    counting c;
    zone_tabulate_options options = {.size = sizeof options, .by = "kind", .zone_by = "id"};

    open_counting(&c, false);
    zone_source_close(c.zones);
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"kind\":\"k\"", 0, 0, 200, 100);
    end_drawing(&d, "/vsimem/points_zones.geojson");
    c.zones = open_source(c.ctx, "/vsimem/points_zones.geojson", NULL);
    options.zone_by = "kind";
    EXPECT_INT(zone_tabulate(c.ctx, c.data, c.zones, &options, &c.table), ZONE_OK);
    EXPECT_TEXT(text_at(c.table, 0, "zone_kind"), "k");
    EXPECT_TEXT(text_at(c.table, 0, "kind"), "a");
    close_counting(&c);
}
