/* Data sets: opening a file with GDAL so that nothing but the file itself is touched. */
#define _LARGEFILE64_SOURCE /* GDAL's VSIStatBufL is a stat64 */

#include "read/dataset.h"

#include "read/csv_shapes.h"
#include "read/names.h"
#include "read/quiet.h"
#include "read/source_csv.h"
#include "read/source_txt.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ctype.h>
#include <errno.h>
#include <ogr_api.h>
#include <string.h>
#include <sys/stat.h>

/* Drivers that read the file and its companions (.dbf, .prj …) and nothing else. Left out on purpose: OGR_VRT, GML,
 * LIBKML, GPSBabel, databases and web services: they follow references, run programs or use the network. */
static const char *const safe_drivers[] = {
    "GPKG", "ESRI Shapefile", "OpenFileGDB",  "GeoJSON", "GeoJSONSeq", "TopoJSON", "FlatGeobuf", "CSV",
    "KML",  "SQLite",         "MapInfo File", "GPX",     "Parquet",    "Arrow",    NULL};

/* File systems that stay on this machine. */
static const char *const safe_file_systems[] = {"/vsizip/", "/vsitar/", "/vsigzip/", "/vsimem/", NULL};

static bool in_list(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(text, *list))
            return true;
    return false;
}

/* The first file system named anywhere in `path` that is not safe: "/vsizip/vsicurl/http:…" hides one. */
static const char *unsafe_file_system(const char *path, char **prefixes)
{
    for (char **prefix = prefixes; prefix && *prefix; prefix++) {
        size_t length = strlen(*prefix);
        if (length < 5 || in_list(*prefix, safe_file_systems))
            continue;
        /* "/vsizip/vsicurl/" shares the slash and may drop the first one, so look for "vsicurl/". */
        for (const char *at = strstr(path, *prefix + 1); at; at = strstr(at + 1, *prefix + 1))
            if (at == path || at[-1] == '/' || at[-1] == '{')
                return *prefix;
    }
    return NULL;
}

static bool exists(const char *path)
{
    VSIStatBufL stat;

    return path[0] && VSIStatExL(path, &stat, VSI_STAT_EXISTS_FLAG) == 0;
}

/* Splits at the last colon that leaves something that exists on its left. Where nothing exists, the name before a
 * colon in the last component is taken for the path: it is what a message should name. */
static zone_status split(zone_context *ctx, const char *data, bool *found, zone_dataset *dataset)
{
    size_t length = strlen(data), guess = 0;

    *found = exists(data);
    if (!(dataset->path = zone_copy_text(ctx, data)))
        return ZONE_NO_MEMORY;
    for (size_t i = length; !*found && i-- > 0;) {
        if (data[i] != ':')
            continue;
        dataset->path[i] = '\0';
        if ((*found = exists(dataset->path)) || (!guess && i > 1 && !strpbrk(data + i, "/\\")))
            guess = i;
        dataset->path[i] = ':';
    }
    if (!guess)
        return ZONE_OK;
    dataset->path[guess] = '\0';
    dataset->layer = zone_copy_text(ctx, data + guess + 1);
    return dataset->layer ? ZONE_OK : ZONE_NO_MEMORY;
}

/* Would opening it wait for ever? A pipe waits for someone to write into it. */
static bool is_special(const char *path)
{
    VSIStatBufL stat;

    return VSIStatL(path, &stat) == 0 && !VSI_ISREG(stat.st_mode) && !VSI_ISDIR(stat.st_mode);
}

/* The same for what GDAL opens along with it: the files of a directory, and those beside a shapefile. */
static bool has_special_companion(const char *path, bool directory)
{
    static const char *const extensions[] = {"shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix", "mid", "csvt"};
    char **names = directory ? VSIReadDir(path) : NULL;
    bool special = false;

    for (char **name = names; name && *name && !special; name++)
        special = is_special(CPLFormFilename(path, *name, NULL));
    for (size_t i = 0; !directory && !special && i < sizeof extensions / sizeof *extensions; i++)
        special = is_special(CPLResetExtension(path, extensions[i]));
    CSLDestroy(names);
    return special;
}

