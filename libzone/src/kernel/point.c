/* Points in members: a grid of cells answers for most, windings for those near a border. */
#include "kernel/point.h"

#include "kernel/layer.h"
#include "kernel/winding.h"

#include <math.h>
#include <stdlib.h>

/* Cells for an edge; the most of all; the most entries of cells, beside a few for each member. */
#define CELLS_AN_EDGE 8.0
#define MOST_CELLS    4e6
#define MOST_ENTRIES  8e6

/* A member in a cell; `near`: one of its edges may run through the cell. */
typedef struct {
    uint32_t member : 31, near : 1;
} cell_entry;

struct zone_point_cells {
    const zone_projection *projection;
    const zone_members *members;
    zone_box box;          /* of all members */
    int64_t width, height; /* of a cell */
    size_t columns, rows;
    size_t *start; /* of a cell's entries, row by row; one more than cells */
    cell_entry *entry;
};

/* ---------------------------------------------------------------- building */

/* What is known of a member while its cells are found. */
typedef struct {
    zone_context *ctx;
    zone_point_cells *cells;
    zone_bag bag;
    size_t member, west, south, columns, rows; /* cells of its box */
    unsigned char *crossed;                    /* by cell of its box */
    size_t crossed_capacity;
    zone_numbers scratch;
    uint32_t *place; /* the cell of each entry, in the order in which they are found */
    cell_entry *entry;
    size_t count, place_capacity, entry_capacity;
} builder;

static size_t column_of(const zone_point_cells *cells, int64_t x)
{
    return (size_t)((x - cells->box.west) / cells->width);
}

static size_t row_of(const zone_point_cells *cells, int64_t y)
{
    return (size_t)((y - cells->box.south) / cells->height);
}

/* Entries there would be at most if cells had this size. */
static double count_entries(const zone_members *members, double width, double height)
{
    double sum = 0.0;

    for (size_t m = 0; m < members->member_count; m++) {
        const zone_box *box = &members->member[m].box;
        if (box->west <= box->east)
            sum += (((double)box->east - (double)box->west) / width + 1.0) *
                   (((double)box->north - (double)box->south) / height + 1.0);
    }
    return sum;
}

/* Many members on each other take larger cells. */
static void choose_size(zone_point_cells *cells)
{
    const zone_members *members = cells->members;
    const zone_box *box = &cells->box;
    double width = (double)box->east - (double)box->west + 1.0, height = (double)box->north - (double)box->south + 1.0;
    double wanted = fmin(MOST_CELLS, fmax(1.0, CELLS_AN_EDGE * (double)members->corner_count));
    double most = MOST_ENTRIES + 4.0 * (double)members->member_count, columns = 1.0, rows = 1.0;

    for (;; wanted /= 2.0) {
        columns = fmin(wanted, fmax(1.0, floor(sqrt(wanted * width / height))));
        rows = fmax(1.0, floor(wanted / columns));
        if (wanted <= 1.0 || count_entries(members, width / columns, height / rows) <= most)
            break;
    }
    columns = floor(columns);
    cells->width = (int64_t)(width / columns) + 1;
    cells->height = (int64_t)(height / rows) + 1;
    cells->columns = column_of(cells, box->east) + 1;
    cells->rows = row_of(cells, box->north) + 1;
}

/* Marks the cells that the edge between two corners may meet: row by row, a little wider than it is, for rounding and
 * because cells end a unit before the next begins. */
static void mark_edge(builder *to, const zone_corner *from)
{
    const zone_point_cells *cells = to->cells;
    const zone_corner *low = from[0].y <= from[1].y ? from : from + 1, *high = low == from ? from + 1 : from;
    double rise = (double)(high->y - low->y), run = (double)(high->x - low->x);
    int64_t slack = cells->width / 64 + 2;
    zone_box box = zone_corner_box(from);

    for (size_t row = row_of(cells, low->y); row <= row_of(cells, high->y); row++) {
        double below = (double)(cells->box.south + (int64_t)row * cells->height - low->y);
        double begin = rise > 0.0 ? fmax(0.0, below / rise) : 0.0;
        double end = rise > 0.0 ? fmin(1.0, (below + (double)cells->height) / rise) : 1.0;
        int64_t a = low->x + llrint(begin * run), b = low->x + llrint(end * run);
        int64_t west = zone_most(box.west, zone_least(a, b)) - slack;
        int64_t east = zone_least(box.east, zone_most(a, b)) + slack;
        size_t first = column_of(cells, zone_most(west, to->bag.box.west));
        size_t last = column_of(cells, zone_least(east, to->bag.box.east));
        for (size_t column = first; column <= last; column++)
            to->crossed[(row - to->south) * to->columns + column - to->west] = 1;
    }
}

