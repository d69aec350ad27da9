/* Streams: whatever the number of threads, batches come in the order of the source, and the first error counts. */
#include "ask/stream.h"

#include "ask/fixture.h"

#include <string.h>

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

typedef struct {
    zone_exact whole[COUNT], piece[COUNT];
    int64_t id[COUNT];
    size_t count;
} kept_features;

static zone_status keep(void *user, const zone_batch *batch, const zone_result *results)
{
    kept_features *kept = user;

    for (size_t f = 0; f < batch->feature_count; f++, kept->count++) {
        const zone_piece_list *pieces = &results[0].pieces;
        kept->id[kept->count] = batch->id[f];
        kept->whole[kept->count] = results[0].whole[f];
        for (size_t i = pieces->start[f]; i < pieces->start[f + 1]; i++)
            kept->piece[kept->count] += pieces->piece[i].area;
    }
    return ZONE_OK;
}

TEST(the_size_of_batches_leaves_no_trace)
{
    static const size_t sizes[] = {0, 1, 2, 7, 64, COUNT - 1, COUNT, 4 * COUNT};
    static kept_features kept[sizeof sizes / sizeof *sizes];
    zone_context *ctx = new_context();
    zone_source *source = draw_squares(ctx);
    zone_batch zone = {0};
    zone_layer *layer = NULL;
    zone_projection *projection = NULL;
    zone_method method;

    EXPECT_INT(zone_method_parse(ctx, "survey", &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(ctx, zone_source_crs(source)->wkt, &method, &projection), ZONE_OK);
    EXPECT_INT(zone_layer_create(ctx, projection, &layer), ZONE_OK);
    EXPECT_INT(zone_source_read(ctx, source, NULL, &zone), ZONE_OK);
    for (size_t v = 0; v < zone.vertex_count; v++)
        zone.x[v] += 3.7; /* every square is cut */
    EXPECT_INT(zone_layer_add(ctx, layer, &zone), ZONE_OK);
    EXPECT_INT(zone_layer_finish(ctx, layer), ZONE_OK);
    zone_pass pass = {.projection = projection, .layer = layer};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        zone_request request = {.batch_size = sizes[s], .shape = ZONE_SHAPE_AREA};
        EXPECT_INT(zone_stream(ctx, source, &request, &pass, 1, keep, &kept[s]), ZONE_OK);
        EXPECT_INT(kept[s].count, COUNT);
        EXPECT(memcmp(&kept[s], &kept[0], sizeof kept[0]) == 0);
    }
    EXPECT(kept[0].piece[50] != 0 && kept[0].piece[50] <= kept[0].whole[50]);
    zone_layer_free(layer);
    zone_batch_free(&zone);
    zone_projection_free(projection);
    zone_source_close(source);
    zone_context_free(ctx);
}
