/* Coordinate reference systems: what the data say and what it means. */
#include "read/crs.h"

#include "read/encoding.h"
#include "read/proj_context.h"

#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A definition longer than this is no reference system. */
#define LONGEST_DEFINITION 100000

/* "4549", "EPSG:4549", WKT of any kind, PROJ text; NULL when PROJ knows no such reference system, or *full. */
static PJ *parse(PJ_CONTEXT *proj, const char *definition, bool *full)
{
    char *text = NULL;
    size_t length;
    PJ *crs;

    definition += strspn(definition, " \t\r\n");
    length = strlen(definition);
    while (length && strchr(" \t\r\n", definition[length - 1]))
        length--;
    if (strstr(definition, "+proj=pipeline")) /* with +type=crs PROJ would take its last step for the system */
        return NULL;
    if (length == 0 || length > LONGEST_DEFINITION)
        return NULL;
    text = malloc(length + 32);
    *full = !text;
    if (!text)
        return NULL;
    if (strspn(definition, "0123456789") == length)
        snprintf(text, length + 32, "EPSG:%.*s", (int)length, definition);
    else if (definition[0] == '+' && !strstr(definition, "+type=crs"))
        snprintf(text, length + 32, "%.*s +type=crs", (int)length, definition);
    else
        snprintf(text, length + 32, "%.*s", (int)length, definition);
    zone_encoding_make_ascii_of_broken(text); /* a .prj file may hold any bytes, and its names are printed */
    crs = proj_create(proj, text);
    free(text);
    if (crs && !proj_is_crs(crs)) {
        proj_destroy(crs);
        crs = NULL;
    }
    return crs;
}

