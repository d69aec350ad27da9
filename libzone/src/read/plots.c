/* Plots: what a text file of coordinates holds. */
#include "read/plots.h"

#include <math.h>
#include <stdlib.h>

void zone_plots_free(zone_plots *plots)
{
    zone_arena_free(&plots->arena);
    free(plots->plot);
    free(plots->corner);
    free(plots->text);
    free(plots->field);
    *plots = (zone_plots){0};
}

zone_status zone_plots_add_field(zone_context *ctx, zone_plots *plots, const char *name)
{
    zone_status status =
        zone_grow(ctx, (void **)&plots->field, &plots->field_capacity, plots->field_count + 1, sizeof *plots->field);

    if (status || !(plots->field[plots->field_count] = zone_arena_copy(ctx, &plots->arena, name)))
        return ZONE_NO_MEMORY;
    plots->field_count++;
    return ZONE_OK;
}

zone_status zone_plots_add(zone_context *ctx, zone_plots *plots, int line)
{
    zone_status status = zone_grow(ctx, (void **)&plots->plot, &plots->capacity, plots->count + 1, sizeof *plots->plot);

    if (!status)
        plots->plot[plots->count++] =
            (zone_plot){.first = plots->corner_count, .first_text = plots->text_count, .declared = -1, .line = line};
    return status;
}

zone_status zone_plots_add_text(zone_context *ctx, zone_plots *plots, const char *text)
{
    zone_status status =
        zone_grow(ctx, (void **)&plots->text, &plots->text_capacity, plots->text_count + 1, sizeof *plots->text);
    char *copy = NULL;

    if (status || (text && *text && !(copy = zone_arena_copy(ctx, &plots->arena, text))))
        return ZONE_NO_MEMORY;
    plots->text[plots->text_count++] = copy;
    plots->plot[plots->count - 1].text_count++;
    return ZONE_OK;
}

zone_status zone_plots_add_corner(zone_context *ctx, zone_plots *plots, const zone_corner *corner)
{
    zone_status status = zone_reserve(ctx, (void **)&plots->corner, &plots->corner_capacity, plots->corner_count + 1,
                                      sizeof *plots->corner);

    if (status)
        return status;
    plots->corner[plots->corner_count++] = *corner;
    plots->plot[plots->count - 1].count++;
    return ZONE_OK;
}

zone_status zone_plots_blame(zone_context *ctx, zone_plots *plots, size_t plot, int line, const char *reason)
{
    zone_plot *blamed = &plots->plot[plot];

    if (!blamed->fault)
        blamed->fault = zone_arena_copy(ctx, &plots->arena, zone_say(ctx, "line %d: %s", line, reason));
    return blamed->fault ? ZONE_OK : ZONE_NO_MEMORY;
}

/* ---------------------------------------------------------------- one kind of coordinates */

/* The kind of a plot is that of its first corner. Returns the first corner of another kind, or the number of corners.
 */
static size_t find_odd(const zone_plots *plots, zone_plot *plot)
{
    for (size_t i = 0; i < plot->count; i++) {
        const zone_corner *corner = &plots->corner[plot->first + i];
        int prefix = 0;
        zone_axis_order order = zone_axes_order(&corner->first, &corner->second, &prefix);
        if (i == 0) {
            plot->order = order;
            plot->prefix = prefix;
        } else if (order != plot->order || prefix != plot->prefix) {
            return i;
        }
    }
    return plot->count;
}

/* Blames plots of mixed coordinates. False where most are of no known kind, and so in a system of their own. */
static zone_status judge_plots(zone_context *ctx, zone_plots *plots, bool lenient, bool *known)
{
    size_t sound = 0;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < plots->count; i++) {
        zone_plot *plot = &plots->plot[i];
        sound += find_odd(plots, plot) == plot->count && plot->order != ZONE_AXES_UNKNOWN;
    }
    *known = !lenient || 2 * sound >= plots->count;
    for (size_t i = 0; i < plots->count && *known && !status; i++) {
        zone_plot *plot = &plots->plot[i];
        size_t odd = plot->fault ? plot->count : find_odd(plots, plot);
        if (odd < plot->count)
            status = zone_plots_blame(ctx, plots, i, plots->corner[plot->first + odd].line,
                                      zone_tell(ctx, "coordinates of another kind than those before"));
    }
    return status;
}

