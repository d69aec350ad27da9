/* Tiles: least-squares polynomials at Chebyshev nodes.
 *
 * At Chebyshev nodes the polynomials T_i(u) T_j(v) are orthogonal, so the coefficients of the least-squares fit are
 * plain sums. 20 × 20 samples for 21 coefficients average PROJ's rounding down to a quarter. */
#include "kernel/tile.h"

#include "base/registers.h"

#include "base/exact.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    tiles->slot_count = tiles->tile_count = tiles->unfit_count = 0;
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

/* LANES places at once, side by side in the machine's registers; each is Horner's scheme of its own, so that a value
 * does not depend on its neighbours. Both polynomials together, for one alone waits for its own sums. */
enum { LANES = 8 };

/* The powers u^i: what was gathered of higher ones × u + their polynomial in v. */
static ZONE_IN_LINE void add_row(const zone_tile *tile, int i, const double u[LANES], const double v[LANES],
                                 double east[LANES], double north[LANES])
{
    double row_east[LANES], row_north[LANES];

    for (int k = 0; k < LANES; k++) {
        row_east[k] = tile->east[term_at(i, DEGREE - i)];
        row_north[k] = tile->north[term_at(i, DEGREE - i)];
    }
    for (int j = DEGREE - i - 1; j >= 0; j--)
        for (int k = 0; k < LANES; k++) {
            row_east[k] = row_east[k] * v[k] + tile->east[term_at(i, j)];
            row_north[k] = row_north[k] * v[k] + tile->north[term_at(i, j)];
        }
    for (int k = 0; k < LANES; k++) {
        east[k] = east[k] * u[k] + row_east[k];
        north[k] = north[k] * u[k] + row_north[k];
    }
}

static ZONE_IN_LINE void evaluate_lanes(const zone_tile *tile, const double u[LANES], const double v[LANES],
                                        double east[LANES], double north[LANES])
{
    static_assert(DEGREE == 5, "one row for each power below the highest");
    for (int k = 0; k < LANES; k++) {
        east[k] = tile->east[TERMS - 1];
        north[k] = tile->north[TERMS - 1];
    }
    /* Written out, so that each row's loop has a length that the compiler knows. */
    add_row(tile, 4, u, v, east, north);
    add_row(tile, 3, u, v, east, north);
    add_row(tile, 2, u, v, east, north);
    add_row(tile, 1, u, v, east, north);
    add_row(tile, 0, u, v, east, north);
}

/* Are the polynomials below 2^51 on the whole tile, where add_anchor has room for them? */
static bool bounded(const double coefficients[TERMS])
{
    double sum = 0.0;

    for (int t = 0; t < TERMS; t++)
        sum += fabs(coefficients[t]);
    return sum < 0x1p51;
}

