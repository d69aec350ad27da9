/* zone.h: the whole public interface of libzone.
 *
 * libzone answers questions of land planning with exact, reproducible areas. Data flows one way:
 *
 *     source  ──►  question  ──►  table  ──►  writer
 *     (any vector data that GDAL reads, or a plan file)      (text, csv, json, jsonl, xlsx, junit)
 *
 * A complete program:
 *
 *     #include <stdio.h>
 *     #include <zone.h>
 *
 *     int main(void)
 *     {
 *         zone_context *ctx = NULL;
 *         zone_source *zones = NULL;
 *         zone_table *table = NULL;
 *         zone_status status = zone_context_create(&ctx);
 *
 *         if (!status && !(status = zone_source_open(ctx, "geodata/jinlan.gpkg:zones", NULL, &zones)) &&
 *             !(status = zone_area(ctx, zones, NULL, &table)))
 *             status = zone_table_write(ctx, table, "areas.csv", NULL);
 *         if (status)
 *             fprintf(stderr, "%s\n", zone_context_error_text(ctx));
 *         zone_table_free(table);
 *         zone_source_close(zones);
 *         zone_context_free(ctx);
 *         return zone_status_exit_code(status);
 *     }
 *
 * Conventions
 *   Status     Every function that can fail returns zone_status; the story is in the context (zone_context_error).
 *              On failure an out pointer is NULL.
 *   Ownership  open/close for what holds a file, create/free for memory. Closing NULL does nothing. Text that a
 *              getter returns belongs to the thing it was got from and lives as long.
 *   Options    An options struct begins with `size` (set it to sizeof the struct). Zero is the default of every
 *              member; NULL means all defaults, and equals the command without flags.
 *   Areas      Never computed in binary fractions once an edge is known: sums are 128-bit integers. The method is
 *              always named in the table. Units are named; 1 mu (亩) = 2000/3 m² exactly.
 *   Text       UTF-8 throughout.
 *   Threads    One thread at a time for a context and what was opened with it; plans and tables never change and
 *              may be shared. zone_cancel may be called from any thread or a signal handler.
 *   Never      No global state, no printing, no exit, no change of locale, environment or signals.
 */
#ifndef ZONE_H
#define ZONE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ZONE_VERSION_MAJOR 0
#define ZONE_VERSION_MINOR 1
#define ZONE_VERSION_PATCH 0

#if defined(__GNUC__)
#define ZONE_API __attribute__((visibility("default")))
#else
#define ZONE_API
#endif

/* ---------------------------------------------------------------- status and errors */

/* name, exit code of the program, text. The enum, zone_status_text and the exit code all come from this list. */
#define ZONE_STATUSES(X)                                                                                               \
    X(OK, 0, "done")                                                                                                   \
    X(UNMET, 1, "a check was not met")                                                                                 \
    X(BAD_USAGE, 2, "the request makes no sense")                                                                      \
    X(NOT_FOUND, 3, "no such file")                                                                                    \
    X(BAD_FILE, 3, "the file can't be read")                                                                           \
    X(BAD_PLAN, 3, "the plan file is not well formed")                                                                 \
    X(BAD_LAYER, 3, "no such layer")                                                                                   \
    X(BAD_FIELD, 3, "no such field")                                                                                   \
    X(BAD_CRS, 3, "the coordinates do not fit their reference system")                                                 \
    X(BAD_GEOMETRY, 3, "the geometry is not what is needed")                                                           \
    X(EMPTY, 3, "there is nothing to work on")                                                                         \
    X(TOO_LARGE, 3, "the input is beyond what can be computed")                                                        \
    X(CANNOT_WRITE, 4, "the output can't be written")                                                                  \
    X(NO_MEMORY, 4, "out of memory")                                                                                   \
    X(CANCELLED, 4, "cancelled")                                                                                       \
    X(INTERNAL, 4, "an internal failure")

typedef enum {
#define ZONE_STATUS_ENUM(name, exit_code, text) ZONE_##name,
    ZONE_STATUSES(ZONE_STATUS_ENUM)
#undef ZONE_STATUS_ENUM
} zone_status;

/* What went wrong, where, what was found, what was expected and how to mend it. Members that say nothing: NULL, 0. */
typedef struct {
    size_t size; /* sizeof this struct as the library was built */
    zone_status status;
    const char *what; /* one sentence in the context's language */
    const char *file; /* path as the caller gave it */
    int line;         /* line of a plan file, from 1 */
    const char *key;  /* key of a plan file, or an option */
    const char *layer;
    const char *feature;  /* feature id in its layer */
    const char *place;    /* "x y" in the data's coordinates */
    const char *named_in; /* where a plan names the data: "town.yaml:24, layers.landuse.data" */
    const char *found;
    const char *expected;
    const char *remedy;
} zone_error;

