/* Sums of a transition and their rows. */
#include "ask/transition.h"

#include "ask/fixture.h"

static const zone_exact crumb = ZONE_EXACT_MICRO_M2 / 4;

typedef struct {
    zone_context *ctx;
    zone_source *source;
    zone_transition transition;
    zone_methods methods;
    zone_table *table;
} scene;

static void open_scene(scene *s)
{
    drawing d;

    *s = (scene){.ctx = new_context()};
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0101\",\"use\":\"07\"", 0, 0, 10, 10);
    end_drawing(&d, "/vsimem/transition.geojson");
    s->source = open_source(s->ctx, "/vsimem/transition.geojson", NULL);
    EXPECT_INT(zone_methods_open(s->ctx, "grid", false, zone_source_crs(s->source)->wkt, &s->methods), ZONE_OK);
}

static void close_scene(scene *s)
{
    zone_table_free(s->table);
    zone_transition_close(&s->transition);
    zone_methods_close(&s->methods);
    zone_source_close(s->source);
    zone_context_free(s->ctx);
}

static zone_status open_transition(scene *s, const char *by, const char *by_new)
{
    return zone_transition_open(s->ctx, s->source, s->source, by, by_new, &s->transition);
}

static void add(scene *s, const char *before, const char *after, zone_exact area)
{
    EXPECT_INT(zone_transition_add(s->ctx, &s->transition, 0, before ? &before : NULL, after ? &after : NULL, 0, area),
               ZONE_OK);
}

static void make_rows(scene *s)
{
    zone_zoning nowhere = {0};

    s->table = zone_table_create("change");
    zone_transition_columns(s->ctx, &s->transition, &nowhere, &s->methods, s->table);
    EXPECT_INT(zone_transition_rows(s->ctx, &s->transition, &nowhere, &s->methods, s->table), ZONE_OK);
}

/* Sum of the rows of a class before, or after. */
static zone_exact margin(const zone_table *table, const char *date, const char *class)
{
    zone_exact sum = 0;

    for (size_t r = 0; r < zone_table_row_count(table); r++) {
        const char *text = text_at(table, r, date);
        if (text && strcmp(text, class) == 0)
            sum += zone_table_area(table, r, column(table, "area"));
    }
    return sum;
}

TEST(rows_of_both_dates_come_first_then_what_one_date_covers)
{
    scene s;
    open_scene(&s);
    EXPECT_INT(open_transition(&s, "DLBM", NULL), ZONE_OK);
    add(&s, "b", NULL, 4 * ZONE_EXACT_M2);
    add(&s, NULL, "a", 3 * ZONE_EXACT_M2);
    add(&s, "b", "a", 2 * ZONE_EXACT_M2);
    add(&s, "a", "b", ZONE_EXACT_M2);
    add(&s, "b", "a", 2 * ZONE_EXACT_M2);
    make_rows(&s);

    EXPECT_INT(zone_table_row_count(s.table), 4);
    EXPECT_TEXT(text_at(s.table, 0, "before"), "a");
    EXPECT_TEXT(text_at(s.table, 0, "after"), "b");
    EXPECT_TEXT(text_at(s.table, 0, "coverage"), "both dates");
    EXPECT_INT(zone_table_integer(s.table, 1, column(s.table, "pieces")), 2);
    EXPECT_TEXT(text_at(s.table, 2, "coverage"), "not covered at date 1");
    EXPECT(text_at(s.table, 2, "before") == NULL);
    EXPECT_TEXT(text_at(s.table, 3, "coverage"), "not covered at date 2");
    EXPECT(text_at(s.table, 3, "after") == NULL);
    EXPECT(s.transition.sum[ZONE_BOTH_DATES] == 5 * ZONE_EXACT_M2);
    EXPECT(s.transition.sum[ZONE_NOT_AT_1] == 3 * ZONE_EXACT_M2);
    EXPECT(s.transition.sum[ZONE_NOT_AT_2] == 4 * ZONE_EXACT_M2);
    close_scene(&s);
}

TEST(a_crumb_goes_round_so_that_no_class_changes)
{
    scene s;
    open_scene(&s);
    EXPECT_INT(open_transition(&s, "DLBM", NULL), ZONE_OK);
    add(&s, "a", "a", 10 * ZONE_EXACT_M2);
    add(&s, "b", "a", 20 * ZONE_EXACT_M2);
    add(&s, "b", "b", 30 * ZONE_EXACT_M2);
    add(&s, "a", "b", crumb);
    make_rows(&s);

    EXPECT_INT(zone_table_row_count(s.table), 3);
    EXPECT(margin(s.table, "before", "a") == 10 * ZONE_EXACT_M2 + crumb);
    EXPECT(margin(s.table, "before", "b") == 50 * ZONE_EXACT_M2);
    EXPECT(margin(s.table, "after", "a") == 30 * ZONE_EXACT_M2);
    EXPECT(margin(s.table, "after", "b") == 30 * ZONE_EXACT_M2 + crumb);
    close_scene(&s);
}

