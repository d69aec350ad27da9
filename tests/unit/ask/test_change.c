/* The question "change". */
#include "ask/changing.h"

/* Old: a 0-60, b 60-100; new: a 5-40, c 40-90, c 90-120. Strips of 100 m height. */
static void draw_old(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\",\"was\":\"a\"", 0, 0, 60, 100);
    draw_box(&d, "\"DLBM\":\"b\",\"was\":\"b\"", 60, 0, 100, 100);
    end_drawing(&d, path);
}

static void draw_new(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\",\"is\":\"a\"", 5, 0, 40, 100);
    draw_box(&d, "\"DLBM\":\"c\",\"is\":\"c\"", 40, 0, 90, 100);
    draw_box(&d, "\"DLBM\":\"c\",\"is\":\"c\"", 90, 0, 120, 100);
    end_drawing(&d, path);
}

/* The south 30 m and 50 m north of them; the north is drawn first. */
static void draw_zones(const char *path)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"north\"", -10, 30, 130, 80);
    draw_box(&d, "\"id\":\"south\"", -10, 0, 130, 30);
    end_drawing(&d, path);
}

/* NULL: the cell is empty. */
static void expect_text(const char *found, const char *expected)
{
    EXPECT((found == NULL) == (expected == NULL));
    if (found && expected)
        EXPECT_TEXT(found, expected);
}

static void expect_row(const zone_table *table, size_t row, const char *before, const char *after, int pieces,
                       double area)
{
    expect_text(text_at(table, row, "before"), before);
    expect_text(text_at(table, row, "after"), after);
    EXPECT_INT(zone_table_integer(table, row, column(table, "pieces")), pieces);
    EXPECT_REAL(number_at(table, row, "area"), area, 1e-6);
}

