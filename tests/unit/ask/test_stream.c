/* Streams: whatever the number of threads, batches come in the order of the source, and the first error counts. */
#include "ask/stream.h"

#include "ask/fixture.h"

enum { COUNT = 101, SIZE = 7 };

typedef struct {
    size_t features, batches, fail_at;
    uint64_t next;
    double area;
} seen;

static zone_status take(void *user, const zone_batch *batch, const zone_result *results)
{
    seen *s = user;

    EXPECT(batch->feature_count <= SIZE);
    EXPECT_INT(results[0].feature_count, batch->feature_count);
    for (size_t f = 0; f < batch->feature_count; f++) {
        EXPECT_INT(batch->ordinal[f], s->next++);
        s->area += zone_exact_to_m2(results[0].whole[f]);
        EXPECT_INT(results[1].pieces.start[f + 1] - results[1].pieces.start[f],
                   1); /* each square lies in the one zone */
        EXPECT(results[1].pieces.piece[results[1].pieces.start[f]].area == results[1].whole[f]);
    }
    s->features += batch->feature_count;
    return ++s->batches == s->fail_at ? zone_fail(NULL, ZONE_TOO_LARGE, .what = NULL) : ZONE_OK;
}

static zone_source *draw_squares(zone_context *ctx)
{
    drawing d;

    begin_drawing(&d, 4549);
    for (int k = 0; k < COUNT; k++)
        draw_box(&d, "\"n\":1", k % 10 * 10, k / 10 * 10, k % 10 * 10 + 10, k / 10 * 10 + 10);
    end_drawing(&d, "/vsimem/stream.geojson");
    return open_source(ctx, "/vsimem/stream.geojson", NULL);
}

static zone_status run(int threads, seen *s)
{
    zone_context *ctx = new_context();
    zone_source *source = draw_squares(ctx);
    zone_request request = {.batch_size = SIZE, .shape = ZONE_SHAPE_AREA};
    zone_projection *projection = NULL;
    zone_layer *layer = NULL;
    zone_batch zone = {0};
    drawing d;
    zone_method method;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"n\":1", -10, -10, 200, 200);
    end_drawing(&d, "/vsimem/stream_zone.geojson");
    zone_source *zones = open_source(ctx, "/vsimem/stream_zone.geojson", NULL);
    EXPECT_INT(zone_method_parse(ctx, "grid", &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(ctx, zone_source_crs(source)->wkt, &method, &projection), ZONE_OK);
    EXPECT_INT(zone_source_read(ctx, zones, NULL, &zone), ZONE_OK);
    EXPECT_INT(zone_layer_create(ctx, projection, &layer), ZONE_OK);
    EXPECT_INT(zone_layer_add(ctx, layer, &zone), ZONE_OK);
    EXPECT_INT(zone_layer_finish(ctx, layer), ZONE_OK);
    zone_context_set_threads(ctx, threads);
    zone_pass passes[] = {{.projection = projection}, {.projection = projection, .layer = layer}};
    zone_status status = zone_stream(ctx, source, &request, passes, 2, take, s);
    zone_layer_free(layer);
    zone_batch_free(&zone);
    zone_projection_free(projection);
    zone_source_close(zones);
    zone_source_close(source);
    zone_context_free(ctx);
    return status;
}

TEST(every_feature_comes_once_and_in_order_on_any_number_of_threads)
{
    for (int threads = 1; threads < 10; threads++) {
        seen s = {0};
        EXPECT_INT(run(threads, &s), ZONE_OK);
        EXPECT_INT(s.features, COUNT);
        EXPECT_REAL(s.area, 100.0 * COUNT, 1e-6);
    }
}

TEST(nothing_is_delivered_behind_an_error)
{
    for (int threads = 1; threads < 10; threads++) {
        seen s = {.fail_at = 5};
        EXPECT_INT(run(threads, &s), ZONE_TOO_LARGE);
        EXPECT_INT(s.batches, 5);
    }
}
