/* Layers of a plan as geometries, and what an operand names. */
#include "ask/elements.h"
#include "ask/sketch.h"

typedef struct {
    zone_context *ctx;
    place p;
    zone_plan *plan;
    zone_elements elements;
} scene;

static void open_scene(scene *s)
{
    s->ctx = new_context();
    s->plan = open_sketch(s->ctx, &s->p, "");
    zone_elements_open(&s->elements, s->plan);
}

static void close_scene(scene *s)
{
    zone_elements_close(&s->elements);
    zone_plan_close(s->plan);
    close_place(&s->p);
    zone_context_free(s->ctx);
}

TEST(a_layer_is_loaded_once_with_ids_names_and_classes)
{
    scene s;
    const zone_element_layer *layer = NULL, *again = NULL;

    open_scene(&s);
    EXPECT_INT(zone_elements_layer(s.ctx, &s.elements, "areas", &layer), ZONE_OK);
    EXPECT_INT(zone_elements_layer(s.ctx, &s.elements, "areas", &again), ZONE_OK);
    EXPECT(layer == again);
    EXPECT_INT(layer->loaded.batch.feature_count, 5);
    EXPECT_TEXT(zone_element_id(layer, 1), "desk");
    EXPECT_TEXT(zone_element_name(layer, 1), "name of desk");
    EXPECT_TEXT(zone_element_class(layer, 1), "");
    EXPECT_REAL(zone_geometry_plane_area(layer->geometry[1]), 400.0, 1e-6);
    EXPECT_INT(zone_elements_layer(s.ctx, &s.elements, "planned", &layer), ZONE_OK);
    EXPECT_TEXT(zone_element_class(layer, 1), "0801");
    close_scene(&s);
}

TEST(an_operand_is_a_layer_or_one_of_its_members)
{
    scene s;
    zone_operand operand;
    zone_batch named = {0};
    zone_geometry *all = NULL;

    open_scene(&s);
    EXPECT_INT(zone_operand_find(s.ctx, &s.elements, "tiles", &operand), ZONE_OK);
    EXPECT_INT(operand.end - operand.first, 2);
    EXPECT_INT(zone_operand_union(s.ctx, &operand, &all), ZONE_OK);
    EXPECT_REAL(zone_geometry_plane_area(all), 20000.0, 1e-6);
    zone_geometry_free(all);
    EXPECT_INT(zone_operand_find(s.ctx, &s.elements, "tiles/east", &operand), ZONE_OK);
    EXPECT_INT(operand.first, 1);
    EXPECT_INT(operand.end, 2);
    EXPECT_INT(zone_operand_batch(s.ctx, &operand, &named), ZONE_OK);
    EXPECT_INT(named.feature_count, 1);
    EXPECT_INT(named.id[0], operand.layer->loaded.batch.id[1]);
    zone_batch_free(&named);
    EXPECT_INT(zone_operand_find(s.ctx, &s.elements, "tiles/north", &operand), ZONE_OK);
    EXPECT_INT(operand.first, operand.end);
    EXPECT_INT(zone_operand_union(s.ctx, &operand, &all), ZONE_OK);
    EXPECT(all == NULL);
    close_scene(&s);
}

TEST(a_layer_that_the_plan_has_not_is_an_error_that_names_it)
{
    scene s;
    const zone_element_layer *layer = NULL;

    open_scene(&s);
    EXPECT_INT(zone_elements_layer(s.ctx, &s.elements, "islands", &layer), ZONE_BAD_PLAN);
    EXPECT(layer == NULL);
    EXPECT_CONTAINS(zone_context_error_text(s.ctx), "islands");
    close_scene(&s);
}

TEST(the_books_name_every_layer_that_was_read)
{
    scene s;
    const zone_element_layer *layer = NULL;
    zone_table *table = zone_table_create("test");

    open_scene(&s);
    EXPECT_INT(zone_elements_layer(s.ctx, &s.elements, "points", &layer), ZONE_OK);
    EXPECT_INT(zone_elements_layer(s.ctx, &s.elements, "lines", &layer), ZONE_OK);
    zone_elements_books(s.ctx, &s.elements, table);
    const zone_table *books = zone_table_section(table, ZONE_SECTION_COMPLETENESS);
    EXPECT_INT(zone_table_row_count(books), 2);
    EXPECT_INT(zone_table_integer(books, 0, column(books, "features")), 3);
    EXPECT_INT(zone_table_integer(books, 1, column(books, "features")), 7);
    zone_table_free(table);
    close_scene(&s);
}
