/* A layer as a coverage: overlaps, duplicates, gaps, slivers, each with its place and mean width. */
#include "ask/faults.h"

#include "read/geometry.h"

#include <stdlib.h>
#include <string.h>

/* Defaults of survey checkers; no national standard fixes them. */
static const double usual_narrow = 0.5, usual_tiny = 10.0;

static double narrow_of(const zone_faults *faults)
{
    return faults->options->narrow > 0.0 ? faults->options->narrow : usual_narrow;
}

/* Mean width 2S/L of a thin piece, S its area and L the length of its border. */
static double mean_width(zone_context *ctx, const zone_geometry *piece)
{
    zone_geometry *border = NULL;
    double width = NAN;

    if (zone_geometry_boundary(ctx, piece, &border) == ZONE_OK && border && zone_geometry_length(border) > 0.0)
        width = 2.0 * zone_geometry_plane_area(piece) / zone_geometry_length(border);
    zone_geometry_free(border);
    return width;
}

static const char *place_of(zone_context *ctx, const zone_geometry *piece)
{
    double x = 0.0, y = 0.0;

    return zone_geometry_interior_point(piece, &x, &y) ? zone_say(ctx, "%.4f %.4f", x, y) : NULL;
}

/* ---------------------------------------------------------------- overlaps */

typedef struct {
    zone_faults *faults;
    int64_t overlaps, duplicates;
    zone_exact area;
} overlap_count;

static zone_status intersect(zone_faults *faults, uint32_t first, uint32_t second, zone_geometry **piece)
{
    zone_geometry *a = NULL, *b = NULL;
    zone_status status = zone_geometry_from_batch(faults->ctx, &faults->loaded.batch, first, &a);

    *piece = NULL;
    if (!status)
        status = zone_geometry_from_batch(faults->ctx, &faults->loaded.batch, second, &b);
    if (!status)
        status = zone_geometry_intersection(faults->ctx, a, b, piece);
    zone_geometry_free(a);
    zone_geometry_free(b);
    return status;
}

static zone_status add_overlap(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    overlap_count *count = user;
    zone_faults *faults = count->faults;
    const zone_layer *layer = faults->loaded.layer;
    zone_geometry *piece = NULL;

    if (!zone_piece_counts(area))
        return ZONE_OK;
    bool twin = !zone_piece_counts(zone_layer_area(layer, first) - area) &&
                !zone_piece_counts(zone_layer_area(layer, second) - area);
    zone_status status = intersect(faults, first, second, &piece);
    if (status)
        return status;
    double width = piece ? mean_width(faults->ctx, piece) : NAN;
    bool sliver = width < narrow_of(faults);
    zone_fault fault = {
        .finding = twin     ? "duplicate"
                   : sliver ? "overlap (sliver)"
                            : "overlap",
        .count = -1,
        .feature = zone_say(faults->ctx, "%s × %s", zone_faults_id(faults, first), zone_faults_id(faults, second)),
        .place = piece ? place_of(faults->ctx, piece) : NULL,
        .has_area = true,
        .area = area,
        .width = width};
    zone_faults_add(faults->detail, &fault);
    count->overlaps += !twin;
    count->duplicates += twin;
    count->area += area;
    zone_geometry_free(piece);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- gaps */

static double signed_area(const zone_batch *batch, size_t ring)
{
    size_t first = batch->vertex_start[ring], end = batch->vertex_start[ring + 1];
    double sum = 0.0;

    for (size_t i = first; i < end; i++) {
        size_t j = i + 1 < end ? i + 1 : first;
        sum += (batch->x[i] - batch->x[first]) * (batch->y[j] - batch->y[first]) -
               (batch->x[j] - batch->x[first]) * (batch->y[i] - batch->y[first]);
    }
    return sum;
}

/* Every hole of the union as a feature of its own, turned round. */
static zone_status take_holes(zone_context *ctx, const zone_batch *whole, zone_batch *holes)
{
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < whole->ring_count && !status; r++) {
        if (signed_area(whole, r) >= 0.0)
            continue;
        status =
            zone_batch_add_feature(ctx, holes, (int64_t)holes->feature_count, holes->feature_count, ZONE_SHAPE_AREA);
        if (!status)
            status = zone_batch_add_ring(ctx, holes);
        for (size_t v = whole->vertex_start[r + 1]; v > whole->vertex_start[r] && !status; v--)
            status = zone_batch_add_vertex(ctx, holes, whole->x[v - 1], whole->y[v - 1]);
    }
    return status;
}