/* Version of the library, "0.1.0". */
ZONE_API const char *zone_version(void);

/* Name ("BAD_CRS"), English text and exit code of a status; "UNKNOWN", a text and 4 for a number that is none. */
ZONE_API const char *zone_status_name(zone_status status);
ZONE_API const char *zone_status_text(zone_status status);
ZONE_API int zone_status_exit_code(zone_status status);

/* ---------------------------------------------------------------- context */

typedef struct zone_context zone_context;

typedef enum { ZONE_ENGLISH, ZONE_CHINESE } zone_language;

/* Receives one line of text (no newline) that a person may want to see: how a CRS was found, which fields matched. */
typedef void (*zone_log_function)(void *user, const char *line);

/* Receives features done and features in all (0: not known). */
typedef void (*zone_progress_function)(void *user, uint64_t done, uint64_t total);

/* Creates a context: English, silent. Errors: ZONE_NO_MEMORY. Ownership: zone_context_free. */
ZONE_API zone_status zone_context_create(zone_context **ctx);
ZONE_API void zone_context_free(zone_context *ctx);

/* Language of messages and of the texts in tables made from now on. */
ZONE_API void zone_context_set_language(zone_context *ctx, zone_language language);
ZONE_API void zone_context_set_log(zone_context *ctx, zone_log_function log, void *user);
ZONE_API void zone_context_set_progress(zone_context *ctx, zone_progress_function progress, void *user);

/* How many threads a question may use: 0 (as it begins) all cores, 1 only the caller's. Answers are the same bytes
 * whatever the number. Progress is then told from any of them, one at a time. */
ZONE_API void zone_context_set_threads(zone_context *ctx, int threads);

/* Budget of memory in bytes for layers that a question keeps in memory; 0 (as it begins): none. What would take more
 * is refused with ZONE_TOO_LARGE before it is built. Streamed features take a few MB a thread whatever their number. */
ZONE_API void zone_context_set_memory(zone_context *ctx, uint64_t bytes);

/* The last error, or a record with ZONE_OK; valid until the next call with this context. */
ZONE_API const zone_error *zone_context_error(const zone_context *ctx);

/* The last error in one readable text (one line a part: what and where, found, expected, remedy), "" if none. Control
 * characters and broken UTF-8 from outside stand in it, and in lines of the log, as \xHH. */
ZONE_API const char *zone_context_error_text(zone_context *ctx);

/* Asks whatever runs in this context to stop soon with ZONE_CANCELLED. Safe from any thread and signal handler. */
ZONE_API void zone_cancel(zone_context *ctx);

/* ---------------------------------------------------------------- area methods and units */

/* Names of area methods, everywhere as text ("survey" when NULL):
 *   survey           legal ellipsoidal area of the national survey rules: vertices at latitude B and longitude L on
 *                    the data's own ellipsoid, over the edges mean L × difference of F(B), F the authalic function
 *   survey:split=70  the same after plane edges longer than 70 m (any length may be asked) were split
 *   survey:legacy    split at 70 m, coordinates rounded to 1e-4 m, B and L to 1e-6", as deployed software does
 *   ellipsoid        true ellipsoidal area of the polygon as drawn (edges straight in the drawing plane)
 *   geodesic         edges are geodesics
 *   grid             planar area in the data's projected CRS (refused for geographic data and Web Mercator)
 * Names of units: m2, mu, wanmu, ha, km2. */

/* ---------------------------------------------------------------- sources */

typedef struct zone_source zone_source;

typedef enum {
    ZONE_REPAIR, /* mend invalid geometry, use it, report its change of area; with too many crossings reject it */
    ZONE_REJECT, /* leave it out, report it */
    ZONE_REFUSE  /* stop with ZONE_BAD_GEOMETRY */
} zone_invalid;

