/* Depth: areas by the number of members that hold a place. Where three edges meet in a point, or borders are shared,
 * every edge must agree on the depth; on random layers this is held against GEOS in tests/reference/depth.c. */
#include "kernel/depth.h"

#include "shapes.h"

enum { DEEPEST = 64 };

typedef struct {
    zone_exact area[DEEPEST + 1]; /* [k]: at least k times */
    size_t deepest;
    zone_exact sum; /* of the members */
} depths;

static zone_status keep(void *user, size_t times, zone_exact area)
{
    depths *kept = user;

    EXPECT(times == kept->deepest + 1 && times <= DEEPEST);
    kept->deepest = times;
    kept->area[times] = area;
    return ZONE_OK;
}

static depths depths_of(const char *crs, const char *method, const zone_batch *batch)
{
    zone_projection *projection = projection_of(crs, method);
    zone_layer *layer = layer_of(projection, batch);
    depths found = {0};
    zone_exact sum = 0;

    EXPECT_INT(zone_overlay_depths(NULL, layer, keep, &found), ZONE_OK);
    for (size_t k = 1; k <= found.deepest; k++)
        sum += found.area[k];
    for (size_t m = 0; m < zone_layer_count(layer); m++)
        found.sum += zone_layer_area(layer, m);
    EXPECT(sum == found.sum); /* whatever the layer */
    zone_layer_free(layer);
    zone_projection_free(projection);
    return found;
}

static zone_exact square_metres(int m2)
{
    return ZONE_EXACT_M2 * m2;
}

TEST(squares_that_overlap_share_borders_or_are_alike_have_whole_areas)
{
    zone_batch batch = {0};

    add_box(&batch, 448000, 3229000, 10, 10);
    add_box(&batch, 448010, 3229000, 10, 10); /* beside the first */
    add_box(&batch, 448005, 3229000, 10, 10); /* over both, on their line */
    add_box(&batch, 448005, 3229000, 10, 10); /* the same again */
    add_box(&batch, 448000, 3229010, 5, 5);
    add_box(&batch, 448006, 3229001, 2, 2); /* within three */
    depths found = depths_of("EPSG:4549", "grid", &batch);
    EXPECT(found.area[1] == square_metres(225));
    EXPECT(found.area[2] == square_metres(100));
    EXPECT(found.area[3] == square_metres(100));
    EXPECT(found.area[4] == square_metres(4));
    for (size_t k = 5; k <= found.deepest; k++)
        EXPECT(found.area[k] == 0);
    zone_batch_free(&batch);
}

TEST(a_stack_is_as_deep_as_it_is_high)
{
    zone_batch batch = {0};

    for (int k = 0; k < 40; k++)
        add_box(&batch, 448000 + k, 3229000 + k, 100 - 2 * k, 100 - 2 * k);
    depths found = depths_of("EPSG:4549", "grid", &batch);
    for (int k = 0; k < 40; k++)
        EXPECT(found.area[k + 1] == square_metres((100 - 2 * k) * (100 - 2 * k)));
    zone_batch_free(&batch);
}

TEST(a_hole_is_not_held)
{
    zone_batch batch = {0};
    const double hole[] = {448002, 3229002, 448002, 3229008, 448008, 3229008, 448008, 3229002};

    add_box(&batch, 448000, 3229000, 10, 10);
    zone_batch_add_ring(NULL, &batch);
    for (int i = 0; i < 4; i++)
        zone_batch_add_vertex(NULL, &batch, hole[2 * i], hole[2 * i + 1]);
    add_box(&batch, 448004, 3229000, 10, 10);
    add_box(&batch, 448002, 3229002, 6, 6); /* fills the hole */
    depths found = depths_of("EPSG:4549", "grid", &batch);
    EXPECT(found.area[1] == square_metres(140));
    EXPECT(found.area[2] == square_metres(60));
    EXPECT(found.area[3] == 0);
    zone_batch_free(&batch);
}

/* Triangles with a side through one lattice point, by survey: there the images of a crossing on its two edges are
 * apart, and a wrong order of the crossings would leave borders open. */
TEST(many_edges_through_one_point_agree_on_the_depth_there)
{
    zone_batch batch = {0}, turned = {0};
    const double x = 40448000, y = 3229000;
    const double ends[][2] = {{30, 10}, {20, 30}, {-10, 30}, {-30, 20}, {30, 0}, {0, 30}};
    enum { COUNT = sizeof ends / sizeof *ends };

    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < COUNT; i++) {
            const double *end = ends[pass ? COUNT - 1 - i : i];
            const double xy[] = {x - end[0], y - end[1], x + end[0], y + end[1], x - end[1] / 2.0, y + end[0] / 2.0};
            add_polygon(pass ? &turned : &batch, xy, 3);
        }
    depths plane = depths_of("EPSG:4528", "grid", &batch), legal = depths_of("EPSG:4528", "survey", &batch);
    depths again = depths_of("EPSG:4528", "survey", &turned);
    EXPECT(legal.deepest == plane.deepest && again.deepest == legal.deepest);
    for (size_t k = 1; k <= legal.deepest; k++) {
        double area = zone_exact_to_m2(legal.area[k]), scale = zone_exact_to_m2(plane.area[k]) / area;
        EXPECT_REAL(scale, 1.0, 1e-4);
        EXPECT_REAL(area, zone_exact_to_m2(again.area[k]), 1e-6);
    }
    zone_batch_free(&batch);
    zone_batch_free(&turned);
}

/* A needle inside out, as snapping may leave one: what it leaves open is no more than its own width. */
TEST(a_needle_inside_out_spoils_nothing)
{
    zone_batch batch = {0};
    const double xy[] = {448000,  3229000, 448100,  3229000,       448100,  3229100, 448049.999999,
                         3229100, 448050,  3229200, 448050.000001, 3229100, 448000,  3229100};

    add_polygon(&batch, xy, 7);
    add_box(&batch, 448040, 3229150, 20, 20);
    depths found = {0};
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_layer *layer = layer_of(projection, &batch);
    EXPECT_INT(zone_overlay_depths(NULL, layer, keep, &found), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(found.area[1]), 10400, 1e-2);
    EXPECT_REAL(zone_exact_to_m2(found.area[2]), 0, 1e-2);
    zone_layer_free(layer);
    zone_projection_free(projection);
    zone_batch_free(&batch);
}

TEST(an_empty_layer_has_no_depth)
{
    zone_batch batch = {0};
    depths found = depths_of("EPSG:4549", "grid", &batch);

    EXPECT(found.deepest == 0 && found.sum == 0);
    zone_batch_free(&batch);
}