TEST(a_crumb_with_no_way_round_is_a_row)
{
    scene s;
    open_scene(&s);
    EXPECT_INT(open_transition(&s, "DLBM", NULL), ZONE_OK);
    add(&s, "a", "a", 10 * ZONE_EXACT_M2);
    add(&s, "b", "b", 30 * ZONE_EXACT_M2);
    add(&s, "a", "b", -crumb);
    make_rows(&s);

    EXPECT_INT(zone_table_row_count(s.table), 3);
    EXPECT_INT(zone_table_integer(s.table, 1, column(s.table, "pieces")), 0);
    EXPECT(margin(s.table, "before", "a") == 10 * ZONE_EXACT_M2 - crumb);
    close_scene(&s);
}

TEST(a_class_that_is_nothing_but_a_crumb_is_no_row)
{
    scene s;
    open_scene(&s);
    EXPECT_INT(open_transition(&s, "DLBM", NULL), ZONE_OK);
    add(&s, "a", "a", 10 * ZONE_EXACT_M2);
    add(&s, "b", "a", crumb);
    make_rows(&s);

    EXPECT_INT(zone_table_row_count(s.table), 1);
    EXPECT(margin(s.table, "after", "a") == 10 * ZONE_EXACT_M2 + crumb);
    close_scene(&s);
}

/* Rows of uncovered land at neither date, at one, at the other: the sums of the classes are always the same. */
TEST(crumbs_of_uncovered_land_are_no_rows_and_no_class_changes)
{
    for (int rows = 0; rows < 3; rows++) {
        scene s;
        open_scene(&s);
        EXPECT_INT(open_transition(&s, "DLBM", NULL), ZONE_OK);
        add(&s, "a", "a", 10 * ZONE_EXACT_M2);
        add(&s, "a", "b", 10 * ZONE_EXACT_M2);
        add(&s, "b", "b", 20 * ZONE_EXACT_M2);
        add(&s, NULL, "b", rows == 1 ? 5 * ZONE_EXACT_M2 : crumb);
        add(&s, "b", NULL, rows == 2 ? 5 * ZONE_EXACT_M2 : crumb);
        make_rows(&s);

        EXPECT_INT(zone_table_row_count(s.table), rows ? 4 : 3);
        EXPECT(margin(s.table, "before", "a") == 20 * ZONE_EXACT_M2);
        EXPECT(margin(s.table, "before", "b") == (rows == 2 ? 25 * ZONE_EXACT_M2 : 20 * ZONE_EXACT_M2 + crumb));
        EXPECT(margin(s.table, "after", "a") == 10 * ZONE_EXACT_M2);
        EXPECT(margin(s.table, "after", "b") == (rows == 1 ? 35 * ZONE_EXACT_M2 : 30 * ZONE_EXACT_M2 + crumb));
        close_scene(&s);
    }
}

TEST(several_fields_have_columns_of_both_dates)
{
    scene s;
    open_scene(&s);
    EXPECT_INT(open_transition(&s, "DLBM,use", "use,DLBM"), ZONE_OK);
    make_rows(&s);

    EXPECT_TEXT(zone_table_column_name(s.table, 0), "before_DLBM");
    EXPECT_TEXT(zone_table_column_name(s.table, 1), "before_use");
    EXPECT_TEXT(zone_table_column_name(s.table, 2), "after_use");
    EXPECT_TEXT(zone_table_column_name(s.table, 3), "after_DLBM");
    close_scene(&s);
}

TEST(fields_are_needed_and_as_many_at_both_dates)
{
    scene s;
    open_scene(&s);
    EXPECT_INT(open_transition(&s, NULL, NULL), ZONE_BAD_USAGE);
    zone_transition_close(&s.transition);
    EXPECT_INT(open_transition(&s, "DLBM,use", "use"), ZONE_BAD_USAGE);
    zone_transition_close(&s.transition);
    EXPECT_INT(open_transition(&s, "DLBM", "NOWHERE"), ZONE_BAD_FIELD);
    close_scene(&s);
}
