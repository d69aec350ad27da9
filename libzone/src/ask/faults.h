/* Faults: what zone_validate finds, row by row. */
#ifndef ZONE_ASK_FAULTS_H
#define ZONE_ASK_FAULTS_H

#include "ask/layers.h"

#include <math.h>

/* Columns of the answer. */
enum {
    ZONE_FAULT_FINDING,
    ZONE_FAULT_COUNT,
    ZONE_FAULT_FEATURE,
    ZONE_FAULT_REASON,
    ZONE_FAULT_PLACE,
    ZONE_FAULT_AREA,
    ZONE_FAULT_WIDTH
};

/* Texts are borrowed until the row is added; NULL, 0 and NAN are empty cells. */
typedef struct {
    const char *finding; /* English key */
    int64_t count;       /* of a summary row; -1: none */
    const char *feature; /* id, or "3 × 7" */
    const char *reason, *place;
    bool has_area;
    zone_exact area;
    double width; /* mean width 2S/L, m; NAN: none */
} zone_fault;

/* A validation at work. */
typedef struct {
    zone_context *ctx;
    const zone_validate_options *options;
    zone_source *source;
    zone_method method;
    zone_projection *projection;
    zone_loaded loaded;  /* the areas as they are used, with the texts of the roles below */
    int field[8];        /* text of a role in the batch, -1: the layer has none */
    zone_table *summary; /* rows that count; they come first in the answer */
    zone_table *detail;  /* rows that name a feature or a place */
    bool unmet;
} zone_faults;

/* The roles that are read, in the order of `field`. */
enum { ZONE_FAULT_STORED, ZONE_FAULT_NET, ZONE_FAULT_RIDGE, ZONE_FAULT_RIDGE_AREA, ZONE_FAULT_ROLES };

void zone_faults_add(zone_table *table, const zone_fault *fault);

/* Overlaps, duplicates, gaps, slivers of the layer as a coverage. */
zone_status zone_faults_coverage(zone_faults *faults);

/* Stored areas against computed ones, and what explains the difference; ridge deductions. */
zone_status zone_faults_stored(zone_faults *faults);

/* Id of a feature for people, in the context's memory. */
const char *zone_faults_id(const zone_faults *faults, size_t feature);

/* "x y" to a tenth of a millimetre, or of degrees to a millimetre, in the context's memory. */
const char *zone_faults_place(const zone_faults *faults, double x, double y);

#endif
