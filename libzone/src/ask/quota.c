/* The question "quota": a batch of sites, block by block: measured, judged, booked, told. */
#include "ask/accounts.h"
#include "ask/journal.h"
#include "ask/judges.h"
#include "ask/turns.h"
#include "ask/what_if.h"
#include "base/checksum.h"
#include "read/journal.h"
#include "read/versions.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 100000, KEPT = 4 };

struct zone_ledger {
    const zone_plan *plan;
    zone_crs *crs;
    zone_sites sites;
    zone_source_options from; /* that sites were added with last, for those that move */
    char *kept[KEPT];         /* its texts */
    double place[4];          /* of the plan: where sites are expected */
    bool looked, placed;
};

/* A batch while it is asked. */
typedef struct {
    zone_context *ctx;
    const zone_ledger *ledger;
    const zone_quota_options *options;
    const zone_sites *sites;
    bool by_batch; /* sites draw in the order of the batch: a block can be told as soon as it is booked */
    zone_trial trial;
    zone_quota_book book;
    zone_quota_answer answer;
    zone_site_result *result; /* by site */
    bool *known;              /* from a journal */
    size_t judges;            /* threads */
    size_t block;             /* sites measured at once */
    zone_arena *arenas;       /* of each: results that are not told yet */
    zone_site_repeat *repeat; /* by trial.held: of the sites that were told */
    zone_arena kept;          /* of those from a journal */
    char identity[ZONE_CHECKSUM_SIZE];
    zone_journal_line line;
    size_t told;
    bool headed; /* the journal has its first line */
} quota_run;

static const zone_quota_options no_options = {.size = sizeof(zone_quota_options)};

/* ---------------------------------------------------------------- the handle */

zone_status zone_ledger_open(zone_context *ctx, const zone_plan *plan, zone_ledger **ledger)
{
    zone_ledger *made = NULL;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *ledger = NULL;
    if (!plan)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan");
    if (plan->check_count == 0)
        return zone_fail(ctx, ZONE_BAD_PLAN, .file = plan->path, .key = "checks", .what = "the plan has no checks",
                         .expected = "checks: a list of rules that sites are judged by",
                         .remedy = "geodata/jinlan.yaml has an example");
    made = zone_allocate(ctx, 1, sizeof *made);
    if (!made)
        return ZONE_NO_MEMORY;
    made->plan = plan;
    made->from.size = sizeof made->from;
    made->sites.batch.field_count = ZONE_SITE_WORDS;
    status = zone_plan_crs(ctx, plan, &made->crs);
    if (status)
        zone_ledger_close(made);
    else
        *ledger = made;
    return status;
}

void zone_ledger_close(zone_ledger *ledger)
{
    if (!ledger)
        return;
    zone_sites_free(&ledger->sites);
    zone_crs_free(ledger->crs);
    for (int i = 0; i < KEPT; i++)
        free(ledger->kept[i]);
    free(ledger);
}

static zone_status keep_options(zone_context *ctx, zone_ledger *ledger, const zone_source_options *options)
{
    const char *const given[KEPT] = {options->crs, options->encoding, options->fields, options->classes};

    for (int i = 0; i < KEPT; i++) {
        free(ledger->kept[i]);
        ledger->kept[i] = given[i] ? zone_copy_text(ctx, given[i]) : NULL;
        if (given[i] && !ledger->kept[i])
            return ZONE_NO_MEMORY;
    }
    ledger->from = (zone_source_options){.size = sizeof ledger->from,
                                         .crs = ledger->kept[0],
                                         .encoding = ledger->kept[1],
                                         .fields = ledger->kept[2],
                                         .classes = ledger->kept[3],
                                         .invalid = options->invalid,
                                         .any_driver = options->any_driver};
    return ZONE_OK;
}

/* The place of the plan, once: evidence for text files, those that move too. */
static void look_for_place(zone_context *ctx, zone_ledger *ledger)
{
    if (!ledger->looked)
        ledger->placed = zone_plan_place(ctx, ledger->plan, ledger->place);
    ledger->looked = true;
    ledger->from.place = ledger->placed ? ledger->place : NULL;
}

