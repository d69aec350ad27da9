/* What GDAL has to say is caught, never printed. */
#include "read/quiet.h"

#include "read/encoding.h"

#include <cpl_error.h>
#include <string.h>

static void keep(char *place, size_t size, const char *message)
{
    size_t length = strlen(message);

    if (length >= size)
        length = size - 1;
    memcpy(place, message, length);
    place[length] = '\0';
    for (char *end = strpbrk(place, "\r\n"); end; end = strpbrk(end, "\r\n"))
        *end = ' ';                            /* a message is a line */
    zone_encoding_make_ascii_of_broken(place); /* GDAL may quote raw bytes of the file */
}

static void CPL_STDCALL catch (CPLErr class, CPLErrorNum number, const char *message)
{
    zone_quiet *quiet = CPLGetErrorHandlerUserData();

    (void)number;
    if (class == CE_Warning)
        keep(quiet->warning, sizeof quiet->warning, message);
    if (class != CE_Failure && class != CE_Fatal)
        return;
    if (quiet->failures++ == 0)
        keep(quiet->failure, sizeof quiet->failure, message);
}

void zone_quiet_begin(zone_quiet *quiet)
{
    memset(quiet, 0, sizeof *quiet);
    CPLPushErrorHandlerEx(catch, quiet);
}

void zone_quiet_end(zone_quiet *quiet)
{
    (void)quiet;
    CPLPopErrorHandler();
    CPLErrorReset(); /* a host program that asks GDAL for its last error shall not find ours */
}

const char *zone_quiet_message(const zone_quiet *quiet, const char *otherwise)
{
    if (quiet->failure[0])
        return quiet->failure;
    return quiet->warning[0] ? quiet->warning : otherwise;
}
