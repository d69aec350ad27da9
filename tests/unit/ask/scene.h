/* A small plan of two zones with all layers that a balance of land needs. */
#ifndef ZONE_TEST_ASK_SCENE_H
#define ZONE_TEST_ASK_SCENE_H

#include "ask/fixture.h"

static const char plan_text[] =
    "plan: 1\ntitle: t\nperiod: 2021-2025\ncrs: EPSG:4549\narea: grid\ngeometry: schematic\n"
    "whole: {name: all, area: 0.02 km2, farmland: %s}\n"
    "zones:\n  - {id: a, name: A, area: 0.01 km2, farmland: %s}\n"
    "  - {id: b, name: B, area: 0.01 km2}\n"
    "layers:\n"
    "  zones: {data: zones.geojson, fields: {id: id}}\n"
    "  boundary: {data: boundary.geojson}\n"
    "  planned: {data: planned.geojson, edition: use-2023, fields: {class: code}}\n"
    "  landuse: {data: landuse.geojson, edition: survey-2019, fields: {class: DLBM}}\n"
    "  farmland: {data: farmland.geojson, fields: {ridge: KCXS}}\n"
    "  status: {data: status.geojson, fields: {state: state}}\n"
    "construction:\n  use-2023: [\"07\", \"10\"]\n  survey-2019: construction\n";

/* Two zones of 100 × 100 side by side; construction is planned in the south, an orchard (02) in the middle, cropland in
 * the north; the west 20 m are built up today. */
static inline void draw_scene(place *p)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"a\"", 0, 0, 100, 100);
    draw_box(&d, "\"id\":\"b\"", 100, 0, 200, 100);
    end_drawing(&d, file_in(p, "zones.geojson"));
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"boundary\"", 0, 0, 200, 100);
    end_drawing(&d, file_in(p, "boundary.geojson"));
    begin_drawing(&d, 4549);
    draw_box(&d, "\"code\":\"070102\"", 0, 0, 120, 40);
    draw_box(&d, "\"code\":\"1001\"", 120, 0, 200, 40);
    draw_box(&d, "\"code\":\"0201\"", 0, 40, 200, 70);
    draw_box(&d, "\"code\":\"0101\"", 0, 70, 200, 100);
    end_drawing(&d, file_in(p, "planned.geojson"));
    begin_drawing(&d, 4549);
    draw_box(&d, "\"DLBM\":\"0701\"", 0, 0, 20, 100);
    draw_box(&d, "\"DLBM\":\"0101\"", 20, 0, 200, 100);
    end_drawing(&d, file_in(p, "landuse.geojson"));
    begin_drawing(&d, 4549);
    draw_box(&d, "\"state\":\"built\"", 0, 0, 10, 10);
    draw_box(&d, "\"state\":\"under_construction\"", 10, 0, 20, 10);
    draw_box(&d, "\"state\":\"available\"", 90, 0, 130, 10);
    draw_box(&d, "\"state\":\"dreamt\"", 150, 0, 160, 10);
    end_drawing(&d, file_in(p, "status.geojson"));
}

static inline void draw_farmland(place *p, bool overlapping)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"KCXS\":0.1", 10, 20, 60, 80);
    draw_box(&d, "\"KCXS\":0.2", overlapping ? 50 : 60, 20, 150, 80);
    draw_box(&d, "\"KCXS\":0.2", 300, 20, 310, 80); /* outside */
    end_drawing(&d, file_in(p, "farmland.geojson"));
}

static inline zone_plan *open_plan(zone_context *ctx, place *p, const char *sum, const char *first)
{
    char text[4096];
    zone_plan *plan = NULL;

    snprintf(text, sizeof text, plan_text, sum, first);
    put_file(p, "plan.yaml", text);
    EXPECT_INT(zone_plan_open(ctx, file_in(p, "plan.yaml"), &plan), ZONE_OK);
    if (!plan)
        printf("%s\n", zone_context_error_text(ctx));
    return plan;
}

#endif
