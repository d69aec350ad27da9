/* Axes: which of two columns of bare numbers is the northing, in which zone and datum they are. */
#include "read/axes.h"

#include "read/lines.h"

#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Degrees by which data may lie beside the place where they are expected and still be meant there: a red line may cross
 * the border, and a county is seldom wider. A wrong zone is 3 degrees off. */
#define BESIDE_DEGREES 0.75

bool zone_figure_read(const char *text, zone_figure *figure, int *decimals)
{
    size_t whole = strspn(text, "0123456789");
    double prefix = 0.0;

    figure->prefix = 0;
    if (whole == 8 && zone_lines_number(text, &prefix, decimals))
        figure->prefix = zone_crs_prefix(prefix);
    return zone_lines_number(figure->prefix ? text + 2 : text, &figure->value, decimals);
}

static bool is_northing(const zone_figure *figure)
{
    return !figure->prefix && figure->value >= 9.5e5 && figure->value < 6.2e6;
}

/* Eastings of six digits; with a zone number before them any that lie within its reach. */
static bool is_easting(const zone_figure *figure)
{
    return figure->value >= 1e5 && figure->value < 9.5e5;
}

static bool is_longitude(const zone_figure *figure)
{
    return !figure->prefix && figure->value >= 73.0 && figure->value <= 136.0;
}

static bool is_latitude(const zone_figure *figure)
{
    return !figure->prefix && figure->value >= 3.0 && figure->value <= 54.0;
}

zone_axis_order zone_axes_order(const zone_figure *first, const zone_figure *second, int *prefix)
{
    *prefix = first->prefix ? first->prefix : second->prefix;
    if (is_northing(first) && is_easting(second))
        return ZONE_AXES_NORTHING;
    if (is_easting(first) && is_northing(second))
        return ZONE_AXES_EASTING;
    if (is_latitude(first) && is_longitude(second))
        return ZONE_AXES_LATITUDE;
    if (is_longitude(first) && is_latitude(second))
        return ZONE_AXES_LONGITUDE;
    *prefix = 0;
    return ZONE_AXES_UNKNOWN;
}

zone_status zone_axes_none(zone_context *ctx, zone_axes *axes)
{
    *axes = (zone_axes){.definition = zone_copy_text(ctx, "EPSG:4490"),
                        .found = zone_copy_text(ctx, zone_tell(ctx, "no plot can be used"))};
    return axes->definition && axes->found ? ZONE_OK : ZONE_NO_MEMORY;
}

void zone_axes_free(zone_axes *axes)
{
    free(axes->definition);
    free(axes->found);
    *axes = (zone_axes){0};
}

/* ---------------------------------------------------------------- what is asked */

typedef struct {
    zone_context *ctx;
    const zone_axes_evidence *evidence;
    const double *place;
    zone_axes *axes;
    zone_axis_order order;
    int zone;
} question;

static const char *pair(const question *q)
{
    const zone_axes_evidence *e = q->evidence;
    char first[64], second[64];

    CPLsnprintf(first, sizeof first, "%.10g", e->from[0]);
    CPLsnprintf(second, sizeof second, "%.10g", e->from[1]);
    return zone_say(q->ctx, "%s, %s", first, second);
}

static zone_status refuse(const question *q, int line, const char *what, const char *found, const char *expected,
                          const char *remedy)
{
    const zone_source_options *options = q->evidence->options;
    zone_status status = zone_fail(q->ctx, ZONE_BAD_CRS, .what = what, .file = q->evidence->path, .line = line,
                                   .found = found, .expected = expected, .remedy = remedy);

    return options && options->crs_option ? zone_crs_name_option(q->ctx, options->crs_option) : status;
}

static const char *order_name(zone_axis_order order)
{
    static const char *const names[] = {"", "northing, then easting", "easting, then northing",
                                        "latitude, then longitude", "longitude, then latitude"};
    return names[order];
}

static bool north_first(zone_axis_order order)
{
    return order == ZONE_AXES_NORTHING || order == ZONE_AXES_LATITUDE;
}

