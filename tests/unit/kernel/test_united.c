/* What of a feature lies in at least one of several members. */
#include "shapes.h"

#include <math.h>
#include <stdlib.h>

/* Places of the random boxes, in steps of 10 m: few, so that borders lie on each other. */
enum { STEPS = 24, BOXES = 14 };

typedef struct {
    int west, south, east, north;
} box;

typedef struct {
    zone_context *ctx;
    zone_overlay_space *space;
    zone_exact area[64];
    zone_int128 drawn[64];
} united_sums;

static zone_status keep(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    united_sums *to = user;

    (void)whole;
    (void)pieces;
    (void)count;
    return zone_overlay_united(to->ctx, to->space, &to->area[feature], &to->drawn[feature]);
}

static void unite(zone_projection *projection, const zone_batch *features, const zone_layer *layer, united_sums *sums)
{
    EXPECT_INT(zone_overlay_open(NULL, &sums->space), ZONE_OK);
    EXPECT_INT(zone_overlay_in(NULL, sums->space, projection, features, layer, keep, sums), ZONE_OK);
    zone_overlay_close(sums->space);
}

static box random_box(void)
{
    int west = rand() % (STEPS - 1), south = rand() % (STEPS - 1);

    return (box){west, south, west + 1 + rand() % (STEPS - 1 - west), south + 1 + rand() % (STEPS - 1 - south)};
}

static void add(zone_batch *batch, box b)
{
    add_box(batch, 448000 + 10 * b.west, 3229000 + 10 * b.south, 10 * (b.east - b.west), 10 * (b.north - b.south));
}

static bool holds(const box *b, int x, int y)
{
    return b->west <= x && x < b->east && b->south <= y && y < b->north;
}

/* Cells of 10 m × 10 m that the feature and a member or more hold. */
static int count_cells(const box *feature, const box *members, int count)
{
    int cells = 0;

    for (int x = 0; x < STEPS; x++)
        for (int y = 0; y < STEPS; y++) {
            bool held = false;
            for (int m = 0; m < count; m++)
                held = held || holds(&members[m], x, y);
            cells += held && holds(feature, x, y);
        }
    return cells;
}

TEST(boxes_on_a_grid_have_the_cells_that_they_cover)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");

    srand(20240611);
    for (int round = 0; round < 300; round++) {
        const int count = 1 + round % BOXES;
        box members[BOXES], features[8];
        zone_batch zones = {0}, batch = {0};
        united_sums sums = {0};
        for (int m = 0; m < count; m++)
            add(&zones, members[m] = random_box());
        for (int f = 0; f < 8; f++)
            add(&batch, features[f] = random_box());
        zone_layer *layer = layer_of(projection, &zones);
        unite(projection, &batch, layer, &sums);
        for (int f = 0; f < 8; f++) {
            double cells = count_cells(&features[f], members, count);
            EXPECT_REAL(zone_exact_to_m2(sums.area[f]), 100 * cells, 1e-6);
            EXPECT_REAL((double)sums.drawn[f] * 0x1p-61, 100 * cells, 1e-6);
        }
        zone_layer_free(layer);
        zone_batch_free(&zones);
        zone_batch_free(&batch);
    }
    zone_projection_free(projection);
}

static zone_status keep_union(void *user, size_t times, zone_exact area)
{
    zone_exact *united = user;

    if (times == 1)
        *united = area;
    return ZONE_OK;
}

/* A star of `count` points round (x, y). */
static void add_star(zone_batch *batch, double x, double y, int count)
{
    double xy[64];

    for (int i = 0; i < count; i++) {
        double angle = 6.283185307179586 * i / count, radius = 60 + rand() % 4000 * 0.01;
        xy[2 * i] = x + radius * cos(angle);
        xy[2 * i + 1] = y + radius * sin(angle);
    }
    add_polygon(batch, xy, (size_t)count);
}

/* 64 squares of a chessboard with all fields, and stars over it: more than are tried one by one. The squares together
 * have what the stars cover, but for the rounding of crossings. */
TEST(features_that_tile_the_plane_have_the_union)
{
    const char *const methods[] = {"grid", "survey", "geodesic"};

    srand(5);
    for (size_t m = 0; m < 3; m++) {
        zone_projection *projection = projection_of("EPSG:4549", methods[m]);
        zone_batch zones = {0}, batch = {0};
        united_sums sums = {0};
        zone_exact united = 0, sum = 0;
        for (int s = 0; s < 60; s++)
            add_star(&zones, 448100 + rand() % 60000 * 0.01, 3229100 + rand() % 60000 * 0.01, 5 + rand() % 20);
        for (int f = 0; f < 64; f++)
            add_box(&batch, 448000 + 100 * (f % 8), 3229000 + 100 * (f / 8), 100, 100);
        zone_layer *layer = layer_of(projection, &zones);
        unite(projection, &batch, layer, &sums);
        EXPECT_INT(zone_overlay_depths(NULL, layer, keep_union, &united), ZONE_OK);
        for (int f = 0; f < 64; f++)
            sum += sums.area[f];
        EXPECT(united > 100000 * ZONE_EXACT_M2);
        EXPECT_REAL(zone_exact_to_m2(sum - united), 0, 1e-6);
        zone_layer_free(layer);
        zone_batch_free(&zones);
        zone_batch_free(&batch);
        zone_projection_free(projection);
    }
}
