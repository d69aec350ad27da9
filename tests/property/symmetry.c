/* A ∩ B is B ∩ A, the roles of feature and member changed, over thousands of random pairs of polygons: in every area
 * method, on projected and geographic data, near the central meridian and far from it.
 * Where no vertex lies on the other's border both are the same to the bit, by the method and in the drawing plane.
 * Where borders lie along each other with vertices that only one of them has, one of the two borders bounds the piece,
 * by the order of the layers: the two areas are apart by no more than the slivers of the edge model between them.
 * Each pair is drawn from the seed and its own number, so one pair can be repeated alone: ZONE_SEED=… ZONE_PAIR=… */
#include "chance.h"
#include "kernel/overlay.h"
#include "test.h"

#include <time.h>

enum { PAIRS = MANY_OR_FEW(12000, 400) };

enum { METHODS = 6, SYSTEMS = 3, MOST = 48 };

static const char *const methods[METHODS] = {"survey",          "geodesic",      "ellipsoid",
                                             "survey:split=70", "survey:legacy", "grid"};
static const char *const systems[SYSTEMS] = {"EPSG:4549", "EPSG:4528", "EPSG:4490"};

/* Where pairs are drawn: the middle of the place, and how many metres a unit of the plane is. */
static const struct {
    double east, north, unit;
} places[SYSTEMS] = {{448000, 3229000, 1.0}, {40448000, 3229000, 1.0}, {119.5, 29.2, 100000.0}};

typedef struct {
    unsigned long long seed;
    long number;
    int system, method;
    zone_batch a, b;
    double east, north, unit;
} pair;

typedef struct {
    zone_exact area;
    zone_int128 drawn;
} common;

static zone_projection *projections[SYSTEMS][METHODS];

/* ---------------------------------------------------------------- both ways round */

static zone_status keep_piece(void *user, size_t feature, zone_exact whole, const zone_piece *piece, size_t count)
{
    common *found = user;

    (void)feature;
    (void)whole;
    if (count)
        *found = (common){piece[0].area, piece[0].drawn};
    return ZONE_OK;
}

static common in_common(const pair *p, const zone_batch *feature, const zone_batch *member)
{
    zone_projection *projection = projections[p->system][p->method];
    zone_layer *layer = NULL;
    common found = {0, 0};

    EXPECT_INT(zone_layer_of_batch(NULL, projection, member, &layer), ZONE_OK);
    EXPECT_INT(zone_overlay(NULL, projection, feature, layer, keep_piece, &found), ZONE_OK);
    zone_layer_free(layer);
    return found;
}

static void show(const char *name, const zone_batch *batch)
{
    for (size_t r = 0; r < batch->ring_count; r++) {
        printf("    %s ring %zu:", name, r);
        for (size_t v = batch->vertex_start[r]; v < batch->vertex_start[r + 1]; v++)
            printf(" %.17g %.17g,", batch->x[v], batch->y[v]);
        putchar('\n');
    }
}

static void claim(const pair *p, bool holds, const char *what, double apart)
{
    if (holds)
        return;
    TEST_FAIL("%s: apart by %.3g (ZONE_SEED=%llu ZONE_PAIR=%ld, %s, %s)", what, apart, p->seed, p->number,
              systems[p->system], methods[p->method]);
    show("a", &p->a);
    show("b", &p->b);
}

/* ---------------------------------------------------------------- drawing */

static void begin(zone_batch *batch)
{
    EXPECT_INT(zone_batch_add_feature(NULL, batch, 0, 0, ZONE_SHAPE_AREA), ZONE_OK);
}

static void vertex(const pair *p, zone_batch *batch, double x, double y)
{
    EXPECT_INT(zone_batch_add_vertex(NULL, batch, p->east + x / p->unit, p->north + y / p->unit), ZONE_OK);
}

static void star(const pair *p, zone_batch *batch, double x, double y, double low, double high, int turn)
{
    int count = 3 + (int)chance(chance(8) ? 20 : 300);

    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (int k = 0; k < count; k++) {
        double radius = low + (high - low) * share(), angle = turn * 6.283185307179586 * (k + share()) / count;
        vertex(p, batch, x + radius * cos(angle), y + radius * sin(angle));
    }
}

/* A star, with a hole or a second part at times; either way round. */
static void draw_apart(const pair *p, zone_batch *batch, double size)
{
    double x = size * share(), y = size * share();
    int turn = chance(2) ? 1 : -1;

    begin(batch);
    star(p, batch, x, y, 0.3 * size, size, turn);
    if (chance(2))
        star(p, batch, x, y, 0.05 * size, 0.25 * size, -turn);
    if (chance(3) == 0)
        star(p, batch, x + 2.1 * size, y, 0.2 * size, size, turn);
}

/* ---------------------------------------------------------------- runs */

static void choose(pair *p, unsigned long long seed, long number, int system_count)
{
    *p = (pair){.seed = seed, .number = number};
    chance_begin(seed, number);
    p->system = (int)chance((uint64_t)system_count);
    p->method = (int)chance(p->system == 2 ? METHODS - 1 : METHODS); /* no grid of degrees */
    p->east = places[p->system].east;
    p->north = places[p->system].north;
    p->unit = places[p->system].unit;
}

