/* The overlay: both margins close to the last unit, degenerate cases, three layers. */
#include "shapes.h"

static const char *const methods[] = {"survey", "ellipsoid", "geodesic", "grid"};
enum { METHODS = 4, SIDE = 12 };

/* ---------------------------------------------------------------- tilings */

static double noise(void)
{
    return rand() / (double)RAND_MAX - 0.5;
}

/* A tiling of a square of 1200 m by n × n quadrilaterals that share their vertices. With `of` some of its inner
 * vertices are those of an earlier tiling, so that borders touch and coincide. Border vertices are those of the
 * coarsest tiling: only then is the border of both the same line in every method. */
static void tile(zone_batch *batch, int n, double grid[SIDE + 1][SIDE + 1][2], double (*of)[SIDE + 1][2], int of_n)
{
    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= n; j++) {
            bool inner = i > 0 && i < n && j > 0 && j < n;
            double unit = 1200.0 / n;
            grid[i][j][0] = 448000.0 + unit * (i + (inner ? 0.5 * noise() : 0.0));
            grid[i][j][1] = 3229000.0 + unit * (j + (inner ? 0.5 * noise() : 0.0));
            if (inner && of && rand() % 2) {
                grid[i][j][0] = of[i * of_n / n][j * of_n / n][0];
                grid[i][j][1] = of[i * of_n / n][j * of_n / n][1];
            }
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double xy[] = {grid[i][j][0],         grid[i][j][1],         grid[i + 1][j][0], grid[i + 1][j][1],
                                 grid[i + 1][j + 1][0], grid[i + 1][j + 1][1], grid[i][j + 1][0], grid[i][j + 1][1]};
            add_polygon(batch, xy, 4);
        }
}

typedef struct {
    zone_exact whole, sum, by_member[SIDE * SIDE * 4], worst;
    size_t pieces, features;
} margins;

static zone_status add_up(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    margins *m = user;
    zone_exact sum = 0;

    (void)feature;
    for (size_t i = 0; i < count; i++) {
        sum += pieces[i].area;
        m->by_member[pieces[i].member] += pieces[i].area;
        m->pieces += zone_piece_counts(pieces[i].area);
    }
    zone_exact off = sum > whole ? sum - whole : whole - sum;
    m->worst = off > m->worst ? off : m->worst;
    m->whole += whole;
    m->sum += sum;
    m->features++;
    return ZONE_OK;
}

/* A box that holds the tiling: its border is far from the tiling's. */
static void add_frame(zone_batch *batch)
{
    const double outer[] = {447000, 3228000, 450000, 3228000, 450000, 3231000, 447000, 3231000};

    add_polygon(batch, outer, 4);
}

TEST(both_margins_of_two_tilings_close_to_zero)
{
    static double fine[SIDE + 1][SIDE + 1][2], coarse[SIDE + 1][SIDE + 1][2];

    printf("  seed 7\n");
    for (int m = 0; m < METHODS; m++) {
        zone_batch parcels = {0}, zones = {0};
        static margins sums;
        srand(7);
        tile(&parcels, SIDE, fine, NULL, 0);
        tile(&zones, 3, coarse, fine, SIDE);
        zone_projection *projection = projection_of("EPSG:4549", methods[m]);
        zone_layer *layer = layer_of(projection, &zones);
        memset(&sums, 0, sizeof sums);
        EXPECT_INT(zone_overlay(NULL, projection, &parcels, layer, add_up, &sums), ZONE_OK);
        EXPECT_INT(sums.features, SIDE * SIDE);
        /* Inner zones: their borders cross parcels, and what the parcels hold of them is all of them, exactly. */
        zone_exact off = sums.by_member[4] - zone_layer_area(layer, 4);
        EXPECT(off == 0);
        /* On the grid the outer border is the same line too. */
        if (m == 3)
            EXPECT(sums.worst == 0 && sums.sum == sums.whole);
        zone_layer_free(layer);
        zone_projection_free(projection);
        zone_batch_free(&parcels);
        zone_batch_free(&zones);
    }
}

