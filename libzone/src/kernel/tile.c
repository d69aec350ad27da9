/* Tiles: least-squares polynomials at Chebyshev nodes.
 *
 * At Chebyshev nodes the polynomials T_i(u) T_j(v) are orthogonal, so the coefficients of the least-squares fit are
 * plain sums. 20 × 20 samples for 21 coefficients average PROJ's rounding down to a quarter. */
#include "kernel/tile.h"

#include "base/exact.h"

#include <math.h>
#include <stdlib.h>

enum { NODES = 20, DEGREE = 5, TERMS = (DEGREE + 1) * (DEGREE + 2) / 2 };

/* A tile may be off PROJ by this much where it was not fitted; PROJ's own rounding is about 1e-9 m. */
static const double bound = 5e-9;
static const long double degree = 0.017453292519943295769236907684886127L;
static const double pi = 3.14159265358979323846;

struct zone_tile {
    int64_t column, row;
    bool fits;
    int64_t anchor[2];  /* image at the centre, by PROJ */
    double east[TERMS]; /* image - anchor in image units, powers u^i v^j in the order of term_at */
    double north[TERMS];
};

static size_t term_at(int i, int j)
{
    /* Rows of falling length: i = 0 has DEGREE + 1 terms, i = 1 one fewer … */
    return (size_t)(i * (DEGREE + 1) - i * (i - 1) / 2 + j);
}

void zone_tiles_open(zone_tiles *tiles, const zone_ellipsoid *ellipsoid, double side, double origin,
                     zone_tile_sample sample, const void *user)
{
    *tiles = (zone_tiles){.ellipsoid = *ellipsoid, .side = side, .origin = origin, .sample = sample, .user = user};
}

void zone_tiles_close(zone_tiles *tiles)
{
    for (size_t i = 0; i < tiles->slot_count; i++)
        free(tiles->slots[i]);
    free(tiles->slots);
    tiles->slots = NULL;
    tiles->slot_count = tiles->tile_count = 0;
    tiles->last = NULL;
}

static void exact_place(const zone_ellipsoid *ellipsoid, long double longitude, long double latitude,
                        long double place[2])
{
    long double a = (long double)ellipsoid->a;

    place[0] = a * (longitude * degree);
    place[1] = zone_formula_authalic(ellipsoid, latitude * degree) / a;
}

void zone_tiles_image(const zone_ellipsoid *ellipsoid, long double longitude, long double latitude, int64_t image[2])
{
    long double place[2];

    exact_place(ellipsoid, longitude, latitude, place);
    image[0] = llrintl(place[0] * (long double)ZONE_IMAGE_PER_METRE);
    image[1] = llrintl(place[1] * (long double)ZONE_IMAGE_PER_METRE);
}

/* ---------------------------------------------------------------- fitting */

typedef struct {
    const zone_tiles *tiles;
    double centre[2], half;
    long double middle[2]; /* degrees of the centre */
    long double place[2];  /* its image, m */
} fit_frame;

static bool open_frame(fit_frame *frame, const zone_tiles *tiles, zone_tile *tile)
{
    frame->tiles = tiles;
    frame->half = 0.5 * tiles->side;
    frame->centre[0] = ((double)tile->column + 0.5) * tiles->side - tiles->origin;
    frame->centre[1] = ((double)tile->row + 0.5) * tiles->side;
    if (!tiles->sample(tiles->user, frame->centre[0], frame->centre[1], frame->middle))
        return false;
    exact_place(&tiles->ellipsoid, frame->middle[0], frame->middle[1], frame->place);
    zone_tiles_image(&tiles->ellipsoid, frame->middle[0], frame->middle[1], tile->anchor);
    return true;
}

/* Image units from the anchor at (u, v) in [-1, 1]². Longitudes that jump at 180° are counted from the centre. */
static bool sample_frame(const fit_frame *frame, double u, double v, double offset[2])
{
    long double degrees[2], place[2];

    if (!frame->tiles->sample(frame->tiles->user, frame->centre[0] + u * frame->half,
                              frame->centre[1] + v * frame->half, degrees))
        return false;
    exact_place(&frame->tiles->ellipsoid, remainderl(degrees[0] - frame->middle[0], 360.0L), degrees[1], place);
    offset[0] = (double)(place[0] * (long double)ZONE_IMAGE_PER_METRE);
    offset[1] = (double)((place[1] - frame->place[1]) * (long double)ZONE_IMAGE_PER_METRE);
    return true;
}