static void widen(const zone_plots *plots, const zone_plot *plot, zone_axes_evidence *evidence)
{
    for (size_t i = 0; i < plot->count; i++) {
        const zone_corner *corner = &plots->corner[plot->first + i];
        const double at[2] = {corner->first.value, corner->second.value};
        for (int k = 0; k < 2; k++) {
            evidence->from[k] = fmin(evidence->from[k], at[k]);
            evidence->to[k] = fmax(evidence->to[k], at[k]);
        }
    }
}

/* Sets the kind of the file: that of its first sound plot. Another kind in a sound plot is another dialect. */
static zone_status judge_file(zone_context *ctx, const zone_plots *plots, zone_axes_evidence *evidence)
{
    for (size_t i = 0; i < plots->count; i++) {
        const zone_plot *plot = &plots->plot[i];
        if (plot->fault || !plot->count || plot->order == ZONE_AXES_UNKNOWN)
            continue;
        if (evidence->order == ZONE_AXES_UNKNOWN) {
            evidence->order = plot->order;
            evidence->prefix = plot->prefix;
            evidence->line = plots->corner[plot->first].line;
        } else if (plot->order != evidence->order || plot->prefix != evidence->prefix) {
            return zone_fail(ctx, ZONE_BAD_FILE, .what = "coordinates of several kinds in one file",
                             .file = evidence->path, .line = plots->corner[plot->first].line,
                             .found = zone_say(ctx, "coordinates of another kind than in line %d", evidence->line),
                             .expected = "the same order of the axes and the same zone in all plots",
                             .remedy = "split the file by the kind of its coordinates");
        }
    }
    return ZONE_OK;
}

static zone_status blame_unknown(zone_context *ctx, zone_plots *plots)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < plots->count && !status; i++)
        if (!plots->plot[i].fault && plots->plot[i].count && plots->plot[i].order == ZONE_AXES_UNKNOWN)
            status = zone_plots_blame(ctx, plots, i, plots->corner[plots->plot[i].first].line,
                                      zone_tell(ctx, "coordinates that can't be a northing and an easting"));
    return status;
}

/* 119.2730: below 60 behind the point, and below 60 again. */
static bool reads_as_minutes(double degrees)
{
    double minutes = (degrees - floor(degrees)) * 100.0 + 1e-7, seconds = (minutes - floor(minutes)) * 100.0;

    return minutes < 60.0 && seconds < 60.0;
}

/* Decimal degrees all read so by chance in a file of few numbers only. */
static bool may_be_sexagesimal(const zone_plots *plots)
{
    if (plots->decimals < 4 || plots->corner_count < 4)
        return false;
    for (size_t i = 0; i < plots->corner_count; i++)
        if (!reads_as_minutes(plots->corner[i].first.value) || !reads_as_minutes(plots->corner[i].second.value))
            return false;
    return true;
}

zone_status zone_plots_judge(zone_context *ctx, zone_plots *plots, bool lenient, zone_axes_evidence *evidence)
{
    zone_status status = ZONE_OK;
    bool known = false;

    evidence->from[0] = evidence->from[1] = HUGE_VAL;
    evidence->to[0] = evidence->to[1] = -HUGE_VAL;
    status = judge_plots(ctx, plots, lenient, &known);
    if (!status && known)
        status = judge_file(ctx, plots, evidence);
    if (!status && evidence->order != ZONE_AXES_UNKNOWN)
        status = blame_unknown(ctx, plots);
    if (evidence->order == ZONE_AXES_LATITUDE || evidence->order == ZONE_AXES_LONGITUDE)
        evidence->sexagesimal = may_be_sexagesimal(plots);
    for (size_t i = 0; i < plots->count && !status; i++)
        if (!plots->plot[i].fault && plots->plot[i].count) {
            evidence->line = evidence->line ? evidence->line : plots->corner[plots->plot[i].first].line;
            widen(plots, &plots->plot[i], evidence);
        }
    return status;
}