zone_status zone_ledger_add(zone_context *ctx, zone_ledger *ledger, const char *data,
                            const zone_source_options *options)
{
    zone_context_begin(ctx);
    if (!ledger || !data)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a batch and data");
    if (options) {
        zone_status status = keep_options(ctx, ledger, options);
        if (status)
            return status;
    }
    zone_source_options own = options ? *options : (zone_source_options){.size = sizeof own};
    look_for_place(ctx, ledger);
    own.misfits = ledger->from.misfits = 1; /* one site that lies wrong is no fault of the others */
    if (!own.place)
        own.place = ledger->from.place;
    return zone_sites_add(ctx, &ledger->sites, data, &own, ledger->crs);
}

zone_status zone_ledger_add_source(zone_context *ctx, zone_ledger *ledger, zone_source *source)
{
    zone_context_begin(ctx);
    if (!ledger || !source)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a batch and a source");
    look_for_place(ctx, ledger);
    return zone_sites_add_source(ctx, &ledger->sites, source, ledger->crs);
}

/* ---------------------------------------------------------------- the journal */

static void add_to_sum(zone_checksum *sum, const char *text)
{
    zone_checksum_add(sum, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* Sites from memory have no file that would tell them from others. */
static void add_shapes(zone_checksum *sum, const zone_batch *batch)
{
    zone_checksum_add(sum, (const char *)batch->x, batch->vertex_count * sizeof *batch->x);
    zone_checksum_add(sum, (const char *)batch->y, batch->vertex_count * sizeof *batch->y);
    for (size_t i = 0; i < batch->feature_count; i++)
        for (size_t word = 0; word < ZONE_SITE_WORDS; word++)
            add_to_sum(sum, zone_batch_text(batch, i, word));
}

/* What the results depend on: plan, data, method, options, version. */
static void identify(quota_run *run)
{
    const zone_table *notes = zone_table_section(run->sites->notes, ZONE_SECTION_PROVENANCE);
    zone_checksum sum;

    zone_checksum_begin(&sum);
    add_to_sum(&sum, zone_versions(run->ctx));
    add_to_sum(&sum, run->trial.method.name);
    add_to_sum(&sum, run->options->brief ? "brief" : "");
    add_to_sum(&sum, run->options->pieces ? "pieces" : "");
    add_to_sum(&sum, zone_context_language(run->ctx) == ZONE_CHINESE ? "zh" : "en");
    add_to_sum(&sum, zone_file_hash(run->ctx, run->ledger->plan->path));
    for (size_t r = 0; r < zone_table_row_count(notes); r++)
        add_to_sum(&sum, zone_table_text(notes, r, 1));
    for (size_t i = 0; i < run->sites->batch.feature_count; i++)
        add_to_sum(&sum, run->sites->key[i]);
    add_shapes(&sum, &run->sites->batch);
    for (size_t i = 0; i < run->trial.held_count; i++)
        add_to_sum(&sum, zone_source_hash(run->ctx, run->trial.held[i].source));
    add_to_sum(&sum, zone_source_hash(run->ctx, run->trial.zones.source));
    zone_checksum_print(&sum, run->identity);
}

typedef struct {
    quota_run *run;
    bool first, strange; /* the next line is the first; the journal is of another batch */
} resuming;

static zone_status take_line(void *user, char *text, size_t length)
{
    resuming *to = user;
    quota_run *run = to->run;
    zone_site_result result;
    size_t site = 0;
    bool sound = false;

    (void)length;
    if (to->first) {
        to->first = false;
        to->strange = !zone_journal_is_head(text, run->identity);
        run->headed = !to->strange;
        return ZONE_OK;
    }
    if (to->strange)
        return ZONE_OK;
    zone_status status = zone_journal_read(run->ctx, text, &run->kept, &sound, &site, &result);
    if (!status && sound && site < run->sites->batch.feature_count) {
        run->result[site] = result;
        run->known[site] = true;
    }
    return status;
}

/* A journal that is not there yet is one without sites. */
static zone_status resume(quota_run *run)
{
    resuming to = {.run = run, .first = true};
    zone_status status = zone_journal_lines(run->ctx, run->options->resume, take_line, &to);
    size_t known = 0;

    if (status == ZONE_NOT_FOUND)
        return ZONE_OK;
    if (!status && to.strange)
        return zone_fail(run->ctx, ZONE_BAD_FILE, .file = run->options->resume, .what = "the journal of another batch",
                         .expected = "a journal of the same sites, plan, layers, options and version",
                         .remedy = "another file");
    for (size_t i = 0; i < run->sites->batch.feature_count; i++)
        known += run->known[i];
    if (!status && known)
        zone_log(run->ctx, "%s: %zu of %zu sites are known already", run->options->resume, known,
                 run->sites->batch.feature_count);
    /* What the answer says of the layers is not in the journal: a block of sites has to be measured. */
    if (known == run->sites->batch.feature_count)
        run->known[0] = false;
    return status;
}

static zone_status send(quota_run *run)
{
    if (run->options->journal(run->options->journal_user, run->line.text, run->line.length) == 0)
        return ZONE_OK;
    return zone_fail(run->ctx, ZONE_CANNOT_WRITE, .what = "the journal can't be written");
}

static zone_status keep_journal(quota_run *run, size_t first, size_t count)
{
    zone_status status = ZONE_OK;

    if (!run->options->journal)
        return ZONE_OK;
    if (!run->headed) {
        status = zone_journal_head(run->ctx, &run->line, run->identity);
        if (!status)
            status = send(run);
        run->headed = true;
    }
    for (size_t i = first; i < first + count && !status; i++) {
        if (run->known[i])
            continue;
        status = zone_journal_write(run->ctx, &run->line, i, &run->result[i]);
        if (!status)
            status = send(run);
    }
    return status;
}

/* ---------------------------------------------------------------- telling */

/* A table of one row for the caller. */
static zone_status tell_site(quota_run *run, zone_context *words, size_t site, const zone_quota_step *steps,
                             size_t count)
{
    zone_quota_answer one = run->answer;
    zone_table *table = NULL;
    size_t rejected = one.rejected;

    zone_quota_open_answer(words, &one);
    zone_status status = zone_quota_add_site(words, &one, site, &run->result[site], &run->book, steps, count);
    zone_table_set_verdict(one.table, one.rejected > rejected ? ZONE_UNMET : ZONE_OK);
    if (!status)
        status = zone_table_finish(words, one.table, &table);
    else
        zone_table_free(one.table);
    if (!status && run->options->site(run->options->site_user, table))
        status = zone_fail(words, ZONE_CANNOT_WRITE, .what = "the answer for a site was not taken");
    zone_table_free(table);
    one.table = run->answer.table;
    one.findings = run->answer.findings;
    one.pieces = run->answer.pieces;
    one.shapes = run->answer.shapes;
    run->answer = one; /* its counts and sums */
    return status;
}

/* Steps come as they were booked, and those of a site follow each other: where they begin. */
static zone_status index_steps(quota_run *run, size_t first, size_t count, size_t from, size_t **begin)
{
    const zone_quota_step *steps = run->book.step;
    size_t *at = zone_allocate(run->ctx, count + 1, sizeof *at);

    *begin = at;
    if (!at)
        return ZONE_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        at[i] = SIZE_MAX;
    for (size_t s = from; s < run->book.step_count; s++)
        if (at[steps[s].site - first] == SIZE_MAX)
            at[steps[s].site - first] = s;
    return ZONE_OK;
}

static size_t run_length(const quota_run *run, size_t begin)
{
    size_t end = begin;

    while (end < run->book.step_count && run->book.step[end].site == run->book.step[begin].site)
        end++;
    return end - begin;
}

static void add_repeats(quota_run *run, const zone_site_result *result)
{
    for (size_t h = 0; h < run->trial.held_count && h < result->repeat_count; h++) {
        zone_exact_add(run->repeat[h].area, result->repeat[h].area, &run->repeat[h].area);
        run->repeat[h].looked = run->repeat[h].looked && result->repeat[h].looked;
    }
}

static zone_status tell_sites(quota_run *run, size_t first, size_t count)
{
    zone_context *words = NULL;
    size_t *begin = NULL, from = 0;
    zone_status status = zone_accounts_book(run->ctx, run->ledger->plan, run->sites, run->options->order, first, count,
                                            run->result + first, &run->book, &from);

    if (!status)
        status = zone_turns_find(&run->trial, run->result, run->block, &run->book, from);
    if (!status)
        status = index_steps(run, first, count, from, &begin);
    if (!status)
        status = zone_context_create_child(run->ctx, false, &words);
    for (size_t i = 0; i < count && !status; i++) {
        bool draws = begin[i] != SIZE_MAX;
        const zone_quota_step *steps = draws ? run->book.step + begin[i] : NULL;
        size_t step_count = draws ? run_length(run, begin[i]) : 0;
        zone_context_begin(words); /* tables have copies of the texts of the site before */
        status = run->options->site ? tell_site(run, words, first + i, steps, step_count)
                                    : zone_quota_add_site(words, &run->answer, first + i, &run->result[first + i],
                                                          &run->book, steps, step_count);
        add_repeats(run, &run->result[first + i]);
    }
    if (status && words && zone_context_error(words)->status)
        zone_context_adopt_error(run->ctx, words);
    zone_context_free(words);
    free(begin);
    return status;
}

/* ---------------------------------------------------------------- blocks */

/* Sites are kept and told as soon as they and those before them are judged; in another order than the batch's it takes
 * all of them to know a verdict. */
static zone_status take_judged(zone_context *ctx, void *user, size_t first, size_t count)
{
    quota_run *run = user;
    size_t begin = run->trial.block.first + first;
    zone_status status = keep_journal(run, begin, count);

    if (!status && run->by_batch)
        status = tell_sites(run, begin, count);
    return status ? status : zone_progress(ctx, begin + count, run->sites->batch.feature_count);
}

static zone_status judge_block(quota_run *run, size_t first, size_t count)
{
    const zone_bench bench = {.brief = run->options->brief != 0,
                              .pieces = run->options->pieces != 0,
                              .arenas = run->arenas,
                              .judges = run->judges,
                              .known = run->known + first,
                              .judged = take_judged,
                              .user = run};
    zone_status status = zone_trial_block(&run->trial, first, count);

    return status ? status : zone_judges_run(&run->trial, &bench, run->result + first);
}

/* ---------------------------------------------------------------- the batch */

/* A block is measured whole where one of its sites is not known: what is found may depend on the block. */
static bool is_known(const quota_run *run, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        if (!run->known[i])
            return false;
    return true;
}

static void forget_results(quota_run *run)
{
    for (size_t j = 0; run->arenas && j < run->judges; j++)
        zone_arena_free(&run->arenas[j]);
}

static zone_status run_blocks(quota_run *run)
{
    size_t count = run->sites->batch.feature_count;
    zone_status status = ZONE_OK;

    for (size_t first = 0, done = 0; first < count && !status; first += done) {
        done = count - first < run->block ? count - first : run->block;
        if (!is_known(run, first, done))
            status = judge_block(run, first, done);
        else if (run->by_batch)
            status = tell_sites(run, first, done);
        if (run->by_batch)
            forget_results(run);
        if (!status)
            status = zone_progress(run->ctx, first + done, count);
    }
    return status || run->by_batch ? status : tell_sites(run, 0, count);
}

static zone_status open_repeats(quota_run *run)
{
    run->repeat = zone_allocate(run->ctx, run->trial.held_count + 1, sizeof *run->repeat);
    for (size_t h = 0; run->repeat && h < run->trial.held_count; h++)
        run->repeat[h].looked = true;
    return run->repeat ? ZONE_OK : ZONE_NO_MEMORY;
}

static zone_status open_run(quota_run *run)
{
    size_t count = run->sites->batch.feature_count;
    zone_status status = ZONE_OK;

    run->by_batch = !run->options->order || strcmp(run->options->order, "batch") == 0;
    if (count == 0)
        return zone_fail(run->ctx, ZONE_EMPTY, .what = "the batch has no sites", .expected = "sites");
    run->result = zone_allocate(run->ctx, count, sizeof *run->result);
    run->known = zone_allocate(run->ctx, count, sizeof *run->known);
    run->judges = zone_context_threads(run->ctx);
    run->block = run->options->block ? run->options->block : BLOCK;
    run->arenas = zone_allocate(run->ctx, run->judges, sizeof *run->arenas);
    if (!run->result || !run->known || !run->arenas)
        return ZONE_NO_MEMORY;
    status = zone_trial_open(run->ctx, run->ledger->plan, run->sites, run->options->method, &run->trial);
    if (!status)
        status = open_repeats(run);
    if (!status)
        status = zone_trial_begin(&run->trial);
    if (!status)
        status = zone_accounts_open(run->ctx, run->ledger->plan, run->options->method, &run->book);
    if (!status && (run->options->journal || run->options->resume))
        identify(run);
    if (!status && run->options->resume)
        status = resume(run);
    run->answer = (zone_quota_answer){
        .options = run->options, .plan = run->ledger->plan, .sites = run->sites, .trial = &run->trial};
    if (!status)
        zone_quota_open_answer(run->ctx, &run->answer);
    return status;
}

static void close_run(quota_run *run)
{
    zone_table_free(run->answer.table);
    zone_accounts_close(&run->book);
    zone_trial_close(&run->trial);
    forget_results(run);
    free(run->arenas);
    zone_arena_free(&run->kept);
    zone_journal_line_free(&run->line);
    free(run->result);
    free(run->known);
    free(run->repeat);
}

static const char *describe_options(zone_context *ctx, const zone_quota_options *options)
{
    const char *text = zone_say(ctx, "order=%s", options->order ? options->order : "batch");

    if (options->without)
        text = zone_say(ctx, "%s without=%s", text, options->without);
    return options->move ? zone_say(ctx, "%s move=%s", text, options->move) : text;
}

/* Completeness and provenance of sites and layers. */
static void add_books(quota_run *run, zone_table *table)
{
    const zone_sites *all = &run->ledger->sites, *changed = run->sites == all ? NULL : run->sites;

    zone_sites_add_books(all, table);
    if (changed)
        zone_sites_add_books(changed, table);
    zone_provenance_run(run->ctx, table, &run->trial.method, describe_options(run->ctx, run->options));
    if (run->book.rule)
        zone_table_add_provenance(table, "order of the ledger", run->book.rule);
    zone_provenance_fallbacks(run->ctx, table, run->trial.projection);
    zone_provenance_plan(run->ctx, table, run->ledger->plan);
    zone_sites_add_notes(all, table);
    if (changed)
        zone_sites_add_notes(changed, table);
    for (size_t i = 0; i < run->trial.held_count; i++) {
        zone_held *held = &run->trial.held[i];
        zone_books_close(&held->books, table);
        if (held->drawn)
            zone_table_add_closure(table, "counted more than once", zone_source_label(held->source),
                                   run->repeat[i].area,
                                   run->repeat[i].looked ? NULL : zone_tell(run->ctx, "not looked at"));
        zone_provenance_source(run->ctx, table, held->source);
    }
    zone_books_close(&run->trial.zones.books, table);
    zone_provenance_source(run->ctx, table, run->trial.zones.source);
}

static zone_status ask(quota_run *run)
{
    zone_status status = open_run(run);

    if (!status)
        status = run_blocks(run);
    if (!status)
        zone_quota_close_answer(run->ctx, &run->answer, &run->book);
    return status;
}

static zone_status ask_what_if(zone_context *ctx, zone_ledger *ledger, const zone_quota_options *options,
                               zone_table **table)
{
    zone_quota_options plain = *options;
    zone_sites changed = {0};
    plain.site = NULL;
    plain.journal = NULL;
    plain.resume = NULL;
    plain.pieces = 0;
    quota_run before = {.ctx = ctx, .ledger = ledger, .options = &plain, .sites = &ledger->sites};
    quota_run after = {.ctx = ctx, .ledger = ledger, .options = &plain, .sites = &changed};
    zone_status status =
        zone_what_if_sites(ctx, &ledger->sites, options->without, options->move, &ledger->from, ledger->crs, &changed);

    if (!status)
        status = ask(&before);
    if (!status)
        status = ask(&after);
    if (!status)
        status =
            zone_what_if_compare(ctx, ledger->plan, &before.answer, &before.book, &after.answer, &after.book, table);
    if (!status) {
        zone_table *made = *table;
        add_books(&after, made);
        *table = NULL;
        status = zone_table_finish(ctx, made, table);
    }
    close_run(&before);
    close_run(&after);
    zone_sites_free(&changed);
    return status;
}

zone_status zone_quota(zone_context *ctx, zone_ledger *ledger, const zone_quota_options *options, zone_table **table)
{
    quota_run run = {.ctx = ctx, .ledger = ledger, .options = options ? options : &no_options};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!ledger)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a batch");
    run.sites = &ledger->sites;
    status = zone_sites_name(ctx, &ledger->sites);
    if (!status && (run.options->without || run.options->move))
        return ask_what_if(ctx, ledger, run.options, table);
    if (!status)
        status = ask(&run);
    if (!status) {
        add_books(&run, run.answer.table);
        status = zone_table_finish(ctx, run.answer.table, table);
        run.answer.table = NULL;
    }
    close_run(&run);
    return status;
}
