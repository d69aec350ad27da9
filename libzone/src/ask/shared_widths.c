/* Borders that cross, walked along. */
#include "ask/shared_widths.h"

#include <float.h>
#include <math.h>

/* Pairs of edges that are looked at, and crossings that are kept; more are left to others. */
enum { MOST_PAIRS = 20000, MOST_CROSSINGS = 32 };

/* Crossings of an edge that are nearer to each other than this share of it can't be told apart. */
static const double apart = 1e-9;

typedef struct {
    const double *x, *y;
    size_t count;
} ring;

typedef struct {
    double west, south, east, north;
} box;

/* Where edge edge[0] of the one ring crosses edge[1] of the other, at this share of each. */
typedef struct {
    size_t edge[2];
    double at[2];
    size_t next[2]; /* along each ring */
    bool enters;    /* the one goes into the other here */
    bool passed;
} crossing;

typedef struct {
    ring ring[2];
    crossing crossing[MOST_CROSSINGS];
    size_t count;
} meeting;

/* A piece while its border is walked. */
typedef struct {
    double first_x, first_y, x, y; /* the last, from the first */
    double length, doubled;
} walk;

/* The only ring of a feature; count 0 where it has several. */
static ring ring_of(const zone_batch *batch, size_t feature)
{
    size_t first = batch->ring_start[feature];
    size_t begin = batch->vertex_start[first];

    if (batch->ring_start[feature + 1] - first != 1)
        return (ring){.count = 0};
    return (ring){batch->x + begin, batch->y + begin, batch->vertex_start[first + 1] - begin};
}

static box box_of(const ring *of)
{
    box made = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    for (size_t v = 0; v < of->count; v++) {
        made.west = of->x[v] < made.west ? of->x[v] : made.west;
        made.east = of->x[v] > made.east ? of->x[v] : made.east;
        made.south = of->y[v] < made.south ? of->y[v] : made.south;
        made.north = of->y[v] > made.north ? of->y[v] : made.north;
    }
    return made;
}

static bool lies_within(const box *inner, const box *outer)
{
    return inner->west > outer->west && inner->east < outer->east && inner->south > outer->south &&
           inner->north < outer->north;
}

static size_t after(const ring *of, size_t vertex)
{
    return vertex + 1 < of->count ? vertex + 1 : 0;
}

/* ---------------------------------------------------------------- crossings */

/* 1 and -1: c lies surely left or right of the line from a to b; 0: it can't be told. *size is twice the triangle. */
static int side_of(double ax, double ay, double bx, double by, double cx, double cy, double *size)
{
    double left = (bx - ax) * (cy - ay), right = (by - ay) * (cx - ax);
    double error = 16.0 * DBL_EPSILON * (fabs(left) + fabs(right));

    *size = left - right;
    return *size > error ? 1 : *size < -error ? -1 : 0;
}

static bool lies_apart(double a, double b, double c, double d)
{
    return (a < c && a < d && b < c && b < d) || (a > c && a > d && b > c && b > d);
}

/* How edge i of one ring meets edge k of the other: 0 surely not, 1 surely once and across, 2 perhaps otherwise. */
static int meet(const ring *one, size_t i, const ring *two, size_t k, crossing *found)
{
    size_t j = after(one, i), l = after(two, k);
    double ax = one->x[i], ay = one->y[i], bx = one->x[j], by = one->y[j];
    double cx = two->x[k], cy = two->y[k], dx = two->x[l], dy = two->y[l];
    double size_a = 0.0, size_b = 0.0, size_c = 0.0, size_d = 0.0;

    if (lies_apart(ax, bx, cx, dx) || lies_apart(ay, by, cy, dy))
        return 0;
    int c = side_of(ax, ay, bx, by, cx, cy, &size_c), d = side_of(ax, ay, bx, by, dx, dy, &size_d);
    if (c * d > 0)
        return 0;
    int a = side_of(cx, cy, dx, dy, ax, ay, &size_a), b = side_of(cx, cy, dx, dy, bx, by, &size_b);
    if (a * b > 0)
        return 0;
    if (c * d == 0 || a * b == 0)
        return 2;
    *found =
        (crossing){.edge = {i, k}, .at = {size_a / (size_a - size_b), size_c / (size_c - size_d)}, .enters = b > 0};
    return 1;
}

/* All crossings; false where there may be others than those that are sure. */
static bool list_crossings(meeting *of)
{
    const ring *one = &of->ring[0], *two = &of->ring[1];
    const box around = box_of(one);
    size_t pairs = 0;

    for (size_t k = 0; k < two->count; k++) {
        size_t l = after(two, k);
        if (lies_apart(two->x[k], two->x[l], around.west, around.east) ||
            lies_apart(two->y[k], two->y[l], around.south, around.north))
            continue;
        pairs += one->count;
        for (size_t i = 0; i < one->count && pairs <= MOST_PAIRS; i++) {
            crossing found;
            int meetings = meet(one, i, two, k, &found);
            if (meetings == 2 || (meetings == 1 && of->count == MOST_CROSSINGS))
                return false;
            if (meetings == 1)
                of->crossing[of->count++] = found;
        }
    }
    return pairs <= MOST_PAIRS;
}

