/* CSV with a row a vertex: columns for the site, its ring, and two coordinates. */
#ifndef ZONE_READ_SOURCE_CSV_H
#define ZONE_READ_SOURCE_CSV_H

#include "read/plot_layer.h"

/* Is the file at `path` one? By its extension and the heads of its columns; not with a column of WKT. */
bool zone_csv_recognise(zone_context *ctx, const char *path, const char *encoding);

/* The file as a data set that the caller closes: an area a site in the order in which they come, or where each has one
 * row and no ring, a point. Errors: ZONE_BAD_FILE, ZONE_BAD_CRS with the line, ZONE_TOO_LARGE. */
zone_status zone_csv_open(zone_context *ctx, const char *path, const zone_source_options *options, GDALDatasetH *made,
                          zone_text_facts *facts);

#endif