/* What can be told without GDAL: directories, empty files, pipes (opening one would wait for ever). */
static zone_status look(zone_context *ctx, const char *path)
{
    VSIStatBufL stat;
    VSILFILE *file;

    if (VSIStatL(path, &stat))
        return zone_fail(ctx, ZONE_NOT_FOUND, .file = path, .remedy = "check the path");
    if (is_special(path) || has_special_companion(path, VSI_ISDIR(stat.st_mode)))
        return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = "neither a file nor a directory",
                         .expected = "a vector file", .remedy = "copy the data into a file");
    if (VSI_ISDIR(stat.st_mode))
        return ZONE_OK;
    if (stat.st_size == 0)
        return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = "an empty file (0 bytes)",
                         .expected = "a vector file", .remedy = "copy the file again from where it came from");
    errno = 0;
    if (!(file = VSIFOpenL(path, "rb")))
        return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = errno ? strerror(errno) : NULL,
                         .expected = "a file that may be read", .remedy = "check the permissions of the file");
    VSIFCloseL(file);
    return ZONE_OK;
}

static bool is_file(const char *path)
{
    VSIStatBufL stat;

    return VSIStatL(path, &stat) == 0 && VSI_ISREG(stat.st_mode);
}

/* Tables of MapInfo in its own format may be views of other tables; its exchange format holds all its data. */
static bool may_refer_elsewhere(const char *driver, const char *path)
{
    const char *extension = CPLGetExtension(path);

    return !strcmp(driver, "MapInfo File") && !EQUAL(extension, "mif") && !EQUAL(extension, "mid");
}

/* A database may hold virtual tables that read other files; those of indexes are harmless. Views that call functions
 * to the same end are refused by GDAL itself. */
static bool has_foreign_tables(GDALDatasetH handle)
{
    static const char question[] =
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND coalesce(rootpage, 0) = 0 AND "
        "(NOT (sql LIKE '%USING rtree%' OR sql LIKE '%USING \"rtree\"%' OR sql LIKE '%USING fts%' OR "
        "sql LIKE '%USING VirtualSpatialIndex%' OR sql LIKE '%USING VirtualElementary%' OR "
        "sql LIKE '%USING VirtualKNN%') OR sql LIKE '%VirtualShape%' OR sql LIKE '%VirtualText%' OR "
        "sql LIKE '%VirtualDbf%' OR sql LIKE '%VirtualXL%' OR sql LIKE '%VirtualGeoJSON%' OR "
        "sql LIKE '%VirtualOGR%')";
    bool found = false;
    OGRLayerH rows = GDALDatasetExecuteSQL(handle, question, NULL, NULL);

    if (rows) {
        OGRFeatureH row = OGR_L_GetNextFeature(rows);
        found = row != NULL;
        OGR_F_Destroy(row);
        GDALDatasetReleaseResultSet(handle, rows);
    }
    return found;
}

/* GDAL's own words, where they say more than that it knows no better. */
static const char *words(const zone_quiet *quiet, const char *otherwise)
{
    return quiet->failure[0] && !strstr(quiet->failure, "not recognized") ? quiet->failure : otherwise;
}

/* A file of a format that is known and allowed, but broken. */
static zone_status not_sound(zone_context *ctx, const char *path, const zone_quiet *quiet, const char *driver)
{
    bool no_index = strstr(quiet->failure, "Unable to open") && strstr(quiet->failure, ".shx");

    return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = words(quiet, "no layer that can be read"),
                     .expected = zone_say(ctx, "a sound file of the format %s", driver),
                     .remedy = no_index ? "put the .shx file beside the .shp file"
                                        : "copy the file again from where it came from");
}

/* Why GDAL found nothing to open, in the user's words. */
static zone_status not_opened(zone_context *ctx, const char *path, const zone_quiet *quiet)
{
    VSIStatBufL stat;
    GDALDriverH vector = GDALIdentifyDriverEx(path, GDAL_OF_VECTOR, NULL, NULL);
    GDALDriverH raster = GDALIdentifyDriverEx(path, GDAL_OF_RASTER, NULL, NULL);

    if (raster && (!vector || raster == vector))
        return zone_fail(ctx, ZONE_BAD_FILE, .file = path,
                         .found = zone_say(ctx, "a raster (%s)", GDALGetDriverShortName(raster)),
                         .expected = "a vector file",
                         .remedy = "give a GeoPackage, shapefile, file geodatabase, GeoJSON or FlatGeobuf file");
    if (vector)
        return zone_fail(ctx, ZONE_BAD_FILE, .file = path,
                         .found = zone_say(ctx, "the format %s, which may touch other files or the network",
                                           GDALGetDriverShortName(vector)),
                         .expected = "a format that holds all its data",
                         .remedy = "convert it to GeoPackage, or --any-driver if you trust it");
    if (VSIStatL(path, &stat) == 0 && VSI_ISDIR(stat.st_mode))
        return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = "a directory without vector data",
                         .expected = "a vector file, a file geodatabase or a directory of shapefiles",
                         .remedy = "name a file in it, or another directory");
    return zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = words(quiet, "no format that is known"),
                     .expected = "a vector file",
                     .remedy = EQUAL(CPLGetExtension(path), "zip")
                                   ? zone_say(ctx, "to read inside an archive: /vsizip/%s", path)
                                   : "give a GeoPackage, shapefile, file geodatabase, GeoJSON or FlatGeobuf file");
}

