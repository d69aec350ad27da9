/* From a finished question to bytes and an exit code. */
#include "output.h"

#include "input.h"
#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---------------------------------------------------------------- formats */

static const struct {
    const char *name;
    zone_format format;
} formats[] = {{"text", ZONE_FORMAT_TEXT},   {"txt", ZONE_FORMAT_TEXT},    {"csv", ZONE_FORMAT_CSV},
               {"json", ZONE_FORMAT_JSON},   {"jsonl", ZONE_FORMAT_JSONL}, {"xlsx", ZONE_FORMAT_XLSX},
               {"junit", ZONE_FORMAT_JUNIT}, {"xml", ZONE_FORMAT_JUNIT}};

static bool format_of(const char *name, zone_format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i].name) == 0) {
            *format = formats[i].format;
            return true;
        }
    return false;
}

/* What stands behind the last dot of a file's name; NULL: nothing does. */
static const char *extension(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL, *name = slash ? slash + 1 : path;
    const char *point = name ? strrchr(name, '.') : NULL;

    return point && point != name ? point + 1 : NULL;
}

/* Would writing `file` take the place of a file of `data`? A shapefile is several. */
static bool takes_place(const char *data, const char *file)
{
    static const char *const parts[] = {".shx", ".dbf", ".prj", ".cpg"};
    const char *ending = extension(file);
    bool taken = is_read_from(data, file);

    for (size_t i = 0; ending && strcmp(ending, "shp") == 0 && i < sizeof parts / sizeof *parts; i++) {
        char part[4096];
        snprintf(part, sizeof part, "%.*s%s", (int)(ending - 1 - file), file, parts[i]);
        taken = taken || is_read_from(data, part);
    }
    return taken;
}

/* An answer never takes the place of what it was made from. */
static int refuse_overwriting(const invocation *run, const char *data)
{
    const char *files[] = {run->option.output, run->option.meta, run->option.partial,
                           run->option.pieces, run->target,      run->option.resume};
    static const char *const names[] = {"-o", "--meta", "--partial", "--pieces", "OUT", "--resume"};
    char where[512], what[1024];

    for (int i = 0; i < 6 && data; i++) {
        if (!files[i] || !takes_place(data, files[i]))
            continue;
        snprintf(where, sizeof where, "%s %s", names[i], files[i]);
        snprintf(what, sizeof what, "%s%.900s",
                 say(run, "this file is read and would be lost: ", "此文件是输入，写入会将其覆盖："), data);
        return usage_error(run, where, what, "%s %s", names[i], say(run, "ANOTHER_FILE", "另一个文件"));
    }
    return 0;
}

static int check_inputs(const invocation *run)
{
    int code = 0;

    for (int i = 0; i < run->operand_count && !code; i++)
        code = refuse_overwriting(run, run->operand[i]);
    if (!code)
        code = refuse_overwriting(run, run->option.zones);
    return code ? code : refuse_overwriting(run, run->option.plot);
}

/* What the question read beside its operands: the layers of a plan, as provenance names them, and the files of a
 * directory, of which completeness names those that could not be read, too. */
static int check_provenance(const invocation *run, const zone_table *table)
{
    const zone_table *section = zone_table_section(table, ZONE_SECTION_PROVENANCE);
    const zone_table *inputs = zone_table_section(table, ZONE_SECTION_COMPLETENESS);
    int code = 0;

    for (size_t row = 0; row < zone_table_row_count(section) && !code; row++)
        if (strcmp(zone_table_text(section, row, 0), "input") == 0)
            code = refuse_overwriting(run, zone_table_text(section, row, 1));
    for (size_t row = 0; row < zone_table_row_count(inputs) && !code; row++)
        code = refuse_overwriting(run, zone_table_text(inputs, row, 0));
    return code;
}

/* A target must be of a known format before anything is read, and never what is read. */
int output_check_target(const invocation *run)
{
    static const char *const endings[] = {"gpkg", "fgb", "geojson", "json", "shp", "txt"};
    const char *ending = extension(run->target);
    bool known = false;

    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        known = known || strcmp(ending, endings[i]) == 0;
    if (!known)
        return usage_error(
            run, run->target, say(run, "no format of layers goes by this extension", "此扩展名不对应任何图层格式"),
            "zone convert %s sites.gpkg | sites.txt | sites.fgb | sites.geojson | sites.shp", run->operand[0]);
    if (run->option.output && strcmp(run->target, run->option.output) == 0)
        return usage_error(run, run->target, say(run, "-o and OUT name the same file", "-o 与 OUT 是同一文件"),
                           "zone convert %s %s", run->operand[0], run->target);
    return refuse_overwriting(run, run->operand[0]);
}

