/* Shapes of a CSV: rows whose WKT is broken, with their lines, which GDAL does not tell. */
#ifndef ZONE_READ_CSV_SHAPES_H
#define ZONE_READ_CSV_SHAPES_H

#include "read/plot_layer.h"

/* Fills the reasons of a CSV that GDAL reads: a text for each row, by its number from 1, whose geometry is blank or
 * broken. A file without a column of WKT has none. Errors: ZONE_BAD_FILE (zero
 * bytes, with their line), ZONE_NO_MEMORY, ZONE_CANCELLED. */
zone_status zone_csv_shapes_judge(zone_context *ctx, const char *path, zone_text_facts *facts);

#endif
