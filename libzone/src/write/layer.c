/* Writing tables with geometries as layers, by GDAL. */
#include "base/table.h"
#include "base/units.h"
#include "base/utf8.h"
#include "write/staging.h"
#include "write/target.h"
#include "write/writer.h"

#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What a format is and can hold. */
typedef struct {
    const char *ending, *driver;
    const char *layer_options; /* of GDAL, separated by blanks */
    size_t name_bytes;         /* of a field; 0: any */
    size_t text_bytes;         /* of a text; 0: any */
    bool holds_empty;          /* rows without a geometry */
    bool holds_several;        /* layers */
    const char *reserved;      /* names that the format uses itself, between blanks */
    const char *const *parts;  /* endings of its files, where it has several */
    const char *const *busy;   /* what stands behind its name while a program has it open */
} layer_format;

/* The index files go too: they are of the old shapes. */
static const char *const shapefile_parts[] = {"shp", "shx", "dbf", "prj", "cpg", "qix", "sbn", "sbx", "qpj", NULL};
static const char *const geopackage_busy[] = {"-wal", "-shm", "-journal", NULL};

/* With fewer decimals in GeoJSON slivers would collapse into invalid rings. */
static const layer_format formats[] = {
    {"gpkg", "GPKG", "", 0, 0, true, true, " fid geom ", NULL, geopackage_busy},
    {"fgb", "FlatGeobuf", "", 0, 0, false, false, " ", NULL, NULL},
    {"geojson", "GeoJSON", "COORDINATE_PRECISION=15 SIGNIFICANT_FIGURES=16", 0, 0, true, false, " ", NULL, NULL},
    {"json", "GeoJSON", "COORDINATE_PRECISION=15 SIGNIFICANT_FIGURES=16", 0, 0, true, false, " ", NULL, NULL},
    {"shp", "ESRI Shapefile", "ENCODING=UTF-8 2GB_LIMIT=YES", 10, 254, true, false, " ", shapefile_parts, NULL},
};

typedef struct {
    zone_context *ctx;
    const char *path;
    const layer_format *format;
    const zone_table *tables[2]; /* a layer each */
    const char *names[2];        /* of the layers, where there are several */
    size_t count;
    const zone_table *table; /* the one that is written */
    size_t geometry;         /* its column */
    int *field;              /* of each column; -1: none */
    zone_int128 **areas;     /* of each area column, in 1e-6 m² */
    zone_staging staging;
    GDALDatasetH data;
    OGRLayerH layer;
    char failure[512]; /* GDAL's first error */
} layer_run;

/* ---------------------------------------------------------------- refusals */

static void CPL_STDCALL hear(CPLErr class, CPLErrorNum number, const char *message)
{
    layer_run *run = CPLGetErrorHandlerUserData();

    (void)number;
    if ((class == CE_Failure || class == CE_Fatal) && !run->failure[0])
        snprintf(run->failure, sizeof run->failure, "%s", message);
}

static zone_status refuse(layer_run *run, const char *found)
{
    if (zone_context_error(run->ctx)->status)
        return zone_context_error(run->ctx)->status;
    return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path,
                     .found = run->failure[0] ? zone_say(run->ctx, "%s", run->failure) : found,
                     .remedy = "another folder, or more room on the disk");
}

static zone_status refuse_format(layer_run *run, const char *found, const char *expected)
{
    return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path, .found = found, .expected = expected,
                     .remedy = "a file that ends in .gpkg");
}

static zone_status choose_format(layer_run *run)
{
    const char *slash = strrchr(run->path, '/'), *name = slash ? slash + 1 : run->path;
    const char *point = strrchr(name, '.');
    size_t count = sizeof formats / sizeof *formats;

    for (size_t i = 0; i < count && point && point != name; i++)
        if (strcmp(point + 1, formats[i].ending) == 0) {
            run->format = &formats[i];
            return ZONE_OK;
        }
    return zone_fail(run->ctx, ZONE_BAD_USAGE, .file = run->path, .what = "no format of layers goes by this extension",
                     .expected = ".gpkg, .fgb, .geojson, .json, .shp or .txt");
}

/* A program that has the file open would go on with the old one, and a journal that was left behind would be taken for
 * the new one's. */
