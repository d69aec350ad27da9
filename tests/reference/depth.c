/* Areas by depth against GEOS: random layers of 2 to 30 polygons, with holes, on lattices so that vertices, edges and
 * lines are shared, and with members that are alike. The seed is printed. */
#include "kernel/overlay.h"
#include "read/geometry.h"
#include "test.h"

static const double pi = 3.14159265358979323846;

enum { DEEPEST = 64, LAYERS = 300 };

static double random_share(void)
{
    return rand() / (double)RAND_MAX;
}

static double on_lattice(double place, double lattice)
{
    return lattice > 0.0 ? round(place / lattice) * lattice : place;
}

static void add_ring(zone_batch *batch, double x, double y, double low, double high, int count, double lattice,
                     int turn)
{
    zone_batch_add_ring(NULL, batch);
    for (int k = 0; k < count; k++) {
        double radius = low + (high - low) * random_share(), angle = turn * 2.0 * pi * k / count;
        zone_batch_add_vertex(NULL, batch, on_lattice(x + radius * cos(angle), lattice),
                              on_lattice(y + radius * sin(angle), lattice));
    }
}

/* A box, or a star that may have a hole. */
static void add_member(zone_batch *batch, double lattice)
{
    double x = 40448000.0 + 120.0 * random_share(), y = 3229000.0 + 120.0 * random_share();

    zone_batch_add_feature(NULL, batch, (int64_t)batch->feature_count, batch->feature_count, ZONE_SHAPE_AREA);
    if (lattice > 0.0 && rand() % 2) {
        double west = on_lattice(x, lattice), south = on_lattice(y, lattice);
        double east = west + lattice * (1 + rand() % 4), north = south + lattice * (1 + rand() % 4);
        zone_batch_add_ring(NULL, batch);
        zone_batch_add_vertex(NULL, batch, west, south);
        zone_batch_add_vertex(NULL, batch, east, south);
        zone_batch_add_vertex(NULL, batch, east, north);
        zone_batch_add_vertex(NULL, batch, west, north);
        return;
    }
    add_ring(batch, x, y, 30.0, 80.0, 4 + rand() % 20, lattice, 1);
    if (rand() % 2)
        add_ring(batch, x, y, 8.0, 18.0, 4 + rand() % 6, 0.0, -1);
}

/* Only polygons that GEOS finds valid; of some layers each stands five times. */
static void draw_layer(zone_batch *layer, int trial)
{
    double lattice = trial % 4 == 0 ? 10.0 : trial % 4 == 1 ? 25.0 : trial % 4 == 2 ? 5.0 : 0.0;
    int copies = trial % 7 == 6 ? 5 : 1;
    size_t wanted = copies > 1 ? 5 + 5 * (size_t)(rand() % 3) : 2 + (size_t)rand() % 29;

    while (layer->feature_count < wanted) {
        zone_batch one = {0};
        zone_geometry *shape = NULL;
        const char *reason = NULL;
        double x, y;
        add_member(&one, lattice);
        if (zone_geometry_from_batch(NULL, &one, 0, &shape) == ZONE_OK &&
            zone_geometry_valid(NULL, shape, &reason, &x, &y) && zone_geometry_plane_area(shape) > 1.0)
            for (int k = 0; k < copies; k++)
                EXPECT_INT(zone_batch_add_copy(NULL, layer, &one, 0), ZONE_OK);
        zone_geometry_free(shape);
        zone_batch_free(&one);
    }
}

/* ---------------------------------------------------------------- by GEOS */

static void join(zone_geometry **into, zone_geometry *piece)
{
    zone_geometry *joined = NULL;

    if (!*into) {
        *into = piece;
        return;
    }
    EXPECT_INT(zone_geometry_union(NULL, *into, piece, &joined), ZONE_OK);
    zone_geometry_free(*into);
    zone_geometry_free(piece);
    *into = joined;
}

/* Member by member: what at least k hold grows by what it has in common with what k - 1 held. */
static void depths_by_geos(const zone_batch *layer, double area[DEEPEST])
{
    zone_geometry *held[DEEPEST] = {NULL};

    for (size_t m = 0; m < layer->feature_count; m++) {
        zone_geometry *member = NULL;
        for (size_t k = m < DEEPEST - 1 ? m : DEEPEST - 1; k > 0; k--) {
            zone_geometry *shared = NULL;
            if (!held[k - 1])
                continue;
            EXPECT_INT(zone_geometry_from_batch(NULL, layer, m, &member), ZONE_OK);
            EXPECT_INT(zone_geometry_intersection(NULL, held[k - 1], member, &shared), ZONE_OK);
            zone_geometry_free(member);
            if (shared && zone_geometry_plane_area(shared) > 0.0)
                join(&held[k], shared);
            else
                zone_geometry_free(shared);
        }
        EXPECT_INT(zone_geometry_from_batch(NULL, layer, m, &member), ZONE_OK);
        join(&held[0], member);
    }
    for (int k = 0; k < DEEPEST; k++) {
        area[k] = held[k] ? zone_geometry_plane_area(held[k]) : 0.0;
        zone_geometry_free(held[k]);
    }
}

