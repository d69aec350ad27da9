/* Crossings: how often the edges of an area cut each other, by a tree of boxes over runs of edges in ring order. */
#include "read/crossings.h"

#include <math.h>
#include <stdlib.h>

enum { RUN = 8 };
/* Pairs of edges that are compared at most (about a second), and between two looks at whether the user has cancelled.
 */
static const uint64_t MOST_PAIRS = 100000000, PAIRS_A_LOOK = 1000000;

typedef struct {
    double west, south, east, north;
} box;

typedef struct {
    zone_context *ctx;
    const zone_rings *rings;
    size_t *next; /* the end of the edge that begins at a vertex */
    box *boxes;   /* node 1 is the root, those below n are 2 n and 2 n + 1 */
    size_t leaves;
    size_t found, bound;
    uint64_t pairs, looked;
    bool stop;
} counter;

/* ---------------------------------------------------------------- two edges */

/* Sign of the turn a → b → c; 0 where doubles can't tell. */
static int turn(const zone_rings *r, size_t a, size_t b, size_t c)
{
    double left = (r->x[b] - r->x[a]) * (r->y[c] - r->y[a]), right = (r->y[b] - r->y[a]) * (r->x[c] - r->x[a]);
    double doubt = 9e-16 * (fabs(left) + fabs(right));

    return left - right > doubt ? 1 : left - right < -doubt ? -1 : 0;
}

/* Does p, which lies on the line through a and b, lie between them? */
static bool between(const zone_rings *r, size_t a, size_t b, size_t p)
{
    return (r->x[p] - r->x[a]) * (r->x[p] - r->x[b]) + (r->y[p] - r->y[a]) * (r->y[p] - r->y[b]) < 0.0;
}

static bool cut_each_other(const zone_rings *r, size_t a, size_t b, size_t c, size_t d)
{
    if (fmin(r->x[a], r->x[b]) > fmax(r->x[c], r->x[d]) || fmin(r->x[c], r->x[d]) > fmax(r->x[a], r->x[b]) ||
        fmin(r->y[a], r->y[b]) > fmax(r->y[c], r->y[d]) || fmin(r->y[c], r->y[d]) > fmax(r->y[a], r->y[b]))
        return false;
    int c_side = turn(r, a, b, c), d_side = turn(r, a, b, d), a_side = turn(r, c, d, a), b_side = turn(r, c, d, b);
    return (c_side * d_side < 0 && a_side * b_side < 0) || (c_side == 0 && between(r, a, b, c)) ||
           (d_side == 0 && between(r, a, b, d)) || (a_side == 0 && between(r, c, d, a)) ||
           (b_side == 0 && between(r, c, d, b));
}

/* ---------------------------------------------------------------- the tree */

static bool are_apart(const box *a, const box *b)
{
    return a->west > b->east || b->west > a->east || a->south > b->north || b->south > a->north;
}

static void widen(box *all, double west, double south, double east, double north)
{
    all->west = fmin(all->west, west);
    all->south = fmin(all->south, south);
    all->east = fmax(all->east, east);
    all->north = fmax(all->north, north);
}

static zone_status build(counter *c)
{
    const zone_rings *r = c->rings;

    for (c->leaves = 1; c->leaves * RUN < r->vertex_count;)
        c->leaves *= 2;
    c->next = zone_allocate(c->ctx, r->vertex_count + 1, sizeof *c->next);
    c->boxes = zone_allocate(c->ctx, 2 * c->leaves, sizeof *c->boxes);
    if (!c->next || !c->boxes)
        return ZONE_NO_MEMORY;
    for (size_t n = 0; n < 2 * c->leaves; n++)
        c->boxes[n] = (box){HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (size_t ring = 0; ring < r->ring_count; ring++)
        for (size_t v = r->start[ring]; v < r->start[ring + 1]; v++) {
            size_t end = v + 1 < r->start[ring + 1] ? v + 1 : r->start[ring];
            box *leaf = &c->boxes[c->leaves + v / RUN];
            c->next[v] = end;
            widen(leaf, r->x[v], r->y[v], r->x[v], r->y[v]);
            widen(leaf, r->x[end], r->y[end], r->x[end], r->y[end]);
        }
    for (size_t n = c->leaves - 1; n > 0; n--)
        for (size_t below = 2 * n; below < 2 * n + 2; below++) {
            const box *b = &c->boxes[below];
            widen(&c->boxes[n], b->west, b->south, b->east, b->north);
        }
    return ZONE_OK;
}

static void compare_runs(counter *c, size_t run, size_t other)
{
    size_t count = c->rings->vertex_count, end = run * RUN + RUN, other_end = other * RUN + RUN;

    for (size_t i = run * RUN; i < end && i < count; i++)
        for (size_t j = run == other ? i + 1 : other * RUN; j < other_end && j < count; j++)
            c->found += cut_each_other(c->rings, i, c->next[i], j, c->next[j]);
    c->pairs += RUN * RUN;
    if (c->pairs >= c->looked + PAIRS_A_LOOK) {
        c->looked = c->pairs;
        c->stop = zone_cancelled(c->ctx);
    }
    c->stop = c->stop || c->found > c->bound || c->pairs > MOST_PAIRS;
}

/* Compares what lies below two nodes of the same height. */
static void compare(counter *c, size_t node, size_t other)
{
    if (c->stop || are_apart(&c->boxes[node], &c->boxes[other]))
        return;
    if (node >= c->leaves) {
        compare_runs(c, node - c->leaves, other - c->leaves);
        return;
    }
    compare(c, 2 * node, 2 * other);
    compare(c, 2 * node, 2 * other + 1);
    if (node != other)
        compare(c, 2 * node + 1, 2 * other);
    compare(c, 2 * node + 1, 2 * other + 1);
}

zone_status zone_crossings_exceed(zone_context *ctx, const zone_rings *rings, size_t *bound, bool *exceed)
{
    counter c = {.ctx = ctx, .rings = rings};

    c.bound = rings->vertex_count > ZONE_MOST_CROSSINGS ? rings->vertex_count : ZONE_MOST_CROSSINGS;
    zone_status status = build(&c);
    if (!status)
        compare(&c, 1, 1);
    if (!status && zone_cancelled(ctx))
        status = zone_progress(ctx, 0, 0);
    *bound = c.bound;
    *exceed = c.found > c.bound;
    free(c.next);
    free(c.boxes);
    return status;
}