static bool in_degrees(zone_axis_order order)
{
    return order == ZONE_AXES_LATITUDE || order == ZONE_AXES_LONGITUDE;
}

static zone_status settle(const question *q, const char *definition, const char *found)
{
    zone_axes *axes = q->axes;

    axes->first_is_north = north_first(q->order);
    axes->definition = zone_copy_text(q->ctx, definition);
    axes->found = zone_copy_text(q->ctx, found);
    return axes->definition && axes->found ? ZONE_OK : ZONE_NO_MEMORY;
}

/* ---------------------------------------------------------------- order */

/* The size of the numbers decides; the format and the heads of columns say what is meant. */
static zone_status decide_order(question *q)
{
    const zone_axes_evidence *e = q->evidence;
    bool agrees = e->named == ZONE_AXES_UNKNOWN || north_first(e->named) == north_first(e->order);

    q->order = e->order;
    if (e->order == ZONE_AXES_UNKNOWN)
        return refuse(q, e->line, "it can't be told which coordinate is the northing", pair(q),
                      "northings of seven digits and eastings of six or eight, or degrees",
                      "--crs with the system in which the data were drawn");
    if (!agrees && e->binding)
        return refuse(q, e->line, "the heads of the columns contradict the coordinates", pair(q), order_name(e->named),
                      "change the heads of the columns");
    if (!agrees)
        zone_log(q->ctx, "%s: %s, by the size of the numbers, against the order of the format", e->path,
                 zone_tell(q->ctx, order_name(q->order)));
    else if (e->binding && !e->kept)
        zone_log(q->ctx, "%s: %s, by the heads of the columns and the size of the numbers", e->path,
                 zone_tell(q->ctx, order_name(q->order)));
    else if (e->named)
        zone_log(q->ctx, "%s: %s, by the order of the format and the size of the numbers", e->path,
                 zone_tell(q->ctx, order_name(q->order)));
    else
        zone_log(q->ctx, "%s: %s, by the size of the numbers", e->path, zone_tell(q->ctx, order_name(q->order)));
    return ZONE_OK;
}

/* ---------------------------------------------------------------- place */

/* Longitude and latitude to some hundredths of a degree: enough to tell zones apart. */
static void locate(double meridian, double easting, double northing, double *lon, double *lat)
{
    double b = northing / 111132.95, rad = 3.14159265358979323846 / 180.0;

    for (int i = 0; i < 4; i++)
        b = (northing + 16038.51 * sin(2.0 * b * rad) - 16.83 * sin(4.0 * b * rad)) / 111132.95;
    double cosine = cos(b * rad), sine = sin(b * rad);
    double normal = 6378137.0 / sqrt(1.0 - 0.0066943800229 * sine * sine), off = (easting - 5e5) / normal;
    *lat = b - off * off * tan(b * rad) / (2.0 * rad);
    *lon = meridian + off / (cosine * rad);
}

static bool near_place(const double *place, double lon, double lat)
{
    return lon >= place[0] - BESIDE_DEGREES && lon <= place[2] + BESIDE_DEGREES && lat >= place[1] - BESIDE_DEGREES &&
           lat <= place[3] + BESIDE_DEGREES;
}

static bool fits_zone(const question *q, int zone)
{
    const zone_axes_evidence *e = q->evidence;
    int north = north_first(q->order) ? 0 : 1, east = 1 - north;
    double lon, lat;

    locate(zone_crs_zone_meridian(zone), 0.5 * (e->from[east] + e->to[east]), 0.5 * (e->from[north] + e->to[north]),
           &lon, &lat);
    return near_place(q->place, lon, lat);
}

/* The only zone of 3 degrees in which the data lie at the place; 0: none, -1: several. Those of 6 degrees have the
 * meridians of every second one, so the coordinates are the same. */
static int zone_by_place(const question *q)
{
    int found = 0;

    for (int zone = 25; zone <= 45 && q->place; zone++)
        if ((q->evidence->width != 6 || zone % 2 == 1) && fits_zone(q, zone))
            found = found ? -1 : zone;
    return found;
}

/* ---------------------------------------------------------------- zone */

