/* Features past two layers at once: sums over each of the three close exactly, on tilings that share vertices. */
#include "shapes.h"

static const char *const methods[] = {"survey", "ellipsoid", "geodesic", "grid"};
enum { METHODS = 4, MOST = 14 };

static double noise(void)
{
    return rand() / (double)RAND_MAX - 0.5;
}

/* n × n quadrilaterals that tile a square of `size` metres about one point; the vertices are kept in `grid`. Inner
 * vertices move to those of `of` that are near, so that vertices and borders of the two tilings coincide. */
typedef double tiling[MOST + 1][MOST + 1][2];
static void move_to_near(double vertex[2], tiling of, int of_n, double reach)
{
    for (int i = 0; i <= of_n; i++)
        for (int j = 0; j <= of_n; j++)
            if (hypot(of[i][j][0] - vertex[0], of[i][j][1] - vertex[1]) < reach) {
                memcpy(vertex, of[i][j], sizeof of[i][j]);
                return;
            }
}

static void tile(zone_batch *batch, int n, double size, tiling grid, tiling of, int of_n)
{
    double unit = size / n;

    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= n; j++) {
            bool inner = i > 0 && i < n && j > 0 && j < n;
            grid[i][j][0] = 448600.0 - size / 2 + unit * (i + (inner ? 0.5 * noise() : 0.0));
            grid[i][j][1] = 3229600.0 - size / 2 + unit * (j + (inner ? 0.5 * noise() : 0.0));
            if (inner && of)
                move_to_near(grid[i][j], of, of_n, 0.3 * unit);
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double xy[] = {grid[i][j][0],         grid[i][j][1],         grid[i + 1][j][0], grid[i + 1][j][1],
                                 grid[i + 1][j + 1][0], grid[i + 1][j + 1][1], grid[i][j + 1][0], grid[i][j + 1][1]};
            add_polygon(batch, xy, 4);
        }
}

/* Sums over two of the three, and how far the third sum is from the plain pieces. */
typedef struct {
    size_t features, both, cut;
    zone_exact by_pair[MOST * MOST][MOST * MOST]; /* (first, second), over features */
    zone_exact worst_first, worst_second;
} sums;

static zone_exact magnitude(zone_exact area)
{
    return area < 0 ? -area : area;
}

static zone_status add_up(void *user, size_t feature, const zone_pieces_of_two *pieces)
{
    static zone_exact first[MOST * MOST], second[MOST * MOST];
    sums *s = user;

    (void)feature;
    memset(first, 0, sizeof first);
    memset(second, 0, sizeof second);
    for (size_t i = 0; i < pieces->first_count; i++)
        first[pieces->first[i].member] -= pieces->first[i].area;
    for (size_t i = 0; i < pieces->second_count; i++)
        second[pieces->second[i].member] -= pieces->second[i].area;
    for (size_t i = 0; i < pieces->both_count; i++) {
        const zone_piece_of_two *piece = &pieces->both[i];
        EXPECT(i == 0 || piece->second > piece[-1].second ||
               (piece->second == piece[-1].second && piece->first > piece[-1].first));
        first[piece->first] += piece->area;
        second[piece->second] += piece->area;
        s->by_pair[piece->first][piece->second] += piece->area;
    }
    for (int m = 0; m < MOST * MOST; m++) {
        s->worst_first = magnitude(first[m]) > s->worst_first ? magnitude(first[m]) : s->worst_first;
        s->worst_second = magnitude(second[m]) > s->worst_second ? magnitude(second[m]) : s->worst_second;
    }
    s->features++;
    s->both += pieces->both_count;
    s->cut += pieces->second_count > 1;
    return ZONE_OK;
}

static zone_status take_pair(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    sums *s = user;

    (void)whole;
    for (size_t i = 0; i < count; i++)
        s->by_pair[feature][pieces[i].member] -= pieces[i].area;
    return ZONE_OK;
}

TEST(sums_over_either_layer_are_the_pieces_in_the_other)
{
    static tiling fine, coarse, middle;
    static sums s;

    for (int m = 0; m < METHODS; m++)
        for (unsigned seed = 1; seed <= 5; seed++) {
            zone_batch parcels = {0}, old = {0}, zones = {0};
            srand(seed);
            tile(&zones, 3, 1600, coarse, NULL, 0);
            tile(&old, 11, 1500, middle, coarse, 3);
            tile(&parcels, MOST, 1200, fine, middle, 11); /* inside both */
            zone_projection *projection = projection_of("EPSG:4549", methods[m]);
            zone_layer *first = layer_of(projection, &old), *second = layer_of(projection, &zones);
            memset(&s, 0, sizeof s);
            EXPECT_INT(zone_overlay_two(NULL, projection, &parcels, first, second, add_up, &s), ZONE_OK);
            EXPECT_INT(s.features, MOST * MOST);
            EXPECT(s.cut > 20 && s.both > 2 * s.features);
            EXPECT(s.worst_first == 0);
            EXPECT(s.worst_second == 0);
            zone_layer_free(first);
            zone_layer_free(second);
            zone_projection_free(projection);
            zone_batch_free(&parcels);
            zone_batch_free(&old);
            zone_batch_free(&zones);
        }
}

