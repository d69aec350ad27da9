/* The overlap kernel against GEOS: random star polygons, many with vertices and edges in common, on the grid. Both
 * orders of the operands; the seed is printed. */
#include "kernel/overlay.h"
#include "read/geometry.h"
#include "test.h"

static const double pi = 3.14159265358979323846;

static double random_share(void)
{
    return rand() / (double)RAND_MAX;
}

/* A star about (x, y); its vertices lie on a coarse lattice, so that polygons share vertices, edges and lines. */
static void add_star(zone_batch *batch, double x, double y, double size, int count, double lattice)
{
    zone_batch_add_feature(NULL, batch, (int64_t)batch->feature_count, batch->feature_count, ZONE_SHAPE_AREA);
    zone_batch_add_ring(NULL, batch);
    for (int k = 0; k < count; k++) {
        double radius = size * (0.3 + 0.7 * random_share()), angle = 2.0 * pi * k / count;
        double px = x + radius * cos(angle), py = y + radius * sin(angle);
        zone_batch_add_vertex(NULL, batch, lattice > 0.0 ? round(px / lattice) * lattice : px,
                              lattice > 0.0 ? round(py / lattice) * lattice : py);
    }
}

static zone_status keep_area(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    (void)feature;
    (void)whole;
    *(zone_exact *)user = count ? pieces[0].area : 0;
    return ZONE_OK;
}

static zone_exact kernel_area(zone_projection *projection, const zone_batch *feature, const zone_batch *zones)
{
    zone_layer *layer = NULL;
    zone_exact area = 0;

    EXPECT_INT(zone_layer_of_batch(NULL, projection, zones, &layer), ZONE_OK);
    EXPECT_INT(zone_overlay(NULL, projection, feature, layer, keep_area, &area), ZONE_OK);
    zone_layer_free(layer);
    return area;
}

/* Negative when GEOS finds one of the two not valid: such a pair is not compared. */
static double geos_area(const zone_batch *a, const zone_batch *b)
{
    zone_geometry *shape[3] = {NULL, NULL, NULL};
    const char *reason = NULL;
    double area = -1.0, x, y;

    if (zone_geometry_from_batch(NULL, a, 0, &shape[0]) == ZONE_OK &&
        zone_geometry_from_batch(NULL, b, 0, &shape[1]) == ZONE_OK &&
        zone_geometry_valid(NULL, shape[0], &reason, &x, &y) && zone_geometry_valid(NULL, shape[1], &reason, &x, &y) &&
        zone_geometry_intersection(NULL, shape[0], shape[1], &shape[2]) == ZONE_OK)
        area = shape[2] ? zone_geometry_plane_area(shape[2]) : 0.0;
    for (int i = 0; i < 3; i++)
        zone_geometry_free(shape[i]);
    return area;
}

TEST(thousands_of_random_pairs_agree_with_geos)
{
    zone_method method;
    zone_projection *projection = NULL;
    const unsigned seed = 20261123;
    int compared = 0;

    printf("  seed %u\n", seed);
    srand(seed);
    zone_method_parse(NULL, "grid", &method);
    EXPECT_INT(zone_projection_create(NULL, "EPSG:4528", &method, &projection), ZONE_OK);
    for (int trial = 0; trial < 4000; trial++) {
        zone_batch a = {0}, b = {0};
        double lattice = trial % 3 == 0 ? 10.0 : trial % 3 == 1 ? 25.0 : 0.0;
        add_star(&a, 40448000.0, 3229000.0, 60.0, 3 + rand() % 20, lattice);
        add_star(&b, 40448000.0 + 60.0 * random_share(), 3229000.0 + 60.0 * random_share(), 60.0, 3 + rand() % 20,
                 lattice);
        double expected = geos_area(&a, &b);
        if (expected >= 0.0) {
            zone_exact one = kernel_area(projection, &a, &b), other = kernel_area(projection, &b, &a);
            compared++;
            /* Snapping and interpolation move a crossing by less than 1e-8 m; a border here is under 3 km long. */
            if (!(fabs(zone_exact_to_m2(one) - expected) < 1e-4))
                TEST_FAIL("trial %d: %.9f, GEOS %.9f", trial, zone_exact_to_m2(one), expected);
            if (!(fabs(zone_exact_to_m2(one - other)) < 1e-5))
                TEST_FAIL("trial %d: %.3g m² between A∩B and B∩A", trial, zone_exact_to_m2(one - other));
        }
        zone_batch_free(&a);
        zone_batch_free(&b);
    }
    printf("  %d pairs compared\n", compared);
    EXPECT(compared > 2000);
    zone_projection_free(projection);
}
