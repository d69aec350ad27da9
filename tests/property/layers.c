/* Thousands of random pairs of layers: tilings that share borders, overlapping stars with holes, boxes on a lattice of
 * integers, degenerate rings, far from and near the origin. Each pair is drawn from the seed and its own number, so one
 * pair can be repeated alone: ZONE_SEED=… ZONE_PAIR=… */
#include "chance.h"
#include "kernel/overlay.h"
#include "read/geometry.h"
#include "test.h"

#include <time.h>

enum { PAIRS = MANY_OR_FEW(8000, 250) };

enum { MOST = 7, MEMBERS = MOST * MOST, DEEPEST = MEMBERS + 1, SIZE = 600, METHODS = 6, GEOS_EVERY = 25 };

/* m²: a survey edge of s = 600 m from west to east bows by s² tan B / 8R from the plane's line; twice that area, two
 * thirds of bow × length. */
static const double EDGE_MODEL = 3.2;

static const char *const methods[METHODS] = {"grid",          "survey",  "ellipsoid", "survey:split=70",
                                             "survey:legacy", "geodesic"};

/* ---------------------------------------------------------------- layers */

typedef struct {
    double east, north, lattice; /* lattice 0: none */
    bool tiles;                  /* the square of SIZE is covered once */
    bool valid;
    zone_batch batch;
} drawn;

static void vertex(drawn *d, double x, double y)
{
    if (d->lattice > 0.0) {
        x = round(x / d->lattice) * d->lattice;
        y = round(y / d->lattice) * d->lattice;
    }
    EXPECT_INT(zone_batch_add_vertex(NULL, &d->batch, d->east + x, d->north + y), ZONE_OK);
}

static void begin(drawn *d)
{
    size_t n = d->batch.feature_count;

    EXPECT_INT(zone_batch_add_feature(NULL, &d->batch, (int64_t)n, n, ZONE_SHAPE_AREA), ZONE_OK);
    EXPECT_INT(zone_batch_add_ring(NULL, &d->batch), ZONE_OK);
}

static void star(drawn *d, double x, double y, double low, double high, int turn)
{
    int count = 3 + (int)chance(18);

    for (int k = 0; k < count; k++) {
        double radius = low + (high - low) * share(), angle = turn * 6.283185307179586 * k / count;
        vertex(d, x + radius * cos(angle), y + radius * sin(angle));
    }
}

static void draw_star(drawn *d)
{
    double x = 100 + 400 * share(), y = 100 + 400 * share();

    begin(d);
    star(d, x, y, 30, 100, 1);
    if (chance(2)) {
        EXPECT_INT(zone_batch_add_ring(NULL, &d->batch), ZONE_OK);
        star(d, x, y, 4, 12, -1);
    }
}

static void draw_box(drawn *d)
{
    double unit = d->lattice > 10.0 ? d->lattice : 10.0; /* within the cover */
    double west = unit * (double)chance(10), south = unit * (double)chance(10);
    double east = west + unit * (double)(1 + chance(9)), north = south + unit * (double)(1 + chance(9));

    begin(d);
    vertex(d, west, south);
    vertex(d, east, south);
    if (chance(2))
        vertex(d, east, (south + north) / 2); /* a vertex on a straight side */
    vertex(d, east, north);
    vertex(d, west, north);
}

/* A sliver of 0.1 mm. */
static void draw_sliver(drawn *d)
{
    double x = 400 * share(), y = 400 * share(), lattice = d->lattice;

    d->lattice = 0.0;
    begin(d);
    vertex(d, x, y);
    vertex(d, x + 150, y + 20);
    vertex(d, x + 150, y + 20.0001);
    vertex(d, x, y + 0.0001);
    d->lattice = lattice;
}

/* Rings of no area: a line there and back, a place thrice, a vertex twice. */
static void draw_degenerate(drawn *d)
{
    double x = 600 * share(), y = 600 * share(), far = 200 * share();

    begin(d);
    vertex(d, x, y);
    vertex(d, x + far, y + far / 2);
    if (chance(2))
        vertex(d, x + far, y + far / 2);
    vertex(d, x, y);
    d->valid = false;
}