TEST(strips_have_the_areas_that_one_computes_by_hand)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    draw_old("/vsimem/ch_old.geojson");
    draw_new("/vsimem/ch_new.geojson");
    zone_table *table = ask_change_of(ctx, "/vsimem/ch_old.geojson", "/vsimem/ch_new.geojson", NULL, &options);

    EXPECT_INT(zone_table_row_count(table), 5);
    EXPECT_INT(zone_table_column_find(table, "before"), 0);
    expect_row(table, 0, "a", "a", 1, 3500);
    expect_row(table, 1, "a", "c", 1, 2000);
    expect_row(table, 2, "b", "c", 2, 4000);
    expect_row(table, 3, NULL, "c", 1, 2000);
    EXPECT_TEXT(text_at(table, 3, "coverage"), "not covered at date 1");
    expect_row(table, 4, "a", NULL, 1, 500);
    EXPECT_TEXT(text_at(table, 4, "coverage"), "not covered at date 2");
    EXPECT_REAL(closure(table, "whole", "/vsimem/ch_old.geojson:ch_old"), 10000, 1e-6);
    EXPECT_REAL(closure(table, "whole", "/vsimem/ch_new.geojson:ch_new"), 11500, 1e-6);
    EXPECT_REAL(closure(table, "both dates", NULL), 9500, 1e-6);
    EXPECT(closure_exact(table, "residual", "/vsimem/ch_old.geojson:ch_old") == 0);
    EXPECT(closure_exact(table, "residual", "/vsimem/ch_new.geojson:ch_new") == 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(within_zones_each_zone_has_its_own_transition)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    draw_old("/vsimem/chz_old.geojson");
    draw_new("/vsimem/chz_new.geojson");
    draw_zones("/vsimem/chz_zones.geojson");
    zone_table *table =
        ask_change_of(ctx, "/vsimem/chz_old.geojson", "/vsimem/chz_new.geojson", "/vsimem/chz_zones.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 10);
    EXPECT_INT(zone_table_group(table), 0);
    EXPECT_TEXT(text_at(table, 0, "id"), "north");
    expect_row(table, 0, "a", "a", 1, 1750);
    expect_row(table, 1, "a", "c", 1, 1000);
    expect_row(table, 2, "b", "c", 2, 2000);
    expect_row(table, 3, NULL, "c", 1, 1000);
    expect_row(table, 4, "a", NULL, 1, 250);
    EXPECT_TEXT(text_at(table, 5, "id"), "south");
    expect_row(table, 5, "a", "a", 1, 1050);
    expect_row(table, 9, "a", NULL, 1, 150);
    EXPECT_REAL(closure(table, "outside every zone", "/vsimem/chz_old.geojson:chz_old"), 2000, 1e-6);
    EXPECT_REAL(closure(table, "outside every zone", "/vsimem/chz_new.geojson:chz_new"), 2300, 1e-6);
    EXPECT(closure_exact(table, "residual", "/vsimem/chz_old.geojson:chz_old") == 0);
    EXPECT(closure_exact(table, "residual", "/vsimem/chz_new.geojson:chz_new") == 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(zones_that_overlap_count_twice_and_the_closure_says_so)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_old("/vsimem/cho_old.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"p\"", 0, 0, 100, 60);
    draw_box(&d, "\"id\":\"q\"", 0, 50, 100, 100);
    end_drawing(&d, "/vsimem/cho_zones.geojson");
    zone_table *table =
        ask_change_of(ctx, "/vsimem/cho_old.geojson", "/vsimem/cho_old.geojson", "/vsimem/cho_zones.geojson", &options);

    EXPECT_INT(zone_table_row_count(table), 4);
    EXPECT_REAL(closure(table, "in more than one zone", NULL), 1000, 1e-6);
    EXPECT_REAL(closure(table, "sum of parts", NULL), 11000, 1e-6);
    const char *pairs = closure_detail(table, "in more than one zone", NULL);
    EXPECT(pairs && strstr(pairs, "0 × 1 (1000.00 m²)"));
    EXPECT(closure_exact(table, "residual", NULL) == 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(land_that_one_date_counts_twice_is_told_and_lacks_at_the_other)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_old("/vsimem/cht_old.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\"", 0, 0, 60, 100);
    draw_box(&d, "\"DLBM\":\"c\"", 50, 0, 100, 100); /* 1000 m² of the first again */
    end_drawing(&d, "/vsimem/cht_new.geojson");
    draw_zones("/vsimem/cht_zones.geojson");
    for (int zones = 0; zones < 2; zones++) {
        zone_table *table = ask_change_of(ctx, "/vsimem/cht_old.geojson", "/vsimem/cht_new.geojson",
                                          zones ? "/vsimem/cht_zones.geojson" : NULL, &options);
        double share = zones ? 0.8 : 1.0;

        EXPECT_REAL(closure(table, "counted more than once", "/vsimem/cht_new.geojson:cht_new"), 1000 * share, 1e-6);
        EXPECT_REAL(closure(table, "counted more than once", "/vsimem/cht_old.geojson:cht_old"), 0, 0);
        EXPECT_REAL(closure(table, "not covered at date 2", NULL), -1000 * share, 1e-6);
        const char *detail = closure_detail(table, "not covered at date 2", NULL);
        EXPECT(detail && strstr(detail, "cht_new"));
        EXPECT(closure_detail(table, "not covered at date 1", NULL) == NULL);
        EXPECT(closure_exact(table, "residual", "/vsimem/cht_old.geojson:cht_old") == 0);
        EXPECT(closure_exact(table, "residual", "/vsimem/cht_new.geojson:cht_new") == 0);
        zone_table_free(table);
        /* The other way round the new date lacks it. */
        table = ask_change_of(ctx, "/vsimem/cht_new.geojson", "/vsimem/cht_old.geojson",
                              zones ? "/vsimem/cht_zones.geojson" : NULL, &options);
        EXPECT_REAL(closure(table, "counted more than once", "/vsimem/cht_new.geojson:cht_new"), 1000 * share, 1e-6);
        EXPECT_REAL(closure(table, "not covered at date 1", NULL), -1000 * share, 1e-6);
        zone_table_free(table);
    }
    zone_context_free(ctx);
}

TEST(where_three_features_meet_what_is_counted_again_is_less_than_their_pairs)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_old("/vsimem/ch3_old.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"a\"", 0, 0, 10, 10);
    draw_box(&d, "\"DLBM\":\"a\"", 5, 0, 15, 10);
    draw_box(&d, "\"DLBM\":\"a\"", 8, 0, 18, 10); /* 50 + 20 + 70 m² in pairs, 300 m² on 180 m² of land */
    end_drawing(&d, "/vsimem/ch3_new.geojson");
    zone_table *table = ask_change_of(ctx, "/vsimem/ch3_old.geojson", "/vsimem/ch3_new.geojson", NULL, &options);

    EXPECT_REAL(closure(table, "counted more than once", "/vsimem/ch3_new.geojson:ch3_new"), 120, 1e-6);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_class_of_nothing_is_not_the_same_as_no_cover)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_old("/vsimem/chn_old.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":null", 0, 0, 20, 100);
    end_drawing(&d, "/vsimem/chn_new.geojson");
    zone_table *table = ask_change_of(ctx, "/vsimem/chn_old.geojson", "/vsimem/chn_new.geojson", NULL, &options);

    EXPECT_INT(zone_table_row_count(table), 3);
    expect_row(table, 0, "a", NULL, 1, 2000);
    EXPECT_TEXT(text_at(table, 0, "coverage"), "both dates");
    expect_row(table, 1, "a", NULL, 1, 4000);
    EXPECT_TEXT(text_at(table, 1, "coverage"), "not covered at date 2");
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(fields_of_other_names_and_levels_of_classes)
{
    zone_context *ctx = new_context();
    zone_change_options options = {
        .size = sizeof options, .by = "DLBM:first@survey-2019", .by_new = "use", .method = "grid"};
    drawing d;
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\"", 0, 0, 10, 10);
    draw_box(&d, "\"DLBM\":\"0103\"", 10, 0, 20, 10);
    end_drawing(&d, "/vsimem/chl_old.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"use\":\"07\"", 0, 0, 20, 10);
    end_drawing(&d, "/vsimem/chl_new.geojson");
    zone_table *table = ask_change_of(ctx, "/vsimem/chl_old.geojson", "/vsimem/chl_new.geojson", NULL, &options);

    EXPECT_INT(zone_table_row_count(table), 1);
    expect_row(table, 0, "01", "07", 2, 200);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(every_method_closes_and_explain_has_them_side_by_side)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid", .explain = 1};
    draw_old("/vsimem/che_old.geojson");
    draw_new("/vsimem/che_new.geojson");
    draw_zones("/vsimem/che_zones.geojson");
    static const char *const methods[] = {"survey", "survey_split_70", "ellipsoid", "geodesic"};
    static const char *const names[] = {"survey", "survey:split=70", "ellipsoid", "geodesic"};
    for (int zones = 0; zones < 2; zones++) {
        const char *zone_path = zones ? "/vsimem/che_zones.geojson" : NULL;
        zone_table *all = ask_change_of(ctx, "/vsimem/che_old.geojson", "/vsimem/che_new.geojson", zone_path, &options);
        for (size_t m = 0; m < 4; m++) {
            zone_change_options one = {.size = sizeof one, .by = "DLBM", .method = names[m]};
            zone_table *table =
                ask_change_of(ctx, "/vsimem/che_old.geojson", "/vsimem/che_new.geojson", zone_path, &one);
            EXPECT(closure_exact(table, "residual", "/vsimem/che_old.geojson:che_old") == 0);
            EXPECT(closure_exact(table, "residual", "/vsimem/che_new.geojson:che_new") == 0);
            /* What is a row of its own in one method may be a crumb in the asked one: only the sums are the same. */
            EXPECT(zone_table_total(all, column(all, methods[m])) == zone_table_total(table, column(table, "area")));
            EXPECT_REAL(number_at(all, 0, methods[m]), number_at(table, 0, "area"), 1e-3);
            zone_table_free(table);
        }
        zone_table_free(all);
    }
    zone_context_free(ctx);
}

/* ---------------------------------------------------------------- random tilings */

enum { TILES = 9 };

static double noise(double size)
{
    return size * (rand() / (double)RAND_MAX - 0.5);
}

/* n × n quadrilaterals that share their vertices, from (west, south) on; one in ten is left out. */
static void draw_tiling(const char *path, int n, double side, double west, double south, int classes)
{
    double grid[TILES + 1][TILES + 1][2];
    char properties[64], points[256];
    drawing d;

    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= n; j++) {
            grid[i][j][0] = west + side * i + noise(side / 2);
            grid[i][j][1] = south + side * j + noise(side / 2);
        }
    begin_drawing(&d, 4549);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            snprintf(properties, sizeof properties, "\"DLBM\":\"%c\",\"id\":\"%d\"", 'a' + rand() % classes, i * n + j);
            snprintf(points, sizeof points, "%.6f %.6f,%.6f %.6f,%.6f %.6f,%.6f %.6f", grid[i][j][0], grid[i][j][1],
                     grid[i + 1][j][0], grid[i + 1][j][1], grid[i + 1][j + 1][0], grid[i + 1][j + 1][1],
                     grid[i][j + 1][0], grid[i][j + 1][1]);
            if (rand() % 10)
                draw_polygon(&d, properties, points);
        }
    end_drawing(&d, path);
}

