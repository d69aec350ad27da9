/* JUnit XML, as pipelines read it: a suite the table, a case a row, failed where its verdict says so. */
#include "write/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A case is named by the first texts of its row. */
enum { NAMED_BY = 2 };

typedef struct {
    zone_writer *writer;
    const zone_table *table, *findings;
    zone_cells cells, found;
    size_t verdict; /* its column */
    size_t name[NAMED_BY], named;
    size_t *twin; /* of a row: its number among those of one name, from 1 */
} report;

/* ---------------------------------------------------------------- verdicts and names */

static bool fails(const char *verdict)
{
    return strcmp(verdict, "unmet") == 0 || strcmp(verdict, "reject") == 0;
}

static bool passes(const char *verdict)
{
    return strcmp(verdict, "met") == 0 || strcmp(verdict, "pass") == 0;
}

static bool find_columns(report *r)
{
    int verdict = zone_table_column_find(r->table, "verdict");

    if (verdict < 0 || !zone_table_column(r->table, (size_t)verdict)->verdict)
        return false;
    r->verdict = (size_t)verdict;
    for (size_t c = 0; c < zone_table_column_count(r->table) && r->named < NAMED_BY; c++)
        if (c != r->verdict && zone_table_column_type(r->table, c) == ZONE_COLUMN_TEXT)
            r->name[r->named++] = c;
    return true;
}

typedef struct {
    const char *text[NAMED_BY];
    size_t row;
} named_row;

static int by_name(const void *a, const void *b)
{
    const named_row *left = a, *right = b;
    int order = 0;

    for (int i = 0; i < NAMED_BY && order == 0; i++)
        order = strcmp(left->text[i], right->text[i]);
    return order ? order : left->row < right->row ? -1 : left->row > right->row;
}

/* Of cases of one name pipelines keep one: the others are numbered. */
static bool number_twins(report *r)
{
    size_t rows = r->cells.rows;
    named_row *sorted = zone_allocate(r->writer->ctx, rows + 1, sizeof *sorted);

    r->twin = zone_allocate(r->writer->ctx, rows + 1, sizeof *r->twin);
    for (size_t row = 0; sorted && r->twin && row < rows; row++) {
        sorted[row].row = row;
        for (size_t i = 0; i < NAMED_BY; i++)
            sorted[row].text[i] = i < r->named ? zone_cells_at(&r->cells, row, r->name[i]) : "";
    }
    if (sorted && r->twin && rows)
        qsort(sorted, rows, sizeof *sorted, by_name);
    for (size_t i = 0; sorted && r->twin && i < rows; i++) {
        bool same = i > 0 && strcmp(sorted[i].text[0], sorted[i - 1].text[0]) == 0 &&
                    strcmp(sorted[i].text[1], sorted[i - 1].text[1]) == 0;
        r->twin[sorted[i].row] = same ? r->twin[sorted[i - 1].row] + 1 : 1;
    }
    free(sorted);
    return sorted && r->twin;
}

/* ---------------------------------------------------------------- texts */

static void put(const report *r, const char *markup)
{
    zone_writer_put(r->writer, markup);
}

static void put_text(const report *r, const char *text)
{
    zone_writer_put_xml(r->writer, text, strlen(text));
}

static void put_words(const report *r, const char *english)
{
    put_text(r, zone_shown_key(r->writer, english));
}

static void put_count(const report *r, const char *before, size_t count)
{
    char text[64];

    snprintf(text, sizeof text, "%s\"%zu\"", before, count);
    put(r, text);
}

/* "heading: value", parted by `between` from what stands before. False: the cell is empty. */
static bool put_cell(const report *r, const zone_table *table, const zone_cells *cells, size_t row, size_t column,
                     const char *between)
{
    char heading[ZONE_SHOWN];
    const char *value = zone_cells_at(cells, row, column);

    if (!*value || zone_table_column_type(table, column) == ZONE_COLUMN_GEOMETRY)
        return false;
    put(r, between);
    put_text(r, zone_shown_heading(r->writer, table, cells, column, heading));
    put_words(r, ": ");
    put_text(r, zone_shown_word(r->writer, table, column, value));
    return true;
}

/* The findings from `from` to `to`, a line each, without their key. */
static void put_findings(const report *r, size_t from, size_t to)
{
    for (size_t f = from; f < to; f++) {
        const char *between = "- ";
        for (size_t c = 1; c < r->found.columns; c++)
            if (put_cell(r, r->findings, &r->found, f, c, between))
                between = "; ";
        put(r, "\n");
    }
}