TEST(parcels_inside_a_tiling_of_zones_lose_nothing_in_any_method)
{
    static double grid[SIDE + 1][SIDE + 1][2], inner[SIDE + 1][SIDE + 1][2];

    for (int m = 0; m < METHODS; m++) {
        zone_batch zones = {0}, parcels = {0};
        static margins sums;
        srand(11);
        tile(&zones, 4, grid, NULL, 0);
        tile(&parcels, SIDE, inner, grid, 4);
        /* Shrunk into the middle, so that no parcel reaches the border of the zones. */
        for (size_t v = 0; v < parcels.vertex_count; v++) {
            parcels.x[v] = 448600.0 + 0.8 * (parcels.x[v] - 448600.0);
            parcels.y[v] = 3229600.0 + 0.8 * (parcels.y[v] - 3229600.0);
        }
        zone_projection *projection = projection_of("EPSG:4549", methods[m]);
        zone_layer *layer = layer_of(projection, &zones);
        memset(&sums, 0, sizeof sums);
        EXPECT_INT(zone_overlay(NULL, projection, &parcels, layer, add_up, &sums), ZONE_OK);
        EXPECT(sums.worst == 0);
        EXPECT(sums.sum == sums.whole && sums.whole > 0);
        EXPECT(sums.pieces > sums.features);
        zone_layer_free(layer);
        zone_projection_free(projection);
        zone_batch_free(&parcels);
        zone_batch_free(&zones);
    }
}

/* ---------------------------------------------------------------- single pairs */

static zone_status keep_first(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    (void)feature;
    (void)whole;
    *(zone_exact *)user = count ? pieces[0].area : 0;
    return ZONE_OK;
}

static double common(const double *a, size_t a_count, const double *b, size_t b_count)
{
    zone_batch features = {0}, zones = {0};
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_exact area = 0;

    add_polygon(&features, a, a_count);
    add_polygon(&zones, b, b_count);
    zone_layer *layer = layer_of(projection, &zones);
    EXPECT_INT(zone_overlay(NULL, projection, &features, layer, keep_first, &area), ZONE_OK);
    zone_layer_free(layer);
    zone_projection_free(projection);
    zone_batch_free(&features);
    zone_batch_free(&zones);
    return zone_exact_to_m2(area);
}

static const double square[] = {0, 0, 10, 0, 10, 10, 0, 10};

TEST(identical_polygons_have_all_in_common)
{
    const double turned[] = {10, 10, 0, 10, 0, 0, 10, 0};

    EXPECT_REAL(common(square, 4, square, 4), 100.0, 0.0);
    EXPECT_REAL(common(square, 4, turned, 4), 100.0, 0.0);
}

TEST(polygons_that_share_an_edge_or_a_vertex_have_nothing_in_common)
{
    const double east[] = {10, 0, 20, 0, 20, 10, 10, 10}, part[] = {10, 3, 15, 3, 15, 7, 10, 7};
    const double corner[] = {10, 10, 20, 10, 20, 20, 10, 20}, touching[] = {10, 5, 20, 0, 20, 10};

    EXPECT_REAL(common(square, 4, east, 4), 0.0, 0.0);
    EXPECT_REAL(common(east, 4, square, 4), 0.0, 0.0);
    EXPECT_REAL(common(square, 4, part, 4), 0.0, 0.0);
    EXPECT_REAL(common(part, 4, square, 4), 0.0, 0.0);
    EXPECT_REAL(common(square, 4, corner, 4), 0.0, 0.0);
    EXPECT_REAL(common(square, 4, touching, 3), 0.0, 0.0);
    EXPECT_REAL(common(touching, 3, square, 4), 0.0, 0.0);
}

TEST(polygons_inside_each_other_that_share_borders_have_the_smaller_one_in_common)
{
    const double half[] = {0, 0, 10, 0, 10, 5, 0, 5}, notch[] = {0, 0, 5, 0, 5, 5};
    const double diamond[] = {5, 0, 10, 5, 5, 10, 0, 5};

    EXPECT_REAL(common(square, 4, half, 4), 50.0, 0.0);
    EXPECT_REAL(common(half, 4, square, 4), 50.0, 0.0);
    EXPECT_REAL(common(square, 4, notch, 3), 12.5, 0.0);
    EXPECT_REAL(common(square, 4, diamond, 4), 50.0, 0.0);
    EXPECT_REAL(common(diamond, 4, square, 4), 50.0, 0.0);
}

TEST(a_comb_has_all_its_teeth)
{
    const double comb[] = {-1, -1, 11, -1, 11, 1, 9, 1, 9, 9, 7, 9, 7, 1, 3, 1, 3, 20, 1, 20, 1, 1, -1, 1};

    EXPECT_REAL(common(square, 4, comb, 12), 10.0 + 16.0 + 18.0, 1e-9);
    EXPECT_REAL(common(comb, 12, square, 4), 10.0 + 16.0 + 18.0, 1e-9);
}

TEST(a_sliver_of_a_tenth_of_a_millimetre_is_found)
{
    const double sliver[] = {9.9999, 0, 20, 0, 20, 10, 9.9999, 10};

    EXPECT_REAL(common(square, 4, sliver, 4), 0.001, 1e-7);
}