static zone_status refuse_busy(layer_run *run)
{
    char other[4200];
    struct stat present;

    for (const char *const *ending = run->format->busy; ending && *ending; ending++) {
        snprintf(other, sizeof other, "%s%s", run->staging.target, *ending);
        if (stat(other, &present) == 0)
            return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .file = run->path,
                             .found =
                                 zone_say(run->ctx, "%s: a program has the file open, or stopped while it had", other),
                             .remedy = "close it there, or write to another file");
    }
    return ZONE_OK;
}

/* ---------------------------------------------------------------- what the format can't hold */

static bool find_geometry(const zone_table *table, size_t *column)
{
    for (*column = 0; *column < zone_table_column_count(table); ++*column)
        if (zone_table_column_type(table, *column) == ZONE_COLUMN_GEOMETRY)
            return true;
    return false;
}

static void take_table(layer_run *run, const zone_table *table, const char *name)
{
    const char *title = table ? zone_table_title(table) : "";
    size_t column = 0;

    if (!find_geometry(table, &column))
        return;
    run->names[run->count] = *title ? title : name;
    run->tables[run->count++] = table;
}

/* The table itself where it has geometries, else its sections that have some. */
static void find_tables(layer_run *run, const zone_table *table)
{
    take_table(run, table, "rows");
    if (run->count > 0)
        return;
    take_table(run, zone_table_section(table, ZONE_SECTION_SHAPES), "shapes");
    take_table(run, zone_table_section(table, ZONE_SECTION_PIECES), "pieces");
}

static void turn_to(layer_run *run, size_t number)
{
    run->table = run->tables[number];
    find_geometry(run->table, &run->geometry);
}

static zone_status refuse_several(layer_run *run)
{
    if (run->count < 2 || run->format->holds_several)
        return ZONE_OK;
    return refuse_format(run, zone_say(run->ctx, "layers %s and %s", run->names[0], run->names[1]),
                         "one layer in a file of this format");
}

static size_t longest_text(const layer_run *run, size_t column)
{
    size_t longest = 1;

    for (size_t r = 0; r < zone_table_row_count(run->table); r++) {
        const char *text = zone_table_text(run->table, r, column);
        size_t length = text ? strlen(text) : 0;
        longest = length > longest ? length : longest;
    }
    return longest;
}

static zone_status refuse_texts(layer_run *run)
{
    size_t most = run->format->text_bytes;

    for (size_t c = 0; most && c < zone_table_column_count(run->table); c++)
        if (zone_table_column_type(run->table, c) == ZONE_COLUMN_TEXT && longest_text(run, c) > most)
            return refuse_format(run,
                                 zone_say(run->ctx, "%s: a text of %zu bytes", zone_table_column_name(run->table, c),
                                          longest_text(run, c)),
                                 "texts of at most 254 bytes in a shapefile");
    return ZONE_OK;
}

/* Bytes of a record of attributes: as wide as the fields are made. */
static size_t record_bytes(const layer_run *run)
{
    size_t width = 1;

    for (size_t c = 0; c < zone_table_column_count(run->table); c++) {
        zone_column_type type = zone_table_column_type(run->table, c);
        width += type == ZONE_COLUMN_TEXT ? longest_text(run, c) : type == ZONE_COLUMN_GEOMETRY ? 0 : 24;
    }
    return width;
}

/* Shapes take no more than their well-known binary and a header each. */
static zone_status refuse_size(layer_run *run)
{
    const uint64_t most = UINT64_C(2147483647);
    size_t rows = zone_table_row_count(run->table);
    uint64_t shapes = 100, records = 1024 + rows * (uint64_t)record_bytes(run);

    for (size_t r = 0; r < rows; r++) {
        size_t size = 0;
        zone_table_geometry(run->table, r, run->geometry, &size);
        shapes += size + 64;
    }
    if (!run->format->parts || (shapes <= most && records <= most))
        return ZONE_OK;
    return refuse_format(
        run, zone_say(run->ctx, "%llu MB", (unsigned long long)((shapes > records ? shapes : records) >> 20)),
        "a shapefile under 2 GB");
}

static bool is_empty(const layer_run *run, size_t row)
{
    size_t size = 0;
    const unsigned char *wkb = zone_table_geometry(run->table, row, run->geometry, &size);

    /* Byte order, kind, number of parts: 0. */
    return !wkb || (size >= 9 && wkb[5] == 0 && wkb[6] == 0 && wkb[7] == 0 && wkb[8] == 0);
}

