/* Points in members: cells and windings agree, tilings hold each point once, on borders too. */
#include "kernel/layer.h"
#include "kernel/point.h"
#include "kernel/winding.h"
#include "shapes.h"

#include <math.h>

#define EAST  448000.0
#define NORTH 3229000.0

typedef struct {
    size_t features, points, inside, count;
    zone_piece piece[64];
} seen;

static zone_status see(void *user, size_t feature, size_t points, size_t inside, const zone_piece *pieces, size_t count)
{
    seen *s = user;

    EXPECT_INT(feature, s->features++);
    s->points += points;
    s->inside += inside;
    for (size_t i = 0; i < count; i++)
        s->piece[(s->count + i) % 64] = pieces[i];
    s->count += count;
    return ZONE_OK;
}

static void add_points(zone_batch *batch, const double *xy, size_t count)
{
    zone_batch_add_feature(NULL, batch, (int64_t)batch->feature_count, batch->feature_count, ZONE_SHAPE_POINT);
    for (size_t i = 0; i < count; i++) {
        zone_batch_add_ring(NULL, batch);
        zone_batch_add_vertex(NULL, batch, xy[2 * i], xy[2 * i + 1]);
    }
}

static seen count_in(zone_layer *layer, const zone_batch *points)
{
    zone_point_cells *cells = NULL;
    zone_point_space *space = NULL;
    seen s = {0};

    EXPECT_INT(zone_point_cells_build(NULL, layer, &cells), ZONE_OK);
    EXPECT_INT(zone_point_space_open(NULL, &space), ZONE_OK);
    EXPECT_INT(zone_points_in(NULL, space, points, cells, see, &s), ZONE_OK);
    zone_point_space_close(space);
    zone_point_cells_free(cells);
    return s;
}

static seen count_one(const zone_batch *zones, const char *crs, double x, double y)
{
    zone_projection *projection = projection_of(crs, "survey");
    zone_layer *layer = layer_of(projection, zones);
    const double xy[] = {x, y};
    zone_batch points = {0};

    add_points(&points, xy, 1);
    seen s = count_in(layer, &points);
    zone_batch_free(&points);
    zone_layer_free(layer);
    zone_projection_free(projection);
    return s;
}

/* Four boxes that meet in a corner: on the border the western and the southern ones win. */
TEST(a_point_on_a_border_lies_in_one_member)
{
    static const struct {
        double x, y;
        uint32_t member;
    } cases[] = {{100, 50, 0}, {50, 100, 0}, {100, 100, 0}, {100, 150, 2}, {150, 100, 1}, {50, 50, 0}, {150, 150, 3}};
    zone_batch zones = {0};

    for (int k = 0; k < 4; k++)
        add_box(&zones, EAST + 100.0 * (k % 2), NORTH + 100.0 * (k / 2), 100, 100);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen s = count_one(&zones, "EPSG:4549", EAST + cases[i].x, NORTH + cases[i].y);
        EXPECT_INT(s.count, 1);
        EXPECT_INT(s.piece[0].member, cases[i].member);
    }
    EXPECT_INT(count_one(&zones, "EPSG:4549", EAST, NORTH + 50).count, 0);       /* the western border */
    EXPECT_INT(count_one(&zones, "EPSG:4549", EAST + 200, NORTH + 50).count, 1); /* the eastern one */
    EXPECT_INT(count_one(&zones, "EPSG:4549", EAST + 201, NORTH + 50).count, 0);
    zone_batch_free(&zones);
}

/* Every vertex of a tiling, and the middle of every edge, lies in one member of four around it at most. */
TEST(a_tiling_holds_each_point_once)
{
    enum { SIDE = 12 };
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch zones = {0}, points = {0};

    srand(3);
    double at[SIDE + 1][SIDE + 1][2];
    for (int i = 0; i <= SIDE; i++)
        for (int j = 0; j <= SIDE; j++) {
            at[i][j][0] = EAST + 16 * i + (i % SIDE ? rand() % 9 - 4 : 0);
            at[i][j][1] = NORTH + 16 * j + (j % SIDE ? rand() % 9 - 4 : 0);
        }
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            const double xy[] = {at[i][j][0],         at[i][j][1],         at[i + 1][j][0], at[i + 1][j][1],
                                 at[i + 1][j + 1][0], at[i + 1][j + 1][1], at[i][j + 1][0], at[i][j + 1][1]};
            add_polygon(&zones, xy, 4);
        }
    for (int i = 1; i <= 16 * SIDE; i++)
        for (int j = 1; j <= 16 * SIDE; j++) {
            const double xy[] = {EAST + i, NORTH + j};
            add_points(&points, xy, 1);
        }
    zone_layer *layer = layer_of(projection, &zones);
    seen s = count_in(layer, &points);
    EXPECT_INT(s.points, 16 * SIDE * 16 * SIDE);
    EXPECT_INT(s.inside, s.points);
    EXPECT_INT(s.count, s.points);
    zone_layer_free(layer);
    zone_batch_free(&points);
    zone_batch_free(&zones);
    zone_projection_free(projection);
}

