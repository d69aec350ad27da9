/* Guards: coordinates that can't be meant in their reference system are refused with what was seen and what to do. */
#include "read/crs.h"

#include "base/crs_zones.h"
#include "read/proj_context.h"

#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Degrees off the central meridian: Chinese zones are 1.5 and 3 degrees to a side, so beyond 3 is worth a word; nobody
 * draws land 10 degrees off. */
#define FAR_DEGREES    3.0
#define ABSURD_DEGREES 10.0

/* 10 degrees on the equator are 1113 km; farther than this the inverse projection need not be asked. */
#define ABSURD_METRES 2e6

/* What is asked about, and where a message would say that it is. */
typedef struct {
    zone_context *ctx;
    const zone_crs *crs;
    const double *extent;
    const char *file, *layer;
} question;

/* "x from 441000.0 to 441100.0, …": five decimals for degrees, and nonsense in short. Locale-blind. */
static const char *observed(zone_context *ctx, const double *extent)
{
    char text[4][64];
    int decimals = fabs(extent[0]) <= 360.0 && fabs(extent[1]) <= 360.0 ? 5 : 1;

    for (int i = 0; i < 4; i++)
        CPLsnprintf(text[i], sizeof text[i], fabs(extent[i]) < 1e12 ? "%.*f" : "%.*g", decimals, extent[i]);
    return zone_say(ctx, "x from %s to %s, y from %s to %s", text[0], text[2], text[1], text[3]);
}

static zone_status refuse(const question *q, const char *expected, const char *remedy)
{
    return zone_fail(q->ctx, ZONE_BAD_CRS, .file = q->file, .layer = q->layer, .found = observed(q->ctx, q->extent),
                     .expected = expected, .remedy = remedy);
}

/* In either order. */
static bool in_degrees(const double *extent)
{
    return extent[0] >= -180.0 && extent[2] <= 180.0 && extent[1] >= -180.0 && extent[3] <= 180.0;
}

/* Latitudes and longitudes of China, the latitude first. */
static bool latitude_first(const double *extent)
{
    return extent[0] >= 3.0 && extent[2] <= 54.0 && extent[1] >= 73.0 && extent[3] <= 136.0;
}

static bool six_digits(double easting)
{
    return easting > 1e5 && easting < 9.5e5;
}

/* Northings of China from the equator on. */
static bool northing(double value)
{
    return value > 3e5 && value < 6.2e6;
}

static const char *suggest_prefixed(zone_context *ctx, zone_crs_family family, int prefix, const double *extent)
{
    int code = zone_crs_zone_code(family, prefix, true);

    /* Eastings of the 6-degree zones 13-15, in the far west, look like Web Mercator in the east. */
    if (prefix <= 15 && extent[1] > 1.9e6 && extent[3] < 7.2e6)
        return zone_say(ctx, "--crs EPSG:%d (Gauss-Kruger zone %d) or --crs EPSG:3857 (Web Mercator)", code, prefix);
    return zone_say(ctx, "--crs EPSG:%d (Gauss-Kruger zone %d, central meridian %dE)", code, prefix,
                    (int)zone_crs_zone_meridian(prefix));
}

/* Metres on the earth are fewer than this, also with a zone number before them. */
#define MOST_METRES 7e7

/* What is left when the coordinates tell nothing: another system, unless it is one they can't be in any. */
static const char *suggest_some_system(zone_context *ctx, const zone_crs *wrong, const double *extent)
{
    static const char codes[2][12] = {"EPSG:4549", "EPSG:4490"};
    bool nowhere = false;

    for (int i = 0; extent && i < 4; i++)
        nowhere = nowhere || !(fabs(extent[i]) <= MOST_METRES);
    if (nowhere)
        return "mend the data: no reference system has such a place on the earth";
    return zone_say(ctx, "--crs with the system in which the data were drawn, such as --crs %s",
                    codes[wrong && !strcmp(wrong->code, codes[0])]);
}

