/* Methods side by side. */
#include "ask/methods.h"

#include <stdio.h>
#include <string.h>

zone_status zone_methods_open(zone_context *ctx, const char *name, bool explain, const char *wkt, zone_methods *methods)
{
    static const char *const all[] = {"survey", "survey:split=70", "ellipsoid", "geodesic", "grid"};
    zone_status status = zone_method_parse(ctx, name, &methods->method[0]);

    methods->count = 0;
    if (!status)
        status = zone_projection_create(ctx, wkt, &methods->method[0], &methods->projection[0]);
    if (!status)
        methods->count = 1;
    for (size_t i = 0; explain && i < sizeof all / sizeof *all && !status; i++) {
        zone_method *method = &methods->method[methods->count];
        if (strcmp(all[i], methods->method[0].name) == 0 || zone_method_parse(ctx, all[i], method))
            continue;
        if (zone_projection_create(ctx, wkt, method, &methods->projection[methods->count]) == ZONE_OK)
            methods->count++;
    }
    if (!status)
        zone_context_begin(ctx); /* a method left out of the explanation is no error */
    return status;
}

void zone_methods_close(zone_methods *methods)
{
    for (size_t i = 0; i < methods->count; i++)
        zone_projection_free(methods->projection[i]);
    methods->count = 0;
}

void zone_methods_columns(zone_table *table, const zone_methods *methods, int columns[ZONE_GROUP_SUMS])
{
    columns[0] = zone_table_add_column(
        table, (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    for (size_t i = 1; i < methods->count; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s", methods->method[i].name);
        for (char *c = name; *c; c++)
            if (*c == ':' || *c == '=')
                *c = '_';
        columns[i] = zone_table_add_column(
            table, (zone_column){.name = name, .heading = name, .type = ZONE_COLUMN_AREA, .adds = true});
    }
}

void zone_methods_closure(zone_table *table, const zone_methods *methods, const int columns[ZONE_GROUP_SUMS])
{
    zone_exact asked = columns[0] < 0 ? 0 : zone_table_total(table, (size_t)columns[0]);

    for (size_t i = 1; i < methods->count; i++)
        if (columns[i] >= 0)
            zone_table_add_closure(table, "method against the asked one", methods->method[i].name,
                                   zone_table_total(table, (size_t)columns[i]) - asked, NULL);
}
