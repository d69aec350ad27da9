/* The question "merge": the table of the whole from the partials of its parts. */
#include "ask/control.h"
#include "ask/merge_change.h"
#include "ask/tabulated.h"
#include "read/partial.h"
#include "read/versions.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const zone_merge_options *options;
    zone_part *part;
    size_t count;
    const zone_partial *first; /* what was asked stands in each, columns in a filled one */
    zone_partial *sum;         /* of all parts: their inputs, zones, groups */
    bool zoned, changes;       /* else "tabulate" with zones, "area" without */
    zone_covered covered;
    zone_merged_change change;
    zone_methods methods;
    zone_keys keys;
    zone_groups groups;
    zone_cover_zone *zone;
    const char **label, **zone_text, **zone_column; /* of the zones */
    bool by_plane;                                  /* as in zone_cover */
    size_t zone_count;
    zone_exact magnitude[ZONE_GROUP_SUMS + 1]; /* of all groups by method, of all zones: no sum of them is larger */
    zone_part_totals totals;
    const char *data; /* label of all data */
    zone_tabulated answer;
    zone_table *table;
} merge_run;

static const zone_merge_options no_options = {.size = sizeof(zone_merge_options)};

/* ---------------------------------------------------------------- parts */

static zone_status read_parts(merge_run *run, const char *const *paths, size_t count)
{
    zone_status status = ZONE_OK;

    run->part = zone_allocate(run->ctx, count, sizeof *run->part);
    if (!run->part)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++) {
        run->part[i].path = paths[i];
        status = zone_partial_read(run->ctx, paths[i], &run->part[i].partial);
        run->count += !status;
        if (!status)
            status = zone_part_check(run->ctx, &run->part[i]);
        if (!status)
            status = zone_progress(run->ctx, i + 1, count);
    }
    if (!status)
        status = zone_parts_agree(run->ctx, run->part, run->count);
    run->first = zone_parts_first(run->part, run->count)->partial;
    return status;
}

/* ---------------------------------------------------------------- what was asked */

static const char *text_of(const zone_table *table, size_t row, size_t column)
{
    const char *text = zone_table_text(table, row, column);

    return text ? text : "";
}

static zone_status take_columns(merge_run *run)
{
    const zone_partial *first = run->first;
    const zone_table *columns = first->table[ZONE_PARTIAL_COLUMNS];
    zone_status status = ZONE_OK;

    run->zone_column = zone_allocate(run->ctx, first->zone_columns, sizeof *run->zone_column);
    if (!run->zone_column)
        return ZONE_NO_MEMORY;
    for (size_t z = 0; z < first->zone_columns; z++)
        run->zone_column[z] = text_of(columns, z, ZONE_COLUMNS_NAME);
    for (size_t r = first->zone_columns; r < first->zone_columns + first->keys && !status; r++) {
        zone_key *key = &run->keys.key[run->keys.count];
        key->edition = zone_part_edition(first, r);
        key->level = zone_table_integer(columns, r, ZONE_COLUMNS_BROAD) ? ZONE_KEY_BROAD : ZONE_KEY_VALUE;
        key->name = zone_copy_text(run->ctx, text_of(columns, r, ZONE_COLUMNS_NAME));
        status = key->name ? ZONE_OK : ZONE_NO_MEMORY;
        run->keys.count += !status;
    }
    for (size_t r = first->zone_columns + first->keys; r < zone_table_row_count(columns) && !status; r++) {
        run->methods.means[run->methods.count] = zone_table_integer(columns, r, ZONE_COLUMNS_MEANS) != 0;
        status = zone_method_parse(run->ctx, text_of(columns, r, ZONE_COLUMNS_NAME),
                                   &run->methods.method[run->methods.count++]);
    }
    run->groups.key_count = run->keys.count;
    run->groups.sum_count = run->methods.count;
    run->keys.unknown.key_count = 2;
    run->zoned = first->zone_columns > 0;
    run->changes = zone_part_changes(first);
    return status;
}

