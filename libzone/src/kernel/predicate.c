/* Exact predicates on snapped coordinates, with simulation of simplicity. */
#include "kernel/predicate.h"

zone_int128 zone_determinant(const zone_edge *edge, int64_t x, int64_t y)
{
    return (zone_int128)(edge->x[1] - edge->x[0]) * (y - edge->y[0]) -
           (zone_int128)(edge->y[1] - edge->y[0]) * (x - edge->x[0]);
}

/* A moved point adds dx ε² − dy ε to the determinant of a fixed edge (dx, dy). */
int zone_side_of_fixed(const zone_edge *edge, int64_t x, int64_t y)
{
    zone_int128 determinant = zone_determinant(edge, x, y);

    if (determinant != 0)
        return determinant > 0 ? 1 : -1;
    if (edge->y[1] != edge->y[0])
        return edge->y[1] < edge->y[0] ? 1 : -1;
    return edge->x[1] > edge->x[0] ? 1 : -1;
}

/* To a moved edge a fixed point is moved the other way. */
int zone_side_of_moved(const zone_edge *edge, int64_t x, int64_t y)
{
    zone_int128 determinant = zone_determinant(edge, x, y);

    if (determinant != 0)
        return determinant > 0 ? 1 : -1;
    if (edge->y[1] != edge->y[0])
        return edge->y[1] > edge->y[0] ? 1 : -1;
    return edge->x[1] < edge->x[0] ? 1 : -1;
}

static bool has_length(const zone_edge *edge)
{
    return edge->x[0] != edge->x[1] || edge->y[0] != edge->y[1];
}

/* The fraction at which a quantity that goes linearly from `from` to `to` is 0. The two have opposite signs or one is
 * 0. */
static double zero_between(zone_int128 from, zone_int128 to)
{
    double fraction = (double)from / ((double)from - (double)to);

    return fraction < 0.0 ? 0.0 : fraction > 1.0 ? 1.0 : fraction;
}

bool zone_edges_cross(const zone_edge *fixed, const zone_edge *moved, int *sign, double *along, double *across)
{
    if (!has_length(fixed) || !has_length(moved))
        return false;
    if (zone_side_of_fixed(fixed, moved->x[0], moved->y[0]) == zone_side_of_fixed(fixed, moved->x[1], moved->y[1]))
        return false;
    int from = zone_side_of_moved(moved, fixed->x[0], fixed->y[0]);
    int to = zone_side_of_moved(moved, fixed->x[1], fixed->y[1]);
    if (from == to)
        return false;
    *sign = to;
    *along = zero_between(zone_determinant(moved, fixed->x[0], fixed->y[0]),
                          zone_determinant(moved, fixed->x[1], fixed->y[1]));
    *across = zero_between(zone_determinant(fixed, moved->x[0], moved->y[0]),
                           zone_determinant(fixed, moved->x[1], moved->y[1]));
    return true;
}

/* ---------------------------------------------------------------- order along an edge */

typedef struct {
    zone_uint128 high, low;
} wide;

static wide multiply(zone_uint128 a, zone_uint128 b)
{
    uint64_t a_low = (uint64_t)a, a_high = (uint64_t)(a >> 64), b_low = (uint64_t)b, b_high = (uint64_t)(b >> 64);
    zone_uint128 low = (zone_uint128)a_low * b_low;
    zone_uint128 middle = (zone_uint128)a_high * b_low + (low >> 64);
    zone_uint128 other = (zone_uint128)a_low * b_high + (uint64_t)middle;

    return (wide){(zone_uint128)a_high * b_high + (middle >> 64) + (other >> 64), other << 64 | (uint64_t)low};
}

static int sign_of(zone_int128 value)
{
    return (value > 0) - (value < 0);
}

static zone_uint128 magnitude(zone_int128 value)
{
    return value < 0 ? -(zone_uint128)value : (zone_uint128)value;
}

/* The sign of a b − c d, of factors below 2^127. */
static int compare_products(zone_int128 a, zone_int128 b, zone_int128 c, zone_int128 d)
{
    int left = sign_of(a) * sign_of(b), right = sign_of(c) * sign_of(d);

    if (left != right)
        return left < right ? -1 : 1;
    wide ab = multiply(magnitude(a), magnitude(b)), cd = multiply(magnitude(c), magnitude(d));
    if (ab.high != cd.high)
        return ab.high < cd.high ? -left : left;
    if (ab.low != cd.low)
        return ab.low < cd.low ? -left : left;
    return 0;
}

/* The crossing of an edge with `other` lies at the fraction from / span of it. When the edge moves by (p, q), the
 * fraction grows by (dx q − dy p) / span, when the other does, it shrinks by that. */
typedef struct {
    uint32_t member;
    zone_int128 from, span;
    zone_int128 dx, dy;
} place;

static place place_on(const zone_edge *edge, const zone_edge *other)
{
    zone_int128 from = zone_determinant(other, edge->x[0], edge->y[0]);
    zone_int128 span = from - zone_determinant(other, edge->x[1], edge->y[1]);
    int64_t dx = other->x[1] - other->x[0], dy = other->y[1] - other->y[0];

    if (span < 0)
        return (place){other->member, -from, -span, -dx, -dy};
    return (place){other->member, from, span, dx, dy};
}

/* What the move of `member` does: ε decides, or where it moves neither, ε². */
static int order_by_move(uint32_t member, uint32_t own, const place *a, const place *b)
{
    zone_int128 of_a = (member == a->member) - (member == own), of_b = (member == b->member) - (member == own);
    int order = compare_products(of_a * a->dy, b->span, of_b * b->dy, a->span);

    return order ? order : compare_products(-of_a * a->dx, b->span, -of_b * b->dx, a->span);
}

int zone_crossings_order(const zone_edge *edge, const zone_edge *a, const zone_edge *b)
{
    place at_a = place_on(edge, a), at_b = place_on(edge, b);
    uint32_t own = edge->member, high = a->member > b->member ? a->member : b->member;
    uint32_t low = a->member > b->member ? b->member : a->member;
    int order = compare_products(at_a.from, at_b.span, at_b.from, at_a.span);

    /* From the member that is moved most to the one that is moved least. */
    if (!order && own > high)
        order = order_by_move(own, own, &at_a, &at_b);
    if (!order)
        order = order_by_move(high, own, &at_a, &at_b);
    if (!order && own < high && own > low)
        order = order_by_move(own, own, &at_a, &at_b);
    if (!order)
        order = order_by_move(low, own, &at_a, &at_b);
    return order ? order : order_by_move(own, own, &at_a, &at_b);
}

/* ---------------------------------------------------------------- windings */

int zone_winding_of_fixed(const zone_edge *edge, int64_t x, int64_t y)
{
    bool from_below = edge->y[0] <= y, to_below = edge->y[1] <= y;

    if (from_below == to_below)
        return 0;
    int side = zone_side_of_fixed(edge, x, y);
    return from_below ? (side > 0 ? edge->weight : 0) : (side < 0 ? -edge->weight : 0);
}

int zone_winding_of_moved(const zone_edge *edge, int64_t x, int64_t y)
{
    bool from_below = edge->y[0] < y, to_below = edge->y[1] < y;

    if (from_below == to_below)
        return 0;
    int side = zone_side_of_moved(edge, x, y);
    return from_below ? (side > 0 ? edge->weight : 0) : (side < 0 ? -edge->weight : 0);
}
