/* What a site takes, drawn by GEOS: for places, widths, and the areas of other methods. Geometries are the caller's.
 * Errors: ZONE_BAD_GEOMETRY, ZONE_NO_MEMORY. */
#ifndef ZONE_ASK_TAKE_DRAWN_H
#define ZONE_ASK_TAKE_DRAWN_H

#include "ask/take.h"
#include "read/geometry.h"

/* Does the part belong to what was measured? */
bool zone_take_is_measured(const zone_plan_check *check, const zone_take *take, size_t part);

/* The feature of the widened sites that is site `site`; their count where it has none. */
size_t zone_take_find_near(const zone_batch *near, size_t site);

/* What the site has in common with the feature, without what was trimmed. */
zone_status zone_take_draw_part(zone_trial *trial, size_t site, const zone_part *part, zone_geometry **drawn);

/* A part as its rule means it: in the site, or beside it. */
zone_status zone_take_draw_any(zone_trial *trial, size_t site, const zone_take *take, size_t part,
                               zone_geometry **drawn);

/* What the measured parts cover together. */
zone_status zone_take_draw_together(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                    zone_geometry **drawn);

/* The site less the measured parts; and of that what was measured: all or the largest polygon. */
zone_status zone_take_draw_rest(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_geometry **drawn);
zone_status zone_take_draw_left(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_geometry **drawn);

/* Adds the area of a geometry by the method of a projection. */
zone_status zone_take_area_of(zone_trial *trial, const zone_geometry *drawn, zone_projection *projection,
                              zone_exact *sum);

#endif
