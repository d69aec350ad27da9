/* Plots as a layer in GDAL's memory. */
#include "read/plot_layer.h"

#include "base/number.h"
#include "read/lines.h"
#include "read/plot_rings.h"

#include <cpl_conv.h>
#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lines of the log about single plots of a file. */
#define MOST_TOLD 10

typedef struct {
    zone_context *ctx;
    const char *path;
    zone_plots *plots;
    const zone_axes *axes;
    const zone_claim_fields *claim;
    zone_text_facts *facts;
    OGRLayerH layer;
    zone_plot_rings rings;
    double *x, *y; /* of a ring */
    size_t x_capacity, y_capacity;
    bool closes;        /* rings of the file come back to their first point */
    size_t other_units; /* plots whose area is not in hectares */
    size_t told;        /* plots with a fault or a remark */
    bool usable;
} layer_run;

void zone_text_facts_free(zone_text_facts *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        free(facts->reason[i]);
    free(facts->reason);
    free(facts->crs);
    free(facts->crs_found);
    *facts = (zone_text_facts){0};
}

const char *zone_text_facts_reason(const zone_text_facts *facts, int64_t id)
{
    return id >= 1 && (uint64_t)id <= facts->count ? facts->reason[id - 1] : NULL;
}

/* ---------------------------------------------------------------- geometry */

static double metres(const layer_run *run, const zone_figure *figure)
{
    return run->axes->keeps_prefix ? figure->prefix * 1e6 + figure->value : figure->value;
}

static void place_of(const layer_run *run, const zone_corner *corner, double *x, double *y)
{
    bool north = run->axes->first_is_north;

    *x = metres(run, north ? &corner->second : &corner->first);
    *y = metres(run, north ? &corner->first : &corner->second);
}

/* The closed ring, added to the polygon. */
static zone_status add_ring(layer_run *run, const zone_plot_ring *ring, OGRGeometryH polygon)
{
    size_t count = ring->count + 1;
    zone_status status = zone_reserve(run->ctx, (void **)&run->x, &run->x_capacity, count, sizeof *run->x);

    if (!status)
        status = zone_reserve(run->ctx, (void **)&run->y, &run->y_capacity, count, sizeof *run->y);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        place_of(run, &run->plots->corner[ring->first + i % ring->count], &run->x[i], &run->y[i]);
    OGRGeometryH made = OGR_G_CreateGeometry(wkbLinearRing);
    OGR_G_SetPoints(made, (int)count, run->x, sizeof *run->x, run->y, sizeof *run->y, NULL, 0);
    return OGR_G_AddGeometryDirectly(polygon, made) == OGRERR_NONE ? ZONE_OK
                                                                   : zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
}

/* Polygons stand in the order of their outer rings; `polygon` has one for each ring that is no hole. */
static zone_status fill(layer_run *run, OGRGeometryH *polygon, OGRGeometryH *shape)
{
    const zone_plot_rings *rings = &run->rings;
    zone_status status = ZONE_OK;

    *shape = OGR_G_CreateGeometry(wkbMultiPolygon);
    for (size_t r = 0; r < rings->count && !status; r++)
        if (!rings->ring[r].hole) {
            polygon[r] = OGR_G_CreateGeometry(wkbPolygon);
            OGR_G_AddGeometryDirectly(*shape, polygon[r]);
            status = add_ring(run, &rings->ring[r], polygon[r]);
        }
    for (size_t r = 0; r < rings->count && !status; r++)
        if (rings->ring[r].hole)
            status = add_ring(run, &rings->ring[r], polygon[rings->ring[r].outer]);
    return status;
}

static zone_status make_areas(layer_run *run, size_t index, OGRGeometryH *shape)
{
    zone_status status = zone_plot_rings_make(run->ctx, run->plots, index, &run->rings);

    if (status || run->plots->plot[index].fault)
        return status;
    OGRGeometryH *polygon = zone_allocate(run->ctx, run->rings.count + 1, sizeof(OGRGeometryH));
    if (!polygon)
        return ZONE_NO_MEMORY;
    status = fill(run, polygon, shape);
    free(polygon);
    return status;
}

