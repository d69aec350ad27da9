/* zone: the program. The table of commands, and the call of one. */
#include "help.h"
#include "input.h"
#include "message.h"
#include "output.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cmd_area(invocation *run);
int cmd_change(invocation *run);
int cmd_check(invocation *run);
int cmd_convert(invocation *run);
int cmd_convert_area(invocation *run);
int cmd_farmland(invocation *run);
int cmd_indicators(invocation *run);
int cmd_info(invocation *run);
int cmd_layout(invocation *run);
int cmd_merge(invocation *run);
int cmd_overlap(invocation *run);
int cmd_query(invocation *run);
int cmd_quota(invocation *run);
int cmd_tabulate(invocation *run);
int cmd_validate(invocation *run);

#define DATA_OPTIONS " crs encoding field any-driver"

const command_row commands[] = {
    {"check", "PLAN", 1, 1, "area explain threads", "zone check geodata/jinlan.yaml",
     "every declared figure and rule of a plan, computed and judged", "核查规划的每个规划值与每条规则", cmd_check},
    {"info", "PLAN|DATA", 1, 1, DATA_OPTIONS, "zone info geodata/jinlan.gpkg:landuse",
     "what is in a plan or data: layers, fields, reference system and how it was found",
     "查看规划或数据的内容：图层、字段、坐标系及其判定依据", cmd_info},
    {"area", "DATA", 1, 1,
     "by classes area explain control scheme unit exact invalid threads memory partial" DATA_OPTIONS,
     "zone area geodata/jinlan.yaml:landuse --by DLBM --unit mu", "areas by feature or group", "按要素或分组计算面积",
     cmd_area},
    {"tabulate", "DATA --zones DATA", 1, 1,
     "by classes zones zone-by zones-crs area explain control scheme unit exact invalid threads memory "
     "pieces partial" DATA_OPTIONS,
     "zone tabulate geodata/jinlan.yaml:landuse --zones geodata/jinlan.yaml:zones --by DLBM --unit mu",
     "areas of the features of one layer within the zones of another, or how many of its points they hold",
     "统计图斑落在各片区内的面积；点图层则统计各片区内的点数", cmd_tabulate},
    {"overlap", "DATA", 1, 1, "by classes area explain unit exact invalid threads memory pieces" DATA_OPTIONS,
     "zone overlap geodata/jinlan.yaml:sites --by YDYHFLDM --unit mu",
     "a layer against itself: what is covered once, twice and more, and the pairs that collide",
     "图层自身的重叠：覆盖一次、两次及以上的面积，以及相互重叠的要素", cmd_overlap},
    {"change", "OLD NEW --by FIELDS", 2, 2,
     "by by-new classes zones zone-by zones-crs area explain unit exact invalid threads memory "
     "pieces partial" DATA_OPTIONS,
     "zone change geodata/jinlan.yaml:landuse geodata/jinlan.yaml:planned --by DLBM:broad --by-new YDYHFLDM:first",
     "what became of what: areas by class before and class after", "两期数据的地类转移矩阵", cmd_change},
    {"merge", "PARTIAL...", 1, INT_MAX, "control scheme unit exact partial",
     "zone merge <(zone area geodata/jinlan.yaml:landuse --by DLBM --partial /dev/stdout -o /dev/null) --unit mu",
     "one table from the partial tables (--partial) of the parts of data",
     "把各部分数据的分表（--partial）合并成一张表", cmd_merge},
    {"farmland", "PLAN", 1, 1, "area explain unit exact threads", "zone farmland geodata/jinlan.yaml --unit mu",
     "farmland that planned construction lies on, by zone, gross and net",
     "需调整的永久基本农田，按片区，分毛面积与净面积", cmd_farmland},
    {"layout", "PLAN", 1, 1, "area threads", "zone layout geodata/jinlan.yaml",
     "the elements of layout and landscape against the plan's rules", "布局与景观要素是否符合规划规则", cmd_layout},
    {"indicators", "PLAN", 1, 1, "", "zone indicators geodata/jinlan.yaml",
     "indicators: base, target and the yearly growth between them", "规划指标：基期值、目标值与所需年均增长",
     cmd_indicators},
    {"query", "PLAN|DATA (--at X,Y | --plot WKT|DATA)", 1, 1,
     "at plot at-crs within nearest area unit exact invalid threads" DATA_OPTIONS,
     "zone query geodata/jinlan.yaml --at 448000,3229500",
     "what a point or plot lies in: areas and shares by layer, nearest elements and distances",
     "点或地块落在何处：各图层的面积与占比、最近要素与距离", cmd_query},
    {"quota", "PLAN SITES...", 2, INT_MAX,
     "order all without move resume area unit exact invalid threads memory pieces" DATA_OPTIONS,
     "zone quota geodata/jinlan.yaml geodata/jinlan.yaml:sites --unit mu",
     "a batch of project red lines judged by the checks of a plan, and the ledger of its quotas",
     "按规划的检查规则批量核查项目红线，并记用地指标台账", cmd_quota},
    {"validate", "DATA", 1, 1, "narrow tiny no-coverage area unit exact threads" DATA_OPTIONS,
     "zone validate geodata/jinlan.yaml:zones",
     "validity of each feature, gaps, overlaps and slivers, stored areas against computed ones",
     "检查几何有效性、重叠、空隙与碎片，并核对存储面积", cmd_validate},
    {"convert", "IN OUT", 2, 2, "to-crs to-encoding memory" DATA_OPTIONS,
     "zone convert geodata/jinlan.yaml:sites /tmp/sites.txt",
     "data in another format: 国土TXT, GeoPackage, FlatGeobuf, GeoJSON, shapefile, by the extension of OUT",
     "数据格式转换：国土TXT、GeoPackage、FlatGeobuf、GeoJSON、shapefile，由 OUT 的扩展名决定", cmd_convert},
    {"convert-area", "FIGURE", 1, 2, "to", "zone convert-area 1590 mu", "an area in other units, exactly",
     "面积单位精确换算", cmd_convert_area},
    {"help", "[COMMAND]", 0, 1, "man completion", "zone help area", "this help, or that of a command",
     "显示帮助，或某个命令的帮助", NULL},
    {NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL},
};