static zone_status take_zones(merge_run *run)
{
    const zone_partial *first = run->first;
    const zone_table *zones = first->table[ZONE_PARTIAL_ZONES];
    size_t columns = first->zone_columns;

    run->zone_count = zone_table_row_count(zones);
    run->zone = zone_allocate(run->ctx, run->zone_count, sizeof *run->zone);
    run->label = zone_allocate(run->ctx, run->zone_count, sizeof *run->label);
    run->zone_text = zone_allocate(run->ctx, run->zone_count * columns, sizeof *run->zone_text);
    if (!run->zone || !run->label || !run->zone_text)
        return ZONE_NO_MEMORY;
    for (size_t z = 0; z < run->zone_count; z++) {
        run->zone[z].area = zone_table_area(zones, z, ZONE_ZONES_AREA);
        run->zone[z].drawn = run->zone[z].drawn_area = zone_table_area(zones, z, ZONE_ZONES_DRAWN);
        run->label[z] = text_of(zones, z, ZONE_ZONES_LABEL);
        for (size_t c = 0; c < columns; c++)
            run->zone_text[z * columns + c] = zone_table_text(zones, z, ZONE_ZONES_TEXTS + c);
    }
    return ZONE_OK;
}

/* ---------------------------------------------------------------- sums */

/* One of the areas of a kind. */
static zone_status add_area(merge_run *run, size_t kind, zone_exact *sum, zone_exact area)
{
    zone_status status = zone_part_add(run->ctx, &run->magnitude[kind], area < 0 ? -area : area);

    return status ? status : zone_part_add(run->ctx, sum, area);
}

static zone_status add_group(merge_run *run, const zone_table *groups, size_t row)
{
    const char *key[ZONE_KEYS_MOST];
    size_t index = 0;

    for (size_t k = 0; k < run->keys.count; k++)
        key[k] = zone_table_text(groups, row, ZONE_GROUPS_AREAS + run->methods.count + k);
    uint64_t order = (uint64_t)zone_table_integer(groups, row, ZONE_GROUPS_ORDER);
    zone_status status = zone_groups_find(run->ctx, &run->groups, order, key, &index);
    if (status)
        return status;
    zone_group *group = &run->groups.group[index];
    group->cut = group->cut || zone_table_integer(groups, row, ZONE_GROUPS_CUT) != 0;
    status = zone_part_count(run->ctx, &group->pieces, zone_table_integer(groups, row, ZONE_GROUPS_PIECES));
    for (size_t m = 0; m < run->methods.count && !status; m++)
        status = add_area(run, m, &group->sum[m], zone_table_area(groups, row, ZONE_GROUPS_AREAS + m));
    return status;
}

static zone_status add_unknown(merge_run *run, const zone_table *unknown, size_t row)
{
    const char *key[] = {zone_table_text(unknown, row, ZONE_UNKNOWN_EDITION),
                         zone_table_text(unknown, row, ZONE_UNKNOWN_CODE)};
    size_t index = 0;
    zone_status status = zone_groups_find(run->ctx, &run->keys.unknown,
                                          (uint64_t)zone_table_integer(unknown, row, ZONE_UNKNOWN_KEY), key, &index);

    return status ? status
                  : zone_part_count(run->ctx, &run->keys.unknown.group[index].pieces,
                                    zone_table_integer(unknown, row, ZONE_UNKNOWN_FEATURES));
}

