/* Data sets: opening a file with GDAL so that nothing but the file itself is touched. */
#ifndef ZONE_READ_DATASET_H
#define ZONE_READ_DATASET_H

#include "read/plot_layer.h"

#include <gdal.h>

typedef struct {
    GDALDatasetH handle;
    char *path;            /* of the file or directory, as given but without the layer */
    char *layer;           /* what stood after the colon; NULL */
    zone_text_facts facts; /* of a text file of coordinates, which is a data set in memory */
} zone_dataset;

/* Opens "path" or "path:layer". A name that exists as a whole is a path, whatever colons it holds.
 * Errors  ZONE_NOT_FOUND, ZONE_BAD_FILE (a directory, empty, unreadable, no vector data, a driver that is not allowed).
 * Side effect: registers GDAL's drivers if the program has none registered; GDAL can't open anything before. */
zone_status zone_dataset_open(zone_context *ctx, const char *data, const zone_source_options *options,
                              zone_dataset *dataset);
void zone_dataset_close(zone_dataset *dataset);

/* The layer called `name`, or with NULL the only one that has geometry (or the only one). `path` is for messages.
 * Errors: ZONE_BAD_LAYER naming the layers there are. */
zone_status zone_dataset_layer(zone_context *ctx, GDALDatasetH handle, const char *path, const char *name,
                               OGRLayerH *layer);

#endif
