/* The place that a query is about. */
#include "ask/place.h"

#include "base/number.h"
#include "read/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void zone_place_close(zone_place *place)
{
    zone_geometry_free(place->geometry);
    zone_batch_free(&place->batch);
    if (place->owned)
        zone_source_close(place->source);
    *place = (zone_place){0};
}

/* "448000,3229500", also with a blank or a full-width comma between. */
static bool parse_point(const char *text, double *x, double *y)
{
    char *end = NULL;

    *x = zone_number_read(text, &end);
    if (end == text)
        return false;
    if (strncmp(end, "，", strlen("，")) == 0)
        end += strlen("，");
    else if (*end == ',' || *end == ' ')
        end++;
    else
        return false;
    const char *second = end;
    *y = zone_number_read(second, &end);
    while (*end == ' ')
        end++;
    return end != second && *end == '\0' && isfinite(*x) && isfinite(*y);
}

/* --crs is the data's; a place has an option of its own. */
static const char own_option[] = "--at-crs";

static zone_status blame_place(zone_context *ctx)
{
    const zone_error error = *zone_context_error(ctx);

    return zone_fail(ctx, error.status, .what = error.what, .key = "--at, --plot", .found = error.found,
                     .expected = error.expected, .remedy = error.remedy);
}

/* Brings the vertices from the CRS that was named to the data's, which guards them first. */
static zone_status bring_over(zone_context *ctx, const char *definition, const zone_crs *target, double *x, double *y,
                              size_t count)
{
    zone_crs *from = NULL;
    zone_status status = ZONE_OK;

    if (definition)
        status = zone_crs_create(ctx, definition, "from --at-crs", &from);
    for (size_t i = 0; i < count && !status; i++) {
        const double extent[4] = {x[i], y[i], x[i], y[i]};
        status = zone_crs_guard(ctx, from ? from : target, extent, NULL, "--at, --plot");
    }
    if (status == ZONE_BAD_CRS)
        zone_crs_name_option(ctx, own_option);
    if (!status && from && !(from->option = zone_copy_text(ctx, own_option)))
        status = ZONE_NO_MEMORY;
    if (!status && from)
        status = zone_crs_transform(ctx, from, target, x, y, count);
    zone_crs_free(from);
    return status == ZONE_BAD_CRS ? blame_place(ctx) : status;
}

static zone_status open_point(zone_context *ctx, const zone_query_options *options, const zone_crs *target,
                              zone_place *place)
{
    double x = 0.0, y = 0.0;
    zone_status status = ZONE_OK;

    if (!parse_point(options->at, &x, &y))
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--at", .what = "no point",
                         .found = zone_say(ctx, "%s", options->at),
                         .expected = "X,Y: easting,northing or longitude,latitude", .remedy = "--at 448000,3229500");
    status = bring_over(ctx, options->crs, target, &x, &y, 1);
    place->is_point = true;
    zone_number_print(place->label, sizeof place->label, "%.10g, %.10g", x, y);
    return status ? status : zone_geometry_from_wkt(ctx, zone_say(ctx, "POINT (%.17g %.17g)", x, y), &place->geometry);
}

/* Does the text look like WKT of an area (whatever its case)? */
static bool is_wkt(const char *text)
{
    static const char *const starts[] = {"POLYGON",         "MULTIPOLYGON",       "POINT",
                                         "LINESTRING",      "GEOMETRYCOLLECTION", "MULTIPOINT",
                                         "MULTILINESTRING", "CURVEPOLYGON"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t length = strlen(starts[i]), k = 0;
        while (k < length && (text[k] & ~0x20) == starts[i][k])
            k++;
        if (k == length && (text[k] == ' ' || text[k] == '('))
            return true;
    }
    return false;
}

static zone_invalid policy_of(const zone_query_options *options)
{
    return options->plot_options ? options->plot_options->invalid : ZONE_REPAIR;
}

