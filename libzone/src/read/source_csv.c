/* CSV with a row a vertex. */
#include "read/source_csv.h"

#include "read/csv_columns.h"
#include "read/lines.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const char *path;
    zone_lines lines;
    zone_csv_columns columns;
    zone_plots plots;
    char *site; /* of the last row */
    size_t site_capacity;
} csv_run;

/* The head line in UTF-8, in memory of its own; NULL when there is none. */
static char *first_line(zone_context *ctx, const char *path, const char *encoding)
{
    char head[16384];
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t count = file ? VSIFReadL(head, 1, sizeof head - 1, file) : 0;
    zone_encoding own = {0};

    if (file)
        VSIFCloseL(file);
    head[count] = '\0';
    const char *begin = head + (strncmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    head[begin - head + (long)strcspn(begin, "\r\n")] = '\0';
    if (!encoding && !zone_encoding_is_utf8(begin, strlen(begin)))
        encoding = "GB18030";
    if (encoding && zone_encoding_open(ctx, encoding, "as asked", &own)) {
        zone_context_begin(ctx); /* the one who opens the file says so */
        return NULL;
    }
    const char *text = zone_encoding_decode(&own, begin);
    char *line = text ? CPLStrdup(text) : NULL;
    zone_encoding_close(&own);
    return line;
}

bool zone_csv_recognise(zone_context *ctx, const char *path, const char *encoding)
{
    char *heads[ZONE_CSV_MOST];
    zone_csv_columns columns;
    char *line = EQUAL(CPLGetExtension(path), "csv") ? first_line(ctx, path, encoding) : NULL;
    bool known = line && zone_csv_read_heads(line, &columns, heads);

    CPLFree(line);
    return known;
}

/* ---------------------------------------------------------------- rows */

static zone_status blame(csv_run *run, const char *reason)
{
    return zone_plots_blame(run->ctx, &run->plots, run->plots.count - 1, run->lines.line, reason);
}

static zone_status blame_value(csv_run *run, const char *reason, const char *value)
{
    return blame(run, zone_say(run->ctx, "%s: \"%s\"", zone_tell(run->ctx, reason), value));
}

/* Is the column a field of the sites, not of their vertices? */
static bool is_field(const zone_csv_columns *columns, size_t column)
{
    return (int)column != columns->first && (int)column != columns->second && (int)column != columns->ring &&
           (int)column != columns->point;
}

static zone_status add_fields(csv_run *run, char *const *heads)
{
    zone_status status = ZONE_OK;

    for (size_t c = 0; c < run->columns.count && !status; c++)
        if (is_field(&run->columns, c))
            status = zone_plots_add_field(run->ctx, &run->plots, heads[c]);
    return status;
}

/* A row of another site than the one before begins a plot, which has the fields of that row. */
static zone_status begin_plot(csv_run *run, char *const *values)
{
    const char *site = run->columns.site >= 0 ? values[run->columns.site] : "";
    zone_status status = ZONE_OK;

    if (run->plots.count && strcmp(run->site, site) == 0)
        return ZONE_OK;
    status = zone_grow(run->ctx, (void **)&run->site, &run->site_capacity, strlen(site) + 1, 1);
    if (!status)
        status = zone_plots_add(run->ctx, &run->plots, run->lines.line);
    if (!status)
        memcpy(run->site, site, strlen(site) + 1);
    for (size_t c = 0; c < run->columns.count && !status; c++)
        if (is_field(&run->columns, c))
            status = zone_plots_add_text(run->ctx, &run->plots, values[c]);
    return status;
}

/* The number of a ring: of any text that holds one; rows without one are of the first. */
static int ring_of(const char *text)
{
    const char *digits = text + strcspn(text, "0123456789");
    size_t length = strspn(digits, "0123456789");

    return length > 0 && length < 10 ? atoi(digits) : *text ? -1 : 1;
}

static zone_status take_row(csv_run *run, char *line)
{
    char *values[ZONE_CSV_MOST];
    const zone_csv_columns *columns = &run->columns;
    size_t count = zone_csv_cut(line, columns->separator, values, ZONE_CSV_MOST), given = count;
    zone_corner corner = {.ring = 1, .line = run->lines.line};
    int decimals[2] = {0, 0};

    while (count < columns->count)
        values[count++] = line + strlen(line);
    zone_status status = begin_plot(run, values);
    if (status || run->plots.plot[run->plots.count - 1].fault)
        return status;
    if (given != columns->count)
        return blame(run, zone_say(run->ctx, "%zu values, where the head has %zu", given, columns->count));
    zone_lines_narrow(values[columns->first]);
    zone_lines_narrow(values[columns->second]);
    if (columns->ring >= 0 && (corner.ring = ring_of(values[columns->ring])) < 0)
        return blame_value(run, "not a number of a ring", values[columns->ring]);
    if (!zone_figure_read(values[columns->first], &corner.first, &decimals[0]))
        return blame_value(run, "not a coordinate", values[columns->first]);
    if (!zone_figure_read(values[columns->second], &corner.second, &decimals[1]))
        return blame_value(run, "not a coordinate", values[columns->second]);
    for (int i = 0; i < 2; i++)
        if (decimals[i] > run->plots.decimals)
            run->plots.decimals = decimals[i];
    return zone_plots_add_corner(run->ctx, &run->plots, &corner);
}

static zone_status read_rows(csv_run *run)
{
    char *heads[ZONE_CSV_MOST], *line = zone_lines_next(&run->lines);
    zone_status status = ZONE_OK;

    if (!line || !zone_csv_read_heads(line, &run->columns, heads))
        return zone_fail(run->ctx, ZONE_BAD_FILE, .file = run->path, .line = 1,
                         .expected = "heads of columns, two of them coordinates");
    status = add_fields(run, heads);
    while (!status && (line = zone_lines_next(&run->lines))) {
        if (*line)
            status = take_row(run, line);
        if (!status && run->lines.line % 65536 == 0)
            status = zone_progress(run->ctx, run->plots.count, 0);
    }
    return !status && zone_lines_failed(&run->lines) ? zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL) : status;
}

