/* Projections: the only file that calls PROJ for areas. Fits tiles, gives images, measures bulges of edges.
 *
 * PROJ's inverse costs about 185 ns a vertex and carries the rounding of degrees (about 1e-9 m). A polynomial fitted to
 * 400 of its values costs a tenth, and its rounding is smooth, so that it cancels over a parcel: a parcel of 1 km²
 * keeps 1e-6 m² (tests/reference). Tiles are anchored to absolute coordinates, never to the data's extent, so a vertex
 * has one image whatever it is read with. */
#include "kernel/project.h"

#include "base/number.h"
#include "kernel/snap.h"
#include "kernel/tile.h"

#include <geodesic.h>
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

static const long double degree = 0.017453292519943295769236907684886127L;

struct zone_projection {
    zone_method method;
    char *wkt;
    PJ_CONTEXT *proj;
    PJ *inverse; /* from degrees, backwards; NULL: the data are geographic */
    PJ *local;   /* longitudes counted from the projection's own middle: the same without their rounding; or NULL */
    zone_ellipsoid ellipsoid;
    double metres; /* in a unit of the data's plane */
    double middle; /* longitude of the origin: longitudes are within 180° of it, so that images do not jump */
    double false_easting, false_northing;
    bool web_mercator;
    bool gauss_krueger; /* transverse Mercator of scale 1 from the equator */
    struct geod_geodesic geodesic;
    zone_tiles tiles;
};

/* geodesic.h fills constants of its own on first use, without a lock. */
static once_flag geodesic_once = ONCE_FLAG_INIT;

static void fill_geodesic_constants(void)
{
    struct geod_geodesic any;

    geod_init(&any, 6378137.0, 1.0 / 298.257222101);
}

/* ---------------------------------------------------------------- creation */

static PJ *without_wrapping(PJ_CONTEXT *proj, PJ *crs)
{
    while (crs) {
        PJ_TYPE type = proj_get_type(crs);
        PJ *inner = NULL;
        if (type == PJ_TYPE_BOUND_CRS)
            inner = proj_get_source_crs(proj, crs);
        else if (type == PJ_TYPE_COMPOUND_CRS)
            inner = proj_crs_get_sub_crs(proj, crs, 0);
        else
            return crs;
        proj_destroy(crs);
        crs = inner;
    }
    return NULL;
}

static bool read_ellipsoid(zone_projection *projection, PJ *crs)
{
    PJ *ellipsoid = proj_get_ellipsoid(projection->proj, crs);
    int computed = 0;
    double a = 0.0, b = 0.0, inverse_flattening = 0.0;
    bool done =
        ellipsoid && proj_ellipsoid_get_parameters(projection->proj, ellipsoid, &a, &b, &computed, &inverse_flattening);

    proj_destroy(ellipsoid);
    if (!done || !(a > 1e5 && a < 1e8))
        return false;
    projection->ellipsoid = (zone_ellipsoid){a, inverse_flattening};
    geod_init(&projection->geodesic, a, inverse_flattening > 0 ? 1.0 / inverse_flattening : 0.0);
    return true;
}

/* Reads the parameters of a conversion by their EPSG codes. */
static void read_parameters(zone_projection *projection, const PJ *conversion)
{
    PJ_CONTEXT *proj = projection->proj;
    int count = proj_coordoperation_get_param_count(proj, conversion);

    for (int i = 0; i < count; i++) {
        const char *code = NULL;
        double value = 0.0, unit = 1.0;
        if (!proj_coordoperation_get_param(proj, conversion, i, NULL, NULL, &code, &value, NULL, &unit, NULL, NULL,
                                           NULL, NULL) ||
            !code)
            continue;
        int number = atoi(code);
        /* A meridian in degrees is taken as it is: by way of radians it comes out 2e-9 m off. */
        if (number == 8802 || number == 8812 || number == 8822 || number == 8833)
            projection->middle = unit == (double)degree ? value : (double)((long double)(value * unit) / degree);
        else if (number == 8806)
            projection->false_easting = value * unit;
        else if (number == 8807)
            projection->false_northing = value * unit;
        if (((number == 8801 || number == 8807) && value != 0.0) || (number == 8805 && value != 1.0))
            projection->gauss_krueger = false;
    }
}

