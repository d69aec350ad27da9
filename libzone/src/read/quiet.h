/* What GDAL has to say is caught, never printed, and told to the user as a part of our own message. */
#ifndef ZONE_READ_QUIET_H
#define ZONE_READ_QUIET_H

#include <stddef.h>

/* Between begin and end GDAL's messages of this thread go here. Lives on the caller's stack. */
typedef struct {
    size_t failures;   /* errors; warnings are not counted */
    char failure[512]; /* the first error, "" if none; always UTF-8 */
    char warning[512]; /* the last warning */
} zone_quiet;

void zone_quiet_begin(zone_quiet *quiet);
void zone_quiet_end(zone_quiet *quiet);

/* The first error, else the last warning, else `otherwise`. */
const char *zone_quiet_message(const zone_quiet *quiet, const char *otherwise);

#endif
