/* 国土TXT: a header, then plots: a title line that ends in @, and a line a point. */
#include "read/source_txt.h"

#include "read/lines.h"
#include "read/txt_header.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names of what a title line has, as survey software calls its columns; those behind are of titles of 13 values. Of the
 * claimed area, which has no place of its own, see zone_claim_fields. */
enum { NUMBER, NAME, AREA, CLAIM, KIND, SHEET, USE, CLASS, FIXED };
static const char *const fields[] = {"DKBH", "DKMC", "DKMJ", "SBMJ", "TXSX", "TFH", "DKYT",
                                     "DLBM", "TBLX", "DL",   "GZQ",  "GZH",  "BZ"};
#define MOST_VALUES 64

typedef enum { SECTION_NONE, SECTION_HEADER, SECTION_PLOTS, SECTION_OTHER } section;

typedef struct {
    zone_context *ctx;
    const char *path;
    zone_lines lines;
    section section;
    zone_txt_header header;
    zone_plots plots;
    size_t columns; /* of a point, in the plots so far; 0: none */
    int columns_line;
    size_t plot_columns; /* in this plot */
    bool lettered;       /* the first column of its points has letters */
} txt_run;

/* ---------------------------------------------------------------- recognising */

/* The marks of the format in UTF-8 and GBK. */
static const char *const marks[] = {"属性描述", "地块坐标", "\xCA\xF4\xD0\xD4\xC3\xE8\xCA\xF6",
                                    "\xB5\xD8\xBF\xE9\xD7\xF8\xB1\xEA"};

static bool has_mark(const char *text)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *found = strstr(text, marks[i]);
        if (found && found != text)
            return true;
    }
    return false;
}

/* A title: a figure, values, and @ at the end of the line. */
static bool has_title(const char *text)
{
    for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
        const char *begin = at;
        size_t values = 0;
        while (begin > text && begin[-1] != '\n' && begin[-1] != '\r')
            values += *--begin == ',';
        if (values >= 3 && (at[1] == '\r' || at[1] == '\n' || at[1] == '\0' || at[1] == ' '))
            return true;
    }
    return false;
}

