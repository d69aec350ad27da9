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
