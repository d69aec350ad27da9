/* Where output goes: the file behind links, names beside it, what can't be replaced. */
#ifndef ZONE_WRITE_TARGET_H
#define ZONE_WRITE_TARGET_H

#include "base/context.h"

/* Number of the open file of this process that a path stands for (/proc/self/fd/1); negative: none. */
int zone_target_open_already(const char *path);

/* The path of `name` as it is meant in the folder of `path`; the caller's (free), NULL when memory is short. */
char *zone_target_neighbour(zone_context *ctx, const char *path, const char *name);

/* The path behind all links, whether a file is there yet or not; the caller's. */
char *zone_target_behind_links(zone_context *ctx, const char *path);

/* Is there a plain file, or nothing yet? */
bool zone_target_replaceable(const char *path);

/* ZONE_CANNOT_WRITE with what errno says. */
zone_status zone_target_refuse(zone_context *ctx, const char *path);

#endif