static void chebyshev(double u, double values[DEGREE + 1])
{
    values[0] = 1.0;
    values[1] = u;
    for (int i = 2; i <= DEGREE; i++)
        values[i] = 2.0 * u * values[i - 1] - values[i - 2];
}

/* Adds the sample at one node to the coefficients of T_i T_j. */
static void add_node(double east[TERMS], double north[TERMS], const double u[DEGREE + 1], const double v[DEGREE + 1],
                     const double offset[2])
{
    for (int i = 0; i <= DEGREE; i++)
        for (int j = 0; i + j <= DEGREE; j++) {
            double weight = (i ? 2.0 : 1.0) * (j ? 2.0 : 1.0) / (NODES * NODES) * u[i] * v[j];
            east[term_at(i, j)] += weight * offset[0];
            north[term_at(i, j)] += weight * offset[1];
        }
}

/* From Chebyshev polynomials to powers, so that evaluation is Horner's scheme. */
static void to_powers(double coefficients[TERMS])
{
    double powers[DEGREE + 1][DEGREE + 1] = {{0.0}}, result[TERMS] = {0.0};

    powers[0][0] = powers[1][1] = 1.0;
    for (int n = 2; n <= DEGREE; n++)
        for (int k = 0; k <= DEGREE; k++)
            powers[n][k] = (k ? 2.0 * powers[n - 1][k - 1] : 0.0) - powers[n - 2][k];
    for (int i = 0; i <= DEGREE; i++)
        for (int j = 0; i + j <= DEGREE; j++)
            for (int k = 0; k <= i; k++)
                for (int l = 0; l <= j; l++)
                    result[term_at(k, l)] += coefficients[term_at(i, j)] * powers[i][k] * powers[j][l];
    for (int t = 0; t < TERMS; t++)
        coefficients[t] = result[t];
}

/* LANES values at once, side by side in the machine's registers; each is Horner's scheme of its own. */
enum { LANES = 4 };

static inline void evaluate_lanes(const double coefficients[TERMS], const double u[LANES], const double v[LANES],
                                  double sum[LANES])
{
    for (int k = 0; k < LANES; k++)
        sum[k] = 0.0;
    for (int i = DEGREE; i >= 0; i--) {
        double row[LANES] = {0.0};
        for (int j = DEGREE - i; j >= 0; j--)
            for (int k = 0; k < LANES; k++)
                row[k] = row[k] * v[k] + coefficients[term_at(i, j)];
        for (int k = 0; k < LANES; k++)
            sum[k] = sum[k] * u[k] + row[k];
    }
}

static double evaluate(const double coefficients[TERMS], double u, double v)
{
    double us[LANES] = {u}, vs[LANES] = {v}, sums[LANES];

    evaluate_lanes(coefficients, us, vs, sums);
    return sums[0];
}

/* At points between the nodes, on the border and at the corners. */
static bool check_tile(const zone_tile *tile, const fit_frame *frame)
{
    static const double places[][2] = {{-1.0, -1.0}, {1.0, -1.0},  {1.0, 1.0},  {-1.0, 1.0}, {0.0, -1.0},
                                       {1.0, 0.03},  {-0.02, 1.0}, {-1.0, 0.5}, {0.31, 0.7}, {-0.6, -0.4}};

    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        double offset[2], u = places[k][0], v = places[k][1];
        if (!sample_frame(frame, u, v, offset))
            return false;
        if (!(fabs(evaluate(tile->east, u, v) - offset[0]) <= bound * (double)ZONE_IMAGE_PER_METRE &&
              fabs(evaluate(tile->north, u, v) - offset[1]) <= bound * (double)ZONE_IMAGE_PER_METRE))
            return false;
    }
    return true;
}

static void fit_tile(const zone_tiles *tiles, zone_tile *tile)
{
    fit_frame frame;
    double nodes[NODES], values[NODES][DEGREE + 1];

    if (!open_frame(&frame, tiles, tile))
        return;
    for (int k = 0; k < NODES; k++) {
        nodes[k] = cos(pi * (k + 0.5) / NODES);
        chebyshev(nodes[k], values[k]);
    }
    for (int k = 0; k < NODES; k++)
        for (int l = 0; l < NODES; l++) {
            double offset[2];
            if (!sample_frame(&frame, nodes[k], nodes[l], offset))
                return;
            add_node(tile->east, tile->north, values[k], values[l], offset);
        }
    to_powers(tile->east);
    to_powers(tile->north);
    tile->fits = check_tile(tile, &frame);
}