/* ---------------------------------------------------------------- the whole */

/* A site for each row, and no rings: points. */
static bool are_points(const csv_run *run)
{
    for (size_t i = 0; i < run->plots.count; i++)
        if (run->plots.plot[i].count > 1)
            return false;
    return run->columns.site >= 0 && run->columns.ring < 0 && run->columns.point < 0;
}

typedef struct {
    const char *site;
    size_t plot;
} named_plot;

static int by_site(const void *a, const void *b)
{
    const named_plot *first = a, *second = b;
    int order = strcmp(first->site, second->site);

    return order ? order : first->plot < second->plot ? -1 : first->plot > second->plot;
}

/* The number of the field of a column. */
static size_t field_of(const zone_csv_columns *columns, int column)
{
    size_t field = 0;

    for (size_t c = 0; (int)c < column; c++)
        field += is_field(columns, c);
    return field;
}

/* Rows of one site that stand apart may be two sites, or one whose rows were sorted by something else. */
static zone_status blame_scattered(csv_run *run)
{
    size_t count = run->plots.count, field = field_of(&run->columns, run->columns.site);
    named_plot *named = run->columns.site >= 0 ? zone_allocate(run->ctx, count + 1, sizeof *named) : NULL;
    zone_status status = named || run->columns.site < 0 ? ZONE_OK : ZONE_NO_MEMORY;

    for (size_t i = 0; i < count && named; i++) {
        const char *site = run->plots.text[run->plots.plot[i].first_text + field];
        named[i] = (named_plot){site ? site : "", i};
    }
    if (named)
        qsort(named, count, sizeof *named, by_site);
    for (size_t i = 1; i < count && named && !status; i++)
        if (strcmp(named[i].site, named[i - 1].site) == 0) {
            const char *reason = zone_say(run->ctx, "rows of the site \"%s\" stand apart", named[i].site);
            status = zone_plots_blame(run->ctx, &run->plots, named[i - 1].plot, run->plots.plot[named[i - 1].plot].line,
                                      reason);
            if (!status)
                status =
                    zone_plots_blame(run->ctx, &run->plots, named[i].plot, run->plots.plot[named[i].plot].line, reason);
        }
    free(named);
    return status;
}

static zone_status decide(csv_run *run, const zone_source_options *options, zone_axes *axes)
{
    zone_axes_evidence evidence = {.path = run->path,
                                   .named = run->columns.named,
                                   .binding = run->columns.binding,
                                   .family = ZONE_NO_FAMILY,
                                   .options = options};
    zone_status status = zone_plots_judge(run->ctx, &run->plots, options && options->crs, &evidence);

    if (!status && !evidence.line)
        return zone_axes_none(run->ctx, axes);
    return status ? status : zone_axes_decide(run->ctx, &evidence, axes);
}

zone_status zone_csv_open(zone_context *ctx, const char *path, const zone_source_options *options, GDALDatasetH *made,
                          zone_text_facts *facts)
{
    csv_run run = {.ctx = ctx, .path = path};
    zone_axes axes = {0};
    zone_status status = zone_lines_open(ctx, path, options ? options->encoding : NULL, &run.lines);

    *made = NULL;
    *facts = (zone_text_facts){.format = "CSV"};
    snprintf(facts->encoding, sizeof facts->encoding, "%s", run.lines.encoding.note);
    if (!status)
        status = read_rows(&run);
    if (!status && run.plots.count == 0)
        status = zone_fail(ctx, ZONE_EMPTY, .file = path, .found = "a file without rows", .expected = "a row a vertex");
    run.plots.points = !status && are_points(&run);
    run.plots.broken = options && options->misfits && run.columns.site >= 0;
    if (!status && !run.plots.points)
        status = blame_scattered(&run);
    if (!status)
        status = decide(&run, options, &axes);
    if (!status)
        status = zone_plot_layer_make(ctx, path, &run.plots, &axes, NULL, made, facts);
    if (status)
        zone_text_facts_free(facts);
    zone_axes_free(&axes);
    zone_plots_free(&run.plots);
    zone_lines_close(&run.lines);
    free(run.site);
    return status;
}