typedef struct {
    size_t size;
    const char *crs;      /* overrides the data's own: "EPSG:4528", WKT, PROJ text; NULL: as the data says */
    const char *encoding; /* of attribute text: "GBK", "UTF-8"; NULL: by .cpg, LDID or evidence in the bytes */
    const char *fields;   /* roles of fields, "class=地类,area=TBMJ": overrides the alias dictionary */
    zone_invalid invalid;
    int any_driver;         /* 0: only drivers that touch nothing but the file itself */
    const char *classes;    /* edition of the code table of its classes: gbt21010-2017, survey-2019, use-2020, use-2023;
                               NULL: not known, and never guessed */
    const char *crs_option; /* what messages call `crs`: "--zones-crs"; NULL: "--crs" */
    const double *place;    /* west, south, east, north in degrees (CGCS2000), where the data are expected: evidence for
                               text files, which may not say their zone; NULL: not known */
    int misfits; /* 1: what does not fit the reference system is rejected one by one, and so are plots of a text file
                    that has no other and names some; 0: one refuses the layer, for the system may be a wrong one */
} zone_source_options;

/* Opens "path" or "path:layer". A data set of one layer needs no layer name.
 * Errors  ZONE_NOT_FOUND, ZONE_BAD_FILE (not a vector file), ZONE_BAD_LAYER, ZONE_BAD_CRS, ZONE_BAD_USAGE. */
ZONE_API zone_status zone_source_open(zone_context *ctx, const char *data, const zone_source_options *options,
                                      zone_source **source);

/* Like zone_source_open, but over a GDALDatasetH that the caller has open and keeps; it must outlive the source. */
ZONE_API zone_status zone_source_from_dataset(zone_context *ctx, void *gdal_dataset, const char *layer,
                                              const zone_source_options *options, zone_source **source);
ZONE_API void zone_source_close(zone_source *source);

/* ---------------------------------------------------------------- plans */

typedef struct zone_plan zone_plan;

/* Reads a plan file (YAML) and checks it against its schema. Paths in it are relative to the file.
 * Errors  ZONE_NOT_FOUND, ZONE_BAD_PLAN with line, key, found and expected. Layers are not opened yet. */
ZONE_API zone_status zone_plan_open(zone_context *ctx, const char *path, zone_plan **plan);
ZONE_API void zone_plan_close(zone_plan *plan);

/* Opens a layer of a plan by its key ("landuse"; NULL: "zones", and the log says so) as a source, in the layer's own
 * CRS. Like zone_source_open; roles of fields come from the plan where `options` has none. The plan's area method does
 * not come along. Errors: ZONE_BAD_PLAN (the plan has no such layer), and those of zone_source_open. */
ZONE_API zone_status zone_source_from_plan(zone_context *ctx, const zone_plan *plan, const char *layer,
                                           const zone_source_options *options, zone_source **source);

/* ---------------------------------------------------------------- tables */

/* Every answer is a table: typed columns, rows in a defined order, and sections that are tables themselves. */
typedef struct zone_table zone_table;

typedef enum {
    ZONE_COLUMN_TEXT,
    ZONE_COLUMN_INTEGER,
    ZONE_COLUMN_REAL,    /* a number with its own decimals */
    ZONE_COLUMN_AREA,    /* an exact area; printed in the unit asked for, its name gets the unit as suffix */
    ZONE_COLUMN_GEOMETRY /* multipolygons as well-known binary; in print hexadecimal */
} zone_column_type;

typedef enum {
    ZONE_SECTION_COMPLETENESS, /* a row an input: features in = used + repaired + rejected + outside, first ids */
    ZONE_SECTION_CLOSURE,      /* whole, sum of parts, residual, and the residual by cause */
    ZONE_SECTION_PROVENANCE,   /* inputs with hashes, CRS and how found, method, options, versions */
    ZONE_SECTION_PIECES,       /* only when asked for: a row a piece, with its geometry (zone_table_write_layer) */
    ZONE_SECTION_FINDINGS, /* a row a finding, in the order of the table's rows: the first column of both is the key */
    ZONE_SECTION_LEDGER,   /* a row a step of an account: opening, drawn, balance */
    ZONE_SECTION_SHAPES,   /* only when asked for: a row a feature that was asked about, with its geometry */
    ZONE_SECTION_COUNT
} zone_section;

/* Counts; 0 for NULL. */
ZONE_API size_t zone_table_row_count(const zone_table *table);
ZONE_API size_t zone_table_column_count(const zone_table *table);

/* Name, type, and number of a column; NULL, TEXT and -1 when there is none. No two columns go by one name: where a
 * field has the name of another column, the later of the two is numbered ("pieces_2"). */
ZONE_API const char *zone_table_column_name(const zone_table *table, size_t column);
ZONE_API zone_column_type zone_table_column_type(const zone_table *table, size_t column);
ZONE_API int zone_table_column_find(const zone_table *table, const char *name);