TEST(what_lies_apart_or_inside_needs_no_crossing)
{
    const double far[] = {50, 50, 60, 50, 60, 60, 50, 60}, inside[] = {2, 2, 4, 2, 4, 4, 2, 4};

    EXPECT_REAL(common(square, 4, far, 4), 0.0, 0.0);
    EXPECT_REAL(common(square, 4, inside, 4), 4.0, 0.0);
    EXPECT_REAL(common(inside, 4, square, 4), 4.0, 0.0);
}

/* ---------------------------------------------------------------- holes, pairs, three layers */

TEST(a_hole_takes_its_part_away)
{
    zone_batch ring = {0}, zones = {0};
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_exact area = 0;
    const double hole[] = {2, 2, 2, 8, 8, 8, 8, 2};

    add_polygon(&ring, square, 4);
    zone_batch_add_ring(NULL, &ring);
    for (int v = 0; v < 4; v++)
        zone_batch_add_vertex(NULL, &ring, hole[2 * v], hole[2 * v + 1]);
    add_box(&zones, 0, 0, 5, 10);
    zone_layer *layer = layer_of(projection, &zones);
    EXPECT_INT(zone_overlay(NULL, projection, &ring, layer, keep_first, &area), ZONE_OK);
    EXPECT_REAL(zone_exact_to_m2(area), 50.0 - 18.0, 0.0);
    zone_layer_free(layer);
    zone_projection_free(projection);
    zone_batch_free(&ring);
    zone_batch_free(&zones);
}

typedef struct {
    size_t count;
    zone_exact area;
    uint32_t first, second;
} pair;

static zone_status keep_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    pair *p = user;

    *p = (pair){p->count + 1, area, first, second};
    return ZONE_OK;
}

TEST(members_that_overlap_are_told_once_and_neighbours_not_at_all)
{
    zone_batch zones = {0};
    zone_projection *projection = projection_of("EPSG:4549", "survey");
    pair found = {0};

    add_box(&zones, 448000, 3229000, 100, 100);
    add_box(&zones, 448100, 3229000, 100, 100);
    add_box(&zones, 448190, 3229000, 100, 100);
    zone_layer *layer = layer_of(projection, &zones);
    EXPECT_INT(zone_overlay_self(NULL, layer, keep_pair, &found), ZONE_OK);
    EXPECT_INT(found.count, 1);
    EXPECT_INT(found.first, 1);
    EXPECT_INT(found.second, 2);
    EXPECT_REAL(zone_exact_to_m2(found.area), 1000.0, 0.1);
    zone_layer_free(layer);
    zone_projection_free(projection);
    zone_batch_free(&zones);
}

TEST(three_layers_add_up_to_the_two)
{
    static double fine[SIDE + 1][SIDE + 1][2], coarse[SIDE + 1][SIDE + 1][2];

    for (int m = 0; m < METHODS; m++) {
        zone_batch parcels = {0}, blocks = {0}, frame = {0};
        static margins sums;
        zone_layer *both = NULL;
        uint32_t members[2];
        srand(3);
        tile(&parcels, SIDE, fine, NULL, 0);
        tile(&blocks, 3, coarse, fine, SIDE);
        add_frame(&frame);
        add_box(&frame, 448300, 3228000, 411, 3000);
        zone_projection *projection = projection_of("EPSG:4549", methods[m]);
        zone_layer *a = layer_of(projection, &blocks), *b = layer_of(projection, &frame);
        EXPECT_INT(zone_layer_intersect(NULL, a, b, &both), ZONE_OK);
        zone_exact whole = 0, strip = 0;
        for (size_t i = 0; i < zone_layer_count(both); i++) {
            zone_layer_pair(both, i, members);
            *(members[1] == 0 ? &whole : &strip) += zone_layer_area(both, i);
        }
        zone_exact blocks_area = 0;
        for (size_t i = 0; i < zone_layer_count(a); i++)
            blocks_area += zone_layer_area(a, i);
        EXPECT(whole == blocks_area); /* the frame holds every block whole */
        memset(&sums, 0, sizeof sums);
        EXPECT_INT(zone_overlay(NULL, projection, &parcels, both, add_up, &sums), ZONE_OK);
        zone_exact again = 0;
        for (size_t i = 0; i < zone_layer_count(both); i++) {
            zone_layer_pair(both, i, members);
            again += members[1] == 1 ? sums.by_member[i] : 0;
        }
        /* Points where blocks are cut are rounded to 1e-9 m; along 2.4 km of cuts that is far less than 1e-5 m². The
         * outer border of parcels and blocks is the same line on the grid only. */
        EXPECT_REAL(zone_exact_to_m2(again - strip), 0.0, m == 3 ? 1e-5 : 2.0); /* an edge of 400 m: 0.5 m² */
        EXPECT_REAL(zone_exact_to_m2(strip), 411.0 * 1200.0, 60.0);
        zone_layer_free(both);
        zone_layer_free(a);
        zone_layer_free(b);
        zone_projection_free(projection);
        zone_batch_free(&parcels);
        zone_batch_free(&blocks);
        zone_batch_free(&frame);
    }
}