static zone_status check_header(const question *q)
{
    const zone_axes_evidence *e = q->evidence;

    if (e->zone && e->width && zone_crs_zone_width(e->zone) != e->width)
        return refuse(q, e->zone_line, "the header contradicts itself",
                      zone_say(q->ctx, "zone %d, of %d degrees", e->zone, e->width),
                      "a zone of 3 degrees (25 to 45) or of 6 (13 to 23)",
                      "mend the header, or --crs EPSG:4549 for example");
    if (e->prefix && e->zone && e->prefix != e->zone)
        return refuse(q, e->line, "the coordinates contradict the header",
                      zone_say(q->ctx, "eastings that begin with %d, and zone %d in the header", e->prefix, e->zone),
                      "the same zone", "mend the header, or --crs EPSG:4549 for example");
    if (e->prefix && !e->zone && e->width && zone_crs_zone_width(e->prefix) != e->width)
        return refuse(
            q, e->line, "the coordinates contradict the header",
            zone_say(q->ctx, "eastings that begin with %d, and zones of %d degrees in the header", e->prefix, e->width),
            "a zone of 3 degrees (25 to 45) or of 6 (13 to 23)", "mend the header, or --crs EPSG:4549 for example");
    return ZONE_OK;
}

/* Without a number before the eastings, and in the header, the place may tell. */
static zone_status zone_from_place(question *q, const char **evidence)
{
    const zone_axes_evidence *e = q->evidence;
    bool north = north_first(q->order);
    const double extent[4] = {e->from[north], e->from[!north], e->to[north], e->to[!north]};

    q->zone = zone_by_place(q);
    *evidence = "by the place where the data are expected";
    if (q->zone > 0)
        return ZONE_OK;
    return refuse(q, e->line, "the zone of the eastings is not told", pair(q),
                  "a zone in the header (带号), or eastings that begin with it",
                  zone_crs_suggest(q->ctx, NULL, extent));
}

/* One witness alone may be wrong: where another zone would lead right to the place, it is. */
static zone_status check_place(const question *q, const char *witness)
{
    int other = q->place ? zone_by_place(q) : 0;
    bool fits = q->place && fits_zone(q, q->zone);

    if (!q->place)
        return ZONE_OK;
    if (fits)
        zone_log(q->ctx, "%s: the data lie where they are expected", q->evidence->path);
    else if (other > 0 && witness)
        return refuse(
            q, q->evidence->zone ? q->evidence->zone_line : q->evidence->line,
            "the zone contradicts the place where the data are expected",
            zone_say(q->ctx, "zone %d %s", q->zone, zone_tell(q->ctx, witness)),
            zone_say(q->ctx, "zone %d, as the data lie there", other),
            zone_say(q->ctx, "mend the zone, or --crs EPSG:%d", zone_crs_zone_code(q->evidence->family, other, false)));
    else
        zone_log(q->ctx, "%s: the data do not lie where they are expected", q->evidence->path);
    return ZONE_OK;
}

static zone_status decide_zone(question *q, const char **evidence)
{
    const zone_axes_evidence *e = q->evidence;
    zone_status status = check_header(q);

    if (status)
        return status;
    q->zone = e->prefix ? e->prefix : e->zone;
    *evidence = e->prefix && e->zone ? "by the header and the eastings"
                : e->prefix          ? "by the eastings, which begin with it"
                                     : "by the header";
    if (!q->zone)
        return zone_from_place(q, evidence);
    return check_place(q, e->prefix && e->zone ? NULL : *evidence);
}

static const char *family_name(zone_crs_family family)
{
    static const char *const names[] = {"CGCS2000", "Xian 1980", "Beijing 1954", "CGCS2000"};
    return names[family];
}

