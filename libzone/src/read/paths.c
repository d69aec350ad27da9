/* The files of a directory or a pattern. */
#define _LARGEFILE64_SOURCE /* GDAL's VSIStatBufL is a stat64 */

#include "read/paths.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What offices send. The parts of a shapefile but .shp are read along with it. */
static const char *const vector_extensions[] = {"txt", "csv", "shp",     "gpkg",    "geojson", "json", "fgb",
                                                "kml", "tab", "parquet", "geojsonl", "gdb",     NULL};

static bool is_directory(const char *path)
{
    VSIStatBufL stat;

    return VSIStatL(path, &stat) == 0 && VSI_ISDIR(stat.st_mode);
}

static bool exists(const char *path)
{
    VSIStatBufL stat;

    return VSIStatL(path, &stat) == 0;
}

static bool has_extension(const char *path, const char *wanted)
{
    return EQUAL(CPLGetExtension(path), wanted);
}

static bool is_vector(const char *name)
{
    for (const char *const *extension = vector_extensions; *extension; extension++)
        if (has_extension(name, *extension))
            return name[0] != '.';
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in `directory` that match (pattern NULL: vector files), in the order of their bytes. */
static zone_status list(zone_context *ctx, const char *directory, const char *pattern, bool bare, char ***paths,
                        size_t *count)
{
    char **names = VSIReadDir(directory);
    int all = CSLCount(names);
    char **made = zone_allocate(ctx, (size_t)all + 1, sizeof *made);
    zone_status status = made ? ZONE_OK : ZONE_NO_MEMORY;

    for (int i = 0; i < all && !status; i++) {
        if (pattern ? names[i][0] == '.' || fnmatch(pattern, names[i], 0) != 0 : !is_vector(names[i]))
            continue;
        made[*count] = zone_copy_text(ctx, bare ? names[i] : CPLFormFilename(directory, names[i], NULL));
        status = made[*count] ? ZONE_OK : ZONE_NO_MEMORY;
        *count += !status;
    }
    CSLDestroy(names);
    if (made)
        qsort(made, *count, sizeof *made, by_bytes);
    *paths = made;
    return status;
}

static zone_status alone(zone_context *ctx, const char *data, char ***paths, size_t *count)
{
    *paths = zone_allocate(ctx, 2, sizeof **paths);
    if (!*paths || !((*paths)[0] = zone_copy_text(ctx, data)))
        return ZONE_NO_MEMORY;
    *count = 1;
    return ZONE_OK;
}

zone_status zone_paths_expand(zone_context *ctx, const char *data, char ***paths, size_t *count)
{
    const char *slash = strrchr(data, '/'), *name = slash ? slash + 1 : data;
    zone_status status = ZONE_OK;

    *paths = NULL;
    *count = 0;
    if (is_directory(data) && !has_extension(data, "gdb")) {
        status = list(ctx, data, NULL, false, paths, count);
        if (!status && *count == 0)
            status = zone_fail(ctx, ZONE_EMPTY, .file = data, .found = "a directory without vector files",
                               .expected = "files such as .txt, .csv, .shp, .gpkg");
    } else if (!exists(data) && strpbrk(name, "*?[")) {
        char *directory = zone_copy_text(ctx, slash ? data : ".");
        if (!directory)
            return ZONE_NO_MEMORY;
        if (slash)
            directory[slash == data ? 1 : slash - data] = '\0';
        status = list(ctx, directory, name, !slash, paths, count);
        free(directory);
        if (!status && *count == 0)
            status = zone_fail(ctx, ZONE_NOT_FOUND, .file = data, .found = "no file that matches",
                               .remedy = "check the path");
    } else {
        status = alone(ctx, data, paths, count);
    }
    if (status) {
        zone_paths_free(*paths);
        *paths = NULL;
        *count = 0;
    }
    return status;
}

void zone_paths_free(char **paths)
{
    for (char **path = paths; path && *path; path++)
        free(*path);
    free(paths);
}
