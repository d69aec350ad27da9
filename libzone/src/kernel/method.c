/* Area methods by name. */
#include "kernel/project.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static zone_status no_such_method(zone_context *ctx, const char *name)
{
    return zone_fail(ctx, ZONE_BAD_USAGE, .what = "no such area method", .found = zone_say(ctx, "%s", name),
                     .expected = "survey, survey:split=LENGTH, survey:legacy, ellipsoid, geodesic or grid",
                     .remedy = "--area survey");
}

static bool parse_split(const char *text, double *length)
{
    char *end = NULL;

    *length = zone_number_read(text, &end);
    return end != text && *end == '\0' && isfinite(*length) && *length >= 0.01 && *length <= 1e6;
}

zone_status zone_method_parse(zone_context *ctx, const char *name, zone_method *method)
{
    static const struct {
        const char *name;
        zone_method_kind kind;
        bool legacy;
        double split;
    } plain[] = {
        {"survey", ZONE_METHOD_SURVEY, false, 0.0},       {"survey:legacy", ZONE_METHOD_SURVEY, true, 70.0},
        {"ellipsoid", ZONE_METHOD_ELLIPSOID, false, 0.0}, {"geodesic", ZONE_METHOD_GEODESIC, false, 0.0},
        {"grid", ZONE_METHOD_GRID, false, 0.0},
    };
    const char *wanted = name ? name : "survey";

    memset(method, 0, sizeof *method);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(wanted, plain[i].name) == 0) {
            method->kind = plain[i].kind;
            method->legacy = plain[i].legacy;
            method->split = plain[i].split;
            snprintf(method->name, sizeof method->name, "%s", wanted);
            return ZONE_OK;
        }
    if (strncmp(wanted, "survey:split=", 13) != 0 || !parse_split(wanted + 13, &method->split))
        return no_such_method(ctx, wanted);
    method->kind = ZONE_METHOD_SURVEY;
    zone_number_print(method->name, sizeof method->name, "survey:split=%g", method->split);
    return ZONE_OK;
}
