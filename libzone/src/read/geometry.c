/* Geometry by GEOS: making, judging, repairing. */
#include "read/geometry_geos.h"

#include "read/crossings.h"
#include "read/interrupt.h"

#include <stdlib.h>

zone_status zone_geometry_wrap(zone_context *ctx, GEOSGeometry *geometry, const zone_geometry *from,
                               zone_geometry **out)
{
    zone_geometry *made;
    zone_status status;

    *out = NULL;
    if (!geometry) {
        const char *message = from ? from->geos.message : "";
        return zone_fail(ctx, ZONE_BAD_GEOMETRY, .found = message[0] ? message : NULL);
    }
    made = zone_allocate(ctx, 1, sizeof *made);
    status = made ? zone_geos_open(ctx, &made->geos) : ZONE_NO_MEMORY;
    if (status) {
        if (from)
            GEOSGeom_destroy_r(from->geos.handle, geometry);
        free(made);
        return status;
    }
    made->geometry = geometry; /* GEOS ties geometries to no handle */
    *out = made;
    return ZONE_OK;
}

static zone_status new_geometry(zone_context *ctx, zone_geometry **out)
{
    zone_geometry *made = zone_allocate(ctx, 1, sizeof *made);

    *out = NULL;
    if (!made)
        return ZONE_NO_MEMORY;
    if (zone_geos_open(ctx, &made->geos)) {
        free(made);
        return ZONE_NO_MEMORY;
    }
    *out = made;
    return ZONE_OK;
}

/* Hands `made` over if it holds a geometry, else frees it and tells what GEOS said. */
static zone_status finish(zone_context *ctx, zone_geometry *made, const char *found, zone_geometry **out)
{
    zone_status status;

    if (made->geometry) {
        *out = made;
        return ZONE_OK;
    }
    status = zone_fail(ctx, ZONE_BAD_GEOMETRY,
                       .found = found                   ? found
                                : made->geos.message[0] ? made->geos.message
                                                        : NULL);
    zone_geometry_free(made);
    return status;
}

zone_status zone_geometry_from_batch(zone_context *ctx, const zone_batch *batch, size_t feature, zone_geometry **out)
{
    zone_rings rings = {0};
    zone_geometry *made = NULL;
    zone_status status = new_geometry(ctx, &made);

    *out = NULL;
    if (!status && !(status = zone_rings_from_batch(ctx, batch, feature, &rings))) {
        made->geometry = zone_geos_from_rings(&made->geos, &rings);
        status = finish(ctx, made, NULL, out);
    } else {
        zone_geometry_free(made);
    }
    zone_rings_free(&rings);
    return status;
}

/* All features that have rings, each made a geometry; *count of them. */
static zone_status collect(zone_context *ctx, zone_geos *geos, const zone_batch *batch, GEOSGeometry **parts,
                           size_t *count)
{
    zone_rings rings = {0};
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < batch->feature_count && !status; i++) {
        if (batch->ring_start[i] == batch->ring_start[i + 1])
            continue;
        status = zone_rings_from_batch(ctx, batch, i, &rings);
        if (!status && !(parts[*count] = zone_geos_from_rings(geos, &rings)))
            status = zone_fail(ctx, ZONE_BAD_GEOMETRY, .found = geos->message);
        *count += !status;
    }
    zone_rings_free(&rings);
    return status;
}

zone_status zone_geometry_union_batch(zone_context *ctx, const zone_batch *batch, zone_geometry **out)
{
    zone_geometry *made = NULL;
    zone_status status = new_geometry(ctx, &made);
    GEOSGeometry **parts, *all = NULL;
    size_t count = 0;

    *out = NULL;
    if (status)
        return status;
    parts = zone_allocate(ctx, batch->feature_count + 1, sizeof(GEOSGeometry *));
    status = parts ? collect(ctx, &made->geos, batch, parts, &count) : ZONE_NO_MEMORY;
    if (status) {
        for (size_t i = 0; i < count; i++)
            GEOSGeom_destroy_r(made->geos.handle, parts[i]);
        zone_geometry_free(made);
    } else {
        /* A single feature stays as it was drawn: a union would cut a line where it crosses itself. */
        if (count != 1)
            all = GEOSGeom_createCollection_r(made->geos.handle, GEOS_GEOMETRYCOLLECTION, parts, (unsigned)count);
        made->geometry = count == 1 ? parts[0] : all ? GEOSUnaryUnion_r(made->geos.handle, all) : NULL;
        GEOSGeom_destroy_r(made->geos.handle, all);
        status = finish(ctx, made, NULL, out);
    }
    free(parts);
    return status;
}

