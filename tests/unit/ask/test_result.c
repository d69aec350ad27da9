/* Results: what a pass makes of a batch, and of which features it asks for what zones share. */
#include "ask/result.h"

#include "ask/fixture.h"

static void add_square(zone_batch *batch, double x, double y, double side)
{
    const double xy[4][2] = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};

    zone_batch_add_feature(NULL, batch, (int64_t)batch->feature_count, batch->feature_count, ZONE_SHAPE_AREA);
    zone_batch_add_ring(NULL, batch);
    for (int i = 0; i < 4; i++)
        zone_batch_add_vertex(NULL, batch, xy[i][0], xy[i][1]);
}

static zone_layer *layer_of(zone_projection *projection, const zone_batch *batch)
{
    zone_layer *layer = NULL;

    EXPECT_INT(zone_layer_create(NULL, projection, &layer), ZONE_OK);
    EXPECT_INT(zone_layer_add(NULL, layer, batch), ZONE_OK);
    EXPECT_INT(zone_layer_finish(NULL, layer), ZONE_OK);
    return layer;
}

typedef struct {
    zone_projection *projection;
    zone_batch batch, zones;
    zone_layer *layer;
} scene;

/* Two zones that overlap by 10 m, and features: over both, in one whole, in one, in both in part but for one whole. */
static void open_scene(scene *s)
{
    zone_method method;

    EXPECT_INT(zone_method_parse(NULL, "grid", &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(NULL, "EPSG:4549", &method, &s->projection), ZONE_OK);
    add_square(&s->zones, 448000, 3229000, 100);
    add_square(&s->zones, 448090, 3229000, 100);
    add_square(&s->batch, 448080, 3228990, 40); /* over both */
    add_square(&s->batch, 448010, 3229010, 10); /* in the first */
    add_square(&s->batch, 447990, 3229010, 20); /* half in the first */
    add_square(&s->batch, 448085, 3229010, 10); /* whole in the first, half in the second */
    s->layer = layer_of(s->projection, &s->zones);
}

static void close_scene(scene *s)
{
    zone_layer_free(s->layer);
    zone_batch_free(&s->batch);
    zone_batch_free(&s->zones);
    zone_projection_free(s->projection);
}

TEST(what_lies_in_zones_that_overlap_is_counted_once_where_that_is_asked)
{
    scene s = {0};
    zone_result result = {0};

    open_scene(&s);
    zone_pass pass = {.projection = s.projection, .layer = s.layer, .united = true};
    EXPECT_INT(zone_pass_batch(NULL, &pass, &s.batch, &result), ZONE_OK);
    const size_t pieces[] = {2, 1, 1, 2};
    const double inside[] = {40 * 30, 100, 200, 100};
    for (size_t f = 0; f < 4; f++) {
        EXPECT_INT(result.pieces.start[f + 1] - result.pieces.start[f], pieces[f]);
        EXPECT_REAL(zone_exact_to_m2(result.inside[f]), inside[f], 1e-6);
        EXPECT_REAL((double)result.inside_drawn[f] * 0x1p-61, inside[f], 1e-6);
    }
    zone_result_free(&result);
    close_scene(&s);
}

TEST(a_second_layer_brings_its_pieces_and_those_in_both)
{
    scene s = {0};
    zone_result result = {0};

    open_scene(&s);
    zone_layer *own = layer_of(s.projection, &s.batch);
    zone_pass pass = {.projection = s.projection, .layer = own, .second = s.layer, .united = true};
    EXPECT_INT(zone_pass_batch(NULL, &pass, &s.batch, &result), ZONE_OK);
    EXPECT_INT(result.second.start[1], 2);
    EXPECT_REAL(zone_exact_to_m2(result.inside[0]), 40 * 30, 1e-6);
    EXPECT(result.both_start[1] >= 2);
    zone_result_free(&result);
    zone_layer_free(own);
    close_scene(&s);
}

TEST(a_kept_part_is_the_batch_as_a_layer)
{
    scene s = {0};
    zone_result result = {0};

    open_scene(&s);
    zone_pass pass = {.projection = s.projection, .keep = true};
    for (int round = 0; round < 2; round++) {
        zone_layer *layer = NULL;
        EXPECT_INT(zone_pass_batch(NULL, &pass, &s.batch, &result), ZONE_OK);
        EXPECT_INT(zone_layer_count(result.part), 4);
        EXPECT_INT(zone_layer_create(NULL, s.projection, &layer), ZONE_OK);
        EXPECT_INT(zone_layer_move(NULL, layer, result.part), ZONE_OK);
        EXPECT_INT(zone_layer_count(result.part), 0);
        EXPECT_INT(zone_pass_batch(NULL, &pass, &s.batch, &result), ZONE_OK);
        EXPECT_INT(zone_layer_move(NULL, layer, result.part), ZONE_OK);
        EXPECT_INT(zone_layer_finish(NULL, layer), ZONE_OK);
        EXPECT_INT(zone_layer_count(layer), 8);
        for (size_t m = 0; m < 8; m++)
            EXPECT(zone_layer_area(layer, m) == result.whole[m % 4]);
        zone_layer_free(layer);
    }
    zone_result_free(&result);
    close_scene(&s);
}
