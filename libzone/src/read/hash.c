/* The hash of a data set: XXH3-128 of the bytes of its files in name order. */
#define _LARGEFILE64_SOURCE /* GDAL's VSIStatBufL is a stat64 */

#include "read/source_gdal.h"

#include "read/quiet.h"
#include "read/versions.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* GDAL names a .cpg file only when it decodes by it, but it decides what the text means here too. */
static char **add_encodings(char **files)
{
    VSIStatBufL stat;
    int count = CSLCount(files);

    for (int i = 0; i < count; i++) {
        const char *cpg = CPLResetExtension(files[i], "cpg");
        if (EQUAL(CPLGetExtension(files[i]), "dbf") && CSLFindString(files, cpg) < 0 && VSIStatL(cpg, &stat) == 0)
            files = CSLAddString(files, cpg);
    }
    return files;
}

/* What GDAL says the data set is made of; a directory (file geodatabase) is all the files in it. */
static char **list_files(const zone_source *source)
{
    VSIStatBufL stat;
    char **files = NULL;

    if (VSIStatL(source->path, &stat) == 0 && VSI_ISDIR(stat.st_mode) && !strcmp(source->driver, "OpenFileGDB")) {
        char **names = VSIReadDir(source->path);
        for (char **name = names; name && *name; name++)
            if ((*name)[0] != '.')
                files = CSLAddString(files, CPLFormFilename(source->path, *name, NULL));
        CSLDestroy(names);
    } else if (source->facts.format) {
        files = CSLAddString(NULL, source->path);
    } else {
        files = add_encodings(GDALGetFileList(source->dataset));
    }
    if (files)
        qsort(files, (size_t)CSLCount(files), sizeof *files, by_name);
    return files;
}

/* False when the file can't be read to its end. A lock of a geodatabase is no part of the data. */
static bool add_file(zone_context *ctx, XXH3_state_t *state, const char *path, char *buffer, size_t size)
{
    VSIStatBufL stat;
    size_t count;

    if (EQUAL(CPLGetExtension(path), "lock") || (VSIStatL(path, &stat) == 0 && VSI_ISDIR(stat.st_mode)))
        return true;
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (!file)
        return false;
    while (!zone_cancelled(ctx) && (count = VSIFReadL(buffer, 1, size, file)) > 0)
        XXH3_128bits_update(state, buffer, count);
    bool whole = VSIFEofL(file) != 0;
    VSIFCloseL(file);
    return whole;
}

static bool hash_files(zone_context *ctx, char **files, char *text, size_t size)
{
    enum { BLOCK = 1 << 20 };
    XXH3_state_t *state = XXH3_createState();
    char *buffer = malloc(BLOCK);
    XXH128_canonical_t canonical;
    bool done = state && buffer && files && *files;

    if (done)
        XXH3_128bits_reset(state);
    for (char **file = files; done && *file; file++)
        done = add_file(ctx, state, *file, buffer, BLOCK);
    if (done) {
        XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
        int at = snprintf(text, size, "xxh3:");
        for (size_t i = 0; i < sizeof canonical.digest; i++)
            at += snprintf(text + at, size - (size_t)at, "%02x", canonical.digest[i]);
    }
    XXH3_freeState(state);
    free(buffer);
    return done;
}

void zone_source_list_files(zone_source *source)
{
    zone_quiet quiet;

    zone_quiet_begin(&quiet);
    if (!source->files)
        source->files = list_files(source);
    zone_quiet_end(&quiet);
}

const char *zone_source_hash(zone_context *ctx, zone_source *source)
{
    zone_quiet quiet;
    char text[64] = "";
    bool whole = false;

    if (source->hash)
        return source->hash;
    zone_source_list_files(source);
    zone_quiet_begin(&quiet);
    whole = hash_files(ctx, source->files, text, sizeof text);
    zone_quiet_end(&quiet);
    /* What could not be read to its end, or was cancelled, may be asked for again. */
    if (whole || !source->files)
        source->hash = zone_copy_text(ctx, whole ? text : "");
    return source->hash ? source->hash : "";
}

const char *zone_file_hash(zone_context *ctx, const char *path)
{
    zone_quiet quiet;
    char text[64] = "", *copy = zone_copy_text(ctx, path);
    char *files[2] = {copy, NULL};

    zone_quiet_begin(&quiet);
    if (!hash_files(ctx, files, text, sizeof text))
        text[0] = '\0';
    zone_quiet_end(&quiet);
    free(copy);
    return zone_say(ctx, "%s", text);
}
