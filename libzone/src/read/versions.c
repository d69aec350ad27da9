/* Versions of the libraries that read and place the data. */
#include "read/versions.h"

#include <gdal.h>
#include <geos_c.h>
#include <proj.h>

const char *zone_versions(zone_context *ctx)
{
    return zone_say(ctx, "libzone %s, GDAL %s, GEOS %s, PROJ %s", zone_version(), GDALVersionInfo("RELEASE_NAME"),
                    GEOSversion(), proj_info().version);
}