/* A plot that is not valid: mended, or refused where the policy wants no repair. */
static zone_status mend(zone_context *ctx, zone_invalid policy, zone_geometry **drawn, const char **reason,
                        double *change)
{
    zone_geometry *mended = NULL;
    double x = 0.0, y = 0.0;
    char place[64];

    if (zone_geometry_valid(ctx, *drawn, reason, &x, &y)) {
        *reason = NULL;
        return ZONE_OK;
    }
    zone_number_print(place, sizeof place, "%.10g %.10g", x, y);
    *reason = zone_say(ctx, "%s at %s", zone_tell(ctx, *reason), place);
    if (policy != ZONE_REPAIR)
        return zone_fail(ctx, ZONE_BAD_GEOMETRY, .key = "--plot", .place = place, .found = *reason,
                         .expected = "valid geometry", .remedy = "repair the data, or --invalid repair");
    zone_log(ctx, "the plot is not valid (%s) and was mended", *reason);
    zone_status status = zone_geometry_repair(ctx, *drawn, &mended);
    if (status)
        return status;
    *change = zone_geometry_plane_area(mended) - zone_geometry_plane_area(*drawn);
    zone_geometry_free(*drawn);
    *drawn = mended;
    return ZONE_OK;
}

/* Square metres in a unit of area of the drawing plane; of degrees to a part in a hundred, as for data. */
static double square_metres(const zone_crs *crs, double latitude)
{
    static const double radian = 3.14159265358979323846 / 180.0;
    double degree = crs->semi_major * radian;

    return crs->kind == ZONE_CRS_PROJECTED ? crs->metres * crs->metres : degree * degree * cos(latitude * radian);
}

/* WKT is one feature; what its repair changed is told in the plane of the target. */
static zone_status book_wkt(zone_context *ctx, const zone_crs *target, const char *reason, double change,
                            zone_place *place)
{
    zone_batch *batch = &place->batch;
    zone_status status = reason ? zone_batch_set_reason(ctx, batch, reason) : ZONE_OK;

    if (status)
        return status;
    if (reason)
        batch->state[0] = ZONE_FEATURE_REPAIRED;
    batch->area_change[0] = change * square_metres(target, batch->y[0]);
    zone_books_open(&place->books, place->label);
    zone_books_count(&place->books, batch);
    return ZONE_OK;
}

static zone_status read_wkt(zone_context *ctx, const zone_query_options *options, const zone_crs *target,
                            zone_place *place)
{
    zone_geometry *drawn = NULL, *united = NULL, *brought = NULL;
    zone_status status = zone_geometry_from_wkt(ctx, options->plot, &drawn);
    double change = 0.0;
    const char *reason = NULL;

    snprintf(place->label, sizeof place->label, "WKT");
    if (status == ZONE_BAD_GEOMETRY)
        return zone_fail(ctx, status, .key = "--plot", .found = zone_say(ctx, "%s", options->plot),
                         .expected = "a POLYGON or MULTIPOLYGON");
    if (!status && zone_geometry_shape(drawn) != ZONE_SHAPE_AREA)
        status = zone_fail(ctx, ZONE_BAD_GEOMETRY, .key = "--plot", .expected = "a POLYGON or MULTIPOLYGON",
                           .remedy = "--at X,Y for a point");
    if (!status)
        status = mend(ctx, policy_of(options), &drawn, &reason, &change);
    if (!status)
        status = zone_geometry_unite_parts(ctx, drawn, &united);
    if (!status)
        status = zone_geometry_to_batch(ctx, united, 0, &place->batch);
    if (!status && place->batch.ring_count == 0) /* mending left nothing of a plot without width */
        status = zone_fail(ctx, ZONE_BAD_GEOMETRY, .key = "--plot", .found = reason,
                           .expected = "a POLYGON or MULTIPOLYGON");
    if (!status)
        status = bring_over(ctx, options->crs, target, place->batch.x, place->batch.y, place->batch.vertex_count);
    if (!status && options->crs)
        status = zone_geometry_from_batch(ctx, &place->batch, 0, &brought);
    if (brought)
        change *= zone_geometry_plane_area(brought) / zone_geometry_plane_area(drawn);
    if (!status)
        status = book_wkt(ctx, target, reason, change, place);
    zone_geometry_free(brought);
    zone_geometry_free(drawn);
    zone_geometry_free(united);
    return status;
}

