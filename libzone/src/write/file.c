/* Writing tables to sinks and files. The only place that opens a file for writing: beside its target, renamed when
 * whole, so that after a crash or on a full disk the old file or the new one stands, never half of one. */
#include "base/units.h"
#include "write/target.h"
#include "write/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const zone_write_options no_options = {.size = sizeof(zone_write_options)};

static zone_status open_writer(zone_context *ctx, const zone_write_options *options, zone_sink sink, void *user,
                               zone_writer *writer)
{
    *writer = (zone_writer){.ctx = ctx, .sink = sink, .user = user, .language = options->language};
    writer->unit = zone_unit_find(options->unit);
    if (!writer->unit)
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "an unknown unit", .found = zone_say(ctx, "%s", options->unit),
                         .expected = "m2, mu, wanmu, ha or km2", .remedy = "--unit mu");
    writer->decimals = options->exact ? 6 : writer->unit->decimals;
    return ZONE_OK;
}

static zone_status format_table(zone_context *ctx, const zone_table *table, const zone_write_options *options,
                                zone_format format, zone_sink sink, void *user)
{
    zone_writer writer;
    zone_status status = open_writer(ctx, options, sink, user, &writer);

    if (status)
        return status;
    if (options->parts == ZONE_PARTS_PARTIAL && !zone_table_partial(table))
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "the table has no partial",
                         .expected = "a question asked with `partial`");
    /* csv and jsonl have no place for (all) sections: those are written as people read them. */
    if (options->parts == ZONE_PARTS_PARTIAL)
        zone_write_partial(&writer, zone_table_partial(table));
    else if (format == ZONE_FORMAT_TEXT || (options->parts == ZONE_PARTS_META && format != ZONE_FORMAT_JSON))
        zone_write_text(&writer, table, options->parts, format == ZONE_FORMAT_JSONL);
    else if (format == ZONE_FORMAT_CSV)
        zone_write_csv(&writer, table);
    else if (format == ZONE_FORMAT_JSON)
        zone_write_json(&writer, table, options->parts);
    else if (format == ZONE_FORMAT_JSONL)
        zone_write_jsonl(&writer, table);
    else if (format == ZONE_FORMAT_XLSX)
        zone_write_xlsx(&writer, table, options->parts);
    else if (format == ZONE_FORMAT_JUNIT)
        zone_write_junit(&writer, table);
    else
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "text, csv, json, jsonl, xlsx or junit");
    if (!writer.failed)
        return ZONE_OK;
    return zone_context_error(ctx)->status ? zone_context_error(ctx)->status
                                           : zone_fail(ctx, ZONE_CANNOT_WRITE, .what = NULL);
}

zone_status zone_table_format(zone_context *ctx, const zone_table *table, const zone_write_options *options,
                              zone_sink sink, void *user)
{
    zone_context_begin(ctx);
    if (!table || !sink)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a table and a sink");
    if (!options)
        options = &no_options;
    return format_table(ctx, table, options, options->format, sink, user);
}

/* ---------------------------------------------------------------- files */

static zone_format format_of(const char *path, zone_format otherwise)
{
    static const struct {
        const char *ending;
        zone_format format;
    } known[] = {{".csv", ZONE_FORMAT_CSV},   {".json", ZONE_FORMAT_JSON},   {".jsonl", ZONE_FORMAT_JSONL},
                 {".xlsx", ZONE_FORMAT_XLSX}, {".junit", ZONE_FORMAT_JUNIT}, {".xml", ZONE_FORMAT_JUNIT},
                 {".txt", ZONE_FORMAT_TEXT}};
    const char *point = strrchr(path, '.');

    for (size_t i = 0; point && i < sizeof known / sizeof *known; i++)
        if (strcmp(point, known[i].ending) == 0)
            return known[i].format;
    return otherwise;
}