/* 1 where a cell holds nothing (and outside the table). */
ZONE_API int zone_table_is_null(const zone_table *table, size_t row, size_t column);

/* A text cell; NULL for other types and empty cells. */
ZONE_API const char *zone_table_text(const zone_table *table, size_t row, size_t column);

/* An integer cell, or 0. */
ZONE_API int64_t zone_table_integer(const zone_table *table, size_t row, size_t column);

/* A number: a real cell, an integer cell, or an area in m² (nearest double); NAN for others and empty cells. */
ZONE_API double zone_table_number(const zone_table *table, size_t row, size_t column);

/* A geometry as well-known binary, *size bytes (NULL: not wanted); NULL for other types and empty cells. */
ZONE_API const unsigned char *zone_table_geometry(const zone_table *table, size_t row, size_t column, size_t *size);

/* A section, itself a table; NULL if there is none. Belongs to the table. */
ZONE_API const zone_table *zone_table_section(const zone_table *table, zone_section section);

/* ZONE_OK, or ZONE_UNMET if a check in the table was not met. */
ZONE_API zone_status zone_table_verdict(const zone_table *table);
ZONE_API void zone_table_free(zone_table *table);

/* ---------------------------------------------------------------- writing */

typedef enum {
    ZONE_FORMAT_TEXT,
    ZONE_FORMAT_CSV, /* RFC 4180; control characters but tab, CR and LF are U+FFFD; "=1+1" stays "=1+1" */
    ZONE_FORMAT_JSON,
    ZONE_FORMAT_JSONL,
    ZONE_FORMAT_XLSX, /* a workbook: a sheet the table, a sheet a section; texts are never formulas, numbers are those
                         that text prints, so they tie. ZONE_CANNOT_WRITE from 1048575 rows, 32768 letters a cell */
    ZONE_FORMAT_JUNIT /* XML as pipelines read it: a testcase a row, failed where the verdict is "unmet" or "reject",
                         with its findings; provenance as properties. ZONE_BAD_USAGE of tables without verdicts */
} zone_format;

typedef enum {
    ZONE_PARTS_ALL, /* what the format holds: text, json and xlsx all; csv the rows; jsonl a line a row, with the row's
                       findings as an array "findings" in it (in place of a column of that name), behind them a line
                       {"finding":{…}} for each that belongs to no row and {"ledger":{…}} for each step. Geometries
                       of sections are for zone_table_write_layer */
    ZONE_PARTS_TABLE,  /* the rows only (jsonl: with findings and ledger) */
    ZONE_PARTS_META,   /* the sections only; of jsonl those that its lines do not hold */
    ZONE_PARTS_PARTIAL /* what zone_merge reads, in its own JSON whatever the format: exact integers, no unit. Of tables
                          that were asked for with `partial`; of others ZONE_BAD_USAGE */
} zone_parts;

typedef struct {
    size_t size;
    zone_format format; /* zone_table_write takes it from the extension of the path where there is one it knows */
    const char *unit;   /* m2 (NULL), mu, wanmu, ha, km2 */
    int exact;          /* 1: six decimals; 0: the unit's usual decimals. Both tie by largest remainder */
    zone_parts parts;
    zone_language language; /* of headings and labels */
} zone_write_options;

/* Receives a run of bytes; returns 0 to go on. */
typedef int (*zone_sink)(void *user, const char *bytes, size_t count);

/* Writes a table to a sink. Errors: ZONE_BAD_USAGE (unknown unit), ZONE_CANNOT_WRITE (the sink said no). */
ZONE_API zone_status zone_table_format(zone_context *ctx, const zone_table *table, const zone_write_options *options,
                                       zone_sink sink, void *user);

/* Writes a table to a file: beside its target first, renamed when complete. Links are followed; a device, a pipe and
 * an open file (/dev/stdout) are written as they stand. */
ZONE_API zone_status zone_table_write(zone_context *ctx, const zone_table *table, const char *path,
                                      const zone_write_options *options);

/* Writes a table that has geometries (such as ZONE_SECTION_PIECES) as a layer named like the file; of any other table
 * its sections of shapes and pieces, where there are both as two layers of a GeoPackage. The extension tells the
 * format: .gpkg, .fgb, .geojson or .json, .shp (UTF-8), .txt (国土TXT, of one layer in a Gauss-Kruger zone of China:
 * id, name, kind, class and claimed area in hectares). Beside its target first, renamed when complete; the parts of a
 * shapefile one after the other. Areas are reals in m² with six decimals, the integers they tie in: no digit is lost
 * below 8e9 m². Names that a format can't hold are cut, and the log says so.
 * Errors     ZONE_BAD_USAGE (another extension, no geometries), ZONE_CANNOT_WRITE (also what a format can't hold: two
 *            layers elsewhere, a shapefile texts over 254 bytes and parts over 2 GB, GeoJSON a CRS without EPSG code,
 *            FlatGeobuf empty geometries, GBK other letters; a database that is open elsewhere), ZONE_CANCELLED. */