static void read_plane(zone_projection *projection, PJ *crs)
{
    PJ *system = proj_crs_get_coordinate_system(projection->proj, crs);
    PJ *conversion = proj_crs_get_coordoperation(projection->proj, crs);
    const char *code = NULL, *name = NULL;

    projection->metres = 1.0;
    if (system)
        proj_cs_get_axis_info(projection->proj, system, 0, NULL, NULL, NULL, &projection->metres, NULL, NULL, NULL);
    if (conversion && proj_coordoperation_get_method_info(projection->proj, conversion, &name, NULL, &code)) {
        projection->web_mercator =
            (code && strcmp(code, "1024") == 0) || (name && strstr(name, "Pseudo Mercator") != NULL);
        projection->gauss_krueger = code && strcmp(code, "9807") == 0;
        read_parameters(projection, conversion);
    }
    proj_destroy(conversion);
    proj_destroy(system);
}

/* The conversion of the CRS itself: a search for operations between it and its base would come to the same, but open
 * PROJ's database. */
static bool make_inverse(zone_projection *projection, PJ *crs)
{
    PJ *conversion = proj_crs_get_coordoperation(projection->proj, crs);

    projection->inverse = conversion ? proj_normalize_for_visualization(projection->proj, conversion) : NULL;
    proj_destroy(conversion);
    return projection->inverse != NULL;
}

/* Blanks a parameter out of a PROJ text ("+x_0=500000"); its value goes to *value, if it is one with a value. False
 * when it is not there. */
static bool take_parameter(char *text, const char *name, double *value)
{
    char *at = strstr(text, name), *end = at ? at + strlen(name) : NULL;

    if (!at)
        return false;
    if (value)
        *value = zone_number_read(at + strlen(name), &end);
    memset(at, ' ', (size_t)(end - at));
    return true;
}

/* The PROJ text of a CRS as a projection without meridian and false easting; NULL when it has no plain ones. The text
 * of UTM hides its meridian in the number of the zone. */
static char *local_definition(zone_context *ctx, const zone_projection *projection, const char *text)
{
    double meridian = projection->middle, easting = projection->false_easting, zone = 0.0;
    const char *utm = "+proj=tmerc +k=0.9996 ";
    char *made = text && !strstr(text, "+pm=") ? zone_allocate(ctx, strlen(utm) + strlen(text) + 1, 1) : NULL;

    if (!made)
        return NULL;
    memcpy(made, utm, strlen(utm));
    memcpy(made + strlen(utm), text, strlen(text) + 1);
    take_parameter(made, take_parameter(made, "+zone=", &zone) ? "+proj=utm" : utm, NULL);
    take_parameter(made, "+type=crs", NULL);
    if ((zone > 0.0 || (take_parameter(made, "+lon_0=", &meridian) && take_parameter(made, "+x_0=", &easting))) &&
        fabs(meridian - projection->middle) < 1e-12 && fabs(easting - projection->false_easting) < 1e-6)
        return made;
    free(made);
    return NULL;
}

/* A longitude of 119° carries 1e-9 m of rounding and an easting of 40 500 000 m 4e-9 m; counted from the
 * projection's own origin both carry a hundredth of that. The definition is used only where it
 * gives the same place as the CRS itself. */
static void make_local(zone_context *ctx, zone_projection *projection, PJ *crs)
{
    char *definition = local_definition(ctx, projection, proj_as_proj_string(projection->proj, crs, PJ_PROJ_4, NULL));
    PJ *local = definition ? proj_create(projection->proj, definition) : NULL;
    PJ_COORD probe = proj_coord((projection->false_easting + 54321.0) / projection->metres,
                                (projection->false_northing + 3210987.0) / projection->metres, 0.0, 0.0);

    free(definition);
    if (!local)
        return;
    PJ_COORD wide = proj_trans(projection->inverse, PJ_INV, probe);
    probe.xy.x -= projection->false_easting / projection->metres;
    PJ_COORD near = proj_trans(local, PJ_INV, probe);
    double apart = remainder(wide.xy.x - projection->middle - proj_todeg(near.lp.lam), 360.0);
    if (fabs(apart) < 1e-12 && fabs(wide.xy.y - proj_todeg(near.lp.phi)) < 1e-12)
        projection->local = local;
    else
        proj_destroy(local);
}

