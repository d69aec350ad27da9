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

/* Twice the signed area of a ring, from its first vertex so that no digits are lost to large coordinates. */
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

/* Metres in a unit of x and of y of the drawing plane; of degrees they change with the latitude. */
static void metres_of(const zone_crs *crs, double y, double metres[2])
{
    static const double radian = 3.14159265358979323846 / 180.0;

    metres[0] = metres[1] = crs->kind == ZONE_CRS_PROJECTED ? crs->metres : crs->semi_major * radian;
    if (crs->kind == ZONE_CRS_GEOGRAPHIC)
        metres[0] *= cos(y * radian);
}

/* Mean width 2S/L of a thin piece, S its area and L the length of its border, in metres. Where two features overlap
 * they may also touch along a line, which is no part of the piece. */
static double mean_width(const zone_faults *faults, const zone_geometry *piece)
{
    zone_batch drawn = {0};
    double twice = 0.0, length = 0.0, metres[2];

    if (zone_geometry_to_batch(faults->ctx, piece, 0, &drawn) == ZONE_OK)
        for (size_t r = 0; r < drawn.ring_count; r++) {
            size_t first = drawn.vertex_start[r], end = drawn.vertex_start[r + 1];
            metres_of(zone_source_crs(faults->source), drawn.y[first], metres);
            twice += signed_area(&drawn, r) * metres[0] * metres[1];
            for (size_t i = first; i < end; i++) {
                size_t j = i + 1 < end ? i + 1 : first;
                length += hypot((drawn.x[j] - drawn.x[i]) * metres[0], (drawn.y[j] - drawn.y[i]) * metres[1]);
            }
        }
    zone_batch_free(&drawn);
    return length > 0.0 ? twice / length : NAN;
}

static const char *place_of(const zone_faults *faults, const zone_geometry *piece)
{
    double x = 0.0, y = 0.0;

    return zone_geometry_interior_point(piece, &x, &y) ? zone_faults_place(faults, x, y) : NULL;
}

/* ---------------------------------------------------------------- overlaps */

typedef struct {
    zone_faults *faults;
    int64_t overlaps, duplicates;
    zone_exact area, duplicate_area;
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
    double width = piece ? mean_width(faults, piece) : NAN;
    bool sliver = width < narrow_of(faults);
    zone_fault fault = {
        .finding = twin     ? "duplicate"
                   : sliver ? "overlap (sliver)"
                            : "overlap",
        .count = -1,
        .feature = zone_say(faults->ctx, "%s × %s", zone_faults_id(faults, first), zone_faults_id(faults, second)),
        .place = piece ? place_of(faults, piece) : NULL,
        .has_area = true,
        .area = area,
        .width = width};
    zone_faults_add(faults->detail, &fault);
    count->overlaps += !twin;
    count->duplicates += twin;
    *(twin ? &count->duplicate_area : &count->area) += area;
    zone_geometry_free(piece);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- gaps */

/* Every shell of `from` as a feature of its own, with its holes or filled. */
static zone_status take_shells(zone_context *ctx, const zone_batch *from, bool filled, zone_batch *to)
{
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < from->ring_count && !status; r++) {
        bool hole = signed_area(from, r) < 0.0;
        if (hole && filled)
            continue;
        if (!hole)
            status = zone_batch_add_feature(ctx, to, (int64_t)to->feature_count, to->feature_count, ZONE_SHAPE_AREA);
        if (!status)
            status = zone_batch_add_ring(ctx, to);
        for (size_t v = from->vertex_start[r]; v < from->vertex_start[r + 1] && !status; v++)
            status = zone_batch_add_vertex(ctx, to, from->x[v], from->y[v]);
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
    double width = mean_width(gaps->faults, hole);
    zone_fault fault = {.finding = width < narrow_of(gaps->faults) ? "gap (sliver)" : "gap",
                        .count = -1,
                        .place = place_of(gaps->faults, hole),
                        .has_area = true,
                        .area = whole,
                        .width = width};
    zone_faults_add(gaps->faults->detail, &fault);
    gaps->gaps++;
    gaps->area += whole;
    zone_geometry_free(hole);
    return ZONE_OK;
}

/* What the filled shells hold that the union does not. The holes alone would not do: a feature that lies in a hole of
 * the others is no gap. */
static zone_status take_gaps(zone_context *ctx, const zone_geometry *joined, zone_batch *holes)
{
    zone_geometry *filled = NULL, *missing = NULL;
    zone_batch whole = {0}, shells = {0}, parts = {0};
    zone_status status = zone_geometry_to_batch(ctx, joined, 0, &whole);

    if (!status)
        status = take_shells(ctx, &whole, true, &shells);
    if (!status && shells.ring_count < whole.ring_count)
        status = zone_geometry_union_batch(ctx, &shells, &filled);
    if (!status && filled)
        status = zone_geometry_difference(ctx, filled, joined, &missing);
    if (!status && missing)
        status = zone_geometry_to_batch(ctx, missing, 0, &parts);
    if (!status)
        status = take_shells(ctx, &parts, false, holes);
    zone_geometry_free(filled);
    zone_geometry_free(missing);
    zone_batch_free(&whole);
    zone_batch_free(&shells);
    zone_batch_free(&parts);
    return status;
}

static zone_status find_gaps(zone_faults *faults, gap_count *gaps)
{
    zone_geometry *joined = NULL;
    zone_batch holes = {0};
    zone_status status = zone_geometry_union_batch(faults->ctx, &faults->loaded.batch, &joined);

    if (!status && joined)
        status = take_gaps(faults->ctx, joined, &holes);
    gaps->holes = &holes;
    if (!status)
        status = zone_overlay(faults->ctx, faults->projection, &holes, NULL, add_gap, gaps);
    zone_geometry_free(joined);
    zone_batch_free(&holes);
    return status;
}

/* ---------------------------------------------------------------- slivers */

static zone_status find_slivers(zone_faults *faults, int64_t *slivers, zone_exact *sum)
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
        double width = status ? NAN : mean_width(faults, geometry);
        bool is_tiny = zone_exact_to_m2(area) < tiny, is_narrow = width < narrow_of(faults);
        if (!status && (is_tiny || is_narrow)) {
            zone_fault fault = {.finding = is_narrow ? "narrow feature" : "tiny feature",
                                .count = -1,
                                .feature = zone_faults_id(faults, f),
                                .place = place_of(faults, geometry),
                                .has_area = true,
                                .area = area,
                                .width = width};
            zone_faults_add(faults->detail, &fault);
            (*slivers)++;
            *sum += area;
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
    zone_exact sliver_area = 0;
    zone_status status = zone_overlay_self(faults->ctx, faults->loaded.layer, add_overlap, &overlaps);

    if (!status)
        status = find_gaps(faults, &gaps);
    if (!status)
        status = find_slivers(faults, &slivers, &sliver_area);
    if (status)
        return status;
    add_summary(faults, "overlaps", overlaps.overlaps, overlaps.area, true);
    add_summary(faults, "duplicates", overlaps.duplicates, overlaps.duplicate_area, true);
    add_summary(faults, "gaps", gaps.gaps, gaps.area, true);
    add_summary(faults, "narrow or tiny features", slivers, sliver_area, false);
    return ZONE_OK;
}