/* Sum of the rows of a class at a date, in a zone (NULL: everywhere). */
static zone_exact margin(const zone_table *table, const char *zone, const char *date, const char *class)
{
    zone_exact sum = 0;

    for (size_t r = 0; r < zone_table_row_count(table); r++) {
        const char *is = text_at(table, r, date);
        if (is && strcmp(is, class) == 0 && (!zone || strcmp(text_at(table, r, "id"), zone) == 0))
            sum += zone_table_area(table, r, column(table, "area"));
    }
    return sum;
}

/* Every class of a date has the area that zone_area, or zone_tabulate, gives it. */
static size_t expect_margins(zone_context *ctx, const zone_table *table, const char *path, const char *zones_path,
                             const char *date, const char *method)
{
    zone_area_options of_all = {.size = sizeof of_all, .by = "DLBM", .method = method};
    zone_tabulate_options in_zones = {.size = sizeof in_zones, .by = "DLBM", .method = method};
    zone_source *data = open_source(ctx, path, NULL), *zones = zones_path ? open_source(ctx, zones_path, NULL) : NULL;
    zone_table *plain = NULL;
    size_t rows = 0;

    EXPECT_INT(zones ? zone_tabulate(ctx, data, zones, &in_zones, &plain) : zone_area(ctx, data, &of_all, &plain),
               ZONE_OK);
    for (; rows < zone_table_row_count(plain); rows++)
        EXPECT(zone_table_area(plain, rows, column(plain, "area")) ==
               margin(table, zones ? text_at(plain, rows, "id") : NULL, date, text_at(plain, rows, "DLBM")));
    zone_table_free(plain);
    zone_source_close(zones);
    zone_source_close(data);
    return rows;
}