/* ---------------------------------------------------------------- by the kernel */

typedef struct {
    zone_exact area[DEEPEST], sum, members;
} depths;

static zone_status keep(void *user, size_t times, zone_exact area)
{
    depths *kept = user;

    if (times <= DEEPEST)
        kept->area[times - 1] = area;
    kept->sum += area;
    return ZONE_OK;
}

static zone_status add_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    (void)first;
    (void)second;
    *(zone_exact *)user += area;
    return ZONE_OK;
}

/* A place that k members hold lies in k (k - 1) / 2 pairs, so pairs add up to (k - 1) times what k or more hold. */
static zone_exact of_pairs(const depths *found)
{
    zone_exact sum = 0;

    for (int k = 1; k < DEEPEST; k++)
        sum += k * found->area[k];
    return sum;
}

static depths depths_by_kernel(zone_projection *projection, const zone_batch *batch)
{
    zone_layer *layer = NULL;
    depths found = {{0}, 0, 0};
    zone_exact pairs = 0;

    EXPECT_INT(zone_layer_of_batch(NULL, projection, batch, &layer), ZONE_OK);
    EXPECT_INT(zone_overlay_depths(NULL, layer, keep, &found), ZONE_OK);
    for (size_t m = 0; m < zone_layer_count(layer); m++)
        found.members += zone_layer_area(layer, m);
    EXPECT(found.sum == found.members);
    EXPECT_INT(zone_overlay_self(NULL, layer, add_pair, &pairs), ZONE_OK);
    EXPECT(pairs == of_pairs(&found));
    zone_layer_free(layer);
    return found;
}

static void shuffle(const zone_batch *layer, zone_batch *shuffled)
{
    size_t order[DEEPEST];

    for (size_t i = 0; i < layer->feature_count; i++) {
        size_t other = (size_t)rand() % (i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    for (size_t i = 0; i < layer->feature_count; i++)
        EXPECT_INT(zone_batch_add_copy(NULL, shuffled, layer, order[i]), ZONE_OK);
}

static void compare(zone_projection *const projections[2], const zone_batch *layer, int trial)
{
    double expected[DEEPEST];
    zone_batch shuffled = {0};

    shuffle(layer, &shuffled);
    depths_by_geos(layer, expected);
    for (int p = 0; p < 2; p++) {
        depths found = depths_by_kernel(projections[p], layer), again = depths_by_kernel(projections[p], &shuffled);
        for (int k = 0; k < DEEPEST; k++) {
            double area = zone_exact_to_m2(found.area[k]), other = zone_exact_to_m2(again.area[k]);
            if (p == 0 && !(fabs(area - expected[k]) <= 1e-4 + 1e-9 * expected[k]))
                TEST_FAIL("layer %d, %d times: %.9f, GEOS %.9f", trial, k + 1, area, expected[k]);
            /* By survey a long edge beside two short ones is another curve, so there is an area between. */
            if (!(fabs(area - other) < (p == 0 ? 1e-6 : 1e-2)))
                TEST_FAIL("layer %d, %d times: %.3g m² by the order of members", trial, k + 1, area - other);
        }
    }
    zone_batch_free(&shuffled);
}

TEST(random_layers_agree_with_geos_and_in_any_order_of_members)
{
    static const char *const names[2] = {"grid", "survey"};
    zone_projection *projections[2] = {NULL, NULL};
    zone_method method;
    const unsigned seed = 20261124;

    printf("  seed %u\n", seed);
    srand(seed);
    for (int p = 0; p < 2; p++) {
        zone_method_parse(NULL, names[p], &method);
        EXPECT_INT(zone_projection_create(NULL, "EPSG:4528", &method, &projections[p]), ZONE_OK);
    }
    for (int trial = 0; trial < LAYERS; trial++) {
        zone_batch layer = {0};
        draw_layer(&layer, trial);
        compare(projections, &layer, trial);
        zone_batch_free(&layer);
    }
    for (int p = 0; p < 2; p++)
        zone_projection_free(projections[p]);
}