const char *zone_crs_suggest(zone_context *ctx, const zone_crs *wrong, const double *extent)
{
    zone_crs_family family = wrong ? zone_crs_family_of(wrong->datum) : ZONE_CGCS2000;
    int first = zone_crs_zone_code(family, 25, false);

    if (!extent)
        return suggest_some_system(ctx, wrong, extent);
    double x = 0.5 * (extent[0] + extent[2]), y = 0.5 * (extent[1] + extent[3]);
    if (latitude_first(extent))
        return "swap the coordinates: longitude comes first, then latitude";
    if (in_degrees(extent))
        return zone_say(ctx, "--crs EPSG:%d (longitude and latitude), or --crs EPSG:4326 if they are on WGS 84",
                        zone_crs_geographic_code(family));
    if (zone_crs_prefix(x) && northing(y))
        return suggest_prefixed(ctx, family, zone_crs_prefix(x), extent);
    if (zone_crs_prefix(y) && northing(x) && x > 1.5e6)
        return zone_say(ctx, "swap the coordinates: easting comes first; then %s",
                        suggest_prefixed(ctx, family, zone_crs_prefix(y), extent));
    if (six_digits(x) && northing(y))
        return zone_say(
            ctx,
            "--crs EPSG:%d (central meridian 75E) to EPSG:%d (135E), by the zone: EPSG:%d is 120E; eastings "
            "of six digits do not tell it",
            first, first + 20, first + 15);
    if (fabs(x) <= 20037508.4 && fabs(y) <= 20037508.4 && x > 8e6 && x < 1.52e7)
        return "--crs EPSG:3857 (Web Mercator)";
    return suggest_some_system(ctx, wrong, extent);
}

zone_status zone_crs_name_option(zone_context *ctx, const char *option)
{
    static const char usual[] = "--crs";
    zone_error error = *zone_context_error(ctx);
    const char *text = "", *rest = error.remedy;

    if (!option || !rest)
        return error.status;
    for (const char *found = strstr(rest, usual); found; found = strstr(rest, usual)) {
        text = zone_say(ctx, "%s%.*s%s", text, (int)(found - rest), rest, option);
        rest = found + strlen(usual);
    }
    error.remedy = zone_say(ctx, "%s%s", text, rest);
    return zone_fail_record(ctx, &error);
}

/* Longitude and latitude of nine points of an extent; false when one has none. */
static bool locate(const zone_crs *crs, const double *extent, bool swap, double lon[9], double lat[9])
{
    PJ_CONTEXT *proj = zone_proj_open();
    PJ *system = zone_proj_horizontal(proj, proj_create(proj, crs->wkt), 1);
    PJ *conversion = system ? proj_crs_get_coordoperation(proj, system) : NULL;
    PJ *forward = conversion ? proj_normalize_for_visualization(proj, conversion) : NULL;
    bool done = forward != NULL;

    for (int i = 0; i < 9 && done; i++) {
        double x = extent[0] + 0.5 * (i % 3) * (extent[2] - extent[0]);
        double y = extent[1] + 0.5 * (double)(i / 3) * (extent[3] - extent[1]);
        PJ_COORD place = proj_trans(forward, PJ_INV, proj_coord(swap ? y : x, swap ? x : y, 0.0, 0.0));
        PJ_COORD back = proj_trans(forward, PJ_FWD, place);
        lon[i] = place.xy.x;
        lat[i] = place.xy.y;
        /* What does not come back lies where the projection is no more one to one. */
        done = isfinite(lon[i]) && isfinite(lat[i]) && fabs(lat[i]) <= 90.0 && fabs(back.xy.x - (swap ? y : x)) < 1.0 &&
               fabs(back.xy.y - (swap ? x : y)) < 1.0;
    }
    proj_destroy(forward);
    proj_destroy(conversion);
    proj_destroy(system);
    proj_context_destroy(proj);
    return done;
}

/* Degrees that the farthest point lies off the central meridian; HUGE_VAL when it has no place on the earth. */
static double degrees_off(const zone_crs *crs, const double *extent, bool swap)
{
    double lon[9], lat[9], most = 0.0;
    double west = swap ? extent[1] : extent[0], east = swap ? extent[3] : extent[2];

    if (fabs(west * crs->metres - crs->false_easting) > ABSURD_METRES ||
        fabs(east * crs->metres - crs->false_easting) > ABSURD_METRES || !locate(crs, extent, swap, lon, lat))
        return HUGE_VAL;
    for (int i = 0; i < 9; i++)
        most = fmax(most, fabs(remainder(lon[i] - crs->central_meridian, 360.0)));
    return most;
}

/* Does the number before the eastings fit? Only where the numbers can be eastings at all. */
static zone_status guard_prefix(const question *q)
{
    const zone_crs *crs = q->crs;
    zone_crs_family family = zone_crs_family_of(crs->datum);
    int west = zone_crs_prefix(q->extent[0] * crs->metres), east = zone_crs_prefix(q->extent[2] * crs->metres);
    const char *numbered = NULL;

    if (crs->zone_prefix)
        numbered =
            zone_say(q->ctx, "eastings that begin with the zone number %d, as %s has", crs->zone_prefix, crs->name);
    if (crs->zone_prefix && q->extent[2] < 1e6 && northing(q->extent[3]))
        return refuse(q, numbered,
                      zone_say(q->ctx, "--crs EPSG:%d, the same zone without its number",
                               zone_crs_zone_code(family, crs->zone_prefix, false)));
    if (!crs->zone_prefix && west)
        return refuse(q, zone_say(q->ctx, "eastings without a zone number, as %s has", crs->name),
                      zone_crs_suggest(q->ctx, crs, q->extent));
    if (crs->zone_prefix && west && (west != crs->zone_prefix || east != crs->zone_prefix))
        return refuse(q, numbered, zone_crs_suggest(q->ctx, crs, q->extent));
    return ZONE_OK;
}