/* A file's own reference system counts; --at-crs is for one that has none, or none that its coordinates fit. */
static zone_status open_plot(zone_context *ctx, const zone_query_options *options, zone_source **source)
{
    zone_source_options from = {.size = sizeof from};
    zone_status status = ZONE_OK;

    if (options->plot_options)
        from = *options->plot_options;
    from.crs_option = own_option;
    status = zone_source_open(ctx, options->plot, &from, source);
    if (!status && options->crs)
        zone_log(ctx, "%s says itself what its reference system is; --at-crs is not needed", options->plot);
    if (status != ZONE_BAD_CRS || !options->crs)
        return status;
    from.crs = options->crs;
    return zone_source_open(ctx, options->plot, &from, source);
}

static zone_status open_data(zone_context *ctx, const zone_query_options *options, zone_place *place)
{
    place->source = options->plot_source;
    place->owned = !options->plot_source;
    snprintf(place->label, sizeof place->label, "%.*s", 100,
             options->plot ? options->plot : zone_source_label(options->plot_source));
    return place->owned ? open_plot(ctx, options, &place->source) : ZONE_OK;
}

static zone_status read_data(zone_context *ctx, const zone_query_options *options, const zone_crs *target,
                             zone_place *place)
{
    const zone_request request = {.shape = ZONE_SHAPE_AREA};
    zone_status status = open_data(ctx, options, place);

    if (!status)
        status = zone_source_project(ctx, place->source, target);
    if (!status)
        status = zone_source_read(ctx, place->source, &request, &place->batch);
    if (status)
        return status;
    zone_books_open(&place->books, zone_source_label(place->source));
    zone_books_count(&place->books, &place->batch);
    if (place->batch.ring_count > 0)
        return ZONE_OK;
    const char *first = place->books.rejected;
    return zone_fail(ctx, ZONE_BAD_GEOMETRY, .file = zone_source_path(place->source),
                     .layer = zone_source_layer(place->source),
                     .found = *first ? zone_say(ctx, "no feature that has an area; first: %s", first) : "no area",
                     .expected = "polygons",
                     .remedy = zone_say(ctx, "zone info %s shows the layers and what is in them", place->label));
}

/* Several features are one plot: their union. A single one keeps its vertices. */
static zone_status join_features(zone_context *ctx, zone_place *place)
{
    zone_batch joined = {0};
    zone_status status = zone_geometry_union_batch(ctx, &place->batch, &place->geometry);

    if (status || place->batch.feature_count < 2)
        return status;
    status = zone_geometry_to_batch(ctx, place->geometry, 0, &joined);
    zone_batch_free(&place->batch);
    place->batch = joined;
    return status;
}

zone_status zone_place_open(zone_context *ctx, const zone_query_options *options, const zone_crs *target,
                            zone_place *place)
{
    zone_status status = ZONE_OK;

    *place = (zone_place){0};
    int named = options ? !!options->at + !!options->plot + !!options->plot_source : 0;
    if (named != 1)
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "a query is about one place",
                         .found = named ? "--at and --plot" : "neither --at nor --plot",
                         .expected = "either --at X,Y or --plot WKT|DATA");
    if (options->at)
        return open_point(ctx, options, target, place);
    status = options->plot && is_wkt(options->plot) ? read_wkt(ctx, options, target, place)
                                                    : read_data(ctx, options, target, place);
    return status ? status : join_features(ctx, place);
}
