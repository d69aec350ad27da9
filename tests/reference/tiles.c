/* Tiles against the projections' definition: in every zone of China and well beyond it, inside tiles, on their borders
 * and corners and one unit in the last place on either side. PROJ has no part in the expected values: they are a
 * Krueger series in long double, itself held against 40 digits (tables/make_places.py). */
#include "kernel/formula.h"
#include "kernel/project.h"
#include "test.h"

#include <stdint.h>

static const long double degree = 0.017453292519943295769236907684886127L;

/* What a tile may be off, in image units of 1e-10 m: 5e-9 m. */
static const long double bound = 50.0L;

/* ---------------------------------------------------------------- the definition */

typedef struct {
    zone_ellipsoid ellipsoid;
    long double e, rectifying, beta[6];
} krueger;

static krueger open_series(double a, double inverse_flattening)
{
    long double f = 1.0L / (long double)inverse_flattening, n = f / (2.0L - f);
    long double n2 = n * n, n3 = n2 * n, n4 = n3 * n, n5 = n4 * n, n6 = n5 * n;

    return (krueger){
        {a, inverse_flattening},
        sqrtl(f * (2.0L - f)),
        (long double)a / (1.0L + n) * (1.0L + n2 / 4.0L + n4 / 64.0L + n6 / 256.0L),
        {n / 2.0L - 2.0L * n2 / 3.0L + 37.0L * n3 / 96.0L - n4 / 360.0L - 81.0L * n5 / 512.0L +
             96199.0L * n6 / 604800.0L,
         n2 / 48.0L + n3 / 15.0L - 437.0L * n4 / 1440.0L + 46.0L * n5 / 105.0L - 1118711.0L * n6 / 3870720.0L,
         17.0L * n3 / 480.0L - 37.0L * n4 / 840.0L - 209.0L * n5 / 4480.0L + 5569.0L * n6 / 90720.0L,
         4397.0L * n4 / 161280.0L - 11.0L * n5 / 504.0L - 830251.0L * n6 / 7257600.0L,
         4583.0L * n5 / 161280.0L - 108847.0L * n6 / 3991680.0L, 20648693.0L * n6 / 638668800.0L}};
}

/* Image of a place at scale 1: (a × longitude from the central meridian, F(B)/a) in m. */
static void define_image(const krueger *series, long double north, long double east, long double image[2])
{
    long double xi = north / series->rectifying, eta = east / series->rectifying, p = xi, q = eta, e = series->e;

    for (int j = 1; j <= 6; j++) {
        p -= series->beta[j - 1] * sinl(2 * j * xi) * coshl(2 * j * eta);
        q -= series->beta[j - 1] * cosl(2 * j * xi) * sinhl(2 * j * eta);
    }
    long double conformal = sinl(p) / hypotl(sinhl(q), cosl(p)), tau = conformal;
    for (int k = 0; k < 4; k++) {
        long double secant = sqrtl(1.0L + tau * tau), sigma = sinhl(e * atanhl(e * tau / secant));
        long double now = tau * sqrtl(1.0L + sigma * sigma) - sigma * secant;
        tau += (conformal - now) / sqrtl(1.0L + now * now) * (1.0L + (1.0L - e * e) * tau * tau) /
               ((1.0L - e * e) * secant);
    }
    image[0] = (long double)series->ellipsoid.a * atan2l(sinhl(q), cosl(p));
    image[1] = zone_formula_authalic(&series->ellipsoid, atanl(tau)) / (long double)series->ellipsoid.a;
}

TEST(the_series_gives_the_places_in_forty_digits)
{
    char path[1024], line[512];
    int cases = 0;

    snprintf(path, sizeof path, "%s/tests/reference/tables/places.tsv", getenv("ZONE_SOURCE_DIR"));
    FILE *table = fopen(path, "r");
    EXPECT(table != NULL);
    while (table && fgets(line, sizeof line, table)) {
        char *at = line;
        long double value[7], image[2];
        if (line[0] == '#')
            continue;
        for (int i = 0; i < 7; i++)
            value[i] = strtold(at, &at);
        krueger series = open_series((double)value[0], (double)value[1]);
        /* Coordinates are doubles, written with as many digits as tell them apart; the scale is a decimal. */
        define_image(&series, (double)value[4] / value[2], (double)value[3] / value[2], image);
        if (!(fabsl(image[0] - value[5]) < 1e-11L && fabsl(image[1] - value[6]) < 1e-11L))
            TEST_FAIL("%s off by %.3Lg and %.3Lg m", line, image[0] - value[5], image[1] - value[6]);
        cases++;
    }
    EXPECT_INT(cases, 96);
    if (table)
        fclose(table);
}

