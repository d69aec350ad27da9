/* Windings: by a ray to the east, or by the way from a place whose winding is known. */
#include "kernel/winding.h"

#include "kernel/predicate.h"

#include <math.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- rays */

/* What the edge that leaves the corner adds to the winding of a point. Edges beside the point need no product. */
static int winding_by(const zone_corner *corner, bool moved, int64_t x, int64_t y)
{
    const zone_corner *end = corner + 1; /* there is none behind the last, which no edge leaves */

    if (corner->weight == 0 || (corner->x < x && end->x < x))
        return 0;
    bool from_below = moved ? corner->y < y : corner->y <= y, to_below = moved ? end->y < y : end->y <= y;
    if (from_below == to_below)
        return 0;
    if (corner->x > x && end->x > x)
        return from_below ? corner->weight : -corner->weight;
    zone_edge edge = {.x = {corner->x, end->x}, .y = {corner->y, end->y}, .weight = corner->weight};
    return moved ? zone_winding_of_moved(&edge, x, y) : zone_winding_of_fixed(&edge, x, y);
}

static zone_status cast_ray(zone_context *ctx, const zone_bag *bag, bool moved, int64_t x, int64_t y,
                            zone_numbers *scratch, int *winding)
{
    const zone_corner *corner = bag->corners->corner;
    zone_box ray = {x, y, bag->box.east, y};
    zone_status status = ZONE_OK;

    if (bag->count <= ZONE_FEW_CORNERS) {
        for (size_t i = bag->first; i < bag->first + bag->count; i++)
            *winding += winding_by(&corner[i], moved, x, y);
        return ZONE_OK;
    }
    status = zone_bag_find(ctx, bag, &ray, scratch);
    for (size_t i = 0; i < scratch->count && !status; i++)
        *winding += winding_by(&corner[scratch->number[i]], moved, x, y);
    return status;
}

/* ---------------------------------------------------------------- lattices */

struct zone_lattice {
    int64_t west, south, width, height; /* of the bag's box, and of a cell; a place is the middle of its cell */
    size_t columns, rows;
    int *winding; /* row by row */
};

/* The winding at `to`, which is `winding` at `from`: every edge across the way between changes it. Both are fixed
 * points, the bag is moved. */
static zone_status step(zone_context *ctx, const zone_bag *bag, const int64_t from[2], const int64_t to[2],
                        zone_numbers *scratch, int *winding)
{
    const zone_edge way = {.x = {from[0], to[0]}, .y = {from[1], to[1]}};
    const zone_box box = {zone_least(from[0], to[0]), zone_least(from[1], to[1]), zone_most(from[0], to[0]),
                          zone_most(from[1], to[1])};
    zone_status status = zone_bag_find(ctx, bag, &box, scratch);
    double along = 0.0, across = 0.0;
    int sign = 0;

    for (size_t i = 0; i < scratch->count && !status; i++) {
        zone_edge edge = zone_corners_edge(bag->corners, scratch->number[i]);
        if (zone_edges_cross(&way, &edge, &sign, &along, &across))
            *winding += sign * edge.weight;
    }
    return status;
}

static void place_of(const zone_lattice *lattice, size_t column, size_t row, int64_t place[2])
{
    place[0] = lattice->west + (int64_t)column * lattice->width + lattice->width / 2;
    place[1] = lattice->south + (int64_t)row * lattice->height + lattice->height / 2;
}

/* Cells as wide as high, one for four edges: then few edges are between a point and its place. */
static zone_lattice *make_lattice(zone_context *ctx, const zone_bag *bag)
{
    const zone_box *box = &bag->box;
    double width = (double)box->east - (double)box->west + 1.0, height = (double)box->north - (double)box->south + 1.0;
    double cells = 0.25 * (double)bag->count, columns = sqrt(cells * width / height);
    zone_lattice *lattice = zone_allocate(ctx, 1, sizeof *lattice);

    if (!lattice)
        return NULL;
    columns = columns < 1.0 ? 1.0 : columns > cells ? cells : floor(columns);
    lattice->columns = (size_t)columns;
    lattice->rows = (size_t)fmax(1.0, floor(cells / columns));
    lattice->west = box->west;
    lattice->south = box->south;
    lattice->width = (int64_t)(width / columns) + 1;
    lattice->height = (int64_t)(height / (double)lattice->rows) + 1;
    lattice->winding = zone_allocate(ctx, lattice->columns * lattice->rows, sizeof *lattice->winding);
    if (lattice->winding)
        return lattice;
    zone_lattice_free(lattice);
    return NULL;
}

zone_status zone_lattice_build(zone_context *ctx, const zone_bag *bag, zone_lattice **built)
{
    zone_lattice *lattice = make_lattice(ctx, bag);
    zone_numbers scratch = {0};
    zone_status status = lattice ? ZONE_OK : ZONE_NO_MEMORY;

    for (size_t row = 0; !status && row < lattice->rows; row++) {
        int64_t last[2], place[2];
        int winding = 0; /* west of everything */
        place_of(lattice, 0, row, last);
        last[0] = bag->box.west - 1;
        for (size_t column = 0; column < lattice->columns && !status; column++) {
            place_of(lattice, column, row, place);
            status = step(ctx, bag, last, place, &scratch, &winding);
            lattice->winding[row * lattice->columns + column] = winding;
            last[0] = place[0];
        }
    }
    zone_numbers_free(&scratch);
    *built = lattice;
    return status;
}

void zone_lattice_free(zone_lattice *lattice)
{
    if (lattice)
        free(lattice->winding);
    free(lattice);
}

static size_t cell_of(int64_t from_edge, int64_t cell, size_t count)
{
    size_t at = (size_t)(from_edge / cell);

    return at < count ? at : count - 1;
}

static zone_status find_from_place(zone_context *ctx, const zone_bag *bag, const int64_t point[2],
                                   zone_numbers *scratch, int *winding)
{
    const zone_lattice *lattice = bag->lattice;
    size_t column = cell_of(point[0] - lattice->west, lattice->width, lattice->columns);
    size_t row = cell_of(point[1] - lattice->south, lattice->height, lattice->rows);
    int64_t place[2];

    place_of(lattice, column, row, place);
    *winding = lattice->winding[row * lattice->columns + column];
    return step(ctx, bag, place, point, scratch, winding);
}

zone_status zone_bag_winding(zone_context *ctx, const zone_bag *bag, bool bag_moved, int64_t x, int64_t y,
                             zone_numbers *scratch, int *winding)
{
    const int64_t point[2] = {x, y};

    *winding = 0;
    if (x < bag->box.west || x > bag->box.east || y < bag->box.south || y > bag->box.north)
        return ZONE_OK;
    if (bag->lattice && bag_moved)
        return find_from_place(ctx, bag, point, scratch, winding);
    return cast_ray(ctx, bag, bag_moved, x, y, scratch, winding);
}
