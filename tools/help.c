/* Help, man page and completion, all from the tables of commands and options. */
#include "help.h"

#include <stdio.h>
#include <string.h>

static const char *pick(zone_language language, const char *english, const char *chinese)
{
    return language == ZONE_CHINESE ? chinese : english;
}

void help_program(zone_language language)
{
    printf("%s\n\n", pick(language, "zone: exact areas by zone and class for land planning",
                          "zone：国土空间规划的精确面积统计与核查"));
    printf("%s zone COMMAND [PLAN|DATA] [OPTIONS]\n\n", pick(language, "usage:", "用法："));
    for (const command_row *command = commands; command->name; command++)
        printf("  %-14s%s\n", command->name, pick(language, command->summary_en, command->summary_zh));
    printf(
        "\n%s\n",
        pick(language,
             "zone COMMAND --help shows a command's options; zone --version the version.\n"
             "Exit codes: 0 all well, 1 a check was not met, 2 wrong usage, 3 bad input, 4 output or internal failure.",
             "zone COMMAND --help 显示命令的选项；zone --version 显示版本。\n"
             "退出码：0 正常，1 有检查项不符合，2 用法错误，3 输入有误，4 输出失败或内部错误。"));
}

void help_command(const command_row *command, zone_language language)
{
    char left[64];

    printf("%s zone %s %s [%s]\n\n", pick(language, "usage:", "用法："), command->name,
           pick(language, command->operands_en, command->operands_zh), pick(language, "OPTIONS", "选项"));
    printf("%s\n\n", pick(language, command->summary_en, command->summary_zh));
    for (const option_row *row = option_rows; row->name; row++) {
        if (!option_belongs(row, command))
            continue;
        snprintf(left, sizeof left, "%s--%s%s%s", strcmp(row->name, "output") == 0 ? "-o, " : "", row->name,
                 row->argument ? " " : "", row->argument ? row->argument : "");
        printf("  %-24s%s\n", left, pick(language, row->english, row->chinese));
    }
    printf("\n%s\n  %s\n", pick(language, "example:", "示例："), command->example);
    printf(
        "\n%s\n",
        pick(language,
             "Exit codes: 0 all well, 1 a check was not met, 2 wrong usage, 3 bad input, 4 output or internal failure.",
             "退出码：0 正常，1 有检查项不符合，2 用法错误，3 输入有误，4 输出失败或内部错误。"));
}

/* roff: a text that may begin with a dot or hold backslashes and minus signs. */
static void put_roff(const char *text)
{
    for (; *text; text++) {
        if (*text == '-' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
}

void help_man(void)
{
    printf(".\\\" Made by `zone help --man` from the tables of the program.\n.TH ZONE 1 \"\" \"libzone %s\"\n",
           zone_version());
    printf(".SH NAME\nzone \\- exact areas by zone and class for land planning\n");
    printf(".SH SYNOPSIS\n.B zone\n.I COMMAND\n[\\fIPLAN\\fR|\\fIDATA\\fR] [\\fIOPTIONS\\fR]\n.SH COMMANDS\n");
    for (const command_row *command = commands; command->name; command++) {
        printf(".TP\n.B zone %s\n", command->name);
        put_roff(command->operands_en);
        printf("\n.br\n");
        put_roff(command->summary_en);
        printf(".\n.br\nExample: ");
        put_roff(command->example);
        printf("\n");
    }
    printf(".SH OPTIONS\n");
    for (const option_row *row = option_rows; row->name; row++) {
        printf(".TP\n.B \\-\\-");
        put_roff(row->name);
        if (row->argument)
            printf(" \\fI%s\\fR", row->argument);
        printf("\n");
        put_roff(row->english);
        printf("\n");
    }
    printf(".SH EXIT STATUS\n0 all well, 1 a check was not met, 2 wrong usage, 3 bad input, 4 output or internal "
           "failure.\n");
}

void help_completion(void)
{
    printf("# Made by `zone help --completion` from the tables of the program.\n_zone()\n{\n");
    printf("    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n    case $before in\n");
    for (const option_row *row = option_rows; row->name; row++)
        if (row->argument && row->words && *row->words)
            printf("    --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", row->name, row->words);
    printf("    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '");
    for (const command_row *command = commands; command->name; command++)
        printf("%s ", command->name);
    printf("help' -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    for (const command_row *command = commands; command->name; command++) {
        printf("    %s) [ \"${word#-}\" != \"$word\" ] && COMPREPLY=($(compgen -W '", command->name);
        for (const option_row *row = option_rows; row->name; row++)
            if (option_belongs(row, command))
                printf("--%s ", row->name);
        printf("' -- \"$word\")) && return ;;\n");
    }
    printf("    esac\n    COMPREPLY=($(compgen -f -- \"$word\"))\n}\ncomplete -o filenames -F _zone zone\n");
}
