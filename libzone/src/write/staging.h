/* Staging: a folder beside a target in which files are made that others write; when all are whole they take the
 * target's place. */
#ifndef ZONE_WRITE_STAGING_H
#define ZONE_WRITE_STAGING_H

#include "base/context.h"

/* Zeroed it is empty. */
typedef struct {
    char *target; /* behind all links */
    char *folder;
    char *made;   /* the file to make: in the folder, with the name that the user gave */
    char *before; /* folder in it for the old parts while they are exchanged */
} zone_staging;

/* Errors: ZONE_CANNOT_WRITE (no such folder, no permission, a target that is no plain file). */
zone_status zone_staging_open(zone_context *ctx, const char *path, zone_staging *staging);

/* The only file of the folder takes the target's place, at once. */
zone_status zone_staging_replace(zone_context *ctx, const char *path, const zone_staging *staging);

/* The files of the folder take the places of the target's parts, which have its name with the endings of `parts` (ended
 * by NULL): those that are not made anew are taken away. One after the other; if that fails the old parts are put back.
 */
zone_status zone_staging_exchange(zone_context *ctx, const char *path, const zone_staging *staging,
                                  const char *const *parts);

/* Takes away the folder and what is left in it. */
void zone_staging_close(zone_staging *staging);

#endif
