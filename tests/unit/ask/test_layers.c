/* Books, and loading layers of a plan. */
#include "ask/layers.h"

#include "ask/fixture.h"

TEST(books_name_the_first_five_and_count_all)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_books books;
    zone_books_open(&books, "somewhere");

    for (int i = 0; i < 8; i++) {
        EXPECT_INT(zone_batch_add_feature(ctx, &batch, 10 + i, (uint64_t)i, ZONE_SHAPE_AREA), ZONE_OK);
        batch.state[i] = i < 7 ? ZONE_FEATURE_REJECTED : ZONE_FEATURE_USED;
        if (i < 7)
            EXPECT_INT(zone_batch_set_reason(ctx, &batch, "why"), ZONE_OK);
    }
    zone_books_count(&books, &batch);
    EXPECT_INT(books.counts.features, 8);
    EXPECT_INT(books.counts.rejected, 7);
    EXPECT_INT(books.counts.used, 1);
    EXPECT_TEXT(books.rejected, "10 (why), 11 (why), 12 (why), 13 (why), 14 (why)");
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(long_reasons_do_not_leave_the_list)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_books books;
    char reason[460];
    memset(reason, 'x', sizeof reason - 1);
    reason[sizeof reason - 1] = '\0';
    zone_books_open(&books, "somewhere");

    for (int i = 0; i < 3; i++) {
        EXPECT_INT(zone_batch_add_feature(ctx, &batch, i, (uint64_t)i, ZONE_SHAPE_AREA), ZONE_OK);
        batch.state[i] = ZONE_FEATURE_REPAIRED;
        EXPECT_INT(zone_batch_set_reason(ctx, &batch, reason), ZONE_OK);
    }
    zone_books_count(&books, &batch);
    EXPECT_INT(books.counts.repaired, 3);
    EXPECT(strlen(books.repaired) < sizeof books.repaired);
    EXPECT(strstr(books.repaired, ", ") == NULL); /* no room for a second id is no half id */
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(texts_in_books_are_not_cut_inside_a_character)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_books books;
    char reason[700] = "xx", input[901] = "";
    for (int i = 0; i < 230; i++)
        strcat(reason, "错");
    for (int i = 0; i < 300; i++)
        strcat(input, "图");
    zone_table *table = zone_table_create("test");
    zone_books_open(&books, input);

    EXPECT_INT(zone_batch_add_feature(ctx, &batch, 7, 0, ZONE_SHAPE_AREA), ZONE_OK);
    batch.state[0] = ZONE_FEATURE_REJECTED;
    EXPECT_INT(zone_batch_set_reason(ctx, &batch, reason), ZONE_OK);
    zone_books_count(&books, &batch);
    for (const char *end = books.rejected + strlen(books.rejected); end - books.rejected > 9; end -= 3)
        EXPECT(memcmp(end - 3, "错", 3) == 0);
    zone_books_close(&books, table);
    EXPECT_TEXT(zone_table_text(zone_table_section(table, ZONE_SECTION_COMPLETENESS), 0, 0), input);
    zone_table_free(table);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

static const char plan_text[] = "plan: 1\ntitle: t\nperiod: 2021-2025\ncrs: EPSG:4549\ngeometry: schematic\n"
                                "whole: {name: all, area: 1 km2}\nzones:\n  - {id: a, name: A, area: 1 km2}\n"
                                "layers:\n  zones: {data: zones.geojson, fields: {id: id}}\n";

static zone_plan *open_plan(zone_context *ctx, place *p, const char *zones)
{
    zone_plan *plan = NULL;

    put_file(p, "plan.yaml", plan_text);
    put_file(p, "zones.geojson", zones);
    EXPECT_INT(zone_plan_open(ctx, file_in(p, "plan.yaml"), &plan), ZONE_OK);
    return plan;
}

