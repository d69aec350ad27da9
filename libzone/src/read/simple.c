/* Simple: areas that are surely sound.
 *
 * Most rings are star-shaped as seen from their middle: every edge turns the same way round it and all turn once. That
 * takes one product an edge. Otherwise every pair of edges is compared, by boxes first. Products of differences of
 * doubles are wrong by less than 4 units in the last place of their terms, so a sign beyond that is sure; where it is
 * not, the answer is "not sure". */
#include "read/simple.h"

#include <math.h>
#include <stdlib.h>

/* With more edges in an area than this, pairs cost more than GEOS's sweep. */
enum { MOST_EDGES = 2048 };

void zone_simple_free(zone_simple *simple)
{
    free(simple->west);
    free(simple->east);
    free(simple->south);
    free(simple->north);
    *simple = (zone_simple){0};
}

/* Sign of the turn a → b → c where it is sure, else 0. */
static int turn(double ax, double ay, double bx, double by, double cx, double cy)
{
    double left = (bx - ax) * (cy - ay), right = (by - ay) * (cx - ax);
    double determinant = left - right, doubt = 4.5e-16 * (fabs(left) + fabs(right)) * 2.0;

    return determinant > doubt ? 1 : determinant < -doubt ? -1 : 0;
}

/* ---------------------------------------------------------------- stars */

/* Does the ring turn once round its middle, always the same way? */
static bool is_star(const zone_rings *rings, size_t first, size_t end)
{
    const double *x = rings->x, *y = rings->y;
    double middle_x = 0.0, middle_y = 0.0, count = (double)(end - first);
    size_t ways = 0, upwards = 0, downwards = 0;

    for (size_t i = first; i < end; i++) {
        middle_x += x[i] - x[first];
        middle_y += y[i] - y[first];
    }
    middle_x = x[first] + middle_x / count;
    middle_y = y[first] + middle_y / count;
    for (size_t i = first, j = end - 1; i < end; j = i++) {
        double left = (x[j] - middle_x) * (y[i] - middle_y), right = (y[j] - middle_y) * (x[i] - middle_x);
        double determinant = left - right, doubt = 9e-16 * (fabs(left) + fabs(right));
        ways += determinant > doubt;
        ways += determinant < -doubt ? (size_t)1 << 32 : 0;
        upwards += y[j] < middle_y && y[i] >= middle_y;
        downwards += y[j] >= middle_y && y[i] < middle_y;
    }
    return (ways == end - first || ways == (end - first) << 32) && upwards == 1 && downwards == 1;
}

/* ---------------------------------------------------------------- pairs of edges */

typedef struct {
    const zone_rings *rings;
    zone_simple *boxes;
    size_t first, end; /* of the vertices */
} area;

static bool make_boxes(zone_context *ctx, const area *a)
{
    zone_simple *b = a->boxes;
    size_t count = a->end - a->first, capacity = b->capacity;
    float **arrays[] = {&b->west, &b->east, &b->south, &b->north};

    for (int k = 0; k < 4; k++) {
        capacity = b->capacity;
        if (zone_grow(ctx, (void **)arrays[k], &capacity, count, sizeof(float)))
            return false;
    }
    b->capacity = capacity;
    for (size_t ring = 0; ring < a->rings->ring_count; ring++) {
        size_t first = a->rings->start[ring], end = a->rings->start[ring + 1];
        for (size_t i = first; i < end; i++) {
            size_t j = i + 1 < end ? i + 1 : first, at = i - a->first;
            double ax = a->rings->x[i] - a->rings->x[a->first], bx = a->rings->x[j] - a->rings->x[a->first];
            double ay = a->rings->y[i] - a->rings->y[a->first], by = a->rings->y[j] - a->rings->y[a->first];
            double slack = 1e-6 * (fabs(ax) + fabs(bx) + fabs(ay) + fabs(by)); /* floats keep 6e-8 */
            b->west[at] = (float)(fmin(ax, bx) - slack);
            b->east[at] = (float)(fmax(ax, bx) + slack);
            b->south[at] = (float)(fmin(ay, by) - slack);
            b->north[at] = (float)(fmax(ay, by) + slack);
        }
    }
    return true;
}

/* The vertex behind vertex i of its ring. */
static size_t next_of(const zone_rings *rings, size_t ring, size_t i)
{
    return i + 1 < rings->start[ring + 1] ? i + 1 : rings->start[ring];
}

static bool surely_apart(const zone_rings *r, size_t a, size_t b, size_t c, size_t d)
{
    int first = turn(r->x[a], r->y[a], r->x[b], r->y[b], r->x[c], r->y[c]);
    int second = turn(r->x[a], r->y[a], r->x[b], r->y[b], r->x[d], r->y[d]);

    if (first != 0 && first == second)
        return true;
    first = turn(r->x[c], r->y[c], r->x[d], r->y[d], r->x[a], r->y[a]);
    second = turn(r->x[c], r->y[c], r->x[d], r->y[d], r->x[b], r->y[b]);
    return first != 0 && first == second;
}