static void run_pairs(int system_count, void (*check)(pair *))
{
    const char *given = getenv("ZONE_SEED"), *only = getenv("ZONE_PAIR");
    unsigned long long seed = given ? strtoull(given, NULL, 10) : (unsigned long long)time(NULL);
    long first = only ? strtol(only, NULL, 10) : 0, end = only ? first + 1 : PAIRS;
    int before = test_failures;

    printf("  seed %llu, pairs %ld to %ld; to repeat: ZONE_SEED=%llu\n", seed, first, end - 1, seed);
    for (int s = 0; s < SYSTEMS; s++)
        for (int m = 0; m < (s == 2 ? METHODS - 1 : METHODS); m++) {
            zone_method method;
            EXPECT_INT(zone_method_parse(NULL, methods[m], &method), ZONE_OK);
            EXPECT_INT(zone_projection_create(NULL, systems[s], &method, &projections[s][m]), ZONE_OK);
        }
    for (long k = first; k < end && test_failures < before + 5; k++) {
        pair p;
        choose(&p, seed, k, system_count);
        check(&p);
        zone_batch_free(&p.a);
        zone_batch_free(&p.b);
    }
    for (int s = 0; s < SYSTEMS; s++)
        for (int m = 0; m < METHODS; m++) {
            zone_projection_free(projections[s][m]);
            projections[s][m] = NULL;
        }
}

static long met; /* pairs that have something in common */

static void check_apart(pair *p)
{
    double size = pow(10.0, 1.0 + 2.7 * share()); /* 10 m to 5 km */

    p->east += 100000.0 * (share() - 0.5) / p->unit;
    p->north += 100000.0 * (share() - 0.5) / p->unit;
    draw_apart(p, &p->a, size);
    draw_apart(p, &p->b, chance(3) ? size : 0.1 * size);
    common ab = in_common(p, &p->a, &p->b), ba = in_common(p, &p->b, &p->a);
    met += ab.area != 0;
    claim(p, ab.area == ba.area, "A ∩ B by the method", zone_exact_to_m2(ab.area - ba.area));
    claim(p, ab.drawn == ba.drawn, "A ∩ B in the plane", ldexp((double)(ab.drawn - ba.drawn), -61));
}

TEST(in_general_position_both_ways_round_are_the_same_to_the_bit)
{
    met = 0;
    run_pairs(SYSTEMS, check_apart);
    printf("  %ld pairs have land in common\n", met);
    EXPECT(getenv("ZONE_PAIR") || met > PAIRS / 3);
}

/* ---------------------------------------------------------------- borders along each other */

enum { STEP = 12 };

/* A star of whole metres, every coordinate a multiple of STEP: what divides its edges in twelve is exact. */
static void draw_lattice(const pair *p, zone_batch *batch, double size)
{
    int count = 3 + (int)chance(7);

    begin(batch);
    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (int k = 0; k < count; k++) {
        double radius = size * (0.4 + 0.6 * share()), angle = 6.283185307179586 * k / count;
        vertex(p, batch, STEP * round(radius * cos(angle) / STEP), STEP * round(radius * sin(angle) / STEP));
    }
}

static void copy_vertex(zone_batch *to, const zone_batch *from, size_t v, int twelfths)
{
    size_t next = (v + 1) % from->vertex_count;
    double dx = (from->x[next] - from->x[v]) / STEP, dy = (from->y[next] - from->y[v]) / STEP;

    EXPECT_INT(zone_batch_add_vertex(NULL, to, from->x[v] + twelfths * dx, from->y[v] + twelfths * dy), ZONE_OK);
}

/* Runs along `from`: of some of its edges it has the ends, of some places between them, at others it leaves. */
static void draw_along(const pair *p, zone_batch *batch, const zone_batch *from, double size)
{
    begin(batch);
    EXPECT_INT(zone_batch_add_ring(NULL, batch), ZONE_OK);
    for (size_t v = 0; v < from->vertex_count && batch->vertex_count + STEP < MOST; v++) {
        if (chance(4))
            copy_vertex(batch, from, v, 0);
        for (int k = 1; k < STEP && chance(3); k++)
            if (chance(3) == 0)
                copy_vertex(batch, from, v, k);
        if (chance(5) == 0)
            vertex(p, batch, round(1.5 * size * (share() - 0.5)), round(1.5 * size * (share() - 0.5)));
    }
    while (batch->vertex_count < 3)
        vertex(p, batch, round(size * (share() - 0.5)), round(size * (share() - 0.5)));
}

typedef struct {
    double x[2], y[2];
} side;

static side side_of(const zone_batch *batch, size_t v)
{
    size_t next = (v + 1) % batch->vertex_count;

    return (side){{batch->x[v], batch->x[next]}, {batch->y[v], batch->y[next]}};
}