ZONE_API zone_status zone_table_write_layer(zone_context *ctx, const zone_table *table, const char *path);

/* ---------------------------------------------------------------- questions about any data */

/* What is in a plan (data NULL), in the layer of a plan whose key is `data`, or in a data set (plan NULL; `data` as for
 * zone_source_open, all layers when it names none): layers, fields and the roles they matched, extent, CRS and how it
 * was found, encoding and the evidence. */
ZONE_API zone_status zone_info(zone_context *ctx, const zone_plan *plan, const char *data,
                               const zone_source_options *options, zone_table **table);

typedef struct {
    size_t size;
    const char *by;      /* fields to group by, comma separated; NULL: a row a feature. Of a field of class codes also a
                            level: "DLBM:first", "DLBM:broad" (agricultural, construction …), "DLBM:name"; by the edition
                            of the source (zone_source_options.classes), or by one named: "DLBM:broad@survey-2019" */
    const char *method;  /* area method; NULL: survey */
    int explain;         /* 1: every method side by side */
    const char *control; /* force the parts to this area, "1000000.00" in `unit` (平差); NULL: never */
    const char *scheme;  /* of 平差: "all" (NULL) every part by rank; "cut" only parts that a zone border cuts */
    const char *unit;    /* in which 平差 counts; NULL: m2, two decimals */
    int partial;         /* 1: the source is a part of the data: the table may be written with ZONE_PARTS_PARTIAL, and a
                            part may be empty. Needs `by`, refuses `control` */
} zone_area_options;

/* Areas by feature or group.
 * Units      m² by the method, exact.
 * Rows       features in their order, or groups sorted by the bytes of their key.
 * Errors     ZONE_BAD_FIELD, ZONE_BAD_GEOMETRY (no polygons), ZONE_BAD_CRS, ZONE_EMPTY, ZONE_BAD_USAGE. */
ZONE_API zone_status zone_area(zone_context *ctx, zone_source *source, const zone_area_options *options,
                               zone_table **table);

typedef struct {
    size_t size;
    const char *by;      /* fields of the data, as in zone_area_options; NULL: none */
    const char *zone_by; /* fields of the zones; NULL: the zones' id (or name), else their feature id */
    const char *method;
    int explain;
    const char *control; /* as in zone_area_options, for the whole table */
    const char *scheme;
    const char *unit;
    int pieces;  /* 1: also ZONE_SECTION_PIECES: the (feature, zone) pairs as geometries; not with `control` */
    int partial; /* 1: `data` are a part of all data, as in zone_area_options (`by` is not needed); the zones are whole
                  */
} zone_tabulate_options;

/* Areas of every (feature, zone) pair, added up by the columns of `zone_by` and `by`.
 * Rows       sorted by zone in the zones' order, then by key. Zones are brought to the data's CRS if they differ.
 * Closure    data = zones + outside; zone = data + gap; what is counted more than once, with the colliding pairs.
 * Pieces     a row a piece that `pieces` counts, in the order of the data: columns of zone and key, ids of feature and
 *            zone, area by the asked method, method, geometry. The areas of a row's pieces add up to the row's, as
 *            --exact prints it. GEOS draws the geometries; what it can't draw (a sliver under its resolution) is an
 *            empty one, and the log says how many. They are held in memory: ZONE_TOO_LARGE beyond the budget.
 * Points     a layer of points (multipoints: each of theirs) is counted instead: column points for pieces and areas. A
 *            point on a border belongs to the zone west of it, where the border runs from west to east to that south of
 *            it: zones that tile count each point once, overlapping ones count it in each. Closure in points. `method`
 *            is not used; `explain`, `control`, `pieces` and `partial` are ZONE_BAD_USAGE. */
ZONE_API zone_status zone_tabulate(zone_context *ctx, zone_source *data, zone_source *zones,
                                   const zone_tabulate_options *options, zone_table **table);