/* Links the crossings along one of the rings; false where their order can't be told, or going in and out do not take
 * turns. */
static bool link_crossings(meeting *of, int along)
{
    size_t order[MOST_CROSSINGS];

    for (size_t c = 0; c < of->count; c++) {
        const crossing *added = &of->crossing[c];
        size_t at = c;
        for (; at > 0; at--) {
            const crossing *before = &of->crossing[order[at - 1]];
            if (before->edge[along] == added->edge[along] && fabs(before->at[along] - added->at[along]) < apart)
                return false;
            if (before->edge[along] < added->edge[along] ||
                (before->edge[along] == added->edge[along] && before->at[along] < added->at[along]))
                break;
            order[at] = order[at - 1];
        }
        order[at] = c;
    }
    for (size_t c = 0; c < of->count; c++) {
        size_t next = order[c + 1 < of->count ? c + 1 : 0];
        of->crossing[order[c]].next[along] = next;
        if (of->crossing[order[c]].enters == of->crossing[next].enters)
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- walking */

static void step_to(walk *piece, double x, double y)
{
    double next_x = x - piece->first_x, next_y = y - piece->first_y;
    double dx = next_x - piece->x, dy = next_y - piece->y;

    piece->length += sqrt(dx * dx + dy * dy);
    piece->doubled += piece->x * next_y - next_x * piece->y;
    piece->x = next_x;
    piece->y = next_y;
}

static void place_of(const meeting *of, const crossing *at, double place[2])
{
    const ring *one = &of->ring[0];
    size_t from = at->edge[0], to = after(one, from);

    place[0] = one->x[from] + at->at[0] * (one->x[to] - one->x[from]);
    place[1] = one->y[from] + at->at[0] * (one->y[to] - one->y[from]);
}

/* Along one of the rings to the next crossing, which is returned. */
static size_t follow(const meeting *of, size_t from, int along, walk *piece)
{
    const ring *on = &of->ring[along];
    const crossing *here = &of->crossing[from], *there = &of->crossing[here->next[along]];
    size_t begin = here->edge[along], end = there->edge[along];
    size_t vertices = begin <= end ? end - begin : end + on->count - begin;
    double place[2];

    if (begin == end && there->at[along] <= here->at[along])
        vertices = on->count;
    for (size_t i = 0, v = begin; i < vertices; i++) {
        v = after(on, v);
        step_to(piece, on->x[v], on->y[v]);
    }
    place_of(of, there, place);
    step_to(piece, place[0], place[1]);
    return here->next[along];
}

static void add_width(zone_shared_widths *widths, double doubled, double length)
{
    double width = doubled / length;

    widths->least = widths->count == 0 || width < widths->least ? width : widths->least;
    widths->widest = widths->count == 0 || width > widths->widest ? width : widths->widest;
    widths->count++;
}

/* Each piece begins where the one goes into the other; its border is of the one up to where that leaves it, then of the
 * other, and so on. */
static void walk_pieces(meeting *of, zone_shared_widths *widths)
{
    for (size_t c = 0; c < of->count; c++) {
        double place[2];
        size_t at = c;
        if (!of->crossing[c].enters || of->crossing[c].passed)
            continue;
        place_of(of, &of->crossing[c], place);
        walk piece = {.first_x = place[0], .first_y = place[1]};
        do {
            of->crossing[at].passed = true;
            at = follow(of, follow(of, at, 0, &piece), 1, &piece);
        } while (at != c);
        add_width(widths, piece.doubled, piece.length);
    }
}

/* Without crossings the one is in the other, and their piece is the inner one. */
static bool take_inner(const meeting *of, zone_shared_widths *widths)
{
    const box one = box_of(&of->ring[0]), two = box_of(&of->ring[1]);
    const ring *inner = lies_within(&one, &two) ? &of->ring[0] : lies_within(&two, &one) ? &of->ring[1] : NULL;

    if (!inner)
        return false;
    walk piece = {.first_x = inner->x[0], .first_y = inner->y[0]};
    for (size_t v = 1; v <= inner->count; v++)
        step_to(&piece, inner->x[v % inner->count], inner->y[v % inner->count]);
    add_width(widths, piece.doubled, piece.length);
    return true;
}

bool zone_shared_widths_find(const zone_batch *a, size_t feature, const zone_batch *b, size_t other,
                             zone_shared_widths *widths)
{
    meeting of = {.ring = {ring_of(a, feature), ring_of(b, other)}};

    *widths = (zone_shared_widths){0};
    if (of.ring[0].count == 0 || of.ring[1].count == 0)
        return false;
    if (of.ring[0].count > of.ring[1].count) { /* the longer one is looked through once */
        ring longer = of.ring[0];
        of.ring[0] = of.ring[1];
        of.ring[1] = longer;
    }
    if (!list_crossings(&of))
        return false;
    if (of.count == 0)
        return take_inner(&of, widths);
    if (!link_crossings(&of, 0) || !link_crossings(&of, 1))
        return false;
    walk_pieces(&of, widths);
    return widths->least > 0.0;
}
