/* What a site takes, drawn. */
#include "ask/take_drawn.h"

#include "read/polygons.h"

#include <math.h>

static void replace(zone_geometry **drawn, zone_geometry *by)
{
    zone_geometry_free(*drawn);
    *drawn = by;
}

/* Leaves the polygons that are no slivers. */
static zone_status drop_narrow(zone_trial *trial, double narrow, zone_geometry **drawn)
{
    zone_geometry *wide = NULL, *thin = NULL;
    double widest = 0.0;
    zone_status status = zone_polygons_split(trial->ctx, *drawn, narrow / sqrt(trial->square), &wide, &thin, &widest);

    if (!status)
        replace(drawn, wide);
    zone_geometry_free(thin);
    return status;
}

zone_status zone_take_draw_part(zone_trial *trial, size_t site, const zone_part *part, zone_geometry **drawn)
{
    zone_geometry *own = NULL, *other = NULL;
    zone_status status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, site, &own);

    *drawn = NULL;
    if (!status)
        status = zone_geometry_from_batch(trial->ctx, part->batch, part->feature, &other);
    if (!status)
        status = zone_geometry_intersection(trial->ctx, own, other, drawn);
    if (!status && part->trimmed > 0.0)
        status = drop_narrow(trial, part->trimmed, drawn);
    zone_geometry_free(own);
    zone_geometry_free(other);
    return status;
}

/* Widened sites come in the order of the sites; one that could not be widened is missing. */
size_t zone_take_find_near(const zone_batch *near, size_t site)
{
    size_t low = 0;

    for (size_t high = near->feature_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (near->id[middle] < (int64_t)site)
            low = middle + 1;
        else
            high = middle;
    }
    return low < near->feature_count && near->id[low] == (int64_t)site ? low : near->feature_count;
}

/* Does the part belong to what was measured? */
bool zone_take_is_measured(const zone_plan_check *check, const zone_take *take, size_t part)
{
    bool only = check->per_piece && !take->rest;

    return take->part[part].counts && (!only || part == take->largest);
}

/* The site less the parts that count. */
zone_status zone_take_draw_rest(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_geometry **drawn)
{
    zone_status status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, site, drawn);

    for (size_t i = 0; i < take->count && !status; i++) {
        zone_geometry *other = NULL, *left = NULL;
        if (!zone_take_is_measured(check, take, i))
            continue;
        status = zone_geometry_from_batch(trial->ctx, take->part[i].batch, take->part[i].feature, &other);
        if (!status)
            status = zone_geometry_difference(trial->ctx, *drawn, other, &left);
        if (!status)
            replace(drawn, left);
        zone_geometry_free(other);
    }
    return status;
}

/* What was measured of a take that measures the rest. */
zone_status zone_take_draw_left(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_geometry **drawn)
{
    zone_status status = zone_take_draw_rest(trial, site, check, take, drawn);
    zone_geometry *largest = NULL, *others = NULL;

    if (!status && take->one_piece)
        status = zone_polygons_largest(trial->ctx, *drawn, &largest, &others);
    if (!status && largest)
        replace(drawn, largest);
    zone_geometry_free(others);
    return status;
}

static zone_status draw_beside(zone_trial *trial, size_t site, const zone_batch *near, const zone_part *part,
                               zone_geometry **drawn)
{
    size_t wide = zone_take_find_near(near, site);
    zone_geometry *area = NULL, *other = NULL, *own = NULL, *both = NULL;
    zone_status status = zone_geometry_from_batch(trial->ctx, near, wide, &area);

    *drawn = NULL;
    if (!status)
        status = zone_geometry_from_batch(trial->ctx, part->batch, part->feature, &other);
    if (!status)
        status = zone_geometry_from_batch(trial->ctx, &trial->block.batch, site, &own);
    if (!status)
        status = zone_geometry_intersection(trial->ctx, area, other, &both);
    if (!status)
        status = zone_geometry_difference(trial->ctx, both, own, drawn);
    zone_geometry_free(area);
    zone_geometry_free(other);
    zone_geometry_free(own);
    zone_geometry_free(both);
    return status;
}

zone_status zone_take_draw_any(zone_trial *trial, size_t site, const zone_take *take, size_t part,
                               zone_geometry **drawn)
{
    return take->beside ? draw_beside(trial, site, take->near, &take->part[part], drawn)
                        : zone_take_draw_part(trial, site, &take->part[part], drawn);
}

/* What the measured parts cover together. */
zone_status zone_take_draw_together(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                    zone_geometry **drawn)
{
    zone_batch parts = {0};
    zone_status status = ZONE_OK;

    *drawn = NULL;
    for (size_t i = 0; i < take->count && !status; i++) {
        zone_geometry *part = NULL;
        if (!zone_take_is_measured(check, take, i))
            continue;
        status = zone_take_draw_any(trial, site, take, i, &part);
        if (!status && zone_geometry_shape(part) == ZONE_SHAPE_AREA)
            status = zone_geometry_to_batch(trial->ctx, part, 0, &parts);
        zone_geometry_free(part);
    }
    if (!status)
        status = zone_geometry_union_batch(trial->ctx, &parts, drawn);
    zone_batch_free(&parts);
    return status;
}

static zone_status add_area(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    zone_exact *sum = user;

    (void)feature;
    (void)pieces;
    (void)count;
    zone_exact_add(*sum, whole, sum);
    return ZONE_OK;
}

zone_status zone_take_area_of(zone_trial *trial, const zone_geometry *drawn, zone_projection *projection,
                              zone_exact *sum)
{
    zone_batch batch = {0};
    zone_status status = ZONE_OK;

    if (zone_geometry_shape(drawn) == ZONE_SHAPE_AREA)
        status = zone_geometry_to_batch(trial->ctx, drawn, 0, &batch);
    if (!status)
        status = zone_overlay(trial->ctx, projection, &batch, NULL, add_area, sum);
    zone_batch_free(&batch);
    return status;
}
