/* Transformations between reference systems, refused where PROJ only guesses. */
#include "read/transform.h"

#include "read/proj_context.h"
#include "read/validity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct zone_transform {
    PJ_CONTEXT *proj;
    PJ *steps[2]; /* to longitude and latitude, and from there; or one */
    int count;
    bool from_geographic;
};

/* A reference system on its way: what PROJ makes of it and what it stands on. */
typedef struct {
    PJ *whole, *bare, *geographic;
    bool bound;  /* the user tied parameters of a shift to WGS 84 to it */
    bool global; /* on WGS 84 or CGCS2000, which are equal to decimetres */
} side;

static void close_side(side *s)
{
    proj_destroy(s->whole);
    proj_destroy(s->bare);
    proj_destroy(s->geographic);
}

static bool open_side(PJ_CONTEXT *proj, const zone_crs *crs, side *s)
{
    PJ *base;

    memset(s, 0, sizeof *s);
    s->whole = zone_proj_horizontal(proj, proj_create(proj, crs->wkt), 0);
    if (!s->whole)
        return false;
    s->bound = proj_get_type(s->whole) == PJ_TYPE_BOUND_CRS;
    s->bare = zone_proj_horizontal(proj, proj_clone(proj, s->whole), 1);
    base = s->bare ? zone_proj_horizontal(proj, proj_crs_get_geodetic_crs(proj, s->bare), 1) : NULL;
    s->geographic = base ? proj_normalize_for_visualization(proj, base) : NULL;
    proj_destroy(base);
    s->global = !s->bound && (strstr(crs->datum, "China 2000") || strstr(crs->datum, "China_2000") ||
                              strstr(crs->datum, "World Geodetic System 1984") || strstr(crs->datum, "WGS_1984"));
    return s->geographic != NULL;
}

