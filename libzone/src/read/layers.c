/* The layers of a data set by name. */
#include "read/source.h"

#include "read/dataset.h"
#include "read/quiet.h"

#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *label(zone_context *ctx, const char *path, const char *layer)
{
    size_t size = strlen(path) + strlen(layer) + 2;
    char *text = zone_allocate(ctx, size, 1);

    if (text)
        snprintf(text, size, "%s:%s", path, layer);
    return text;
}

static zone_status collect(zone_context *ctx, const zone_dataset *dataset, char **layers, size_t *count)
{
    int all = GDALDatasetGetLayerCount(dataset->handle);

    for (int i = 0; i < all; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset->handle, i);
        if (OGR_L_GetGeomType(layer) == wkbNone)
            continue;
        if (!(layers[*count] = label(ctx, dataset->path, OGR_L_GetName(layer))))
            return ZONE_NO_MEMORY;
        ++*count;
    }
    if (*count == 0)
        return zone_fail(ctx, ZONE_BAD_LAYER, .file = dataset->path, .found = "no layer with geometry",
                         .expected = "a file with layers", .remedy = "give data with points, lines or polygons");
    return ZONE_OK;
}

zone_status zone_source_layers(zone_context *ctx, const char *data, const zone_source_options *options, char ***layers,
                               size_t *count)
{
    zone_dataset dataset = {0};
    OGRLayerH named = NULL;
    char **made = NULL;
    zone_quiet quiet;
    zone_status status = zone_dataset_open(ctx, data, options, &dataset);

    *layers = NULL;
    *count = 0;
    if (status)
        return status;
    zone_quiet_begin(&quiet);
    made = zone_allocate(ctx, (size_t)GDALDatasetGetLayerCount(dataset.handle) + 2, sizeof *made);
    status = made ? ZONE_OK : ZONE_NO_MEMORY;
    if (!status && dataset.layer)
        status = zone_dataset_layer(ctx, dataset.handle, dataset.path, dataset.layer, &named);
    if (!status && named)
        status = (made[0] = label(ctx, dataset.path, dataset.layer)) ? ZONE_OK : ZONE_NO_MEMORY;
    else if (!status)
        status = collect(ctx, &dataset, made, count);
    zone_quiet_end(&quiet);
    zone_dataset_close(&dataset);
    if (status) {
        zone_source_layers_free(made);
        *count = 0;
        return status;
    }
    *count += named != NULL;
    *layers = made;
    return ZONE_OK;
}

void zone_source_layers_free(char **layers)
{
    for (char **layer = layers; layer && *layer; layer++)
        free(*layer);
    free(layers);
}
