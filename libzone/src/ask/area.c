/* The question "area": areas by feature or by groups of features, streamed. */
#include "ask/control.h"
#include "ask/keys.h"
#include "ask/layers.h"
#include "ask/methods.h"
#include "ask/partial.h"
#include "ask/stream.h"
#include "ask/tabulated.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const zone_area_options *options;
    zone_source *source;
    zone_methods methods;
    zone_books books;
    bool grouped;
    zone_keys keys;
    int fields[3]; /* that identify a feature */
    size_t field_count;
    zone_groups groups;
    zone_table *table;
    zone_tabulated answer;
    int id_column;
    /* while a batch goes through one method */
    const zone_batch *batch;
    size_t method;
    size_t first_row; /* of the batch */
    zone_exact whole; /* of all features */
} area_run;

static const zone_area_options no_options = {.size = sizeof(zone_area_options)};

/* ---------------------------------------------------------------- what is asked */

/* Without --by a row a feature: its id, and the fields that identify it. */
static zone_status choose_fields(area_run *run)
{
    static const zone_role identifying[] = {ZONE_ROLE_ID, ZONE_ROLE_NAME, ZONE_ROLE_CLASS};

    run->grouped = run->options->by && *run->options->by;
    if (run->options->partial && zone_partial_is_bare(run->source))
        return ZONE_OK;
    if (run->grouped)
        return zone_keys_open(run->ctx, run->source, run->options->by, &run->keys);
    for (size_t i = 0; i < 3; i++) {
        int field = zone_source_role(run->source, identifying[i]);
        if (field >= 0)
            run->fields[run->field_count++] = field;
    }
    return ZONE_OK;
}

static void make_table(area_run *run)
{
    run->table = zone_table_create("area");
    zone_table_set_title(run->table, zone_say(run->ctx, "areas by %s, method %s",
                                              run->grouped ? run->options->by : zone_tell(run->ctx, "feature"),
                                              run->methods.method[0].name));
    run->answer =
        (zone_tabulated){.methods = &run->methods, .keys = &run->keys, .groups = &run->groups, .table = run->table};
    if (run->grouped)
        return;
    run->id_column = zone_table_add_column(
        run->table, (zone_column){.name = "fid", .heading = "feature id", .type = ZONE_COLUMN_INTEGER});
    for (size_t i = 0; i < run->field_count; i++)
        zone_table_add_column(run->table,
                              (zone_column){.name = zone_source_field_name(run->source, (size_t)run->fields[i]),
                                            .type = ZONE_COLUMN_TEXT});
    zone_methods_columns(run->table, &run->methods, run->answer.columns);
}

/* ---------------------------------------------------------------- features */

static zone_status add_to_group(area_run *run, size_t feature, zone_exact area)
{
    const char *key[ZONE_KEYS_MOST];
    size_t index = 0;

    zone_keys_texts(&run->keys, run->batch, feature, key);
    zone_status status = zone_groups_find(run->ctx, &run->groups, 0, key, &index);
    if (status)
        return status;
    if (run->method == 0)
        run->groups.group[index].pieces++;
    return zone_group_add(run->ctx, &run->groups.group[index], run->method, area);
}

static zone_status take_area(area_run *run, size_t feature, zone_exact whole)
{
    if (run->batch->state[feature] == ZONE_FEATURE_REJECTED)
        return ZONE_OK;
    if (run->method == 0)
        zone_exact_add(run->whole, whole, &run->whole);
    if (run->grouped)
        return add_to_group(run, feature, whole);
    zone_table_set_area(run->table, run->first_row + feature, run->answer.columns[run->method], whole);
    return ZONE_OK;
}

static void add_rows(area_run *run)
{
    run->first_row = zone_table_row_count(run->table);
    for (size_t f = 0; f < run->batch->feature_count && !run->grouped; f++) {
        size_t row = zone_table_add_row(run->table);
        zone_table_set_integer(run->table, row, run->id_column, run->batch->id[f]);
        for (size_t i = 0; i < run->field_count; i++)
            zone_table_set_text(run->table, row, 1 + (int)i, zone_batch_text(run->batch, f, i));
    }
}

/* Results come by method, those that mean nothing here left out. */
static zone_status take_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    area_run *run = user;
    size_t next = 0;
    zone_status status = zone_keys_count(run->ctx, &run->keys, batch);

    run->batch = batch;
    zone_books_count(&run->books, batch);
    add_rows(run);
    for (run->method = 0; run->method < run->methods.count && !status; run->method++) {
        if (!run->methods.projection[run->method])
            continue;
        for (size_t f = 0; f < batch->feature_count && !status; f++)
            status = take_area(run, f, results[next].whole[f]);
        next++;
    }
    return status;
}