static zone_status add_zone(merge_run *run, const zone_table *zones, size_t z)
{
    zone_cover_zone *zone = &run->zone[z];
    zone_int128 left = zone_table_area(zones, z, ZONE_ZONES_DRAWN_LEFT);
    const zone_exact areas[] = {zone_table_area(zones, z, ZONE_ZONES_SUM), zone_table_area(zones, z, ZONE_ZONES_REPEAT),
                                zone_table_area(zones, z, ZONE_ZONES_DRAWN_REPEAT),
                                left - zone_table_area(zones, z, ZONE_ZONES_DRAWN)};
    zone_exact *const sums[] = {&zone->sum, &zone->repeat, &zone->drawn_repeat, &zone->drawn};
    zone_status status = ZONE_OK;

    for (int i = 0; i < 4 && !status; i++)
        status = add_area(run, ZONE_GROUP_SUMS, sums[i], areas[i]);
    return status;
}

/* What all parts have of the old date counts once. */
static bool counts_again(const merge_run *run, const zone_partial *partial, zone_partial_part table, size_t row)
{
    return run->changes && partial != run->part[0].partial && zone_parts_change_is_old(partial, table, row);
}

static zone_status add_part(merge_run *run, const zone_partial *partial)
{
    const zone_table *zones = partial->table[ZONE_PARTIAL_ZONES], *groups = partial->table[ZONE_PARTIAL_GROUPS],
                     *unknown = partial->table[ZONE_PARTIAL_UNKNOWN];
    zone_status status = ZONE_OK;

    for (size_t z = 0; z < run->zone_count && !status; z++)
        status = add_zone(run, zones, z);
    for (size_t r = 0; r < zone_table_row_count(groups) && !status; r++)
        if (!counts_again(run, partial, ZONE_PARTIAL_GROUPS, r))
            status = add_group(run, groups, r);
    for (size_t r = 0; r < zone_table_row_count(unknown) && !status; r++)
        if (!counts_again(run, partial, ZONE_PARTIAL_UNKNOWN, r))
            status = add_unknown(run, unknown, r);
    if (!status && run->changes)
        status = zone_parts_change_cover(run->ctx, partial, &run->groups, &run->covered);
    return status;
}

static zone_status add_parts(merge_run *run)
{
    zone_status status = ZONE_OK;

    run->sum = zone_partial_create();
    if (!run->sum)
        return zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    status = zone_parts_inputs(run->ctx, run->part, run->count, run->sum);
    if (!status)
        status = zone_part_totals_of(run->ctx, run->sum, &run->totals);
    for (size_t i = 0; i < run->count && !status; i++)
        status = add_part(run, run->part[i].partial);
    if (!status)
        status = zone_covered_unite(run->ctx, &run->covered);
    const char *edge = zone_partial_request(run->first, "edge model");
    run->by_plane = edge && strcmp(edge, "told") == 0;
    zone_cover_split(run->zone, run->zone_count, run->by_plane);
    return status;
}

/* The sums as a partial of their own. */
static zone_status keep_partial(merge_run *run)
{
    zone_partial *sum = run->sum;

    zone_part_copy_rows(run->first, ZONE_PARTIAL_REQUEST, sum);
    zone_part_copy_rows(run->first, ZONE_PARTIAL_COLUMNS, sum);
    if (!zone_partial_widen(sum))
        return zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    for (size_t z = 0; z < run->zone_count; z++)
        zone_partial_add_zone(sum, run->label[z], &run->zone[z], run->zone_text + z * sum->zone_columns);
    zone_table_set_partial(run->table, sum);
    run->sum = NULL;
    zone_status status = zone_partial_add_groups(run->ctx, sum, &run->groups, &run->methods);
    if (!status)
        status = zone_partial_add_unknown(run->ctx, sum, &run->keys, 0);
    return status || !run->changes ? status : zone_covered_put(run->ctx, &run->covered, &run->groups, sum);
}

/* ---------------------------------------------------------------- the answer */

static const char *asked(const merge_run *run, const char *item)
{
    const char *value = zone_partial_request(run->first, item);

    return value ? value : "";
}

static const char *title(merge_run *run)
{
    const char *method = run->methods.method[0].name;

    if (run->changes)
        return zone_say(run->ctx, "change from %s to %s, method %s", run->totals.old.input, run->data, method);
    return run->zoned ? zone_say(run->ctx, "areas of %s by zones, method %s", run->data, method)
                      : zone_say(run->ctx, "areas by %s, method %s", asked(run, "grouped by"), method);
}