typedef struct {
    size_t size;
    const char *by;     /* fields whose texts stand beside the ids, as in zone_area_options; NULL: none */
    const char *method; /* area method; NULL: survey */
    int pieces;         /* 1: also ZONE_SECTION_PIECES: what the features of each pair share, as zone_tabulate's */
    int explain;        /* 1: a column for every method beside `area`, and in m² how far each is from the asked one */
} zone_overlap_options;

/* A layer against itself: what its features cover once, twice and more, and which of them collide. It is held in memory
 * (some 60 bytes a vertex).
 * Units      m² by the method, exact.
 * Rows       first "covered at least": `times` 1 (the union), 2, … to the greatest depth, `area` what so many features
 *            cover or more, `exactly` what so many cover and no more. Then "overlap": a row a pair of features with an
 *            area in common, their ids `first` and `second` (in the layer's order) with first_FIELD and second_FIELD,
 *            sorted by first, then second. Explained, rows are those of the asked method: what another method alone
 *            takes for an overlap is no row.
 * Closure    sum of all features = sum of `area` over all depths, exactly. Areas between edges that are one line on the
 *            grid and different curves by the method are no overlaps; they are told apart as edge model.
 * Errors     ZONE_BAD_FIELD, ZONE_BAD_GEOMETRY (no polygons), ZONE_BAD_CRS, ZONE_EMPTY, ZONE_BAD_USAGE, ZONE_TOO_LARGE.
 * Ownership  zone_table_free. */
ZONE_API zone_status zone_overlap(zone_context *ctx, zone_source *source, const zone_overlap_options *options,
                                  zone_table **table);

typedef struct {
    size_t size;
    const char *by;      /* fields of classes, as in zone_area_options; must be given */
    const char *by_new;  /* the same of the new date; NULL: they have the same names */
    const char *zone_by; /* fields of the zones, as in zone_tabulate_options */
    const char *method;
    int explain;
    int pieces;  /* 1: also ZONE_SECTION_PIECES, as zone_tabulate's */
    int partial; /* 1: `new_source` is a part of the new date, as in zone_area_options; refuses `pieces` */
} zone_change_options;

/* What became of what: areas by zone, class before and class after (地类转移矩阵, in long form). `old_source` is kept
 * in memory, `new_source` is read past it; both and `zones` (NULL: none) come in the CRS of the old one, which must be
 * closed last.
 * Units      m² by the method, exact.
 * Rows       zone columns, before, after (before_FIELD … of several fields), coverage, pieces, area; sorted by zone in
 *            the zones' order, coverage, keys. Coverage is "both dates"; "not covered at date 1": what only the new
 *            date covers, before is empty; "not covered at date 2": what only the old one covers, after is empty.
 * Closure    both margins tie: the rows of a class before add up to its area at the old date (within the zones, as
 *            zone_tabulate has it), the rows of a class after to its area at the new one. For each date: whole, outside
 *            every zone, sum, residual, what is counted more than once with the colliding pairs. Land that one date
 *            counts twice is taken twice from what the other does not cover: that may be below 0, and says so.
 * Pieces     columns of zone, before, after, coverage; ids `old` and `new` of the features; area, method, geometry.
 *            What a date does not cover is drawn as what it does not cover, even where the other counts land twice and
 *            the area is less by that. `new_source` is read twice.
 * Errors     ZONE_BAD_FIELD, ZONE_BAD_USAGE (no fields, or not as many at both dates), ZONE_BAD_CRS, ZONE_EMPTY,
 *            ZONE_BAD_GEOMETRY. Ownership: zone_table_free. */
ZONE_API zone_status zone_change(zone_context *ctx, zone_source *old_source, zone_source *new_source,
                                 zone_source *zones, const zone_change_options *options, zone_table **table);

typedef struct {
    size_t size;
    double narrow;   /* m: mean width 2S/L under which a piece is a sliver; 0: 0.5 */
    double tiny;     /* m²: area under which a piece is tiny; 0: 10 */
    int no_coverage; /* 1: judge features one by one, not the layer as a coverage */
    const char *method;
} zone_validate_options;

/* Each feature's validity (reason and place), the layer as a coverage (gaps, overlaps, slivers, with places), and
 * stored areas (TBMJ) against computed ones with what explains the difference. Findings are rows, never errors. */
ZONE_API zone_status zone_validate(zone_context *ctx, zone_source *source, const zone_validate_options *options,
                                   zone_table **table);

