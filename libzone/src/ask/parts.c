/* Parts: judging, comparing and adding up. */
#include "ask/parts.h"

#include "ask/parts_change.h"

#include <stdlib.h>
#include <string.h>

/* Ten earths; and what sums may come to. */
static const zone_exact most_of_a_cell = (zone_exact)10000000000000000 * ZONE_EXACT_M2 / 2;
static const zone_exact most_of_a_sum = (zone_exact)80000000000000000 * ZONE_EXACT_M2;

static const char *text_of(const zone_table *table, size_t row, size_t column)
{
    const char *text = zone_table_text(table, row, column);

    return text ? text : "";
}

static bool is(const zone_table *table, size_t row, size_t column, const char *text)
{
    return strcmp(text_of(table, row, column), text) == 0;
}

static uint64_t count_of(const zone_table *table, size_t row, size_t column)
{
    return (uint64_t)zone_table_integer(table, row, column);
}

/* ---------------------------------------------------------------- sums */

static bool add_area(zone_exact *sum, zone_exact area)
{
    return zone_exact_add(*sum, area, sum) && *sum <= most_of_a_sum && *sum >= -most_of_a_sum;
}

zone_status zone_part_add(zone_context *ctx, zone_exact *sum, zone_exact area)
{
    if (add_area(sum, area))
        return ZONE_OK;
    return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "sums of less than 8e16 m²");
}

zone_status zone_part_count(zone_context *ctx, uint64_t *sum, int64_t count)
{
    if (*sum <= (uint64_t)INT64_MAX - (uint64_t)count) {
        *sum += (uint64_t)count;
        return ZONE_OK;
    }
    return zone_fail(ctx, ZONE_TOO_LARGE, .expected = "fewer features");
}

/* ---------------------------------------------------------------- one part */

bool zone_part_changes(const zone_partial *partial)
{
    const char *question = zone_partial_request(partial, "question");

    return question && strcmp(question, "change") == 0;
}

size_t zone_part_wholes(const zone_partial *partial)
{
    return (size_t)(partial->zone_columns > 0) + zone_part_changes(partial);
}

const zone_edition *zone_part_edition(const zone_partial *partial, size_t row)
{
    const char *name = zone_table_text(partial->table[ZONE_PARTIAL_COLUMNS], row, ZONE_COLUMNS_EDITION);

    return name ? zone_edition_find(name) : NULL;
}

static bool cells_fit(const zone_partial *partial)
{
    for (int t = 0; t < ZONE_PARTIAL_TABLES; t++) {
        const zone_table *table = partial->table[t];
        for (size_t c = 0; c < zone_table_column_count(table); c++)
            for (size_t r = 0; r < zone_table_row_count(table); r++) {
                zone_exact area = zone_table_area(table, r, c);
                if (area > most_of_a_cell || area < -most_of_a_cell)
                    return false;
            }
    }
    return true;
}

static bool columns_make_sense(zone_context *ctx, const zone_partial *partial)
{
    const zone_table *columns = partial->table[ZONE_PARTIAL_COLUMNS];
    size_t first_method = partial->zone_columns + partial->keys;
    zone_method method;

    if (partial->keys > ZONE_KEYS_MOST || partial->methods > ZONE_GROUP_SUMS ||
        !zone_table_integer(columns, first_method, ZONE_COLUMNS_MEANS))
        return false;
    for (size_t r = 0; r < zone_table_row_count(columns); r++) {
        bool edition = !zone_table_is_null(columns, r, ZONE_COLUMNS_EDITION);
        if (edition && (r >= first_method || !zone_part_edition(partial, r)))
            return false;
        if (r >= first_method && zone_method_parse(ctx, text_of(columns, r, ZONE_COLUMNS_NAME), &method))
            return false;
    }
    return true;
}

static bool is_filled(const zone_partial *partial)
{
    const zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS];
    bool filled = false;

    for (size_t r = zone_part_wholes(partial); r < zone_table_row_count(inputs); r++)
        filled = filled || count_of(inputs, r, ZONE_INPUTS_FEATURES) > 0;
    return filled;
}

static bool question_makes_sense(const zone_partial *partial)
{
    const char *question = zone_partial_request(partial, "question");
    bool zoned = partial->zone_columns > 0;
    size_t zones = zone_table_row_count(partial->table[ZONE_PARTIAL_ZONES]);

    if (zone_part_changes(partial))
        return (zones > 0) == zoned && partial->keys >= 3 && partial->keys % 2 == 1;
    return question && strcmp(question, zoned ? "tabulate" : "area") == 0 && (zones > 0) == zoned &&
           (zoned || partial->keys > 0 || !is_filled(partial));
}