static zone_status guard_transverse_mercator(const question *q)
{
    const zone_crs *crs = q->crs;
    zone_status status = guard_prefix(q);
    double off;

    if (status)
        return status;
    off = degrees_off(crs, q->extent, false);
    if (off > ABSURD_DEGREES && degrees_off(crs, q->extent, true) <= FAR_DEGREES)
        return refuse(q, zone_say(q->ctx, "easting first, then northing, in %s", crs->name),
                      "swap the coordinates: easting comes first");
    if (off > ABSURD_DEGREES)
        return refuse(
            q,
            zone_say(q->ctx, "places within %d degrees of the central meridian of %s", (int)ABSURD_DEGREES, crs->name),
            zone_crs_suggest(q->ctx, crs, q->extent));
    if (off > FAR_DEGREES) {
        char degrees[32];
        CPLsnprintf(degrees, sizeof degrees, "%.1f", off);
        zone_log(q->ctx, "%s: data lie up to %s degrees off the central meridian of %s", q->layer ? q->layer : "",
                 degrees, crs->name);
    }
    return ZONE_OK;
}

static zone_status guard_projected(const question *q)
{
    double lon[9], lat[9];

    if (in_degrees(q->extent))
        return refuse(q, zone_say(q->ctx, "metres of %s, not degrees", q->crs->name),
                      zone_crs_suggest(q->ctx, q->crs, q->extent));
    if (q->crs->transverse_mercator)
        return guard_transverse_mercator(q);
    if (q->crs->web_mercator && (fabs(q->extent[0]) > 2.2e7 || fabs(q->extent[2]) > 2.2e7))
        return refuse(q, "coordinates on the earth", zone_crs_suggest(q->ctx, q->crs, q->extent));
    if (!q->crs->web_mercator && !locate(q->crs, q->extent, false, lon, lat))
        return refuse(q, zone_say(q->ctx, "places within the reach of %s", q->crs->name),
                      zone_crs_suggest(q->ctx, q->crs, q->extent));
    return ZONE_OK;
}

/* Where the system is meant to be used, as the registry says; false when it does not. */
static bool area_of_use(const zone_crs *crs, double area[4])
{
    PJ_CONTEXT *proj = zone_proj_open();
    PJ *system = crs->code[0] ? proj_create(proj, crs->code) : NULL;
    bool known = system && proj_get_area_of_use(proj, system, &area[0], &area[1], &area[2], &area[3], NULL);

    proj_destroy(system);
    proj_context_destroy(proj);
    return known && area[0] < area[2];
}

static zone_status guard_geographic(const question *q)
{
    const double *e = q->extent;
    double area[4];

    if (latitude_first(e) && (e[3] > 90.0 || (area_of_use(q->crs, area) && area[0] > -180.0 && e[2] < area[0])))
        return refuse(q, "longitude first, then latitude", zone_crs_suggest(q->ctx, q->crs, e));
    if (e[0] >= -360.0 && e[2] <= 360.0 && e[1] >= -90.0 && e[3] <= 90.0)
        return ZONE_OK;
    if (e[0] >= -90.0 && e[2] <= 90.0 && e[1] >= -360.0 && e[3] <= 360.0)
        return refuse(q, "longitude first, then latitude",
                      "swap the coordinates: longitude comes first, then latitude");
    return refuse(q, zone_say(q->ctx, "degrees of longitude and latitude in %s", q->crs->name),
                  zone_crs_suggest(q->ctx, q->crs, e));
}

zone_status zone_crs_guard(zone_context *ctx, const zone_crs *crs, const double extent[4], const char *file,
                           const char *layer)
{
    const question q = {ctx, crs, extent, file, layer};

    for (int i = 0; i < 4; i++)
        if (!isfinite(extent[i]))
            return refuse(&q, "coordinates that are finite numbers", NULL);
    return crs->kind == ZONE_CRS_GEOGRAPHIC ? guard_geographic(&q) : guard_projected(&q);
}