static bool read_crs(zone_context *ctx, zone_projection *projection, const char *wkt)
{
    PJ *crs = without_wrapping(projection->proj, proj_create(projection->proj, wkt));
    bool done = crs && read_ellipsoid(projection, crs);

    if (done && proj_get_type(crs) == PJ_TYPE_PROJECTED_CRS) {
        read_plane(projection, crs);
        done = make_inverse(projection, crs);
        if (done)
            make_local(ctx, projection, crs);
    } else if (done) {
        PJ_TYPE type = proj_get_type(crs);
        done = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    }
    proj_destroy(crs);
    return done;
}

static zone_status refuse_grid(zone_context *ctx, const zone_projection *projection)
{
    if (projection->method.kind != ZONE_METHOD_GRID)
        return ZONE_OK;
    if (!projection->inverse)
        return zone_fail(ctx, ZONE_BAD_CRS, .what = "grid area needs a projected reference system",
                         .found = "geographic coordinates",
                         .expected = "a projected reference system such as EPSG:4549", .remedy = "--area survey");
    if (projection->web_mercator)
        return zone_fail(ctx, ZONE_BAD_CRS, .what = "grid area of Web Mercator data has no meaning",
                         .found = "Web Mercator, whose scale grows with latitude (areas a third too large at 29°N)",
                         .expected = "a projected reference system such as EPSG:4549", .remedy = "--area survey");
    return ZONE_OK;
}

static void silence(void *user, int level, const char *message)
{
    (void)user;
    (void)level;
    (void)message;
}

/* Easting of the projection's origin, in data units. */
static double origin(const zone_projection *projection)
{
    return projection->local ? projection->false_easting / projection->metres : 0.0;
}

/* One vertex, its easting counted from the origin, through PROJ; degrees of longitude and latitude. */
static bool sample(const void *user, double x, double y, long double place[2])
{
    const zone_projection *projection = user;
    PJ_COORD in = proj_coord(x, y, 0.0, 0.0);

    if (projection->local) {
        PJ_COORD out = proj_trans(projection->local, PJ_INV, in);
        place[0] = (long double)projection->middle + (long double)out.lp.lam / degree;
        place[1] = (long double)out.lp.phi / degree;
    } else if (projection->inverse) {
        PJ_COORD out = proj_trans(projection->inverse, PJ_INV, in);
        place[0] = (long double)(out.xy.x - 360.0 * rint((out.xy.x - projection->middle) / 360.0));
        place[1] = (long double)out.xy.y;
    } else {
        place[0] = (long double)x;
        place[1] = (long double)y;
    }
    return isfinite(place[0]) && isfinite(place[1]) && fabsl(place[0]) <= 720.0L && fabsl(place[1]) <= 90.0L;
}

static bool to_degrees(const zone_projection *projection, double x, double y, long double place[2])
{
    return sample(projection, x - origin(projection), y, place);
}

zone_status zone_projection_create(zone_context *ctx, const char *wkt, const zone_method *method, zone_projection **out)
{
    zone_projection *projection = zone_allocate(ctx, 1, sizeof *projection);
    zone_status status = projection ? ZONE_OK : ZONE_NO_MEMORY;

    *out = NULL;
    if (status)
        return status;
    call_once(&geodesic_once, fill_geodesic_constants);
    projection->method = *method;
    projection->wkt = zone_copy_text(ctx, wkt);
    projection->proj = proj_context_create();
    if (projection->proj)
        proj_log_func(projection->proj, NULL, silence);
    if ((wkt && !projection->wkt) || !projection->proj)
        status = zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    else if (!read_crs(ctx, projection, wkt))
        status = zone_fail(ctx, ZONE_BAD_CRS, .what = "areas need a geographic or projected reference system",
                           .expected = "a reference system such as EPSG:4549", .remedy = "--crs EPSG:…");
    else
        status = refuse_grid(ctx, projection);
    if (!status)
        status = zone_memory_status(ctx); /* without a local definition images would be others */
    if (status) {
        zone_projection_free(projection);
        return status;
    }
    zone_tiles_open(&projection->tiles, &projection->ellipsoid, 8192.0 / projection->metres, origin(projection), sample,
                    projection);
    *out = projection;
    return ZONE_OK;
}

