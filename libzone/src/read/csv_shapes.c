/* Shapes of a CSV: a pass over its rows, as GDAL takes them apart: a row ends with a line in which no quote is open,
 * and lines without anything are none. */
#include "read/csv_shapes.h"

#include "read/csv_columns.h"
#include "read/wkt.h"

#include <cpl_vsi.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const char *path;
    zone_text_facts *facts;
    size_t capacity; /* of the reasons */
    char *row;
    size_t size, row_capacity;
    bool quoted;     /* a quote is open at the end of the row so far */
    bool stray;      /* one was opened within a value */
    int line, first; /* of the file; of the row */
    size_t rows;     /* with the heads */
    int column;      /* of the shapes; -1: there is none */
    char separator;
} shapes_run;

static zone_status keep(shapes_run *run, const char *fault)
{
    zone_text_facts *facts = run->facts;
    size_t number = run->rows - 1; /* the heads are no feature */
    zone_status status = zone_grow(run->ctx, (void **)&facts->reason, &run->capacity, number, sizeof *facts->reason);

    if (status)
        return status;
    facts->count = number;
    facts->reason[number - 1] = zone_copy_text(run->ctx, zone_say(run->ctx, "line %d: %s", run->first, fault));
    return facts->reason[number - 1] ? ZONE_OK : ZONE_NO_MEMORY;
}

static zone_status take_heads(shapes_run *run)
{
    char *begin = run->row + (strncmp(run->row, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);

    run->column = zone_csv_find_shapes(begin, &run->separator);
    return ZONE_OK;
}

static zone_status take_row(shapes_run *run)
{
    char *values[ZONE_CSV_MOST];
    const char *fault = NULL;

    run->rows++;
    if (run->rows == 1)
        return take_heads(run);
    size_t count = zone_csv_cut(run->row, run->separator, values, ZONE_CSV_MOST);
    if (count <= (size_t)run->column || !*values[run->column])
        fault = zone_tell(run->ctx, "no geometry");
    else if (zone_wkt_is_meant(values[run->column])) /* GDAL also takes hexadecimal WKB and GeoJSON */
        fault = zone_wkt_fault(run->ctx, values[run->column]);
    if (!fault && run->stray && run->line > run->first)
        fault = zone_tell(run->ctx, "a quote within a text");
    if (fault && run->line > run->first)
        fault = zone_say(run->ctx, "%s; by its quotes the row goes on to line %d", fault, run->line);
    return fault ? keep(run, fault) : ZONE_OK;
}

static zone_status add_bytes(shapes_run *run, const char *bytes, size_t count)
{
    zone_status status =
        zone_reserve(run->ctx, (void **)&run->row, &run->row_capacity, run->size + count + 2, sizeof *run->row);

    if (status)
        return status;
    if (memchr(bytes, '\0', count)) /* GDAL ends the line there, and may take the next rows into it */
        return zone_fail(run->ctx, ZONE_BAD_FILE, .file = run->path, .line = run->line + 1,
                         .found = "bytes that are no text", .expected = "a text file in UTF-8 or GBK",
                         .remedy = "copy the file again from where it came from");
    memcpy(run->row + run->size, bytes, count);
    for (size_t i = run->size; i < run->size + count; i++) {
        if (run->row[i] != '"')
            continue;
        run->stray = run->stray || (!run->quoted && i > 0 && run->row[i - 1] != run->separator &&
                                    run->row[i - 1] != '"' && run->row[i - 1] != ' ');
        run->quoted = !run->quoted;
    }
    run->size += count;
    run->row[run->size] = '\0';
    return ZONE_OK;
}

/* A line is complete; so is the row, unless a quote is open. */
static zone_status end_line(shapes_run *run)
{
    zone_status status = ZONE_OK;

    run->line++;
    if (run->quoted) {
        run->row[run->size++] = '\n';
        run->row[run->size] = '\0';
        return ZONE_OK;
    }
    if (run->size)
        status = take_row(run);
    run->size = 0;
    run->stray = false;
    run->first = run->line + 1;
    return status;
}

/* Cuts what was read into lines. `*returned`: the last byte was CR, which a LF may follow. */
static zone_status take_bytes(shapes_run *run, const char *bytes, size_t count, bool *returned)
{
    zone_status status = ZONE_OK;

    for (size_t at = 0; at < count && !status && run->column >= 0;) {
        if (*returned && bytes[at] == '\n') {
            *returned = false;
            at++;
            continue;
        }
        size_t end = at;
        while (end < count && bytes[end] != '\n' && bytes[end] != '\r')
            end++;
        status = add_bytes(run, bytes + at, end - at);
        *returned = end < count && bytes[end] == '\r';
        if (!status && end < count)
            status = end_line(run);
        at = end + 1;
    }
    return status;
}

zone_status zone_csv_shapes_judge(zone_context *ctx, const char *path, zone_text_facts *facts)
{
    shapes_run run = {.ctx = ctx, .path = path, .facts = facts, .first = 1};
    char buffer[65536];
    bool returned = false;
    size_t count = 0;
    zone_status status = ZONE_OK;
    VSILFILE *file = VSIFOpenL(path, "rb");

    facts->rejects = true;
    while (file && !status && run.column >= 0 && (count = VSIFReadL(buffer, 1, sizeof buffer, file)) > 0)
        status = zone_cancelled(ctx) ? zone_progress(ctx, 0, 0) : take_bytes(&run, buffer, count, &returned);
    if (!status && run.size && run.column >= 0) /* the last line has no end */
        status = take_row(&run);
    if (file)
        VSIFCloseL(file);
    free(run.row);
    return status;
}