TEST(sums_over_features_are_the_pieces_of_the_first_layer_in_the_second)
{
    static tiling fine, coarse, middle;
    static sums s;

    for (int m = 0; m < METHODS; m++)
        for (unsigned seed = 1; seed <= 5; seed++) {
            zone_batch parcels = {0}, old = {0}, zones = {0};
            zone_exact worst = 0;
            srand(seed);
            tile(&zones, 3, 1300, coarse, NULL, 0);
            tile(&parcels, MOST, 1600, fine, coarse, 3);
            tile(&old, 11, 1200, middle, fine, MOST); /* inside the parcels */
            zone_projection *projection = projection_of("EPSG:4549", methods[m]);
            zone_layer *first = layer_of(projection, &old), *second = layer_of(projection, &zones);
            memset(&s, 0, sizeof s);
            EXPECT_INT(zone_overlay_two(NULL, projection, &parcels, first, second, add_up, &s), ZONE_OK);
            EXPECT_INT(zone_overlay(NULL, projection, &old, second, take_pair, &s), ZONE_OK);
            for (int a = 0; a < MOST * MOST; a++)
                for (int b = 0; b < MOST * MOST; b++)
                    worst = magnitude(s.by_pair[a][b]) > worst ? magnitude(s.by_pair[a][b]) : worst;
            EXPECT(s.both > 0 && worst == 0);
            zone_layer_free(first);
            zone_layer_free(second);
            zone_projection_free(projection);
            zone_batch_free(&parcels);
            zone_batch_free(&old);
            zone_batch_free(&zones);
        }
}

/* ---------------------------------------------------------------- plain cases */

typedef struct {
    zone_piece_of_two both[8];
    size_t count, first_count, second_count;
    zone_exact whole;
} kept;

static zone_status keep(void *user, size_t feature, const zone_pieces_of_two *pieces)
{
    kept *k = user;

    (void)feature;
    k->whole = pieces->whole;
    k->count = pieces->both_count;
    k->first_count = pieces->first_count;
    k->second_count = pieces->second_count;
    for (size_t i = 0; i < pieces->both_count && i < 8; i++)
        k->both[i] = pieces->both[i];
    return ZONE_OK;
}

static kept overlay_boxes(const double feature[4], const double first[][4], size_t first_count, const double zone[][4],
                          size_t zone_count)
{
    zone_batch parcel = {0}, old = {0}, zones = {0};
    kept k = {.count = 0};

    add_box(&parcel, feature[0], feature[1], feature[2], feature[3]);
    for (size_t i = 0; i < first_count; i++)
        add_box(&old, first[i][0], first[i][1], first[i][2], first[i][3]);
    for (size_t i = 0; i < zone_count; i++)
        add_box(&zones, zone[i][0], zone[i][1], zone[i][2], zone[i][3]);
    zone_projection *projection = projection_of("EPSG:4549", "grid");
    zone_layer *a = layer_of(projection, &old), *b = layer_of(projection, &zones);
    EXPECT_INT(zone_overlay_two(NULL, projection, &parcel, a, b, keep, &k), ZONE_OK);
    zone_layer_free(a);
    zone_layer_free(b);
    zone_projection_free(projection);
    zone_batch_free(&parcel);
    zone_batch_free(&old);
    zone_batch_free(&zones);
    return k;
}

TEST(a_box_cut_by_both_has_four_pieces_in_their_order)
{
    const double feature[] = {0, 0, 10, 10}, old[][4] = {{-5, -5, 9, 30}, {4, -5, 20, 30}},
                 zones[][4] = {{-50, -50, 100, 53}, {-50, 3, 100, 50}};
    kept k = overlay_boxes(feature, old, 2, zones, 2);

    EXPECT_INT(k.count, 4);
    EXPECT_REAL(zone_exact_to_m2(k.whole), 100.0, 0.0);
    EXPECT_INT(k.both[1].first, 1);
    EXPECT_INT(k.both[1].second, 0);
    EXPECT_REAL(zone_exact_to_m2(k.both[0].area), 12.0, 0.0);
    EXPECT_REAL(zone_exact_to_m2(k.both[1].area), 18.0, 0.0);
    EXPECT_REAL(zone_exact_to_m2(k.both[2].area), 28.0, 0.0);
    EXPECT_REAL(zone_exact_to_m2(k.both[3].area), 42.0, 0.0);
}

TEST(a_member_that_holds_the_feature_has_its_pieces_of_the_other_layer)
{
    const double feature[] = {0, 0, 10, 10}, around[][4] = {{-5, -5, 30, 30}}, half[][4] = {{-5, -5, 9, 30}};
    kept k = overlay_boxes(feature, around, 1, half, 1);

    EXPECT_INT(k.count, 1);
    EXPECT_REAL(zone_exact_to_m2(k.both[0].area), 40.0, 0.0);
    k = overlay_boxes(feature, half, 1, around, 1);
    EXPECT_INT(k.count, 1);
    EXPECT_REAL(zone_exact_to_m2(k.both[0].area), 40.0, 0.0);
}

TEST(a_feature_outside_of_one_layer_has_no_piece_in_both)
{
    const double feature[] = {0, 0, 10, 10}, around[][4] = {{-5, -5, 30, 30}}, far[][4] = {{500, 500, 10, 10}};
    kept k = overlay_boxes(feature, around, 1, far, 1);

    EXPECT_INT(k.count, 0);
    EXPECT_INT(k.first_count, 1);
    EXPECT_INT(k.second_count, 0);
    k = overlay_boxes(feature, far, 1, around, 1);
    EXPECT_INT(k.count, 0);
}