void zone_projection_free(zone_projection *projection)
{
    if (!projection)
        return;
    zone_tiles_close(&projection->tiles);
    proj_destroy(projection->local);
    proj_destroy(projection->inverse);
    proj_context_destroy(projection->proj);
    free(projection->wkt);
    free(projection);
}

zone_status zone_projection_copy(zone_context *ctx, const zone_projection *projection, zone_projection **copy)
{
    return zone_projection_create(ctx, projection->wkt, &projection->method, copy);
}

const zone_method *zone_projection_method(const zone_projection *projection)
{
    return &projection->method;
}

uint64_t zone_projection_fallbacks(const zone_projection *projection)
{
    return projection->tiles.fallbacks;
}

size_t zone_projection_unfit_tiles(const zone_projection *projection)
{
    return projection->tiles.unfit_count;
}

void zone_projection_add_fallbacks(zone_projection *projection, const zone_projection *copy)
{
    zone_tiles_add_unfit(NULL, &projection->tiles, &copy->tiles);
}

/* ---------------------------------------------------------------- images */

static bool grid_image(const zone_projection *projection, double x, double y, int64_t image[2])
{
    long double east = (long double)x * (long double)projection->metres;
    long double north = (long double)y * (long double)projection->metres;

    if (!(fabsl(east) < 9e8L && fabsl(north) < 9e8L))
        return false;
    image[0] = llrintl(east * (long double)ZONE_IMAGE_PER_METRE);
    image[1] = llrintl(north * (long double)ZONE_IMAGE_PER_METRE);
    return true;
}

static bool direct_image(const zone_projection *projection, double x, double y, int64_t image[2])
{
    long double place[2];

    if (!to_degrees(projection, x, y, place))
        return false;
    zone_tiles_image(&projection->ellipsoid, place[0], place[1], image);
    return true;
}

/* As deployed software: its own inverse where its constants hold (Gauss-Krueger on CGCS2000), angles to 1e-6". */
static bool legacy_image(const zone_projection *projection, double x, double y, int64_t image[2])
{
    long double place[2];

    if (!to_degrees(projection, x, y, place))
        return false;
    long double east = place[0], north = place[1];
    if (projection->gauss_krueger && fabs(projection->ellipsoid.inverse_flattening - 298.257222101) < 1e-9) {
        zone_formula_inverse((long double)(y * projection->metres),
                             (long double)(x * projection->metres - projection->false_easting), &east, &north);
        east = east / degree + (long double)projection->middle;
        north /= degree;
    }
    zone_tiles_image(&projection->ellipsoid, roundl(east * 3.6e9L) / 3.6e9L, roundl(north * 3.6e9L) / 3.6e9L, image);
    return true;
}

static bool one_image(const zone_projection *projection, double x, double y, int64_t image[2])
{
    if (projection->method.kind == ZONE_METHOD_GRID)
        return grid_image(projection, x, y, image);
    if (projection->method.legacy)
        return legacy_image(projection, x, y, image);
    return direct_image(projection, x, y, image);
}

/* By tiles, run by run; what the tiles can't do goes through PROJ vertex by vertex. */
static bool tile_images(zone_context *ctx, zone_projection *projection, const double *x, const double *y, size_t count,
                        int64_t *image_x, int64_t *image_y, size_t *bad)
{
    for (size_t i = 0; i < count;) {
        size_t done = zone_tiles_find_run(ctx, &projection->tiles, x + i, y + i, count - i, image_x + i, image_y + i);
        int64_t image[2];
        i += done;
        if (done > 0)
            continue;
        *bad = i;
        if (!isfinite(x[i]) || !isfinite(y[i]) || !direct_image(projection, x[i], y[i], image))
            return false;
        image_x[i] = image[0];
        image_y[i] = image[1];
        i++;
    }
    return true;
}