static void begin_table(merge_run *run)
{
    run->table = zone_table_create(asked(run, "question"));
    zone_table_set_title(run->table, title(run));
    run->answer = (zone_tabulated){.methods = &run->methods,
                                   .keys = &run->keys,
                                   .groups = &run->groups,
                                   .zone_columns = run->first->zone_columns,
                                   .zone_column = run->zone_column,
                                   .zone_text = run->zone_text,
                                   .table = run->table};
}

/* What features of different parts have in common nobody looked at. */
static const char *not_looked(const merge_run *run)
{
    const zone_part_totals *totals = &run->totals;

    if (!totals->looked)
        return zone_tell(run->ctx, "not looked at: too many vertices");
    return totals->filled > 1 ? zone_tell(run->ctx, "not looked at between parts") : NULL;
}

static void close_sums(merge_run *run)
{
    const zone_part_totals *totals = &run->totals;
    const zone_cover_sums sums = {.data = run->data,
                                  .zones = totals->zones.input,
                                  .names = run->label,
                                  .zone = run->zone,
                                  .count = run->zone_count,
                                  .whole = totals->whole,
                                  .inside = totals->inside,
                                  .drawn_whole = totals->drawn_whole,
                                  .drawn_outside = totals->drawn_outside,
                                  .by_plane = run->by_plane,
                                  .zone_pairs = totals->zone_pairs,
                                  .data_pairs = totals->data_pairs,
                                  .not_looked = not_looked(run)};

    if (!run->zoned) {
        zone_tabulated_closure(run->ctx, &run->answer, run->data, totals->whole, totals->data.repaired_change);
        return;
    }
    zone_cover_sums_lines(run->ctx, &sums, zone_table_total(run->table, (size_t)run->answer.columns[0]), run->table);
    zone_table_add_closure(run->table, "repaired", run->data, totals->data.repaired_change, NULL);
}

static const char *describe_options(merge_run *run)
{
    const zone_merge_options *options = run->options;
    if (run->changes)
        return zone_merged_change_options(run->ctx, run->first);
    const char *text =
        run->zoned ? zone_say(run->ctx, "by=%s zone_by=%s", asked(run, "grouped by"), asked(run, "zones grouped by"))
                   : zone_say(run->ctx, "by=%s", asked(run, "grouped by"));

    if (!options->control)
        return text;
    return zone_say(run->ctx, "%s control=%s scheme=%s unit=%s", text, options->control,
                    options->scheme ? options->scheme : "all", options->unit ? options->unit : "m2");
}

static void tell_input(merge_run *run, size_t row)
{
    static const struct {
        const char *item;
        int column;
    } items[] = {{"input", ZONE_INPUTS_LABEL},         {"hash", ZONE_INPUTS_HASH},
                 {"driver", ZONE_INPUTS_DRIVER},       {"reference system", ZONE_INPUTS_CRS},
                 {"ellipsoid", ZONE_INPUTS_ELLIPSOID}, {"encoding", ZONE_INPUTS_ENCODING},
                 {"versions", ZONE_INPUTS_VERSIONS}};
    const zone_table *inputs = run->sum->table[ZONE_PARTIAL_INPUTS];
    const char *versions = text_of(inputs, row, ZONE_INPUTS_VERSIONS);
    size_t count = sizeof items / sizeof *items - (strcmp(versions, zone_versions(run->ctx)) == 0);

    for (size_t i = 0; i < count; i++)
        zone_table_add_provenance(run->table, items[i].item, text_of(inputs, row, (size_t)items[i].column));
}