static double turn_to(const side *s, double x, double y)
{
    return (s->x[1] - s->x[0]) * (y - s->y[0]) - (s->y[1] - s->y[0]) * (x - s->x[0]);
}

/* Do two sides have a stretch of line in common, but not all of both? Coordinates are whole metres. */
static bool lie_along(const side *s, const side *t)
{
    bool same = (s->x[0] == t->x[0] && s->y[0] == t->y[0] && s->x[1] == t->x[1] && s->y[1] == t->y[1]) ||
                (s->x[0] == t->x[1] && s->y[0] == t->y[1] && s->x[1] == t->x[0] && s->y[1] == t->y[0]);

    if (same || turn_to(s, t->x[0], t->y[0]) != 0.0 || turn_to(s, t->x[1], t->y[1]) != 0.0)
        return false;
    return (fmax(fmin(s->x[0], s->x[1]), fmin(t->x[0], t->x[1])) <
            fmin(fmax(s->x[0], s->x[1]), fmax(t->x[0], t->x[1]))) ||
           (fmax(fmin(s->y[0], s->y[1]), fmin(t->y[0], t->y[1])) <
            fmin(fmax(s->y[0], s->y[1]), fmax(t->y[0], t->y[1])));
}

/* What lies between an edge and the same line with vertices between: a curvature k makes k s³ / 12 along s. The
 * straight line of images has tan B · sin A (1 + 2 cos² A) / R, A the azimuth, at most √2 tan B / R, and a line of the
 * plane y / R², y from the central meridian. A geodesic has none. The edges of `ellipsoid` are the plane's own; what is
 * cut from one is a parabola's share, off by the next power of s / R. */
static double sliver(const pair *p, const side *s)
{
    const double radius = 6371000.0, tangent = 0.57, off_meridian = 60000.0; /* B below 29.7° */
    double length = hypot(s->x[1] - s->x[0], s->y[1] - s->y[0]), cube = length * length * length;
    double of_plane = off_meridian / radius / radius, of_images = 1.41421356 * tangent / radius;

    if (strcmp(methods[p->method], "grid") == 0)
        return 0.0;
    if (strcmp(methods[p->method], "geodesic") == 0)
        return of_plane * cube / 12.0;
    if (strcmp(methods[p->method], "ellipsoid") == 0)
        return of_images * cube / 12.0 * length / radius;
    if (strcmp(methods[p->method], "survey") != 0) {
        double parts = ceil(length / 70.0);
        cube /= parts * parts;
    }
    return (of_images + of_plane) * cube / 12.0;
}

static double slivers(const pair *p, const zone_batch *of, const zone_batch *with)
{
    double sum = 0.0;

    for (size_t v = 0; v < of->vertex_count; v++) {
        const side own = side_of(of, v);
        bool along = false;
        for (size_t w = 0; w < with->vertex_count && !along; w++) {
            const side other = side_of(with, w);
            along = lie_along(&own, &other);
        }
        sum += along ? sliver(p, &own) : 0.0;
    }
    return sum;
}

static double length_of(const zone_batch *batch)
{
    double sum = 0.0;

    for (size_t v = 0; v < batch->vertex_count; v++) {
        const side s = side_of(batch, v);
        sum += hypot(s.x[1] - s.x[0], s.y[1] - s.y[0]);
    }
    return sum;
}

/* By method: of the slivers, the largest share; and what was the largest where no sliver is. */
static double most[METHODS], rounding[METHODS], largest[METHODS];

/* A place on an edge is rounded to 1e-10 m along it, beside a sliver of some centimetres; the legacy method rounds
 * angles of vertices, and coordinates of its splits, to 3e-5 m and 1e-4 m. */
static double rounded(const pair *p)
{
    return (length_of(&p->a) + length_of(&p->b)) * (strcmp(methods[p->method], "survey:legacy") == 0 ? 1e-4 : 1e-12);
}

static void check_along(pair *p)
{
    double size = pow(10.0, 2.0 + 1.5 * share());

    draw_lattice(p, &p->a, size);
    draw_along(p, &p->b, &p->a, size);
    common ab = in_common(p, &p->a, &p->b), ba = in_common(p, &p->b, &p->a);
    double apart = fabs(zone_exact_to_m2(ab.area - ba.area));
    double bound = slivers(p, &p->a, &p->b) + slivers(p, &p->b, &p->a);

    claim(p, apart <= bound + rounded(p), "A ∩ B along borders", apart);
    largest[p->method] = fmax(largest[p->method], apart);
    if (bound > 0.0)
        most[p->method] = fmax(most[p->method], apart / bound);
    else
        rounding[p->method] = fmax(rounding[p->method], apart / (length_of(&p->a) + length_of(&p->b)));
}

TEST(along_borders_both_ways_round_are_apart_by_slivers_of_the_edge_model)
{
    run_pairs(2, check_along);
    for (int m = 0; m < METHODS; m++)
        printf("  %s: %.3g m² at most, %.2g of the slivers; without slivers %.2g m² a metre of border\n", methods[m],
               largest[m], most[m], rounding[m]);
}