static zone_status add_entry(builder *to, size_t column, size_t row, bool near)
{
    zone_status status =
        zone_reserve(to->ctx, (void **)&to->place, &to->place_capacity, to->count + 1, sizeof *to->place);

    if (!status)
        status = zone_reserve(to->ctx, (void **)&to->entry, &to->entry_capacity, to->count + 1, sizeof *to->entry);
    if (status)
        return status;
    to->place[to->count] = (uint32_t)((to->south + row) * to->cells->columns + to->west + column);
    to->entry[to->count++] = (cell_entry){.member = (uint32_t)to->member & 0x7fffffffU, .near = near};
    return ZONE_OK;
}

static zone_status wind_middle(builder *to, size_t column, size_t row, int *winding)
{
    const zone_point_cells *cells = to->cells;
    int64_t x = cells->box.west + (int64_t)(to->west + column) * cells->width + cells->width / 2;
    int64_t y = cells->box.south + (int64_t)(to->south + row) * cells->height + cells->height / 2;

    return zone_bag_winding(to->ctx, &to->bag, true, x, y, &to->scratch, winding);
}

/* Cells side by side that no edge meets are all in the member, or none is. */
static zone_status fill_row(builder *to, size_t row)
{
    const unsigned char *crossed = to->crossed + row * to->columns;
    int winding = 0;
    zone_status status = ZONE_OK;

    for (size_t column = 0; column < to->columns && !status; column++) {
        if (crossed[column]) {
            status = add_entry(to, column, row, true);
            continue;
        }
        if (column == 0 || crossed[column - 1])
            status = wind_middle(to, column, row, &winding);
        if (!status && winding != 0)
            status = add_entry(to, column, row, false);
    }
    return status;
}

static zone_status add_member(builder *to, size_t member)
{
    const zone_point_cells *cells = to->cells;
    zone_status status = ZONE_OK;

    to->bag = zone_members_bag(cells->members, member);
    if (to->bag.count == 0)
        return ZONE_OK;
    to->member = member;
    to->west = column_of(cells, to->bag.box.west);
    to->south = row_of(cells, to->bag.box.south);
    to->columns = column_of(cells, to->bag.box.east) - to->west + 1;
    to->rows = row_of(cells, to->bag.box.north) - to->south + 1;
    status = zone_reserve(to->ctx, (void **)&to->crossed, &to->crossed_capacity, to->columns * to->rows, 1);
    for (size_t i = 0; i < to->columns * to->rows && !status; i++)
        to->crossed[i] = 0;
    for (size_t i = to->bag.first; i < to->bag.first + to->bag.count && !status; i++)
        if (to->bag.corners->corner[i].weight != 0)
            mark_edge(to, &to->bag.corners->corner[i]);
    for (size_t row = 0; row < to->rows && !status; row++)
        status = fill_row(to, row);
    return status;
}

/* Entries by cell; those of a cell stay in the order of members. */
static zone_status sort_entries(const builder *from, zone_point_cells *cells)
{
    size_t count = cells->columns * cells->rows;

    cells->start = zone_allocate(from->ctx, count + 2, sizeof *cells->start);
    cells->entry = zone_allocate(from->ctx, from->count + 1, sizeof *cells->entry);
    if (!cells->start || !cells->entry)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < from->count; i++)
        cells->start[from->place[i] + 2]++;
    for (size_t c = 2; c <= count; c++)
        cells->start[c] += cells->start[c - 1];
    for (size_t i = 0; i < from->count; i++)
        cells->entry[cells->start[from->place[i] + 1]++] = from->entry[i];
    return ZONE_OK;
}

zone_status zone_point_cells_build(zone_context *ctx, const zone_layer *layer, zone_point_cells **built)
{
    zone_point_cells *cells = *built = zone_allocate(ctx, 1, sizeof *cells);
    builder to = {.ctx = ctx, .cells = cells};
    zone_status status = ZONE_OK;

    if (!cells)
        return ZONE_NO_MEMORY;
    cells->projection = layer->projection;
    cells->members = &layer->members;
    cells->box = zone_box_empty;
    if (layer->members.member_count >= UINT32_MAX / 2)
        status = zone_fail(ctx, ZONE_TOO_LARGE, .expected = "fewer than 2 billion features in a layer kept in memory");
    for (size_t m = 0; m < layer->members.member_count; m++)
        cells->box = zone_box_join(cells->box, layer->members.member[m].box);
    if (cells->box.west > cells->box.east)
        cells->box = (zone_box){0, 0, 0, 0};
    choose_size(cells);
    for (size_t m = 0; m < layer->members.member_count && !status; m++)
        status = add_member(&to, m);
    if (!status)
        status = sort_entries(&to, cells);
    free(to.crossed);
    free(to.place);
    free(to.entry);
    zone_numbers_free(&to.scratch);
    if (status) {
        zone_point_cells_free(cells);
        *built = NULL;
    }
    return status;
}