static zone_status make_shape(layer_run *run, size_t index, OGRGeometryH *shape)
{
    const zone_plot *plot = &run->plots->plot[index];
    double x, y;

    if (plot->fault)
        return ZONE_OK;
    if (!run->plots->points)
        return make_areas(run, index, shape);
    place_of(run, &run->plots->corner[plot->first], &x, &y);
    *shape = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(*shape, 0, x, y);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- the claimed area */

static double drawn_area(const zone_plot_rings *rings)
{
    double sum = 0.0;

    for (size_t r = 0; r < rings->count; r++)
        sum += (rings->ring[r].hole ? -0.5 : 0.5) * rings->ring[r].area;
    return sum;
}

/* m² in a unit that is written behind a figure; 0: none is. */
static double unit_of(const char *behind)
{
    static const struct {
        const char *name;
        double size;
    } units[] = {{"公顷", 1e4}, {"ha", 1e4}, {"hm2", 1e4},         {"平方米", 1.0},
                 {"m2", 1.0},   {"㎡", 1.0}, {"亩", 2000.0 / 3.0}, {"mu", 2000.0 / 3.0}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(behind, units[i].name) == 0)
            return units[i].size;
    return 0.0;
}

/* Claims err by less than this; units differ by more. */
static bool fits(double claimed, double drawn)
{
    return drawn > 0.0 && fabs(claimed - drawn) <= 0.2 * drawn;
}

static double unit_by_size(double figure, double drawn)
{
    if (fits(figure * 1e4, drawn))
        return 1e4;
    if (fits(figure, drawn))
        return 1.0;
    return fits(figure * 2000.0 / 3.0, drawn) ? 2000.0 / 3.0 : 1e4;
}

/* The claim in m² with the decimals that it was made with. */
static void set_claim(layer_run *run, OGRFeatureH feature, const char *written, bool drawn)
{
    char figure[64], text[64];
    size_t length = strspn(written, "0123456789.+-");
    const char *behind = written + length + strspn(written + length, " ");
    double value = 0.0, size = unit_of(behind);
    int decimals = 0;

    if (length >= sizeof figure || (*behind && size == 0.0))
        return;
    snprintf(figure, sizeof figure, "%.*s", (int)length, written);
    if (!zone_lines_number(figure, &value, &decimals))
        return;
    if (size == 0.0)
        size = drawn && run->axes && fabs(value) > 0.0 ? unit_by_size(value, drawn_area(&run->rings)) : 1e4;
    run->other_units += size != 1e4;
    int kept = size == 1e4 ? decimals - 4 : size == 1.0 ? decimals : decimals + 2;
    zone_number_print(text, sizeof text, "%.*f", kept > 0 && kept < 12 ? kept : 0, value * size);
    OGR_F_SetFieldString(feature, run->claim->claimed, text);
}

/* ---------------------------------------------------------------- features */

static zone_status keep_reason(layer_run *run, size_t index)
{
    zone_plot *plot = &run->plots->plot[index];
    const char *reason = plot->fault ? plot->fault : plot->remark;

    run->told += reason != NULL;
    if (plot->fault && run->told <= MOST_TOLD)
        zone_log(run->ctx, "%s: %s: this plot can't be used", run->path, plot->fault);
    else if (plot->remark && run->told <= MOST_TOLD)
        zone_log(run->ctx, "%s: %s", run->path, plot->remark);
    run->usable = run->usable || !plot->fault;
    if (reason && !(run->facts->reason[index] = zone_copy_text(run->ctx, reason)))
        return ZONE_NO_MEMORY;
    return ZONE_OK;
}

/* Does a ring, whose corners are first … end - 1, end where it began? */
static bool is_closed(const zone_corner *corner, size_t first, size_t end)
{
    return end > first + 3 && corner[first].first.value == corner[end - 1].first.value &&
           corner[first].second.value == corner[end - 1].second.value;
}

/* Is some ring closed by coming back to its first point? */
static bool closes_rings(const zone_plots *plots)
{
    for (size_t i = 0; i < plots->count; i++) {
        const zone_plot *plot = &plots->plot[i];
        const zone_corner *corner = plots->corner + plot->first;
        for (size_t first = 0, end = 0; first < plot->count; first = end) {
            while (end < plot->count && corner[end].ring == corner[first].ring)
                end++;
            if (is_closed(corner, first, end))
                return true;
        }
    }
    return false;
}

/* Where rings are closed by coming back to their first point, one that does not may have lost one. */
static zone_status note_open(layer_run *run, size_t index)
{
    zone_plot *plot = &run->plots->plot[index];
    const zone_plot_ring *open = NULL;

    for (size_t r = 0; r < run->rings.count && !open && !plot->fault && !run->plots->points; r++)
        if (!run->rings.ring[r].closed)
            open = &run->rings.ring[r];
    if (!open || !run->closes)
        return ZONE_OK;
    const char *text =
        zone_say(run->ctx, "line %d: %s", open->line,
                 zone_tell(run->ctx, "the ring that begins here is not closed, as others of the file are"));
    plot->remark = zone_arena_copy(run->ctx, &run->plots->arena, text);
    return plot->remark ? ZONE_OK : ZONE_NO_MEMORY;
}

static zone_status add_feature(layer_run *run, size_t index)
{
    const zone_plots *plots = run->plots;
    const zone_plot *plot = &plots->plot[index];
    OGRGeometryH shape = NULL;

    run->rings.count = 0;
    zone_status status = make_shape(run, index, &shape);
    if (!status)
        status = note_open(run, index);
    if (!status)
        status = keep_reason(run, index);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(run->layer));
    for (size_t t = 0; t < plot->text_count && t < plots->field_count; t++)
        if (plots->text[plot->first_text + t])
            OGR_F_SetFieldString(feature, (int)t, plots->text[plot->first_text + t]);
    const char *written = run->claim ? plots->text[plot->first_text + (size_t)run->claim->written] : NULL;
    if (written)
        set_claim(run, feature, written, shape != NULL);
    OGR_F_SetFID(feature, (GIntBig)index + 1);
    if (shape)
        OGR_F_SetGeometryDirectly(feature, shape);
    if (!status && OGR_L_CreateFeature(run->layer, feature) != OGRERR_NONE)
        status = zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    OGR_F_Destroy(feature);
    return status;
}