static zone_status read_all(area_run *run)
{
    zone_request request = {.fields = run->grouped ? run->keys.fields : run->fields,
                            .field_count = run->grouped ? run->keys.count : run->field_count,
                            .shape = ZONE_SHAPE_AREA};
    zone_pass passes[ZONE_PASSES_MOST];
    size_t count = 0;

    for (size_t m = 0; m < run->methods.count; m++)
        if (run->methods.projection[m])
            passes[count++] = (zone_pass){.projection = run->methods.projection[m]};
    zone_status status = zone_stream(run->ctx, run->source, &request, passes, count, take_batch, run);
    if (status || run->options->partial) /* a part may be empty */
        return status;
    return zone_books_refuse(run->ctx, &run->books, run->source);
}

/* ---------------------------------------------------------------- the answer */

static zone_status make_partial(area_run *run)
{
    const zone_partial_run asked = {
        .question = "area", .by = run->options->by, .data = run->source, .methods = &run->methods, .keys = &run->keys};
    const zone_partial_input data = {.whole = run->whole, .looked = true};
    zone_partial *partial = NULL;
    zone_status status = zone_partial_begin(run->ctx, &asked, &partial);

    if (status)
        return status;
    zone_partial_add_input(run->ctx, partial, "data", run->source, &run->books, &data);
    zone_table_set_partial(run->table, partial);
    status = zone_partial_add_groups(run->ctx, partial, &run->groups, &run->methods);
    return status ? status : zone_partial_add_unknown(run->ctx, partial, &run->keys, 0);
}

static const char *describe_options(area_run *run)
{
    const zone_area_options *options = run->options;
    const char *text = zone_say(run->ctx, "by=%s", options->by ? options->by : "");

    if (!options->control)
        return text;
    return zone_say(run->ctx, "%s control=%s scheme=%s unit=%s", text, options->control,
                    options->scheme ? options->scheme : "all", options->unit ? options->unit : "m2");
}

static zone_status conclude(area_run *run)
{
    zone_status status = ZONE_OK;

    if (run->options->partial && run->table)
        status = make_partial(run);
    if (!status && run->grouped)
        status = zone_tabulated_rows(run->ctx, &run->answer);
    if (!status && (!run->table || run->answer.columns[0] < 0))
        status = zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    if (status)
        return status;
    zone_tabulated_closure(run->ctx, &run->answer, zone_source_label(run->source), run->whole,
                           run->books.counts.repaired_change);
    status = zone_control_apply(run->ctx, run->table, run->answer.columns[0], run->options->control,
                                run->options->scheme, run->options->unit, NULL);
    if (status)
        return status;
    zone_methods_differences(run->table, &run->methods, run->answer.columns);
    zone_methods_closure(run->table, &run->methods, run->answer.columns);
    zone_books_close(&run->books, run->table);
    zone_provenance_run(run->ctx, run->table, &run->methods.method[0], describe_options(run));
    zone_provenance_fallbacks(run->ctx, run->table, run->methods.projection[0]);
    zone_provenance_source(run->ctx, run->table, run->source);
    zone_keys_provenance(run->ctx, &run->keys, run->table);
    return ZONE_OK;
}

zone_status zone_area(zone_context *ctx, zone_source *source, const zone_area_options *options, zone_table **table)
{
    area_run run = {.ctx = ctx, .source = source, .options = options ? options : &no_options};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!source)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a source");
    if (run.options->partial)
        status = zone_partial_refuse(ctx, run.options->by, run.options->control);
    zone_books_open(&run.books, zone_source_label(source));
    if (!status)
        status = zone_methods_open(ctx, run.options->method, run.options->explain != 0, zone_source_crs(source)->wkt,
                                   &run.methods);
    if (!status)
        status = choose_fields(&run);
    if (!status) {
        run.groups.key_count = run.keys.count;
        run.groups.sum_count = run.methods.count;
        make_table(&run);
        status = read_all(&run);
    }
    if (!status)
        status = conclude(&run);
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    zone_table_free(run.table);
    free(run.answer.cut);
    free(run.answer.row);
    zone_groups_free(&run.groups);
    zone_methods_close(&run.methods);
    zone_keys_close(&run.keys);
    return status;
}
