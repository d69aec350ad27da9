/* Versions of the libraries that read and place the data. */
#include "read/versions.h"

#include <gdal.h>
#include <geos_c.h>
#include <proj.h>

const char *zone_versions(zone_context *ctx)
{
    /* Its numbers and not its text: the text is a buffer that every call of proj_info writes anew, in any thread. */
    const PJ_INFO proj = proj_info();

    return zone_say(ctx, "libzone %s, GDAL %s, GEOS %s, PROJ %d.%d.%d", zone_version(), GDALVersionInfo("RELEASE_NAME"),
                    GEOSversion(), proj.major, proj.minor, proj.patch);
}