/* ---------------------------------------------------------------- the layer */

static OGRLayerH create_layer(layer_run *run, GDALDatasetH data)
{
    OGRLayerH layer = GDALDatasetCreateLayer(data, CPLGetBasename(run->path), NULL,
                                             run->plots->points ? wkbPoint : wkbMultiPolygon, NULL);

    for (size_t f = 0; layer && f < run->plots->field_count; f++) {
        OGRFieldDefnH field = OGR_Fld_Create(run->plots->field[f], OFTString);
        OGR_L_CreateField(layer, field, 0);
        OGR_Fld_Destroy(field);
    }
    return layer;
}

static zone_status refuse_all(zone_context *ctx, const char *path, const zone_plots *plots)
{
    const char *fault = plots->count ? plots->plot[0].fault : NULL;

    return zone_fail(ctx, ZONE_BAD_FILE, .what = "no plot can be used", .file = path,
                     .line = plots->count ? plots->plot[0].line : 0, .found = fault ? zone_say(ctx, "%s", fault) : NULL,
                     .expected = "plots of at least 3 points each", .remedy = "mend the file");
}

static zone_status fill_layer(layer_run *run)
{
    zone_status status = ZONE_OK;

    run->facts->reason = zone_allocate(run->ctx, run->plots->count + 1, sizeof *run->facts->reason);
    run->facts->count = run->facts->reason ? run->plots->count : 0;
    run->facts->decimals = run->plots->decimals;
    run->facts->crs = zone_copy_text(run->ctx, run->axes->definition);
    run->facts->crs_found = zone_copy_text(run->ctx, run->axes->found);
    if (!run->facts->reason || !run->facts->crs || !run->facts->crs_found)
        return ZONE_NO_MEMORY;
    run->closes = closes_rings(run->plots);
    for (size_t i = 0; i < run->plots->count && !status; i++)
        status = add_feature(run, i);
    if (!status && run->told > MOST_TOLD)
        zone_log(run->ctx, "%s: more such plots: %zu", run->path, run->told - MOST_TOLD);
    if (!status && run->other_units)
        zone_log(run->ctx, "%s: areas that are not in hectares, by their unit or the size of the plot: %zu", run->path,
                 run->other_units);
    return !status && !run->usable && !run->plots->broken ? refuse_all(run->ctx, run->path, run->plots) : status;
}

zone_status zone_plot_layer_make(zone_context *ctx, const char *path, zone_plots *plots, const zone_axes *axes,
                                 const zone_claim_fields *claim, GDALDatasetH *made, zone_text_facts *facts)
{
    layer_run run = {.ctx = ctx, .path = path, .plots = plots, .axes = axes, .claim = claim, .facts = facts};
    GDALDriverH driver = GDALGetDriverByName("MEM");
    zone_status status = ZONE_OK;

    if (!driver || !GDALGetMetadataItem(driver, GDAL_DCAP_VECTOR, NULL)) /* before GDAL 3.11 MEM is for rasters only */
        driver = GDALGetDriverByName("Memory");
    GDALDatasetH data = driver ? GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, NULL) : NULL;
    run.layer = data ? create_layer(&run, data) : NULL;
    status = run.layer ? fill_layer(&run) : zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    if (status && data) {
        GDALClose(data);
        data = NULL;
    }
    *made = data;
    zone_plot_rings_free(&run.rings);
    free(run.x);
    free(run.y);
    return status;
}