TEST(a_layer_of_the_plan_comes_in_the_reference_system_of_the_plan)
{
    zone_context *ctx = new_context();
    zone_loaded loaded = {0};
    place p;
    open_place(&p);
    zone_plan *plan = open_plan(
        ctx, &p,
        GEOJSON("4490", FEATURE("\"id\":\"a\"",
                                POLYGON("[[119.4,29.1],[119.41,29.1],[119.41,29.11],[119.4,29.11],[119.4,29.1]]"))));
    zone_role roles[] = {ZONE_ROLE_ID};

    EXPECT_INT(zone_load_plan(ctx, plan, "zones", NULL, roles, 1, &loaded), ZONE_OK);
    EXPECT_INT(loaded.batch.feature_count, 1);
    EXPECT_TEXT(zone_batch_text(&loaded.batch, 0, 0), "a");
    EXPECT_REAL(loaded.batch.x[0], 441600, 500);
    zone_unload(&loaded);
    EXPECT_INT(zone_load_plan(ctx, plan, "farmland", NULL, roles, 1, &loaded), ZONE_BAD_PLAN);
    zone_unload(&loaded);
    roles[0] = ZONE_ROLE_RIDGE;
    EXPECT_INT(zone_load_plan(ctx, plan, "zones", NULL, roles, 1, &loaded), ZONE_BAD_FIELD);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "ridge");
    zone_unload(&loaded);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(a_plan_lies_where_its_boundary_or_its_zones_lie)
{
    zone_context *ctx = new_context();
    double lies[4] = {0};
    place p;
    open_place(&p);
    zone_plan *plan = open_plan(ctx, &p, GEOJSON("4549", FEATURE("\"id\":\"a\"", SQUARE)));

    EXPECT(zone_plan_place(ctx, plan, lies));
    EXPECT_REAL(lies[0], 119.3940, 2e-4);
    EXPECT_REAL(lies[1], 29.0774, 1e-4);
    EXPECT(lies[2] > lies[0] && lies[2] < lies[0] + 0.002 && lies[3] > lies[1] && lies[3] < lies[1] + 0.002);
    put_file(&p, "zones.geojson", "nothing");
    EXPECT(!zone_plan_place(ctx, plan, lies));
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_OK);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(books_refuse_a_layer_without_features_or_without_areas)
{
    zone_context *ctx = new_context();
    zone_loaded loaded = {0};
    zone_projection *projection = NULL;
    zone_method method;
    place p;
    open_place(&p);
    zone_plan *plan = open_plan(ctx, &p, GEOJSON("4549", FEATURE("\"id\":\"a\"", "null")));

    EXPECT_INT(zone_plan_projection(ctx, plan, NULL, &method, &projection), ZONE_OK);
    EXPECT_TEXT(method.name, "survey");
    EXPECT_INT(zone_load_plan(ctx, plan, "zones", projection, NULL, 0, &loaded), ZONE_OK);
    EXPECT_INT(zone_books_refuse(ctx, &loaded.books, loaded.source), ZONE_BAD_GEOMETRY);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "no geometry");
    zone_unload(&loaded);
    zone_projection_free(projection);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(a_layer_of_the_plan_brings_its_fields_and_its_edition_of_classes)
{
    zone_context *ctx = new_context();
    zone_source_options own = {.size = sizeof own, .fields = "class=also", .classes = "use-2023"};
    zone_plan *plan = NULL;
    zone_source *source = NULL;
    place p;
    open_place(&p);
    put_file(&p, "landuse.geojson", GEOJSON("4549", FEATURE("\"code\":\"0101\",\"also\":\"0101\"", SQUARE)));
    put_file(&p, "plan.yaml",
             "plan: 1\ntitle: t\ncrs: EPSG:4549\ngeometry: schematic\nwhole: {name: all, area: 1 km2}\n"
             "zones:\n  - {id: a, name: A, area: 1 km2}\nlayers:\n"
             "  landuse: {data: landuse.geojson, edition: survey-2019, fields: {class: code}}\n");

    EXPECT_INT(zone_plan_open(ctx, file_in(&p, "plan.yaml"), &plan), ZONE_OK);
    EXPECT_INT(zone_source_from_plan(ctx, plan, "landuse", NULL, &source), ZONE_OK);
    EXPECT_TEXT(zone_source_classes(source), "survey-2019");
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_CLASS), zone_source_field_find(source, "code"));
    zone_source_close(source);
    EXPECT_INT(zone_source_from_plan(ctx, plan, "landuse", &own, &source), ZONE_OK);
    EXPECT_TEXT(zone_source_classes(source), "use-2023");
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_CLASS), zone_source_field_find(source, "also"));
    zone_source_close(source);
    EXPECT_INT(zone_source_from_plan(ctx, plan, "zones", NULL, &source), ZONE_BAD_PLAN);
    EXPECT(source == NULL);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

/* Opening layer zones of a plan whose layer is `layer`; the plan has it on line 9. */
static void expect_named(const char *layer, zone_status expected, const char *named_in, const char *remedy)
{
    zone_context *ctx = new_context();
    zone_plan *plan = NULL;
    zone_source *source = NULL;
    zone_crs *crs = NULL;
    char text[512];
    place p;
    open_place(&p);
    snprintf(text, sizeof text,
             "plan: 1\ntitle: t\ncrs: EPSG:4549\ngeometry: schematic\ndata: zones.geojson\nwhole: {name: all}\n"
             "zones: [{id: a, name: A}]\nlayers:\n  zones: %s\n",
             layer);
    put_file(&p, "plan.yaml", text);
    put_file(&p, "zones.geojson", GEOJSON("4549", FEATURE("\"id\":\"a\"", SQUARE)));

    EXPECT_INT(zone_plan_open(ctx, file_in(&p, "plan.yaml"), &plan), ZONE_OK);
    EXPECT_INT(zone_plan_source(ctx, plan, "zones", &source, &crs), expected);
    EXPECT_CONTAINS(zone_context_error(ctx)->named_in, named_in);
    EXPECT_CONTAINS(zone_context_error(ctx)->remedy, remedy);
    EXPECT_INT(zone_source_from_plan(ctx, plan, "zones", NULL, &source), expected);
    EXPECT_CONTAINS(zone_context_error_text(ctx), named_in);
    zone_plan_close(plan);
    close_place(&p);
    zone_context_free(ctx);
}

TEST(data_that_are_wrong_are_told_with_their_place_in_the_plan)
{
    expect_named("{data: nowhere.gpkg}", ZONE_NOT_FOUND, "plan.yaml:9, layers.zones.data", "check the path");
    expect_named("{layer: nowhere}", ZONE_BAD_LAYER, "plan.yaml:9, layers.zones.layer", "one of these");
    expect_named("{fields: {id: nothing}}", ZONE_BAD_FIELD, "plan.yaml:9, layers.zones.fields.id", "one of these");
    expect_named("\n    fields:\n      id: id\n      class: nothing", ZONE_BAD_FIELD,
                 "plan.yaml:12, layers.zones.fields.class", "one of these");
}
