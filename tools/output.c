/* From a finished question to bytes and an exit code. */
#include "output.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int fail(invocation *run, zone_status status)
{
    const char *text = zone_context_error_text(run->ctx);

    fprintf(stderr, "zone: %s\n", *text ? text : zone_status_text(status));
    return zone_status_exit_code(status);
}

/* ---------------------------------------------------------------- values of options */

zone_source_options source_options(const invocation *run, int *failed)
{
    zone_source_options options = {.size = sizeof options,
                                   .crs = run->option.crs,
                                   .encoding = run->option.encoding,
                                   .fields = run->option.fields,
                                   .any_driver = run->option.any_driver};
    const char *invalid = run->option.invalid;

    if (!invalid || strcmp(invalid, "repair") == 0)
        options.invalid = ZONE_REPAIR;
    else if (strcmp(invalid, "reject") == 0)
        options.invalid = ZONE_REJECT;
    else if (strcmp(invalid, "fail") == 0)
        options.invalid = ZONE_REFUSE;
    else
        *failed = usage_error(language_of(run->option.language), "no such policy for invalid geometry",
                              "没有这种无效几何处理方式", invalid, "--invalid repair | reject | fail");
    return options;
}

bool is_plan(const char *operand)
{
    const char *point = strrchr(operand, '.');

    return point && (strcmp(point, ".yaml") == 0 || strcmp(point, ".yml") == 0);
}

double option_number(const invocation *run, const char *name, const char *text, int *failed)
{
    char *end = NULL, remedy[64];

    if (!text)
        return 0.0;
    double value = strtod(text, &end);
    if (end != text && *end == '\0' && isfinite(value) && value >= 0.0)
        return value;
    snprintf(remedy, sizeof remedy, "--%s 10", name);
    *failed = usage_error(language_of(run->option.language), "not a number from 0", "不是非负数", text, remedy);
    return 0.0;
}

/* ---------------------------------------------------------------- output */

static const struct {
    const char *name;
    zone_format format;
} formats[] = {{"text", ZONE_FORMAT_TEXT},
               {"csv", ZONE_FORMAT_CSV},
               {"json", ZONE_FORMAT_JSON},
               {"jsonl", ZONE_FORMAT_JSONL},
               {"txt", ZONE_FORMAT_TEXT}};

static bool format_by_name(const char *name, zone_format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i].name) == 0) {
            *format = formats[i].format;
            return true;
        }
    return false;
}

/* By --format, else by the extension of -o, else text. */
static int choose_format(const invocation *run, zone_format *format)
{
    const char *output = run->option.output, *point = output ? strrchr(output, '.') : NULL;

    *format = ZONE_FORMAT_TEXT;
    if (run->option.format && !format_by_name(run->option.format, format))
        return usage_error(language_of(run->option.language), "no such format", "没有这种格式", run->option.format,
                           "--format text | csv | json | jsonl");
    if (!run->option.format && point)
        format_by_name(point + 1, format);
    return 0;
}

static int put_bytes(void *stream, const char *bytes, size_t count)
{
    return fwrite(bytes, 1, count, stream) == count ? 0 : 1;
}

static int stdout_failed(const invocation *run)
{
    bool zh = language_of(run->option.language) == ZONE_CHINESE;

    fprintf(stderr, "zone: %s: %s\n", zh ? "输出无法写入" : "the output can't be written", strerror(errno));
    return 4;
}

static int write_rows(invocation *run, const zone_table *table, zone_write_options *options)
{
    zone_status status = ZONE_OK;

    if (run->option.output)
        status = zone_table_write(run->ctx, table, run->option.output, options);
    else
        status = zone_table_format(run->ctx, table, options, put_bytes, stdout);
    if (status == ZONE_CANNOT_WRITE && !run->option.output)
        return stdout_failed(run);
    if (status)
        return fail(run, status);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : stdout_failed(run);
}

/* csv and jsonl have no place for the sections: they go to --meta, else to stderr. */
static int write_meta(invocation *run, const zone_table *table, const zone_write_options *rows)
{
    zone_write_options options = *rows;
    bool beside = options.format == ZONE_FORMAT_CSV || options.format == ZONE_FORMAT_JSONL;
    zone_status status = ZONE_OK;

    options.parts = ZONE_PARTS_META;
    options.format = ZONE_FORMAT_TEXT;
    if (run->option.meta)
        status = zone_table_write(run->ctx, table, run->option.meta, &options);
    else if (beside && !run->option.quiet)
        status = zone_table_format(run->ctx, table, &options, put_bytes, stderr);
    return status ? fail(run, status) : 0;
}

int finish(invocation *run, zone_status status, zone_table *table)
{
    zone_write_options options = {.size = sizeof options,
                                  .unit = run->option.unit,
                                  .exact = run->option.exact,
                                  .language = language_of(run->option.language)};
    int code = status ? fail(run, status) : choose_format(run, &options.format);

    if (run->option.meta)
        options.parts = options.format == ZONE_FORMAT_JSON ? ZONE_PARTS_ALL : ZONE_PARTS_TABLE;
    if (!code)
        code = write_rows(run, table, &options);
    if (!code)
        code = write_meta(run, table, &options);
    if (!code)
        code = zone_status_exit_code(zone_table_verdict(table));
    zone_table_free(table);
    return code;
}