TEST(margins_are_the_areas_of_each_date_to_the_last_unit)
{
    static const char *const methods[] = {"survey", "ellipsoid", "geodesic", "grid"};
    const char *old = "/vsimem/chm_old.geojson", *new = "/vsimem/chm_new.geojson", *zones = "/vsimem/chm_zones.geojson";
    zone_context *ctx = new_context();

    for (unsigned seed = 1; seed <= 8; seed++) {
        zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = methods[seed % 4]};
        srand(seed);
        draw_tiling(old, TILES, 12, 0, 0, 3);
        draw_tiling(new, TILES - 1, 14, 3, -4, 4);
        draw_tiling(zones, 3, 31, 5, 5, 1);
        for (int with = 0; with < 2; with++) {
            zone_table *table = ask_change_of(ctx, old, new, with ? zones : NULL, &options);
            size_t rows = expect_margins(ctx, table, old, with ? zones : NULL, "before", options.method) +
                          expect_margins(ctx, table, new, with ? zones : NULL, "after", options.method);
            EXPECT(rows >= (with ? 30 : 7));
            EXPECT(closure_exact(table, "residual", NULL) == 0);
            zone_table_free(table);
        }
    }
    zone_context_free(ctx);
}

TEST(the_dates_swapped_transpose_the_table)
{
    const char *old = "/vsimem/cht_a.geojson", *new = "/vsimem/cht_b.geojson";
    zone_context *ctx = new_context();

    for (unsigned seed = 1; seed <= 4; seed++) {
        zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "survey"};
        srand(seed);
        draw_tiling(old, TILES, 12, 0, 0, 3);
        draw_tiling(new, TILES - 1, 14, 3, -4, 4);
        zone_table *table = ask_change_of(ctx, old, new, NULL, &options);
        zone_table *swapped = ask_change_of(ctx, new, old, NULL, &options);
        size_t area = column(table, "area"), found = 0;
        EXPECT(zone_table_row_count(table) == zone_table_row_count(swapped));
        EXPECT(zone_table_row_count(table) == 3 * 4 + 3 + 4);
        for (size_t r = 0; r < zone_table_row_count(table); r++)
            for (size_t s = 0; s < zone_table_row_count(swapped); s++) {
                const char *before = text_at(table, r, "before"), *after = text_at(table, r, "after");
                const char *then = text_at(swapped, s, "after"), *now = text_at(swapped, s, "before");
                if (strcmp(before ? before : "", then ? then : "") || strcmp(after ? after : "", now ? now : ""))
                    continue;
                found++;
                EXPECT(zone_table_area(table, r, area) == zone_table_area(swapped, s, area));
                EXPECT_INT(zone_table_integer(table, r, column(table, "pieces")),
                           zone_table_integer(swapped, s, column(table, "pieces")));
            }
        EXPECT_INT(found, zone_table_row_count(table));
        zone_table_free(swapped);
        zone_table_free(table);
    }
    zone_context_free(ctx);
}