/* The zones first if there are some, then the old date if there is one, then data. */
static const char *role_of(const zone_partial *partial, size_t row)
{
    if (row >= zone_part_wholes(partial))
        return "data";
    return row < (partial->zone_columns > 0) ? "zones" : "old";
}

static bool inputs_make_sense(const zone_partial *partial)
{
    const zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS];
    size_t zoned = partial->zone_columns > 0, rows = zone_table_row_count(inputs);

    for (size_t r = 0; r < rows; r++) {
        uint64_t features = count_of(inputs, r, ZONE_INPUTS_FEATURES), used = count_of(inputs, r, ZONE_INPUTS_USED),
                 repaired = count_of(inputs, r, ZONE_INPUTS_REPAIRED),
                 rejected = count_of(inputs, r, ZONE_INPUTS_REJECTED);
        if (!is(inputs, r, ZONE_INPUTS_ROLE, role_of(partial, r)) || features > INT64_MAX / 4 || used > features ||
            repaired > features || used + repaired + rejected != features ||
            count_of(inputs, r, ZONE_INPUTS_OUTSIDE) > used + repaired || count_of(inputs, r, ZONE_INPUTS_LOOKED) > 1)
            return false;
        for (size_t c = ZONE_INPUTS_WHOLE; c <= ZONE_INPUTS_REPEAT && r < zoned; c++)
            if (zone_table_area(inputs, r, c) != 0)
                return false;
    }
    return rows > zone_part_wholes(partial);
}

static bool groups_make_sense(const zone_partial *partial)
{
    const zone_table *groups = partial->table[ZONE_PARTIAL_GROUPS], *unknown = partial->table[ZONE_PARTIAL_UNKNOWN];
    const zone_table *columns = partial->table[ZONE_PARTIAL_COLUMNS];
    size_t zones = partial->zone_columns ? zone_table_row_count(partial->table[ZONE_PARTIAL_ZONES]) : 1;

    for (size_t r = 0; r < zone_table_row_count(groups); r++) {
        if (count_of(groups, r, ZONE_GROUPS_ORDER) >= zones || count_of(groups, r, ZONE_GROUPS_CUT) > 1)
            return false;
        for (size_t m = 0; m < partial->methods; m++)
            if (zone_table_is_null(groups, r, ZONE_GROUPS_AREAS + m) ==
                (zone_table_integer(columns, partial->zone_columns + partial->keys + m, ZONE_COLUMNS_MEANS) != 0))
                return false;
    }
    for (size_t r = 0; r < zone_table_row_count(unknown); r++)
        if (count_of(unknown, r, ZONE_UNKNOWN_KEY) >= partial->keys)
            return false;
    return true;
}

static bool total(const zone_table *table, size_t column, zone_exact *sum)
{
    *sum = 0;
    for (size_t r = 0; r < zone_table_row_count(table); r++)
        if (!add_area(sum, zone_table_area(table, r, column)))
            return false;
    return true;
}

/* What is in the groups is what is in the zones, or without zones all of the data. */
static bool sums_agree(const zone_partial *partial)
{
    const zone_table *zones = partial->table[ZONE_PARTIAL_ZONES], *inputs = partial->table[ZONE_PARTIAL_INPUTS];
    zone_exact in_groups = 0, known = 0;

    if (zone_part_changes(partial))
        return zone_parts_change_agrees(partial);
    bool good = total(partial->table[ZONE_PARTIAL_GROUPS], ZONE_GROUPS_AREAS, &in_groups);
    if (partial->zone_columns)
        good = good && total(zones, ZONE_ZONES_SUM, &known);
    else
        good = good && total(inputs, ZONE_INPUTS_WHOLE, &known);
    return good && in_groups == known;
}

zone_status zone_part_check(zone_context *ctx, zone_part *part)
{
    const zone_partial *partial = part->partial;

    part->filled = is_filled(partial);

    if (cells_fit(partial) && columns_make_sense(ctx, partial) && question_makes_sense(partial) &&
        inputs_make_sense(partial) && groups_make_sense(partial) && sums_agree(partial))
        return ZONE_OK;
    return zone_fail(ctx, ZONE_BAD_FILE, .what = "not a partial table as it was written", .file = part->path,
                     .found = "cells that contradict each other", .expected = "a whole file that --partial wrote",
                     .remedy = "write the partial again, or copy it again");
}