static zone_status decide_by_evidence(question *q)
{
    const zone_axes_evidence *e = q->evidence;
    const char *evidence = "";
    char definition[32];
    zone_status status = decide_order(q);

    if (status)
        return status;
    if (e->family == ZONE_NO_FAMILY)
        zone_log(q->ctx, "%s: no datum is named: CGCS2000, in force since 2018-07-01", e->path);
    if (in_degrees(q->order) && e->sexagesimal)
        return refuse(q, e->line, "degrees that may be decimal, or degrees, minutes and seconds (ddd.mmss)", pair(q),
                      "decimal degrees",
                      zone_say(q->ctx, "--crs EPSG:%d if they are decimal; else convert them first",
                               zone_crs_geographic_code(e->family)));
    if (in_degrees(q->order)) {
        snprintf(definition, sizeof definition, "EPSG:%d", zone_crs_geographic_code(e->family));
        return settle(q, definition, zone_say(q->ctx, "by the size of the numbers"));
    }
    if ((status = decide_zone(q, &evidence)))
        return status;
    snprintf(definition, sizeof definition, "EPSG:%d", zone_crs_zone_code(e->family, q->zone, e->kept && e->prefix));
    return settle(q, definition,
                  zone_say(q->ctx, "%s, zone %d of %d degrees %s", family_name(e->family), q->zone,
                           zone_crs_zone_width(q->zone), zone_tell(q->ctx, evidence)));
}

/* ---------------------------------------------------------------- a system that was asked for */

/* Numbers before eastings are dropped where the system is known by its zone, and kept where they are a part of it. */
static zone_status take_zone(question *q, const zone_crs *crs, const char *found)
{
    const zone_axes_evidence *e = q->evidence;
    zone_crs_family family;
    bool prefixed = false;
    int zone = strncmp(crs->code, "EPSG:", 5) == 0 ? zone_crs_zone_of_code(atoi(crs->code + 5), &family, &prefixed) : 0;
    char definition[32];

    if (!zone) {
        q->axes->keeps_prefix = true;
        return settle(q, e->options->crs, found);
    }
    if (e->prefix && zone_crs_zone_meridian(e->prefix) != zone_crs_zone_meridian(zone))
        return refuse(q, e->line, "the coordinates contradict the reference system",
                      zone_say(q->ctx, "eastings that begin with %d", e->prefix),
                      zone_say(q->ctx, "zone %d, as %s has", zone, crs->name),
                      zone_say(q->ctx, "--crs EPSG:%d", zone_crs_zone_code(family, e->prefix, false)));
    if (e->zone && zone_crs_zone_meridian(e->zone) != zone_crs_zone_meridian(zone))
        zone_log(q->ctx, "%s: the header says zone %d, the system asked for is of zone %d", e->path, e->zone, zone);
    snprintf(definition, sizeof definition, "EPSG:%d", zone_crs_zone_code(family, zone, false));
    return settle(q, definition, found);
}

static zone_status decide_as_asked(question *q)
{
    const zone_axes_evidence *e = q->evidence;
    const char *option = e->options->crs_option ? e->options->crs_option : "--crs";
    const char *found = zone_say(q->ctx, "from %s", option);
    zone_crs *crs = NULL;
    zone_status status = zone_crs_create(q->ctx, e->options->crs, found, &crs);

    if (status == ZONE_BAD_CRS) {
        zone_error error = *zone_context_error(q->ctx);
        error.key = option;
        return zone_fail_record(q->ctx, &error);
    }
    if (status)
        return status;
    if (e->order != ZONE_AXES_UNKNOWN && in_degrees(e->order) == (crs->kind == ZONE_CRS_GEOGRAPHIC))
        status = decide_order(q);
    else if (!(q->order = e->named)) /* a system of its own: its numbers may have any size */
        status =
            refuse(q, e->line, "it can't be told which coordinate is the northing", pair(q),
                   "columns that are called by what they are: northing, easting", "change the heads of the columns");
    if (!status)
        status = take_zone(q, crs, found);
    zone_crs_free(crs);
    return status;
}

zone_status zone_axes_decide(zone_context *ctx, const zone_axes_evidence *evidence, zone_axes *axes)
{
    const zone_source_options *options = evidence->options;
    question q = {.ctx = ctx, .evidence = evidence, .place = options ? options->place : NULL, .axes = axes};

    *axes = (zone_axes){0};
    return options && options->crs ? decide_as_asked(&q) : decide_by_evidence(&q);
}
