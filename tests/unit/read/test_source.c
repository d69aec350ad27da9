#include "read/fixture.h"

static zone_source *three_fields(zone_context *ctx)
{
    put_text("/vsimem/f.geojson", GEOJSON("4549", FEATURE("\"DLBM\":\"0101\",\"地类\":\"x\",\"c\":1", SQUARE)));
    return open_source(ctx, "/vsimem/f.geojson", NULL);
}

TEST(a_list_of_names_becomes_a_list_of_fields)
{
    zone_context *ctx = new_context();
    zone_source *source = three_fields(ctx);
    int *fields = NULL;
    size_t count = 0;

    EXPECT_INT(zone_source_find_fields(ctx, source, " c , dlbm,地类,", &fields, &count), ZONE_OK);
    EXPECT_INT(count, 3);
    EXPECT_INT(fields[0], 2);
    EXPECT_INT(fields[1], 0);
    EXPECT_INT(fields[2], 1);
    free(fields);
    EXPECT_INT(zone_source_find_fields(ctx, source, NULL, &fields, &count), ZONE_OK);
    EXPECT_INT(count, 0);
    free(fields);
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(a_name_that_no_field_has_is_refused_with_those_there_are)
{
    zone_context *ctx = new_context();
    zone_source *source = three_fields(ctx);
    int *fields = NULL;
    size_t count = 7;

    EXPECT_INT(zone_source_find_fields(ctx, source, "DLBM,TBMJ", &fields, &count), ZONE_BAD_FIELD);
    EXPECT(fields == NULL);
    EXPECT_TEXT(zone_context_error(ctx)->found, "TBMJ");
    EXPECT_TEXT(zone_context_error(ctx)->expected, "one of: DLBM, 地类, c");
    EXPECT_TEXT(zone_context_error(ctx)->layer, "f");
    zone_source_close(source);
    zone_context_free(ctx);
}

TEST(fields_and_roles_that_do_not_exist_are_nothing)
{
    zone_context *ctx = new_context();
    zone_source *source = three_fields(ctx);

    EXPECT_TEXT(zone_source_field_name(source, 3), "");
    EXPECT_TEXT(zone_source_field_type(source, 3), "");
    EXPECT_INT(zone_source_field_find(source, "none"), -1);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_RIDGE), -1);
    EXPECT_INT(zone_source_role(source, ZONE_ROLE_COUNT), -1);
    zone_source_close(source);
    zone_context_free(ctx);
}