/* ---------------------------------------------------------------- many parts */

static int by_input(const void *left, const void *right)
{
    const zone_part *a = left, *b = right;
    const zone_table *one = a->partial->table[ZONE_PARTIAL_INPUTS], *other = b->partial->table[ZONE_PARTIAL_INPUTS];
    size_t r = zone_part_wholes(a->partial), s = zone_part_wholes(b->partial);
    int order = strcmp(text_of(one, r, ZONE_INPUTS_LABEL), text_of(other, s, ZONE_INPUTS_LABEL));

    return order ? order : strcmp(text_of(one, r, ZONE_INPUTS_HASH), text_of(other, s, ZONE_INPUTS_HASH));
}

zone_status zone_part_differs(zone_context *ctx, const zone_part *part, const zone_part *first, const char *item,
                              const char *found, const char *expected)
{
    return zone_fail(ctx, ZONE_BAD_USAGE, .what = "partial tables that do not belong together", .file = part->path,
                     .found = zone_say(ctx, "%s%s%s", zone_tell(ctx, item), zone_tell(ctx, ": "), found),
                     .expected = zone_say(ctx, "%s, as in %s", expected, first->path),
                     .remedy = "make all partials with the same command, options and zones");
}

static bool same_cell(const zone_table *one, size_t row, const zone_table *other, size_t there, size_t column)
{
    return is(other, there, column, text_of(one, row, column)) &&
           zone_table_is_null(one, row, column) == zone_table_is_null(other, there, column) &&
           zone_table_integer(one, row, column) == zone_table_integer(other, there, column) &&
           zone_table_area(one, row, column) == zone_table_area(other, there, column);
}

bool zone_part_same_cells(const zone_table *one, size_t row, const zone_table *other, size_t there)
{
    bool same = true;

    for (size_t c = 0; c < zone_table_column_count(one) && same; c++)
        same = same_cell(one, row, other, there, c);
    return same;
}

static zone_status compare_requests(zone_context *ctx, const zone_part *part, const zone_part *first)
{
    const zone_table *here = part->partial->table[ZONE_PARTIAL_REQUEST];
    const zone_table *there = first->partial->table[ZONE_PARTIAL_REQUEST];
    size_t rows = zone_table_row_count(here), known = zone_table_row_count(there);

    for (size_t r = 0; r < rows || r < known; r++)
        if (!zone_part_same_cells(here, r, there, r))
            return zone_part_differs(ctx, part, first, text_of(r < rows ? here : there, r, ZONE_REQUEST_ITEM),
                                     text_of(here, r, ZONE_REQUEST_VALUE), text_of(there, r, ZONE_REQUEST_VALUE));
    return ZONE_OK;
}

static const char *say_column(zone_context *ctx, const zone_table *columns, size_t row)
{
    return zone_say(ctx, "%s %s", text_of(columns, row, ZONE_COLUMNS_NAME),
                    text_of(columns, row, ZONE_COLUMNS_EDITION));
}

/* Keys that an empty part may not know are left out. */
static zone_status compare_columns(zone_context *ctx, const zone_part *part, const zone_part *first)
{
    const zone_partial *one = part->partial, *other = first->partial;
    const zone_table *here = one->table[ZONE_PARTIAL_COLUMNS], *there = other->table[ZONE_PARTIAL_COLUMNS];
    size_t keys = part->filled ? one->keys : 0, known = part->filled ? other->keys : 0;
    size_t most = one->zone_columns + keys + one->methods, row = 0, same = 0;

    for (; row < most; row++) {
        bool method = row >= one->zone_columns + keys;
        size_t r = method && !part->filled ? row + one->keys : row;
        same = method && !part->filled ? row + other->keys : row;
        if (!zone_part_same_cells(here, r, there, same))
            return zone_part_differs(ctx, part, first, "columns of the table", say_column(ctx, here, r),
                                     say_column(ctx, there, same));
    }
    if (most == other->zone_columns + known + other->methods)
        return ZONE_OK;
    return zone_part_differs(ctx, part, first, "columns of the table", zone_say(ctx, "%zu", most),
                             zone_say(ctx, "%zu", other->zone_columns + known + other->methods));
}

