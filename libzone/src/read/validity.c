/* Validity: is a feature's geometry sound, and what becomes of it if it is not. */
#include "read/validity.h"

#include "base/text.h"
#include "read/crossings.h"
#include "read/interrupt.h"

#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void print_trimmed(char *text, size_t size, double value, int decimals)
{
    CPLsnprintf(text, size, "%.*f", decimals, value); /* GDAL's, for it takes no comma from a host's locale */
    char *end = text + strlen(text);
    if (!strchr(text, '.'))
        return;
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        end[-1] = '\0';
}

void zone_validity_place(char *text, size_t size, double x, double y, bool geographic)
{
    char first[400], second[400]; /* %f of the largest double has 309 digits */

    print_trimmed(first, sizeof first, x, geographic ? 8 : 3);
    print_trimmed(second, sizeof second, y, geographic ? 8 : 3);
    snprintf(text, size, "%.25s %.25s", first, second);
}

/* Not the whole struct: this is done for every feature. */
void zone_verdict_clear(zone_verdict *verdict)
{
    verdict->state = ZONE_FEATURE_USED;
    verdict->reason[0] = verdict->place[0] = '\0';
    verdict->area_change = 0.0;
}

static void tell(zone_context *ctx, zone_verdict *verdict, const char *reason, double x, double y, bool geographic)
{
    zone_validity_place(verdict->place, sizeof verdict->place, x, y, geographic);
    snprintf(verdict->reason, sizeof verdict->reason, "%s",
             zone_say(ctx, "%s at %s", zone_text(zone_context_language(ctx), reason), verdict->place));
}

/* Square metres in a unit of drawing-plane area: exact for projected data, good to a part in a hundred for degrees. */
static double scale(const zone_rings *rings, const zone_crs *crs)
{
    const double radian = 3.14159265358979323846 / 180.0;
    double degree = crs->semi_major * radian;

    if (crs->kind != ZONE_CRS_GEOGRAPHIC)
        return crs->metres * crs->metres;
    return rings->vertex_count ? degree * degree * cos(rings->y[0] * radian) : 1.0;
}

static void reject(zone_verdict *verdict, const char *why, zone_rings *rings)
{
    size_t length = strlen(verdict->reason);

    snprintf(verdict->reason + length, sizeof verdict->reason - length, "%s", why);
    verdict->state = ZONE_FEATURE_REJECTED;
    zone_rings_clear(rings);
}

/* The mended geometry into `rings`; what is left of a collapsed area is nothing. */
static zone_status mend(zone_context *ctx, zone_geos *geos, const GEOSGeometry *geometry, const zone_crs *crs,
                        zone_rings *rings, zone_verdict *verdict)
{
    double metres = scale(rings, crs), before = zone_rings_area(rings);
    GEOSGeometry *mended = NULL;
    size_t bound = 0;
    bool exceed = false;
    zone_status status = zone_crossings_exceed(ctx, rings, &bound, &exceed);

    if (status)
        return status;
    if (exceed) {
        reject(verdict, zone_say(ctx, "; it crosses itself more than %zu times", bound), rings);
        return ZONE_OK;
    }
    verdict->state = ZONE_FEATURE_REPAIRED;
    do {
        mended = zone_geos_repair(geos, geometry);
    } while (!mended && zone_geos_try_again(ctx, geos));
    if (mended)
        status = zone_geos_to_rings(ctx, geos, mended, ZONE_SHAPE_AREA, rings);
    if (!mended || rings->ring_count == 0)
        reject(verdict, mended ? zone_say(ctx, "; no area is left") : zone_say(ctx, "; %s", geos->message), rings);
    else
        verdict->area_change = metres * (zone_rings_area(rings) - before);
    GEOSGeom_destroy_r(geos->handle, mended);
    return status;
}

/* True, or false with the reason in the verdict. */
static bool sound(zone_context *ctx, zone_geos *geos, const GEOSGeometry *geometry, bool geographic,
                  zone_verdict *verdict)
{
    char *reason = NULL;
    GEOSGeometry *location = NULL;
    double x = 0.0, y = 0.0;
    char valid = 0;

    do {
        valid = GEOSisValidDetail_r(geos->handle, geometry, 0, &reason, &location);
    } while (valid == 2 && zone_geos_try_again(ctx, geos));
    if (valid != 1 && location && GEOSGeomGetX_r(geos->handle, location, &x) == 1 &&
        GEOSGeomGetY_r(geos->handle, location, &y) == 1)
        tell(ctx, verdict, reason ? reason : "Invalid", x, y, geographic);
    else if (valid != 1)
        snprintf(verdict->reason, sizeof verdict->reason, "%s",
                 zone_text(zone_context_language(ctx), reason ? reason : geos->message));
    GEOSGeom_destroy_r(geos->handle, location);
    GEOSFree_r(geos->handle, reason);
    return valid == 1;
}

zone_status zone_validity_judge(zone_context *ctx, zone_geos *geos, zone_simple *simple, zone_invalid policy,
                                const zone_crs *crs, zone_rings *rings, zone_verdict *verdict)
{
    bool valid = zone_simple_surely(ctx, simple, rings);
    GEOSGeometry *geometry = valid ? NULL : zone_geos_from_rings(geos, rings);
    zone_status status = ZONE_OK;
    bool geographic = crs->kind == ZONE_CRS_GEOGRAPHIC;

    zone_verdict_clear(verdict);
    if (!valid && !geometry)
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    zone_interrupt_begin(ctx);
    if (!valid)
        valid = sound(ctx, geos, geometry, geographic, verdict);
    if (valid && rings->unclosed) {
        tell(ctx, verdict, "Ring is not closed", rings->unclosed_at[0], rings->unclosed_at[1], geographic);
        verdict->state = ZONE_FEATURE_REPAIRED; /* the last vertex is joined to the first */
    }
    if (!valid && policy == ZONE_REPAIR && !zone_cancelled(ctx))
        status = mend(ctx, geos, geometry, crs, rings, verdict);
    else if (verdict->reason[0] && policy != ZONE_REPAIR)
        verdict->state = ZONE_FEATURE_REJECTED;
    if (verdict->state == ZONE_FEATURE_REJECTED)
        zone_rings_clear(rings);
    GEOSGeom_destroy_r(geos->handle, geometry);
    zone_interrupt_end();
    return !status && geometry && zone_cancelled(ctx) ? zone_progress(ctx, 0, 0) : status;
}
