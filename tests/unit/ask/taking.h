/* What a test expects of takes: areas, places, other methods, drawings. */
#ifndef ZONE_TEST_ASK_TAKING_H
#define ZONE_TEST_ASK_TAKING_H

#include "ask/take.h"
#include "ask/trying.h"

#include <ogr_api.h>

/* A take of site `site` by the check `check` of the plan. */
static inline zone_take measure(trying *t, size_t site, size_t check)
{
    zone_take take = {0};

    EXPECT_INT(zone_take_measure(&t->trial, site, &t->plan->checks[check], &take), ZONE_OK);
    return take;
}

static inline void expect_area(trying *t, size_t site, size_t check, double area)
{
    zone_take take = measure(t, site, check);

    if (fabs(zone_exact_to_m2(take.area) - area) > 1e-9)
        TEST_FAIL("site %zu takes %.9f m2 by %s, expected %.9f", site, zone_exact_to_m2(take.area),
                  t->plan->checks[check].name, area);
    zone_take_free(&take);
}

/* The place of what was measured lies in this box (metres from the corner). */
static inline void expect_place(trying *t, size_t site, size_t check, double west, double south, double east,
                                double north)
{
    zone_take take = measure(t, site, check);
    double at[2] = {0};
    bool found = false;

    EXPECT_INT(zone_take_place(&t->trial, site, &t->plan->checks[check], &take, &found, at), ZONE_OK);
    at[0] -= 441000;
    at[1] -= 3218000;
    if (!found || at[0] <= west || at[0] >= east || at[1] <= south || at[1] >= north)
        TEST_FAIL("site %zu, %s: %s at %g %g", site, t->plan->checks[check].name, found ? "place" : "no place", at[0],
                  at[1]);
    zone_take_free(&take);
}

/* By the method number m of the trial: what was measured, and the box (metres from the corner) it is known to be. */
static inline void expect_by_methods(trying *t, size_t site, size_t check, const double box[4])
{
    zone_take take = measure(t, site, check);

    for (size_t m = 0; m < t->trial.methods.count; m++) {
        zone_projection *projection = t->trial.methods.projection[m];
        zone_batch batch = {0};
        zone_layer *layer = NULL;
        zone_exact area = 0;
        const double x[] = {box[0], box[2], box[2], box[0]}, y[] = {box[1], box[1], box[3], box[3]};
        EXPECT_INT(zone_batch_add_feature(t->ctx, &batch, 0, 0, ZONE_SHAPE_AREA), ZONE_OK);
        EXPECT_INT(zone_batch_add_ring(t->ctx, &batch), ZONE_OK);
        for (int v = 0; v < 4; v++)
            EXPECT_INT(zone_batch_add_vertex(t->ctx, &batch, 441000 + x[v], 3218000 + y[v]), ZONE_OK);
        EXPECT_INT(zone_layer_create(t->ctx, projection, &layer), ZONE_OK);
        EXPECT_INT(zone_layer_add(t->ctx, layer, &batch), ZONE_OK);
        EXPECT_INT(zone_layer_finish(t->ctx, layer), ZONE_OK);
        EXPECT_INT(zone_take_by_method(&t->trial, site, &t->plan->checks[check], &take, projection, &area), ZONE_OK);
        double direct = zone_exact_to_m2(zone_layer_area(layer, 0));
        if (fabs(zone_exact_to_m2(area) - direct) > 1e-5) /* vertices more or fewer are the edge model's */
            TEST_FAIL("site %zu, %s by %s: %.9f m2, expected %.9f", site, t->plan->checks[check].name,
                      t->trial.methods.method[m].name, zone_exact_to_m2(area), direct);
        zone_layer_free(layer);
        zone_batch_free(&batch);
    }
    zone_take_free(&take);
}

/* The plane's area of what is drawn of a part. */
static inline double drawn_area(trying *t, size_t site, size_t check, size_t part)
{
    zone_take take = measure(t, site, check);
    zone_clip *clip = NULL;
    const unsigned char *wkb = NULL;
    size_t size = 0;
    bool empty = false;
    OGRGeometryH geometry = NULL;
    double area = -1;

    EXPECT_INT(zone_clip_open(t->ctx, &clip), ZONE_OK);
    EXPECT_INT(zone_take_clip(&t->trial, site, &t->plan->checks[check], &take, part, clip, &wkb, &size, &empty),
               ZONE_OK);
    if (wkb && OGR_G_CreateFromWkb(wkb, NULL, &geometry, (int)size) == OGRERR_NONE) {
        area = OGR_G_Area(geometry);
        EXPECT(empty == (area == 0));
        OGR_G_DestroyGeometry(geometry);
    }
    zone_clip_close(clip);
    zone_take_free(&take);
    return area;
}

#endif