/* Sums differ, everything else of a zone does not. */
static bool is_sum(size_t column)
{
    return column == ZONE_ZONES_SUM || column == ZONE_ZONES_REPEAT || column == ZONE_ZONES_DRAWN_LEFT ||
           column == ZONE_ZONES_DRAWN_REPEAT;
}

static zone_status compare_zones(zone_context *ctx, const zone_part *part, const zone_part *first)
{
    const zone_table *here = part->partial->table[ZONE_PARTIAL_ZONES];
    const zone_table *there = first->partial->table[ZONE_PARTIAL_ZONES];
    size_t rows = zone_table_row_count(here), known = zone_table_row_count(there);

    for (size_t r = 0; r < rows || r < known; r++)
        for (size_t c = 0; c < zone_table_column_count(here); c++)
            if (!is_sum(c) && !same_cell(here, r, there, r, c))
                return zone_part_differs(ctx, part, first, "zone", text_of(here, r, ZONE_ZONES_LABEL),
                                         text_of(there, r, ZONE_ZONES_LABEL));
    return ZONE_OK;
}

/* Where a row of inputs is. */
typedef struct {
    const zone_part *part;
    const zone_table *table;
    size_t row;
} part_input;

static int by_label(const void *left, const void *right)
{
    const part_input *a = left, *b = right;
    int order = strcmp(text_of(a->table, a->row, ZONE_INPUTS_LABEL), text_of(b->table, b->row, ZONE_INPUTS_LABEL));

    return order ? order
                 : strcmp(text_of(a->table, a->row, ZONE_INPUTS_HASH), text_of(b->table, b->row, ZONE_INPUTS_HASH));
}

static int by_hash(const void *left, const void *right)
{
    const part_input *a = left, *b = right;
    int order = strcmp(text_of(a->table, a->row, ZONE_INPUTS_HASH), text_of(b->table, b->row, ZONE_INPUTS_HASH));

    return order ? order : by_label(left, right);
}

static part_input *list_inputs(zone_context *ctx, const zone_part *parts, size_t count, size_t *found)
{
    size_t rows = 0;

    for (size_t i = 0; i < count; i++)
        rows += zone_table_row_count(parts[i].partial->table[ZONE_PARTIAL_INPUTS]);
    part_input *list = zone_allocate(ctx, rows, sizeof *list);
    *found = 0;
    for (size_t i = 0; list && i < count; i++) {
        const zone_table *inputs = parts[i].partial->table[ZONE_PARTIAL_INPUTS];
        for (size_t r = zone_part_wholes(parts[i].partial); r < zone_table_row_count(inputs); r++)
            list[(*found)++] = (part_input){&parts[i], inputs, r};
    }
    return list;
}

/* Length of a label without the layer and its colon: two layers of one file are no copies of each other. */
static size_t path_length(const part_input *input)
{
    size_t label = strlen(text_of(input->table, input->row, ZONE_INPUTS_LABEL));
    size_t layer = strlen(text_of(input->table, input->row, ZONE_INPUTS_LAYER)) + 1;

    return layer < label ? label - layer : label;
}

/* The same bytes under another name are the same land. */
static bool repeats(const part_input *a, const part_input *b)
{
    const char *one = text_of(a->table, a->row, ZONE_INPUTS_LABEL);
    const char *other = text_of(b->table, b->row, ZONE_INPUTS_LABEL);
    bool filled = count_of(a->table, a->row, ZONE_INPUTS_FEATURES) > 0;
    bool one_file = path_length(a) == path_length(b) && strncmp(one, other, path_length(a)) == 0;

    if (!filled || !is(b->table, b->row, ZONE_INPUTS_HASH, text_of(a->table, a->row, ZONE_INPUTS_HASH)))
        return false;
    if (is(a->table, a->row, ZONE_INPUTS_HASH, ""))
        return strcmp(one, other) == 0;
    return !one_file || is(b->table, b->row, ZONE_INPUTS_LAYER, text_of(a->table, a->row, ZONE_INPUTS_LAYER));
}