/* Text of shapefiles is taken raw: read/encoding.c decides what it is, from more evidence than GDAL looks at. */
static zone_status open_with_gdal(zone_context *ctx, bool any_driver, zone_dataset *dataset)
{
    static const char *const raw[] = {"ENCODING=", NULL};
    static const char *const shapes[] = {"GEOM_POSSIBLE_NAMES=WKT,geometry,geom,the_geom,shape,几何,图形,"
                                         "\xBC\xB8\xBA\xCE,\xCD\xBC\xD0\xCE", /* in GBK, too */
                                         "KEEP_GEOM_COLUMNS=NO",
                                         "MAX_LINE_SIZE=1000000000", /* a site of a million vertices is 25 MB */
                                         NULL};
    const char *const *allowed = any_driver ? NULL : safe_drivers;
    const char *path = dataset->path, *name = NULL;
    zone_quiet quiet;
    zone_status status = ZONE_OK;

    zone_quiet_begin(&quiet);
    GDALDriverH driver = GDALIdentifyDriverEx(path, GDAL_OF_VECTOR, allowed, NULL);
    if (driver)
        name = GDALGetDriverShortName(driver);
    const char *const *how = !name                             ? NULL
                             : !strcmp(name, "ESRI Shapefile") ? raw
                             : !strcmp(name, "CSV")            ? shapes
                                                               : NULL;
    if (!name || any_driver || !may_refer_elsewhere(name, path))
        dataset->handle =
            GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, allowed, how, NULL);
    else
        status = zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = "a MapInfo table, which may refer to other files",
                           .expected = "a format that holds all its data",
                           .remedy = "convert it to MIF or GeoPackage, or --any-driver if you trust it");
    if (!status && !dataset->handle)
        status = name ? not_sound(ctx, path, &quiet, name) : not_opened(ctx, path, &quiet);
    if (!status && !any_driver && name && (!strcmp(name, "GPKG") || !strcmp(name, "SQLite")) &&
        has_foreign_tables(dataset->handle))
        status = zone_fail(ctx, ZONE_BAD_FILE, .file = path, .found = "a database with tables that read other files",
                           .expected = "a format that holds all its data",
                           .remedy = "convert it to GeoPackage, or --any-driver if you trust it");
    if (!status && how == shapes && is_file(path))
        status = zone_csv_shapes_judge(ctx, path, &dataset->facts);
    zone_quiet_end(&quiet);
    return status;
}

/* Text files of coordinates are read here, not by GDAL; false when this is none. */
static bool open_text(zone_context *ctx, const zone_source_options *options, zone_dataset *dataset, zone_status *status)
{
    const char *encoding = options ? options->encoding : NULL;
    zone_quiet quiet;
    bool known = true;

    zone_quiet_begin(&quiet);
    if (!is_file(dataset->path))
        known = false;
    else if (zone_txt_recognise(dataset->path))
        *status = zone_txt_open(ctx, dataset->path, options, &dataset->handle, &dataset->facts);
    else if (zone_csv_recognise(ctx, dataset->path, encoding))
        *status = zone_csv_open(ctx, dataset->path, options, &dataset->handle, &dataset->facts);
    else
        known = false;
    zone_quiet_end(&quiet);
    return known;
}