/* ---------------------------------------------------------------- finding */

static size_t slot_of(const zone_tiles *tiles, int64_t column, int64_t row)
{
    uint64_t mixed = (uint64_t)column * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)row * UINT64_C(0xC2B2AE3D27D4EB4F);

    mixed ^= mixed >> 29;
    return (size_t)mixed & (tiles->slot_count - 1);
}

static zone_tile **find_slot(const zone_tiles *tiles, int64_t column, int64_t row)
{
    size_t at = slot_of(tiles, column, row);

    while (tiles->slots[at] && (tiles->slots[at]->column != column || tiles->slots[at]->row != row))
        at = (at + 1) & (tiles->slot_count - 1);
    return &tiles->slots[at];
}

static bool grow_slots(zone_context *ctx, zone_tiles *tiles)
{
    zone_tiles grown = *tiles;

    grown.slot_count = tiles->slot_count ? 2 * tiles->slot_count : 64;
    grown.slots = zone_allocate(ctx, grown.slot_count, sizeof(zone_tile *));
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < tiles->slot_count; i++)
        if (tiles->slots[i])
            *find_slot(&grown, tiles->slots[i]->column, tiles->slots[i]->row) = tiles->slots[i];
    free(tiles->slots);
    *tiles = grown;
    return true;
}

static zone_tile *make_tile(zone_context *ctx, zone_tiles *tiles, int64_t column, int64_t row)
{
    if (2 * (tiles->tile_count + 1) > tiles->slot_count && !grow_slots(ctx, tiles))
        return NULL;
    zone_tile **slot = find_slot(tiles, column, row);
    if (*slot)
        return *slot;
    zone_tile *tile = zone_allocate(ctx, 1, sizeof *tile);
    if (!tile)
        return NULL;
    tile->column = column;
    tile->row = row;
    fit_tile(tiles, tile);
    *slot = tile;
    tiles->tile_count++;
    return tile;
}

/* How many of the first vertices lie surely in the tile; 1 at least, for the first was found by its floor. */
static size_t count_inside(const zone_tile *tile, double side, const double *x, const double *y, size_t count)
{
    double margin = 1e-9 * side;
    double west = (double)tile->column * side + margin, east = (double)(tile->column + 1) * side - margin;
    double south = (double)tile->row * side + margin, north = (double)(tile->row + 1) * side - margin;
    size_t inside = 1;

    while (inside < count && x[inside] > west && x[inside] < east && y[inside] > south && y[inside] < north)
        inside++;
    return inside;
}

static void evaluate_run(const zone_tile *tile, double side, const double *x, const double *y, size_t count,
                         int64_t *image_x, int64_t *image_y)
{
    double half = 0.5 * side;
    double middle_x = ((double)tile->column + 0.5) * side, middle_y = ((double)tile->row + 0.5) * side;

    for (size_t i = 0; i < count; i += LANES) {
        double u[LANES] = {0.0}, v[LANES] = {0.0}, east[LANES], north[LANES];
        size_t lanes = count - i < LANES ? count - i : LANES;
        for (size_t k = 0; k < lanes; k++) {
            u[k] = (x[i + k] - middle_x) / half;
            v[k] = (y[i + k] - middle_y) / half;
        }
        evaluate_lanes(tile->east, u, v, east);
        evaluate_lanes(tile->north, u, v, north);
        for (size_t k = 0; k < lanes; k++) {
            image_x[i + k] = tile->anchor[0] + llrint(east[k]);
            image_y[i + k] = tile->anchor[1] + llrint(north[k]);
        }
    }
}

size_t zone_tiles_find_run(zone_context *ctx, zone_tiles *tiles, const double *x, const double *y, size_t count,
                           int64_t *image_x, int64_t *image_y)
{
    double column = floor(x[0] / tiles->side), row = floor(y[0] / tiles->side);

    if (!(fabs(column) < 1e9 && fabs(row) < 1e9))
        return 0;
    zone_tile *tile = tiles->last;
    if (!tile || tile->column != (int64_t)column || tile->row != (int64_t)row)
        tiles->last = tile = make_tile(ctx, tiles, (int64_t)column, (int64_t)row);
    if (!tile || !tile->fits) {
        tiles->fallbacks++;
        return 0;
    }
    size_t inside = count_inside(tile, tiles->side, x, y, count);
    evaluate_run(tile, tiles->side, x, y, inside, image_x, image_y);
    return inside;
}