static zone_status refuse_repeats(zone_context *ctx, const zone_part *parts, size_t count)
{
    size_t inputs = 0;
    part_input *list = list_inputs(ctx, parts, count, &inputs);
    zone_status status = list ? ZONE_OK : ZONE_NO_MEMORY;

    if (!status)
        qsort(list, inputs, sizeof *list, by_hash);
    for (size_t i = 1; i < inputs && !status; i++)
        if (repeats(&list[i], &list[i - 1]))
            status =
                zone_fail(ctx, ZONE_BAD_USAGE, .what = "a part of the data is there twice", .file = list[i].part->path,
                          .found = zone_say(ctx, "%s, %s", text_of(list[i].table, list[i].row, ZONE_INPUTS_LABEL),
                                            text_of(list[i].table, list[i].row, ZONE_INPUTS_HASH)),
                          .expected = zone_say(ctx, "other data than in %s", list[i - 1].part->path),
                          .remedy = "leave one of the two out");
    free(list);
    return status;
}

const zone_part *zone_parts_first(const zone_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].filled)
            return &parts[i];
    return parts;
}

zone_status zone_parts_agree(zone_context *ctx, zone_part *parts, size_t count)
{
    zone_status status = ZONE_OK;

    if (count > 1)
        qsort(parts, count, sizeof *parts, by_input);
    const zone_part *first = zone_parts_first(parts, count);
    for (size_t i = 0; i < count && !status; i++) {
        status = compare_requests(ctx, &parts[i], first);
        if (!status)
            status = compare_columns(ctx, &parts[i], first);
        if (!status)
            status = compare_zones(ctx, &parts[i], first);
        if (!status && zone_part_changes(first->partial))
            status = zone_parts_change_compare(ctx, &parts[i], first);
    }
    return status ? status : refuse_repeats(ctx, parts, count);
}

/* ---------------------------------------------------------------- inputs */

static void copy_row(const zone_table *from, size_t row, zone_table *to)
{
    size_t made = zone_table_add_row(to);

    for (size_t c = 0; c < zone_table_column_count(to); c++) {
        if (zone_table_is_null(from, row, c))
            continue;
        zone_table_set_text(to, made, (int)c, zone_table_text(from, row, c));
        zone_table_set_integer(to, made, (int)c, zone_table_integer(from, row, c));
        zone_table_set_area(to, made, (int)c, zone_table_area(from, row, c));
    }
}

void zone_part_copy_rows(const zone_partial *from, zone_partial_part table, zone_partial *to)
{
    for (size_t r = 0; r < zone_table_row_count(from->table[table]); r++)
        copy_row(from->table[table], r, to->table[table]);
}