typedef struct {
    zone_faults *faults;
    const zone_batch *holes;
    int64_t gaps;
    zone_exact area;
} gap_count;

static zone_status add_gap(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    gap_count *gaps = user;
    zone_context *ctx = gaps->faults->ctx;
    zone_geometry *hole = NULL;
    zone_status status = zone_geometry_from_batch(ctx, gaps->holes, feature, &hole);

    (void)pieces;
    (void)count;
    if (status)
        return status;
    double width = mean_width(ctx, hole);
    zone_fault fault = {.finding = width < narrow_of(gaps->faults) ? "gap (sliver)" : "gap",
                        .count = -1,
                        .place = place_of(ctx, hole),
                        .has_area = true,
                        .area = whole,
                        .width = width};
    zone_faults_add(gaps->faults->detail, &fault);
    gaps->gaps++;
    gaps->area += whole;
    zone_geometry_free(hole);
    return ZONE_OK;
}

static zone_status find_gaps(zone_faults *faults, gap_count *gaps)
{
    zone_geometry *joined = NULL;
    zone_batch whole = {0}, holes = {0};
    zone_status status = zone_geometry_union_batch(faults->ctx, &faults->loaded.batch, &joined);

    if (!status && joined)
        status = zone_geometry_to_batch(faults->ctx, joined, 0, &whole);
    if (!status)
        status = take_holes(faults->ctx, &whole, &holes);
    gaps->holes = &holes;
    if (!status)
        status = zone_overlay(faults->ctx, faults->projection, &holes, NULL, add_gap, gaps);
    zone_geometry_free(joined);
    zone_batch_free(&whole);
    zone_batch_free(&holes);
    return status;
}

/* ---------------------------------------------------------------- slivers */

static zone_status find_slivers(zone_faults *faults, int64_t *slivers)
{
    const zone_batch *batch = &faults->loaded.batch;
    double tiny = faults->options->tiny > 0.0 ? faults->options->tiny : usual_tiny;
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < batch->feature_count && !status; f++) {
        zone_geometry *geometry = NULL;
        zone_exact area = zone_layer_area(faults->loaded.layer, f);
        if (batch->state[f] == ZONE_FEATURE_REJECTED)
            continue;
        status = zone_geometry_from_batch(faults->ctx, batch, f, &geometry);
        double width = status ? NAN : mean_width(faults->ctx, geometry);
        bool is_tiny = zone_exact_to_m2(area) < tiny, is_narrow = width < narrow_of(faults);
        if (!status && (is_tiny || is_narrow)) {
            zone_fault fault = {.finding = is_narrow ? "narrow feature" : "tiny feature",
                                .count = -1,
                                .feature = zone_faults_id(faults, f),
                                .place = place_of(faults->ctx, geometry),
                                .has_area = true,
                                .area = area,
                                .width = width};
            zone_faults_add(faults->detail, &fault);
            (*slivers)++;
        }
        zone_geometry_free(geometry);
    }
    return status;
}

static void add_summary(zone_faults *faults, const char *finding, int64_t count, zone_exact area, bool is_fault)
{
    zone_fault fault = {.finding = finding, .count = count, .has_area = true, .area = area, .width = NAN};

    zone_faults_add(faults->summary, &fault);
    faults->unmet = faults->unmet || (is_fault && count > 0);
}

zone_status zone_faults_coverage(zone_faults *faults)
{
    overlap_count overlaps = {.faults = faults};
    gap_count gaps = {.faults = faults};
    int64_t slivers = 0;
    zone_status status = zone_overlay_self(faults->ctx, faults->loaded.layer, add_overlap, &overlaps);

    if (!status)
        status = find_gaps(faults, &gaps);
    if (!status)
        status = find_slivers(faults, &slivers);
    if (status)
        return status;
    add_summary(faults, "overlaps", overlaps.overlaps, overlaps.area, true);
    add_summary(faults, "duplicates", overlaps.duplicates, 0, true);
    add_summary(faults, "gaps", gaps.gaps, gaps.area, true);
    add_summary(faults, "narrow or tiny features", slivers, 0, false);
    return ZONE_OK;
}
