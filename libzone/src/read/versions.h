/* Versions of the libraries that read and place the data. */
#ifndef ZONE_READ_VERSIONS_H
#define ZONE_READ_VERSIONS_H

#include "base/context.h"

/* "libzone 0.1.0, GDAL 3.6.2, GEOS 3.11.1, PROJ 9.1.1", in the context's memory. */
const char *zone_versions(zone_context *ctx);

/* XXH3-128 of one file as "xxh3:…", in the context's memory; "" when it can't be read. */
const char *zone_file_hash(zone_context *ctx, const char *path);

#endif