/* Edges (a, b) and (b, c) that follow each other: do they share nothing but b? */
static bool surely_goes_on(const zone_rings *r, size_t a, size_t b, size_t c)
{
    return turn(r->x[a], r->y[a], r->x[b], r->y[b], r->x[c], r->y[c]) != 0 ||
           (r->x[b] - r->x[a]) * (r->x[c] - r->x[b]) + (r->y[b] - r->y[a]) * (r->y[c] - r->y[b]) > 0.0;
}

static bool pair_is_sound(const area *a, size_t ring, size_t i, size_t other_ring, size_t j)
{
    const zone_rings *r = a->rings;
    size_t after_i = next_of(r, ring, i), after_j = next_of(r, other_ring, j);

    if (after_i == j)
        return surely_goes_on(r, i, j, after_j);
    if (after_j == i)
        return surely_goes_on(r, j, i, after_i);
    return surely_apart(r, i, after_i, j, after_j);
}

/* Edges of `other_ring` behind edge i whose boxes meet edge i's box, all sound with it? */
static bool row_is_sound(const area *a, size_t ring, size_t i, size_t other_ring)
{
    const zone_simple *b = a->boxes;
    size_t from = other_ring == ring ? i + 1 - a->first : a->rings->start[other_ring] - a->first;
    size_t to = a->rings->start[other_ring + 1] - a->first;
    float west = b->west[i - a->first], east = b->east[i - a->first];
    float south = b->south[i - a->first], north = b->north[i - a->first];

    for (size_t block = from; block < to; block += 16) {
        size_t stop = block + 16 < to ? block + 16 : to;
        int meets = 0;
        for (size_t j = block; j < stop; j++)
            meets |= (b->west[j] <= east) & (west <= b->east[j]) & (b->south[j] <= north) & (south <= b->north[j]);
        for (size_t j = block; meets && j < stop; j++)
            if (b->west[j] <= east && west <= b->east[j] && b->south[j] <= north && south <= b->north[j] &&
                !pair_is_sound(a, ring, i, other_ring, j + a->first))
                return false;
    }
    return true;
}

static bool pairs_are_sound(const area *a)
{
    for (size_t ring = 0; ring < a->rings->ring_count; ring++)
        for (size_t i = a->rings->start[ring]; i < a->rings->start[ring + 1]; i++)
            for (size_t other = ring; other < a->rings->ring_count; other++)
                if (!row_is_sound(a, ring, i, other))
                    return false;
    return true;
}

/* ---------------------------------------------------------------- how rings lie */

/* Is vertex i inside the ring? Rings do not touch, so any answer of doubt is no answer: *sure becomes false. */
static bool inside(const zone_rings *r, size_t i, size_t ring, bool *sure)
{
    bool within = false;
    double px = r->x[i], py = r->y[i];

    for (size_t k = r->start[ring]; k < r->start[ring + 1]; k++) {
        size_t n = next_of(r, ring, k);
        if ((r->y[k] <= py) == (r->y[n] <= py))
            continue;
        int side = turn(r->x[k], r->y[k], r->x[n], r->y[n], px, py);
        *sure = *sure && side != 0;
        within ^= (side > 0) == (r->y[n] > r->y[k]);
    }
    return within;
}

/* Every hole in the outer ring before it and in no other hole of it; outer rings apart from each other. */
static bool rings_are_nested(const zone_rings *r)
{
    bool sure = true;
    size_t shell = 0;

    for (size_t ring = 0; ring < r->ring_count && sure; ring++) {
        if (!r->hole[ring])
            shell = ring;
        else if (!inside(r, r->start[ring], shell, &sure))
            return false;
        for (size_t other = 0; other < r->ring_count; other++) {
            bool holes = r->hole[ring] && r->hole[other] && other > shell, shells = !r->hole[ring] && !r->hole[other];
            if (other != ring && (holes || shells) && inside(r, r->start[ring], other, &sure))
                return false;
        }
    }
    return sure;
}

bool zone_simple_surely(zone_context *ctx, zone_simple *simple, const zone_rings *rings)
{
    area a = {rings, simple, 0, rings->vertex_count};

    if (rings->ring_count == 0 || rings->hole[0] || rings->vertex_count > MOST_EDGES)
        return false;
    for (size_t ring = 0; ring < rings->ring_count; ring++)
        if (rings->start[ring + 1] - rings->start[ring] < 3)
            return false;
    if (rings->ring_count == 1 && is_star(rings, rings->start[0], rings->start[1]))
        return true;
    return make_boxes(ctx, &a) && pairs_are_sound(&a) && (rings->ring_count == 1 || rings_are_nested(rings));
}