/* FlatGeobuf leaves out what has no geometry. */
static zone_status refuse_empty(layer_run *run)
{
    size_t empty = 0;

    for (size_t r = 0; r < zone_table_row_count(run->table); r++)
        empty += is_empty(run, r);
    if (run->format->holds_empty || empty == 0)
        return ZONE_OK;
    return refuse_format(run, zone_say(run->ctx, "%zu rows without a geometry", empty),
                         "none of them in a FlatGeobuf file");
}

/* ---------------------------------------------------------------- making the layer */

static zone_status make_system(layer_run *run, OGRSpatialReferenceH *system)
{
    const char *definition = zone_table_column(run->table, run->geometry)->crs;
    bool json = strcmp(run->format->driver, "GeoJSON") == 0;

    *system = NULL;
    if (!definition)
        return ZONE_OK;
    *system = OSRNewSpatialReference(NULL);
    if (OSRSetFromUserInput(*system, definition) != OGRERR_NONE)
        return refuse(run, definition);
    OSRSetAxisMappingStrategy(*system, OAMS_TRADITIONAL_GIS_ORDER);
    if (!json || OSRGetAuthorityCode(*system, NULL))
        return ZONE_OK;
    return refuse_format(run, zone_say(run->ctx, "%s", OSRGetName(*system)), "a reference system with an EPSG code");
}

static zone_status create_data(layer_run *run)
{
    GDALDriverH driver = GDALGetDriverByName(run->format->driver);

    if (driver)
        run->data = GDALCreate(driver, run->staging.made, 0, 0, 0, GDT_Unknown, NULL);
    if (run->data && GDALDatasetTestCapability(run->data, ODsCTransactions))
        GDALDatasetStartTransaction(run->data, 0);
    return run->data ? ZONE_OK : refuse(run, run->format->driver);
}

/* One layer goes by the name of its file, several by their own. */
static zone_status create_layer(layer_run *run, size_t number)
{
    char **options = CSLTokenizeString2(run->format->layer_options, " ", 0);
    char *name = CPLStrdup(run->count > 1 ? run->names[number] : CPLGetBasename(run->staging.made));
    bool fits = run->format->parts || zone_text_mend(name, NULL) == strlen(name);
    OGRSpatialReferenceH system = NULL;
    zone_status status = make_system(run, &system);

    run->layer = NULL;
    if (!status)
        run->layer = GDALDatasetCreateLayer(run->data, fits ? name : "pieces", system, wkbMultiPolygon, options);
    if (!status && !run->layer)
        status = refuse(run, run->format->driver);
    CPLFree(name);
    CSLDestroy(options);
    if (system)
        OSRRelease(system);
    return status;
}

/* ---------------------------------------------------------------- fields */

static bool is_taken(const layer_run *run, const char *name)
{
    char between[300];

    snprintf(between, sizeof between, " %.280s ", name);
    for (char *at = between; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return strstr(run->format->reserved, between) != NULL ||
           OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(run->layer), name) >= 0;
}

/* `name` in at most `most` bytes (0: any number), cut between characters, then the number. */
static void cut_name(const char *name, size_t most, int number, char *cut, size_t size)
{
    char behind[16] = "";

    if (number > 1)
        snprintf(behind, sizeof behind, "_%d", number);
    size_t room = (most && most < size ? most : size - 1) - strlen(behind), length = strlen(name);
    if (length > room)
        for (length = room; length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80;)
            length--;
    snprintf(cut, size, "%.*s%s", (int)length, name, behind);
}

static zone_status add_field(layer_run *run, size_t column)
{
    const zone_column *spec = zone_table_column(run->table, column);
    bool area = spec->type == ZONE_COLUMN_AREA;
    char name[256];
    int number = 1;
    size_t mended = zone_text_mend(spec->name, NULL);
    char *whole = zone_allocate(run->ctx, mended + 8, 1);

    if (!whole)
        return ZONE_NO_MEMORY;
    zone_text_mend(spec->name, whole);
    if (area)
        snprintf(whole + mended, 8, "_m2");
    do
        cut_name(whole, run->format->name_bytes, number++, name, sizeof name);
    while (is_taken(run, name));
    if (strcmp(name, whole) != 0)
        zone_log(run->ctx, "%s: field %s is called %s there", run->path, whole, name);
    free(whole);
    OGRFieldDefnH field = OGR_Fld_Create(name, spec->type == ZONE_COLUMN_TEXT      ? OFTString
                                               : spec->type == ZONE_COLUMN_INTEGER ? OFTInteger64
                                                                                   : OFTReal);
    if (run->format->text_bytes && spec->type == ZONE_COLUMN_TEXT)
        OGR_Fld_SetWidth(field, (int)longest_text(run, column));
    if (run->format->text_bytes && area) {
        OGR_Fld_SetWidth(field, 24);
        OGR_Fld_SetPrecision(field, 6);
    }
    bool made = OGR_L_CreateField(run->layer, field, 0) == OGRERR_NONE;
    OGR_Fld_Destroy(field);
    run->field[column] = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(run->layer)) - 1;
    return made ? ZONE_OK : refuse(run, name);
}