zone_status zone_geometry_from_wkt(zone_context *ctx, const char *wkt, zone_geometry **out)
{
    zone_geometry *made = NULL;
    zone_status status = new_geometry(ctx, &made);
    GEOSWKTReader *reader;

    *out = NULL;
    if (status)
        return status;
    if ((reader = GEOSWKTReader_create_r(made->geos.handle)))
        made->geometry = GEOSWKTReader_read_r(made->geos.handle, reader, wkt);
    GEOSWKTReader_destroy_r(made->geos.handle, reader);
    if (made->geometry && GEOSisEmpty_r(made->geos.handle, made->geometry) == 1) {
        zone_geometry_free(made);
        return zone_fail(ctx, ZONE_BAD_GEOMETRY, .found = "empty geometry");
    }
    return finish(ctx, made, NULL, out);
}

void zone_geometry_free(zone_geometry *geometry)
{
    if (!geometry)
        return;
    GEOSGeom_destroy_r(geometry->geos.handle, geometry->geometry);
    zone_geos_close(&geometry->geos);
    free(geometry);
}

zone_status zone_geometry_to_batch(zone_context *ctx, const zone_geometry *geometry, int64_t id, zone_batch *batch)
{
    zone_rings rings = {0};
    zone_geos *geos = zone_geometry_geos(geometry);
    zone_status status = zone_geos_to_rings(ctx, geos, geometry->geometry, ZONE_SHAPE_NONE, &rings);

    if (!status)
        status = zone_batch_add_feature(ctx, batch, id, batch->feature_count, rings.shape);
    if (!status)
        status = zone_rings_to_batch(ctx, &rings, batch);
    zone_rings_free(&rings);
    return status;
}

bool zone_geometry_valid(zone_context *ctx, const zone_geometry *geometry, const char **reason, double *x, double *y)
{
    zone_geos *geos = zone_geometry_geos(geometry);
    GEOSGeometry *place = NULL;
    char *text = NULL;
    bool valid = GEOSisValidDetail_r(geos->handle, geometry->geometry, 0, &text, &place) == 1;

    *reason = NULL;
    *x = *y = 0.0;
    if (!valid) {
        *reason = zone_say(ctx, "%s", zone_tell(ctx, text ? text : geos->message));
        if (place) {
            GEOSGeomGetX_r(geos->handle, place, x);
            GEOSGeomGetY_r(geos->handle, place, y);
        }
    }
    GEOSGeom_destroy_r(geos->handle, place);
    GEOSFree_r(geos->handle, text);
    return valid;
}

zone_status zone_geometry_repair(zone_context *ctx, const zone_geometry *geometry, zone_geometry **out)
{
    zone_geos *geos = zone_geometry_geos(geometry);
    zone_rings rings = {0};
    size_t bound = 0;
    bool exceed = false;
    zone_status status = zone_geos_to_rings(ctx, geos, geometry->geometry, ZONE_SHAPE_NONE, &rings);

    *out = NULL;
    if (!status && rings.shape == ZONE_SHAPE_AREA)
        status = zone_crossings_exceed(ctx, &rings, &bound, &exceed);
    zone_rings_free(&rings);
    if (!status && exceed)
        status = zone_fail(ctx, ZONE_BAD_GEOMETRY,
                           .found = zone_say(ctx, "an area that crosses itself more than %zu times", bound));
    if (status)
        return status;
    GEOSGeometry *mended = NULL;
    zone_interrupt_begin(ctx);
    do {
        mended = zone_geos_repair(geos, geometry->geometry);
    } while (!mended && zone_geos_try_again(ctx, geos));
    zone_interrupt_end();
    if (!mended && zone_cancelled(ctx))
        return zone_progress(ctx, 0, 0);
    return zone_geometry_wrap(ctx, mended, geometry, out);
}

zone_status zone_geometry_unite_parts(zone_context *ctx, const zone_geometry *geometry, zone_geometry **out)
{
    GEOSContextHandle_t handle = geometry->geos.handle;
    bool collection = GEOSGeomTypeId_r(handle, geometry->geometry) == GEOS_GEOMETRYCOLLECTION;

    return zone_geometry_wrap(
        ctx, collection ? GEOSUnaryUnion_r(handle, geometry->geometry) : GEOSGeom_clone_r(handle, geometry->geometry),
        geometry, out);
}

zone_shape zone_geometry_shape(const zone_geometry *geometry)
{
    return zone_geos_shape(zone_geometry_geos(geometry), geometry->geometry);
}

int zone_geometry_part_count(const zone_geometry *geometry)
{
    return GEOSGetNumGeometries_r(geometry->geos.handle, geometry->geometry);
}
