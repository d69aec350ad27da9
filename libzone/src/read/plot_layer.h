/* Plots as a layer in GDAL's memory, so that a text file is read like any other data. */
#ifndef ZONE_READ_PLOT_LAYER_H
#define ZONE_READ_PLOT_LAYER_H

#include "read/plots.h"

#include <gdal.h>

/* What a text file told that a layer in memory has no place for. Zeroed it is of no text file. */
typedef struct {
    const char *format; /* "TXT", "CSV"; NULL: GDAL reads the file itself */
    char encoding[160];
    char *crs, *crs_found; /* definition, and by which evidence */
    char **reason;         /* of each feature, by its id from 1: why it can't be used, or what is odd in it; NULL */
    size_t count;
    int decimals; /* of the coordinates as written */
    bool rejects; /* each reason is why a feature can't be used, whatever GDAL makes of it */
} zone_text_facts;
void zone_text_facts_free(zone_text_facts *facts);

/* The reason of a feature; NULL. */
const char *zone_text_facts_reason(const zone_text_facts *facts, int64_t id);

/* The field that gets a plot's claimed area in m² from the field that has it as written: hectares as the format has it,
 * m² or mu where it says so, or where only that fits the plot's size; -1: there is none. */
typedef struct {
    int written, claimed;
} zone_claim_fields;

/* A data set with one layer `name`: features numbered from 1, those that can't be used without a geometry. The caller
 * closes it. Errors: ZONE_NO_MEMORY, ZONE_BAD_FILE (no plot can be used, and such are
 * not wanted: the reason of the first). */
zone_status zone_plot_layer_make(zone_context *ctx, const char *path, zone_plots *plots, const zone_axes *axes,
                                 const zone_claim_fields *claim, GDALDatasetH *made, zone_text_facts *facts);

#endif
