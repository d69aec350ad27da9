/* Windings: the way from a lattice place and the ray say the same. */
#include "kernel/layer.h"
#include "kernel/winding.h"
#include "shapes.h"

#include <math.h>

enum { VERTICES = 4000 };

/* A star whose arms come near each other, with a hole of its own shape; on whole metres, so that points hit vertices
 * and edges. */
static void add_star(zone_batch *batch)
{
    static double outer[2 * VERTICES], inner[2 * VERTICES];

    for (int k = 0; k < VERTICES; k++) {
        double angle = 2.0 * 3.14159265358979323846 * k / VERTICES, radius = k % 2 ? 900.0 : 700.0;
        outer[2 * k] = 448000.0 + round(radius * cos(angle));
        outer[2 * k + 1] = 3229000.0 + round(radius * sin(angle));
        inner[2 * (VERTICES - 1 - k)] = 448000.0 + round(0.5 * radius * cos(angle));
        inner[2 * (VERTICES - 1 - k) + 1] = 3229000.0 + round(0.5 * radius * sin(angle));
    }
    add_polygon(batch, outer, VERTICES);
    zone_batch_add_ring(NULL, batch);
    for (int k = 0; k < VERTICES; k++)
        zone_batch_add_vertex(NULL, batch, inner[2 * k], inner[2 * k + 1]);
}

TEST(the_way_from_a_place_and_the_ray_give_one_winding)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch batch = {0};
    zone_numbers scratch = {0};
    int inside = 0;

    add_star(&batch);
    zone_layer *layer = layer_of(projection, &batch);
    const zone_bag bag = zone_members_bag(zone_layer_members(layer), 0);
    EXPECT(bag.lattice != NULL);
    zone_bag without = bag;
    without.lattice = NULL;
    srand(11);
    for (int k = 0; k < 20000; k++) {
        double place[2] = {448000.0 + rand() % 2000 - 1000, 3229000.0 + rand() % 2000 - 1000};
        int64_t point[2];
        int by_place = 9, by_ray = 8;
        zone_projection_snap(projection, place, 2, point);
        EXPECT_INT(zone_bag_winding(NULL, &bag, true, point[0], point[1], &scratch, &by_place), ZONE_OK);
        EXPECT_INT(zone_bag_winding(NULL, &without, true, point[0], point[1], &scratch, &by_ray), ZONE_OK);
        EXPECT_INT(by_place, by_ray);
        inside += by_ray != 0;
    }
    EXPECT(inside > 4000 && inside < 16000);
    zone_numbers_free(&scratch);
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}

TEST(small_bags_have_no_lattice)
{
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch batch = {0};

    add_box(&batch, 448000, 3229000, 10, 10);
    zone_layer *layer = layer_of(projection, &batch);
    EXPECT(zone_members_bag(zone_layer_members(layer), 0).lattice == NULL);
    zone_layer_free(layer);
    zone_batch_free(&batch);
    zone_projection_free(projection);
}
