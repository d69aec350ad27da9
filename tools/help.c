/* Help, manual page and completion: all of them from the tables of commands and options. */
#include "help.h"

#include "message.h"

#include <stdio.h>
#include <string.h>

/* What the operands and exit codes mean, for help and man page alike. */
static const struct {
    const char *name, *english, *chinese;
} operand_texts[] = {
    {"PLAN", "a plan file (.yaml, .yml)", "规划文件（.yaml、.yml）"},
    {"DATA",
     "any vector data that GDAL reads, a layer after a colon: file.gpkg:layer; or a plan's: plan.yaml:landuse "
     "(plan.yaml alone, where no PLAN is taken: its zones)",
     "GDAL 能读取的任何矢量数据，图层写在冒号后：file.gpkg:layer；或规划的图层：plan.yaml:landuse"
     "（不接受规划文件处只写 plan.yaml，则取其片区）"},
    {"PARTIAL", "a partial table that --partial wrote", "--partial 写出的分表"},
    {"FIGURE", "a number and a unit: '1590 mu', '29.54 km2'", "数字与单位：'1590 亩'、'29.54 km2'"},
};

static const struct {
    int code;
    const char *english, *chinese;
} exit_texts[] = {
    {0, "all well", "正常"},
    {1, "a check was not met", "有检查项不符合"},
    {2, "wrong usage", "用法错误"},
    {3, "input that can't be read or is not what the plan says", "输入无法读取，或与规划不符"},
    {4, "output that can't be written, or an internal failure", "输出无法写入，或内部错误"},
};

enum {
    OPERAND_TEXTS = sizeof operand_texts / sizeof *operand_texts,
    EXIT_TEXTS = sizeof exit_texts / sizeof *exit_texts
};

static const char title_english[] = "exact areas of land by zone and class, and checks of land plans";
static const char title_chinese[] = "按片区与地类精确统计用地面积，核查国土空间规划";

/* ---------------------------------------------------------------- help */

static void put_operands(const invocation *run, const char *operands)
{
    for (int i = 0; i < OPERAND_TEXTS; i++)
        if (strstr(operands, operand_texts[i].name))
            printf("  %-24s%s\n", operand_texts[i].name, say(run, operand_texts[i].english, operand_texts[i].chinese));
}

static void put_exit_codes(const invocation *run)
{
    printf("\n%s\n", say(run, "exit codes:", "退出码："));
    for (int i = 0; i < EXIT_TEXTS; i++)
        printf("  %-24d%s\n", exit_texts[i].code, say(run, exit_texts[i].english, exit_texts[i].chinese));
}

void help_program(const invocation *run)
{
    printf("zone: %s\n\n%s\n  zone COMMAND [PLAN|DATA] [OPTIONS]\n\n%s\n", say(run, title_english, title_chinese),
           say(run, "usage:", "用法："), say(run, "commands:", "命令："));
    for (const command_row *command = commands; command->name; command++)
        printf("  %-24s%s\n", command->name, say(run, command->english, command->chinese));
    printf("\n%s\n", say(run, "operands:", "操作对象："));
    put_operands(run, "PLAN DATA PARTIAL FIGURE");
    put_exit_codes(run);
    printf("\n%s\n",
           say(run, "zone COMMAND --help shows the options of a command and an example; zone --version the version.",
               "zone COMMAND --help 显示命令的选项与示例；zone --version 显示版本。"));
}

void help_command(const invocation *run, const command_row *command)
{
    char left[64];

    printf("zone %s: %s\n\n%s\n  zone %s%s%s [%s]\n\n", command->name, say(run, command->english, command->chinese),
           say(run, "usage:", "用法："), command->name, *command->operands ? " " : "", command->operands,
           say(run, "OPTIONS", "选项"));
    put_operands(run, command->operands);
    printf("\n%s\n", say(run, "options:", "选项："));
    for (const option_row *row = option_rows; row->name; row++) {
        if (!command_reads(command, row))
            continue;
        snprintf(left, sizeof left, "%s--%s%s%s", strcmp(row->name, "output") == 0 ? "-o, " : "", row->name,
                 row->argument ? " " : "", row->argument ? row->argument : "");
        printf("  %-24s%s\n", left, say(run, row->english, row->chinese));
    }
    put_exit_codes(run);
    printf("\n%s\n  %s\n", say(run, "example:", "示例："), command->example);
}

