/* Geometry by GEOS: validity with reason and place, repair, and the relations that layout and queries need. */
#ifndef ZONE_READ_GEOMETRY_H
#define ZONE_READ_GEOMETRY_H

#include "base/batch.h"

typedef struct zone_geometry zone_geometry; /* one geometry, or a collection; holds its own GEOS handle */

/* Feature `feature` of a batch; a whole batch as one collection; WKT. Errors: ZONE_BAD_GEOMETRY, ZONE_NO_MEMORY. */
zone_status zone_geometry_from_batch(zone_context *ctx, const zone_batch *batch, size_t feature, zone_geometry **out);
zone_status zone_geometry_union_batch(zone_context *ctx, const zone_batch *batch, zone_geometry **out);
zone_status zone_geometry_from_wkt(zone_context *ctx, const char *wkt, zone_geometry **out);
void zone_geometry_free(zone_geometry *geometry);

/* Appends the geometry as feature(s) of a batch (rings oriented as base/batch.h says). */
zone_status zone_geometry_to_batch(zone_context *ctx, const zone_geometry *geometry, int64_t id, zone_batch *batch);

/* Valid? If not, *reason is GEOS's English reason in the context's memory and x, y its place. */
bool zone_geometry_valid(zone_context *ctx, const zone_geometry *geometry, const char **reason, double *x, double *y);
zone_status zone_geometry_repair(zone_context *ctx, const zone_geometry *geometry, zone_geometry **out);

/* What the parts of a collection, which may lie on each other, cover together; a copy of anything else. */
zone_status zone_geometry_unite_parts(zone_context *ctx, const zone_geometry *geometry, zone_geometry **out);

zone_shape zone_geometry_shape(const zone_geometry *geometry);
double zone_geometry_plane_area(const zone_geometry *geometry);
double zone_geometry_length(const zone_geometry *geometry);
bool zone_geometry_centroid(const zone_geometry *geometry, double *x, double *y);
bool zone_geometry_interior_point(const zone_geometry *geometry, double *x, double *y);
bool zone_geometry_closed(const zone_geometry *geometry); /* a line that ends where it begins */
bool zone_geometry_ends(const zone_geometry *geometry, double first[2], double last[2]);
/* Lines that go on from end to end as one line, what lies twice once; lines that can't stay parts. */
zone_status zone_geometry_join_lines(zone_context *ctx, const zone_geometry *a, zone_geometry **out);
int zone_geometry_part_count(const zone_geometry *geometry);

/* Relations. NAN / false when GEOS fails. */
double zone_geometry_distance(const zone_geometry *a, const zone_geometry *b);
bool zone_geometry_nearest(const zone_geometry *a, const zone_geometry *b, double on_a[2], double on_b[2]);
/* The point of `what` that lies farthest from `from`; distance 0 when `what` is empty. */
zone_status zone_geometry_farthest(zone_context *ctx, const zone_geometry *what, const zone_geometry *from,
                                   double *distance, double place[2]);
bool zone_geometry_intersects(const zone_geometry *a, const zone_geometry *b);
bool zone_geometry_covers(const zone_geometry *a, const zone_geometry *b);
bool zone_geometry_crosses(const zone_geometry *a, const zone_geometry *b);
zone_status zone_geometry_intersection(zone_context *ctx, const zone_geometry *a, const zone_geometry *b,
                                       zone_geometry **out);
zone_status zone_geometry_difference(zone_context *ctx, const zone_geometry *a, const zone_geometry *b,
                                     zone_geometry **out);
zone_status zone_geometry_union(zone_context *ctx, const zone_geometry *a, const zone_geometry *b, zone_geometry **out);
zone_status zone_geometry_buffer(zone_context *ctx, const zone_geometry *a, double metres, zone_geometry **out);
zone_status zone_geometry_boundary(zone_context *ctx, const zone_geometry *a, zone_geometry **out);

#endif