/* Quadrilaterals that share their vertices; on a lattice some become triangles or lines. */
static void draw_tiles(drawn *d)
{
    static double at[MOST + 1][MOST + 1][2];
    int n = 2 + (int)chance(MOST - 1), corner[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    double unit = (double)SIZE / n;

    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= n; j++) {
            at[i][j][0] = unit * (i + (i > 0 && i < n ? 0.7 * (share() - 0.5) : 0.0));
            at[i][j][1] = unit * (j + (j > 0 && j < n ? 0.7 * (share() - 0.5) : 0.0));
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            begin(d);
            for (int c = 0; c < 4; c++)
                vertex(d, at[i + corner[c][0]][j + corner[c][1]][0], at[i + corner[c][0]][j + corner[c][1]][1]);
        }
    d->tiles = true;
}

/* The depths of a layer need valid members; other checks do not. */
static void judge(drawn *d)
{
    for (size_t f = 0; f < d->batch.feature_count; f++) {
        zone_geometry *shape = NULL;
        const char *reason = NULL;
        double x, y;
        if (zone_geometry_from_batch(NULL, &d->batch, f, &shape) || !zone_geometry_valid(NULL, shape, &reason, &x, &y))
            d->valid = false;
        zone_geometry_free(shape);
    }
}

static void draw(drawn *d, bool tiles)
{
    size_t count = 1 + chance(12);

    d->valid = true;
    if (tiles)
        draw_tiles(d);
    else
        while (d->batch.feature_count < count)
            switch (chance(12)) {
            case 0:
                draw_degenerate(d);
                break;
            case 1:
                draw_sliver(d);
                break;
            case 2:
            case 3:
            case 4:
            case 5:
                draw_box(d);
                break;
            default:
                draw_star(d);
            }
    judge(d);
}

/* The same land, written down differently: rings begin elsewhere, features and rings in another order; with `turn` the
 * rings run backwards, so that every area changes its sign. place[f] is where feature f went. */