static zone_status add_fields(layer_run *run)
{
    size_t columns = zone_table_column_count(run->table), rows = zone_table_row_count(run->table);
    zone_int128 total = 0;
    zone_status status = ZONE_OK;

    run->field = zone_allocate(run->ctx, columns + 1, sizeof *run->field);
    run->areas = zone_allocate(run->ctx, columns + 1, sizeof *run->areas);
    if (!run->field || !run->areas)
        return ZONE_NO_MEMORY;
    for (size_t c = 0; c < columns && !status; c++) {
        run->field[c] = -1;
        if (c == run->geometry)
            continue;
        status = add_field(run, c);
        if (status || zone_table_column_type(run->table, c) != ZONE_COLUMN_AREA)
            continue;
        run->areas[c] = zone_allocate(run->ctx, rows + 1, sizeof *run->areas[c]);
        status = run->areas[c]
                     ? zone_table_round(run->ctx, run->table, c, zone_unit_find("m2"), 6, run->areas[c], &total)
                     : ZONE_NO_MEMORY;
    }
    return status;
}

/* ---------------------------------------------------------------- features */

static void set_field(const layer_run *run, OGRFeatureH feature, size_t row, size_t column)
{
    int field = run->field[column];

    if (zone_table_is_null(run->table, row, column)) {
        OGR_F_SetFieldNull(feature, field);
        return;
    }
    switch (zone_table_column_type(run->table, column)) {
    case ZONE_COLUMN_TEXT:
        OGR_F_SetFieldString(feature, field, zone_table_text(run->table, row, column));
        break;
    case ZONE_COLUMN_INTEGER:
        OGR_F_SetFieldInteger64(feature, field, zone_table_integer(run->table, row, column));
        break;
    case ZONE_COLUMN_REAL:
        OGR_F_SetFieldDouble(feature, field, zone_table_number(run->table, row, column));
        break;
    case ZONE_COLUMN_AREA: /* the quotient of two whole numbers is the double nearest to the decimal */
        OGR_F_SetFieldDouble(feature, field, (double)run->areas[column][row] / 1e6);
        break;
    case ZONE_COLUMN_GEOMETRY:
        break;
    }
}

static zone_status add_feature(layer_run *run, size_t row)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(run->layer));
    OGRGeometryH shape = NULL;
    size_t size = 0;
    const unsigned char *wkb = zone_table_geometry(run->table, row, run->geometry, &size);
    bool done = true;

    for (size_t c = 0; c < zone_table_column_count(run->table); c++)
        if (run->field[c] >= 0)
            set_field(run, feature, row, c);
    if (!is_empty(run, row))
        done = OGR_G_CreateFromWkb(wkb, NULL, &shape, (int)size) == OGRERR_NONE &&
               OGR_F_SetGeometryDirectly(feature, shape) == OGRERR_NONE;
    done = done && OGR_L_CreateFeature(run->layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return done ? ZONE_OK : refuse(run, run->format->driver);
}

static zone_status add_features(layer_run *run)
{
    size_t rows = zone_table_row_count(run->table);
    zone_status status = ZONE_OK;

    for (size_t r = 0; r < rows && !status; r++) {
        status = add_feature(run, r);
        if (!status && r % 1024 == 0)
            status = zone_progress(run->ctx, r, rows);
    }
    return status;
}

/* ---------------------------------------------------------------- closing */