/* The same datum under any name: equal geographic systems. */
static bool same_datum(PJ_CONTEXT *proj, const side *a, const side *b)
{
    return proj_is_equivalent_to_with_ctx(proj, a->geographic, b->geographic,
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

static PJ *step(PJ_CONTEXT *proj, const PJ *from, const PJ *to)
{
    PJ *raw = proj_create_crs_to_crs_from_pj(proj, from, to, NULL, NULL);
    PJ *east_first = raw ? proj_normalize_for_visualization(proj, raw) : NULL;

    proj_destroy(raw);
    return east_first;
}

/* By longitude and latitude that both sides share. */
static void by_longitude_and_latitude(zone_transform *transform, const side *from, const side *to)
{
    PJ_CONTEXT *proj = transform->proj;
    PJ *wgs84 = from->bound || to->bound ? proj_create(proj, "OGC:CRS84") : NULL;
    bool shift = wgs84 && !same_datum(proj, from, to);

    transform->steps[0] =
        shift && from->bound ? step(proj, from->whole, wgs84) : step(proj, from->bare, from->geographic);
    transform->steps[1] = shift && to->bound ? step(proj, wgs84, to->whole) : step(proj, to->geographic, to->bare);
    transform->count = transform->steps[0] && transform->steps[1] ? 2 : 0;
    proj_destroy(wgs84);
}

/* Where the data lie, in degrees, widened a little; false when not known. */
static bool area_of(PJ_CONTEXT *proj, const side *from, const double *extent, double area[4])
{
    PJ *inverse = extent ? step(proj, from->bare, from->geographic) : NULL;
    double wide = 0.01;
    bool done = inverse && proj_trans_bounds(proj, inverse, PJ_FWD, extent[0], extent[1], extent[2], extent[3],
                                             &area[0], &area[1], &area[2], &area[3], 21);

    proj_destroy(inverse);
    area[0] -= wide;
    area[1] -= wide;
    area[2] += wide;
    area[3] += wide;
    return done;
}

/* A registered operation of known accuracy that is meant for where the data lie. */
static void by_registered_operation(zone_transform *transform, const side *from, const side *to, const double *extent)
{
    PJ_CONTEXT *proj = transform->proj;
    PJ_OPERATION_FACTORY_CONTEXT *factory = proj_create_operation_factory_context(proj, NULL);
    double area[4];

    if (!factory)
        return;
    if (area_of(proj, from, extent, area))
        proj_operation_factory_context_set_area_of_interest(proj, factory, area[0], area[1], area[2], area[3]);
    proj_operation_factory_context_set_spatial_criterion(proj, factory, PROJ_SPATIAL_CRITERION_STRICT_CONTAINMENT);
    proj_operation_factory_context_set_allow_ballpark_transformations(proj, factory, 0);
    proj_operation_factory_context_set_grid_availability_use(proj, factory,
                                                             PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    PJ_OBJ_LIST *list = proj_create_operations(proj, from->bare, to->bare, factory);
    PJ *best = list && proj_list_get_count(list) > 0 ? proj_list_get(proj, list, 0) : NULL;
    if (best)
        transform->steps[0] = proj_normalize_for_visualization(proj, best);
    transform->count = transform->steps[0] ? 1 : 0;
    proj_destroy(best);
    proj_list_destroy(list);
    proj_operation_factory_context_destroy(factory);
}

/* The remedy: the side on the old datum, written so that its parameters can be added. */
static zone_status refuse(zone_context *ctx, const zone_transform *transform, const side *from,
                          const zone_crs *from_crs, const side *to, const zone_crs *to_crs)
{
    const side *old = from->global || from->bound ? to : from;
    const char *text = proj_as_proj_string(transform->proj, old->bare, PJ_PROJ_5, NULL);

    if (text && strstr(text, " +type=crs"))
        text = zone_say(ctx, "%.*s", (int)(strstr(text, " +type=crs") - text), text);
    zone_fail(ctx, ZONE_BAD_CRS, .found = zone_say(ctx, "%s against %s", from_crs->datum, to_crs->datum),
              .expected =
                  "data on one datum: the shift between these two is local, not public, and tens of metres or more",
              .remedy = text ? zone_say(ctx, "give the parameters: --crs \"%s +towgs84=DX,DY,DZ,RX,RY,RZ,S\"", text)
                             : "give the parameters: --crs with +towgs84=DX,DY,DZ,RX,RY,RZ,S");
    return zone_crs_name_option(ctx, (old == from ? from_crs : to_crs)->option);
}

zone_status zone_transform_create(zone_context *ctx, const zone_crs *from, const zone_crs *to, const double *extent,
                                  zone_transform **transform)
{
    zone_transform *made = zone_allocate(ctx, 1, sizeof *made);
    side a = {0}, b = {0};
    zone_status status = ZONE_OK;

    *transform = NULL;
    if (!made || !(made->proj = zone_proj_open())) {
        free(made);
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    }
    made->from_geographic = from->kind == ZONE_CRS_GEOGRAPHIC;
    if (!open_side(made->proj, from, &a) || !open_side(made->proj, to, &b))
        status = zone_fail(ctx, ZONE_BAD_CRS, .found = zone_say(ctx, "%s against %s", from->name, to->name));
    else if (((a.global || a.bound) && (b.global || b.bound)) || same_datum(made->proj, &a, &b))
        by_longitude_and_latitude(made, &a, &b);
    else
        by_registered_operation(made, &a, &b, extent);
    if (!status && made->count == 0)
        status = refuse(ctx, made, &a, from, &b, to);
    close_side(&a);
    close_side(&b);
    if (status) {
        zone_transform_free(made);
        made = NULL;
    }
    *transform = made;
    return status;
}

void zone_transform_free(zone_transform *transform)
{
    if (!transform)
        return;
    for (int i = 0; i < transform->count; i++)
        proj_destroy(transform->steps[i]);
    proj_context_destroy(transform->proj);
    free(transform);
}

zone_status zone_transform_points(zone_context *ctx, zone_transform *transform, double *x, double *y, size_t count)
{
    enum { RUN = 512 };
    double was_x[RUN], was_y[RUN];
    char place[64];

    for (size_t first = 0; first < count; first += RUN) {
        size_t run = count - first < RUN ? count - first : RUN;
        memcpy(was_x, x + first, run * sizeof *x);
        memcpy(was_y, y + first, run * sizeof *y);
        for (int i = 0; i < transform->count; i++)
            proj_trans_generic(transform->steps[i], PJ_FWD, x + first, sizeof *x, run, y + first, sizeof *y, run, NULL,
                               0, 0, NULL, 0, 0);
        for (size_t i = 0; i < run; i++)
            if (!isfinite(x[first + i]) || !isfinite(y[first + i])) {
                zone_validity_place(place, sizeof place, was_x[i], was_y[i], transform->from_geographic);
                return zone_fail(ctx, ZONE_BAD_CRS, .place = place,
                                 .found = "a point that has no place in the other "
                                          "reference system",
                                 .expected = "points within the reach of both systems");
            }
    }
    return ZONE_OK;
}

zone_status zone_crs_transform(zone_context *ctx, const zone_crs *from, const zone_crs *to, double *x, double *y,
                               size_t count)
{
    double extent[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    zone_transform *transform = NULL;
    zone_status status;

    if (count == 0 || zone_crs_same(from, to))
        return ZONE_OK;
    for (size_t i = 0; i < count; i++) {
        extent[0] = fmin(extent[0], x[i]);
        extent[1] = fmin(extent[1], y[i]);
        extent[2] = fmax(extent[2], x[i]);
        extent[3] = fmax(extent[3], y[i]);
    }
    if ((status = zone_transform_create(ctx, from, to, extent, &transform)))
        return status;
    status = zone_transform_points(ctx, transform, x, y, count);
    zone_transform_free(transform);
    return status;
}