/* The areas of a feature's pieces in two zones, `shift` degrees from where they are drawn. */
static void pieces_at(double shift, const char *method, zone_exact area[2], zone_exact *whole)
{
    const double east = shift == 0.0 ? 360.0 : 0.0; /* across the antimeridian longitudes are written from -180 on */
    const double ring[] = {179 + shift, 0, 181 + shift - east, 0, 181 + shift - east, 1, 179 + shift, 1};
    zone_batch feature = {0}, zones = {0};
    zone_projection *projection = projection_of("EPSG:4490", method);
    static margins sums;

    add_polygon(&feature, ring, 4);
    if (east > 0.0) /* a ring that looks clockwise as it is written is brought round by who reads it */
        for (size_t i = 0, j = 3; i < j; i++, j--) {
            double x = feature.x[i], y = feature.y[i];
            feature.x[i] = feature.x[j];
            feature.y[i] = feature.y[j];
            feature.x[j] = x;
            feature.y[j] = y;
        }
    add_box(&zones, 178 + shift, -0.5, 1.5, 1);    /* a corner of the feature is in it */
    add_box(&zones, 178 + shift, 0.25, 1.75, 0.5); /* two edges cross it */
    zone_layer *layer = layer_of(projection, &zones);
    memset(&sums, 0, sizeof sums);
    EXPECT_INT(zone_overlay(NULL, projection, &feature, layer, add_up, &sums), ZONE_OK);
    area[0] = sums.by_member[0];
    area[1] = sums.by_member[1];
    *whole = sums.whole;
    zone_layer_free(layer);
    zone_projection_free(projection);
    zone_batch_free(&feature);
    zone_batch_free(&zones);
}

TEST(pieces_across_the_antimeridian_are_those_of_the_same_place_elsewhere)
{
    for (int m = 0; m < 3; m++) {
        zone_exact here[2], there[2], whole[2];
        pieces_at(0.0, methods[m], here, &whole[0]);
        pieces_at(-10.0, methods[m], there, &whole[1]);
        EXPECT_REAL(zone_exact_to_m2(whole[0]), zone_exact_to_m2(whole[1]), 1.0);
        for (int z = 0; z < 2; z++) {
            EXPECT(zone_exact_to_m2(there[z]) > 1e9);
            EXPECT_REAL(zone_exact_to_m2(here[z]), zone_exact_to_m2(there[z]), 1.0);
        }
    }
}

/* ---------------------------------------------------------------- jobs */

enum { RUNS = 6, BAD = 4 };

typedef struct {
    size_t next, number[3], delivered;
} counting;

static zone_status take_number(zone_context *ctx, void *user, size_t worker, bool *more)
{
    counting *of = user;

    (void)ctx;
    of->number[worker] = of->next;
    *more = of->next++ < RUNS;
    return ZONE_OK;
}

static zone_status work_on_number(zone_context *ctx, void *user, size_t worker)
{
    const counting *of = user;

    return of->number[worker] == BAD ? zone_fail(ctx, ZONE_BAD_FILE, .file = "four") : ZONE_OK;
}

/* As a sink of the caller's may do: a public call forgets the error of its context. */
static zone_status deliver_number(zone_context *ctx, void *user, size_t worker)
{
    counting *of = user;

    EXPECT_INT(of->number[worker], of->delivered);
    of->delivered++;
    zone_context_begin(ctx);
    return ZONE_OK;
}

TEST(a_job_that_fails_delivers_what_came_before_and_says_why)
{
    zone_context *ctx = NULL;

    EXPECT_INT(zone_context_create(&ctx), ZONE_OK);
    for (size_t threads = 1; threads <= 3; threads++) {
        counting of = {0};
        const zone_job job = {threads, take_number, work_on_number, deliver_number, &of, NULL};
        EXPECT_INT(zone_overlay_run_job(ctx, &job), ZONE_BAD_FILE);
        EXPECT_INT(of.delivered, BAD);
        EXPECT_TEXT(zone_context_error(ctx)->file, "four");
    }
    zone_context_free(ctx);
}
