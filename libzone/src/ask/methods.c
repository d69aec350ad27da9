/* Methods side by side. */
#include "ask/methods.h"

#include <stdio.h>
#include <string.h>

const char *const zone_methods_all[ZONE_METHODS] = {"survey",    "survey:split=70", "survey:legacy",
                                                    "ellipsoid", "geodesic",        "grid"};

zone_status zone_methods_open(zone_context *ctx, const char *name, bool explain, const char *wkt, zone_methods *methods)
{
    zone_status status = zone_method_parse(ctx, name, &methods->method[0]);

    methods->count = 0;
    if (!status)
        status = zone_projection_create(ctx, wkt, &methods->method[0], &methods->projection[0]);
    if (!status)
        methods->count = 1;
    methods->means[0] = !status;
    for (size_t i = 0; explain && i < ZONE_METHODS && !status; i++) {
        if (strcmp(zone_methods_all[i], methods->method[0].name) == 0)
            continue;
        size_t slot = methods->count++;
        methods->projection[slot] = NULL;
        status = zone_method_parse(ctx, zone_methods_all[i], &methods->method[slot]);
        if (!status)
            status = zone_projection_create(ctx, wkt, &methods->method[slot], &methods->projection[slot]);
        methods->means[slot] = !status;
        if (status == ZONE_BAD_CRS) {
            zone_context_begin(ctx); /* no meaning here: its column stays empty */
            status = ZONE_OK;
        }
    }
    return status;
}

void zone_methods_close(zone_methods *methods)
{
    for (size_t i = 0; i < methods->count; i++)
        zone_projection_free(methods->projection[i]);
    methods->count = 0;
}

zone_status zone_methods_layers(zone_context *ctx, const zone_methods *methods, zone_layer *first,
                                const zone_batch *batch, zone_layer *layer[ZONE_GROUP_SUMS])
{
    zone_status status = ZONE_OK;

    layer[0] = first;
    for (size_t m = 1; m < methods->count && !status; m++)
        if (methods->projection[m])
            status = zone_layer_of_batch(ctx, methods->projection[m], batch, &layer[m]);
    return status;
}

/* "survey:split=70" as the name of a column: survey_split_70. */
static void column_name(const zone_method *method, const char *suffix, char *name, size_t size)
{
    snprintf(name, size, "%s%s", method->name, suffix);
    for (char *c = name; *c; c++)
        if (*c == ':' || *c == '=')
            *c = '_';
}

static void add_others(zone_table *table, const zone_methods *methods, bool add, int columns[ZONE_GROUP_SUMS])
{
    for (size_t i = 1; i < methods->count; i++) {
        char name[64], heading[80];
        column_name(&methods->method[i], "", name, sizeof name);
        snprintf(heading, sizeof heading, "area, %s", methods->method[i].name);
        columns[i] = zone_table_add_column(
            table, (zone_column){
                       .name = name, .heading = heading, .type = ZONE_COLUMN_AREA, .adds = add && methods->means[i]});
    }
}

void zone_methods_columns(zone_table *table, const zone_methods *methods, int columns[ZONE_GROUP_SUMS])
{
    columns[0] = zone_table_add_column(
        table, (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    add_others(table, methods, true, columns);
}

void zone_methods_beside(zone_table *table, const zone_methods *methods, int columns[ZONE_GROUP_SUMS])
{
    add_others(table, methods, false, columns);
}

void zone_methods_differences(zone_table *table, const zone_methods *methods, const int columns[ZONE_GROUP_SUMS])
{
    for (size_t i = 1; i < methods->count; i++) {
        char name[64], heading[160];
        column_name(&methods->method[i], "_less_asked", name, sizeof name);
        snprintf(heading, sizeof heading, "%s − %s", methods->method[i].name, methods->method[0].name);
        int column = zone_table_add_column(
            table,
            (zone_column){.name = name, .heading = heading, .type = ZONE_COLUMN_REAL, .decimals = 6, .unit = "m²"});
        for (size_t row = 0; column >= 0 && row < zone_table_row_count(table); row++) {
            zone_exact less =
                zone_table_area(table, row, (size_t)columns[i]) - zone_table_area(table, row, (size_t)columns[0]);
            if (!zone_table_is_null(table, row, (size_t)columns[i]))
                zone_table_set_real(table, row, column, zone_piece_counts(less) ? zone_exact_to_m2(less) : 0.0);
        }
    }
}

void zone_methods_closure(zone_table *table, const zone_methods *methods, const int columns[ZONE_GROUP_SUMS])
{
    zone_exact asked = columns[0] < 0 ? 0 : zone_table_total(table, (size_t)columns[0]);

    for (size_t i = 1; i < methods->count; i++)
        if (columns[i] >= 0 && methods->means[i])
            zone_table_add_closure(table, "method against the asked one", methods->method[i].name,
                                   zone_table_total(table, (size_t)columns[i]) - asked, NULL);
}