/* ---------------------------------------------------------------- the manual page */

/* A text in which roff sees no command: hyphens and backslashes escaped. */
static void put_roff(const char *text)
{
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
    }
}

static void put_item(const char *term, const char *argument, const char *text)
{
    printf(".TP\n.B ");
    put_roff(term);
    if (argument) {
        printf(" \\fI");
        put_roff(argument);
        printf("\\fR");
    }
    putchar('\n');
    put_roff(text);
    putchar('\n');
}

static void put_command(const invocation *run, const command_row *command)
{
    printf(".SS zone ");
    put_roff(command->name);
    putchar(' ');
    put_roff(command->operands);
    putchar('\n');
    put_roff(say(run, command->english, command->chinese));
    printf(".\n.PP\n%s\n.PP\n.RS\n.B ", say(run, "Example:", "示例："));
    put_roff(command->example);
    printf("\n.RE\n.PP\n%s", say(run, "Options:", "选项："));
    for (const option_row *row = option_rows; row->name; row++)
        if (command_reads(command, row)) {
            printf(" \\-\\-");
            put_roff(row->name);
        }
    putchar('\n');
}

void help_man(const invocation *run)
{
    char term[64];

    printf(".\\\" Made by `zone help --man` from the tables of commands and options.\n");
    printf(".TH ZONE 1 \"\" \"libzone %s\"\n.SH %s\nzone \\- %s\n", zone_version(), say(run, "NAME", "名称"),
           say(run, title_english, title_chinese));
    printf(".SH %s\n.B zone\n\\fICOMMAND\\fR [\\fIPLAN\\fR|\\fIDATA\\fR] [\\fIOPTIONS\\fR]\n.SH %s\n",
           say(run, "SYNOPSIS", "用法"), say(run, "OPERANDS", "操作对象"));
    for (int i = 0; i < OPERAND_TEXTS; i++)
        put_item(operand_texts[i].name, NULL, say(run, operand_texts[i].english, operand_texts[i].chinese));
    printf(".SH %s\n", say(run, "COMMANDS", "命令"));
    for (const command_row *command = commands; command->name; command++)
        put_command(run, command);
    printf(".SH %s\n", say(run, "OPTIONS", "选项"));
    for (const option_row *row = option_rows; row->name; row++) {
        snprintf(term, sizeof term, "%s--%s", strcmp(row->name, "output") == 0 ? "-o, " : "", row->name);
        put_item(term, row->argument, say(run, row->english, row->chinese));
    }
    printf(".SH %s\n", say(run, "EXIT STATUS", "退出码"));
    for (int i = 0; i < EXIT_TEXTS; i++) {
        snprintf(term, sizeof term, "%d", exit_texts[i].code);
        put_item(term, NULL, say(run, exit_texts[i].english, exit_texts[i].chinese));
    }
}

/* ---------------------------------------------------------------- completion */

/* Options by what completes their values. */
static void put_value_cases(void)
{
    for (const option_row *row = option_rows; row->name; row++)
        if (row->words)
            printf("    --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", row->name, row->words);
    printf("    -o");
    for (const option_row *row = option_rows; row->name; row++)
        if (row->kind == OPTION_FILE)
            printf("|--%s", row->name);
    printf(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n    --*)\n        case $before in\n        --help");
    for (const option_row *row = option_rows; row->name; row++)
        if (row->kind == OPTION_FLAG && strcmp(row->name, "help") != 0)
            printf("|--%s", row->name);
    printf(") ;;\n        *) return ;;\n        esac ;;\n");
}

void help_completion(void)
{
    printf("# bash completion of zone. Made by `zone help --completion` from the tables of commands and options.\n"
           "_zone()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options=\n"
           "    COMPREPLY=()\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '");
    for (const command_row *command = commands; command->name; command++)
        printf("%s ", command->name);
    printf("--help --version' -- \"$word\"))\n        return\n    fi\n    case $before in\n");
    put_value_cases();
    printf("    esac\n    case ${COMP_WORDS[1]} in\n");
    for (const command_row *command = commands; command->name; command++) {
        printf("    %s) options='", command->name);
        for (const option_row *row = option_rows; row->name; row++)
            if (command_reads(command, row))
                printf("--%s ", row->name);
        printf("' ;;\n");
    }
    printf("    esac\n    case $word in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
           "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\ncomplete -o filenames -F _zone zone\n");
}
