/* Paths: the files that a name stands for, where it is a directory or a pattern. */
#ifndef ZONE_READ_PATHS_H
#define ZONE_READ_PATHS_H

#include "base/context.h"

/* `data` is a file (with a layer or without), a directory, or a pattern whose last component has * ? or [. Of a
 * directory its vector files, of a pattern what matches, by name; a file geodatabase and what is named with its layer
 * stand for themselves. *paths is NULL-terminated; give it back to zone_paths_free. Errors: ZONE_NOT_FOUND (a pattern
 * that nothing matches), ZONE_EMPTY (a directory without vector files), ZONE_NO_MEMORY. */
zone_status zone_paths_expand(zone_context *ctx, const char *data, char ***paths, size_t *count);
void zone_paths_free(char **paths);

#endif
