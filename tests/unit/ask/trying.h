/* Sites before the scene: a plan with all layers that checks ask for, and what a test draws on top of it. */
#ifndef ZONE_TEST_ASK_TRYING_H
#define ZONE_TEST_ASK_TRYING_H

#include "ask/scene.h"

#include "ask/trial.h"

static const char trying_plan[] =
    "plan: 1\ntitle: t\nperiod: 2021-2025\ncrs: EPSG:%d\narea: %s\ngeometry: schematic\n"
    "whole: {name: all, area: 0.02 km2}\n"
    "zones:\n  - {id: a, name: A, area: 0.01 km2, farmland: 1000 m2}\n  - {id: b, name: B, area: 0.01 km2}\n"
    "layers:\n"
    "  zones: {data: zones.geojson, fields: {id: id}}\n"
    "  boundary: {data: boundary.geojson}\n"
    "  planned: {data: planned.geojson, edition: use-2023, fields: {class: code}}\n"
    "  landuse: {data: landuse.geojson, edition: survey-2019, fields: {class: DLBM}}\n"
    "  farmland: {data: farmland.geojson, fields: {id: id, ridge: KCXS}}\n"
    "  status: {data: status.geojson, fields: {state: state}}\n"
    "  redline: {data: apart.geojson, fields: {id: id}}\n"
    "construction:\n  use-2023: [\"07\", \"10\"]\n  survey-2019: construction\n";

typedef struct {
    zone_context *ctx;
    place p;
    zone_plan *plan;
    zone_crs *crs;
    zone_sites sites;
    zone_trial trial;
    drawing drawn; /* the sites; begun */
} trying;

/* "id west south east north, …" as boxes with that id. */
static inline void put_boxes(place *p, const char *file, const char *boxes)
{
    char id[32], properties[128];
    double west, south, east, north;
    drawing d;
    int used = 0;

    begin_drawing(&d, 4549);
    while (sscanf(boxes, "%31s %lf %lf %lf %lf%n", id, &west, &south, &east, &north, &used) == 5) {
        snprintf(properties, sizeof properties, "\"id\":\"%s\",\"KCXS\":0.1,\"state\":\"built\"", id);
        draw_box(&d, properties, west, south, east, north);
        boxes += used + (boxes[used] == ',');
    }
    end_drawing(&d, file_in(p, file));
}

/* The scene, farmland of two parcels (west with ridges of 0.1, east 0.2), a red line of 10 × 10; sites may be drawn. */
static inline void begin_trying(trying *t)
{
    drawing d;

    *t = (trying){.ctx = new_context()};
    open_place(&t->p);
    draw_scene(&t->p);
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"west\",\"KCXS\":0.1", 10, 20, 60, 80);
    draw_box(&d, "\"id\":\"east\",\"KCXS\":0.2", 60, 20, 150, 80);
    end_drawing(&d, file_in(&t->p, "farmland.geojson"));
    put_boxes(&t->p, "apart.geojson", "red 180 50 190 60");
    begin_drawing(&t->drawn, 4549);
}

static inline void draw_site(trying *t, const char *id, const char *points)
{
    char properties[64];

    snprintf(properties, sizeof properties, "\"id\":\"%s\",\"kind\":\"工业用地\"", id);
    draw_polygon(&t->drawn, properties, points);
}

static inline void box_site(trying *t, const char *id, double west, double south, double east, double north)
{
    char points[256];

    snprintf(points, sizeof points, "%.9f %.9f,%.9f %.9f,%.9f %.9f,%.9f %.9f", west, south, east, south, east, north,
             west, north);
    draw_site(t, id, points);
}

/* Plan with these quotas and checks ("  - {…}\n", "" for none); sites read and named, the trial opened. */
static inline zone_status open_trying(trying *t, int epsg, const char *method, const char *quotas, const char *checks)
{
    char text[8192];
    int length = snprintf(text, sizeof text, trying_plan, epsg, method);

    snprintf(text + length, sizeof text - (size_t)length, "%s%s%s%s", *quotas ? "quotas:\n" : "", quotas,
             *checks ? "checks:\n" : "", checks);
    put_file(&t->p, "plan.yaml", text);
    EXPECT_INT(zone_plan_open(t->ctx, file_in(&t->p, "plan.yaml"), &t->plan), ZONE_OK);
    if (!t->plan) {
        printf("%s\n", zone_context_error_text(t->ctx));
        return ZONE_BAD_PLAN;
    }
    end_drawing(&t->drawn, file_in(&t->p, "more.geojson"));
    EXPECT_INT(zone_plan_crs(t->ctx, t->plan, &t->crs), ZONE_OK);
    EXPECT_INT(zone_sites_add(t->ctx, &t->sites, file_in(&t->p, "more.geojson"), NULL, t->crs), ZONE_OK);
    EXPECT_INT(zone_sites_name(t->ctx, &t->sites), ZONE_OK);
    return zone_trial_open(t->ctx, t->plan, &t->sites, NULL, &t->trial);
}

/* All sites measured as one block. */
static inline void try_sites(trying *t, const char *method, const char *quotas, const char *checks)
{
    zone_status status = open_trying(t, 4549, method, quotas, checks);

    if (!status)
        status = zone_trial_begin(&t->trial);
    if (!status)
        status = zone_trial_block(&t->trial, 0, t->sites.batch.feature_count);
    EXPECT_INT(status, ZONE_OK);
    if (status)
        printf("%s\n", zone_context_error_text(t->ctx));
}

static inline void end_trying(trying *t)
{
    zone_trial_close(&t->trial);
    zone_sites_free(&t->sites);
    zone_crs_free(t->crs);
    zone_plan_close(t->plan);
    close_place(&t->p);
    zone_context_free(t->ctx);
}

/* The same area in m², exactly. */
#define EXPECT_AREA(actual, square_metres)                                                                             \
    do {                                                                                                               \
        zone_exact is_area_ = (actual), should_area_ = 0;                                                              \
        EXPECT(zone_exact_from_m2(square_metres, &should_area_));                                                      \
        if (is_area_ != should_area_)                                                                                  \
            TEST_FAIL("%s is %.9f m2, expected %.9f", #actual, zone_exact_to_m2(is_area_),                             \
                      zone_exact_to_m2(should_area_));                                                                 \
    } while (0)

#endif