static void add_sections(merge_run *run)
{
    size_t inputs = zone_table_row_count(run->sum->table[ZONE_PARTIAL_INPUTS]);
    zone_transition *transition = &run->change.transition;

    if (run->changes)
        zone_table_add_completeness(run->table, &run->totals.old);
    zone_table_add_completeness(run->table, &run->totals.data);
    if (run->zoned)
        zone_table_add_completeness(run->table, &run->totals.zones);
    zone_provenance_run(run->ctx, run->table, &run->methods.method[0], describe_options(run));
    for (size_t r = run->zoned; r < inputs; r++) {
        tell_input(run, r);
        if (run->changes && r == run->zoned)
            zone_keys_provenance(run->ctx, &transition->before, run->table);
    }
    zone_keys_provenance(run->ctx, run->changes ? &transition->after : &run->keys, run->table);
    if (run->zoned)
        tell_input(run, 0);
}

static zone_status conclude_change(merge_run *run)
{
    run->change = (zone_merged_change){.first = run->first,
                                       .sum = run->sum,
                                       .totals = &run->totals,
                                       .not_looked = not_looked(run),
                                       .by_plane = run->by_plane,
                                       .methods = &run->methods,
                                       .keys = &run->keys,
                                       .groups = &run->groups,
                                       .covered = &run->covered,
                                       .zone_column = run->zone_column,
                                       .zone_text = run->zone_text,
                                       .table = run->table};
    zone_status status = zone_merged_change_open(run->ctx, &run->change);

    if (status)
        return status;
    add_sections(run);
    if (run->options->partial)
        status = keep_partial(run);
    return status ? status : zone_merged_change_rows(run->ctx, &run->change);
}

static zone_status conclude(merge_run *run)
{
    const zone_merge_options *options = run->options;
    zone_status status =
        options->partial ? ZONE_OK : zone_part_totals_refuse(run->ctx, &run->totals, run->part[0].path);

    if (!status && run->changes && options->control)
        status = zone_fail(run->ctx, ZONE_BAD_USAGE, .key = "--control", .what = "a change is not forced to an area",
                           .expected = "partials of areas by group or in zones");
    if (status)
        return status;
    run->data = run->totals.data.input;
    begin_table(run);
    if (!run->table)
        return zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    if (run->changes)
        return conclude_change(run);
    add_sections(run);
    if (options->partial)
        status = keep_partial(run);
    if (!status)
        status = zone_tabulated_rows(run->ctx, &run->answer);
    if (status)
        return status;
    close_sums(run);
    status = zone_control_apply(run->ctx, run->table, run->answer.columns[0], options->control, options->scheme,
                                options->unit, run->zoned ? run->answer.cut : NULL);
    if (status)
        return status;
    zone_methods_differences(run->table, &run->methods, run->answer.columns);
    zone_methods_closure(run->table, &run->methods, run->answer.columns);
    return ZONE_OK;
}

static void close_run(merge_run *run)
{
    zone_table_free(run->table);
    zone_partial_free(run->sum);
    for (size_t i = 0; i < run->count; i++)
        zone_partial_free(run->part[i].partial);
    free(run->part);
    zone_merged_change_free(&run->change);
    zone_covered_free(&run->covered);
    zone_groups_free(&run->groups);
    zone_keys_close(&run->keys);
    free(run->answer.cut);
    free(run->answer.row);
    free(run->zone);
    free(run->label);
    free(run->zone_text);
    free(run->zone_column);
}

zone_status zone_merge(zone_context *ctx, const char *const *paths, size_t count, const zone_merge_options *options,
                       zone_table **table)
{
    merge_run run = {.ctx = ctx, .options = options ? options : &no_options};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!paths || count == 0)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "partial tables to merge");
    if (run.options->partial && run.options->control)
        return zone_partial_refuse(ctx, "merge", run.options->control);
    status = read_parts(&run, paths, count);
    if (!status)
        status = take_columns(&run);
    if (!status)
        status = take_zones(&run);
    if (!status)
        status = add_parts(&run);
    if (!status)
        status = conclude(&run);
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    close_run(&run);
    return status;
}