static void rewrite(const zone_batch *from, zone_batch *to, size_t *place, bool turn)
{
    size_t order[MEMBERS];

    for (size_t i = 0; i < from->feature_count; i++) {
        size_t other = chance(i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    for (size_t i = 0; i < from->feature_count; i++) {
        size_t first = from->ring_start[order[i]], rings = from->ring_start[order[i] + 1] - first;
        size_t shift = chance(rings);
        place[order[i]] = i;
        zone_batch_add_feature(NULL, to, (int64_t)i, i, ZONE_SHAPE_AREA);
        for (size_t r = 0; r < rings; r++) {
            size_t ring = first + (r + shift) % rings, start = from->vertex_start[ring];
            size_t count = from->vertex_start[ring + 1] - start, begin_at = chance(count);
            zone_batch_add_ring(NULL, to);
            for (size_t v = 0; v < count; v++) {
                size_t at = start + (begin_at + (turn ? count - v : v)) % count;
                zone_batch_add_vertex(NULL, to, from->x[at], from->y[at]);
            }
        }
    }
}

/* ---------------------------------------------------------------- by the kernel */

typedef struct {
    zone_exact whole[MEMBERS], piece[MEMBERS][MEMBERS];
} pieces;

static zone_status keep_pieces(void *user, size_t feature, zone_exact whole, const zone_piece *piece, size_t count)
{
    pieces *p = user;

    p->whole[feature] = whole;
    for (size_t i = 0; i < count; i++)
        p->piece[feature][piece[i].member] = piece[i].area;
    return ZONE_OK;
}

static zone_layer *layer_of(zone_projection *projection, const zone_batch *batch)
{
    zone_layer *layer = NULL;

    EXPECT_INT(zone_layer_of_batch(NULL, projection, batch, &layer), ZONE_OK);
    return layer;
}

static void overlay(zone_projection *projection, const zone_batch *a, const zone_batch *b, pieces *found)
{
    zone_layer *layer = layer_of(projection, b);

    memset(found, 0, sizeof *found);
    EXPECT_INT(zone_overlay(NULL, projection, a, layer, keep_pieces, found), ZONE_OK);
    zone_layer_free(layer);
}

typedef struct {
    drawn a, b, cover; /* the cover tiles a square that holds all of a and b */
    zone_projection *projection;
    int method;
    bool apart; /* b is shifted off every line of a and the cover */
    bool failed;
    unsigned long long seed;
    long number;
} pair;

static void print_layer(const char *name, const zone_batch *batch)
{
    for (size_t f = 0; f < batch->feature_count; f++) {
        printf("    %s%zu POLYGON (", name, f);
        for (size_t r = batch->ring_start[f]; r < batch->ring_start[f + 1]; r++) {
            size_t start = batch->vertex_start[r], end = batch->vertex_start[r + 1];
            printf("%s(", r > batch->ring_start[f] ? ", " : "");
            for (size_t v = start; v < end; v++)
                printf("%.17g %.17g, ", batch->x[v], batch->y[v]);
            printf("%.17g %.17g)", batch->x[start], batch->y[start]);
        }
        printf(")\n");
    }
}

/* A false claim fails the test and shows the pair, once. */
static void claim(pair *p, bool holds, const char *what)
{
    if (holds || p->failed)
        return;
    p->failed = true;
    TEST_FAIL("%s (ZONE_SEED=%llu ZONE_PAIR=%ld, %s)", what, p->seed, p->number, methods[p->method]);
    print_layer("a", &p->a.batch);
    print_layer("b", &p->b.batch);
    print_layer("cover", &p->cover.batch);
}

/* ---------------------------------------------------------------- what must hold */

/* The pieces of every feature of `land` over the cover are its whole; with `land` a tiling of all that `zones` are, the
 * pieces of every zone are the zone. */
static void check_margins(pair *p, const zone_batch *land)
{
    static pieces over, under;

    overlay(p->projection, land, &p->cover.batch, &over);
    overlay(p->projection, &p->cover.batch, land, &under);
    for (size_t f = 0; f < land->feature_count; f++) {
        zone_exact sum = 0, other = 0, area = 0;
        zone_layer *layer = layer_of(p->projection, land);
        area = zone_layer_area(layer, f);
        zone_layer_free(layer);
        for (size_t c = 0; c < p->cover.batch.feature_count; c++) {
            sum += over.piece[f][c];
            other += under.piece[c][f];
        }
        claim(p, sum == over.whole[f] && area == over.whole[f], "pieces over a cover are the whole");
        claim(p, other == area, "pieces of a cover in a member are the member");
    }
}

/* To the bit on the grid. In other methods, where borders lie on each other with vertices that only one of them has,
 * the border that counts is that of the layer that the kernel thinks of as moved, and what lies between the two is the
 * edge model: to the bit there when no border lies on another. */
static void check_swap(pair *p, const pieces *ab)
{
    static pieces ba;

    overlay(p->projection, &p->b.batch, &p->a.batch, &ba);
    for (size_t f = 0; f < p->a.batch.feature_count; f++)
        for (size_t m = 0; m < p->b.batch.feature_count; m++) {
            double apart = fabs(zone_exact_to_m2(ab->piece[f][m] - ba.piece[m][f]));
            claim(p, apart <= (p->method == 0 || p->apart ? 0.0 : EDGE_MODEL), "A ∩ B = B ∩ A");
        }
}

static void check_rewritten(pair *p, const pieces *ab)
{
    static pieces again;
    bool turn = chance(2);
    zone_batch a = {0}, b = {0};
    size_t place_a[MEMBERS], place_b[MEMBERS];

    rewrite(&p->a.batch, &a, place_a, turn);
    rewrite(&p->b.batch, &b, place_b, false);
    overlay(p->projection, &a, &b, &again);
    for (size_t f = 0; f < a.feature_count; f++) {
        zone_exact whole = again.whole[place_a[f]];
        claim(p, ab->whole[f] == (turn ? -whole : whole), "a whole written differently");
        for (size_t m = 0; m < b.feature_count; m++) {
            zone_exact piece = again.piece[place_a[f]][place_b[m]];
            claim(p, ab->piece[f][m] == (turn ? -piece : piece), "a piece written differently");
        }
    }
    zone_batch_free(&a);
    zone_batch_free(&b);
}

/* Features × first (the cover) × second (b), and × first (b) × second (the cover). */
typedef struct {
    pair *p;
    bool cover_first;
} two;

static zone_status check_feature(void *user, size_t feature, const zone_pieces_of_two *found)
{
    two *t = user;
    zone_exact left[MEMBERS] = {0};
    size_t count = t->cover_first ? found->second_count : found->first_count;
    const zone_piece *piece = t->cover_first ? found->second : found->first;

    (void)feature;
    for (size_t i = 0; i < count; i++)
        left[piece[i].member] += piece[i].area;
    for (size_t i = 0; i < found->both_count; i++)
        left[t->cover_first ? found->both[i].second : found->both[i].first] -= found->both[i].area;
    for (size_t m = 0; m < t->p->b.batch.feature_count; m++)
        claim(t->p, left[m] == 0,
              t->cover_first ? "of two layers, sums over the first" : "of two layers, sums over the second");
    return ZONE_OK;
}

static void check_two(pair *p)
{
    zone_layer *b = layer_of(p->projection, &p->b.batch), *cover = layer_of(p->projection, &p->cover.batch);
    two t = {p, true};

    EXPECT_INT(zone_overlay_two(NULL, p->projection, &p->a.batch, cover, b, check_feature, &t), ZONE_OK);
    t.cover_first = false;
    EXPECT_INT(zone_overlay_two(NULL, p->projection, &p->a.batch, b, cover, check_feature, &t), ZONE_OK);
    zone_layer_free(b);
    zone_layer_free(cover);
}

static zone_status keep_depth(void *user, size_t times, zone_exact area)
{
    ((zone_exact *)user)[times < DEEPEST ? times : DEEPEST] = area;
    return ZONE_OK;
}

static zone_status add_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    (void)first;
    (void)second;
    *(zone_exact *)user += area;
    return ZONE_OK;
}

static void check_self(pair *p, const drawn *d)
{
    zone_layer *layer = layer_of(p->projection, &d->batch);
    zone_exact depth[DEEPEST + 1] = {0}, sum = 0, weighted = 0, members = 0, pairs = 0;

    EXPECT_INT(zone_overlay_depths(NULL, layer, keep_depth, depth), ZONE_OK);
    EXPECT_INT(zone_overlay_self(NULL, layer, add_pair, &pairs), ZONE_OK);
    for (size_t m = 0; m < zone_layer_count(layer); m++)
        members += zone_layer_area(layer, m);
    for (int k = 1; k <= DEEPEST; k++) {
        sum += depth[k];
        weighted += (k - 1) * depth[k];
    }
    claim(p, sum == members, "depths add up to the members");
    claim(p, weighted == pairs, "pairs add up to the depths");
    zone_layer_free(layer);
}

/* What at least one feature of `first` (one of it, -1: none) and `second` holds. */
static zone_exact union_of(const pair *p, const zone_batch *first, int feature, const zone_batch *second)
{
    zone_batch all = {0};
    zone_exact depth[DEEPEST + 1] = {0};

    if (feature >= 0)
        EXPECT_INT(zone_batch_add_copy(NULL, &all, first, (size_t)feature), ZONE_OK);
    for (size_t f = 0; f < second->feature_count; f++)
        EXPECT_INT(zone_batch_add_copy(NULL, &all, second, f), ZONE_OK);
    zone_layer *layer = layer_of(p->projection, &all);
    EXPECT_INT(zone_overlay_depths(NULL, layer, keep_depth, depth), ZONE_OK);
    zone_layer_free(layer);
    zone_batch_free(&all);
    return depth[1];
}

typedef struct {
    zone_overlay_space *space;
    zone_exact whole[MEMBERS], united[MEMBERS];
} united_sums;

static zone_status keep_united(void *user, size_t feature, zone_exact whole, const zone_piece *piece, size_t count)
{
    united_sums *to = user;
    zone_int128 in_plane = 0;

    (void)piece;
    (void)count;
    to->whole[feature] = whole;
    return zone_overlay_united(NULL, to->space, &to->united[feature], &in_plane);
}

/* Points that split edges are rounded to millimetres there, which may turn a needle of a valid polygon inside out. */
static const double ROUNDED_SPLITS = 1e-2;

/* A feature and the union have in common what they have less what they have together. */
static void check_united(pair *p)
{
    united_sums sums = {NULL, {0}, {0}};
    zone_layer *layer = layer_of(p->projection, &p->b.batch);
    zone_exact alone = union_of(p, NULL, -1, &p->b.batch);

    EXPECT_INT(zone_overlay_open(NULL, &sums.space), ZONE_OK);
    EXPECT_INT(zone_overlay_in(NULL, sums.space, p->projection, &p->a.batch, layer, keep_united, &sums), ZONE_OK);
    for (int f = 0; f < (int)p->a.batch.feature_count; f++) {
        zone_exact both = union_of(p, &p->a.batch, f, &p->b.batch);
        double apart = fabs(zone_exact_to_m2(sums.united[f] - (sums.whole[f] + alone - both)));
        claim(p, apart <= (strcmp(methods[p->method], "survey:legacy") == 0 ? ROUNDED_SPLITS : 1e-12),
              "what a feature has in common with the union");
    }
    zone_overlay_close(sums.space);
    zone_layer_free(layer);
}

/* Snapping and images move a border by less than 1e-9 m, GEOS a crossing by an ulp of 4e7 m, 7.5e-9 m: on 4 km. */
static void check_geos(pair *p, const pieces *ab)
{
    for (size_t f = 0; f < p->a.batch.feature_count; f++)
        for (size_t m = 0; m < p->b.batch.feature_count; m++) {
            zone_geometry *shape[3] = {NULL, NULL, NULL};
            EXPECT_INT(zone_geometry_from_batch(NULL, &p->a.batch, f, &shape[0]), ZONE_OK);
            EXPECT_INT(zone_geometry_from_batch(NULL, &p->b.batch, m, &shape[1]), ZONE_OK);
            EXPECT_INT(zone_geometry_intersection(NULL, shape[0], shape[1], &shape[2]), ZONE_OK);
            double area = shape[2] ? zone_geometry_plane_area(shape[2]) : 0.0;
            claim(p, fabs(area - zone_exact_to_m2(ab->piece[f][m])) < 4e-5, "GEOS");
            for (int i = 0; i < 3; i++)
                zone_geometry_free(shape[i]);
        }
}

/* ---------------------------------------------------------------- runs */

static void draw_pair(pair *p)
{
    static const double lattices[] = {0.0, 0.0, 1.0, 10.0, 25.0, 60.0};
    double lattice = lattices[chance(6)];
    double far = p->method == 0 && chance(4) == 0 ? 1e7 : 0.0;

    p->a = p->b = p->cover = (drawn){.east = 40448000.0 - 2 * far, .north = 3229000.0 + far / 2, .lattice = lattice};
    if (chance(8) == 0)
        p->b.lattice = 0.0;
    p->apart = chance(3) == 0;
    if (p->apart) {
        p->b.east += 1.0 + share();
        p->b.north += 1.0 + share();
    }
    draw(&p->a, chance(2));
    draw(&p->b, chance(2));
    p->cover.east -= 600.0; /* the cover is 3 × as wide as the layers, on the same lines where there is a lattice */
    p->cover.north -= 600.0;
    draw(&p->cover, true);
    for (size_t v = 0; v < p->cover.batch.vertex_count; v++) {
        p->cover.batch.x[v] = p->cover.east + 3 * (p->cover.batch.x[v] - p->cover.east);
        p->cover.batch.y[v] = p->cover.north + 3 * (p->cover.batch.y[v] - p->cover.north);
    }
}

static void check_pair(pair *p)
{
    static pieces ab;

    overlay(p->projection, &p->a.batch, &p->b.batch, &ab);
    check_margins(p, &p->a.batch);
    check_swap(p, &ab);
    check_rewritten(p, &ab);
    check_two(p);
    if (p->a.valid && p->b.valid)
        check_united(p);
    if (p->a.valid)
        check_self(p, &p->a);
    if (p->method == 0 && p->number % GEOS_EVERY == 0 && p->a.valid && p->b.valid)
        check_geos(p, &ab);
}

TEST(thousands_of_random_pairs_of_layers_keep_every_identity)
{
    const char *given = getenv("ZONE_SEED"), *only = getenv("ZONE_PAIR");
    unsigned long long seed = given ? strtoull(given, NULL, 10) : (unsigned long long)time(NULL);
    long first = only ? strtol(only, NULL, 10) : 0, end = only ? first + 1 : PAIRS;
    zone_projection *projections[METHODS];
    int before = test_failures;

    printf("  seed %llu, pairs %ld to %ld; to repeat: ZONE_SEED=%llu\n", seed, first, end - 1, seed);
    for (int m = 0; m < METHODS; m++) {
        zone_method method;
        EXPECT_INT(zone_method_parse(NULL, methods[m], &method), ZONE_OK);
        EXPECT_INT(zone_projection_create(NULL, "EPSG:4528", &method, &projections[m]), ZONE_OK);
    }
    for (long k = first; k < end && test_failures < before + 5; k++) {
        pair p = {.seed = seed, .number = k};
        chance_begin(seed, k);
        p.method = chance(2) ? 0 : (int)chance(METHODS);
        p.projection = projections[p.method];
        draw_pair(&p);
        check_pair(&p);
        zone_batch_free(&p.a.batch);
        zone_batch_free(&p.b.batch);
        zone_batch_free(&p.cover.batch);
    }
    for (int m = 0; m < METHODS; m++)
        zone_projection_free(projections[m]);
}