typedef struct {
    size_t size;
    const char *at;   /* "X,Y" in the data's CRS (or `crs`) */
    const char *plot; /* WKT, or data as for zone_source_open. Exactly one of at and a plot */
    const char *crs;  /* of at, of WKT and of a plot file that has none (--at-crs); NULL: the data's */
    double within;    /* m: also elements no farther than this */
    int nearest;      /* at least so many elements a layer, what the place lies in among them; 0: 1 */
    const char *method;
    const zone_source_options *plot_options; /* how plot data are read; `invalid` is for WKT too. NULL: as usual */
    zone_source *plot_source;                /* a plot that is open already, instead of `plot` */
} zone_query_options;

/* Where a point or plot lies: everything that it lies in, areas and shares by layer, nearest elements and distances.
 * `plan`, or `source`; the other NULL. */
ZONE_API zone_status zone_query(zone_context *ctx, const zone_plan *plan, zone_source *source,
                                const zone_query_options *options, zone_table **table);

typedef struct {
    size_t size;
    const char *crs;      /* brings the vertices into this reference system; NULL: they stay as they are */
    const char *encoding; /* of the texts in 国土TXT: "GBK", "UTF-8"; NULL: UTF-8 */
} zone_convert_options;

/* The features of a source as they are drawn, with all their fields, as a layer to be written in another format.
 * Rows       one: layer, features, fields, crs. Completeness as everywhere.
 * Pieces     ZONE_SECTION_PIECES is the layer for zone_table_write_layer: a row a feature in its order, the fields
 * under their names, then its geometry; empty where the feature has none that is an area. It is held in memory.
 * Errors     ZONE_BAD_GEOMETRY (no areas), ZONE_EMPTY, ZONE_BAD_CRS, ZONE_BAD_USAGE (encoding), ZONE_TOO_LARGE (beyond
 *            the budget of memory), and those of reading. Ownership: zone_table_free. */
ZONE_API zone_status zone_convert(zone_context *ctx, zone_source *source, const zone_convert_options *options,
                                  zone_table **table);

/* Converts "1590 mu" to every unit (`to` NULL) or one. Exact: 1 mu = 2000/3 m². Errors: ZONE_BAD_USAGE. */
ZONE_API zone_status zone_convert_area(zone_context *ctx, const char *figure, const char *to, zone_table **table);

/* ---------------------------------------------------------------- partial tables */

typedef struct {
    size_t size;
    const char *control; /* as in zone_area_options, for the merged table */
    const char *scheme;
    const char *unit;
    int partial; /* 1: the merged table may itself be written with ZONE_PARTS_PARTIAL, and merged with others later */
} zone_merge_options;

/* The table of all data from the partials (ZONE_PARTS_PARTIAL) of zone_area or zone_tabulate over its parts, or of
 * zone_change over those of its new date, in any order and of any split. Rows are those of the undivided data, rounded
 * once, and completeness and closure add up to theirs. What features of different parts have in common is not known:
 * "counted more than once" says so.
 * Units      m² by the method of the parts, exact.
 * Errors     ZONE_NOT_FOUND, ZONE_BAD_FILE (not a partial, damaged, of another version), ZONE_BAD_USAGE (of different
 *            questions, options, methods, reference systems, zones, old dates; a part twice; `control` of a change; no
 *            paths), ZONE_EMPTY, ZONE_BAD_GEOMETRY, ZONE_TOO_LARGE. Ownership: zone_table_free. */
ZONE_API zone_status zone_merge(zone_context *ctx, const char *const *paths, size_t count,
                                const zone_merge_options *options, zone_table **table);

/* ---------------------------------------------------------------- questions about a plan */

typedef struct {
    size_t size;
    const char *method; /* NULL: the plan's */
    int explain;        /* 1: every area method side by side (zone_check: in the remark) */
} zone_plan_options;

/* Every declared figure and every rule: declared, measured, difference, verdict, margin. zone_table_verdict tells
 * whether all were met. */
ZONE_API zone_status zone_check(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options,
                                zone_table **table);

/* Adjustment need: farmland that planned construction lies on, by zone, gross and net of ridges; what of it is built
 * already; farmland under other planned uses that the rules forbid. */
ZONE_API zone_status zone_farmland(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options,
                                   zone_table **table);

/* The elements of the layout and landscape against the plan's rules: what each rule measured, met or not. */
ZONE_API zone_status zone_layout(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options,
                                 zone_table **table);

/* Indicators: base and target, yearly growth that leads from one to the other, form. */
ZONE_API zone_status zone_indicators(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options,
                                     zone_table **table);

/* ---------------------------------------------------------------- batches of sites */

/* A batch of sites (project red lines) before a plan: opened, filled, asked, closed. */
typedef struct zone_ledger zone_ledger;