static zone_status refuse_file_systems(zone_context *ctx, const char *data)
{
    char **prefixes = VSIGetFileSystemsPrefixes();
    const char *unsafe = unsafe_file_system(data, prefixes);
    zone_status status = ZONE_OK;

    if (unsafe)
        status = zone_fail(ctx, ZONE_BAD_FILE, .file = data,
                           .found = zone_say(ctx, "the file system %s, which may use the network", unsafe),
                           .expected = "a file on this machine", .remedy = "download the file first");
    CSLDestroy(prefixes);
    return status;
}

zone_status zone_dataset_open(zone_context *ctx, const char *data, const zone_source_options *options,
                              zone_dataset *dataset)
{
    bool any_driver = options && options->any_driver, found = false;
    zone_status status;

    memset(dataset, 0, sizeof *dataset);
    if (!data || !data[0])
        return zone_fail(ctx, ZONE_BAD_USAGE, .found = "no data named", .expected = "a path, or path:layer");
    if (GDALGetDriverCount() == 0)
        GDALAllRegister();
    if (!any_driver && (status = refuse_file_systems(ctx, data)))
        return status;
    if ((status = split(ctx, data, &found, dataset)))
        goto done;
    if (!found && any_driver) { /* "PG:dbname=…": no file, and its colons are its own */
        free(dataset->path);
        free(dataset->layer);
        dataset->layer = NULL;
        if (!(dataset->path = zone_copy_text(ctx, data)))
            status = ZONE_NO_MEMORY;
    } else {
        status = look(ctx, dataset->path);
    }
    if (!status && !(found && open_text(ctx, options, dataset, &status)))
        status = open_with_gdal(ctx, any_driver, dataset);
done:
    if (status)
        zone_dataset_close(dataset);
    return status;
}

void zone_dataset_close(zone_dataset *dataset)
{
    zone_quiet quiet;

    zone_quiet_begin(&quiet);
    if (dataset->handle)
        GDALClose(dataset->handle);
    zone_quiet_end(&quiet);
    zone_text_facts_free(&dataset->facts);
    free(dataset->path);
    free(dataset->layer);
    memset(dataset, 0, sizeof *dataset);
}

static zone_names layer_names(GDALDatasetH handle, bool with_geometry)
{
    zone_names names = {0};
    int count = GDALDatasetGetLayerCount(handle);

    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(handle, i);
        if (!with_geometry || OGR_L_GetGeomType(layer) != wkbNone)
            zone_names_add(&names, OGR_L_GetName(layer));
    }
    return names;
}

/* With no name given: the only layer that has geometry, so that a table of styles beside it does not matter. */
static int only_layer(GDALDatasetH handle, int *with_geometry)
{
    int count = GDALDatasetGetLayerCount(handle), only = 0;

    *with_geometry = 0;
    for (int i = 0; i < count; i++)
        if (OGR_L_GetGeomType(GDALDatasetGetLayer(handle, i)) != wkbNone) {
            only = i;
            ++*with_geometry;
        }
    return *with_geometry == 1 || (*with_geometry == 0 && count == 1) ? only : -1;
}

zone_status zone_dataset_layer(zone_context *ctx, GDALDatasetH handle, const char *path, const char *name,
                               OGRLayerH *layer)
{
    zone_quiet quiet;
    zone_status status = ZONE_OK;
    int with_geometry = 0, only = 0;

    zone_quiet_begin(&quiet);
    *layer = NULL;
    only = only_layer(handle, &with_geometry);
    if (GDALDatasetGetLayerCount(handle) == 0)
        status = zone_fail(ctx, ZONE_BAD_LAYER, .file = path, .found = "no layer", .expected = "a file with layers",
                           .remedy = "give another file, or write its layers again");
    else if (name && !(*layer = GDALDatasetGetLayerByName(handle, name)))
        status = zone_fail(ctx, ZONE_BAD_LAYER, .file = path, .layer = name,
                           .expected = zone_say(ctx, "one of: %s", layer_names(handle, with_geometry > 0).text),
                           .remedy = zone_say(ctx, "name one: %s:LAYER", path));
    else if (!name && only >= 0)
        *layer = GDALDatasetGetLayer(handle, only);
    else if (!name)
        status = zone_fail(ctx, ZONE_BAD_LAYER, .what = "several layers and none named", .file = path,
                           .found = zone_say(ctx, "%s", layer_names(handle, with_geometry > 0).text),
                           .expected = "one layer", .remedy = zone_say(ctx, "name one: %s:LAYER", path));
    zone_quiet_end(&quiet);
    return status;
}
