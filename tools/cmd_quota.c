/* zone quota */
#include "input.h"
#include "journal.h"
#include "message.h"
#include "output.h"

int cmd_quota(invocation *run);

/* Sites at once where somebody waits for each, or a kill may come: blocks as they are by default are faster. */
enum { OFTEN = 5000 };

/* Data by name; a layer of a plan by the plan's own fields. */
static zone_status add_sites(invocation *run, zone_ledger *ledger, const char *operand, const zone_source_options *from)
{
    zone_source *source = NULL;

    if (!is_of_plan(operand))
        return zone_ledger_add(run->ctx, ledger, operand, from);
    zone_status status = open_data(run, operand, from, &source);
    if (!status)
        status = zone_ledger_add_source(run->ctx, ledger, source);
    zone_source_close(source);
    return status;
}

/* Lines and objects of JSON are read by programs: they hold every finding, and all digits of it. */
static bool is_for_programs(const invocation *run)
{
    return run->format == ZONE_FORMAT_JSON || run->format == ZONE_FORMAT_JSONL;
}

static zone_status ask_ledger(invocation *run, zone_ledger *ledger, const zone_quota_options *options,
                              zone_table **table)
{
    zone_source_options from = data_options(run);
    zone_status status = ZONE_OK;

    for (int i = 1; i < run->operand_count && !status; i++)
        status = add_sites(run, ledger, run->operand[i], &from);
    return status ? status : zone_quota(run->ctx, ledger, options, table);
}

int cmd_quota(invocation *run)
{
    bool lines = run->format == ZONE_FORMAT_JSONL && !run->option.output;
    zone_quota_options options = {.size = sizeof options,
                                  .method = run->option.area,
                                  .order = run->option.order,
                                  .brief = !is_for_programs(run) && !run->option.all,
                                  .pieces = run->option.pieces != NULL,
                                  .without = run->option.without,
                                  .move = run->option.move,
                                  .exact = run->option.exact || is_for_programs(run),
                                  .block = lines || run->option.resume ? OFTEN : 0};
    zone_plan *plan = NULL;
    zone_ledger *ledger = NULL;
    zone_table *table = NULL;
    journal kept = {0};
    int code = need_plan(run);

    if (!code)
        code = journal_open(run, &kept, &options);
    if (code)
        return code;
    if (lines && !options.without && !options.move) {
        options.site = put_site;
        options.site_user = run;
    }
    zone_status status = zone_plan_open(run->ctx, run->operand[0], &plan);
    if (!status)
        status = zone_ledger_open(run->ctx, plan, &ledger);
    if (!status)
        status = ask_ledger(run, ledger, &options, &table);
    code = finish(run, status, table);
    zone_ledger_close(ledger);
    zone_plan_close(plan);
    journal_close(&kept, code <= 1);
    return code;
}
