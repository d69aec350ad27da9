/* Axes: which of two columns of bare numbers is the northing, in which zone and datum they are. Text files do not say
 * so, or say it wrongly; it is decided by evidence, and where that is missing or contradicts itself, refused. */
#ifndef ZONE_READ_AXES_H
#define ZONE_READ_AXES_H

#include "base/crs_zones.h"
#include "read/crs.h"

/* What a pair of numbers can be by its size. */
typedef enum {
    ZONE_AXES_UNKNOWN,
    ZONE_AXES_NORTHING, /* northing, then easting */
    ZONE_AXES_EASTING,
    ZONE_AXES_LATITUDE, /* latitude, then longitude, in degrees */
    ZONE_AXES_LONGITUDE
} zone_axis_order;

/* A number as it was written: a zone number before eight digits ("40448000.5") stands apart, so that no digit is lost.
 */
typedef struct {
    double value; /* without it */
    int prefix;   /* 13 to 45; 0: none */
} zone_figure;

/* The figure of a plain decimal number; false when it is none. */
bool zone_figure_read(const char *text, zone_figure *figure, int *decimals);

/* The order of a pair, and the zone number before its easting (0: none). */
zone_axis_order zone_axes_order(const zone_figure *first, const zone_figure *second, int *prefix);

/* What is known of a file. */
typedef struct {
    const char *path;
    zone_axis_order order; /* of all its coordinates, by their size */
    int prefix;
    bool sexagesimal;                   /* degrees that may be degrees, minutes and seconds: all read "ddd.mmss" */
    int line;                           /* of the first coordinates */
    double from[2], to[2];              /* extent of the first and the second column, without zone numbers */
    zone_axis_order named;              /* by the format, or by the heads of columns */
    bool binding;                       /* the heads say so in words: what contradicts them is an error */
    bool kept;                          /* numbers before eastings are a part of them, which stays */
    zone_crs_family family;             /* by the header; ZONE_NO_FAMILY: nothing is said */
    int width;                          /* 3 or 6 degrees, by the header; 0: nothing is said */
    int zone;                           /* by the header; 0 */
    int zone_line;                      /* of the header */
    const zone_source_options *options; /* crs and place; NULL */
} zone_axes_evidence;

/* What follows from it. */
typedef struct {
    bool first_is_north; /* or latitude */
    bool keeps_prefix;   /* zone numbers are a part of the eastings */
    char *definition;    /* of the reference system */
    char *found;         /* by which evidence, in the context's language */
} zone_axes;

/* Errors: ZONE_BAD_CRS (ambiguous or contradictory, with file and line), and those of zone_crs_create. Says in the log
 * what was decided. Ownership: zone_axes_free. */
zone_status zone_axes_decide(zone_context *ctx, const zone_axes_evidence *evidence, zone_axes *axes);

/* Of a file in which no plot can be used: any system will do. */
zone_status zone_axes_none(zone_context *ctx, zone_axes *axes);
void zone_axes_free(zone_axes *axes);

#endif