/* Not every driver of GDAL hears of a full disk: the file counts when it can be read again. */
static zone_status read_back(layer_run *run)
{
    const char *const allowed[] = {run->format->driver, NULL};
    GDALDatasetH again = GDALOpenEx(run->staging.made, GDAL_OF_VECTOR | GDAL_OF_READONLY, allowed, NULL, NULL);
    bool whole = again && GDALDatasetGetLayerCount(again) == (int)run->count;

    for (size_t i = 0; i < run->count && whole; i++) {
        OGRLayerH layer =
            run->count > 1 ? GDALDatasetGetLayerByName(again, run->names[i]) : GDALDatasetGetLayer(again, 0);
        whole = layer && OGR_L_GetFeatureCount(layer, 1) == (GIntBig)zone_table_row_count(run->tables[i]);
    }
    if (again)
        GDALClose(again);
    if (whole)
        return ZONE_OK;
    run->failure[0] = '\0'; /* where reading stopped helps nobody */
    return refuse(run, "the file is not whole when it is read again");
}

static zone_status close_data(layer_run *run, zone_status status)
{
    if (run->data && !status && GDALDatasetTestCapability(run->data, ODsCTransactions) &&
        GDALDatasetCommitTransaction(run->data) != OGRERR_NONE)
        status = refuse(run, run->format->driver);
    if (run->data)
        GDALClose(run->data);
    if (!status && run->failure[0])
        status = refuse(run, NULL);
    if (!status)
        status = read_back(run);
    if (!status)
        status = run->format->parts ? zone_staging_exchange(run->ctx, run->path, &run->staging, run->format->parts)
                                    : zone_staging_replace(run->ctx, run->path, &run->staging);
    return status;
}

static zone_status refuse_encoding(layer_run *run)
{
    const char *encoding = zone_table_column(run->table, run->geometry)->encoding;

    if (!encoding)
        return ZONE_OK;
    return zone_fail(run->ctx, ZONE_BAD_USAGE, .file = run->path, .key = "--to-encoding",
                     .found = zone_say(run->ctx, "%s", encoding),
                     .expected = "a file that ends in .txt: other formats are written in UTF-8",
                     .remedy = "leave --to-encoding out");
}

static zone_status judge_table(layer_run *run)
{
    zone_status status = refuse_encoding(run);

    if (!status)
        status = refuse_texts(run);
    if (!status)
        status = refuse_size(run);
    return status ? status : refuse_empty(run);
}

static void free_fields(layer_run *run)
{
    for (size_t c = 0; run->areas && c < zone_table_column_count(run->table); c++)
        free(run->areas[c]);
    free(run->areas);
    free(run->field);
    run->areas = NULL;
    run->field = NULL;
}

static zone_status write_layer(layer_run *run, size_t number)
{
    turn_to(run, number);
    zone_status status = create_layer(run, number);

    if (!status)
        status = add_fields(run);
    if (!status)
        status = add_features(run);
    free_fields(run);
    return status;
}

static zone_status write_layers(layer_run *run)
{
    zone_status status = choose_format(run);

    if (!status)
        status = refuse_several(run);
    for (size_t i = 0; i < run->count && !status; i++) {
        turn_to(run, i);
        status = judge_table(run);
    }
    if (!status)
        status = zone_staging_open(run->ctx, run->path, &run->staging);
    if (!status)
        status = refuse_busy(run);
    if (!status)
        status = create_data(run);
    for (size_t i = 0; i < run->count && !status; i++)
        status = write_layer(run, i);
    return close_data(run, status);
}

/* 国土TXT is no format of GDAL. */
static zone_status write_text(layer_run *run)
{
    static const layer_format text = {.ending = "txt"};
    size_t geometry = 0;

    run->format = &text;
    zone_status status = refuse_several(run);
    if (!status && find_geometry(run->tables[0], &geometry))
        status = zone_write_txt(run->ctx, run->tables[0], geometry, run->path);
    return status;
}

zone_status zone_table_write_layer(zone_context *ctx, const zone_table *table, const char *path)
{
    layer_run run = {.ctx = ctx, .path = path};

    zone_context_begin(ctx);
    find_tables(&run, table);
    if (!path || !*path || run.count == 0)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a table with geometries and a path");
    if (strlen(path) > 4 && strcmp(path + strlen(path) - 4, ".txt") == 0)
        return write_text(&run);
    CPLPushErrorHandlerEx(hear, &run);
    zone_status status = write_layers(&run);
    CPLPopErrorHandler();
    CPLErrorReset(); /* a host program that asks GDAL for its last error shall not find ours */
    zone_staging_close(&run.staging);
    return status;
}