static int check_meta(const invocation *run)
{
    const char *meta = run->option.meta, *ending = extension(meta);
    zone_format format = ZONE_FORMAT_TEXT;

    if (ending && format_of(ending, &format) && format != ZONE_FORMAT_TEXT && format != ZONE_FORMAT_JSON)
        return usage_error(run, meta,
                           say(run, "completeness, closure and provenance are text or json",
                               "完整性、闭合差与来源只能写成文本或 json"),
                           "--meta meta.json");
    if (run->option.output && strcmp(meta, run->option.output) == 0)
        return usage_error(run, meta, say(run, "-o and --meta name the same file", "-o 与 --meta 是同一文件"),
                           "--meta meta.txt");
    return 0;
}

static int check_pieces(const invocation *run)
{
    static const char *const endings[] = {"gpkg", "fgb", "geojson", "json", "shp"};
    const char *pieces = run->option.pieces, *ending = extension(pieces);
    bool known = false;

    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        known = known || strcmp(ending, endings[i]) == 0;
    if (!known)
        return usage_error(run, pieces,
                           say(run, "no format of layers goes by this extension", "此扩展名不对应任何图层格式"),
                           "--pieces pieces.gpkg | pieces.fgb | pieces.geojson | pieces.json | pieces.shp");
    if (strcmp(run->command->name, "quota") == 0 && strcmp(ending, "gpkg") != 0)
        return usage_error(run, pieces, say(run, "two layers need a GeoPackage", "两个图层需写入 GeoPackage"),
                           "--pieces pieces.gpkg");
    if (run->option.without || run->option.move)
        return usage_error(run, "--pieces", say(run, "what-if has no geometries", "假设比较没有图形"), "%s",
                           say(run, "--pieces without --without and --move", "不与 --without、--move 同用"));
    if ((run->option.output && strcmp(pieces, run->option.output) == 0) ||
        (run->option.meta && strcmp(pieces, run->option.meta) == 0))
        return usage_error(run, pieces, say(run, "--pieces names the same file", "--pieces 是同一文件"),
                           "--pieces pieces.gpkg");
    if (run->option.control)
        return usage_error(
            run, "--pieces",
            say(run, "pieces have the areas that were computed, not forced ones", "片的面积为计算值，未经平差"), "%s",
            say(run, "--pieces without --control", "不与 --control 同用"));
    return 0;
}

static int check_partial(const invocation *run)
{
    const char *others[] = {run->option.output, run->option.meta, run->option.pieces};
    static const char *const names[] = {"-o", "--meta", "--pieces"};

    for (int i = 0; i < 3 && run->option.partial; i++)
        if (others[i] && strcmp(run->option.partial, others[i]) == 0)
            return usage_error(
                run, run->option.partial,
                say(run, "--partial names a file that another option names, too", "--partial 与另一选项指同一文件"),
                "%s %s", names[i], say(run, "ANOTHER_FILE", "另一个文件"));
    return 0;
}

static int check_journal(const invocation *run)
{
    const char *others[] = {run->option.output, run->option.meta, run->option.pieces};
    static const char *const names[] = {"-o", "--meta", "--pieces"};

    for (int i = 0; i < 3 && run->option.resume; i++)
        if (others[i] && (strcmp(run->option.resume, others[i]) == 0 || is_read_from(run->option.resume, others[i])))
            return usage_error(
                run, run->option.resume,
                say(run, "--resume names a file that another option names, too", "--resume 与另一选项指同一文件"),
                "%s %s", names[i], say(run, "ANOTHER_FILE", "另一个文件"));
    return 0;
}

int output_prepare(invocation *run)
{
    const char *output = run->option.output, *asked = run->option.format, *ending = extension(output);
    zone_format by_name = ZONE_FORMAT_TEXT;
    bool known = ending && format_of(ending, &by_name);

    run->format = ZONE_FORMAT_TEXT;
    if (asked)
        format_of(asked, &run->format);
    else if (known)
        run->format = by_name;
    if (ending && !known && !asked)
        return usage_error(
            run, output, say(run, "no format goes by this extension", "此扩展名不对应任何格式"),
            "-o areas.csv | areas.json | areas.jsonl | areas.xlsx | areas.txt | areas.junit | areas.xml");
    if (known && asked && run->format != by_name)
        return usage_error(run, output, say(run, "the extension and --format disagree", "扩展名与 --format 不一致"),
                           "--format %s", ending);
    if (run->format == ZONE_FORMAT_XLSX && !output && isatty(STDOUT_FILENO))
        return usage_error(run, "--format xlsx",
                           say(run, "a workbook is no text for a terminal", "工作簿不能显示在终端上"), "-o areas.xlsx");
    if (run->option.scheme && !run->option.control)
        return usage_error(run, "--scheme", say(run, "there is no control area", "没有控制面积"), "--control AREA");
    int code = run->option.meta ? check_meta(run) : 0;
    if (!code && run->option.pieces)
        code = check_pieces(run);
    if (!code)
        code = check_partial(run);
    if (!code)
        code = check_journal(run);
    return code ? code : check_inputs(run);
}