/* ---------------------------------------------------------------- zones */

typedef struct {
    int code; /* of the first zone */
    int count;
    int meridian, step; /* degrees: of the first zone, and to the next */
    int prefix;         /* of the first zone's eastings; 0: none */
    double a, inverse_flattening, scale;
} zone_family;

/* Every zone of CGCS2000; of the older systems and UTM, all of theirs too. */
static const zone_family families[] = {
    {4513, 21, 75, 3, 25, 6378137.0, 298.257222101, 1.0},   {4534, 21, 75, 3, 0, 6378137.0, 298.257222101, 1.0},
    {4491, 11, 75, 6, 13, 6378137.0, 298.257222101, 1.0},   {4502, 11, 75, 6, 0, 6378137.0, 298.257222101, 1.0},
    {2349, 21, 75, 3, 25, 6378140.0, 298.257, 1.0},         {2327, 11, 75, 6, 13, 6378140.0, 298.257, 1.0},
    {2401, 21, 75, 3, 25, 6378245.0, 298.3, 1.0},           {21413, 11, 75, 6, 13, 6378245.0, 298.3, 1.0},
    {32643, 11, 75, 6, 0, 6378137.0, 298.257223563, 0.9996}};

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* In [low, high). */
static double uniform(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)next_random(state) / 2147483648.0);
}

typedef struct {
    zone_projection *projection;
    krueger series;
    double scale, easting, meridian; /* false easting, m; degrees */
    long double worst[2];            /* of both coordinates of the image, in its units */
    double worst_at[2];
    long double worst_area; /* of what is allowed */
    size_t vertices;
} zone_run;

static void expect_places(zone_run *run, const double *x, const double *y, size_t count)
{
    int64_t image_x[64], image_y[64];
    long double scale = (long double)run->scale;
    long double middle = (long double)run->series.ellipsoid.a * (long double)run->meridian * degree;

    EXPECT_INT(zone_projection_images(NULL, run->projection, x, y, count, image_x, image_y), ZONE_OK);
    for (size_t i = 0; i < count; i++) {
        long double expected[2], off[2];
        define_image(&run->series, (long double)y[i] / scale, ((long double)x[i] - (long double)run->easting) / scale,
                     expected);
        off[0] = fabsl((long double)image_x[i] - (expected[0] + middle) * (long double)ZONE_IMAGE_PER_METRE);
        off[1] = fabsl((long double)image_y[i] - expected[1] * (long double)ZONE_IMAGE_PER_METRE);
        if (off[0] > run->worst[0] || off[1] > run->worst[1]) {
            run->worst_at[0] = x[i];
            run->worst_at[1] = y[i];
        }
        run->worst[0] = fmaxl(run->worst[0], off[0]);
        run->worst[1] = fmaxl(run->worst[1], off[1]);
        run->vertices++;
    }
}

/* The corner where four tiles meet, both sides of it and of the four borders, and places inside the four. */
static void expect_corner(zone_run *run, uint64_t *state, double corner_x, double corner_y)
{
    const double side = 8192.0;
    double x[45], y[45];
    const double xs[] = {nextafter(corner_x, -INFINITY), corner_x, nextafter(corner_x, INFINITY)};
    const double ys[] = {nextafter(corner_y, -INFINITY), corner_y, nextafter(corner_y, INFINITY)};
    size_t count = 0;

    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++, count++) {
            x[count] = xs[i];
            y[count] = ys[j];
        }
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 8; k++, count++) {
            double along = uniform(state, -side, side);
            x[count] = k % 2 ? xs[i] : corner_x + along;
            y[count] = k % 2 ? corner_y + along : ys[i];
        }
    for (int k = 0; k < 12; k++, count++) {
        x[count] = corner_x + (k % 2 ? 1.0 : -1.0) * uniform(state, 0.0, side);
        y[count] = corner_y + (k % 4 < 2 ? 1.0 : -1.0) * uniform(state, 0.0, side);
    }
    expect_places(run, x, y, count);
}