static bool other_images(const zone_projection *projection, const double *x, const double *y, size_t count,
                         int64_t *image_x, int64_t *image_y, size_t *bad)
{
    for (size_t i = 0; i < count; i++) {
        int64_t image[2];
        *bad = i;
        if (!isfinite(x[i]) || !isfinite(y[i]) || !one_image(projection, x[i], y[i], image))
            return false;
        image_x[i] = image[0];
        image_y[i] = image[1];
    }
    return true;
}

zone_status zone_projection_images(zone_context *ctx, zone_projection *projection, const double *x, const double *y,
                                   size_t count, int64_t *image_x, int64_t *image_y)
{
    const zone_method *method = &projection->method;
    bool tiled = method->kind != ZONE_METHOD_GRID && !method->legacy && projection->inverse;
    size_t bad = 0;

    if (tiled ? tile_images(ctx, projection, x, y, count, image_x, image_y, &bad)
              : other_images(projection, x, y, count, image_x, image_y, &bad))
        return ZONE_OK;
    return zone_fail(ctx, ZONE_BAD_CRS, .place = zone_say(ctx, "%.10g %.10g", x[bad], y[bad]),
                     .found = "a vertex beyond the reach of the reference system",
                     .expected = "coordinates inside the area of use", .remedy = "--crs EPSG:…");
}

int64_t zone_projection_turn(const zone_projection *projection)
{
    if (projection->method.kind == ZONE_METHOD_GRID)
        return 0;
    return llrintl(2.0L * (long double)projection->ellipsoid.a * 180.0L * degree * (long double)ZONE_IMAGE_PER_METRE);
}

/* ---------------------------------------------------------------- the drawing plane */

void zone_projection_snap(const zone_projection *projection, const double *coordinates, size_t count, int64_t *snapped)
{
    zone_snap(coordinates, count, projection->inverse ? 0x1p30 : 0x1p48, snapped);
}

int64_t zone_projection_snap_turn(const zone_projection *projection)
{
    return projection->inverse ? 0 : INT64_C(360) << 48;
}

double zone_projection_split(const zone_projection *projection)
{
    return projection->inverse ? projection->method.split / projection->metres : 0.0;
}

bool zone_projection_plain(const zone_projection *projection)
{
    return !projection->inverse || (!projection->method.legacy && !(projection->method.split > 0.0));
}

double zone_projection_coordinate(const zone_projection *projection, double coordinate)
{
    if (!projection->method.legacy || !projection->inverse)
        return coordinate;
    return round(coordinate * 1e4) / 1e4;
}

/* ---------------------------------------------------------------- bulges of edges */

bool zone_projection_bulges(const zone_projection *projection)
{
    return projection->method.kind == ZONE_METHOD_ELLIPSOID || projection->method.kind == ZONE_METHOD_GEODESIC;
}

/* A curve from one vertex to the next, asked for points at fractions of its length. */
typedef struct {
    zone_context *ctx;
    zone_projection *projection;
    const double *from, *to;
    struct geod_geodesicline line;
    double length; /* m */
    bool geodesic;
} edge_curve;