const command_row *command_find(const char *name)
{
    for (const command_row *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

/* ---------------------------------------------------------------- signals */

/* A handler knows nothing but what is at file level: these two are the program's only state. */
static _Atomic(zone_context *) running;
static volatile sig_atomic_t caught;

static void interrupt(int number)
{
    caught = number;
    zone_cancel(atomic_load(&running));
}

/* The first signal asks the question to stop; the second ends the program at once. One that the caller wants ignored
 * (nohup, a job in the background) stays ignored. */
static void watch_signals(zone_context *ctx)
{
    static const int numbers[] = {SIGINT, SIGTERM};
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND}, before;

    atomic_store(&running, ctx);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

/* Ends as a program ends that a signal stopped, so that a shell loop round it stops too. */
static void end_by_signal(void)
{
    signal(caught, SIG_DFL);
    raise(caught);
}

/* ---------------------------------------------------------------- remarks */

/* Was the line shown before? If not it is kept, while memory lasts. */
static bool is_known(invocation *run, const char *line)
{
    for (size_t i = 0; i < run->remark_count; i++)
        if (strcmp(run->remarks[i], line) == 0)
            return true;
    char **grown = realloc(run->remarks, (run->remark_count + 1) * sizeof *grown);
    char *copy = grown ? strdup(line) : NULL;
    if (grown)
        run->remarks = grown;
    if (copy)
        run->remarks[run->remark_count++] = copy;
    return false;
}

static void forget_remarks(invocation *run)
{
    while (run->remark_count > 0)
        free(run->remarks[--run->remark_count]);
    free(run->remarks);
}

static void show_remark(void *user, const char *line)
{
    invocation *run = user;

    if (is_known(run, line))
        return;
    clear_progress(run);
    fprintf(stderr, "%s%s\n", say(run, "note: ", "说明："), line);
}

/* ---------------------------------------------------------------- calls */

static int no_such_command(const invocation *run, const char *name)
{
    const char *near = NULL;
    size_t best = NEAR_ENOUGH;

    for (const command_row *command = commands; command->name; command++)
        near = nearer(name, strlen(name), command->name, &best) ? command->name : near;
    return usage_error(run, name, say(run, "no such command", "没有这个命令"), "zone %s", near ? near : "--help");
}

static int show_help(const invocation *run)
{
    const command_row *about = run->operand_count > 0 ? command_find(run->operand[0]) : NULL;

    if (run->operand_count > 0 && !about)
        return no_such_command(run, run->operand[0]);
    if (run->option.man)
        help_man(run);
    else if (run->option.completion)
        help_completion();
    else if (about)
        help_command(run, about);
    else
        help_program(run);
    return flush_output(run);
}

static int ask(invocation *run)
{
    int code = output_prepare(run);

    if (code)
        return code;
    if (zone_context_create(&run->ctx))
        return library_error(run, ZONE_NO_MEMORY);
    zone_context_set_language(run->ctx, run->language);
    run->started = seconds();
    zone_context_set_threads(run->ctx, run->option.threads);
    zone_context_set_memory(run->ctx, (uint64_t)run->option.memory);
    if (!run->option.quiet)
        zone_context_set_log(run->ctx, show_remark, run);
    if (!run->option.quiet && isatty(STDERR_FILENO))
        zone_context_set_progress(run->ctx, show_progress, run);
    watch_signals(run->ctx);
    code = run->command->run(run);
    atomic_store(&running, NULL);
    forget_remarks(run);
    zone_context_free(run->ctx);
    return code;
}

static int call(const command_row *command, int count, char **arguments)
{
    invocation run = {.command = command, .language = options_language(count, arguments)};
    int code = options_parse(&run, count, arguments);

    if (!code && run.option.help) {
        help_command(&run, command);
        code = flush_output(&run);
    } else if (!code) {
        code = command->run ? ask(&run) : show_help(&run);
    }
    free(run.option.fields);
    free(run.operand);
    if (run.cancelled && caught)
        end_by_signal();
    return code;
}

/* Where the caller closed stdin, stdout or stderr, a file opened later would get its number, and messages would be
 * written into data. */
static void occupy_standard_streams(void)
{
    for (int stream = 0; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
            exit(zone_status_exit_code(ZONE_INTERNAL));
}

int main(int count, char **arguments)
{
    const char *name = count > 1 ? arguments[1] : "";
    const command_row *command = command_find(name);
    invocation none = {.language = options_language(count, arguments)};

    occupy_standard_streams();
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        command = command_find("help");
    if (command)
        return call(command, count - 2, arguments + 2);
    if (strcmp(name, "--version") == 0) {
        printf("zone %s\n", zone_version());
        return flush_output(&none);
    }
    if (!*name)
        return usage_error(&none, "zone", say(&none, "a command is missing", "缺少命令"), "zone --help");
    return no_such_command(&none, name);
}