static bool same_system(PJ_CONTEXT *proj, const PJ *a, const PJ *b)
{
    return proj_is_equivalent_to_with_ctx(proj, a, b, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

/* The code that the definition bears, if it is true of its parameters. */
static bool own_code(PJ_CONTEXT *proj, const PJ *crs, char *code, size_t size)
{
    const char *authority = proj_get_id_auth_name(crs, 0), *number = proj_get_id_code(crs, 0);
    bool same = false;

    if (!authority || !number)
        return false;
    PJ *registered = proj_create_from_database(proj, authority, number, PJ_CATEGORY_CRS, 0, NULL);
    if (registered)
        same = same_system(proj, crs, registered);
    proj_destroy(registered);
    if (same)
        snprintf(code, size, "%s:%s", authority, number);
    return same;
}

/* The code of the registered system that has the same parameters. PROJ is sure of it from 90 on; what it finds with 70
 * has the same numbers under another name, as Esri's files have: taken when it is the only one. */
static bool code_by_parameters(PJ_CONTEXT *proj, const PJ *crs, char *code, size_t size)
{
    int *confidence = NULL;
    PJ_OBJ_LIST *list = proj_identify(proj, crs, "EPSG", NULL, &confidence);
    int count = list ? proj_list_get_count(list) : 0;
    bool sure = count > 0 && (confidence[0] >= 90 || (confidence[0] >= 70 && (count == 1 || confidence[1] < 70)));
    PJ *best = sure ? proj_list_get(proj, list, 0) : NULL;

    if (best)
        snprintf(code, size, "EPSG:%s", proj_get_id_code(best, 0));
    proj_destroy(best);
    proj_list_destroy(list);
    proj_int_list_destroy(confidence);
    return sure;
}

static void read_parameters(PJ_CONTEXT *proj, const PJ *conversion, zone_crs *crs)
{
    int count = proj_coordoperation_get_param_count(proj, conversion);

    for (int i = 0; i < count; i++) {
        const char *code = NULL;
        double value = 0.0, unit = 1.0;
        if (!proj_coordoperation_get_param(proj, conversion, i, NULL, NULL, &code, &value, NULL, &unit, NULL, NULL,
                                           NULL, NULL) ||
            !code)
            continue;
        if (!strcmp(code, "8802")) /* longitude of natural origin */
            crs->central_meridian = round(value * unit * 180.0 / 3.14159265358979323846 * 1e10) / 1e10;
        else if (!strcmp(code, "8806"))
            crs->false_easting = value * unit;
    }
}

static void read_projection(PJ_CONTEXT *proj, const PJ *projected, zone_crs *crs)
{
    PJ *conversion = proj_crs_get_coordoperation(proj, projected);
    const char *name = NULL, *code = NULL;

    if (conversion && proj_coordoperation_get_method_info(proj, conversion, &name, NULL, &code)) {
        crs->transverse_mercator = (code && !strcmp(code, "9807")) || (name && !strcmp(name, "Transverse Mercator"));
        crs->web_mercator = (code && !strcmp(code, "1024")) || !strcmp(crs->code, "EPSG:3857");
    }
    if (crs->transverse_mercator)
        read_parameters(proj, conversion, crs);
    double prefix = floor(crs->false_easting / 1e6);
    if (prefix >= 1.0 && prefix <= 60.0 && fabs(crs->false_easting - prefix * 1e6 - 5e5) < 1e-3)
        crs->zone_prefix = (int)prefix;
    proj_destroy(conversion);
}

/* The size of a unit of the first axis: metres, or radians. */
static double unit_size(PJ_CONTEXT *proj, const PJ *crs)
{
    PJ *system = proj_crs_get_coordinate_system(proj, crs);
    double size = 1.0;

    if (system)
        proj_cs_get_axis_info(proj, system, 0, NULL, NULL, NULL, &size, NULL, NULL, NULL);
    proj_destroy(system);
    return size;
}

static zone_status read_ellipsoid(zone_context *ctx, PJ_CONTEXT *proj, const PJ *bare, zone_crs *crs)
{
    PJ *ellipsoid = proj_get_ellipsoid(proj, bare);
    PJ *datum = proj_crs_get_datum_forced(proj, bare);
    char text[200];

    if (ellipsoid)
        proj_ellipsoid_get_parameters(proj, ellipsoid, &crs->semi_major, NULL, NULL, &crs->inverse_flattening);
    CPLsnprintf(text, sizeof text, "%s (a %.15g, 1/f %.15g)", ellipsoid ? proj_get_name(ellipsoid) : "?",
                crs->semi_major, crs->inverse_flattening);
    crs->ellipsoid = zone_copy_text(ctx, text);
    crs->datum = zone_copy_text(ctx, datum && proj_get_name(datum) ? proj_get_name(datum) : "");
    proj_destroy(datum);
    proj_destroy(ellipsoid);
    return crs->ellipsoid && crs->datum ? ZONE_OK : ZONE_NO_MEMORY;
}

/* Name, code and WKT; `whole` still has a datum shift that was tied to it, `bare` has not. */
static zone_status read_identity(zone_context *ctx, PJ_CONTEXT *proj, const PJ *whole, const PJ *bare,
                                 const char *found, zone_crs *crs)
{
    static const char *const one_line[] = {"MULTILINE=NO", NULL};
    PJ *east_first = proj_normalize_for_visualization(proj, whole);
    const char *wkt = proj_as_wkt(proj, east_first ? east_first : whole, PJ_WKT2_2019, one_line);
    const char *name = proj_get_name(bare);
    char code[64] = "";
    bool told = own_code(proj, bare, code, sizeof code);
    bool identified = !told && code_by_parameters(proj, bare, code, sizeof code);

    crs->wkt = wkt ? zone_copy_text(ctx, wkt) : NULL;
    crs->name = zone_copy_text(ctx, name ? name : "");
    crs->code = zone_copy_text(ctx, code);
    crs->found = zone_copy_text(ctx, identified ? zone_say(ctx, "%s, the code by its parameters", zone_tell(ctx, found))
                                                : zone_tell(ctx, found));
    proj_destroy(east_first);
    return crs->wkt && crs->name && crs->code && crs->found ? ZONE_OK : zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
}

/* The remedy for what is no reference system for land. */
static const char example[] = "--crs EPSG:4549, for example";

static zone_status describe(zone_context *ctx, PJ_CONTEXT *proj, const PJ *whole, const PJ *bare, const char *found,
                            zone_crs *crs)
{
    PJ_TYPE type = proj_get_type(bare);
    const char *name = proj_get_name(bare);
    zone_status status;

    if (type != PJ_TYPE_PROJECTED_CRS && type != PJ_TYPE_GEOGRAPHIC_2D_CRS)
        return zone_fail(ctx, ZONE_BAD_CRS, .what = "not a horizontal reference system",
                         .found = name ? zone_say(ctx, "%s", name) : NULL,
                         .expected = "a projected reference system, or longitude and latitude", .remedy = example);
    if ((status = read_identity(ctx, proj, whole, bare, found, crs)) || (status = read_ellipsoid(ctx, proj, bare, crs)))
        return status;
    crs->kind = type == PJ_TYPE_PROJECTED_CRS ? ZONE_CRS_PROJECTED : ZONE_CRS_GEOGRAPHIC;
    crs->metres = crs->kind == ZONE_CRS_PROJECTED ? unit_size(proj, bare) : 1.0;
    if (crs->kind == ZONE_CRS_PROJECTED)
        read_projection(proj, bare, crs);
    else if (fabs(unit_size(proj, bare) - 0.017453292519943295) > 1e-12)
        return zone_fail(ctx, ZONE_BAD_CRS, .what = "not a reference system in degrees",
                         .found = zone_say(ctx, "%s, not in degrees", crs->name),
                         .expected = "longitude and latitude in degrees", .remedy = example);
    return ZONE_OK;
}

zone_status zone_crs_create(zone_context *ctx, const char *definition, const char *found, zone_crs **crs)
{
    PJ_CONTEXT *proj = zone_proj_open();
    zone_crs *made = zone_allocate(ctx, 1, sizeof *made);
    PJ *whole = NULL, *bare = NULL;
    bool full = false; /* memory is */
    zone_status status = ZONE_OK;

    *crs = NULL;
    if (!proj || !made)
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    if (!status && (whole = zone_proj_horizontal(proj, parse(proj, definition ? definition : "", &full), 0)))
        bare = zone_proj_horizontal(proj, proj_clone(proj, whole), 1);
    if (!status && full)
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    if (!status && !bare)
        status = zone_fail(ctx, ZONE_BAD_CRS, .what = "no such reference system",
                           .found = zone_say(ctx, "\"%.200s\"", definition ? definition : ""),
                           .expected = "a reference system: an EPSG code, WKT or PROJ text", .remedy = example);
    if (!status)
        status = describe(ctx, proj, whole, bare, found, made);
    if (status) {
        zone_crs_free(made);
        made = NULL;
    }
    *crs = made;
    proj_destroy(bare);
    proj_destroy(whole);
    proj_context_destroy(proj);
    return status;
}

void zone_crs_free(zone_crs *crs)
{
    if (!crs)
        return;
    free(crs->wkt);
    free(crs->name);
    free(crs->code);
    free(crs->datum);
    free(crs->ellipsoid);
    free(crs->found);
    free(crs->option);
    free(crs);
}

bool zone_crs_same(const zone_crs *a, const zone_crs *b)
{
    bool same = !strcmp(a->wkt, b->wkt) || (a->code[0] && !strcmp(a->code, b->code));

    if (same || a->kind != b->kind)
        return same;
    PJ_CONTEXT *proj = zone_proj_open();
    PJ *first = zone_proj_horizontal(proj, proj_create(proj, a->wkt), 1);
    PJ *second = zone_proj_horizontal(proj, proj_create(proj, b->wkt), 1);
    same = first && second && same_system(proj, first, second);
    proj_destroy(first);
    proj_destroy(second);
    proj_context_destroy(proj);
    return same;
}
