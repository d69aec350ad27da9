/* Small polygons for kernel tests. */
#ifndef ZONE_TEST_SHAPES_H
#define ZONE_TEST_SHAPES_H

#include "kernel/overlay.h"
#include "test.h"

/* Adds a feature of one ring from count (x, y) pairs. */
static inline void add_polygon(zone_batch *batch, const double *xy, size_t count)
{
    zone_batch_add_feature(NULL, batch, (int64_t)batch->feature_count, batch->feature_count, ZONE_SHAPE_AREA);
    zone_batch_add_ring(NULL, batch);
    for (size_t i = 0; i < count; i++)
        zone_batch_add_vertex(NULL, batch, xy[2 * i], xy[2 * i + 1]);
}

static inline void add_box(zone_batch *batch, double x, double y, double w, double h)
{
    const double xy[] = {x, y, x + w, y, x + w, y + h, x, y + h};

    add_polygon(batch, xy, 4);
}

static inline zone_projection *projection_of(const char *crs, const char *method_name)
{
    zone_method method;
    zone_projection *projection = NULL;

    EXPECT_INT(zone_method_parse(NULL, method_name, &method), ZONE_OK);
    EXPECT_INT(zone_projection_create(NULL, crs, &method, &projection), ZONE_OK);
    return projection;
}

static inline zone_layer *layer_of(zone_projection *projection, const zone_batch *batch)
{
    zone_layer *layer = NULL;

    EXPECT_INT(zone_layer_of_batch(NULL, projection, batch, &layer), ZONE_OK);
    return layer;
}

#endif