bool zone_txt_recognise(const char *path)
{
    char head[8192];
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t count = file ? VSIFReadL(head, 1, sizeof head - 1, file) : 0;

    if (file)
        VSIFCloseL(file);
    head[count] = '\0';
    bool named = EQUAL(CPLGetExtension(path), "txt");
    if (named && count >= 2 && (!memcmp(head, "\xFF\xFE", 2) || !memcmp(head, "\xFE\xFF", 2)))
        return true; /* text in UTF-16, which is told when it is opened */
    const char *first = head + (strncmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    first += strspn(first, " \t\r\n");
    /* A bracket of any width, in UTF-8 or GBK; the mark stands right behind it. */
    bool begins = *first && strchr("[\xE3\xEF\xA1\xA3", *first) && first + 20 < head + sizeof head;
    if (begins && !named)
        head[first - head + 20] = '\0';
    return ((begins || named) && has_mark(first)) || (named && has_title(head));
}

/* ---------------------------------------------------------------- points */

static zone_status blame(txt_run *run, const char *reason)
{
    return zone_plots_blame(run->ctx, &run->plots, run->plots.count - 1, run->lines.line, reason);
}

static zone_status blame_value(txt_run *run, const char *reason, const char *value)
{
    return blame(run, zone_say(run->ctx, "%s: \"%s\"", zone_tell(run->ctx, reason), value));
}

/* "J12", "12": the number in the name of a point; names without one are -1. */
static int number_in(const char *text, bool *lettered)
{
    size_t letters = strcspn(text, "0123456789");
    size_t length = strspn(text + letters, "0123456789");

    *lettered = letters > 0 || text[letters + length] != '\0';
    return length > 0 && length < 10 ? atoi(text + letters) : -1;
}

/* name,ring,X,Y; ring,X,Y or name,X,Y; X,Y. */
static zone_status add_point(txt_run *run, char *const *values, size_t count)
{
    zone_corner corner = {.ring = 1, .line = run->lines.line};
    bool lettered = false;
    int decimals[2] = {0, 0};
    char *const *at = values + count - 2;

    if (run->plot_columns && count != run->plot_columns)
        return blame(run, zone_say(run->ctx, "%zu values, where the points before have %zu", count, run->plot_columns));
    run->plot_columns = count;
    if (count == 4 && *values[1] && ((corner.ring = number_in(values[1], &lettered)) < 0 || lettered))
        return blame_value(run, "not a number of a ring", values[1]);
    if (count == 3) {
        corner.ring = number_in(values[0], &lettered);
        run->lettered = run->lettered || lettered;
    }
    if (!zone_figure_read(at[0], &corner.first, &decimals[0]))
        return blame_value(run, "not a coordinate", at[0]);
    if (!zone_figure_read(at[1], &corner.second, &decimals[1]))
        return blame_value(run, "not a coordinate", at[1]);
    for (int i = 0; i < 2; i++)
        if (!run->plots.plot[run->plots.count - 1].fault && decimals[i] > run->plots.decimals)
            run->plots.decimals = decimals[i];
    return zone_plots_add_corner(run->ctx, &run->plots, &corner);
}

/* Are the first columns of points that have three the numbers of the points (1, 2, 3 …)? */
static bool counts_up(const zone_corner *corner, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (corner[i].ring != corner[i - 1].ring + 1 && !(i + 1 == count && corner[i].ring == corner[0].ring))
            return false;
    return true;
}

static bool are_rings(const zone_corner *corner, size_t count)
{
    size_t length = 1;

    for (size_t i = 1; i <= count; i++, length++) {
        if (i < count && corner[i].ring == corner[i - 1].ring)
            continue;
        if (length < 3 || (i < count && corner[i].ring != corner[i - 1].ring + 1))
            return false;
        length = 0;
    }
    return count > 0;
}

static zone_status read_first_column(txt_run *run, const zone_plot *plot)
{
    zone_corner *corner = run->plots.corner + plot->first;
    bool names = run->lettered || counts_up(corner, plot->count);

    if (!names && !are_rings(corner, plot->count))
        return zone_plots_blame(run->ctx, &run->plots, run->plots.count - 1, plot->line,
                                zone_tell(run->ctx, "first columns that are neither rings nor points in order"));
    for (size_t i = 0; i < plot->count && names; i++)
        corner[i].ring = 1;
    return ZONE_OK;
}

/* A sound plot whose points have another form than those before is of another dialect. */
static zone_status finish_plot(txt_run *run)
{
    zone_status status = ZONE_OK;
    zone_plot *plot = run->plots.count ? &run->plots.plot[run->plots.count - 1] : NULL;
    size_t columns = run->plot_columns;

    run->plot_columns = 0;
    if (!plot || plot->fault)
        return ZONE_OK;
    if (plot->count == 0)
        return zone_plots_blame(run->ctx, &run->plots, run->plots.count - 1, plot->line,
                                zone_tell(run->ctx, "no points"));
    if (columns == 3)
        status = read_first_column(run, plot);
    if (!status && run->columns && columns != run->columns)
        return zone_fail(run->ctx, ZONE_BAD_FILE, .what = "points of several forms in one file", .file = run->path,
                         .line = run->plots.corner[plot->first].line,
                         .found = zone_say(run->ctx, "points of %zu values", columns),
                         .expected = zone_say(run->ctx, "%zu values, as in line %d", run->columns, run->columns_line),
                         .remedy = "split the file by the form of its points");
    if (!run->columns)
        run->columns_line = run->plots.corner[plot->first].line;
    run->columns = columns;
    return status;
}

/* ---------------------------------------------------------------- titles */

static bool is_kind(const char *text)
{
    static const char *const kinds[] = {"面", "面状", "点", "线", "polygon"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (EQUAL(text, kinds[i]))
            return true;
    return false;
}

/* A name may hold commas: then the kind of geometry stands farther back. Joins what belongs to the name. */
static size_t join_name(char **values, size_t count)
{
    size_t kind = 4;

    if (count <= kind || !*values[kind])
        return count;
    while (kind < count && !is_kind(values[kind]))
        kind++;
    if (kind == 4 || kind >= count)
        return count;
    for (size_t i = 4; i < kind; i++) {
        char *end = values[3] + strlen(values[3]);
        *end = ',';
        memmove(end + 1, values[i], strlen(values[i]) + 1);
    }
    memmove(values + 4, values + kind, (count - kind) * sizeof *values);
    return count - (kind - 4);
}

static zone_status add_extra_fields(txt_run *run, size_t needed)
{
    char name[32];
    zone_status status = ZONE_OK;

    while (run->plots.field_count < needed && !status) {
        size_t next = run->plots.field_count;
        snprintf(name, sizeof name, "SX%zu", next);
        status =
            zone_plots_add_field(run->ctx, &run->plots, next < sizeof fields / sizeof *fields ? fields[next] : name);
    }
    return status;
}

/* points,area,number,name,kind,sheet,use,class, and what else there is. */
static zone_status add_values(txt_run *run, char **values, size_t count)
{
    static const int places[] = {-1, AREA, NUMBER, NAME, KIND, SHEET, USE, CLASS};
    const char *texts[MOST_VALUES] = {NULL};
    zone_status status = add_extra_fields(run, count > FIXED ? count : FIXED);

    for (size_t i = 1; i < count; i++)
        texts[i < FIXED ? (size_t)places[i] : i] = values[i];
    for (size_t i = 0; i < (count > FIXED ? count : FIXED) && !status; i++)
        status = zone_plots_add_text(run->ctx, &run->plots, texts[i]);
    return status;
}

static zone_status judge_title(txt_run *run, char **values, size_t count, bool marked)
{
    zone_plot *plot = &run->plots.plot[run->plots.count - 1];
    bool lettered = false;

    plot->declared = *values[0] ? number_in(values[0], &lettered) : -1;
    if (!marked)
        return blame(run, zone_tell(run->ctx, "a title line without @ at its end"));
    if (count < 5)
        return blame(
            run,
            zone_say(run->ctx, "a title line of %zu values: points, area, number, name, kind … are expected", count));
    if (*values[0] && (plot->declared < 0 || lettered))
        return blame_value(run, "not a count of points", values[0]);
    if (*values[4] && !is_kind(values[4]))
        return blame_value(run, "not a kind of geometry", values[4]);
    if (strcmp(values[4], "点") == 0 || strcmp(values[4], "线") == 0)
        return blame_value(run, "not an area", values[4]);
    return ZONE_OK;
}

static zone_status add_title(txt_run *run, char **values, size_t count, bool marked)
{
    zone_status status = finish_plot(run);

    run->lettered = false;
    if (!status)
        status = zone_plots_add(run->ctx, &run->plots, run->lines.line);
    count = join_name(values, count);
    if (!status)
        status = add_values(run, values, count);
    return status ? status : judge_title(run, values, count, marked);
}

/* ---------------------------------------------------------------- lines */

/* Values between commas, plain or, where there are no plain ones, full-width. Returns their number. */
static size_t take_apart(char *text, char **values)
{
    size_t count = 0;

    if (!strchr(text, ','))
        zone_lines_narrow(text);
    for (char *rest = text; rest && count < MOST_VALUES;)
        values[count++] = zone_lines_cut(&rest, ',');
    return count;
}

/* Behind four values a point has none; a title has texts where a point has its second coordinate. */
static bool is_title(char *const *values, size_t count)
{
    zone_figure figure;
    bool lettered = false;
    int decimals;

    if (number_in(values[0], &lettered) >= 0 && lettered) /* J12: the name of a point */
        return false;
    return count >= 5 && (is_kind(values[4]) || !zone_figure_read(values[3], &figure, &decimals));
}

/* Takes the @ off the end of a title; false when there is none. */
static bool take_mark(char *text)
{
    static const char wide[] = "＠";
    size_t length = strlen(text), size = length && text[length - 1] == '@' ? 1 : 0;

    if (!size && length >= strlen(wide) && strcmp(text + length - strlen(wide), wide) == 0)
        size = strlen(wide);
    text[length - size] = '\0';
    return size > 0;
}

static zone_status take_plot_line(txt_run *run, char *text)
{
    char *values[MOST_VALUES];
    bool marked = take_mark(text);
    size_t count = take_apart(text, values);
    zone_status status = ZONE_OK;

    if (marked) { /* the comma before @ ends the last value */
        count -= count > 1 && !*values[count - 1];
        return add_title(run, values, count, true);
    }
    if (is_title(values, count))
        return add_title(run, values, count, false);
    while (count > 1 && !*values[count - 1])
        count--;
    if (run->plots.count == 0) {
        status = zone_plots_add(run->ctx, &run->plots, run->lines.line);
        if (!status)
            status = add_values(run, values, 0);
        if (!status)
            status = blame(run, zone_tell(run->ctx, "points without a title line"));
    }
    if (!status && !run->plots.plot[run->plots.count - 1].fault && (count < 2 || count > 4))
        return blame(run, zone_say(run->ctx, "%zu values, which are neither a title line nor a point", count));
    for (size_t i = 0; i < count; i++)
        zone_lines_narrow(values[i]);
    if (status || run->plots.plot[run->plots.count - 1].fault)
        return status;
    return add_point(run, values, count);
}

static zone_status refuse_line(txt_run *run, const char *what, const char *text)
{
    char shown[200];

    return zone_fail(run->ctx, ZONE_BAD_FILE, .what = what, .file = run->path, .line = run->lines.line,
                     .found = zone_say(run->ctx, "%s", CPLStrlcpy(shown, text, sizeof shown) ? shown : ""),
                     .expected = "a header [属性描述], then plots [地块坐标]", .remedy = "one header, then all plots");
}

/* "[属性描述]", the brackets of either width. */
static zone_status begin_section(txt_run *run, const char *text)
{
    bool header = strstr(text, "属性描述") != NULL, plots = strstr(text, "地块坐标") != NULL;

    if ((header && run->plots.count) || (plots && run->section == SECTION_PLOTS))
        return refuse_line(run, "a second file in the file", text);
    run->section = header ? SECTION_HEADER : plots ? SECTION_PLOTS : SECTION_OTHER;
    return ZONE_OK;
}

static bool is_section(const char *text)
{
    return *text == '[' || strncmp(text, "【", 3) == 0 || strncmp(text, "［", 3) == 0;
}

static bool ends_in_mark(const char *text)
{
    size_t length = strlen(text);

    return text[length - 1] == '@' || (length >= 3 && strcmp(text + length - 3, "＠") == 0);
}

static zone_status take_line(txt_run *run, char *text)
{
    if (!*text)
        return ZONE_OK;
    if (is_section(text))
        return begin_section(run, text);
    if (run->section == SECTION_NONE)
        run->section = ends_in_mark(text) ? SECTION_PLOTS : SECTION_HEADER;
    if (run->section == SECTION_HEADER && ends_in_mark(text)) /* the line [地块坐标] is missing */
        run->section = SECTION_PLOTS;
    if (run->section == SECTION_HEADER)
        return zone_txt_header_take(run->ctx, run->path, run->lines.line, text, &run->header);
    return run->section == SECTION_PLOTS ? take_plot_line(run, text) : ZONE_OK;
}

static zone_status read_lines(txt_run *run)
{
    zone_status status = ZONE_OK;
    char *text;

    while (!status && (text = zone_lines_next(&run->lines))) {
        status = take_line(run, text);
        if (!status && run->lines.line % 65536 == 0)
            status = zone_progress(run->ctx, run->plots.count, 0);
    }
    if (!status && zone_lines_failed(&run->lines))
        status = zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    if (!status)
        status = finish_plot(run);
    if (!status && run->plots.count == 0)
        status = zone_fail(run->ctx, ZONE_BAD_FILE, .what = "no plot", .file = run->path, .line = run->lines.line,
                           .expected = "a title line a plot that ends in @, then its points",
                           .remedy = "copy the file again from where it came from");
    return status;
}

/* ---------------------------------------------------------------- the whole */

static zone_status decide(txt_run *run, const zone_source_options *options, zone_axes *axes)
{
    zone_axes_evidence evidence = {.path = run->path,
                                   .named = ZONE_AXES_NORTHING,
                                   .family = run->header.family,
                                   .width = run->header.width,
                                   .zone = run->header.zone,
                                   .zone_line = run->header.zone_line,
                                   .options = options};
    bool asked = options && options->crs;
    zone_status status = zone_plots_judge(run->ctx, &run->plots, asked, &evidence);

    if (!status && run->header.foreign && !asked)
        return zone_fail(run->ctx, ZONE_BAD_CRS, .what = "a reference system of its own", .file = run->path,
                         .line = run->header.foreign_line, .found = zone_say(run->ctx, "%s", run->header.foreign_text),
                         .expected = "CGCS2000, Xian 1980 or Beijing 1954 in Gauss-Kruger zones, in metres",
                         .remedy = "--crs with the system in which the data were drawn");
    if (!status && run->header.shifted)
        zone_log(run->ctx, "%s: the header has parameters of a datum shift; they are not applied", run->path);
    if (!status && !evidence.line)
        return zone_axes_none(run->ctx, axes);
    return status ? status : zone_axes_decide(run->ctx, &evidence, axes);
}

/* Does some plot say its number or name? Then it is better known by that than by its file. */
static bool is_named(const zone_plots *plots)
{
    for (size_t i = 0; i < plots->count; i++) {
        const char *const *text = plots->text + plots->plot[i].first_text;
        if (plots->plot[i].text_count > NAME && (text[NUMBER] || text[NAME]))
            return true;
    }
    return false;
}

zone_status zone_txt_open(zone_context *ctx, const char *path, const zone_source_options *options, GDALDatasetH *made,
                          zone_text_facts *facts)
{
    static const zone_claim_fields claim = {.written = AREA, .claimed = CLAIM};
    txt_run run = {.ctx = ctx, .path = path, .header = {.family = ZONE_NO_FAMILY}};
    zone_axes axes = {0};
    zone_status status = zone_lines_open(ctx, path, options ? options->encoding : NULL, &run.lines);

    *made = NULL;
    *facts = (zone_text_facts){.format = "TXT"};
    snprintf(facts->encoding, sizeof facts->encoding, "%s", run.lines.encoding.note);
    if (!status)
        status = add_extra_fields(&run, FIXED);
    if (!status)
        status = read_lines(&run);
    run.plots.broken = options && options->misfits && is_named(&run.plots);
    if (!status)
        status = decide(&run, options, &axes);
    if (!status)
        status = zone_plot_layer_make(ctx, path, &run.plots, &axes, &claim, made, facts);
    if (status)
        zone_text_facts_free(facts);
    zone_axes_free(&axes);
    zone_plots_free(&run.plots);
    zone_lines_close(&run.lines);
    return status;
}