/* The area of a parcel that lies on four tiles is good to 1e-6 m² or 1e-12 of it: what a tile is off, it is off alike
 * for its vertices, and from one tile to the next it makes less than a step. */
static void expect_area(zone_run *run, uint64_t *state, double corner_x, double corner_y)
{
    enum { VERTICES = 24 };
    const double radius = pow(10.0, uniform(state, -1.0, 3.5)), turn = 6.283185307179586 / VERTICES;
    long double defined[VERTICES][2], area = 0.0L, expected = 0.0L, scale = (long double)run->scale;
    double x[VERTICES], y[VERTICES];
    int64_t image_x[VERTICES], image_y[VERTICES];

    for (int k = 0; k < VERTICES; k++) {
        double reach = radius * uniform(state, 0.5, 1.0);
        x[k] = corner_x + reach * cos(k * turn);
        y[k] = corner_y + reach * sin(k * turn);
        define_image(&run->series, (long double)y[k] / scale, ((long double)x[k] - (long double)run->easting) / scale,
                     defined[k]);
    }
    EXPECT_INT(zone_projection_images(NULL, run->projection, x, y, VERTICES, image_x, image_y), ZONE_OK);
    for (int k = 1; k + 1 < VERTICES; k++) {
        const long double *a = defined[0], *b = defined[k], *c = defined[k + 1];
        expected += (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
        area += (long double)(image_x[k] - image_x[0]) * (long double)(image_y[k + 1] - image_y[0]) -
                (long double)(image_x[k + 1] - image_x[0]) * (long double)(image_y[k] - image_y[0]);
    }
    long double off = fabsl(0.5L * area * 1e-20L - 0.5L * expected);
    run->worst_area = fmaxl(run->worst_area, off / fmaxl(1e-6L, 0.5e-12L * expected));
}

/* Corner of tiles nearest to a place; degrees from the central meridian, and of latitude, on a sphere. */
static void nearest_corner(const zone_run *run, double from_meridian, double latitude, double corner[2])
{
    double l = from_meridian * (double)degree, b = latitude * (double)degree, radius = 6371000.0 * run->scale;

    corner[0] = 8192.0 * rint((run->easting + radius * atanh(cos(b) * sin(l))) / 8192.0);
    corner[1] = 8192.0 * rint(radius * atan2(tan(b), cos(l)) / 8192.0);
}

static void open_run(const zone_family *family, int number, zone_run *run)
{
    char crs[32];
    zone_method method;

    *run = (zone_run){.series = open_series(family->a, family->inverse_flattening), .scale = family->scale};
    run->meridian = family->meridian + family->step * number;
    run->easting = 500000.0 + (family->prefix ? 1e6 * (family->prefix + number) : 0.0);
    snprintf(crs, sizeof crs, "EPSG:%d", family->code + number);
    EXPECT_INT(zone_method_parse(NULL, "survey", &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(NULL, crs, &method, &run->projection), ZONE_OK);
}

static void run_zone(const zone_family *family, int number, uint64_t *state, int rows, zone_run *run)
{
    double reach = 0.5 * family->step + 6.0, corner[2];

    open_run(family, number, run);
    /* Rows of latitude from border to border of the country, across the zone and 6° beyond either edge. */
    for (int row = 0; row < rows && run->projection; row++)
        for (int column = 0; column < 6; column++) {
            double from = column < 4 ? uniform(state, -reach, reach) : (column == 4 ? -reach : reach);
            nearest_corner(run, from, 3.0 + 51.0 * (row + uniform(state, 0.0, 1.0)) / rows, corner);
            expect_corner(run, state, corner[0], corner[1]);
            expect_area(run, state, corner[0], corner[1]);
        }
    EXPECT_INT(run->projection ? zone_projection_fallbacks(run->projection) : 1, 0);
    if (!(run->worst[0] <= bound && run->worst[1] <= bound))
        TEST_FAIL("EPSG:%d: off by %.1Lf and %.1Lf of 1e-10 m, last at %.17g %.17g", family->code + number,
                  run->worst[0], run->worst[1], run->worst_at[0], run->worst_at[1]);
    if (!(run->worst_area <= 1.0L))
        TEST_FAIL("EPSG:%d: an area off by %.2Lf of what is allowed", family->code + number, run->worst_area);
    zone_projection_free(run->projection);
}

TEST(tiles_keep_their_bound_in_every_zone_and_beyond_it)
{
    uint64_t state = 20261125;
    long double worst[2] = {0.0L, 0.0L}, worst_area = 0.0L;
    size_t vertices = 0, zones = 0;
    const char *asked = getenv("ZONE_TILE_ROWS");
    int rows = asked ? atoi(asked) : 12;

    for (size_t f = 0; f < sizeof families / sizeof *families; f++)
        for (int number = 0; number < families[f].count; number++, zones++) {
            zone_run run;
            run_zone(&families[f], number, &state, rows, &run);
            worst[0] = fmaxl(worst[0], run.worst[0]);
            worst[1] = fmaxl(worst[1], run.worst[1]);
            worst_area = fmaxl(worst_area, run.worst_area);
            vertices += run.vertices;
        }
    printf("  %zu zones, %zu vertices: off by at most %.2Le m east and %.2Le m north\n", zones, vertices,
           worst[0] / (long double)ZONE_IMAGE_PER_METRE, worst[1] / (long double)ZONE_IMAGE_PER_METRE);
    printf("  areas on four tiles: off by at most %.2Lf of 1e-6 m² or 1e-12\n", worst_area);
    EXPECT(vertices > 100000);
}

/* ---------------------------------------------------------------- where there is no polynomial */

/* Towards the pole longitude is less and less of a polynomial: the tiles that fail must be known, and their vertices
 * go through PROJ, whose longitudes are as good there as the length of a degree is short. */
TEST(near_the_pole_tiles_fail_and_their_vertices_go_through_proj)
{
    uint64_t state = 20261125, fallbacks = 0;
    const double pole = 10001965.729;
    zone_run run;
    size_t fitted = 0;

    open_run(&families[1], 15, &run);
    krueger series = run.series;
    for (int k = 0; k < 4000 && run.projection; k++) {
        double reach = k % 2 ? 2000000.0 : 60000.0;
        double x = run.easting + uniform(&state, -reach, reach), y = pole - uniform(&state, 0.0, reach);
        long double expected[2];
        int64_t image[2];
        EXPECT_INT(zone_projection_images(NULL, run.projection, &x, &y, 1, &image[0], &image[1]), ZONE_OK);
        define_image(&series, (long double)y, (long double)x - (long double)run.easting, expected);
        long double middle = (long double)series.ellipsoid.a * (long double)run.meridian * degree;
        long double east = (long double)image[0] - (expected[0] + middle) * (long double)ZONE_IMAGE_PER_METRE;
        long double north = (long double)image[1] - expected[1] * (long double)ZONE_IMAGE_PER_METRE;
        long double radius = hypotl((long double)x - (long double)run.easting, (long double)(pole - y));
        east *= radius / (long double)series.ellipsoid.a;
        if (!(fabsl(east) <= bound && fabsl(north) <= bound))
            TEST_FAIL("%.17g %.17g: off by %.1Lf and %.1Lf of 1e-10 m", x, y, east, north);
        fitted += zone_projection_fallbacks(run.projection) == fallbacks;
        fallbacks = zone_projection_fallbacks(run.projection);
    }
    size_t unfit = zone_projection_unfit_tiles(run.projection);
    printf("  %zu vertices by tiles, %llu through PROJ, in %zu tiles\n", fitted, (unsigned long long)fallbacks, unfit);
    EXPECT(fitted > 500 && fallbacks > 500 && unfit > 100 && unfit <= fallbacks);
    zone_projection_free(run.projection);
}
