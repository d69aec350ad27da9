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

/* What offices send. The parts of a shapefile but .shp, and .mid, are read along with it. */
static const char *const vector_extensions[] = {"txt", "csv", "shp", "gpkg",    "geojson",  "json", "fgb",
                                                "kml", "mif", "tab", "parquet", "geojsonl", "gdb",  NULL};

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

/* Is there a file before a colon: "town.gpkg:sites [old]"? */
static bool names_layer(const char *data)
{
    char path[4096];
    bool found = false;

    for (const char *colon = strchr(data, ':'); colon && !found; colon = strchr(colon + 1, ':')) {
        size_t length = (size_t)(colon - data);
        if (length == 0 || length >= sizeof path)
            continue;
        memcpy(path, data, length);
        path[length] = '\0';
        found = exists(path);
    }
    return found;
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

/* The companions of a shapefile are read with it. */
static bool is_companion(const char *name)
{
    static const char *const extensions[] = {"shx", "dbf", "prj", "cpg", "sbn", "sbx",
                                             "qix", "mid", "xml", "qmd", NULL};

    for (const char *const *extension = extensions; *extension; extension++)
        if (has_extension(name, *extension))
            return true;
    return false;
}

/* What is in a directory and is not read must not be taken for read. */
static void tell_skipped(zone_context *ctx, const char *directory, char **names)
{
    const char *first = NULL;
    unsigned long long count = 0;

    for (char **name = names; name && *name; name++) {
        if ((*name)[0] == '.' || is_vector(*name) || is_companion(*name))
            continue;
        first = first ? first : *name;
        count++;
    }
    if (count)
        zone_log(ctx, "%s: not read, for they are of no format known here: %llu (%s …)", directory, count, first);
}

/* The names in `directory` that match (pattern NULL: vector files), in the order of their bytes. */
static zone_status list(zone_context *ctx, const char *directory, const char *pattern, bool bare, char ***paths,
                        size_t *count)
{
    char **names = VSIReadDir(directory);
    int all = CSLCount(names);
    char **made = zone_allocate(ctx, (size_t)all + 1, sizeof *made);
    zone_status status = made ? ZONE_OK : ZONE_NO_MEMORY;

    if (!pattern)
        tell_skipped(ctx, directory, names);
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
    } else if (strpbrk(name, "*?[") && !exists(data) && !names_layer(data)) {
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