static int write_bytes(void *user, const char *bytes, size_t count)
{
    return fwrite(bytes, 1, count, user) == count ? 0 : 1;
}

/* Where the bytes go. */
typedef struct {
    FILE *stream;
    char *target; /* the file behind all links */
    char *beside; /* what takes its place when whole; NULL: written straight */
} output;

/* A new file beside the target; its name is short, since the target's may be as long as names can be. */
static FILE *open_beside(zone_context *ctx, output *out)
{
    /* The process's umask makes the mode of a new file, as for every other file of the user. */
    struct stat present;
    bool replaces = stat(out->target, &present) == 0;

    for (int attempt = 0; attempt < 1000; attempt++) {
        char name[48];
        snprintf(name, sizeof name, ".zone-%ld-%d", (long)getpid(), attempt);
        free(out->beside);
        out->beside = zone_target_neighbour(ctx, out->target, name);
        if (!out->beside) {
            errno = ENOMEM;
            return NULL;
        }
        int handle = open(out->beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (handle < 0 && errno == EEXIST)
            continue;
        if (handle < 0)
            return NULL;
        FILE *stream = !replaces || fchmod(handle, present.st_mode & 07777) == 0 ? fdopen(handle, "wb") : NULL;
        if (!stream) {
            close(handle);
            unlink(out->beside);
        }
        return stream;
    }
    return NULL;
}

static FILE *open_again(int number)
{
    int handle = dup(number);
    FILE *stream = handle < 0 ? NULL : fdopen(handle, "wb");

    if (handle >= 0 && !stream)
        close(handle);
    return stream;
}

/* Opens what `path` stands for; without a stream errno says why. */
static void open_output(zone_context *ctx, const char *path, output *out)
{
    *out = (output){.target = zone_target_behind_links(ctx, path)};
    int number = out->target ? zone_target_open_already(out->target) : -1;

    if (number >= 0)
        out->stream = open_again(number);
    else if (out->target && !zone_target_replaceable(path))
        out->stream = fopen(path, "wb");
    else if (out->target)
        out->stream = open_beside(ctx, out);
    else
        errno = ENOMEM;
}

static void free_output(output *out)
{
    free(out->target);
    free(out->beside);
}

zone_status zone_file_write(zone_context *ctx, const char *path, zone_producer produce, void *user)
{
    output out;
    open_output(ctx, path, &out);
    if (!out.stream) {
        zone_status failed =
            errno == ENOMEM ? zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL) : zone_target_refuse(ctx, path);
        free_output(&out);
        return failed;
    }
    zone_status status = produce(user, write_bytes, out.stream);
    bool refused = status == ZONE_CANNOT_WRITE && !ferror(out.stream); /* by the format: the record says why */
    bool whole = fflush(out.stream) == 0 && (!out.beside || fsync(fileno(out.stream)) == 0);
    whole = fclose(out.stream) == 0 && whole;
    if ((!status || status == ZONE_CANNOT_WRITE) && !refused &&
        (status || !whole || (out.beside && rename(out.beside, out.target) != 0)))
        status = zone_target_refuse(ctx, path);
    if (status && out.beside)
        unlink(out.beside);
    free_output(&out);
    return status;
}

/* A table on its way to a file. */
typedef struct {
    zone_context *ctx;
    const zone_table *table;
    const char *path;
    const zone_write_options *options;
} table_run;

static zone_status produce_table(void *user, zone_sink sink, void *to)
{
    const table_run *run = user;

    return format_table(run->ctx, run->table, run->options, format_of(run->path, run->options->format), sink, to);
}

zone_status zone_table_write(zone_context *ctx, const zone_table *table, const char *path,
                             const zone_write_options *options)
{
    table_run run = {.ctx = ctx, .table = table, .path = path, .options = options ? options : &no_options};

    zone_context_begin(ctx);
    if (!table || !path || !*path)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a table and a path");
    return zone_file_write(ctx, path, produce_table, &run);
}