static bool open_geodesic(edge_curve *curve)
{
    long double start[2], end[2];
    double azimuth = 0.0, azimuth_end = 0.0;

    if (!to_degrees(curve->projection, curve->from[0], curve->from[1], start) ||
        !to_degrees(curve->projection, curve->to[0], curve->to[1], end))
        return false;
    /* Longitudes count from the start: small ones carry little rounding. */
    double turn = remainder((double)(end[0] - start[0]), 360.0);
    geod_inverse(&curve->projection->geodesic, (double)start[1], 0.0, (double)end[1], turn, &curve->length, &azimuth,
                 &azimuth_end);
    geod_lineinit(&curve->line, &curve->projection->geodesic, (double)start[1], 0.0, azimuth,
                  GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    return true;
}

static bool open_curve(edge_curve *curve)
{
    double dx = curve->to[0] - curve->from[0], dy = curve->to[1] - curve->from[1];

    if (curve->geodesic)
        return open_geodesic(curve);
    double unit =
        curve->projection->inverse ? curve->projection->metres : curve->projection->ellipsoid.a * (double)degree;
    curve->length = hypot(dx, dy) * unit;
    return true;
}

/* Image of the point at fraction t, longitudes counted from the start. */
static bool curve_point(edge_curve *curve, double t, int64_t image[2])
{
    double x = curve->from[0] + t * (curve->to[0] - curve->from[0]);
    double y = curve->from[1] + t * (curve->to[1] - curve->from[1]);

    if (!curve->geodesic)
        return zone_projection_images(curve->ctx, curve->projection, &x, &y, 1, &image[0], &image[1]) == ZONE_OK;
    double latitude = 0.0, longitude = 0.0;
    geod_position(&curve->line, t * curve->length, &latitude, &longitude, NULL);
    zone_tiles_image(&curve->projection->ellipsoid, longitude, latitude, image);
    return true;
}

/* Twice the area between the polyline through `parts` + 1 points of the curve and its chord, in m². */
static bool polyline_bulge(edge_curve *curve, int parts, double *area)
{
    int64_t first[2], last[2], turn = zone_projection_turn(curve->projection);
    double sum = 0.0, east = 0.0, north = 0.0;

    if (!curve_point(curve, 0.0, first))
        return false;
    for (int k = 1; k <= parts; k++) {
        if (!curve_point(curve, (double)k / parts, last))
            return false;
        int64_t run = last[0] - first[0];
        if (turn && !curve->geodesic)
            run -= turn * llrint((double)run / (double)turn);
        double next_east = (double)run / (double)ZONE_IMAGE_PER_METRE;
        double next_north = (double)(last[1] - first[1]) / (double)ZONE_IMAGE_PER_METRE;
        sum += east * next_north - next_east * north;
        east = next_east;
        north = next_north;
    }
    *area = sum;
    return true;
}

/* A short edge bulges like a parabola: 4/3 of the triangle on its middle, within (length/R)², 5e-9 m² at 500 m. */
static bool short_bulge(edge_curve *curve, double *area)
{
    double triangle = 0.0;
    bool done = polyline_bulge(curve, 2, &triangle);

    *area = triangle * 4.0 / 3.0;
    return done;
}

/* Polylines of n, 2n, 4n parts lose an area that falls with 1/n²: two steps of Richardson's extrapolation leave a share
 * of (length/n/R)^4, far below 1e-12, with parts of 1 km. */
static bool long_bulge(edge_curve *curve, double *area)
{
    double wanted = ceil(curve->length / 1000.0), coarse = 0.0, middle = 0.0, fine = 0.0;
    int parts = wanted > 512.0 ? 512 : (int)wanted;
    bool done = polyline_bulge(curve, parts, &coarse) && polyline_bulge(curve, 2 * parts, &middle) &&
                polyline_bulge(curve, 4 * parts, &fine);
    double once = middle + (middle - coarse) / 3.0, again = fine + (fine - middle) / 3.0;

    *area = again + (again - once) / 15.0;
    return done;
}

zone_status zone_projection_bulge(zone_context *ctx, zone_projection *projection, const double from[2],
                                  const double to[2], zone_exact *bulge)
{
    edge_curve curve = {.ctx = ctx, .projection = projection, .from = from, .to = to};
    double area = 0.0;

    curve.geodesic = projection->method.kind == ZONE_METHOD_GEODESIC;
    bool done = open_curve(&curve);
    done = done && (curve.length <= 500.0 ? short_bulge(&curve, &area) : long_bulge(&curve, &area));
    if (!done || !zone_exact_from_m2(0.5 * area, bulge))
        return zone_fail(ctx, ZONE_BAD_CRS, .place = zone_say(ctx, "%.10g %.10g", from[0], from[1]),
                         .found = "an edge beyond the reach of the reference system",
                         .expected = "coordinates inside the area of use", .remedy = "--crs EPSG:…");
    return ZONE_OK;
}
