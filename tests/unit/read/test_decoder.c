/* Decoders side by side take every feature once. */
#include "read/decoder.h"

#include "read/fixture.h"

#define COUNT 25

static void put_squares(const char *path)
{
    static char text[COUNT * 400];
    size_t at = 0;

    for (int k = 0; k < COUNT; k++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", k ? "," : "", FEATURE("\"a\":\"x\"", SQUARE));
    static char whole[sizeof text + 400];
    snprintf(whole, sizeof whole,
             "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
             "\"urn:ogc:def:crs:EPSG::4549\"}},\"features\":[%s]}",
             text);
    put_text(path, whole);
}

TEST(two_decoders_in_turn_take_every_feature_once)
{
    zone_context *ctx = new_context();
    zone_request request = {.batch_size = 4, .shape = ZONE_SHAPE_AREA};
    zone_decoder *decoder[2] = {NULL, NULL};
    zone_batch batch = {0};
    uint64_t run = 0, expected = 0;
    bool seen[COUNT] = {false}, more = true;

    put_squares("/vsimem/d.geojson");
    zone_source *source = open_source(ctx, "/vsimem/d.geojson", NULL);
    EXPECT_INT(zone_source_rewind(ctx, source, &request), ZONE_OK);
    for (int k = 0; k < 2; k++)
        EXPECT_INT(zone_decoder_open(ctx, source, &decoder[k]), ZONE_OK);
    while (more) {
        /* Both take before either makes. */
        uint64_t runs[2];
        bool has[2];
        for (int k = 0; k < 2; k++)
            EXPECT_INT(zone_decoder_take(ctx, decoder[k], &runs[k], &has[k]), ZONE_OK);
        for (int k = 1; k >= 0; k--)
            if (has[k])
                EXPECT_INT(zone_decoder_make(ctx, decoder[k], &batch), ZONE_OK);
        run = runs[0];
        EXPECT_INT(run, expected);
        expected += 2;
        more = has[1];
        if (expected > 20)
            break;
    }
    EXPECT_INT(batch.feature_count, COUNT);
    for (size_t f = 0; f < batch.feature_count; f++) {
        EXPECT(batch.ordinal[f] < COUNT && !seen[batch.ordinal[f]]);
        seen[batch.ordinal[f] % COUNT] = true;
    }
    for (int k = 0; k < 2; k++)
        zone_decoder_close(decoder[k]);
    zone_source_conclude(ctx, source);
    zone_batch_free(&batch);
    zone_source_close(source);
    zone_context_free(ctx);
}