TEST(the_new_date_and_the_zones_come_to_the_old_date_s_reference_system)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    draw_old("/vsimem/chc_old.geojson");
    /* About a kilometre round 441000 E, 3218000 N. */
    put_text("/vsimem/chc_all.geojson",
             GEOJSON("4490", FEATURE("\"DLBM\":\"all\"", POLYGON("[[119.38,29.07],[119.41,29.07],[119.41,29.1],"
                                                                 "[119.38,29.1],[119.38,29.07]]"))));
    zone_table *table =
        ask_change_of(ctx, "/vsimem/chc_old.geojson", "/vsimem/chc_all.geojson", "/vsimem/chc_all.geojson", &options);

    expect_row(table, 0, "a", "all", 1, 6000);
    expect_row(table, 1, "b", "all", 1, 4000);
    EXPECT_TEXT(text_at(table, 2, "coverage"), "not covered at date 1");
    EXPECT_INT(zone_table_row_count(table), 3);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(completeness_has_a_line_of_each_input_with_what_lies_outside)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM", .method = "grid"};
    drawing d;
    draw_old("/vsimem/chb_old.geojson");
    draw_new("/vsimem/chb_new.geojson");
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"east\"", 70, 0, 100, 100);
    end_drawing(&d, "/vsimem/chb_zones.geojson");
    zone_table *table =
        ask_change_of(ctx, "/vsimem/chb_old.geojson", "/vsimem/chb_new.geojson", "/vsimem/chb_zones.geojson", &options);
    const zone_table *books = zone_table_section(table, ZONE_SECTION_COMPLETENESS);

    EXPECT_INT(zone_table_row_count(books), 3);
    EXPECT_INT(zone_table_integer(books, 0, column(books, "outside")), 1);
    EXPECT_INT(zone_table_integer(books, 1, column(books, "features")), 3);
    EXPECT_INT(zone_table_integer(books, 1, column(books, "outside")), 1);
    EXPECT_INT(zone_table_integer(books, 2, column(books, "features")), 1);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(what_makes_no_sense_is_refused)
{
    zone_context *ctx = new_context();
    zone_change_options options = {.size = sizeof options, .by = "DLBM"};
    zone_table *table = NULL;
    draw_old("/vsimem/chx_old.geojson");
    put_text("/vsimem/chx_none.geojson", GEOJSON("4549", ""));
    zone_source *good = open_source(ctx, "/vsimem/chx_old.geojson", NULL);
    zone_source *again = open_source(ctx, "/vsimem/chx_old.geojson", NULL);
    zone_source *none = open_source(ctx, "/vsimem/chx_none.geojson", NULL);

    EXPECT_INT(zone_change(ctx, good, NULL, NULL, &options, &table), ZONE_BAD_USAGE);
    EXPECT_INT(zone_change(ctx, good, again, NULL, NULL, &table), ZONE_BAD_USAGE);
    options.by_new = "NOWHERE";
    EXPECT_INT(zone_change(ctx, good, again, NULL, &options, &table), ZONE_BAD_FIELD);
    options = (zone_change_options){.size = sizeof options, .by = "DLBM", .zone_by = "NOWHERE"};
    EXPECT_INT(zone_change(ctx, good, again, again, &options, &table), ZONE_BAD_FIELD);
    put_text("/vsimem/chx_empty.geojson", GEOJSON("4549", FEATURE("\"DLBM\":\"a\"", "null")));
    zone_source *empty = open_source(ctx, "/vsimem/chx_empty.geojson", NULL);
    options.zone_by = NULL;
    EXPECT_INT(zone_change(ctx, good, empty, NULL, &options, &table), ZONE_BAD_GEOMETRY);
    EXPECT_INT(zone_change(ctx, empty, good, NULL, &options, &table), ZONE_BAD_GEOMETRY);
    EXPECT_INT(zone_change(ctx, good, again, none, &options, &table), ZONE_EMPTY);
    EXPECT(table == NULL);
    zone_source_close(empty);
    zone_source_close(none);
    zone_source_close(again);
    zone_source_close(good);
    zone_context_free(ctx);
}