zone_status zone_parts_inputs(zone_context *ctx, const zone_part *parts, size_t count, zone_partial *sum)
{
    size_t inputs = 0;
    part_input *list = list_inputs(ctx, parts, count, &inputs);

    if (!list)
        return ZONE_NO_MEMORY;
    qsort(list, inputs, sizeof *list, by_label);
    for (size_t r = 0; r < zone_part_wholes(parts[0].partial); r++)
        copy_row(parts[0].partial->table[ZONE_PARTIAL_INPUTS], r, sum->table[ZONE_PARTIAL_INPUTS]);
    for (size_t i = 0; i < inputs; i++)
        copy_row(list[i].table, list[i].row, sum->table[ZONE_PARTIAL_INPUTS]);
    free(list);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- totals */

static zone_status add_counts(zone_context *ctx, const zone_table *inputs, size_t row, zone_completeness *to)
{
    uint64_t *const sums[] = {&to->features, &to->used, &to->repaired, &to->rejected, &to->outside};
    zone_status status = zone_part_add(ctx, &to->repaired_change, zone_table_area(inputs, row, ZONE_INPUTS_CHANGE));

    for (int i = 0; i < 5 && !status; i++)
        status = zone_part_count(ctx, sums[i], zone_table_integer(inputs, row, (size_t)(ZONE_INPUTS_FEATURES + i)));
    return status;
}

/* Ids mean something within their part only: "7 (a.gpkg:parcels)". The first parts that have some are enough. */
static const char *list_first(zone_context *ctx, const zone_table *inputs, size_t first, size_t column)
{
    enum { SHOWN = 3 };
    size_t rows = zone_table_row_count(inputs), shown = 0;
    const char *text = "";

    if (rows - first == 1)
        return text_of(inputs, first, column);
    for (size_t r = first; r < rows && shown <= SHOWN; r++) {
        if (zone_table_is_null(inputs, r, column))
            continue;
        text = shown == SHOWN ? zone_say(ctx, "%s; …", text)
                              : zone_say(ctx, "%s%s%s: %s", text, shown ? "; " : "",
                                         text_of(inputs, r, ZONE_INPUTS_LABEL), text_of(inputs, r, column));
        shown++;
    }
    return text;
}

/* An input that is the same in all parts. */
static zone_status take_whole(zone_context *ctx, const zone_table *inputs, size_t row, zone_completeness *to)
{
    to->input = text_of(inputs, row, ZONE_INPUTS_LABEL);
    to->first_repaired = zone_table_text(inputs, row, ZONE_INPUTS_FIRST_REPAIRED);
    to->first_rejected = zone_table_text(inputs, row, ZONE_INPUTS_FIRST_REJECTED);
    to->first_outside = zone_table_text(inputs, row, ZONE_INPUTS_FIRST_OUTSIDE);
    return add_counts(ctx, inputs, row, to);
}

static zone_status add_sums(zone_context *ctx, const zone_table *inputs, size_t row, zone_part_totals *totals)
{
    static const int columns[] = {ZONE_INPUTS_WHOLE,         ZONE_INPUTS_INSIDE, ZONE_INPUTS_DRAWN,
                                  ZONE_INPUTS_DRAWN_OUTSIDE, ZONE_INPUTS_SUM,    ZONE_INPUTS_REPEAT};
    zone_exact *const sums[] = {&totals->whole,         &totals->inside, &totals->drawn_whole,
                                &totals->drawn_outside, &totals->sum,    &totals->repeat};
    zone_status status = add_counts(ctx, inputs, row, &totals->data);

    for (int i = 0; i < 6 && !status; i++)
        status = zone_part_add(ctx, sums[i], zone_table_area(inputs, row, (size_t)columns[i]));
    return status;
}

static void name_data(zone_context *ctx, const zone_table *inputs, size_t first, zone_part_totals *totals)
{
    size_t count = zone_table_row_count(inputs) - first;

    totals->data.input = count == 1 ? text_of(inputs, first, ZONE_INPUTS_LABEL) : zone_say(ctx, "%zu parts", count);
    totals->data.first_repaired = list_first(ctx, inputs, first, ZONE_INPUTS_FIRST_REPAIRED);
    totals->data.first_rejected = list_first(ctx, inputs, first, ZONE_INPUTS_FIRST_REJECTED);
    totals->data.first_outside = list_first(ctx, inputs, first, ZONE_INPUTS_FIRST_OUTSIDE);
}

zone_status zone_part_totals_of(zone_context *ctx, const zone_partial *sum, zone_part_totals *totals)
{
    const zone_table *inputs = sum->table[ZONE_PARTIAL_INPUTS];
    size_t first = 0;
    zone_status status = ZONE_OK;

    *totals = (zone_part_totals){.looked = true};
    if (is(inputs, 0, ZONE_INPUTS_ROLE, "zones")) {
        totals->zone_pairs = zone_table_text(inputs, 0, ZONE_INPUTS_PAIRS);
        status = take_whole(ctx, inputs, first++, &totals->zones);
    }
    if (!status && is(inputs, first, ZONE_INPUTS_ROLE, "old"))
        status = take_whole(ctx, inputs, first++, &totals->old);
    for (size_t r = first; r < zone_table_row_count(inputs) && !status; r++) {
        status = add_sums(ctx, inputs, r, totals);
        totals->looked = totals->looked && zone_table_integer(inputs, r, ZONE_INPUTS_LOOKED);
        if (count_of(inputs, r, ZONE_INPUTS_USED) + count_of(inputs, r, ZONE_INPUTS_REPAIRED) == 0)
            continue;
        totals->filled++;
        totals->data_pairs = zone_table_text(inputs, r, ZONE_INPUTS_PAIRS);
    }
    name_data(ctx, inputs, first, totals);
    return status;
}

zone_status zone_part_totals_refuse(zone_context *ctx, const zone_part_totals *totals, const char *path)
{
    const zone_completeness *data = &totals->data;

    if (data->features == 0)
        return zone_fail(ctx, ZONE_EMPTY, .file = path, .found = "parts without features", .expected = "polygons");
    if (data->used + data->repaired == 0)
        return zone_fail(ctx, ZONE_BAD_GEOMETRY, .file = path,
                         .found = zone_say(ctx, "no feature that has an area; first: %s", data->first_rejected),
                         .expected = "polygons");
    return ZONE_OK;
}