void zone_point_cells_free(zone_point_cells *cells)
{
    if (!cells)
        return;
    free(cells->start);
    free(cells->entry);
    free(cells);
}

/* ---------------------------------------------------------------- finding */

struct zone_point_space {
    int64_t *x, *y; /* of the batch's vertices */
    size_t x_capacity, y_capacity;
    zone_numbers scratch;
    zone_numbers found; /* members that hold points of the feature, once for each point */
    zone_piece *pieces;
    size_t piece_capacity;
};

zone_status zone_point_space_open(zone_context *ctx, zone_point_space **space)
{
    *space = zone_allocate(ctx, 1, sizeof **space);
    return *space ? ZONE_OK : ZONE_NO_MEMORY;
}

void zone_point_space_close(zone_point_space *space)
{
    if (!space)
        return;
    free(space->x);
    free(space->y);
    free(space->pieces);
    zone_numbers_free(&space->scratch);
    zone_numbers_free(&space->found);
    free(space);
}

static zone_status find_point(zone_context *ctx, zone_point_space *space, const zone_point_cells *cells, int64_t x,
                              int64_t y)
{
    const zone_box *box = &cells->box;
    zone_status status = ZONE_OK;

    if (x < box->west || x > box->east || y < box->south || y > box->north)
        return ZONE_OK;
    size_t cell = row_of(cells, y) * cells->columns + column_of(cells, x);
    for (size_t i = cells->start[cell]; i < cells->start[cell + 1] && !status; i++) {
        const cell_entry *entry = &cells->entry[i];
        int winding = 1;
        if (entry->near) {
            zone_bag bag = zone_members_bag(cells->members, entry->member);
            status = zone_bag_winding(ctx, &bag, true, x, y, &space->scratch, &winding);
        }
        if (!status && winding != 0)
            status = zone_numbers_add(ctx, &space->found, entry->member);
    }
    return status;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return a < b ? -1 : a > b;
}

static zone_status count_members(zone_context *ctx, zone_point_space *space, size_t *pieces)
{
    zone_numbers *found = &space->found;
    zone_status status =
        zone_reserve(ctx, (void **)&space->pieces, &space->piece_capacity, found->count, sizeof *space->pieces);

    *pieces = 0;
    if (found->count > 1)
        qsort(found->number, found->count, sizeof *found->number, by_number);
    for (size_t i = 0; i < found->count && !status; i++)
        if (i > 0 && found->number[i] == found->number[i - 1])
            space->pieces[*pieces - 1].area++;
        else
            space->pieces[(*pieces)++] = (zone_piece){.area = 1, .member = found->number[i]};
    return status;
}

/* How many of the points first … end - 1 lie in a member or more. */
static zone_status find_points(zone_context *ctx, zone_point_space *space, size_t first, size_t end,
                               const zone_point_cells *cells, size_t *inside)
{
    int64_t turn = zone_projection_snap_turn(cells->projection);
    zone_status status = ZONE_OK;

    space->found.count = *inside = 0;
    for (size_t v = first; v < end && !status; v++) {
        size_t before = space->found.count;
        status = find_point(ctx, space, cells, space->x[v], space->y[v]);
        if (turn && !status)
            status = find_point(ctx, space, cells, space->x[v] + turn, space->y[v]);
        if (turn && !status)
            status = find_point(ctx, space, cells, space->x[v] - turn, space->y[v]);
        *inside += space->found.count > before;
    }
    return status;
}

zone_status zone_points_in(zone_context *ctx, zone_point_space *space, const zone_batch *batch,
                           const zone_point_cells *cells, zone_point_sink sink, void *user)
{
    zone_status status =
        zone_reserve(ctx, (void **)&space->x, &space->x_capacity, batch->vertex_count, sizeof *space->x);

    if (!status)
        status = zone_reserve(ctx, (void **)&space->y, &space->y_capacity, batch->vertex_count, sizeof *space->y);
    if (status)
        return status;
    zone_projection_snap(cells->projection, batch->x, batch->vertex_count, space->x);
    zone_projection_snap(cells->projection, batch->y, batch->vertex_count, space->y);
    for (size_t f = 0; f < batch->feature_count && !status; f++) {
        size_t ring = batch->ring_start[f], end_ring = batch->ring_start[f + 1], inside = 0, pieces = 0;
        size_t first = ring < end_ring ? batch->vertex_start[ring] : 0;
        size_t end = ring < end_ring ? batch->vertex_start[end_ring] : 0;
        status = find_points(ctx, space, first, end, cells, &inside);
        if (!status)
            status = count_members(ctx, space, &pieces);
        if (!status)
            status = sink(user, f, end - first, inside, space->pieces, pieces);
    }
    return status;
}