static bool is_named_by(const report *r, size_t column)
{
    for (size_t i = 0; i < r->named; i++)
        if (r->name[i] == column)
            return true;
    return column == r->verdict;
}

/* What the row says beside its name and verdict: its texts in one line, or all its cells in lines. */
static void put_row(const report *r, size_t row, bool line)
{
    const char *between = line ? ": " : "\n";

    for (size_t c = 0; c < r->cells.columns; c++) {
        bool text = zone_table_column_type(r->table, c) == ZONE_COLUMN_TEXT;
        if (!is_named_by(r, c) && (text || !line) && put_cell(r, r->table, &r->cells, row, c, between))
            between = line ? "; " : "\n";
    }
}

/* ---------------------------------------------------------------- the report */

static void put_name(const report *r, size_t row)
{
    char number[32];
    const char *between = "";

    for (size_t i = 0; i < r->named; i++) {
        const char *value = zone_cells_at(&r->cells, row, r->name[i]);
        put(r, *value ? between : "");
        put_text(r, zone_shown_word(r->writer, r->table, r->name[i], value));
        between = " ";
    }
    snprintf(number, sizeof number, " (%zu)", r->twin[row]);
    put(r, r->twin[row] > 1 ? number : "");
}

static void put_body(const report *r, size_t row, size_t from, size_t to)
{
    put_row(r, row, false);
    put(r, "\n");
    put_findings(r, from, to);
}

static void put_case(const report *r, size_t row, size_t from, size_t to)
{
    const char *verdict = zone_cells_at(&r->cells, row, r->verdict);

    put(r, "  <testcase classname=\"");
    put_text(r, zone_table_question(r->table));
    put(r, "\" name=\"");
    put_name(r, row);
    if (passes(verdict) || !*verdict) {
        put(r, "\"/>\n");
        return;
    }
    put(r, fails(verdict) ? "\">\n    <failure type=\"" : "\">\n    <system-out>");
    if (fails(verdict)) {
        put_text(r, verdict);
        put(r, "\" message=\"");
        put_words(r, verdict);
        put_row(r, row, true);
        put(r, "\">");
    }
    put_body(r, row, from, to);
    put(r, fails(verdict) ? "</failure>\n  </testcase>\n" : "</system-out>\n  </testcase>\n");
}

static void put_properties(const report *r)
{
    const zone_table *section = zone_table_section(r->table, ZONE_SECTION_PROVENANCE);

    if (zone_table_row_count(section) == 0)
        return;
    put(r, "  <properties>\n");
    for (size_t row = 0; row < zone_table_row_count(section); row++) {
        put(r, "    <property name=\"");
        put_words(r, zone_table_text(section, row, 0));
        put(r, "\" value=\"");
        put_text(r, zone_table_text(section, row, 1));
        put(r, "\"/>\n");
    }
    put(r, "  </properties>\n");
}

static void put_counts(const report *r)
{
    size_t failures = 0;

    for (size_t row = 0; row < r->cells.rows; row++)
        failures += fails(zone_cells_at(&r->cells, row, r->verdict));
    put_count(r, " tests=", r->cells.rows);
    put_count(r, " failures=", failures);
    put(r, " errors=\"0\" skipped=\"0\">\n");
}

static void put_report(const report *r)
{
    size_t next = 0;

    put(r, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"");
    put_words(r, zone_table_title(r->table));
    put(r, "\"");
    put_counts(r);
    put_properties(r);
    for (size_t row = 0; row < r->cells.rows; row++) {
        size_t end = zone_cells_findings(&r->cells, row, &r->found, next);
        put_case(r, row, next, end);
        next = end;
    }
    if (next < r->found.rows) {
        put(r, "  <system-out>");
        put_words(r, "findings that belong to no row");
        put(r, "\n");
        put_findings(r, next, r->found.rows);
        put(r, "</system-out>\n");
    }
    put(r, "</testsuite>\n</testsuites>\n");
}

void zone_write_junit(zone_writer *writer, const zone_table *table)
{
    report r = {.writer = writer, .table = table, .findings = zone_table_section(table, ZONE_SECTION_FINDINGS)};

    if (!find_columns(&r)) {
        zone_fail(writer->ctx, ZONE_BAD_USAGE, .what = "the table has no verdicts",
                  .expected = "the answer of a check, as of zone check", .remedy = "--format json");
        writer->failed = true;
        return;
    }
    if (zone_cells_make(writer, table, &r.cells) || (r.findings && zone_cells_make(writer, r.findings, &r.found)) ||
        !number_twins(&r))
        writer->failed = true;
    else
        put_report(&r);
    zone_cells_free(&r.cells);
    zone_cells_free(&r.found);
    free(r.twin);
}
