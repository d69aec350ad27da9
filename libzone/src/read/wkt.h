/* WKT: what is wrong with a text that shall be one. */
#ifndef ZONE_READ_WKT_H
#define ZONE_READ_WKT_H

#include "base/context.h"

/* Is the text meant as one? Not what may be hexadecimal WKB or GeoJSON. */
bool zone_wkt_is_meant(const char *text);

/* Why the text is no geometry, as a finished text: a kind that is none, brackets that do not match, letters in numbers
 * (which GDAL would take for the end of the number), a point of one number. NULL: none of these. */
const char *zone_wkt_fault(zone_context *ctx, const char *text);

#endif