static void add_star(zone_batch *batch, double x, double y, double radius, int count)
{
    double xy[400];

    for (int k = 0; k < count; k++) {
        double angle = 6.283185307179586 * k / count, length = radius * (k % 2 ? 1.0 : 0.4);
        xy[2 * k] = round(x + length * cos(angle));
        xy[2 * k + 1] = round(y + length * sin(angle));
    }
    add_polygon(batch, xy, (size_t)count);
}

/* Stars of many sizes on each other, long thin ones too: what the cells say is what windings say. */
TEST(cells_say_what_windings_say)
{
    enum { POINTS = 20000 };
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch zones = {0}, points = {0};
    zone_numbers scratch = {0};
    size_t expected = 0;

    srand(8);
    for (int k = 0; k < 60; k++)
        add_star(&zones, EAST + rand() % 1000, NORTH + rand() % 1000, 5 << k % 8, 6 + 2 * (rand() % 60));
    add_box(&zones, EAST - 300, NORTH + 500, 2000, 1);
    zone_layer *layer = layer_of(projection, &zones);
    for (int k = 0; k < POINTS; k++) {
        const double xy[] = {EAST + rand() % 1200 - 100, NORTH + rand() % 1200 - 100};
        int64_t snapped[2];
        add_points(&points, xy, 1);
        zone_projection_snap(projection, xy, 2, snapped);
        for (size_t m = 0; m < zone_layer_count(layer); m++) {
            zone_bag bag = zone_members_bag(zone_layer_members(layer), m);
            int winding = 0;
            zone_bag_winding(NULL, &bag, true, snapped[0], snapped[1], &scratch, &winding);
            expected += winding != 0;
        }
    }
    seen s = count_in(layer, &points);
    EXPECT_INT(s.count, expected);
    EXPECT(expected > POINTS);
    zone_numbers_free(&scratch);
    zone_layer_free(layer);
    zone_batch_free(&points);
    zone_batch_free(&zones);
    zone_projection_free(projection);
}

TEST(points_of_a_feature_add_up_by_member)
{
    const double xy[] = {EAST + 1, NORTH + 1, EAST + 60, NORTH + 1, EAST + 2, NORTH + 2, EAST - 9, NORTH};
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_batch zones = {0}, points = {0};

    add_box(&zones, EAST + 50, NORTH, 50, 50);
    add_box(&zones, EAST, NORTH, 100, 50); /* over the first */
    add_points(&points, xy, 4);
    zone_batch_add_feature(NULL, &points, 9, 1, ZONE_SHAPE_NONE); /* without a geometry */
    points.state[1] = ZONE_FEATURE_REJECTED;
    zone_layer *layer = layer_of(projection, &zones);
    seen s = count_in(layer, &points);
    EXPECT_INT(s.features, 2);
    EXPECT_INT(s.points, 4);
    EXPECT_INT(s.inside, 3);
    EXPECT_INT(s.count, 2);
    EXPECT(s.piece[0].member == 0 && s.piece[0].area == 1);
    EXPECT(s.piece[1].member == 1 && s.piece[1].area == 3);
    zone_layer_free(layer);
    zone_batch_free(&points);
    zone_batch_free(&zones);
    zone_projection_free(projection);
}

/* A zone from 179° east to 179° west. */
TEST(points_beyond_the_antimeridian_are_found)
{
    const double ring[] = {179, 10, -179, 10, -179, 12, 179, 12};
    static const struct {
        double x, y;
        size_t count;
    } cases[] = {{179.5, 11, 1}, {-179.5, 11, 1}, {180, 11, 1}, {-180, 11, 1},
                 {178.5, 11, 0}, {-178.5, 11, 0}, {0, 11, 0}};
    zone_batch zones = {0};

    add_polygon(&zones, ring, 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        EXPECT_INT(count_one(&zones, "EPSG:4490", cases[i].x, cases[i].y).count, cases[i].count);
    zone_batch_free(&zones);
}

TEST(a_layer_of_nothing_holds_nothing)
{
    zone_batch zones = {0};

    zone_batch_add_feature(NULL, &zones, 1, 0, ZONE_SHAPE_AREA);
    EXPECT_INT(count_one(&zones, "EPSG:4549", EAST, NORTH).count, 0);
    zone_batch_free(&zones);
}
