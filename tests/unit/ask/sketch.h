/* A drawing of a few areas, lines and points whose distances are easy to say, and a plan whose rules speak of them. */
#ifndef ZONE_TEST_ASK_SKETCH_H
#define ZONE_TEST_ASK_SKETCH_H

#include "ask/fixture.h"

static const char sketch_plan[] =
    "plan: 1\ntitle: t\nperiod: 2021-2025\ncrs: %s\narea: %s\ngeometry: schematic\n"
    "whole: {name: all, area: 1 km2}\nzones:\n  - {id: a, name: A, area: 1 km2}\n"
    "layers:\n"
    "  zones: {data: zones.geojson, fields: {id: id, name: name}}\n"
    "  areas: {data: boundary.geojson, fields: {id: id, name: name}}\n"
    "  lines: {data: status.geojson, fields: {id: id, name: name}}\n"
    "  points: {data: farmland.geojson, fields: {id: id, name: name}}\n"
    "  planned: {data: planned.geojson, edition: use-2023, fields: {id: id, class: code}}\n"
    "  halves: {data: halves.geojson, fields: {id: id, name: name}}\n"
    "  more: {data: more.geojson, fields: {id: id, name: name}}\n"
    "  apart: {data: apart.geojson, fields: {id: id, name: name}}\n"
    "  arcs: {data: arcs.geojson, fields: {id: id, name: name}}\n"
    "  tiles: {data: landuse.geojson, fields: {id: id, name: name}}\n";

static inline void draw_named_box(drawing *d, const char *id, double west, double south, double east, double north)
{
    char properties[128];

    snprintf(properties, sizeof properties, "\"id\":\"%s\",\"name\":\"name of %s\"", id, id);
    draw_box(d, properties, west, south, east, north);
}

/* A line of "x y, x y, …", or a point of one pair. */
static inline void draw_named_path(drawing *d, const char *id, const char *points)
{
    const char *kind = strchr(points, ',') ? "LineString" : "Point";
    double x, y;
    int used;

    draw(
        d,
        "%s{\"type\":\"Feature\",\"properties\":{\"id\":\"%s\",\"name\":\"name of %s\"},\"geometry\":{\"type\":\"%s\",",
        d->text[d->length - 1] == '[' ? "" : ",", id, id, kind);
    draw(d, "\"coordinates\":%s", *kind == 'L' ? "[" : "");
    for (const char *at = points; sscanf(at, "%lf %lf%n", &x, &y, &used) == 2; at += used + (at[used] == ',')) {
        draw(d, "%s[%.9f,%.9f]", at == points ? "" : ",", 441000 + x, 3218000 + y);
        if (!at[used])
            break;
    }
    draw(d, "%s}}", *kind == 'L' ? "]" : "");
}

static inline void draw_areas(place *p)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_named_box(&d, "room", 0, 0, 100, 100);
    draw_named_box(&d, "desk", 40, 40, 60, 60);
    draw_named_box(&d, "ledge", 50, 50, 100.5, 60);
    draw_named_box(&d, "far", 300, 0, 320, 20);
    draw_named_box(&d, "river", -50, 120, 150, 140);
    end_drawing(&d, file_in(p, "boundary.geojson"));
    begin_drawing(&d, 4549);
    draw_named_box(&d, "west", 0, 0, 100, 100);
    draw_named_box(&d, "east", 100, 0, 200, 100);
    end_drawing(&d, file_in(p, "landuse.geojson"));
    begin_drawing(&d, 4549);
    draw_named_box(&d, "only", 0, 0, 100, 100);
    end_drawing(&d, file_in(p, "zones.geojson"));
    begin_drawing(&d, 4549);
    draw_box(&d, "\"id\":\"left\",\"code\":\"0701\"", 0, 0, 30, 100);
    draw_box(&d, "\"id\":\"right\",\"code\":\"0801\"", 30, 0, 200, 100);
    end_drawing(&d, file_in(p, "planned.geojson"));
}

static inline void draw_paths(place *p)
{
    drawing d;

    begin_drawing(&d, 4549);
    draw_named_path(&d, "ring", "0 0,100 0,100 100,0 100,0 0");
    draw_named_path(&d, "open", "0 0,100 0,100 100,0 100,0 3");
    draw_named_path(&d, "side", "0 0,100 0");
    draw_named_path(&d, "across", "50 50,50 200");
    draw_named_path(&d, "stops", "50 50,50 130");
    draw_named_path(&d, "eastward", "0 50,100 50");
    draw_named_path(&d, "away", "200 0,200 100");
    end_drawing(&d, file_in(p, "status.geojson"));
    begin_drawing(&d, 4549);
    draw_named_path(&d, "first", "10 130,40 130");
    draw_named_path(&d, "second", "40 130,90 130");
    end_drawing(&d, file_in(p, "halves.geojson"));
    begin_drawing(&d, 4549);
    draw_named_path(&d, "arc", "0 0,100 0,100 100");
    draw_named_path(&d, "back", "100 100,0 100,0 0");
    end_drawing(&d, file_in(p, "arcs.geojson"));
    begin_drawing(&d, 4549);
    draw_named_path(&d, "first", "0 0,0 40");
    draw_named_path(&d, "second", "10 0,10 40");
    end_drawing(&d, file_in(p, "apart.geojson"));
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"id\":\"u\"", "0 0,140 0,140 100,120 100,120 20,20 20,20 100,0 100");
    draw_named_path(&d, "arm-to-arm", "10 90,130 90");
    draw_named_path(&d, "base", "5 0,130 0");
    draw_polygon(&d, "\"id\":\"frame\"", "200 0,300 0,300 100,200 100|210 10,290 10,290 90,210 90");
    draw_named_box(&d, "lid", 205, 5, 295, 95);
    end_drawing(&d, file_in(p, "more.geojson"));
    begin_drawing(&d, 4549);
    draw_named_path(&d, "a", "0 0");
    draw_named_path(&d, "b", "50 0");
    draw_named_path(&d, "c", "100 104");
    end_drawing(&d, file_in(p, "farmland.geojson"));
}

/* The plan with `more` (elements, rules) at its end, over the drawing; compared in `crs`. */
static inline zone_plan *open_sketch_in(zone_context *ctx, place *p, const char *crs, const char *method,
                                        const char *more)
{
    char text[8192];
    zone_plan *plan = NULL;

    open_place(p);
    draw_areas(p);
    draw_paths(p);
    int length = snprintf(text, sizeof text, sketch_plan, crs, method);
    snprintf(text + length, sizeof text - (size_t)length, "%s", more);
    put_file(p, "plan.yaml", text);
    EXPECT_INT(zone_plan_open(ctx, file_in(p, "plan.yaml"), &plan), ZONE_OK);
    if (!plan)
        printf("%s\n", zone_context_error_text(ctx));
    return plan;
}

static inline zone_plan *open_sketch(zone_context *ctx, place *p, const char *more)
{
    return open_sketch_in(ctx, p, "EPSG:4549", "grid", more);
}

#endif