/* At points between the nodes, on the border and at the corners. */
static bool check_tile(const zone_tile *tile, const fit_frame *frame)
{
    static const double places[][2] = {{-1.0, -1.0}, {1.0, -1.0},  {1.0, 1.0},  {-1.0, 1.0}, {0.0, -1.0},
                                       {1.0, 0.03},  {-0.02, 1.0}, {-1.0, 0.5}, {0.31, 0.7}, {-0.6, -0.4}};

    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        double offset[2], u[LANES] = {places[k][0]}, v[LANES] = {places[k][1]}, east[LANES], north[LANES];
        if (!sample_frame(frame, u[0], v[0], offset))
            return false;
        evaluate_lanes(tile, u, v, east, north);
        if (!(fabs(east[0] - offset[0]) <= bound * (double)ZONE_IMAGE_PER_METRE &&
              fabs(north[0] - offset[1]) <= bound * (double)ZONE_IMAGE_PER_METRE))
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
    tile->fits = bounded(tile->east) && bounded(tile->north) && check_tile(tile, &frame);
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

/* The tile's slot, with a new tile where there was none (*made); NULL when there is no memory. */
static zone_tile *take_tile(zone_context *ctx, zone_tiles *tiles, int64_t column, int64_t row, bool *made)
{
    *made = false;
    if (2 * (tiles->tile_count + 1) > tiles->slot_count && !grow_slots(ctx, tiles))
        return NULL;
    zone_tile **slot = find_slot(tiles, column, row);
    if (*slot)
        return *slot;
    *slot = zone_allocate(ctx, 1, sizeof **slot);
    if (!*slot)
        return NULL;
    (*slot)->column = column;
    (*slot)->row = row;
    tiles->tile_count++;
    *made = true;
    return *slot;
}

static zone_tile *make_tile(zone_context *ctx, zone_tiles *tiles, int64_t column, int64_t row)
{
    bool made = false;
    zone_tile *tile = take_tile(ctx, tiles, column, row, &made);

    if (!made)
        return tile;
    fit_tile(tiles, tile);
    tiles->unfit_count += !tile->fits;
    return tile;
}

void zone_tiles_add_unfit(zone_context *ctx, zone_tiles *tiles, const zone_tiles *other)
{
    tiles->fallbacks += other->fallbacks;
    for (size_t i = 0; i < other->slot_count; i++) {
        const zone_tile *tile = other->slots[i];
        bool made = false;
        if (tile && !tile->fits && take_tile(ctx, tiles, tile->column, tile->row, &made))
            tiles->unfit_count += made;
    }
}

/* Integers nearest to offsets below 2^51, ties to even, added to the anchor: the sum with 1.5 × 2^52 has no room for a
 * fraction, and its last bits are the integer. What llrint does, but in whole registers. */
static ZONE_IN_LINE void add_anchor(const double offset[LANES], int64_t anchor, int64_t image[LANES])
{
    double sum[LANES];
    uint64_t bits[LANES];

    for (int k = 0; k < LANES; k++)
        sum[k] = offset[k] + 0x1.8p52;
    memcpy(bits, sum, sizeof bits);
    for (int k = 0; k < LANES; k++)
        bits[k] += (uint64_t)anchor - UINT64_C(0x4338000000000000);
    memcpy(image, bits, sizeof bits);
}

/* Of a place that lies nearer to the border than 4e-6 m, its floor says whose it is. */
static const double inner = 1.0 - 1e-9;

/* Do all lanes lie in the tile, and none is no number? Bits of positive doubles are ordered as the doubles are. */
static ZONE_IN_LINE bool all_inside(const double u[LANES], const double v[LANES])
{
    const uint64_t unsigned_bits = ~(UINT64_C(1) << 63);
    uint64_t most, bits_u[LANES], bits_v[LANES], beyond = 0;

    memcpy(&most, &inner, sizeof most);
    memcpy(bits_u, u, sizeof bits_u);
    memcpy(bits_v, v, sizeof bits_v);
    for (int k = 0; k < LANES; k++)
        beyond |= (most - (bits_u[k] & unsigned_bits)) | (most - (bits_v[k] & unsigned_bits));
    return !(beyond >> 63);
}

/* The first lanes, up to one that lies outside. */
static size_t count_inside(const double u[LANES], const double v[LANES], size_t lanes)
{
    size_t inside = 0;

    while (inside < lanes && fabs(u[inside]) < inner && fabs(v[inside]) < inner)
        inside++;
    return inside;
}

static ZONE_IN_LINE void evaluate_images(const zone_tile *tile, const double u[LANES], const double v[LANES],
                                         int64_t image_x[LANES], int64_t image_y[LANES])
{
    double east[LANES], north[LANES];

    evaluate_lanes(tile, u, v, east, north);
    add_anchor(east, tile->anchor[0], image_x);
    add_anchor(north, tile->anchor[1], image_y);
}

/* Images of the first vertices, as many as lie in the tile; 1 at least, for the first was found by its floor. */
ZONE_WIDE_REGISTERS static size_t evaluate_run(const zone_tile *tile, double side, const double *x, const double *y,
                                               size_t count, int64_t *image_x, int64_t *image_y)
{
    double scale = 1.0 / (0.5 * side);
    double middle_x = ((double)tile->column + 0.5) * side, middle_y = ((double)tile->row + 0.5) * side;
    double u[LANES] = {0.0}, v[LANES] = {0.0};
    int64_t last_x[LANES], last_y[LANES];
    size_t done = 0;

    for (; count - done >= LANES; done += LANES) {
        for (size_t k = 0; k < LANES; k++) {
            u[k] = (x[done + k] - middle_x) * scale;
            v[k] = (y[done + k] - middle_y) * scale;
        }
        if (!all_inside(u, v))
            break;
        evaluate_images(tile, u, v, image_x + done, image_y + done);
    }
    size_t lanes = count - done < LANES ? count - done : LANES;
    for (size_t k = 0; k < lanes; k++) {
        u[k] = (x[done + k] - middle_x) * scale;
        v[k] = (y[done + k] - middle_y) * scale;
    }
    size_t inside = count_inside(u, v, lanes);
    if (inside == 0 && done == 0)
        inside = 1;
    evaluate_images(tile, u, v, last_x, last_y);
    memcpy(image_x + done, last_x, inside * sizeof *image_x);
    memcpy(image_y + done, last_y, inside * sizeof *image_y);
    return done + inside;
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
    return evaluate_run(tile, tiles->side, x, y, count, image_x, image_y);
}