/* ---------------------------------------------------------------- writing */

static int put_bytes(void *stream, const char *bytes, size_t count)
{
    return fwrite(bytes, 1, count, stream) == count ? 0 : 1;
}

static int write_rows(invocation *run, const zone_table *table, const zone_write_options *options)
{
    zone_status status = ZONE_OK;

    if (run->option.output) {
        status = zone_table_write(run->ctx, table, run->option.output, options);
        return status ? library_error(run, status) : 0;
    }
    errno = 0;
    status = zone_table_format(run->ctx, table, options, put_bytes, stdout);
    if (status == ZONE_CANNOT_WRITE && ferror(stdout))
        return output_error(run, errno);
    return status ? library_error(run, status) : flush_output(run);
}

int put_site(void *user, const zone_table *site)
{
    const invocation *run = user;
    const zone_write_options options = {.size = sizeof options,
                                        .format = ZONE_FORMAT_JSONL,
                                        .parts = ZONE_PARTS_TABLE,
                                        .unit = run->option.unit,
                                        .exact = run->option.exact,
                                        .language = run->language};

    return zone_table_format(run->ctx, site, &options, put_bytes, stdout) || fflush(stdout) ? 1 : 0;
}

/* csv and jsonl have no place for completeness, closure and provenance; text and json hold them, unless a file of their
 * own was asked for. */
static int write_meta(invocation *run, const zone_table *table, const zone_write_options *rows)
{
    zone_write_options options = *rows;
    bool apart = rows->format == ZONE_FORMAT_CSV || rows->format == ZONE_FORMAT_JSONL;
    zone_status status = ZONE_OK;

    options.parts = ZONE_PARTS_META;
    options.format = rows->format == ZONE_FORMAT_JSONL && !run->option.meta ? ZONE_FORMAT_JSONL : ZONE_FORMAT_TEXT;
    if (run->option.meta)
        status = zone_table_write(run->ctx, table, run->option.meta, &options);
    else if (apart && !run->option.quiet)
        status = zone_table_format(run->ctx, table, &options, put_bytes, stderr);
    return status ? library_error(run, status) : 0;
}

static int write_partial(invocation *run, const zone_table *table)
{
    const zone_write_options options = {.size = sizeof options, .parts = ZONE_PARTS_PARTIAL};

    if (!run->option.partial)
        return 0;
    zone_status status = zone_table_write(run->ctx, table, run->option.partial, &options);
    return status ? library_error(run, status) : 0;
}

/* A file of meta goes first: where it can't be written there are no rows either. On stderr it comes when the rows are
 * safe, so that a failure says nothing but its error. */
static int write_table(invocation *run, const zone_table *table)
{
    zone_write_options options = {.size = sizeof options,
                                  .format = run->format,
                                  .unit = run->option.unit,
                                  .exact = run->option.exact,
                                  .language = run->language};

    if (run->option.meta && run->format == ZONE_FORMAT_TEXT)
        options.parts = ZONE_PARTS_TABLE;
    if (!run->option.meta) {
        int failed = write_rows(run, table, &options);
        return failed ? failed : write_meta(run, table, &options);
    }
    int failed = write_meta(run, table, &options);
    return failed ? failed : write_rows(run, table, &options);
}

/* Before the table: where the pieces can't be written there is no table either. */
static int write_pieces(invocation *run, const zone_table *table)
{
    zone_status status = ZONE_OK;

    const char *path = run->target ? run->target : run->option.pieces;

    if (!path)
        return 0;
    status = zone_table_write_layer(run->ctx, table, path);
    clear_progress(run);
    run->cancelled = status == ZONE_CANCELLED;
    return status ? library_error(run, status) : 0;
}

int finish(invocation *run, zone_status status, zone_table *table)
{
    clear_progress(run);
    run->cancelled = status == ZONE_CANCELLED;
    int code = status ? library_error(run, status) : check_provenance(run, table);
    if (!status && !code)
        code = write_pieces(run, table);
    if (!status && !code)
        code = write_partial(run, table);
    if (!status && !code)
        code = write_table(run, table);
    if (!code)
        code = zone_status_exit_code(zone_table_verdict(table));
    zone_table_free(table);
    return code;
}