/* Receives the answer for one site as soon as it and all before it are judged (in other orders than the batch's: at the
 * end): a table of one row with its ZONE_SECTION_FINDINGS, which lives until the function returns. One call at a time,
 * from any thread of the question. Returns 0 to go on; anything else ends the question with ZONE_CANNOT_WRITE. */
typedef int (*zone_site_function)(void *user, const zone_table *site);

typedef struct {
    size_t size;
    const char *method;      /* area method; NULL: the plan's */
    const char *order;       /* in which sites draw on quotas: "batch" (NULL), "priority" (the field of that role, small
                                numbers first, none last), "best-sites", "best-area" (as many sites, as much area as fit) */
    int brief;               /* 1: findings only of checks that are not met */
    int pieces;              /* 1: also ZONE_SECTION_PIECES and ZONE_SECTION_SHAPES */
    const char *without;     /* what-if: ids of sites, comma separated, that are left out */
    const char *move;        /* what-if: data whose sites take the place of those with their ids */
    zone_site_function site; /* NULL: sites are rows of the table; else they go here, and the table has none */
    void *site_user;
    const char *resume; /* a journal of the same batch that was cut short: its sites are not measured again. A file that
                           is not there is an empty one */
    zone_sink journal;  /* receives a line a site, called as `site` is; to be put behind what `resume` holds */
    void *journal_user;
    size_t block; /* sites measured at once; 0: 100000 */
    int exact;    /* 1: the texts of measured, limit and margin have six decimals, as columns of areas may have */
} zone_quota_options;

/* Opens a batch for a plan that has `checks`. The plan must outlive it. Errors: ZONE_BAD_PLAN, ZONE_BAD_CRS. */
ZONE_API zone_status zone_ledger_open(zone_context *ctx, const zone_plan *plan, zone_ledger **ledger);

/* Adds sites by name: data as for zone_source_open (all its layers where it names none), a directory, a pattern such as
 * "in/X*.txt". What can't be read is a site of its own, rejected, that says why. Fields are matched by their roles (id,
 * name, kind, claimed, term, owner, priority, supply); the log tells which. Errors: ZONE_BAD_USAGE, ZONE_NO_MEMORY,
 * ZONE_CANCELLED. */
ZONE_API zone_status zone_ledger_add(zone_context *ctx, zone_ledger *ledger, const char *data,
                                     const zone_source_options *options);

/* Adds the sites of an open source, read at once: a layer of a plan, or data in memory (zone_source_from_dataset). The
 * source then belongs to the CRS of the plan and may be closed. Errors: those of reading. */
ZONE_API zone_status zone_ledger_add_source(zone_context *ctx, zone_ledger *ledger, zone_source *source);
ZONE_API void zone_ledger_close(zone_ledger *ledger);

/* Judges every site of the batch by the checks of the plan and books what it draws on the quotas of its zones.
 * Units      m² by the method, exact; widths in m, terms in years.
 * Rows       a row a site in the order of the batch: verdict "pass", "warn" or "reject" (the worst severity of a check
 *            that is not met), zones and shares, what it takes, which checks it does not meet.
 * Findings   ZONE_SECTION_FINDINGS, a row a check: measured, limit, margin (how far to the other verdict), area method,
 *            what would turn it (another method, the last digit of the coordinates), a place in the plan's plane.
 * Ledger     ZONE_SECTION_LEDGER, by account: opening, what each site draws, balance after. A site draws on all its
 *            accounts or, refused by one or rejected by a check, on none. In the closure: opening = drawn + closing.
 * Pieces     ZONE_SECTION_PIECES: what is in conflict, with area, mean width 2S/L and geometry; ZONE_SECTION_SHAPES:
 * the sites. What-if    with `without` or `move` the rows are what changes: sites and accounts, before and after.
 * Verdict    ZONE_UNMET when a site is rejected.
 * Memory     follows the sites: some 60 bytes a vertex of all sites, and what the sites of a block have of the layers.
 * Errors     ZONE_EMPTY (no sites), ZONE_BAD_PLAN (no checks, a layer is missing), those of reading the plan's layers,
 *            ZONE_BAD_USAGE, ZONE_BAD_FILE (a journal of another batch), ZONE_CANCELLED. Ownership: zone_table_free. */
ZONE_API zone_status zone_quota(zone_context *ctx, zone_ledger *ledger, const zone_quota_options *options,
                                zone_table **table);

#ifdef __cplusplus
}
#endif
#endif
