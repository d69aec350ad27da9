/* zone: the program. A table of commands, and the call of one. */
#include "options.h"
#include "output.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int cmd_area(invocation *run);
int cmd_check(invocation *run);
int cmd_convert_area(invocation *run);
int cmd_farmland(invocation *run);
int cmd_indicators(invocation *run);
int cmd_info(invocation *run);
int cmd_layout(invocation *run);
int cmd_query(invocation *run);
int cmd_tabulate(invocation *run);
int cmd_validate(invocation *run);

#define OF_DATA "crs invalid encoding field any-driver"

const command_row commands[] = {
    {"check", "PLAN", "规划文件", 1, 1, "checks every declared figure and rule of a plan", "核查规划的全部规划值与规则",
     "zone check geodata/jinlan.yaml", "area explain", cmd_check},
    {"info", "PLAN|DATA", "规划文件|数据", 1, 1,
     "what is in a plan or a data set, its reference system and how it was found",
     "查看规划或数据的内容、坐标系及其判定依据", "zone info geodata/jinlan.gpkg:landuse", OF_DATA, cmd_info},
    {"area", "DATA", "数据", 1, 1, "areas by feature or by groups of features", "按要素或分组计算面积",
     "zone area geodata/jinlan.gpkg:landuse --by DLBM --unit mu", "area explain by control scheme " OF_DATA, cmd_area},
    {"tabulate", "DATA --zones DATA", "数据 --zones 数据", 1, 1, "areas of data in zones, by fields of both",
     "按片区与字段统计面积", "zone tabulate geodata/jinlan.gpkg:landuse --zones geodata/jinlan.gpkg:zones --by DLBM",
     "area explain by zones zone-by control scheme " OF_DATA, cmd_tabulate},
    {"farmland", "PLAN", "规划文件", 1, 1, "farmland that planned construction needs adjusted, gross and net",
     "需调整的永久基本农田，毛面积与净面积", "zone farmland geodata/jinlan.yaml --unit mu", "area explain",
     cmd_farmland},
    {"layout", "PLAN", "规划文件", 1, 1, "the elements of the layout against the plan's rules",
     "布局要素与规划规则的核查", "zone layout geodata/jinlan.yaml", "", cmd_layout},
    {"indicators", "PLAN", "规划文件", 1, 1, "the plan's indicators and the growth they ask for", "规划指标及所需增长",
     "zone indicators geodata/jinlan.yaml", "", cmd_indicators},
    {"query", "PLAN|DATA (--at X,Y | --plot WKT|DATA)", "规划文件|数据 (--at X,Y | --plot WKT|数据)", 1, 1,
     "all that a point or plot lies in, areas and shares, nearest elements", "点或地块所在的一切、面积与占比、最近要素",
     "zone query geodata/jinlan.yaml --at 448000,3229500", "area at plot within nearest " OF_DATA, cmd_query},
    {"validate", "DATA", "数据", 1, 1, "validity of each feature, coverage of the layer, stored against computed areas",
     "逐要素有效性、图层覆盖、存储面积与计算面积", "zone validate geodata/jinlan.gpkg:zones",
     "area narrow tiny no-coverage " OF_DATA, cmd_validate},
    {"convert-area", "FIGURE", "面积", 1, 2, "an area in other units", "面积单位换算", "zone convert-area '1590 mu'",
     "to", cmd_convert_area},
    {NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL},
};

const command_row *command_find(const char *name)
{
    for (const command_row *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

/* The context that Ctrl-C cancels. */
static _Atomic(zone_context *) running;

static void interrupt(int number)
{
    (void)number;
    zone_cancel(atomic_load(&running));
}

static void show_log(void *user, const char *line)
{
    (void)user;
    fprintf(stderr, "%s\n", line);
}

static void show_progress(void *user, uint64_t done, uint64_t total)
{
    (void)user;
    if (total > 100000)
        fprintf(stderr, "\r%3d %%", (int)(100 * done / total));
    if (total > 100000 && done >= total)
        fprintf(stderr, "\r     \r");
}

static int run_command(const command_row *command, int count, char **arguments)
{
    invocation run = {.command = command};
    int code = options_parse(&run, count, arguments);
    zone_language language = language_of(run.option.language);

    if (!code && run.option.help) {
        help_command(command, language);
        code = fflush(stdout) == 0 ? 0 : 4;
    } else if (!code && zone_context_create(&run.ctx) != ZONE_OK) {
        code = 4;
    } else if (!code) {
        struct sigaction action = {.sa_handler = interrupt};
        zone_context_set_language(run.ctx, language);
        if (!run.option.quiet)
            zone_context_set_log(run.ctx, show_log, NULL);
        if (!run.option.quiet && isatty(STDERR_FILENO))
            zone_context_set_progress(run.ctx, show_progress, NULL);
        atomic_store(&running, run.ctx);
        sigaction(SIGINT, &action, NULL);
        code = command->run(&run);
        atomic_store(&running, NULL);
    }
    invocation_close(&run);
    return code;
}

static int unknown_command(const char *name)
{
    const char *names[32], *near = NULL;
    size_t count = 0;
    char remedy[64];

    for (const command_row *command = commands; command->name; command++)
        names[count++] = command->name;
    near = nearest_word(name, names, count);
    snprintf(remedy, sizeof remedy, "zone %s", near ? near : "--help");
    return usage_error(language_of(NULL), "no such command", "没有这个命令", name, remedy);
}

static int show_help(int count, char **arguments)
{
    const char *what = count > 0 ? arguments[0] : "";
    const command_row *command = command_find(what);

    if (strcmp(what, "--man") == 0)
        help_man();
    else if (strcmp(what, "--completion") == 0)
        help_completion();
    else if (command)
        help_command(command, language_of(NULL));
    else if (*what && what[0] != '-')
        return unknown_command(what);
    else
        help_program(language_of(strcmp(what, "--lang") == 0 && count > 1 ? arguments[1] : NULL));
    return fflush(stdout) == 0 ? 0 : 4;
}

int main(int count, char **arguments)
{
    const char *name = count > 1 ? arguments[1] : NULL;

    if (!name) {
        fprintf(stderr, language_of(NULL) == ZONE_CHINESE ? "zone：缺少命令\n  办法：zone --help\n"
                                                          : "zone: a command is missing\n  remedy: zone --help\n");
        return 2;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
        return show_help(count - 2, arguments + 2);
    if (strcmp(name, "--version") == 0) {
        printf("zone %s\n", zone_version());
        return fflush(stdout) == 0 ? 0 : 4;
    }
    const command_row *command = command_find(name);
    return command ? run_command(command, count - 2, arguments + 2) : unknown_command(name);
}
