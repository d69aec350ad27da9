/* Plots: what a text file of coordinates holds, before it is known how they were drawn. */
#ifndef ZONE_READ_PLOTS_H
#define ZONE_READ_PLOTS_H

#include "base/arena.h"
#include "read/axes.h"

typedef struct {
    zone_figure first, second;
    int ring; /* number of its ring in the plot, as written */
    int line;
} zone_corner;

typedef struct {
    size_t first, count;           /* corners */
    size_t first_text, text_count; /* a text a field, NULL when blank */
    long long declared;            /* points by its title; -1: it says none */
    int line;                      /* of the title */
    zone_axis_order order;
    int prefix;
    const char *fault;  /* why it can't be used, with the line; NULL */
    const char *remark; /* what is odd in what is used; NULL */
} zone_plot;

/* Zeroed there are none. */
typedef struct {
    zone_arena arena; /* all texts */
    zone_plot *plot;
    size_t count, capacity;
    zone_corner *corner;
    size_t corner_count, corner_capacity;
    const char **text;
    size_t text_count, text_capacity;
    const char **field; /* names */
    size_t field_count, field_capacity;
    int decimals; /* the most that a coordinate has */
    bool points;  /* each plot is a single point, and meant so */
    bool broken;  /* wanted even where none of them can be used */
} zone_plots;
void zone_plots_free(zone_plots *plots);

zone_status zone_plots_add_field(zone_context *ctx, zone_plots *plots, const char *name);

/* A new plot, and what belongs to the last one. */
zone_status zone_plots_add(zone_context *ctx, zone_plots *plots, int line);
zone_status zone_plots_add_text(zone_context *ctx, zone_plots *plots, const char *text);
zone_status zone_plots_add_corner(zone_context *ctx, zone_plots *plots, const zone_corner *corner);

/* The first fault of a plot is kept; `reason` is finished text. */
zone_status zone_plots_blame(zone_context *ctx, zone_plots *plots, size_t plot, int line, const char *reason);

/* Looks at the coordinates of all plots: each must be of one kind, and all of the same. Plots that are not are blamed;
 * with `lenient` (their system is known from elsewhere) not where most are of no known kind. Fills order, prefix, line
 * and extent of the evidence. Errors: ZONE_BAD_FILE (sound plots of different kinds in one file, with the line). */
zone_status zone_plots_judge(zone_context *ctx, zone_plots *plots, bool lenient, zone_axes_evidence *evidence);

#endif
