/* Methods side by side. */
#include "ask/methods.h"

#include "ask/fixture.h"

static const char *wkt_of(zone_context *ctx, const char *code, zone_crs **crs)
{
    EXPECT_INT(zone_crs_create(ctx, code, "from the data", crs), ZONE_OK);
    return *crs ? (*crs)->wkt : "";
}

TEST(unasked_there_is_one_method)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;
    zone_methods methods = {0};

    EXPECT_INT(zone_methods_open(ctx, NULL, false, wkt_of(ctx, "EPSG:4549", &crs), &methods), ZONE_OK);
    EXPECT_INT(methods.count, 1);
    EXPECT_TEXT(methods.method[0].name, "survey");
    zone_methods_close(&methods);
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(explained_the_asked_one_comes_first_and_no_method_twice)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;
    zone_methods methods = {0};

    EXPECT_INT(zone_methods_open(ctx, "geodesic", true, wkt_of(ctx, "EPSG:4549", &crs), &methods), ZONE_OK);
    EXPECT_INT(methods.count, 6);
    EXPECT_TEXT(methods.method[0].name, "geodesic");
    for (size_t i = 0; i < methods.count; i++) {
        EXPECT(methods.projection[i] != NULL);
        for (size_t k = 0; k < i; k++)
            EXPECT(strcmp(methods.method[i].name, methods.method[k].name) != 0);
    }
    zone_methods_close(&methods);
    EXPECT_INT(zone_methods_open(ctx, "survey:split=12", true, crs->wkt, &methods), ZONE_OK);
    EXPECT_INT(methods.count, 7);
    zone_methods_close(&methods);
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(grid_of_degrees_is_empty_beside_others_and_refused_when_asked)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;
    zone_methods methods = {0};

    EXPECT_INT(zone_methods_open(ctx, NULL, true, wkt_of(ctx, "EPSG:4490", &crs), &methods), ZONE_OK);
    EXPECT_TEXT(methods.method[methods.count - 1].name, "grid");
    EXPECT(methods.projection[methods.count - 1] == NULL);
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_OK);
    zone_methods_close(&methods);
    EXPECT_INT(zone_methods_open(ctx, "grid", false, crs->wkt, &methods), ZONE_BAD_CRS);
    zone_methods_close(&methods);
    zone_crs_free(crs);
    zone_context_free(ctx);
}

TEST(columns_beside_add_up_to_nothing)
{
    zone_context *ctx = new_context();
    zone_crs *crs = NULL;
    zone_methods methods = {0};
    zone_table *table = zone_table_create("overlap");
    int columns[ZONE_GROUP_SUMS] = {
        zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA})};

    EXPECT_INT(zone_methods_open(ctx, NULL, true, wkt_of(ctx, "EPSG:4549", &crs), &methods), ZONE_OK);
    zone_methods_beside(table, &methods, columns);
    EXPECT_INT(zone_table_column_count(table), methods.count);
    for (size_t i = 1; i < methods.count; i++) {
        EXPECT_INT(columns[i], i);
        EXPECT(!zone_table_column(table, i)->adds);
    }
    zone_table_free(table);
    zone_methods_close(&methods);
    zone_crs_free(crs);
    zone_context_free(ctx);
}
